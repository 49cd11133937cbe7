"""Put numbers into words, alone or with the noun and verb for a metric (``sentences.toml``).

Everything that prints a number in words uses this module, so that one number reads the same everywhere.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from scamcli.language import gazetteer
from scamcli.language.countries import countries
from scamcli.language.wording.bounds import Bounds, Number, render_number
from scamcli.language.wording.numerals import fold, mark

UNKNOWN_NUMBER = "an unknown number"
"""How a number without bounds is printed."""


class Amount(NamedTuple):
    """The parts of a sentence on an amount: ``at least 62``, ``at least 62 Indonesians``, and ``were rescued``."""

    number: str
    text: str
    verb: str


def is_measured(unit: str) -> bool:
    """Say whether a unit measures: percent, or a currency by its code of ISO 4217. Others are nouns, such as people."""
    return unit == "percent" or re.fullmatch("[A-Z]{3}", unit) is not None


def form_of(unit: str, usual: str | None = None) -> str:
    """Return how a number is written with its unit: ``USD {}``, ``{} cars``; without it if it is the usual one."""
    if is_measured(unit):
        return "{} percent" if unit == "percent" else f"{unit} {{}}"
    return "{}" if not unit or unit == usual else f"{{}} {unit}"


def amount(  # noqa: PLR0913  # what a sentence says of a number
    metric: str,
    unit: str,
    bounds: Bounds,
    *,
    nationality: str | None = None,
    group: str | None = None,
    stated: str | None = None,
) -> Amount:
    """Return an amount of what a metric counts.

    Args:
        metric: The name of the metric. A metric that ``sentences.toml`` does not list gets a neutral verb.
        unit: The unit of the number.
        bounds: The number.
        nationality: The nationality of the people, if people are counted.
        group: The group of the people, such as ``women``.
        stated: The words of the source, if the number is one that somebody stated.
    """
    words = _words().get(metric, {})
    is_one = bounds.low == bounds.best == bounds.high == 1
    number = in_words(bounds, form_of(unit, unit), stated=stated, is_in_sentence=True)
    if number == UNKNOWN_NUMBER:
        number = "an unknown amount" if is_measured(unit) else f"{number} of"
    elif stated is not None and bounds.high is None and not is_measured(unit) and _is_round(stated):
        number = f"{stated} of"
    if is_measured(unit):
        text = number
        is_one = True
    else:
        text = f"{number} {noun(metric, unit, nationality, group, is_one=is_one)}"
    neutral = f"{'is' if is_one else 'are'} recorded under “{metric}”"
    return Amount(number, text, words["verb"][not is_one] if "verb" in words else neutral)


def _is_round(stated: str) -> bool:
    """Say whether a source gives no number but "dozens" or "hundreds": "at least 12" is not what it said."""
    words = stated.casefold().split()
    return bool(words) and words[-1] in _words()["round"]["words"] and not any(map(str.isdigit, stated))


def noun(metric: str, unit: str, nationality: str | None, group: str | None, *, is_one: bool = False) -> str:
    """Return what a metric counts: ``complaints``, ``Thai workers``."""
    if unit == "people":
        return people_in_words(nationality, group, is_one=is_one)
    one, several = _words().get(metric, {}).get("noun", (_singular(unit), unit))
    found: str = one if is_one else several
    return found


def has_verb(metric: str) -> bool:
    """Say whether ``sentences.toml`` has a verb for a metric, so that a sentence about it is one."""
    return "verb" in _words().get(metric, {})


def phrase(metric: str) -> str | None:
    """Return what a number of a metric without a verb is called, such as ``a sentence of {}``, if there is a phrase."""
    found: str | None = _words().get(metric, {}).get("phrase")
    return found


def with_article(name: str) -> str:
    """Return the name of a speaker or an outlet as it is in a sentence: ``the UN``, ``the Ministry of Interior``."""
    words = _words()["article"]
    following = [*name.split()[1:], "of"]
    is_body = any(
        word.casefold() in words["of_bodies"] and after in words["prepositions"]
        for word, after in zip(name.split(), following, strict=False)
    )
    has_article = name.casefold().startswith("the ")
    return f"the {name}" if not has_article and (is_body or name in words["names"]) else name


def in_words(bounds: Bounds, form: str = "{}", *, stated: str | None = None, is_in_sentence: bool = False) -> str:
    """Return a number in words: ``more than 200``, ``37 to 52``, ``about 352 (at least 12)``, ``nearly 8,000``.

    Args:
        bounds: The number.
        form: How a number is written with its unit, such as ``USD {}``.
        stated: The words of the source, if the number is one that somebody stated: "more than 1,480" stays so, and
            does not become "at least 1,481".
        is_in_sentence: Leave out the ends beside a best estimate, which a sentence has no room for.
    """
    low, best, high = bounds

    def write(number: Number) -> str:
        return form.format(render_number(number))

    if low is not None and low == high:
        return write(low)
    if best is not None:
        if low is None and best == high:
            return f"nearly {write(best)}"
        ends = "" if is_in_sentence else _ends_in_words(bounds, form)
        return f"about {write(best)}" + (f" ({ends})" if ends else "")
    limit = None if stated is None or high is not None else limit_in(stated, low)
    if limit is not None:
        return f"more than {write(limit)}"
    return _ends_in_words(bounds, form) or UNKNOWN_NUMBER


def _ends_in_words(bounds: Bounds, form: str) -> str:
    low, high = (None if end is None else form.format(render_number(end)) for end in (bounds.low, bounds.high))
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is not None and bounds.low != 0:
        return f"at least {low}"
    return "" if high is None else f"at most {high}"


def limit_in(stated: str, low: Number | None) -> Number | None:
    """Return the number that a source says there were more than: 200 for "more than 200", whose low is 201.

    The low of more than USD 3,000,000 is 3,000,000, because money is not counted one by one.
    """
    if low is None:
        return None
    numbers = [numeral.value for numeral in mark(fold(stated))[1]]
    for said_before in re.finditer(r"\b(more than|over|above)\b", fold(stated), re.IGNORECASE):
        after = mark(fold(stated)[said_before.end() :])[1]
        if after and after[0].value == low:
            return low
    return low - 1 if low - 1 in numbers and low not in numbers else None


def country_name(code: str) -> str:
    """Return the name of a country, as it is in a list or a table."""
    found = countries().get(code)
    return found.names[0] if found else code


def place_in_words(country: str | None, province: str | None) -> str:
    """Return a place with its preposition: ``in Kandal``, ``in Kayin, Myanmar``, ``in the Philippines``."""
    if province is not None:
        code = gazetteer.country_of(province) if ", " in province else "KH"
        return f"in {province}" if code == "KH" else f"in {province.removesuffix(code)}{country_name(code)}"
    if country is None:
        return ""
    article = "the " if country in _words()["article"]["countries"] else ""
    return f"in {article}{country_name(country)}"


def where(metric: str, country: str | None, province: str | None) -> str:
    """Return a place as it is in a sentence on what a metric counts.

    Of people who travel, the place of an event may be the one that they left or the one where they arrived, and a
    sentence cannot say which: "returned to their country (recorded in Tak, Thailand)".
    """
    place = place_in_words(country, province)
    return f"(recorded {place})" if place and metric in _words()["journeys"]["metrics"] else place


def people_in_words(nationality: str | None, group: str | None, *, is_one: bool = False) -> str:
    """Return what people are called: ``Indonesians``, ``Thai workers``, ``person``."""
    singular: dict[str, str] = _words()["group"]
    if nationality is not None and nationality.endswith("s"):  # "foreigners", which names no nationality
        group, nationality = group if group is not None and group != "people" else nationality, None
    if group is None and nationality is not None and nationality.endswith("an"):
        return nationality if is_one else f"{nationality}s"
    several = group or "people"
    noun = singular.get(several, several.removesuffix("s")) if is_one else several
    return f"{nationality} {noun}" if nationality else noun


def _singular(unit: str) -> str:
    return f"{unit.removesuffix('ies')}y" if unit.endswith("ies") else unit.removesuffix("s")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
