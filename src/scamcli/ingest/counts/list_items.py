"""Numbers beside a place or a nationality: "Thailand (12)", "China 58", "83 in Kandal and 30 in Pursat".

They are items of a list. Such a number counts what its list counts, and its place or nationality divides the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.counts.count import OF_PEOPLE, Kind, last_figure
from scamcli.ingest.counts.non_counts import AGE
from scamcli.ingest.counts.nouns import PEOPLE, THINGS, with_noun
from scamcli.ingest.counts.outcome import first_cue, with_outcome
from scamcli.ingest.mentions.names import PLACE_KINDS
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count, SentenceView
    from scamcli.ingest.mentions import Mention

_LISTED = PLACE_KINDS.union(OF_PEOPLE)
_FAR = 6
"""Words before a bracket among which its place is looked for: "Vietnam sent the most (58)"."""
_OPENING = 2
"""Words among which the subject of a sentence begins: "The Indonesians were the largest group"."""


def read_bracketed(view: SentenceView, count: Count) -> Count | None:
    """Read a number in brackets: Thailand (12), complaints (289), Somchai (24)."""
    amount, opening = count.amount, count.amount.core - 1
    if view.text(opening) != "(" or view.text(amount.last) != ")":
        return None
    count = count._replace(in_brackets=True, end=amount.last + 1)
    before = view.lower(opening - 1)
    mention = view.by_last.get(opening) or view.by_last.get(opening - (before in ("province", "city", "town")))
    if mention is not None and mention.kind in _LISTED:
        return _divided_by(count, mention).reads(Kind.LISTED, "a number in brackets after its place or nationality")
    if before == "others":
        return count.reads(Kind.LISTED, "a number in brackets after “others”")
    if before in PEOPLE or before in THINGS:
        return with_noun(view, count, before)
    if (far := _far_mention(view, opening)) is not None:
        rule = "a number in brackets some words after its place or nationality"
        return _divided_by(count, far).reads(Kind.LISTED, rule, Grade.UNSURE)
    if view.text(opening - 1)[:1].isupper():
        return count.explained(AGE)
    return count.explained("a number of things") if before.endswith("s") else count


def read_after_place(view: SentenceView, count: Count) -> Count | None:
    """Read an item that names the place first: "(China 58, Vietnam 22)"."""
    mention = view.by_last.get(count.amount.first)
    if mention is None or mention.kind not in _LISTED:
        return None
    if view.text(mention.first - 1) not in ("(", "[", ",", ":", ";"):
        return None
    return _divided_by(count, mention).reads(Kind.LISTED, "a number after its place or nationality")


def with_place_after(view: SentenceView, count: Count) -> Count:
    """Add the place after a number that has no noun: "83 in Kandal and 30 in Pursat", "12 from China"."""
    preposition, mention = view.lower(count.amount.last), view.by_first.get(count.amount.last + 1)
    if mention is None or preposition not in ("in", "from", "at"):
        return count
    if mention.kind in ("province", "town") or (mention.kind in ("country", "people") and preposition == "from"):
        rule = "a number before its place or nationality"
        return _divided_by(count, mention)._replace(end=mention.last, rule=rule)
    return count


def _far_mention(view: SentenceView, opening: int) -> Mention | None:
    """Return the last name before a bracket that does not follow it directly."""
    places = range(opening - 1, opening - 1 - _FAR, -1)
    far = next((view.by_last[at] for at in places if at in view.by_last), None)
    fits = far is not None and far.kind in ("people", "country", "province")
    return far if fits and view.text(opening - 1).islower() else None


def _divided_by(count: Count, mention: Mention) -> Count:
    """Add the nationality or the province by which a list divides what it counts."""
    if mention.kind in OF_PEOPLE:
        return count._replace(nationalities=(mention.name,), divided_by="nationality")
    if mention.kind == "country":
        demonym = countries()[mention.name].demonym
        return count._replace(nationalities=(demonym,) if demonym else (), divided_by="nationality")
    if mention.kind == "place":  # a place abroad has no province
        return count._replace(divided_by="province")
    return count._replace(divided_by="province", province=mention.within if mention.kind == "town" else mention.name)


def with_subject(view: SentenceView, count: Count) -> Count:
    """Add the people with whom a sentence begins: "Indonesians were the largest group, with 157"."""
    if count.kind is not Kind.BARE or view.lower(count.amount.first - 1) not in ("with", "at"):
        return count
    people = (one for one in view.mentions if one.kind == "people" and one.last <= count.amount.first)
    mention = next(people, None)
    if mention is None or mention.first >= _OPENING:
        return count
    rule = "a number of the sentence's subject"
    return _divided_by(count, mention)._replace(kind=Kind.LISTED, rule=rule)


def relate_item(view: SentenceView, count: Count, before: Sequence[Count], entry: Sequence[Count]) -> Count:
    """Relate an item to what its list counts: what the last figure counts, or what the sentence names before it.

    Args:
        view: the sentence of the item.
        count: the item.
        before: the counts before it that it can belong to.
        entry: all counts of the entry, by id.
    """
    model = last_figure(before, lambda one: one.kind in (Kind.PEOPLE, Kind.THING) and one.is_combined)
    named = reversed(view.between(0, count.amount.first - 1))
    metric = next((THINGS[word] for word in named if word in THINGS), None)
    if model is not None and (metric in (None, model.metric) or model.kind is Kind.PEOPLE):
        count = count._replace(kind=model.kind, metric=model.metric, group=model.group)
    elif metric is not None:
        count = count._replace(kind=Kind.THING, metric=metric)
    else:
        return _without_head(view, count)
    whole = None
    if model is not None and model.whole is not None and model.divided_by == count.divided_by:
        whole = entry[model.whole] if _can_divide(count, entry[model.whole]) else None
    if whole is None:
        whole = last_figure(before, lambda one: one.metric == count.metric and _can_divide(count, one))
    return count if whole is None else count._replace(whole=whole.id, group=None)


def _without_head(view: SentenceView, count: Count) -> Count:
    """Return an item of a list without a head. With a nationality, it counts people, and the sentence says which."""
    if count.divided_by != "nationality":
        return count._replace(kind=Kind.UNREAD)
    count = count._replace(kind=Kind.PEOPLE, grade=Grade.UNSURE)
    return with_outcome(count, first_cue(view, range(count.amount.first)), "before the list")


def _can_divide(part: Count, whole: Count) -> bool:
    """Return whether a count can be the whole of an item: it is larger, and not limited to one place or nationality."""
    if whole.whole is not None:
        return False
    if (part.divided_by == "province" and whole.province) or (part.divided_by == "nationality" and whole.nationalities):
        return False
    return whole.size >= part.size
