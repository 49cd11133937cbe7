"""Find the words that say what happened to the people of a list of counts: before its first or after its last count.

An event takes precedence over a state: "12 captives were freed" counts 12 freed people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import Kind
from scamcli.ingest.counts.nouns import is_object
from scamcli.ingest.counts.outcome import OWN_METRIC, PHRASES, cue, first_cue
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, OUTCOMES, SPEECH

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count, SentenceView

WEAK_CUES = lexicon.headings("outcomes.weak_cues")

CALLED_SO = "what they are called"
"""The rule for what happened according to a word before the noun: "45 rescued women"."""

Outcome = tuple[str, str]
"""A metric, and the rule that found it."""

_CARRIER_NEAR = 6
"""How many words before "carrying" are searched for the flight: "a flight from Manila landed carrying 62"."""
_UNREAL_NEAR = 3
_SHORTEST_CLAUSE = 3
"""The fewest words of a relative clause, from "who" up to the auxiliary of the main verb."""
_ATTACHING = {"of", "from", "in", "at"}
_ATTACHED = 5
"""How many words can be between the noun of a number and a clause about something else: "members of a gang that"."""
_MAIN = {"have", "has", "had", "was", "were", "are"}
"""Auxiliaries of a main verb."""
_BEFORE_OTHER_VERB = frozenset({"and", "or", "but", "where", "it", "he", "she", "we", "there", "not", "to", ","})
"""Words before an auxiliary that show that it belongs to the relative clause, or to another one."""
_DENIED_NEAR = 3
_AT_ONCE = 2
"""Within how many words after a list a noun for an event can be a verb: "five women return"."""
_HELPING_NEAR = 4
"""How many words before a verb are searched for "were": "were later also arrested"."""
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
    after = view.lower(count.amount.last)
    if count.is_anaphoric:
        return after in GRAMMAR.be or view.lower(count.end) in GRAMMAR.be or view.lower(count.end) in OUTCOMES.alone
    after_noun = view.lower(count.end)
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
        found = found or _by_carrier(view, at)
        if lower in OUTCOMES.intransitive and view.lower(at + 1) != ":" and view.lower(begin - 1) not in ("with", "by"):
            break
        if found is not None and is_unreal(view, at):
            return None
        if found is not None and (view.lower(begin - 1) in GRAMMAR.dividing or not _is_of_others(view, at)):
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


def is_unreal(view: SentenceView, at: int) -> bool:
    """Return whether a cue is about something planned, or that did not happen: "will deport", "failed to free"."""
    return view.has(OUTCOMES.unreal, at - _UNREAL_NEAR, at)


def _by_carrier(view: SentenceView, at: int) -> str | None:
    """Recognise a flight that carries people, which means that it takes them home."""
    is_carried = view.lower(at) in OUTCOMES.carrying and view.has(OUTCOMES.carriers, at - _CARRIER_NEAR, at)
    return "repatriations" if is_carried else None


def _is_of_others(view: SentenceView, at: int) -> bool:
    """Return whether a cue before a number is about different people: "they were arrested with 12 others"."""
    is_participle = view.lower(at).endswith("ed") or view.lower(at) in OUTCOMES.irregular | OUTCOMES.predicates
    if view.lower(at - 1) not in GRAMMAR.passive or not is_participle:
        return False
    if " ".join(view.pair(at + 1)) in OUTCOMES.together:
        return False  # were rescued along with 11 minors
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
        later = range(at + 1, min(end, at + 1 + _HELPING_NEAR))
        if first_cue(view, later) is not None and not any(is_unreal(view, one) for one in later):
            return at
    return start


def _find_after(view: SentenceView, start: int, end: int) -> Outcome | None:
    """Return the outcome after a list: the first event, or else the first state."""
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
        found = cue(view, at)
        if found is None or not _is_of_these(view, at, start, found):
            continue
        if is_unreal(view, at):
            break
        if found not in OUTCOMES.states and view.lower(at - 1) != "those":
            return found, f"before “{lower}”"  # but 75 of those detained have been let go
        state = state or (found, f"before “{lower}”")
    return state


def _by_fellows(view: SentenceView, at: int) -> str | None:
    """Return what happened to those to whom people belong: "five babies were among the returnees"."""
    if view.lower(at + 1) not in ("the", "those"):
        return None
    noun = view.lower(at + 2)
    return OWN_METRIC.get(noun) or (cue(view, at + 2) if noun in OUTCOMES.alone else None)


def _is_of_these(view: SentenceView, at: int, start: int, found: str) -> bool:
    lower, is_next = view.lower(at), at < start + _AT_ONCE
    if lower in OUTCOMES.resumed and view.lower(at - 1) == "," and at > start:
        return view.lower(at + 1) in OUTCOMES.resumed_to  # among them five women, return to Jakarta
    if lower in OUTCOMES.cue_nouns:
        managed = view.pair(at - 2) in (("managed", "to"), ("able", "to"))
        return is_next or managed or (lower == "detention" and view.has({"in"}, at - 3, at))
    if view.lower(at - 1) == "and" and at + 1 in view.cores and lower.endswith("ed"):
        return False  # held 40 Indians and arrested nine
    if at == start and found in OUTCOMES.freeing and at + 1 in view.cores:
        return False  # 40 officers freed three
    if is_next or lower in OUTCOMES.alone or lower in PHRASES or found in OUTCOMES.alone_metrics:
        return True
    return view.has(GRAMMAR.helping, max(start, at - _HELPING_NEAR), at)
