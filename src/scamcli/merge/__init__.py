"""Merging and comparing two timelines: `threeway` decides about one record, `timelines` about two databases."""
