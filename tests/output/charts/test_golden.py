"""Charts as they are, one golden file of each kind: look at them in a browser.

``SCAMCLI_UPDATE_GOLDEN=1 pytest tests/output/charts/test_golden.py`` writes them again.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scamcli.language.dates import parse_date
from scamcli.language.wording.bounds import Bounds
from scamcli.output.charts import Point, columns, interval_bar, point_map
from scamcli.output.charts.bars import Bar, bars_chart
from scamcli.output.charts.columns import Column, columns_chart
from scamcli.output.charts.event_rows import EventRow, events_chart
from scamcli.output.charts.standalone import Words, standalone
from tests.helpers.svg_reading import checked

GOLDEN = Path(__file__).parents[2] / "golden" / "charts"
WORDS = Words("Rescues by province", "People freed.", ["A note."], "Source: invented", "Kandal: 18.")
CAPTION = {"anchor": "a", "title": "Invented", "description": "Every number is invented."}

POINTS = [
    Point(10.6, 103.5, "A compound", "site", "site", "#site"),
    Point(10.61, 103.51, "Its neighbour", "site", "site"),
    Point(13.66, 102.56, "Poipet", "town", "town"),
    Point(11.4, 105.0, "Kandal", "province", "province"),
]
BARS = [
    Bar("Kandal", Bounds(18, 18, 18), "18"),
    Bar("Preah Sihanouk", Bounds(201, None, None), "more than 200"),
    Bar("Kampot", None, "suppressed"),
    Bar("Takeo", Bounds(5, None, 9), "5 to 9"),
    Bar("Kep", Bounds(), "unknown"),
    Bar("Pailin", Bounds(None, 40, 60), "about 40 (at most 60)"),
]
COLUMNS = [
    Column("2022-Q1", Bounds(3, 3, 3), words="3"),
    Column("2022-Q2", None, words="*"),
    Column("2022-Q4", Bounds(2, 4, None), words="about 4 (at least 2)"),
    Column("2023-Q1", Bounds(1, None, 6), words="1 to 6"),
]
EVENTS = [
    EventRow(parse_date(text), f"{text}  An event")
    for text in ("2022-08-01", "2022-08", "2022-09-01~", "2022-09-01/2022-12-31", "2023-01-01/..")
]
CHARTS = {
    "interval": interval_bar(40, 60, None, 100, anchor="a", label="Rescues"),
    "columns": columns([("2022-11", 3, 1), ("2023-01", 0, 2), ("2023-02", 5, 0)], **CAPTION),
    "map": point_map(POINTS, ["KH"], **CAPTION),
    "bars": standalone([("", bars_chart(BARS, "", ""))], WORDS).svg,
    "bounds_by_quarter": standalone([("Rescues", columns_chart(COLUMNS, "", ""))], WORDS).svg,
    "events": standalone([("", events_chart(EVENTS, "", ""))], WORDS).svg,
}


@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_as_they_were(name: str) -> None:
    chart, path = CHARTS[name], GOLDEN / f"{name}.svg"
    checked(chart)
    lines = chart.replace("><", ">\n<").rstrip() + "\n"
    if os.environ.get("SCAMCLI_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(lines, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == lines


def test_every_golden_file_is_of_a_chart() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == CHARTS.keys()
