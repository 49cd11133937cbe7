"""DOC roles"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.proposal import Reason, Span

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


class Attribution(NamedTuple):
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


class Speakers:
    """Who speaks in an entry.

    Args:
        sentences: of the entry.
        mentions: the names in each of them.
    """

    def __init__(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> None:
        self._sentences = sentences
        self.said = [list(_attributions(sentence, found)) for sentence, found in zip(sentences, mentions, strict=True)]
        self._unnamed = [_is_unnamed(sentence, said) for sentence, said in zip(sentences, self.said, strict=True)]
        self._closing = _quotation_ends(sentences)
        self._before: list[str | None] = [None]
        """For each sentence who spoke last before it."""
        for said in self.said:
            self._before.append(_first_named(said) or self._before[-1])

    def of(self, at: int, mention: Mention) -> Attribution | None:
        """What somebody who is mentioned in a sentence says there."""
        return next((one for one in self.said[at] if one.mention is mention), None)

    @property
    def people(self) -> set[str]:
        """Everybody who speaks and is no outlet."""
        return {one.mention.name for one in self._every() if one.mention is not None and not one.is_outlet}

    def _every(self) -> Iterator[Attribution]:
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
        best = _main_speaker(one for one in said if not one.is_outlet)
        if best is not None:
            return best
        if self._unnamed[at]:
            return None
        outlet = next((one.mention.name for one in said if one.mention is not None and one.is_outlet), None)
        if outlet is not None and not any(one.mention is None for one in said):
            return outlet
        return self._before[count.at] or outlet or (cited[0] if len(cited) == 1 and not self.people else None)

    def _in_clause(self, count: Count, said: list[Attribution]) -> list[Attribution]:
        """Who speaks last before a number in a clause of their own: "while Ana said 30", else all."""
        words = self._sentences[count.at]
        opening = [
            one
            for one in said
            if one.mention and one.at < count.amount.first and words[one.mention.first - 1].lower in _APART
        ]
        return opening[-1:] or said

    def _is_apart(self, count: Count, saying: Attribution) -> bool:
        """Whether a speaker after a number speaks of something else."""
        words = self._sentences[count.at]
        between = {word.lower for word in words[count.end : saying.at]}
        return saying.at > count.end and bool(between & _APART) and not saying.is_outlet


def _main_speaker(said: Iterable[Attribution]) -> str | None:
    """Of several who speak in a sentence the first: what others say, it tells. Who only keeps count comes last."""
    named = [(one.is_count, one.mention.name) for one in said if one.mention is not None]
    return min(named, key=lambda one: one[0])[1] if named else None


def _first_named(said: Sequence[Attribution]) -> str | None:
    """Who speaks in a sentence: a person or body, else an outlet."""
    return _main_speaker(one for one in said if not one.is_outlet) or _main_speaker(said)


def _attributions(sentence: Sentence, mentions: Sequence[Mention]) -> list[Attribution]:
    speaking = [one for one in mentions if one.kind in {"actor", "outlet"}]
    starts = [one.first for one in speaking]
    found = [saying for one in speaking if (saying := _attribution_of(sentence, one, starts))]
    taken = {one.at for one in found}
    found += [one for one in _of_pronouns(sentence) if one.at not in taken]
    found = [*found, *_joint_speakers(sentence, speaking, found)]
    return sorted(found, key=lambda one: one.at)


def _joint_speakers(
    sentence: Sentence, speaking: Sequence[Mention], found: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Whoever speaks together with the next: "VOD and Al Jazeera reported"."""
    by_mention = {id(one.mention): one for one in found}
    for one, other in pairwise(speaking):
        saying = by_mention.get(id(other))
        if saying and id(one) not in by_mention and other.first - one.last == 1 and sentence[one.last].lower == "and":
            yield Attribution(one, saying.at, saying.verb)


def _attribution_of(sentence: Sentence, mention: Mention, starts: Sequence[int]) -> Attribution | None:
    before = [word.lower for word in sentence[max(0, mention.first - 3) : mention.first] if word.lower != "the"]
    if before[-2:] == ["according", "to"]:
        return Attribution(mention, mention.first - 1, "according")
    after = _verb_after(sentence, mention, starts)
    if after is not None:
        return Attribution(mention, after, sentence[after].lower)
    if mention.last < len(sentence) and is_outlet(mention) and sentence[mention.last].lower in PUBLICATION:
        return Attribution(mention, mention.last, "report")
    if before[-1:] and before[-1] in {"said", "says", "added", "adds"}:
        return Attribution(mention, mention.first - 1, before[-1])
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


def _of_pronouns(sentence: Sentence) -> Iterator[Attribution]:
    for at in range(len(sentence) - 1):
        if sentence[at].lower in _PRONOUNS and sentence[at + 1].lower in SAYING:
            yield Attribution(None, at + 1, sentence[at + 1].lower)


def _quotation_ends(sentences: Sequence[Sentence]) -> list[int]:
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


def _is_unnamed(sentence: Sentence, said: Sequence[Attribution]) -> bool:
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


BEFORE_OWNER = lexicon.words("speech.before_owner")
DEFENDING = lexicon.words("speech.defending")
NOT_FREED = lexicon.words("speech.not_freed")
OWNED_BY = lexicon.words("speech.owned_by")
OWNERS = lexicon.words("speech.owners")
RESCUING = lexicon.words("speech.rescuing")
SHUTTING = lexicon.words("speech.shutting")
WRONGING = lexicon.words("speech.wronging")

BODIES = frozenset({"police", "government", "embassy", "court"})
ACROSS = 8
"""Words around an actor in which what it does or suffers is looked for."""

_TO_OUTLET = frozenset({"by", "outlet", "agency", "newspaper", "magazine", "broadcaster", "website", "told", "with"})


class Roles:
    """The actors of an entry.

    Args:
        sentences: of the entry.
        mentions: the names in each of them.
        speaking: who speaks in it.
    """

    def __init__(
        self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], speaking: Speakers
    ) -> None:
        self._sentences = sentences
        self._mentions = mentions
        self._speaking = speaking
        self.reasons: list[Reason] = []
        self.cited: list[str] = []
        self._denied = dict[str, Span]()
        self._targets = {one.name for at, one in self._actors() if is_outlet(one) and self._is_target(at, one)}
        for at, mention in self._actors():
            if is_outlet(mention) and self._is_cited(at, mention) and mention.name not in self.cited:
                self.cited.append(mention.name)
                self._reason("sources", at, mention)

    def _actors(self) -> Iterator[tuple[int, Mention]]:
        for at, found in enumerate(self._mentions):
            for mention in found:
                if mention.kind in {"actor", "outlet"}:
                    yield at, mention

    def _reason(self, field: str, at: int, mention: Mention) -> None:
        words = self._sentences[at]
        span = Span(words[mention.first].start, words[mention.last - 1].end)
        self.reasons.append(Reason(f"{field}.{mention.name}", span, mention.rule, mention.grade))

    def _around(self, at: int, mention: Mention) -> tuple[set[str], set[str]]:
        words = self._sentences[at]
        before = words[max(0, mention.first - ACROSS) : mention.first]
        return {word.lower for word in before}, {word.lower for word in words[mention.last : mention.last + ACROSS]}

    @property
    def targets(self) -> list[tuple[str, Span]]:
        """Outlets whose reports are denied, with the words that name them."""
        return list(self._denied.items())

    def _is_target(self, at: int, mention: Mention) -> bool:
        before, _ = self._around(at, mention)
        if self._speaking.of(at, mention) is not None or not before & (DENYING | SHUTTING):
            return False
        if before & DENYING:
            words = self._sentences[at]
            self._denied.setdefault(mention.name, Span(words[mention.first].start, words[mention.last - 1].end))
        return True

    def _is_cited(self, at: int, mention: Mention) -> bool:
        if mention.name in self._targets or self._alleges(at, mention):
            return False
        words = self._sentences[at]
        before = words[mention.first - 1].lower if mention.first else ""
        return self._speaking.of(at, mention) is not None or before in _TO_OUTLET

    def _alleges(self, at: int, mention: Mention) -> bool:
        """Whether a clause tells what an outlet has reported before: "where VOD and Al Jazeera reported"."""
        words = self._sentences[at]
        back = [word.lower for word in words[max(0, mention.first - 3) : mention.first]]
        saying = self._speaking.of(at, mention)
        return saying is not None and saying.at > mention.first and bool({"where", "which", "whom"} & set(back))

    def actors(self, stating: set[str], kind: str) -> list[dict[str, str]]:
        """The actors, each with one role.

        Args:
            stating: who said a number of the entry.
            kind: of the event: a report's author is an actor.
        """
        roles: dict[str, str] = {}
        for at, mention in self._actors():
            role = self._outlet(at, mention, stating, kind) if is_outlet(mention) else self._role(at, mention)
            if role is not None and roles.get(mention.name, "mentioned") == "mentioned":
                if mention.name not in roles or role != "mentioned":
                    self._reason("actors", at, mention)
                roles[mention.name] = role
        return [{"name": name, "role": role} for name, role in roles.items()]

    def _outlet(self, at: int, mention: Mention, stating: set[str], kind: str) -> str | None:
        if mention.name in self._targets:
            return "target"
        if self._alleges(at, mention):
            return "alleges"
        if mention.name in stating:
            return "author"
        saying = self._speaking.of(at, mention)
        opens = at == 0 and mention.first <= 2 and saying is not None and saying.at >= mention.last
        alone = at == 0 and saying is not None and kind == "report" and not self._speaking.people
        return "author" if opens or alone else None

    def _owns(self, at: int, mention: Mention) -> bool:
        """Whether the words right beside a name say that an owner is called so."""
        lowers = [word.lower for word in self._sentences[at]]
        further, before = ["", "", *lowers[: mention.first]][-2:]
        if before in OWNERS or f"{further} {before}" in OWNED_BY or (before == "," and further in OWNERS):
            return True
        after = lowers[mention.last : mention.last + ACROSS]
        return "owner" in after and BEFORE_OWNER.issuperset(after[: after.index("owner")])

    def _role(self, at: int, mention: Mention) -> str:
        before, after = self._around(at, mention)
        saying = self._speaking.of(at, mention)
        if saying is not None:
            return "denies" if saying.is_denial else "speaker"
        if mention.within in BODIES:
            if after & RESCUING and mention.within != "court" and not after & NOT_FREED:
                return "rescuer"
            return "alleged_perpetrator" if after & WRONGING else "mentioned"
        if self._owns(at, mention):
            return "alleged_owner"
        if mention.within == "person" and (before | after) & DEFENDING:
            return "defendant"
        return "mentioned"
