"""`Timeline.merge` and `Timeline.diff` from Python: the same results, refusals and notices as the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.errors import DatabaseError, DataError, WrongUsageError
from scamcli.timeline.merges import ConflictError
from tests.helpers.command_line import done, run
from tests.helpers.merge_cases import actor, event, exported, records, take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scamcli.merge.timelines.report import ConflictDict


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return take(tmp_path / "ours.db", event("one"), event("two"))


@pytest.fixture
def theirs(tmp_path: Path, ours: Path) -> Path:
    path = tmp_path / "theirs.db"
    done("backup", str(path), "--db", str(ours))
    return path


def in_conflict(ours: Path, theirs: Path) -> None:
    done("edit", "one", "--title", "Ours", "--db", str(ours))
    done("edit", "one", "--title", "Theirs", "--db", str(theirs))
    take(theirs, event("three", "Somebody"))


def test_what_only_they_changed_comes_in(ours: Path, theirs: Path) -> None:
    take(theirs, event("three", "Somebody"))
    done("edit", "two", "--title", "Second", "--db", str(theirs))
    with Timeline(ours) as timeline:
        result = timeline.merge(theirs, author="ana", reason="weekly exchange")
        assert (result.added, result.changed, result.removed, result.conflicts, result.open) == (2, 1, 0, (), 0)
        assert [event.title for event in timeline.search(actor="Somebody")] == ["three"], "read after the write"
        change = next(timeline.log())
    assert (change["command"], change["by"], change["reason"]) == ("merge", "ana", "weekly exchange")
    assert records(ours)["two"]["title"] == "Second"


def test_a_conflict_is_returned_and_left_open(ours: Path, theirs: Path) -> None:
    in_conflict(ours, theirs)
    with Timeline(ours) as timeline:
        result = timeline.merge(theirs)
    expected = {"type": "event", "record": "one", "key": "title", "base": "one", "ours": "Ours", "theirs": "Theirs"}
    assert (result.conflicts, result.open) == ((expected,), 1)
    assert records(ours)["one"]["title"] == "Ours"


@pytest.mark.parametrize(
    ("decide", "title"), [("theirs", "Theirs"), (lambda _: True, "Theirs"), (lambda _: False, "Ours")]
)
def test_a_policy_or_a_function_decides(ours: Path, theirs: Path, decide: Any, title: str) -> None:
    in_conflict(ours, theirs)
    with Timeline(ours) as timeline:
        result = timeline.merge(theirs, on_conflict=decide)
    assert (len(result.conflicts), result.open) == (1, 0)
    assert records(ours)["one"]["title"] == title


def test_a_function_that_raises_writes_nothing(ours: Path, theirs: Path) -> None:
    in_conflict(ours, theirs)
    before = exported(ours)

    def give_up(_: ConflictDict) -> bool:
        raise KeyboardInterrupt

    with Timeline(ours) as timeline, pytest.raises(KeyboardInterrupt):
        timeline.merge(theirs, on_conflict=give_up)
    assert exported(ours) == before


def test_fail_writes_nothing_and_says_where(ours: Path, theirs: Path) -> None:
    in_conflict(ours, theirs)
    before = exported(ours)
    with Timeline(ours) as timeline, pytest.raises(ConflictError) as caught:
        timeline.merge(theirs, on_conflict="fail")
    assert [conflict["key"] for conflict in caught.value.conflicts] == ["title"]
    assert (caught.value.exit_code, exported(ours)) == (4, before)


def test_a_dry_run_tells_and_writes_nothing(ours: Path, theirs: Path) -> None:
    in_conflict(ours, theirs)
    before = exported(ours), done("log", "--db", str(ours), "--json").out
    with Timeline(ours) as timeline:
        result = timeline.merge(theirs, on_conflict="theirs", dry_run=True)
    assert {(row["record"], row["action"]) for row in result.differences} == {
        ("one", "changed"), ("three", "added"), ("Somebody", "added"),
    }  # fmt: skip
    assert (exported(ours), done("log", "--db", str(ours), "--json").out) == before


def test_what_may_be_the_same_comes_in_as_a_draft_with_a_notice(tmp_path: Path) -> None:
    told = {"kind": "rescue", "provinces": ["Kandal"], "date": "2024-02-03",
            "figures": [{"metric": "rescues", "stated": "43", "nationality": "Kenyan"}]}  # fmt: skip
    one = take(tmp_path / "a.db", event("ea", title="Police free 43 Kenyans", **told))
    two = take(tmp_path / "b.db", event("eb", title="43 Kenyans leave a compound", **told))
    with Timeline(one) as timeline:
        assert any("eb (ea)" in note for note in timeline.merge(two).notes)
        assert timeline.sizes()["drafts"] == 1


def test_a_new_file_is_made_only_when_asked(ours: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    with pytest.raises(DatabaseError):
        Timeline(new)
    with Timeline(new, create=True) as timeline:
        assert timeline.merge(ours).added == 2
    assert exported(new) == exported(ours)


REFUSED: list[tuple[Callable[[Timeline, Path], object], type[Exception], str]] = [
    (lambda timeline, _: timeline.merge(timeline.path), WrongUsageError, "is this timeline itself"),
    (lambda timeline, _: timeline.merge("-", base="-"), WrongUsageError, "only once"),
    (lambda timeline, path: timeline.merge(path, on_conflict="both"), WrongUsageError, "on_conflict"),  # type: ignore[arg-type]
    (lambda timeline, path: timeline.merge(path.parent / "nothing.db"), DataError, "No such file"),
    (lambda timeline, path: timeline.merge(path.parent / "table.csv"), DataError, "is a table"),
    (lambda timeline, path: timeline.merge(path, author=" "), WrongUsageError, "author"),
    (lambda _, path: Timeline.diff(path, path.parent / "table.csv"), DataError, "is a table"),
    (lambda _1, _2: Timeline.diff("-", "-"), WrongUsageError, "only once"),
]


@pytest.mark.parametrize(("call", "error", "words"), REFUSED)
def test_refusals(
    ours: Path, theirs: Path, call: Callable[[Timeline, Path], object], error: type[Exception], words: str
) -> None:
    (ours.parent / "table.csv").write_text("No,Date\n1,2022-01-02\n")
    before = exported(ours)
    with Timeline(ours) as timeline, pytest.raises(error, match=words):
        call(timeline, theirs)
    assert exported(ours) == before


def test_protected_names_are_masked_in_everything_that_is_returned(ours: Path, theirs: Path) -> None:
    take(theirs, actor("Trudi Plimsol", protected=True), event("three", "Trudi Plimsol", title="Trudi Plimsol speaks"))
    take(ours, event("three", title="Nobody speaks"))
    with Timeline(ours) as timeline:
        result = timeline.merge(theirs)
        shown = list(Timeline.diff(ours, theirs))
    assert result.conflicts
    assert "Plimsol" not in repr(result) + repr(shown)
    assert "Plimsol" in repr([*Timeline.diff(ours, theirs, include_protected=True), exported(ours)])


def test_diff_gives_what_the_command_prints(ours: Path, theirs: Path, tmp_path: Path) -> None:
    done("edit", "one", "--title", "First", "--tag", "t", "--db", str(theirs))
    done("remove", "two", "--db", str(theirs))
    lines = tmp_path / "lines.jsonl"
    lines.write_text(exported(theirs), encoding="utf-8")
    rows = list(Timeline.diff(ours, lines))
    assert [(row["action"], row["record"]) for row in rows] == [("changed", "one"), ("removed", "two")]
    assert rows[0]["differences"] == [
        {"key": "title", "before": "one", "after": "First"}, {"key": "tags", "removed": [], "added": ["t"]},
    ]  # fmt: skip
    printed = run("diff", str(ours), str(lines), "--json").json
    assert [{key: row[key] for key in rows[0]} for row in printed] == rows
