"""What became of those that a sentence counts: the metric of each of its counts.

A list of counts shares one meaning. A word that says what happened decides before the noun does ("12 suspects were
arrested"), and what no word tells is taken from the counts before.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.chains import resolve_chains
from scamcli.ingest.counts.count import last_figure
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.levels import read_again, resolve_bare
from scamcli.ingest.counts.shares import resolve_percent
from scamcli.ingest.proposal import Grade
from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

OF_COUNTRIES = lexicon.words("counted.of_countries")
RECORDING = lexicon.words("counted.recording")
CLAUSE_ENDS = lexicon.words("grammar.clause_ends")
LOSING = lexicon.words("money.losing")
CALLED_FALSE = lexicon.words("outcomes.called_false")
DENYING = lexicon.words("outcomes.denying")
OF_WHAT = lexicon.words("outcomes.of_what")

_COUNTRIES_NEAR = 3
"""Words before a number of countries in which "from" stands."""
_SHORTENED = ("on", "in", "at", ".", "")
"""Words after others of whom nothing is told again: "freed 45 people on Monday and another 20 on Tuesday"."""
_DENIED = 12
"""Words around a number in which it is denied: "denied reports that 300", "reports of 300 hostages were false"."""
_RECENT = 6
"""Counts of the sentences before with one of which a number can be compared."""


def resolve(reader: Reader, counts: Sequence[Count], before: Sequence[Count]) -> None:
    """Give each count of a sentence its metric.

    Args:
        reader: of the sentence.
        counts: its counts, in order.
        before: those of the sentences before.
    """
    for count in counts:
        if count.kind in _ALONE:
            _ALONE[count.kind](reader, count)
    _share_reference(reader, counts)
    for at, count in enumerate(counts):
        _resolve_unnamed(reader, count, counts[:at], before)
    resolve_chains(reader, counts)
    for at, count in enumerate(counts):
        _resolve_others(reader, count, counts[:at], before)
        if count.kind is Kind.COMPARED:
            _resolve_compared(count, [*before[-_RECENT:], *counts[:at]])
    _leave_denied(reader, counts)


def _leave_denied(reader: Reader, counts: Sequence[Count]) -> None:
    for count in counts:
        if count.is_figure and _is_denied(reader, count.amount.first):
            count.kind, count.metric = Kind.UNREAD, None


def _is_denied(reader: Reader, first: int) -> bool:
    """Whether somebody denies a number, or calls it false: it is listed, and nobody has said it."""
    denied = next((at for at in range(first - 1, first - 1 - _DENIED, -1) if reader.lower(at) in DENYING), None)
    if denied is not None and reader.has(OF_WHAT, denied, first) and not reader.has(CLAUSE_ENDS, denied, first):
        return True
    noun, joint = reader.pair(first - 2)
    return joint == "of" and noun in OF_WHAT and reader.has(CALLED_FALSE, first, first + _DENIED)


def _share_reference(reader: Reader, counts: Sequence[Count]) -> None:
    """17 women and two children among them."""
    for one, other in pairwise(counts):
        if other.is_anaphoric and reader.lower(other.end) == "among" and reader.lower(one.end) == "and":
            one.is_anaphoric = True


def _resolve_unnamed(reader: Reader, count: Count, earlier: Sequence[Count], before: Sequence[Count]) -> None:
    """A number that names one again, "all ten", or that has no noun."""
    if _is_all(reader, count):
        read_again(count, [*before, *earlier])
    if count.kind is Kind.BARE:
        resolve_bare(reader, count, earlier, before)


def _resolve_money(reader: Reader, count: Count) -> None:
    if LOSING.isdisjoint(reader.lowers):
        count.explain("money that nobody lost")
    else:
        count.reads(Kind.LOSS, "money lost")
        count.metric = "losses"


def _resolve_thing(reader: Reader, count: Count) -> None:
    """Things that are counted only where the sentence says so."""
    first = count.amount.first
    if count.noun == "countries" and not reader.has(OF_COUNTRIES, first - _COUNTRIES_NEAR, first):
        count.explain("a number of countries")
    elif count.metric == "reports" and RECORDING.isdisjoint(reader.lowers):
        count.explain("publications")
    elif count.is_one:
        count.explain("“one” that counts nothing")


def _is_all(reader: Reader, count: Count) -> bool:
    """Whether it is all of those before: "all ten"."""
    amount = count.amount
    return amount.kind is Kind.PLAIN and amount.first < amount.core and reader.lower(amount.core - 1) == "all"


def _resolve_others(reader: Reader, count: Count, earlier: Sequence[Count], before: Sequence[Count]) -> None:
    """People without a noun: another 30 are of the nationality that was told last; after complaints, complaints.

    "The 45 workers" of whom nothing is told are the 45 before.
    """
    if count.kind is Kind.PEOPLE and count.metric == "people" and reader.lower(count.amount.first - 1) == "the":
        read_again(count, [*before, *earlier])
    if count.kind is not Kind.PEOPLE or count.noun or count.nationalities or count.is_anaphoric:
        return
    told = next((one for one in reversed(earlier) if one.kind is Kind.PEOPLE), None)
    if told is not None and count.metric != told.metric:
        count.nationalities, count.grade = list(told.nationalities), Grade.UNSURE
        if count.metric == "people" and reader.lower(count.end) in _SHORTENED:
            count.metric = told.metric
    last = last_figure([*before, *earlier])
    if count.nationalities or count.metric != "people" or last is None or last.kind is not Kind.THING:
        return
    if METRICS[last.metric or ""].split:
        count.counts_as(last, "a further number of the same")


def _resolve_compared(count: Count, before: Sequence[Count]) -> None:
    """A number with which another is compared counts the same."""
    last = last_figure(before, lambda one: one.is_combined)
    if last is not None:
        count.counts_as(last, "a number that another is compared with")


_ALONE = {Kind.MONEY: _resolve_money, Kind.PERCENT: resolve_percent, Kind.THING: _resolve_thing}
"""What is told by the sentence alone, whatever else it counts."""
