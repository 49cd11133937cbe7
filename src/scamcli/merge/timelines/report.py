"""What a merge says and asks: conflicts as they may be printed, proposals, and what was left as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.merge.threeway import Choose, Conflict
    from scamcli.merge.timelines.other_timeline import Other
    from scamcli.records.masking import Masker
    from scamcli.store.writer import Writer

Record = dict[str, Any]
Row = dict[str, Any]

Decide = Callable[[Row], bool]
"""Asked of a conflict, as it may be printed: whether theirs comes in the place of ours."""

NAMES = ("type", "record", "key", "base", "ours", "theirs")
"""The keys of a conflict as it is printed."""


class About(NamedTuple):
    """What a conflict is about: the versions of the record, of which any may be absent."""

    type: str
    name: str
    versions: tuple[Record | None, ...]


class Told:
    """Gathers what is to be told.

    Args:
        writer: of the timeline that is here.
        other: the other one.
        decide: who decides conflicts; ``None`` leaves ours, and leaves them open.
        plain: whether protected names are printed.
    """

    def __init__(self, writer: Writer, other: Other, decide: Decide | None, *, plain: bool) -> None:
        self._writer = writer
        self._other = other
        self._decide = decide
        self._plain = plain
        self._conflicts: list[tuple[About, Conflict]] = []
        self.open = 0
        """Conflicts that nobody has decided."""
        self.proposed: list[tuple[str, str]] = []
        """Events that came in as drafts, each with the one that seems to tell the same."""
        self.kept: list[tuple[str, str]] = []
        """Type and name of actors and sites that were removed there, and that something here still names."""

    def asking(self, about: About) -> Choose:
        """What decides the conflicts of a record, and remembers them."""

        def choose(conflict: Conflict) -> bool:
            self._conflicts.append((about, conflict))
            if self._decide is None:
                self.open += 1
                return False
            return self._decide(self._row(about, conflict))

        return choose

    def leave(self, about: About, conflict: Conflict) -> None:
        """Remember a conflict that nobody can decide by a key."""
        self._conflicts.append((about, conflict))
        self.open += 1

    def __len__(self) -> int:
        """How many conflicts there are."""
        return len(self._conflicts)

    def rows(self) -> Iterator[Row]:
        """The conflicts as they may be printed, those of a record together."""
        for about, conflict in self._conflicts:
            yield self._row(about, conflict)

    def shown(self, text: str) -> str:
        """A text as it may be printed: without the names that either timeline protects."""
        return text if self._plain else self._other.shown(self._writer.shown(text))

    def shown_id(self, id_: str) -> str:
        """The id of an event likewise, as a word without brackets."""
        for masker in self._maskers():
            id_ = masker.record({"id": id_})["id"]
        return id_

    def shown_record(self, record: Record) -> Record:
        """A record likewise."""
        for masker in self._maskers():
            record = masker.record(record)
        return record

    def _maskers(self) -> list[Masker]:
        return [] if self._plain else [one for one in (self._writer.masker(), self._other.masker) if one is not None]

    def _row(self, about: About, conflict: Conflict) -> Row:
        row = {"type": about.type, "record": about.name, **conflict._asdict()}
        for masker in self._maskers():
            row = _masked(row, about, masker)
        return {key: row[key] for key in NAMES}


def _masked(row: Row, about: About, masker: Masker) -> Row:
    """A conflict without what one timeline protects: the words of whom any of the versions names go as well."""
    there = [version for version in about.versions if version is not None]
    numbers = frozenset[int]().union(*(masker.present(version) for version in there))
    words = masker.words_of(numbers)
    path = row["key"] or ""
    key = path.rpartition(".")[2] if not path.startswith("aliases") else "aliases"
    found = {name: masker.part(row[name], key, numbers) for name in ("base", "ours", "theirs")}
    if about.type == "event":
        named = words.mask(masker.record({"id": row["record"]})["id"], bare=True)
    else:
        named = masker.text(row["record"])
    return row | found | {"record": named, "key": row["key"] and words.mask(masker.text(path))}
