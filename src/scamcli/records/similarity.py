"""Whether two records tell of one event: for a draft that the timeline may have already.

It only offers: a person decides. What speaks for it is counted, and what speaks against it; the weights and the
threshold are such that no two events of the shipped timeline are alike, and that the same facts in other words are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.language.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Record = dict[str, Any]

NEAR = 3
"""Days that may lie between the dates of one event: on one it happened, on another it was reported."""

LONG = 31
"""Days from which on an event is compared with long ones alone."""

ENOUGH = 4.0
"""The score from which on two are taken for one."""

MOST_WORDS = 2.0
"""What the same words speak for at most."""

COMMON = ("the same date", "the same kind", "the same provinces", "the same nationalities", "the same words")
"""What events of one day can share that have nothing to do with each other."""

_WORD = r"[^\W\d_]{4,}"


class Likeness(NamedTuple):
    """How like two records are, and what speaks for it and against it."""

    score: float
    reasons: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether they are taken for one."""
        return self.score >= ENOUGH


NONE = Likeness(0.0, ())


def is_telling(reasons: Iterable[str]) -> bool:
    """Whether two records share a figure, people, a site or a page: the same words alone are no sign."""
    return any(reason.startswith("the same") and not reason.startswith(COMMON) for reason in reasons)


def same(draft: Record, other: Record, passage: str = "") -> Likeness:
    """How like two event records are; nothing counts where their dates are too far apart, or one answers the other.

    Args:
        draft: a record.
        other: another.
        passage: the words that the draft was read from.
    """
    dated = _dates(draft["date"], other["date"])
    answers = any(link["event"] == other["id"] and link["type"] != "repeats" for link in draft["links"])
    if dated is None or answers:
        return NONE
    found = [
        dated,
        *_kinds(draft, other),
        *_figures(draft, other),
        *_names(draft, other),
    ]
    if sum(score for score, _ in found) + MOST_WORDS >= ENOUGH:  # else no words make them one, and words take longest
        found += _words(draft, passage, other)
    return Likeness(sum(score for score, _ in found), tuple(reason for score, reason in found if score))


def days(record: Record) -> tuple[int, int]:
    """The first and the last day of a record; an open end is its first."""
    when = parse_date(record["date"])
    first = when.start if when.start is not None else when.end or 0
    return first, first if when.end is None else when.end


def _dates(one: str, two: str) -> tuple[float, str] | None:
    if one == two:
        return 1.0, "the same date"
    (first, last), (start, end) = days({"date": one}), days({"date": two})
    if (last - first > LONG) != (end - start > LONG) or max(first - end, start - last) > NEAR:
        return None
    if last - first > LONG:  # two periods of months: one, where they are nearly the same days
        shared, whole = min(last, end) - max(first, start), max(last, end) - min(first, start)
        return (0.5, "dates that overlap") if shared > whole / 2 else None
    return (0.5, "dates that overlap") if first <= end and start <= last else (0.0, "")


def _kinds(draft: Record, other: Record) -> Iterator[tuple[float, str]]:
    pair = {draft["kind"], other["kind"]}
    if len(pair) == 1:
        yield 1.0, f"the same kind: {draft['kind']}"
    elif "denial" in pair and "statement" not in pair:
        yield -ENOUGH * 2, f"one denies: {other['kind']}"  # of whom, where and how many, it says what the other does


def _figures(draft: Record, other: Record) -> Iterator[tuple[float, str]]:
    """What both count: each figure of the draft that the other has as well, up to three."""
    theirs, met = list(other["figures"]), 0
    for figure in draft["figures"]:
        twin = next((one for one in theirs if _is_one(figure, one)), None)
        if twin is not None and met < 3:
            met += 1
            theirs.remove(twin)
            number = figure["best"] or figure["low"] or figure["high"] or 0
            yield 2.0 if abs(number) >= 10 else 1.0, f"the same figure: {figure['metric']} {figure['stated'] or number}"


def _is_one(figure: Record, other: Record) -> bool:
    if figure["metric"] != other["metric"]:
        return False
    if any(figure[key] and other[key] and figure[key] != other[key] for key in ("nationality", "province", "group")):
        return False
    mine, theirs = ([one[key] for key in ("low", "best", "high")] for one in (figure, other))
    return mine == theirs and mine != [None] * 3


def _names(draft: Record, other: Record) -> Iterator[tuple[float, str]]:
    """Who, where and by which page."""
    actors = _shared(_actors(draft), _actors(other))
    yield min(len(actors), 2) * 1.0, f"the same actors: {', '.join(actors)}"
    sites = _shared(draft["sites"], other["sites"])
    yield min(len(sites), 1) * 2.0, f"the same sites: {', '.join(sites)}"
    for key, against in (("provinces", -1.5), ("nationalities", -1.0)):
        shared = _shared(draft[key], other[key])
        if shared:
            yield 1.0, f"the same {key}: {', '.join(shared)}"
        elif draft[key] and other[key]:
            yield against, f"other {key}: {', '.join(other[key])}"
    pages = _shared(_pages(draft), _pages(other)) if draft["date"] == other["date"] else []
    yield min(len(pages), 1) * 1.0, f"the same page: {', '.join(pages)}"  # of other days it tells other events


def _shared(mine: list[str], theirs: list[str]) -> list[str]:
    return [one for one in dict.fromkeys(mine) if one in theirs]


def _actors(record: Record) -> list[str]:
    return [person["name"] for person in record["actors"]]


def _pages(record: Record) -> list[str]:
    return [source["url"] for source in record["sources"] if source["url"]]


def _words(draft: Record, passage: str, other: Record) -> Iterator[tuple[float, str]]:
    """The words of the title and the summary that both have, beside those of names that are counted already."""
    mine, theirs = _told(draft, passage), _told(other, "")
    least = min(len(mine), len(theirs))
    shared = mine & theirs
    part = len(shared) / least if least >= 3 else 0.0
    score = MOST_WORDS if part >= 0.5 else 1.0 if part >= 0.25 else 0.0
    yield score, f"the same words: {', '.join(sorted(shared)[:6])}"


def _told(record: Record, passage: str) -> set[str]:
    text = f"{record['title']} {record['summary'] or ''} {passage}".lower()
    named = " ".join([*_actors(record), *record["provinces"], *record["nationalities"], *record["sites"]]).lower()
    return set(re.findall(_WORD, text)) - set(re.findall(_WORD, named))
