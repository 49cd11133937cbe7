"""Define records: models, normal form, ids, sources, and masking of protected names."""
