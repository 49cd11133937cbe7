"""``scamcli conflicts``: what cannot all be true or may be the same, side by side, with the command that settles it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import actor, event, ok, refused, run, take_in

if TYPE_CHECKING:
    from pathlib import Path


def raid(id_: str, number: str, day: str = "2023-07-01", **more: Any) -> dict[str, Any]:
    """A raid that freed people, as one outlet named after it reports it."""
    figure = {"metric": "rescues", "stated": number, "province": "Kandal", "stated_by": f"Police of {id_}"}
    return event(id_, day, "raid", figures=[figure], sources=[{"outlet": f"Outlet of {id_}"}], **more)


def linked(type_: str, to: str) -> list[dict[str, Any]]:
    return [{"type": type_, "event": to}]


def rows(db: Path, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ok("conflicts", *args, "--json", "--db", str(db)))
    return found


def events(row: dict[str, Any]) -> list[str]:
    return [figure["event"] for figure in row["figures"]]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "t.db"


@pytest.mark.parametrize(("type_", "kind"), [("disputes", "disputed"), ("repeats", "contradicts")])
def test_8_and_14_are_listed_with_both_sources(db: Path, type_: str, kind: str) -> None:
    take_in(db, raid("a", "8"), raid("b", "14", "2023-07-02", links=linked(type_, "a")))
    (row,) = rows(db)
    assert (row["kind"], row["certainty"], row["metric"], row["unit"]) == (kind, "contradicts", "rescues", "people")
    assert [(one["event"], one["date"], one["stated"], one["low"], one["stated_by"], one["source"]) for one in
            row["figures"]] == [
        ("a", "2023-07-01", "8", 8, "Police of a", "Outlet of a"),
        ("b", "2023-07-02", "14", 14, "Police of b", "Outlet of b"),
    ]  # fmt: skip


def test_the_commands_settle_what_they_are_printed_for(db: Path) -> None:
    take_in(db, raid("a", "8"), raid("b", "14", "2023-07-02", links=linked("repeats", "a")))
    (row,) = rows(db)
    assert row["resolve"] == [
        "scamcli edit b --link 'corrects: a; figure: rescues'", "scamcli edit a --link 'corrects: b; figure: rescues'",
    ]  # fmt: skip
    for command, number in zip(row["resolve"], (14, 8), strict=True):  # each leaves the number of the other event
        ok(*shlex.split(command)[1:], "--db", str(db))
        assert rows(db) == []
        assert [
            one["low"] for one in json.loads(ok("stats", "rescues", "--by", "none", "--json", "--db", str(db)))
        ] == [number]
        ok("undo", "--db", str(db))


@pytest.mark.parametrize(("disputed", "disputing"), [("a", "b"), ("b", "a")])
def test_the_event_that_disputes_a_number_can_correct_it(db: Path, disputed: str, disputing: str) -> None:
    take_in(db, raid(disputed, "8"), raid(disputing, "14", "2023-07-02", links=linked("disputes", disputed)))
    (command,) = rows(db)[0]["resolve"]
    assert command == f"scamcli edit {disputing} --link 'corrects: {disputed}; figure: rescues'"
    ok(*shlex.split(command)[1:], "--db", str(db))
    assert rows(db) == []


def test_a_dispute_without_a_number_names_the_event(db: Path) -> None:
    denial = event("b", "2023-07-02", "denial", links=linked("disputes", "a"))
    take_in(db, raid("a", "8"), denial)
    (row,) = rows(db)
    assert events(row) == ["a", "b"]
    assert [figure["low"] for figure in row["figures"]] == [8, None]


def test_incidents_that_exceed_a_month(db: Path) -> None:
    month = event("m", "2023-07-31", "statement", figures=[
        {"metric": "rescues", "stated": "10", "period": "2023-07", "stated_by": "A ministry"},
    ])  # fmt: skip
    take_in(db, raid("a", "8"), raid("b", "14", "2023-07-09"), month)
    (row,) = rows(db)
    assert (row["kind"], row["certainty"], events(row)) == ("exceeded", "may contradict", ["m", "b", "a"])
    assert row["why"] == "the numbers within it add up to at least 22, and it is at most 10"
    assert row["resolve"] == [f"scamcli edit m --distinct-from {event_id}" for event_id in ("b", "a")]


def test_one_incident_that_exceeds_a_month_disputes_it(db: Path) -> None:
    month = event("m", "2023-07-31", "statement", figures=[
        {"metric": "rescues", "stated": "nearly 300", "period": "2023-07", "stated_by": "A ministry"},
    ])  # fmt: skip
    take_in(db, raid("a", "400"), month)
    (row,) = rows(db)
    assert row["resolve"] == [
        "scamcli edit m --link 'disputes: a; figure: rescues'",
        "scamcli edit m --distinct-from a",
    ]
    shown = " ".join(ok("conflicts", "--format", "table", "--db", str(db)).split())
    assert "If the numbers contradict each other, leave both: the higher one is then the least." in shown
    ok("edit", "m", "--link", "disputes: a; figure: rescues", "--db", str(db))
    (total,) = json.loads(ok("stats", "rescues", "--by", "none", "--json", "--db", str(db)))
    assert total["words"] == "at most 400, sources differ"


def test_two_answers_may_be_about_different_things(db: Path) -> None:
    totals = [
        event(id_, "2023-08-01", "statement", figures=[
            {"metric": "rescues", "stated": number, "period": "2023-07", "stated_by": by},
        ]) for id_, number, by in (("a", "40", "Police of Kandal"), ("b", "60", "Police of Kampot"))
    ]  # fmt: skip
    take_in(db, *totals)
    (row,) = rows(db)
    assert row["resolve"][-1] == "scamcli edit b --distinct-from a"
    ok("edit", "b", "--distinct-from", "a", "--db", str(db))
    assert rows(db) == []


@pytest.mark.parametrize(("number", "kinds"), [("31", ["duplicate"]), ("29", ["exceeded", "duplicate"])])
def test_incidents_that_may_be_one_count_once_within_a_month(db: Path, number: str, kinds: list[str]) -> None:
    month = event("m", "2023-07-31", "statement", figures=[
        {"metric": "rescues", "stated": number, "period": "2023-07", "stated_by": "A ministry"},
    ])  # fmt: skip
    take_in(db, raid("a", "30"), raid("b", "33"), month)
    assert [row["kind"] for row in rows(db)] == kinds


def test_a_running_total_that_goes_down(db: Path) -> None:
    def total(id_: str, day: str, number: str) -> dict[str, Any]:
        figure = {"metric": "rescues", "stated": number, "count": "cumulative", "stated_by": "Police",
                  "period": f"2023-07-01/{day}"}  # fmt: skip
        return event(id_, day, "statement", figures=[figure])

    take_in(db, total("a", "2023-07-05", "120"), total("b", "2023-07-09", "90"))
    (row,) = rows(db)
    assert (row["kind"], events(row)) == ("decreasing", ["a", "b"])
    assert "from at least 120 to at most 90" in row["why"]


def test_parts_above_their_whole(db: Path) -> None:
    figures: list[dict[str, Any]] = [{"id": "all", "metric": "rescues", "stated": "10", "split": {"by": "province"}}]
    figures += [
        {"metric": "rescues", "stated": "7", "province": name, "part_of": "all"} for name in ("Kandal", "Takeo")
    ]
    take_in(db, event("a", "2023-07-05", "statement", figures=figures))
    (row,) = rows(db, "--only", "parts")
    assert (row["kind"], len(row["figures"]), row["resolve"]) == ("parts", 3, ["scamcli edit a"])


def test_metrics_filters_and_kinds_choose(db: Path) -> None:
    take_in(
        db, raid("a", "8"), raid("b", "14", "2023-07-02", links=linked("disputes", "a")),
        raid("c", "50", "2023-08-01", provinces=["Takeo"]), raid("d", "50", "2023-08-02"),
    )  # fmt: skip
    assert [row["kind"] for row in rows(db)] == ["disputed", "duplicate"]
    assert [row["kind"] for row in rows(db, "rescues", "--only", "duplicate")] == ["duplicate"]
    assert rows(db, "arrests") == []
    # One of the events is enough: what contradicts it may be anywhere.
    assert [row["kind"] for row in rows(db, "--province", "Takeo")] == ["duplicate"]
    assert [row["kind"] for row in rows(db, "--to", "2023-07-01")] == ["disputed"]
    refused(run("conflicts", "--only", "same", "--db", str(db)), 2, "disputed, contradicts")


def test_protected_names_are_masked(db: Path) -> None:
    secret = "Invented Name"
    first = raid("a", "8", title=f"{secret} is freed", actors=[{"name": secret, "role": "victim"}])
    first["figures"][0]["stated_by"] = secret
    take_in(db, actor(secret, protected=True), first)
    take_in(db, raid("b", "14", "2023-07-02", links=linked("disputes", first["id"])))
    for format_ in ("table", "json", "csv"):
        shown = run("conflicts", "--format", format_, "--db", str(db))
        assert "[protected-" in shown.out
        assert "invented" not in (shown.out + shown.err).lower()
    assert secret in ok("conflicts", "--json", "--include-protected", "--db", str(db))
