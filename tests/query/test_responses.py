"""Allegations and their recorded answers: on the shipped timeline, and on one made for the edges."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.helpers.paths import ROOT
from tests.helpers.small_timelines import Record, done, event, link, rows, run, seeded, timeline

if TYPE_CHECKING:
    from pathlib import Path

BBC = "2023-03-08-bbc-documentary"
BOKOR = "2023-02-07-thansur-sokha"


def found(db: Path, *asked: str) -> dict[tuple[str, str | None], Record]:
    return {(row["allegation"], row["answer"]): row for row in rows(db, "responses", *asked)}


def test_the_documentary_is_answered_by_a_dismissal_41_days_later() -> None:
    # 23 days from 8 to 31 March, and 18 in April
    row = found(seeded())[BBC, "2023-04-18-bbc-documentary-dismissed"]
    assert (row["date"], row["by"], row["sites"]) == ("2023-03-08", ["BBC"], ["Huang Le compound"])
    assert (row["answer_date"], row["answer_kind"], row["relation"]) == ("2023-04-18", "denial", "disputes")
    assert row["answer_by"] == ["Sihanoukville authorities"]
    assert (row["lag"], row["lag_low"], row["lag_high"]) == (41, 41, 41)


def test_what_taiwanese_police_allege_is_denied_in_the_same_entry() -> None:
    row = found(seeded())[BOKOR, BOKOR]
    assert (row["by"], row["answer_kind"], row["relation"]) == (
        ["Taiwanese police"],
        "denial",
        "denies in the same entry",
    )
    assert row["answer_by"] == ["Mao Chanmathurith", "Kampot provincial police"]
    assert row["lag"] == 0


def test_every_report_and_every_role_alleges_is_an_allegation() -> None:
    answers = found(seeded())
    assert {key for key in answers if key[1]} == {
        (BBC, "2023-04-18-bbc-documentary-dismissed"),
        (BOKOR, BOKOR),
        ("2022-12-29-casino-licences", "2023-05-26-mds-raid"),
    }
    reports = {row["id"] for row in rows(seeded(), "search", "--kind", "report")}
    alleging = {row["id"] for row in rows(seeded(), "search", "--role", "alleges")}
    assert {allegation for allegation, _ in answers} == reports | alleging
    assert len(answers) == 10


@pytest.mark.parametrize("format_", ["table", "markdown", "csv", "tsv"])
def test_no_recorded_answer_is_said_in_these_words(format_: str) -> None:
    outcome = done(seeded(), "responses", "--format", format_)
    assert outcome.out.count("no recorded answer") >= 7
    assert outcome.err == "scamcli: 10 allegations, 7 with no recorded answer.\n"


def test_no_output_help_or_source_says_that_nobody_answered() -> None:
    told = [
        done(seeded(), "responses", *asked).out
        for asked in ((), ("--help",), ("--by", "site"), ("--open",), ("--json",))
    ]
    told += [done(seeded(), "--help").out, done(seeded(), "sites", "Huang Le compound").out]
    sources = (path for path in (ROOT / "src").rglob("*.*") if path.suffix in {".py", ".toml"})
    told += [path.read_text(encoding="utf-8") for path in sources]
    assert not [text for text in told if "unanswered" in text.lower()]
    assert "means that this timeline has none, not that there was none" in " ".join(told[1].split())


def counted(by: str, *asked: str, db: Path | None = None) -> dict[str | None, tuple[int, int, int, int | None]]:
    keys = ("allegations", "answered", "no_recorded_answer", "shortest_lag")
    answer = rows(db or seeded(), "responses", "--by", by, *asked)
    return {row[by]: (row[keys[0]], row[keys[1]], row[keys[2]], row[keys[3]]) for row in answer}


def test_by_site_province_and_actor() -> None:
    sites = counted("site")
    assert sites["Huang Le compound"] == (1, 1, 0, 41)
    assert sites["Thansur Sokha hotel"] == sites["Bokor compound"] == (1, 1, 0, 0)
    # 29 December to 26 May: 2 + 31 + 28 + 31 + 30 + 26 days
    assert sites["MDS Thmor Da special economic zone"] == (1, 1, 0, 148)
    assert sites[None] == (7, 0, 7, None)
    assert counted("province") == {
        "Preah Sihanouk": (3, 1, 2, 41),
        "Banteay Meanchey": (1, 0, 1, None),
        "Kampot": (1, 1, 0, 0),
        "Pursat": (1, 1, 0, 148),
        None: (4, 0, 4, None),
    }
    actors = counted("actor")
    assert actors["BBC"] == (1, 1, 0, 41)
    assert actors["Taiwanese police"] == (1, 1, 0, 0)
    assert actors["Vice World News"] == (3, 0, 3, None)
    # both allege in the entry on the licences; VOD also reported the Telegram chat
    assert (actors["VOD"], actors["Al Jazeera"]) == ((2, 1, 1, 148), (1, 1, 0, 148))
    assert actors[None] == (1, 0, 1, None)
    assert run(seeded(), "responses", "--by", "month").code == 2


FILTERS: list[tuple[str, set[str]]] = [
    ("--site Majestic", set()),
    ("--province Kampot", {BOKOR}),
    ("--actor BBC", {BBC}),
    ("--kind statement", {BOKOR}),
    ("--during 2023-02", {BOKOR}),
    ("--from 2023-03 --to 2023-03-08", {BBC}),
    ("--open --province Kampot", set()),
    ("--nationality Chinese --source BBC", {BBC}),
    ("--role alleges --from 2023", {BOKOR}),
]


@pytest.mark.parametrize(("asked", "ids"), FILTERS, ids=[asked for asked, _ in FILTERS])
def test_the_filters_choose_the_allegations(asked: str, ids: set[str]) -> None:
    if asked == "--site Majestic":
        assert run(seeded(), "responses", *asked.split()).code == 3
        asked, ids = "--site Majestic_2", {BBC}
    arguments = [word.replace("_", " ") for word in asked.split()]
    assert {row["allegation"] for row in rows(seeded(), "responses", *arguments)} == ids


@cache
def edges() -> Path:
    """Allegations of a month or an uncertain day, and answers of every kind that is none."""
    author = [{"name": "Lantern", "role": "author"}]
    return timeline([
        event("month", "2031-03", kind="report", actors=author),
        event("in-month", "2031-03", kind="denial", links=[link("responds_to", "month")]),
        event("day-of-month", "2031-03-10", kind="raid", links=[link("follows", "month")]),
        event("next-month", "2031-04", kind="closure", links=[link("responds_to", "month")]),
        event("unsure", "2031-05-01~", kind="report", actors=author),
        event("sure", "2031-05-11", kind="licence", links=[link("responds_to", "unsure")]),
        event("none", "2031-06-01", kind="report", actors=author),
        event("draft", "2031-06-02", kind="denial", status="draft", links=[link("disputes", "none")]),
        event("again", "2031-06-03", kind="statement", links=[link("repeats", "none")]),
        event("talk", "2031-06-04", kind="meeting", links=[link("responds_to", "none")]),
        event("hidden", "2031-07-01", kind="report", status="draft"),
        event("twice", "2031-08-01", kind="statement",
              actors=[{"name": "Ada Brel", "role": "alleges"}, {"name": "Bo Quist", "role": "denies"}]),
        event("later", "2031-08-31", kind="rescue", links=[link("responds_to", "twice"), link("follows", "twice")]),
        event("only-denied", "2031-09-01", kind="court", actors=[{"name": "Bo Quist", "role": "denies"}]),
    ])  # fmt: skip


def lag(allegation: str, answer: str) -> tuple[int | None, int | None, int | None]:
    row = found(edges())[allegation, answer]
    return row["lag"], row["lag_low"], row["lag_high"]


def test_two_events_of_one_month_have_no_exact_lag() -> None:
    # 1 to 31 March and 1 to 31 March: an answer comes after at least 0 days, at most 30
    assert lag("month", "in-month") == (None, 0, 30)


def test_a_lag_is_bounded_where_a_date_is_a_month() -> None:
    # said between the 1st and the 31st, answered on the 10th: an answer is never before what it answers
    assert lag("month", "day-of-month") == (None, 0, 9)
    # from 31 March to 1 April, from 1 March to 30 April
    assert lag("month", "next-month") == (None, 1, 60)


def test_the_shortest_lag_is_no_negative_number() -> None:
    assert counted("actor", db=edges())["Lantern"][3] in {0, None}


def test_a_lag_from_an_uncertain_day_is_not_exact() -> None:
    assert lag("unsure", "sure")[0] is None


def test_drafts_repetitions_and_meetings_do_not_answer() -> None:
    assert [answer for allegation, answer in found(edges()) if allegation == "none"] == [None]
    assert "hidden" not in {allegation for allegation, _ in found(edges())}
    assert {allegation for allegation, _ in found(edges(), "--drafts")} == {
        "month",
        "unsure",
        "none",
        "hidden",
        "twice",
    }


def test_who_only_denies_has_alleged_nothing() -> None:
    assert "only-denied" not in {allegation for allegation, _ in found(edges())}


def test_an_allegation_denied_in_its_entry_and_answered_later_has_both() -> None:
    answers = [row for row in rows(edges(), "responses") if row["allegation"] == "twice"]
    assert {row["answer"] for row in answers} == {"twice", "later"}
    outcome = done(edges(), "responses", "--by", "actor")
    assert outcome.err == "scamcli: 4 allegations, 1 with no recorded answer.\n"


def test_open_are_those_with_no_recorded_answer() -> None:
    assert {row["allegation"] for row in rows(edges(), "responses", "--open")} == {"none"}


def profile(name: str) -> Record:
    answer: Record = json.loads(done(seeded(), "sites", name, "--json").out)
    return answer


def test_the_profile_of_a_site() -> None:
    site = profile("Majestic 2")
    assert [(part["id"], part["by"]) for part in site["reported"]] == [(BBC, ["BBC"])]
    denied = [("2023-04-18-bbc-documentary-dismissed", ["Sihanoukville authorities"])]
    assert [(part["id"], part["by"]) for part in site["denied"]] == denied
    assert site["done"] == []
    assert [(owner["name"], owner["stated_by"], owner["outlet"]) for owner in site["owners"]] == [
        ("Kuong Li", None, "BBC"),
        ("Kuong Li", "Kuong Li", "CamboJA"),
    ]
    zone = profile("MDS Thmor Da")
    assert [(part["id"], part["by"]) for part in zone["reported"]] == [
        ("2022-12-29-casino-licences", ["VOD", "Al Jazeera"])
    ]
    assert [part["id"] for part in zone["done"]] == ["2022-12-29-casino-licences", "2023-05-26-mds-raid"]
    hotel = profile("Thansur Sokha")
    assert [(part["id"], part["by"]) for part in hotel["denied"]] == [
        (BOKOR, ["Mao Chanmathurith", "Kampot provincial police"])
    ]
    text = done(seeded(), "sites", "Majestic 2").out
    for words in ("reported", "denied", "Kuong Li, according to BBC", "Kuong Li, according to Kuong Li, in CamboJA"):
        assert words in text


def test_what_was_done_at_one_site_does_not_answer_for_another() -> None:
    """The raid of May 2023 was in the zone; the KB casino is only named in the same entry."""
    rows = {row["site"]: row for row in json.loads(run(seeded(), "responses", "--by", "site", "--json").out)}
    assert rows["MDS Thmor Da special economic zone"]["shortest_lag"] == 148
    assert (rows["KB casino"]["answered"], rows["KB casino"]["no_recorded_answer"]) == (0, 1)
