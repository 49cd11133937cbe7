"""Counts in a text, as figures: amounts, what they count, what became of it, and which is part of which."""
