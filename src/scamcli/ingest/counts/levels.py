"""Explain numbers by the words around them instead of a noun: levels, comparisons, repetitions, percentages, money.

"Rose to 40", "the number of captives at 300", "against 12 last year", "of the 158", "fell by 78 percent".

Money is lost to scams, a fine, or assets that an authority takes. The nearest word before the amount in its clause
decides, else the nearest after it. The word must not be about something that was only planned, or that did not happen.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.amounts import SIGNS
from scamcli.ingest.counts.count import Kind, last_figure
from scamcli.ingest.counts.nouns import PEOPLE, THINGS
from scamcli.ingest.counts.outcome import cue, first_cue, is_unreal, with_outcome
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, MONEY, NUMBERS, TRENDS
from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
_RATE_NEAR = 2
"""How many words after an amount are searched for "each": "fines of $10 for each day"."""
_SENT_NEAR, _CHEATS_NEAR, _VICTIMS_NEAR = 5, 8, 5
"""How many words before an amount are searched for "transferred", and after it for "scammers" or for "from victims"."""
_CANCELLED_NEAR = 12
"""How many words after a fine are searched for "waived": "fines, which run to more than $40,000, have been waived"."""
_THREATENED_NEAR = 14
"""How many words before an amount are searched for "punishable"."""
_HELPING_NEAR = 3
"""How many words before "seized" are searched for "were": "$40,000 in cash was also seized"."""
_TOLL_NEAR = 6
"""How many words before a number are searched for "toll": "the death toll has since risen to seven"."""
_PERIODS = frozenset({"since", "year", "month", "week"})
_EVENT_NEAR = 3
"""How many sentences before a toll are searched for another number of the same event."""
_AFTER_LEVEL = GRAMMAR.after_number | {"for"}
_TOLD = "from “the number of”"
TAKEN = lexicon.headings("money.taken")


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
        peoples = {
            one.nationalities for one in before if one.is_figure and (one.metric, one.whole) == (whole.metric, None)
        }
        found = count.counting_as(whole, "the number before, at another time")._replace(group=None)
        return found if len(peoples) <= 1 else found._replace(nationalities=())  # 41 Thais and 12 Laos, 88 in all
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


def with_money(view: SentenceView, count: Count) -> Count:
    """Return an amount of money with its metric, or explain it if nobody lost it or has to give it up."""
    last = count.amount.last
    if view.text(last) == "/" and view.text(last + 1).isalpha():
        return count.explained("a rate")  # 300 million dong/month
    metric, word = _taken(view, count)
    if view.lower(last) in MONEY.per_head and metric != "fines":
        return count.explained("money for each")
    if metric is None and _is_found_cash(view, count):
        return count.reads(Kind.TAKEN, "cash that was found")._replace(metric="assets")
    if metric is None:
        if MONEY.losing.isdisjoint(view.lowers) and not _is_sent(view, count):
            return count.explained("money that nobody lost")
        return count.reads(Kind.LOSS, "money lost")._replace(metric="losses")
    if not word:
        return count.explained("money that nobody has to give up")
    return count.reads(Kind.TAKEN, f"money beside “{word}”")._replace(metric=metric)


def _is_sent(view: SentenceView, count: Count) -> bool:
    """Return whether money went to those who cheat: "transferred $5,000 to the scammers", "$5,000 from victims"."""
    first, last = count.amount.first, count.amount.last
    is_sent = view.has(MONEY.sending, first - _SENT_NEAR, first) and view.has(MONEY.cheats, last, last + _CHEATS_NEAR)
    is_taken = view.lower(last) == "from" and view.has({"victims"}, last, last + _VICTIMS_NEAR)
    return (is_sent or is_taken) and MONEY.ransoms.isdisjoint(view.lowers)


def _is_found_cash(view: SentenceView, count: Count) -> bool:
    """Return whether an authority came upon cash: "police found $40,000 in cash"."""
    first, last = count.amount.first, count.amount.last
    is_cash = view.has(MONEY.cash, last, last + 2) or view.has(MONEY.cash, first - 2, first)
    return is_cash and not MONEY.finding.isdisjoint(view.lowers)


def _taken(view: SentenceView, count: Count) -> tuple[str | None, str]:
    """Return the metric of an amount that somebody has to give up, and the word that says so.

    The metric is ``None`` if no word says so. The word is empty if it is about something that did not happen.
    """
    first, last = count.amount.first, count.amount.last
    at = _nearest(view, range(first - 1, -1, -1))
    if at is None:
        at = _nearest(view, range(last, len(view.sentence)), after=last)
    if at is None or (view.lower(at) in MONEY.losing and not view.own.of_money(view.lower(at))):
        return None, ""
    metric = view.own.of_money(view.lower(at)) or TAKEN[view.lower(at)]
    is_each = metric == "fines" and view.lower(last) in MONEY.per_head  # fined 2,000 baht each
    is_nothing = (
        is_unreal(view, at)
        or (view.has(MONEY.rates, last, last + _RATE_NEAR) and not is_each)
        or view.has(MONEY.cancelled, last, last + _CANCELLED_NEAR)
        or view.has(MONEY.threatened, first - _THREATENED_NEAR, first)
    )
    return metric, "" if is_nothing else view.lower(at)


def _is_about_money(view: SentenceView, lower: str) -> bool:
    return lower in TAKEN or lower in MONEY.losing or view.own.of_money(lower) is not None


def _nearest(view: SentenceView, places: Iterable[int], after: int | None = None) -> int | None:
    """Return the index of the first word for taking or losing money in a clause.

    Args:
        view: the sentence.
        places: the indices of the words, from the amount outwards.
        after: the index after the amount, if the words follow it: then "were" or "in" must precede the word.
    """
    for at in places:
        lower = view.lower(at)
        if lower in GRAMMAR.boundaries and at != after and not (lower == ":" and view.lower(at - 1) in TAKEN):
            return None  # but "Seized: 12 phones and 1.2 million baht" is one clause
        if (at and view.text(at) != lower) or not _is_about_money(view, lower):
            continue
        is_next = after is not None and at <= after + 1 and lower.endswith(("ed", "en"))  # 1.1 billion dong seized
        if after is None or is_next or view.has(GRAMMAR.helping | {"in"}, max(after, at - _HELPING_NEAR), at):
            return at
    return None


def join_tolls(view: SentenceView, entry: list[Count], start: int) -> None:
    """Relate a toll to the number of the same event before it, so that the two are not added up.

    If the toll has risen, the earlier number is a part of it: "The death toll has risen to seven." Otherwise, somebody
    states another number for the same: "The army put the death toll at seven." Which is right, the reviewer has to say.
    """
    for count in entry[start:]:
        first = count.amount.first
        noun = next((at for at in range(first - 1, first - 1 - _TOLL_NEAR, -1) if view.lower(at) in TRENDS.tolls), None)
        if noun is None or not count.is_combined or not _is_toll_of_event(view, noun, first):
            continue
        near = [one for one in entry[:start] if view.at - one.at <= _EVENT_NEAR and one.metric == count.metric]
        earlier = last_figure(near, lambda one: one.whole is None and not one.is_comparison)
        if earlier is None or earlier.size == count.size:
            continue
        is_further = any(word.lower in NUMBERS.more for word in earlier.sentence[earlier.amount.first : earlier.end])
        if earlier.size < count.size and (is_further or view.has(TRENDS.reaching, noun, first)):
            entry[earlier.id] = earlier._replace(whole=count.id)
        else:
            rule = "another number for the same people"
            entry[count.id] = count._replace(kind=Kind.UNREAD, metric=None, rule=rule)


def _is_toll_of_event(view: SentenceView, noun: int, first: int) -> bool:
    """Return whether a toll is that of the event before, not that of a year or of something else."""
    is_until_now = any(" ".join(pair) in CALENDAR.so_far for pair in pairwise(view.lowers))
    is_period = view.dates or is_until_now or not _PERIODS.isdisjoint(view.lowers)
    is_put = view.lower(first - 1) == "at" and view.has(TRENDS.putting, 0, noun) and not view.has({"in"}, noun, first)
    is_alone = view.lower(noun - 1) in TRENDS.before_toll and not is_period
    return is_alone and (is_put or TRENDS.after_toll.issuperset(view.between(noun + 1, first)))
