"""Suggest what the columns of an unknown table mean, by their names. A person always reviews the suggestion."""

from __future__ import annotations

import shlex
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.exchange.importers import MOST_LISTED
from scamcli.exchange.importers.mapped.figures import PLACE
from scamcli.exchange.importers.mapped.mapping import Mapping, Use, parse_field
from scamcli.language import names
from scamcli.language.scripts import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_REPEATED = 100
"""The widest table for which several columns are suggested for one field."""

KINDS = {
    "rescues": "rescue", "escapes": "escape", "repatriations": "repatriation", "arrests": "arrest",
    "detentions": "arrest", "deaths": "death", "charged": "indictment", "convictions": "conviction",
    "deportations": "deportation", "assets": "seizure",
}  # fmt: skip
"""The kind of event in a table that counts these and gives no other indication of it."""

_SHORTEST_TYPO, _MOST_TYPOS = 5, 200
"""The fewest letters of a misspelt column name, and the most columns of a table that are examined for misspellings.

Each of them is compared with all known names.
"""


def suggest(header: Sequence[str]) -> Mapping:
    """Return a mapping of what the columns may mean. A column with an unknown name has no use."""
    taken = set[str]()
    columns = dict[str, tuple[Use, ...]]()
    for number, column in enumerate(header):
        word = _guess(column, may_be_misspelt=number < _MOST_TYPOS)
        field = parse_field(word) if word else None
        may_repeat = field is not None and (field.is_list or field.is_joined) and number < MOST_REPEATED
        if field is None or (word in taken and not may_repeat):
            columns[column] = ()
            continue
        taken.add(str(word))
        columns[column] = (Use(field),)
    return Mapping(_nationality_of_figure(columns))


def _nationality_of_figure(columns: dict[str, tuple[Use, ...]]) -> dict[str, tuple[Use, ...]]:
    """Assign the nationality to the people who are counted, if the table has only one number."""
    figures = [use.field for uses in columns.values() for use in uses if use.field.key == "figure"]
    if len(figures) != 1:
        return columns
    counted = (Use(figures[0]._replace(part="nationality")),)
    return {name: counted if uses and str(uses[0].field) == "nationalities" else uses for name, uses in columns.items()}


@cache
def column_names() -> tuple[dict[str, str], frozenset[str]]:
    """Return the fields by column name, and words in column names that indicate personal data."""
    content = tomllib.loads(Path(__file__).with_name("column_names.toml").read_text(encoding="utf-8"))
    fields = {name: field for field, names_ in content["fields"].items() for name in names_}
    return fields, frozenset(content["personal"]["words"])


@cache
def _phrases_by_word() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Return the known column names by each of their words, with all words of the name."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for phrase in column_names()[0]:
        for word in phrase.split():
            found.setdefault(word, []).append((phrase, frozenset(phrase.split())))
    return found


def _guess(column: str, *, may_be_misspelt: bool) -> str | None:
    """Return the field whose name equals the name of a column, is contained in it, or is most similar to it."""
    name = plain(column)
    words = frozenset(name.split())
    phrases, personal = column_names()
    if name in phrases:
        return phrases[name]
    if words & personal:
        return None
    with_word = (one for word in words for one in _phrases_by_word().get(word, ()))
    inside = {phrase for phrase, needed in with_word if needed <= words}
    if inside:
        order = list(phrases).index  # so that of two equally good matches, the first in the table counts
        return phrases[max(inside, key=lambda phrase: (len(phrase.split()), -name.find(phrase), -order(phrase)))]
    if not may_be_misspelt or len(name) < _SHORTEST_TYPO:
        return None
    similar = names.suggest(name, [phrase for phrase in phrases if abs(len(phrase) - len(name)) <= 2], limit=1)
    return phrases[similar[0]] if similar and similar[0][0] == name[0] else None


def lines(mapping: Mapping) -> list[str]:
    """Return a readable suggestion, one line per column, with at most `MOST_LISTED` of the columns left out."""
    left = [column for column, uses in mapping.columns.items() if not uses]
    hidden = set(left[MOST_LISTED:])
    shown = [(column, uses) for column, uses in mapping.columns.items() if column not in hidden]
    width = max((len(column) for column, _ in shown), default=0)
    listed = [f"  {name:{width}}  {', '.join(str(use.field) for use in uses) or '(left out)'}" for name, uses in shown]
    return listed + ([f"  and {len(hidden):,} more, left out"] if hidden else [])


def command(path: str, mapping: Mapping, options: Sequence[str] = ()) -> str:
    """Return the command that imports a table as suggested, for the user to review and run."""
    uses = [(use.field, column) for column, uses in mapping.columns.items() for use in uses]
    columns = {str(field): column for field, column in uses}
    words = [f"--map {shlex.quote(f'{column}={field}')}" for field, column in uses]
    if not columns.keys() & {"date", "date.start"}:
        words.append("--map COLUMN=date")
    figures = {field.metric: field for field, _ in uses if field.key == "figure"}
    if "kind" not in columns:
        words.append(f"--set kind={next((KINDS[metric] for metric in figures if metric in KINDS), 'report')}")
    if columns.keys() & {"provinces", "place.name", "place.province"}:
        words += [f"--set {field._replace(part='province')}={PLACE}" for field in figures.values()]
    if "title" not in columns:
        # Titles made from columns that the table has, longest first. If a cell is empty, the next title is used.
        fields = ("sites", "place.name", "provinces", "countries")
        parts = [f"{{{columns[field]}}}" for field in fields if field in columns][:2]
        titles = [", ".join(parts[at:]) for at in range(len(parts))] or ["…"]
        words += [f"--set {shlex.quote(f'title={title}')}" for title in titles]
    place = f"./{path}" if path.startswith("-") and path != "-" else path  # otherwise it would be read as an option
    return " ".join([f"scamcli import {shlex.quote(place)}", *options, *words, "--dry-run"])
