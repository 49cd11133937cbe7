"""Parts and their wholes: which figure a part belongs to, and what it takes over from there.

A chain of wholes ends at a whole that is absent. A chain that runs in a circle is a mistake in a record
(`check` finds it): the figures of the circle count as having no whole, so that nothing here can loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.figures.records import Figure, Key

INHERITED = ("province", "nationality", "period")
SPLITS = ("province", "nationality", "group")


def ancestors(figure: Figure, wholes: Mapping[Key, Figure]) -> list[Figure]:
    """Return the whole of a figure, that one's whole, and so on, the nearest first."""
    chain = [figure]
    places = {figure.key: 0}
    while (whole := wholes.get(chain[-1].whole or ("", ""))) is not None:
        if whole.key in places:
            return chain[1 : places[whole.key] + 1]
        places[whole.key] = len(chain)
        chain.append(whole)
    return chain[1:]


def resolved(figure: Figure, wholes: Mapping[Key, Figure]) -> Figure:
    """Return the figure with its whole's province, nationality and period where its own are `None`."""
    return figure if figure.part_of is None else read_with(figure, ancestors(figure, wholes))


def read_with(figure: Figure, chain: Sequence[Figure]) -> Figure:
    """Return the figure as `resolved` does, from its wholes, the nearest first."""
    given: dict[str, Any] = {}
    for name in INHERITED:
        if chain and getattr(figure, name) is None:
            given[name] = next((value for whole in chain if (value := getattr(whole, name)) is not None), None)
    return figure._replace(**given) if given else figure


def split_value(part: Figure, whole: Figure) -> str | None:
    """Return the value by which a part belongs to its whole's declared split, or `None` if it does not.

    It belongs if it sets itself the field that the whole is split by, and its other fields are the whole's:
    metric, unit, count, period, province, nationality, group. Who said it does not matter. `whole` is given
    resolved.
    """
    if whole.split is None or whole.split.by not in SPLITS:
        return None
    value: str | None = getattr(part, whole.split.by)
    alike = _fields(read_with(part, [whole]), whole.split.by) == _fields(whole, whole.split.by)
    return value.casefold() if value is not None and alike else None


def _fields(figure: Figure, but: str) -> tuple[object, ...]:
    """What must be equal in a part and its whole: all that says what is counted, and not who said it."""
    return (
        figure.metric,
        figure.unit,
        figure.count,
        figure.period,
        *(_folded(getattr(figure, name)) for name in SPLITS if name != but),
    )


def _folded(name: str | None) -> str | None:
    return None if name is None else name.casefold()
