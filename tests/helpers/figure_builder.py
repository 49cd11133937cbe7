"""Figures for the tests. A test gives only the fields that matter to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.language.dates import Period
from scamcli.numbers.records import Figure, Key, Split

if TYPE_CHECKING:
    from scamcli.language.wording.bounds import Number


def days(start: int | None, end: int | None, *, sure: bool = True) -> Period:
    return Period(start, end, sure)


def made(
    key: str,
    low: Number | None = None,
    best: Number | None = None,
    high: Number | None = None,
    **fields: Any,
) -> Figure:
    """A figure named `event/id`; `low` alone gives only a low."""
    event, _, name = key.partition("/")
    plain = Figure(
        event=event,
        id=name or "one",
        metric="rescues",
        unit="people",
        stated=None,
        low=low,
        best=best,
        high=high,
        province=None,
        nationality=None,
        group=None,
        period=None,
        count="aggregate",
        stated_by=None,
        part_of=None,
        split=None,
    )
    return plain._replace(**fields)


def replaced(figure: Figure, **fields: Any) -> Figure:
    """The figure with other fields, whose names are not known when types are checked."""
    return figure._replace(**fields)


def exactly(key: str, number: Number, **fields: Any) -> Figure:
    return made(key, number, number, number, **fields)


def by_key(*figures: Figure) -> dict[Key, Figure]:
    return {figure.key: figure for figure in figures}


BY_PROVINCE = Split("province", None)
ALL_PROVINCES = Split("province", True)

PARTS = {
    "Banteay Meanchey": 2,
    "Pursat": 4,
    "Svay Rieng": 18,
    "Koh Kong": 5,
    "Pailin": 1,
    "Oddar Meanchey": 14,
    "Kandal": 18,
    "Siem Reap": 1,
    "Phnom Penh": 14,
}
"""The nine provinces of 19 September 2022, with 77 complaints between them."""


def complaints(split: Split = BY_PROVINCE) -> list[Figure]:
    """The eleven complaint figures of 19 September 2022: the total, Preah Sihanouk, nine others."""
    common: dict[str, Any] = {"metric": "complaints", "unit": None}
    total = exactly("sep19/total", 289, **common, split=split, period=days(19223, 19254, sure=False))
    sihanouk = made("sep19/preah-sihanouk", 201, **common, province="Preah Sihanouk", part_of="total")
    others = [
        exactly(f"sep19/{province}", number, **common, province=province, part_of="total")
        for province, number in PARTS.items()
    ]
    return [total, sihanouk, *others]
