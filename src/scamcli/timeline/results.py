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
    """A change that was undone or redone.

    Attributes:
        change: the number of the undo or redo, which is a change itself.
        of: the number of the change that was undone or redone.
        command: the command that had made that change.
        author: who had made it.
        records: how many records were put back.
        notes: see the module.
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
    """A name or an event that was redacted.

    Attributes:
        placeholder: what stands in its place.
        records: how many records were rewritten.
        versions: how many earlier versions of records, in the history.
        texts: how many texts of ``ingest``.
        copies: backups that still exist and may still contain it.
        notes: see the module.
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
