"""Turn slides of TimelineJS JSON into rows with the columns of its Google sheet, so that one mapping reads both."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from scamcli.exchange.importers.json_files.flatten import flatten, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.records.types import JsonObject

COLUMNS = {
    "start_date.year": "Year", "start_date.month": "Month", "start_date.day": "Day",
    "end_date.year": "End Year", "end_date.month": "End Month", "end_date.day": "End Day",
    "display_date": "Display Date", "text.headline": "Headline", "text.text": "Text", "media.url": "Media",
    "media.credit": "Media Credit", "media.caption": "Media Caption", "media.thumbnail": "Media Thumbnail",
    "group": "Group", "background.url": "Background", "background.color": "Background Color",
    "unique_id": "Unique ID", "type": "Type",
}  # fmt: skip
"""The columns of the sheet, by the keys of a slide."""

HEADER = (*COLUMNS.values(), "Time", "End Time")
"""The columns of every table of slides, even if they are empty in all rows."""

_TIMES = (("start_date", "Time"), ("end_date", "End Time"))
_UNITS = ("hour", "minute", "second")


def is_slide(value: object) -> TypeGuard[JsonObject]:
    """Return whether a JSON value is a slide: it has a date in parts, or a headline."""
    if not isinstance(value, dict):
        return False
    date, text = value.get("start_date"), value.get("text")
    return (isinstance(date, dict) and "year" in date) or (isinstance(text, dict) and "headline" in text)


def flatten_slide(slide: JsonObject, type_: str = "") -> Iterator[tuple[str, str]]:
    """Yield the columns of a slide. The title and eras have a ``Type``, as in the sheet."""
    bare = dict(slide) | ({"type": type_} if type_ else {})
    for key, column in _TIMES:
        date = bare.get(key)
        if isinstance(date, dict):
            yield column, _time(date)
            bare[key] = {name: one for name, one in date.items() if name not in _UNITS}
    for name, text in flatten(bare):
        yield COLUMNS.get(name, name), text


def _time(date: JsonObject) -> str:
    parts = [scalar(date.get(unit)) for unit in _UNITS]
    while parts and not parts[-1]:
        parts.pop()
    return ":".join((part or "0").zfill(2) for part in parts)
