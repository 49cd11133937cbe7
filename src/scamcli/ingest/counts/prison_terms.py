"""Recognise years in prison that a court imposed. They look like a length of time, but become a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.counts.count import Kind
from scamcli.ingest.counts.nouns import PEOPLE
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, MEASURES

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count, SentenceView

_BEFORE, _AFTER = 14, 4
"""How far before and after years to look for words about prison. "Convicted" is often far before the years."""
_GIVEN_NEAR = 8
"""How many words before years are searched for "got": "got, with his brother and their driver, five years"."""
_MODAL_NEAR = 2
"""How many words before "get" are searched for "could": "can be jailed for up to 20 years"."""
_NOUN_NEAR = 3
"""How many words after a number of people their noun can be: "gives two Senegalese skippers four years"."""
_PUNISHED_NEAR = 3
"""How many words after "years and" are searched for "fine"."""


def unit_at(view: SentenceView, last: int) -> int:
    """Return the index of the word that can be the unit of a number: "five years", "five-year"."""
    return last + (view.text(last) in ("-", "–"))


def read_sentence(view: SentenceView, count: Count) -> Count | None:
    """Read years in prison: sentenced to five years; handed a 12-year term; got 12 years, and his son five."""
    amount = count.amount
    at = unit_at(view, amount.last)
    if view.lower(at) in MEASURES.years:
        if not _is_imposed(view, amount.first, at + 1):
            return None
        joint = "-" if at > amount.last else " "
        amount = amount._replace(last=at + 1, wording=f"{amount.wording}{joint}{view.lower(at)}")
        months = _months_end(view, at + 1)
        if months > at + 1:
            amount = amount._replace(last=months, wording=f"{amount.wording} {view.joined(at + 1, months)}")
    elif not _leaves_out_unit(view, amount.first, amount.last):
        return None
    return count.reads(Kind.SENTENCE, "years in prison")._replace(metric="sentences", end=amount.last, amount=amount)


def _months_end(view: SentenceView, at: int) -> int:
    """Return the index after "and four months", or the index itself."""
    end = at + 1
    while end in view.cores:
        end += 1
    return end + 1 if view.lower(at) == "and" and end > at + 1 and view.lower(end) in MEASURES.months else at


def gives_term(view: SentenceView, at: int) -> bool:
    """Return whether a verb gives people years in prison: "gave five captains three years each"."""
    if view.lower(at) not in MEASURES.given:
        return False
    for unit in range(at + 2, at + 2 + _GIVEN_NEAR):
        if view.lower(unit) in MEASURES.years and unit - 1 in view.cores:
            first = next(one for one in range(unit - 1, at, -1) if one - 1 not in view.cores)
            return _is_imposed(view, first, unit + 1)
    return False


def _is_imposed(view: SentenceView, first: int, end: int) -> bool:
    if view.lower(end) in MEASURES.not_imposed or _is_threatened(view, first):
        return False
    if view.has(MEASURES.prison, first - _BEFORE, first) or view.has(MEASURES.prison, end, end + _AFTER):
        return True
    if view.lower(first - 1) in MEASURES.lasting or view.lower(end) not in MEASURES.after_term:
        return False
    return _is_given(view, first) or _is_punished(view, first, end) or _follows_term(view, first)


def _is_threatened(view: SentenceView, first: int) -> bool:
    """Return whether the nearest word before years says that nobody has been sentenced to them yet.

    "The prosecutors sought 12 years, but the court gave him seven years."
    """
    imposed = MEASURES.given | MEASURES.imposing
    for at in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        if view.lower(at) in MEASURES.threatened and view.text(at) != "May":
            return True
        if view.lower(at) in imposed and not view.has(MEASURES.threatened, at - _MODAL_NEAR, at):
            return False
    return view.joined(first, first + 2).lower() == "up to"


def _is_given(view: SentenceView, first: int) -> bool:
    """Return whether somebody gets years: "gets 13 years", "gave two captains three years each"."""
    for at in range(first - 1, max(-1, first - 1 - _GIVEN_NEAR), -1):
        if view.lower(at) in MEASURES.given:
            return True
        if view.lower(at) in GRAMMAR.boundaries or (at in view.cores and not _is_beside_term(view, at)):
            return False
    return False


def _is_beside_term(view: SentenceView, at: int) -> bool:
    """Return whether a number is another term, or counts people: "ten years and", "five Thai captains"."""
    if view.lower(at + (3 if view.lower(at + 1) in ("and", "or") else 1)) in MEASURES.years:
        return True
    near = range(at + 1, at + 1 + _NOUN_NEAR)
    return any(
        view.lower(one) in PEOPLE or view.lower(one) in COUNTED.persons or view.nationality(one) is not None
        for one in near
    )


def _is_punished(view: SentenceView, first: int, end: int) -> bool:
    """Return whether a verdict without a verb has years: "guilty, seven years and fine", "Sardar: 3 years (time …)"."""
    if view.lower(first - 1) not in (":", ","):
        return False
    if view.lower(end) == "(":
        return view.lower(end + 1) in MEASURES.punishing
    return view.lower(end) == "and" and view.has(MEASURES.punishing, end, end + 1 + _PUNISHED_NEAR)


def _follows_term(view: SentenceView, first: int) -> bool:
    """Return whether years follow others that somebody gets: "He got five years and his daughter, 33, two years"."""
    units = [at for at in range(first) if view.lower(at) in MEASURES.years]
    return any(_is_given(view, at - 1) or view.has(MEASURES.imposing, at - _BEFORE, at) for at in units)


def _leaves_out_unit(view: SentenceView, first: int, last: int) -> bool:
    """Recognise a term whose unit is in another one: "one to 12 years and the other to five", "8 and 4½ years"."""
    if view.lower(last) in ("and", "or") and last + 1 in view.cores:
        end = next(at for at in range(last + 1, len(view.sentence) + 1) if at not in view.cores)
        return view.lower(end) in MEASURES.years and _is_given(view, first) and _is_imposed(view, first, end + 1)
    is_short = view.lower(first - 1) in MEASURES.before_short and view.lower(last) in MEASURES.after_term
    return is_short and not _is_threatened(view, first) and _follows_term(view, first)
