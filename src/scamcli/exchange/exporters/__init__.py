"""Export formats for whole timelines or parts of them, one module each.

To add a format, write a module with a function ``write(dump, target, losses, options)``, and add an entry to
``registry.py``. Import the format's library inside the function, so that nobody else pays for it. A format takes a
`Dump` and never queries.
"""
