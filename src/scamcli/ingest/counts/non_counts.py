"""Numbers that count nobody and nothing, each with what they are instead.

A new rule is a function of the reader and the amount, and a line in one of the two tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.ages import is_age
from scamcli.ingest.counts.heads import head

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.ingest.counts.amounts import Amount
    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

    _Rules = tuple[tuple[str, Callable[[Reader, Amount], bool]], ...]

MONTHS = lexicon.numbers("calendar.months", 1)
BE = lexicon.words("grammar.be")
STOPS = lexicon.words("grammar.stops")
ABBREVIATED = lexicon.words("measures.abbreviated")
DURATIONS = lexicon.words("measures.durations")
LENGTHS = lexicon.words("measures.lengths")
NUMBER_SIGNS = lexicon.words("measures.number_signs")
NUMBERED = lexicon.words("measures.numbered")
NUMBERED_IN_CAPITALS = lexicon.words("measures.numbered_in_capitals")
PARENTS = lexicon.words("measures.parents")
FRACTIONS = lexicon.words("numbers.fractions")
ORDINALS = lexicon.words("numbers.ordinals")

AGE = "an age"
DURATION = "a length of time"
PASSING = (AGE, DURATION)
"""What tells of nobody, and parts no clause."""


def read_label(reader: Reader, count: Count) -> bool:
    """Whether a number only numbers something, or is an age; if so it is explained."""
    return _read_one_of(_LABELS, reader, count)


def read_measure(reader: Reader, count: Count) -> bool:
    """Whether a number measures something; if so it is explained."""
    return _read_one_of(_MEASURES, reader, count)


def unit_at(reader: Reader, amount: Amount) -> int:
    """The index of the word that can be the unit of a number: "five years", "five-year"."""
    return amount.last + (reader.text(amount.last) in ("-", "–"))


def read_hyphenated(reader: Reader, count: Count) -> bool:
    """Whether a number is part of an adjective: "a 12-storey building"; if so it is explained."""
    amount = count.amount
    if reader.lower(amount.last) == "-" and reader.lower(amount.last + 1) not in DURATIONS:
        count.explain("part of an adjective")
        return True
    return False


def _read_one_of(rules: _Rules, reader: Reader, count: Count) -> bool:
    found = next((name for name, holds in rules if holds(reader, count.amount)), None)
    if found is not None:
        count.explain(found)
    return found is not None


def _is_item(reader: Reader, amount: Amount) -> bool:
    """Whether it numbers a paragraph: "3.4 Between 2 and 6 October", "2) Police"."""
    number, after = reader.text(amount.core), reader.text(amount.last)
    if amount.core or not number[0].isdigit():
        return False
    return (after in (".", ")") and amount.last == 1) or ("." in number and after[:1].isupper())


def _is_name(reader: Reader, amount: Amount) -> bool:
    """Whether it is part of a name: "Jinbei 1", "Article 17", "No. 12", "#19"."""
    core = amount.core
    if core == 0 or amount.first != core or not reader.text(core)[0].isdigit():
        return False
    if reader.text(core - 1) == "-" and reader.text(core - 2)[:1].isupper() and reader.is_glued(core):
        return True  # COVID-19
    if _is_numbered(reader, core - 1) or any(one.first < core < one.last for one in reader.mentions):
        return True
    before = reader.sentence[core - 1]
    opens = core == 1 and (before.lower in STOPS or len(before.text) < 3 or reader.lower(amount.last) not in BE)
    if opens or not before.text[0].isupper() or before.lower in MONTHS:
        return False
    return core - 1 not in reader.by_first and core not in reader.by_last and head(reader, amount.last) is None


def _is_numbered(reader: Reader, at: int) -> bool:
    """Whether a word or a sign before a number says that it is one of many that are numbered."""
    text, lower = reader.text(at), reader.lower(at)
    if text in NUMBER_SIGNS or (text == "." and reader.lower(at - 1) in ABBREVIATED):
        return True
    return lower in NUMBERED and (text[0].isupper() or lower not in NUMBERED_IN_CAPITALS)


def _is_ordinal(reader: Reader, amount: Amount) -> bool:
    """Whether it is the first part of one: "twenty-first"."""
    return reader.text(amount.last) == "-" and reader.lower(amount.last + 1) in ORDINALS


def _is_duration(reader: Reader, amount: Amount) -> bool:
    return reader.lower(unit_at(reader, amount)) in DURATIONS


def _is_length(reader: Reader, amount: Amount) -> bool:
    """Whether a unit follows; in capitals some are names: "12 M", "3 Floor"."""
    at = unit_at(reader, amount)
    unit = reader.lower(at)
    return unit in LENGTHS and not (unit in ("m", "floor") and reader.text(at)[0].isupper())


def _is_time(reader: Reader, amount: Amount) -> bool:
    """Whether it is the hour or the minutes: "14:20"."""
    hour, core = reader.text(amount.core - 2), amount.core
    if reader.text(core - 1) == ":" and hour.isdigit() and reader.is_glued(core - 1) and reader.is_glued(core):
        return True
    return reader.text(amount.last) == ":" and reader.text(amount.last + 1)[:1].isdigit()


def _is_house(reader: Reader, amount: Amount) -> bool:
    """Whether a street follows: "24 Street 271"."""
    return reader.lower(amount.last) in NUMBERED and reader.text(amount.last)[0].isupper()


def _is_fraction(reader: Reader, amount: Amount) -> bool:
    """Two thirds; one in five, of which either number is a part."""
    first, last = amount.first, amount.last
    opens = reader.lower(amount.core) in ("one", "1") and reader.lower(last) == "in" and last + 1 in reader.cores
    ends = reader.lower(first - 1) == "in" and reader.lower(first - 2) in ("one", "1") and first - 2 in reader.cores
    return opens or ends or reader.lower(last) in FRACTIONS


def _is_of_parent(reader: Reader, amount: Amount) -> bool:
    """The mother of three."""
    return reader.lower(amount.first - 1) == "of" and reader.lower(amount.first - 2) in PARENTS


def _is_no_date(reader: Reader, amount: Amount) -> bool:
    """Whether it is part of a date that no calendar has: "30 February", "November 31, 2024"."""
    core, last = amount.core, amount.last
    beside = {reader.text(core - 1), reader.text(last)}
    if not reader.text(core).isdecimal() or head(reader, last) is not None:
        return False  # on June 3, 2000 people; in September 45 people
    if any(word.istitle() and word.lower() in MONTHS for word in beside):
        return True
    day, month = reader.text(core - 2), reader.text(core - 3)
    return (
        reader.text(core - 1) == ","
        and len(reader.text(core)) == 4
        and len(day) <= 2
        and month.istitle()
        and month.lower() in MONTHS
    )


def _is_excepted(reader: Reader, amount: Amount) -> bool:
    return reader.lower(amount.first - 1) in ("but", "not", "no")


_LABELS: _Rules = (
    ("the number of an item", _is_item),
    ("a number in a name", _is_name),
    ("an ordinal number", _is_ordinal),
    ("the number of a house", _is_house),
    (AGE, is_age),
)
_MEASURES: _Rules = (
    (DURATION, _is_duration),
    ("a measure", _is_length),
    ("a time of day", _is_time),
    ("a fraction", _is_fraction),
    ("the children of somebody", _is_of_parent),
    ("a date that no calendar has", _is_no_date),
    ("all but so many", _is_excepted),
)
