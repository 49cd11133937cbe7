"""Provinces and countries of events, places and figures: what is completed, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scamcli.errors import DataError
from tests.helpers.small_timelines import done, empty, rows, run

RAID: dict[str, Any] = {"type": "event", "id": "e", "date": "2031-01-02", "kind": "raid", "title": "T"}
FIGURE = {"metric": "rescues", "stated": "4"}
PLACE = {"name": "Mae Sot", "country": "TH"}


def taken(given: dict[str, Any]) -> dict[str, Any]:
    db = empty()
    done(db, "import", "-", stdin=json.dumps(RAID | given))
    (found,) = rows(db, "search")
    return found


@pytest.mark.parametrize(
    ("given", "provinces", "countries", "places", "figures"),
    [
        ({"provinces": ["Kandal"]}, ["Kandal"], ["KH"], [], []),
        ({"provinces": ["Kayin, MM", "Kandal"]}, ["Kayin, MM", "Kandal"], ["MM", "KH"], [], []),
        ({"provinces": ["MM-13", "Karen"]}, ["Kayin, MM"], ["MM"], [], []),
        ({"provinces": ["Central"], "countries": ["Uganda"]}, ["Central, UG"], ["UG"], [], []),
        ({"provinces": ["Kandal"], "countries": []}, ["Kandal"], [], [], []),
        ({"places": [PLACE]}, ["Tak, TH"], ["TH"], [("TH", None, "Tak, TH")], []),
        ({"places": [{"name": "湄索"}]}, ["Tak, TH"], ["TH"], [("TH", None, "Tak, TH")], []),
        ({"places": [{"name": "Hpa-An"}]}, [], [], [(None, None, None)], []),
        ({"places": [{"name": "Hpa-An", "country": "MM"}]}, ["Kayin, MM"], ["MM"], [("MM", None, "Kayin, MM")], []),
        ({"places": [PLACE | {"province": None}]}, [], ["TH"], [("TH", None, None)], []),
        ({"provinces": ["Myawaddy"]}, ["Kayin, MM"], ["MM"], [("MM", None, "Kayin, MM")], []),
        ({"provinces": ["Quezon City, PH"]}, ["Metro Manila, PH"], ["PH"], [("PH", None, "Metro Manila, PH")], []),
        ({"places": [PLACE | {"admin1": "จังหวัดตาก"}]}, ["Tak, TH"], ["TH"], [("TH", "จังหวัดตาก", "Tak, TH")], []),
        ({"places": [PLACE | {"name": "X", "admin1": "Nowhere"}]}, [], ["TH"], [("TH", "Nowhere", None)], []),
        ({"places": [PLACE | {"admin1": "Tak", "province": None}]}, [], ["TH"], [("TH", "Tak", None)], []),
        ({"places": [{"name": "X", "province": "Tak"}]}, ["Tak, TH"], ["TH"], [("TH", None, "Tak, TH")], []),
        ({"places": [{"name": "Bavet"}]}, ["Svay Rieng"], ["KH"], [("KH", None, "Svay Rieng")], []),
        ({"places": [{"name": "Tak"}]}, [], [], [(None, None, None)], []),
        ({"figures": [FIGURE | {"province": "Shan"}]}, ["Shan, MM"], ["MM"], [], [("MM", "Shan, MM")]),
        ({"figures": [FIGURE | {"country": "Laos"}]}, [], ["LA"], [], [("LA", None)]),
        ({"figures": [FIGURE], "countries": ["MMR"]}, [], ["MM"], [], [("MM", None)]),
        ({"figures": [FIGURE | {"country": None}], "countries": ["MM"]}, [], ["MM"], [], [(None, None)]),
        ({"figures": [FIGURE], "countries": ["MM", "TH"]}, [], ["MM", "TH"], [], [(None, None)]),
        ({"figures": [FIGURE | {"period": "2030"}], "countries": ["MM"]}, [], ["MM"], [], [(None, None)]),
        ({"figures": [FIGURE], "kind": "statement", "countries": ["MM"]}, [], ["MM"], [], [(None, None)]),
        (
            {"figures": [FIGURE | {"province": "Central", "country": "ZM"}]},
            ["Central, ZM"],
            ["ZM"],
            [],
            [("ZM", "Central, ZM")],
        ),
    ],
)
def test_what_is_completed(
    given: dict[str, Any], provinces: list[str], countries: list[str], places: list[Any], figures: list[Any]
) -> None:
    found = taken(given)
    assert (found["provinces"], found["countries"]) == (provinces, countries)
    assert [(place["country"], place["admin1"], place["province"]) for place in found["places"]] == places
    assert [(figure["country"], figure["province"]) for figure in found["figures"]] == figures


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"provinces": ["Central"]},
            '"Central" is the name of several provinces. Use one of: Central, BW; Central, FJ',
        ),
        ({"provinces": ["Georgia"]}, '"Georgia" is not a known province'),
        ({"provinces": ["Kayin, TH"]}, '"Kayin, TH" is not a known province'),
        ({"countries": ["Asia"]}, '"Asia" is not a country; expected a code such as KH (ISO 3166-1), or a name'),
        ({"figures": [FIGURE | {"province": "Shan", "country": "TH"}]}, "cannot be in TH and in Shan, MM."),
        ({"places": [PLACE | {"province": "Kandal"}]}, '"Mae Sot" cannot be in TH and in Kandal.'),
    ],
)
def test_what_is_refused(given: dict[str, Any], words: str) -> None:
    outcome = run(empty(), "import", "-", stdin=json.dumps(RAID | given))
    assert outcome.code == DataError("").exit_code
    assert words in outcome.err.replace("\nscamcli: ", " ")
