"""An id that holds a name: `redact NAME` changes it everywhere, and nothing leads from the old id to the new one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import export, ok, records, refused, run, take_in
from tests.helpers.raw_search import stored
from tests.helpers.redaction_cases import clean, redact

if TYPE_CHECKING:
    from pathlib import Path

OLD, MERGED, LINKED = "2023-05-01-lina-vorzak-freed", "2023-05-01-lina-is-free", "2023-05-02-more-on-it"
WORDS = ["lina", "vorzak"]


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A timeline with an id that names a victim, and everything that refers to an event by its id.

    The name is in the id, the history and the file of evidence only: the title was changed.
    """
    db = tmp_path / "case.db"

    def done(*arguments: str) -> None:
        ok(*arguments, "--db", str(db))

    done("init", str(db), "--empty")
    done("add", "--date", "2023-05-01", "--kind", "rescue", "--title", "Lina Vorzak freed", "--source", "Example Daily")
    done("add", "--date", "2023-05-01", "--kind", "rescue", "--title", "Lina is free", "--source", "Other Daily")
    done("add", "--date", "2023-05-02", "--kind", "report", "--title", "More on it", "--link", f"follows: {OLD}")
    done("remove", MERGED, "--same-as", OLD)
    take_in(db, {"type": "site", "name": "Gate Two", "statuses": [{"status": "raided", "event": OLD}]})
    file = tmp_path / "page.txt"
    file.write_text("a page", encoding="utf-8")
    done("evidence", "add", str(file), "--source", "a reader", "--event", OLD)
    done("edit", OLD, "--title", "A person freed", "--tag", "border")
    return db


def shown(db: Path, *arguments: str) -> str:
    return ok(*arguments, "--db", str(db))


def new_id(db: Path) -> str:
    return next(str(one["id"]) for one in records(db) if one.get("title") == "A person freed")


def test_an_id_gets_a_placeholder_and_everything_refers_to_the_new_one(named: Path, tmp_path: Path) -> None:
    head = tmp_path / "head.txt"
    head.write_text(shown(named, "log", "--head"), encoding="utf-8")
    assert {"event.id", "link.target", "change_record.name", "change_record.before"} <= stored(named, WORDS)
    number = redact(named, "Lina Vorzak").strip("[]")
    new = new_id(named)
    assert new == f"2023-05-01-{number}-freed"
    assert f'"event": "{OLD}"' not in export(named)
    by_id = {str(one.get("id") or one["name"]): one for one in records(named)}
    assert by_id[LINKED]["links"][0]["event"] == new
    assert by_id["Gate Two"]["statuses"][0]["event"] == new
    assert [source["outlet"] for source in by_id[new]["sources"]] == ["Example Daily", "Other Daily"]
    assert json.loads(shown(named, "evidence", "list", "--event", new, "--json"))[0]["name"] == "page.txt"
    history = [row["command"] for row in json.loads(shown(named, "show", new, "--history", "--json"))]
    assert {"add", "edit"} <= set(history)
    assert json.loads(shown(named, "info", "--verify", "--against", str(head), "--json"))["problems"] == 0


def test_the_old_id_leads_nowhere_and_what_was_merged_to_the_new_one(named: Path) -> None:
    redact(named, "Lina Vorzak")
    redact(named, "Lina")
    clean(named, WORDS)
    for old in (OLD, MERGED):
        refused(run("show", old, "--db", str(named)), 3, f'No event with the id "{old}"')
    (merged,) = set(re.findall(r"2023-05-01-[\w-]+", shown(named, "log", "--json"))) - {new_id(named)}
    assert json.loads(shown(named, "show", merged, "--json"))["id"] == new_id(named)


def test_changes_before_it_can_be_undone_but_bring_no_name_back(named: Path) -> None:
    redact(named, "Lina Vorzak")
    redact(named, "Lina")
    for change in reversed(range(1, 9)):
        run("undo", str(change), "--db", str(named))
    clean(named, WORDS)


def test_an_edit_of_an_id_says_what_changes_it(named: Path) -> None:
    record = json.loads(shown(named, "show", OLD, "--json")) | {"id": "2023-05-01-a-person-freed"}
    answer = run("edit", OLD, "-", "--db", str(named), stdin=json.dumps(record))
    refused(answer, 4, "ids are permanent", "`scamcli redact NAME` erases the name and changes the id")
    assert OLD in export(named)


@pytest.mark.parametrize(
    ("title", "new", "left"),
    [
        ("Lina Vorzak freed", "A person freed", '"Lina", "Vorzak"'),
        ("Lina fled to Đà Nẵng", "Lina fled to the coast", '"Đà", "Nẵng"'),
        ("Lina Vorzak freed", "Lina Vorzak was freed", None),
        ("Police in Kandal freed 45", "Police there freed 45", None),  # the province is in the record
    ],
)
def test_an_edit_says_what_only_the_id_still_has(tmp_path: Path, title: str, new: str, left: str | None) -> None:
    db = str(tmp_path / "case.db")
    ok("init", db, "--empty")
    id_ = ok(
        "add", "--date", "2023-05-01", "--kind", "rescue", "--title", title, "--province", "Kandal", "--db", db
    ).strip()
    answer = run("edit", id_, "--title", new, "--db", db)
    said = f"Only the id {id_} still has {left}. If that names a victim, `scamcli protect NAME` masks the id"
    assert (said in answer.err, "Only the id" in answer.err) == (left is not None, left is not None), answer
