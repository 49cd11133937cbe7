"""Datasette export: a database of plain tables, and the metadata that describe it."""
