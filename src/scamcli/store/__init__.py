"""The timeline's database. This package does all of the writing to it."""
