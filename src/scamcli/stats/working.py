"""Show the sum behind each number of a row, or a short reason why the number is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from scamcli.figures import render_number
from scamcli.figures.derivation import sums
from scamcli.stats import rows
from scamcli.stats.explanation import COUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.figures import Figure, Key, Number
    from scamcli.figures.claims import Claim
    from scamcli.figures.combination import Term
    from scamcli.figures.derivation import Entry
    from scamcli.figures.totals import Total
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.rows import Row, Totals
    from scamcli.stats.selection import Chosen

MOST_TERMS = 8
"""How many terms of a sum are printed."""


def working(
    inquiry: Inquiry, group: Sequence[Chosen], row: Row, entries: Sequence[Entry], totals: Totals | None = None
) -> dict[str, str]:
    """Return how the low, best, high and unadjusted numbers of a row were computed, also for possible figures.

    Args:
        inquiry: The request that the row answers.
        group: The figures of the row.
        row: The row.
        entries: How each of its figures entered the low: `scamcli.stats.basis.entered`.
        totals: The totals of the figures, if they are known.
    """
    if row["count"] == "none":
        return {}
    certain = [one.figure for one in group if not one.possible]
    possible = [one.figure for one in group if one.possible]
    known, maybe = totals or rows.totals_of(group, inquiry.read)
    found = _numbers(inquiry, certain, row, entries, known) if known is not None else {}
    if maybe is not None:
        ends = row | {"low": row["possible_low"], "high": row["possible_high"], "best": None, "unadjusted": None}
        perhaps = _numbers(inquiry, possible, ends, entries, maybe)
        found |= {f"possible_{name}": perhaps[name] for name in ("low", "high")}
    return {name: inquiry.lookup.shown(text) for name, text in found.items()}


def _numbers(
    inquiry: Inquiry, figures: list[Figure], row: Row, entries: Sequence[Entry], found: Total
) -> dict[str, str]:
    of = sums(found, inquiry.read.context)
    of_these = {figure.key for figure in figures}
    counted = [entry.low for entry in entries if entry.how in COUNTED and entry.figure in of_these]
    texts = {"low": _low(counted, row["low"])}
    if of.best is None or of.high is None or of.unadjusted is None:
        several = "unknown: numbers at different moments are not added"
        ends = {end: several if row[end] is None and found.claims > 1 else _plain(row[end]) for end in ("best", "high")}
        return texts | ends
    claims = found.relations.claims if found.relations else {}
    best = _sum(of.best, row["best"], 1, claims)
    if row["best"] is None and of.best and None not in [number for _, number in of.best]:
        best = (
            f"unknown: {_named(of.overlap[0])} and {_named(of.overlap[1])} may count the same"
            if of.overlap
            else "unknown: the low is larger than the sum of the bests"
        )
    high = _sum(of.high, row["high"], 2, claims)
    return texts | {"best": best, "high": high, "unadjusted": _sum(of.unadjusted, row["unadjusted"], 0, claims)}


def _low(counted: Sequence[Number | None], low: Number | None) -> str:
    if low is None:
        return "unknown: no figure gives one"
    known = [number for number in counted if number is not None]
    text = _added([render_number(number) for number in known])
    if len(known) == 1 and known[0] == low:
        return text
    if abs(sum(known) - low) > 1e-9:
        return f"{render_number(low)}, the sum of the rows that name a value"
    return f"{text} = {render_number(low)}"


def _sum(terms: Sequence[Term], result: Number | None, end: Literal[0, 1, 2], claims: Mapping[Key, Claim]) -> str:
    """Return a sum with its terms, or the term that is unknown. Some terms of a long sum are only counted.

    Args:
        terms: The terms.
        result: Their sum, as the row has it.
        end: Which of the bounds of the claims are added. Unknown lows add nothing.
        claims: The claims that are not plain incidents.
    """
    if not terms:
        return "unknown: every figure is corrected by another one"
    unknown = [key for key, number in terms if number is None]
    if unknown and (end or len(unknown) == len(terms)):
        more = f", nor do {len(unknown) - 1} others" if len(unknown) > 2 else ", nor does 1 other" * (len(unknown) - 1)
        return f"unknown: {_named(unknown[0])} {_lacking(claims.get(unknown[0]), end)}{more}"
    known = [render_number(number) for _, number in terms if number is not None]
    if len(known) == 1 and known[0] == _plain(result):
        key = terms[0][0]
        stated = claims[key].bounds[end] if key in claims else result
        return f"{known[0]} ({'' if stated == result or not end else 'what lies inside '}{_named(key)})"
    text = f"{_added(known)} = {_plain(result)}"
    added = sum(number for _, number in terms if number is not None)
    return (
        text
        if result is None or abs(added - result) < 1e-9
        else f"{_added(known)}, raised to the low, {_plain(result)}"
    )


def _lacking(claim: Claim | None, end: Literal[0, 1, 2]) -> str:
    """Return why a claim adds no number to a sum."""
    if claim is not None and end and claim.contested:
        return "is contested"
    if claim is not None and claim.bounds[end] is not None:
        return "is less than what lies inside it"
    return "gives none"


def _added(numbers: Sequence[str]) -> str:
    if len(numbers) <= MOST_TERMS:
        return " + ".join(numbers)
    return f"{' + '.join(numbers[:MOST_TERMS])} + {len(numbers) - MOST_TERMS:,} more"


def _named(key: Key) -> str:
    return " ".join(key)


def _plain(number: Number | None) -> str:
    return "unknown" if number is None else render_number(number)
