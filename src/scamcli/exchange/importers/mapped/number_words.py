"""Recognise words around a number in a cell whose effect on the number is not known, so that it gets no bounds.

A report is read with all its words: "Police said 12". In a cell, a word changes the number beside it, in any language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scamcli.language.scripts import digits
from scamcli.language.wording.parsing import parse_wording

_OTHER_NUMBER = re.compile(
    r"(?i)[+/=<>~?]|\b(or|later|then|now|accord\w+|said?|says?|per|claims?|revised|updated|corrected|initial\w*|first"
    r"|before|total|max|up to)\b"
)
"""Signs and words of a number in brackets that replaces or adds to the one before it."""

_DOUBT = re.compile(
    r"(?i)\?|\b(less|fewer|more|think|doubt\w*|not sure|unsure|unclear|maybe|perhaps|wrong|false|too (high|low)"
    r"|disputed|denied)\b"
)
"""Words in brackets that doubt the number before them."""

_SCALE = re.compile(
    r"(?i)[%+×]|^x ?\d|^['’]?0{3}s?$|[万千億百]|\b(plus|minus|exclud\w*|without|besides|apart|not (counted|included)"
    r"|thousands?|tsd|thou|millions?|mio|mrd|billions?|lakhs?|crores?|ribu|juta|miles|millones|k|m|bn|hundreds?|dozens?"
    r"|famil\w*|households?|groups?|couples?|per|daily|monthly|each|average|mean|cumulative|cumul|percent|pct)\b"
)
"""Words in brackets that make another number of the one before them, or say that it counts others than people."""

_UNDERSTOOD = frozenset({
    "a", "about", "above", "almost", "an", "and", "approx", "approximately", "around", "as", "at", "below", "best",
    "between", "bigger", "c", "ca", "circa", "close", "entire", "est", "estimate", "estimated", "estimates",
    "exactly", "fewer", "from", "half", "high", "larger", "least", "less", "low", "many", "max", "maximum", "min",
    "minimum", "more", "most", "nearly", "no", "not", "of", "only", "or", "over", "roughly", "several", "slightly",
    "so", "some", "than", "the", "them", "to", "total", "under", "up", "upwards", "well", "within", "us", "usd",
    "thb", "eur", "khr", "php", "vnd", "cny", "rmb", "mmk", "myr", "sgd", "idr", "gbp", "inr", "jpy", "krw", "twd",
    "hkd", "aud", "cad", "kip", "rm", "rp", "rs", "s", "nt", "hk", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "dozen", "dozens", "hundred", "hundreds", "thousand", "million",
})  # fmt: skip
"""Words before a number that are understood, or that change nothing."""

_AFTER_NUMBER = re.compile(
    r"(?i)^[\d.,]*\s*(tsd|thou|mio|mrd|lakhs?|crores?|ribu|juta|ratus|nghìn|ngàn|triệu|mil|miles|millones|milliers?)\b"
    r"|^[\d.,]*\s*[万千億百]|^[\d.,]*(st|nd|rd|th)\b|\b(and|or) (below|above|under|over|up|less|more|fewer)\b"
)
"""Words of scale after a number that are not English, and others that make a bound or a rank of it."""


def is_code_for_unknown(text: str) -> bool:
    """Return whether a text is a negative number that data sets write for an unknown count: -9, -99, -999."""
    return re.fullmatch(r"[-\u2212]9{1,4}(\.0+)?", text.strip()) is not None


@lru_cache(maxsize=4096)
def is_not_understood(text: str) -> bool:
    """Return whether a number has words whose meaning is not known, in any language: ``moins de 12``, ``12 Tsd.``.

    These are words before the number that are not English words for its bounds, words of scale after it, and remarks in
    brackets that change it.
    """
    found = re.search(r"\d", text)
    if found is None or text.isdecimal():
        return False
    before = re.findall(r"[^\W\d_]+", text[: found.start()].casefold())
    after = text[found.end() :]
    bracket = re.search(r"\(([^()]*)\)?$", text)
    return (
        any(word not in _UNDERSTOOD for word in before)
        or re.search(_AFTER_NUMBER, after) is not None
        or (bracket is not None and changes_number(bracket[1]))
    )


def changes_number(remark: str) -> bool:
    """Return whether a remark in brackets doubts or scales the number before it, or says that it counts others."""
    return re.search(_DOUBT, remark) is not None or re.search(_SCALE, remark) is not None


def without_remark(text: str) -> tuple[str, str]:
    """Return a number and the remark in brackets after it: ``4`` and ``2 in hospital``. The remark may be empty.

    A remark with a number is one only if it is about some of those who are counted: nobody can tell what
    ``5 (+2 later)`` and ``5 (7 according to the NGO)`` count. Nor is one that doubts it: ``1,020 (I think less)``.
    """
    number, bracket, remark = text.strip().partition("(")
    if not bracket or not remark.endswith(")") or set("()") & set(remark[:-1]):
        return text, ""
    bounds = parse_wording(number.strip())
    numbers = [int(one) for one in re.findall(r"\d{1,15}", digits(remark))]
    is_within = bounds.low is not None and all(one <= bounds.low for one in numbers)
    is_other = bool(numbers) and re.search(_OTHER_NUMBER, remark) is not None
    return (text, "") if not is_within or is_other or changes_number(remark) else (number.strip(), remark[:-1].strip())
