"""Who says what in an entry, and who said each of its numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

DENYING = lexicon.words("speech.denying")
PUBLICATION = lexicon.words("speech.publication")
SAID = lexicon.words("speech.said")
SAYING = lexicon.words("speech.saying")
STATING = lexicon.words("speech.stating")

_PRONOUNS = listed("he she they it")
_BETWEEN = listed("also later has have had then reportedly on his her their website facebook it again now")
_APART = frozenset({"but", "while", "although", "though", "whereas", ";"})
"""Words between a number and a speaker after it that make the number another's."""

_FARTHEST = 12


class Saying(NamedTuple):
    """That somebody says something in a sentence.

    Attributes:
        mention: who; ``None`` where a pronoun stands for the last who spoke.
        at: the index of the verb.
        verb: in lower case.
    """

    mention: Mention | None
    at: int
    verb: str

    @property
    def is_outlet(self) -> bool:
        """Whether it is an outlet that says it."""
        return self.mention is not None and is_outlet(self.mention)

    @property
    def is_denial(self) -> bool:
        """Whether it is denied."""
        return self.verb in DENYING

    @property
    def is_count(self) -> bool:
        """Whether it is no more than that a count was kept."""
        return self.verb in STATING


def is_outlet(mention: Mention) -> bool:
    """Whether a mention is of a publication."""
    return mention.kind == "outlet" or mention.within == "media"


class Speaking:
    """Who speaks in an entry.

    Args:
        sentences: of the entry.
        mentions: the names in each of them.
    """

    def __init__(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> None:
        self._sentences = sentences
        self.said = [list(_sayings(sentence, found)) for sentence, found in zip(sentences, mentions, strict=True)]
        self._unnamed = [_is_unnamed(sentence, said) for sentence, said in zip(sentences, self.said, strict=True)]
        self._closing = _closings(sentences)
        self._before: list[str | None] = [None]
        """For each sentence who spoke last before it."""
        for said in self.said:
            self._before.append(_first_named(said) or self._before[-1])

    def of(self, at: int, mention: Mention) -> Saying | None:
        """What somebody who is mentioned in a sentence says there."""
        return next((one for one in self.said[at] if one.mention is mention), None)

    @property
    def people(self) -> set[str]:
        """Everybody who speaks and is no outlet."""
        return {one.mention.name for one in self._every() if one.mention is not None and not one.is_outlet}

    def _every(self) -> Iterator[Saying]:
        for said in self.said:
            yield from said

    def speaker(self, count: Count, cited: Sequence[str]) -> str | None:
        """Who said a number: a person or body of its sentence, else an outlet, else who spoke before.

        Args:
            count: of a figure.
            cited: the outlets that the entry cites.
        """
        at = self._closing[count.at]
        said = [one for one in self.said[at] if at != count.at or not self._is_apart(count, one)]
        said = self._in_clause(count, said) if at == count.at else said
        best = _main(one for one in said if not one.is_outlet)
        if best is not None:
            return best
        if self._unnamed[at]:
            return None
        outlet = next((one.mention.name for one in said if one.mention is not None and one.is_outlet), None)
        if outlet is not None and not any(one.mention is None for one in said):
            return outlet
        return self._before[count.at] or outlet or (cited[0] if len(cited) == 1 and not self.people else None)

    def _in_clause(self, count: Count, said: list[Saying]) -> list[Saying]:
        """Who speaks last before a number in a clause of their own: "while Ana said 30", else all."""
        words = self._sentences[count.at]
        opening = [
            one
            for one in said
            if one.mention and one.at < count.amount.first and words[one.mention.first - 1].lower in _APART
        ]
        return opening[-1:] or said

    def _is_apart(self, count: Count, saying: Saying) -> bool:
        """Whether a speaker after a number speaks of something else."""
        words = self._sentences[count.at]
        between = {word.lower for word in words[count.end : saying.at]}
        return saying.at > count.end and bool(between & _APART) and not saying.is_outlet


def _main(said: Iterable[Saying]) -> str | None:
    """Of several who speak in a sentence the first: what others say, it tells. Who only keeps count comes last."""
    named = [(one.is_count, one.mention.name) for one in said if one.mention is not None]
    return min(named, key=lambda one: one[0])[1] if named else None


def _first_named(said: Sequence[Saying]) -> str | None:
    """Who speaks in a sentence: a person or body, else an outlet."""
    return _main(one for one in said if not one.is_outlet) or _main(said)


def _sayings(sentence: Sentence, mentions: Sequence[Mention]) -> list[Saying]:
    speaking = [one for one in mentions if one.kind in {"actor", "outlet"}]
    starts = [one.first for one in speaking]
    found = [saying for one in speaking if (saying := _of(sentence, one, starts))]
    taken = {one.at for one in found}
    found += [one for one in _pronouns(sentence) if one.at not in taken]
    found = [*found, *_fellows(sentence, speaking, found)]
    return sorted(found, key=lambda one: one.at)


def _fellows(sentence: Sentence, speaking: Sequence[Mention], found: Sequence[Saying]) -> Iterator[Saying]:
    """Whoever speaks together with the next: "VOD and Al Jazeera reported"."""
    by_mention = {id(one.mention): one for one in found}
    for one, other in pairwise(speaking):
        saying = by_mention.get(id(other))
        if saying and id(one) not in by_mention and other.first - one.last == 1 and sentence[one.last].lower == "and":
            yield Saying(one, saying.at, saying.verb)


def _of(sentence: Sentence, mention: Mention, starts: Sequence[int]) -> Saying | None:
    before = [word.lower for word in sentence[max(0, mention.first - 3) : mention.first] if word.lower != "the"]
    if before[-2:] == ["according", "to"]:
        return Saying(mention, mention.first - 1, "according")
    after = _verb_after(sentence, mention, starts)
    if after is not None:
        return Saying(mention, after, sentence[after].lower)
    if mention.last < len(sentence) and is_outlet(mention) and sentence[mention.last].lower in PUBLICATION:
        return Saying(mention, mention.last, "report")
    if before[-1:] and before[-1] in {"said", "says", "added", "adds"}:
        return Saying(mention, mention.first - 1, before[-1])
    return None


def _verb_after(sentence: Sentence, mention: Mention, starts: Sequence[int]) -> int | None:
    """The verb of saying after a name: at once, after an adverb, or after what stands between commas."""
    at, verbs = mention.last, SAYING if mention.within == "person" else SAYING | STATING
    while at < len(sentence) and sentence[at].lower in _BETWEEN:
        at += 1
    if at >= len(sentence):
        return None
    if sentence[at].lower in verbs:
        return at
    opens = sentence[at].lower
    if opens not in {",", "(", "who"} and opens not in PUBLICATION and not _is_position(opens):
        return None
    for one in range(at + 1, min(len(sentence), at + _FARTHEST)):
        if one in starts:
            return None
        if sentence[one].lower in verbs and (sentence[one - 1].text in {",", ")"} or opens not in {",", "("}):
            return one
    return None


def _is_position(word: str) -> bool:
    return word in {
        "spokesperson",
        "spokesman",
        "spokeswoman",
        "chief",
        "director",
        "head",
        "deputy",
        "officer",
        "official",
        "officials",
    }


def _pronouns(sentence: Sentence) -> Iterator[Saying]:
    for at in range(len(sentence) - 1):
        if sentence[at].lower in _PRONOUNS and sentence[at + 1].lower in SAYING:
            yield Saying(None, at + 1, sentence[at + 1].lower)


def _closings(sentences: Sequence[Sentence]) -> list[int]:
    """For each sentence that with which its quotation ends, where who speaks is told; itself outside of one."""
    closing = list(range(len(sentences)))
    opened: list[int] = []
    for at, sentence in enumerate(sentences):
        signs = [word.text for word in sentence]
        depth = signs.count("“") - signs.count("”") + signs.count('"') % 2 * (-1 if opened else 1)
        if depth > 0:
            opened.append(at)
        elif depth < 0:
            for one in opened and range(opened[0], at):
                closing[one] = at
            opened = []
    return closing


def _is_unnamed(sentence: Sentence, said: Sequence[Saying]) -> bool:
    """Whether somebody speaks whom the text does not name: "one former security guard said"."""
    known = {one.at for one in said}
    return any(
        word.lower in SAID
        and at not in known
        and at > 0
        and sentence[at - 1].text.islower()
        and sentence[at - 1].lower not in _PRONOUNS
        for at, word in enumerate(sentence)
    )
