"""Stage 4: decide which count is part of which.

A count becomes a part only if words say so ("including", "of them", a colon before a list), or if its list adds up to
the number before or after it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.counts.classify import OF_NATIONALITY, OF_THOSE, divided_by
from scamcli.ingest.counts.continuations import continue_counts, is_at_other_time, relate_parallel
from scamcli.ingest.counts.count import UNDECIDED, Kind, last_figure
from scamcli.ingest.counts.levels import join_tolls
from scamcli.ingest.counts.nouns import THINGS
from scamcli.ingest.counts.outcome import first_cue, with_outcome
from scamcli.ingest.counts.parts import (
    CALLED,
    OPENING,
    add_up,
    as_part,
    counting_alike,
    divide_earlier,
    is_divided_before,
    last_of_metric,
    lift_nationality,
    opens_division,
)
from scamcli.ingest.counts.resolve import words_between
from scamcli.ingest.lexicon import GRAMMAR, TRENDS
from scamcli.ingest.mentions.countries import COUNTRY_WITH_COUNT
from scamcli.ingest.mentions.names import PLACE_KINDS
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count, SentenceView


REMEMBERED = 40
"""How many counts of earlier sentences a sentence can refer to. The limit keeps the time linear for long entries."""
_TOTAL_NEAR = 5
"""How many words before "as high as" are searched for "number"."""
_LED_IN = 2
"""How many words before "as high as" the wording of an upper end includes: "could be as high as 900"."""
_SUBJECT_NEAR = 2
"""Within how many words the subject of a sentence begins: "The Indonesians were the largest group"."""
_CLAUSE = 8
"""How many words between a whole and its part are searched for "including"."""
_AT_ONCE = 3
"""How many words before a part are searched for it, however far away the whole is."""
_SHORT = 5
"""How many words can be between a whole and its part if only a sign divides them: "12 men – nine of the"."""
_WHOLES = (Kind.PEOPLE, Kind.THING, Kind.PREMISES)
_PARTS = (*_WHOLES, Kind.BARE, Kind.UNREAD)


class _Position(NamedTuple):
    """A count among all counts of its entry. `at` is its id; `start` is the id of the first count of its sentence."""

    view: SentenceView
    entry: Sequence[Count]
    start: int
    at: int

    @property
    def current(self) -> Count:
        return self.entry[self.at]

    @property
    def earlier(self) -> Sequence[Count]:
        return self.entry[self.start : self.at]

    @property
    def before(self) -> Sequence[Count]:
        """The counts of earlier sentences that it can refer to."""
        return self.entry[max(0, self.start - REMEMBERED) : self.start]

    @property
    def known(self) -> Sequence[Count]:
        """All counts before it that it can refer to."""
        return self.entry[max(0, self.start - REMEMBERED) : self.at]

    @property
    def following(self) -> Count | None:
        return self.entry[self.at + 1] if self.at + 1 < len(self.entry) else None


def relate(
    view: SentenceView, before: Sequence[Count], resolved: Sequence[Count], caption: str | None = None
) -> list[Count]:
    """Return all counts of an entry up to a sentence, having related the counts of that sentence.

    The counts of earlier sentences are finished, except that one of them can get its upper end from this sentence.
    """
    entry, start = [*before, *resolved], len(before)
    for at in range(start, len(entry)):
        _join_upper_end(view, entry, start, at)
    for at in range(start, len(entry)):
        entry[at] = _with_subject(view, entry[at])
        position = _Position(view, entry, start, at)
        if entry[at].kind is Kind.LISTED:
            entry[at] = _relate_item(view, entry[at], position.known, entry)
        elif entry[at].kind in _PARTS:
            entry[at] = _relate_part(position)
            entry[at] = relate_parallel(view, entry[at], entry[start:at])
    continue_counts(view, entry, start, caption)
    add_up(view, entry, start)
    divide_earlier(view, entry, start, REMEMBERED)
    join_tolls(view, entry, start)
    lift_nationality(entry, start)
    for at in range(start, len(entry)):
        if not entry[at].is_figure and entry[at].kind in (Kind.BARE, Kind.COMPARED, Kind.LISTED):
            entry[at] = entry[at]._replace(kind=Kind.UNREAD)
    return entry


def _with_subject(view: SentenceView, count: Count) -> Count:
    """Add the nationality that a sentence begins with: "Indonesians were the largest group, with 157".

    "The 45 included 12 women" counts people, too.
    """
    if count.kind is Kind.BARE and view.lower(count.amount.last) in GRAMMAR.consisting:
        return count._replace(kind=Kind.PEOPLE, metric="people", rule="a number that is divided", grade=Grade.UNSURE)
    if count.kind is not Kind.BARE or view.lower(count.amount.first - 1) not in ("with", "at"):
        return count
    people = (one for one in view.mentions if one.kind == "people" and one.last <= count.amount.first)
    mention = next(people, None)
    if mention is None or mention.first >= _SUBJECT_NEAR:
        return count
    rule = "a number of the sentence's subject"
    return divided_by(count, mention)._replace(kind=Kind.LISTED, rule=rule)


def _relate_item(view: SentenceView, count: Count, before: Sequence[Count], entry: Sequence[Count]) -> Count:
    """Relate a list item to what its list counts: the same as the last figure before it, or what the sentence names."""
    if count.is_of_country and (subject := _subject_of_list(view, count)) is not None:
        count = count._replace(nationalities=(subject,), divided_by="country", is_of_country=False)
    model = last_figure(before, lambda one: one.kind in (Kind.PEOPLE, Kind.THING) and one.is_combined)
    named = reversed(view.between(0, count.amount.first - 1))
    metric = next((THINGS[word] for word in named if word in THINGS), None)
    if model is not None and (metric in (None, model.metric) or model.kind is Kind.PEOPLE):
        count = count._replace(kind=model.kind, metric=model.metric, group=model.group)
    elif metric is not None:
        count = count._replace(kind=Kind.THING, metric=metric)
    else:
        return _without_head(view, count)
    count = _where_they_were(view, count, before)
    whole = None
    if model is not None and model.whole is not None and model.divided_by == count.divided_by:
        whole = entry[model.whole] if _can_divide(count, entry[model.whole]) else None
    if whole is None and not (model is not None and _has_own_place(view, count, model)):
        others = [one for one in before if not _leads(view, one)]
        whole = last_figure(others, lambda one: one.metric == count.metric and _can_divide(count, one))
    if whole is None:
        is_place = count.divided_by == "province" and model is not None
        return count._replace(nationalities=model.nationalities) if is_place and model else count
    nationalities = () if count.nationalities == whole.nationalities else count.nationalities
    return count._replace(whole=whole.id, group=None, nationalities=nationalities)


def _subject_of_list(view: SentenceView, count: Count) -> str | None:
    """Return the nationality of the people in a list of countries: "Malaysians freed: Laos (27) and Myanmar (five)"."""
    items = (one.first for one in view.mentions if one.kind == "people" and one.rule == COUNTRY_WITH_COUNT)
    first = min(items, default=count.amount.first)
    people = [one for one in view.mentions if one.kind == "people" and one.last < first]
    is_list = bool(people) and view.has({":"}, people[-1].last, first + 1)
    return people[-1].name if is_list and len(people) == 1 and not view.has({"from"}, 0, first) else None


def _leads(view: SentenceView, one: Count) -> bool:
    """Return whether a number is the first of the ranking in a sentence: "Edo has the highest number with 533"."""
    return one.at == view.at and view.has(TRENDS.ranking, one.amount.first - _CLAUSE, one.amount.first)


def _where_they_were(view: SentenceView, count: Count, before: Sequence[Count]) -> Count:
    """Return an item that names a country without its nationality if the country is only a place.

    That is so for cases, and for people of one nationality: "1,012 Malaysians: Cambodia 446, Myanmar 302".
    """
    if not count.is_of_country:
        return count
    wholes = [one for one in before if one.whole is None and one.divided_by is None and one.is_combined]
    whole = last_figure(wholes, lambda one: one.size >= count.size)
    is_from = view.has({"from"}, 0, count.amount.first)
    if whole is not None and not whole.nationalities and not is_from:  # 1,012 Malaysians … the most, 446 persons, in …
        whole = last_figure(wholes, lambda one: one.size >= count.size and bool(one.nationalities))
    is_thing = count.kind is Kind.THING and not is_from
    is_place = is_thing or (whole is not None and len(whole.nationalities) == 1)
    if not is_place:
        return count
    nationalities = () if is_thing or whole is None else whole.nationalities
    return count._replace(nationalities=nationalities, divided_by="country")


def _has_own_place(view: SentenceView, count: Count, model: Count) -> bool:
    """Return whether a number before an item belongs to another place: "Kandal had 18 complaints, Kampot nine".

    The place can also follow it: "12 were freed in Kep and 11 in Takeo".
    """
    first = count.amount.first
    if count.in_brackets or model.at != count.at or view.text(first - 1) == ":":
        return False
    before, joint = view.by_last.get(first - 1), view.lower(first - 1)
    is_after = (
        joint == "and" and before is not None and before.kind in ("place", "province") and before.first >= model.end
    )
    return is_after or any(one.kind in PLACE_KINDS and one.last <= model.amount.first for one in view.mentions)


def _without_head(view: SentenceView, count: Count) -> Count:
    """Return a list item without a head. An item with a nationality counts people, and the sentence says which."""
    if count.divided_by not in ("nationality", "country"):
        return count._replace(kind=Kind.UNREAD)
    count = count._replace(kind=Kind.PEOPLE, grade=Grade.UNSURE)
    return with_outcome(count, first_cue(view, range(count.amount.first)), "before the list")


def _can_divide(part: Count, whole: Count) -> bool:
    """Return whether a count can be the whole of an item: larger, and not limited to one place or nationality."""
    if whole.whole is not None or whole.is_comparison or part.divided_by == whole.divided_by == "country":
        return False
    if (part.divided_by == "province" and whole.province) or (part.divided_by == "nationality" and whole.nationalities):
        return False
    return whole.size >= part.size


def _join_upper_end(view: SentenceView, entry: list[Count], start: int, at: int) -> None:
    """Add a number to an earlier one as the upper end of its range: "the number could be as high as 900"."""
    amount = entry[at].amount
    is_upper = amount.wording.lower().startswith("as high as")
    if not is_upper or not view.has(TRENDS.totals, amount.first - _TOTAL_NEAR, amount.first):
        return
    earlier = last_figure(_Position(view, entry, start, at).known)
    if earlier is not None:
        wording = view.joined(max(0, amount.first - _LED_IN), amount.last)
        entry[earlier.id] = earlier._replace(high=amount._replace(wording=wording))
        entry[at] = entry[at].reads(Kind.OTHER, "the upper end of the number before")._replace(metric=None)


def _relate_part(position: _Position) -> Count:
    view, entry, count, earlier = position.view, position.entry, position.current, position.earlier
    if count.is_anaphoric:
        named = _number_after(position)
        if named is None:
            return _relate_anaphoric(position)
        return as_part(_with_nationality(count, named), named, entry)
    if _is_among(position):
        return as_part(count, position.following, entry)
    if earlier and (refers := earlier[-1].refers) is not None and _divides(view, earlier[-1], count):
        parts = [one for one in earlier[-2:-1] if one.whole == refers and "of" in view.pair(one.amount.last)]
        return as_part(count, parts[0] if parts else entry[refers], entry)  # 36 of the 261 …, including four women
    if count.is_figure or count.kind is Kind.BARE:
        alike = [one for one in earlier if one.is_combined and _are_alike(one, count)]
        previous = last_figure(alike, lambda one: one.whole is not None or one.size >= count.size)
        if previous is not None:
            return _relate_to_previous(position, previous)
        if position.before and opens_division(view, count):
            return _relate_opening(position)
    return count


def _relate_opening(position: _Position) -> Count:
    """Relate the first number of a sentence that divides an earlier one: "the dead include three Thais"."""
    count, before = position.current, position.before
    whole = last_of_metric(before, count)
    if whole is None and position.view.lower(0) == "the" and count.metric not in (None, "people", *CALLED):
        return count  # the dead, but nobody was said to be dead
    whole = whole or _last_whole(before, count)
    return as_part(counting_alike(count._replace(is_anaphoric=True), whole), whole, position.entry)


def _number_after(position: _Position) -> Count | None:
    """Return the number that a count is part of, or the count that it repeats: "26 of the 70 victims"."""
    last, following = position.current.amount.last, position.following
    if following is None or position.view.lower(last) != "of":
        return None
    if last + 1 != following.amount.first and last + 2 != following.amount.core:
        return None
    return following if following.refers is None else position.entry[following.refers]


def _is_among(position: _Position) -> bool:
    """Return whether the next count is the whole: "sixteen Nigerians were among 40 people detained"."""
    view, count, following = position.view, position.current, position.following
    joined = view.lower(count.end) in GRAMMAR.be and view.lower(count.end + 1) == "among"
    return count.is_figure and joined and following is not None and following.amount.first == count.end + 2


def _with_nationality(count: Count, whole: Count) -> Count:
    """Add the nationality of the whole to a part with a different outcome, because the text does not repeat it."""
    if count.metric not in (None, "people", whole.metric) and not count.nationalities:
        return count._replace(nationalities=whole.nationalities)
    return count


def _relate_anaphoric(position: _Position) -> Count:
    """Relate a part to its whole: a repeated number, else the count with its nationality, else the last count."""
    count, known, entry = position.current, position.known, position.entry
    repeated = next((one.refers for one in reversed(position.earlier) if one.refers is not None), None)
    whole = (_just_before(position) or _of_same_list(position)) if repeated is None else entry[repeated]
    is_of_nationality = count.group or count.rule.startswith(OF_NATIONALITY)  # three of the Indians
    if whole is None and count.nationalities and is_of_nationality:
        whole = last_figure(known, lambda one: one.nationalities == count.nationalities)
    if position.view.lower(count.amount.first - 1) in GRAMMAR.rest:  # they found 16 guilty; the remaining two wait
        known = [one for one in known if one.metric != "convictions"]
    if count.has_complement and position.view.lower(count.amount.last) != "of":  # 12 were women and nine were men
        known = [one for one in known if not (one.at == count.at and one.is_anaphoric and one.has_complement)]
    whole = whole or _last_whole(known, count)
    if whole is None:
        return _with_opening(position.view, count)
    if count.kind in UNDECIDED or (count.metric in (None, "people") and whole.kind is not Kind.PEOPLE):
        count = count._replace(kind=whole.kind, metric=whole.metric, rule=OF_THOSE)
    if whole.kind is Kind.PEOPLE:
        count = _with_nationality(count, whole)
    if count.metric == whole.metric or count.metric not in CALLED or not count.noun:
        return as_part(count, whole, entry)
    return count


def _just_before(position: _Position) -> Count | None:
    """Return a part that itself contains the count: "including 22 women, nine of them minors"."""
    count, last = position.current, position.earlier[-1] if position.earlier else None
    if last is None or last.whole is None or last.is_anaphoric or count.nationalities:
        return None
    is_next = position.view.between(last.end, count.amount.first) == [","]
    return last if is_next and last.size >= count.size else None


def _of_same_list(position: _Position) -> Count | None:
    """Return the whole of the part before a part like it: "of the total, 1,021 were men and 299 were women"."""
    count, last = position.current, position.earlier[-1] if position.earlier else None
    if last is None or last.whole is None or not (last.is_anaphoric and last.has_complement and count.has_complement):
        return None
    whole, is_of = position.entry[last.whole], position.view.lower(count.amount.last) == "of"
    return None if is_of or whole.size < last.size + count.size else whole


def _with_opening(view: SentenceView, count: Count) -> Count:
    """Add the outcome that the sentence begins with: "Of those arrested, 18 were Chinese"."""
    metric = first_cue(view, range(1, OPENING)) if view.lower(0) in ("of", "among") else None
    return count if metric is None or count.metric not in (None, "people") else with_outcome(count, metric, OF_THOSE)


def _last_whole(before: Sequence[Count], count: Count) -> Count | None:
    are_people = count.kind is Kind.PEOPLE and bool(count.noun)
    wholes = (
        one
        for one in reversed(before)
        if one.is_combined and one.whole is None and one.kind in _WHOLES and not one.is_comparison
    )
    if count.is_labelled:
        wholes = (one for one in wholes if one.group is None)  # Female: 205. Male: 122.
    if count.nationalities and not (count.is_origin or count.is_of_country):
        wholes = (one for one in wholes if one.nationalities in ((), count.nationalities))
    return next((one for one in wholes if one.size >= count.size and (_counts_people(one) or not are_people)), None)


def _counts_people(one: Count) -> bool:
    """Return whether a count is of people, or of arrests, whose unit is people."""
    return one.kind is Kind.PEOPLE or one.definition.unit == "people"


def _relate_to_previous(position: _Position, previous: Count) -> Count:
    """Relate a count to another in its sentence: as a part of it, as a part of the same whole, or not at all."""
    count, entry = position.current, position.entry
    above = None if previous.whole is None else entry[previous.whole]
    if _divides(position.view, previous, count):
        return as_part(count, previous if previous.size >= count.size else above, entry)
    between = position.view.between(previous.end, count.amount.first)
    if is_divided_before(position.view, previous, entry):
        between = list(words_between(position.view, previous.end, count.amount.first))  # 22 in Laos, 14 in Thailand
    if between and above is not None and GRAMMAR.fellows.issuperset(between):
        return as_part(counting_alike(count, above), above, entry)
    return count


def _divides(view: SentenceView, one: Count, count: Count) -> bool:
    between = view.between(one.end, count.amount.first)
    if "not" in between or is_at_other_time(view, one, count):
        return False
    if between[-1:] == [":"] or ("made", "up") in pairwise(between):
        return True
    if not GRAMMAR.dividing.isdisjoint(between):
        return len(between) <= _CLAUSE or not GRAMMAR.dividing.isdisjoint(between[-_AT_ONCE:])
    return len(between) <= _SHORT and not {"and", ")"} & set(between) and not GRAMMAR.dividing_signs.isdisjoint(between)


def _are_alike(whole: Count, part: Count) -> bool:
    """Return whether one count can be part of the other: people of people, or of arrests, whose unit is people."""
    if part.kind is Kind.BARE or whole.kind is part.kind:
        return True
    return part.kind is Kind.PEOPLE and _counts_people(whole)
