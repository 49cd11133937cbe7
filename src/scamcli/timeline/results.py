"""What the write methods of ``Timeline`` return: what happened, and notices for the user.

``change`` is the number of the change in the history, or ``None`` if nothing changed. ``notes`` are notices in plain
English with protected names masked; the command line prints them to stderr.
"""

# Real annotations instead of strings: every command loads this module, and named tuples compile strings when they are
# defined.

from typing import NamedTuple

Notes = tuple[str, ...]


class Saved(NamedTuple):
    """A record that was added or edited. ``name`` is the id of an event, or the name of an actor, site or metric."""

    type: str
    name: str
    change: int | None
    notes: Notes


class Removed(NamedTuple):
    """A record that was removed."""

    record: dict[str, object]
    change: int | None
    notes: Notes


class Undone(NamedTuple):
    """A change that was undone or redone, by a ``change`` of its own.

    ``of`` is the number of the one that was undone or redone, made by ``author`` with ``command``; ``records`` is how
    many records were put back.
    """

    change: int
    of: int
    command: str
    author: str
    records: int
    notes: Notes


class Aliased(NamedTuple):
    """Aliases of an actor or a site: those that are new, and those that it already had."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    change: int | None
    notes: Notes


class NamesMerged(NamedTuple):
    """Two names that are one now, and in how many events the name was replaced."""

    events: int
    change: int | None
    notes: Notes


class Erased(NamedTuple):
    """A name or an event that was redacted, and the placeholder that stands in its place.

    Counted are the records that were rewritten, their earlier versions in the history, and the texts of ``ingest``.
    ``copies`` are backups that still exist and may still contain it.
    """

    placeholder: str
    records: int
    versions: int
    texts: int
    copies: tuple[str, ...]
    notes: Notes


class Decided(NamedTuple):
    """Drafts that were accepted, rejected or merged, by their ids."""

    ids: tuple[str, ...]
    change: int | None
    notes: Notes
