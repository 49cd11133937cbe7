"""Dated headings: a date alone on its line, before a dash or colon, or glued to the text that it dates.

It finds where dates stand, and completes none.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.lines import Line, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.date_phrases import When
    from scamcli.ingest.words import Word

BYLINE = lexicon.phrases("boilerplate.byline")
WEEKDAYS = lexicon.numbers("calendar.weekdays", 0)

_SIGNS = frozenset(":–—-|")
_MARKS = frozenset("-–—•*·>|#▪◦●‣[(“\"'")
_ENDS = frozenset('.?!”")]’')
OPENING = frozenset("“\"'‘$")
"""Signs with which a text may begin."""

FEWEST = 2
"""Headings that make a timeline; one may as well be the day of publication."""


class Heading(NamedTuple):
    """A date at the head of something.

    Attributes:
        begin: the index of the first word of its line, such as the mark of an item.
        first: the index of its first word.
        body: the index of the first word that it dates.
        when: the date.
        how: ``alone``, ``run in`` (before a sign) or ``glued`` (before text).
    """

    begin: int
    first: int
    body: int
    when: When
    how: str


def headings(every: Sequence[Word], lines: Sequence[Line]) -> list[Heading]:
    """The headings of a text, in order; none where they make no timeline."""
    found = [heading for line in lines if (heading := _of_line(every, line))]
    forms = Counter(one.when.form for one in found if one.how != "alone" or one.when.has_year)
    found = sorted([*found, *_inside(every, {one.first for one in found}, forms)])
    dated = [one for one in found if one.when.form != "year"]
    if sum(1 for one in dated if one.when.first.day or one.how == "alone") >= FEWEST:
        return found
    return found if len(found) > FEWEST and any(one.how != "alone" for one in found) else []


def _of_line(every: Sequence[Word], line: Line) -> Heading | None:
    at = _after_marks(every, line)
    if label(every, line).startswith(BYLINE):
        return None
    found = date_phrases.read(every, at)
    if found is None or found.end > line.last:
        return None
    end = _after_remark(every, found.end, line.last)
    if end >= line.last:
        return Heading(line.first, at, line.last, found, "alone")
    return _before_text(every, line, at, end, found)


def _before_text(every: Sequence[Word], line: Line, at: int, end: int, found: When) -> Heading | None:
    word = every[end]
    if (
        "." in {every[end - 1].text, every[found.end - 1].text}
        and not found.has_year
        and (word.text[0].isupper() or word.text in OPENING)
    ):
        return Heading(line.first, at, end, found, "run in")  # 14 March. Police …
    if at > line.first and every[at - 1].text in "([" and every[end - 1].text in ")]":
        return Heading(line.first, at, end, found, "run in")  # (November 2022) Police …
    if word.text in _SIGNS and not _is_clock(every, end):
        return None if _is_byline(every, line, end) else Heading(line.first, at, end + 1, found, "run in")
    is_whole = found.has_year and (found.first.day is not None or found.form.startswith(("quarter", "day")))
    opens = word.text[0].isupper() or word.text in OPENING
    if is_whole and opens and line.last - end > 3:
        return Heading(line.first, at, end, found, "glued")
    return None


def _is_clock(every: Sequence[Word], at: int) -> bool:
    """Whether a colon parts hours from minutes."""
    return (
        every[at].text == ":"
        and every[at - 1].end == every[at].start
        and every[at - 1].text.isdigit()
        and (at + 1 < len(every) and every[at + 1].text[:1].isdigit() and every[at + 1].start == every[at].end)
    )


def _is_byline(every: Sequence[Word], line: Line, at: int) -> bool:
    """Whether what follows is somebody's name and no more: "16 June 2023 | Eung Sea"."""
    rest = every[at + 1 : line.last]
    return every[at].text == "|" and 0 < len(rest) <= 4 and all(word.text[0].isupper() for word in rest)


def _after_marks(every: Sequence[Word], line: Line) -> int:
    """The first word after the marks and the number of an item."""
    at = line.first
    while at < line.last - 1 and every[at].text in _MARKS:
        at += 1
    if at + 2 < line.last and every[at].text.isdigit() and every[at + 1].text in ".)" and len(every[at].text) < 4:
        after = at + 2
        if every[at].end == every[at + 1].start < every[at + 1].end < every[after].start:
            return after
    return at


def _after_remark(every: Sequence[Word], at: int, last: int) -> int:
    """What may follow a date and belongs to it: a dot, a weekday, a bracket that closes."""
    while at < last:
        lower = every[at].lower
        if (
            lower in WEEKDAYS
            or lower in {".", ")", "]", "”"}
            or (lower in {",", "("} and _is_weekday(every, at + 1, last))
        ):
            at += 1
        else:
            break
    return at


def _is_weekday(every: Sequence[Word], at: int, last: int) -> bool:
    return at < last and every[at].lower in WEEKDAYS


def _inside(every: Sequence[Word], known: set[int], forms: Counter[str]) -> Iterator[Heading]:
    """Headings that are glued to the end of the text before: whole dates in the form of the others."""
    for at in range(1, len(every)):
        if at in known or every[at - 1].text[-1] not in _ENDS or not _opens(every[at]):
            continue
        found = date_phrases.read(every, at)
        if found is None or found.first.day is None or found.end >= len(every) or not forms[found.form]:
            continue
        follows = every[found.end].text
        if follows in _SIGNS and not _is_clock(every, found.end) and (found.has_year or forms[found.form] >= FEWEST):
            yield Heading(at, at, found.end + 1, found, "run in")
        elif found.has_year and follows[0].isupper():
            yield Heading(at, at, found.end, found, "glued")


def _opens(word: Word) -> bool:
    return word.text[0].isupper() or word.text[0].isdigit()
