"""Find who speaks in an entry, who is cited, and which role each actor has.

An outlet that only reports is a source. It is also an actor if it states a number, or if the entry is about its report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.attribution import is_outlet
from scamcli.ingest.lexicon import SPEECH
from scamcli.ingest.proposal import Grade, Reason, Span
from scamcli.ingest.speakers import OFFICIAL_KINDS, Speakers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence
    from scamcli.records.types import ParticipantDict


_AROUND = 8
"""How many words on each side of an actor can say what it does or suffers."""


class Roles:
    """The actors of an entry with their roles, and the outlets that it cites. ``mentions`` are by sentence."""

    def __init__(
        self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], speakers: Speakers
    ) -> None:
        self._sentences = sentences
        self._speakers = speakers
        self._actors = [
            (at, one) for at, found in enumerate(mentions) for one in found if one.kind in {"actor", "outlet"}
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
        for name in sorted(stating - roles.keys()):  # a pronoun refers to somebody who spoke before the entry
            at, said = next(
                (at, one) for at, said in enumerate(self._speakers.by_sentence) for one in said if one.mention is None
            )
            word = self._sentences[at][said.at - 1]
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

    def _role(self, at: int, mention: Mention) -> str:
        before, after = self._words_around(at, mention)
        said = self._speakers.attribution(at, mention)
        if said is not None:
            return "denies" if said.verb in SPEECH.denying else "speaker"
        if mention.within in OFFICIAL_KINDS:
            if after & SPEECH.rescuing and mention.within != "court" and not after & SPEECH.not_freed:
                return "rescuer"
            return "alleged_perpetrator" if after & SPEECH.wronging else "mentioned"
        if self._is_owner(at, mention):
            return "alleged_owner"
        if mention.within == "person" and (before | after) & SPEECH.defending:
            return "defendant"
        return "mentioned"

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
