"""The vocabulary that the FollowTheMoney export and import share.

The properties of an entity are unordered sets of texts. A value that no property can express exactly is written into a
free-text property after a label, by which the import finds it again: ``kind: raid`` among the keywords.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "scamcli-"
"""The prefix of the ids of exported entities."""

_KINDS = {
    "Person": ("person",),
    "PublicBody": ("government", "police", "court", "embassy"),
    "Organization": ("international", "ngo", "media", "gang", "group"),
    "Company": ("company",),
}

SCHEMATA = {kind: schema for schema, kinds in _KINDS.items() for kind in kinds}
"""The schema of each kind of actor. An actor without a kind is a ``LegalEntity``, which is just as unspecific."""

LABELS = ("kind", "nationality", "precision", "status", "tag")

PROTECTED = "protected"
"""The keyword of actors whose names must not leave the timeline."""

MEMBER, SITE, LINKED_SITE, OPERATOR = "member of", "site", "linked to", "alleged operator"
"""Roles of links that do not have their own schema."""

CLAIMED_BY, THROUGH, ARCHIVED = "claimed by ", "seen through ", "archived at "
"""Prefixes of texts: who makes a claim, who quoted a source, and where an archived copy is."""

CLAIMED = "claimed"


OWNED_BY = "Said to be owned by "
"""The start of a line that says who owns an actor. It is in the note, because actors have no field for owners."""

OWNERSHIP = (
    "percentage", "sharesCount", "ownershipType", "role", "startDate", "endDate", "date", "status", "publisher",
    "sourceUrl", "summary", "description",
)  # fmt: skip
"""The properties of an ownership that follow the owner in such a line, in this order."""


class Owned(NamedTuple):
    """Who owns an actor, and the properties of the ownership with their values."""

    owner: str
    details: tuple[tuple[str, str], ...]

    def line(self) -> str:
        """Return the line of a note, such as ``Said to be owned by A Holding; percentage: 51; publisher: Registry``."""
        details = (f"; {key}: {' '.join(value.split())}" for key, value in self.details)
        return f"{OWNED_BY}{self.owner}{''.join(details)}"


def parse_owned(line: str) -> Owned | None:
    """Parse a line that says who owns an actor. Return ``None`` for any other line of a note."""
    if not line.startswith(OWNED_BY):
        return None
    owner, *rest = re.split(rf"; (?=(?:{'|'.join(OWNERSHIP)}): )", line.removeprefix(OWNED_BY))
    return Owned(owner.strip(), tuple((key, value) for key, _, value in (piece.partition(": ") for piece in rest)))


def labelled(label: str, value: str) -> str:
    """Return a keyword with a label."""
    return f"{label}: {value}"


def tag(text: str) -> str:
    """Return a tag as a keyword, unchanged unless it could be mistaken for something else."""
    return labelled("tag", text) if _label(text) or text == PROTECTED else text


def keywords(texts: Iterable[str]) -> dict[str, list[str]]:
    """Return the values of keywords by label. Keywords without a label are tags."""
    found: dict[str, list[str]] = {}
    for text in texts:
        label = _label(text)
        found.setdefault(label or "tag", []).append(text[len(label) + 2 :] if label else text)
    return found


def _label(text: str) -> str:
    label, colon, _ = text.partition(": ")
    return label if colon and label in LABELS else ""


def words(name: str) -> str:
    """Return a role or a type of link in words: ``alleged owner``."""
    return name.replace("_", " ")


def name(words: str) -> str:
    """Return the role or the type of link for such words."""
    return words.replace(" ", "_")
