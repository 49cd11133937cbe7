"""Reading, checking and fixing from Python: the same answers, refusals and notices as the commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli import Timeline, where
from tests.helpers.command_line import done, rows

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
