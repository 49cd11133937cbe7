"""Numbers as reporters write them: "1,480", "2.5 million", "two hundred and five", "half a dozen", "dozens".

`mark` takes the numbers out of a wording and leaves a mark in each one's place, so that the grammar of
`scamcli.language.wording.parsing` is about words alone: `#` a number, `@` a vague plural ("dozens"), `!` one that
cannot be read. Every expression here is linear in a text that is capped; nothing can backtrack far.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scamcli.language.scripts import digits
from scamcli.language.wording.bounds import Number, tidy
from scamcli.language.wording.dates_in_words import without_dates
from scamcli.language.wording.number_words import Spelled, is_scale, spelled, vague

LONGEST = 240
"""Characters of a wording that are considered; a longer text is a passage, not the wording of a number."""

_LARGEST = 10**15
_PLAIN = str.maketrans(
    {
        **dict(zip("−‐‑‒％，．＄＞＜～〜∼≈≃⩾⩽≧≦＋？’‘[]（）", "---–%,.$><~~~~~≥≤≥≤+?''()()", strict=True)),
        **{"½": ".5", "¼": ".25", "¾": ".75"},
        **dict.fromkeys("#@!", " "),  # the marks are ours
        **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "),  # footnotes: "289²" is 289
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)
_MINUS = r"(?<![\d%)] )(?<![\w%)])[-–](?=[$€£]?\.?\d)"
_TOKEN = (
    r"(?P<grouped>\d{1,3}(?: \d{3})+(?![\w]|[,.]\d))"
    r"|(?P<digits>\.?\d+(?:[.,]\d+)*)(?P<glued>[a-z][a-z\d]*)?"
    r"|(?P<word>[a-z\u00df-\u024f][a-z\d\u00df-\u024f']*(?:-\d+(?![.,]?\d|[a-z]))?)"
    r"|(?P<sign>>=|<=|=<|=>|[><≥≤~+?\-–—%$€£¥฿(),;/±×])"
    r"|(?P<foreign>[^\x00-\u036f\s\u2000-\u2bff]+)"
)
_LITERAL = r"(\d*|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?"
_POINTED = r"[1-9]\d{0,2}(?:\.\d{3}){2,}"
"""Of two points neither is a decimal one: "1.234.567" has one reading, which "1.234" has not."""

_GLUED_AMOUNT = r"\d[\d,]*[.,]\d|\d+ (?:thousand|million|billion|lakh|crore)"
_PREFIX = rf"\b(rm|rs|rp|php|p|sh|ksh|dh|aed|nt|hk|usd?|thb|idr|inr)(?={_GLUED_AMOUNT})"
"""A currency that is glued to its amount: "RM4.5 million"."""

_ABBREVIATED = r"(?<=[a-z])\.(?=\d)"
"""The point of "c.30" is no decimal one."""

_STRANGE = r"\b[a-z]+\d[\d,]*[.,]\d[\d.,]*"
"""Letters glued to an amount with a point: it cannot be known which part of it is the number."""

_UNREADABLE = "1.1.1"
_GLUED = {"k": "thousand", "m": "million", "mn": "million", "mln": "million", "bn": "billion", "b": "billion"}
_COUNTERS = {"នាក់", "ករណី", "คน", "ราย", "คดี", "人", "名", "件", "人次"}


class Numeral(NamedTuple):
    """A number as it was written.

    `value` is the number; `lead` what stands before its last scale word (2 of "2 million"), equal to
    `value` when there is none; `digit` the worth of one of its last digit (0.1 of "78.8", 100,000 of "2.5
    million").
    """

    value: Number
    lead: Number
    digit: Number


class Marked(NamedTuple):
    """A wording as words and signs, one space apart and on both sides, and the numbers behind its marks."""

    text: str
    numerals: tuple[Numeral, ...]


def fold(text: str) -> str:
    """Return the text in lower case with plain spaces, signs and digits (Khmer, Thai, full-width …)."""
    return " ".join(digits(text.translate(_PLAIN)).lower().split())


def mark(text: str) -> Marked:
    """Take the numbers out of a folded wording; dates are dropped."""
    text = re.sub(_ABBREVIATED, " ", text)
    text = re.sub(_STRANGE, f" {_UNREADABLE} ", re.sub(_PREFIX, r"\1 ", without_dates(text)))
    tokens = _tokens(re.sub(_MINUS, " minus ", text))
    marks: list[str] = []
    numerals: list[Numeral] = []
    position = 0
    while position < len(tokens):
        sign, numeral, position = _next(tokens, position)
        marks.append(sign)
        if numeral is not None:
            numerals.append(numeral)
    return Marked(f" {' '.join(marks)} ", tuple(numerals))


def _next(tokens: list[str], position: int) -> tuple[str, Numeral | None, int]:
    plural = vague(tokens, position)
    if plural is not None:
        return "@", Numeral(plural.value, plural.value, plural.scale), plural.end
    negative = tokens[position] == "minus"
    number = spelled(tokens, position + negative)
    if number is None:
        return ("!" if is_scale(tokens[position]) else tokens[position]), None, position + 1
    numeral = _numeral(number, tokens, negative=negative)
    return ("!" if numeral is None else "#"), numeral, number.end


def _numeral(number: Spelled, tokens: list[str], *, negative: bool) -> Numeral | None:
    value = tidy(number.value)
    if value > _LARGEST or _looks_grouped(number, tokens):
        return None
    turn = -1 if negative else 1
    return Numeral(turn * value, turn * tidy(value / number.scale), number.digit)


def _looks_grouped(number: Spelled, tokens: list[str]) -> bool:
    """Whether "1.480" may be a thousand or one and a half; only a scale word or a percent sign tells."""
    if number.digit != 0.001 or number.scale > 1 or number.value < 1:
        return False
    return tokens[number.end : number.end + 1] not in (["%"], ["percent"])


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for found in re.finditer(_TOKEN, text):
        kind = found.lastgroup
        if found["grouped"]:
            tokens.append(found["grouped"].replace(" ", ""))
        elif found["digits"]:
            tokens.extend(_literal(found["digits"], found["glued"]))
        elif kind == "foreign":
            tokens.extend([] if found[0] in _COUNTERS else ["!"])
        else:
            tokens.append(found[0])
    return tokens


def _literal(written: str, glued: str | None) -> list[str]:
    if glued is not None and glued not in _GLUED:
        return [f"_{glued}"]  # an ordinal or a name ("1st", "5g"): a word, no number
    if re.fullmatch(_POINTED, written):
        written = written.replace(".", "")
    elif re.fullmatch(_LITERAL, written) is None:
        return ["!"]
    plain = written.replace(",", "")
    return [plain, _GLUED[glued]] if glued else [plain]
