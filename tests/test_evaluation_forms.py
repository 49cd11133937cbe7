"""The texts in the manner of real ones: their two annotations, the scores of each form, and drafts without edits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from evaluation import __main__ as command
from evaluation import agreement, by_form, report
from evaluation.cases import FORMS, GOLD, HALVES, Case, gold_cases
from evaluation.entries import Entry, Figure
from evaluation.scoring import align, needs_no_edit, tally
from scamcli.ingest.proposal import Known, Metadata
from scamcli.language.dates import parse_date
from scamcli.language.vocabulary import EVENT_KINDS, METRICS

if TYPE_CHECKING:
    from pathlib import Path

FREED = Figure("rescues", 62, 62, 62, nationality="Indonesian", province="Kampot", stated_by="Tempo")
WOMEN = Figure("rescues", 20, 20, 20, group="women", whole=0)
ENTRY = Entry("2022-08-01", "rescue", ["Kampot"], ["KH"], ["Indonesian"], ["Tempo"], ["Tempo"], [FREED, WOMEN])


def test_the_page_shows_how_far_the_annotations_agree() -> None:
    assert report.part(command.PAGE.read_text(encoding="utf-8"), report.AGREEMENT) == agreement.table()


def test_each_text_has_two_annotations_in_the_vocabulary() -> None:
    texts = agreement.compared()
    assert len({text.name for text in texts}) == len(texts) == 46
    assert {(text.half, text.form) for text in texts} == {(half, form) for half in HALVES for form in FORMS}
    for entry in (entry for text in texts for pair in text.pairs for entry in pair if entry is not None):
        parse_date(entry.date)
        assert entry.kind in EVENT_KINDS
        assert {figure.metric for figure in entry.figures} <= METRICS.keys()
        assert {figure.whole for figure in entry.figures} <= {None, *range(len(entry.figures))}


def test_annotations_of_different_texts_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    line = {"name": "x", "half": "tune", "form": "wire", "entries": []}
    (other := tmp_path / "second.jsonl").write_text(f"{json.dumps(line)}\n" * 46)
    monkeypatch.setattr(agreement, "SECOND", other)
    with pytest.raises(ValueError, match="do not have the same texts: held-real-01"):
        agreement.compared()


def test_texts_in_the_manner_of_real_ones_name_their_form_and_are_those_with_two_annotations_or_one() -> None:
    real, more = (
        {(case.name, case.half, case.form) for case in gold_cases() if part in case.name}
        for part in ("-real-", "-more-")
    )
    assert real == {(text.name, text.half, text.form) for text in agreement.compared()}
    assert {half for _, half, _ in more} == {"tune"}, "a text that was annotated once is not held back"
    assert real | more == {(case.name, case.half, case.form) for case in gold_cases() if case.form is not None}


@pytest.mark.parametrize(
    ("proposed", "right"),
    [
        (ENTRY, True),
        (ENTRY._replace(kind="raid", actors=[], sources=[]), True),
        (ENTRY._replace(date="2022-08-01~"), False),
        (ENTRY._replace(provinces=[]), False),
        (ENTRY._replace(countries=["KH", "TH"]), False),
        (ENTRY._replace(nationalities=["Malaysian"]), False),
        (ENTRY._replace(figures=[FREED]), False),
        (ENTRY._replace(figures=[FREED, WOMEN, WOMEN]), False),
        (ENTRY._replace(figures=[FREED._replace(stated_by=None), WOMEN]), False),
        (ENTRY._replace(figures=[FREED, WOMEN._replace(group="men")]), False),
        (ENTRY._replace(figures=[FREED._replace(metric="arrests"), WOMEN]), False),
    ],
)
def test_a_draft_needs_no_edit_if_date_places_people_and_figures_are_right(proposed: Entry, right: bool) -> None:
    [pair] = align([ENTRY], [proposed])
    assert needs_no_edit(pair) is right


def test_the_share_without_edits_is_one_of_drafts() -> None:
    other = ENTRY._replace(date="2023")
    assert by_form.share_without_edits(align([ENTRY, other], [ENTRY])) == 1, "a missed entry is no draft"
    assert by_form.share_without_edits(align([ENTRY], [ENTRY, other])) == 0.5
    assert by_form.share_without_edits(align([ENTRY], [])) is None


def test_each_form_is_scored_apart_beside_the_agreement_of_its_half() -> None:
    case = Case("made-up", "tune", GOLD, Metadata(), [ENTRY], Known())
    texts = [(case, align([ENTRY], [ENTRY])), (case._replace(form="wire"), align([ENTRY], []))]
    lines = [line.split(" | ") for line in by_form.table("tune", texts).splitlines()[4:]]
    assert [line[:2] for line in lines] == [["| older texts", "1"], ["| wire", "1"], ["| all forms", "1"]]
    assert set(lines[0][2:]) == {"1.000 / –", "1.000 / – |"}
    wires = [text for text in agreement.compared() if (text.half, text.form) == ("tune", "wire")]
    expected = tally("entries", [pair for text in wires for pair in text.pairs])
    assert lines[1][2] == f"0.000 / {expected.f1:.3f}"
    assert lines[1][-1].startswith("– / 0.")
