"""Measure the similarity of two event records, to find events that the timeline may already have.

The result is only a suggestion; a person decides. Evidence for and against adds up to a score. The weights and the
threshold were chosen so that no two events of the shipped timeline are similar, but reports of the same facts in other
words are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.dates import parse_date
from scamcli.language.vocabulary import ROLES, STANCES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from scamcli.records.types import EventDict, FigureDict

NEAR = 3
"""How many days apart two dates of the same event may be, because it happens on one day and is reported on another."""

LONG = 31
"""The number of days above which an event is only compared with other long events."""

ENOUGH = 4.0
"""Two records with at least this score are taken for the same event."""

MOST_WORDS = 2.0
"""The highest score that words in common can give."""

COMMON = ("the same date", "the same kind", "the same provinces", "the same nationalities", "the same words")
"""Evidence that unrelated events on the same day can share."""

EXCEPT_AUTHOR = frozenset(ROLES) - {"author"}
"""Roles that are evidence whatever the kinds of the events. Journalists, for example, write about all kinds."""

_WORD = r"[^\W\d_]{4,}"


class Similarity(NamedTuple):
    """The similarity of two records, with the evidence for and against."""

    score: float
    reasons: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the records are taken for the same event."""
        return self.score >= ENOUGH


NONE = Similarity(0.0, ())


def is_telling(reasons: Iterable[str]) -> bool:
    """Say whether the reasons include more than dates, places and words: a figure, a person, a site or a page."""
    return any(reason.startswith("the same") and not reason.startswith(COMMON) for reason in reasons)


def same(draft: EventDict, other: EventDict, passage: str = "") -> Similarity:
    """Compare two event records.

    The score is 0 if the dates are too far apart, or if one record has a link to the other that is not ``repeats``.
    ``passage`` is the text that the draft was read from.
    """
    date_evidence = _dates(draft["date"], other["date"])
    if date_evidence is None or _says_they_differ(draft, other) or _says_they_differ(other, draft):
        return NONE
    evidence = [date_evidence, *_kinds(draft, other), *_figures(draft, other), *_names(draft, other)]
    # Comparing words takes longest, so it is skipped if no number of common words could reach the threshold.
    if sum(score for score, _ in evidence) + MOST_WORDS >= ENOUGH:
        evidence += _words(draft, passage, other)
    return Similarity(sum(score for score, _ in evidence), tuple(reason for score, reason in evidence if score))


def _says_they_differ(record: EventDict, other: EventDict) -> bool:
    return any(link["event"] == other["id"] and link["type"] != "repeats" for link in record["links"])


def days(date: str) -> tuple[int, int]:
    """Return the first and last day of a date, as days since 1970-01-01; an open end counts as the first day."""
    when = parse_date(date)
    first = when.start if when.start is not None else when.end or 0
    return first, first if when.end is None else when.end


def _dates(one: str, two: str) -> tuple[float, str] | None:
    if one == two:
        return 1.0, "the same date"
    (first, last), (start, end) = days(one), days(two)
    if (last - first > LONG) != (end - start > LONG) or max(first - end, start - last) > NEAR:
        return None
    if last - first > LONG:  # two long periods must mostly overlap
        shared, whole = min(last, end) - max(first, start), max(last, end) - min(first, start)
        return (0.5, "dates that overlap") if shared > whole / 2 else None
    return (0.5, "dates that overlap") if first <= end and start <= last else (0.0, "")


def _kinds(draft: EventDict, other: EventDict) -> Iterator[tuple[float, str]]:
    pair = {draft["kind"], other["kind"]}
    if len(pair) == 1:
        yield 1.0, f"the same kind: {draft['kind']}"
    elif "denial" in pair and "statement" not in pair:
        yield -ENOUGH * 2, f"one denies: {other['kind']}"  # a denial has the same actors, places and numbers


def _figures(draft: EventDict, other: EventDict) -> Iterator[tuple[float, str]]:
    """Yield evidence for each figure of the draft that the other record also states, but for at most three."""
    unmatched, matches = list(other["figures"]), 0
    for figure in draft["figures"]:
        twin = next((one for one in unmatched if _same_number(figure, one)), None)
        if twin is not None and matches < 3:
            matches += 1
            unmatched.remove(twin)
            number = figure["best"] or figure["low"] or figure["high"] or 0
            yield 2.0 if abs(number) >= 10 else 1.0, f"the same figure: {figure['metric']} {figure['stated'] or number}"


def _same_number(figure: FigureDict, other: FigureDict) -> bool:
    if figure["metric"] != other["metric"]:
        return False
    scopes = [(one["nationality"], one["province"], one["group"]) for one in (figure, other)]
    if any(mine and theirs and mine != theirs for mine, theirs in zip(*scopes, strict=True)):
        return False
    bounds = [(one["low"], one["best"], one["high"]) for one in (figure, other)]
    return bounds[0] == bounds[1] != (None, None, None)


def _names(draft: EventDict, other: EventDict) -> Iterator[tuple[float, str]]:
    """Yield evidence from actors, sites, places and pages."""
    roles = ROLES if draft["kind"] == other["kind"] else EXCEPT_AUTHOR
    actors = _shared(_actors(draft, roles), _actors(other, roles))
    yield min(len(actors), 2) * 1.0, f"the same actors: {', '.join(actors)}"
    answering = [_actors(record, STANCES) for record in (draft, other)]
    if all(answering) and not _shared(*answering):
        yield (
            -ENOUGH,
            f"other answers: {', '.join(answering[1])}",
        )  # each answer to an allegation is a separate event
    yield from _lists("sites", draft["sites"], other["sites"], 2.0, -2.0)
    yield from _lists("provinces", draft["provinces"], other["provinces"], 1.0, -1.5)
    yield from _lists("nationalities", draft["nationalities"], other["nationalities"], 1.0, -1.0)
    urls = [[source["url"] for source in record["sources"] if source["url"]] for record in (draft, other)]
    pages = (
        _shared(*urls) if draft["date"] == other["date"] else []
    )  # for different days, a page reports different events
    yield min(len(pages), 1) * 1.0, f"the same page: {', '.join(pages)}"


def _lists(
    what: str, mine: list[str], theirs: list[str], evidence: float, against: float
) -> Iterator[tuple[float, str]]:
    shared = _shared(mine, theirs)
    if shared:
        yield evidence, f"the same {what}: {', '.join(shared)}"
    elif mine and theirs:
        yield against, f"other {what}: {', '.join(theirs)}"


def _shared(mine: list[str], theirs: list[str]) -> list[str]:
    return [one for one in dict.fromkeys(mine) if one in theirs]


def _actors(record: EventDict, roles: Collection[str] = ROLES) -> list[str]:
    return [person["name"] for person in record["actors"] if person["role"] in roles]


def _words(draft: EventDict, passage: str, other: EventDict) -> Iterator[tuple[float, str]]:
    """Yield evidence from common words of titles and summaries, except names, which have already been counted."""
    mine, theirs = _content_words(draft, passage), _content_words(other, "")
    fewer = min(len(mine), len(theirs))
    shared = mine & theirs
    overlap = len(shared) / fewer if fewer >= 3 else 0.0
    score = MOST_WORDS if overlap >= 0.5 else 1.0 if overlap >= 0.25 else 0.0
    yield score, f"the same words: {', '.join(sorted(shared)[:6])}"


def _content_words(record: EventDict, passage: str) -> set[str]:
    text = f"{record['title']} {record['summary'] or ''} {passage}".lower()
    sites = (*record["sites"], *record["linked_sites"])
    names = " ".join([*_actors(record), *sites, *record["provinces"], *record["nationalities"]]).lower()
    return set(re.findall(_WORD, text)) - set(re.findall(_WORD, names))
