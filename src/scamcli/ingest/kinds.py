"""Choose the kind of an entry's event.

By the rules, the kind is that of the first verb. If the first sentence has none, a figure, a noun or a later sentence
tells the kind. What the rules say is one sign among others, and ``kinds.toml`` has a number for each sign:
``python -m evaluation --train`` writes it. The kind with the highest sum is chosen.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.attribution import Attribution, is_outlet
from scamcli.ingest.dated_entries import Entries, Entry
from scamcli.ingest.dating.signs import precision, total
from scamcli.ingest.dating.view import unmarked
from scamcli.ingest.entry_dates import CHOSEN
from scamcli.ingest.figures import Figures
from scamcli.ingest.grading import rule_name
from scamcli.ingest.lexicon import KINDS, OUTCOMES, SPEECH
from scamcli.ingest.mentions import Mention
from scamcli.ingest.proposal import Grade, Metadata, Reason, Span
from scamcli.ingest.speakers import Speakers
from scamcli.ingest.words import Sentence, Word
from scamcli.language.vocabulary import EVENT_KINDS
from scamcli.records.types import FigureDict

WEIGHTS = Path(__file__).with_name("kinds.toml")

ACTIONS = lexicon.headings("kinds.actions")
HINTS = lexicon.headings("kinds.hints")
OF_METRICS = lexicon.headings("kinds.of_metrics")
CUES = lexicon.headings("outcomes.cues")
TOPICS = [(kind, frozenset(words)) for kind, words in lexicon.table("kinds.topics").items()]

_NOUNS = {"hint": HINTS, "topic": {word: kind for kind, named in TOPICS for word in named}}
_IN_COURT = ("indictment", "conviction", "seizure", "extradition")
_WITHOUT_ACTION = ("statement", "report")
"""Kinds of events that depend on the form of an entry, and not only on its words."""
_PLACES = ("the first sentence", "the second sentence")
_LATER = "a later sentence"
_OPENS = 2
"""Index of the last word at which a name opens a sentence."""
_MOST_TRENDS = 3
"""The most words for a trend that are counted."""


class Setting(NamedTuple):
    """What the entries of a text have in common, as far as kinds depend on it."""

    is_list: bool
    published: str | None
    actions: Counter[str]
    """How often each kind of action occurs in the text."""


class Evidence(NamedTuple):
    """What an entry and its text say about its event, as far as the kind depends on it."""

    entry: Entry
    mentions: Sequence[Sequence[Mention]]
    speakers: Speakers
    figures: Figures
    setting: Setting

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences of the entry."""
        return self.entry.sentences

    @property
    def with_caption(self) -> Sequence[Sentence]:
        """The sentences of the entry, and the caption of the table that it is a row of."""
        return (*self.sentences, self.entry.caption) if self.entry.caption else self.sentences


class Clue(NamedTuple):
    """Something that speaks for a kind: the name of the sign, the kind, and the words."""

    sign: str
    kind: str
    span: Span


def classify(found: Evidence) -> tuple[str, Reason]:
    """Return the kind of an event for which most signs speak, and the reason for it.

    The reason is that of the rules if they say the same. Else it is the word or the figure that speaks most for it.
    """
    learned = trained()
    by_rules, reason = classify_by_rules(found)
    scores = {kind: total(learned, names) for kind, names in signs(found).items()}
    kind = max(scores, key=scores.__getitem__)
    if kind == by_rules:
        return kind, reason
    own = (one for one in _clues(found, by_rules, reason) if one.kind == kind)
    best = max(own, key=lambda one: learned.get(one.sign, 0.0), default=None)
    if best is None:
        speaker, first = _first_speaker(found), found.sentences[0]
        return _kind_and_reason(kind, first[speaker.at if speaker else 0], "its speakers, its date and its form")
    return kind, Reason("kind", best.span, f"{best.sign}, and other signs", Grade.UNSURE)


def signs(found: Evidence) -> dict[str, set[str]]:
    """Return the signs for or against each kind: the kind itself, its clues, and for some the marks of the entry."""
    every = {kind: {kind} for kind in EVENT_KINDS}
    for clue in _clues(found, *classify_by_rules(found)):
        every[clue.kind].add(clue.sign)
    for kind in _WITHOUT_ACTION:
        every[kind].update(f"{kind}: {mark}" for mark in _marks(found))
    return every


@cache
def trained() -> Mapping[str, float]:
    """Return the numbers that come with the program, by sign."""
    found: dict[str, float] = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["signs"]
    return found


def setting_of(entries: Entries, about: Metadata) -> Setting:
    """Return what the entries of a text have in common."""
    every = [entries.before, entries.outside, *(entry.sentences for entry in entries.dated)]
    return Setting(entries.is_list, about.published, _kinds_of_actions(chain(*every)))


def _kinds_of_actions(sentences: Iterable[Sentence]) -> Counter[str]:
    """Return how often each kind of action occurs in sentences."""
    return Counter(kind for sentence in sentences for kind, _ in _actions(sentence))


def _clues(found: Evidence, by_rules: str, reason: Reason) -> Iterator[Clue]:
    """Yield what speaks for kinds: the choice of the rules, words, figures, and what the rest of the text is about."""
    rule = rule_name(reason.rule)
    chosen = "chosen date" if found.entry.dated.rule == CHOSEN else "own date"
    for sign in ("the rules", f"the rules: {rule}", f"the rules: {rule}, {chosen}"):
        yield Clue(sign, by_rules, reason.span)
    yield from _clues_of_words(found.with_caption)
    yield from _clues_of_figures(found.figures)
    first = Span(found.sentences[0][0].start, found.sentences[0][0].end)
    elsewhere = (found.setting.actions - _kinds_of_actions(found.sentences)).most_common()
    yield from (Clue("most common action in the rest of the text", kind, first) for kind, _ in elsewhere[:1])
    yield from (Clue("actions in the rest of the text", kind, first) for kind, times in elsewhere if times > 1)


def _clues_of_words(sentences: Sequence[Sentence]) -> Iterator[Clue]:
    """Yield the kinds that words name, by the sort of the word and its sentence."""
    for sentence, where in zip(sentences, chain(_PLACES, repeat(_LATER)), strict=False):
        for kind, word in _actions(sentence):
            yield Clue(f"action in {where}", kind, Span(word.start, word.end))
        for sort, kinds in _NOUNS.items():
            for word in sentence:
                if named := kinds.get(word.lower):
                    yield Clue(f"{sort} in {where}", named, Span(word.start, word.end))


def _clues_of_figures(figures: Figures) -> Iterator[Clue]:
    """Yield the kinds that the largest figure and the most common metric show."""
    if not figures.records:
        return
    spans = {reason.field: reason.span for reason in figures.reasons}
    [(common, _)] = Counter(one["metric"] for one in figures.records).most_common(1)
    shown = {
        "largest figure": max(figures.records, key=_size),
        "most figures": next(one for one in figures.records if one["metric"] == common),
    }
    for sign, figure in shown.items():
        if kind := OF_METRICS.get(figure["metric"]):
            yield Clue(sign, kind, spans[f"figures.{figure['id']}"])


def _size(figure: FigureDict) -> float:
    """Return how many people, cases or premises a figure counts; 0 for years and money."""
    return 0 if figure["metric"] in KINDS.no_size else figure["best"] or figure["low"] or figure["high"] or 0


def _marks(found: Evidence) -> Iterator[str]:
    """Yield what an entry is like: its date, who speaks in it, and whether it tells of trends."""
    dated, sentences, speakers = found.entry.dated, found.sentences, found.speakers
    day = unmarked(dated.date)
    yield f"its date is {precision(day)}"
    yield f"its date: {dated.rule}"
    if found.setting.published:
        yield "on the day of the text" if day == found.setting.published else "on another day"
    yield "in a list" if found.setting.is_list else "in a story"
    trends = sum(word.lower in KINDS.trends for sentence in sentences for word in sentence)
    yield f"{min(trends, _MOST_TRENDS)} words for trends"
    attributed = sum(speakers.is_attributed(at) for at in range(len(sentences)))
    yield f"attributed: {'all' if attributed == len(sentences) else 'some' if attributed else 'none'}"
    if speaker := _first_speaker(found):
        only = _only_speaks(sentences[0][speaker.at], next(_actions(sentences[0]), None))
        yield "somebody only speaks" if only else "somebody also speaks"
    if opening := next((one for one in found.mentions[0] if one.first <= _OPENS), None):
        named = "outlet" if is_outlet(opening) else opening.within if opening.kind == "actor" else opening.kind
        yield f"opens with: {named or 'other'}"
    speaking = (one.mention.within for said in speakers.by_sentence for one in said if one.mention is not None)
    yield from (f"speaker: {kind or 'other'}" for kind in set(speaking))


def _first_speaker(found: Evidence) -> Attribution | None:
    """Return who speaks first in the first sentence, without outlets."""
    return next((one for one in found.speakers.by_sentence[0] if not one.is_outlet), None)


def classify_by_rules(entry: Evidence) -> tuple[str, Reason]:
    """Return the kind of an event by the rules, and the reason for it. A conviction counts more than its court."""
    kind, reason = _by_first_sentence(entry)
    convicted = _kind_of_figures(entry.figures, "conviction") if kind == "court" else None
    return convicted or (kind, reason)


def _by_first_sentence(entry: Evidence) -> tuple[str, Reason]:
    """Return the kind of an event and the reason for it, from the first sentence of its entry.

    The first that applies decides: an outlet that reports, a topic such as a sanction, a figure (if no verb says what
    was done), somebody who only speaks, or an action. If none applies, `_by_hints` decides.
    """
    first, mentions, speakers = entry.sentences[0], entry.mentions[0], entry.speakers
    opening = next((one for one in mentions if is_outlet(one) and one.first <= _OPENS), None)
    if opening is not None and (said := speakers.attribution(0, opening)) and said.at >= opening.last:
        return _kind_and_reason("report", first[said.at], "an outlet that reports")
    for kind, named in TOPICS:
        if word := _first_of(first, named):
            return _kind_and_reason(kind, word, f"“{word.lower}”")
    speaker = _first_speaker(entry)
    action = _first_action(first)
    if action is None and (told := _kind_of_figures(entry.figures)):
        return told
    if speaker is not None and _only_speaks(first[speaker.at], action):
        return _kind_and_reason("statement", first[speaker.at], "somebody who speaks")
    if action is not None:
        told = _kind_of_described(entry.figures, action[1])
        return told or _kind_and_reason(action[0], action[1], f"“{action[1].lower}”")
    return _by_hints(entry.with_caption)


def _by_hints(sentences: Sequence[Sentence]) -> tuple[str, Reason]:
    """Return the kind of an event whose first sentence has no action: by a hint or a later action, or a report."""
    if word := _first_of(sentences[0], SPEECH.publication | {"reports", "reported"}):
        return _kind_and_reason("report", word, f"“{word.lower}”")
    for sentence in sentences:
        if word := _first_hint(sentence):
            return _kind_and_reason(HINTS[word.lower], word, f"“{word.lower}”, and no action")
        if found := _first_action(sentence):
            return _kind_and_reason(found[0], found[1], f"“{found[1].lower}”, in a later sentence")
    return _kind_and_reason("report", sentences[0][0], "no word suggests another kind")


def _first_hint(sentence: Sentence) -> Word | None:
    """Return the first hint. If it is a court, a later word says how it decided."""
    found = [word for word in sentence if word.lower in HINTS]
    if found and HINTS[found[0].lower] == "court":
        return next((word for word in found if HINTS[word.lower] in _IN_COURT), found[0])
    return found[0] if found else None


def _only_speaks(verb: Word, action: tuple[str, Word] | None) -> bool:
    """Return whether the event is the act of speaking, not the thing that is announced, denied or warned of."""
    if action is None:
        return True
    kind, word = action
    return kind not in {"denial", "warning"} and verb.lower not in KINDS.announcing and word.start > verb.start


def _kind_of_figures(figures: Figures, only: str | None = None) -> tuple[str, Reason] | None:
    """Return the kind of event that the first figure shows. A conviction takes precedence over its charges.

    If `only` is given, figures that show another kind are left out.
    """
    found = [
        (kind, record)
        for record in figures.records
        if (kind := OF_METRICS.get(record["metric"])) and only in (None, kind)
    ]
    if not found:
        return None
    convictions = (one for one in found if found[0][0] == "indictment" and one[0] == "conviction")
    kind, record = next(convictions, found[0])
    span = next(reason.span for reason in figures.reasons if reason.field == f"figures.{record['id']}")
    return kind, Reason("kind", span, f"number of {record['metric']}", Grade.UNSURE)


def _kind_of_described(figures: Figures, word: Word) -> tuple[str, Reason] | None:
    """Return the kind that a figure shows if an action only describes its people: "25 men arrested then were deported".

    In "20 of the 90 freed there flew home", it is that of the part.
    """
    reasons = {reason.field: reason for reason in figures.reasons}
    part: FigureDict | None = None
    for record in figures.records:
        reason = reasons[f"figures.{record['id']}"]
        if reason.span.end + 1 == word.start and CUES.get(word.lower) in OUTCOMES.done_to:
            is_whole = part is not None and part["part_of"] == record["id"]
            is_described = "before “" in reason.rule and not reason.rule.endswith(f"“{word.lower}”")
            shown = part if is_whole else record if is_described else None
            return None if shown is None else _kind_of_figures(figures._replace(records=[shown]))
        part = record
    return None


def _first_action(sentence: Sentence) -> tuple[str, Word] | None:
    """Return the kind of the first action, and its word. If a court or a prosecutor acts, a later word says how."""
    found = list(_actions(sentence))
    if found and found[0][0] == "court":
        return next((one for one in found if one[0] in _IN_COURT), found[0])
    return found[0] if found else None


def _actions(sentence: Sentence) -> Iterator[tuple[str, Word]]:
    """Yield the kinds of the actions, and their words. Words with capitals, negation and background are skipped."""
    for at, word in enumerate(sentence):
        kind = ACTIONS.get(word.lower)
        if kind is None or (at and (not word.text.islower() or sentence[at - 1].lower in KINDS.background)):
            continue
        if any(one.lower in KINDS.negated for one in sentence[max(0, at - 3) : at]):
            continue
        is_term = at + 1 < len(sentence) and sentence[at + 1].lower in OUTCOMES.no_cue  # an extradition request
        is_term |= word.lower == "charges" and at > 0 and sentence[at - 1].lower == "on"
        if not is_term or word.lower.endswith("ed"):
            yield kind, word


def _first_of(sentence: Sentence, words: Set[str]) -> Word | None:
    return next((word for word in sentence if word.lower in words), None)


def _kind_and_reason(kind: str, word: Word, rule: str) -> tuple[str, Reason]:
    return kind, Reason("kind", Span(word.start, word.end), rule, Grade.UNSURE)
