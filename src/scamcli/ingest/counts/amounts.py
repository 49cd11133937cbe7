"""Amounts in a sentence: a number with the words that bound it, money and percent told apart.

It knows what belongs to a number, not what is counted.
"""

# Annotations that are text, the fields of named tuples, would be compiled at every start: they are none here.

from typing import NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.numerals import interval, lower, numeral
from scamcli.ingest.words import Sentence
from scamcli.language.countries import is_demonym

AMBIGUOUS = lexicon.words("money.ambiguous")
CURRENCIES = lexicon.optional_headings("money.currencies")
DOLLARS = lexicon.optional_headings("money.dollars")
PREFIXED = lexicon.optional_headings("money.prefixed")
AFTER = lexicon.words("numbers.after")
BEFORE = lexicon.words("numbers.before")
HANDED = lexicon.words("numbers.handed")
LEADING = lexicon.words("numbers.leading")
LONGEST_AFTER = max(len(phrase.split()) for phrase in AFTER)
LONGEST_BEFORE = max(len(phrase.split()) for phrase in BEFORE)
SCALES = lexicon.words("numbers.scales")


class Amount(NamedTuple):
    """A number in a sentence."""

    first: int
    """The index of the first word of its wording."""
    core: int
    """The index of the first word of the number itself."""
    last: int
    """The index after its last word."""
    kind: Kind
    """Plain, money or percent."""
    unit: str | None
    """Of money, its currency; ``None`` is USD."""
    wording: str
    """As the source has it."""


def amounts(sentence: Sentence, text: str, dated: frozenset[int]) -> list[Amount]:
    """The numbers of a sentence, in order.

    Args:
        sentence: its words.
        text: the text that they are from.
        dated: the indices of words that are part of a date.
    """
    found: list[Amount] = []
    at = 0
    while at < len(sentence):
        end = at if at in dated else numeral(sentence, at)
        if end == at:
            at += 1
            continue
        amount = _whole(sentence, text, (at, end), found[-1].last if found else 0)
        found.append(amount)
        at = amount.last
    return found


def bound_behind(sentence: Sentence, at: int, shortest: int = 1) -> int:
    """The index after the words here that bound a number before them: "or more", "at the most"."""
    for size in range(LONGEST_AFTER, shortest - 1, -1):
        end = at + size
        if end <= len(sentence) and _phrase(sentence, at, end) in AFTER and not _is_sum(sentence, at):
            return end
    return at


def _is_sum(sentence: Sentence, at: int) -> bool:
    """Whether a sign adds another number: "40 + 38"."""
    return sentence[at].text == "+" and at + 1 < len(sentence) and sentence[at + 1].text[0].isdigit()


def _whole(sentence: Sentence, text: str, number: tuple[int, int], start: int) -> Amount:
    """The amount with its range, its currency, and the words that bound it."""
    core, end = number[0], interval(sentence, *number)
    first, kind, unit = _sign_before(sentence, core, start)
    end, kind, unit = _sign_behind(sentence, end, kind, unit)
    first, end = _bound_before(sentence, first, start), bound_behind(sentence, end)
    lead = _led_in(sentence, first, core)
    wording = " ".join(text[sentence[lead].start : sentence[end - 1].end].split())
    if lead == 0:
        wording = wording[0].lower() + wording[1:]  # a capital that only opens a sentence
    return Amount(first, core, end, kind, unit, wording)


def _sign_before(sentence: Sentence, core: int, start: int) -> tuple[int, Kind, str | None]:
    """A currency before the number: $20, NT$20, RM20."""
    sign = core - 1
    if sign < start:
        return core, Kind.PLAIN, None
    word, before = sentence[sign], sentence[sign - 1].text if sign > start else ""
    if word.lower in CURRENCIES:
        if before in PREFIXED:
            return sign - 1, Kind.MONEY, PREFIXED[before]
        return sign - (before == "\\"), Kind.MONEY, CURRENCIES[word.lower]
    if word.text in PREFIXED and (len(word.text) > 1 or word.end == sentence[core].start):
        return sign, Kind.MONEY, PREFIXED[word.text]
    return core, Kind.PLAIN, None


def _sign_behind(sentence: Sentence, end: int, kind: Kind, unit: str | None) -> tuple[int, Kind, str | None]:
    """A currency or a percent sign after the number."""
    word, after = lower(sentence, end), lower(sentence, end + 1)
    if word == "us" and after in ("dollars", "$"):
        return end + 2, Kind.MONEY, None
    if kind is Kind.PLAIN and after == "dollars" and word in DOLLARS:
        return end + 2, Kind.MONEY, DOLLARS[word]
    if kind is Kind.PLAIN and after in CURRENCIES and after not in AMBIGUOUS and is_demonym(word):
        return end + 2, Kind.MONEY, CURRENCIES[after]
    if kind is Kind.PLAIN and word in CURRENCIES and (word not in AMBIGUOUS or lower(sentence, end - 1) in SCALES):
        return end + 1, Kind.MONEY, CURRENCIES[word]
    if word in ("%", "percent"):
        return end + 1, Kind.PERCENT, None
    return (end + 2, Kind.PERCENT, None) if (word, after) == ("per", "cent") else (end, kind, unit)


def _bound_before(sentence: Sentence, first: int, start: int) -> int:
    """The first of the words that bound a number; there may be two such phrases: "at least some 20"."""
    for _ in range(2):
        sizes = range(min(LONGEST_BEFORE, first - start), 0, -1)
        size = next((one for one in sizes if _phrase(sentence, first - one, first) in BEFORE), 0)
        if lower(sentence, first - 1) == "over" and lower(sentence, first - 2) in HANDED:
            return first  # turned over three men
        first -= size
    return first


def _led_in(sentence: Sentence, first: int, core: int) -> int:
    """Where its wording begins: what only leads to a number is no part of it."""
    at = first
    while at < core:
        size = next((one for one in (3, 2, 1) if _phrase(sentence, at, at + one) in LEADING), 0)
        if not size:
            break
        at += size
    return at


def _phrase(sentence: Sentence, first: int, last: int) -> str:
    return " ".join([word.lower for word in sentence[first:last]])
