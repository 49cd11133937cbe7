"""Where a row says that it happened: provinces, countries, and one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.exchange.importers.mapped import cells
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.exchange.importers.mapped.fields import Field
from scamcli.language import gazetteer
from scamcli.language.vocabulary import PRECISIONS

if TYPE_CHECKING:
    from scamcli.exchange.importers.mapped.row import Cell, Row

_NAME, _LAT, _LON, _PRECISION, _COUNTRY, _ADMIN1, _PROVINCE = (
    Field("place", part) for part in ("name", "lat", "lon", "precision", "country", "admin1", "province")
)
_COUNTRIES, _PROVINCES = Field("countries"), Field("provinces")


def add(row: Row, record: dict[str, Any]) -> None:
    """Add what a row says of where to its record."""
    provinces = [row.tried(cell, province, _PROVINCES) for cell in row.all(_PROVINCES)]
    codes = [row.tried(cell, _country, _COUNTRIES) for cell in row.all(_COUNTRIES)]
    place = _place(row)
    if place is not None:
        record["places"] = [place]
        codes.append(place.get("country"))
    found = list(dict.fromkeys(filter(None, codes)))
    if found:
        record["countries"] = found
    if any(provinces):
        record["provinces"] = list(dict.fromkeys(filter(None, provinces)))


def province(cell: Cell) -> str:
    """The province or town that a cell names, as it is written there.

    Raises:
        UnreadableError: it names none.
    """
    if gazetteer.resolve(cell.text) is None:
        near = ", ".join(gazetteer.suggest_provinces(cell.text)) or "a province of Cambodia, such as Kandal or KH-8"
        raise UnreadableError(near)
    return cell.text


def _country(cell: Cell) -> str:
    return cells.country(cell.text)


def _place(row: Row) -> dict[str, Any] | None:
    parts = {
        "country": row.read(_COUNTRY, _country),
        "admin1": row.text(_ADMIN1),
        "province": row.read(_PROVINCE, province),
        "precision": row.word(_PRECISION, PRECISIONS),
        "lat": row.read(_LAT, lambda cell: cells.degrees(cell.text, 90)),
        "lon": row.read(_LON, lambda cell: cells.degrees(cell.text, 180)),
    }
    if parts["lat"] == parts["lon"] == 0:
        row.told.count("latitude and longitude are 0, which is no place: they are left out", row.number)
        parts |= {"lat": None, "lon": None}
    name = row.text(_NAME)
    own = [field for field in (_NAME, _LAT, _LON, _ADMIN1, _PROVINCE, _COUNTRY) if row.says(field)]
    if not own:
        return None
    if name is None:
        name = row.text(_ADMIN1) or row.text(_PROVINCE) or row.text(_COUNTRY) or f"{parts['lat']}, {parts['lon']}"
    if parts["country"] == "KH" and parts["province"] is None and parts["admin1"]:
        found = gazetteer.resolve(str(parts["admin1"]))
        if isinstance(found, gazetteer.Province):
            parts |= {"province": found.name, "admin1": None}
    return {"name": name} | {key: value for key, value in parts.items() if value is not None}
