"""``--chart``: a chart in a file of its own, with what a reader needs, and without what must not be published."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from tests.helpers.driver import refused
from tests.helpers.small_timelines import copied, done, event, figure, run, seeded, timeline
from tests.helpers.svg_reading import checked, texts

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


def drawn(db: Path, path: Path, *arguments: str) -> str:
    """Run a command with ``--chart``, and return the file after checking it."""
    outcome = done(db, *arguments, "--chart", str(path))
    assert outcome.err.splitlines()[-1] == f"scamcli: Wrote {path}."
    chart = path.read_text(encoding="utf-8")
    root = checked(chart)
    assert root.findtext(f"{SVG}desc") == outcome.out.strip()
    return chart


ASKED = [
    "events --by month", "events --by kind", "events --by none", "complaints --by province", "requests --by quarter",
    "requests,rescues --by quarter", "rescues --by none", "rescues", "change --by none", "losses", "sentences",
    "rescues --by source", "rescues --by actor", "captives --by country",
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_tables_are_drawn(asked: str, tmp_path: Path) -> None:
    chart = drawn(seeded(), tmp_path / "chart.svg", "stats", *asked.split())
    assert "var(" not in chart
    assert re.search(r"Source: a scamcli timeline with \d+ events?", chart)
    assert re.search(r"rules \d\.\d", chart)


def test_a_chart_has_its_numbers_in_words_and_its_filters(tmp_path: Path) -> None:
    asked = ("stats", "complaints", "--by", "province", "--province", "Kandal", "--province", "Kampot")
    chart = drawn(seeded(), tmp_path / "chart.svg", *asked)
    assert "Kandal: 18; Kampot: more than a dozen" in chart
    assert "In Kampot or Kandal." in chart
    assert [text for text in texts(ElementTree.fromstring(chart)) if text in {"18", "more than a dozen"}] == [
        "18",
        "more than a dozen",
    ]


def test_what_has_no_chart_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "kept.svg"
    kept.write_text("kept")
    for words, *arguments in (
        ("one split", "stats", "complaints", "--by", "province,month"),
        ("at most 4 metrics", "stats", "arrests,rescues,complaints,suspects,deaths", "--by", "none"),
        ("nothing to draw", "stats", "rescues", "--province", "Kep"),
        ("nothing to draw", "stats", "suspects", "--by", "month"),
        ("needs a METRIC", "stats"),
        ("--json", "stats", "rescues", "--json"),
        ("--explain", "stats", "rescues", "--explain"),
        ("--compare", "stats", "requests", "--compare", "2022", "2023"),
        ("no event matches", "timeline", "--site", "Koh Thom", "--from", "2031"),
        ("1 to 200 events", "timeline", "--limit", "0"),
        ("1 to 200 events", "timeline", "--limit", "201"),
        ("--count", "timeline", "--count"),
    ):
        answer = run(seeded(), *arguments, "--chart", str(kept))
        assert words in answer.err, (arguments, answer)
        assert answer.code == 2, answer
    assert kept.read_text() == "kept"


def test_files_that_are_no_charts_are_refused(tmp_path: Path) -> None:
    db = copied(seeded())
    for path, words in (
        (tmp_path / "chart.pdf", "ends in .svg or .png"),
        (tmp_path / "missing" / "chart.svg", "Cannot write"),
        (tmp_path, "ends in .svg or .png"),
    ):
        assert words in run(db, "stats", "rescues", "--chart", str(path)).err
    other = db.rename(tmp_path / "timeline.svg")
    before = other.read_bytes()
    assert "is the database itself" in run(other, "stats", "rescues", "--chart", str(other)).err
    assert "is a database" in run(seeded(), "timeline", "--chart", str(other)).err
    assert other.read_bytes() == before


def test_suppressed_numbers_are_not_drawn(tmp_path: Path) -> None:
    """Charts of two timelines that differ only in suppressed numbers differ only in the digest of the data."""
    found = []
    for small in (4, 7):
        counts = {"Kandal": small, "Kampot": 8, "Takeo": 600, "Kep": 80}
        db = timeline(
            event(f"raid-{place.lower()}", f"2023-0{number}-01", figure("f1", str(count), "rescues", province=place),
                  kind="raid", provinces=[place])
            for number, (place, count) in enumerate(counts.items(), 1)
        )  # fmt: skip
        chart = [
            drawn(db, tmp_path / f"{split}.svg", "stats", "rescues", "--by", split, "--min-cell", "10")
            for split in ("province", "month")
        ]
        assert "suppressed" in chart[0]
        assert "*: 2 suppressed numbers" in chart[1]
        found.append([re.sub(r"data [0-9a-f]+", "", one) for one in chart])
    assert found[0] == found[1]


def test_protected_names_are_masked(tmp_path: Path) -> None:
    actor = {"type": "actor", "name": "Dara Veasna", "kind": "person", "protected": True}
    told = event(
        "told", "2023-01-01", figure("f1", "20", "rescues", stated_by="Dara Veasna"), title="Dara Veasna speaks"
    )
    db = timeline([actor, told])
    for arguments in (
        ("stats", "rescues", "--by", "actor"),
        ("stats", "rescues", "--by", "none", "--actor", "Dara Veasna"),
        ("timeline",),
        ("timeline", "--actor", "Dara Veasna"),
    ):
        chart = drawn(db, tmp_path / "chart.svg", *arguments)
        assert "Dara" not in chart, arguments
        assert "Veasna" not in chart, arguments
    assert "Dara Veasna" in drawn(db, tmp_path / "chart.svg", "timeline", "--include-protected")


def test_events_are_drawn_oldest_first_up_to_a_limit(tmp_path: Path) -> None:
    chart = drawn(seeded(), tmp_path / "chart.svg", "timeline", "--limit", "3")
    dates = re.findall(r">(\d{4}-\d\d-\d\d) ", chart)
    assert len(dates) == 3
    assert dates == sorted(dates)
    assert "3 of 50 events" in chart
    assert "47 events that also match: not shown." in " ".join(texts(ElementTree.fromstring(chart)))


def test_drafts_and_possible_matches_are_marked(tmp_path: Path) -> None:
    db = timeline([event("may", "2022-08"), event("draft", "2022-09-01", status="draft")])
    chart = drawn(db, tmp_path / "chart.svg", "timeline", "--drafts", "--from", "2022-08-15")
    assert "2022-08 (possible match): Event may; 2022-09-01 (draft): Event draft." in chart
    assert "2022-08 (possible match)  Event" in chart


def test_events_with_any_date_are_drawn(tmp_path: Path) -> None:
    dates = (
        "2022",
        "2022-08",
        "2022-08-19~",
        "2022-01-01/2022-09-30",
        "2022-03-01/..",
        "0001-01-01",
        "9999",
    )
    db = timeline(event(f"e{number}", date, title="<b>&" * 40) for number, date in enumerate(dates))
    chart = drawn(db, tmp_path / "chart.svg", "timeline")
    assert "<b>" not in chart


def test_a_picture_needs_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    answer = run(seeded(), "stats", "rescues", "--chart", str(tmp_path / "chart.png"))
    refused(answer, 2)  # type: ignore[arg-type]  # an outcome has the same fields
    assert "pip install '.[charts]'" in answer.err


def test_a_picture(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="the extra charts is not installed")
    path = tmp_path / "chart.PNG"
    done(seeded(), "stats", "rescues", "--chart", str(path))
    picture = path.read_bytes()
    assert picture.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(picture[16:20]) == 1680
