"""Rows without ids: which of them are the same event in any order, and ids from columns or from row numbers."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.exchange.importers import TableOptions
from scamcli.timeline import Timeline
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADER = ("Date", "Town", "Rescued", "Nationality", "Source", "Remarks")
MAPPED = (
    "--map", "Date=date", "--map", "Town=place.name", "--map", "Rescued=figure.rescues",
    "--map", "Nationality=figure.rescues.nationality", "--map", "Source=source.outlet", "--map", "Remarks=note",
    "--set", "kind=rescue", "--set", "title=A rescue",
)  # fmt: skip

cells = st.tuples(
    st.sampled_from(["2024-01-02", "2024-01-03"]), st.sampled_from(["Kampot", "Poipet", ""]),
    st.sampled_from(["", "3", "4"]), st.sampled_from(["", "Thai", "Lao"]), st.sampled_from(["", "VOD", "BBC"]),
    st.sampled_from(["", "seen"]),
)  # fmt: skip


def write(path: Path, rows: Sequence[tuple[str, ...]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return str(path)


def events() -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return [record for record in records if record["type"] == "event"]


def content(timeline: Timeline) -> list[str]:
    """Return the events without their ids, which are numbered in the order of the rows."""
    out = StringIO()
    timeline.export("jsonl", out)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    return sorted(json.dumps(one | {"id": ""}) for one in found if one["type"] == "event")


@settings(max_examples=10)
@given(data=st.data(), rows=st.lists(cells, min_size=1, max_size=8))
def test_the_order_of_rows_decides_nothing(
    data: st.DataObject, rows: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("orders")
    pairs, constants = MAPPED[1:12:2], MAPPED[13::2]
    found = []
    for number, order in enumerate((rows, data.draw(st.permutations(rows)))):
        path = folder / f"{number}" / "rows.csv"
        path.parent.mkdir()
        with Timeline(path.parent / "case.db", create=True) as timeline:
            options = TableOptions(pairs=pairs, constants=constants)
            timeline.import_(write(path, list(order)), tables=options)
            found.append(content(timeline))
            assert timeline.import_(path, tables=options).added == 0
    assert found[0] == found[1]
    distinct = {
        (date, town, number, nationality, source, note) for date, town, number, nationality, source, note in rows
    }
    assert len(found[0]) == len(distinct)


@pytest.mark.parametrize("rows", [[0, 1], [1, 0]])
def test_a_row_with_an_empty_number_is_an_event_of_its_own(empty_db: Path, tmp_path: Path, rows: list[int]) -> None:
    two = [("2024-01-02", "Kampot", "3", "", "VOD", ""), ("2024-01-02", "Kampot", "", "", "VOD", "")]
    done("import", write(tmp_path / "rows.csv", [two[at] for at in rows]), *MAPPED)
    assert sorted(len(event["figures"]) for event in events()) == [0, 1]


@pytest.mark.parametrize("first", [0, 1])
def test_an_id_that_another_file_gives_is_not_given_again(empty_db: Path, tmp_path: Path, first: int) -> None:
    table = write(tmp_path / "rows.csv", [("2024-01-02", "Kampot", "3", "", "VOD", "")])
    other = {"type": "event", "id": "2024-01-02-a-rescue", "date": "2024-01-02", "kind": "raid", "title": "A raid"}
    (tmp_path / "others.jsonl").write_text(json.dumps(other), encoding="utf-8")
    files = [table, str(tmp_path / "others.jsonl")]
    done("import", files[first], files[1 - first], *MAPPED)
    assert {event["id"]: event["kind"] for event in events()} == {
        "2024-01-02-a-rescue": "raid",
        "2024-01-02-a-rescue-2": "rescue",
    }


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--id-from", "Date", "--id-from", "Town"], ["rows-2024-01-02-Kampot", "rows-2024-01-03-Poipet"]),
        (["--id-from", "row"], ["rows-row-2", "rows-row-3"]),
    ],
)
def test_ids_from_columns_or_from_the_number_of_the_row(
    empty_db: Path, tmp_path: Path, options: list[str], ids: list[str]
) -> None:
    rows = [("2024-01-02", "Kampot", "3", "", "VOD", ""), ("2024-01-03", "Poipet", "4", "", "VOD", "")]
    path, saved = write(tmp_path / "rows.csv", rows), str(tmp_path / "m.json")
    done("import", path, *MAPPED, *options, "--save-mapping", saved)
    assert [event["id"] for event in events()] == ids
    write(tmp_path / "rows.csv", [rows[0], (*rows[1][:2], "5", *rows[1][3:])])
    changed = run("import", path, "--mapping", saved)
    assert (changed.code, f'The event "{ids[1]}" already exists with a different `figures`' in changed.err) == (4, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--id-from", "Remarks"], "rows.csv:2: The columns of --id-from are empty"),
        (["--id-from", "Twon"], 'has no column "Twon".\nscamcli: Did you mean "Town"?'),
        (["--id-from", "Date"], 'rows.csv:3: The id "rows-2024-01-02" occurs twice, first at'),
    ],
)
def test_columns_that_identify_no_row_are_refused(
    empty_db: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    rows = [("2024-01-02", "Kampot", "3", "", "VOD", ""), ("2024-01-02", "Poipet", "4", "", "VOD", "seen")]
    outcome = run("import", write(tmp_path / "rows.csv", rows), *MAPPED, *options)
    assert (outcome.code, said in outcome.err, events()) == (4, True, [])
