"""The evaluation itself: that wrong answers score less, and that the gold says what its texts say."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from evaluation.cases import GOLD, HALVES, SEED, SUFFIXES, article_cases, gold_cases, known
from evaluation.entries import Entry, Figure, of_record
from evaluation.scoring import FIELDS, Pair, Tally, align, tally
from scamcli.ingest.proposal import Known
from scamcli.language import gazetteer
from scamcli.language.countries import is_demonym
from scamcli.language.dates import parse_date
from scamcli.language.vocabulary import EVENT_KINDS, MEASURES, METRICS
from scamcli.language.wording.parsing import parse_wording, years_in

if TYPE_CHECKING:
    from pathlib import Path

RECORDS: list[dict[str, Any]] = [json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines()]
EVENTS = [record for record in RECORDS if record["type"] == "event"]
SEEDED = [of_record(record, "CamboJA") for record in EVENTS]

FREED = Figure("rescues", 62, 62, 62, nationality="Indonesian", province="Kampot", stated_by="Tempo")
WOMEN = Figure("rescues", 20, 20, 20, group="women", whole=0)
ENTRY = Entry(
    "2022-08-01", "rescue", ["Kampot"], ["KH"], ["Indonesian"], ["Sar Kheng", "Tempo"], ["Tempo"], [FREED, WOMEN]
)
HIT, MISS, WRONG = Tally(1, 0, 0), Tally(0, 0, 1), Tally(0, 1, 1)


def scored(field: str, gold: list[Entry], proposed: list[Entry]) -> Tally:
    return tally(field, align(gold, proposed))


def figures(*changed: Figure) -> list[Entry]:
    return [ENTRY._replace(figures=changed)]


@pytest.mark.parametrize(
    ("field", "proposed", "expected"),
    [
        ("entries", ENTRY, HIT),
        ("entries", ENTRY._replace(date="2022-08-01~"), WRONG),
        ("entries, doubts aside", ENTRY._replace(date="2022-08-01~"), HIT),
        ("entries, doubts aside", ENTRY._replace(date="2022-08-02"), WRONG),
        ("entries, doubts aside", ENTRY._replace(date="2022-08"), WRONG),
        ("kind", ENTRY._replace(kind="raid"), WRONG),
        ("kind", ENTRY._replace(date="2022-08-01~"), HIT),
        ("kind", ENTRY._replace(date="2022-08-02"), WRONG),
        ("provinces", ENTRY._replace(provinces=["Kampot", "Kandal"]), Tally(1, 1, 0)),
        ("provinces", ENTRY._replace(provinces=[]), MISS),
        ("provinces", ENTRY._replace(provinces=["Kampot", "Kampot"]), HIT),
        ("countries", ENTRY._replace(countries=["TH"]), WRONG),
        ("nationalities", ENTRY._replace(nationalities=["indonesian"]), HIT),
        ("nationalities", ENTRY._replace(nationalities=["Malaysian"]), WRONG),
        ("actors", ENTRY._replace(actors=["Samdech Sar Kheng", "TEMPO"]), Tally(2, 0, 0)),
        ("actors", ENTRY._replace(actors=["Sar Sokha", "Tempo"]), Tally(1, 1, 1)),
        ("sources", ENTRY._replace(sources=[]), MISS),
    ],
)
def test_a_field_counts_what_is_the_same(field: str, proposed: Entry, expected: Tally) -> None:
    assert scored(field, [ENTRY], [proposed]) == expected


@pytest.mark.parametrize(
    ("field", "changed", "expected"),
    [
        ("figures", {}, HIT),
        ("figures", {"low": 63, "best": None, "high": None}, WRONG),
        ("figures", {"best": None}, WRONG),
        ("figures", {"metric": "arrests"}, WRONG),
        ("figures", {"nationality": None}, WRONG),
        ("figures", {"group": "workers"}, WRONG),
        ("figures", {"province": None, "stated_by": None}, HIT),
        ("figures, bounds", {"metric": "arrests", "nationality": None}, HIT),
        ("figures, bounds", {"high": None}, WRONG),
        ("figures, metric and bounds", {"nationality": None, "group": "men"}, HIT),
        ("figures, metric and bounds", {"metric": "arrests"}, WRONG),
        ("figures, and province", {"province": None}, WRONG),
        ("figures, and speaker", {"stated_by": "VOD"}, WRONG),
        ("figures, and speaker", {"province": None}, HIT),
        ("figures, all", {"unit": "people"}, HIT),
        ("figures, all", {"unit": "USD"}, WRONG),
        ("figures, all", {"province": None}, WRONG),
        ("figures, all", {"stated_by": None}, WRONG),
    ],
)
def test_a_figure_counts_as_far_as_it_is_compared(field: str, changed: dict[str, Any], expected: Tally) -> None:
    assert scored(field, figures(FREED), figures(FREED._replace(**changed))) == expected


def test_a_figure_counts_as_often_as_it_is_said() -> None:
    assert scored("figures", figures(FREED, FREED), figures(FREED)) == Tally(1, 0, 1)
    assert scored("figures", figures(FREED), figures(FREED, FREED)) == Tally(1, 1, 0)


def test_a_part_is_read_with_its_whole() -> None:
    in_full = figures(FREED, WOMEN._replace(nationality="Indonesian", province="Kampot"))
    assert scored("figures", [ENTRY], in_full) == Tally(2, 0, 0)
    assert scored("figures, and province", [ENTRY], in_full) == Tally(2, 0, 0)
    assert scored("figures, whom as written", [ENTRY], in_full) == Tally(1, 1, 1)
    apart = figures(FREED, WOMEN._replace(whole=None))
    assert scored("figures", [ENTRY], apart) == Tally(1, 1, 1)
    assert scored("figures, whom as written", [ENTRY], apart) == Tally(2, 0, 0)
    assert scored("figures, and whole", [ENTRY], apart) == Tally(1, 1, 1)
    said_apart = figures(FREED, WOMEN._replace(whole=None, nationality="Indonesian", province="Kampot"))
    assert scored("figures, all", [ENTRY], said_apart) == Tally(1, 1, 1)
    own = WOMEN._replace(nationality="Thai", province="Kandal")
    assert figures(FREED, own)[0].read(own) == own


def test_parts_in_a_ring_end() -> None:
    ring = figures(FREED._replace(nationality=None, whole=1), WOMEN)
    assert scored("figures", ring, ring) == Tally(2, 0, 0)


@pytest.mark.parametrize(
    ("gold", "proposed", "expected"),
    [
        ([ENTRY], [], Tally(0, 0, 2)),
        ([], [ENTRY], Tally(0, 2, 0)),
        ([ENTRY], [ENTRY, ENTRY], Tally(2, 2, 0)),
        ([], [], Tally()),
    ],
)
def test_an_entry_alone_is_missed_or_false_with_all_that_it_says(
    gold: list[Entry], proposed: list[Entry], expected: Tally
) -> None:
    assert scored("figures", gold, proposed) == expected


def test_of_one_date_those_that_say_the_same_are_a_pair() -> None:
    raid = ENTRY._replace(kind="raid", actors=["VOD"], figures=[])
    plain = Entry("2022-08-01")
    assert align([ENTRY, raid], [raid, ENTRY]) == [Pair(ENTRY, ENTRY), Pair(raid, raid)]
    assert align([ENTRY, raid], [raid]) == [Pair(ENTRY, None), Pair(raid, raid)]
    first, second = plain._replace(countries=["KH"]), plain._replace(countries=["TH"])
    assert align([plain, plain], [first, second]) == [Pair(plain, first), Pair(plain, second)]


def test_the_sure_date_is_paired_before_the_doubtful_one() -> None:
    doubtful = ENTRY._replace(date="2022-08-01~")
    bare = Entry("2022-08-01")
    assert align([ENTRY], [doubtful, bare]) == [Pair(ENTRY, bare), Pair(None, doubtful)]


@pytest.mark.parametrize(
    ("counted", "precision", "recall", "f1"),
    [
        (Tally(3, 1, 2), 0.75, 0.6, 2 / 3),
        (Tally(0, 1, 1), 0, 0, 0),
        (Tally(0, 0, 1), None, 0, 0),
        (Tally(), None, None, None),
    ],
)
def test_precision_recall_and_f1(counted: Tally, precision: float, recall: float, f1: float) -> None:
    assert (counted.precision, counted.recall) == (precision, recall)
    assert counted.f1 == (f1 if f1 is None else pytest.approx(f1))


@pytest.mark.parametrize("field", FIELDS)
def test_the_seed_is_all_right_against_itself_and_all_missed_against_nothing(field: str) -> None:
    right, nothing = scored(field, SEEDED, SEEDED), scored(field, SEEDED, [])
    assert right.f1 == 1
    assert nothing == Tally(0, 0, right.hits)


def test_every_field_sees_an_entry_that_differs_in_it() -> None:
    other = Entry(
        "2022-08-01~",
        "raid",
        ["Kandal"],
        ["TH"],
        ["Thai"],
        ["VOD"],
        ["VOD"],
        [Figure("people", 5, 5, 5, stated_by="VOD")],
    )
    blind = {field for field in FIELDS if scored(field, [ENTRY], [other]).hits}
    assert blind == {"entries, doubts aside"}


def test_a_record_cites_every_outlet_but_its_own() -> None:
    by_date = {entry.date: entry for entry in SEEDED}
    assert by_date["2022-08-01"].sources == ["Tempo"]
    assert by_date["2022-07-20"].sources == ["US State Department"]  # for its report
    assert by_date["2023-06-10"].sources == ["CamboJA"], "an article of its own that the review cites"
    unsaid = EVENTS[0] | {"sources": [source | {"via": None} for source in EVENTS[0]["sources"]]}
    assert of_record(unsaid, "CamboJA").sources == ["Vice World News"], "how it was seen is left open"
    assert by_date["2022-09-19"].figures[1].whole == 0
    assert by_date["2022-09-19"].figures[0].whole is None


def test_what_the_timeline_knows() -> None:
    names = known(RECORDS)
    assert names.actors["NCCT"] == names.actors["National Committee for Counter Trafficking"]
    assert names.sites["Majestic 2"] == "Huang Le compound"
    assert names.kinds["VOD"] == "media"
    assert names.places["Huang Le compound"] == "Preah Sihanouk"


def test_the_article_is_read_with_and_without_the_names_of_the_seed(tmp_path: Path) -> None:
    bare, helped = article_cases(tmp_path / "article.txt")
    assert (bare.known, len(bare.gold), len(helped.gold)) == (Known(), 41, 41)  # dated entries
    assert helped.known == known(RECORDS)
    assert bare.half != helped.half


# The gold.

CASES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))}
TEXTS = {path.stem: path for path in sorted(GOLD.iterdir()) if path.suffix in SUFFIXES}
each_case = pytest.mark.parametrize("name", CASES)


def entries_of(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = CASES[name]["entries"]
    return found


def is_division(province: str) -> bool:
    """Whether it is a Cambodian province, or a division elsewhere with its country, as the gazetteer spells it."""
    name, _, country = province.rpartition(", ")
    place = gazetteer.resolve(name, country) if name else None
    return place.province == province if place else province in gazetteer.province_names()


def said(text: str) -> str:
    """The words, without tags, one space apart."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split()).casefold()


def test_there_is_enough_gold_in_both_halves() -> None:
    entries = [entry for name in CASES for entry in entries_of(name)]
    assert len(CASES) >= 12
    assert len(entries) >= 120
    assert sum(len(entry["figures"]) for entry in entries) >= 250
    halves = Counter(case["half"] for case in CASES.values())
    assert halves.keys() == set(HALVES)
    assert min(halves.values()) >= 6
    shared = {half: sum(len(entries_of(name)) for name in CASES if CASES[name]["half"] == half) for half in HALVES}
    assert min(shared.values()) >= 45


def test_every_text_has_its_gold_and_its_half_in_its_name() -> None:
    assert TEXTS.keys() == CASES.keys()
    assert {name: name.partition("-")[0] for name in CASES} == {name: case["half"] for name, case in CASES.items()}
    assert [case.name for case in gold_cases()] == list(CASES)


@each_case
def test_the_words_of_the_gold_are_those_of_the_records(name: str) -> None:
    parse_date(CASES[name]["about"]["published"])
    for entry in entries_of(name):
        parse_date(entry["date"])
        assert entry["kind"] in EVENT_KINDS
        assert [province for province in entry["provinces"] if not is_division(province)] == []
        assert [word for word in entry["nationalities"] if not is_demonym(word)] == []
        assert [code for code in entry["countries"] if not re.fullmatch("[A-Z]{2}", code)] == []
        for field in ("provinces", "countries", "nationalities", "actors", "sources"):
            assert len(set(entry[field])) == len(entry[field]), f"{entry['date']}: {field} twice"


@each_case
def test_the_figures_of_the_gold_say_what_their_wording_says(name: str) -> None:
    text = said(TEXTS[name].read_text(encoding="utf-8"))
    for entry in entries_of(name):
        for figure in entry["figures"]:
            where = f"{entry['date']}: {figure['stated']}"
            assert all(said(piece) in text for piece in figure["stated"].split("…")), f"{where} is not in the text"
            own = METRICS[figure["metric"]].unit
            unit = figure.get("unit") or own
            assert unit == own or (own == "USD" and re.fullmatch("[A-Z]{3}", unit)), where
            is_measure = unit in MEASURES or len(unit) == 3
            stated = figure["stated"]
            bounds = years_in(stated) if unit == "years" else parse_wording(stated, measure=is_measure)
            assert (figure.get("low"), figure.get("best"), figure.get("high")) == bounds, where


@each_case
def test_the_figures_of_the_gold_fit_their_entry(name: str) -> None:
    for entry in entries_of(name):
        for at, figure in enumerate(entry["figures"]):
            where = f"{entry['date']}: {figure['stated']}"
            assert figure.get("province") in {None, *entry["provinces"]}, where
            assert figure.get("nationality") in {None, *entry["nationalities"]}, where
            assert figure.get("stated_by") in {None, *entry["actors"]}, where
            assert re.fullmatch("[a-z]+( [a-z]+)*", figure.get("group") or "none"), where
            assert figure.get("part_of") in {None, *range(len(entry["figures"]))} - {at}, where
            assert figure.get("country") in {None, *entry["countries"]}, where
            assert "period" not in figure or parse_date(figure["period"]), where
