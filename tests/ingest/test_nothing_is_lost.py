"""Each number of people in a gold text is in a figure, in the list of a draft, or in the list of the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.cases import Case, gold_cases
from evaluation.tool import document
from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Known, Metadata
from scamcli.ingest.titles import is_headline
from scamcli.ingest.words import words
from scamcli.language.wording.parsing import parse_wording
from tests.helpers.gold import TUNE

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
    rf"(?<![\w,./-])(?<!(?i:one in) )(?<!(?i:one in every) )(\d{{1,3}}(?:,\d{{3}})+|\d+|(?i:{_ANY_WORD}))"
    rf" (?:(?!(?i:{_ANY_WORD}) )[A-Za-z][a-z]+ )?(?:{_ANY_NOUN})\b",
)
"""A plain scan, which knows nothing of the rules: a number, at most one adjective, and a noun not in a headline."""


def lost(case: Case) -> list[str]:
    """The numbers of people that the scan finds and `ingest` does not mention."""
    found = extract(read := document(case), case.known)
    spans = [reason.span for draft in found.drafts for reason in draft.reasons if reason.field.startswith("figures.")]
    spans += [span for draft in found.drafts for span in draft.unread]
    spans += found.outside
    stated = {parse_wording(read.text[slice(*span)].split()[0]) for span in spans}
    return [
        match[0]
        for match in NUMBER.finditer(read.text)
        if not any(start < match.end(1) and match.start(1) < end for start, end in spans)
        and not (is_in_headline(read, match.start()) and parse_wording(match[1]) in stated)
    ]


def is_in_headline(read: Document, at: int) -> bool:
    """Whether a position is in a line without a full stop, which can repeat a number of the text."""
    start, end = read.text.rfind("\n", 0, at) + 1, (read.text + "\n").find("\n", at)
    return is_headline(tuple(words(read.text[start:end])), read.about.title)


@pytest.mark.parametrize("case", TUNE)
def test_no_number_of_people_is_lost(case: Case) -> None:
    assert lost(case) == []


def test_no_number_of_people_is_lost_in_the_half_that_is_held_back() -> None:
    held = [case for case in gold_cases() if case.half == "held"]
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


def outside_of(text: str, headline: str | None = None) -> list[str]:
    """The numbers in no draft, as the text has them."""
    found = extract(Document(text, Metadata(headline)), Known())
    return [text[span.start : span.end] for span in found.outside]


BODY = "On 3 May 2024, police freed 23 men from a villa in Kandal. They were tired."


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        (f"Newsletter of the Delta Desk\n\nTop story\n\n{BODY}", []),
        (f"{BODY}\n\nNewsletter\n\nIn Kampot, the same men had held 45 women.", ["45 women"]),
        (f"{BODY}\n\nPhoto: Some of the 45 women who were freed in Kampot.", ["45 women"]),
        (f"{BODY}\n\nPhoto: Some of the 23 men who were freed.", []),
        (f"{BODY}\n\n[12] The court in Kampot freed 45 women.", ["45 women"]),
        (f"Mae Sot update\n\nAwaiting transport: 146\n\n{BODY}", ["146"]),
        (f"{BODY}\n\n| Country | Dead |\n|---|---|\n| Laos | 27 | 3 |\n| Total | 77 | 5 |", ["27", "3", "77", "5"]),
        (f"{BODY}\n\nผู้เสียหาย จำนวน 91 คน\n\nผู้เสียหายจำนวน91คน", ["91", "91"]),
        (f"{BODY}\n\nជនរងគ្រោះ ចំនួន ៩១ នាក់", ["៩១"]),
        (f"{BODY}\n\nHotline: +66 2 555 0137. Office: 034 555 017. File 12345678.", []),
    ],
    ids=[
        "a newsletter",
        "below the end",
        "a caption",
        "a caption that repeats",
        "a footnote",
        "a row above",
        "a table",
        "Thai",
        "Khmer",
        "telephones",
    ],
)
def test_what_seems_to_surround_an_article_is_listed(text: str, outside: list[str]) -> None:
    found = extract(Document(text, Metadata()), Known())
    assert [figure["stated"] for draft in found.drafts for figure in draft.record["figures"]] == ["23"]
    assert outside_of(text) == outside


@pytest.mark.parametrize(
    ("body", "unread"),
    [
        ("Police freed three girls and a man.", ["a man"]),
        ("A young woman and two boys were freed.", ["A young woman"]),
        ("Police freed three girls. A man was tired.", []),
        ("The charity helped 45 women. Nine in ten of them were Kenyan.", ["Nine"]),
        ("The hotline took 212 calls, up from 180.", ["212", "180"]),
        ("The hotline took 212 calls for help, up from 180.", []),
    ],
)
def test_numbers_that_become_no_figure_are_listed(body: str, unread: list[str]) -> None:
    text = f"{body} Police freed 99 workers on 3 May 2024."
    found = extract(Document(text, Metadata(published="2024-05-03")), Known())
    spans = [span for draft in found.drafts for span in draft.unread] + list(found.outside)
    assert [text[slice(*span)] for span in sorted(spans)] == unread


def test_posts_that_begin_with_a_time_in_brackets_are_read() -> None:
    text = "Updates\n\n[15:10] Police freed 23 men on 3 May 2024.\n\n[11:30] They also freed 45 women.\n"
    found = extract(Document(text, Metadata(published="2024-05-03")), Known())
    assert [figure["stated"] for draft in found.drafts for figure in draft.record["figures"]] == ["23", "45"]


@pytest.mark.parametrize("text", ["", " \n\n", "!", "12"])
def test_a_text_without_a_sentence_gives_no_draft(text: str) -> None:
    assert extract(Document(text, Metadata()), Known()).drafts == []


DAY = ("March 3", "3 March", "Mar. 3, 2024", "2024-03-03", "Monday, March 4", "3/3/2024", "the 4th")
OTHER_DAY = ("March 6", "6 March", "March 6, 2024")
MONTH = ("March", "March 2024", "May", "late March")
COUNTED = ("41", "1,200", "forty-one", "7", "20 to 30", "at least 15", "dozens of", "a pair of")
PEOPLE = ("people", "Thais", "Sri Lankans", "Chinese nationals", "young men", "victims", "cases", "others")
TEMPLATES = (
    "Police freed {x} {n} on {d} and {y} {n} on {e}.",
    "Police freed {x} {n} on {d}, {y} {n} on {e} and nine on May 9.",
    "On {d} {x} {n} were freed, and {y} on {e}.",
    "On {d}, {x} {n} and on {e}, {y} {n} were freed.",
    "Between {d} and {e}, {x} {n} were freed, against {y} in {m}.",
    "From {d} to {e}, {x} {n} were freed; from then on, {y}.",
    "By {d}, {x} {n} had come; as of {e}, {y}.",
    "In {m} {x} {n} were freed.",
    "In {m} \x0123 {n} were freed, up from {y} a year earlier.",
    "Since {m} \x0123 {n} have returned; {y} wait.",
    "The number of {n} rose from {x} to {y} in {m}.",
    "{d}: {x} {n} freed; {y} held.",
    "{d}\n{x} {n} freed\n{y} {n} held",
    "- {d}: {x} {n}\n- {e}: {y} {n}",
    "Rescued: {x} ({d})\nAwaiting transport: {y}",
    "| Date | Freed | Held |\n|---|---|---|\n| {d} | {x} | \x015 |\n| Total | \x0117 | {y} |",
    "| Country | Freed | Dead |\n|---|---|---|\n| Laos | {x} | \x013 |\n| Total | \x0117 | {y} |",
    "Photo: Some of the {x} {n} who were freed on {d}. (AFP)",
    "ผู้เสียหาย {x} คน\n\nOn {d}, police freed {y} {n}.",
)
AROUND = (
    ("", ""),
    ("Mae Sot update\n\n", "\n\nOn 7 March 2024, police freed 99 workers."),
    ("Police freed 99 workers on 2 March 2024.\n\n", ""),
)


MARK = "\1"
"""Stands before each number that must not be lost."""


@st.composite
def marked_texts(draw: st.DrawFn) -> str:
    """A text of one of the templates, with its numbers marked."""
    parts = {"n": PEOPLE, "d": DAY, "e": OTHER_DAY, "m": MONTH, "x": COUNTED, "y": COUNTED}
    drawn = {key: draw(st.sampled_from(values)) for key, values in parts.items()}
    drawn |= {key: MARK + drawn[key] for key in "xy"}
    before, after = draw(st.sampled_from(AROUND))
    return before + draw(st.sampled_from(TEMPLATES)).format(**drawn) + after


@settings(max_examples=100)
@given(marked=marked_texts(), published=st.sampled_from((None, "2024-06-15")))
def test_no_number_beside_a_date_is_lost(marked: str, published: str | None) -> None:
    text = marked.replace(MARK, "")
    places = [match.start() - before for before, match in enumerate(re.finditer(MARK, marked))]
    found = extract(Document(text, Metadata(published=published)), Known())
    spans = [reason.span for draft in found.drafts for reason in draft.reasons if reason.field.startswith("figures.")]
    spans += [span for draft in found.drafts for span in draft.unread] + list(found.outside)
    stated = {figure["stated"].split()[-1] for draft in found.drafts for figure in draft.record["figures"]}
    for place in places:
        core = place + len("at least ") * text.startswith("at least", place)
        is_repeated = text[core:].split()[0].strip(".,;|") in stated  # a headline that repeats a figure
        assert is_repeated or any(start <= core < end for start, end in spans), (text, text[place : place + 9])
