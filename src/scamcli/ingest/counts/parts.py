"""Make one count a part of another: a sentence divides an earlier count, or its numbers add up to another number."""

from __future__ import annotations

from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import UNDECIDED, Kind, last_figure
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, NUMBERS, OUTCOMES
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.ingest.counts.count import Count, SentenceView
    from scamcli.records.types import FigureDict

OPENING = 6
"""How many words at the start of a sentence can say that it divides a count of the sentence before."""
CALLED = ("victims", "suspects", "survivors", "charged")
"""Metrics that come from what people are called. If they are part of a whole, its metric replaces theirs."""
_MOST_ITEMS = 40
"""How many counts before a sentence can be items of a list whose total it gives."""
_VERB_NEAR = 7
"""How many words after a part are searched for its verb: "29 of them have since also signified"."""
_GONE = ("repatriations", "deportations")
"""Metrics of people who are no longer there."""
_STAYING = OUTCOMES.staying | OUTCOMES.staying_adjectives
_OF_WHOM = 2
_ADULTS, _CHILDREN = frozenset({"men", "women"}), frozenset({"children", "minors"})
_OTHER_OCCASIONS = (CALENDAR.ordinals - {"last"}).union(
    lexicon.numbers("calendar.weekdays", 0), ("yesterday", "earlier")
)
"""Words in the sentence of a number that show that it is of another raid, flight or day."""
_NEAR = 3
"""How many sentences numbers can be away from one that they add up to."""
_SMALLEST_SUM = 10
"""The smallest number whose parts are recognised by their sum alone. Smaller ones are often sums by chance."""
_FEWEST_ITEMS = 2
"""How many items make a list that can divide a number of an earlier sentence."""


def as_part(count: Count, whole: Count | None, entry: Sequence[Count]) -> Count:
    """Return a count as part of a whole. It counts the same things, and keeps only the fields that the whole lacks."""
    if whole is None or whole.metric is None or whole.size < count.size or is_within(whole, count, entry):
        return count
    if _has_own_fate(count) or (whole.metric == "missing" and _is_found(count)):
        if whole.metric in _GONE and _stays_behind(count):
            return count._replace(metric="people", kind=Kind.PEOPLE)
        return _with_another_fate(count._replace(metric="people", kind=Kind.PEOPLE), whole)
    if count.metric != whole.metric:
        if count.metric not in (None, "people") and (count.metric not in CALLED or count.noun == ""):
            return _with_another_fate(count, whole)
        kind = whole.kind if count.kind in UNDECIDED else count.kind
        group = None if count.group == whole.metric else count.group
        count = count._replace(metric=whole.metric, kind=kind, group=group)
    if count.is_origin and whole.nationalities:
        count = count._replace(nationalities=())  # 2,259 Indonesians, 1,310 of them from Cambodia
    divided_by = "nationality" if count.nationalities else "group" if count.group else count.divided_by
    return count._replace(whole=whole.id, grade=Grade.LIKELY, divided_by=divided_by)


def _has_own_fate(count: Count) -> bool:
    """Return whether a verb says something of a part that is not true of its whole: "12 of them refused to go home"."""
    if not count.is_anaphoric or count.has_complement or count.metric not in (None, "people"):
        return False
    if count.metric == "people" and ", before “" in count.rule:
        return True  # 300 of the 1,000 people stranded there crossed into Thailand
    words = [word.lower for word in count.sentence[count.end : count.end + _VERB_NEAR]]
    if words[:1] == ["of"]:
        words = words[2:]  # of them
    if words[1:2] == ["still"] and words[2:3] in (["in"], ["at"], ["inside"]):
        return True  # the remaining 23 were still in Laos
    verb = next((word for word in words if word not in OUTCOMES.before_own_verb), "")
    if verb == "left" and words[0] in GRAMMAR.be:
        return False  # 30 are left
    is_verb = verb in OUTCOMES.own_verbs
    return is_verb and verb not in OUTCOMES.describing


def _stays_behind(count: Count) -> bool:
    """Return whether people are others than those who went: "1,268 had returned, while 435 were still abroad"."""
    words = {word.lower for word in count.sentence[count.amount.last : count.end + _VERB_NEAR]}
    before = [word.lower for word in count.sentence[max(0, count.amount.first - _OF_WHOM) : count.amount.first]]
    stays = bool(words & _STAYING) or ("still" in words and bool(words & {"in", "at", "inside"}))
    return stays and not {"whom", "of"} & {*words, *before}


def _is_found(count: Count) -> bool:
    """Return whether people are some of the missing whom others found: "found only three of them"."""
    before = [word.lower for word in count.sentence[: count.amount.first]]
    while before and before[-1] in ("only", "just"):
        before.pop()
    return before[-1:] != [] and before[-1] in OUTCOMES.located


def _with_another_fate(count: Count, whole: Count) -> Count:
    """Return a part of the people of a whole to whom something else happened, if the text says that it is one.

    "Police freed 45 people. Twelve of them were charged."
    """
    if whole.metric in OUTCOMES.accused and count.metric == "rescues" and "“releas" in count.rule:
        count = count._replace(metric="people")  # 5 men were arrested, three of whom were later released
    if not count.is_anaphoric or whole.kind is not Kind.PEOPLE or count.kind not in (Kind.PEOPLE, *UNDECIDED):
        return count
    after = [word.lower for word in count.sentence[count.amount.last : count.end + 2]]
    is_of = (
        after[0] == "of" or whole.sentence[whole.amount.first - 1].lower == "the"
    )  # 30 of the 54 …, 24 are still held
    if "still" in after and not is_of and whole.metric in OUTCOMES.gone and count.metric == "captives":
        return count  # 66,000 have been sent home, more than 2,000 are still being held
    nationalities = () if count.nationalities == whole.nationalities else count.nationalities
    return count._replace(whole=whole.id, nationalities=nationalities)


def is_within(one: Count, other: Count, entry: Sequence[Count]) -> bool:
    """Return whether the first count equals the second, or is a part of it at any depth."""
    at: int | None = one.id
    while at is not None and at != other.id:
        at = entry[at].whole
    return at is not None


def opens_division(view: SentenceView, count: Count) -> bool:
    """Return whether the beginning of a sentence divides an earlier count: "Among them …", "They included …"."""
    opening = 0, min(OPENING, count.amount.first)
    if view.lower(0) in GRAMMAR.out_of and view.has(GRAMMAR.totals, 1, OPENING):
        return True  # Out of this total, 812 have been rescued
    if view.pair(0) == ("in", "detail"):
        return True
    if view.lower(0) in GRAMMAR.they:
        return view.has(GRAMMAR.comprise, *opening)
    if view.has(GRAMMAR.consisting, 0, count.amount.first) and _is_of_group(view, count.amount.first):
        return True
    return view.lower(0) in GRAMMAR.among or (
        view.has(GRAMMAR.groups, *opening) and view.has(GRAMMAR.include, *opening)
    )


def is_divided_before(view: SentenceView, part: Count, entry: Sequence[Count]) -> bool:
    """Return whether a part is one of a list that divides a number before a colon, or one of an earlier sentence."""
    if part.whole is None:
        return False
    whole = entry[part.whole]
    return whole.at < part.at or ":" in view.between(whole.end, part.amount.first)


def _is_of_group(view: SentenceView, first: int) -> bool:
    """Return whether people who were reported before are the subject: "the victims", "those freed", "the group"."""
    return any(
        view.lower(at) in ("those", "they") or (view.lower(at) == "the" and view.lower(at + 1) in GRAMMAR.same)
        for at in range(first)
    )


def last_of_metric(before: Sequence[Count], count: Count) -> Count | None:
    """Return the last whole of the metric of a part: "nine died and 20 were hurt. The dead include three Thais"."""
    wholes = [one for one in before if one.is_combined and one.whole is None and not one.is_comparison]
    return last_figure(wholes, lambda one: one.size >= count.size and (one.metric == count.metric or _fits(one, count)))


def _fits(whole: Count, part: Count) -> bool:
    """Return whether people of a whole can be called so: suspects are those who were arrested, and victims are not."""
    if part.metric not in CALLED:
        return _are_held(whole, part)
    return whole.kind is Kind.PEOPLE and (whole.metric in OUTCOMES.accused) == (part.metric in OUTCOMES.accused)


def _are_held(one: Count, other: Count) -> bool:
    """Return whether two counts are of people whom the police hold. Reports call the same people by both metrics."""
    return {one.metric, other.metric} <= OUTCOMES.held_alike


def counting_alike(part: Count, whole: Count | None) -> Count:
    """Return a part that only says who some of the people of a whole are, as a count of the same metric."""
    return part._replace(metric=whole.metric) if whole is not None and _are_held(part, whole) else part


def add_up(view: SentenceView, entry: list[Count], start: int) -> None:
    """If a number of the sentence is the sum of the items of a list, make the items its parts."""
    for at in range(start, len(entry)):
        total, after = entry[at], view.pair(entry[at].amount.last)
        adds_up = " ".join(after) in GRAMMAR.adding_up or after[0] == "altogether"
        if adds_up and (total.kind in UNDECIDED or not total.noun):
            _join_sum(entry, start, at)
        elif view.lower(total.amount.first - 1 - (view.text(total.amount.first - 1) == ":")) == "total":
            _join_total(entry, at)
        elif "(" in view.between(total.end, _next_number(view, entry, at))[:OPENING]:
            _divide_in_brackets(view, entry, at)
    for at in range(start, len(entry)):
        if entry[at].is_figure and entry[at].kind is Kind.PEOPLE:
            _divide(entry, at, _items_after(view, entry, at))


def divide_earlier(view: SentenceView, entry: list[Count], start: int, remembered: int) -> None:
    """Relate a list to a number of an earlier sentence that it adds up to, or that its sentence says it divides.

    "Police freed 183 people. Those found inside: 97 Vietnamese, 41 Indonesians …"
    """
    items = [one for one in entry[start:] if _is_loose(one)]
    if len(items) < _FEWEST_ITEMS or not all(one.nationalities or one.group or one.is_other for one in items):
        return
    total = sum(one.value for one in items)
    said = opens_division(view, items[0])
    for whole in reversed(entry[max(0, start - remembered) : start]):
        if (
            whole.kind is Kind.PEOPLE
            and whole.is_combined
            and whole.whole is None
            and not _is_within_list(whole, items)
        ):
            if whole.value == total or (said and whole.size >= total):
                for item in items:
                    entry[item.id] = as_part(item, whole, entry)
                return
            if said:
                return


def lift_nationality(entry: list[Count], start: int) -> None:
    """Give a whole the nationality that all of its parts share: "31 people: 22 women and nine men, all from Laos"."""
    near = entry[max(0, start - _MOST_ITEMS) :]  # the total of a list can be a sentence of its own
    for whole in entry[start:]:
        parts = [one for one in near if one.whole == whole.id]
        shared = {one.nationalities for one in parts}
        if not whole.nationalities and len(shared) == 1 and shared != {()} and _is_sum(whole, parts):
            entry[whole.id] = whole._replace(nationalities=shared.pop())
            for part in parts:
                entry[part.id] = part._replace(nationalities=())


def _is_loose(count: Count) -> bool:
    """Return whether people are only mentioned, so that they may be some of those counted before."""
    return count.kind is Kind.PEOPLE and count.whole is None and count.metric in ("people", *CALLED)


def _is_within_list(whole: Count, items: Sequence[Count]) -> bool:
    return any(whole.nationalities and whole.nationalities == item.nationalities for item in items)


def _join_sum(entry: list[Count], start: int, at: int) -> None:
    """Relate the counts in "nine Kenyans and two Ugandans, eleven in all"."""
    parts = [one for one in entry[start:at] if one.is_figure and one.whole is None and one.kind is Kind.PEOPLE]
    if _is_sum(entry[at], parts):
        rule = "the sum of the numbers before"
        entry[at] = entry[at]._replace(kind=Kind.PEOPLE, metric=parts[0].metric, rule=rule)
        _divide(entry, at, parts)


def _join_total(entry: list[Count], at: int) -> None:
    """Relate the counts in "Thailand (41), Laos (27). Total 68." """
    parts: list[Count] = []
    for count in reversed(entry[:at]):
        if count.kind is not Kind.PEOPLE or not count.is_figure or count.whole is not None:
            break
        parts.insert(0, count)
        if _is_sum(entry[at], parts):
            total = entry[at]._replace(kind=Kind.PEOPLE, metric=parts[0].metric, nationalities=(), whole=None)
            entry[at] = total._replace(rule="the total of the numbers before")
            _divide(entry, at, parts)
            return


def _next_number(view: SentenceView, entry: Sequence[Count], at: int) -> int:
    """Return the index of the first word of the next number, or the end of the sentence."""
    return entry[at + 1].amount.first if at + 1 < len(entry) else len(view.sentence)


def _divide_in_brackets(view: SentenceView, entry: list[Count], at: int) -> None:
    """Relate the numbers in "Deaths: 58 (heat 31, crashes 19, drowning 8)", which add up to the one before."""
    whole = entry[at]
    closing = next((one for one in range(whole.end, len(view.sentence)) if view.text(one) == ")"), 0)
    inside = [one for one in entry[at + 1 :] if one.amount.first < closing]
    if whole.is_figure and _is_sum(whole, inside):
        for part in inside:
            entry[part.id] = part._replace(
                kind=whole.kind, metric=whole.metric, whole=whole.id, grade=Grade.LIKELY, rule="a part in brackets",
                divided_by="nationality" if part.nationalities else "group" if part.group else None,
            )  # fmt: skip


def _divide(entry: list[Count], at: int, parts: Sequence[Count]) -> None:
    """Relate the counts in "eight suspects, six Thais and two Chinese"."""
    if _is_sum(entry[at], parts):
        for part in parts:
            entry[part.id] = as_part(part, entry[at], entry)


def _is_sum(total: Count, parts: Sequence[Count]) -> bool:
    return len(parts) > 1 and 0 < total.value == sum(part.value for part in parts)


def _items_after(view: SentenceView, entry: Sequence[Count], at: int) -> list[Count]:
    """Return the counts of people in the list directly after a count."""
    found: list[Count] = []
    end = entry[at].end
    for count in entry[at + 1 :]:
        between = view.between(end, count.amount.first)
        joined = between and all(word in GRAMMAR.joints or word == ":" for word in between)
        joined = joined or (not found and bool(between) and between[-1] in GRAMMAR.comprise)
        if not joined or count.kind is not Kind.PEOPLE or count.whole is not None:
            break
        found.append(count)
        end = count.end
    return found


def join_sums(records: Sequence[FigureDict], counts: Sequence[Count]) -> None:
    """Make numbers parts of another number of the same event if they add up to it exactly, so that nobody counts twice.

    They must differ in group, nationality or province, or follow the other number: "Troops demolished 101 buildings.
    They dismantled 83, and 18 were blown up." Otherwise, the sum is often chance: "12 in the first raid, 14 in the
    second".

    Args:
        records: the figures of an entry in the order of the text.
        counts: the count of each of them.
    """
    alike: defaultdict[object, list[int]] = defaultdict(list)
    for at, one in enumerate(records):
        if one["part_of"] is None and one["low"] == one["high"] is not None:
            alike[one["metric"], one["unit"], one["period"], one["count"]].append(at)
    _join_vague(records)
    for places in alike.values():
        for index, at in enumerate(places):
            if (records[at]["low"] or 0) >= _SMALLEST_SUM and records[at]["part_of"] is None:
                _join_parts(records, counts, at, (places[one] for one in range(index + 1, len(places))))
                _join_parts(records, counts, at, (places[one] for one in range(index - 1, -1, -1)))


def _join_parts(records: Sequence[FigureDict], counts: Sequence[Count], whole: int, others: Iterable[int]) -> None:
    """Make the nearest of other figures parts of one if they add up to it, and the text shows that they are."""
    near = takewhile(lambda at: abs(counts[at].at - counts[whole].at) <= _NEAR, others)
    parts = _parts_of_sum(records[whole], ((at, records[at]) for at in near))
    if _are_told_apart([records[at] for at in parts]) or _follow(counts[whole], [counts[at] for at in parts]):
        for at in parts:
            records[at]["part_of"] = records[whole]["id"]


def _are_told_apart(parts: Sequence[FigureDict]) -> bool:
    """Return whether each of several figures has a group, a nationality or a province that no other has."""
    labels = [(part["group"], part["nationality"], part["province"]) for part in parts]
    return bool(labels) and all(map(any, labels)) and len(set(labels)) == len(labels)


def _follow(whole: Count, parts: Sequence[Count]) -> bool:
    """Return whether parts come in the sentences after a number, and none belongs to another day or occasion."""
    words = {word.lower for part in parts for word in part.sentence}
    is_dated = any(part.dates for part in parts) or not _OTHER_OCCASIONS.isdisjoint(words)
    return bool(parts) and all(part.at > whole.at for part in parts) and not is_dated


def _join_vague(records: Sequence[FigureDict]) -> None:
    """Make the numbers by nationality or group after a vague number its parts: "hundreds were freed: 432 Chinese"."""
    for at, whole in enumerate(records):
        if whole["part_of"] is not None or (whole["stated"] or "").lower() not in NUMBERS.plurals:
            continue
        same = [one for one in records[at + 1 :] if one["part_of"] is None and _are_alike(whole, one)]
        if len(same) > 1 and sum(one["low"] or 0 for one in same) >= (whole["low"] or 0):
            for one in same:
                one["part_of"] = whole["id"]


def _are_alike(whole: FigureDict, part: FigureDict) -> bool:
    """Return whether a number of a nationality or a group can be a part of a vague number."""
    fits = all(whole[key] in (None, part[key]) for key in ("nationality", "province", "country", "group"))
    is_same = all(whole[key] == part[key] for key in ("metric", "unit", "period", "count"))
    return is_same and fits and bool(part["nationality"] or part["group"])


def _parts_of_sum(whole: FigureDict, others: Iterable[tuple[int, FigureDict]]) -> Sequence[int]:
    """Return the indices of the first figures that add up to another one, or none if one of them contradicts it."""
    left, found = whole["low"] or 0, list[int]()
    for at, one in others:
        left -= one["low"] or 0
        found.append(at)
        both = [(whole[key], one[key]) for key in ("nationality", "province", "country", "stated_by")]
        is_of_another = any(own and other and own != other for own, other in both) or _are_apart(whole, one)
        if left < 0 or one["part_of"] or is_of_another:
            return ()
        if left == 0:
            return found if len(found) > 1 else ()
    return ()


def _are_apart(whole: FigureDict, part: FigureDict) -> bool:
    """Return whether the group of a figure cannot be part of another's: women are no men, and men no children."""
    one, other = whole["group"], part["group"]
    return one in _ADULTS | _CHILDREN and other not in (None, one) and bool({one, other} & _ADULTS)
