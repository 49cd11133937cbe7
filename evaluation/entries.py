"""The entries that are compared, from a gold file, an event record or a baseline.

This module does not know how an entry was found or how it is scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Figure(NamedTuple):
    """The fields of a figure that are compared. ``whole`` is the index of its whole among the figures."""

    metric: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    province: str | None = None
    nationality: str | None = None
    group: str | None = None
    stated_by: str | None = None
    unit: str | None = None
    whole: int | None = None
    stated: str | None = None


class Entry(NamedTuple):
    """The fields of a dated entry that are compared. ``sources`` are the outlets that it cites."""

    date: str
    kind: str | None = None
    provinces: Sequence[str] = ()
    countries: Sequence[str] = ()
    nationalities: Sequence[str] = ()
    actors: Sequence[str] = ()
    sources: Sequence[str] = ()
    figures: Sequence[Figure] = ()

    def in_cambodia(self) -> Entry:
        """Return the entry without the divisions of other countries, which have the code of their country."""
        figures = [one._replace(province=None) if ", " in (one.province or "") else one for one in self.figures]
        return self._replace(provinces=[name for name in self.provinces if ", " not in name], figures=figures)

    def read(self, figure: Figure) -> Figure:
        """Return a figure with the province and nationality of its whole where it has none of its own."""
        province, nationality, above = figure.province, figure.nationality, figure
        for _ in self.figures:
            if above.whole is None:
                break
            above = self.figures[above.whole]
            province, nationality = province or above.province, nationality or above.nationality
        return figure._replace(province=province, nationality=nationality)


def of_gold(entry: Mapping[str, Any]) -> Entry:
    """Return the entry of a gold file."""
    figures = [_figure(figure, figure.get("part_of")) for figure in entry.get("figures", ())]
    return Entry(entry["date"], entry.get("kind"), *_lists(entry), entry["actors"], entry["sources"], figures)


def of_record(record: Mapping[str, Any], outlet: str | None) -> Entry:
    """Return the entry of an event record.

    Args:
        record: The record.
        outlet: The outlet of the article itself, which does not count as cited.
    """
    ids = [figure["id"] for figure in record["figures"]]
    figures = [
        _figure(figure, ids.index(whole) if (whole := figure["part_of"]) else None) for figure in record["figures"]
    ]
    actors = [actor["name"] for actor in record["actors"]]
    cited = [source["outlet"] for source in record["sources"] if source["via"] or source["outlet"] != outlet]
    return Entry(
        record["date"] or "", record["kind"], *_lists(record), actors, [name for name in cited if name], figures
    )


def _lists(entry: Mapping[str, Any]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    return entry["provinces"], entry["countries"], entry["nationalities"]


def _figure(figure: Mapping[str, Any], whole: int | None) -> Figure:
    compared: dict[str, Any] = {key: figure.get(key) for key in Figure._fields}
    return Figure(**compared | {"whole": whole})
