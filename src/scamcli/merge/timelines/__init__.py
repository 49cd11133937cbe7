"""Two timelines into one: what another researcher has entered, changed and taken out is done here as well.

Records are found by id, and actors and sites by their names and other names; what becomes of a record that both have
is decided by `scamcli.merge.threeway`, from the versions that both histories keep. All of it is one change of this
timeline; the other is only read.
"""
