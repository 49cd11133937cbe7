"""FollowTheMoney export: the entities, and what builds them."""
