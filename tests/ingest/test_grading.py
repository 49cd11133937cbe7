"""Details of figures have reasons, and grades say how often similar fields were right, as far as the gold shows."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

import scamcli.ingest.grading
from evaluation.cases import gold_cases
from evaluation.grades import Judged, judge
from evaluation.tool import document
from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Grade, Known, Metadata, Reason

CARDS = tomllib.loads(Path(scamcli.ingest.grading.__file__).with_name("grades.toml").read_text(encoding="utf-8"))
STORY = (
    "On 5 March 2024, Minister Ana Example said that 45 Thai workers had been freed in Kandal. "
    "She said that nine of them were women."
)


def reasons(text: str, known: Known = Known()) -> dict[str, Reason]:  # noqa: B008 - a named tuple
    (draft,) = extract(Document(text, Metadata()), known).drafts
    return {reason.field: reason for reason in draft.reasons}


@cache
def judged(half: str) -> list[Judged]:
    return [one for case in gold_cases() if case.half == half for one in judge(case, document(case))]


def test_each_detail_of_a_figure_has_the_words_that_it_comes_from() -> None:
    found = reasons(STORY)
    words = {field: STORY[slice(*reason.span)] for field, reason in found.items() if field.count(".") == 2}
    assert words == {
        "figures.rescues.nationality": "Thai",
        "figures.rescues.province": "Kandal",
        "figures.rescues.stated_by": "Ana Example",
        "figures.rescues-2.stated_by": "Ana Example",
        "figures.rescues-2.part_of": "45 Thai workers",
    }
    rules = {field: found[field].rule for field in words}
    assert rules["figures.rescues.stated_by"] == "found in its sentence"
    assert rules["figures.rescues-2.part_of"] == "found before its sentence"


def test_what_was_never_compared_is_not_sure() -> None:
    """Neither a name that the timeline knows, nor a place or a site, which the gold does not have."""
    known = Known(actors={"Haven for Migrants": "Haven for Migrants"}, kinds={"Haven for Migrants": "ngo"})
    found = reasons("5 March 2024: Haven for Migrants freed 45 people from KK Park in Mae Sot.", known)
    assert {found["actors.Haven for Migrants"].grade, found["places.Mae Sot"].grade} == {Grade.LIKELY}


def test_the_same_words_are_less_certain_in_a_later_sentence_of_a_long_entry() -> None:
    first = "5 March 2024: Police freed 45 people in Kandal."
    later = f"5 March 2024: Police freed 45 people. {'Nobody else was there. ' * 4}It was in Kandal."
    order = list(Grade)
    assert order.index(reasons(first)["provinces.Kandal"].grade) < order.index(reasons(later)["provinces.Kandal"].grade)


@pytest.mark.parametrize("half", ["held", pytest.param("tune", marks=pytest.mark.thorough)])
def test_grades_say_how_often_fields_are_right(half: str) -> None:
    right = {grade: [one.is_right for one in judged(half) if one.grade is grade] for grade in Grade}
    shares = {grade: sum(found) / len(found) for grade, found in right.items()}
    assert len(right[Grade.SURE]) > 100
    assert len(right[Grade.SURE]) + len(right[Grade.LIKELY]) > 600
    assert shares[Grade.SURE] >= scamcli.ingest.grading.SURE
    assert shares[Grade.LIKELY] >= scamcli.ingest.grading.LIKELY
    assert shares[Grade.UNSURE] < scamcli.ingest.grading.LIKELY


@pytest.mark.thorough
def test_every_sign_that_has_a_number_occurs() -> None:
    """`make eval EVAL=--calibrate` renews the numbers after a rule was renamed."""
    seen = {(one.family, sign) for one in judged("tune") for sign in one.signs}
    assert {(family, sign) for family, card in CARDS.items() for sign in card} - seen == set()


def test_a_draft_is_right_against_itself_and_wrong_against_nothing() -> None:
    case = next(case for case in gold_cases() if case.name.startswith("tune-real-05"))
    read = document(case)
    from evaluation.tool import proposed

    same = list(judge(case._replace(gold=proposed(case, read)), read))
    assert len(same) > 20
    assert all(one.is_right for one in same)
    assert not any(one.is_right for one in judge(case._replace(gold=[]), read))
