"""An article without dated headings: a sentence that dates what it tells begins an entry, with those after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.date_phrases import Day, When
from scamcli.ingest.proposal import Grade, Span
from scamcli.ingest.years import COMPLETED, Dated, Years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.proposal import Metadata
    from scamcli.ingest.words import Sentence

ABOUT = lexicon.words("calendar.about")
MONTHS = lexicon.numbers("calendar.months", 1)
NO_EVENT = lexicon.words("calendar.no_event")

Group = tuple[Dated, Span, list["Sentence"]]

_DATING = frozenset({"on", "in", "during", "over", "of", ",", "(", "“", "throughout", "around", "about"})
_COMPARING = frozenset({"than", "compared", "comparison", "versus", "against", "twice", "double", "unlike"})
_FAR = 6
"""Words before a date among which one that compares makes it another's."""


class _Found(NamedTuple):
    """A date in a sentence, and how well it dates it: a day before a month before a year before a weekday."""

    rank: int
    at: int
    when: When | None
    days_ago: int = 0


def dated_sentences(sentences: Sequence[Sentence], about: Metadata) -> tuple[list[Group], list[Span]]:
    """The entries of an article, and the dates whose year nothing tells.

    Args:
        sentences: all of it.
        about: its publication, which dates weekdays.
    """
    years, published = Years(about, in_order=False), _day(about.published)
    groups: list[Group] = []
    undated: list[Span] = []
    for sentence in sentences:
        found = _best(sentence, published)
        dated = None if found is None else _complete(found, years, published)
        if found is not None and dated is None:
            undated.append(_span(sentence, found))
        if found is not None and dated is not None and not (groups and groups[-1][0].date == dated.date):
            groups.append((dated, _span(sentence, found), [sentence]))
        elif groups:
            groups[-1][2].append(sentence)
    return groups, undated


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None


def _span(sentence: Sentence, found: _Found) -> Span:
    last = found.when.end if found.when else found.at + 1
    return Span(sentence[found.at].start, sentence[last - 1].end)


def _complete(found: _Found, years: Years, published: date | None) -> Dated | None:
    if found.when is not None:
        return years.dated(found.when)
    if published is None:
        return None
    told = (published - timedelta(days=found.days_ago)).isoformat()
    return Dated(told + COMPLETED, "weekday before the publication", Grade.UNSURE)


def _best(sentence: Sentence, published: date | None) -> _Found | None:
    found = list(_dates(sentence, published))
    return min(found, key=lambda one: (one.rank, one.at)) if found else None


def _dates(sentence: Sentence, published: date | None) -> Iterator[_Found]:
    at = 0
    while at < len(sentence):
        found = date_phrases.read(sentence, at) if _may_begin(sentence, at) else None
        if found is not None:
            if _tells(sentence, at, found):
                yield _Found(_rank(found), at, found)
            at = found.end
            continue
        ago = _days_ago(sentence, at, published)
        if ago is not None:
            yield _Found(3, at, None, ago)
        if published is not None and at == 0 and [word.lower for word in sentence[:2]] == ["last", "month"]:
            before = published.replace(day=1) - timedelta(days=1)
            yield _Found(1, 0, When(Day(None, before.month), None, False, "month", 2))
        at += 1


def _may_begin(sentence: Sentence, at: int) -> bool:
    word = sentence[at]
    if word.text[0].isdigit():
        return True
    return (
        word.lower in MONTHS
        or word.lower in ABOUT
        or word.lower in {"first", "second", "third", "fourth", "last"}
        or (word.text[0] == "Q")
    )


def _rank(found: When) -> int:
    return 0 if found.first.day is not None else 2 if found.form == "year" else 1


def _tells(sentence: Sentence, at: int, found: When) -> bool:
    """Whether a date is that of what the sentence tells."""
    before = sentence[at - 1].lower if at else ""
    opening = at <= 2
    if before == "by" and at == 1 and found.first.day is not None:
        return True  # By 18 April, 29 complaints had come
    if _is_dateline(sentence, at, found):
        return False
    if before == "of" and at > 1 and sentence[at - 2].lower == "as":
        return True  # as of 31 October
    if before in NO_EVENT and not (before in {"between", "from"} and opening and found.last is not None):
        return False
    near = {word.lower for word in sentence[max(0, at - _FAR) : at]}
    if not opening and near & _COMPARING:
        return False
    if found.form == "year":
        return opening and before in {"in", "during", "throughout"}
    if found.first.day is None:
        return opening or before in {"in", "during", "throughout"} or found.form == "quarter"
    return before in _DATING or before in {"", "the"} or opening or sentence[at].text[0].isupper()


def _is_dateline(sentence: Sentence, at: int, found: When) -> bool:
    """Whether it is the day on which a report was sent: "VIENTIANE, Sept 13 (Reuters) -"."""
    after = sentence[found.end].text if found.end < len(sentence) else ""
    return 0 < at < 6 and sentence[0].text.isupper() and len(sentence[0].text) > 2 and after in {"(", "-", "–", "—"}


def _days_ago(sentence: Sentence, at: int, published: date | None) -> int | None:
    """How many days before the publication a weekday was, or "yesterday"."""
    number = date_phrases.weekday(sentence, at)
    before = sentence[at - 1].lower if at else ""
    if number is None or before in NO_EVENT or before in {"every", "next"}:
        return {"yesterday": 1, "today": 0}.get(sentence[at].lower) if published and before != "until" else None
    return (published - date_phrases.last_weekday(number, published)).days if published else 0
