"""Find the words that say what happened to the people of a list of counts: before its first or after its last count.

An event takes precedence over a state: "12 captives were freed" counts 12 freed people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import Kind
from scamcli.ingest.counts.nouns import is_object
from scamcli.ingest.counts.outcome import (
    OWN_METRIC,
    PHRASES,
    UNREAL_NEAR,
    by_carrier,
    cue,
    first_cue,
    is_located,
    is_participle,
    is_unreal,
    seeks,
)
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, OUTCOMES, SPEECH

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count, SentenceView

WEAK_CUES = lexicon.headings("outcomes.weak_cues")

CALLED_SO = "what they are called"
"""The rule for what happened according to a word before the noun: "45 rescued women"."""

Outcome = tuple[str, str]
"""A metric, and the rule that found it."""

_INTENDED_NEAR = 10
"""How many words before a number are searched for what is planned for those people."""
_SHORTEST_CLAUSE = 3
"""The fewest words of a relative clause, from "who" up to the auxiliary of the main verb."""
_ATTACHING = {"of", "from", "in", "at"}
_AT_LENGTH = 3
"""How many words of a verb can say what happened: "managed to escape"."""
_ATTACHED = 5
"""How many words can be between the noun of a number and a clause about something else: "members of a gang that"."""
_MAIN = {"have", "has", "had", "was", "were", "are"}
"""Auxiliaries of a main verb."""
_SEEN_NEAR = 3
"""How many words before a number are searched for "saw"."""
_ONESELF = {"he", "she", "i"}
_SUFFERED = ("deaths", "injuries", "missing")
_HAD_NEAR = 6
"""How many words after the beginning of a number are searched for "had": "five people had died"."""
_BEFORE_OTHER_VERB = frozenset({"and", "or", "but", "where", "it", "he", "she", "we", "there", "not", "to", ","})
"""Words before an auxiliary that show that it belongs to the relative clause, or to another one."""
_DENIED_NEAR = 3
_AT_ONCE = 2
"""Within how many words after a list a noun for an event can be a verb: "five women return"."""
_HELPING_NEAR = 4
"""How many words before a verb are searched for "were": "were later also arrested"."""
_EARLIER_NEAR = 6
"""How many words after a verb are searched for "last week"."""
_ENDS = GRAMMAR.boundaries | {","}
_DAYS = frozenset(lexicon.numbers("calendar.weekdays", 0)) | {"yesterday", "today"}
_WHOLE_NEAR = 8
"""How many words after "of" are searched for a participle: "20 of the more than 90 Sri Lankan workers stuck in"."""
_PLACED_NEAR = 10
"""How many words before "inside" are searched for "packed": people who are in a place but are not held there."""


def find_outcome(view: SentenceView, first: Count, last: Count, window: tuple[int, int]) -> Outcome | None:
    """Return what happened according to the words around a list of counts, within the two ends of `window`."""
    start, end = window
    if view.has(OUTCOMES.denied, first.amount.first - _DENIED_NEAR, first.amount.first):
        return None
    active, passive = _find_before(view, start, first), _find_after(view, last.end, end)
    if is_object(view, first) and view.lower(last.end) not in GRAMMAR.relative:
        passive = None  # five men accused of luring 46 people were charged
    if stays(view, last):
        active = None  # 18 have returned home and seven remain in a shelter
    if active is not None and (passive is None or not (_is_subject(view, first) or active[0] in OUTCOMES.states)):
        return active
    if passive is not None:
        return passive
    inside = first_cue(view, range(first.amount.last, first.end))
    if inside is not None:
        return inside, CALLED_SO
    if view.lower(1) in OWN_METRIC and view.has(GRAMMAR.include, start, first.amount.first):
        return OWN_METRIC[view.lower(1)], "the group that they are part of"
    weak = next((word for word in view.between(start, end) if word in WEAK_CUES), None)
    return None if weak is None or first.noun in OWN_METRIC else (WEAK_CUES[weak], f"“{weak}”")


def _is_subject(view: SentenceView, count: Count) -> bool:
    """Recognise a number whose outcome follows at once: "of 45 arrested, 12 were charged", "27 dead and 70 injured"."""
    after, after_noun = view.lower(count.amount.last), view.lower(count.end)
    if count.is_anaphoric:
        return after in GRAMMAR.helping or after_noun in GRAMMAR.be or after_noun in OUTCOMES.alone
    if after_noun == "still":
        return True  # 100 lives were lost, with hundreds more still missing
    if after_noun in GRAMMAR.helping and view.lower(count.amount.first - 1) in GRAMMAR.opening_number:
        return True  # 381 people lost their lives, and 597 more were reported missing
    return count.kind is Kind.BARE and after in OUTCOMES.alone and view.lower(count.amount.first - 1) in ("and", ",")


def _find_before(view: SentenceView, start: int, first: Count) -> Outcome | None:
    """Return the outcome named before a count, nearest word first, searching back as far as `start`; or ``None``."""
    begin = first.amount.first
    for at in range(begin - 1, start - 1, -1):
        lower = view.lower(at)
        if lower == ":" and (at == begin - 1 or view.text(at - 1).isdigit()):
            continue  # Handed over this morning: 62 men
        if (
            lower in GRAMMAR.boundaries
            or lower in ("said", "says")
            or (lower == "as" and (view.is_titled or at == begin - 1))  # nabbed as 164 men return
            or (lower == "by" and at > begin - 3)
        ):
            break
        found = None if _is_attributive(view, at) else cue(view, at)
        if _is_of_another(view, at, begin) if found is None else _ends_item(view, at, start):
            break
        found = found or by_carrier(view, at)
        if lower in OUTCOMES.intransitive and view.lower(at + 1) != ":" and view.lower(begin - 1) not in ("with", "by"):
            break
        if (found is not None and is_unreal(view, at)) or (lower in OUTCOMES.sought and seeks(view, at)):
            return None
        if found is not None and (view.lower(begin - 1) in GRAMMAR.dividing or not _is_of_others(view, at, begin)):
            return found, f"after “{lower}”"
    return None


def _is_attributive(view: SentenceView, at: int) -> bool:
    """Return whether a participle only describes one person: "the rescued man said that 40 people had left"."""
    return view.lower(at - 1) in GRAMMAR.determiners and view.lower(at + 1) in COUNTED.one_person


def _ends_item(view: SentenceView, at: int, start: int) -> bool:
    """Return whether a cue belongs to the number before it: "160 migrants missing, 41 survivors"."""
    return at == start > 0 and view.lower(at + 1) in (",", ";", "and") and view.lower(at) in OUTCOMES.alone


def _is_of_another(view: SentenceView, at: int, begin: int) -> bool:
    """Return whether a verb that is not a cue has the number as its object: "injured two", "of beating 20"."""
    lower = view.lower(at)
    if view.text(at) != lower:
        return False
    is_gerund = lower.endswith("ing") and view.lower(at - 1) in ("of", "for", "over")
    return is_gerund or (at == begin - 1 and lower in OUTCOMES.harming)


def _is_of_others(view: SentenceView, at: int, begin: int) -> bool:
    """Return whether a cue before a number is about different people: "they were arrested with 12 others"."""
    is_participle = view.lower(at).endswith("ed") or view.lower(at) in OUTCOMES.irregular | OUTCOMES.predicates
    if view.lower(at - 1) not in GRAMMAR.passive or not is_participle:
        return False
    if any(" ".join(view.pair(one)) in OUTCOMES.together for one in (at + 1, begin - 2)):
        return False  # were rescued along with 11 minors; was freed in Bavet together with 14 other Nepalis
    return view.lower(at + 1) != ":"  # were arrested: 12 men


def _main_verb(view: SentenceView, start: int, end: int) -> int:
    """Return the index of the auxiliary after a relative clause: "43 men who fell victim to a gang have been freed".

    It is `start` if no relative clause begins there, or if the main verb is not to be seen.
    """
    begin = start
    if view.lower(start) in _ATTACHING:  # five members of a gang that …
        begin = next((at for at in range(start, start + _ATTACHED) if view.lower(at) in GRAMMAR.relative), start)
    if view.lower(begin) not in GRAMMAR.relative:
        return start
    for at in range(begin + _SHORTEST_CLAUSE, end):
        lower, before = view.lower(at), view.lower(at - 1)
        is_aside = view.lower(at + 1).endswith("ing")  # members of a gang that forced them to live in it while working
        if (lower in GRAMMAR.clause_ends and not is_aside) or lower in SPEECH.said:
            break
        if lower not in _MAIN or before in _BEFORE_OTHER_VERB or before in GRAMMAR.relative or before in GRAMMAR.they:
            continue
        if _is_of_some(view, at, begin):
            continue
        later = range(at + 1, min(end, at + 1 + _HELPING_NEAR))
        if first_cue(view, later) is not None and not any(is_unreal(view, one) for one in later):
            return at
    return start


def main_outcome(view: SentenceView, start: int, end: int) -> Outcome | None:
    """Return what the verb after a participle says: "25 men arrested in May were deported", "20 stuck there flew home".

    It is ``None`` if there is no such verb, or if it says nothing that becomes a figure.
    """
    at, earlier = _participle(view, start)
    for verb in range(at + 1, end if earlier else 0):
        lower, before = view.lower(verb), view.lower(verb - 1)
        if lower in GRAMMAR.boundaries or lower in SPEECH.said or lower == ",":
            break
        if (before in _BEFORE_OTHER_VERB and before != "there") or before in GRAMMAR.they:
            continue
        if lower in OUTCOMES.finite and verb > at + 1:
            later = (
                found for one in range(verb, verb + _AT_LENGTH) if (found := cue(view, one)) not in OUTCOMES.states
            )
            return cue(view, verb) or next(filter(None, later), "people"), f"before “{lower}”"
        if lower in _MAIN:
            return _by_auxiliary(view, verb, end, earlier)
    return None


def _participle(view: SentenceView, start: int) -> tuple[int, str | None]:
    """Return the index and the metric of a participle that describes the people counted before it.

    "25 men arrested in", "men who were arrested in", "20 of the 90 men stuck in".
    """
    begin = start
    if view.lower(start) in GRAMMAR.relative and view.lower(start + 1) in GRAMMAR.helping:
        begin = start + 2 + (view.lower(start + 2) == "been")
    if view.lower(start) in _ATTACHING:
        near = range(start + 1, start + 1 + _WHOLE_NEAR)
        begin = next((at for at in near if is_participle(view, at) or view.lower(at) in GRAMMAR.stops), start)
    found = cue(view, begin) if is_participle(view, begin) else None
    return begin, found if found in OUTCOMES.done_to else None


def described(view: SentenceView, at: int) -> str | None:
    """Return the metric of a participle or a relative clause that describes people: "90 men stuck in Mae Sot"."""
    return _participle(view, at)[1]


def _by_auxiliary(view: SentenceView, verb: int, end: int, earlier: str | None) -> Outcome | None:
    """Return what the verb after an auxiliary says of people to whom something happened before."""
    later = range(verb + 1, min(end, verb + 1 + _HELPING_NEAR))
    metric = first_cue(view, later)
    is_before = view.lower(verb) == "had" and SPEECH.said.isdisjoint(view.lowers)  # men freed today had been sold
    if metric is None or metric in OUTCOMES.states or any(is_unreal(view, at) for at in later):
        return None
    is_given = view.has(OUTCOMES.giving, verb, later.stop)  # handed over to the police, or to their own country
    if earlier not in OUTCOMES.states and (is_before or is_given or metric not in OUTCOMES.done_later):
        return None
    is_release = earlier in OUTCOMES.accused and earlier != "detentions" and metric == "rescues"
    return "people" if is_release else metric, f"before “{view.lower(verb)}”"


def _find_after(view: SentenceView, start: int, end: int) -> Outcome | None:
    """Return the outcome after a list: that of the main verb after a participle, else the first event or state."""
    return main_outcome(view, start, end) or _first_outcome(view, start, end)


def _first_outcome(view: SentenceView, start: int, end: int) -> Outcome | None:
    start = _main_verb(view, start, end)
    if view.lower(start) == "inside" and not view.has(OUTCOMES.placing, start - _PLACED_NEAR, start):
        return "captives", "before “inside”"
    state: Outcome | None = None
    for at in range(start, end):
        lower = view.lower(at)
        goes_on = lower == "but" and view.lower(start) in GRAMMAR.relative  # Nine who were lured but held, were freed
        if (lower in GRAMMAR.clause_ends and at > start and not goes_on) or lower == "whose":
            break
        if lower == "among" and (found := _by_fellows(view, at)) is not None:
            return found, f"among the {view.lower(at + 2)}"
        found = "people" if state and state[0] == "missing" and is_located(view, at, start) else cue(view, at)
        if found is None or not _is_of_these(view, at, start, found):
            continue
        if is_unreal(view, at):
            break
        if found not in OUTCOMES.states and view.lower(at - 1) != "those":
            return _unless_earlier(view, at, start, found)  # but 75 of those detained have been let go
        state = state or (found, f"before “{lower}”")
    return state


def is_ahead(view: SentenceView, count: Count, metric: str | None) -> bool:
    """Return whether what a sentence says of people has not happened to them yet, or perhaps never will."""
    if _is_expected(view, count):
        return True
    is_further = count.noun in ("", "others") and not count.nationalities
    is_planned = (is_further and _is_intended(view, count)) or _is_planned(view, count)
    return metric is None and is_planned and count.noun not in OWN_METRIC


def _is_planned(view: SentenceView, count: Count) -> bool:
    """Return whether something has not happened yet: "7,000 people will be freed", "are due to be freed"."""
    verb = count.end + (view.lower(count.end) in GRAMMAR.be)
    is_due = view.lower(verb) in OUTCOMES.planned and view.lower(verb + 1) == "to"
    return is_due or view.lower(count.end) in OUTCOMES.future


def _is_expected(view: SentenceView, count: Count) -> bool:
    """Return whether something is only expected: "they expect 7,000 to be freed", "the first of 1,000 to be freed"."""
    first = count.amount.first
    is_due = view.pair(first - 2) == ("first", "of") or view.has(OUTCOMES.expecting, first - 2, first)
    return view.lower(count.end) == "to" and is_due


def _is_intended(view: SentenceView, count: Count) -> bool:
    """Return whether something is only planned for further people, or somebody is looking for them.

    "They plan to repatriate 270 more", "are seeking four others".
    """
    first = count.amount.first
    for at in range(first - 1, max(-1, first - 1 - _INTENDED_NEAR), -1):
        if view.lower(at) in OUTCOMES.sought and seeks(view, at):
            return True
        if view.lower(at) in GRAMMAR.boundaries or at in view.cores:
            return False
        if cue(view, at) is not None:
            return view.has(OUTCOMES.intending, at - UNREAL_NEAR, at)
    return False


def _unless_earlier(view: SentenceView, at: int, start: int, found: str) -> Outcome:
    """Return an outcome, or "people" if the clause names an earlier time than the day of its sentence.

    "On 4 March 2024, police questioned 25 men who were freed last week."
    """
    describes = view.lower(start) in GRAMMAR.relative or (at == start and is_participle(view, at))
    near = range(at + 1, at + 1 + _EARLIER_NEAR)
    time = next((one for one in near if " ".join(view.pair(one)) in OUTCOMES.earlier), None)
    is_dated = bool(view.dates) or view.has(_DAYS, 0, len(view.sentence))
    if describes and is_dated and time is not None and _ENDS.isdisjoint(view.between(at, time)):
        return "people", "to whom something happened before"
    return found, f"before “{view.lower(at)}”"


def stays(view: SentenceView, count: Count) -> bool:
    """Return whether people are the subject of a verb for those who remain: "seven remain", "17 are still in Laos"."""
    at = count.end
    while view.lower(at) in GRAMMAR.helping or view.lower(at) in OUTCOMES.before_staying:
        at += 1
    is_helped = view.has(GRAMMAR.be, count.end, at)
    is_still = is_helped and view.lower(at - 1) == "still" and view.lower(at) in ("in", "at", "inside")
    return (
        is_still or view.lower(at) in OUTCOMES.staying or (is_helped and view.lower(at) in OUTCOMES.staying_adjectives)
    )


def is_testimony(view: SentenceView, count: Count) -> bool:
    """Return whether somebody only recalls what happened to people: "he saw ten people die", "a survivor said that …".

    What people recall seldom happened on the day on which they tell it.
    """
    first = count.amount.first
    saw = next((at for at in range(first - 1, first - 1 - _SEEN_NEAR, -1) if view.lower(at) in OUTCOMES.seeing), None)
    if saw is not None and (view.has(_ONESELF, saw - 2, saw) or view.has(OUTCOMES.witnesses, 0, saw)):
        return True
    told = next((at for at in range(first) if view.lower(at) in SPEECH.said), 0)
    return (
        count.metric in _SUFFERED
        and view.has(OUTCOMES.witnesses, 0, told)
        and view.has({"had"}, first, first + _HAD_NEAR)
    )


def _by_fellows(view: SentenceView, at: int) -> str | None:
    """Return what happened to the group that people belong to: "five babies were among the returnees"."""
    if view.lower(at + 1) not in ("the", "those"):
        return None
    noun = view.lower(at + 2)
    return OWN_METRIC.get(noun) or (cue(view, at + 2) if noun in OUTCOMES.alone else None)


def _is_of_some(view: SentenceView, at: int, start: int) -> bool:
    """Return whether a verb is only about a part of the people: "of whom about half have returned"."""
    begin = next((one for one in range(at, start, -1) if view.lower(one) == ","), start)
    return any(view.pair(one) == ("of", "whom") for one in range(begin, at))


def _is_of_these(view: SentenceView, at: int, start: int, found: str) -> bool:
    if _is_of_some(view, at, start):
        return False
    lower, is_next = view.lower(at), at < start + _AT_ONCE
    if lower in OUTCOMES.resumed and view.lower(at - 1) == "," and at > start:
        return view.lower(at + 1) in OUTCOMES.resumed_to  # among them five women, return to Jakarta
    if lower in OUTCOMES.cue_nouns:
        managed = view.pair(at - 2) in (("managed", "to"), ("able", "to"))
        return is_next or managed or (lower == "detention" and view.has({"in"}, at - 3, at))
    if view.lower(at - 1) == "and" and at + 1 in view.cores and lower.endswith("ed"):
        return False  # held 40 Indians and arrested nine
    is_active = view.lower(at - 1) in GRAMMAR.have and is_participle(view, at)
    if is_active and at + 1 + (view.lower(at + 1) in OUTCOMES.away) in view.cores:
        return False  # will fly home 60 citizens and has flown home 30
    if at == start and found in OUTCOMES.freeing and at + 1 in view.cores:
        return False  # 40 officers freed three
    if is_next or lower in OUTCOMES.alone or lower in PHRASES or found in OUTCOMES.alone_metrics:
        return True
    return view.has(GRAMMAR.helping, max(start, at - _HELPING_NEAR), at)
