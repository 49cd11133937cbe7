"""Find the currency that the wording of an amount names: "S$2 million" is in Singapore dollars.

Several countries have rupees, pesos or dollars. The adjective in the wording decides which are meant, or else the
countries that the amount is about. If these do not decide, the unit is the name itself: "rupees" is no currency, so an
amount in rupees is never added to one in another unit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping  # noqa: TC003 - named tuples keep their annotations
from functools import cache
from typing import NamedTuple

from scamcli.language.countries import country_of_adjective, people_of


class Shared(NamedTuple):
    """A name of several currencies: these by country, and the currency unless all countries have one of this name."""

    currencies: Mapping[str, str]
    otherwise: str | None


def currency_in(wording: str, *about: Collection[str]) -> str | None:
    """Return the unit of the only currency that a wording names; ``None`` if it names none or several.

    Args:
        wording: the wording of an amount.
        about: codes of the countries that the amount is about. Those of the first collection that decides count.
    """
    unit = _named(wording)
    shared = _forms().shared.get(unit or "")
    if unit is None or shared is None:
        return unit
    if country := _country_in(wording, unit):
        return shared.currencies.get(country) or (shared.otherwise if country == "US" else unit)
    if shared.otherwise:
        countries: Collection[str] = next(filter(None, about), ())
        return unit if countries and set(countries) <= set(shared.currencies) else shared.otherwise
    for countries in about:
        found = {shared.currencies[country] for country in countries if country in shared.currencies}
        if len(found) == 1:
            return found.pop()
    return unit


def other_currency(wording: str, unit: str, *about: Collection[str]) -> str | None:
    """Return the unit that a wording names, unless it can be the given one, or that is no currency."""
    found = currency_in(wording, *about) if is_currency(unit) else None
    shared = _forms().shared.get(found or "")
    return None if found == unit or (shared and unit in shared.currencies.values()) else found


def contradicted(wording: str, unit: str) -> str | None:
    """Return the currency that a wording names, if an amount in this unit cannot be meant."""
    shared = _forms().shared.get(_named(wording) or "")
    return None if shared and unit in shared.currencies.values() else other_currency(wording, unit)


def codes() -> Mapping[str, str]:
    """Return the unit of each sign, name or code that is a single word, in lower case: a code, or a shared name."""
    return {form: unit for form, unit in _forms().units.items() if form.isalpha() or len(form) == 1}


def units_by_form() -> Mapping[str, str]:
    """Return the unit of each form of money, also of "nt$" and "swiss francs"."""
    return _forms().units


def is_currency(unit: str) -> bool:
    """Say whether a unit is the code of a known currency."""
    return _forms().units.get(unit.casefold()) == unit and unit not in _forms().shared


def _named(wording: str) -> str | None:
    """Return the currency that a wording names, or the name that several currencies share."""
    pattern, units, several = _forms()
    found = {units[form] for form in pattern.findall(wording.casefold())}
    for name in found & several.keys():  # ten pesos (P10)
        if not several[name].otherwise and not found.isdisjoint(several[name].currencies.values()):
            found.discard(name)
    return found.pop() if len(found) == 1 else None


def _country_in(wording: str, unit: str) -> str | None:
    """Return the country whose adjective is before a name: "Pakistani rupees", "Sri Lankan Rs"."""
    names = "|".join(re.escape(form) for form, of in _forms().units.items() if of == unit)
    found = re.search(rf"((\w+) )?(\w+) (?i:{names})(?!\w)", wording)
    if found is None:
        return None
    words = (f"{found[2]} {found[3]}", found[3])
    return next(filter(None, (country_of_adjective(people_of(one) or one) for one in words)), None)


class _Forms(NamedTuple):
    """A pattern that finds all forms, the unit of each form, and the units that are names of several currencies."""

    pattern: re.Pattern[str]
    units: Mapping[str, str]
    shared: Mapping[str, Shared]


@cache
def _forms() -> _Forms:
    import tomllib  # only amounts of money need it
    from pathlib import Path

    table = tomllib.loads(Path(__file__).with_name("currencies.toml").read_text(encoding="utf-8"))
    several = table.pop("shared")
    codes = [code for shared in several.values() for code in shared["currencies"].values()]
    units = {code.casefold(): code for code in (*table, *codes)}
    units |= {form: code for code, forms in table.items() for form in forms}
    units |= {form: name for name, shared in several.items() for form in shared["forms"]}
    longest_first = "|".join(map(_pattern, sorted(units, key=len, reverse=True)))
    shared = {name: Shared(one["currencies"], one.get("otherwise")) for name, one in several.items()}
    # No letter may stand beside a form, except after a sign: "USD5m" and "$us" are fine, "kips" is not a kip.
    return _Forms(re.compile(rf"(?<![^\W\d_])(?:{longest_first})(?![^\W\d_])"), units, shared)


def _pattern(form: str) -> str:
    return rf"{form}(?=\d)" if len(form) == 1 and form.isalpha() else re.escape(form)
