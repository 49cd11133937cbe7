"""Tables out and back in, as the tests of tables need them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange.importers import own
from scamcli.records.models import RECORDS
from tests.helpers.command_line import done

if TYPE_CHECKING:
    from collections.abc import Iterable


EVENT: dict[str, Any] = {"type": "event", "id": "e", "date": "2023-01-02", "kind": "raid", "title": "A raid"}


def whole(record: dict[str, Any]) -> dict[str, Any]:
    """A record with every key, as a timeline holds it."""
    made = RECORDS[record["type"]].model_validate(record).model_dump()
    for number, figure in enumerate(made.get("figures", ())):
        figure.update(id=figure["id"] or f"figure-{number}", count=figure["count"] or "aggregate")
    return made


def timeline(path: Path, records: Iterable[dict[str, Any]] | Path | list[Path]) -> str:
    """A database of records, or of files, as ``scamcli import`` makes it; its path."""
    if isinstance(records, Path):
        return timeline(path, [records])
    given = list(records)
    if given and isinstance(given[0], Path):
        done("import", *map(str, given), "--db", str(path))
    else:
        done("import", "-", "--db", str(path), stdin="".join(json.dumps(record) + "\n" for record in given))
    return str(path)


def lines(db: str) -> str:
    """All of a timeline, as JSON lines."""
    return done("export", "jsonl", "--db", db).out


def exported(db: str, format_: str, folder: Path, *asked: str) -> Path:
    """What an export makes of a timeline, drafts too; its path."""
    path = folder / f"{'-'.join([format_, *(one for one in asked if not one.startswith('-'))])}"
    path = path.with_suffix(f".{format_}") if format_ in {"csv", "tsv", "xlsx"} else path
    done("export", format_, "--db", db, "--drafts", "-o", str(path), *asked)
    return path


def pair(db: str, format_: str, folder: Path) -> list[Path]:
    """The two files of events and of figures."""
    return [exported(db, format_, folder, "--rows", rows) for rows in ("events", "figures")]


def read(*paths: Path) -> list[dict[str, Any]]:
    """Return the records of our own tables, all of which must be valid."""
    found = []
    for part in own.read(paths):
        for number, row in part.rows:
            assert isinstance(row, dict), f"{part.name}:{number}: {row}"
            found.append(row)
    return found


def wrong(*paths: Path) -> list[str]:
    """What is wrong in tables of ours, with its place."""
    return [
        f"{Path(part.name).name}:{number}: {row.message}"
        for part in own.read(paths)
        for number, row in part.rows
        if isinstance(row, DataError)
    ]
