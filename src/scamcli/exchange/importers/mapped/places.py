"""Make the place of an event from the columns of a row: its name, its division, and its point."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from scamcli.exchange.importers.mapped import cells
from scamcli.language import gazetteer
from scamcli.language.vocabulary import PRECISIONS
from scamcli.records.limits import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.exchange.importers.mapped.bound_rows import BoundRow, Cell
    from scamcli.records.types import JsonObject

_UNKNOWN = "no division of this name is known in the country of its row; the name is kept with the place"
_NO_COUNTRY = "the row has no country in which its division could be found; the name is kept with the place"

LONGEST_CODE = 3
"""The longest code of a division in its country by ISO 3166-2, in characters."""


def read(row: BoundRow, of_row: str | None) -> JsonObject | None:
    """Return the place of a row, if it has one.

    Args:
        row: the row.
        of_row: the only country of the row, which is that of a place without one of its own.
    """
    country, admin1 = row.read("place.country", cells.country) or of_row, row.text("place.admin1")
    written, precision = row.first("place.province"), row.word("place.precision", PRECISIONS)
    province = None if written is None else row.province(written, "place.province")
    lat, lon = _coordinates(row)
    names = ("place.name", "place.admin1", "place.province", "place.country")
    if not any(map(row.own, (*names, "place.lat", "place.lon", "place.point"))) and row.first("place.name") is None:
        return None
    point = ", ".join(str(one) for one in (lat, lon) if one is not None)
    name = next(filter(None, (row.name(field) for field in names)), point)
    if not name:
        return None
    if province is None:
        name, country, province, admin1 = _divided(row, name, country, admin1)
    more = {"country": country, "admin1": admin1, "province": province, "precision": precision, "lat": lat, "lon": lon}
    return {"name": name} | {key: value for key, value in more.items() if value is not None}


def province(row: BoundRow, cell: Cell, of_row: Sequence[str]) -> str | None:
    """Return the province in a cell, which is in the only country of its row, or keep the cell in the note.

    Args:
        row: the row.
        cell: one of its cells.
        of_row: the countries of the row.
    """
    text = row.province(cell, "provinces")
    if text is None or len(of_row) != 1:
        return text
    found = gazetteer.resolve(text, of_row[0])
    if found is None and (other := _written_otherwise(text, of_row[0])):
        found = gazetteer.resolve(other, of_row[0])
    if found is None:
        row.put_aside(cell, f"`{cell.column}` is no known division of the country of its row; it is kept in the note")
        return None
    return text if of_row[0] == "KH" else found.province


def _coordinates(row: BoundRow) -> tuple[float | None, float | None]:
    """Return the latitude and the longitude of a row, if both can be read or only one is given."""
    lat = row.read("place.lat", partial(cells.degrees, most=90))
    lon = row.read("place.lon", partial(cells.degrees, most=180))
    if lat is None and lon is None:
        lat, lon = row.read("place.point", cells.point) or (None, None)
    if (lat is None) is not (lon is None) and row.first("place.lat") and row.first("place.lon"):
        lat = lon = None
        row.put_half_aside("place.lat", "place.lon")
    if lat == lon == 0:
        # Programs write 0, 0 for unknown coordinates.
        row.notices.count("latitude and longitude are both 0, which is not a place; they are left out", row.number)
        lat = lon = None
    return lat, lon


def _divided(
    row: BoundRow, name: str, country: str | None, admin1: str | None
) -> tuple[str, str | None, str | None, str | None]:
    """Return the name, the country, the province of Cambodia, and the division of a place, as far as they are known."""
    if admin1 is None and (parts := _town_and_division(name, country)):
        name, admin1 = parts
    if admin1 is None:
        return name, country, None, None
    if gazetteer.resolve(admin1, country) is None:
        admin1 = _written_otherwise(admin1, country) or admin1
    found = gazetteer.resolve(admin1, country)
    if country is None and found is not None and "," in admin1:
        country = found.country  # "Kayin, MM" says its own
    if country in {"KH", None} and isinstance(found, gazetteer.Province):
        return name, country, found.name, None
    if found is None or country is None:
        row.notices.count(_NO_COUNTRY if country is None else _UNKNOWN, row.number, admin1)
    return name, country, None, admin1


def _written_otherwise(text: str, country: str | None) -> str | None:
    """Return the division that a text names beside a town, or by its abbreviation in ISO 3166-2, or ``None``.

    For example: ``Svay Rieng (Bavet)``, ``Banteay Meanchey/Poipet``, ``TX`` and ``S.L.P.`` in their countries.
    """
    letters = text.replace(".", "").strip().upper()
    if country and letters.isalpha() and len(letters) <= LONGEST_CODE:
        found = gazetteer.resolve(f"{country}-{letters}")
        return None if found is None else found.province
    if len(text) > LONGEST_NAME:
        return None
    bare = re.sub(r"\s*\([^()]*\)", "", text)
    named = [part.strip() for part in (bare, *bare.split("/"))]
    places = {part: gazetteer.resolve(part, country) for part in named if part and part != text}
    known = {one.province: part for part, one in places.items() if one is not None}
    return next(iter(known.values())) if len(known) == 1 else None  # "Kampot/Kep" is both


def _town_and_division(text: str, country: str | None) -> tuple[str, str] | None:
    """Return a place and its division in the country of its row, if a part of its text is one: "Batam, Riau Islands".

    The division is the last part or, as in "Svay Rieng, Bavet", the first one. What is in brackets does not count, nor
    does the country at the end: "Puebla, Mexico" is not in the state of Mexico.
    """
    parts = [part.strip() for part in text.split(",")] if len(text) <= LONGEST_NAME else []
    if country is None or not parts or not all(parts):
        return None
    if any(part.count("(") != part.count(")") for part in parts):
        return None  # "nationwide (Kampot, Kep)" is in neither
    if len(parts) > 1 and _is_country(parts[-1], country):
        del parts[-1]
    found = dict[int, tuple[str, str]]()
    for at in {len(parts) - 1, 0}:
        division = re.sub(r"\s*\([^()]*\)", "", parts[at]).strip()
        one = gazetteer.resolve(division, country) if division else None
        if one is not None and not isinstance(one, gazetteer.Town) and division != text:
            found[at] = division, one.province
    if len({province for _, province in found.values()}) != 1:
        return None  # "Kampot, Kep" is both
    at = max(found)
    return ", ".join(part for part in parts if part is not parts[at]) or text, found[at][0]


def _is_country(text: str, code: str) -> bool:
    with suppress(cells.UnreadableError):
        return cells.country(text) == code
    return False
