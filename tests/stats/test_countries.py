"""Countries of figures: filters and splits by country, and regions that overlap with their own provinces."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import acled_rows, ged_rows
from tests.helpers.csv_files import written
from tests.helpers.small_timelines import Record, done, empty, event, rows, run, timeline

if TYPE_CHECKING:
    from pathlib import Path

RAIDS: list[tuple[str, Record, Record, int]] = [
    # id, where the event is, what the figure says itself, how many were rescued
    ("kayin", {"provinces": ["Kayin, MM"]}, {"province": "MM-13"}, 40),
    ("shan", {}, {"province": "Shan State, Myanmar"}, 8),
    ("tarlac", {"provinces": ["Tarlac"]}, {"province": "Tarlac"}, 800),
    ("kandal", {"provinces": ["Kandal"]}, {"province": "Kandal"}, 20),
    ("somewhere", {"countries": ["Myanmar"]}, {}, 5),
    ("stated", {"countries": ["MM", "TH"]}, {"country": "THA"}, 3),
    ("border", {"countries": ["MM", "TH"]}, {}, 2),
    ("nowhere", {}, {}, 1),
]


def raids(*those: tuple[str, Record, Record, int]) -> list[Record]:
    return [
        event(id_, f"2031-01-{day:02}", {"metric": "rescues", "stated": str(number), **figure}, kind="raid", **where)
        for day, (id_, where, figure, number) in enumerate(those, 1)
    ]


@pytest.fixture(scope="module")
def abroad() -> Path:
    return timeline(raids(*RAIDS))


def lows(db: Path, *asked: str) -> dict[Any, int]:
    return {
        tuple(row[key] for key in ("country", "province") if key in row): row["low"]
        for row in rows(db, "stats", "rescues", *asked)
    }


def test_each_country_is_the_plain_sum_of_its_incidents(abroad: Path) -> None:
    found = lows(abroad, "--by", "country")
    assert {country: found[country,] for country in ("MM", "TH", "PH", "KH")} == {
        "MM": 53,
        "TH": 3,
        "PH": 800,
        "KH": 20,
    }


@pytest.mark.parametrize(
    ("country", "low", "events"),
    [("MM", 53, ["border", "kayin", "shan", "somewhere", "stated"]), ("Philippines", 800, ["tarlac"]),
     ("KHM", 20, ["kandal"]), ("Kingdom of Thailand", 3, ["border", "stated"]), ("LA", None, [])],
)  # fmt: skip
def test_a_country_in_a_filter(abroad: Path, country: str, low: int | None, events: list[str]) -> None:
    assert sorted(row["id"] for row in rows(abroad, "search", "--country", country)) == events
    found = rows(abroad, "stats", "rescues", "--by", "none", "--country", country)
    assert [row["low"] for row in found] == ([] if low is None else [low])


def test_countries_and_provinces_together(abroad: Path) -> None:
    found = lows(abroad, "--by", "country,province")
    assert found["MM", "Kayin, MM"] == 40
    assert found["MM", "Shan, MM"] == 8
    assert found["MM", None] == 5
    assert found["KH", "Kandal"] == 20
    assert lows(abroad, "--by", "province", "--province", "ကရင်ပြည်နယ်") == {("Kayin, MM",): 40}
    assert lows(abroad, "--by", "country", "--country", "MM", "--country", "PH") == {("MM",): 53, ("PH",): 800}


def test_what_is_left_out_is_named(abroad: Path) -> None:
    said = done(abroad, "stats", "rescues", "--country", "MM").err
    assert "in Myanmar" in said
    assert re.search("2 (number|report)s that do not state the country", said)  # border and nowhere


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (["search", "--country", "Mynmar"], 3, 'No country named "Mynmar".\nscamcli: Did you mean "Myanmar"'),
        (["search", "--province", "Central"], 3, '"Central" is the name of several provinces.'),
        (["stats", "rescues", "--country", "MM", "--country", "TH", "--match", "all"], 2, "only one country"),
    ],
)
def test_wrong_questions(abroad: Path, asked: list[str], code: int, words: str) -> None:
    found = run(abroad, *asked)
    assert (found.code, found.out) == (code, "")
    assert words in found.err


def test_a_sentence_names_the_country() -> None:
    figure = {"metric": "rescues", "stated": "4", "province": "Kayin, MM", "stated_by": "Ada Brel"}
    said = done(timeline([event("e", "2031-01-02", figure, kind="raid")]), "stats", "rescues", "--cite").err
    assert "in Kayin, Myanmar" in said


CENTRAL = (
    "central",
    {"countries": ["PH"]},
    {"province": "Central Luzon, PH", "period": "2031-01", "count": "aggregate"},
    900,
)


def test_a_region_includes_its_provinces() -> None:
    db = timeline(raids(RAIDS[2], RAIDS[0], CENTRAL))
    assert lows(db, "--by", "country")["PH",] == 900  # and not 1,700: Tarlac lies in Central Luzon
    (row,) = rows(db, "stats", "rescues", "--by", "none")
    assert (row["low"], row["unadjusted"]) == (940, 1740)
    pampanga: tuple[str, Record, Record, int] = ("pampanga", {}, {"province": "Pampanga, PH"}, 100)
    assert lows(timeline(raids(RAIDS[2], pampanga)), "--by", "country") == {("PH",): 900}


def test_reports_of_a_region_and_of_its_province_may_be_one_incident() -> None:
    db = timeline(
        [
            event("a", "2031-01-01", {"metric": "rescues", "stated": "800", "province": "Tarlac, PH"}, kind="raid"),
            event("b", "2031-01-02", {"metric": "rescues", "stated": "800", "province": "Central Luzon"}, kind="raid"),
            event("c", "2031-01-02", {"metric": "rescues", "stated": "800", "province": "Bicol Region"}, kind="raid"),
        ]
    )
    found = [sorted(one["event"] for one in row["figures"]) for row in rows(db, "conflicts")]
    assert found == [["a", "b"]]


def test_an_incident_without_a_place_has_the_only_province_and_country_of_its_event() -> None:
    # 5 in an event of Kandal alone, 8 in an event of two provinces, 90 that somebody summed up in an event of Kandal
    summed_up = {"count": "aggregate", "period": "2031-02"}
    db = timeline(raids(("one", {"provinces": ["Kandal"]}, {}, 5), ("two", {"provinces": ["Kandal", "Takeo"]}, {}, 8),
                        ("sum", {"provinces": ["Kandal"]}, summed_up, 90)))  # fmt: skip
    assert lows(db, "--by", "province") == {("Kandal",): 5, (None,): 98}
    assert lows(db, "--by", "country") == {("KH",): 13, (None,): 90}


def test_answers_by_country() -> None:
    db = empty()
    done(db, "add", "--date", "2031-01-01", "--kind", "report", "--title", "T", "--province", "Kayin, MM",
         "--actor", "Ada Brel: alleges", "--actor", "Bo Quist: denies")  # fmt: skip
    (row,) = rows(db, "responses", "--by", "country")
    assert (row["country"], row["allegations"], row["answered"]) == ("MM", 1, 1)
    assert rows(db, "responses", "--country", "PH") == []
    assert [row["countries"] for row in rows(db, "responses", "--country", "Burma")] == [["MM"]]


@pytest.mark.parametrize(("made", "name"), [(ged_rows, "GEDEvent_v25_1.csv"), (acled_rows, "acled.csv")])
def test_the_rows_of_a_data_set_add_up_by_country(made: Any, name: str, tmp_path: Path) -> None:
    db, found = empty(), made.made(120)
    done(db, "import", written(tmp_path / name, getattr(found, "rows", found)))
    plain: Counter[str | None] = Counter()
    for record in map(json.loads, done(db, "export", "jsonl").out.splitlines()):
        for figure in record.get("figures", ()):
            known = [figure[end] for end in ("low", "best", "high") if figure[end] is not None]
            plain[figure["country"]] += 0 if figure["low"] is None else min(known)  # some are out of order
    assert len(plain) > 3
    sums = {row["country"]: row["low"] for row in rows(db, "stats", "deaths", "--by", "country")}
    assert {country: low for country, low in sums.items() if country} == {
        country: low for country, low in plain.items() if country
    }
    code = next(filter(None, plain))
    assert [row["low"] for row in rows(db, "stats", "deaths", "--by", "none", "--country", code)] == [plain[code]]


def test_sites_have_a_country() -> None:
    records = [{"type": "site", "name": "Red Gate", "province": "Karen State, Burma"},
               {"type": "site", "name": "Blue Gate", "place": "Bavet"},
               {"type": "site", "name": "Far Gate", "country": "Laos"}]  # fmt: skip
    db = timeline(records)
    found = {row["name"]: (row["country"], row["province"], row["place"]) for row in rows(db, "sites")}
    assert found == {
        "Red Gate": ("MM", "Kayin, MM", None),
        "Blue Gate": ("KH", "Svay Rieng", "Bavet"),
        "Far Gate": ("LA", None, None),
    }
    wrong = {"type": "site", "name": "Odd Gate", "province": "Kayin, MM", "country": "TH"}
    refused = run(db, "import", "-", stdin=json.dumps(wrong))
    assert (refused.code, "Kayin, MM is not in TH" in refused.err) == (4, True), refused


@pytest.mark.parametrize(
    ("asked", "low"), [("Nepali", 9), ("nepalese", 9), ("Nepal", 9), ("Scottish", 4), ("British", 16), ("Thai", 32)]
)
def test_a_nationality_finds_the_other_demonyms_of_its_country(asked: str, low: int, tmp_path: Path) -> None:
    said = {"Nepali": 1, "Nepalese": 8, "Scottish": 4, "British": 16, "Thai": 32}
    figures = [{"metric": "rescues", "stated": str(number), "nationality": word} for word, number in said.items()]
    db = timeline(event(one["nationality"], f"2031-{n:02}-01", one, kind="raid") for n, one in enumerate(figures, 1))
    asked_for = ("stats", "rescues", "--by", "none", "--nationality", asked)
    assert [row["low"] for row in rows(db, *asked_for)] == [low]
    done(db, "export", "lake", "-o", str(tmp_path / "lake"))
    assert [row["low"] for row in rows(db, *asked_for, "--lake", str(tmp_path / "lake"))] == [low]
    assert sum(said[row["id"]] for row in rows(db, "search", "--nationality", asked)) == low
