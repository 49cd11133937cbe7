"""Recognise what stands in a cell in place of a number, or in brackets after it."""

from __future__ import annotations

import re

from scamcli.language.scripts import digits, plain
from scamcli.language.wording.other_words import remark_changes_number
from scamcli.language.wording.parsing import parse_wording

_OTHER_NUMBER = re.compile(
    r"(?i)[+/=<>~?]|\b(or|later|then|now|accord\w+|said?|says?|per|claims?|revised|updated|corrected|initial\w*|first"
    r"|before|total|max|up to)\b"
)
"""Signs and words of a number in brackets that replaces or adds to the one before it."""

_BY_SEX = re.compile(r"(?i)\d+ ?[mfwh][,;&/ ]+\d+ ?[mfwh]")
"""How many men and women there are, by a letter. An "M" after a number would be millions otherwise."""

_NOBODY = frozenset(
    {"no", "none", "nil", "nobody", "no one", "zero", "nadie", "ninguno", "ninguna", "aucun", "aucune", "keine"}
)
"""What tables have in place of 0, in the form that `plain` returns."""


def is_none(text: str) -> bool:
    """Return whether a text is a word for 0, such as "none"."""
    return plain(text) in _NOBODY


def is_code_for_unknown(text: str) -> bool:
    """Return whether a text is a negative number that data sets write for an unknown count: -9, -99, -999."""
    return re.fullmatch(r"[-\u2212]9{1,4}(\.0+)?", text.strip()) is not None


def without_remark(text: str) -> tuple[str, str]:
    """Return a number and the remark in brackets after it: ``4`` and ``2 in hospital``. The remark may be empty.

    A remark with a number is one only if it is about some of those who are counted: nobody can tell what
    ``5 (+2 later)`` and ``5 (7 according to the NGO)`` count. Nor is one that doubts it: ``1,020 (I think less)``.
    """
    number, bracket, rest = text.strip().partition("(")
    remark = rest.removesuffix(")").strip()
    if not bracket or not rest.endswith(")") or set("()") & set(remark):
        return text, ""
    bounds = parse_wording(number.strip())
    numbers = [int(one) for one in re.findall(r"\d{1,15}", digits(remark))]
    is_within = bounds.low is not None and all(one <= bounds.low for one in numbers)
    if _BY_SEX.fullmatch(remark) and bounds.low == bounds.high == sum(numbers):
        return number.strip(), remark
    is_other = bool(numbers) and re.search(_OTHER_NUMBER, remark) is not None
    if not is_within or is_other or remark_changes_number(remark):
        return text, ""
    return number.strip(), remark
