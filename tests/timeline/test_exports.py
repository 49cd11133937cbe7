"""``Timeline.export``: what the command ``export`` does, from Python."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import ScamcliError, Timeline, where
from scamcli.errors import DatabaseError, NotFoundError, WrongUsageError
from scamcli.exchange.exporters.dump import Shape
from scamcli.exchange.exporters.registry import EXPORT_FORMATS
from tests.helpers.command_line import done, run
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TEXT_FORMATS = [name for name, format_ in EXPORT_FORMATS.items() if format_.shape is Shape.TEXT]


def require_library(name: str) -> None:
    if EXPORT_FORMATS[name].library:
        need(EXPORT_FORMATS[name].library)


@pytest.fixture(autouse=True)
def own_db(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped timeline, which is the default one."""
    monkeypatch.setenv("SCAMCLI_DB", str(seeded))
    return seeded


@pytest.fixture
def with_drafts(own_db: Path) -> Path:
    drafts = [
        {
            "type": "event",
            "id": f"draft-{number}",
            "date": "2023-01-01",
            "kind": "raid",
            "title": "D",
            "status": "draft",
        }
        for number in range(2)
    ]
    done("import", "-", stdin="\n".join(map(json.dumps, drafts)))
    return own_db


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_a_file_is_what_the_command_writes_with_the_same_notices(name: str, tmp_path: Path) -> None:
    require_library(name)
    said = done("export", name, "--kind", "rescue", "-o", str(tmp_path / "by_command")).err
    with Timeline() as timeline:
        exported = timeline.export(name, tmp_path / "by_method", where(kind="rescue"))
    assert exported.path == tmp_path / "by_method"
    assert [f"scamcli: {note}" for note in exported.notes] == said.splitlines()
    assert exported.drafts == 0
    assert bool(exported.losses) == ("Not in" in said)
    by_command, by_method = ([*place.rglob("*")] or [place] for place in (tmp_path / "by_command", exported.path))
    assert [path.name for path in by_command if path.is_file()] != []
    if EXPORT_FORMATS[name].shape is Shape.TEXT:
        assert by_command[0].read_bytes() == by_method[0].read_bytes()


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_a_stream_gets_what_stdout_gets(name: str) -> None:
    require_library(name)
    stream = io.StringIO()
    with Timeline() as timeline:
        exported = timeline.export(name, stream, where(kind="rescue"))
    assert exported.path is None
    text = stream.getvalue().replace("\r\n", "\n")  # as the test reads stdout; calendars have CRLF
    assert text == done("export", name, "--kind", "rescue").out


@pytest.mark.parametrize("rows", ["events", "figures"])
def test_rows_of_csv_are_chosen(rows: str) -> None:
    stream = io.StringIO()
    with Timeline() as timeline:
        timeline.export("csv", stream, rows=rows)
    assert stream.getvalue() == done("export", "csv", "--rows", rows).out


REFUSED: list[tuple[tuple[str, ...], dict[str, Any], type[ScamcliError]]] = [
    (("geo-json",), {}, WrongUsageError),
    (("csv", "--rows", "people"), {"rows": "people"}, WrongUsageError),
    (("geojson", "--rows", "figures"), {"rows": "figures"}, WrongUsageError),
    (("xlsx",), {}, WrongUsageError),
    (("datasette",), {}, WrongUsageError),
    (("csv", "--strict"), {"strict": True}, WrongUsageError),
    (("csv", "--actor", "No such person"), {"query": where(actor="No such person")}, NotFoundError),
]


@pytest.mark.parametrize(("arguments", "options", "error"), REFUSED, ids=[" ".join(case[0]) for case in REFUSED])
def test_what_the_command_refuses_is_an_exception(
    arguments: tuple[str, ...], options: dict[str, Any], error: type[ScamcliError]
) -> None:
    outcome, stream = run("export", *arguments), io.StringIO()
    with Timeline() as timeline, pytest.raises(error) as caught:
        timeline.export(arguments[0], stream, **options)
    assert stream.getvalue() == ""
    assert outcome.code == caught.value.exit_code
    assert f"scamcli: {caught.value.message}" in outcome.err.splitlines()


def test_nothing_of_somebodys_own_is_written_over(own_db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(own_db.read_bytes())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("years of work")
    before = other.read_bytes()
    with Timeline(own_db) as timeline:
        for target, error in ((own_db, WrongUsageError), (other, DatabaseError), (tmp_path / "mine", DatabaseError)):
            with pytest.raises(error):
                timeline.export("jsonl", target)
        with pytest.raises(DatabaseError, match=r"notes\.txt"):
            timeline.export("datapackage", tmp_path / "mine")
    assert other.read_bytes() == before


def test_strict_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    with Timeline() as timeline, pytest.raises(WrongUsageError, match="csv cannot hold figures"):
        timeline.export("csv", path, strict=True)
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir() if file.is_file() and "out" in file.name] == ["out.csv"]


def test_drafts_that_are_left_out_are_counted(with_drafts: Path) -> None:
    with Timeline(with_drafts) as timeline:
        exported = timeline.export("jsonl", io.StringIO(), where(kind="raid"))
        assert exported.drafts == 2
        assert exported.notes == ("2 unreviewed drafts left out. Use --drafts to include them.",)
        assert timeline.export("jsonl", io.StringIO(), where(kind="raid", drafts=True)).drafts == 0
        stream = io.StringIO()
        assert timeline.export("jsonl", stream).notes == ()
    assert '"draft-1"' in stream.getvalue(), "everything, as there is no query"


def test_an_assumed_name_is_a_note(tmp_path: Path) -> None:
    with Timeline() as timeline:
        exported = timeline.export("jsonl", tmp_path / "out.jsonl", where(actor="Sar Keng"))
    assert len(exported.notes) == 1
    assert "Sar Kheng" in exported.notes[0]


def test_protected_names_are_masked_unless_asked_for(own_db: Path, tmp_path: Path) -> None:
    protected = json.dumps({"type": "actor", "name": "Sar Kheng", "protected": True})
    done("import", "-", "--on-conflict", "update", stdin=protected)
    for include_protected in (False, True):
        with Timeline(own_db, include_protected=include_protected) as timeline:
            path = timeline.export("jsonl", tmp_path / f"{include_protected}.jsonl").path
        assert path is not None
        assert ("Sar Kheng" in path.read_text(encoding="utf-8")) == include_protected
        assert path.stat().st_mode & 0o077 == 0


def test_progress_is_given_the_events(tmp_path: Path) -> None:
    passed: list[Any] = []

    def counted(items: Iterable[Any], /) -> Iterator[Any]:
        for item in items:
            passed.append(item)
            yield item

    with Timeline() as timeline:
        timeline.export("csv", tmp_path / "out.csv", progress=counted)
        assert len(passed) == timeline.count(where())
