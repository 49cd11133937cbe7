"""A number in words and its bounds: what a wording says at least, most likely and at most, and how bounds are written.

Rule 1 of `docs/honest-numbers.md`. Pure and light: nothing but the standard library. ``bounds`` has the bounds and how
they are written; ``parsing`` reads wordings, and is imported only where one is read.
"""
