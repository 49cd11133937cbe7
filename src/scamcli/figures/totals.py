"""The total of a group of figures: rule 5 of ``docs/honest-numbers.md``.

``low`` is the largest sum of lows over claims that are pairwise disjoint. If all claims are true, there were at least
this many occurrences, because disjoint claims have none in common. ``high`` is the sum of the highs of the claims that
do not lie inside a claim with a known high. ``best`` is known only if disjoint claims with known bests cover all
others.

Most figures of a data set are *plain incidents*: no link, suspicion, part or split concerns them, their bounds are in
order, and no other figure of the group is from the same event. Plain incidents are disjoint from each other, so their
numbers are simply added. The same holds for a group of rows of one data set that is declared as disjoint, whatever they
count.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from scamcli.figures.claims import together
from scamcli.figures.combination import Combination
from scamcli.figures.context import Context
from scamcli.figures.records import Figure, Key
from scamcli.figures.relations import Relations
from scamcli.language.wording.bounds import Bounds, Number, is_ordered
from scamcli.language.wording.bounds import total as added

_event_of, _metric_of, _unit_of = (itemgetter(Figure._fields.index(name)) for name in ("event", "metric", "unit"))


class Total(NamedTuple):
    """The total of a group of figures.

    Attributes:
        low: The proved lower bound.
        best: The sum of the bests; ``None`` unless disjoint claims with known bests cover all others.
        high: The most that the claims can count together.
        unadjusted: The plain sum of lows, for comparison. Parts count as included in their wholes, and earlier running
            totals in later ones.
        claims: How many claims there are.
        contested: How many claims contradict themselves or are disputed.
        is_exact: Whether the search for ``low`` was completed. If not, ``low`` is still proved, but a larger one may
            exist.
        plain: The plain incidents, resolved, or the rows of one disjoint data set.
        relations: The claims and relations of the other figures, or ``None`` if there are no others.
        counted: The claims in ``relations`` whose lows are added.
        plain_left_out: The plain incidents whose lows are not added.
    """

    low: Number | None
    best: Number | None
    high: Number | None
    unadjusted: Number | None
    claims: int
    contested: int
    is_exact: bool
    plain: Sequence[Figure]
    relations: Relations | None
    counted: frozenset[Key]
    plain_left_out: frozenset[Key]


def total(group: Sequence[Figure], context: Context) -> Total:
    """Work out how many occurrences a group of figures counts: at least, most likely and at most.

    Args:
        group: Figures of one metric and unit, from any events. Figures with the count ``none`` are not allowed, and
            stocks must not be mixed with occurrences.
        context: The other figures of these events, the links, and suspected duplicates.

    Raises:
        ValueError: The figures differ in metric or unit, have the count ``none``, or mix stocks with occurrences.
    """
    if len(set(map(_metric_of, group))) > 1 or len(set(map(_unit_of, group))) > 1:
        raise ValueError("figures of different metrics or units are not one group")
    plain, others = divide(group, context)
    counts = {figure.count for figure in others}
    if "none" in counts:
        raise ValueError("figures with the count none are never combined: each is a row of its own")
    if "stock" in counts and (plain or len(counts) > 1):
        raise ValueError("figures with the count stock are not combined with occurrences")
    if not others or (not plain and "stock" not in counts and _is_alone(others, context)):
        plain = plain or others
        return _of_plain(plain, context)
    if counts == {"aggregate"} and _are_rows(group, context):
        return _of_plain(group, context)
    relations = Relations(others, context.around(others))
    if "stock" in counts:
        return _of_stocks(relations)
    return _of_combination(Combination(plain, relations, context), relations)


def divide(group: Sequence[Figure], context: Context) -> tuple[list[Figure], list[Figure]]:
    """Return the plain incidents of a group, and its other figures."""
    concerned = context.concerned
    if len(set(map(_event_of, group))) < len(group):
        concerned |= {event for event, times in Counter(map(_event_of, group)).items() if times > 1}
    plain: list[Figure] = []
    others: list[Figure] = []
    for figure in group:
        if (
            figure.count == "incident" and figure.part_of is None
            and figure.event not in concerned
            and (figure.low == figure.best == figure.high or is_ordered(figure.bounds))
        ):  # fmt: skip
            plain.append(figure)
        else:
            others.append(figure)
    return plain, others


def _is_alone(others: Sequence[Figure], context: Context) -> bool:
    """Say whether there is only one figure, consistent and without relations, so that its numbers are the total."""
    first = others[0]
    return (
        len(others) == 1 and first.part_of is None and together([first.bounds]) == (first.bounds, False)
        and first.event not in context.concerned
    )  # fmt: skip


def _are_rows(group: Sequence[Figure], context: Context) -> bool:
    """Say whether all figures are rows of one disjoint data set: consistent, one of each, and without relations."""
    dataset = group[0].dataset
    return (
        dataset is not None
        and all(
            one.dataset == dataset and one.part_of is None
            and (is_ordered(one.bounds) if one.count == "incident" else together([one.bounds]) == (one.bounds, False))
            and one.event not in context.concerned
            for one in group
        )
        and len(set(map(_event_of, group))) == len(group)
    )  # fmt: skip


def _of_plain(plain: Sequence[Figure], context: Context) -> Total:
    low = added(figure.low for figure in plain)
    bests, highs = [figure.best for figure in plain], [figure.high for figure in plain]
    best, high = (None if None in numbers else added(numbers) for numbers in (bests, highs))
    return Total(low, best, high, low, context.size(plain), 0, True, plain, None, frozenset(), frozenset())


def _of_stocks(relations: Relations) -> Total:
    claims = relations.claims
    known = [key for key in claims if relations.lows[key] is not None]
    largest = max(known, key=lambda key: (relations.lows[key] or 0, key), default=None)
    only = next(iter(claims.values())).bounds if len(claims) == 1 else Bounds()
    low = None if largest is None else relations.lows[largest]
    contested = sum(claim.contested for claim in claims.values())
    counted = frozenset() if largest is None else frozenset({largest})
    return Total(low, only.best, only.high, low, len(claims), contested, True, (), relations, counted, frozenset())


def _of_combination(found: Combination, relations: Relations) -> Total:
    counted, left_out, is_exact = found.largest_disjoint()
    plain = [figure for number, figure in enumerate(found.plain) if number not in left_out] if left_out else found.plain
    low = added([*(relations.lows[key] for key in counted), *(figure.low for figure in plain)])
    if low is None:  # nothing is added, but a zero that somebody stated is still a number
        counted = [key for key, zero in relations.lows.items() if zero is not None][:1]
        low = added(relations.lows[key] for key in counted)
    high, best = _at_least(found.high(), low), found.best()
    if best != _at_least(best, low):
        best = None  # parts prove more than the estimate of their whole
    return Total(
        low, best, high, found.unadjusted(), len(relations.claims) + found.size,
        sum(one.contested for one in relations.claims.values()), is_exact, found.plain, relations,
        frozenset(counted), frozenset(found.plain[number].key for number in left_out),
    )  # fmt: skip


def _at_least(number: Number | None, low: Number | None) -> Number | None:
    return number if number is None or low is None else max(number, low)
