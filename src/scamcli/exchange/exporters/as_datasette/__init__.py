"""The Datasette export: a database of plain tables, and metadata that describe it."""
