"""Find who speaks in each sentence of a text, with or without a name, also where a quotation has several sentences."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.ingest.attribution import QUOTES, Attribution, answers, attributions, covering
from scamcli.ingest.lexicon import GRAMMAR, SPEECH
from scamcli.ingest.words import lower_at, text_at

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Sequence, Set

    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence, Word

OFFICIAL_KINDS = frozenset({"police", "government", "embassy", "court"})
_CLOSING = frozenset('”"’')
_FAR_BACK = 6
"""How many sentences a pronoun can be away from whom it refers to."""
_OPENS = 8
"""The subject of a sentence can begin up to this word. A date can precede it."""


class Speech:
    """Who speaks in each sentence of a text, and what runs on over several sentences.

    Args:
        text: the text without markup.
        found: its sentences in order, with the names in each.
        starts: offsets of the sentences that begin the entries of a list. Nobody's speech runs on into them.
        withheld: names of people who may be victims. Those that are no mentions speak like people without a name.
    """

    def __init__(
        self,
        text: str,
        found: Sequence[tuple[Sentence, Sequence[Mention]]],
        starts: Collection[int] = (),
        withheld: Iterable[str] = (),
    ) -> None:
        self.sentences = [sentence for sentence, _ in found]
        self.index = {sentence[0].start: at for at, sentence in enumerate(self.sentences)}
        self.said = [attributions(sentence, mentions) for sentence, mentions in found]
        private = frozenset(word for name in withheld for word in name.lower().split())
        self._unnamed = [_is_unnamed(*both, private) for both in zip(self.sentences, self.said, strict=True)]
        breaks = ("\n" in text[one[-1].end : two[0].start] for one, two in pairwise(self.sentences))
        self._begins = [True, *breaks] if self.sentences else []
        self.quotations = _quotations(self.sentences, self._begins)
        answering = answers(self.sentences, [mentions for _, mentions in found], self._begins)
        self.covering = covering(self.sentences, self.said, self._begins, starts, answering)
        """Who speaks in each sentence by the layout of the text."""
        self.last_before = list(self._last_speakers([mentions for _, mentions in found], starts))
        """The last speaker before each sentence, whom a pronoun in it refers to."""

    def _last_speakers(self, mentions: Sequence[Sequence[Mention]], starts: Collection[int]) -> Iterator[str | None]:
        """Yield the last speaker before each sentence; for "it", only a body, even one that opens the sentence before.

        Somebody without a name who spoke since is the one meant by a pronoun, so nobody is.
        """
        last: str | None = None
        at_last = 0
        earlier: Sequence[Mention] = ()
        for at, (sentence, said) in enumerate(zip(self.sentences, self.said, strict=True)):
            if sentence[0].start in starts:
                last, earlier = None, ()
            pronouns = {_pronoun(sentence, one) for one in said if one.mention is None}
            body = _subject(earlier) if "it" in pronouns or (last is None and said) else None
            yield body or (last if at - at_last <= (1 if "they" in pronouns else _FAR_BACK) else None)
            named = main_speaker(one for one in said if not one.is_outlet) or main_speaker(said) or body
            if named or any(one.mention is None for one in said):
                last, at_last = named or last, at
            elif self._unnamed[at]:
                last = None
            earlier = mentions[at]

    def is_attributed(self, at: int) -> bool:
        """Return whether somebody speaks in a sentence, even somebody without a name."""
        return bool(self.said[at]) or self._unnamed[at]

    def is_unnamed(self, at: int) -> bool:
        """Return whether somebody without a name speaks in a sentence."""
        return self._unnamed[at]

    def speech_of(self, at: int) -> int:
        """Return the index of the sentence that names the speaker: the same one, or another one of its quotation.

        "“We freed 45,” Ana said. “Twelve of them are women.”"
        """
        first, last = self.quotations[at] or (at, at)
        if self.is_attributed(last):
            return last
        before = first
        while not self.is_attributed(before) and self.quotations[before] is not None and before > 0:
            before -= 1
        return before if self.is_attributed(before) else first


def _pronoun(sentence: Sentence, said: Attribution) -> str:
    """Return the word before a verb of saying, which is usually a pronoun."""
    at = said.at - 1 - (lower_at(sentence, said.at - 1) in SPEECH.adverbs)
    return lower_at(sentence, at)


def _subject(mentions: Sequence[Mention]) -> str | None:
    """Return the body that opens a sentence: "The Ministry of Labour suspended … It said that …"."""
    first = next(iter(mentions), None)
    opens = first is not None and first.kind == "actor" and first.within in OFFICIAL_KINDS and first.first < _OPENS
    return first.name if first is not None and opens else None


def main_speaker(said: Iterable[Attribution]) -> str | None:
    """Return the first speaker of a sentence, who reports what the others say. Speakers who keep count come last."""
    named = [(one.verb in SPEECH.stating, one.mention.name) for one in said if one.mention is not None]
    return min(named, key=lambda one: one[0])[1] if named else None


def _quotations(sentences: Sequence[Sentence], begins: Sequence[bool]) -> list[tuple[int, int] | None]:
    """Map each sentence to the first and the last sentence of the quotation that it is in, or to ``None``.

    A quotation that does not end goes on in the next paragraph if that begins with a quotation mark.
    """
    found: list[tuple[int, int] | None] = [(at, at) if _is_quoted(one) else None for at, one in enumerate(sentences)]
    opened: list[int] = []
    for at, sentence in enumerate(sentences):
        if begins[at] and not _is_quoted(sentence):
            opened = []
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
    return sentence[0].text in QUOTES


def _is_unnamed(sentence: Sentence, said: Sequence[Attribution], private: Set[str]) -> bool:
    """Return whether the text does not name the speaker: "A guard, 24, said", "according to a report".

    Words of `private` are names that are withheld.
    """
    known = {one.at for one in said}
    starts = [0, *(at for at, word in enumerate(sentence) if at and sentence[at - 1].text in _CLOSING)]
    signs = {","} if any(sentence[at].lower in SPEECH.one_of_many for at in starts) else set[str]()
    withheld = {word.text for word in sentence if word.lower in private and word.text[0].isupper()} if private else ()
    signs |= {",", ")", *withheld} if withheld else set()
    for at, word in enumerate(sentence):
        if at in known:
            continue
        if word.lower in SPEECH.said and at > 0 and _ends_subject(sentence[at - 1], signs):
            return True
        if withheld and word.lower in SPEECH.before_speaker and text_at(sentence, at + 1) in withheld:
            return True
        source = text_at(sentence, at + 2)
        is_cited = (word.lower, lower_at(sentence, at + 1)) == ("according", "to") and max(known, default=-1) < at
        if is_cited and source.islower() and source not in SPEECH.definite:
            return True
    return False


def _ends_subject(word: Word, signs: Container[str]) -> bool:
    """Return whether a word before a verb of speech can end a subject without a name."""
    return word.text in signs or (word.text.islower() and word.lower not in SPEECH.pronouns | GRAMMAR.passive)
