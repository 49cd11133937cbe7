"""Claims about sites follow what they name: merged and redacted names and events, filtered exports, older files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import actor, entity, event, export, ok, refused, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

SITE: dict[str, Any] = {
    "type": "site", "name": "Gate", "lat": 11.5, "lon": 104.0, "precision": "site",
    "operators": [{"name": "Blue Company", "stated_by": "Dara Sok", "outlet": "VOD", "event": "e-1"}],
    "statuses": [{
        "status": "raided", "date": "2023-01-02", "stated_by": "Dara Sok", "outlet": "Beacon", "event": "e-1",
    }],
}  # fmt: skip


@pytest.fixture
def db(db: Path) -> Path:
    take_in(
        db, actor("Blue Company"), actor("Dara Sok"), actor("VOD"), actor("Beacon"), actor("Other"), SITE,
        event("e-1", kind="raid", sites=["Gate"]), event("e-2", "2023-01-03"),
    )  # fmt: skip
    return db


def claims(db: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    site = entity(db, "site", "Gate")
    return site["operators"][0], site["statuses"][0]


@pytest.mark.parametrize(
    ("name", "places"), [("Blue Company", {(0, "name")}), ("Dara Sok", {(0, "stated_by"), (1, "stated_by")}),
                         ("Beacon", {(1, "outlet")})],
)  # fmt: skip
def test_a_merged_name_is_replaced_in_every_claim(db: Path, name: str, places: set[tuple[int, str]]) -> None:
    ok("names", "merge", name, "Other", "--db", str(db))
    found = {(at, key) for at, claim in enumerate(claims(db)) for key, value in claim.items() if value == "Other"}
    assert found == places
    assert f'"{name}"' not in json.dumps(entity(db, "site", "Gate"))


@pytest.mark.parametrize("name", ["Blue Company", "Dara Sok", "VOD", "Beacon"])
def test_an_actor_that_only_a_claim_names_is_not_removed(db: Path, name: str) -> None:
    refused(run("actors", "remove", name, "--db", str(db)), 4, "is named by Gate")


def test_a_merged_event_is_replaced_and_a_redacted_one_forgotten(db: Path) -> None:
    ok("remove", "e-1", "--same-as", "e-2", "--db", str(db))
    assert [claim["event"] for claim in claims(db)] == ["e-2", "e-2"]
    ok("redact", "e-2", "--yes", "--db", str(db))
    assert [claim["event"] for claim in claims(db)] == [None, None]


def test_a_redacted_name_is_gone_from_claims_and_their_history(db: Path) -> None:
    ok("sites", "edit", "Gate", "--status", "reopened; date: 2023-02; by: Dara Sok; note: so Sok said", "--db", str(db))
    ok("redact", "Dara Sok", "--yes", "--db", str(db))
    assert "Sok" not in export(db) + ok("log", "--json", "--db", str(db))


def test_the_point_of_a_merged_site_keeps_its_own_precision(db: Path) -> None:
    take_in(db, {"type": "site", "name": "Yard", "lat": 1.0, "lon": 2.0})
    take_in(db, {"type": "site", "name": "Bare"})
    ok("names", "merge", "--site", "Gate", "Yard", "--db", str(db))
    ok("names", "merge", "--site", "Yard", "Bare", "--db", str(db))
    found = entity(db, "site", "Bare")
    assert (found["lat"], found["lon"], found["precision"]) == (1, 2, None)
    assert len(found["statuses"]) == len(found["operators"]) == 1
