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
    """A change that was undone or redone. Undoing or redoing it is itself a ``change``.

    ``of`` is the number of the change that was undone or redone, which ``author`` made with ``command``; ``records`` is
    the number of records that were restored.
    """

    change: int
    of: int
    command: str
    author: str
    records: int
    notes: Notes


class Aliased(NamedTuple):
    """Aliases of an actor or a site: the new ones, and those that it already had."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    change: int | None
    notes: Notes


class NamesMerged(NamedTuple):
    """Two names that now belong to one record, and the number of events where the name was replaced."""

    events: int
    change: int | None
    notes: Notes


class Erased(NamedTuple):
    """A name or an event that was redacted, and the placeholder that replaces it.

    The counts are of the records that were rewritten, their earlier versions in the history, and the texts of
    ``ingest``. ``copies`` are backups that still exist and may still contain it. ``files`` are the evidence
    files that may hold it, as `FoundFile`.
    """

    placeholder: str
    records: int
    versions: int
    texts: int
    copies: tuple[str, ...]
    notes: Notes
    files: tuple[tuple[str, ...], ...] = ()


class Decided(NamedTuple):
    """The ids of drafts that were accepted, rejected or merged."""

    ids: tuple[str, ...]
    change: int | None
    notes: Notes


class FixedBounds(NamedTuple):
    """The ids of events whose bounds were derived from their wordings again, and notices about this. All are masked."""

    events: tuple[str, ...]
    notes: tuple[str, ...]
