"""Take the figures of a draft into the event that it is merged into, so that no number is lost or counted twice.

A figure that the event already has counts once. A figure that the event lacks is copied, with a note on where it is
from. If both give a number of the same people, merging would lose one or add the two up, so it is refused: as two
events with a link `repeats` or `updates`, the two are statements about one incident.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from scamcli.errors import DataError, quote
from scamcli.output.text import figure_text
from scamcli.records.derivations import with_number
from scamcli.records.part_updates import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.store.history import StoredRecord

Figures = list[dict[str, object]]

_SUBJECT = ("country", "province", "nationality", "period")
"""The keys by which two figures certainly count different people, if both give them and they differ."""

_PART = ("group", "nationality", "province", "period")
"""The keys by which a part of a number is told apart from its other parts."""


def merged_figures(gone: StoredRecord, kept: StoredRecord, shown: Sequence[Mapping[str, object]]) -> Figures:
    """Return the figures of an event after a draft was merged into it: its own, then those of the draft that it lacks.

    Args:
        gone: the record of the draft.
        kept: the record of the event.
        shown: the figures of the draft in printable form, for the message of an error.

    Raises:
        DataError: both have a number of the same people, and the numbers differ.
    """
    ids = {one["id"]: _same_in(kept, one) for one in gone["figures"]}
    new = [one for one in gone["figures"] if ids[one["id"]] is None]
    wanting = [(one, printed) for one, printed in zip(gone["figures"], shown, strict=True) if one in new]
    unclear = [printed for one, printed in wanting if _has_rival(kept, one, ids)]
    if unclear:
        numbers = "; ".join(map(figure_text.short, unclear))
        raise DataError(
            f"The event gives a different number where the draft has {numbers}.",
            "Merging would lose one of them or add the two up. Accept the draft as a repetition instead (p in the"
            " review, or --repeats): both numbers then belong to one incident. If the draft gives a later number,"
            " accept it as an update (l, or --updates): it then replaces the other. If one is wrong, remove it first.",
        )
    taken = {one["id"] for one in kept["figures"]}
    for one in new:
        numbered = (with_number(one["metric"], number) for number in count(1))
        ids[one["id"]] = next(id_ for id_ in numbered if id_ not in taken)
        taken.add(ids[one["id"]])
    return [*kept["figures"], *(_copied(one, ids, _origin(gone)) for one in new)]


def lacking(gone: StoredRecord, kept: StoredRecord) -> list[bool]:
    """Return for each figure of an event whether another event lacks it."""
    return [_same_in(kept, one) is None for one in gone["figures"]]


def _same_in(kept: StoredRecord, figure: StoredRecord) -> str | None:
    """Return the id of the figure of an event that gives the same number of the same people, if there is one."""
    keys = ["metric", "unit", *BOUNDS]
    if all(figure[key] is None for key in BOUNDS):  # "several" and "an unknown number" are not the same statement
        keys.append("stated")
    alike = (one for one in kept["figures"] if all(one[key] == figure[key] for key in keys))
    return next((one["id"] for one in alike if not _differ(one, figure)), None)


def _has_rival(kept: StoredRecord, figure: StoredRecord, ids: Mapping[str, str | None]) -> bool:
    """Return whether an event has a figure that may count the same people as a figure that it lacks.

    Args:
        kept: the record of the event.
        figure: the figure of the draft.
        ids: the ids of the figures of the event that give the same numbers as those of the draft, by their ids.
    """
    others = [one for one in kept["figures"] if all(one[key] == figure[key] for key in ("metric", "unit"))]
    if figure["part_of"] is None:
        return any(one["part_of"] is None and not _differ(one, figure) for one in others)
    whole = ids[figure["part_of"]]
    parts = [one for one in others if one["part_of"] is not None and one["part_of"] == whole]
    # The draft may itself have several parts that nothing tells apart, so one that it also has is not a rival.
    return any(one["id"] not in ids.values() and all(one[key] == figure[key] for key in _PART) for one in parts)


def _differ(one: StoredRecord, other: StoredRecord) -> bool:
    keys = (*_SUBJECT, "group") if one["part_of"] and other["part_of"] else _SUBJECT
    return any(one[key] and other[key] and one[key] != other[key] for key in keys)


def _copied(figure: StoredRecord, ids: Mapping[str, str | None], origin: str) -> dict[str, object]:
    """Return a figure for the other event. Its count follows from that event, unless the figure has its own period."""
    part_of, of = figure["part_of"], figure["of"]
    copied = {
        **figure, "id": ids[figure["id"]], "part_of": part_of and ids[part_of],
        "of": of and [ids[one] for one in of], "note": "\n".join(filter(None, (figure["note"], origin))),
    }  # fmt: skip
    if figure["count"] in {"incident", "aggregate"} and figure["period"] is None:
        del copied["count"]
    return copied


def _origin(gone: StoredRecord) -> str:
    """Return the note on where a copied figure is from."""
    outlets = " and ".join(dict.fromkeys(source["outlet"] for source in gone["sources"]))
    return f"Taken over from {outlets or quote(gone['title'])} when a draft was merged."
