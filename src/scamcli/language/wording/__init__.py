"""Wordings of numbers and their bounds: read what a wording says at least, most likely and at most, and write bounds.

This is rule 1 of `docs/honest-numbers.md`. The package is pure and needs only the standard library. ``bounds`` defines
and writes bounds. ``parsing`` reads wordings, and is imported only when one is read.
"""
