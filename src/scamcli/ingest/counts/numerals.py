"""How numbers are written, in digits and in words; nothing here knows what stands around one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon

if TYPE_CHECKING:
    from scamcli.ingest.words import Sentence

CURRENCIES = lexicon.optional_headings("money.currencies")
LARGE = lexicon.words("numbers.large")
PLURALS = lexicon.words("numbers.plurals")
SCALES = lexicon.words("numbers.scales")
SEVERAL = lexicon.words("numbers.several")
UNITS = lexicon.words("numbers.units")

_GLUED = r"\d[\d.]*(?:k|m|mn|bn)"
_JOINING = ("-", "–", "—", "or")


def lower(sentence: Sentence, at: int) -> str:
    """A word in lower case; empty outside of the sentence."""
    return sentence[at].lower if 0 <= at < len(sentence) else ""


def numeral(sentence: Sentence, at: int) -> int:
    """The index after the number that begins here; the same index where none does."""
    end = _begun(sentence, at)
    while end > at and (after := _continued(sentence, end)) > end:
        end = after
    return end


def interval(sentence: Sentence, core: int, end: int) -> int:
    """The end of "20 to 30", "between $20 and $30" or "three or four", after whose first number stands `end`.

    "From 20 to 30" are two numbers.
    """
    joint, sign = lower(sentence, end), lower(sentence, core - 1)
    is_money = sign in CURRENCIES
    before = lower(sentence, core - 2) if is_money else sign
    joined = joint in _JOINING or (joint == "to" and before != "from") or (joint == "and" and before == "between")
    begin = end + 1 + (is_money and lower(sentence, end + 1) == sign)
    if not joined or begin >= len(sentence):
        return end
    second = numeral(sentence, begin)
    return second if second > begin else end


def _begun(sentence: Sentence, at: int) -> int:
    word = sentence[at]
    if word.text[0].isdigit():
        return at + (word.text.replace(",", "").replace(".", "").isdigit() or bool(re.fullmatch(_GLUED, word.lower)))
    if word.lower in UNITS or word.lower in PLURALS:
        return at + 1
    if word.lower == "half":
        return at + 3 if lower(sentence, at + 1) == "a" and lower(sentence, at + 2) in SCALES else at
    begins = word.lower == "a" or word.lower in SEVERAL
    return at + 2 if begins and lower(sentence, at + 1) in SCALES else at


def _continued(sentence: Sentence, end: int) -> int:
    """The index after the next word of a number, where the number goes on."""
    word, before, after = (lower(sentence, at) for at in (end, end - 1, end + 1))
    if word in SCALES or (word in UNITS and before in SCALES):
        return end + 1
    joined = (
        (word == "-" and before.endswith("ty") and after in UNITS)  # twenty-one
        or (word == "of" and before in PLURALS and after in PLURALS)  # tens of thousands
        or (word == "and" and before in LARGE and after in UNITS)  # two hundred and one
    )
    return end + 2 if joined else end
