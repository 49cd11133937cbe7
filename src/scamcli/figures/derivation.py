"""How each figure entered the low of its total, or why it did not, and the terms of each number of the total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from scamcli.figures import scope
from scamcli.figures.combination import Combination

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scamcli.figures.combination import Term
    from scamcli.figures.context import Context
    from scamcli.figures.records import Figure, Key
    from scamcli.figures.relations import Relations
    from scamcli.figures.scope import Scope
    from scamcli.figures.totals import Total
    from scamcli.language.wording.bounds import Number

How = Literal[
    "largest",
    "added",
    "repeats",
    "corrected",
    "unknown",
    "part",
    "earlier",
    "covered",
    "suspected",
    "overlaps",
    "smaller",
]

HOW: Mapping[How, str] = {
    "largest": "counted: no other claim is certainly about other occurrences, and its low is the largest",
    "added": "counted: its low is added",
    "repeats": "not added: it is about the same occurrences as another figure, and the two count once",
    "corrected": "not counted: another figure corrects it",
    "unknown": "not added: its lower bound is unknown",
    "part": "not added: it is a part of another figure, which includes it",
    "earlier": "not added: a later statement of the same running total includes it",
    "covered": "not added: another figure covers it",
    "suspected": "not added: it may be the same incident as another figure, which is counted",
    "overlaps": "not added: it may be about the same occurrences as another figure, which is counted",
    "smaller": "not added: the same people may be in the larger number, at another moment",
}
"""What each key of `Entry.how` means."""


RULES: Mapping[scope.Rule, str] = {
    "incidents": "incidents of different events",
    "days": "other days",
    "names": "another place or nationality",
    "split": "another part of the same split",
    "rows": "another row of a data set that has a different incident in each",
    "distinct": "a `distinct` link",
}
"""The reasons why two counted claims are about different occurrences."""

MOST_COMPARED = 50
"""How many other counted figures each one is compared with, to find the rules that prove them different."""


class Entry(NamedTuple):
    """How one figure entered the low of its group (a key of `HOW`), and what it contributed.

    ``other`` is the figure that it repeats, lies inside or may overlap, if there is one to name. ``rules`` (keys of
    `RULES`) say why this figure and the others that are added are about different occurrences.
    """

    figure: Key
    how: How
    other: Key | None
    low: Number | None
    rules: tuple[scope.Rule, ...] = ()


class Sums(NamedTuple):
    """The terms of the best, high and unadjusted numbers of a total.

    A term is the key of a claim's first statement and the claim's number. ``overlap`` names two claims that may count
    the same occurrences, so that the bests cannot be added. Stocks are never added, so all three are ``None`` for
    a group of stocks.
    """

    best: list[Term] | None
    high: list[Term] | None
    unadjusted: list[Term] | None
    overlap: tuple[Key, Key] | None


def sums(total: Total, context: Context) -> Sums:
    """Return the terms that the numbers of a total are the sums of."""
    relations = total.relations
    if relations is None:
        best, high, low = ([(one.key, one.bounds[at]) for one in total.plain] for at in (1, 2, 0))
        return Sums(best, high, low, None)
    if any(one.count == "stock" for claim in relations.claims.values() for one in claim.statements):
        return Sums(None, None, None, None)
    found = Combination(total.plain, relations, context)
    return Sums(found.best_terms(), found.high_terms(), found.unadjusted_terms(), found.overlap())


def derive(total: Total, group: list[Figure]) -> list[Entry]:
    """Return how each figure of a group entered its total, in the order of the group."""
    entries = dict(_entries(total))
    counted = [entry.figure for entry in entries.values() if entry.how == "added"]
    relations = total.relations
    claims = {key: relations.scopes[key] for key in relations.claims} if relations is not None else {}
    scopes = {figure.key: scope.scope_of([figure]) for figure in total.plain} | claims
    # Plain incidents are of different events, so any two of them differ. Rows of a data set also differ as rows.
    alike = {one.key for one in total.plain if one.count == "incident" and one.dataset is None}
    compared = counted[:MOST_COMPARED]
    added = [(key, scopes[key]) for key in compared]
    others = [(key, covered) for key, covered in added if key not in alike]
    for key in counted:
        own = scopes[key]
        of_claims = relations if key in claims else None
        rest = others if key in alike else added
        rules = {_rule((key, own), other, of_claims if other[0] in claims else None) for other in rest}
        if key in alike and any(other in alike and other != key for other in compared):
            rules.add("incidents")
        entries[key] = entries[key]._replace(rules=tuple(rule for rule in RULES if rule in rules))
    return [entries[figure.key] for figure in group]


def _rule(one: tuple[Key, Scope], other: tuple[Key, Scope], relations: Relations | None) -> scope.Rule | None:
    """Return the rule that says that two claims differ, or the plainest if there are several.

    Args:
        one: A claim with what it covers.
        other: Another one. A claim does not differ from itself, so there is no rule.
        relations: How the two claims are related; ``None`` if one of them is a figure that nothing relates to others.
    """
    if one[0] == other[0]:
        return None
    first, second = one[1], other[1]
    are_incidents = scope.are_different_incidents(first, second)
    if relations is not None:
        found = relations.rule(one[0], other[0])
    elif are_incidents and not (first.datasets and second.datasets):
        return "incidents"
    else:
        found = scope.rule(first, second)
    return "incidents" if are_incidents and found in {"names", "days"} else found


def _entries(total: Total) -> Iterator[tuple[Key, Entry]]:
    relations = total.relations
    number = len(total.counted) + len(total.plain) - len(total.plain_left_out)
    counted: How = "largest" if number == 1 else "added"
    for figure in total.plain:
        is_counted = figure.key not in total.plain_left_out
        yield figure.key, _of_plain(figure, counted if is_counted else None, total)
    if relations is None:
        return
    for key in relations.corrected:
        yield key, Entry(key, "corrected", None, None)
    for claim in relations.claims.values():
        first, *others = claim.statements
        yield first.key, _of_claim(claim.key, counted, total, relations)
        for other in others:
            yield other.key, Entry(other.key, "repeats", first.key, None)


def _of_plain(figure: Figure, counted: How | None, total: Total) -> Entry:
    if figure.low is None:
        return Entry(figure.key, "unknown", None, None)
    if counted is not None:
        return Entry(figure.key, counted, None, figure.low)
    relations, own = total.relations, scope.scope_of([figure])
    overlapping = (
        key for key in sorted(total.counted) if relations and not scope.are_disjoint(relations.scopes[key], own)
    )
    return Entry(figure.key, "overlaps", next(overlapping, None), None)


def _of_claim(key: Key, counted: How, total: Total, relations: Relations) -> Entry:
    low = relations.lows[key]
    if low is None:
        return Entry(key, "unknown", None, None)
    if key in total.counted:
        return Entry(key, counted, None, low)
    if all(one.count == "stock" for one in relations.claims[key].statements):
        return Entry(key, "smaller", None, None)
    for outer, reason in relations.outer(key).items():
        if outer in relations.claims:
            return Entry(key, reason, outer, None)
    suspected = [one for one in sorted(total.counted) if relations.are_suspected(key, one)]
    if suspected:
        return Entry(key, "suspected", suspected[0], None)
    overlapping = (one for one in sorted(total.counted) if not relations.are_disjoint(key, one))
    other = next(overlapping, None)
    if other is None:
        own = relations.scopes[key]
        plain = (one for one in total.plain if not scope.are_disjoint(own, scope.scope_of([one])))
        other = next((one.key for one in plain), None)
    return Entry(key, "overlaps", other, None)
