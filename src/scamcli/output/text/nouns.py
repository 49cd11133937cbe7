"""Write amounts in words: a number with its bounds, and the noun and verb for a metric (``sentences.toml``)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.figures import Bounds, render_number

if TYPE_CHECKING:
    from scamcli.figures import Number

MEASURED = {"USD": "USD {}", "percent": "{} percent"}
"""How a number is written with a unit of measurement."""


CONTRADICTORY = " (bounds that contradict each other)"


class Amount(NamedTuple):
    """The parts of a sentence on an amount: ``at least 62``, ``at least 62 Indonesians``, and ``were rescued``."""

    number: str
    text: str
    verb: str


def amount(
    metric: str, unit: str, bounds: Bounds, *, nationality: str | None = None, group: str | None = None
) -> Amount:
    """Return an amount of what a metric counts.

    Args:
        metric: The name of the metric. A metric that ``sentences.toml`` does not list gets a neutral verb.
        unit: The unit of the number.
        bounds: The number.
        nationality: The nationality of the people, if people are counted.
        group: The group of the people, such as ``women``.
    """
    words = _words().get(metric, {})
    is_one = bounds.low == bounds.best == bounds.high == 1
    number = in_words(bounds)
    if unit in MEASURED:
        text = number = in_words(bounds, MEASURED[unit]).replace("number of", "amount")
        is_one = True
    elif unit == "people":
        text = f"{number} {_people(nationality, group, is_one=is_one)}"
    else:
        one, several = words.get("noun", (unit.removesuffix("s"), unit))
        text = f"{number} {one if is_one else several}"
    neutral = f"{'is' if is_one else 'are'} recorded under “{metric}”"
    return Amount(number, text, words["verb"][not is_one] if "verb" in words else neutral)


def occasions(metric: str, bounds: Bounds, *, nationality: str | None = None, group: str | None = None) -> Amount:
    """Return an amount of what happened to people, such as 62 rescues of people.

    A sum of several figures is called so, because somebody to whom it happened twice is in it twice.
    """
    number = in_words(bounds)
    return Amount(number, f"{number} {metric} of {_people(nationality, group, is_one=False)}", "were counted")


def has_verb(metric: str) -> bool:
    """Say whether ``sentences.toml`` has a verb for a metric, so that a sentence about it is one."""
    return "verb" in _words().get(metric, {})


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


def in_words(bounds: Bounds, form: str = "{}") -> str:
    """Return a number with its bounds in words: ``at least 62``, ``between 8 and 14``, ``nearly 8,000``."""
    low, best, high = bounds

    def word(number: Number | None) -> str:
        return form.format(render_number(number or 0))

    known = [number for number in bounds if number is not None]
    if known != sorted(known):  # somebody recorded them despite the warning; no wording makes sense of them
        parts = zip(("at least", "best estimate", "at most"), bounds, strict=True)
        return ", ".join(f"{what} {word(number)}" for what, number in parts if number is not None) + CONTRADICTORY
    if low is not None and low == high:
        return word(low)
    if low is None and best is not None and best == high:
        return f"nearly {word(best)}"
    estimate = f" (best estimate {word(best)})" if best is not None else ""
    if low is not None and high is not None:
        return f"between {word(low)} and {word(high)}{estimate}"
    if low is not None:
        return f"at least {word(low)}{estimate}"
    if high is not None:
        return f"at most {word(high)}{estimate}"
    return "an unknown number of" if best is None else f"about {word(best)}"


def _people(nationality: str | None, group: str | None, *, is_one: bool) -> str:
    singular: dict[str, str] = _words()["group"]
    if nationality is not None and nationality.endswith("s"):  # "foreigners", which names no nationality
        group, nationality = group if group is not None and group != "people" else nationality, None
    if group is None and nationality is not None and nationality.endswith("an"):
        return nationality if is_one else f"{nationality}s"
    several = group or "people"
    noun = singular.get(several, several.removesuffix("s")) if is_one else several
    return f"{nationality} {noun}" if nationality else noun


@cache
def _words() -> dict[str, Any]:
    import tomllib  # only sentences need it
    from pathlib import Path

    return tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
