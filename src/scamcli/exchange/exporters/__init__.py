"""Formats that a whole timeline, or a part of it, is exported to: one module each.

To add a format, write a module with a function ``write(dump, target, losses, options)``, which imports the format's
library itself, so that nobody else pays for it; and add an entry to ``registry.py``. A format takes a `Dump`; it never
queries.
"""
