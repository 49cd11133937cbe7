"""Faults and hostile input, in a size that one number sets: see ``measure``."""
