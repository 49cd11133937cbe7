"""What a claim covers, and when two claims are *disjoint*, which means that they count different occurrences.

Two claims are disjoint if at least one of these holds (rule 4 of ``docs/honest-numbers.md``); otherwise they may
overlap:

1. Both are incidents of different events, and no link or suspicion says that they may be the same.
2. Their known periods share no day, and no link or suspicion says that they may be the same.
3. They name different countries, provinces or nationalities. A nationality that is of no country proves nothing.
4. They are parts of one declared split.
5. A ``distinct`` link says so, or they are different rows of one data set that is declared as disjoint.

If one claim lies inside another, it is disjoint from everything that the outer claim is disjoint from.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from scamcli.figures.claims import normalise_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.figures.records import Figure

Rule = Literal["names", "rows", "days", "incidents", "split", "distinct"]
"""Why two claims are disjoint; the keys of `scamcli.figures.derivation.RULES`."""

Names = frozenset[str]
NOWHERE: Names = frozenset()


class Scope:
    """What a claim covers, over all its statements.

    Each set of names holds the names that the statements give; an empty set does not limit the claim. ``start`` and
    ``end`` are the first and last day of any statement, or ``None`` if no statement has a known period. ``is_exact``
    says that all statements with a known period give the same days. ``provinces`` are the smallest divisions.

    This is no named tuple, because comparing scopes takes most of the time of large totals, and Python reads slots ten
    times as fast as the fields of a named tuple. Like those, a scope does not change.
    """

    __slots__ = (
        "countries", "datasets", "end", "events", "groups", "is_exact", "is_incident", "nationalities", "provinces",
        "speakers", "start",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913 - its fields, in order
        self,
        is_incident: bool,
        start: int | None,
        end: int | None,
        is_exact: bool,
        countries: Names,
        provinces: Names,
        nationalities: Names,
        groups: Names,
        speakers: Names,
        events: Names,
        datasets: Names,
    ) -> None:
        self.is_incident = is_incident
        self.start = start
        self.end = end
        self.is_exact = is_exact
        self.countries = countries
        self.provinces = provinces
        self.nationalities = nationalities
        self.groups = groups
        self.speakers = speakers
        self.events = events
        self.datasets = datasets

    def on_days(self, start: int | None, end: int | None, *, is_exact: bool) -> Scope:
        """Return the same scope with other days."""
        return Scope(
            self.is_incident, start, end, is_exact, self.countries, self.provinces, self.nationalities, self.groups,
            self.speakers, self.events, self.datasets,
        )  # fmt: skip

    @property
    def region(self) -> tuple[object, ...]:
        """The values that are equal in two claims that cover exactly the same."""
        return self.start, self.end, self.countries, self.provinces, self.nationalities, self.groups


Scopes = dict[int, tuple["Figure", Scope]]
"""The scopes of figures, by the identity of the figure, which is faster than its hash."""


def country_of(figure: Figure) -> str | None:
    """Return the country of a figure, or of its province."""
    if figure.country is not None or figure.province is None:
        return figure.country
    return _country_of_division(figure.province)


@lru_cache(maxsize=4096)
def _country_of_division(name: str) -> str:
    if ", " not in name:  # most names are Cambodian, and should not pay for loading the gazetteer
        return "KH"
    from scamcli.language import gazetteer

    return gazetteer.country_of(name)


@lru_cache(maxsize=4096)
def divisions_of(province: str | None) -> Names:
    """Return the smallest divisions that a province consists of: a region abroad overlaps with what lies in it."""
    if province is None:
        return NOWHERE
    if _country_of_division(province) == "KH":  # a Cambodian province contains no other
        return _names((province,))
    from scamcli.language import gazetteer

    return _names(gazetteer.parts(province))


def scope_of(statements: Sequence[Figure]) -> Scope:
    """Return what the resolved statements of one claim cover."""
    if len(statements) == 1:
        return _scope_of_one(statements[0])
    periods = {one.period for one in statements if one.period is not None and _is_known(one)}
    return Scope(
        all(one.count == "incident" for one in statements),
        min((period.start for period in periods if period.start is not None), default=None),
        max((period.end for period in periods if period.end is not None), default=None),
        len(periods) == 1,
        _names(map(country_of, statements)),
        frozenset().union(*(divisions_of(one.province) for one in statements)),
        frozenset().union(*(peoples_of(one.nationality) for one in statements)),
        _names(one.group for one in statements),
        _names(one.stated_by for one in statements),
        frozenset(one.event for one in statements),
        frozenset(one.dataset for one in statements if one.dataset is not None),
    )


def known_scope(figure: Figure, known: Scopes) -> Scope:
    """Return what one figure covers, which is entered in ``known``: every figure is in several groups of a table."""
    found = known.get(id(figure))
    if found is None or found[0] is not figure:
        found = known[id(figure)] = figure, _scope_of_one(figure)
    return found[1]


def _scope_of_one(figure: Figure) -> Scope:
    """Return what one figure covers. Most claims are a single figure, and this takes half the time of `scope_of`."""
    known = figure.period if figure.period is not None and _is_known(figure) else None
    return Scope(
        figure.count == "incident", known.start if known else None, known.end if known else None, known is not None,
        *_names_of(figure.country, figure.province, figure.nationality, figure.group),
        _one_name(figure.stated_by), frozenset((figure.event,)),
        NOWHERE if figure.dataset is None else frozenset((figure.dataset,)),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _names_of(
    country: str | None, province: str | None, nationality: str | None, group: str | None
) -> tuple[Names, Names, Names, Names]:
    """Return the countries, provinces, nationalities and groups that one figure names."""
    if country is None and province is not None:
        country = _country_of_division(province)
    return _one_name(country), divisions_of(province), peoples_of(nationality), _one_name(group)


@lru_cache(maxsize=4096)
def peoples_of(nationality: str | None) -> Names:
    """Return one name for all demonyms of a country, or every name for a word such as foreigners."""
    if nationality is None:
        return NOWHERE
    from scamcli.language.countries import all_demonyms, people_of

    found = people_of(normalise_words(nationality) or "")
    if found is None:
        return _names((nationality, *all_demonyms()))
    return _one_name(found)


@lru_cache(maxsize=4096)
def _one_name(value: str | None) -> Names:
    name = normalise_words(value)
    return NOWHERE if name is None else frozenset((name,))


def widened(own: Scope, same: Sequence[Scope]) -> Scope:
    """Return a scope extended to the days of other scopes, or without days if one of them has none."""
    starts, ends = [one.start for one in same], [one.end for one in same]
    if None in starts or None in ends:
        return own.on_days(None, None, is_exact=False)
    start, end = min(day for day in starts if day is not None), max(day for day in ends if day is not None)
    return own.on_days(start, end, is_exact=own.is_exact and (start, end) == (own.start, own.end))


def names_differ(one: Scope, other: Scope) -> bool:
    """Say whether two claims name different countries, provinces or nationalities: proof 3."""
    return (
        (one.provinces != other.provinces and exclude(one.provinces, other.provinces))
        or (one.nationalities != other.nationalities and exclude(one.nationalities, other.nationalities))
        or (one.countries != other.countries and exclude(one.countries, other.countries))
    )


def shares_no_day(one: Scope, other: Scope) -> bool:
    """Say whether the known periods of two claims share no day: proof 2."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.end < other.start or other.end < one.start


def are_different_incidents(one: Scope, other: Scope) -> bool:
    """Say whether both claims are incidents of different events: proof 1, apart from links and suspicions."""
    return one.is_incident and other.is_incident and one.events.isdisjoint(other.events)


def are_different_rows(one: Scope, other: Scope) -> bool:
    """Say whether two claims are in different rows of one data set that is declared as disjoint: part of proof 5."""
    return not one.datasets.isdisjoint(other.datasets) and one.events.isdisjoint(other.events)


def are_disjoint(one: Scope, other: Scope) -> bool:
    """Say whether two claims count different occurrences, judging only by what they cover."""
    return (
        shares_no_day(one, other) or names_differ(one, other)  # the proofs that are found most often, fastest first
        or are_different_incidents(one, other) or are_different_rows(one, other)
    )  # fmt: skip


def rule(one: Scope, other: Scope) -> Rule | None:
    """Return the rule that proves two claims to count different occurrences, judging only by what they cover."""
    if names_differ(one, other):
        return "names"
    if are_different_rows(one, other):
        return "rows"
    if shares_no_day(one, other):
        return "days"
    return "incidents" if are_different_incidents(one, other) else None


def lies_within(inner: Scope, outer: Scope) -> bool:
    """Say whether a claim covers only a part of the days, place and people that another claim covers.

    Claims that cover exactly the same do not lie within each other: nothing says that one of two numbers for the same
    place and time includes the other.
    """
    if inner.start is None or inner.end is None or outer.start is None or outer.end is None or not outer.is_exact:
        return False
    is_inside = outer.start <= inner.start and inner.end <= outer.end
    return is_inside and _names_lie_within(inner, outer) and inner.region != outer.region


def may_include(outer: Scope, inner: Scope) -> bool:
    """Say whether the days and names of two claims permit that one includes the other, as a link says."""
    return _names_lie_within(inner, outer) and not shares_no_day(inner, outer)


def _names_lie_within(inner: Scope, outer: Scope) -> bool:
    return (
        _lie_within(inner.provinces, outer.provinces)  # which differ most often
        and _lie_within(inner.nationalities, outer.nationalities)
        and _lie_within(inner.groups, outer.groups)
        and _lie_within(inner.countries, outer.countries)
    )


def _lie_within(names: Names, limits: Names) -> bool:
    return not limits or (names == limits and len(limits) == 1)


def _is_known(figure: Figure) -> bool:
    """Say whether a period can prove anything; a period that ends before it begins cannot."""
    period = figure.period
    return period is not None and period.known and (period.start or 0) <= (period.end or 0)


def _names(values: Iterable[str | None]) -> Names:
    found = {normalise_words(value) for value in values}
    return frozenset(value for value in found if value is not None) if found != {None} else NOWHERE


def exclude(some: Names, others: Names) -> bool:
    """Say whether two sets of names limit what they cover, and have no name in common."""
    return bool(some) and bool(others) and some.isdisjoint(others)
