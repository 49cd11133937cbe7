"""The grammar of ``--figure``, ``--owner`` and the other flags of a record: a value, then ``; key: value`` pairs.

A semicolon ends a value unless it is escaped as ``\\;``. Only the first colon of a pair separates key and value, so
titles and web addresses may contain colons. Words of a closed list, such as roles, are accepted in any case. A text
that cannot be parsed raises ``WrongUsageError``.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamcli.errors import WrongUsageError, quote
from scamcli.language import vocabulary
from scamcli.language.names import did_you_mean, suggest
from scamcli.language.vocabulary import LINK_TYPES, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_RECORD_KEYS = {"by": "stated_by", "part of": "part_of"}

_NUMBERS = frozenset({"low", "best", "high", "lat", "lon"})

Parsed = dict[str, object]
"""A part of a record whose values have not been validated yet."""


class Fields:
    """The fields that describe one type of record; the files ``event_fields.toml`` and ``entity_fields.toml`` do so.

    Attributes:
        fields: the fields in the order of the help and of the template, with the keys that the files explain.
        keys: the keys that may follow a value, with their names in the record, by the word for the value.
        listed: the word for an entry of a list, with the name of the list in the record.
    """

    def __init__(self, fields: list[dict[str, Any]]) -> None:
        self.fields = {field["name"]: field for field in fields}
        self.keys = {
            field["name"]: {key: _RECORD_KEYS.get(key, key) for key in field.get("keys", ())} for field in fields
        }
        self.listed: dict[str, str] = {field["name"]: field["list"] for field in fields if "list" in field}

    def value(self, word: str, text: str) -> object:
        """Parse a single value, which is a text unless the field is a number. An empty text means no value."""
        return _number(text, f"--{word}") if self.fields[word].get("number") else text or None

    def parse(self, word: str, text: str) -> object:
        """Parse an entry of a list."""
        head = self.fields[word].get("head")
        if head is None:
            return PARSERS.get(word, str)(text)
        value, pairs = _split(text, word, self.keys[word])
        if not value:
            raise WrongUsageError(f"--{word} {quote(text)}: expected a value before the first semicolon.")
        return {head: self._head(word, text, value), **pairs}

    def removal(self, text: str) -> tuple[str, str]:
        """Parse ``actor: NAME``, ``figure: ID`` … into the name of the list and of the entry to remove."""
        what, colon, name = text.partition(":")
        listed = self.listed.get(what.strip().lower().replace("-", "_").replace(" ", "_"))
        if not colon or listed is None:
            expected = f"expected WHAT: NAME, where WHAT is one of {', '.join(self.listed)}"
            raise WrongUsageError(f"--remove {quote(text)}: {expected}.")
        return listed, name.strip()

    def _head(self, word: str, text: str, value: str) -> str:
        """Return the first value of an entry, which may have to be a word of a closed list."""
        if "words" not in self.fields[word]:
            return value
        words: tuple[str, ...] = getattr(vocabulary, self.fields[word]["words"])
        known = _word(value, words)
        if known is None:
            hint = did_you_mean(suggest(value, words), f"Expected one of {', '.join(words)}.")
            raise WrongUsageError(f"--{word} {quote(text)}: there is no {word} {quote(value)}.", hint)
        return known


def read_fields(name: str, table: str) -> Fields:
    """Return the fields in a table of a file beside this module."""
    return Fields(tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))[table])


EVENT = read_fields("event_fields.toml", "field")
"""The fields that describe an event."""


def figure(text: str) -> Parsed:
    """Parse ``METRIC: WORDING; province: …; nationality: …; period: …; by: …``.

    ``id: ID; period: …`` are new values for a figure that the event has. They have no metric.
    """
    is_change = re.match(r"\s*id\s*:", text, re.IGNORECASE) is not None
    keys = EVENT.keys["figure"] | ({"stated": "stated"} if is_change else {})
    head, pairs = _split(text, "figure", keys)
    metric, colon, stated = head.partition(":")
    if not colon or not metric.strip() or (is_change and not stated.strip()):
        example = "'complaints: more than 40; province: Kandal'"
        raise WrongUsageError(f"--figure {quote(text)}: expected METRIC: WORDING, such as {example}.")
    if is_change:
        value: Parsed = {**pairs, "id": stated.strip()}
    else:
        value = {"metric": metric.strip(), "stated": stated.strip() or None, **pairs}
    if "split" in value:
        by, _, complete = str(value["split"]).partition(" ")
        value["split"] = {"by": by, "complete": {"complete": True, "incomplete": False}.get(complete.lower())}
    if "of" in value:
        value["of"] = [one.strip() for one in str(value["of"]).split(",")]
    return value


def source(text: str) -> Parsed:
    """Parse ``OUTLET; url: …; title: …; author: …; published: …; passage: …; via: …``."""
    head, pairs = _split(text, "source")
    return {"outlet": head, **pairs}


def place(text: str) -> Parsed:
    """Parse ``NAME; country: …; admin1: …; lat: …; lon: …``."""
    head, pairs = _split(text, "place")
    return {"name": head, **pairs}


def country(text: str) -> str:
    """Return a country code in capitals. Other texts stay as they are: they are names, or an error quotes them."""
    return text.upper() if len(text) == 2 else text


def actor(text: str) -> Parsed:
    """Parse ``NAME: ROLE``. Without a role the actor is mentioned; a name may contain colons."""
    name, colon, last = text.rpartition(":")
    role = _word(last, ROLES)
    if colon and role:
        return {"name": name.strip(), "role": role}
    if colon and re.fullmatch(r"\s*[a-z_]+\s*", last):
        expected = ", ".join(suggest(last.strip(), ROLES) or ROLES)
        raise WrongUsageError(
            f"--actor {quote(text)}: there is no role {quote(last.strip())}.", f"Expected {expected}."
        )
    name, equals, last = text.rpartition("=")
    if equals and _word(last, ROLES):
        raise WrongUsageError(
            f"--actor {quote(text)}: expected a colon before the role.",
            f"Write {quote(f'{name.strip()}: {last.strip()}')}.",
        )
    return {"name": text.strip(), "role": "mentioned"}


def link(text: str) -> Parsed:
    """Parse ``TYPE: EVENT-ID; figure: …``."""
    head, pairs = _split(text, "link")
    type_, colon, event = head.partition(":")
    known = _word(type_, LINK_TYPES)
    if not colon or not known:
        raise WrongUsageError(f"--link {quote(text)}: expected TYPE: ID, where TYPE is one of {', '.join(LINK_TYPES)}.")
    return {"type": known, "event": event.strip(), **pairs}


PARSERS: dict[str, Callable[[str], object]] = {
    "actor": actor, "place": place, "country": country, "figure": figure, "source": source, "link": link
}  # fmt: skip
"""The parser for an entry of a list, by the word for the entry. Entries of other lists are texts."""


def _word(text: str, words: Iterable[str]) -> str | None:
    """Return the word of a closed list that matches a text, ignoring case and with spaces for underscores."""
    word = text.strip().lower().replace(" ", "_")
    return word if word in words else None


def _split(text: str, word: str, keys: Mapping[str, str] | None = None) -> tuple[str, Parsed]:
    """Split a text at its semicolons into the leading value and the ``key: value`` pairs after it."""
    flag, keys = f"--{word}", EVENT.keys[word] if keys is None else keys
    head, *pairs = (part.replace(r"\;", ";").strip() for part in re.split(r"(?<!\\);", text))
    value: Parsed = {}
    for pair in filter(None, pairs):
        key, colon, given = pair.partition(":")
        key = key.strip().lower().replace("_", " ")
        if not colon or key not in keys:
            near = suggest(key, keys)
            hint = f"Did you mean {near[0]}:?" if near else f"Expected one of {', '.join(keys)}, followed by a colon."
            raise WrongUsageError(f"{flag} {quote(text)}: there is no key {quote(key)}.", hint)
        value[keys[key]] = _number(given.strip(), flag) if key in _NUMBERS else given.strip()
    return head, value


def _number(text: str, flag: str) -> int | float | None:
    if text in {"", "unknown", "null"}:
        return None
    try:
        return int(text.replace(",", "")) if re.fullmatch(r"[+-]?[\d,]+", text) else float(text)
    except ValueError:
        raise WrongUsageError(f"{flag}: {quote(text)} is not a number.") from None
