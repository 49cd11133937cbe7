"""Write an event as a text to edit, and parse it: one line per value or list entry, in the grammar of the flags.

Only changed lines are parsed. Unchanged lines keep exactly the stored values, so changing one line cannot alter
another. This module opens no editor and reads no database.
"""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from scamcli.cli import grammar
from scamcli.errors import WrongUsageError, quote
from scamcli.language import vocabulary
from scamcli.language.names import suggest
from scamcli.language.wording.parsing import bounds_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scamcli.records.types import FigureDict, JsonObject

WIDTH = 100
"""The width at which a line is wrapped."""

_EXPLAINED: dict[str, str] = {
    field["name"]: field["template"].format(
        kinds=", ".join(vocabulary.EVENT_KINDS),
        roles=", ".join(vocabulary.ROLES),
        metrics=", ".join(vocabulary.METRICS),
        link_types=", ".join(vocabulary.LINK_TYPES),
        statuses=" or ".join(vocabulary.STATUSES),
    )
    for field in grammar.FIELDS
}
"""The text that explains each line, in the order of the template."""

_SINGLE = tuple(key for key in _EXPLAINED if key not in grammar.LISTED)
_REQUIRED = frozenset({"date", "kind", "title", "status"})
_HELP = (
    "Each line is a word, a colon and a value; a list has one line per entry. Delete a line to remove its value from"
    " the record. An indented line continues the line above; if it begins with |, it starts a new line of the text."
    " Lines that begin with # are ignored. Save and quit to write the record. If you change nothing, or delete"
    " everything, nothing is written."
)


def render(record: Mapping[str, Any], about: str) -> str:
    """Return the text to edit, with the values of a record and comments that explain each line."""
    lines = [_comment(about), _comment(_HELP), ""]
    for key, explained in _EXPLAINED.items():
        values = [_wrap(line) for line, _ in _lines_of(record, key)]
        lines += [_comment(f"{key}: {explained}"), *(values or [f"{key}:"]), ""]
    return "\n".join(lines)


def parse(text: str, record: Mapping[str, Any]) -> JsonObject:
    """Return the values in an edited text, under every key that a text can contain.

    Args:
        text: the edited text.
        record: the record that was rendered, which gives the values of unchanged lines.

    Raises:
        WrongUsageError: a line cannot be parsed; the message quotes it.
    """
    stored = (pair for key in _EXPLAINED for pair in _lines_of(record, key))
    unchanged = {line: value for rendered, value in stored for line in _unwrap(_wrap(rendered))}
    single: JsonObject = {key: None for key in _SINGLE if key not in _REQUIRED}
    lists: dict[str, list[object]] = {name: [] for name in grammar.LISTED.values()}
    given = set[str]()
    for line in _unwrap(text):
        word, colon, value = line.partition(":")
        key, value = word.strip().lower().replace(" ", "_"), value.strip()
        if not colon or key not in _EXPLAINED:
            near = suggest(key, _EXPLAINED)
            hint = f"Did you mean {near[0]}:?" if near else f"Expected one of {', '.join(_EXPLAINED)}, then a colon."
            raise WrongUsageError(f"No line can begin with {quote(line[:60])}.", hint)
        if not value:
            continue
        if key in grammar.LISTED:
            lists[grammar.LISTED[key]].append(unchanged[line] if line in unchanged else _parse_entry(key, value))
        elif key in given:
            raise WrongUsageError(f"There is a second {key}: {quote(value[:60])}.", "Expected one.")
        else:
            given.add(key)
            single[key] = unchanged.get(line, value)
    return {**single, **lists}


def _parse_entry(key: str, text: str) -> object:
    try:
        return grammar.parse(key, text)
    except WrongUsageError as error:
        raise WrongUsageError(error.message.removeprefix("--"), error.hint) from None


def _lines_of(record: Mapping[str, Any], key: str) -> Iterator[tuple[str, object]]:
    """Yield the lines of one key, each with the stored value that it represents."""
    if key in grammar.LISTED:
        for entry in record.get(grammar.LISTED[key]) or []:
            yield f"{key}: {_entry_text(key, entry)}", entry
    elif record.get(key):
        yield f"{key}: {record[key]}", record[key]


def _entry_text(key: str, entry: Any) -> str:
    """Return one entry of a list in the grammar of its flag."""
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
    parts = [
        head,
        *(f"{word}: {entry[name]}" for word, name in grammar.KEYS[key].items() if entry.get(name) is not None),
    ]
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
