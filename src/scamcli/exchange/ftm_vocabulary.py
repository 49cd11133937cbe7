"""The words by which the FollowTheMoney export and import translate records, and nothing else.

The properties of an entity are sets of texts without an order. What no property can express exactly is written into a
property of free text behind a label, by which the import finds it again: ``kind: raid`` among the keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "scamcli-"
"""Start of the ids of entities that an export makes."""

_KINDS = {
    "Person": ("person",),
    "PublicBody": ("government", "police", "court", "embassy"),
    "Organization": ("international", "ngo", "media", "gang", "group"),
    "Company": ("company",),
}

SCHEMATA = {kind: schema for schema, kinds in _KINDS.items() for kind in kinds}
"""The schema of each kind of actor. One without a kind is a ``LegalEntity``, which does not say either what it is."""

LABELS = ("kind", "nationality", "precision", "status", "tag")

PROTECTED = "protected"
"""Keyword of somebody whose name must not leave the timeline."""

MEMBER, SITE, LINKED_SITE = "member of", "site", "linked to"
"""Roles of links that have no schema of their own."""

CLAIMED_BY, THROUGH, ARCHIVED = "claimed by ", "seen through ", "archived at "
"""Starts of texts that say who makes a claim, through whom a source was seen, and where its archived copy is."""

CLAIMED = "claimed"


def labelled(label: str, value: str) -> str:
    """Return a keyword with a label."""
    return f"{label}: {value}"


def tag(text: str) -> str:
    """Return a tag as a keyword: as it is, unless it could be taken for something else."""
    return labelled("tag", text) if _label(text) or text == PROTECTED else text


def keywords(texts: Iterable[str]) -> dict[str, list[str]]:
    """Return the values of keywords by their labels. Keywords without a label are tags."""
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
    """Return the role or the type of link that such words stand for."""
    return words.replace(" ", "_")
