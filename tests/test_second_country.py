"""The invented investigation in Myanmar and the Philippines that docs/watching-sites.md follows, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done

if TYPE_CHECKING:
    from collections.abc import Callable

RECORDS = Path(__file__).parents[1] / "docs" / "examples" / "mekong.jsonl"
Rows = list[list[str]]


@pytest.fixture(scope="module")
def mekong(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("mekong") / "mekong.db")
    done("init", "--empty", path)
    done("import", str(RECORDS), "--db", path)
    return path


def _of_objects(rows: list[dict[str, object]]) -> Rows:
    return [["" if value is None else str(value) for value in row.values()] for row in rows]


def _of_markdown(text: str) -> Rows:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def _of_table(text: str) -> Rows:
    head, rule, *lines = text.splitlines()
    starts = [match.start() for match in re.finditer(r"\S+", head)]
    assert set(rule) == {"─"}
    return [[line[at:to].strip() for at, to in pairwise([*starts, None])] for line in lines]


READERS: dict[str, Callable[[str], Rows]] = {
    "json": lambda text: _of_objects(json.loads(text)),
    "jsonl": lambda text: _of_objects([json.loads(line) for line in text.splitlines()]),
    "csv": lambda text: list(csv.reader(io.StringIO(text)))[1:],
    "tsv": lambda text: [line.split("\t") for line in text.splitlines()][1:],
    "table": _of_table,
    "markdown": _of_markdown,
}

ASKED: list[tuple[list[str], str, Rows]] = [
    (["stats", "rescues", "--by", "country"], "country,low,high,contested",
     [["PH", "601", "", "0"], ["MM", "260", "300", "1"]]),
    (["search", "--country", "MM"], "id", [[f"mm-{number}"] for number in range(7, 0, -1)]),
    (["search", "--country", "Burma", "--country", "THA", "--match", "all"], "id", [["mm-5"]]),
    (["sites", "--raided-and-reopened"], "name,country,place", [["Example Palms", "MM", "Myawaddy"]]),
    (["sites", "--status", "closed", "--country", "PH"], "name", [["Specimen Hub"]]),
    (["responses", "--country", "PH"], "stance,allegation,answer", [["denies", "ph-2", "ph-3"]]),
    (["responses", "--country", "MM"], "allegation,answer", [["mm-1", "mm-2"], ["mm-6", ""]]),
]  # fmt: skip


@pytest.mark.parametrize("format_", READERS)
@pytest.mark.parametrize(("args", "fields", "rows"), ASKED, ids=[" ".join(args) for args, _, _ in ASKED])
def test_every_format_has_the_answer(mekong: str, format_: str, args: list[str], fields: str, rows: Rows) -> None:
    said = READERS[format_](done(*args, "--format", format_, "--fields", fields, "--db", mekong).out)
    assert [["" if cell == "unknown" else cell for cell in row] for row in said if row[0] != "all"] == rows


def test_it_says_that_it_is_invented() -> None:
    for line in RECORDS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert "invented" in record.get("tags", [record.get("note", "").partition(" ")[0].lower()])


def test_nothing_in_it_is_found_wanting(mekong: str) -> None:
    assert json.loads(done("check", "--json", "--db", mekong).out) == []
