"""Which incidents may be the same one, recorded twice: examine every pair of a timeline by the written rule."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from scamcli.language.countries import people_of
from scamcli.language.gazetteer import parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.figures import Figure, Number

Record = dict[str, Any]
Pair = tuple[tuple[str, str], tuple[str, str]]


def suspected(figures: Iterable[Figure], records: dict[str, Record], settled: set[frozenset[str]]) -> list[Pair]:
    """Return the pairs of figures that may count the same incident, the smaller key first.

    Args:
        figures: Figures of one metric, from events that are no drafts.
        records: The records of their events, by id.
        settled: The pairs of events that a link between them says more about.
    """
    incidents = [one for one in figures if one.count == "incident" and one.part_of is None and _number(one)]
    closed = [one for one in incidents if one.day and None not in {one.day.start, one.day.end}]
    found = []
    for one, other in combinations(sorted(closed, key=lambda figure: figure.key), 2):
        if one.event == other.event or one.unit != other.unit or frozenset({one.event, other.event}) in settled:
            continue
        is_alike = _are_near(one, other) and not _are_of_others(one, other)
        first, second = records[one.event], records[other.event]
        may_be_one = _are_equal_rows(one, other, first, second) if _table(first) else None
        if is_alike and (_may_be_one(one, other, first, second) if may_be_one is None else may_be_one):
            found.append((one.key, other.key))
    return found


def _table(record: Record) -> str | None:
    """The table that an event is a row of."""
    return (record.get("dataset") or {}).get("name")


def _are_equal_rows(one: Figure, other: Figure, record: Record, second: Record) -> bool | None:
    """Whether two rows of one table are equal, unless each is declared to be another; ``None`` for other events."""
    if _table(record) != _table(second):
        return None
    is_same = {**record, "id": ""} == {**second, "id": ""} and one[1:] == other[1:]
    return is_same and not record["dataset"]["disjoint"]


def _are_near(one: Figure, other: Figure) -> bool:
    """At most three days lie between the last day of one and the first of the other."""
    assert one.day
    assert other.day
    gap = max(one.day.start or 0, other.day.start or 0) - min(one.day.end or 0, other.day.end or 0)
    return gap <= 3


def _are_of_others(one: Figure, other: Figure) -> bool:
    """Their names say that they count different people: no region and its province, and no two words for one people."""
    pairs = [
        (_words(first), _words(second))
        for first, second in ((one.group, other.group), (_country(one), _country(other)))
    ]
    inside = [parts(figure.province) if figure.province else frozenset[str]() for figure in (one, other)]
    pairs.append((inside[0], inside[1]))
    peoples = {people_of(figure.nationality) for figure in (one, other) if figure.nationality}
    are_two = len(peoples) > 1 and None not in peoples
    return are_two or any(a and b and a.isdisjoint(b) for a, b in pairs)


def _words(name: str | None) -> frozenset[str]:
    return frozenset({name.casefold()} if name else ())


def _country(figure: Figure) -> str | None:
    return figure.country or (figure.province and (figure.province.partition(", ")[2] or "KH"))


def _may_be_one(one: Figure, other: Figure, record: Record, second: Record) -> bool:
    places, others = ({*_places(each)} for each in (record, second))
    if places and others and not places & others:
        return False
    provinces, others_provinces = (
        {part for name in each["provinces"] for part in parts(name)} for each in (record, second)
    )
    if provinces and others_provinces and not provinces & others_provinces:
        return False
    small, large = sorted((_number(one), _number(other)))
    if small != large:
        same_place = bool(places & others) or bool(provinces & others_provinces)
        return small >= 10 and large - small <= large / 10 and same_place
    same_entry = one.day == other.day and record["title"].casefold() == second["title"].casefold()
    return small >= 10 or bool(places & others) or same_entry


def _places(record: Record) -> list[str]:
    return [
        name.casefold() for name in [*(place["name"] for place in record.get("places", ())), *record.get("sites", ())]
    ]


def _number(figure: Figure) -> Number:
    """The best, else the low, else the high; zero if there is none."""
    return next((end for end in (figure.best, figure.low, figure.high) if end is not None), 0)
