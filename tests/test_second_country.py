"""The invented investigation in Myanmar and the Philippines that docs/watching-sites.md follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command_line import done

RECORDS = Path(__file__).parents[1] / "docs" / "examples" / "mekong.jsonl"
Rows = list[list[str]]


@pytest.fixture(scope="module")
def mekong(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("mekong") / "mekong.db")
    done("init", "--empty", path)
    done("import", str(RECORDS), "--db", path)
    return path


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


@pytest.mark.parametrize(("args", "fields", "rows"), ASKED, ids=[" ".join(args) for args, _, _ in ASKED])
def test_the_answer(mekong: str, args: list[str], fields: str, rows: Rows) -> None:
    said = done(*args, "--json", "--fields", fields, "--db", mekong).json
    assert [["" if cell is None else str(cell) for cell in row.values()] for row in said] == rows


def test_it_says_that_it_is_invented() -> None:
    for line in RECORDS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert "invented" in record.get("tags", [record.get("note", "").partition(" ")[0].lower()])


def test_nothing_in_it_is_found_wanting(mekong: str) -> None:
    assert json.loads(done("check", "--json", "--db", mekong).out) == []
