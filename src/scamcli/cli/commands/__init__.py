"""The commands, one file per command, named as it is typed."""
