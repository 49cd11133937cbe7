"""Suggest what the columns of an unknown table mean, by their names. A person reviews it; it is never just applied."""

from __future__ import annotations

import shlex
from functools import cache
from typing import TYPE_CHECKING

from scamcli.exchange.importers.mapped.mapping import Mapping, Use, parse_field
from scamcli.exchange.importers.rows import MOST_LISTED
from scamcli.language import names
from scamcli.language.scripts import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

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
"""Names of columns for each field. None could be a column with the names of victims: a person decides about that."""

MOST_REPEATED = 100
"""Columns of a table up to which several are suggested for one field."""

_SHORTEST_TYPO = 5
"""Letters from which a name may be misspelt."""

_PERSONAL = frozenset({
    "name", "names", "passport", "phone", "email", "birth", "age", "sex", "gender", "identity", "victim", "victims",
    "survivor", "survivors", "witness", "witnesses",
})  # fmt: skip
"""Words in the names of columns that may identify somebody. Such a column is suggested only if it must be a count."""


def suggest(header: Sequence[str]) -> Mapping:
    """Return what the columns may mean. A column whose name says nothing has no use."""
    taken = set[str]()
    columns = dict[str, tuple[Use, ...]]()
    for number, column in enumerate(header):
        word = _guess(column)
        field = parse_field(word) if word else None
        may_repeat = field is not None and (field.is_list or field.is_joined) and number < MOST_REPEATED
        if field is None or (word in taken and not may_repeat):
            columns[column] = ()
            continue
        taken.add(str(word))
        columns[column] = (Use(field),)
    return Mapping(_nationality_of_figure(columns))


def _nationality_of_figure(columns: dict[str, tuple[Use, ...]]) -> dict[str, tuple[Use, ...]]:
    """Make the nationality that of the people who are counted, if the table has only one number."""
    figures = [use.field for uses in columns.values() for use in uses if use.field.key == "figure"]
    if len(figures) != 1:
        return columns
    counted = (Use(figures[0]._replace(part="nationality")),)
    return {name: counted if uses and str(uses[0].field) == "nationalities" else uses for name, uses in columns.items()}


@cache
def _phrases() -> dict[str, str]:
    return {phrase: field for field, phrases in WORDS.items() for phrase in phrases.split("; ")}


def _guess(column: str) -> str | None:
    """Return the field whose words are the name of a column, are in it, or are most similar to it."""
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
    if len(name) < _SHORTEST_TYPO:
        return None
    similar = names.suggest(name, [phrase for phrase in phrases if abs(len(phrase) - len(name)) <= 2], limit=1)
    return phrases[similar[0]] if similar and similar[0][0] == name[0] else None


def lines(mapping: Mapping) -> list[str]:
    """Return a suggestion to read, one line a column, with at most `MOST_LISTED` columns that are left out."""
    left = [column for column, uses in mapping.columns.items() if not uses]
    hidden = set(left[MOST_LISTED:])
    shown = [(column, uses) for column, uses in mapping.columns.items() if column not in hidden]
    width = max((len(column) for column, _ in shown), default=0)
    listed = [
        f"  {column:{width}}  {', '.join(str(use.field) for use in uses) or '(left out)'}" for column, uses in shown
    ]
    return listed + ([f"  and {len(hidden):,} more, left out"] if hidden else [])


def command(path: str, mapping: Mapping, options: Sequence[str] = ()) -> str:
    """Return the command that imports a table as suggested, for the user to review and run.

    Args:
        path: the table.
        mapping: the suggestion.
        options: other options with which it was read.
    """
    uses = [(use.field, column) for column, uses in mapping.columns.items() for use in uses]
    columns = {str(field): column for field, column in uses}
    words = [f"--map {shlex.quote(f'{column}={field}')}" for field, column in uses]
    if not columns.keys() & {"date", "date.start"}:
        words.append("--map COLUMN=date")
    if "kind" not in columns:
        words.append("--set kind=report")
    if "title" not in columns:
        words += [f"--set {shlex.quote(f'title={title}')}" for title in _titles(columns)]
    place = f"./{path}" if path.startswith("-") and path != "-" else path  # otherwise it would be read as an option
    return " ".join([f"scamcli import {shlex.quote(place)}", *options, *words, "--dry-run"])


def _titles(columns: dict[str, str]) -> list[str]:
    """Return titles made of what the table has, the longest first. If a cell is empty, the next title is used."""
    fields = ("sites", "place.name", "provinces", "countries")
    parts = [f"{{{columns[field]}}}" for field in fields if field in columns][:2]
    return [", ".join(parts[at:]) for at in range(len(parts))] or ["…"]
