"""Find who speaks in each sentence of an entry, and who states each number."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.lexicon import GRAMMAR, SPEECH, TITLES
from scamcli.ingest.mentions.names import PLAIN_HEADS
from scamcli.ingest.words import lower_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence


_MAX_TO_VERB = 12
"""The most words of a phrase in commas between a name and its verb."""
_MAX_TO_TITLE = 4
"""Among how many words behind a name its post can be: "Ann Example, a spokeswoman for …"."""
_LONGEST_POST = 24
"""The most words of a phrase with a post between a name and its verb."""
_MAX_TO_COLON = 8
"""How many words can be between a name and its colon, or between "according to" and a name after its post."""
_MAX_TO_ESTIMATE = 6
"""How many words can be between "according" and the name behind a publication: "according to new estimates by"."""
_OPENS = 8
"""The last word at which the subject of a sentence can begin. A date can precede it."""

OFFICIAL_KINDS = frozenset({"police", "government", "embassy", "court"})


class Attribution(NamedTuple):
    """Somebody who says something in a sentence.

    Attributes:
        mention: the speaker; ``None`` for a pronoun, which refers to the last speaker.
        at: index of the verb.
        verb: in lower case.
    """

    mention: Mention | None
    at: int
    verb: str

    @property
    def is_outlet(self) -> bool:
        """Return whether the speaker is an outlet."""
        return self.mention is not None and is_outlet(self.mention)


def is_outlet(mention: Mention) -> bool:
    """Return whether a mention names a publication."""
    return mention.kind == "outlet" or mention.within == "media"


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
        self.by_sentence = [list(_attributions(*both)) for both in zip(sentences, mentions, strict=True)]
        self._unnamed = [_is_unnamed(*both) for both in zip(sentences, self.by_sentence, strict=True)]
        self._quotation_ends = _quotation_ends(sentences)
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
        at = self._quotation_ends[count.at]
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


def _attributions(sentence: Sentence, mentions: Sequence[Mention]) -> list[Attribution]:
    actors = [one for one in mentions if one.kind in {"actor", "outlet"}]
    starts = [one.first for one in actors]
    bodies = {one.last: one.first for one in actors if one.within != "person"}
    found = [attribution for one in actors if (attribution := _attribution_of(sentence, one, starts, bodies))]
    people = {one.at for one in found if one.mention is not None and one.mention.within == "person"}
    found = [one for one in found if one.at not in people or (one.mention and one.mention.within == "person")]
    taken = {one.at for one in found}
    found += [
        Attribution(None, at, verb.lower)  # he said
        for at, (pronoun, verb) in enumerate(pairwise(sentence), start=1)
        if pronoun.lower in SPEECH.pronouns and verb.lower in SPEECH.saying and at not in taken
    ]
    found += [
        Attribution(None, at - 2, "according")  # according to the report, by somebody who was named before
        for at in range(3, len(sentence))
        if sentence[at].lower in SPEECH.publication
        and [word.lower for word in sentence[at - 3 : at - 1]] == ["according", "to"]
    ]
    found += list(_joint_speakers(sentence, actors, found))
    return sorted(found, key=lambda one: one.at)


def _joint_speakers(
    sentence: Sentence, actors: Sequence[Mention], found: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Yield speakers that share a verb with the next one: VOD and Al Jazeera reported."""
    by_mention = {id(one.mention): one for one in found}
    for one, other in pairwise(actors):
        shared = by_mention.get(id(other))
        if shared and id(one) not in by_mention and other.first - one.last == 1 and sentence[one.last].lower == "and":
            yield Attribution(one, shared.at, shared.verb)


def _attribution_of(
    sentence: Sentence, mention: Mention, starts: Sequence[int], bodies: Mapping[int, int]
) -> Attribution | None:
    first = _before_titles(sentence, mention.first)
    if mention.within == "person":
        first = bodies.get(first, first)  # said IOM spokesman Joel Millman
    before = [word.lower for word in sentence[max(0, first - 3) : first] if word.lower != "the"]
    if (to := _according(sentence, mention, first)) is not None:
        return Attribution(mention, to, "according")
    if before[-1:] == ["by"] and before[-2:-1] and before[-2] in SPEECH.said_by:
        return Attribution(mention, first - 2, before[-2])
    after = _verb_after(sentence, mention, starts)
    if after is not None:
        return Attribution(mention, after, sentence[after].lower)
    if mention.last < len(sentence) and is_outlet(mention) and sentence[mention.last].lower in SPEECH.publication:
        return Attribution(mention, mention.last, "report")
    if before[-1:] and before[-1] in {"said", "says", "added", "adds"}:
        return Attribution(mention, first - 1, before[-1])
    if first == 0 and (colon := _colon_after(sentence, mention.last)) is not None:
        return Attribution(mention, colon, "said")  # Colonel Ann Example of the Third Army: 200 people crossed
    return None


def _according(sentence: Sentence, mention: Mention, first: int) -> int | None:
    """Return the index of the word before a speaker if "according to" refers to them or to their publication."""
    at = first - (lower_at(sentence, first - 1) == "the")
    near = [word.lower for word in sentence[max(0, at - _MAX_TO_ESTIMATE) : at]]
    if near[-2:] == ["according", "to"]:
        return first - 1
    if near[-1:] in (["by"], ["from"], ["of"]) and ("according", "to") in pairwise(near) and "," not in near:
        return first - 1  # according to estimates by the UN
    return _far_according(sentence, first) if mention.within == "person" else None


def _far_according(sentence: Sentence, first: int) -> int | None:
    """Return the index of "to" before the post of a speaker: according to Kandal police chief Ann Example."""
    for at in range(first - 1, max(1, first - _MAX_TO_COLON), -1):
        if sentence[at].lower == "to" and sentence[at - 1].lower == "according":
            return at
        if not sentence[at].text[0].isalpha():
            break
    return None


def _before_titles(sentence: Sentence, at: int) -> int:
    """Return the index of the first title before a name, or that of the name: said police Lt. Col. Ann Example."""
    name = at
    while at > 0 and (sentence[at - 1].lower in TITLES.any_title or (sentence[at - 1].text == "." and at > 1)):
        if sentence[at - 1].text == "." and sentence[at - 2].lower not in TITLES.any_title:
            break
        at -= 1
    if at < name and lower_at(sentence, at - 1) in PLAIN_HEADS:
        at -= 1
    if at and sentence[at - 1].lower in GRAMMAR.determiners and at < name:
        at -= 1  # says its coordinator Ann Example
    return at


def _colon_after(sentence: Sentence, at: int) -> int | None:
    """Return the index of the colon after a name, or after "of" and a body behind it."""
    for end in range(at, min(len(sentence) - 1, at + _MAX_TO_COLON)):
        if sentence[end].text == ":":
            return end
        if not (sentence[end].text[0].isupper() or sentence[end].lower in {"of", "the"}):
            break
    return None


def _verb_after(sentence: Sentence, mention: Mention, starts: Sequence[int]) -> int | None:
    """Return the index of the verb of saying after a name: directly, after an adverb, or after a phrase in commas."""
    at, verbs = mention.last, SPEECH.saying if mention.within == "person" else SPEECH.saying | SPEECH.stating
    at = _after_seat(sentence, _after_short_name(sentence, at), starts)
    while at < len(sentence) and (sentence[at].lower in SPEECH.before_verb or sentence[at].lower in SPEECH.of_bodies):
        at += 1
    if at >= len(sentence):
        return None
    if sentence[at].lower in verbs:
        return at
    opens = sentence[at].lower
    if opens not in {",", "(", "who"} and opens not in SPEECH.publication and opens not in SPEECH.positions:
        return None
    is_post = mention.within == "person" and any(
        word.lower in TITLES.any_title - TITLES.accused for word in sentence[at + 1 : at + _MAX_TO_TITLE]
    )
    for one in range(at + 1, min(len(sentence), at + (_LONGEST_POST if is_post else _MAX_TO_VERB))):
        if one in starts and not is_post:
            return None
        if sentence[one].lower in verbs and (sentence[one - 1].text in {",", ")"} or opens not in {",", "("}):
            return None if is_post and one + 1 in starts else one  # …, said Haven for Migrants
    return None


def _after_short_name(sentence: Sentence, at: int) -> int:
    """Return the index after a short name in brackets: the National Agency (NAPTIP) said."""
    if at + 2 < len(sentence) and sentence[at].text == "(" and sentence[at + 2].text == ")":
        return at + 3
    return at


def _after_seat(sentence: Sentence, at: int, starts: Sequence[int]) -> int:
    """Return the index after the place of a body: the Indonesian Embassy in Phnom Penh said."""
    if at + 1 < len(sentence) and sentence[at].lower in {"in", "at", "of"} and sentence[at + 1].text[0].isupper():
        end = at + 1
        while end < len(sentence) and sentence[end].text[0].isupper() and end not in starts:
            end += 1
        return end
    return at


def _quotation_ends(sentences: Sequence[Sentence]) -> list[int]:
    """Map each sentence to the one in which its quotation ends, where the speaker is named, or else to itself."""
    ends = list(range(len(sentences)))
    opened: list[int] = []
    for at, sentence in enumerate(sentences):
        signs = [word.text for word in sentence]
        depth = signs.count("“") - signs.count("”") + signs.count('"') % 2 * (-1 if opened else 1)
        if depth > 0:
            opened.append(at)
        elif depth < 0:
            for one in opened and range(opened[0], at):
                ends[one] = at
            opened = []
    return ends


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
