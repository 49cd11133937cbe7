"""Merging and comparing whole timelines.

Records are matched by id, and actors and sites by their names and aliases. `scamcli.merge.threeway` decides what
becomes of a record that both have, from the versions in both histories. A merge is one change of this timeline; the
other one is only read.
"""
