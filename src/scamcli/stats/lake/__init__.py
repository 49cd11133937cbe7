"""A lake: a timeline in partitioned Parquet files, which `stats --lake` and other engines read.

``write`` exports it, ``manifest`` says what it holds, ``read`` reads figures for the same arithmetic as all other
tables, and ``lookup`` resolves the names in a request.
"""
