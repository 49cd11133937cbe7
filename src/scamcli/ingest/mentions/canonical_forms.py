"""Of a name that the field has in several forms: which one an article means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.mentions.outlets import is_cited
from scamcli.ingest.mentions.record import is_acronym, split
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.ingest.mentions.exact_matches import Line, Spot


def fullest_forms(lines: Sequence[Line], own: Mapping[str, str]) -> dict[str, str]:
    """For each such name in an article: its own name in the timeline, or the fullest form used."""
    used: dict[str, set[tuple[str, ...]]] = {}
    for line in lines:
        for spot in line.spots:
            if _is_of_field(line, spot):
                used.setdefault(spot.name.name, set()).add(tuple(line.seen.low[spot.first : spot.last]))
    return {names: _fullest(names.split(";"), forms, own) for names, forms in used.items()}


def _is_of_field(line: Line, spot: Spot) -> bool:
    """Whether the spot is such a name; an outlet that is called by a common word must publish something."""
    name = spot.name
    if name.rule not in ("outlet of the field", "body of the field"):
        return False
    return name.grade != Grade.UNSURE or is_cited(line, spot.first, spot.last)


def _fullest(every: Sequence[str], forms: set[tuple[str, ...]], own: Mapping[str, str]) -> str:
    mine = next((own[form.lower()] for form in every if form.lower() in own), None)
    if mine:
        return mine
    said = [form.removeprefix("The ") for form in every if tuple(split(form)) in forms]
    if every[0].removeprefix("The ") in said:
        return every[0]
    return next((form for form in said if not is_acronym(form)), said[0] if said else every[0])
