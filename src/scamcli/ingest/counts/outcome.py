"""What a sentence tells of those whom a list of counts counts: what stands before its first, or after its last.

An event decides before a state does: of "12 captives were freed" 12 were freed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.cues import PHRASES, cue, first_cue
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

OWN_METRIC = lexicon.headings("counted.own_metric")
BOUNDARIES = lexicon.words("grammar.boundaries")
CLAUSE_ENDS = lexicon.words("grammar.clause_ends")
DIVIDING = lexicon.words("grammar.dividing")
HELPING = lexicon.words("grammar.helping")
INCLUDE = lexicon.words("grammar.include")
PASSIVE = lexicon.words("grammar.passive")
ALONE = lexicon.words("outcomes.alone")
ALONE_METRICS = lexicon.words("outcomes.alone_metrics")
CARRIERS = lexicon.words("outcomes.carriers")
CARRYING = lexicon.words("outcomes.carrying")
CUE_NOUNS = lexicon.words("outcomes.cue_nouns")
DENIED = lexicon.words("outcomes.denied")
FREEING = lexicon.words("outcomes.freeing")
HARMING = lexicon.words("outcomes.harming")
INTRANSITIVE = lexicon.words("outcomes.intransitive")
IRREGULAR = lexicon.words("outcomes.irregular")
RESUMED = lexicon.words("outcomes.resumed")
RESUMED_TO = lexicon.words("outcomes.resumed_to")
STATES = lexicon.words("outcomes.states")
UNREAL = lexicon.words("outcomes.unreal")
WEAK_CUES = lexicon.headings("outcomes.weak_cues")

Told = tuple[str, str]
"""A metric, and the rule that found it."""

_CARRIER_NEAR = 6
"""Words before "carrying" in which the flight stands: "a flight from Manila landed carrying 62"."""
_HELPING_NEAR = 4
"""Words before a verb in which "were" stands: "were later also arrested"."""
_UNREAL_NEAR = 3
_DENIED_NEAR = 3
_AT_ONCE = 2
"""Words after a list before which a noun of an event is a verb: "five women return"."""


def told(reader: Reader, first: Count, last: Count, window: tuple[int, int]) -> Told | None:
    """What the words around a list of counts say of them.

    Args:
        reader: of the sentence.
        first: of the list.
        last: of the list.
        window: the words that can tell of it: the index of the first, and after the last.
    """
    start, end = window
    if reader.has(DENIED, first.amount.first - _DENIED_NEAR, first.amount.first):
        return None
    active, passive = _before(reader, start, first), _after(reader, last.end, end)
    if active is not None and (active[0] not in STATES or passive is None):
        return active
    if passive is not None:
        return passive
    inside = first_cue(reader, range(first.amount.last, first.end))
    if inside is not None:
        return inside, "what they are called"
    if reader.lower(1) in OWN_METRIC and reader.has(INCLUDE, start, first.amount.first):
        return OWN_METRIC[reader.lower(1)], "what those are called whom they divide"
    weak = next((word for word in reader.between(start, end) if word in WEAK_CUES), None)
    return None if weak is None or first.noun in OWN_METRIC else (WEAK_CUES[weak], f"“{weak}”")


def take_told(count: Count, metric: str | None, rule: str) -> None:
    """Take what became of people; where nothing is told, what their noun says of itself.

    Args:
        count: of people, or a number that has no noun.
        metric: what is told; ``None`` is nothing.
        rule: that found it.
    """
    own = OWN_METRIC.get(count.noun)
    if metric == "caught":
        metric = "arrests" if count.is_weak or own == "suspects" else "detentions"
    if metric is None and count.is_weak:
        count.explain("people of whom nothing is told")
        return
    count.metric = metric or own or "people"
    count.rule = count.rule or "a number"
    if metric is not None:
        count.rule += f", {rule}"
    if count.kind is Kind.BARE or (metric is None and own is None):
        count.kind, count.grade = Kind.PEOPLE, Grade.UNSURE
    if count.group == count.metric:
        count.group = None


def _before(reader: Reader, start: int, first: Count) -> Told | None:
    """The last word before a list that says what happened, within its clause."""
    begin = first.amount.first
    for at in range(begin - 1, start - 1, -1):
        lower = reader.lower(at)
        if lower == ":" and (at == begin - 1 or reader.text(at - 1).isdigit()):
            continue  # Handed over this morning: 62 men
        if lower in BOUNDARIES or lower in ("said", "says") or (lower == "by" and at > begin - 3):
            break
        if _is_of_another(reader, at, begin):
            break
        found = cue(reader, at) or _by_carrier(reader, at)
        if lower in INTRANSITIVE and reader.lower(at + 1) != ":" and reader.lower(begin - 1) not in ("with", "by"):
            break
        if found is not None and _is_unreal(reader, at):
            return None
        if found is not None and (reader.lower(begin - 1) in DIVIDING or not _is_of_others(reader, at)):
            return found, f"after “{lower}”"
    return None


def _is_of_another(reader: Reader, at: int, begin: int) -> bool:
    """Whether a verb before a number tells of it, and no rule knows the verb: "injured two", "of beating 20"."""
    lower = reader.lower(at)
    if cue(reader, at) is not None or reader.text(at) != lower:
        return False
    is_gerund = lower.endswith("ing") and reader.lower(at - 1) in ("of", "for", "over")
    return is_gerund or (at == begin - 1 and lower in HARMING)


def _is_unreal(reader: Reader, at: int) -> bool:
    """Whether a cue tells of what is planned, or did not happen: "will deport", "failed to free"."""
    return reader.has(UNREAL, at - _UNREAL_NEAR, at)


def _by_carrier(reader: Reader, at: int) -> str | None:
    """A flight that carries people takes them home."""
    if reader.lower(at) not in CARRYING or not reader.has(CARRIERS, at - _CARRIER_NEAR, at):
        return None
    return "repatriations"


def _is_of_others(reader: Reader, at: int) -> bool:
    """Whether a cue before a number tells of somebody else: "they were arrested with 12 others"."""
    is_participle = reader.lower(at).endswith("ed") or reader.lower(at) in IRREGULAR
    if reader.lower(at - 1) not in PASSIVE or not is_participle:
        return False
    return reader.lower(at + 1) != ":"  # were arrested: 12 men


def _after(reader: Reader, start: int, end: int) -> Told | None:
    """The word after a list that says what happened to it: an event before a state."""
    if reader.lower(start) == "inside":
        return "captives", "before “inside”"
    state: Told | None = None
    for at in range(start, end):
        lower = reader.lower(at)
        if lower in CLAUSE_ENDS and at > start:
            break
        found = cue(reader, at)
        if found is None or not _is_of_these(reader, at, start, found):
            continue
        if _is_unreal(reader, at):
            break
        if found not in STATES:
            return found, f"before “{lower}”"
        state = state or (found, f"before “{lower}”")
    return state


def _is_of_these(reader: Reader, at: int, start: int, found: str) -> bool:
    """Whether a cue after a list tells of it."""
    lower, is_next = reader.lower(at), at < start + _AT_ONCE
    if lower in RESUMED and reader.lower(at - 1) == "," and at > start:
        return reader.lower(at + 1) in RESUMED_TO  # among them five women, return to Jakarta
    if lower in CUE_NOUNS:
        managed = reader.pair(at - 2) in (("managed", "to"), ("able", "to"))
        return is_next or managed or (lower == "detention" and reader.has({"in"}, at - 3, at))
    if reader.lower(at - 1) == "and" and at + 1 in reader.cores and lower.endswith("ed"):
        return False  # held 40 Indians and arrested nine
    if at == start and found in FREEING and at + 1 in reader.cores:
        return False  # 40 officers freed three
    if is_next or lower in ALONE or lower in PHRASES or found in ALONE_METRICS:
        return True
    return reader.has(HELPING, max(start, at - _HELPING_NEAR), at)
