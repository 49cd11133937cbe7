"""Records of earlier versions get today's form: all keys in order, today's names, and nothing else changes."""

from __future__ import annotations

import json
from typing import Any

from scamcli.records import canonical, normalise
from scamcli.records.upgrade import upgraded
from tests.helpers.paths import SEED

EVENTS = [json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines()]


def downgraded(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as earlier versions had it."""
    old = {key: value for key, value in record.items() if key not in {"linked_sites", "dataset"}}
    if record["type"] == "event":
        old["sources"] = [{key: source[key] for key in source if key != "author"} for source in record["sources"]]
        old["figures"] = [figure | {"count": _old(figure["count"])} for figure in record["figures"]]
    return old | ({"count": _old(record["count"])} if record["type"] == "metric" else {})


def _old(count: str) -> str:
    return "new" if count in {"aggregate", "incident"} else count


def test_the_seed_comes_back_with_every_key_in_its_place() -> None:
    for record in EVENTS:
        new = upgraded(downgraded(record))
        assert list(new) == list(record)
        assert canonical.line(new) == normalise.parse(new).line()
        assert json.loads(json.dumps(new)) == downgraded(record) | {
            key: new[key] for key in ("linked_sites", "dataset", "figures", "sources", "count") if key in new
        }
        assert upgraded(new) == new


def test_counts_are_renamed_and_no_others() -> None:
    figure: dict[str, Any] = {"metric": "rescues", "stated": "3"}
    event: dict[str, Any] = {"type": "event", "sites": [], "sources": [], "links": [], "note": None}
    old = event | {"figures": [figure | {"count": one} for one in ("new", "stock", "none", "cumulative", "incident")]}
    found: Any = upgraded(old)
    assert [one["count"] for one in found["figures"]] == ["aggregate", "stock", "none", "cumulative", "incident"]
    assert (found["linked_sites"], found["dataset"]) == ([], None)
    assert upgraded({"type": "metric", "name": "x", "count": "new"}) == {
        "type": "metric",
        "name": "x",
        "count": "aggregate",
    }
    assert upgraded({"type": "actor", "name": "x"}) == {"type": "actor", "name": "x"}
