"""Merge statements about the same occurrences into claims (rule 3 of ``docs/honest-numbers.md``).

Statements become one claim if a link says that they repeat, dispute or correct each other, or if they state the same
thing: the same metric, wording, speaker, known period, place, nationality, group and count. Incidents, and rows of a
data set that was declared to be disjoint, become one claim only through a link, because two different ones can agree
in all of these; `scamcli.figures.suspicion` handles incidents. Two figures of one event are never the same claim: if
both fit one figure of another event, the more similar of the two is paired with it.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from scamcli.figures.ancestry import ancestors, is_dated_outside, resolved
from scamcli.figures.records import Figure, Key, Link
from scamcli.language.wording.bounds import Bounds, Number, is_ordered

RESTATING = ("repeats", "disputes", "corrects")
"""The types of link that merge two statements into one claim."""


class Claim(NamedTuple):
    """A statement that was made once, repeated or contested.

    Attributes:
        key: Its first statement.
        statements: The resolved statements in the group that no other statement corrects, in order of their keys.
        bounds: Their combined bounds.
        contested: Whether any statements of this claim, inside the group or outside it, contradict each other.
        everywhere: All statements of the claim that are not corrected, inside the group or outside it.
    """

    key: Key
    statements: tuple[Figure, ...]
    bounds: Bounds
    contested: bool
    everywhere: tuple[Figure, ...]


Claims = dict[int, Claim]
"""Claims of single statements, by the identity of the figure."""


class Restated(NamedTuple):
    """Which statements are the same claim, and what links say about them.

    Attributes:
        first: For each statement of a claim with several statements, the first of them.
        corrected: The statements that another one corrects.
        disputed: The statements that another event disputes, whether or not it gives a number of its own.
    """

    first: Mapping[Key, Key]
    corrected: frozenset[Key]
    disputed: frozenset[Key]


def together(statements: Sequence[Bounds], *, disputed: bool = False) -> tuple[Bounds, bool]:
    """Return the combined bounds of statements about the same occurrences, and whether they contradict each other.

    If all statements can be true at once, the combined low is their largest low and the combined high their smallest
    high. If they contradict each other, or if one disputes another that gives a different number, the low is the
    smallest low, the high is the largest high, and the best is unknown. The low is then unknown if any low is, and the
    high if any high is.
    """
    if len(statements) == 1 and is_ordered(statements[0]):
        ((low, _, high),) = statements
        return statements[0] if low is None or low != high else Bounds(low, low, high), False
    lows = [one.low for one in statements if one.low is not None]
    highs = [one.high for one in statements if one.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    bests = {one.best for one in statements if one.best is not None}
    fits = all((low is None or low <= best) and (high is None or best <= high) for best in bests)
    is_crossed = low is not None and high is not None and low > high
    if is_crossed or not fits or (disputed and len(set(statements)) > 1):
        return widest(statements), True
    if low is not None and low == high:
        return Bounds(low, low, high), False
    return Bounds(low, bests.pop() if len(bests) == 1 else None, high), False


def widest(statements: Sequence[Bounds]) -> Bounds:
    """Return the smallest low and the largest high of statements that contradict each other, if each has one.

    The low of a statement that contradicts itself is the smallest of its numbers, and its high the largest.
    """
    lows, highs = zip(*map(_ends, statements), strict=True)
    low = None if None in lows else min(one for one in lows if one is not None)
    return Bounds(low, None, None if None in highs else max(one for one in highs if one is not None))


def _ends(stated: Bounds) -> tuple[Number | None, Number | None]:
    low, _, high = stated
    if is_ordered(stated):
        return low, high
    known = [number for number in stated if number is not None]
    return None if low is None else min(known), None if high is None else max(known)


def gather(
    inside: Container[Key],
    everywhere: Mapping[Key, Figure],
    restated: Restated,
    implied: Mapping[Key, Figure],
    known: Claims | None = None,
) -> list[Claim]:
    """Return the claims of a group in order of their keys, except claims whose every statement is corrected.

    Args:
        inside: The keys of the figures of the group.
        everywhere: All resolved figures, inside the group or outside it.
        restated: Which of them are the same claim.
        implied: The figures whose families narrow their bounds, with the narrower bounds.
        known: The claims of single statements so far. Every figure is in several groups of a table.
    """
    members: dict[Key, list[Figure]] = defaultdict(list)
    claims = []
    known = {} if known is None else known
    for key in sorted(everywhere):
        if key in restated.first or key in restated.disputed:
            if key not in restated.corrected:
                members[restated.first.get(key, key)].append(everywhere[key])
        elif key in inside and key not in restated.corrected:
            claims.append(_alone(everywhere[key], known))
    for figures in members.values():
        here = [figure for figure in figures if figure.key in inside]
        if here:
            claims.append(_claim(here, figures, restated.disputed, implied))
    return sorted(claims, key=lambda claim: claim.key) if members else claims


def _alone(figure: Figure, known: Claims) -> Claim:
    """Return the claim of a single statement, which is entered in ``known``."""
    found = known.get(id(figure))
    if found is None or found.statements[0] is not figure:
        bounds = figure.bounds
        fields = figure[:2], (figure,), *together((bounds,)), (figure,)
        # There may be a hundred thousand claims, and named tuples take twice as long to make themselves.
        found = known[id(figure)] = tuple.__new__(Claim, fields)
    return found


def _claim(
    here: Sequence[Figure], everywhere: Sequence[Figure], disputed: frozenset[Key], implied: Mapping[Key, Figure]
) -> Claim:
    stated = [one.bounds for one in here]
    bounds, is_contested = together(stated, disputed=_is_disputed(here, disputed))
    if not is_contested and contradict(here, implied):
        bounds, is_contested = widest(stated), True
    if not is_contested and (len(everywhere) > len(here) or _is_disputed(everywhere, disputed)):
        is_contested = together([one.bounds for one in everywhere], disputed=_is_disputed(everywhere, disputed))[1]
        is_contested = is_contested or contradict(everywhere, implied) or any(one.key in disputed for one in here)
    return Claim(here[0].key, tuple(here), bounds, is_contested, tuple(everywhere))


def contradict(statements: Sequence[Figure], implied: Mapping[Key, Figure]) -> bool:
    """Say whether statements contradict each other because of what the parts and wholes of one of them imply.

    "Up to 5 people, 3 of them women" contradicts "up to 2", although "up to 5" does not.
    """
    if len(statements) == 1 or not any(one.key in implied for one in statements):
        return False
    return together([implied.get(one.key, one).bounds for one in statements])[1]


def _is_disputed(statements: Sequence[Figure], disputed: frozenset[Key]) -> bool:
    return any(one.key in disputed for one in statements)


def restate(figures: Mapping[Key, Figure], links: Sequence[Link]) -> Restated:
    """Find out which statements are the same claim.

    Args:
        figures: Resolved figures by key.
        links: The links between their events.
    """
    ordered = [figures[key] for key in sorted(figures)]
    corrected: set[Key] = set()
    disputed: set[Key] = set()
    pairs: list[tuple[tuple[bool, ...], Key, Key]] = []
    by_event: dict[str, list[Figure]] = defaultdict(list)
    for figure in ordered if links else ():
        by_event[figure.event].append(figure)
    for link in links:
        if link.type in RESTATING and link.event != link.target:
            found = list(_link_pairs(link, by_event))
            pairs += found
            targets = {target for *_, target in found}
            if link.figure is not None and (link.target, link.figure) in figures:
                targets.add((link.target, link.figure))
            corrected |= targets if link.type == "corrects" else set()
            if link.type == "disputes" and (targets or link.figure is None):
                disputed |= targets or {one.key for one in by_event[link.target]}
    linked = ((one, other) for _, one, other in sorted(pairs))
    first = _classes(chain(_same_statements(ordered), linked))
    return Restated(first, frozenset(corrected), frozenset(disputed))


def _classes(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """Join pairs into classes without two figures of one event, and map their figures to the first of each class."""
    classes: dict[Key, dict[str, Key]] = {}  # only those of more than one figure
    for one, other in pairs:
        # The smaller class is merged into the larger, so that all joins take O(n log n).
        smaller, larger = sorted((classes.setdefault(key, {key[0]: key}) for key in (one, other)), key=len)
        if smaller.keys().isdisjoint(larger):
            larger |= smaller
            classes.update(dict.fromkeys(smaller.values(), larger))
    first_of: dict[Key, Key] = {}
    for key in sorted(classes):  # so that the first of a class comes first
        if key not in first_of:
            first_of.update(dict.fromkeys(classes[key].values(), key))
    return first_of


def _same_statements(figures: Sequence[Figure]) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of figures that state the same thing, pairing the n-th one of an event with the n-th of another."""
    anchors: dict[tuple[object, ...], Key] = {}
    seen: dict[tuple[object, ...], int] = defaultdict(int)
    for figure in _with_same_words(figures):
        stated = statement(figure)
        if stated is None:
            continue
        place = seen[(*stated, figure.event)]
        seen[(*stated, figure.event)] += 1
        anchor = anchors.setdefault((*stated, place), figure.key)
        if anchor != figure.key:
            yield anchor, figure.key


def _with_same_words(figures: Sequence[Figure]) -> Iterable[Figure]:
    """Return the figures that agree with another one in wording and period, which few do, in the same order."""
    words = [None if one.period is None else (one.period, normalise_words(one.stated)) for one in figures]
    often = {key for key, times in Counter(words).items() if times > 1 and key is not None}
    return (figure for figure, key in zip(figures, words, strict=True) if key in often)


def statement(figure: Figure) -> tuple[object, ...] | None:
    """Return the fields that agree in two figures that state the same thing, or ``None`` if one of them is missing."""
    if figure.count == "incident" or figure.dataset is not None or figure.stated is None or figure.stated_by is None:
        return None
    if figure.period is None or not figure.period.known:
        return None
    wording, speaker = normalise_words(figure.stated), normalise_words(figure.stated_by)
    country = figure.country if figure.province is None else None  # a province says in which country it is
    return (*subject(figure), country, wording, speaker, figure.period, figure.count)


def _link_pairs(link: Link, by_event: Mapping[str, Sequence[Figure]]) -> Iterator[tuple[tuple[bool, ...], Key, Key]]:
    """Yield the pairs of figures that a link may mean, each with its differences first, as a key to sort by.

    The figures of a pair have equal subjects. If no figure of the target has an equal subject, figures about the same
    people also pair if one of the two lacks a province, and a figure that the link names pairs whatever its subject is.
    A link that corrects an event also pairs the only two figures of a metric and unit, unless their subjects contradict
    each other.
    """
    for one in by_event.get(link.event, ()):
        others = [other for other in _alike(one, by_event.get(link.target, ())) if link.figure in {None, other.id}]
        equal = [other for other in others if subject(one) == subject(other)]
        alike = [other for other in others if _people(one) == _people(other) and None in {one.province, other.province}]
        if link.type == "corrects" and len(others) == len(_alike(one, by_event[link.event])) == 1:
            alike = [other for other in others if _may_be_about_the_same(one, other)]
        for other in equal or (others if link.figure is not None else alike):
            yield (not equal, *_differences(one, other)), one.key, other.key


def _alike(one: Figure, others: Sequence[Figure]) -> list[Figure]:
    """Return the figures of the same metric and unit as one figure."""
    return [other for other in others if (one.metric, one.unit) == (other.metric, other.unit)]


def _may_be_about_the_same(one: Figure, other: Figure) -> bool:
    """Say whether no part of the subjects of two figures differs in both of them."""
    return all(
        first == second or None in {first, second} for first, second in zip(subject(one), subject(other), strict=True)
    )


def _differences(one: Figure, other: Figure) -> tuple[bool, ...]:
    return (
        normalise_words(one.stated) != normalise_words(other.stated),
        one.period != other.period,
        normalise_words(one.stated_by) != normalise_words(other.stated_by),
    )


def subject(figure: Figure) -> tuple[object, ...]:
    """Return which people a figure counts, and where."""
    return figure.metric, figure.unit, normalise_words(figure.province), *_people(figure)


def _people(figure: Figure) -> tuple[str | None, str | None]:
    return _one_people(figure.nationality), normalise_words(figure.group)


@lru_cache(maxsize=4096)
def _one_people(nationality: str | None) -> str | None:
    """Return one word for all demonyms of a country, and any other word in the form of `normalise_words`."""
    word = normalise_words(nationality)
    if word is None:
        return None
    from scamcli.language.countries import people_of  # here, because few figures share a wording or a link

    return people_of(word) or word


@lru_cache(maxsize=4096)
def normalise_words(text: str | None) -> str | None:
    """Return a text in lower case with single spaces, or ``None`` if there is no text."""
    return None if text is None else " ".join(text.casefold().split())


def resolve_all(figures: Mapping[Key, Figure], wholes: Mapping[Key, Figure]) -> dict[Key, Figure]:
    """Return figures with their missing values filled in from their wholes and events.

    A part that is dated outside its whole gets no period: its record is mistaken, and its days prove nothing.
    """
    found: dict[Key, Figure] = {}
    for key, figure in figures.items():
        is_whole = figure.part_of is None and (figure.period is not None or figure.count != "incident")
        read = figure if is_whole else resolved(figure, wholes)
        if figure.part_of is not None:
            above = [resolved(whole, wholes) for whole in ancestors(figure, wholes)]
            if any(is_dated_outside(read, whole) for whole in above):
                read = read._replace(period=None)
        found[key] = read
    return found
