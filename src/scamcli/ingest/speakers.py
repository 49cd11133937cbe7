"""Find who speaks in each sentence of an entry, and who states each number."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from scamcli.ingest.attribution import Attribution, attributions
from scamcli.ingest.counts.count import Kind
from scamcli.ingest.lexicon import GRAMMAR, SPEECH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence


OFFICIAL_KINDS = frozenset({"police", "government", "embassy", "court"})
_OPENS = 8
"""The last word at which the subject of a sentence can begin. A date can precede it."""


class Speakers:
    """Who speaks in each sentence of an entry.

    Args:
        sentences, mentions: the sentences, and the names in each.
        before: who spoke last before the entry. A pronoun at the beginning of the entry refers to them.
    """

    def __init__(
        self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], before: str | None = None
    ) -> None:
        self._sentences = sentences
        self.by_sentence = [list(attributions(*both)) for both in zip(sentences, mentions, strict=True)]
        self._unnamed = [_is_unnamed(*both) for both in zip(sentences, self.by_sentence, strict=True)]
        self._quotations = _quotations(sentences)
        self._last_before: list[str | None] = [None]
        """The last speaker before each sentence; for a pronoun, also the body that opens the sentence before."""
        earlier: Sequence[Mention] | None = None
        for said, found in zip(self.by_sentence, mentions, strict=True):
            if self._last_before[-1] is None and any(one.mention is None for one in said):
                self._last_before[-1] = before if earlier is None else _subject(earlier)
            named = _main_speaker(one for one in said if not one.is_outlet) or _main_speaker(said)
            self._last_before.append(named or self._last_before[-1])
            earlier = found

    @property
    def last(self) -> str | None:
        """Who spoke last."""
        return self._last_before[-1]

    def is_attributed(self, at: int) -> bool:
        """Return whether somebody speaks in a sentence, even somebody without a name."""
        return bool(self.by_sentence[at]) or self._unnamed[at]

    def attribution(self, at: int, mention: Mention) -> Attribution | None:
        """Return the speech of somebody who is mentioned in a sentence, or ``None`` if they do not speak."""
        return next((one for one in self.by_sentence[at] if one.mention is mention), None)

    @property
    def people(self) -> set[str]:
        """The names of all speakers except outlets."""
        every = (one for said in self.by_sentence for one in said)
        return {one.mention.name for one in every if one.mention is not None and not one.is_outlet}

    def speaker(self, count: Count, cited: Sequence[str]) -> str | None:
        """Return who stated a number: a person or body in its sentence, an outlet, or whoever a pronoun refers to."""
        first, at = self._quotations[count.at] or (count.at, count.at)
        if not self.is_attributed(at):
            at = first if self.is_attributed(first) else self._speech_before(first)
        said = [one for one in self.by_sentence[at] if at != count.at or not self._is_contrasted(count, one)]
        said = self._in_own_clause(count, said) if at == count.at else said
        best = _main_speaker(one for one in said if not one.is_outlet)
        if best is not None and any(one.mention is None for one in said) and _only_counts(best, said):
            return self._last_before[count.at] or best  # he said that the ministry had received 12 complaints
        if best is not None:
            return best
        if self._unnamed[at]:
            return None
        outlet = next((one.mention.name for one in said if one.mention is not None and one.is_outlet), None)
        if outlet is not None and not any(one.mention is None for one in said):
            return outlet
        only_cited = cited[0] if len(cited) == 1 and not self.people else None
        return (self._last_before[count.at] or outlet or only_cited) if said else only_cited

    def _speech_before(self, at: int) -> int:
        """Return the sentence that names who speaks in a quotation that goes on from it, or else the same sentence.

        "“We freed 45,” Ana said. “Twelve of them are women.”"
        """
        before = at
        while self._quotations[before] is not None and before > 0:
            before -= 1
            if self.is_attributed(before):
                return before
        return at

    def _in_own_clause(self, count: Count, said: list[Attribution]) -> list[Attribution]:
        """Return the last speaker before a number in a contrasting clause ("while Ana said 30"), else all speakers."""
        words = self._sentences[count.at]
        opening = [
            one
            for one in said
            if one.mention and one.at < count.amount.first and words[one.mention.first - 1].lower in SPEECH.contrasts
        ]
        return opening[-1:] or said

    def _is_contrasted(self, count: Count, attribution: Attribution) -> bool:
        """Return whether a speaker after a number speaks of something else."""
        between = {word.lower for word in self._sentences[count.at][count.end : attribution.at]}
        return attribution.at > count.end and bool(between & SPEECH.contrasts) and not attribution.is_outlet


def with_shared_speakers(counts: Sequence[Count], speakers: Speakers) -> list[Count]:
    """Return counts in which those that continue what somebody said have the same speaker.

    "He said that there were 289 complaints. Of these, 14 came from Kandal." Other counts keep the speaker they have.
    """
    found: list[Count] = []
    for count in counts:
        near = takewhile(lambda one: one.at >= count.at - 1, reversed(found))  # noqa: B023 - used at once
        alike = next((one for one in near if one.metric == count.metric and one.kind is Kind.THING), None)
        goes_on = count.is_figure and count.speaker is None and not speakers.is_attributed(count.at)
        found.append(count._replace(speaker=alike.speaker) if goes_on and alike else count)
    return found


def _subject(mentions: Sequence[Mention]) -> str | None:
    """Return the body with which a sentence opens: "The Ministry of Labour suspended … It said that …"."""
    first = next(iter(mentions), None)
    opens = first is not None and first.kind == "actor" and first.within in OFFICIAL_KINDS and first.first < _OPENS
    return first.name if first is not None and opens else None


def _only_counts(name: str, said: Iterable[Attribution]) -> bool:
    """Return whether somebody only keeps count in a sentence, and somebody else says so."""
    return all(one.verb in SPEECH.stating for one in said if one.mention is not None and one.mention.name == name)


def _main_speaker(said: Iterable[Attribution]) -> str | None:
    """Return the first speaker of a sentence, who reports what the others say. Speakers who keep count come last."""
    named = [(one.verb in SPEECH.stating, one.mention.name) for one in said if one.mention is not None]
    return min(named, key=lambda one: one[0])[1] if named else None


def _quotations(sentences: Sequence[Sentence]) -> list[tuple[int, int] | None]:
    """Map each sentence to the first and the last sentence of the quotation that it is in, or to ``None``."""
    found: list[tuple[int, int] | None] = [(at, at) if _is_quoted(one) else None for at, one in enumerate(sentences)]
    opened: list[int] = []
    for at, sentence in enumerate(sentences):
        signs = [word.text for word in sentence[1 if opened and _is_quoted(sentence) else 0 :]]  # a further paragraph
        depth = signs.count("“") - signs.count("”") + signs.count('"') % 2 * (-1 if opened else 1)
        if depth > 0:
            opened.append(at)
        elif depth < 0:
            for one in opened and range(opened[0], at + 1):
                found[one] = opened[0], at
            opened = []
    return found


def _is_quoted(sentence: Sentence) -> bool:
    """Return whether a sentence begins with a quotation mark: "“Twelve of them were women.”"."""
    return sentence[0].text in ("“", '"')


def _is_unnamed(sentence: Sentence, said: Sequence[Attribution]) -> bool:
    """Return whether the text does not name the speaker: "one former security guard said"."""
    known = {one.at for one in said}
    return any(
        word.lower in SPEECH.said
        and at not in known
        and at > 0
        and sentence[at - 1].text.islower()
        and sentence[at - 1].lower not in SPEECH.pronouns | GRAMMAR.passive
        for at, word in enumerate(sentence)
    )
