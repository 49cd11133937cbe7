"""What `edit` says after a change that may not be the one that was meant."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from scamcli.errors import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.records.types import EventDict


def of_change(id_: str, before: EventDict, now: EventDict) -> Iterator[str]:
    """Return the notices on a change of single values and entries of an event, given its id in printable form."""
    return chain(_on_second_figures(id_, before, now), _on_provinces_left(id_, before, now))


def _on_second_figures(id_: str, before: EventDict, now: EventDict) -> Iterator[str]:
    """Yield a notice for each metric of which the event had a figure, and has another now that is no part of one."""
    old, new = _wholes(before), _wholes(now)
    for metric, ids in new.items():
        if metric in old and len(ids) > len(old[metric]):
            yield (
                f"The event now has {len(ids)} figures of {metric}: {', '.join(ids)}. If the new one corrects another,"
                f" remove that one: `scamcli edit {id_} --remove 'figure: {ids[0]}'`."
            )


def _wholes(record: EventDict) -> dict[str, list[str]]:
    """Return the ids of the figures of an event that are no part of another, by metric."""
    found: dict[str, list[str]] = {}
    for figure in record["figures"]:
        if not figure["part_of"]:
            found.setdefault(str(figure["metric"]), []).append(str(figure["id"]))
    return found


def _on_provinces_left(id_: str, before: EventDict, now: EventDict) -> Iterator[str]:
    """Yield a notice for each place that was removed although its province stays, so that maps still show it."""
    there = {place["province"] for place in now["places"]} | {figure["province"] for figure in now["figures"]}
    for place in before["places"]:
        province = place["province"]
        if place not in now["places"] and province in now["provinces"] and province not in there:
            yield (
                f"{quote(place['name'])} was removed, but its province stays: {province}. To remove it as well:"
                f" `scamcli edit {id_} --remove 'province: {province}'`."
            )
