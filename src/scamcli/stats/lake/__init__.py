"""A lake: partitioned Parquet with the events and figures of a timeline, and what other engines need for its totals.

``columns`` says what the files hold, ``resolve`` finds the independent incidents and the terms of all other claims,
``write`` writes the files, ``touched`` finds the years that changes touch, and ``manifest`` says what a lake holds.
"""
