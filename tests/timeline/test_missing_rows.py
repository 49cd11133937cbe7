"""A new version of a table replaces the rows that it no longer has, and a table with other rows replaces nothing."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scamcli.errors import WrongUsageError
from scamcli.timeline import Timeline
from scamcli.timeline.imports import TableOptions
from tests.helpers.command_line import done, run
from tests.helpers.terminals import Conversation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.timeline.imports import Imported

PAIRS = ("Day=date", "Town=place", "Rescued=figure.rescues")
RAIDS = TableOptions(pairs=PAIRS, constants=("kind=raid", "title=Raid"))
OPTIONS = [*(f"--map={pair}" for pair in PAIRS), "--set=kind=raid", "--set=title=Raid"]
MAY = ("2022-05-14,Bavet,12", "2022-05-15,Poipet,30", "2022-05-16,Kampot,5", "2022-05-17,Kandal,7")
CORRECTED = ("2022-05-14,Bavet,13", *MAY[1:])
JUNE = ("2022-06-14,Bavet,12", "2022-06-15,Poipet,30", "2022-06-16,Kampot,5")

ASKED = "[q]uit without writing: "


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
            ("2022-05-18,Bavet,12", *MAY[1:], "2022-05-20,Pailin,9"),
            ['raids.csv:2 replaces 2022-05-14-raid: date was "2022-05-14", is "2022-05-18".'],
            1,
            [5, 7, 9, 12, 30],
        ),
        (
            ("2022-05-14,Pailin,12", *MAY[1:]),
            ['raids.csv:2 replaces 2022-05-14-raid: place was "Bavet, Svay Rieng", is "Pailin".'],
            1,
            [5, 7, 12, 30],
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
    ids=["a corrected number", "a removed row", "a corrected date and a new row", "a corrected town", "every number"],
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


def test_new_rows_alone_ask_nothing(case: Timeline) -> None:
    found = imported(case, [*MAY, *JUNE], "fail")
    assert (found.added, found.removed, found.unchanged) == (3, 0, 4)
    assert not any("version" in note for note in found.notes)


def test_another_month_is_added_and_can_be_corrected_by_itself(case: Timeline) -> None:
    found = imported(case, JUNE, "fail")
    assert (found.added, found.removed) == (3, 0)
    assert '4 rows of other imports of the table "raids" are not in raids.csv and stay (change 1).' in found.notes
    again = imported(case, ["2022-06-14,Bavet,14", *JUNE[1:]])
    assert (again.added, again.removed, again.unchanged) == (1, 1, 2)
    assert numbers(case) == [5, 5, 7, 12, 14, 30, 30]
    first = imported(case, CORRECTED)
    assert (first.removed, numbers(case)) == (1, [5, 5, 7, 13, 14, 30, 30])


def test_a_row_of_another_import_is_named_if_it_is_gone(case: Timeline) -> None:
    """Nothing says whether it was in the same file, so it stays."""
    imported(case, [*MAY, "2022-05-18,Pailin,9"])
    found = imported(case, MAY, "fail")
    assert found.notes[0] == (
        '1 row of other imports of the table "raids" is not in raids.csv and stays (change 2: 2022-05-18-raid).'
    )


def test_few_rows_of_an_import_are_added_but_named(case: Timeline) -> None:
    found = imported(case, [CORRECTED[0]], "fail")
    assert (found.added, found.removed) == (1, 0)
    assert (
        "1 new row has the date and the title or place of such a row, and both count: 2022-05-14-raid-2 and"
        " 2022-05-14-raid. If one corrects the other, run `scamcli remove 2022-05-14-raid`." in found.notes
    )


def test_both_versions_are_kept_if_asked(case: Timeline) -> None:
    found = imported(case, CORRECTED, "keep")
    assert (found.added, found.removed) == (1, 0)
    assert "Kept 1 row that raids.csv no longer has." in found.notes
    assert numbers(case) == [5, 7, 12, 13, 30]


def test_a_correction_can_be_reverted(case: Timeline) -> None:
    imported(case, CORRECTED)
    assert imported(case, MAY).removed == 1
    assert numbers(case) == [5, 7, 12, 30]
    case.undo()
    assert numbers(case) == [5, 7, 13, 30]


def test_a_row_that_is_removed_again_after_an_undo_is_listed_again(case: Timeline) -> None:
    imported(case, MAY[:3])
    case.undo()
    assert refused(case, MAY[:3]).message == HEAD.format(1, "4 rows")


def test_an_edited_event_stays_and_its_unchanged_row_is_not_added_again(case: Timeline) -> None:
    case.edit("2022-05-14-raid", {**case.show("2022-05-14-raid"), "title": "Raid in Bavet"})
    changes = len(list(case.log()))
    found = imported(case, MAY, "fail")
    assert (found.added, found.kept, found.unchanged, found.change) == (0, 1, 3, None)
    assert "Kept as in this timeline, not as in the file: 2022-05-14-raid." in found.notes
    assert (numbers(case), len(list(case.log()))) == ([5, 7, 12, 30], changes)


def test_an_edited_event_stays_although_its_row_was_corrected(case: Timeline) -> None:
    case.edit("2022-05-14-raid", values={"title": "Raid in Bavet"}, add={"tags": ["mine"]})
    line = (
        "2022-05-14-raid was edited here and stays as it is; raids.csv:2 is left out:"
        ' rescues was "12", is "13". --on-conflict update takes the change.'
    )
    assert list(refused(case, CORRECTED).more) == [line]
    found = imported(case, CORRECTED)
    assert (found.added, found.removed, found.kept, found.change) == (0, 0, 1, None)
    assert numbers(case) == [5, 7, 12, 30]
    updated = imported(case, CORRECTED, on_conflict="update")
    assert (updated.added, updated.removed, updated.updated) == (0, 0, 1)
    event = case.show("2022-05-14-raid")
    assert (event["title"], event["tags"], numbers(case)) == ("Raid in Bavet", ["mine"], [5, 7, 13, 30])
    again = imported(case, CORRECTED, "fail")
    assert (again.added, again.kept, again.change) == (0, 1, None)


def test_an_edit_that_was_undone_is_none(case: Timeline) -> None:
    case.edit("2022-05-14-raid", values={"title": "Raid in Bavet"})
    case.undo()
    assert (imported(case, CORRECTED).removed, numbers(case)) == (1, [5, 7, 13, 30])


def test_an_edited_event_without_its_row_stays(case: Timeline) -> None:
    case.edit("2022-05-17-raid", add={"tags": ["mine"]})
    found = imported(case, MAY[:3], "fail")
    assert found.removed == 0
    assert found.notes[0] == (
        '2022-05-17-raid (2022-05-17, "Raid", rescues: 7) is no longer in the file, but stays, because it was edited'
        " here."
    )


def test_links_lead_to_the_new_row_and_keep_an_event_without_one(case: Timeline) -> None:
    for number, target in enumerate(["2022-05-14-raid", "2022-05-17-raid"], 1):
        link = {"type": "disputes", "event": target, "figure": "rescues"}
        case.add(id=f"denial-{number}", date="2022-05-20", kind="denial", title=f"Denial {number}", links=[link])
    before = case.show("denial-1")
    found = imported(case, CORRECTED[:3])
    assert "Links to replaced rows now lead to the new ones, in denial-1." in found.notes
    assert [(link["event"], link["figure"]) for link in case.show("denial-1")["links"]] == [
        ("2022-05-14-raid-2", "rescues")
    ]
    assert any(note.endswith("but stays, because other records link to it.") for note in found.notes)
    assert (found.removed, numbers(case)) == (1, [5, 7, 13, 30])
    case.undo()
    assert case.show("denial-1") == before


def test_an_event_with_evidence_stays(case: Timeline) -> None:
    Path("photo.txt").write_text("x", encoding="utf-8")
    case.add_evidence([Path("photo.txt")], source="Somebody", events=["2022-05-14-raid"])
    found = imported(case, CORRECTED)
    assert (found.removed, found.kept, numbers(case)) == (0, 1, [5, 7, 12, 30])
    assert found.notes[0].startswith("2022-05-14-raid has evidence files and stays as it is; raids.csv:2 is left out")


def test_rows_with_ids_are_the_same_only_by_their_ids(tmp_path: Path) -> None:
    header, rows = "No,Day,Town", ["1,2022-05-14,Bavet", "2,2022-05-15,Poipet", "3,2022-05-16,Kampot"]
    options = TableOptions(pairs=("No=id", "Day=date", "Town=place"), constants=("kind=raid", "title=Raid"))
    path = tmp_path / "raids.csv"
    with Timeline(tmp_path / "case.db", create=True) as case:
        case.import_(written(path, rows, header), tables=options)
        others = [f"1{row}" for row in rows]
        assert case.import_(written(path, others, header), tables=options).added == 3
        with pytest.raises(WrongUsageError) as caught:
            case.import_(written(path, rows[:2], header), tables=options)
        assert list(caught.value.more) == ['raids-3 (2022-05-16, "Raid") is no longer in the file, and is removed.']


def test_invalid_rows_that_were_skipped_are_mentioned(case: Timeline) -> None:
    path = written(Path("raids.csv"), ["soon,Bavet,12", *MAY[1:]])
    found = case.import_(path, tables=RAIDS, on_missing="replace", skip_invalid=True)
    assert f"{HEAD.format(1, '4 rows')} 1 invalid row of the file may be among them." in found.notes


def test_a_word_that_is_none_is_refused(case: Timeline) -> None:
    with pytest.raises(WrongUsageError, match=r'`on_missing` is fail, replace, keep or a function, not "no"\.'):
        imported(case, CORRECTED, "no")
    outcome = run("import", "raids.csv", *OPTIONS, "--on-missing", "no", "--db", str(case.path))
    assert (outcome.code, "--on-missing takes fail, replace, keep" in outcome.err) == (2, True)


def test_a_dry_run_lists_the_same_and_writes_nothing(case: Timeline) -> None:
    path = written(Path("raids.csv"), CORRECTED[:3])
    lines = list(refused(case, CORRECTED[:3]).more)
    changes = list(case.log())
    found = case.import_(path, tables=RAIDS, dry_run=True)
    assert list(found.notes[:2]) == lines
    assert "Without --dry-run, this needs a yes, or --on-missing replace." in found.notes
    assert [(record["action"], record["id"]) for record in found.preview] == [
        ("removed", "2022-05-14-raid"),
        ("added", "2022-05-14-raid-2"),
        ("removed", "2022-05-17-raid"),
    ]
    assert list(case.log()) == changes


def test_the_command_refuses_and_one_undo_restores(case: Timeline) -> None:
    written(Path("raids.csv"), CORRECTED)
    where = ["--db", str(case.path)]
    outcome = run("import", "raids.csv", *OPTIONS, *where)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines() == [
        'scamcli: raids.csv:2 replaces 2022-05-14-raid: rescues was "12", is "13".',
        f"scamcli: {HEAD.format(1, '4 rows')}",
        "scamcli: Nothing was written. Replace or remove them with --on-missing replace, or keep them beside the new"
        " rows with --on-missing keep.",
    ]
    told = done("import", "raids.csv", *OPTIONS, "--on-missing", "replace", *where).err
    assert told.endswith("scamcli: 1 record added, 1 removed, 3 already present.\n")
    done("undo", *where)
    assert numbers(case) == [5, 7, 12, 30]


def test_yes_agrees_to_the_mapping_and_to_what_is_replaced(tmp_path: Path) -> None:
    table, where = tmp_path / "raids.csv", ["--yes", "--db", str(tmp_path / "case.db")]
    done("import", str(written(table, MAY)), *where)
    assert "1 record added, 1 removed, 3 already present" in done("import", str(written(table, CORRECTED)), *where).err


@pytest.mark.parametrize(
    ("answer", "code", "after"), [("y", 0, [5, 7, 13, 30]), ("k", 0, [5, 7, 12, 13, 30]), ("q", 130, [5, 7, 12, 30])]
)
def test_a_terminal_is_asked(case: Timeline, answer: str, code: int, after: list[int]) -> None:
    written(Path("raids.csv"), CORRECTED)
    talk = Conversation("import", "raids.csv", *OPTIONS, "--db", str(case.path))
    assert 'rescues was "12", is "13"' in talk.until(ASKED)
    talk.type(answer)
    assert talk.end().code == code
    assert numbers(case) == after


def test_protected_names_are_masked_in_the_list(case: Timeline) -> None:
    imported(case, ["2022-05-14,Nita Example,12", *MAY[1:]])
    case.add(type="actor", name="Nita Example", protected=True)
    error = refused(case, MAY)
    assert 'place was "[protected-' in error.more[0]
    assert "Nita" not in "".join([*error.more, error.message, *imported(case, MAY).notes])


@pytest.mark.thorough
def test_many_rows_take_linear_time(tmp_path: Path) -> None:
    def seconds(number: int) -> float:
        days = [date(2015, 1, 1) + timedelta(days=at % 1500) for at in range(number)]
        path = tmp_path / f"many-{number}.csv"
        rows = [f"{day},Town {at // 1500},{at}" for at, day in enumerate(days)]
        with Timeline(tmp_path / f"{number}.db", create=True) as case:
            case.import_(written(path, rows), tables=RAIDS)
            written(path, [f"{row}0" for row in rows])
            start = time.process_time()
            found = case.import_(path, tables=RAIDS, on_missing="replace")
            assert (found.removed, found.added) in {(number, number), (number - 1, number - 1)}
            return time.process_time() - start

    assert seconds(10_000) < 12 * seconds(2_000), "five times as many rows"
