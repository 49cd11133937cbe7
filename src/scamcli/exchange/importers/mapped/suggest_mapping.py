"""What the columns of an unknown table may mean, by their names: a proposal for a person, never taken unseen."""

from __future__ import annotations

import shlex
from functools import cache
from typing import TYPE_CHECKING

from scamcli.exchange.importers.mapped import fields
from scamcli.exchange.importers.mapped.mapping import Mapping, Use
from scamcli.exchange.importers.rows import LISTED
from scamcli.language import names
from scamcli.language.scripts import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.exchange.importers.mapped.fields import Field

WORDS = {
    "id": "id; ref; reference; case id; case number; incident id; event id; record id; case no; no",
    "date": "date; day; when; event date; incident date; occurred; occurred on",
    "date.start": "start; start date; date start; from; begin; first day",
    "date.end": "end; end date; date end; until; last day",
    "title": "title; event; incident; event name; case; subject",
    "summary": "summary; description; details; narrative; what happened; account; synopsis",
    "kind": "kind; type; event type; incident type; category",
    "provinces": "province; provinces; khet",
    "place.name": "place; location; town; city; village; where",
    "place.lat": "lat; latitude",
    "place.lon": "lon; lng; long; longitude",
    "place.admin1": "admin1; state; governorate",
    "countries": "country; countries",
    "nationalities": "nationality; nationalities; citizenship; nationality of victims",
    "sites": "site; compound; casino; hotel; building; premises name",
    "tags": "tag; tags; keyword; keywords; topics",
    "note": "note; notes; comment; comments; remark; remarks",
    "source.outlet": "source; sources; outlet; publisher; media; newspaper; reported by; publication",
    "source.url": "url; link; source url; source link; web; website; address",
    "source.title": "headline; source title; article; article title",
    "source.published": "published; publication date; date published; article date; source date; report date",
    "source.archived": "archive; archived; archive url; archive link; wayback",
    "source.accessed": "accessed; retrieved; date accessed",
    "actor.rescuer": "rescuer; rescued by",
    "actor.speaker": "speaker; said by; according to",
    "actor.alleged_perpetrator": "perpetrator; perpetrators; suspected perpetrator; accused",
    "actor.alleged_owner": "owner; owners; alleged owner",
    "actor.mentioned": "actor; actors; organisation; organization; authority; agency; company; police unit",
    "figure.deaths": "deaths; dead; killed; fatalities; died",
    "figure.rescues": "rescued; rescues; freed; released; people rescued",
    "figure.victims": "number of victims; no of victims; victim count; victims total; total victims",
    "figure.suspects": "suspects; number of suspects",
    "figure.arrests": "arrests; arrested; people arrested",
    "figure.detentions": "detained; detentions",
    "figure.escapes": "escaped; escapes; escapees",
    "figure.repatriations": "repatriated; repatriations; returned home",
    "figure.captives": "held; captives; trapped; people held",
    "figure.complaints": "complaints; number of complaints",
    "figure.people": "people; persons; number of people; total people; how many",
}
"""Words of headers, for each field. What may be the name of a victim is in none: a person decides about that."""

MOST = 100
"""Columns of a table up to which several are proposed to be one field."""

_SHORTEST = 5
"""Letters from which a name may be misspelt."""

_PERSONAL = frozenset({
    "name", "names", "passport", "phone", "email", "birth", "age", "sex", "gender", "identity", "victim", "victims",
    "survivor", "survivors", "witness", "witnesses",
})  # fmt: skip
"""Words of columns that may hold who somebody is: never proposed, but for names that can only be those of counts."""


def proposed(header: Sequence[str]) -> Mapping:
    """What the columns may mean; those of which the name says nothing have no use."""
    taken = set[str]()
    columns = dict[str, tuple[Use, ...]]()
    for number, column in enumerate(header):
        word = _word(column)
        field = fields.parse(word) if word else None
        again = field is not None and (field.is_list or field.is_joined) and number < MOST
        if field is None or (word in taken and not again):
            columns[column] = ()
            continue
        taken.add(str(word))
        columns[column] = (Use(field),)
    return Mapping(_whom(columns))


def _whom(columns: dict[str, tuple[Use, ...]]) -> dict[str, tuple[Use, ...]]:
    """Where a table has one number, the nationality is whom that counts."""
    figures = [use.field for uses in columns.values() for use in uses if use.field.key == "figure"]
    if len(figures) != 1:
        return columns
    of = (Use(figures[0]._replace(part="nationality")),)
    return {name: of if uses and str(uses[0].field) == "nationalities" else uses for name, uses in columns.items()}


@cache
def _phrases() -> dict[str, str]:
    return {phrase: field for field, said in WORDS.items() for phrase in said.split("; ")}


def _word(column: str) -> str | None:
    """The field whose words are the name of a column, are in it, or are nearest to it."""
    name = plain(column)
    words = frozenset(name.split())
    phrases = _phrases()
    if name in phrases:
        return phrases[name]
    if words & _PERSONAL:
        return None
    inside = [phrase for phrase in phrases if words.issuperset(phrase.split())]
    if inside:
        return phrases[max(inside, key=lambda phrase: (len(phrase.split()), -name.find(phrase)))]
    if len(name) < _SHORTEST:
        return None
    near = names.suggest(name, [phrase for phrase in phrases if abs(len(phrase) - len(name)) <= 2], limit=1)
    return phrases[near[0]] if near and near[0][0] == name[0] else None


def lines(mapping: Mapping) -> list[str]:
    """A proposal to read, a line a column; of those that are left out the first."""
    left = [column for column, uses in mapping.columns.items() if not uses]
    silent = set(left[LISTED:])
    shown = [(column, uses) for column, uses in mapping.columns.items() if column not in silent]
    width = max((len(column) for column, _ in shown), default=0)
    told = [
        f"  {column:{width}}  {', '.join(str(use.field) for use in uses) or '(left out)'}" for column, uses in shown
    ]
    return told + ([f"  and {len(silent):,} more, left out"] if silent else [])


def command(path: str, mapping: Mapping, options: Sequence[str] = ()) -> str:
    """The command that imports a table by a proposal, to look over and run.

    Args:
        path: of the table.
        mapping: the proposal.
        options: with which it was read.
    """
    said = {str(use.field): column for column, uses in mapping.columns.items() for use in uses}
    words = [f"--map {shlex.quote(f'{column}={field}')}" for field, column in _all(mapping)]
    if not said.keys() & {"date", "date.start"}:
        words.append("--map COLUMN=date")
    if "kind" not in said:
        words.append("--set kind=report")
    if "title" not in said:
        words += [f"--set {shlex.quote(f'title={title}')}" for title in _titles(said)]
    place = f"./{path}" if path.startswith("-") and path != "-" else path  # else it would be an option
    return " ".join([f"scamcli import {shlex.quote(place)}", *options, *words, "--dry-run"])


def _all(mapping: Mapping) -> list[tuple[Field, str]]:
    return [(use.field, column) for column, uses in mapping.columns.items() for use in uses]


def _titles(said: dict[str, str]) -> list[str]:
    """Titles made of what the table has, the longest first: where a cell is empty, the next is taken."""
    parts = [f"{{{said[name]}}}" for name in ("sites", "place.name", "provinces", "countries") if name in said][:2]
    return [", ".join(parts[at:]) for at in range(len(parts))] or ["…"]
