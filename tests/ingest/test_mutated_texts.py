"""Texts of the gold with parts moved, cut, repeated or damaged: each is read without an error, into valid drafts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from evaluation.cases import gold_cases
from evaluation.tool import document
from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Known, Metadata
from scamcli.language.dates import parse_date
from tests.helpers.measure import dice, share

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from scamcli.ingest.proposal import Proposal

pytestmark = pytest.mark.thorough

TEXTS = share(200)
# fmt: off
_DATES = [
    "3 May 2024", "on Sunday", "Last year", "2023-05-01", "March 2023", "yesterday", "May 31st", "12/03/2021", "Jun",
    "the first quarter of 2022", "29 February", "between 3 and 5 May", "two days ago", "2016 up to 20 July", "190609",
    "since January", "early 2020", "May 5, 2000 workers", "2567",
]
_BITS = [
    "(", ")", "“", "”", '"', ":", ";", "–", ",", ".", "?", "\n", "\n\n", "\t", "|", "/", "$", "¥", "%", "12", "1,200",
    "dozen", "some", "more", "than", "between", "of", "whom", "who", "said", "the", "Lao", "Thai", "K99", "²", "½", "٣",
    "១២", "３", "\u200b", "\u00a0", "é", "ﬁ", "I.", "U.S.", "O’", "’s", "n’t", "*", "#", ">", "Updated", "Release",
]
# fmt: on


def _between(text: str, source: random.Random) -> tuple[int, int]:
    start = source.randrange(len(text) + 1)
    return start, min(len(text), start + source.randrange(400))


def _shuffle(text: str, source: random.Random) -> str:
    found = re.split(r"(?<=[.!?])\s+", text)
    source.shuffle(found)
    return source.choice([" ", "\n\n", "\n"]).join(found)


def _insert(text: str, source: random.Random) -> str:
    words = text.split(" ")
    words.insert(source.randrange(len(words) + 1), source.choice(_DATES + _BITS))
    return " ".join(words)


def _damage(text: str, source: random.Random) -> str:
    at = source.randrange(len(text) + 1)
    return text[:at] + source.choice(_BITS) + text[at:]


def _cut(text: str, source: random.Random) -> str:
    start, end = _between(text, source)
    return text[:start] + text[end:]


def _end(text: str, source: random.Random) -> str:
    return text[: source.randrange(len(text) + 1)]


def _repeat(text: str, source: random.Random) -> str:
    (start, end), at = _between(text, source), source.randrange(len(text) + 1)
    return text[:at] + text[start:end] + text[at:]


def _recase(text: str, source: random.Random) -> str:
    start, end = _between(text, source)
    return text[:start] + source.choice([str.upper, str.lower, str.title])(text[start:end]) + text[end:]


def _join_lines(text: str, source: random.Random) -> str:
    return text.replace("\n\n", source.choice(["\n", " ", "\n\n\n"]), source.choice([1, -1]))


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _shuffle, _insert, _insert, _damage, _damage, _cut, _end, _repeat, _recase, _join_lines,
)  # fmt: skip


def mutated(texts: list[str], source: random.Random) -> str:
    """A text of the gold, or two of them, after up to 40 changes."""
    text = "\n\n".join(source.sample(texts, source.choice([1, 1, 2])))
    for _ in range(source.choice([1, 3, 10, 40])):
        text = source.choice(_CHANGES)(text, source)
    return text if text.strip() else "A."


def require_valid(draft: Proposal, text: str) -> None:
    """Require that a draft can be stored: its dates exist, its parts have wholes, and its reasons are in the text."""
    figures = draft.record["figures"]
    ids = {figure["id"] for figure in figures}
    assert parse_date(draft.record["date"])
    assert len(ids) == len(figures)
    assert {figure["part_of"] for figure in figures} <= ids | {None}
    assert all(parse_date(figure["period"]) for figure in figures if figure["period"] is not None)
    assert all(0 <= start <= end <= len(text) for reason in draft.reasons for start, end in [reason.span])


@pytest.mark.parametrize("part", range(10))
def test_damaged_texts_are_read_into_valid_drafts(part: int) -> None:
    texts = [document(case).text for case in gold_cases() if case.half == "tune"]
    read = 0
    for number in range(TEXTS):
        source = dice("a damaged text", part, number)
        text = mutated(texts, source)
        published = source.choice([None, "2024-06-01", "2023", "2022-03", "2015-03-03"])
        drafts = extract(Document(text, Metadata(published=published)), Known()).drafts
        read += len(drafts)
        for draft in drafts:
            require_valid(draft, text)
    assert read > TEXTS
