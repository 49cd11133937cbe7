"""Turn the counts of an entry into the figures of its event, with their reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.counts.count import Kind, is_money
from scamcli.ingest.counts.parts import join_sums
from scamcli.ingest.periods import period_of
from scamcli.ingest.proposal import Reason, Span
from scamcli.language.gazetteer import country_of
from scamcli.language.vocabulary import HAPPENINGS, MEASURES, METRICS
from scamcli.language.wording.bounds import Bounds
from scamcli.language.wording.currency import currency_in
from scamcli.language.wording.parsing import parse_wording, years_in
from scamcli.records.derivations import choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.periods import Period
    from scamcli.language.vocabulary import Metric
    from scamcli.records.types import FigureDict

LARGEST = 2**53
"""The largest number that JSON readers with floating-point numbers keep exactly."""


_FEWEST_REPEATED = 10
"""The smallest exact number that can repeat a rough one. Smaller numbers are often equal by chance."""


class Figures(NamedTuple):
    """The figures of an entry."""

    records: list[FigureDict]
    """The figures as the event stores them."""
    reasons: list[Reason]
    """The reasons: which words each figure comes from."""
    counts: list[Count]
    """The count that each figure comes from."""
    unread: list[Span]
    """Numbers that become no figure, although they may count people, cases or premises."""


_Bounded = tuple["Count", Bounds]
"""A count that becomes a figure, with its bounds."""


def without_other_days(counts: Sequence[Count], elsewhere: Sequence[Span]) -> list[Count]:
    """Return the counts of an entry, those in stretches of its sentences that belong to other entries as explained."""
    return [
        count.reads(Kind.OTHER, "a number of another day")._replace(metric=None)
        if any(start <= count.sentence[count.amount.first].start < end for start, end in elsewhere)
        else count
        for count in counts
    ]


def figures_of(counts: Sequence[Count], date: str) -> Figures:
    """Return the figures that the counts of an entry become. A number that is stated twice becomes one figure.

    `counts` are all counts of the entry in order, with their places and speakers; `date` is that of the entry (EDTF).
    """
    shared = _share_wholes(counts)
    distinct = _DistinctCounts()
    for count in shared:
        if count.is_figure:
            distinct.add(count)
    figures, twins = list(distinct.figures.values()), distinct.twins
    ids = _figure_ids([count for count, _ in figures])
    records: list[FigureDict] = []
    reasons: list[Reason] = []
    for count, bounds in figures:
        whole = None if count.whole is None else shared[twins.get(count.whole, count.whole)]
        is_part = whole is not None and whole.id != count.id
        part_of = ids.get(whole.id) if is_part and whole is not None else None
        records.append(_record(count, bounds, ids[count.id], part_of, period_of(count, counts, date)))
        own = f"figures.{ids[count.id]}"
        reasons.append(Reason(own, _span_of_noun(count), count.rule or "a number", count.grade))
    reasons += _of_repetitions(shared, ids, twins)
    join_sums(records, [count for count, _ in figures])
    _declare_splits(records)
    _relate_changes(records)
    unread = [
        _span(count, count.amount.last)
        for count in shared
        if count.id in distinct.unbounded
        or (not count.is_figure and count.kind is not Kind.OTHER and count.refers is None)
    ]
    return Figures(records, reasons, [count for count, _ in figures], unread)


def _of_repetitions(counts: Sequence[Count], ids: Mapping[int, str], twins: Mapping[int, int]) -> Iterator[Reason]:
    """Yield a reason for each number that repeats a figure or only refers to it: "of the 34 workers"."""
    for count in counts:
        one = count.id if count.refers is None else count.refers
        id_ = ids.get(twins.get(one, one)) if count.refers is not None or one in twins else None
        if id_ is not None:
            yield Reason(f"figures.{id_}", _span_of_noun(count), "a number that repeats it", count.grade)


class _DistinctCounts:
    """The counts of an entry that become figures. A number that is repeated becomes one figure."""

    def __init__(self) -> None:
        self.figures: dict[int, _Bounded] = {}
        self.twins: dict[int, int] = {}
        """For the id of each repeated count, the id of the count that became the figure."""
        self.replaced: defaultdict[int, list[int]] = defaultdict(list)
        """The ids of the rough counts that a count replaced, and of those that repeat these, by its id."""
        self.unbounded: set[int] = set()
        self._alike: defaultdict[tuple[str | None, Bounds | float], list[int]] = defaultdict(list)
        """Ids of figures by metric and bounds; those of rough ones such as "at least 42" also by metric and number."""

    def add(self, count: Count) -> None:
        """Add a count, unless it repeats another. If it states a rough number more exactly, it replaces that number."""
        bounds = _bounds(count)
        if bounds == Bounds() or abs(max((bound for bound in bounds if bound is not None), key=abs)) > LARGEST:
            self.unbounded.add(count.id)
        elif (twin := self._repeated(count, bounds)) is not None:
            self.twins[count.id] = twin.id
            province, speaker = twin.province or count.province, twin.speaker or count.speaker
            self.figures[twin.id] = twin._replace(province=province, speaker=speaker), self.figures[twin.id][1]
        else:
            self._add_new(count, bounds)

    def _add_new(self, count: Count, bounds: Bounds) -> None:
        number = _number(bounds)
        if number is not None and _is_exact(bounds) and (rough := self._alike_to(count, number)) is not None:
            del self.figures[rough.id]
            self.replaced[count.id] = [rough.id, *(id_ for id_, twin in self.twins.items() if twin == rough.id)]
            self.twins |= dict.fromkeys(self.replaced[count.id], count.id)
            count = _like(count, rough)
        self.figures[count.id] = count, bounds
        self._alike[count.metric, bounds].append(count.id)
        if number is not None and not _is_exact(bounds):
            self._alike[count.metric, number].append(count.id)

    def _repeated(self, count: Count, bounds: Bounds) -> Count | None:
        """Return the earlier count that a count repeats. The earlier one may be more exact."""
        number = None if _is_exact(bounds) else _number(bounds)
        exact = None if number is None else self._alike_to(count, Bounds(number, number, number))
        return exact or self._alike_to(count, bounds)

    def _alike_to(self, count: Count, key: Bounds | float) -> Count | None:
        known = (self.figures[id_][0] for id_ in self._alike[count.metric, key] if id_ in self.figures)
        return next((one for one in known if _is_repeated(one, count)), None)


def _is_exact(bounds: Bounds) -> bool:
    return bounds.low == bounds.high is not None


def _number(bounds: Bounds) -> float | None:
    """Return the number behind bounds, exact or rough, if it is too large to occur twice by chance."""
    numbers = {bound for bound in bounds if bound is not None}
    number = numbers.pop() if len(numbers) == 1 else 0
    return number if number >= _FEWEST_REPEATED else None


def _like(count: Count, rough: Count) -> Count:
    """Return a count, completed with what only the rough one says about the people, the place and the speaker."""
    is_part = count.whole is None and rough.whole != count.id
    return count._replace(
        nationalities=count.nationalities or rough.nationalities, group=count.group or rough.group,
        province=count.province or rough.province, speaker=count.speaker or rough.speaker,
        whole=rough.whole if is_part else count.whole, divided_by=rough.divided_by if is_part else count.divided_by,
    )  # fmt: skip


def _share_wholes(counts: Sequence[Count]) -> list[Count]:
    """Make the number of a place part of a whole if the sentence's numbers for other places are parts of it."""
    shared = list(counts)
    by_sentence: defaultdict[int, list[int]] = defaultdict(list)
    for count in counts:
        by_sentence[count.at].append(count.id)
    for count in counts:
        if count.whole is not None or not count.is_figure or count.province is None or count.cell is not None:
            continue
        for id_ in by_sentence[count.at]:
            other = shared[id_]
            if other.metric != count.metric or other.divided_by != "province" or other.whole is None:
                continue
            if other.whole != count.id and not shared[other.whole].province:
                shared[count.id] = shared[count.id]._replace(whole=other.whole, divided_by="province")
    return shared


def _wording(count: Count) -> str:
    return f"{count.amount.wording} … {count.high.wording}" if count.high else count.amount.wording


def _bounds(count: Count) -> Bounds:
    unit = count.definition.unit
    if unit == "years":
        return years_in(_wording(count))
    return parse_wording(
        _wording(count), measure=(count.amount.unit or unit) in MEASURES or count.kind in (Kind.LOSS, Kind.TAKEN)
    )


def _is_repeated(one: Count, count: Count) -> bool:
    """Return whether a count repeats an earlier equal count, and says the same or less about the people."""
    if one.kind is Kind.CHANGE or one.at == count.at or not _may_be_cell_of(one, count):
        return False
    return (
        (not count.nationalities or count.nationalities == one.nationalities)
        and (count.group is None or count.group == one.group or one.group is None)
        and count.whole is None
        and (None in {count.province, one.province} or count.province == one.province)
        and count.kind is not Kind.SENTENCE
    )


def _may_be_cell_of(one: Count, count: Count) -> bool:
    """Return whether two numbers may be one, although cells of a table are never equal to each other."""
    if one.cell is not None and count.cell is not None:
        return False
    return not (one.label or count.label or one.country or count.country)


def _figure_ids(counts: Sequence[Count]) -> dict[int, str]:
    """Map the id of each count to the id of its figure: ``arrests``, ``arrests-2``."""
    times = Counter[str]()
    ids: dict[int, str] = {}
    for count in counts:
        metric = count.metric or ""
        times[metric] += 1
        ids[count.id] = f"{metric}-{times[metric]}" if times[metric] > 1 else metric
    return ids


def choose_counts(
    figures: Sequence[FigureDict], kind: str, date: str, own: Mapping[str, Metric], countries: Sequence[str]
) -> None:
    """Set in place what each figure counts, by the rule for all records. A part without a period follows its whole.

    An incident without a province is in the only country of its event. Numbers of a month, a quarter or a year, if
    nothing happened on a day, are those of this period. ``own`` are the metrics that the timeline defines, by name.
    """
    by_id = {figure["id"]: figure for figure in figures}

    def count_of(figure: FigureDict) -> str:
        count = figure["count"]
        if count is None:
            whole = by_id.get(figure["part_of"]) if figure["part_of"] and figure["period"] is None else None
            whole = whole if whole is not None and whole["metric"] == figure["metric"] else None
            metric = own.get(figure["metric"]) or METRICS[figure["metric"]]
            chosen = choose(metric.name, metric.count, kind, date, figure["period"]).count
            figure["count"] = count = chosen if whole is None else count_of(whole)
        return count

    is_period = (
        kind not in HAPPENINGS and not date.endswith(("?", "~", "%")) and len(date.split("/")[0]) < len("YYYY-MM-DD")
    )
    for figure in figures:
        if count_of(figure) == "incident" and len(countries) == 1:
            figure["country"] = figure["country"] or countries[0]
        elif is_period and figure["count"] == "aggregate" and figure["part_of"] is None:
            figure["period"] = figure["period"] or date


def choose_currencies(figures: Sequence[FigureDict], own: Mapping[str, Metric], *about: Sequence[str]) -> None:
    """Set in place the unit of each amount of money whose name several currencies share.

    Args:
        figures: the figures of an entry.
        own: the metrics that the timeline defines, by name.
        about: codes of countries: those of the entry, then that of the text. The first that decide count.
    """
    for figure in figures:
        unit = (own.get(figure["metric"]) or METRICS[figure["metric"]]).unit
        named = currency_in(figure["stated"] or "", *about) if is_money(unit) else None
        if named is not None:
            figure["unit"] = None if named == unit else named


def _record(count: Count, bounds: Bounds, id_: str, part_of: str | None, period: Period) -> FigureDict:
    metric = count.definition
    one, several = len(count.nationalities) == 1, len(count.nationalities) > 1
    days, is_running = period
    return {
        "id": id_, "metric": count.metric or "", "unit": _unit(count), "stated": _wording(count),
        "low": bounds.low, "best": bounds.best, "high": bounds.high,
        "country": country_of(count.province) if count.province else count.country, "province": count.province,
        "nationality": count.nationalities[0] if one else None, "group": count.group,
        "period": days, "count": None if not is_running or metric.count == "none" else "cumulative",
        "stated_by": count.speaker, "part_of": part_of, "split": None, "of": None,
        "note": f"of several nationalities: {', '.join(count.nationalities)}" if several else count.label or None,
    }  # fmt: skip


def _unit(count: Count) -> str | None:
    """Return the unit of a count, or ``None`` for its metric's, which a timeline can define differently."""
    built_in = METRICS.get(count.metric or "")
    unit = count.amount.unit or (built_in.unit if built_in else "USD" if count.kind is Kind.TAKEN else None)
    return None if unit == count.definition.unit else unit


def _span(count: Count, last: int) -> Span:
    return Span(count.sentence[count.amount.first].start, count.sentence[last - 1].end)


def _span_of_noun(count: Count) -> Span:
    return _span(count, max(count.amount.last, count.end))


def _declare_splits(records: list[FigureDict]) -> None:
    """Declare the field that the parts of a whole divide it by, if it is the same for all parts.

    Parts that add up to more than their whole overlap, like "29 men, 12 women, of whom 9 were minors", or belong to
    another one, so they do not divide it. Whether the parts are complete is left open, because a text rarely says so.
    """
    parts_of: defaultdict[str | None, list[FigureDict]] = defaultdict(list)
    metrics = {record["id"]: record["metric"] for record in records}
    for record in records:
        if metrics.get(record["part_of"]) == record["metric"]:  # others have another fate
            parts_of[record["part_of"]].append(record)
    for record in records:
        parts = parts_of[record["id"]]
        divided_by = {_divided_by(part, record) for part in parts}
        by = divided_by.pop() if len(divided_by) == 1 else None
        if by is not None and not _overlap(parts, record):
            record["split"] = {"by": by, "complete": None}
        for part in parts:
            if part["count"] != record["count"]:
                part["count"], part["period"] = record["count"], record["period"]


def _overlap(parts: Iterable[FigureDict], whole: FigureDict) -> bool:
    return whole["high"] is not None and sum(part["low"] or 0 for part in parts) > whole["high"]


def _divided_by(part: FigureDict, whole: FigureDict) -> str | None:
    """Return the one field that a part has and its whole does not."""
    values = {key: (part[key], whole[key]) for key in ("province", "nationality", "group")}
    found = [key for key, (own, general) in values.items() if own is not None and own != general]
    return found[0] if len(found) == 1 else None


def _relate_changes(records: list[FigureDict]) -> None:
    """Relate a change to the two numbers before it if they have the same metric: it leads from one to the other."""
    for at, record in enumerate(records):
        if record["metric"] != "change":
            continue
        before = [one for one in records[max(0, at - 2) : at] if one["part_of"] is None]
        if len(before) == 2 and before[0]["metric"] == before[1]["metric"] != "change":
            small, large = sorted(before, key=_estimate)
            ids = [small["id"] or "", large["id"] or ""]
            record["of"] = ids[::-1] if _estimate(record) < 0 else ids


def _estimate(record: FigureDict) -> float:
    return record["best"] or record["low"] or record["high"] or 0
