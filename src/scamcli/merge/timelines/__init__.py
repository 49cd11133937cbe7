"""Merge and compare whole timelines.

Events are matched by id, and actors and sites by names and aliases. `scamcli.merge.threeway` merges records that both
timelines have, based on the versions in both histories. A merge is a single change of this timeline; the other timeline
is only read.
"""
