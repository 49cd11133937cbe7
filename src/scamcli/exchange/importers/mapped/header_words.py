"""Look up what the name of a column can mean, in a table of names in several languages: ``column_names.toml``.

Names match as wholes, apart from words that may surround them ("number of", "incident"). Nothing is matched because it
is spelt similarly: a wrong field costs more than a missing one.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.scripts import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_RECORD_WORDS = frozenset(
    {
        *("update", "updated", "created", "modified", "entry", "entered", "birth", "born", "submission", "submitted"),
        *(
            "upload",
            "uploaded",
            "archive",
            "archived",
            "accessed",
            "registered",
            "expiry",
            "today",
            "start",
            "end",
            "released",
        ),
    }
)
"""Words in the names of columns whose dates are not dates of events."""

_ENTRY_WORDS = frozenset(
    {
        *("update", "updated", "created", "modified", "entry", "entered", "submission", "submitted", "timestamp"),
        *("inserted", "interview", "synced", "imported"),
    }
)
"""Words in the names of columns with the time when a record was made, which is not the time of an event."""

_EVENT_WORDS = frozenset(
    {"event", "incident", "raid", "operation", "attack", "crime", "arrest", "rescue", "occurrence"}
)
"""Words in the name of a column of countries that show where the events happened."""

COMMENTS = ("# ", "// ", "/*")
"""The beginnings of lines that explain a table."""

LONGEST = 120
"""The longest name of a column that is looked up, in characters. A longer one is a sentence."""

_IF_KNOWN = r"(?i),? *[(\[]?\b(if (known|any|applicable|available)|optional|required)\b[)\]]? *[?:*]*$"
"""Words at the end of a question in a form that change nothing."""

_NUMBER_OF_QUESTION = r"^_?\d+(\.\d+)*[a-z]?[.)]?\s+(?=\D)"
"""The number of a question in a form: ``1.2 Date of return``."""

_CURRENCIES = frozenset(
    {"usd", "us", "dollars", "dollar", "eur", "thb", "khr", "mmk", "php", "vnd", "cny", "baht", "riel"}
)
_HARMLESS = frozenset(
    {"est", "persons", "pax", "headcount", "all", "overall", "known", "verified", "so", "far", "18", "victims"}
)
"""Words in brackets after the name of a count that change nothing."""

_PLACES = ("place.", "countries", "provinces")
"""The beginnings of fields for places."""

EXACT, AROUND, BREAKDOWN = 3, 2, 1


_VICTIMS = ("victim", "vitim", "rescue", "survivor", "migrant", "korban", "mangsa", "opfer", "worker")
_SUSPECTS = ("suspect", "arrest", "detain", "perpetrator", "offender", "trafficker", "accused", "defendant")
"""The beginnings of words that tell which people a column is about."""


class Meaning(NamedTuple):
    """What the name of a column can mean.

    Attributes:
        field: the text of a field. For a count of some of the people, ``figure`` if the name does not say what happened
            to them.
        strength: `EXACT` for a name in the table; `AROUND` if it has other words around it that change nothing.
        group: the people that are counted, such as ``women``.
        bound: ``low``, ``best`` or ``high``.
        people: whom the name says it is about: ``victims`` or ``suspects``.
        rank: the position of the name in its list. Of two columns for one field, the lower rank is the better name.
    """

    field: str
    strength: int
    group: str = ""
    bound: str = ""
    people: str = ""
    rank: int = 0


class Words(NamedTuple):
    """The table: fields by name, reasons to ignore columns by name, and sets of words."""

    fields: dict[str, tuple[str, ...]]
    ranks: dict[str, int]
    ignored: dict[str, str]
    around: dict[str, frozenset[str]]
    groups: dict[str, str]
    bounds: dict[str, str]
    totals: frozenset[str]
    personal: frozenset[str]
    personal_parts: tuple[str, ...]


@cache
def words() -> Words:
    """Return the table. Every name is in the form that `plain` returns."""
    content = tomllib.loads(Path(__file__).with_name("column_names.toml").read_text(encoding="utf-8"))
    fields: dict[str, dict[str, None]] = {}
    for field, languages in content["fields"].items():
        for name in (name for names in languages.values() for name in names):
            fields.setdefault(plain(name), {})[field] = None
    ranks = {
        plain(name): at
        for languages in content["fields"].values()
        for names in languages.values()
        for at, name in reversed(list(enumerate(names)))
    }
    return Words(
        {name: tuple(found) for name, found in fields.items()},
        ranks,
        {plain(name): reason for reason, names in content["ignored"].items() for name in names},
        {kind: frozenset(map(plain, names)) for kind, names in content["around"].items()},
        {plain(name): group for group, names in content["groups"].items() for name in names},
        {plain(name): bound for bound, names in content["bounds"].items() for name in names},
        frozenset(map(plain, content["totals"]["words"])),
        frozenset(map(plain, content["personal"]["words"])),
        tuple(map(plain, content["personal"]["parts"])),
    )


def adds_up(row: Sequence[str]) -> bool:
    """Return whether a row adds up others: it begins with "Total", or with "Subtotal March" and only numbers follow."""
    filled = [cell.strip() for cell in row if cell.strip()]
    if not filled or not names_total(filled[0]):
        return False
    return is_total(filled[0]) or not any(any(map(str.isalpha, cell)) for cell in filled[1:] if cell not in filled[0])


@lru_cache(maxsize=1024)
def is_total(text: str) -> bool:
    """Return whether a text is a word for a total."""
    return plain(text) in words().totals


def names_total(text: str) -> bool:
    """Return whether a text is, begins with or ends with a word for a total."""
    if len(text) >= LONGEST:
        return False
    bare = plain(text)
    return any(
        bare == word
        or bare.startswith(word if not word.isascii() else f"{word} ")
        or bare.endswith(word if not word.isascii() else f" {word}")
        for word in words().totals
    )


def is_personal(column: str) -> bool:
    """Return whether the name of a column has a word that may identify people."""
    bare = plain(_spaced(_whose_name(column)))
    table = words()
    return bool(table.personal.intersection(bare.split())) or any(part in bare for part in table.personal_parts)


def is_about_record(column: str) -> bool:
    """Return whether the name of a column says that it is about the entry in the table, or the life of somebody."""
    return bool(_RECORD_WORDS.intersection(plain(_spaced(column)).split()))


def is_dated(column: str) -> bool:
    """Return whether the name of a column has the word "date", and does not say that it is that of the record."""
    return "date" in plain(_spaced(column)).split() and not is_about_record(column)


def is_of_event(column: str) -> bool:
    """Return whether the name of a column has a word for the event: ``Country of incident``."""
    return bool(_EVENT_WORDS.intersection(plain(_spaced(column)).split()))


def is_time_of_entry(column: str) -> bool:
    """Return whether the name of a column says that it holds the time when the row was written down."""
    return bool(_ENTRY_WORDS.intersection(plain(_spaced(column)).split()))


def why_ignored(column: str) -> str:
    """Return why a column with a known name is left out, or an empty string."""
    return next(filter(None, (words().ignored.get(form, "") for form in _forms(column))), "")


def meanings(column: str) -> list[Meaning]:
    """Return what the name of a column can mean, the most likely meaning first."""
    if len(column) > LONGEST:
        return []
    found = _meanings(column)
    return [one for one in found if not one.field.startswith("figure")] if _changes_the_count(column) else found


def _meanings(column: str) -> list[Meaning]:
    table, column = words(), _whose_name(column)
    group, _, part = column.rpartition(" - ")
    if group and table.around["people"].issuperset(plain(group).split()):
        column = part  # "People - of which women" says no more than "of which women"
    forms = _forms(column)
    if is_personal(column):  # only the whole name may say that it is harmless; its parts may hide whose it is
        harmless = ("figure", "nationalities")
        found = _exact(forms[0]) or [one for one in _without_surroundings(forms[0]) if one.field.startswith(harmless)]
        inner = _without_surroundings(plain(_spaced(" ".join(column.split(".")[-2:])))) if _is_path(column) else []
        others = [*(one for form in forms[1:] for one in _exact(form)), *inner]
        return found or [one for one in others if one.field.startswith("figure")]
    if forms and forms[0] not in table.fields:
        around = _without_surroundings(forms[0])
        if any(one.group or one.bound for one in around):
            return around
    found = next(filter(None, (*map(_exact, forms), *map(_without_surroundings, forms))), [])
    if is_time_of_entry(column) and forms[0] not in table.fields:  # "Date/time of entry" has the name "Date" in it
        found = [one for one in found if not one.field.startswith("date")]
    people = _people(plain(_spaced(column)))
    if people:  # a country in the name of people is theirs, not the event's
        found = [one._replace(field="nationalities") if one.field == "countries" else one for one in found]
        found = [one._replace(people=people) for one in found]
    return found


def _changes_the_count(column: str) -> bool:
    """Return whether a name may say that something else is counted: "Victims (thousands)", "Rescued (%)".

    Only words in brackets that change nothing are known: those that surround names, people, groups, bounds, currencies.
    """
    if "%" in column or "‰" in column:
        return True
    inside = " ".join(re.findall(r"[(\[（](.*?)[)\]）]", column[:LONGEST]))
    tokens = plain(inside).split()
    if any(token in _CURRENCIES for token in tokens):
        return not _CURRENCIES.issuperset(tokens)
    table = words()
    known = {*table.groups, *table.bounds, *table.totals, *(one for names in table.around.values() for one in names)}
    return any(token not in known and token not in _HARMLESS and token not in table.fields for token in tokens)


def _exact(form: str) -> list[Meaning]:
    table = words()
    return [Meaning(field, EXACT, people=_people(form), rank=table.ranks[form]) for field in table.fields.get(form, ())]


def _forms(column: str) -> list[str]:
    """Return the forms to look a name up by: whole, without brackets, and each part of a name in two languages."""
    spaced = re.sub(_NUMBER_OF_QUESTION, "", re.sub(_IF_KNOWN, "", _spaced(column)))
    outside, inside = re.sub(r"[(\[（].*?[)\]）]", " ", spaced), re.findall(r"[(\[（](.*?)[)\]）]", spaced)
    # Below the name of a group of columns, the second name says more: "Location - Province".
    # The first name alone would hide what the second one excludes: "Rescued - F".
    whole = [re.split(r" - ", text)[-1] for text in (outside, *inside)]
    parts = [*whole, *(part for text in whole for part in reversed(re.split(r"[/|\n–—]", text)))]
    bare = outside if " - " not in outside else ""
    keys = column.split(".") if _is_path(column) else []
    last = [_spaced(" ".join(keys[at:])) for at in (-2, -1) if len(keys) > -at]
    return list(dict.fromkeys(filter(None, map(plain, (spaced, bare, *parts, *last)))))


def _is_path(column: str) -> bool:
    """Return whether the name of a column has the keys of JSON objects in objects: "place.province"."""
    return re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)+", column) is not None


def _whose_name(column: str) -> str:
    """Return what a key "name" is the name of, if that is a place: location.province, of location.province.name."""
    keys = column.split(".")
    if len(keys) < 2 or keys[-1].casefold() != "name" or not _is_path(column):
        return column
    fields = words().fields.get(plain(_spaced(keys[-2])), ())
    return ".".join(keys[:-1]) if any(one.startswith(_PLACES) for one in fields) else column


def _spaced(column: str) -> str:
    """Put spaces between the words of a name such as ``eventDate``."""
    column = column.replace("№", "no").replace("#", " number ")
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", column) if column.isascii() else column


def _people(name: str) -> str:
    """Return which people a column is about, by its name: ``victims`` or ``suspects``, or an empty string."""
    tokens = name.split()
    if any(token.startswith(_VICTIMS) for token in tokens):
        return "victims"
    return "suspects" if any(token.startswith(_SUSPECTS) for token in tokens) else ""


def _without_surroundings(name: str) -> list[Meaning]:
    """Return the meanings of a name after taking away the words around it."""
    table = words()
    tokens = _tokens(name)
    group = next((table.groups[token] for token in tokens if token in table.groups), "")
    bound = next((table.bounds[token] for token in tokens if token in table.bounds), "")
    rest = [token for token in tokens if token not in table.groups and token not in table.bounds]
    bare = [token for token in rest if token not in table.around["filler"]]
    of_event = " ".join(token for token in bare if token not in table.around["event"] and not token.isdecimal())
    counting = {*table.around["number"], *table.around["people"]}
    counted = " ".join(token for token in bare if token not in counting)
    found = []
    for form in dict.fromkeys((" ".join(rest), " ".join(bare), counted)):
        if figures := [field for field in table.fields.get(form, ()) if field.startswith("figure.")]:
            found += [Meaning(field, AROUND, group, bound) for field in figures]
            break
    if not found and not (group or bound):
        names = (" ".join(bare), of_event)
        fields = next((table.fields[form] for form in names if form in table.fields), ())
        found = [Meaning(field, AROUND, people=_people(name)) for field in fields if not field.startswith("figure.")]
        without_people = " ".join(token for token in bare if not token.startswith((*_VICTIMS, *_SUSPECTS)))
        if not found and {*table.fields.get(without_people, ())} & {"nationalities", "countries"}:
            found = [Meaning("nationalities", AROUND, people=_people(name))]  # the country of people is theirs
    if not found and group and not counted:
        found = [Meaning("figure", BREAKDOWN, group, bound)]
    return found


def _tokens(name: str) -> list[str]:
    """Return the words of a name, with a number word that a script without spaces joins to another set apart."""
    joined = [word for word in words().around["number"] if word and not word.isascii()]
    tokens = []
    for phrase in words().groups:
        if " " in phrase and f" {phrase} " in f" {name} ":
            name, tokens = f" {name} ".replace(f" {phrase} ", " "), [phrase]
    for token in name.split():
        start = next((one for one in joined if token.startswith(one) and token != one), "")
        end = next((one for one in joined if token.endswith(one) and token != one), "") if not start else ""
        tokens += [start, token[len(start) :]] if start else [token[: -len(end)], end] if end else [token]
    return [two for one in tokens for two in _group_apart(one)]


def _group_apart(token: str) -> list[str]:
    """Set a group apart from a word in a script without spaces: 女性受害者, ผู้เสียหายหญิง."""
    table = words()
    if token.isascii() or token in table.groups:
        return [token]
    for group in sorted((one for one in table.groups if not one.isascii()), key=len, reverse=True):
        for rest in (token.removeprefix(group), token.removesuffix(group)):
            if rest != token and rest in table.fields:
                return [group, rest]
    return [token]
