"""A record as a text to edit, and back: a line for each thing that it says, in the grammar of the flags.

What a line says that was not touched stays as it was stored, to the letter; only what was changed is read anew. It
opens no editor and knows no database.
"""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from scamcli import figures
from scamcli.cli import grammar
from scamcli.cli.event_flags import PARSERS
from scamcli.errors import WrongUsageError
from scamcli.language import vocabulary
from scamcli.language.names import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDE = 100
"""Columns of a line before it goes on below."""

_WORDS = {
    "date": "2022-09-19, 2022-09, 2022-09~, 2022-09-19/2022-09-22",
    "kind": ", ".join(vocabulary.EVENT_KINDS),
    "title": "in one line",
    "summary": "in a few sentences, attributed",
    "actor": f"NAME: ROLE, with a role of {', '.join(vocabulary.ROLES)}",
    "province": "where in Cambodia",
    "place": "NAME; country: TH; admin1: Tak: a town, or a place abroad",
    "site": "a compound, casino, hotel or zone",
    "country": "ISO 3166 alpha-2: KH",
    "nationality": "Vietnamese, Thai",
    "tag": "a word of your own",
    "figure": "METRIC: WORDING; province: Kandal; nationality: Thai; group: workers; period: 2022-09; by: NAME; id: ID"
    f"; metrics are {', '.join(vocabulary.METRICS)}; bounds are read from the wording, unless low, best or high say"
    " otherwise; part of: ID is a part of another figure; a semicolon within a text is \\;",
    "source": "OUTLET; title: …; url: …; published: 2022-09-20; passage: …; via: OUTLET",
    "link": f"TYPE: ID; note: …, with a type of {', '.join(vocabulary.LINK_TYPES)}",
    "note": "what else to know",
    "status": " or ".join(vocabulary.STATUSES),
}
"""What may stand in a line, in the order of the template."""

_SCALARS = tuple(key for key in _WORDS if key not in grammar.LISTED)
_NEEDED = frozenset({"date", "kind", "title", "status"})
_HELP = (
    "A line is a word, a colon, and what is said; a list has a line for each of its own. A line that is taken away"
    " takes that out of the record. An indented line goes on with the line above; one that begins with | in it is a new"
    " line of the text. Lines that begin with # are not read. Save and leave to write it; leave without a change, or"
    " with nothing, and nothing is written."
)


def render(record: Mapping[str, Any], about: str) -> str:
    """A template with what the record says, and comments with what may be said."""
    lines = [_comment(about), _comment(_HELP), ""]
    for key, words in _WORDS.items():
        lines += [_comment(f"{key}: {words}"), *(_wrapped(line) for line, _ in _said(record, key)), ""]
        if not any(_said(record, key)):
            lines[-1:] = [f"{key}:", ""]
    return "\n".join(lines)


def parse(text: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """What a template says: the keys of a record, all that may be said in one.

    Args:
        text: as it was edited.
        record: of which the template was made; lines that still say what it says are taken from there.

    Raises:
        WrongUsageError: a line that cannot be read; the message has its words.
    """
    stored = (one for key in _WORDS for one in _said(record, key))
    kept = {line: one for written, one in stored for line in _lines(_wrapped(written))}
    value: dict[str, Any] = {key: [] for key in grammar.LISTED.values()}
    for line in _lines(text):
        word, colon, said = line.partition(":")
        key, said = word.strip().lower(), said.strip()
        if not colon or key not in _WORDS:
            near = suggest(key, _WORDS)
            hint = f"did you mean {near[0]}:?" if near else f"expected one of {', '.join(_WORDS)}, then :"
            raise WrongUsageError(f"no line can begin with {line[:60]!r}", hint)
        if not said:
            continue
        if key in grammar.LISTED:
            value[grammar.LISTED[key]].append(kept[line] if line in kept else _one(key, said))
        elif key in value:
            raise WrongUsageError(f"a second {key}: {said[:60]!r}", "expected one")
        else:
            value[key] = kept.get(line, said)
    return {key: None for key in _SCALARS if key not in _NEEDED} | value


def _one(key: str, said: str) -> Any:
    try:
        return PARSERS[key](said)
    except WrongUsageError as error:
        raise WrongUsageError(error.message.removeprefix("--"), error.hint) from None


def _said(record: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    """The lines of one key, each with what is stored of it."""
    if key in grammar.LISTED:
        for one in record.get(grammar.LISTED[key]) or []:
            yield f"{key}: {_written(key, one)}", one
    elif record.get(key):
        yield f"{key}: {record[key]}", record[key]


def _written(key: str, one: Any) -> str:
    """One of a list, in the grammar of its flag."""
    match key:
        case "actor":
            return f"{one['name']}: {one['role']}"
        case "place":
            return _joined(one["name"], one, grammar.PLACE)
        case "figure":
            return _joined(f"{one['metric']}: {one['stated'] or ''}", _figure(one), grammar.FIGURE)
        case "source":
            return _joined(one["outlet"], one, grammar.SOURCE)
        case "link":
            return _joined(f"{one['type']}: {one['event']}", one, grammar.LINK)
    return str(one)


def _figure(one: Mapping[str, Any]) -> dict[str, Any]:
    """A figure without what would be derived of it anyway."""
    metric = vocabulary.METRICS.get(one["metric"])
    told = dict(one) | {"of": ", ".join(one["of"] or []) or None}
    if one["split"]:
        complete = {True: " complete", False: " incomplete", None: ""}[one["split"]["complete"]]
        told["split"] = one["split"]["by"] + complete
    derived = None
    if metric is not None and one["stated"]:
        derived = figures.bounds_in(one["stated"], one["unit"] or metric.unit)
    ends = ("low", "best", "high")
    is_derived = derived is not None and all(getattr(derived, end) == one[end] for end in ends)
    told |= {end: None if is_derived else "unknown" if one[end] is None else json.dumps(one[end]) for end in ends}
    as_metric = metric is not None and one["count"] == metric.count
    if as_metric and (one["period"] or not (one["part_of"] or figures.since(one["stated"] or ""))):
        told["count"] = None
    return told


def _joined(head: str, one: Mapping[str, Any], keys: Mapping[str, str]) -> str:
    parts = [head, *(f"{key}: {one[name]}" for key, name in keys.items() if one.get(name) is not None)]
    escaped = (part.replace(";", r"\;") for part in parts)
    return "; ".join(f"{part} " if part.endswith("\\") else part for part in escaped)


def _comment(text: str) -> str:
    return textwrap.fill(
        text, WIDE, initial_indent="# ", subsequent_indent="#   ", break_long_words=False, break_on_hyphens=False
    )


def _wrapped(line: str) -> str:
    """A line as it stands in the template: on several, where it is long or has lines of its own."""
    return "\n    | ".join("\n    ".join(_pieces(one)) for one in line.split("\n"))


def _pieces(line: str) -> list[str]:
    pieces = textwrap.wrap(line, WIDE - 6, break_long_words=False, break_on_hyphens=False)
    same = " ".join(pieces) == line and not any(piece.startswith("|") for piece in pieces)
    return pieces if same else [line]


def _lines(text: str) -> Iterator[str]:
    """What is said, a line each, with what goes on below it."""
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
