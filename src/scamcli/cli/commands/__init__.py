"""The commands, each in a file with the name of the command."""
