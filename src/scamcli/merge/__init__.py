"""Merge and compare two timelines: `threeway` handles one record, and `timelines` two databases."""
