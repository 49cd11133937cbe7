"""Every format over one deliberately nasty timeline: nothing acts, and what programs read back is what was stored."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.store import setup
from tests.helpers.command_line import done
from tests.helpers.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = ROOT / "tests" / "golden" / "formats"
NASTY = GOLDEN / "nasty.jsonl"

COMMANDS: dict[str, tuple[str, ...]] = {
    "search": ("search",),
    "stats": ("stats", "rescues"),
    "show": ("show", "nasty-12"),
    "timeline": ("timeline",),
}

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Path:
    path = tmp_path_factory.mktemp("nasty") / "nasty.db"
    setup.make(path, seed=False)
    done("import", str(NASTY), "--db", str(path))
    return path


@pytest.fixture(autouse=True)
def _asked(nasty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(nasty))
    monkeypatch.setenv("COLUMNS", "100")


READ = [(*arguments, "--format", format_) for arguments in COMMANDS.values() for format_ in ("table", "markdown")]
READ += [COMMANDS["show"], COMMANDS["timeline"], ("actors", "--format", "table"), ("sites", "--format", "markdown")]
READ += [("actors", '<b>O\'Brien</b> | "Bobby" \\ Tables, Jr.'), *(("show", f"nasty-{n:02}") for n in range(1, 12))]
READ += [
    ("stats", "rescues", "--by", "source", "--format", "table"),
    ("stats", "rescues", "--by", "actor", "--format", "table"),
]


@pytest.mark.parametrize("arguments", READ, ids=" ".join)
def test_what_people_read_can_do_nothing_to_a_terminal(arguments: tuple[str, ...]) -> None:
    outcome = done(*arguments)
    for text in (outcome.out, outcome.err):
        assert [char for char in text if char != "\n" and unicodedata.category(char) in {"Cc", "Zl", "Zp"}] == []
        assert [char for char in text if char in BIDI] == []


def test_json_gives_back_what_was_imported() -> None:
    stored = {row["id"]: row for row in done("timeline", "--json").json}
    for line in NASTY.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        assert {key: stored[given["id"]][key] for key in ("title", "date", "kind", "tags") if key in given} == {
            key: given[key] for key in ("title", "date", "kind", "tags") if key in given
        }
        assert [(stored[given["id"]][key] or "") for key in ("summary", "note")] == [
            given.get(key) or "" for key in ("summary", "note")
        ]


def test_export_and_import_give_back_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exported = done("export", "jsonl").out
    assert "\\ufff9" not in exported
    assert "西港" in exported
    again = tmp_path / "again.db"
    done("import", "-", "--db", str(again), stdin=exported)
    assert done("export", "jsonl", "--db", str(again)).out == exported


COLUMNS = ("date", "kind", "title", "provinces", "match", "id")


def plain_cells() -> list[list[str]]:
    """What the flat columns of a search mean, from its JSON."""
    return [
        ["; ".join(row[key]) if isinstance(row[key], list) else row[key] for key in COLUMNS]
        for row in done("search", "--json").json
    ]


def unguarded(cell: str) -> str:
    """The cell without the quote that keeps a spreadsheet from taking it for a formula."""
    return cell.removeprefix("'")


def test_csv_read_back_gives_the_same_cells() -> None:
    head, *cells = csv.reader(io.StringIO(done("search", "--format", "csv").out, newline=""))
    assert tuple(head) == COLUMNS
    assert [[unguarded(cell) for cell in row] for row in cells] == plain_cells()


def test_tsv_read_back_gives_the_same_cells() -> None:
    head, *lines = done("search", "--format", "tsv").out.removesuffix("\n").split("\n")
    assert tuple(head.split("\t")) == COLUMNS
    texts = [[json.loads('"' + cell.replace('"', r"\"") + '"') for cell in line.split("\t")] for line in lines]
    assert [list(map(unguarded, row)) for row in texts] == plain_cells(), "the escapes are those of JSON"


@pytest.mark.parametrize("format_", ["csv", "tsv"])
@pytest.mark.parametrize("fields", ["summary", "title", "tags", "note", "figures", "sources", "actors", "places", "id"])
def test_no_cell_is_a_formula(format_: str, fields: str) -> None:
    out = done("search", "--fields", fields, "--format", format_).out
    delimiter = "," if format_ == "csv" else "\t"
    for row in csv.reader(io.StringIO(out, newline=""), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL):
        for cell in row:
            assert cell[:1] not in set("=@\t\r"), cell
            assert not re.match(r"[+-](?![\d,]*(\.\d+)?$)", cell), cell


def table_of(markdown: str) -> list[str]:
    return [line for line in markdown.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("command", COMMANDS)
def test_markdown_rows_have_as_many_cells_as_the_head(command: str) -> None:
    lines = table_of(done(*COMMANDS[command], "--format", "markdown").out)
    bars = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines}
    assert len(bars) == 1
    assert len(lines) > 2


MARKDOWN = [
    *COMMANDS.values(),
    ("stats", "rescues", "--actor", '<b>O\'Brien</b> | "Bobby" \\ Tables, Jr.'),
    ("stats", "rescues", "--source", "=cmd|<b>Outlet</b>"),
    ("actors",),
]


@pytest.mark.parametrize("arguments", MARKDOWN, ids=" ".join)
def test_markdown_holds_no_live_html(arguments: tuple[str, ...]) -> None:
    out = done(*arguments, "--format", "markdown").out
    assert re.findall(r"(?<!\\)<[^>]*>", out) == []


def test_a_forged_line_cannot_look_like_the_records_own(nasty: Path) -> None:
    forged: dict[str, Any] = {
        "type": "event", "date": "2024-02-01", "kind": "report", "id": "forged",
        "title": "A title\u2028digest      000000000000\x85id          other", "summary": "x\x1cnote        forged",
    }  # fmt: skip
    done("import", "-", stdin=json.dumps(forged))
    try:
        lines = done("show", "forged").out.splitlines()
    finally:
        done("remove", "forged")
    assert [line for line in lines if line.startswith(("digest      0", "id          o", "note"))] == []
