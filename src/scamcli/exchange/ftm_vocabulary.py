"""How records and FollowTheMoney say the same: the words that both the export and the import use, and nothing else.

The properties of an entity are sets of texts, in no order that lasts. What a record knows more exactly than any
property stands in one of free text, behind a label by which it is found again: ``kind: raid`` among the keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "scamcli-"
"""How the ids begin of the entities that an export makes."""

SCHEMATA = {
    "person": "Person",
    "government": "PublicBody",
    "police": "PublicBody",
    "court": "PublicBody",
    "embassy": "PublicBody",
    "international": "Organization",
    "ngo": "Organization",
    "company": "Company",
    "media": "Organization",
    "gang": "Organization",
    "group": "Organization",
}
"""The schema of each kind of actor; one without a kind is a ``LegalEntity``, of which that is not known either."""

LABELS = ("kind", "nationality", "precision", "status", "tag")

PROTECTED = "protected"
"""The keyword of somebody whose name must not leave the timeline."""

MEMBER, SITE = "member of", "site"
"""Roles of links that have no schema of their own."""

CLAIMED_BY, THROUGH, ARCHIVED = "claimed by ", "seen through ", "archived at "
"""How a text begins that says who claims, through whom a source was seen, and where its archived copy is."""

CLAIMED = "claimed"


def labelled(label: str, value: str) -> str:
    """A keyword that says what it is."""
    return f"{label}: {value}"


def tag(text: str) -> str:
    """A tag as a keyword: as it is, unless it could be taken for another."""
    return labelled("tag", text) if _label(text) or text == PROTECTED else text


def keywords(texts: Iterable[str]) -> dict[str, list[str]]:
    """The values of keywords by their labels; those without one are tags."""
    found: dict[str, list[str]] = {}
    for text in texts:
        label = _label(text)
        found.setdefault(label or "tag", []).append(text[len(label) + 2 :] if label else text)
    return found


def _label(text: str) -> str:
    label, colon, _ = text.partition(": ")
    return label if colon and label in LABELS else ""


def words(name: str) -> str:
    """A role or a type of link in words: ``alleged owner``."""
    return name.replace("_", " ")


def name(words: str) -> str:
    """The role or the type of link that such words stand for."""
    return words.replace(" ", "_")
