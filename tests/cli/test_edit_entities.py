"""`actors` and `sites` with `add`, `edit` and `remove`: flags, stdin, the editor, and names that are verbs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from scamcli.cli import grammar, template
from scamcli.records import normalise
from tests.helpers.driver import actor, entity, event, export, ok, refused, run, take_in
from tests.helpers.record_strategies import timelines

if TYPE_CHECKING:
    from pathlib import Path

CLAIM = {"stated_by": None, "outlet": None, "event": None, "note": None}
SITE_FIELDS = grammar.read_fields("entity_fields.toml", "site")
ACTOR_FIELDS = grammar.read_fields("entity_fields.toml", "actor")


@pytest.fixture
def db(empty_db: Path) -> Path:
    take_in(
        empty_db, actor("Dara Sok", aliases=["D. Sok"], positions=["Clerk"]), actor("VOD", kind="media"),
        {"type": "site", "name": "Blue Gate", "province": "Kandal", "aliases": ["Gate 1"], "owners": [
            {"name": "Dara Sok", "outlet": "VOD"}], "statuses": [
            {"status": "raided", "date": "2022-09-19"}, {"status": "raided", "date": "2023-01"},
            {"status": "under_construction", "date": "2019"}]},
        event("2022-09-19-raid", "2022-09-19", "raid", sites=["Blue Gate"]),
    )  # fmt: skip
    return empty_db


def site(db: Path, *flags: str) -> dict[str, Any]:
    ok("sites", "edit", "Blue Gate", *flags, "--db", str(db))
    return entity(db, "site", "Blue Gate")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("raided", {"status": "raided"}),
        ("Under Construction", {"status": "under_construction"}),
        ("raided; date: 2022-09~", {"status": "raided", "date": "2022-09~"}),
        ("closed; by: A; outlet: B; event: e-1; note: so: it is", {
            "status": "closed", "stated_by": "A", "outlet": "B", "event": "e-1", "note": "so: it is"}),
        (r"closed; note: one\; two", {"status": "closed", "note": "one; two"}),
    ],
)  # fmt: skip
def test_a_status_is_parsed(text: str, claim: dict[str, str]) -> None:
    assert SITE_FIELDS.parse("status", text) == claim


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--status", "raded"], ['there is no status "raded"', 'Did you mean "raided"?']),
        (["--status", "; date: 2022"], ["expected a value"]),
        (["--status", "raided; dat: 2022"], ['there is no key "dat"', "Did you mean date:?"]),
        (["--owner", "A; speaker: B"], ['there is no key "speaker"', "Expected one of by, outlet, event, note"]),
        (["--lat", "north"], ['"north" is not a number']),
        (["--remove", "figure: x"], ["expected WHAT: NAME, where WHAT is one of alias, owner, operator, status"]),
        ([], ["needs options that say what to change", "`scamcli sites edit --help`"]),
        (["-", "--note", "x"], ["either flags, or - for a whole record"]),
    ],
)
def test_wrong_flags_are_refused(db: Path, flags: list[str], words: list[str]) -> None:
    refused(run("sites", "edit", "Blue Gate", *flags, "--db", str(db)), 2, *words)


@pytest.mark.parametrize(
    ("flags", "code", "words"),
    [
        (["--status", "raided; date: soon"], 4, ["soon"]),
        (["--lat", "91"], 4, ["`lat`"]),
        (["--country", "TH", "--province", "Kandal"], 4, ["Kandal is not in TH"]),
        (["--kind", "casinos"], 4, ["casino"]),
        (["--alias", "Dara Sok", "--remove", "alias: Gate 9"], 3, ['no alias "Gate 9"', "It has Gate 1"]),
        (["--remove", "status: raided 2022"], 3, ["raided 2022"]),
        (["--expect", "0" * 12, "--note", "x"], None, ["digest"]),
        (["--owner", "Dara Sokk"], 4, ['spelt nearly like the actor "Dara Sok"']),
    ],
)
def test_what_no_record_can_hold_is_refused(db: Path, flags: list[str], code: int | None, words: list[str]) -> None:
    before = export(db)
    answer = run("sites", "edit", "Blue Gate", *flags, "--db", str(db))
    assert answer.code == code if code is not None else answer.code
    assert all(word in answer.err for word in words), answer.err
    assert export(db) == before


def test_flags_change_values_and_add_to_lists(db: Path) -> None:
    found = site(
        db, "--kind", "casino", "--lat", "11.5", "--lon", "-104", "--precision", "site", "--alias", "Gate One",
        "--operator", "Blue Company; by: Dara Sok", "--note", "n",
        "--status", "reopened; date: 2023-02; outlet: VOD; event: 2022-09",
    )  # fmt: skip
    assert (found["kind"], found["lat"], found["lon"], found["precision"], found["note"]) == (
        "casino", 11.5, -104, "site", "n",
    )  # fmt: skip
    assert found["aliases"] == ["Gate 1", "Gate One"]
    assert found["operators"] == [CLAIM | {"name": "Blue Company", "stated_by": "Dara Sok"}]
    assert found["statuses"][-1] == {
        "status": "reopened", "date": "2023-02", **CLAIM, "outlet": "VOD", "event": "2022-09-19-raid",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("status: raided", ["under_construction"]),
        ("status: raided 2023-01", ["raided", "under_construction"]),
        ("status: under construction", ["raided", "raided"]),
        ("status: under_construction 2019", ["raided", "raided"]),
    ],
)
def test_a_status_is_removed_by_its_word_or_also_its_date(db: Path, what: str, left: list[str]) -> None:
    assert [one["status"] for one in site(db, "--remove", what)["statuses"]] == left


@pytest.mark.parametrize("type_", ["site", "actor"])
def test_what_is_printed_can_be_piped_back(db: Path, type_: str) -> None:
    name = {"site": "Blue Gate", "actor": "Dara Sok"}[type_]
    printed = ok(f"{type_}s", name, "--json", "--db", str(db))
    before = export(db)
    ok(f"{type_}s", "edit", name, "-", "--db", str(db), stdin=printed)
    assert export(db) == before
    changed = json.loads(printed) | {"note": "changed"}
    ok(f"{type_}s", "edit", name, "-", "--db", str(db), stdin=json.dumps(changed))
    assert entity(db, type_, name)["note"] == "changed"
    stale = json.dumps(changed | {"note": "again"})
    assert "digest" in run(f"{type_}s", "edit", name, "-", "--db", str(db), stdin=stale).err, "it has changed since"
    del changed["digest"]
    ok(
        f"{type_}s",
        "add",
        "Another",
        "-",
        "--db",
        str(db),
        stdin=json.dumps(changed | {"name": "Another", "aliases": []}),
    )
    assert entity(db, type_, "Another")["note"] == "changed"


def test_a_protected_name_in_a_claim_is_masked_and_stays(db: Path) -> None:
    take_in(db, actor("Quorble Zyxwva", protected=True, kind="person"))
    answer = run(
        "sites", "edit", "Blue Gate", "--status", "closed; by: Quorble Zyxwva; note: so Zyxwva", "--db", str(db)
    )
    printed = ok("sites", "Blue Gate", "--json", "--db", str(db))
    assert not any("Zyxwva" in text for text in (answer.out, answer.err, printed))
    ok("sites", "edit", "Blue Gate", "-", "--db", str(db), stdin=printed)
    shown = json.loads(ok("sites", "Blue Gate", "--json", "--include-protected", "--db", str(db)))
    assert (shown["statuses"][-1]["stated_by"], shown["statuses"][-1]["note"]) == ("Quorble Zyxwva", "so Zyxwva")


@pytest.mark.thorough
@given(timelines())
def test_a_template_gives_back_the_record(records: list[dict[str, Any]]) -> None:
    for given_ in records:
        if given_["type"] in {"actor", "site"}:
            record = normalise.parse(given_).model_dump()
            fields = SITE_FIELDS if given_["type"] == "site" else ACTOR_FIELDS
            values = template.parse(template.render(record, "it", fields), record, fields)
            again = normalise.parse(record | values).model_dump()
            assert again | {"note": None} == record | {"note": None}
            assert (again["note"] or "").split() == (record["note"] or "").split()
