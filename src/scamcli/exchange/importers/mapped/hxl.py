"""Recognise a row of HXL tags below the names of columns, such as ``#date+start``, and look up what they mean."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scamcli.exchange.importers.mapped.header_words import EXACT, Meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)
_LANGUAGES = re.compile(r"\+i_[a-z]+|\+v_[a-z0-9_]+")
"""Attributes that say in which language or vocabulary the values are."""


class _Table(NamedTuple):
    fields: dict[tuple[str, frozenset[str]], str]
    groups: dict[str, str]


def is_row_of_tags(cells: Sequence[str]) -> bool:
    """Return whether the cells of a row are HXL tags. Some columns may have no tag."""
    filled = [cell for cell in map(str.strip, cells) if cell]
    return bool(filled) and all(_TAG.fullmatch(cell) for cell in filled)


def meaning(tag: str) -> Meaning | None:
    """Return what a tag means, with an empty field if its column is about people, or ``None`` if it is not known."""
    name, attributes = _parts(tag)
    table = _table()
    groups = attributes & table.groups.keys()
    field = table.fields.get((name, attributes - groups))
    if field is None or len(groups) > 1:
        return None
    return Meaning(field, EXACT, group=next((table.groups[one] for one in groups), ""))


def _parts(tag: str) -> tuple[str, frozenset[str]]:
    name, *attributes = _LANGUAGES.sub("", tag.replace(" ", "").lower()).split("+")
    return name, frozenset(f"+{one}" for one in attributes)


@cache
def _table() -> _Table:
    content = tomllib.loads(Path(__file__).with_name("hxl_tags.toml").read_text(encoding="utf-8"))
    return _Table({_parts(tag): field for tag, field in content["fields"].items()}, content["groups"])
