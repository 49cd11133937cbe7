"""The only writer of a timeline, and how its file is opened and made."""
