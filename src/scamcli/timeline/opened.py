"""An open timeline: its file, who is protected in it, what was assumed on the way; and queries with names found."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from scamcli.query import filters, resolve
from scamcli.store import terms
from scamcli.store.connection import closed_on_error, plainly
from scamcli.timeline.open import default_path, named_path, opened, withheld

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.query.filters import Query
    from scamcli.records.masking import Masker


class Opened:
    """What every question to a timeline stands on."""

    def __init__(self, path: str | Path | None = None, *, include_protected: bool = False) -> None:
        self.notes: list[str] = []
        self._include_protected = include_protected
        named = named_path(path)
        self.path = named or default_path()
        self._connection = opened(self.path, self.notes, write=False, is_default=named is None)
        with closed_on_error(self._connection), plainly(self.path):
            self._masker: Masker | None = self._protected()
        self._lookup = resolve.Lookup(self._connection, self._masker)
        self._lookup.notes = self.notes

    def __enter__(self) -> Self:
        """The timeline itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _protected(self) -> Masker | None:
        return None if self._include_protected else terms.protected(self._connection)

    def _look_who_is_protected(self) -> None:
        """Look again: somebody can have been protected since the file was opened."""
        self._masker = self._lookup.masker = self._protected()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        with plainly(self.path), withheld(self.shown):
            yield

    def compiled(self, asked: Query) -> filters.Compiled:
        """The query with its names resolved; its ``sentence`` says it in words."""
        before = len(self.notes)
        found = filters.compile_query(asked, self._lookup)
        self.notes[before:] = [note for note in dict.fromkeys(self.notes[before:]) if note not in self.notes[:before]]
        return found

    def shown(self, text: str) -> str:
        """A text as it may be shown: protected names withheld."""
        return self._lookup.shown(text)
