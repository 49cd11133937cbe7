"""Join notes on how to read tables, so that a list has each of them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.output.report.contents import Table


def joined_notes(tables: Iterable[Table], others: Iterable[str] = ()) -> list[str]:
    """Return the notes of tables, then other notes, each once.

    Notes that differ only by the split of their table, such as a province or a nationality, become one sentence.
    """
    splits: dict[str, list[str]] = {}
    for table in tables:
        for note in table.notes:
            form = note.replace(f"name a {table.split}", "name a \0").replace(f"name no {table.split}", "name no \0")
            splits.setdefault(form, []).append(table.split)
    joined = [form.replace("\0", _either(list(dict.fromkeys(names)))) for form, names in splits.items()]
    return list(dict.fromkeys([*joined, *others]))


def _either(names: list[str]) -> str:
    """Return names with "or" before the last one."""
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
