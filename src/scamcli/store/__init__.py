"""The timeline's database. Everything that is written to it is written here."""
