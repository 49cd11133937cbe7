"""Stage 1: find the numbers of a sentence, in digits and in words, each with the words that bound it.

Signs show whether a number is money or a percentage. Stage 2 decides what it counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import Amount, Kind
from scamcli.ingest.lexicon import MEASURES, MONEY, NUMBERS, OUTCOMES
from scamcli.ingest.words import lower_at, text_at
from scamcli.language.countries import is_demonym
from scamcli.language.wording.currency import codes

if TYPE_CHECKING:
    from scamcli.ingest.words import Sentence

CURRENCIES = {form: None if code == "USD" else code for form, code in codes().items()}
"""The currency of each sign and name, where ``None`` is the US dollar."""
NATIONAL = lexicon.optional_headings("money.national")
PREFIXED = lexicon.optional_headings("money.prefixed")

_LONGEST_AFTER = max(len(phrase.split()) for phrase in NUMBERS.after)
_LONGEST_BEFORE = max(len(phrase.split()) for phrase in NUMBERS.before)
_ABBREVIATED = r"\d[\d.]*(?:k|m|mn|bn)|\d+[½¼¾]"
_DIGITS = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
_GROUP = 3
"""How many digits a separator of thousands separates."""
SIGNS = ("+", "-", "−", "–")
"""Signs before a percentage that rises or falls."""
_FIRST_OF_NUMBERS = NUMBERS.units.union(NUMBERS.plurals, NUMBERS.several, ("half", "a"))
"""Words with which a number in words can begin."""
_RANGE_JOINTS = ("-", "–", "—", "or")


def amounts(sentence: Sentence, text: str, dated: frozenset[int]) -> list[Amount]:
    """Return the numbers of a sentence of `text` in order. The words at the indices `dated` belong to dates."""
    found: list[Amount] = []
    at = 0
    while at < len(sentence):
        may_begin = sentence[at].lower in _FIRST_OF_NUMBERS or sentence[at].text[0].isdigit()
        end = _numeral_end(sentence, at) if may_begin and at not in dated else at
        if end > at + 1 and "\t" in text[sentence[at].start : sentence[end - 1].end]:
            end = at + 1  # two cells of a table
        if end == at:
            at += 1
            continue
        amount = _whole_amount(sentence, text, (at, end), found[-1].last if found else 0)
        found.append(amount)
        at = amount.last
    return found


def bound_end(sentence: Sentence, at: int, shortest: int = 1) -> int:
    """Return the index after a phrase such as "or more" or "at the most", which bounds the number before it."""
    adds = text_at(sentence, at) == "+" and text_at(sentence, at + 1)[:1].isdigit()  # 40 + 38
    for size in range(_LONGEST_AFTER, shortest - 1, -1):
        end = at + size
        if end <= len(sentence) and _phrase(sentence, at, end) in NUMBERS.after and not adds:
            return end
    return at


def _whole_amount(sentence: Sentence, text: str, number: tuple[int, int], start: int) -> Amount:
    core, end = number[0], _range_end(sentence, *number)
    first, kind, unit = _sign_before(sentence, core, start)
    first -= end > number[1] and lower_at(sentence, first - 1) == "from"
    end, kind, unit = _sign_after(sentence, end, kind, unit)
    first -= kind is Kind.PERCENT and _is_signed(sentence, first)
    first, end = _bound_start(sentence, first, start), bound_end(sentence, end)
    wording_start = _skip_leading(sentence, first, core)
    wording = " ".join(text[sentence[wording_start].start : sentence[end - 1].end].split())
    if wording_start == 0:
        wording = wording[0].lower() + wording[1:]  # the word has a capital only because it begins the sentence
    return Amount(first, core, end, kind, unit, wording)


def _sign_before(sentence: Sentence, core: int, start: int) -> tuple[int, Kind, str | None]:
    """Find a currency before the number: $20, NT$20, RM20."""
    sign = core - 1
    if sign < start:
        return core, Kind.PLAIN, None
    sign -= sentence[sign].text == "." and sentence[sign - 1].lower == "rs"  # Rs. 3 lakh
    word, before = sentence[sign], sentence[sign - 1].text if sign > start else ""
    if word.lower in CURRENCIES and not (word.text.isalpha() and word.text.islower()):  # "won 12"
        if before in PREFIXED:
            return sign - 1, Kind.MONEY, PREFIXED[before]
        return sign - (before == "\\"), Kind.MONEY, CURRENCIES[word.lower]  # Markdown escapes dollar signs
    if word.text in PREFIXED and (len(word.text) > 1 or word.end == sentence[core].start):
        return sign, Kind.MONEY, PREFIXED[word.text]
    return core, Kind.PLAIN, None


def _is_signed(sentence: Sentence, first: int) -> bool:
    """Return whether a sign directly before a percentage says that something rises or falls: "+31%", not "10-15%"."""
    sign = first - 1
    if text_at(sentence, sign) not in SIGNS or sentence[sign].end != sentence[first].start:
        return False
    return not sign or sentence[sign - 1].end != sentence[sign].start or sentence[sign - 1].text in "([,;/"


def _sign_after(sentence: Sentence, end: int, kind: Kind, unit: str | None) -> tuple[int, Kind, str | None]:
    word, after = lower_at(sentence, end), lower_at(sentence, end + 1)
    if word == "us" and after in ("dollars", "$"):
        return end + 2, Kind.MONEY, None
    if kind is Kind.PLAIN and after in MONEY.shared and word in NATIONAL:
        return end + 2, Kind.MONEY, NATIONAL[word]
    if kind is Kind.PLAIN and after in CURRENCIES and after not in MONEY.ambiguous and is_demonym(word):
        return end + 2, Kind.MONEY, NATIONAL.get(word, CURRENCIES[after])
    if (
        kind is Kind.PLAIN
        and word in CURRENCIES
        and (word not in MONEY.ambiguous or lower_at(sentence, end - 1) in NUMBERS.scales)
    ):
        return end + 1, Kind.MONEY, CURRENCIES[word]
    if word == "of" and after in CURRENCIES and lower_at(sentence, end - 1) in NUMBERS.plurals:
        return end + 2, Kind.MONEY, CURRENCIES[after]  # millions of dollars
    if word in ("%", "percent", "pct", "p.c."):
        return end + 1, Kind.PERCENT, None
    return (end + 2, Kind.PERCENT, None) if (word, after) == ("per", "cent") else (end, kind, unit)


def _bound_start(sentence: Sentence, first: int, start: int) -> int:
    """Return the first of the words that bound a number. There can be two phrases: "at least some 20"."""
    for _ in range(2):
        sizes = range(min(_LONGEST_BEFORE, first - start), 0, -1)
        size = next((size for size in sizes if _phrase(sentence, first - size, first) in NUMBERS.before), 0)
        if lower_at(sentence, first - 1) == "over" and lower_at(sentence, first - 2) in NUMBERS.handed:
            return first  # turned over three men
        first -= size
    return first


def _skip_leading(sentence: Sentence, first: int, core: int) -> int:
    """Return where the wording begins: phrases that only introduce the number are not part of it."""
    at = first
    while at < core:
        size = next((size for size in (3, 2, 1) if _phrase(sentence, at, at + size) in NUMBERS.leading), 0)
        if not size:
            break
        at += size
    return at


def _numeral_end(sentence: Sentence, at: int) -> int:
    """Return the index after the number that begins at an index, or the index itself if no number begins there."""
    end = _first_part_end(sentence, at)
    while end > at and (after := _next_part_end(sentence, end)) > end:
        end = after
    return end


def _range_end(sentence: Sentence, core: int, end: int) -> int:
    """Return the end of "20 to 30", "between $20 and $30" or "three or four", whose first number ends at `end`.

    But "from 20 to 30" are two numbers, unless they are years, and so are "sentenced one to 12 years".
    """
    joint, sign = lower_at(sentence, end), lower_at(sentence, core - 1)
    is_money = sign in CURRENCIES or text_at(sentence, core - 1) in PREFIXED
    before = lower_at(sentence, core - 2) if is_money else sign
    begin = end + 1 + (is_money and lower_at(sentence, end + 1) == sign)
    if begin >= len(sentence):
        return end
    second = _numeral_end(sentence, begin)
    is_range = (
        lower_at(sentence, second) in MEASURES.durations if before == "from" else before not in OUTCOMES.sentencing
    )
    joined = joint in _RANGE_JOINTS or (joint == "to" and is_range) or (joint == "and" and before == "between")
    is_one = (
        is_money and second == begin + 1 and lower_at(sentence, begin) in NUMBERS.units
    )  # a fine of Rs3m to one man
    return second if joined and second > begin and not is_one else end


_LONGEST_NUMBER = 30
"""The most characters of a number in digits. Longer ones count nothing, and Python refuses huge numbers."""


def _first_part_end(sentence: Sentence, at: int) -> int:
    word = sentence[at]
    if word.text[0].isdigit():
        is_number = word.text.replace(",", "").replace(".", "").isdigit() or re.fullmatch(_ABBREVIATED, word.lower)
        return at + (bool(is_number) and len(word.text) <= _LONGEST_NUMBER)
    if word.lower in NUMBERS.units or word.lower in NUMBERS.plurals:
        return at + 1
    if word.lower == "half":
        return at + 3 if lower_at(sentence, at + 1) == "a" and lower_at(sentence, at + 2) in NUMBERS.scales else at
    begins = word.lower == "a" or word.lower in NUMBERS.several
    return at + 2 if begins and lower_at(sentence, at + 1) in NUMBERS.scales else at


def _next_part_end(sentence: Sentence, end: int) -> int:
    """Return the index after the next word of a number, or `end` if the number does not continue."""
    word, before, after = (lower_at(sentence, at) for at in (end, end - 1, end + 1))
    if word in NUMBERS.scales or (word in NUMBERS.units and before in NUMBERS.scales):
        return end + 1
    if before.endswith("ty") and word in _DIGITS and before in NUMBERS.units:
        return end + 1  # thirty nine
    if _continues_digits(sentence, end):
        return end + 1  # 15 313
    if word in NUMBERS.abbreviated and before[0].isdigit() and _is_scale_of_money(sentence, end):
        return end + 1  # RM2.1 bn
    if word == "and" and after == "a" and lower_at(sentence, end + 2) == "half":
        return end + 3  # two and a half
    joined = (
        (word == "-" and before.endswith("ty") and after in NUMBERS.units)  # twenty-one
        or (word == "of" and before in NUMBERS.plurals and after in NUMBERS.plurals)  # tens of thousands
        or (word == "and" and before in NUMBERS.large and after in NUMBERS.units)  # two hundred and one
    )
    return end + 2 if joined else end


def _is_scale_of_money(sentence: Sentence, at: int) -> bool:
    """Return whether "m" or "bn" after digits scales an amount of money, not a length: "£1.3m", "VND 27 bn"."""
    sign = at - 2 - (text_at(sentence, at - 2) == ".")
    return lower_at(sentence, sign) in CURRENCIES or text_at(sentence, sign) in PREFIXED


def _continues_digits(sentence: Sentence, at: int) -> bool:
    """Return whether three digits continue the number before them across one space: "15 313", not "+66 2 555 0137"."""
    if not _is_group(sentence, at) or sentence[at].start - sentence[at - 1].end != 1:
        return False
    first = at - 1
    while _is_group(sentence, first) and text_at(sentence, first - 1).isdecimal():
        first -= 1
    after = text_at(sentence, at + 1)
    ends = not after[:1].isdigit() or _is_group(sentence, at + 1)
    before = text_at(sentence, first - 1)
    opens = re.fullmatch(r"[1-9]\d{0,2}", sentence[first].text) is not None
    return opens and ends and before != "+" and not before[-1:].isdigit()


def _is_group(sentence: Sentence, at: int) -> bool:
    text = text_at(sentence, at)
    return len(text) == _GROUP and text.isdecimal()


def _phrase(sentence: Sentence, first: int, last: int) -> str:
    return " ".join([word.lower for word in sentence[first:last]])
