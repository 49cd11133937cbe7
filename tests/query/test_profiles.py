"""Profiles of actors and sites have their own figures, and nothing that was said about others."""

from __future__ import annotations

import json

import pytest

from tests.helpers.small_timelines import Record, done, event, seeded, timeline

BBC = "2023-03-08-bbc-documentary"
SITES = [record["name"] for record in json.loads(done(seeded(), "sites", "--json").out)]


def profile(type_: str, name: str) -> Record:
    answer: Record = json.loads(done(seeded(), type_, name, "--json").out)
    return answer


def ids(rows: list[Record]) -> list[tuple[str, list[str]]]:
    return [(row["id"], row["by"]) for row in rows]


def test_the_compound_of_the_documentary() -> None:
    site = profile("sites", "Majestic 2")
    assert ids(site["reported"]) == [(BBC, ["BBC"])]
    assert [(row["by"], row["stance"]) for row in site["answered"]] == [
        (["Sihanoukville authorities"], "rejects"),
        (["Kuong Li"], "comments"),
        (["Long Dimanche"], "acknowledges"),
    ]
    assert site["done"] == []
    assert {(owner["name"], owner["stated_by"], owner["outlet"]) for owner in site["owners"]} == {
        ("Kuong Li", None, "CamboJA")
    }
    text = done(seeded(), "sites", "Majestic 2").out
    for words in ("reported", "answered", "rejects, Sihanoukville", "Kuong Li, according to CamboJA"):
        assert words in text


REPORTED = {
    "Bokor compound": {"2023-02-07-bokor-complaints"},
    "Huang Le compound": {BBC},
    "MDS Thmor Da special economic zone": {"2022-12-29-mds-thmor-da-reports"},
    "Thansur Sokha hotel": {"2023-02-07-thansur-sokha"},
    "Unnamed compound in Phnom Penh": {"2023-06-10-phnom-penh-compound"},
    "Xing Tian Di casino": {"2023-04-12-xing-tian-di-kidnapping"},
}


@pytest.mark.parametrize("name", SITES)
def test_no_profile_shows_a_report_about_another_site(name: str) -> None:
    """Nobody is named who "repeatedly identified" the KB casino, and a death near Moc Bai is not a report about it."""
    site = profile("sites", name)
    assert {row["id"] for row in site["reported"]} == REPORTED.get(name, set())
    located = {row["id"] for row in site["events"] if row["roles"] == ["located_at"]}
    assert {row["event"] for row in site["figures"]} <= located


def test_the_figures_of_an_actor_are_those_it_stated_and_those_that_concern_it() -> None:
    embassy = profile("actors", "Indonesian Embassy")
    assert (embassy["stated"], [f["stated"] for f in embassy["figures"]]) == ([], ["62"])
    tempo = profile("actors", "Tempo")
    assert ([f["stated"] for f in tempo["stated"]], tempo["figures"]) == (["62"], [])
    police = profile("actors", "Cambodian police")
    assert [f["stated"] for f in police["stated"]] == ["more than 1,480"]
    assert {f["event"] for f in police["figures"]} == {"2022-10-28-hotline-raids"}


def test_what_is_only_linked_to_a_site_is_listed_and_is_not_its_own() -> None:
    figures = [{"metric": "deaths", "stated": "1"}]
    actors = [{"name": "Lantern", "role": "alleges"}]
    db = timeline([
        event("there", "2031-01-01", kind="raid", sites=["Blue House"], figures=[{"metric": "rescues", "stated": "8"}]),
        event("linked", "2031-01-02", kind="death", linked_sites=["Blue House"], figures=figures, actors=actors),
    ])  # fmt: skip
    site = json.loads(done(db, "sites", "Blue House", "--json").out)
    assert [(row["id"], row["roles"]) for row in site["events"]] == [
        ("there", ["located_at"]),
        ("linked", ["linked_to"]),
    ]
    assert ([f["event"] for f in site["figures"]], site["reported"]) == (["there"], [])
