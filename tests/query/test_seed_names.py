"""How the actors of the shipped timeline are written: each form finds the actor that the table says, or nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scamcli.errors import NotFoundError
from scamcli.timeline import ReadOnlyTimeline
from tests.helpers.command_line import done
from tests.helpers.confusable_names import CONFUSABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = Path(__file__).with_name("seed_names.txt").read_text(encoding="utf-8").splitlines()
TABLE = [tuple(line.split(" | ")) for line in LINES if not line.startswith("#")]
NOTHING_FOUND = "-"


@pytest.fixture(scope="module")
def timeline(seeded: Path) -> Iterator[ReadOnlyTimeline]:
    with ReadOnlyTimeline(seeded) as opened:
        yield opened


def found_by(timeline: ReadOnlyTimeline, form: str) -> str:
    try:
        return str(timeline.profile("actor", form)["name"])
    except NotFoundError:
        return NOTHING_FOUND


def test_each_form_finds_its_actor_and_nobody_else(timeline: ReadOnlyTimeline) -> None:
    assert len({form for form, _ in TABLE}) == len(TABLE) >= 150
    assert [(form, found_by(timeline, form)) for form, _ in TABLE] == TABLE


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadOnlyTimeline]:
    """Return a timeline with the second name of each pair."""
    path = tmp_path_factory.mktemp("others") / "others.db"
    lines = (json.dumps({"type": "actor", "name": name, "kind": "person"}) for name in {two for _, two in CONFUSABLE})
    (path.parent / "people.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done("init", str(path), "--empty")
    done("import", str(path.parent / "people.jsonl"), "--db", str(path))
    with ReadOnlyTimeline(path) as opened:
        yield opened


def test_a_query_for_one_of_two_that_are_alike_does_not_find_the_other(others: ReadOnlyTimeline) -> None:
    assert [(one, other) for one, other in CONFUSABLE if found_by(others, one) == other] == []
