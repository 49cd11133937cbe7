"""Flat rows: one row per event with a point, and one number per metric and bound, for maps and charts.

The numbers of an event are its own totals by the rules of ``docs/honest-numbers.md``, not plain sums: a part is not
added to its whole, and a statement that repeats another counts once. A cell of a number holds a number or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.exchange.exporters import date_parts
from scamcli.language import dates
from scamcli.language.gazetteer import country_of
from scamcli.language.vocabulary import METRICS, PRECISIONS
from scamcli.numbers.entries import Facts
from scamcli.numbers.records import Figure, Split
from scamcli.numbers.tables import total_of
from scamcli.output.escaping import is_web_address
from scamcli.records.derivations import originals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.exchange.exporters.dump import Dump, Losses
    from scamcli.exchange.exporters.spots import Spot
    from scamcli.language.wording.bounds import Number
    from scamcli.records.types import EventDict, FigureDict, SourceDict

    Value = str | Number | None

BOUNDS = ("low", "best", "high")

COLUMNS = (
    "id", "date", "end", "title", "kind", "place", "province", "country", "lat", "lon", "precision", "sites", "actors",
    "sources", "url",
)  # fmt: skip
"""The columns before the numbers of metrics."""

JOIN = "; "


class Totals:
    """Works out the totals of single events.

    Args:
        dump: The metrics are read from it.
    """

    def __init__(self, dump: Dump, losses: Losses) -> None:
        own = {metric["name"]: (metric["unit"] or metric["name"], metric["count"]) for metric in dump.metrics()}
        self._metrics = {metric.name: (metric.unit, metric.count) for metric in METRICS.values()} | own
        self._order = {name: number for number, name in enumerate(METRICS)}
        self._labels: dict[tuple[str, str | None, str | None], str] = {}
        self._losses = losses

    def columns(self, events: Iterable[EventDict]) -> list[str]:
        """Return the columns of all metrics in these events: built-in metrics first, then others by name."""
        found = {self._place(figure) for event in events for figure in event["figures"] if figure["count"] != "none"}
        return [f"{label}_{bound}" for *_, label in sorted(found) for bound in BOUNDS]

    def of(self, event: EventDict) -> dict[str, Number]:
        """Return the known numbers of an event by column. Figures that are never combined are counted as lost."""
        combined = [figure for figure in event["figures"] if figure["count"] != "none"]
        self._losses.add("figures that are never combined", len(event["figures"]) - len(combined))
        if not combined:
            return {}
        figures = [self._figure(event, figure, number) for number, figure in enumerate(event["figures"])]
        facts = Facts({figure.key: figure for figure in figures})
        groups: dict[str, list[Figure]] = {}
        for given, figure in zip(event["figures"], figures, strict=True):
            if figure.count != "none":
                groups.setdefault(self._place(given)[-1], []).append(figure)
        found: dict[str, Number] = {}
        for label, group in groups.items():
            numbers = total_of(group, facts)
            known = zip(BOUNDS, (numbers.low, numbers.best, numbers.high), strict=True)
            found |= {f"{label}_{bound}": number for bound, number in known if number is not None}
        return found

    def _place(self, figure: FigureDict) -> tuple[int, str, str]:
        """Return the sort key and the label of a figure's columns.

        A unit other than that of the metric, and a number at one moment under a metric that counts over time (or the
        reverse), get columns of their own, because they must not be added up with the others.
        """
        name = figure["metric"]
        unit, count = self._metrics.get(name, (name, "aggregate"))
        is_stock = figure["count"] == "stock"
        other_unit = figure["unit"] if figure["unit"] not in {None, unit} else None
        other_count = None if is_stock == (count == "stock") else "at_once" if is_stock else "over_time"
        label = self._label((name, other_unit, other_count))
        return self._order.get(name, len(self._order)), name, label

    def _label(self, key: tuple[str, str | None, str | None]) -> str:
        """Return a label that no other key has, even if metrics and units have names that look like it."""
        if key not in self._labels:
            label, taken = "_".join(filter(None, key)), set(self._labels.values())
            while label in taken:
                label += "_"
            self._labels[key] = label
        return self._labels[key]

    def _figure(self, event: EventDict, figure: FigureDict, number: int) -> Figure:
        unit, _ = self._metrics.get(figure["metric"], (figure["metric"], ""))
        split = figure["split"]
        return Figure(
            event["id"], figure["id"] or f"#{number}", figure["metric"], figure["unit"] or unit, figure["stated"],
            figure["low"], figure["best"], figure["high"], figure["province"], figure["nationality"], figure["group"],
            dates.parse_date(figure["period"]) if figure["period"] else None, figure["count"] or "aggregate",
            figure["stated_by"], figure["part_of"], Split(split["by"], split["complete"]) if split else None,
            tuple(figure["of"] or ()), dates.parse_date(event["date"]), figure["country"],
        )  # fmt: skip


def texts(event: EventDict, spot: Spot) -> dict[str, Value]:
    """Return the columns of an event before the numbers of metrics, at one of its spots."""
    first, last = date_parts.first_and_last_day(event["date"])
    lon, lat = spot.point or (None, None)
    return {
        "id": event["id"], "date": first, "end": last, "title": event["title"], "kind": event["kind"],
        "place": spot.place, "province": spot.province, "country": country(event, spot), "lat": lat, "lon": lon,
        "precision": spot.precision, "sites": JOIN.join(event["sites"]),
        "actors": JOIN.join(dict.fromkeys(one["name"] for one in event["actors"])),
        "sources": JOIN.join(dict.fromkeys(map(_credit, originals(event["sources"])))),
        "url": url(event),
    }  # fmt: skip


def _credit(source: SourceDict) -> str:
    """Return an outlet, followed by the outlet that quotes it, whose address is in the column of addresses."""
    is_quoted = source["via"] and source["via"] != source["outlet"]
    return f"{source['outlet']} via {source['via']}" if is_quoted else source["outlet"]


def country(event: EventDict, spot: Spot) -> str | None:
    """Return the country of a spot, or the countries of the event if the spot says none."""
    if spot.province:
        return country_of(spot.province)
    named = [place["country"] for place in event["places"] if place["name"] == spot.place and place["country"]]
    return named[0] if named else JOIN.join(event["countries"]) or None


def url(event: EventDict) -> str | None:
    """Return the address of the first source that has one on the web."""
    return next((source["url"] for source in event["sources"] if is_web_address(source["url"])), None)


def most_precise(spots: Sequence[Spot], losses: Losses) -> Spot:
    """Return the most precise of the spots of an event that have a point. The others are counted as lost."""
    losses.add("places after the first of an event", len(spots) - 1)
    order = [*PRECISIONS, None]
    return min(spots, key=lambda spot: (spot.point is None, order.index(spot.precision)))
