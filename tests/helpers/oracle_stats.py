"""An oracle for ``stats`` that reads every exported record each time, without an index, SQL or a cache.

The arithmetic of one group (``total``) and of one event's parts and wholes (``propagate_event``) is the program's own,
which has tests of its own; what enters it is put together here a second time: the figures, their families, suspected
pairs (``oracle_suspicion``) and the rises of running totals (``oracle_rises``).
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from hashlib import sha256, shake_256
from itertools import permutations, product
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.figures import Context, Figure, Link, Split, propagate_event, resolved, total, with_implied
from scamcli.figures.claims import restate
from scamcli.figures.context import RELATING
from scamcli.figures.derivation import derive
from scamcli.language import dates
from scamcli.language.countries import people_of, words_for_people
from scamcli.language.gazetteer import parts
from scamcli.language.vocabulary import METRICS, Metric
from tests.helpers.oracle import matches, ranges
from tests.helpers.oracle_rises import rises
from tests.helpers.oracle_suspicion import suspected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scamcli.language.dates import By, Period
    from scamcli.query.filters import Query
    from tests.helpers.oracle import Kept, Plain, Ranges

Record = dict[str, Any]
Group = list["Chosen"]
Ends = tuple[int | float | None, int | float | None]

TIMES: tuple[By, ...] = ("month", "quarter", "year")
FEW, MANY = 5, 20
RESTATING = {"repeats", "disputes", "corrects"}


class Chosen(NamedTuple):
    """A figure that enters a table."""

    event: Plain
    figure: Figure
    when: Period
    possible: bool
    dateless: bool
    disputed: bool
    derived: bool = False


class Asked(NamedTuple):
    """A request for a table of figures."""

    metric: str
    query: Query
    splits: tuple[str, ...]
    undisputed: bool = False


class World:
    """Everything about a timeline that does not depend on the request.

    Args:
        kept: the timeline.
        own: its own metrics.
        shown: a text as it may be printed.
        masked: a record as it may be printed.
    """

    def __init__(
        self, kept: Kept, own: Sequence[Metric], shown: Callable[[str], str], masked: Callable[[Record], Record]
    ) -> None:
        self.kept = kept
        self.metrics = METRICS | {metric.name: metric for metric in own}
        self.shown = shown
        self.reviewed = [event for event in kept.events if not event.draft]
        self.figures = {one.id: [self._figure(one, figure) for figure in one.record["figures"]] for one in kept.events}
        self.links = [(event.id, link) for event in self.reviewed for link in event.record["links"]]
        self.relating = [
            Link(link["type"], id_, link["event"], link["figure"])
            for id_, link in self.links
            if link["type"] in RELATING
        ]
        self.settled = {frozenset({link.event, link.target}) for link in self.relating}
        self.records = {event.id: event.record for event in self.reviewed}
        self._suspected: dict[str, list[tuple[tuple[str, str], tuple[str, str]]]] = {}
        self.connected = [(link.event, link.target) for link in self.relating]
        self.disputes = {(link["event"], link["figure"]) for _, link in self.links if link["type"] == "disputes"}
        self.printed = {event.id: masked(event.record) for event in kept.events}

    def _figure(self, event: Plain, one: Record) -> Figure:
        table = event.record["dataset"]
        return Figure(
            event.id, one["id"], one["metric"], one["unit"] or self.metrics[one["metric"]].unit, one["stated"],
            one["low"], one["best"], one["high"], one["province"], one["nationality"], one["group"],
            dates.parse_date(one["period"]) if one["period"] else None, one["count"], one["stated_by"],
            one["part_of"], Split(**one["split"]) if one["split"] else None, tuple(one["of"] or ()), event.when,
            one["country"], table["name"] if table is not None and table["disjoint"] else None,
        )  # fmt: skip

    def suspected(self, metric: str) -> list[tuple[tuple[str, str], tuple[str, str]]]:
        """The pairs of figures of a metric that may count the same incident."""
        if metric not in self._suspected:
            figures = [one for event in self.reviewed for one in self.figures[event.id] if one.metric == metric]
            self._suspected[metric] = suspected(figures, self.records, self.settled)
        return self._suspected[metric]

    def record(self, figure: Figure) -> Record | None:
        """The record of a figure as it may be printed, or nothing for a derived figure."""
        return next((one for one in self.printed[figure.event]["figures"] if one["id"] == figure.id), None)

    def wording(self, figure: Figure) -> str:
        """A figure's wording as it may be printed, or its numbers if it has none."""
        record = self.record(figure)
        stated = record["stated"] if record else figure.stated
        if stated:
            return self.shown(stated)
        return " / ".join("unknown" if one is None else f"{one:,}" for one in (figure.low, figure.best, figure.high))


class Answer:
    """The answer to one request. Its parts are computed when they are needed."""

    def __init__(self, world: World, asked: Asked) -> None:
        self.world, self.asked = world, asked
        wanted = ranges(asked.query)
        assert wanted is not None
        self.ranges = wanted if asked.query.match == "all" else joined(wanted)
        self.metric = world.metrics[asked.metric]
        self.left_out: dict[str, list[Figure]] = {}
        self.chosen = [one for event, figure in self.candidates for one in self._choose(event, figure)]
        self.chosen += self._rises() if self.is_dated else []

    @cached_property
    def on_events(self) -> Query:
        """The filters that choose events and not figures."""
        of_figures = ("country", "province", "nationality", "metric", "from_", "to", "during")
        given: dict[str, Any] = dict.fromkeys(of_figures, ())
        return self.asked.query._replace(**given, certain=False, drafts=False)

    @cached_property
    def candidates(self) -> list[tuple[Plain, Figure]]:
        """Every figure of the metric in the events that match."""
        return self._of_metric([event for event in self.world.reviewed if matches(event, self.on_events, [])])

    @cached_property
    def in_drafts(self) -> list[tuple[Plain, Figure]]:
        """The same for drafts."""
        asked = self.on_events._replace(drafts=True)
        return self._of_metric([event for event in self.world.kept.events if event.draft and matches(event, asked, [])])

    def _of_metric(self, events: list[Plain]) -> list[tuple[Plain, Figure]]:
        figures = self.world.figures
        return [(event, one) for event in events for one in figures[event.id] if one.metric == self.metric.name]

    @cached_property
    def wholes(self) -> dict[tuple[str, str], Figure]:
        """Every figure of the matching events and of all events that repeats connect to them."""
        reached = {event.id for event, _ in self.candidates}
        while more := {id_ for pair in self.world.connected for id_ in pair if reached & set(pair)} - reached:
            reached |= more
        events = [event for event in self.world.reviewed if event.id in reached]
        return {one.key: one for event in events for one in self.world.figures[event.id]}

    @cached_property
    def read_wholes(self) -> dict[tuple[str, str], Figure]:
        """The same, with the values that parts take from their wholes."""
        return {key: resolved(one, self.wholes) for key, one in self.wholes.items()}

    @cached_property
    def implied(self) -> dict[tuple[str, str], Figure]:
        """The same, with the bounds that parts and wholes imply."""
        found: dict[tuple[str, str], Figure] = {}
        for event in dict.fromkeys(figure.event for figure in self.wholes.values()):
            figures = self.world.figures[event]
            found |= {one.key: one for one in with_implied(figures, propagate_event(figures).intervals)}
        return found

    @property
    def is_dated(self) -> bool:
        """Whether dates matter."""
        return bool(self.ranges) or any(split in TIMES for split in self.asked.splits)

    @cached_property
    def context(self) -> Context:
        """The context that the arithmetic needs besides the group."""
        asked = {figure.key for _, figure in self.candidates}
        pairs = [pair for pair in self.world.suspected(self.metric.name) if {*pair} <= asked]
        return Context(self.wholes, self.world.relating, pairs)

    def _is_disputed(self, figure: Figure) -> bool:
        return bool({(figure.event, None), figure.key} & self.world.disputes)

    def _refusal(self, read: Figure) -> str | None:
        """Why a figure is left out, regardless of dates; empty if it names something other than was asked for."""
        query = self.asked.query
        provinces = set(query.province)
        peoples = {word for one in query.nationality for word in words_for_people(one)}
        if query.country and _country(read) not in query.country:
            return "" if _country(read) else "without a country"
        if provinces and read.province not in provinces:
            return "" if read.province else "without a province"
        if peoples and (read.nationality or "").casefold() not in peoples:
            return "" if read.nationality else "without a nationality"
        return "disputed" if self.asked.undisputed and self._is_disputed(read) else None

    def _choose(self, event: Plain, figure: Figure) -> Iterable[Chosen]:
        read, query = resolved(figure, self.wholes), self.asked.query
        when = read.period or event.when
        possible = self.is_dated and not (read.period and when.sure)
        reason = self._refusal(read)
        if reason is not None:
            pass
        elif self.ranges and not self._inside(when):
            reason = self._outside(when) if read.period else "without a period and reported outside the dates"
        elif query.certain and possible:
            reason = "only possibly inside the dates"
        if reason:
            self.left_out.setdefault(reason, []).append(figure)
        dateless = read.period is None and self.is_dated
        disputed = self._is_disputed(figure)
        return [] if reason is not None else [Chosen(event, figure, when, possible, dateless, disputed)]

    def _rises(self) -> list[Chosen]:
        """What running totals rose by in each range, or in each month, quarter or year that lies in one."""
        read = [resolved(figure, self.wholes) for _, figure in self.candidates]
        corrected = restate(self.read_wholes, self.world.relating).corrected
        wanted = [one for one in read if self._refusal(one) is None and one.key not in corrected]
        stretches = [*self.ranges]
        if self.asked.query.match == "all" and self.ranges:
            stretches = [(max(low for low, _ in self.ranges), min(high for _, high in self.ranges))]
        by = next((time for time in TIMES if time in self.asked.splits), None)
        if by:
            buckets = {dates.bucket_range(day, by) for one in wanted for day in _last_days(one)}
            inside = [(a, b) for a, b in buckets if any(low <= a and b <= high for low, high in stretches)]
            stretches = sorted(inside if self.ranges else buckets)
        events = {event.id: event for event, _ in self.candidates}
        return [
            Chosen(events[one.event], one, one.period, False, False, self._is_disputed(later), derived=True)
            for one, later in rises(wanted, stretches)
            if one.period
        ]

    def _inside(self, when: Period) -> bool:
        start, end = when.start, when.end
        if start is None or end is None:
            return False
        both = all if self.asked.query.match == "all" else any
        return both(low <= start and end <= high for low, high in self.ranges)

    def _outside(self, when: Period) -> str:
        days = (-float("inf") if when.start is None else when.start, float("inf") if when.end is None else when.end)
        meets = any(days[0] <= high and low <= days[1] for low, high in self.ranges)
        return "with days only partly inside the dates" if meets else "with days outside the dates"

    def rows(self) -> list[Record]:
        """The rows, in the order in which they are printed."""
        return [dict(row) for row in self._rows]

    @cached_property
    def _rows(self) -> list[Record]:
        spelt: dict[str, str] = {}
        groups: dict[tuple[str | None, ...], Group] = {}
        for one in self.chosen:
            for values in product(*(self._values(one, split) for split in self.asked.splits)):
                key = tuple(value and spelt.setdefault(value.casefold(), value) for value in values)
                groups.setdefault(key, []).append(one)
        made = []
        for values, group in groups.items():
            head = dict(zip(self.asked.splits, (value and self.world.shown(value) for value in values), strict=True))
            made += [head | self.row(part) for part in families(group)]
        return in_order(made, self.asked.splits)

    def total(self) -> list[Record]:
        """The rows over all figures in a table by one split. Rows of different places or peoples add up."""
        if len(self.asked.splits) != 1:
            return []
        (split,) = self.asked.splits
        every = Answer(self.world, self.asked._replace(splits=())) if split in TIMES else self
        parts = [part for part in families(every.chosen) if part[0].figure.count != "none"]
        found: list[Record] = [{split: "all"} | self.row(part) for part in parts]
        if split not in {"country", "province", "nationality"}:
            return found
        apart, crossing = Answer(self.world, self.asked), self._crossing(split)
        apart.chosen = [one for one in self.chosen if one.figure.key not in crossing]
        for row in found:
            named = [one for one in apart.rows() if one[split] is not None and one["unit"] == row["unit"]]
            named = [one for one in named if one["count"] not in {"stock", "none"}]
            lows = [one["low"] or 0 for one in named]
            if split == "nationality":  # one row of each country, and none of a word such as foreign
                peoples = {people_of(one[split]) for one in named} - {None}
                lows = [max(one["low"] or 0 for one in named if people_of(one[split]) == each) for each in peoples]
            least = sum(lows)
            if row["count"] != "stock" and least > (row["low"] or 0):
                row["low"] = least
        return found

    def _crossing(self, split: str) -> set[tuple[str, str]]:
        """Figures with a whole of another value, and those of events that restating links connect to another value."""
        around = {one.figure.key: self._named(one.figure, split) for one in self.chosen}
        found = {key for key, values in around.items() if len(values) > 1}
        if split == "province":  # regions, and what lies in them
            of_key = {one.figure.key: resolved(one.figure, self.wholes).province for one in self.chosen}
            inside = {name: parts(name) for name in of_key.values() if name}
            for one, other in permutations(inside, 2):
                if inside[one] & inside[other]:
                    found |= {key for key, name in of_key.items() if name == one}
        pairs = [{link.event, link.target} for link in self.world.relating if link.type in RESTATING]
        for event in {one.event.id for one in self.chosen}:
            reached = {event}
            while more := {id_ for pair in pairs if pair & reached for id_ in pair} - reached:
                reached |= more
            if len(reached) > 1 and len(set[str]().union(*(around[key] for key in around if key[0] in reached))) > 1:
                found |= {key for key in around if key[0] == event}
        return found

    def _named(self, figure: Figure, split: str) -> set[str]:
        """The value of a figure and of its wholes."""
        family: list[Figure] = []
        one: Figure | None = figure
        while one is not None and one not in family:
            family.append(one)
            one = self.wholes.get(one.whole or ("", ""))
        read = [resolved(one, self.wholes) for one in family]
        values = [_country(one) if split == "country" else getattr(one, split) for one in read]
        return {value.casefold() for value in values if value}

    def _values(self, one: Chosen, split: str) -> list[str | None]:
        read = resolved(one.figure, self.wholes)
        time = next((time for time in TIMES if time == split), None)
        if time:
            return [dates.bucket(one.when, time)]
        if split == "source":
            return [*outlets(one.event)] or [None]
        if split == "site":
            return [*sorted(one.event.record["sites"])] or [None]
        if split in {"group", "nationality"} and getattr(read, split):
            shown = self.world.record(one.figure)
            while shown and not shown[split]:  # it is a whole's
                printed = self.world.printed[one.event.id]["figures"]
                shown = next((each for each in printed if each["id"] == shown["part_of"]), None)
            return [shown[split] if shown else getattr(read, split)]
        told = {"kind": one.event.record["kind"], "actor": one.figure.stated_by, "country": _country(read)}
        return [told[split] if split in told else getattr(read, split)]

    def row(self, group: Group) -> Record:
        """The numbers of one row, and what they are made of."""
        figures = [one.figure for one in group]
        certain = [one.figure for one in group if not one.possible]
        perhaps = [one.figure for one in group if one.possible]
        low, best, high, unadjusted, claims, contested = self._numbers(certain, self.context)
        narrowed = [self.implied.get(one.key, one) for one in certain]
        first, _, last, *_ = self._numbers(narrowed, self.context._replace(wholes=self.implied))
        possible = self._numbers(perhaps, self.context)
        counts = {one.count for one in figures}
        events = list(dict.fromkeys(one.event.id for one in group))[:MANY]
        return {
            "metric": self.metric.name, "low": low, "best": best, "high": high, "unit": figures[0].unit,
            "count": counts.pop() if len(counts) == 1 else "mixed",
            "implied": {"low": first, "high": last} if _is_narrower((first, last), (low, high)) else None,
            "possible": len(perhaps), "possible_low": possible[0], "possible_high": possible[2],
            "unadjusted": unadjusted, "claims": claims + possible[4], "contested": contested + possible[5],
            "stated": [self.world.wording(one) for one in figures[:MANY]], "events": [*map(self.world.shown, events)],
        }  # fmt: skip

    def _numbers(self, figures: list[Figure], context: Context) -> tuple[Any, ...]:
        if not figures:
            return None, None, None, None, 0, 0
        if figures[0].count == "none":
            (only,) = figures
            return only.low, only.best, only.high, only.low, 1, 0
        found = total(figures, context)
        return found.low, found.best, found.high, found.unadjusted, found.claims, found.contested

    def entered(self) -> dict[tuple[str, str], str]:
        """How each figure entered the low of its family, or why it did not."""
        told: dict[tuple[str, str], str] = {}
        for group in families(self.chosen):
            if group[0].figure.count == "none":
                told[group[0].figure.key] = "largest"
            else:
                figures = [one.figure for one in group]
                found = derive(total(figures, self.context), figures)
                told |= {entry.figure: entry.how for entry in found}
        return told

    def basis(self) -> str:
        """The number of events and figures of a table, and the digest of their records."""
        events = {one.event.id for one in self.chosen}
        numbers = f"{plural(len(events), 'event')}, {plural(len(self.chosen), 'figure')}"
        return f"{numbers}; data {digest(self.world.kept, events)}"

    def notes(self, rows: list[Record]) -> list[str]:
        """The notes below a table that give a number or a name."""
        dateless = sum(one.dateless for one in self.chosen)
        unsure = sum(one.possible and not one.dateless for one in self.chosen)
        told = (
            [
                f"Only possible: {plural(dateless, 'figure')} {'gives' if dateless == 1 else 'give'} no period and may"
                f" lie outside these dates; {'its' if dateless == 1 else 'their'} date is that of the report"
            ]
            if dateless
            else []
        )
        told += [f"Only possible: {plural(unsure, 'figure')} with an uncertain period"] if unsure else []
        derived = sum(one.derived for one in self.chosen)
        told += [f"Derived: {plural(derived, 'figure')} from the rise of a running total"] if derived else []
        return [*told, *self._said_by(), *self._left_out(), *self._without_disputed()]

    def _said_by(self) -> list[str]:
        if "actor" in self.asked.splits:
            return []
        counts = Counter(one.figure.stated_by for one in self.chosen)
        nobody = counts.pop(None, 0)
        often = counts.most_common(FEW)
        names = [self.world.shown(str(name)) + (f" ({number})" if number > 1 else "") for name, number in often]
        names += [f"{len(counts) - FEW} more"] if len(counts) > FEW else []
        told = [f"Said by {', '.join(names)}"] if names else []
        return told + ([f"Speaker not recorded: {plural(nobody, 'figure')}"] if nobody else [])

    def _left_out(self) -> list[str]:
        told = []
        for reason, figures in self.left_out.items():
            named = self.world.shown(", ".join(f"{one.event} {one.id}" for one in figures[:FEW]))
            more = " …" if len(figures) > FEW else ""
            told.append(f"Left out: {plural(len(figures), 'figure')} {reason} ({named}{more})")
        drafts = len(self.in_drafts)
        return told + ([f"Left out: {plural(drafts, 'figure')} in drafts"] if drafts else [])

    def _without_disputed(self) -> list[str]:
        rest = [one for one in self.chosen if not one.disputed]
        number = len(self.chosen) - len(rest)
        if not number:
            return []
        lows = [self.row(part)["low"] for part in families(rest) if part[0].figure.count != "none"]
        without = ", ".join("unknown" if low is None else f"{low:,}" for low in lows) or "nothing"
        return [f"Disputed by another event: {plural(number, 'figure')}; without them, the low of all is {without}"]


def _country(figure: Figure) -> str | None:
    """The country of a figure, or of its province, which is in Cambodia unless it says otherwise."""
    return figure.country or (figure.province and (figure.province.partition(", ")[2] or "KH"))


def _is_narrower(ends: Ends, other: Ends) -> bool:
    """Whether a range lies within another one, which is not the same."""
    (low, high), (least, most) = ((ends[0] or 0, inf if ends[1] is None else ends[1]) for ends in (ends, other))
    return ends != other and least <= low and high <= most


def _last_days(figure: Figure) -> list[int]:
    return [when.end for when in (figure.period, figure.day) if when and when.end is not None]


def outlets(event: Plain) -> list[str]:
    """The outlets that published it first."""
    return sorted({one["outlet"] for one in event.record["sources"] if event.is_so["source"](one["outlet"])})


def families(group: Group) -> list[Group]:
    """Divide figures into groups that can be combined: by unit, with stocks apart, and each ``none`` on its own."""
    parts: dict[object, Group] = {}
    for one in group:
        figure = one.figure
        kind = {"stock": "stock", "none": figure.key}.get(figure.count, "flow")
        parts.setdefault((figure.unit, kind), []).append(one)
    return list(parts.values())


def in_order(rows: list[Record], splits: tuple[str, ...]) -> list[Record]:
    """Sort by time, or by both of two splits, or else the largest first. "Not given" comes last."""

    def place(row: Record) -> tuple[object, ...]:
        size = -next((row[key] for key in ("low", "best", "high") if row[key] is not None), -1)
        if not splits:
            return (size,)
        given = [(row[split] is None, row[split] or "") for split in splits]
        if len(splits) == 1 and splits[0] not in TIMES:
            return given[0][0], size, given[0][1]
        return tuple(given)

    return sorted(rows, key=place)


def digest(kept: Kept, ids: set[str]) -> str:
    """The digest of the records of these events, which is a sum over the events."""
    size = 3072 // 8
    total = 0
    for id_ in ids:
        of_record = sha256(kept.lines[id_].encode()).hexdigest()
        total += int(shake_256(f"{id_} {of_record}".encode()).hexdigest(size), 16)
    return sha256(bytes.fromhex(f"{total:0{2 * size}x}"[-2 * size :])).hexdigest()[:12]


def joined(wanted: Ranges) -> Ranges:
    """Merge ranges that touch."""
    made: Ranges = []
    for low, high in sorted(wanted):
        if made and low <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(made[-1][1], high))
        else:
            made.append((low, high))
    return made


def plural(number: int, what: str) -> str:
    """A number with its noun."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
