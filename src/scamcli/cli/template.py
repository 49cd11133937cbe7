"""Write a record as a text to edit, and parse it: one line per value or list entry, in the grammar of the flags.

Only changed lines are parsed. Unchanged lines keep exactly the stored values, so changing one line cannot alter
another. This module opens no editor and reads no database.
"""

from __future__ import annotations

import json
import textwrap
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from scamcli.cli import grammar
from scamcli.errors import WrongUsageError, quote
from scamcli.language import vocabulary
from scamcli.language.names import suggest
from scamcli.language.wording.parsing import bounds_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scamcli.cli.grammar import Fields
    from scamcli.records.types import FigureDict, JsonObject

WIDTH = 100
"""The width that lines are wrapped to."""

_HEADS = {"outlet": "source", "publisher": "source", "metric": "figure"}
"""The lines that begin with a value of these keys in the record, and not with the key."""

_HELP = (
    "Each line is a word, a colon and a value; a list has one line per entry. Delete a line to remove its value from"
    " the record. An indented line continues the line above; if it begins with |, it starts a new line of the text."
    " Lines that begin with # are ignored. Save and quit to write the record. If you change nothing, or delete"
    " everything, nothing is written."
)


def render(
    record: Mapping[str, Any], about: str, fields: Fields = grammar.EVENT, *,
    passage: str = "", place: str = "", evidence: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:  # fmt: skip
    """Return the text to edit, with the values of a record and comments that explain each line.

    Args:
        record: the record.
        about: what is edited.
        fields: the fields of the record.
        passage: the passage that the record was read from, for a comment at the top.
        place: where the passage is from.
        evidence: what the passage says about the values, for comments, by the word that begins their lines.
    """
    lines = [_comment(about), _comment(_HELP), ""]
    if passage:
        lines += [_comment(f"The passage it was read from, {place}:"), *map(_quoted, passage.split("\n")), ""]
    for key, explained in _explained(fields).items():
        values = [_wrap(line) for line, _ in _lines_of(record, key, fields)]
        comments = [f"{key}: {explained}", *(f"- {one}" for one in evidence.get(key, ()))]
        lines += [*map(_comment, comments), *(values or [f"{key}:"]), ""]
    return "\n".join(lines)


def _explained(fields: Fields) -> dict[str, str]:
    """Return the text that explains each line, in the order of the template."""
    words = {
        "kinds": vocabulary.EVENT_KINDS, "roles": vocabulary.ROLES, "metrics": vocabulary.METRICS,
        "link_types": vocabulary.LINK_TYPES, "actor_kinds": vocabulary.ACTOR_KINDS,
        "site_kinds": vocabulary.SITE_KINDS, "site_statuses": vocabulary.SITE_STATUSES,
        "precisions": vocabulary.PRECISIONS,
    }  # fmt: skip
    listed = {name: ", ".join(one) for name, one in words.items()}
    statuses = " or ".join(vocabulary.STATUSES)
    return {name: field["template"].format(**listed, statuses=statuses) for name, field in fields.fields.items()}


def parse(text: str, record: Mapping[str, Any], fields: Fields = grammar.EVENT) -> JsonObject:
    """Return the values in an edited text, under every key that a text can contain.

    Args:
        text: the edited text.
        record: the record that was rendered, which gives the values of unchanged lines.
        fields: the fields of the record.

    Raises:
        WrongUsageError: a line cannot be parsed; the message quotes it.
    """
    stored = (pair for key in fields.fields for pair in _lines_of(record, key, fields))
    unchanged = {line: value for rendered, value in stored for line in _unwrap(_wrap(rendered))}
    optional = (key for key, field in fields.fields.items() if "list" not in field and not field.get("required"))
    single: JsonObject = dict.fromkeys(optional)
    lists: dict[str, list[object]] = {name: [] for name in fields.listed.values()}
    given = set[str]()
    for line in _unwrap(text):
        key, value = parse_line(line, fields)
        if not value:
            continue
        if key in fields.listed:
            entry = unchanged[line] if line in unchanged else parsed(fields.parse, key, value)
            lists[fields.listed[key]].append(entry)
        elif key in given:
            raise WrongUsageError(f"There is a second {key}: {quote(value[:60])}.", "Expected one.")
        else:
            given.add(key)
            single[key] = unchanged[line] if line in unchanged else parsed(fields.value, key, value)
    return {**single, **lists}


def parse_line(line: str, fields: Fields) -> tuple[str, str]:
    """Return the name of the field that a line begins with, and the text of its value."""
    word, colon, value = line.partition(":")
    key = word.strip().lower().replace(" ", "_")
    if not colon or key not in fields.fields:
        raise WrongUsageError(f"No line can begin with {quote(line[:60])}.", _expected(key, fields))
    return key, value.strip()


def _expected(word: str, fields: Fields) -> str:
    """Return a hint for a word that no line can begin with: the line that it belongs to, or one that is spelt alike."""
    if word in _HEADS and _HEADS[word] in fields.fields:
        return f"Did you mean {_HEADS[word]}:?"
    key = word.replace("_", " ")
    if owner := next((name for name, keys in fields.keys.items() if key in keys), None):
        return f"It belongs to another line, after a semicolon: {quote(f'{owner}: ...; {key}: ...')}."
    near = suggest(word, fields.fields)
    return f"Did you mean {near[0]}:?" if near else f"Expected one of {', '.join(fields.fields)}, then a colon."


def parsed(parse: Callable[[str, str], object], key: str, text: str) -> object:
    """Return a parsed value; an error names the line, not a flag."""
    try:
        return parse(key, text)
    except WrongUsageError as error:
        raise WrongUsageError(error.message.removeprefix("--"), error.hint) from None


def _lines_of(record: Mapping[str, Any], key: str, fields: Fields) -> Iterator[tuple[str, object]]:
    """Yield the lines of one key, each with the stored value that it represents."""
    if key in fields.listed:
        for entry in record.get(fields.listed[key]) or []:
            yield f"{key}: {_entry_text(key, entry, fields)}", entry
    elif record.get(key) not in {None, ""}:
        yield f"{key}: {record[key]}", record[key]


def _entry_text(key: str, entry: Any, fields: Fields) -> str:
    """Return one entry of a list in the grammar of its flag."""
    if (first := fields.fields[key].get("head")) is not None:
        return _joined([entry[first]], entry, fields.keys[key])
    match key:
        case "actor":
            return f"{entry['name']}: {entry['role']}"
        case "place":
            head = entry["name"]
        case "figure":
            head, entry = f"{entry['metric']}: {entry['stated'] or ''}", _explicit_values(entry)
        case "source":
            head = entry["outlet"]
        case "link":
            head = f"{entry['type']}: {entry['event']}"
        case _:
            return str(entry)
    return _joined([head], entry, fields.keys[key])


def _joined(parts: list[str], entry: Mapping[str, object], keys: Mapping[str, str]) -> str:
    """Return the first part of an entry and its ``key: value`` pairs, with escaped semicolons between them."""
    parts += (f"{word}: {entry[name]}" for word, name in keys.items() if entry.get(name) is not None)
    escaped = (part.replace(";", r"\;") for part in parts)
    # A backslash at the end of a part would escape the semicolon that follows it.
    return "; ".join(f"{part} " if part.endswith("\\") else part for part in escaped)


def _explicit_values(figure: FigureDict) -> JsonObject:
    """Return the values of a figure, except values that parsing the line would derive again."""
    metric = vocabulary.METRICS.get(figure["metric"])
    values: JsonObject = {**figure, "of": ", ".join(figure["of"] or []) or None}
    values["country"] = None if figure["province"] else figure["country"]
    if figure["split"]:
        complete = {True: " complete", False: " incomplete", None: ""}[figure["split"]["complete"]]
        values["split"] = figure["split"]["by"] + complete
    bounds = {"low": figure["low"], "best": figure["best"], "high": figure["high"]}
    derived = None
    if metric is not None and figure["stated"]:
        derived = bounds_in(figure["stated"], figure["unit"] or metric.unit)
    is_derived = derived is not None and all(getattr(derived, name) == value for name, value in bounds.items())
    for name, value in bounds.items():
        values[name] = None if is_derived else "unknown" if value is None else json.dumps(value)
    return values


def _comment(text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent="# ", subsequent_indent="#   ", break_long_words=False, break_on_hyphens=False
    )


def _quoted(line: str) -> str:
    return textwrap.fill(line, WIDTH, initial_indent="# | ", subsequent_indent="# | ") or "# |"


def _wrap(line: str) -> str:
    """Return a line as the template shows it, on several lines if it is long or contains line breaks."""
    return "\n    | ".join("\n    ".join(_pieces(one)) for one in line.split("\n"))


def _pieces(line: str) -> list[str]:
    """Split a line at spaces, unless joining the pieces would give a different line."""
    pieces = textwrap.wrap(line, WIDTH - 6, break_long_words=False, break_on_hyphens=False)
    is_reversible = " ".join(pieces) == line and not any(piece.startswith("|") for piece in pieces)
    return pieces if is_reversible else [line]


def _unwrap(text: str) -> Iterator[str]:
    """Yield the lines of a template without comments, each joined with its continuation lines."""
    line = ""
    for row in text.split("\n"):
        if row.startswith("#") or not row.strip():
            continue
        more = row.strip()
        if row[0] in " \t" and line:
            line += f"\n{more[1:].removeprefix(' ')}" if more.startswith("|") else f" {more}"
            continue
        if line:
            yield line
        line = more
    if line:
        yield line
