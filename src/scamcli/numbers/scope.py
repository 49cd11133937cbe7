"""What an entry is about: days, place and people (rule 3 of ``docs/honest-numbers.md``).

A missing value means "not stated", and never "another one".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from scamcli.language import gazetteer
from scamcli.language.countries import people_of
from scamcli.language.dates import Period
from scamcli.numbers.records import Figure

Names = frozenset[str]
NOT_STATED: Names = frozenset()

ANYBODY: Names = frozenset({"people", "persons", "citizens", "nationals"})
"""Words for groups that say no more than the nationality beside them does."""

Days = Literal["stated", "approximate", "not stated"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What an entry is about.

    Each set holds the names that its statements give, and is empty if none gives one.

    Attributes:
        days: Whether its days are stated. Days with ``~``, ``?`` or ``%`` are approximate, and prove nothing.
        start: The first day, if it is stated.
        end: The last day. A total that gives none ends on the day on which it was said, and so does a total that was
            said before its period ended. ``None`` if nothing limits it.
        stated_end: The last day in the words of the source, if there is one.
        countries: Codes of countries.
        places: The smallest divisions of the countries, such as provinces. A region abroad consists of several.
        provinces: The same as they are written.
        nationalities: One word for each people, or the word itself if it is of no country, as "foreigners" is.
        nationality_words: The nationalities in the words of the statements: the Scottish are of the British people.
        groups: Groups of people, such as women. Words for anybody, such as people or citizens, are left out.
    """

    days: Days
    start: int | None
    end: int | None
    stated_end: int | None
    countries: Names
    places: Names
    provinces: Names
    nationalities: Names
    nationality_words: Names
    groups: Names

    def on_days(self, start: int, end: int) -> Scope:
        """Return the same scope on other days, which are stated."""
        return replace(self, days="stated", start=start, end=end, stated_end=end)


def scope_of(statements: Sequence[Figure], *, is_incident: bool) -> Scope:
    """Return what the resolved statements of one entry are about together (rule 4).

    An entry has the scope of all its statements: what one of them leaves out, another one says.
    """
    names = [_names_of(one.country, one.province, one.nationality, one.group) for one in statements]
    countries, places, provinces, nationalities, nationality_words, groups = (
        frozenset().union(*values) for values in zip(*names, strict=True)
    )
    days, start, stated_end = _days_of([one.period for one in statements if one.period is not None])
    end = stated_end
    if not is_incident and (start is None or days != "approximate"):
        dated = [one for one in statements if one.period is not None]
        ends = [_last_day_counted(one) for one in dated or statements]
        end = None if None in ends else max(day for day in ends if day is not None)
    return Scope(days, start, end, stated_end, countries, places, provinces, nationalities, nationality_words, groups)


@lru_cache(maxsize=65_536)
def scope_of_incident(
    country: str | None, province: str | None, nationality: str | None, group: str | None, period: Period | None
) -> Scope:
    """Return what a single incident is about. Many incidents are about the same."""
    days, start, end = _days_of([] if period is None else [period])
    return Scope(days, start, end, end, *_names_of(country, province, nationality, group))


def _last_day_counted(figure: Figure) -> int | None:
    """Return the last day that a statement can count: nobody can count what has not happened yet."""
    said = last_day_said(figure)
    period = figure.period
    if period is None or period.end is None:
        return said
    if figure.count == "incident" or said is None or said > period.end:
        return period.end
    is_forecast = period.start is not None and said < period.start
    return period.end if is_forecast else said


def last_day_said(figure: Figure) -> int | None:
    """Return the day on which a figure was stated: the last day of its event."""
    return None if figure.day is None else figure.day.end


def _days_of(periods: Sequence[Period]) -> tuple[Days, int | None, int | None]:
    if not periods:
        return "not stated", None, None
    starts = [one.start for one in periods]
    ends = [one.end for one in periods]
    start = None if None in starts else min(day for day in starts if day is not None)
    end = None if None in ends else max(day for day in ends if day is not None)
    is_reversed = start is not None and end is not None and end < start
    is_sure = all(one.sure for one in periods) and not is_reversed
    return ("stated" if is_sure else "approximate"), start, end


@lru_cache(maxsize=4096)
def _names_of(
    country: str | None, province: str | None, nationality: str | None, group: str | None
) -> tuple[Names, Names, Names, Names, Names, Names]:
    """Return the countries, smallest divisions, provinces, peoples, nationalities and groups that one figure names."""
    if country is None and province is not None:
        country = country_of_division(province)
    return (
        one_name(country, fold=False),
        divisions_of(province),
        one_name(province, fold=False),
        NOT_STATED if nationality is None else frozenset((people(nationality),)),
        one_name(nationality),
        one_name(group) - ANYBODY,
    )


def one_name(value: str | None, *, fold: bool = True) -> Names:
    """Return a set of one name, or an empty one."""
    if value is None:
        return NOT_STATED
    return frozenset((normalise_words(value) if fold else value,))


@lru_cache(maxsize=4096)
def country_of_division(name: str) -> str:
    """Return the code of the country of a province. Only names outside Cambodia end in a code."""
    return "KH" if ", " not in name else gazetteer.country_of(name)


@lru_cache(maxsize=4096)
def divisions_of(province: str | None) -> Names:
    """Return the smallest divisions that make up a province. A region abroad has several."""
    if province is None:
        return NOT_STATED
    if country_of_division(province) == "KH":  # a Cambodian province contains no other
        return frozenset((normalise_words(province),))
    return frozenset(map(normalise_words, gazetteer.parts(province)))


@lru_cache(maxsize=4096)
def people(nationality: str) -> str:
    """Return one word for all demonyms of a country, and any other word in small letters."""
    word = normalise_words(nationality)
    return people_of(word) or word


@lru_cache(maxsize=4096)
def normalise_words(text: str) -> str:
    """Return a text in lower case with single spaces."""
    return " ".join(text.casefold().split())


@lru_cache(maxsize=4096)
def is_people_of_a_country(name: str) -> bool:
    """Say whether a nationality is one of a country. "Foreigners" may include anybody."""
    return people_of(name) is not None


def have_no_common_day(one: Scope, other: Scope) -> bool:
    """Say whether nothing on the days of one scope can be on the days of the other."""
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Scope, other: Scope) -> bool:
    if one.days == "approximate" or other.days == "approximate":
        return False
    return one.end is not None and other.start is not None and one.end < other.start


NAMED = ("countries", "places", "nationalities", "groups")
"""The attributes of a scope that hold names."""


def name_different_things(one: Scope, other: Scope) -> bool:
    """Say whether two scopes are in different countries or provinces, or about different peoples."""
    return any(exclude(named, getattr(one, named), getattr(other, named)) for named in NAMED)


def exclude(named: str, some: Names, others: Names) -> bool:
    """Say whether what some names stand for cannot be among what others stand for.

    Groups prove nothing: a woman may be a worker. Neither do nationalities such as "foreigners".

    Args:
        named: What they name: one of `NAMED`.
        some: The names of one scope.
        others: The names of another one.
    """
    if not some or not others or named == "groups" or not some.isdisjoint(others):
        return False
    return named != "nationalities" or all(map(is_people_of_a_country, some | others))


def lies_within(inner: Scope, total: Scope) -> bool:
    """Say whether a scope states everything that the scope of a total states, and lies within it.

    What a total does not state does not limit it.
    """
    return names_lie_within(inner, total) and days_lie_within(inner, total)


def names_lie_within(inner: Scope, total: Scope) -> bool:
    """Say whether the place and people of a scope lie within those of a total."""
    return all(are_limited_to(getattr(inner, named), getattr(total, named)) for named in NAMED)


def are_limited_to(names: Names, limits: Names) -> bool:
    """Say whether names of one kind lie within those of a total, which limits nothing if it has none."""
    return not limits or (bool(names) and names <= limits)


def days_lie_within(inner: Scope, total: Scope) -> bool:
    """Say whether the days of a scope lie within those of a total. A total without days has all until it was said."""
    if total.days == "approximate":
        return False
    if total.start is not None and (inner.days != "stated" or inner.start is None or inner.start < total.start):
        return False
    if total.end is None:
        return True
    return inner.end is not None and inner.end <= total.end
