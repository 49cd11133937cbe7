# ruff: noqa: E501 - tables
"""Nasty texts in every field come back from every command and format, as the programs that people use read them.

Python's csv module, DuckDB and LibreOffice read what each command and each tabular export writes. The cells are those of
the JSON, no cell is a formula, and tab-separated text holds nothing that acts on a terminal.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import duckdb
import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from scamcli.cli.app import app
from scamcli.output import formats
from tests.helpers.command_line import done
from tests.helpers.patience import PATIENCE
from tests.helpers.validators import program
from tests.output.test_nasty_everywhere import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMULA = "=1+1"
BEFORE = ["", " ", "\t", "\r", "\n", "\r\n", "\u00a0", "\ufeff", "\u200b", "\u3000", "\x01", "\x1b", "\u202e", "'", "x;", "x,", "x\t", "x\r", "x\n",
          "x|", '"', '";', '",', '"\t', '"\r', "\\", "\\t", "\\u001b", "x\u2028", "x\x85", "x\x0b"]  # fmt: skip
"""The characters before a formula."""
OTHERS = ["+1+1", "-1+1", "@SUM(1)", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "-", "+855 12 345", "\x1b[31mred\x1b[0m", "\x1b]0;owned\x07", "\x9b2J", "\u202egpj.exe\u202c",
          "\u2066isolate\u2069", "ខ្មែរ\u200bអក្សរ", "a\r\rb", "\\N", "NULL", "''", '""', "\\", "\ufff9note\ufffb", "\x7f\x08"]  # fmt: skip
NASTY = [f"{before}{FORMULA}" for before in BEFORE] + OTHERS

Table = list[list[str]]


def record(number: int, text: str) -> list[dict[str, Any]]:
    """Records with the text in every field that takes any text."""
    named = f"{text} n{number}"
    event = {
        "type": "event", "id": f"n-{number}", "date": f"2024-01-{number % 28 + 1:02}", "kind": "raid", "title": text, "summary": text, "note": text,
        "tags": [text], "actors": [{"name": named, "role": "subject"}], "sites": [named], "nationalities": [text],
        "places": [{"name": text, "country": "KH"}], "sources": [{"outlet": named, "title": text, "author": text, "passage": text}],
        "figures": [{"metric": "rescues", "id": "f", "stated": text, "low": 1, "best": number + 2, "high": number + 2, "group": text, "stated_by": named, "note": text}],
        "links": [{"type": "disputes", "event": "n-0", "figure": "f", "note": text}] if number else [],
    }  # fmt: skip
    return [
        {"type": "actor", "name": named, "kind": "person", "aliases": [f"alias {named}"], "positions": [text], "note": text},
        {"type": "site", "name": named, "aliases": [f"alias {named}"], "note": text},
        event,
    ]  # fmt: skip


ASKED: dict[str, tuple[str, ...]] = {
    "search": ("search",), "search-fields": ("search", "--fields", "id,title,summary,note,tags,sites,nationalities,figures,sources,places,actors,links"),
    "timeline": ("timeline",), "show": ("show", "n-3"), "history": ("show", "n-3", "--history"), "at": ("show", "n-3", "--at", "9998"),
    "log": ("log",), "log-event": ("log", "n-3"), "log-change": ("log", "--change", "1"), "check": ("check",), "conflicts": ("conflicts",),
    "responses": ("responses",), "actors": ("actors",), "actor": ("actors", f"{NASTY[3]} n3"), "sites": ("sites",), "site": ("sites", f"{NASTY[3]} n3"),
    "stats": ("stats", "rescues", "--by", "group"), "stats-actor": ("stats", "events", "--by", "actor"), "stats-source": ("stats", "events", "--by", "source"),
    "stats-explain": ("stats", "rescues", "--by", "nationality", "--explain"), "info": ("info",), "review": ("review",),
    "sql-events": ("sql", "SELECT * FROM events ORDER BY id"), "sql-figures": ("sql", "SELECT * FROM figures ORDER BY event, id"),
    "sql-names": ("sql", f"SELECT 1 AS \"{FORMULA}\", 2 AS \"a\tb\x1b[1m\", char(0) || '{FORMULA}' AS nul, char(13) || '{FORMULA}' AS cr, x'1b5b' AS bytes"),
    "diff": ("diff", "{folder}/t.db", "{folder}/other.db"), "merge": ("merge", "{folder}/other.db", "--dry-run"),
    "import": ("import", "{folder}/other.jsonl", "--dry-run", "--on-conflict", "update"), "ingest": ("ingest", "{folder}/note.txt", "--dry-run", "--outlet", NASTY[3]),
    "check-publishing": ("check", "--before-publishing"),
}  # fmt: skip
EXPORTS = ("events", "figures")
RESHAPED = {"conflicts", "stats-explain"}
"""Their flat rows are parts of the rows in JSON."""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A timeline with each of the nasty texts in each field, changed for a nasty reason by somebody of a nasty name."""
    path = tmp_path_factory.mktemp("nasty") / "t.db"
    every = [one for number, text in enumerate(NASTY) for one in record(number, text)]
    done("import", "-", "--db", str(path), stdin="\n".join(map(json.dumps, every)))
    for number, text in enumerate(NASTY):
        if number % 6 == 3:
            done(
                "edit",
                f"n-{number}",
                "--title",
                f"{text} ",
                "--as",
                f"{text}x",
                "--reason",
                f"{text}y",
                "--db",
                str(path),
            )
    done(
        "ingest",
        "-",
        "--outlet",
        NASTY[3],
        "--db",
        str(path),
        stdin="On 3 May 2023, police freed 12 =people in Kandal.",
    )
    other = path.with_name("other.db")
    done("backup", str(other), "--db", str(path))
    for number in range(0, len(NASTY), 5):
        done(
            "edit", f"n-{number}", "--note", f"{NASTY[number]} other", "--tag", f"{NASTY[number]}z", "--db", str(other)
        )
        done("edit", f"n-{number}", "--note", f"{NASTY[number]} mine", "--db", str(path))
    path.with_name("other.jsonl").write_text(done("export", "jsonl", "--db", str(other)).out, encoding="utf-8")
    note = "\n\n".join(f"On 3 May 2023, police freed 12 {text} people in Kandal." for text in NASTY)
    path.with_name("note.txt").write_text(note, encoding="utf-8")
    return path


def asked(name: str, db: Path) -> list[str]:
    return [arg.replace("{folder}", str(db.parent)) for arg in ASKED[name]]


def test_every_command_that_has_formats_is_asked() -> None:
    group: Any = typer.main.get_command(app)
    context = click.Context(group)
    commands = {name: group.get_command(context, name) for name in group.list_commands(context)}
    having = {name for name, one in commands.items() if any("--format" in each.opts for each in one.params)}
    others = {"schema", "report"}  # a schema holds no data, and the formats of a report are of their own
    assert having - others == {args[0] for args in ASKED.values()}


@pytest.fixture(autouse=True)
def _asked(db: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(db))
    monkeypatch.chdir(tmp_path)


def raw(*args: str) -> str:
    """What a command writes, byte for byte: the runner's own text has lost carriage returns."""
    result = CliRunner().invoke(app, list(args))
    assert result.exit_code in {0, 1}, result.stderr
    return result.stdout_bytes.decode()


def by_csv(out: str) -> Table:
    return list(csv.reader(io.StringIO(out, newline=""), strict=True))


def by_duckdb(out: str, path: Path, *, delimiter: str = ",", quote: str = '"') -> Table:
    path.write_bytes(out.encode())
    width = len((by_csv(out) if quote else [out.partition("\n")[0].split(delimiter)])[0])
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(width))
    options = "header = false, all_varchar = true, auto_detect = false, new_line = '\\n', max_line_size = 9999999"
    dialect = f"delim = '{delimiter}', quote = '{quote}', escape = '{quote}', columns = {{{columns}}}"
    found = duckdb.execute(f"SELECT * FROM read_csv('{path}', {options}, {dialect})")
    return [["" if cell is None else cell for cell in row] for row in found.fetchall()]


def by_lines(out: str, path: Path) -> Table:
    """Tab-separated text: a line is a row, and the escapes are those of JSON."""
    lines = [line.split("\t") for line in out.removesuffix("\n").split("\n")]
    assert by_duckdb(out, path, delimiter="\t", quote="") == lines
    return [[json.loads('"' + cell.replace('"', r"\"") + '"') for cell in line] for line in lines]


def require_no_formula(cells: Iterable[str]) -> None:
    for cell in cells:
        visible = re.sub(r"^[\s\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+", "", cell)
        assert cell[:1] not in {"\t", "\r", "\n"}, ascii(cell)
        assert not re.match(r"[=+\-@＝＋－＠](?![\d,]+(\.\d+)?$)", visible), ascii(cell)


def read_by_all(folder: Path, csv_text: str, tsv_text: str) -> Table:
    """Return the table that every reader finds in both texts, in which nothing acts."""
    table = by_csv(csv_text)
    assert len({len(row) for row in table}) == 1
    require_no_formula(cell for row in table for cell in row)
    assert by_duckdb(csv_text, folder / "t.csv") == table
    assert by_lines(tsv_text, folder / "t.tsv") == table
    harmless(tsv_text, newline="\n\t")
    return table


@pytest.mark.parametrize("name", ASKED)
def test_a_command(name: str, db: Path, tmp_path: Path) -> None:
    args = asked(name, db)
    table = read_by_all(tmp_path, *(raw(*args, "--format", format_) for format_ in ("csv", "tsv")))
    harmless(raw(*args, "--format", "table"))
    harmless(raw(*args, "--format", "markdown"))
    if name not in RESHAPED:
        compare_with_json(table, json.loads(raw(*args, "--json")))


def compare_with_json(table: Table, value: Any) -> None:
    head, *cells = table
    for row, found in zip(value if isinstance(value, list) else [value], cells, strict=True):
        for key, cell in zip(head, found, strict=True):
            said = formats.cell(row.get(key))
            assert not said or cell in {said, f"'{said}"}, (key, said, cell)


def test_what_no_format_is_asked_for_in_a_pipe_is_harmless(db: Path) -> None:
    for name in ASKED.keys() - {"review"}:  # it asks, on a terminal only
        harmless(raw(*asked(name, db)), newline="\n\t")


@pytest.mark.parametrize("rows", EXPORTS)
def test_an_export(rows: str, tmp_path: Path) -> None:
    read_by_all(tmp_path, *(raw("export", format_, "--rows", rows) for format_ in ("csv", "tsv")))


@pytest.fixture
def files(db: Path, tmp_path: Path) -> list[Path]:
    """A CSV file of each command and each export."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ASKED:
        (folder / f"{name}.csv").write_bytes(raw(*asked(name, db), "--format", "csv").encode())
    for rows in EXPORTS:
        done("export", "csv", "--rows", rows, "-o", str(folder / f"export-{rows}.csv"))
    done("export", "datapackage", "-o", str(folder / "package"))
    for file in sorted((folder / "package").glob("*.csv")):
        file.rename(folder / f"package-{file.name}")
    return sorted(folder.glob("*.csv"))


def test_libreoffice_finds_no_formula(files: list[Path], tmp_path: Path) -> None:
    """With the separators that it proposes: tabs, commas and semicolons."""
    office = program("soffice")
    profile, kind = f"-env:UserInstallation=file://{tmp_path}/profile", "--infilter=CSV:44/59/9,34,76"
    command = [office, profile, "--headless", kind, "--convert-to", "xlsx", "--outdir", "saved", *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    assert len(files) >= len(ASKED) + len(EXPORTS) + 4
    for path in files:
        (sheet,) = openpyxl.load_workbook(Path("saved") / f"{path.stem}.xlsx").worksheets
        table = by_csv(path.read_bytes().decode())
        assert [cell.value for row in sheet for cell in row if cell.data_type == "f"] == [], path.name
        assert (sheet.max_row, sheet.max_column) == (len(table), len(table[0])), path.name
