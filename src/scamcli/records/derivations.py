"""What follows from an event: an id from its date and title, its original sources, and what its figures count.

The record has the count of each figure; totals never infer it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language import dates
from scamcli.language.vocabulary import HAPPENINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.records.types import SourceDict

ID_WORDS, ID_LENGTH = 6, 60
"""The most words of a title in an id, and the most characters of these words."""

RENAMED = "an earlier name"
"""The reason for a count that was given under an earlier name."""

RENAMED_NOTICE = "The count `new` is now called `aggregate`, and was read as such."
_DAYS = re.compile(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?", re.ASCII)


def make_event_id(date: str, title: str) -> str:
    """Return an id, safe in a shell: the first day of the date, then up to six words of the title in lower case.

    Words are those that a reader sees, so that a name in a title that is encoded is found in the id, too.
    """
    text = title.casefold()
    if not text.replace(" ", "").isalnum():
        from scamcli.language.folding import readable  # not at the top, because most commands make no id

        text = readable(title).casefold()
    if text.isascii():  # the usual case, which is much faster this way
        found = re.findall(r"[a-z0-9]+", text)
    else:
        text = unicodedata.normalize("NFKD", text)
        kept = (char if unicodedata.category(char)[0] in "LM" or char.isdecimal() else " " for char in text)
        text = unicodedata.normalize("NFC", "".join(char for char in kept if not "\u0300" <= char <= "\u036f"))
        found = text.split()
    words = "-".join(found[:ID_WORDS])[:ID_LENGTH].rstrip("-")
    return f"{date.split('/')[0].strip('~?%')}-{words or 'event'}"


def make_event_ids(events: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield an id for each event of one text in order, given dates and titles.

    The drafts of a text link to each other by these ids until they are stored.
    """
    times = Counter[str]()
    for date, title in events:
        wanted = make_event_id(date, title)
        times[wanted] += 1
        yield with_number(wanted, times[wanted])


def with_number(wanted: str, number: int) -> str:
    """Return the id itself for its first use, or with a number appended for later uses."""
    return wanted if number == 1 else f"{wanted}-{number}"


def originals(sources: Sequence[SourceDict]) -> list[SourceDict]:
    """Return the original sources, in their order.

    A source seen ``via`` a publication is an original. The publication itself counts only if no other source was seen
    through it: a press review that quotes five newspapers is five originals, not six.
    """
    passed_on = {source["via"] for source in sources if source["via"]}
    return [source for source in sources if source["via"] or source["outlet"] not in passed_on]


class Choice(NamedTuple):
    """A count that was chosen for a figure, or given under an earlier name, and the reason."""

    metric: str
    count: str  # type: ignore[assignment]  # the word of the records, over a tuple's method
    reason: str


def choose(metric: str, default: str, kind: str, date: str, period: str | None) -> Choice:
    """Choose the count of a figure without one.

    Args:
        metric: the name of its metric.
        default: the count of the metric.
        kind: the kind of its event.
        date: the date of its event (EDTF).
        period: the figure's own period (EDTF), if it has one.
    """
    if default not in {"incident", "aggregate"}:
        return Choice(metric, default, f"as all {metric} are")
    if period is not None:
        return Choice(metric, "aggregate", "it has a period of its own")
    if kind not in HAPPENINGS:
        return Choice(metric, default, f"the default for the kind {kind}")
    article = "an" if kind[0] in "aeiou" else "a"
    if not _DAYS.fullmatch(date):
        return Choice(metric, default, f"{article} {kind} on no certain day")
    period_of_event = dates.parse_date(date)
    when = "on one day" if period_of_event.start == period_of_event.end else "on certain days"
    return Choice(metric, "incident", f"{article} {kind} {when}")


def sentences(choices: Iterable[Choice], how: str) -> Iterator[str]:
    """Yield notices on the figures of one record: which counts were chosen and why, and ``how`` to change them."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    renamed = False
    for metric, count, reason in choices:
        renamed |= reason == RENAMED
        if count in {"incident", "aggregate"} and reason != RENAMED:
            by_reason.setdefault((count, reason), []).append(metric)
    told = [
        f"{', '.join(dict.fromkeys(metrics))}: counted as {count} ({reason})"
        for (count, reason), metrics in by_reason.items()
    ]
    if told:
        yield f"{'; '.join(told)}. Change it with {how}."
    if renamed:
        yield RENAMED_NOTICE


def summary(choices: Mapping[Choice, int]) -> Iterator[str]:
    """Yield notices on the figures of many records, given the number of figures for each choice."""
    numbers: dict[str, int] = {}
    for (_, count, reason), number in choices.items():
        key = RENAMED if reason == RENAMED else count
        numbers[key] = numbers.get(key, 0) + number
    renamed = numbers.pop(RENAMED, 0)
    if numbers:
        told = " and ".join(f"{number:,} as {count}" for count, number in sorted(numbers.items()))
        yield f"Figures that do not say what they count: counted {told}. Set `count` in the file to change it."
    if renamed:
        yield RENAMED_NOTICE
