"""The word lists of the rules, read from the TOML files of this folder.

A rule says how words are arranged; a list says which words. Most lists are sets, which a rule names by file and key, as
in ``TITLES.speaking``. Functions return the other lists, as in ``headings("outcomes.cues")``. A file is read once, when
a rule first uses one of its lists. README.md in this folder describes the format.
"""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent

_List = str | list[str]
_Table = dict[str, _List]


class Topic:
    """The lists of one file as attributes, each a set of words or phrases: ``GRAMMAR.be``."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, key: str) -> frozenset[str]:
        """Read a list at its first use. From then on, it is an ordinary attribute."""
        try:
            found = frozenset(phrases(f"{self._name}.{key}"))
        except KeyError:
            raise AttributeError(f"{self._name}.toml has no list {key}") from None
        setattr(self, key, found)
        return found


BODIES, BOILERPLATE, CALENDAR, COUNTED = map(Topic, ("bodies", "boilerplate", "calendar", "counted"))
GRAMMAR, KINDS, MEASURES, MENTIONS = map(Topic, ("grammar", "kinds", "measures", "mentions"))
MONEY, NUMBERS, OUTCOMES, OUTLETS = map(Topic, ("money", "numbers", "outcomes", "outlets"))
PLACES, SPEECH, TABLES, TITLES, TRENDS = map(Topic, ("places", "speech", "tables", "titles", "trends"))


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Return the words or phrases of a list in the order of the file.

    Args:
        name: file and key of the list, such as ``"numbers.leading"``.

    Raises:
        KeyError: the file does not have the list.
    """
    topic, key = name.split(".")
    found = _topic(topic)[key]
    assert not isinstance(found, dict), f"{name} is a table"
    return tuple(_items(topic, found))


@cache
def table(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of a table by heading, in the order of the file."""
    topic, key = name.split(".")
    found = _topic(topic)[key]
    assert isinstance(found, dict), f"{name} is a list"
    return MappingProxyType({heading: tuple(_items(topic, items)) for heading, items in found.items()})


@cache
def headings(name: str) -> Mapping[str, str]:
    """Map each word or phrase of a table to the heading of its list."""
    return MappingProxyType({item: heading for heading, items in table(name).items() for item in items})


@cache
def optional_headings(name: str) -> Mapping[str, str | None]:
    """Map each word of a table to its heading; words under the heading ``none`` map to ``None``."""
    found = headings(name).items()
    return MappingProxyType({word: None if heading == "none" else heading for word, heading in found})


@cache
def numbers(name: str, start: int) -> Mapping[str, int]:
    """Map each word of a list of synonyms to the number of its line, counted from `start`."""
    lines = enumerate(phrases(name), start)
    return MappingProxyType({word: number for number, line in lines for word in line.split()})


@cache
def _topic(topic: str) -> dict[str, _List | _Table]:
    # Annotated here because tomllib returns untyped values; tests/ingest/test_lexicon.py checks their shapes.
    found: dict[str, _List | _Table] = tomllib.loads((_FOLDER / f"{topic}.toml").read_text(encoding="utf-8"))
    return found


def _items(topic: str, items: _List) -> list[str]:
    """Return the words of a string, or the phrases of an array; ``@key`` stands for the words of another list."""
    listed = items.split() if isinstance(items, str) else items
    if "@" not in "".join(listed):  # a shortcut for nearly all lists, which together have thousands of words
        return listed
    included = (phrases(f"{topic}.{item[1:]}") if item.startswith("@") else (item,) for item in listed)
    return list(chain.from_iterable(included))
