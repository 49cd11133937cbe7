"""What an amount is: the closed list of what the rules can find out about it."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an amount is, as far as it was found out."""

    PLAIN = "plain"
    """A number of which only its own words are known."""
    MONEY = "money"
    PERCENT = "percent"

    BARE = "bare"
    """A number without a noun: what stands around it has to say what it counts."""
    LISTED = "listed"
    """A number beside a place or a nationality: it counts what its list counts."""
    COMPARED = "compared"
    """A number that another is compared with."""

    PEOPLE = "people"
    THING = "thing"
    PREMISES = "premises"
    LOSS = "loss"
    CHANGE = "change"
    SHARE = "share"
    SENTENCE = "sentence"

    OTHER = "other"
    """Explained, and no figure."""
    UNREAD = "unread"
    """No rule explained it."""


UNDECIDED = (Kind.BARE, Kind.UNREAD)
"""What can still turn out to count the same as its whole."""
