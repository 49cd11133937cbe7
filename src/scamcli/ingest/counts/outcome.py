"""Recognise the words that say what happened to people.

A cue is a word that says what happened: "arrested", but not "arrest" in "arrest warrants". ``clauses`` decides which
of them is about which number.

In a list of entries, its title or its heading can say it instead: "Rescue log, second half of 2022" and then "18 Oct –
Bavet: Vietnamese 40, Chinese 12".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import Amount, Count, Kind
from scamcli.ingest.counts.non_counts import gives_term
from scamcli.ingest.counts.nouns import demonym_in
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, MEASURES, OUTCOMES
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.ingest.counts.count import SentenceView
    from scamcli.ingest.mentions import Mention

OWN_METRIC = lexicon.headings("counted.own_metric")
CUES = lexicon.headings("outcomes.cues")

PHRASES = {
    verb: tuple((metric, int(within), frozenset(others)) for metric, within, *others in map(str.split, rules))
    for verbs, rules in lexicon.table("outcomes.phrases").items()
    for verb in verbs.split()
}
"""For each verb, the metrics that it means if certain words follow: the metric, within how many words, which words."""

_JOINT = 3
"""The most words between somebody and a number of people: ", along with"."""
_FATE_NEAR = 4
"""How many words after "a girl was" are searched for "freed"."""
TELLING = OUTCOMES.moving.union(CUES, PHRASES, MEASURES.given)
"""Every word that can say what happened to somebody."""

_HOME_NEAR = 14
"""How many words after a verb of moving are searched for a place of the same country."""
_AIRPORT_NEAR, _OWN_NEAR = 8, 7
"""How many words after such a verb are searched for an airport, or for "their own country"."""
_OUT_NEAR = 6
"""How many words after "got" are searched for "out": "got twelve more people out"."""
_HELD_BEFORE, _HELD_AFTER = 6, 10
"""How many words around "held" are searched for the captors or the police."""
_HELPING_NEAR = 4
"""How many words before a verb are searched for "were": "were later also arrested"."""
_UNCHANGED = {
    "deaths": ("arrests", "captives", "detentions", "escapes", "injuries", "missing", "people", "rescues"),
    "survivors": ("arrests", "deaths", "injuries", "missing"),
}
"""For what people are called, the metrics of verbs that do not change it."""
_CARRIER_NEAR = 6
"""How many words before "carrying" are searched for the flight: "a flight from Manila landed carrying 62"."""
_FOUND = {"were", "was", "been"}
"""Auxiliaries before "found". Those who "are being traced" are still missing."""
UNREAL_NEAR = 3
"""How many words before a cue are searched for "will" or "failed to"."""
_LIVES_NEAR = 5
"""How many words before "lost" are searched for "lives"."""
_PUSHED_NEAR = 8
"""How many words before "returned" are searched for "intercepted": "people intercepted at sea were returned"."""


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
    return (lower == "tried" and view.lower(at + 1) == "to") or _is_idiom(view, at)


def _is_idiom(view: SentenceView, at: int) -> bool:
    """Return whether a verb and the next word mean something else: workers took part, a riot broke out."""
    after = view.lower(at + 1)
    if view.lower(at) in ("take", "took", "taken"):
        return after in ("part", "place")
    return view.lower(at) in ("broke", "broken") and after == "out" and view.has(OUTCOMES.breaking_out, 0, at)


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
        return "captives" if view.lower(at - 1) == "of" else "detentions"  # accused of holding 60 women
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


def is_unreal(view: SentenceView, at: int) -> bool:
    """Return whether a cue is about something planned, or that did not happen: "will deport", "failed to free"."""
    return view.has(OUTCOMES.unreal, at - UNREAL_NEAR, at)


def by_carrier(view: SentenceView, at: int) -> str | None:
    """Recognise a flight that carries people, which means that it takes them home."""
    is_carried = view.lower(at) in OUTCOMES.carrying and view.has(OUTCOMES.carriers, at - _CARRIER_NEAR, at)
    return "repatriations" if is_carried else None


def is_participle(view: SentenceView, at: int) -> bool:
    """Return whether a word can be a participle that says what was done to people: "arrested", "stuck"."""
    lower = view.lower(at)
    is_form = lower.endswith("ed") or lower in OUTCOMES.irregular or lower == "stuck"
    return is_form and lower in TELLING and lower not in OUTCOMES.intransitive | OUTCOMES.finite


def is_located(view: SentenceView, at: int, start: int) -> bool:
    """Return whether people were found, and not found dead."""
    is_verb = view.lower(at) in OUTCOMES.located and view.has(_FOUND, max(start, at - _HELPING_NEAR), at)
    return is_verb and first_cue(view, range(at, at + _HELPING_NEAR)) is None


def seeks(view: SentenceView, at: int) -> bool:
    """Return whether a verb is about people who have yet to be found: "is seeking four more", "looks for two"."""
    if view.lower(at).endswith("ing") and not view.has(GRAMMAR.be, at - UNREAL_NEAR, at):
        return False  # two men seeking work
    return view.lower(at) in OUTCOMES.wanting or "for" in view.pair(at + 1)


def single_people(view: SentenceView, counts: Sequence[Count]) -> Iterator[Count]:
    """Yield each single person in a list with a number, or to whom something happened, as a count without a figure.

    "Three girls and a man", "12 Thais, a Kenyan and a Ugandan", "arrested a 52-year-old Briton and his wife". A
    nationality counts as a person if no noun follows it.
    """
    counted = [(one.amount.first, one.end) for one in counts if one.is_figure and one.kind is Kind.PEOPLE]
    for at, lower in enumerate(view.lowers):
        last = _end_of_person(view, at) if lower in ("a", "an") else 0
        if not last:
            continue
        if view.lower(last) == "and" and view.lower(last + 1) in COUNTED.belonging:
            last = _end_of_person(view, last + 1) or last
        stretches = [view.between(end, at) for _, end in counted] + [view.between(last, first) for first, _ in counted]
        is_joined = any(words and len(words) <= _JOINT and GRAMMAR.joints.issuperset(words) for words in stretches)
        if is_joined or _has_fate(view, at, last):
            counted.append((at, last))
            amount = Amount(at, at, last, Kind.PLAIN, None, view.joined(at, last))
            yield Count(0, view.at, view.sentence, amount, (), last, Kind.UNUSED, "somebody beside a number of people")


def _end_of_person(view: SentenceView, at: int) -> int:
    """Return the index after the noun or the nationality of a single person, or 0."""
    aged = next((one for one in range(at + 2, at + 7) if view.lower(one) == "old"), at)
    nouns = COUNTED.one_person | COUNTED.one_relative
    last = next((end for end in range(aged + 2, aged + 5) if view.lower(end - 1) in nouns), 0)
    if (found := view.nationality(aged + 1)) and view.lower(found.last) in GRAMMAR.after_person:
        last = last or found.last
    is_amount = view.pair(last - 1) == ("couple", "of")
    return 0 if is_amount or any(word in GRAMMAR.stops for word in view.between(at, last)) else last


def _has_fate(view: SentenceView, at: int, last: int) -> bool:
    """Return whether a single person is the object of a verb such as "freed", or the subject of "was freed"."""
    if cue(view, at - 1) in OUTCOMES.done_to and view.lower(at - 1) not in OUTCOMES.cue_nouns:
        return not is_unreal(view, at - 1)
    is_passive = view.lower(last) in GRAMMAR.helping
    return is_passive and first_cue(view, range(last + 1, last + _FATE_NEAR)) in OUTCOMES.done_to
