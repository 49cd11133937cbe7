# ruff: noqa: E501 - tables
"""``add``: every flag, the grammar of figures, what is derived, what is refused and what --force accepts."""

from __future__ import annotations

import json
import re
import stat
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import actor, entity, event, export, found, lines, ok, refused, run, stored, take_in

if TYPE_CHECKING:
    from pathlib import Path

BARE = ("add", "--date", "2023-03-04", "--kind", "raid", "--title", "A raid")


def added(db: Path, *args: str) -> dict[str, Any]:
    id_ = ok(*BARE, *args, "--db", str(db)).strip()
    return stored(db, id_)


def figure(db: Path, text: str) -> dict[str, Any]:
    (made,) = added(db, "--figure", text)["figures"]
    return dict(made)


def test_every_flag(db: Path) -> None:
    record = added(
        db, "--summary", "What happened: all of it; so they say.", "--actor", "MoI: rescuer", "--actor", "Sar Kheng",
        "--province", "KH-8", "--province", "ព្រះសីហនុ", "--place", "Mae Sot; country: TH; admin1: Tak; lat: 16.7; "
        "lon: 98.5; precision: town", "--site", "Blue Gate", "--country", "kh", "--country", "TH",
        "--nationality", "Thai", "--tag", "one", "--tag", "two", "--figure", "rescues: 12; nationality: Thai",
        "--source", "VOD; title: A title: long; url: https://vodenglish.news/a;b; published: 2023-03-05; "
        "passage: page 2; archived: https://archive.org/x; accessed: 2023-04; via: CamboJA".replace("a;b", r"a\;b"),
        "--link", "follows: 2023-01-02-first; figure: complaints; note: the same office", "--status", "draft",
        "--note", "Seen twice.", "--id", "my.id_1-x",
    )  # fmt: skip
    assert record["id"] == "my.id_1-x"
    assert record["summary"] == "What happened: all of it; so they say."
    assert record["actors"] == [
        {"name": "Ministry of Interior", "role": "rescuer"}, {"name": "Sar Kheng", "role": "mentioned"},
    ]  # fmt: skip
    assert record["provinces"] == ["Kandal", "Preah Sihanouk", "Tak, TH"]
    assert record["places"] == [
        {"name": "Mae Sot", "country": "TH", "admin1": "Tak", "province": "Tak, TH", "lat": 16.7, "lon": 98.5,
         "precision": "town"},
    ]  # fmt: skip
    assert (record["sites"], record["countries"], record["nationalities"]) == (["Blue Gate"], ["KH", "TH"], ["Thai"])
    assert (record["tags"], record["status"], record["note"]) == (["one", "two"], "draft", "Seen twice.")
    assert record["sources"] == [
        {"outlet": "VOD", "title": "A title: long", "author": None, "url": "https://vodenglish.news/a;b",
         "published": "2023-03-05", "passage": "page 2", "archived": "https://archive.org/x", "accessed": "2023-04", "via": "CamboJA"},
    ]  # fmt: skip
    assert record["links"] == [
        {"type": "follows", "event": "2023-01-02-first", "figure": "complaints", "note": "the same office"},
    ]  # fmt: skip
    assert record["figures"][0]["id"] == "rescues"
    assert entity(db, "actor", "VOD")["kind"] == entity(db, "actor", "CamboJA")["kind"] == "media"


FIGURES: list[tuple[str, dict[str, Any]]] = [
    ("complaints:40", {"metric": "complaints", "stated": "40", "count": "incident", "unit": None}),
    ("captives: 40", {"count": "stock"}),
    ("losses: more than $2.5 million", {"low": 2_500_000, "unit": None}),
    ("share: 95 %", {"metric": "share", "low": 95, "count": "none"}),
    ("complaints: 40; province: KH-8", {"province": "Kandal"}),
    ("complaints: 40; nationality: Thai; group: women", {"nationality": "Thai", "group": "women"}),
    ("complaints: 40; period: 2023-01/2023-02", {"period": "2023-01/2023-02", "count": "aggregate"}),
    ("complaints: 40; by: MoI", {"stated_by": "Ministry of Interior"}),
    ("complaints: 40; id: all; split: province complete", {"id": "all", "split": {"by": "province", "complete": True}}),
    ("complaints: 40; split: group incomplete", {"split": {"by": "group", "complete": False}}),
    ("complaints: 40; split: nationality", {"split": {"by": "nationality", "complete": None}}),
    ("complaints: 40; count: aggregate", {"count": "aggregate"}),
    ("complaints: 40; count: cumulative; unit: calls", {"count": "cumulative", "unit": "calls"}),
    ("complaints: ; low: 40; high: 1,000", {"stated": None, "low": 40, "best": None, "high": 1000}),
    ("complaints: 40; NOTE: said twice", {"note": "said twice"}),
    (r"complaints: 40\; or so", {"stated": "40; or so"}),
    ("complaints: more than 40 since 18 January", {"period": "2023-01-18/2023-03-04", "count": "cumulative"}),
    ("captives: 40 since 18 January", {"period": "2023-01-18/2023-03-04", "count": "stock"}),
    ("complaints: more than 40 since 18 January; count: new", {"period": None, "count": "aggregate"}),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_the_grammar_of_figures(db: Path, text: str, expected: dict[str, Any]) -> None:
    made = figure(db, text)
    assert {key: made[key] for key in expected} == expected


def test_parts_and_wholes(db: Path) -> None:
    record = added(
        db, "--figure", "cases: 359; id: before; period: 2021", "--figure", "cases: 166; id: now; period: 2022",
        "--figure", "change: a 54 % decline; of: before, now", "--figure", "cases: 20; part of: now; province: Kandal",
    )  # fmt: skip
    assert [one["id"] for one in record["figures"]] == ["before", "now", "change", "cases"]
    assert record["figures"][2]["of"] == ["before", "now"]
    assert record["figures"][3]["part_of"] == "now"
    assert record["provinces"] == ["Kandal"]


@pytest.mark.parametrize(
    ("flag", "text", "words"),
    [
        ("--figure", "40", ["METRIC: WORDING"]),
        ("--figure", ": 40", ["METRIC: WORDING"]),
        ("--figure", "complaints: 40; provinz: Kandal", ["provinz", "province"]),
        ("--figure", "complaints: 40; Kandal", ["Kandal"]),
        ("--figure", "complaints: 40; low: some", ["some"]),
        ("--source", "VOD; link: https://x", ["link"]),
        ("--place", "Mae Sot; lat: north", ["north"]),
        ("--actor", "Sar Kheng: speeker", ["speeker", "speaker"]),
        ("--actor", "Sar Kheng=speaker", ["colon", "Sar Kheng: speaker"]),
        ("--link", "2023-01-02-first", ["disputes"]),
        ("--link", "denies: 2023-01-02-first", ["disputes"]),
    ],
)
def test_a_flag_that_cannot_be_read(db: Path, flag: str, text: str, words: list[str]) -> None:
    before = export(db)
    refused(run(*BARE, flag, text, "--db", str(db)), 2, flag, *words)
    assert export(db) == before


@pytest.mark.parametrize(
    "text",
    [
        "complaints: 40; low: 1e400", "complaints: 40; low: nan", "complaints: 40; split: colour",
        "complaints: 40; low: " + "9" * 5000,
        "complaints:",
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_taken(db: Path, text: str) -> None:
    before = export(db)
    refused(run(*BARE, "--figure", text, "--db", str(db)), {2, 4})
    assert export(db) == before


SPELLINGS = [
    ("--actor", "sar kheng", "Sar Kheng"),
    ("--actor", "Sar Keng", "Sar Kheng"),
    ("--figure", "complaints: 40; by: SAR KHENG", "Sar Kheng"),
    ("--site", "blue gate", "Blue Gate"),
]


@pytest.mark.parametrize(("flag", "text", "candidate"), SPELLINGS)
def test_a_spelling_like_a_known_name_is_refused(db: Path, flag: str, text: str, candidate: str) -> None:
    before = export(db)
    refused(run(*BARE, flag, text, "--db", str(db)), 4, candidate, "--new-")
    assert export(db) == before
    answer = run(*BARE, flag, text, "--new-actor", "--db", str(db))
    assert answer.code == 0, answer
    assert "new " in answer.err
    assert candidate in answer.err


@pytest.mark.parametrize(
    ("flag", "town", "province"),
    [
        ("--province", "Poipet", "Banteay Meanchey"), ("--place", "Poipet", "Banteay Meanchey"),
        ("--figure", "complaints: 4; province: Bavet", "Svay Rieng"),
    ],
)  # fmt: skip
def test_a_town_gives_its_province(db: Path, flag: str, town: str, province: str) -> None:
    record = added(db, flag, town)
    name = town.rsplit(" ", 1)[-1]
    assert record["provinces"] == [province]
    assert [(place["name"], place["province"], place["country"]) for place in record["places"]] == [
        (name, province, "KH")
    ]
    assert record["countries"] == ["KH"]
    assert found(db, "--province", province) == [record["id"]]


def test_a_town_abroad_gives_no_province(db: Path) -> None:
    record = added(db, "--place", "Bavet; country: VN")
    assert (record["provinces"], record["places"][0]["country"]) == ([], "VN")


def test_a_link_may_name_its_event_by_a_prefix(db: Path) -> None:
    """Any unambiguous prefix of an id is accepted; the record keeps the id."""
    record = added(db, "--link", "follows: 2023-01-02")
    assert record["links"][0]["event"] == "2023-01-02-first"


def test_ids_are_made_and_unique(db: Path) -> None:
    made = [ok(*BARE, "--db", str(db)).strip() for _ in range(3)]
    assert made == ["2023-03-04-a-raid", "2023-03-04-a-raid-2", "2023-03-04-a-raid-3"]
    ok("remove", made[1], "--db", str(db))
    assert ok(*BARE, "--db", str(db)).strip() not in {made[0], made[2]}
    refused(run(*BARE, "--id", made[0], "--db", str(db)), 4, made[0], "scamcli edit")


@pytest.mark.parametrize(
    ("date", "title"),
    [
        ("2023-03~", "Ünïcode: Ó wörds & more than six of them, really"), ("2023-03-01/..", "១២៣ ខ្មែរ"),
        ("2023-03-04", "!!!"),
        ("2023-03-04", "\u202eevil"),
    ],
)  # fmt: skip
def test_ids_are_safe_and_taken_back(db: Path, date: str, title: str) -> None:
    id_ = ok("add", "--date", date, "--kind", "raid", "--title", title, "--db", str(db)).strip()
    assert re.fullmatch(r"\w[\w\u1780-\u17d3.\-]*", id_), id_  # Python's \w has no Khmer vowels
    assert "~" not in id_
    assert ":" not in id_
    before = export(db)
    take_in(db, *[json.loads(line) for line in before.splitlines()])
    assert export(db) == before


def test_a_record_on_stdin(db: Path) -> None:
    record = event(
        None, "2023-05-06", "escape", actors=[{"name": "MoI"}], figures=[{"metric": "escapes", "stated": "4"}]
    )
    assert ok("add", "-", "--db", str(db), stdin=lines([record])).strip() == "2023-05-06-a-short-title"
    assert stored(db, "2023-05-06-a-short-title")["actors"][0]["name"] == "Ministry of Interior"
    del record["type"]
    record["start"], record["match"] = "2023-05-06", "certain"
    pretty = json.dumps(record, indent=2).encode("utf-8-sig")
    assert ok("add", "-", "--id", "given", "--db", str(db), stdin=pretty).strip() == "given"
    refused(run("add", "-", "--title", "T", "--db", str(db), stdin=lines([record])), 2)
    refused(run("add", "record.json", "--db", str(db)), 2, "record.json")


def test_other_records_on_stdin(db: Path) -> None:
    assert ok("add", "-", "--db", str(db), stdin=lines([actor("New One", kind="ngo")])).strip() == "New One"
    metric = {"type": "metric", "name": "kidnappings", "unit": "people", "split": "nationality"}
    assert ok("add", "-", "--db", str(db), stdin=lines([metric])).strip() == "kidnappings"
    assert figure(db, "kidnappings: 4; nationality: Thai")["count"] == "incident"
    refused(run("add", "-", "--db", str(db), stdin=lines([actor("MoI")])), 4, "Ministry of Interior")


def test_the_first_add_makes_an_empty_private_database(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "new.db"
    ok(*BARE, "--db", str(path))
    assert found(path) == ["2023-03-04-a-raid"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("since", ["2023-05-01", "February 30"])
def test_since_a_day_that_cannot_be_leaves_no_period(db: Path, since: str) -> None:
    """Later than the statement, or not a day: nothing is stored that could not be read again."""
    figure = f"requests: more than 600 since {since}"
    flags = ["--date", "2022-09-19", "--kind", "statement", "--title", "T", "--figure", figure]
    id_ = ok("add", *flags, "--db", str(db)).strip()
    (made,) = json.loads(ok("show", id_, "--json", "--db", str(db)))["figures"]
    assert (made["stated"], made["low"], made["period"]) == (f"more than 600 since {since}", 601, None)
    assert run("check", "--db", str(db)).code in {0, 1}
    assert run("stats", "requests", "--db", str(db)).code == 0


# Wrong values, in words that say what to write instead.
