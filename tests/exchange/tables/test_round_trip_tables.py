"""Out as tables, and in again: the same bytes as before. What a pair of files cannot hold is named."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.exchange.conftest import NASTY
from tests.helpers.command_line import done, run
from tests.helpers.own_tables import exported, lines, pair, read, timeline
from tests.helpers.paths import SEED
from tests.helpers.record_strategies import timelines

if TYPE_CHECKING:
    from collections.abc import Iterable

FEW = settings(
    deadline=None,
    max_examples=12,
    phases=set(Phase) - {Phase.shrink, Phase.explain},
    suppress_health_check=list(HealthCheck),
)
WHOLE = ("xlsx", "datapackage")


def through(db: str, format_: str, folder: Path) -> str:
    """A timeline that was exported and imported, as lines."""
    paths = pair(db, format_, folder) if format_ in {"csv", "tsv"} else [exported(db, format_, folder)]
    return lines(timeline(folder / f"{format_}.db", paths))


def of(text: str) -> list[dict[str, Any]]:
    """The records of lines; a line of JSON may have a line separator of Unicode."""
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


def events_of(text: str) -> list[dict[str, Any]]:
    return [record for record in of(text) if record["type"] == "event"]


@pytest.mark.parametrize("format_", [*WHOLE, "csv", "tsv"])
@pytest.mark.parametrize("given_", [SEED, NASTY], ids=["seed", "nasty"])
def test_a_timeline_comes_back_as_it_was(given_: Path, format_: str, folder: Path) -> None:
    db = timeline(folder / "given.db", given_)
    before, after = lines(db), through(db, format_, folder)
    if format_ in WHOLE:
        assert after == before
    assert events_of(after) == events_of(before)
    assert len(events_of(before)) > 10


@FEW
@given(timelines())
def test_so_does_any_timeline(records: Iterable[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as path:
        db = timeline(Path(path) / "given.db", records)
        before = lines(db)
        for format_ in WHOLE:
            assert through(db, format_, Path(path)) == before


@FEW
@given(timelines())
def test_so_do_the_events_of_any_timeline_from_a_pair(records: Iterable[dict[str, Any]]) -> None:
    """Over what the pair does not hold: names that are aliases need their actors."""
    with tempfile.TemporaryDirectory() as path:
        db = timeline(Path(path) / "given.db", records)
        before = lines(db)
        entities = [one for one in of(before) if one["type"] != "event"]
        for format_ in ("csv", "tsv"):
            events = read(*pair(db, format_, Path(path)))
            assert lines(timeline(Path(path) / f"{format_}.db", [*entities, *events])) == before


def test_again_into_the_same_timeline_changes_nothing(folder: Path) -> None:
    db = timeline(folder / "given.db", SEED)
    before = lines(db)
    for format_ in WHOLE:
        again = str(exported(db, format_, folder))
        assert "0 records added, 120 already present" in done("import", again, "--db", db).err
    assert lines(db) == before


@pytest.mark.parametrize(("rows", "other"), [("events", "figures"), ("figures", "events")])
def test_a_file_names_what_it_does_not_hold(rows: str, other: str, folder: Path) -> None:
    db = timeline(folder / "given.db", SEED)
    said = done("export", "csv", "--rows", rows, "--db", db).err
    number = {"events": 50, "figures": 45}[other]
    assert said == (
        f"scamcli: Not in csv: {other} that --rows {other} writes ({number}), "
        "records of actors (58), records of sites (12).\n"
    )


@pytest.mark.parametrize("format_", WHOLE)
def test_a_whole_set_of_tables_loses_nothing(format_: str, folder: Path) -> None:
    db = timeline(folder / "given.db", SEED)
    assert done("export", format_, "--db", db, "--strict", "-o", str(folder / "made")).err == ""


def test_a_whole_set_has_those_whom_nobody_names_but_not_those_whom_only_drafts_name(folder: Path) -> None:
    event = {"type": "event", "date": "2023-01-02", "kind": "raid", "title": "A raid"}
    records: list[dict[str, Any]] = [
        {"type": "actor", "name": "Nobody's", "member_of": ["A Body"]},
        {"type": "actor", "name": "A Body"},
        {"type": "actor", "name": "Both", "kind": "person"},
        {"type": "actor", "name": "Drafted", "kind": "person"},
        {"type": "site", "name": "Nobody's Gate"},
        event | {"id": "a", "actors": [{"name": "Both"}]},
        event
        | {"id": "b", "status": "draft", "actors": [{"name": "Both"}, {"name": "Drafted"}], "sites": ["Drafted Gate"]},
    ]
    db = timeline(folder / "given.db", records)
    path = folder / "reviewed.xlsx"
    assert "1 unreviewed draft left out" in done("export", "xlsx", "--db", db, "-o", str(path)).err
    names = {one.get("name", one.get("id")) for one in read(path)}
    assert names == {"Nobody's", "A Body", "Both", "Nobody's Gate", "a"}
    every = {one.get("name", one.get("id")) for one in read(exported(db, "xlsx", folder))}
    assert every == names | {"Drafted", "Drafted Gate", "b"}


@pytest.mark.parametrize("format_", ["csv", "tsv", *WHOLE])
def test_a_protected_name_is_withheld_and_stays_so(format_: str, folder: Path) -> None:
    records: list[dict[str, Any]] = [
        {"type": "actor", "name": "Vanna Invented", "kind": "person", "protected": True},
        {"type": "event", "id": "e", "date": "2023-01-02", "kind": "rescue", "title": "Vanna Invented is freed",
         "actors": [{"name": "Vanna Invented", "role": "victim"}], "sources": [{"outlet": "VOD"}]},
    ]  # fmt: skip
    db = timeline(folder / "given.db", records)
    paths = pair(db, format_, folder) if format_ in {"csv", "tsv"} else [exported(db, format_, folder)]
    files = [file for path in paths for file in (path.iterdir() if path.is_dir() else [path])]
    assert not any(b"Vanna" in file.read_bytes() for file in files)
    found = next(record for record in read(*paths) if record["type"] == "event")
    assert found["title"].startswith("[protected-")
    assert found["actors"][0]["name"].startswith("[protected-")


def test_what_is_wrong_in_a_table_stops_the_import_and_is_said_with_its_row(folder: Path) -> None:
    db = timeline(folder / "given.db", SEED)
    events, figures = pair(db, "csv", folder)
    text = figures.read_text(encoding="utf-8").replace("2500000,2500000", "many,2500000")
    figures.write_text(text, encoding="utf-8")
    refused = run("import", str(events), str(figures), "--db", str(folder / "new.db"))
    assert refused.code == 4
    assert refused.err.splitlines()[0].startswith(f'scamcli: {events}:2: {figures}:2: `low`: "many" is not a number')
    left_out = done("import", str(events), str(figures), "--skip-invalid", "--db", str(folder / "new.db"))
    assert left_out.err.endswith("scamcli: 49 records added, 0 already present, 1 left out.\n")
