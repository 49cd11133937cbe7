"""The FollowTheMoney export: the entities, and the builder of entities."""
