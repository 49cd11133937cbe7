"""The kind of event that an entry tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.ingest import lexicon
from scamcli.ingest.attribution import is_outlet
from scamcli.ingest.proposal import Grade, Reason, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.attribution import Speaking
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence, Word

ACTIONS = lexicon.headings("kinds.actions")
ANNOUNCING = lexicon.words("kinds.announcing")
NEGATED = lexicon.words("kinds.negated")
OF_METRICS = lexicon.headings("kinds.of_metrics")
TOPICS = [(kind, frozenset(words)) for kind, words in lexicon.table("kinds.topics").items()]
PUBLICATION = lexicon.words("speech.publication")


def kind_of(
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    speaking: Speaking,
    figures: Sequence[dict[str, Any]],
) -> tuple[str, Reason]:
    """The kind, and why: a report of an outlet, a topic, then what is done first.

    Args:
        sentences: of the entry.
        mentions: the names in each of them.
        speaking: who speaks in it.
        figures: its figures.
    """
    first = sentences[0]
    opening = next((one for one in mentions[0] if is_outlet(one) and one.first <= 2), None)
    if opening is not None and (said := speaking.of(0, opening)) and said.at >= opening.last:
        return _reason("report", first[said.at], "an outlet that reports")
    for kind, words in TOPICS:
        if word := _first(first, words):
            return _reason(kind, word, f"“{word.lower}”")
    speaker = next((one for one in speaking.said[0] if not one.is_outlet), None)
    action = _action(first) or _counted(first, figures)
    if speaker is not None and _only_speaks(first[speaker.at], action):
        return _reason("statement", first[speaker.at], "somebody who speaks")
    if action is not None:
        return _reason(action[0], action[1], f"“{action[1].lower}”")
    if word := _first(first, PUBLICATION | {"reports", "reported"}):
        return _reason("report", word, f"“{word.lower}”")
    return _reason("statement", first[0], "no word tells another")


def _only_speaks(verb: Word, action: tuple[str, Word] | None) -> bool:
    """Whether what a sentence tells is that somebody speaks, and not what is announced, denied or warned of."""
    if action is None:
        return True
    kind, word = action
    return kind not in {"denial", "warning"} and verb.lower not in ANNOUNCING and word.start > verb.start


def _counted(first: Sentence, figures: Sequence[dict[str, Any]]) -> tuple[str, Word] | None:
    """What happened to those whom the entry counts first."""
    for figure in figures:
        kind = OF_METRICS.get(figure["metric"])
        if kind is not None:
            said = figure["stated"].split()[0].lower()
            return kind, next((word for word in first if word.lower == said), first[0])
    return None


def _action(sentence: Sentence) -> tuple[str, Word] | None:
    """What is done first; words in capitals, and those of what was done before ("following raids"), do not count."""
    for at, word in enumerate(sentence):
        if at and (
            not word.text.islower() or sentence[at - 1].lower in {"following", "after", "from", "of", "for", "against"}
        ):
            continue
        if any(one.lower in NEGATED for one in sentence[max(0, at - 3) : at]):
            continue
        if kind := ACTIONS.get(word.lower):
            return kind, word
    return None


def _first(sentence: Sentence, words: frozenset[str]) -> Word | None:
    return next((word for word in sentence if word.lower in words), None)


def _reason(kind: str, word: Word, rule: str) -> tuple[str, Reason]:
    return kind, Reason("kind", Span(word.start, word.end), rule, Grade.UNSURE)
