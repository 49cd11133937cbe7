"""Stage 1: find the numbers of a sentence, in digits and in words, each with the words that bound it.

Signs show whether a number is money or a percentage. Stage 2 decides what it counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scamcli.ingest.counts.count import Amount, Kind
from scamcli.ingest.lexicon import MONEY, NUMBERS, OUTCOMES, TRENDS
from scamcli.ingest.words import lower_at, text_at
from scamcli.language.countries import is_demonym
from scamcli.language.wording.currency import currency_in, units_by_form
from scamcli.language.wording.parsing import parse_wording

if TYPE_CHECKING:
    from scamcli.ingest.words import Sentence, Word

UNITS = units_by_form()
"""The unit of each sign, code and name of money."""

_LONGEST_AFTER = max(len(phrase.split()) for phrase in NUMBERS.after)
_LONGEST_BEFORE = max(len(phrase.split()) for phrase in NUMBERS.before)
_ABBREVIATED = r"\d[\d.]*(?:k|m|mn|mln|bn|tn|trn)"
_ABBREVIATED_MONEY = r"\d[\d.]*(?:b|mil|cr)"
_HALVES = (("and", "a", "half"), ("-", "and", "-", "a", "-", "half"))
_DIGITS = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
_GROUP = 3
"""How many digits a separator of thousands separates."""
SIGNS = ("+", "-", "−", "–")
"""Signs before a percentage that rises or falls."""
_FIRST_OF_NUMBERS = NUMBERS.units.union(NUMBERS.plurals, NUMBERS.several, ("half", "a", "scores"))
"""Words with which a number in words can begin."""
_RANGE_JOINTS = ("-", "–", "—", "or")
_GLUED_JOINTS = ("~", "/")
"""Signs that join two numbers without a space: "30~40" is a range, and "30/40" can be anything."""
_LONGEST_CURRENCY = 3
"""The most words of a currency after an amount: "Hong Kong dollars"."""
_REPEATED_NEAR = 2
"""The most words between a number and its repetition in brackets: "fourteen men (14)"."""


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
        at = amount.last
        if found and _is_repeated(sentence, found[-1], amount):
            found[-1] = _with_repetition(sentence, text, found[-1], amount)
        else:
            found.append(amount)
    return found


def bound_end(sentence: Sentence, at: int, shortest: int = 1) -> int:
    """Return the index after a phrase such as "or more" or "at the most", which bounds the number before it."""
    adds = text_at(sentence, at) == "+" and text_at(sentence, at + 1)[:1].isdigit()  # 40 + 38
    if text_at(sentence, at) == "-" and at and sentence[at - 1].end < sentence[at].start:
        return at  # 14:05 - Some 40 people, not "40-some people"
    for size in range(_LONGEST_AFTER, shortest - 1, -1):
        end = at + size
        if end <= len(sentence) and _phrase(sentence, at, end) in NUMBERS.after and not adds:
            return end
    return at


def _is_repeated(sentence: Sentence, one: Amount, amount: Amount) -> bool:
    """Return whether an amount in brackets only repeats the one before it: "fourteen men (14)", "ten pesos (P10)"."""
    first, last = amount.first, amount.last
    in_brackets = text_at(sentence, first - 1) in ("(", "[") and text_at(sentence, last) in (")", "]")
    if not in_brackets or first - 1 - one.last > _REPEATED_NEAR:
        return False
    is_spelled = sentence[one.core].text[0].isdigit() != sentence[amount.core].text[0].isdigit()
    return is_spelled and parse_wording(one.wording).best == parse_wording(amount.wording).best is not None


def _with_repetition(sentence: Sentence, text: str, one: Amount, amount: Amount) -> Amount:
    """Return an amount with its repetition in brackets, which can say in which currency it is: ten pesos (P10)."""
    if one.kind is not Kind.MONEY:
        return one
    last = amount.last + 1
    wording = f"{one.wording}{text[sentence[one.last - 1].end : sentence[amount.last].end]}"
    return one._replace(last=last, wording=wording, unit=currency_in(wording))


def _whole_amount(sentence: Sentence, text: str, number: tuple[int, int], start: int) -> Amount:
    core = number[0]
    first = _sign_before(sentence, core, start)
    is_money = first < core
    end = _range_end(sentence, *number, is_money=is_money)
    first -= end > number[1] and lower_at(sentence, first - 1) == "from"
    end, kind = _sign_after(sentence, _bracket_end(sentence, core, end), Kind.MONEY if is_money else Kind.PLAIN)
    first -= kind is Kind.PERCENT and _is_signed(sentence, first)
    first, end = _bound_start(sentence, first, start), bound_end(sentence, end)
    wording_start = _skip_leading(sentence, first, core)
    wording = " ".join(text[sentence[wording_start].start : sentence[end - 1].end].split())
    unit = currency_in(wording) if kind is Kind.MONEY else None
    if wording_start == 0:
        wording = wording[0].lower() + wording[1:]  # the word has a capital only because it begins the sentence
    return Amount(first, core, end, kind, None if unit == "USD" else unit, wording)


def _bracket_end(sentence: Sentence, core: int, end: int) -> int:
    """Return the end of "fourteen (14)" or "14 (fourteen)", one number in words and in figures, also if they differ."""
    if text_at(sentence, end) not in ("(", "["):
        return end
    close = _numeral_end(sentence, end + 1) if end + 1 < len(sentence) else end + 1
    if close == end + 1 or text_at(sentence, close) not in (")", "]"):
        return end
    is_spelled = sentence[core].text[0].isdigit() != sentence[end + 1].text[0].isdigit()
    if not is_spelled:
        return end
    return _scales_end(sentence, close + 1)


def _scales_end(sentence: Sentence, end: int) -> int:
    while lower_at(sentence, end) in NUMBERS.scales:  # five (5) million
        end += 1
    return end


def _sign_before(sentence: Sentence, core: int, start: int) -> int:
    """Return where a number begins with a currency before it: $20, NT$20, RM20, Rs. 20, THB 20."""
    sign = core - 1
    if sign > start and sentence[sign].text == "." and sentence[sign - 1].text in MONEY.abbreviations:
        sign -= 1
    if sign < start:
        return core
    word, before = sentence[sign], sentence[sign - 1] if sign > start else sentence[sign]
    is_glued = word.end == sentence[sign + 1].start
    if word.lower in UNITS and not word.text[0].isalnum():
        if before.end == word.start and before.lower + word.text in UNITS:
            return sign - 1
        return sign - (before.text in ("\\", "US"))  # Markdown escapes dollar signs
    if word.text in MONEY.abbreviations and (is_glued or word.text not in MONEY.glued):
        return sign
    return sign if word.lower in UNITS and _is_code(word.text) else core


def _is_signed(sentence: Sentence, first: int) -> bool:
    """Return whether a sign directly before a percentage says that something rises or falls: "+31%", not "10-15%"."""
    sign = first - 1
    if text_at(sentence, sign) not in SIGNS or sentence[sign].end != sentence[first].start:
        return False
    return not sign or sentence[sign - 1].end != sentence[sign].start or sentence[sign - 1].text in "([,;/"


def _is_code(text: str) -> bool:
    """Return whether a name of money is a code such as THB, RMB or USDT."""
    return len(text) in (3, 4) and text.isupper()


def _sign_after(sentence: Sentence, end: int, kind: Kind) -> tuple[int, Kind]:
    """Return where an amount ends with its unit: 20 baht, 20 US dollars, 20 Thai baht, 20 percent."""
    word, after = lower_at(sentence, end), lower_at(sentence, end + 1)
    if word == "us" and after in ("dollars", "$"):
        return end + 2, Kind.MONEY
    if kind is Kind.PLAIN and (money := _currency_end(sentence, end)) > end:
        return money, Kind.MONEY
    if word == "of" and after in UNITS and lower_at(sentence, end - 1) in NUMBERS.plurals:
        return end + 2, Kind.MONEY  # millions of dollars
    if word in ("%", "percent", "pct", "p.c."):
        return end + 1, Kind.PERCENT
    return (end + 2, Kind.PERCENT) if (word, after) == ("per", "cent") else (end, kind)


def _currency_end(sentence: Sentence, end: int) -> int:
    """Return the end of the currency that follows a number, or `end`: baht, Thai baht, Sri Lankan rupees."""
    for size in range(min(_LONGEST_CURRENCY, len(sentence) - end), 0, -1):
        name, last = _phrase(sentence, end, end + size), sentence[end + size - 1]
        is_named = size > 1 and name in UNITS
        if is_named or (size > 1 and _is_currency(last) and is_demonym(_phrase(sentence, end, end + size - 1))):
            return end + size
        is_scaled = lower_at(sentence, end - 1) in NUMBERS.scales
        if size == 1 and _is_currency(last, *(() if is_scaled else MONEY.ambiguous)):
            return end + 1
    return end


def _is_currency(word: Word, *ambiguous: str) -> bool:
    lower = word.lower
    if lower not in UNITS or lower in ambiguous:
        return False
    return len(lower) != len("THB") or UNITS[lower] != lower.upper() or word.text.isupper()


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
    is_short = end == at + 1 and sentence[at].text[0].isdigit() and _sign_before(sentence, at, 0) < at
    if is_short and lower_at(sentence, end + (text_at(sentence, end) == "-")) in NUMBERS.abbreviated:
        return end + 1 + (text_at(sentence, end) == "-")  # RM2.1 b, P1.2-M
    return end


def _range_end(sentence: Sentence, core: int, end: int, *, is_money: bool) -> int:
    """Return the end of "20 to 30", "between $20 and $30" or "three or four", whose first number ends at `end`.

    "From 20 to 30" is a range, too, unless something rose or fell. "Sentenced one to 12 years" has two numbers.
    """
    joint = lower_at(sentence, end)
    first = _sign_before(sentence, core, 0)
    before = lower_at(sentence, first - 1)
    is_change = before == "from" and not _TRENDS.isdisjoint(
        word.lower for word in sentence[max(0, first - _TREND_NEAR) : first]
    )
    joined = (
        joint in _RANGE_JOINTS
        or (joint == "to" and not is_change and before not in OUTCOMES.sentencing)
        or (joint == "and" and before == "between")
        or (joint in _GLUED_JOINTS and _is_glued(sentence, end) and _is_glued(sentence, end + 1))
    )
    begin = end + 1
    if is_money:
        signs = range(begin + 1, min(begin + 3, len(sentence)))
        begin = next((at for at in signs if _sign_before(sentence, at, begin) == begin), begin)
    if not joined or begin >= len(sentence) or (is_money and not sentence[begin].text[0].isdigit()):
        return end  # $300 to eleven victims
    second = _numeral_end(sentence, begin)
    return second if second > begin else end


def _is_glued(sentence: Sentence, at: int) -> bool:
    return 0 < at < len(sentence) and sentence[at - 1].end == sentence[at].start


_TREND_NEAR = 6
"""How many words before "from 20 to 30" are searched for a word for rising or falling."""
_TRENDS = frozenset((*TRENDS.trends, *TRENDS.to_level))
_LONGEST_NUMBER = 30
"""The most characters of a number in digits. Longer ones count nothing, and Python refuses huge numbers."""


def _first_part_end(sentence: Sentence, at: int) -> int:
    word = sentence[at]
    if word.text[0].isdigit():
        is_number = re.sub("[,.'’]|[½¼¾]$", "", word.text).isdigit() or _is_abbreviated(sentence, at)
        return at + (is_number and len(word.text) <= _LONGEST_NUMBER)
    after = lower_at(sentence, at + 1)
    if word.lower in NUMBERS.units or word.lower in NUMBERS.plurals:
        return at + 1
    if word.lower == "scores":
        return at + (after in ("of", "more"))
    if word.lower == "a" and after in NUMBERS.sets and lower_at(sentence, at + 2) == "of":
        return at + 3 + (lower_at(sentence, at + 3) in NUMBERS.scales)  # a pair of Nepalis, a couple of dozen
    if word.lower == "a" and after in NUMBERS.ones and is_demonym(text_at(sentence, at + 2)):
        return at + 2 * (lower_at(sentence, at - 1) != "not")
    if word.lower == "half":
        return at + 3 if after in ("a", "-") and lower_at(sentence, at + 2) in NUMBERS.scales else at
    begins = word.lower == "a" or word.lower in NUMBERS.several
    if lower_at(sentence, at - 1) == "of" and lower_at(sentence, at - 2) in NUMBERS.fractions:
        return at  # a quarter of a million
    return at + 2 if begins and after in NUMBERS.scales else at


def _is_abbreviated(sentence: Sentence, at: int) -> bool:
    """Return whether a word is an abbreviated number: "600k", "$2.3b". But 12M counts men where "3F" counts women."""
    lower = sentence[at].lower
    if lower.endswith("m") and any(re.fullmatch(r"\d+F", word.text) for word in sentence):
        return False
    is_money = re.fullmatch(_ABBREVIATED_MONEY, lower) is not None and _sign_before(sentence, at, 0) < at
    return is_money or re.fullmatch(_ABBREVIATED, lower) is not None


def _next_part_end(sentence: Sentence, end: int) -> int:
    """Return the index after the next word of a number, or `end` if the number does not continue."""
    word, before, after = (lower_at(sentence, at) for at in (end, end - 1, end + 1))
    for half in _HALVES:
        if tuple(lower_at(sentence, end + at) for at in range(len(half))) == half:
            return end + len(half)
    if word == "-" and after in NUMBERS.scales and (before[:1].isdigit() or before in NUMBERS.units):
        return end + 2  # a 100-million-baht fraud
    if word in NUMBERS.scales or (word in NUMBERS.units and before in NUMBERS.scales):
        return end + 1
    if before.endswith("ty") and word in _DIGITS and before in NUMBERS.units:
        return end + 1  # thirty nine
    if _continues_digits(sentence, end):
        return end + 1  # 15 313
    joined = (
        (word == "-" and before.endswith("ty") and after in NUMBERS.units)  # twenty-one
        or (word == "of" and before in NUMBERS.plurals and after in NUMBERS.plurals)  # tens of thousands
        or (word == "and" and before in NUMBERS.large and after in NUMBERS.units)  # two hundred and one
    )
    return end + 2 if joined else end


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
