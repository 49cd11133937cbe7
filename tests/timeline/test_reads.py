"""Reading, checking and fixing from Python: the same answers, refusals and notices as the commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline, where
from scamcli.errors import NotFoundError, WrongUsageError
from tests.helpers.command_line import done, rows, run

if TYPE_CHECKING:
    from pathlib import Path


def test_events_as_rows_and_as_models(seeded: Path) -> None:
    with Timeline(seeded) as timeline:
        found = list(timeline.find(where(actor="Sar Kheng")))
        assert found == rows("search", "--actor", "Sar Kheng")
        assert [event.id for event in timeline.search(actor="Sar Kheng")] == [row["id"] for row in found]
        assert timeline.count(where(actor="Sar Kheng")) == len(found)
        assert timeline.event(found[0]["id"]).title == found[0]["title"]
        assert timeline.show(found[0]["id"]) == done("show", found[0]["id"], "--json").json


def test_what_cannot_be_meant_is_refused(seeded: Path) -> None:
    with Timeline(seeded) as timeline:
        with pytest.raises(NotFoundError):
            timeline.event("no-such-event")
        with pytest.raises(WrongUsageError):
            timeline.responses(by="weather")
        with pytest.raises(WrongUsageError):
            list(timeline.check(["X99"]))
    assert run("check", "--select", "X99").code == 2


@pytest.mark.parametrize("by", [None, "site", "province", "actor"])
@pytest.mark.parametrize("only_open", [False, True])
def test_responses_are_those_of_the_command(seeded: Path, by: str | None, only_open: bool) -> None:
    flags = [*(["--by", by] if by else []), *(["--open"] if only_open else [])]
    with Timeline(seeded) as timeline:
        found = timeline.responses(by=by, only_open=only_open)
    assert found.rows == rows("responses", *flags)
    said = done("responses", *flags).err
    assert f"{found.allegations} allegation" in said
    assert f"{found.without_answer} with no recorded answer" in said


@pytest.mark.parametrize("select", [(), ("F",), ("f02",), ("F02", "D")])
def test_checks_are_those_of_the_command(seeded: Path, select: tuple[str, ...]) -> None:
    with Timeline(seeded) as timeline:
        found = list(timeline.check(select))
    flags = [flag for code in select for flag in ("--select", code)]
    assert found == run("check", "--json", *flags).json


def test_bounds_are_derived_again_in_one_change(empty_db: Path) -> None:
    event = {
        "type": "event", "id": "one", "date": "2024-01-02", "kind": "raid", "title": "A raid",
        "figures": [{"id": "n", "metric": "rescues", "stated": "more than 40", "low": 40}],
    }  # fmt: skip
    done("import", "-", stdin=json.dumps(event))
    with Timeline(empty_db) as timeline:
        fixed = timeline.fix_bounds(author="ana", reason="bounds by wording")
        assert fixed.events == ("one",)
        assert timeline.show("one")["figures"][0]["low"] == 41
        last = next(timeline.log())
        assert (last["by"], last["reason"], last["command"]) == ("ana", "bounds by wording", "check --fix")
        assert timeline.fix_bounds().events == ()
