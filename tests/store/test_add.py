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


def bounds(made: dict[str, Any]) -> tuple[Any, Any, Any]:
    return made["low"], made["best"], made["high"]


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


WORDINGS = [
    ("289", (289, 289, 289)),
    ("more than 40", (41, None, None)),
    ("at least 40", (40, None, None)),
    ("up to 1,000", (None, None, 1000)),
    ("nearly 8,000", (None, 8000, 8000)),
    ("about 30", (None, 30, None)),
    ("20 to 30", (20, None, 30)),
    ("more than a dozen", (13, None, None)),
    ("dozens", (12, None, None)),
    ("many", (None, None, None)),
]


@pytest.mark.parametrize(("wording", "expected"), WORDINGS)
def test_bounds_are_derived(db: Path, wording: str, expected: tuple[Any, Any, Any]) -> None:
    made = figure(db, f"complaints: {wording}")
    assert (made["stated"], bounds(made)) == (wording, expected)


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


def test_the_speaker_is_an_actor(db: Path) -> None:
    record = added(db, "--figure", "complaints: 40; by: Sar Kheng", "--figure", "cases: 4; by: VOD", "--source", "VOD")
    assert record["actors"] == [{"name": "Sar Kheng", "role": "speaker"}, {"name": "VOD", "role": "author"}]


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
        "complaints: 40; low: 1e400", "complaints: 40; low: nan", "complaints: 40; low: inf", "complaints: 40; split: colour",
        "complaints: 40; low: " + "9" * 400, "complaints: 40; low: " + "9" * 5000, "complaints: 40; low: ,",
        "complaints:", "complaints: 40; province: Atlantis", "complaints: 40; id: a b", "complaints: 40; period: soon",
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_taken(db: Path, text: str) -> None:
    before = export(db)
    refused(run(*BARE, "--figure", text, "--db", str(db)), {2, 4})
    assert export(db) == before


def test_new_names_are_said(db: Path) -> None:
    answer = run(*BARE, "--actor", "Nobody Known: victim", "--site", "Red Gate", "--source", "VOD", "--db", str(db))
    assert answer.code == 0
    assert {
        'scamcli: New actor: "Nobody Known".',
        'scamcli: New site: "Red Gate".',
        'scamcli: New actor: "VOD".',
    } == set(answer.err.splitlines())
    assert run(*BARE, "--actor", "Nobody Known", "--db", str(db)).err == ""


SPELLINGS = [
    ("--actor", "sar kheng", "Sar Kheng"),
    ("--actor", "Kheng Sar: speaker", "Sar Kheng"),
    ("--actor", "Samdech Krolahom Sar Kheng", "Sar Kheng"),
    ("--actor", "Sar Keng", "Sar Kheng"),
    ("--actor", "ministry of interior", "Ministry of Interior"),
    ("--figure", "complaints: 40; by: SAR KHENG", "Sar Kheng"),
    ("--source", "Sar Keng; via: VOD", "Sar Kheng"),
    ("--source", "VOD; via: Sar Keng", "Sar Kheng"),
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


def test_the_hint_names_flags_that_exist(db: Path) -> None:
    for flag, text in (("--site", "blue gate"), ("--actor", "sar kheng")):
        answer = run(*BARE, flag, text, "--db", str(db))
        help_ = ok("add", "--help")
        assert all(one in help_ for one in re.findall(r"--[a-z-]+", answer.err)), answer


def test_an_alias_is_no_new_name(db: Path) -> None:
    answer = run(*BARE, "--actor", "MoI: speaker", "--db", str(db))
    assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize(
    ("flag", "town", "province"),
    [
        ("--province", "Poipet", "Banteay Meanchey"), ("--place", "Poipet", "Banteay Meanchey"),
        ("--province", "Bavet", "Svay Rieng"), ("--place", "Bokor", "Kampot"),
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


SOFT: list[tuple[str, list[str], list[str]]] = [
    ("bounds out of order", ["--figure", "complaints: some; low: 9; high: 4"], ["out of order"]),
    ("wording that differs", ["--figure", "complaints: more than 40; low: 10"], ["more than 40", "10"]),
    ("a part above its whole",
     ["--figure", "cases: 10; id: all", "--figure", "cases: 11; part of: all; province: Kandal"], ["all"]),
    ("parts above their whole",
     ["--figure", "cases: 10; id: all; split: province", "--figure", "cases: 6; part of: all; province: Kandal",
      "--figure", "cases: 6; part of: all; province: Takeo"], ["all", "12"]),
    ("a link to an absent event", ["--link", "disputes: 1999-nothing"], ["1999-nothing"]),
]  # fmt: skip


@pytest.mark.parametrize(("flags", "words"), [row[1:] for row in SOFT], ids=[row[0] for row in SOFT])
def test_what_looks_wrong_is_refused_unless_forced(db: Path, flags: list[str], words: list[str]) -> None:
    before = export(db)
    refused(run(*BARE, *flags, "--db", str(db)), 4, "--force", *words)
    refused(run("edit", "2023-01-02", *flags, "--db", str(db)), 4, "--force", *words)
    assert export(db) == before
    answer = run(*BARE, *flags, "--force", "--db", str(db))
    assert answer.code == 0
    assert all(word in answer.err for word in words)


def test_import_takes_what_looks_wrong(db: Path) -> None:
    take_in(db, event("x-1", figures=[{"metric": "cases", "low": 9, "high": 4}], links=[
        {"type": "disputes", "event": "nothing"}]))  # fmt: skip
    assert stored(db, "x-1")["figures"][0]["low"] == 9


def test_a_link_may_name_its_event_by_a_prefix(db: Path) -> None:
    """Any unambiguous prefix of an id is accepted; the record keeps the id."""
    record = added(db, "--link", "follows: 2023-01-02")
    assert record["links"][0]["event"] == "2023-01-02-first"


def test_an_event_cannot_link_to_itself(db: Path) -> None:
    refused(run(*BARE, "--id", "x-1", "--link", "disputes: x-1", "--db", str(db)), 4, "x-1")


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
        ("2023", "西港"), ("2023-03-04", "!!!"), ("2023-03-04", "a" * 300), ("2023-01-02/2023-02-03", "$(rm -rf)"),
        ("2023-03-04", "\u202eevil"), ("2023-03-04", "ﬁne ½ text"), ("2023-03-04", "৴ ٪ ፩ Ⅷ x"),
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


@pytest.mark.parametrize("since", ["2023-05-01", "February 30", "May 2023", "2031"])
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

PLAIN: list[tuple[list[str], str]] = [
    (["--country", "Atlantis"], '"Atlantis" is not a country; expected a code such as KH (ISO 3166-1), or a name'),
    (["--place", f"{'x' * 301}; country: TH"], "`places[0].name`: is longer than 300 characters."),
    (["--id", "a b"], '"a b" is not a valid id; expected letters, digits'),
    (["--kind", "Statment"], '"Statment" is not known; expected statement'),
    (["--place", "Mae Sot; lat: 97"], "`places[0].lat`: is too large; expected at most 90."),
]


@pytest.mark.parametrize(("flags", "message"), PLAIN, ids=[row[1][:40] for row in PLAIN])
def test_wrong_values_are_refused_in_plain_words(db: Path, flags: list[str], message: str) -> None:
    answer = run(*BARE, *flags, "--db", str(db))
    refused(answer, 4, message)
    assert not re.search(r"String should|Input should|\^|\\", answer.err), answer


def test_closed_words_in_any_case(db: Path) -> None:
    record = added(
        db, "--kind", "Statement", "--status", "Draft", "--actor", "Sar Kheng: Speaker", "--actor", "MoI: ALLEGES",
        "--figure", "rescues: 3; group: Workers; count: New", "--place", "Mae Sot; country: th; precision: Town",
        "--link", "Disputes: 2023-01-02-first",
    )  # fmt: skip
    assert (record["kind"], record["status"]) == ("statement", "draft")
    assert [one["role"] for one in record["actors"]] == ["speaker", "alleges"]
    assert (record["figures"][0]["group"], record["figures"][0]["count"]) == ("workers", "aggregate")
    assert (record["places"][0]["precision"], record["links"][0]["type"]) == ("town", "disputes")
    id_ = record["id"]
    ok("edit", id_, "--kind", "RAID", "--remove", "Actor: Sar Kheng", "--db", str(db))
    assert stored(db, id_)["kind"] == "raid"
    whole = json.dumps(stored(db, id_) | {"kind": "Report", "actors": [{"name": "MoI", "role": "Denies"}]})
    ok("edit", id_, "-", "--db", str(db), stdin=whole)
    assert (stored(db, id_)["kind"], stored(db, id_)["actors"][0]["role"]) == ("report", "denies")
