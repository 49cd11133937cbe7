"""Answers of a reader that were changed as a hostile or broken reader would change them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

INVENTED = (
    "Jon Invented", "the governor of nowhere", "9,999 victims", "Sok Hidden", "[protected-1]", "[protected-2]",
    "\x1b[31mred\x07", "a\u202eb", "", " ", "\u200b", "x" * 20_000, "ប៉ូលិសប្រឌិត", "99", "0", "of", "4", "5 Thai",
    "2022", "September", "-1", "1e309", "45\n46", "\ud800", "NaN",
)  # fmt: skip
"""Texts that are not in the text, protected names, parts of words and numbers, control characters."""

WRONG: tuple[Any, ...] = (None, True, -1, 1e308, 2**70, [], {}, [[]], {"quote": "police"}, "'; DROP TABLE event; --")
NUMBERS = ("low", "best", "high", "start")
DEEP = "[" * 100_000


def mutated(answer: bytes, chance: random.Random) -> bytes:
    """Return an answer with one to four changes, of lines, values or bytes."""
    lines = [json.loads(line) for line in answer.decode().splitlines()]
    for _ in range(chance.randint(1, 3)):
        _change_value(lines, chance)
    written = [json.dumps(line, ensure_ascii=chance.random() < 0.5) for line in lines]
    data = "\n".join(_change_lines(written, chance)).encode("utf-8", "surrogatepass")
    return _change_bytes(data, chance) if chance.random() < 0.15 else data


def _change_value(lines: list[Any], chance: random.Random) -> None:
    """Replace, remove or add a value, or move it from another place of the answer."""
    places = [place for line in lines[1:] for place in _places(line)] or list(_places(lines[0]))
    holder, key = chance.choice(places)
    kind = chance.randrange(7)
    if kind == 0:
        holder[key] = chance.choice(WRONG)
    elif kind == 1:
        other, its_key = chance.choice(places)
        holder[key] = json.loads(json.dumps(other[its_key]))
    elif kind == 2 and isinstance(holder, dict):
        del holder[key]
    elif kind == 3 and isinstance(holder, dict):
        holder[chance.choice(NUMBERS)] = chance.choice((-5, 0, 3, 10**6, 10**30))
    elif kind == 4 and isinstance(holder[key], str) and holder[key]:
        at = chance.randrange(len(holder[key]))
        holder[key] = holder[key][at:] if chance.random() < 0.5 else holder[key][:at]
    else:
        holder[key] = chance.choice(INVENTED)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return each place in nested lists and objects, as the container and the key."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in [(value, key), *_places(value[key])]]


def _change_lines(lines: list[str], chance: random.Random) -> list[str]:
    kind = chance.randrange(12)
    if kind == 0:
        chance.shuffle(lines)
    elif kind == 1:
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(("no JSON", DEEP, "null", '"text"', "{}", "\x00")))
    elif kind == 2:
        lines.append(chance.choice(lines))
    elif kind == 3:
        at = chance.randrange(len(lines))
        lines[at] = lines[at][: len(lines[at]) // 2]
    return lines


def _change_bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice((b"\x00", b"\xff\xfe", b"\x1b[2J", b"", data[at : at + 9][::-1])) + data[at + 1 :]
