"""Allegations and their recorded answers: in the shipped timeline, and in one with edge cases.

The table of all allegations and answers in the article, made by hand with the article's words beside each, is in
`golden/article_facts.json`; `tests/test_article.py` holds the records against it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.helpers.paths import ROOT
from tests.helpers.small_timelines import Record, done, event, link, rows, seeded, timeline

if TYPE_CHECKING:
    from pathlib import Path

FACTS = json.loads((ROOT / "tests" / "golden" / "article_facts.json").read_text(encoding="utf-8"))

HOTEL = "2023-02-07-thansur-sokha"
BOKOR = "2023-02-07-bokor-complaints"


def found(db: Path, *asked: str) -> dict[tuple[str, str | None], Record]:
    return {(row["allegation"], row["answer"]): row for row in rows(db, "responses", *asked)}


def test_responses_are_the_table_made_by_hand_from_the_article() -> None:
    wanted = {(fact["to"], fact["event"]): (fact["by"], fact["stance"], fact["days"]) for fact in FACTS["answers"]}
    answered = {allegation for allegation, _ in wanted}
    alleged = {fact["event"]: (fact["by"], fact["against"]) for fact in FACTS["allegations"]}
    open_ = {(allegation, None): (None, None, None) for allegation in alleged if allegation not in answered}
    table = found(seeded())
    assert {key: (row["answer_by"], row["stance"], row["lag"]) for key, row in table.items()} == wanted | open_
    assert {a: (row["by"], [*row["against"], *row["sites"]]) for (a, _), row in table.items()} == alleged


def test_what_the_kampot_police_say_of_the_compound_is_no_answer_about_the_hotel() -> None:
    outcome = done(seeded(), "responses", "--site", "Thansur Sokha")
    assert outcome.err == "scamcli: 1 allegation, 1 with no recorded answer.\n"
    assert (HOTEL, BOKOR) not in found(seeded())


def test_an_answer_about_another_site_is_said_and_counts_only_for_the_site_that_it_names() -> None:
    accused = event("accused", "2031-03-01", sites=["Blue House"], actors=[{"name": "Lantern", "role": "alleges"}])
    denied = event(
        "denied",
        "2031-03-05",
        kind="denial",
        sites=["Red House"],
        actors=[{"name": "Ada Brel", "role": "denies"}],
        links=[{**link("responds_to", "accused"), "note": "The sites may differ."}],
    )
    db = timeline([accused, denied])
    row = found(db)["accused", "denied"]
    assert (row["sites"], row["answer_sites"], row["note"]) == (["Blue House"], ["Red House"], "The sites may differ.")
    said = "scamcli: 1 allegation, 0 with no recorded answer.\n"
    outcome = done(db, "responses", "--site", "Blue House")
    assert outcome.err == f"{said}scamcli: 1 answer about other sites than the allegation.\n"
    assert counted("site", db=db)["Blue House"] == (1, 0, 1, None)


@pytest.mark.parametrize("format_", ["table", "markdown", "csv", "tsv"])
def test_no_recorded_answer_is_said_in_these_words(format_: str) -> None:
    outcome = done(seeded(), "responses", "--format", format_)
    assert " ".join(outcome.out.split()).count("no recorded answer") >= 10
    assert outcome.err == "scamcli: 23 allegations, 13 with no recorded answer.\n"


def counted(by: str, *asked: str, db: Path | None = None) -> dict[str | None, tuple[int, int, int, int | None]]:
    keys = ("allegations", "answered", "no_recorded_answer", "shortest_lag")
    answer = rows(db or seeded(), "responses", "--by", by, *asked)
    return {row[by]: (row[keys[0]], row[keys[1]], row[keys[2]], row[keys[3]]) for row in answer}


@cache
def edges() -> Path:
    """Allegations in a month or on an uncertain day, with every kind of answer."""
    lantern = [{"name": "Lantern", "role": "alleges"}]
    return timeline([
        event("month", "2031-03", kind="report", actors=lantern),
        event("in-month", "2031-03", kind="denial", links=[link("responds_to", "month")]),
        event("day-of-month", "2031-03-10", kind="raid", links=[link("responds_to", "month")]),
        event("next-month", "2031-04", kind="closure", links=[link("responds_to", "month")]),
        event("unsure", "2031-05-01~", kind="report", actors=lantern),
        event("sure", "2031-05-11", kind="licence", links=[link("responds_to", "unsure")]),
        event("none", "2031-06-01", kind="report", actors=lantern),
        event("draft", "2031-06-02", kind="denial", status="draft", links=[link("disputes", "none")]),
        event("again", "2031-06-03", kind="statement", links=[link("repeats", "none")]),
        event("after", "2031-06-04", kind="raid", links=[link("follows", "none")]),
        event("hidden", "2031-07-01", kind="report", status="draft", actors=lantern),
        event("only-reported", "2031-07-02", kind="report", actors=[{"name": "Lantern", "role": "author"}]),
        event("twice", "2031-08-01", kind="statement",
              actors=[{"name": "Ada Brel", "role": "alleges"}, {"name": "Bo Quist", "role": "denies"}]),
        event("later", "2031-08-31", kind="rescue", links=[link("responds_to", "twice"), link("follows", "twice")]),
        event("only-denied", "2031-09-01", kind="court",
              actors=[{"name": "Bo Quist", "role": "denies"}, {"name": "Court", "role": "acts"}]),
        event("only-acted", "2031-09-02", kind="court", actors=[{"name": "Court", "role": "acts"}]),
        event("many", "2031-10-01", actors=[{"name": "Ada Brel", "role": "alleges"}]),
        event("said", "2031-10-02", kind="meeting", links=[link("responds_to", "many")],
              actors=[{"name": "Bo Quist", "role": "speaker"}]),
        event("disputed", "2031-10-03", links=[link("disputes", "many")],
              actors=[{"name": "Cy Dunn", "role": "speaker"}]),
        event("divided", "2031-10-04", kind="denial", links=[link("responds_to", "many")], actors=[
              {"name": "Bo Quist", "role": "rejects"}, {"name": "Cy Dunn", "role": "acknowledges"},
              {"name": "Dee Ono", "role": "speaker"}]),
    ])  # fmt: skip


def test_stances_are_those_of_roles_or_else_of_the_kind_and_the_link() -> None:
    """In `divided` the speaker does not answer, because others there have a stance of their own."""
    answers = [(r["answer"], r["stance"], r["answer_by"]) for r in rows(edges(), "responses") if r["answer"]]
    assert [answer for answer in answers if answer[0] in {"said", "disputed", "divided", "later", "day-of-month"}] == [
        ("day-of-month", "acts", []),
        ("later", "acts", []),
        ("said", "comments", ["Bo Quist"]),
        ("disputed", "denies", ["Cy Dunn"]),
        ("divided", "rejects", ["Bo Quist"]),
        ("divided", "acknowledges", ["Cy Dunn"]),
    ]


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


def test_a_lag_from_an_uncertain_day_is_not_exact() -> None:
    assert lag("unsure", "sure")[0] is None


def test_drafts_repetitions_and_what_follows_do_not_answer() -> None:
    assert [answer for allegation, answer in found(edges()) if allegation == "none"] == [None]
    assert {"hidden", "only-reported"}.isdisjoint({allegation for allegation, _ in found(edges())})
    assert {allegation for allegation, _ in found(edges(), "--drafts")} == {
        "month",
        "unsure",
        "none",
        "hidden",
        "twice",
        "only-denied",
        "many",
    }


def test_who_only_denies_answers_an_allegation_that_is_not_recorded_and_a_court_alone_answers_none() -> None:
    row = found(edges())["only-denied", "only-denied"]
    assert (row["by"], row["answer_by"], row["stance"]) == ([], ["Bo Quist"], "denies")
    assert "only-acted" not in {allegation for allegation, _ in found(edges())}
    printed = " ".join(done(edges(), "responses", "--format", "markdown").out.split())
    assert printed.count("not recorded, but answered: ") == 1
