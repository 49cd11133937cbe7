"""``--chart``: a chart in a file of its own, with what a reader needs, and without what must not be published."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

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


def test_a_chart_has_its_numbers_in_words_and_its_filters(tmp_path: Path) -> None:
    asked = ("stats", "complaints", "--by", "province", "--province", "Kandal", "--province", "Kampot")
    chart = drawn(seeded(), tmp_path / "chart.svg", *asked)
    assert "Kandal: 18; Kampot: more than a dozen" in chart
    assert "In Kampot or Kandal." in chart
    assert [text for text in texts(ElementTree.fromstring(chart)) if text in {"18", "more than a dozen"}] == [
        "18",
        "more than a dozen",
    ]


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
