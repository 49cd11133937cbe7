"""The flags that describe an event, or the record on stdin that replaces them, for ``add`` and ``edit``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.cli import complete, grammar
from scamcli.cli.declarations import Group, option
from scamcli.cli.write_options import SETTLING, links_to
from scamcli.errors import DataError
from scamcli.language import written_dates
from scamcli.records import limits, normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.cli.declarations import Parameter
    from scamcli.records.types import JsonObject


class EventFlags(NamedTuple):
    """The values to set, the entries to add to lists, and new values for single figures, according to the flags."""

    values: dict[str, object]
    lists: dict[str, list[object]]
    figures: Sequence[grammar.Parsed] = ()

    def __bool__(self) -> bool:
        """Whether any flag was given."""
        return bool(self.values or self.lists or self.figures)


def _event_flags(**given: Any) -> EventFlags:
    values, lists, changed = dict[str, object](), dict[str, list[object]](), list[grammar.Parsed]()
    settled = links_to(given.pop("repeats"), given.pop("updates"), given.pop("distinct_from"))
    for name, value in given.items():
        if name in grammar.EVENT.listed and value:
            entries = [grammar.EVENT.parse(name, text) for text in value]
            if name == "figure":
                changed = [entry for entry in entries if isinstance(entry, dict) and "metric" not in entry]
                entries = [entry for entry in entries if entry not in changed]
            if entries:
                lists[grammar.EVENT.listed[name]] = entries
        elif name not in grammar.EVENT.listed and value is not None:
            values[name] = (_written(value) if name == "date" else value) or None
    if settled:
        lists["links"] = [*lists.get("links", []), *settled]
    return EventFlags(values, lists, changed)


def _written(date: str) -> str:
    """Return a date as ISO 8601 writes it. Any other text stays as it is.

    Raises:
        WrongUsageError: it can be one of two days.
    """
    written = written_dates.read(date)
    if written is None:
        written_dates.require_one_reading("--date", date)
    return written or date


def field_option(
    name: str, metavar: str, help: str, *, heading: str = "Event",  # noqa: A002 - the key in the file
    offered: Mapping[str, complete.Completion | None] = complete.BY_OPTION, **field: object,
) -> Parameter:  # fmt: skip
    """Return the option for a field of a record."""
    type_: Any = list[str] if "list" in field else str | None
    default: object = [] if "list" in field else None
    return option(
        name, type_, default, f"--{name.replace('_', '-')}", heading=heading, metavar=metavar, help=help,
        autocompletion=offered.get(name),
    )  # fmt: skip


FLAGS = Group((*(field_option(**field) for field in grammar.EVENT.fields.values()), *SETTLING), _event_flags)


def read_stdin() -> JsonObject:
    """Read a single record from stdin."""
    raw = sys.stdin.buffer.read(limits.value("line") + 1)
    limits.require("line", len(raw), "The record on stdin")
    try:
        text = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise DataError(f"The record on stdin is not UTF-8 text (byte {error.start + 1}).") from None
    if not text:
        raise DataError("Stdin is empty; expected one record as a JSON object.")
    try:
        return normalise.read_json(text)
    except DataError as error:
        raise DataError(f"stdin: {error.message}", error.hint or "`scamcli import -` takes many records.") from None
