"""The flags that describe an event, and the record on stdin that can take their place, for ``add`` and ``edit``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from scamcli.cli import complete, grammar
from scamcli.cli.options import Group, option
from scamcli.errors import DataError
from scamcli.records import normalise

if TYPE_CHECKING:
    import inspect
    from collections.abc import Callable

    from scamcli.records.types import JsonObject

MAX_RECORD = 16 * 1024 * 1024
"""Bytes of a record on stdin."""


class _Flag(NamedTuple):
    """A flag of an event, and how a value of a list is parsed."""

    name: str
    metavar: str
    help: str
    complete: complete.Completion | None = None
    parse: Callable[[str], object] | None = None


_SINGLE = (
    _Flag("date", "DATE", "When it happened: 2022-09-19, 2022-09 or 2022-09-19/2022-09-22."),
    _Flag("kind", "KIND", "What happened: report, statement, raid …", complete.kinds),
    _Flag("title", "TEXT", "Title, in one line."),
    _Flag("summary", "TEXT", "Summary in a few sentences that say who claims what."),
    _Flag("status", "STATUS", "reviewed or draft."),
    _Flag("note", "TEXT", "Anything else to know."),
)

_LISTS = (
    _Flag("actor", "'NAME: ROLE'", "Who takes part, and in which role.", complete.actors, grammar.actor),
    _Flag("province", "NAME", "Province where it happened.", complete.provinces, str),
    _Flag("place", "NAME", "Town, or place abroad: 'Mae Sot; country: TH'.", None, grammar.place),
    _Flag("site", "NAME", "Compound, casino, hotel or zone where it happened.", complete.sites, str),
    _Flag("country", "CODE", "Country where it happened, as ISO 3166 alpha-2 code.", None, grammar.country),
    _Flag("nationality", "DEMONYM", "Nationality of the people concerned, such as Vietnamese.", None, str),
    _Flag("tag", "TAG", "A tag of your own.", complete.tags, str),
    _Flag(
        "figure", "FIGURE", "'complaints: more than 40; province: Kandal; period: 2022-09; by: Sar Kheng'.",
        None, grammar.figure,
    ),
    _Flag("source", "SOURCE", "'VOD; url: https://…; published: 2022-09-20; via: CamboJA'.", None, grammar.source),
    _Flag("link", "LINK", "'disputes: ID'; also responds_to, follows or repeats.", None, grammar.link),
)  # fmt: skip

PARSERS: dict[str, Callable[[str], object]] = {flag.name: flag.parse for flag in _LISTS if flag.parse}
"""How one entry of a list is parsed, by the word for it."""


class EventFlags(NamedTuple):
    """What the flags say: values to set, and entries to add to lists."""

    values: dict[str, object]
    lists: dict[str, list[object]]

    def __bool__(self) -> bool:
        """Whether any flag was given."""
        return bool(self.values or self.lists)


def _event_flags(**given: object) -> EventFlags:
    values = {flag.name: given[flag.name] or None for flag in _SINGLE if given[flag.name] is not None}
    lists: dict[str, list[object]] = {}
    for word, name in grammar.LISTED.items():
        texts = given[name]
        if isinstance(texts, list) and texts:
            lists[name] = [PARSERS[word](text) for text in texts]
    return EventFlags(values, lists)


def _option(flag: _Flag) -> inspect.Parameter:
    is_list = flag.parse is not None
    name, type_ = (grammar.LISTED[flag.name], list[str]) if is_list else (flag.name, str | None)
    return option(
        name, type_, [] if is_list else None, f"--{flag.name}", heading="Event", metavar=flag.metavar, help=flag.help,
        autocompletion=flag.complete,
    )  # fmt: skip


FLAGS = Group(tuple(_option(flag) for flag in (*_SINGLE[:4], *_LISTS, *_SINGLE[4:])), _event_flags)


def read_stdin() -> JsonObject:
    """Read the one record on stdin.

    Raises:
        DataError: it is not a record, or there is more than one.
    """
    raw = sys.stdin.buffer.read(MAX_RECORD + 1)
    if len(raw) > MAX_RECORD:
        raise DataError("stdin has more than 16 MiB; expected one record")
    try:
        text = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise DataError(f"stdin is not UTF-8 text (byte {error.start + 1}); expected one record") from None
    if not text:
        raise DataError("stdin is empty; expected one record as a JSON object")
    try:
        return normalise.read_json(text)
    except DataError as error:
        raise DataError(f"stdin: {error.message}", error.hint or "`scamcli import -` takes many records") from None
