"""A new version of a table replaces the rows that it no longer has, and a table with other rows replaces nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scamcli.errors import WrongUsageError
from scamcli.timeline import Timeline
from scamcli.timeline.imports import TableOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.timeline.imports import Imported

PAIRS = ("Day=date", "Town=place", "Rescued=figure.rescues")
RAIDS = TableOptions(pairs=PAIRS, constants=("kind=raid", "title=Raid"))
MAY = ("2022-05-14,Bavet,12", "2022-05-15,Poipet,30", "2022-05-16,Kampot,5", "2022-05-17,Kandal,7")
CORRECTED = ("2022-05-14,Bavet,13", *MAY[1:])


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return written(Path("raids.csv"), MAY)


@pytest.fixture
def case(tmp_path: Path, table: Path) -> Iterator[Timeline]:
    with Timeline(tmp_path / "case.db", create=True) as timeline:
        timeline.import_(table, tables=RAIDS)
        yield timeline


def written(path: Path, rows: Sequence[str], header: str = "Day,Town,Rescued") -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def imported(case: Timeline, rows: Sequence[str], on_missing: str = "replace", on_conflict: str = "fail") -> Imported:
    path = written(Path("raids.csv"), rows)
    return case.import_(path, tables=RAIDS, on_missing=on_missing, on_conflict=on_conflict)


def numbers(case: Timeline) -> list[float]:
    return sorted(event.figures[0].best for event in case.search() if event.figures and event.figures[0].best)


def damage(case: Timeline) -> list[dict[str, str | None]]:
    """What `info --verify` finds, such as rows that a bulk import left behind because it checks no foreign keys."""
    return list(case.verify())


def refused(case: Timeline, rows: Sequence[str]) -> WrongUsageError:
    before = list(case.log())
    with pytest.raises(WrongUsageError) as caught:
        imported(case, rows, "fail")
    assert list(case.log()) == before, "nothing was written"
    return caught.value


HEAD = 'raids.csv is a new version of the table "raids", without {} of the {} imported before.'


@pytest.mark.parametrize(
    ("rows", "lines", "missing", "after"),
    [
        (CORRECTED, ['raids.csv:2 replaces 2022-05-14-raid: rescues was "12", is "13".'], 1, [5, 7, 13, 30]),
        (
            MAY[:3],
            ['2022-05-17-raid (2022-05-17, "Raid", rescues: 7) is no longer in the file, and is removed.'],
            1,
            [5, 12, 30],
        ),
        (
            [row + "0" for row in MAY],
            [
                'raids.csv:2 replaces 2022-05-14-raid: rescues was "12", is "120".',
                'raids.csv:3 replaces 2022-05-15-raid: rescues was "30", is "300".',
                'raids.csv:4 replaces 2022-05-16-raid: rescues was "5", is "50".',
                'raids.csv:5 replaces 2022-05-17-raid: rescues was "7", is "70".',
            ],
            4,
            [50, 70, 120, 300],
        ),
    ],
    ids=["a corrected number", "a removed row", "every number"],
)
def test_a_new_version_is_listed_and_replaces_its_rows(
    case: Timeline, rows: Sequence[str], lines: list[str], missing: int, after: list[int]
) -> None:
    before = list(case.search())
    error = refused(case, rows)
    assert list(error.more) == lines
    assert error.message == HEAD.format(missing, "4 rows")
    assert error.hint.startswith("Nothing was written. Replace or remove them with --on-missing replace")
    assert error.exit_code == 2
    found = imported(case, rows)
    assert found.notes[: len(lines) + 1] == (*lines, error.message)
    assert (found.removed, numbers(case)) == (missing, after)
    again = imported(case, rows, "fail")
    assert (again.added, again.removed, again.change) == (0, 0, None)
    assert damage(case) == []
    case.undo()
    assert list(case.search()) == before
    assert damage(case) == []


def test_an_edited_event_stays_and_its_unchanged_row_is_not_added_again(case: Timeline) -> None:
    case.edit("2022-05-14-raid", {**case.show("2022-05-14-raid"), "title": "Raid in Bavet"})
    changes = len(list(case.log()))
    found = imported(case, MAY, "fail")
    assert (found.added, found.kept, found.unchanged, found.change) == (0, 1, 3, None)
    assert "Kept as in this timeline, not as in the file: 2022-05-14-raid." in found.notes
    assert (numbers(case), len(list(case.log()))) == ([5, 7, 12, 30], changes)
