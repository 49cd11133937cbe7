"""Words of numbers, and what stands beside them and bounds them."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed, phrases

UNITS = listed(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety zero
    """
)
LARGE = listed("hundred thousand million billion lakh lakhs crore crores")
SCALES = LARGE | {"dozen"}
PLURALS = listed("dozens hundreds thousands tens millions billions")
SEVERAL = listed("several few many")

BEFORE = phrases(
    """
    more than, over, at least, as many as, as much as, as few as, as high as, up to, nearly, almost, about, around,
    some, approximately, roughly, an estimated, estimated, fewer than, less than, no more than, no fewer than,
    no less than, not less than, not more than, close to, just over, just under, well over, at most, in excess of,
    upwards of, above, below, under, approx, circa, greater than, just short of, at the very least, at the least,
    a minimum of, a maximum of, between, perhaps, probably, maybe, possibly, ~, ≥, ≤, >, <, another, an additional,
    a further, a total of, only, just, exactly, all, a group of, exceeded, exceeds,
    exceeding, topped, surpassed
    """
)
"""Words before a number that bound it, or that only lead to it."""

LONGEST_BEFORE = max(len(phrase.split()) for phrase in BEFORE)

LEADING = phrases("another, an additional, a further, a total of, only, just, exactly, all, a group of")
"""Those that only lead to it: they are no part of its wording."""

AFTER = phrases(
    """
    or more, or so, plus, +, - odd, or fewer, or less, - plus, at most, at the most, at least, at the least,
    or thereabouts
    """
)
"""Words after a number that bound it."""

LONGEST_AFTER = max(len(phrase.split()) for phrase in AFTER)

FURTHER = listed("another additional further")
"""Words before a number of others than those before."""

HANDED = listed("turned handed took taken pulled stopped went hand turn")
"""Words after which "over" bounds no number: "turned over three men"."""

FRACTIONS = listed("third thirds quarter quarters fifth fifths tenth tenths half halves")
ORDINALS = listed("first second third fourth fifth sixth seventh eighth ninth")
