"""``Timeline.report``: what a report says, held against the records and the commands that say the same."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline, where
from scamcli.timeline.reports import Reports
from scamcli.timeline.reports.entries import events_over_time
from tests.helpers.driver import run as driven

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.output.report.contents import Number, Report


@pytest.fixture(scope="module")
def report(pristine: Path) -> Report:
    """The report of the shipped timeline."""
    with Reports(pristine) as timeline:
        return timeline.report()


def metric(report: Report, name: str) -> Any:
    return next(one for one in report.metrics if one.name == name)


def numbers(report: Report) -> Iterator[Number]:
    for one in report.metrics:
        yield from one.totals
        for table in one.tables:
            yield from table.numbers


def made(db: Path, *events: dict[str, Any], **options: Any) -> Report:
    """Add events to a database, and report on it."""
    records = "".join(
        json.dumps({"type": "event", "kind": "report", "summary": None} | event) + "\n" for event in events
    )
    assert driven("import", "-", "--db", str(db), stdin=records).code == 0
    with Reports(db) as timeline:
        return timeline.report(**options)


def test_it_answers_how_many_complaints_were_recorded_for_kandal_and_who_said_so(report: Report) -> None:
    (table,) = metric(report, "complaints").tables
    (kandal,) = (number for number in table.numbers if number.label == "Kandal")
    assert (kandal.text, kandal.said) == ("18", "According to Sar Kheng")
    assert kandal.citation.startswith("18 complaints were received in Kandal from about 19 August 2022")
    assert [(step.stated, step.stated_by, step.event) for step in kandal.steps] == [
        ("18", "Sar Kheng", "2022-09-19-complaints-by-province")
    ]


def test_nobody_said_a_sum_that_the_report_made(report: Report) -> None:
    (total,) = metric(report, "requests").totals
    assert (total.text, total.said) == ("at least 1,334", "Numbers from Sar Kheng")
    assert dict(total.working)["Counted"] == "605 + 601 + 128 = 1,334"


def test_it_answers_who_is_said_to_own_the_huang_le_compound_and_what_he_says(report: Report) -> None:
    (site,) = (one for one in report.sites if one.record["name"] == "Huang Le compound")
    assert all(claim.text.startswith("Kuong Li, according to CamboJA") for claim in site.owners)
    assert [line.roles for line in site.events] == [
        "alleged by BBC", "rejected by Sihanoukville authorities", "comment by Kuong Li",
        "acknowledged by Long Dimanche",
    ]  # fmt: skip
    (answer,) = (
        answer for allegation in report.allegations for answer in allegation.answers if answer.by == ["Kuong Li"]
    )
    assert (answer.stance, answer.after) == ("comments", "41 days later")
    assert "his tenant is a Chinese national" in answer.summary


def test_every_total_is_that_of_stats(report: Report, seeded: Path) -> None:
    with Timeline(seeded) as timeline:
        for one in report.metrics:
            rows = [row for row in timeline.stats(one.name, by="none", cite=True).rows if row["count"] != "none"]
            assert [(n.row["low"], n.row["best"], n.row["high"], n.citation) for n in one.totals] == [
                (row["low"], row["best"], row["high"], row["cite"]) for row in rows
            ]
            for table in one.tables:
                rows = timeline.stats(one.name, by=table.split, cite=True, explain=True).rows
                assert [(n.label, n.row["low"], n.row["high"], n.citation, len(n.steps)) for n in table.numbers] == [
                    (
                        row[table.split] or f"{table.split} not stated",
                        row["low"],
                        row["high"],
                        row["cite"],
                        min(len(row["explain"]), 3),
                    )
                    for row in rows
                ]


def test_every_number_is_explained_and_cited(report: Report) -> None:
    anchors = [number.anchor for number in numbers(report)]
    assert len(set(anchors)) == len(anchors)
    for number in numbers(report):
        assert number.citation.endswith(".")
        assert bool(number.working) == (number.row["figures"] > 1)
        for text in (*(text for _, text in number.working), *(step.how for step in number.steps)):
            assert not re.search(r"\d{4}-\d{2}-\d{2}-", text), text  # numbers are called by their speakers
        assert number.steps
        assert number.row["figures"] == len(number.steps) + number.more_steps


def test_it_has_every_event_with_its_figures_sources_and_relations(report: Report, seeded: Path) -> None:
    with Timeline(seeded) as timeline:
        records = {hit["id"]: hit for hit in timeline.find(where())}
    assert [entry.record["id"] for entry in report.entries] == sorted(
        records, key=lambda id_: (records[id_]["start"], id_)
    )
    sources = {source.number: source for source in report.sources}
    for entry in report.entries:
        record = records[entry.record["id"]]
        assert [figure.record for figure in entry.figures] == record["figures"]
        assert all(figure.citation for figure in entry.figures if figure.record["count"] != "none")
        assert [citation.record for citation in entry.citations] == record["sources"]
        assert all(record["id"] in sources[citation.number].events for citation in entry.citations)
    out = {(one.record["id"], relation.event) for one in report.entries for relation in one.relations}
    assert {(there, here) for here, there in out} == out


def test_sources_are_numbered_from_one_and_listed_once(report: Report) -> None:
    assert [source.number for source in report.sources] == list(range(1, len(report.sources) + 1))
    assert len({source.html for source in report.sources}) == len(report.sources)
    assert report.sources[0].html.startswith("Eung Sea (2023) <i>Year in Review")
    assert '<a href="https://cambojanews.com/' in report.sources[0].html


HOSTILE = '<script>alert(1)</script> & "q" \ue000\ue002 </i>'


def test_a_bibliography_has_no_markup_of_its_sources(empty_db: Path) -> None:
    source = {"outlet": HOSTILE, "title": HOSTILE, "author": HOSTILE, "url": "https://example.org/?a=1&b=<i>"}
    others = [{"outlet": f"{HOSTILE} {at}", "url": f"javascript:alert({at})", "via": HOSTILE} for at in range(3)]
    found = made(empty_db, {"id": "a", "date": "2023-01-01", "title": "A", "sources": [source, *others]})
    for one in found.sources:
        assert "<script" not in one.html
        assert one.html.count("<i>") == one.html.count("</i>")
        assert 'href="javascript' not in one.html


def test_a_filter_is_in_the_title_the_scope_and_what_was_left_out(seeded: Path) -> None:
    with Reports(seeded) as timeline:
        found = timeline.report(where(site="Huang Le compound"))
    assert found.title == "Timeline: site Huang Le compound"
    assert found.scope == [
        "This report has 4 events from 8 March to 18 April 2023. It is limited to events that match: site"
        " Huang Le compound.",
        "All of them come from one publication: CamboJA, “Year in Review: Human Trafficking, Cyber Scams and the"
        " Government's Response”, 16 June 2023. The 3 other sources were not read, but are quoted through it.",
    ]
    assert found.left_out == ["46 events of the timeline that the filters do not match."]
    known = {entry.record["id"] for entry in found.entries}
    assert {one.event for one in found.allegations} <= known
    assert {relation.event for entry in found.entries for relation in entry.relations} <= known | {""}


def test_contested_numbers_show_both_sides(empty_db: Path) -> None:
    first = {
        "id": "raid", "date": "2023-01-01", "kind": "raid", "title": "Raid", "provinces": ["Kandal"],
        "figures": [{"metric": "rescues", "stated": "8", "stated_by": "Police"}],
    }  # fmt: skip
    second = first | {
        "id": "other", "title": "Other", "figures": [{"metric": "rescues", "stated": "14", "stated_by": "An NGO"}],
        "links": [{"type": "disputes", "event": "raid"}],
    }  # fmt: skip
    found = made(empty_db, first, second)
    (total,) = metric(found, "rescues").totals
    assert total.text == "8 to 14, sources differ"
    assert {(side.stated, side.stated_by) for side in total.sides} == {("8", "Police"), ("14", "An NGO")}
    (conflict,) = found.conflicts
    assert [statement.number for statement in conflict.statements] == ["8", "14"]
    assert all(entry.conflicts == [conflict.anchor] for entry in found.entries)


def test_protected_names_are_nowhere(seeded: Path) -> None:
    assert driven("protect", "Kuong Li", "--db", str(seeded)).code == 0
    with Reports(seeded) as timeline:
        found = timeline.report()
    data = [gzip.decompress(download.data).decode() for download in found.downloads]
    for text in (str(found), *data):
        assert "Kuong" not in text
        assert "kuong" not in text
    counts = dict(found.counts)
    assert found.basis.startswith(f"{counts['events']} events, {counts['figures']} figures; "), "also of masked ids"
    assert found.left_out == [
        "The names of 1 protected person. “[protected-N]” replaces them in all parts of this file."
    ]


def test_events_over_time_have_every_month_and_longer_spans_if_there_are_many(empty_db: Path) -> None:
    dates = ["2022-01-05", "2022-03", "2022-01/2022-02", "2022-04~"]
    found = made(empty_db, *({"id": f"e{at}", "date": date, "title": "A"} for at, date in enumerate(dates)))
    assert found.months == [("2022-01", 1, 1), ("2022-02", 0, 1), ("2022-03", 1, 0), ("2022-04", 0, 1)]
    found = made(empty_db, {"id": "long-ago", "date": "2012-06-01", "title": "A"})
    assert [label for label, _, _ in events_over_time(found.entries)][:2] == ["2012-Q2", "2012-Q3"]
    found = made(empty_db, {"id": "longer-ago", "date": "1912-06-01", "title": "A"})
    assert found.months[0] == ("1912", 1, 0)


def test_the_embedded_data_can_be_imported(report: Report, tmp_path: Path, seeded: Path) -> None:
    data = next(one.data for one in report.downloads if one.name == "timeline.jsonl")
    (tmp_path / "timeline.jsonl").write_bytes(gzip.decompress(data))
    db = tmp_path / "again.db"
    assert driven("init", str(db), "--empty").code == 0
    assert driven("import", str(tmp_path / "timeline.jsonl"), "--db", str(db)).code == 0
    with Timeline(db) as again, Timeline(seeded) as timeline:
        assert list(again.lines()) == list(timeline.lines())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--lang", "km"], "--lang takes en"),
        (["--intro", "missing.md"], "--intro missing.md cannot be read"),
        (["--intro", "latin.md"], "is not UTF-8 text"),
        (["--intro", "long.md"], "is too long"),
        (["--css", "end.css"], "</style"),
        (["--actor", "Nobody"], 'No actor named "Nobody"'),
        (["--include-protected"], "No such option"),
        (["-o", "."], "is a folder"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "latin.md").write_bytes("café".encode("latin-1"))
    (tmp_path / "long.md").write_bytes(b"a" * 1_000_001)
    (tmp_path / "end.css").write_text("p { } </STYLE><script>", encoding="utf-8")
    answer = driven("report", "-o", "report.html", *options)
    assert answer.code not in {0, 70}
    assert words in answer.err
    assert not (tmp_path / "report.html").exists()
