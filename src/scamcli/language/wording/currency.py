"""Find the currency that the wording of an amount names: "S$2 million" is in Singapore dollars."""

from __future__ import annotations

import re
from functools import cache


def currency_in(wording: str) -> str | None:
    """Return the code of the only currency that a wording names; ``None`` if it names none or several."""
    pattern, codes = _forms()
    found = {codes[form] for form in pattern.findall(wording.casefold())}
    return found.pop() if len(found) == 1 else None


def other_currency(wording: str, unit: str) -> str | None:
    """Return the currency that a wording names, unless it is the unit, or the unit is no currency."""
    found = currency_in(wording) if is_currency(unit) else None
    return None if found == unit else found


def contradicted(wording: str, unit: str) -> str | None:
    """Return the currency that a wording names, if an amount in this unit cannot be meant."""
    found = other_currency(wording, unit)
    return None if unit in _SHARED.get(found or "", ()) else found


_SHARED = {
    "USD": ("AUD", "CAD", "HKD", "NZD", "SGD", "TWD"), "CNY": ("JPY",), "INR": ("LKR", "NPR", "PKR"), "PHP": ("MXN",),
    "SAR": ("QAR",),
}  # fmt: skip
"""Currencies whose press writes only "$", "¥", "Rs", "pesos" or "riyals", by the currency that these name elsewhere."""


def is_currency(unit: str) -> bool:
    """Say whether a unit is the code of a known currency."""
    return _forms()[1].get(unit.casefold()) == unit


def codes() -> dict[str, str]:
    """Return the code of the currency of each sign, name or code that is a single word, in lower case."""
    return {form: code for form, code in _forms()[1].items() if form.isalpha() or len(form) == 1}


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern that finds all forms, and the currency of each form."""
    import tomllib  # only amounts of money need it
    from pathlib import Path

    table = tomllib.loads(Path(__file__).with_name("currencies.toml").read_text(encoding="utf-8"))
    codes = {form: code for code, forms in table.items() for form in (code.casefold(), *forms)}
    longest_first = "|".join(map(re.escape, sorted(codes, key=len, reverse=True)))
    # No letter may stand beside a form, except after a sign: "USD5m" and "$us" are fine, "kips" is not a kip.
    return re.compile(rf"(?<![^\W\d_])(?:{longest_first})(?![^\W\d_])"), codes
