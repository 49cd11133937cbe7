"""Find who speaks in an entry, who states each number, who is cited, and which role each actor has.

An outlet that only reports is a source. It is also an actor if it states a number, or if the entry is about its report.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from scamcli.ingest.attribution import Attribution, is_outlet
from scamcli.ingest.counts.count import Kind
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, SPEECH
from scamcli.ingest.mentions.names import PUBLISHER
from scamcli.ingest.proposal import Grade, Reason, Span
from scamcli.ingest.speech import OFFICIAL_KINDS, main_speaker
from scamcli.ingest.words import lower_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.speech import Speech
    from scamcli.ingest.words import Sentence
    from scamcli.records.types import ParticipantDict


_AROUND = 8
"""How many words on each side of an actor can say what it does or suffers."""
_POST = 3
"""How many words before a name are searched for its post."""
_TO_SENT = 4
"""How many words before "to" can say that something is sent."""
_LONGEST_ITEM = 3
"""The most sentences of an item whose only outlet states all of its numbers."""


class Speakers:
    """Who speaks in each sentence of an entry.

    Args:
        sentences: the sentences of the entry.
        speech: who speaks in the text.
        withheld: names of people who may be victims. A pronoun can refer to them, but they state no number.
    """

    def __init__(self, sentences: Sequence[Sentence], speech: Speech, withheld: Collection[str] = ()) -> None:
        self._sentences = sentences
        self._speech = speech
        self.withheld = frozenset(withheld)
        self._index = [speech.index[sentence[0].start] for sentence in sentences]
        self.by_sentence = [
            [one for one in speech.said[at] if _end(one) <= len(sentence)]  # an entry can have only its first words
            for at, sentence in zip(self._index, sentences, strict=True)
        ]

    def is_attributed(self, at: int) -> bool:
        """Return whether somebody speaks in a sentence, even somebody without a name."""
        return self._speech.is_attributed(self._index[at])

    def attribution(self, at: int, mention: Mention) -> Attribution | None:
        """Return the speech of somebody who is mentioned in a sentence, or ``None`` if they do not speak."""
        return next((one for one in self.by_sentence[at] if one.mention == mention), None)

    @property
    def people(self) -> set[str]:
        """The names of all speakers except outlets."""
        every = (one for said in self.by_sentence for one in said)
        return {one.mention.name for one in every if one.mention is not None and not one.is_outlet}

    def speaker(self, count: Count, cited: Sequence[str]) -> str | None:
        """Return who stated a number: a person or body in its sentence, an outlet, or whoever a pronoun refers to."""
        found = self._any_speaker(count, cited)
        return None if found in self.withheld else found

    def _any_speaker(self, count: Count, cited: Sequence[str]) -> str | None:
        own = self._index[count.at]
        at = self._speech.speech_of(own)
        said = [one for one in self._speech.said[at] if at != own or not self._is_contrasted(count, one)]
        said = self._in_own_clause(count, said) if at == own else said
        last = self._speech.last_before[at]
        best = main_speaker(one for one in said if not one.is_outlet)
        if best is not None and any(one.mention is None for one in said) and _only_counts(best, said):
            return last or best  # he said that the ministry had received 12 complaints
        if best is not None:
            return best
        if self._speech.is_unnamed(at):
            return None
        outlet = next((one.mention.name for one in said if one.mention is not None and one.is_outlet), None)
        if outlet is not None and not any(one.mention is None for one in said):
            return outlet
        is_short = len(self._sentences) <= _LONGEST_ITEM
        only_cited = cited[0] if is_short and len(cited) == 1 and not self.people else None
        return (last or outlet or only_cited) if said else self._speech.covering[own] or only_cited

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


def _only_counts(name: str, said: Iterable[Attribution]) -> bool:
    """Return whether somebody only keeps count in a sentence, and somebody else says so."""
    return all(one.verb in SPEECH.stating for one in said if one.mention is not None and one.mention.name == name)


def _end(one: Attribution) -> int:
    """Return the index after the last word of an attribution."""
    return max(one.at + 1, one.mention.last if one.mention is not None else 0)


def _only_receives(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a body is only told something, or is only a place: "reported to police", "at the ministry"."""
    at = mention.first - 1 - (lower_at(sentence, mention.first - 1) in GRAMMAR.determiners)
    before = lower_at(sentence, at)
    if mention.within != "person" and _is_employer(sentence, mention, at):
        return True
    if before in SPEECH.telling:
        return mention.within != "person"
    if before == "at" and mention.within != "court" and lower_at(sentence, mention.last) not in {"'", "’", "'s", "’s"}:
        return mention.within in OFFICIAL_KINDS  # but: at the ministry's conference
    sent = {word.lower for word in sentence[max(0, at - _TO_SENT) : at]} & SPEECH.sending
    return before in {"to", "with"} and bool(sent) and mention.within in OFFICIAL_KINDS


def _is_employer(sentence: Sentence, mention: Mention, before: int) -> bool:
    """Return whether a body only says for whom a person works: "Ann Example of Kent Police"."""
    person = sentence[before - 1]
    is_name = person.text[0].isupper() and person.lower not in COUNTED.officials  # Officers of Kent Police
    return lower_at(sentence, before) == "of" and before > 1 and is_name


class Roles:
    """The actors of an entry with their roles, and the outlets that it cites. ``mentions`` are by sentence."""

    def __init__(
        self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], speakers: Speakers
    ) -> None:
        self._sentences = sentences
        self._speakers = speakers
        self._actors = [
            (at, one)
            for at, found in enumerate(mentions)
            for one in found
            if one.kind in {"actor", "outlet"} and one.rule != PUBLISHER and one.name not in speakers.withheld
        ]
        self.reasons: list[Reason] = []
        self.cited: list[str] = []
        self.denied = dict[str, Span]()
        """Outlets whose reports the entry denies, and where it names them."""
        self._targets = {one.name for at, one in self._actors if is_outlet(one) and self._is_target(at, one)}
        for at, mention in self._actors:
            if is_outlet(mention) and self._is_cited(at, mention) and mention.name not in self.cited:
                self.cited.append(mention.name)
                self.reasons.append(mention.reason(f"sources.{mention.name}", sentences[at]))

    def actors(self, stating: set[str], kind: str) -> list[ParticipantDict]:
        """Return the actors, each with one role, and add the reasons for them.

        Args:
            stating: who stated a number of the entry.
            kind: kind of the event. The author of a report is an actor.
        """
        roles: dict[str, str] = {}
        for at, mention in self._actors:
            role = self._role_of_outlet(at, mention, stating, kind) if is_outlet(mention) else self._role(at, mention)
            if role is not None and roles.get(mention.name, "mentioned") == "mentioned":
                if mention.name not in roles or role != "mentioned":
                    self.reasons.append(mention.reason(f"actors.{mention.name}", self._sentences[at]))
                roles[mention.name] = role
        for name in sorted(stating - roles.keys()):  # a pronoun or a quotation of somebody who spoke before the entry
            pronouns = (
                sentence[one.at - 1]
                for sentence, said in zip(self._sentences, self._speakers.by_sentence, strict=True)
                for one in said
                if one.mention is None
            )
            word = next(pronouns, self._sentences[0][0])
            self.reasons.append(Reason(f"actors.{name}", Span(word.start, word.end), "who spoke before", Grade.UNSURE))
            roles[name] = "speaker"
        return [{"name": name, "role": role} for name, role in roles.items()]

    def _words_around(self, at: int, mention: Mention) -> tuple[set[str], set[str]]:
        words = self._sentences[at]
        before = words[max(0, mention.first - _AROUND) : mention.first]
        return {word.lower for word in before}, {word.lower for word in words[mention.last : mention.last + _AROUND]}

    def _is_target(self, at: int, mention: Mention) -> bool:
        """Return whether an outlet is denied or shut down. A denied outlet is remembered."""
        before, _ = self._words_around(at, mention)
        if self._speakers.attribution(at, mention) is not None or not before & (SPEECH.denying | SPEECH.shutting):
            return False
        if before & SPEECH.denying:
            self.denied.setdefault(mention.name, mention.span(self._sentences[at]))
        return True

    def _is_cited(self, at: int, mention: Mention) -> bool:
        if mention.name in self._targets or self._alleges(at, mention):
            return False
        before = self._sentences[at][mention.first - 1].lower if mention.first else ""
        return self._speakers.attribution(at, mention) is not None or before in SPEECH.before_source

    def _alleges(self, at: int, mention: Mention) -> bool:
        """Return whether a relative clause cites an outlet's earlier report: where VOD and Al Jazeera reported."""
        before = {word.lower for word in self._sentences[at][max(0, mention.first - 3) : mention.first]}
        said = self._speakers.attribution(at, mention)
        return said is not None and said.at > mention.first and bool({"where", "which", "whom"} & before)

    def _role_of_outlet(self, at: int, mention: Mention, stating: set[str], kind: str) -> str | None:
        if mention.name in self._targets:
            return "target"
        if self._alleges(at, mention):
            return "alleges"
        if mention.name in stating:
            return "author"
        said = self._speakers.attribution(at, mention)
        opens = at == 0 and mention.first <= 2 and said is not None and said.at >= mention.last
        alone = at == 0 and said is not None and kind == "report" and not self._speakers.people
        return "author" if opens or alone else None

    def _role(self, at: int, mention: Mention) -> str | None:
        before, after = self._words_around(at, mention)
        said = self._speakers.attribution(at, mention)
        if said is not None:
            return "denies" if said.verb in SPEECH.denying else "speaker"
        if _only_receives(self._sentences[at], mention):
            return None
        if mention.within in OFFICIAL_KINDS:
            if after & SPEECH.rescuing and mention.within != "court" and not after & SPEECH.not_freed:
                return "rescuer"
            return "alleged_perpetrator" if after & SPEECH.wronging else "mentioned"
        if self._is_owner(at, mention):
            return "alleged_owner"
        if mention.within == "person" and (before | after) & SPEECH.defending and not self._is_judging(at, mention):
            return "defendant"
        return "mentioned"

    def _is_judging(self, at: int, mention: Mention) -> bool:
        """Return whether a person accuses or judges others: "Judge Ana Example jailed two men"."""
        words, last = self._sentences[at], mention.last
        posts = {word.lower for word in words[max(0, mention.first - _POST) : mention.first]}
        is_passive = not GRAMMAR.be.isdisjoint(word.lower for word in words[last : last + _AROUND])
        acts = lower_at(words, last) in SPEECH.defending and lower_at(words, last + 1) not in SPEECH.after_defending
        return acts or (not is_passive and not posts.isdisjoint(SPEECH.judging)) or "by" in posts

    def _is_owner(self, at: int, mention: Mention) -> bool:
        """Return whether the words next to a name say that it is an owner's."""
        lowers = [word.lower for word in self._sentences[at]]
        further, before = ["", "", *lowers[: mention.first]][-2:]
        if (
            before in SPEECH.owners
            or f"{further} {before}" in SPEECH.owned_by
            or (before == "," and further in SPEECH.owners)
        ):
            return True
        after = lowers[mention.last : mention.last + _AROUND]
        return "owner" in after and SPEECH.before_owner.issuperset(after[: after.index("owner")])
