"""The actors of an entry with their roles, and the outlets that it cites.

An outlet that only reports is a source; it is an actor where it states a number, or where its own report is what the
entry tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.attribution import is_outlet
from scamcli.ingest.proposal import Reason, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.attribution import Speaking
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

BEFORE_OWNER = lexicon.words("speech.before_owner")
DEFENDING = lexicon.words("speech.defending")
DENYING = lexicon.words("speech.denying")
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
        self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], speaking: Speaking
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
