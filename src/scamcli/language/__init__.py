"""Interpret words: dates, names, places and numbers. This package knows no records and no database."""
