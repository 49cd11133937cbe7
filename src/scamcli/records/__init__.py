"""What a record is: models, normal form, ids, sources, masking of protected names."""
