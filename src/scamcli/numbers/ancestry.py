"""Parts and their wholes: which figure a part belongs to, and which fields it inherits.

A chain of wholes ends where a whole is absent. A circular chain is a mistake in a record, which ``check`` reports. Its
figures are treated as having no whole, so nothing here can loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from scamcli.numbers.records import Figure, Key

INHERITED = ("country", "province", "nationality", "period")
SPLITS = ("province", "nationality", "group")


def ancestors(figure: Figure, wholes: Mapping[Key, Figure]) -> list[Figure]:
    """Return the chain of wholes above a figure, nearest first."""
    chain = [figure]
    places = {figure.key: 0}
    while (whole := wholes.get(chain[-1].whole or ("", ""))) is not None:
        if whole.key in places:
            return chain[1 : places[whole.key] + 1]
        places[whole.key] = len(chain)
        chain.append(whole)
    return chain[1:]


def resolved(figure: Figure, wholes: Mapping[Key, Figure]) -> Figure:
    """Return a figure with its missing values filled in from its whole and its event.

    A part takes country, province, nationality and period from its whole. After that, the period of an incident is the
    date of its event.
    """
    if figure.part_of is not None:
        figure = read_with(figure, ancestors(figure, wholes))
    if figure.period is None and figure.count == "incident":
        figure = figure._replace(period=figure.day)
    return figure


def read_with(figure: Figure, chain: Sequence[Figure]) -> Figure:
    """Return a figure with its missing values filled in from a chain of wholes, nearest first."""
    inherited: dict[str, Any] = {}
    for name in INHERITED:
        if chain and getattr(figure, name) is None:
            inherited[name] = next((value for whole in chain if (value := getattr(whole, name)) is not None), None)
    return figure._replace(**inherited) if inherited else figure


def split_value(part: Figure, whole: Figure) -> str | None:
    """Return a part's value in the declared split of its whole, or ``None`` if it does not belong to the split.

    A part belongs to the split if it meets three conditions: it has its own value for the field that the whole is split
    by; it agrees with the whole in the other fields (metric, unit, count, province, nationality and group); and its
    days lie within those of the whole. Who stated it does not matter.

    Args:
        part: The part.
        whole: Its whole, resolved.
    """
    if whole.split is None or whole.split.by not in SPLITS:
        return None
    value: str | None = getattr(part, whole.split.by)
    part = read_with(part, [whole])
    alike = _fields(part, whole.split.by) == _fields(whole, whole.split.by) and not is_dated_outside(part, whole)
    return value.casefold() if value is not None and alike else None


def is_dated_outside(part: Figure, whole: Figure) -> bool:
    """Say whether a part has known days outside its whole's, which means that the record is mistaken."""
    if part.period is None or whole.period is None or part.period == whole.period:
        return False
    if not (part.period.known and whole.period.known):
        return part.period.known == whole.period.known  # two different periods, neither of which is known
    return not (
        (whole.period.start or 0) <= (part.period.start or 0) and (part.period.end or 0) <= (whole.period.end or 0)
    )


def _fields(figure: Figure, except_: str) -> tuple[object, ...]:
    """Return the fields that a part must share with its whole: they say what is counted, not who stated it."""
    values = (getattr(figure, name) for name in SPLITS if name != except_)
    names = (None if value is None else value.casefold() for value in values)
    return (figure.metric, figure.unit, figure.count, *names)
