"""Find what happened to the people of a list of counts, from the words before its first and after its last count.

A cue is a word that says what happened: "arrested", but not "arrest" in "arrest warrants". An event takes precedence
over a state: "12 captives were freed" counts 12 freed people.

In a list of entries, its title or its heading can say it instead: "Rescue log, second half of 2022" and then "18 Oct –
Bavet: Vietnamese 40, Chinese 12".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import Kind
from scamcli.ingest.counts.non_counts import gives_term
from scamcli.ingest.counts.nouns import demonym_in, is_object
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, MEASURES, OUTCOMES, SPEECH
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.ingest.counts.count import Count, SentenceView
    from scamcli.ingest.mentions import Mention

OWN_METRIC = lexicon.headings("counted.own_metric")
CUES = lexicon.headings("outcomes.cues")
WEAK_CUES = lexicon.headings("outcomes.weak_cues")

PHRASES = {
    verb: tuple((metric, int(within), frozenset(others)) for metric, within, *others in map(str.split, rules))
    for verbs, rules in lexicon.table("outcomes.phrases").items()
    for verb in verbs.split()
}
"""For each verb, the metrics that it means if certain words follow: the metric, within how many words, which words."""

"""Nouns after a word that then does not say what happened: "rescue operations"."""

TELLING = OUTCOMES.moving.union(CUES, PHRASES, MEASURES.given)
"""Every word that can say what happened to somebody."""

CALLED_SO = "what they are called"
"""The rule for what happened according to a word before the noun: "45 rescued women"."""

Outcome = tuple[str, str]
"""A metric, and the rule that found it."""

_HOME_NEAR = 14
"""How many words after a verb of moving are searched for a place of the same country."""
_AIRPORT_NEAR, _OWN_NEAR = 8, 7
"""How many words after such a verb are searched for an airport, or for "their own country"."""
_OUT_NEAR = 6
"""How many words after "got" are searched for "out": "got twelve more people out"."""
_HELD_BEFORE, _HELD_AFTER = 6, 10
"""How many words around "held" are searched for the captors or the police."""
_CARRIER_NEAR = 6
"""How many words before "carrying" are searched for the flight: "a flight from Manila landed carrying 62"."""
_HELPING_NEAR = 4
"""How many words before a verb are searched for "were": "were later also arrested"."""
_UNCHANGED = {
    "deaths": ("arrests", "captives", "detentions", "escapes", "injuries", "missing", "people", "rescues"),
    "survivors": ("arrests", "deaths", "injuries", "missing"),
}
"""For what people are called, the metrics of verbs that do not change it."""
_LIVES_NEAR = 5
"""How many words before "lost" are searched for "lives"."""
_UNREAL_NEAR = 3
_PUSHED_NEAR = 8
"""How many words before "returned" are searched for "intercepted": "people intercepted at sea were returned"."""
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


def with_outcome(count: Count, metric: str | None, rule: str) -> Count:
    """Return a count of people with its metric, from what happened or, if the text does not say, from the noun."""
    own = OWN_METRIC.get(count.noun)
    if metric in _UNCHANGED.get(own or "", ()):
        metric = None  # survivors who were taken to hospital, bodies that were recovered
    if metric is None and count.is_weak:
        return count.explained("people to whom nothing happens")
    reason = count.rule or "a number"
    if metric is not None:
        reason += f", {rule}"
    kind, grade = count.kind, count.grade
    if count.kind is Kind.BARE or (metric is None and own is None):
        kind, grade = Kind.PEOPLE, Grade.UNSURE
    found = metric or own or "people"
    group = None if found in (count.group, "survivors") else count.group
    return count._replace(kind=kind, grade=grade, metric=found, rule=reason, group=group)


def first_cue(view: SentenceView, places: Iterable[int]) -> str | None:
    """Return the metric of the first cue in a stretch of words."""
    return next((found for at in places if (found := cue(view, at))), None)


def cue(view: SentenceView, at: int) -> str | None:
    """Return the metric that a word means in its sentence, or ``None`` if it is not a cue there."""
    lower = view.lower(at)
    if lower not in TELLING or (at and not view.text(at).islower() and not view.is_titled):
        return None  # with a capital it is part of a name: Safe Return Network
    if (
        f"{view.lower(at - 1)} {lower}" in OUTCOMES.no_charge
        or _means_something_else(view, at)
        or _is_about_others(view, at)
    ):
        return None
    if lower == "lost" and view.has({"lives"}, at - _LIVES_NEAR, at):
        return "deaths"  # over 100 lives were tragically lost
    if lower in ("got", "get") and at + 1 in view.cores:
        return _by_getting(view, at)
    if (found := _by_phrase(view, at) or _by_moving(view, at)) is not None:
        return found
    if lower == "death" and view.lower(at - 1) == "to" and not OUTCOMES.sentencing.isdisjoint(view.lowers):
        return "convictions"  # sentenced five to death
    if view.lower(at + 1) in OUTCOMES.no_cue and not lower.endswith("ed"):
        return None
    return _by_holding(view, at) if lower in OUTCOMES.holding else CUES.get(lower)


def _means_something_else(view: SentenceView, at: int) -> bool:
    """Return whether words beside a cue give it another sense.

    A release can be on bail, without charge, or of photos, and warrants are executed. Victims who are recovered are
    freed, but migrants recovered from a house are only found. Somebody who "tried to" was not on trial.
    """
    lower = view.lower(at)
    if lower in GRAMMAR.be:
        return view.lower(at + 1) in OUTCOMES.forcing  # were forced to run scams
    if lower == "carried" and view.lower(at + 1) == "out":
        return view.lower(at - 1) not in GRAMMAR.be and view.lower(at + 2) != "of"  # officers carried out checks
    if lower in ("not", "slavery"):
        return view.lower(at + 1) == "to" or view.lower(at - 1) == "modern"  # told not to leave, modern slavery
    if lower == "forced":
        return view.lower(at + 1) in OUTCOMES.work  # forced labour victims
    if lower.startswith("releas"):
        return view.has(OUTCOMES.not_freeing, at + 1, at + 1 + _OWN_NEAR)
    if lower.startswith("execut"):
        return view.has(OUTCOMES.carried_out, at + 1, at + 1 + _OWN_NEAR)
    if lower.startswith("recover"):
        is_freed = view.has(OUTCOMES.recovered, at - _HELD_BEFORE, at + _HELD_BEFORE)
        return not is_freed and _by_phrase(view, at) is None
    return lower == "tried" and view.lower(at + 1) == "to"


def _is_about_others(view: SentenceView, at: int) -> bool:
    """Return whether a cue does not mean people: "held a meeting"; or people who were stopped and brought back."""
    lower = view.lower(at)
    if lower in OUTCOMES.holding:
        return view.has(OUTCOMES.held_things, at + 1, at + 1 + _OWN_NEAR)  # held a meeting, hold passports
    is_pushback = lower == "returned" and view.has({"intercepted"}, at - _PUSHED_NEAR, at)
    return is_pushback and not view.has({"home"}, at, at + 1 + _OWN_NEAR)


def _by_getting(view: SentenceView, at: int) -> str | None:
    if gives_term(view, at):
        return "convictions"
    return "rescues" if view.has({"out"}, at + 1, at + 1 + _OUT_NEAR) else None


def _by_phrase(view: SentenceView, at: int) -> str | None:
    if gives_term(view, at):
        return "convictions"
    for metric, within, following in PHRASES.get(view.lower(at), ()):
        if view.has(following, at + 1, at + 1 + within) if within else not following.isdisjoint(view.lowers):
            return metric
    return None


def _by_holding(view: SentenceView, at: int) -> str:
    if view.has(OUTCOMES.held_by_police, at - _HELPING_NEAR, at):
        return "detentions"
    near = at - _HELD_BEFORE, at + _HELD_AFTER
    return "detentions" if view.has(OUTCOMES.police, *near) and not view.has(OUTCOMES.captive, *near) else "captives"


def _by_moving(view: SentenceView, at: int) -> str | None:
    """Return whether people who move go to a place, or to the police, of their own country."""
    lower = view.lower(at)
    if lower not in OUTCOMES.moving:
        return None
    if lower in OUTCOMES.landing and view.has(OUTCOMES.airports, at + 1, at + 1 + _AIRPORT_NEAR):
        return "repatriations"
    if lower in OUTCOMES.receiving and view.has(COUNTED.of_some_country, at + 1, at + 1 + _OWN_NEAR):
        return "repatriations"
    people = {mention.name for mention in view.mentions if mention.kind == "people"}
    if not people:
        return None
    after = (mention for mention in view.mentions if at < mention.first <= at + _HOME_NEAR)
    is_home = any(_demonym_there(mention) in people for mention in after)
    return "repatriations" if is_home or view.has({"own"}, at + 1, at + 1 + _OWN_NEAR) else None


def _demonym_there(mention: Mention) -> str | None:
    """Return the demonym of the country of a place, or of a country's police or government."""
    if mention.kind in ("country", "place"):
        code = mention.name if mention.kind == "country" else mention.within
        return countries()[code].demonym if code else None
    if mention.kind == "actor" and mention.within in ("police", "government"):
        return demonym_in(mention.name)
    return mention.name if mention.kind == "adjective" else None


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
    if view.lower(start) == "inside" and not view.has(OUTCOMES.placing, start - _HELD_AFTER, start):
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
