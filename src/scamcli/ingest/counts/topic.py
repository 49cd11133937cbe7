"""Find what the numbers of a list count, where its title or its heading says it and its items do not.

"Rescue log, second half of 2022" and then "18 Oct – Bavet: Vietnamese 40, Chinese 12".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import Kind
from scamcli.ingest.counts.outcome import CUES
from scamcli.ingest.lexicon import GRAMMAR, OUTCOMES, SPEECH
from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.counts.count import Count, SentenceView
    from scamcli.ingest.words import Sentence

LABELS = lexicon.headings("outcomes.labels")

_LONG = 4
"""A word of more letters that ends in "ed" is probably a verb."""


def topic_of_list(title: str, before: Sequence[Sentence]) -> str | None:
    """Return what a list says that its numbers count, in its title or before its first entry: "a log of rescues"."""
    found = {metric for word in words(title) if (metric := CUES.get(word.lower))}
    for sentence in before:
        lowers = [word.lower for word in sentence]
        found |= {
            CUES[word] for at, word in enumerate(lowers) if at > 1 and word in CUES and lowers[at - 2] in GRAMMAR.lists
        }
    return found.pop() if len(found) == 1 else None


def topic_of_label(sentence: Sentence) -> str | None:
    """Return what the heading of a list says that its numbers count: "Rescued and home", "Those netted:"."""
    found = (CUES.get(word.lower) or LABELS.get(word.lower) for word in sentence)
    return next(filter(None, found), None)


def with_topic(view: SentenceView, entry: Sequence[Count], start: int, topic: str | None) -> Iterator[Count]:
    """Yield the counts of an item from `start` on. In an item without a verb, people get the metric of the list.

    Parts count the same as their whole, so they follow it.
    """
    is_topic = topic is not None and not _has_verb(view)
    changed: set[int] = set()
    for count in entry[start:]:
        own = count.whole is None or count.whole in changed
        if is_topic and own and count.metric == "people" and count.kind is Kind.PEOPLE:
            changed.add(count.id)
            yield count._replace(metric=topic, rule=f"{count.rule}, in a list of {topic}", grade=Grade.UNSURE)
        else:
            yield count


def _has_verb(view: SentenceView) -> bool:
    """Return whether a sentence has a word that is probably its verb."""
    verbs = GRAMMAR.be | GRAMMAR.have | SPEECH.said | OUTCOMES.irregular
    return any(lower in verbs or (lower.endswith("ed") and len(lower) > _LONG) for lower in view.lowers)
