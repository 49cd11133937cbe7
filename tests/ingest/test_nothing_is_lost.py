"""Each number of people in a gold text is in a figure, in the list of a draft, or in the list of the text."""

from __future__ import annotations

import re

import pytest

from evaluation.cases import Case, gold_cases
from evaluation.tool import document
from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Known, Metadata

WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety dozens hundreds thousands"
)
NOUNS = (
    "people persons men women girls boys children workers victims suspects foreigners nationals citizens migrants"
    " survivors bodies recruits returnees passengers minors captives detainees prisoners complaints cases"
)
_ANY_WORD, _ANY_NOUN = WORDS.replace(" ", "|"), NOUNS.replace(" ", "|")
NUMBER = re.compile(
    rf"(?<![\w,./-])(\d{{1,3}}(?:,\d{{3}})+|\d+|(?i:{_ANY_WORD})) (?:[A-Za-z][a-z]+ )?(?:{_ANY_NOUN})\b",
)
"""A plain scan, which knows nothing of the rules: a number, at most one adjective, and a noun not in a headline."""


def lost(case: Case) -> list[str]:
    """The numbers of people that the scan finds and `ingest` does not mention."""
    found = extract(read := document(case), case.known)
    spans = [reason.span for draft in found.drafts for reason in draft.reasons if reason.field.startswith("figures.")]
    spans += [span for draft in found.drafts for span in draft.unread]
    spans += found.outside
    return [
        match[0]
        for match in NUMBER.finditer(read.text)
        if not any(start < match.end(1) and match.start(1) < end for start, end in spans)
    ]


CASES = gold_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_text_is_read_to_its_end(case: Case) -> None:
    extract(document(case), case.known)


@pytest.mark.parametrize("case", [case for case in CASES if case.half == "tune"], ids=lambda case: case.name)
def test_no_number_of_people_is_lost(case: Case) -> None:
    assert lost(case) == []


def test_no_number_of_people_is_lost_in_the_half_that_is_held_back() -> None:
    held = [case for case in CASES if case.half == "held"]
    assert sum(len(NUMBER.findall(document(case).text)) for case in held) > 200, "the scan finds nothing to look for"
    assert sum(len(lost(case)) for case in held) == 0  # which ones is not looked at


@pytest.mark.parametrize(
    ("headline", "outside"),
    [
        ("23 men freed from villa", []),
        ("24 men freed from villa", ["24 men"]),
        ("23 men freed, 4 women held", ["4 women"]),
    ],
)
def test_a_headline_is_listed_only_with_numbers_that_no_draft_has(headline: str, outside: list[str]) -> None:
    body = "Police freed 23 men from a villa in Kandal on 3 May 2024."
    assert outside_of(f"{headline}\n\n{body}\n", headline) == outside


def outside_of(text: str, headline: str) -> list[str]:
    """The numbers in no draft, as the text has them."""
    found = extract(Document(text, Metadata(headline)), Known())
    return [text[span.start : span.end] for span in found.outside]
