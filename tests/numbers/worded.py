"""Small timelines in words, so that a test of the pure core is a table of questions and answers.

``raid: 14; nationality: Thai; by: Police | denial: 8 | denial disputes raid | raid ? other`` is two events with a
figure each, a link, and a suspicion. ``raid/1: 14`` is a figure of an event that has several. A figure is an incident
of 5 March 2024 unless it says something else: ``on`` is the day of its event, and a ``period`` makes it a total of the
period, said on the last day of that; ``since`` makes it a running total up to the day of its event.
"""

from __future__ import annotations

from scamcli.language.dates import parse_date, parse_during
from scamcli.language.wording.bounds import Bounds
from scamcli.language.wording.parsing import parse_wording
from scamcli.numbers.entries import Entry, Facts, make_entries
from scamcli.numbers.records import Figure, Key, Link, Split
from scamcli.numbers.regions import Region
from scamcli.numbers.scope import country_of_division
from scamcli.numbers.tables import Label, Question, Row, Table, make_table
from scamcli.numbers.tables import Split as SplitOfTable
from tests.numbers.random_timelines import Timeline

DAY = "2024-03-05"
NAMES = {"by": "stated_by", "part of": "part_of"}
"""Words for fields whose names are no words."""


def timeline(words: str) -> Timeline:
    """The figures, links and suspicions that are said."""
    found = Timeline([], [], [])
    for said in map(str.strip, words.split("|")):
        head, colon, rest = said.partition(":")
        if colon:
            found.figures.append(figure(head, rest))
        elif " ? " in said:
            one, other = said.split(" ? ")
            found.suspected.append((_key(one), _key(other)))
        else:
            event, type_, target = said.split()
            name, _, id_ = target.partition("/")
            found.links.append(Link(type_, event, name, id_ or None))
    return found


def figure(name: str, words: str) -> Figure:
    """One figure: its event and id, then its number and its fields."""
    stated, *fields = map(str.strip, words.split(";"))
    given = dict(field.split(": ", 1) for field in fields)
    event, id_ = _key(name)
    low, best, high = number(stated)
    on, period, since = given.pop("on", None), given.pop("period", None), given.pop("since", None)
    by, is_complete = given.pop("split", ""), given.pop("complete", None)
    whole_days = None if period is None else parse_date(period) if "~" in period else parse_during(period)
    day = parse_during(on or DAY)
    if whole_days is not None and on is None:
        day = parse_during(period.split("/")[-1]) if period and "~" not in period else whole_days
        day = day._replace(start=day.end)
    if since is not None:
        whole_days = parse_during(f"{since}/{on or DAY}")
    count = "cumulative" if since else "aggregate" if period else "incident"
    made = Figure(
        event=event, id=id_, metric="rescues", unit="people", stated=stated, low=low, best=best, high=high,
        province=None, nationality=None, group=None, period=whole_days, count=count, stated_by=None, part_of=None,
        split=Split(by, None if is_complete is None else is_complete == "yes") if by else None, day=day,
    )  # fmt: skip
    fields_given = {NAMES.get(key, key): value for key, value in given.items()}
    if "province" in fields_given:
        fields_given.setdefault("country", country_of_division(fields_given["province"]))
    return made._replace(**fields_given)  # type: ignore[arg-type]


def _key(name: str) -> Key:
    event, _, id_ = name.strip().partition("/")
    return event, id_ or "n"


def number(words: str) -> Bounds:
    """What words for a number mean; ``12 / 352 / -`` gives the bounds themselves."""
    if "/" not in words:
        return parse_wording(words)
    low, best, high = (None if end.strip() == "-" else int(end) for end in words.split("/"))
    return Bounds(low, best, high)


def facts_of(given: Timeline) -> Facts:
    """What is known besides the figures."""
    return Facts({figure.key: figure for figure in given.figures}, given.links, given.suspected)


def entries(words: str) -> list[Entry]:
    """The entries of what is said, in order of their first statements."""
    given = timeline(words)
    return make_entries(given.figures, facts_of(given))


def table(words: str | Timeline, *splits: str, wanted: Region | None = None) -> Table:
    """A table of what is said."""
    given = timeline(words) if isinstance(words, str) else words
    question = Question(wanted or Region(), list(map(SplitOfTable, splits)), lambda _: True, {})
    return make_table(given.figures, facts_of(given), question)


def everything(words: str) -> Row:
    """What all that is said comes to."""
    found = table(words).everything
    assert found is not None
    return found


def by(split: str, words: str | Timeline, wanted: Region | None = None) -> dict[str | None, Bounds]:
    """The bounds of each row of a table."""
    rows: dict[Label, Bounds] = {row.label: row.total.bounds for row in table(words, split, wanted=wanted).rows}
    return {label: bounds for (label,), bounds in rows.items()}
