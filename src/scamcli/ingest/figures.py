"""The counts of an entry as the figures of its record, with their reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.proposal import Reason, Span
from scamcli.language.dates import day as day_of
from scamcli.language.dates import iso
from scamcli.language.vocabulary import MEASURES, METRICS
from scamcli.language.wording import parse_wording
from scamcli.language.wording.bounds import Bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.date_phrases import When

LARGEST = 2**53
_FAR = 14
LENGTHS = {"week": 7, "month": 31, "year": 365}
"""Days of a stretch of time."""

PERIODS = frozenset({"in", "during", "from", "between", "throughout"})


class Figures(NamedTuple):
    """The figures of an entry.

    Attributes:
        records: as an event's record has them.
        reasons: why.
        counts: the count behind each.
    """

    records: list[dict[str, Any]]
    reasons: list[Reason]
    counts: list[Count]


def figures_of(counts: Sequence[Count], date: str) -> Figures:
    """The figures that the counts of an entry become; a number that is told twice is one.

    Args:
        counts: in the order of the text.
        date: of the entry, EDTF.
    """
    _share_wholes(counts)
    kept, same = _distinct(counts)
    ids = _ids([count for count, _ in kept])
    records, reasons = [], list[Reason]()
    for count, bounds in kept:
        whole = count.whole and same.get(id(count.whole), count.whole)
        records.append(_record(count, bounds, ids, whole if whole is not count else None, date))
        reasons += _reasons(count, ids[id(count)])
    _declare_splits(records)
    _relate_changes(records)
    return Figures(records, reasons, [count for count, _ in kept])


def _distinct(counts: Sequence[Count]) -> tuple[list[tuple[Count, Bounds]], dict[int, Count]]:
    """The counts that become figures with their bounds, and for those that tell one again, which."""
    kept: list[tuple[Count, Bounds]] = []
    alike: defaultdict[tuple[str | None, Bounds], list[Count]] = defaultdict(list)
    same: dict[int, Count] = {}
    for count in counts:
        if not count.is_figure:
            continue
        bounds = _bounds(count)
        if bounds == Bounds() or abs(max((one for one in bounds if one is not None), key=abs)) > LARGEST:
            count.kind, count.metric = Kind.UNREAD, None
            continue
        numbered = alike[count.metric, bounds]
        twin = next((one for one in numbered if _is_same(one, count)), None)
        if twin is None:
            kept.append((count, bounds))
            numbered.append(count)
        else:
            same[id(count)] = twin
            twin.province, twin.speaker = twin.province or count.province, twin.speaker or count.speaker
    return kept, same


def _share_wholes(counts: Sequence[Count]) -> None:
    """What a sentence counts in one place is part of the whole of what it counts in others."""
    by_sentence: defaultdict[int, list[Count]] = defaultdict(list)
    for count in counts:
        by_sentence[count.at].append(count)
    for count in counts:
        if count.whole is not None or not count.is_figure or count.province is None:
            continue
        for other in by_sentence[count.at]:
            same = other.metric == count.metric and other.by == "province"
            if same and other.whole is not None and other.whole is not count and not other.whole.province:
                count.whole, count.by = other.whole, "province"


def _wording(count: Count) -> str:
    return count.amount.wording + (f" … {_upper(count)}" if count.high else "")


def _upper(count: Count) -> str:
    return count.high.wording if count.high else ""


def _bounds(count: Count) -> Bounds:
    unit = METRICS[count.metric or "people"].unit
    wording = _wording(count)
    if wording.isdecimal():
        return Bounds(int(wording), int(wording), int(wording))
    return parse_wording(wording, measure=(count.amount.unit or unit) in MEASURES or count.kind == "loss")


def _is_same(one: Count, count: Count) -> bool:
    """Whether an equal number was told before: of the same, or by one that says less of whom it counts."""
    if one.kind == "change" or one.sentence is count.sentence:
        return False
    return (
        (not count.nationalities or count.nationalities == one.nationalities)
        and (count.group is None or count.group == one.group or one.group is None)
        and (count.whole is None)
        and (None in {count.province, one.province} or count.province == one.province)
        and count.kind != "sentence"
    )


def _ids(counts: Sequence[Count]) -> dict[int, str]:
    times = Counter[str | None]()
    ids: dict[int, str] = {}
    for count in counts:
        times[count.metric] += 1
        number = times[count.metric]
        ids[id(count)] = f"{count.metric}-{number}" if number > 1 else count.metric or ""
    return ids


def _record(count: Count, bounds: Bounds, ids: dict[int, str], whole: Count | None, date: str) -> dict[str, Any]:
    metric = METRICS[count.metric or "people"]
    period, running = _period(count, date)
    several = len(count.nationalities) > 1
    is_part = whole is not None and whole.metric == count.metric
    how = "cumulative" if running and metric.count != "none" else metric.count
    return {
        "id": ids[id(count)], "metric": count.metric, "unit": count.amount.unit, "stated": _wording(count),
        "low": bounds.low, "best": bounds.best, "high": bounds.high, "province": count.province,
        "nationality": count.nationalities[0] if len(count.nationalities) == 1 else None, "group": count.group,
        "period": period, "count": how, "stated_by": count.speaker,
        "part_of": ids.get(id(whole)) if is_part else None, "split": None, "of": None,
        "note": f"of several nationalities: {', '.join(count.nationalities)}" if several else None,
    }  # fmt: skip


def _reasons(count: Count, id_: str) -> list[Reason]:
    words, amount = count.sentence, count.amount
    span = Span(words[amount.first].start, words[max(amount.last, count.end) - 1].end)
    return [Reason(f"figures.{id_}", span, count.rule or "a number", count.grade)]


def _declare_splits(records: list[dict[str, Any]]) -> None:
    """A whole whose parts are all divided by one thing says so; whether they are complete the text rarely says."""
    of: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        of[record["part_of"]].append(record)
    for record in records:
        parts = of[record["id"]]
        by = {_by(part, record) for part in parts}
        if parts and len(by) == 1 and None not in by:
            record["split"] = {"by": by.pop(), "complete": None}
        for part in parts:
            if part["count"] != record["count"]:
                part["count"], part["period"] = record["count"], record["period"]


def _by(part: dict[str, Any], whole: dict[str, Any]) -> str | None:
    found = [key for key in ("province", "nationality", "group") if part[key] is not None and part[key] != whole[key]]
    return found[0] if len(found) == 1 else None


def _relate_changes(records: list[dict[str, Any]]) -> None:
    """A change of two numbers beside it is the change from the one to the other."""
    for at, record in enumerate(records):
        if record["metric"] != "change":
            continue
        before = [one for one in records[max(0, at - 2) : at] if one["part_of"] is None]
        if len(before) == 2 and before[0]["metric"] == before[1]["metric"] and before[0]["metric"] != "change":
            first, second = before
            fell = (record["best"] or record["low"] or record["high"] or 0) < 0
            small, large = sorted((first, second), key=lambda one: one["best"] or one["low"] or one["high"] or 0)
            record["of"] = [large["id"], small["id"]] if fell else [small["id"], large["id"]]


def _period(count: Count, date: str) -> tuple[str | None, bool]:
    """The days that a count covers, where its clause says so; and whether it runs since its beginning."""
    day = date.rstrip("~?")
    past = _past(count, day)
    if past is not None:
        return past, False
    for at, found in count.dates:
        before = _preposition(count, at)
        if before == "since" and len(day) == 10:
            return _since(found, day), True
        if before in PERIODS and _is_of(count, at) and _is_past(found, day):
            return (found if found.has_year else found.in_year(int(day[:4]))).edtf(), False
    return None, False


def _preposition(count: Count, at: int) -> str:
    """The word before a date, but for an article."""
    back = [word.lower for word in count.sentence[max(0, at - 2) : at] if word.lower not in {"the", "all"}]
    return back[-1] if back else ""


def _since(found: When, day: str) -> str:
    start = found if found.has_year else found.in_year(int(day[:4]))
    if start.first.edtf() > day:
        start = found.in_year(int(day[:4]) - 1)
    return f"{start.first.edtf()}/{day}"


def _is_of(count: Count, at: int) -> bool:
    """Whether a date is that of a count: the next after it, or the last before it."""
    is_after = 0 <= at - count.end < min(_FAR, count.until - count.end)
    return is_after or (0 < count.amount.first - at < _FAR and at >= count.since)


def _is_past(found: When, day: str) -> bool:
    """Whether a date is a stretch of time that was over, and that is not just the day of the entry."""
    told = found if found.has_year else found.in_year(int(day[:4]))
    last = (told.last or told.first).edtf()
    return (
        found.first.day is None
        and (found.has_year or found.last is not None)
        and last <= day[: len(last)]
        and last != day
    )


def _past(count: Count, day: str) -> str | None:
    """The stretch before the entry that "in the past month" covers; where it begins is approximate."""
    words = [word.lower for word in count.sentence]
    for at in range(count.end, min(len(words) - 2, count.until)):
        if words[at : at + 2] == ["in", "the"] and words[at + 2] in {"past", "last"} and len(day) == 10:
            days = LENGTHS.get(words[at + 3]) if at + 3 < len(words) else None
            if days is not None:
                start = day_of(day) - days
                return f"{iso(start)}~/{day}"
    return None
