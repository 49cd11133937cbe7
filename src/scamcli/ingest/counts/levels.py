"""Explain numbers by the words around them instead of a noun: levels, comparisons, repetitions, percentages.

"Rose to 40", "the number of captives at 300", "against 12 last year", "of the 158", "fell by 78 percent".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.counts.amounts import SIGNS
from scamcli.ingest.counts.count import Kind, last_figure
from scamcli.ingest.counts.nouns import PEOPLE, THINGS
from scamcli.ingest.counts.outcome import cue, first_cue, with_outcome
from scamcli.ingest.lexicon import GRAMMAR, TRENDS
from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Amount, Count, SentenceView


_NEAR = 4
"""How many words before a number are searched for its verb, or for "number"."""
_FROM_TO = 8
"""The same for the 11 in "rose from three in 2021 to eleven", where "from" comes between."""
_FAR = 14
"""How many words before "at 300" are searched for "number": "the number of captives still held there at 300"."""
_LATER = 5
"""How many words after a number are searched for "last year"."""
_OWN = 3
"""How many words before a noun are searched for its nationality: "Vietnamese and Thai captives"."""
_VERB_NEAR = 7
"""How many words after a percentage are searched for its verb: "80 percent of all the victims were men"."""
_TOPIC_NEAR = 6
"""How many words before a percentage are searched for what rises: "wages rose by 5 percent"."""
_FEWEST_REPEATED = 10
"""The smallest number that can repeat one with another wording, such as "at least 34". Smaller ones are often equal."""
_AFTER_LEVEL = GRAMMAR.after_number | {"for"}
_TOLD = "from “the number of”"


def with_level(view: SentenceView, count: Count, before: Sequence[Count]) -> Count:
    """Explain a number without a noun if possible, using also the earlier counts of the entry."""
    first = count.amount.first
    if view.lower(first - 1) in ("the", "all") and (repeated := as_repetition(count, before)) is not None:
        return repeated
    if (found := _read_number_of(view, count)) is not None:
        return found
    if _is_level(view, first) and (found := _read_level(view, count)) is not None:
        return found
    last = last_figure(before)
    if (
        view.has(TRENDS.totals, first - _NEAR, first)
        and last is not None
        and "as high" not in count.amount.wording.lower()
    ):
        whole = next((one for one in before if one.id == last.whole), last)  # not the nationality of a part
        return count.counting_as(whole, "the number before, at another time")._replace(group=None)
    if before and _is_compared(view, count):
        return count._replace(kind=Kind.COMPARED)
    known = last_figure(before, lambda one: one.is_combined)
    if known is not None and view.lower(count.amount.last) in _AFTER_LEVEL and _is_restated(view, first):
        return count.counting_as(known, "the number before, by another count")._replace(group=None)
    return count


def with_total(view: SentenceView, count: Count, before: Sequence[Count]) -> Count:
    """Read the new level of a total, which names no noun, as a number of what was counted before.

    "Police freed 45 people, bringing the total to 312."
    """
    first = count.amount.first
    known = last_figure(before, lambda one: one.is_combined)
    is_total = view.has(TRENDS.bringing, first - _FAR, first) and view.has(TRENDS.totals, first - _FAR, first)
    if known is None or view.lower(first - 1) not in TRENDS.brought_to or not is_total:
        return count
    return count.counting_as(known, "the total of such numbers")._replace(group=None, nationalities=())


def _is_restated(view: SentenceView, first: int) -> bool:
    """Return whether a number without a noun is another count of the same: "the force spoke of 41", "it was 250"."""
    if " ".join(view.pair(first - 2)) in TRENDS.restating:
        return True
    return view.lower(first - 1) == "at" and view.has(TRENDS.putting, first - _FAR, first)


def as_repetition(count: Count, before: Sequence[Count]) -> Count | None:
    """Explain a number that only repeats an earlier one: "of the 158"."""
    wording, size = count.amount.wording, count.size
    alike = [one for one in before if one.amount.kind is count.amount.kind]  # "27%" is not "the 27 arrested"
    same = last_figure(alike, lambda one: one.amount.wording == wording or one.size == size >= _FEWEST_REPEATED)
    return None if same is None else count.explained("already stated")._replace(refers=same.id)


def _read_number_of(view: SentenceView, count: Count) -> Count | None:
    """Read a number whose subject follows it: "bringing to 218 the number sent back"."""
    last = count.amount.last
    if view.pair(last) != ("the", "number"):
        return None
    metric = first_cue(view, range(last + 2, len(view.sentence)))
    return None if metric is None else with_outcome(count._replace(kind=Kind.PEOPLE), metric, _TOLD)


def _is_level(view: SentenceView, first: int) -> bool:
    """Return whether the words before a number make it a level: "rose to", "the number of captives at", a colon."""
    joint = view.lower(first - 1)
    if joint == ":" or joint in TRENDS.to_level or view.has(TRENDS.totals, first - _NEAR, first):
        return True
    if joint in ("to", "at") and view.has(TRENDS.levelling, first - _FAR, first):
        return True
    near = _FROM_TO if joint == "to" and view.has({"from"}, first - _FROM_TO, first) else _NEAR
    return joint in ("to", "at", "from") and view.has(TRENDS.to_level, first - near, first)


def _read_level(view: SentenceView, count: Count) -> Count | None:
    """Read a number whose noun is before it: "complaints rose to 40", "Requests pile up: 145"."""
    first = count.amount.first
    at = next((at for at in range(first - 1, -1, -1) if _is_subject(view, at, first)), None)
    if at is None:
        return _read_number_before(view, count)
    noun = view.lower(at)
    count = count._replace(noun=noun)
    if noun in PEOPLE and (noun,) not in view.own.by_phrase:
        count = count._replace(kind=Kind.PEOPLE, group=PEOPLE[noun])
        count = with_outcome(count, first_cue(view, range(at, first)), _TOLD)
    else:
        metric = view.own.by_phrase.get((noun,)) or THINGS[noun]
        count = count._replace(kind=Kind.THING, metric=metric)
    people = (one.name for one in view.mentions if at - _OWN < one.first < first and one.kind == "people")
    return count._replace(nationalities=tuple(people)[:1], rule=f"number that {noun} reached")


def _read_number_before(view: SentenceView, count: Count) -> Count | None:
    """Read a number of people whom only a participle names: "put the number of rescued at 31"."""
    for at in range(count.amount.first - 1, 1, -1):
        if view.lower(at - 1) == "of" and view.lower(at - 2) in TRENDS.totals and (metric := cue(view, at)) is not None:
            return with_outcome(count._replace(kind=Kind.PEOPLE), metric, _TOLD)
    return None


def _is_subject(view: SentenceView, at: int, first: int) -> bool:
    """Return whether a number can count what a word before it names. For people, "the number of women" is required."""
    noun = view.lower(at)
    if (noun,) in view.own.by_phrase:
        return True
    if noun in THINGS:
        return METRICS[THINGS[noun]].count != "none"
    if noun in PEOPLE and at == 0 and view.text(first - 1) == ":":
        return True  # a row: Migrants found in houses: 1,733
    return noun in PEOPLE and (view.lower(at - 1) == "of" or view.lower(first - 1) in TRENDS.to_level)


def _is_compared(view: SentenceView, count: Count) -> bool:
    """Return whether a number is only a comparison: "than 12", "from 12", ", 41 in the same quarter last year"."""
    first, last = count.amount.first, count.amount.last
    further, joint = view.pair(first - 2)
    is_whole = view.lower(last) in GRAMMAR.after_number or view.lower(last) in ("to", "a", "the", "last")
    if (joint == "from" and is_whole) or view.has(TRENDS.comparing, first - _NEAR - 1, first):
        return True
    if further == "had" and view.has(TRENDS.compared, 0, first):
        return True
    return joint in (",", "(") and view.lower(last) == "in" and view.has(TRENDS.earlier, last, last + _LATER)


def with_percentage(view: SentenceView, count: Count) -> Count:
    """Return a percentage as a change if a sign or a word for rising or falling is next to it, else as a share."""
    amount = count.amount
    if view.has(TRENDS.no_share, amount.first - _TOPIC_NEAR, amount.first):
        return count.explained("a percentage of something else")
    if amount.wording.startswith(SIGNS):
        return count.reads(Kind.CHANGE, "a change in percent")._replace(metric="change")
    changed = _changed_amount(view, amount)
    if changed is not None:
        count = count.reads(Kind.CHANGE, "a change in percent")
        return count._replace(amount=changed, metric="change", end=changed.last)
    if not TRENDS.no_share.isdisjoint(view.lowers):
        return count.explained("a percentage of something else")
    count = count.reads(Kind.SHARE, "a share in percent")
    return count._replace(metric="share", group=_group_of_share(view, amount))


def _changed_amount(view: SentenceView, amount: Amount) -> Amount | None:
    """Return a percentage as a change, with the word that shows this: "fell by 78 percent", "30 percent more"."""
    first, last = amount.first, amount.last
    places = () if view.text(last) == "," else (last, last + 1)  # 64 percent, up from 58 percent
    later = next((at for at in places if view.lower(at) in TRENDS.trends), None)
    before = next((at for at in range(first - 1, first - 1 - _NEAR, -1) if view.lower(at) in TRENDS.trends), None)
    joint = view.lower(first - 1)  # something changes by a percentage, not to it; "a rise of 5 percent"
    is_by = joint not in ("to", "at", "from") and (joint != "of" or before == first - 2)
    if before is not None and is_by and (later == last + 1 or not _is_made_up(view, amount)):
        return amount._replace(first=before, wording=f"{view.joined(before, first)} {amount.wording}")
    if later is not None:
        return amount._replace(last=later + 1, wording=f"{amount.wording} {view.joined(last, later + 1)}")
    return None


def _is_made_up(view: SentenceView, amount: Amount) -> bool:
    """Return whether the subject of a verb before a percentage has that share: "women made up 58 percent"."""
    return view.has(GRAMMAR.making_up, amount.first - _NEAR, amount.first)


def _group_of_share(view: SentenceView, amount: Amount) -> str | None:
    """Return the people who have a share: "women made up 58 percent", "80 percent of the victims were men"."""
    first, last = amount.first, amount.last
    if view.text(first - 1) == "(":
        return None  # Albanian (17%; 791)
    verb = next((at for at in range(last, last + _VERB_NEAR) if view.lower(at) in ("were", "are")), None)
    words = [] if verb is None else view.between(verb + 1, verb + _VERB_NEAR)
    words += view.between(first - _NEAR, first)
    return next((group for word in words if (group := PEOPLE.get(word))), None)
