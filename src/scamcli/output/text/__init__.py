"""Rows in, text to read out: for people, on a terminal or on paper. Nothing here queries or prints."""
