"""Recognise numbers that count neither people nor things: labels, ages, measures, times and fractions.

To recognise more such numbers, write a function of the sentence and the amount, and add a line to one of the two tables
at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import Kind
from scamcli.ingest.counts.nouns import PEOPLE, find_head
from scamcli.ingest.counts.prison_terms import unit_at
from scamcli.ingest.date_phrases import EARLIEST, LATEST
from scamcli.ingest.lexicon import CALENDAR, COUNTED, GRAMMAR, MEASURES, NUMBERS, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.ingest.counts.count import Amount, Count, SentenceView

    _Rules = tuple[tuple[str, Callable[[SentenceView, Amount], bool]], ...]

MONTHS = lexicon.numbers("calendar.months", 1)

AGE = "an age"
DURATION = "a length of time"
PARENTHETICAL = (AGE, DURATION)
"""Rules of numbers that do not separate the clauses around them."""

_YEAR_DIGITS = 4
_CAPACITY_NEAR = 4
"""How many words before a number are searched for "capacity"."""
_OLDEST = 100


def read_hyphenated(view: SentenceView, count: Count) -> Count | None:
    """Explain a number that is part of an adjective: "a 12-storey building"."""
    last = count.amount.last
    is_part = view.lower(last) == "-" and view.lower(last + 1) not in MEASURES.durations
    return count.explained("part of an adjective") if is_part else None


def explain(rules: _Rules, view: SentenceView, count: Count) -> Count | None:
    """Explain a number that counts nothing by the first of several rules that applies."""
    found = next((rule for rule, holds in rules if holds(view, count.amount)), None)
    return None if found is None else count.explained(found)


def _is_item(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is that of a paragraph, an item or a note: "3.4 Between", "2) Police", "[12] Court"."""
    number, after = view.text(amount.core), view.text(amount.last)
    if amount.core == 1 and (view.text(0), after) == ("[", "]"):
        return True
    if amount.core or not number[0].isdigit():
        return False
    return (after in (".", ")") and amount.last == 1) or ("." in number and after[:1].isupper())


def _is_name(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is part of a name: "Jinbei 1", "Article 17", "No. 12", "#19"."""
    core = amount.core
    if core == 0 or amount.first != core or not view.text(core)[0].isdigit() or _is_duration(view, amount):
        return False
    if view.text(core - 1) == "-" and view.text(core - 2)[:1].isupper() and view.is_glued(core):
        return True  # COVID-19
    if _is_numbered(view, core - 1) or any(mention.first < core < mention.last for mention in view.mentions):
        return True
    before = view.sentence[core - 1]
    opens = core == 1 and (
        before.lower in GRAMMAR.stops or len(before.text) < 3 or view.lower(amount.last) not in GRAMMAR.be
    )
    if opens or not before.text[0].isupper() or before.lower in MONTHS:
        return False
    return core - 1 not in view.by_first and core not in view.by_last and find_head(view, amount.last) is None


def _is_numbered(view: SentenceView, at: int) -> bool:
    text, lower = view.text(at), view.lower(at)
    if text == "+":
        return view.is_glued(at + 1)  # +855 12, but 55 + 48 people
    if text in MEASURES.number_signs or (text == "." and view.lower(at - 1) in MEASURES.abbreviated):
        return True
    return lower in MEASURES.numbered and (text[0].isupper() or lower not in MEASURES.numbered_in_capitals)


def _is_ordinal(view: SentenceView, amount: Amount) -> bool:
    return view.text(amount.last) == "-" and view.lower(amount.last + 1) in NUMBERS.ordinals


def _is_year(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is a year that was not read as a date: "a 2023 investigation", "In 2018 cases rose"."""
    text = view.text(amount.core)
    if amount.first != amount.core or amount.core + 1 != amount.last or len(text) != _YEAR_DIGITS:
        return False
    if not (text.isdecimal() and EARLIEST <= int(text) <= LATEST):
        return False
    after = view.lower(amount.last)
    if after in GRAMMAR.be or after in GRAMMAR.have or after in OUTCOMES.alone:
        return False  # 2000 were freed
    return view.lower(amount.first - 1) in CALENDAR.during | CALENDAR.no_event or find_head(view, amount.last) is None


def _is_house(view: SentenceView, amount: Amount) -> bool:
    return view.lower(amount.last) in MEASURES.numbered and view.text(amount.last)[0].isupper()


def _is_age(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is an age: 19-year-old, aged 24, under 18, 58 years old, Somchai, 24, and …"""
    after = [word for word in view.between(amount.last, amount.last + 4) if word != "-"]
    if after[:1] and after[0] in MEASURES.age_units and after[1:2] == ["old"]:
        return True
    if after[:3] == ["years", "of", "age"] or _is_aged(view, amount.first):
        return True
    if view.lower(amount.first) in MEASURES.under and view.text(amount.last) in (",", ".", ")", ";"):
        return view.text(amount.core) in MEASURES.legal_ages
    return _is_between_commas(view, amount)


def _is_aged(view: SentenceView, first: int) -> bool:
    """Recognise "aged 24", "aged between 20 and 30", "the youngest was 16", and the 44 of "aged 31 and 44"."""
    further, before = view.pair(first - 2)
    if before in ("and", "or") and (further.isdecimal() or further in NUMBERS.units):
        opens = first - 3 - (view.lower(first - 3) in ("of", "between"))
        return view.lower(opens) in MEASURES.aged  # aged 31 and 44, between the ages of five and 16
    if before in GRAMMAR.be:
        return further in ("youngest", "oldest")
    if before == "of" and (further in COUNTED.one_person or further in ("age", "ages")):
        return True  # a boy of 16, under the age of 16
    return before in MEASURES.aged or (further in ("aged", "ages") and before in ("between", "from"))


def _is_between_commas(view: SentenceView, amount: Amount) -> bool:
    """Recognise "a man, 24," and "Somchai, 31," but not the next item of a list."""
    comma, before = amount.core - 1, amount.core - 2
    if view.text(comma) != "," or view.text(amount.last) not in (",", ".", "(") or amount.core + 1 != amount.last:
        return False
    is_somebody = view.text(before).islower() and view.lower(before - 1) in ("the", "a", "an", "his", "her")
    follows_person = (
        is_somebody or view.text(before)[:1].isupper() or view.lower(before) in PEOPLE or view.lower(before) == "them"
    )
    mention, number = view.by_last.get(comma), view.text(amount.core)
    is_young = number.isdecimal() and int(number) < _OLDEST
    return follows_person and is_young and (mention is None or mention.kind == "actor")


def _is_duration(view: SentenceView, amount: Amount) -> bool:
    return view.lower(unit_at(view, amount.last)) in MEASURES.durations


def _is_length(view: SentenceView, amount: Amount) -> bool:
    """Return whether a unit follows. Some units with a capital are names: "12 M", "3 Floor"."""
    at = unit_at(view, amount.last)
    unit = view.lower(at)
    return unit in MEASURES.lengths and not (unit in ("m", "floor") and view.text(at)[0].isupper())


def _is_time(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is the hour or the minutes of a time: "14:20"."""
    hour, core = view.text(amount.core - 2), amount.core
    if view.text(core - 1) == ":" and hour.isdigit() and view.is_glued(core - 1) and view.is_glued(core):
        return True
    return view.text(amount.last) == ":" and view.text(amount.last + 1)[:1].isdigit()


def _is_fraction(view: SentenceView, amount: Amount) -> bool:
    """Recognise "two thirds", and both numbers of "one in five"."""
    first, last = amount.first, amount.last
    opens = view.lower(amount.core) in ("one", "1") and view.lower(last) == "in" and last + 1 in view.cores
    ends = view.lower(first - 1) == "in" and view.lower(first - 2) in ("one", "1") and first - 2 in view.cores
    return opens or ends or view.lower(last) in NUMBERS.fractions


def _is_capacity(view: SentenceView, amount: Amount) -> bool:
    """Recognise "big enough to hold 300 people" and "with a capacity of 600"."""
    near = amount.first - _CAPACITY_NEAR, amount.first
    return view.has({"capacity"}, *near) or (view.has({"enough"}, *near) and view.has(MEASURES.holding, *near))


def _is_of_parent(view: SentenceView, amount: Amount) -> bool:
    return view.lower(amount.first - 1) == "of" and view.lower(amount.first - 2) in MEASURES.parents


def _is_impossible_date(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is part of a date that does not exist: "30 February", "November 31, 2024"."""
    core, last = amount.core, amount.last
    beside = {view.text(core - 1), view.text(last)}
    if not view.text(core).isdecimal() or find_head(view, last) is not None:
        return False  # on June 3, 2000 people; in September 45 people
    if any(word.istitle() and word.lower() in MONTHS for word in beside):
        return True
    day, month = view.text(core - 2), view.text(core - 3)
    is_year = view.text(core - 1) == "," and len(view.text(core)) == 4
    return is_year and len(day) <= 2 and month.istitle() and month.lower() in MONTHS


def read_exception(view: SentenceView, count: Count) -> Count | None:
    """Read a number that is excepted: "all but two were men"."""
    if view.lower(count.amount.first - 1) not in ("but", "not", "no"):
        return None
    return count.reads(Kind.OTHER if count.is_one else Kind.UNUSED, "an exception")


LABELS: _Rules = (
    ("the number of an item", _is_item),
    ("a number in a name", _is_name),
    ("a year", _is_year),
    ("an ordinal number", _is_ordinal),  # twenty-first
    ("the number of a house", _is_house),  # 24 Street 271
    (AGE, _is_age),
)
MEASURING: _Rules = (
    (DURATION, _is_duration),
    ("a measure", _is_length),
    ("a time of day", _is_time),
    ("a fraction", _is_fraction),
    ("a capacity", _is_capacity),
    ("somebody's children", _is_of_parent),  # the mother of three
    ("a date that does not exist", _is_impossible_date),
)
