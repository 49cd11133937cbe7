"""Stage 3: decide what happened to the people that a sentence counts, that is, the metric of each count.

Counts joined in a list share one outcome. A word that says what happened takes precedence over the noun ("12 suspects
were arrested"). If no word says it, the outcome is taken from earlier counts.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.clauses import CALLED_SO, described, find_outcome, is_ahead, is_testimony, main_outcome
from scamcli.ingest.counts.count import COMPARISON, OF_PEOPLE, Kind, last_figure
from scamcli.ingest.counts.levels import as_repetition, with_level, with_money, with_percentage, with_total
from scamcli.ingest.counts.non_counts import PARENTHETICAL
from scamcli.ingest.counts.nouns import is_object
from scamcli.ingest.counts.outcome import CUES, OWN_METRIC, cue, first_cue, with_outcome
from scamcli.ingest.counts.parts import CALLED
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, NUMBERS, OUTCOMES, SPEECH
from scamcli.ingest.mentions.names import PLACE_KINDS
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.counts.count import Count, SentenceView


WITHDRAWING = lexicon.phrases("outcomes.withdrawing")

_COUNTRIES_NEAR = 3
"""How many words before a number of countries are searched for "from"."""
_SHORTENED = ("on", "in", "at", ".", "")
"""How many words can follow a number that shares an outcome: "freed 45 people on Monday and another 20 on Tuesday"."""
_DENIED_NEAR = 12
"""How many words around a number are searched for a denial: "reports of 300 hostages were false"."""
_WITHDRAWN_NEAR = 14
"""How many words before a number are searched for what withdraws it."""
_RECENT = 6
"""How many counts of earlier sentences a number can be compared with."""
_SPEAKING_NEAR = 4
"""How many words after "one of them" are searched for "said"."""
_LONGEST_JOINT = 5
"""How many words can join two counts: ", and also a further"."""
_SHORT = 6
"""A sentence with fewer words is only about its premises: "Two hotels closed."."""
_EITHER_NEAR = 6
"""How many words after a count are searched for "dead or missing"."""
_OPENING_OF = 2
"""A number after "of" or "out of" opens a sentence up to this word."""
_IN_PLACE, _IN_TIME = ("in", "across", "from", "at"), ("in", "on")


def resolve(view: SentenceView, described: Sequence[Count], before: Sequence[Count]) -> list[Count]:
    """Return the classified counts of a sentence with their metrics, or with the earlier counts that they repeat."""
    counts = _share_reference(view, [_resolve_alone(view, count) for count in described])
    for at, count in enumerate(counts):
        counts[at] = _resolve_without_noun(view, count, counts[:at], before)
    for chain in _chains(view, counts):
        first, last = counts[chain[0]], counts[chain[-1]]
        outcome = find_outcome(view, first, last, _window(view, counts, chain)) or _across_bracket(view, first, counts)
        metric, rule = outcome or (None, "")
        for at, count in zip(chain, _share_nationality(view, [counts[at] for at in chain]), strict=True):
            counts[at] = _resolve_in_chain(view, count, metric, rule, is_alone=len(chain) == 1)
    for at, count in enumerate(counts):
        counts[at] = _resolve_by_others(view, count, counts[:at], before)
    return [
        count._replace(kind=Kind.UNREAD, metric=None)
        if count.is_figure and (_is_denied(view, count.amount.first) or is_testimony(view, count))
        else count
        for count in counts
    ]


def without_unsaid(counts: Sequence[Count]) -> list[Count]:
    """Return the counts. Those that the text withdraws ("we wrote that 45") or only asks about are no figures.

    This comes last, because a number that replaces another counts the same: "It was 25." A part of a number that is
    withdrawn stands alone.
    """
    found = [_stated(count) for count in counts]
    unsaid = {one.id for one, count in zip(found, counts, strict=True) if one is not count}
    return [one._replace(whole=None) if one.whole in unsaid else one for one in found]


def _stated(count: Count) -> Count:
    before = [word.lower for word in count.sentence[: count.amount.first]]
    near = f" {' '.join(before[-_WITHDRAWN_NEAR:])} "
    clause = before[len(before) - before[::-1].index(",") if "," in before else 0 :]
    if count.is_figure and any(f" {phrase} " in near for phrase in WITHDRAWING):
        return count._replace(kind=Kind.UNUSED, metric=None, rule="a number that the text withdraws")
    if count.is_figure and "whether" in clause:
        return count._replace(kind=Kind.UNUSED, metric=None, rule="a number that nobody states")
    return count


def _resolve_alone(view: SentenceView, count: Count) -> Count:
    """Resolve money, percentages and things, which need only their own sentence."""
    match count.kind:
        case Kind.MONEY:
            return with_money(view, count)
        case Kind.PERCENT:
            return with_percentage(view, count)
        case Kind.THING:
            return _resolve_thing(view, count)
    return count


def _resolve_thing(view: SentenceView, count: Count) -> Count:
    first = count.amount.first
    if count.noun in COUNTED.countries and not _is_of_origin(view, first):
        return count.explained("a number of countries")
    if count.metric == "articles" and count.noun == "investigations" and not COUNTED.opening.isdisjoint(view.lowers):
        return count._replace(metric="cases", rule="investigations that were opened")
    if count.metric == "reports" and COUNTED.recording.isdisjoint(view.lowers):
        return count.explained("publications")
    return count.explained("“one” that counts nothing") if count.is_one else _with_either(view, count)


def _is_of_origin(view: SentenceView, first: int) -> bool:
    """Return whether a number of countries counts where people come from: "foreigners from 28 nations"."""
    at = next(
        (at for at in range(first - 1, first - 1 - _COUNTRIES_NEAR, -1) if view.lower(at) in COUNTED.of_countries), 0
    )
    return at > 0 and not view.has(COUNTED.bodies_of_countries, at - _COUNTRIES_NEAR, at)


def _share_reference(view: SentenceView, counts: list[Count]) -> list[Count]:
    """Make the 30 in "30 of 50 men" a part, and both counts in "17 women and two children among them"."""
    counts = [
        one._replace(is_anaphoric=True) if other.kind is Kind.PEOPLE and _is_whole(view, one, other) else one
        for one, other in pairwise([*counts, *counts[-1:]])
    ]
    shared = [
        one._replace(is_anaphoric=True)
        if other.is_anaphoric and view.lower(other.end) == "among" and view.lower(one.end) == "and"
        else one
        for one, other in pairwise(counts)
    ]
    return shared + counts[-1:]


def _is_whole(view: SentenceView, one: Count, other: Count) -> bool:
    return view.lower(one.amount.last) == "of" and other.amount.first == one.amount.last + 1


def _resolve_without_noun(view: SentenceView, count: Count, earlier: Sequence[Count], before: Sequence[Count]) -> Count:
    """Resolve a number that repeats an earlier one ("all ten"), or that has no noun."""
    amount = count.amount
    is_all = amount.kind is Kind.PLAIN and amount.first < amount.core and view.lower(amount.core - 1) == "all"
    if not is_all and count.kind is not Kind.BARE:
        return count
    known = [*before, *earlier]
    if is_all and (repeated := as_repetition(count, known)) is not None:
        return repeated
    return with_level(view, count, known) if count.kind is Kind.BARE else count


def _chains(view: SentenceView, counts: Sequence[Count]) -> list[list[int]]:
    """Return the indices of counts of people and premises, grouped by list."""
    found: list[list[int]] = []
    for at, count in enumerate(counts):
        if count.kind not in (Kind.PEOPLE, Kind.PREMISES, Kind.BARE) or count.metric is not None:
            continue
        if found and _are_joined(view, counts[found[-1][-1]], count):
            found[-1].append(at)
        else:
            found.append([at])
    return found


def _are_joined(view: SentenceView, one: Count, other: Count) -> bool:
    """Return whether only a comma or "and" separates two counts."""
    if other.kind is Kind.BARE and view.lower(other.amount.last) in OUTCOMES.finite:
        return False  # freed 47 people, and 17 returned home
    if other.is_anaphoric or (one.kind is Kind.PREMISES) != (other.kind is Kind.PREMISES):
        return False
    between = list(words_between(view, one.end, other.amount.first))
    return 0 < len(between) <= _LONGEST_JOINT and GRAMMAR.joints.issuperset(between)


def words_between(view: SentenceView, start: int, end: int) -> Iterator[str]:
    """Yield the words between two counts, leaving out places, dates and single people: "in Myanmar and", "in May,"."""
    at, dates = start, dict(view.dates)
    while at < end:
        joint, mention, date = view.lower(at), view.by_first.get(at + 1), dates.get(at + 1)
        if date is not None and joint in _IN_TIME and date.end < end:
            at = date.end
            continue
        kinds = PLACE_KINDS if joint in _IN_PLACE else OF_PEOPLE if joint in ("a", "an") else ()
        if mention is not None and mention.kind in kinds and mention.last < end:
            at = mention.last
            continue
        yield joint
        at += 1


def _window(view: SentenceView, counts: Sequence[Count], chain: Sequence[int]) -> tuple[int, int]:
    """Return the stretch of words that can say what happened to the people of a list.

    It ends at the next count, unless that count only divides the list or becomes no figure.
    """
    earlier, last = counts[: chain[0]], counts[chain[-1]]
    if view.lower(counts[chain[0]].amount.first - 1) == "to":
        earlier = [one for one in earlier if one.kind is not Kind.SENTENCE]  # gave two years each to 108 people
    start = max((one.end for one in earlier if one.rule not in PARENTHETICAL), default=0)
    if " ".join(view.pair(counts[chain[0]].amount.first - 2)) in OUTCOMES.together:
        start = 0  # rescued two adults aged 22 and 26, together with five children
    for later in counts[chain[-1] + 1 :]:
        if (
            later.kind in (Kind.OTHER, Kind.UNUSED)
            or later.refers is not None
            or (later.kind is Kind.THING and not later.is_combined)
        ):
            continue
        between = last.end, later.amount.first
        is_aside = view.has(GRAMMAR.singling_out, *between) or (
            view.text(last.end) == "," and view.has({"made"}, *between)
        )
        if not (_is_in_passing(view, later) or is_aside):
            return start, later.amount.first
    return start, len(view.sentence)


def _is_in_passing(view: SentenceView, count: Count) -> bool:
    """Return whether a count only divides or sums the counts before it: "12 men, two of them Thai, were freed"."""
    if count.has_complement and view.lower(count.end) == "and" and view.lower(count.end + 1) in GRAMMAR.be:
        return False  # 2,900 were Chinese and were flown home
    if is_object(view, count) and view.lower(count.end) not in GRAMMAR.relative:
        return True  # five men accused of luring 46 people were charged
    if count.has_complement or count.in_brackets or _is_total_of_others(view, count):
        return True
    after = view.pair(count.amount.last)
    return after == ("in", "all") or (count.is_anaphoric and view.lower(count.end) in (",", ")"))


def _is_total_of_others(view: SentenceView, count: Count) -> bool:
    """Return whether the words before a count are about a part of it: "320 out of some 650", "most of the 40"."""
    first = count.amount.first
    if view.pair(first - 2) == ("out", "of"):
        return True
    of = first - 1 - (view.lower(first - 1) in GRAMMAR.determiners)
    part = view.lower(of - 1)
    is_nearly = part == "all" and view.lower(of - 2) in ("nearly", "almost")
    if cue(view, count.end) is not None and not _is_part_of(view, count, of):
        return False  # one of 40 people rescued that day
    return view.lower(of) == "of" and (part in NUMBERS.partial or is_nearly or of - 1 in view.cores)


def _is_part_of(view: SentenceView, count: Count, of: int) -> bool:
    """Return whether what follows people is only about a part: "20 of the 90 flew", "20 of the 90 stuck there left"."""
    if view.lower(count.end) in OUTCOMES.finite or main_outcome(view, count.end, len(view.sentence)) is not None:
        return True
    return of - 1 in view.cores and described(view, count.end) in OUTCOMES.states


def _across_bracket(view: SentenceView, first: Count, counts: Sequence[Count]) -> tuple[str, str] | None:
    """Return what happened to the list before a bracket: "freed 104 minors (83 boys and 21 girls) and 66 women"."""
    joint = first.amount.first - 1
    if view.lower(joint) not in ("and", ",") or view.text(joint - 1) != ")":
        return None
    opening = next((at for at in range(joint - 1, -1, -1) if view.text(at) == "("), None)
    before = next((one for one in counts if one.end == opening and one.kind is first.kind is Kind.PEOPLE), None)
    return None if before is None or before.metric in (None, "people") else (before.metric, "like those before")


def _share_nationality(view: SentenceView, chain: list[Count]) -> list[Count]:
    """Give all counts of a list the nationality after it: 52 women and seven children, all of them Vietnamese."""
    last = chain[-1]
    if len(chain) == 1 or not last.nationalities or view.lower(last.end - 1) == last.noun:
        return chain
    if not view.has({"them", "all", "both"}, last.amount.last, last.end):
        return chain
    return [count._replace(nationalities=count.nationalities or last.nationalities) for count in chain]


def _resolve_in_chain(view: SentenceView, count: Count, metric: str | None, rule: str, *, is_alone: bool) -> Count:
    if count.kind is Kind.PREMISES:
        return _resolve_premises(view, count)
    if is_alone and count.is_one and _only_mentions(view, count, metric, rule):
        return count.explained("“one” that counts nobody")
    if is_ahead(view, count, metric):
        return count.reads(Kind.UNUSED, "people to whom it has not happened yet")._replace(metric=None)
    if count.kind is Kind.BARE and metric is None:
        return count._replace(kind=Kind.LISTED if count.divided_by else Kind.BARE)
    if _is_total_of_others(view, count) and rule != CALLED_SO:
        called = described(view, count.end) or first_cue(view, range(count.amount.last, count.end))
        rule = f"before “{view.lower(count.end)}”"  # 20 of the 90 people stuck there flew home; 14 of 20 missing men
        return with_outcome(count._replace(noun=count.noun or "people"), called, rule)
    if count.has_complement and not (rule.startswith("before") and view.lower(count.end) in ("and", ",")):
        metric = None  # but: 2,900 of them were Chinese and were flown home
    return _with_either(view, with_outcome(count, metric, rule))


def _with_either(view: SentenceView, count: Count) -> Count:
    """Give a count the metric "people" if they are dead or missing and the text does not say how many are which."""
    if count.metric not in ("deaths", "missing"):
        return count
    near = [word for word in view.between(count.amount.last, count.end + _EITHER_NEAR) if word not in ("went", "gone")]
    for word, joint, other in zip(near, near[1:], near[2:], strict=False):
        if joint in ("and", "or") and {CUES.get(word), CUES.get(other)} == {"deaths", "missing"}:
            return count._replace(metric="people", rule=f"{count.rule}, dead or missing")
    return count


def _only_mentions(view: SentenceView, count: Count, metric: str | None, rule: str) -> bool:
    """Return whether "one" only mentions somebody. It counts if something happened to that person, such as death.

    "One of the rescued women was pregnant" says what happened to all of them.
    """
    last = count.amount.last
    if count.kind is Kind.BARE or view.lower(last) == "of":
        speaks = view.has(SPEECH.said, last, count.end + _SPEAKING_NEAR)
        is_called = rule == CALLED_SO or metric in (None, "people", "survivors")
        return speaks or (is_called and not count.has_complement)
    is_part = view.has(GRAMMAR.dividing, count.amount.first - 2, count.amount.first)  # incl. one foreigner
    return metric is None and not is_part and OWN_METRIC.get(count.noun) != "deaths"


def _resolve_premises(view: SentenceView, count: Count) -> Count:
    """Count premises if something is done to them, or to people in them: "freed from two compounds"."""
    words = view.lowers
    if not OUTCOMES.sanctioning.isdisjoint(words):
        return count.explained("targets of sanctions")
    is_place = view.lower(count.amount.first - 1) in ("from", "at", "in")
    is_freed = is_place and any(CUES.get(word) in OUTCOMES.freeing for word in words)
    if is_freed or not OUTCOMES.raiding.isdisjoint(words) or _are_found(view, count) or len(words) < _SHORT:
        return count._replace(metric="premises", rule=f"{count.rule} that were raided, searched or closed")
    return count.explained("buildings that nobody raids, searches or closes")


def _are_found(view: SentenceView, count: Count) -> bool:
    """Return whether the police came upon premises: "police found 28 camps", "28 camps were found by the police"."""
    first, end = count.amount.first, count.end
    finders = view.has(OUTCOMES.police, 0, first) or view.has(OUTCOMES.police, end, len(view.sentence))
    return finders and (view.has(OUTCOMES.finding, first - 2, first) or view.has(OUTCOMES.finding, end, end + 3))


def _resolve_by_others(view: SentenceView, count: Count, earlier: Sequence[Count], before: Sequence[Count]) -> Count:
    """Resolve a count by the counts before it.

    "The 45 workers" without an outcome are the 45 before. "Another 30" have the nationality mentioned last; after
    complaints, they are complaints. A number in a comparison counts the same as the other number, and a total without a
    noun the same as the number before.
    """
    if count.kind is Kind.BARE:
        return with_total(view, count, [*before[-_RECENT:], *earlier])
    if count.kind is Kind.COMPARED:
        model = last_figure([*before[-_RECENT:], *earlier], lambda one: one.is_combined)
        return count if model is None else count.counting_as(model, COMPARISON)
    if count.kind is not Kind.PEOPLE:
        return count
    known = [*before, *earlier]
    if not count.noun and count.metric == "rescues" and "“releas" in count.rule and _are_accused(known[-1:]):
        return count._replace(is_anaphoric=True)  # arrested 15 suspects and later released three
    is_definite = count.metric in ("people", *CALLED) and view.lower(count.amount.first - 1) == "the"
    if (is_definite or _opens_of(view, count)) and (repeated := as_repetition(count, known)) is not None:
        return repeated
    if count.noun or count.nationalities or count.is_anaphoric:
        return count
    return _resolve_others(view, count, earlier, last_figure(known))


def _are_accused(last: Sequence[Count]) -> bool:
    return bool(last) and last[0].kind is Kind.PEOPLE and last[0].metric in OUTCOMES.accused


def _opens_of(view: SentenceView, count: Count) -> bool:
    """Return whether a sentence begins with the number that it divides: "Out of 34 labourers, 15 were children"."""
    return view.lower(count.amount.first - 1) == "of" and count.amount.first <= _OPENING_OF


def _resolve_others(view: SentenceView, count: Count, earlier: Sequence[Count], last: Count | None) -> Count:
    """Resolve a count of people without a noun by the people before it in the sentence, else by the last figure."""
    people = next((one for one in reversed(earlier) if one.kind is Kind.PEOPLE), None)
    if people is not None and count.metric != people.metric:
        count = count._replace(nationalities=people.nationalities, grade=Grade.UNSURE)
        if count.metric == "people" and (view.lower(count.end) in _SHORTENED or count.rule.endswith("in a group")):
            count = count._replace(metric=people.metric)
    if count.nationalities or count.metric != "people" or last is None or last.kind is not Kind.THING:
        return count
    return count.counting_as(last, "a further number of the same") if last.definition.split else count


def _is_denied(view: SentenceView, first: int) -> bool:
    """Return whether somebody denies a number or calls it false. Such a number is not ascribed to anybody."""
    places = range(first - 1, first - 1 - _DENIED_NEAR, -1)
    denied = next((at for at in places if view.lower(at) in OUTCOMES.denying), None)
    if (
        denied is not None
        and view.has(OUTCOMES.of_what, denied, first)
        and not view.has(GRAMMAR.clause_ends, denied, first)
    ):
        return True
    noun, joint = view.pair(first - 2)
    return joint == "of" and noun in OUTCOMES.of_what and view.has(OUTCOMES.called_false, first, first + _DENIED_NEAR)
