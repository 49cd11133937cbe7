"""What the first lines say of a publication, and what they are not taken to say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scamcli.ingest.proposal import Metadata
from scamcli.ingest.reading import read

_BODY = "\n\nPolice freed 64 people in the port district on Monday, the chief said.\n"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("16 June 2023 6:40 PM | Ann Example", "2023-06-16"),
        ("Friday, 16 June 2023 18:40", "2023-06-16"),
        ("June 16th, 2023 at 6:40 p.m. ICT", "2023-06-16"),
        ("16 Jun. 2023 | Ann Example and Bo Sample", "2023-06-16"),
        ("Published: 2024-01-05", "2024-01-05"),
        ("Published on Jan 5, 2024 at 6:40 PM - Updated on Jan 7, 2024", "2024-01-05"),
        ("Posted 5 January 2024", "2024-01-05"),
        ("Date: 05.01.2024", "2024-01-05"),
        ("Updated 5 Sept. 2024", "2024-09-05"),
        ("By Ann Example, 5 January 2024", "2024-01-05"),
        ("By Ann Example | January 5, 2024 7:00 am", "2024-01-05"),
        ("By Ann Example\n5 January 2024", "2024-01-05"),
        ("5 January 2024\nBy Ann Example", "2024-01-05"),
        ("*By Ann Example, 5 January 2024*", "2024-01-05"),
        # What may be an entry, a sentence, or not a day.
        ("September 19, 2022", None),
        ("September 19, 2022\n\nPolice freed 12 people.", None),
        ("19 September 2022 | Police raid hotel", None),
        ("19 September 2022: Ann Example is freed", None),
        ("Published 5 January 2024 figures show otherwise", None),
        ("05/01/2024 | Ann Example", None),
        ("Published: 31 February 2024", None),
        ("Posted 5 Maybe 2024", None),
    ],
)
def test_the_day_of_publication(line: str, published: str | None) -> None:
    about = read(f"A raid and its numbers\n\n{line}{_BODY}".encode(), "a.txt").about
    assert about.published == published
    assert about.title == "A raid and its numbers"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (" \n\nA raid and its numbers" + _BODY, "A raid and its numbers"),
        ("A raid and its numbers\nBy Ann Example" + _BODY, "A raid and its numbers"),
        ("# A *raid* and [its](x) numbers\nText goes on here.", "A raid and its numbers"),
        ("Published: 2024-01-05\n\nA raid and its numbers" + _BODY, "A raid and its numbers"),
        ("Title: A raid and its numbers\nSource: Harbour Post" + _BODY, "A raid and its numbers"),
        ('---\ntitle: "A raid: what we know"\n---' + _BODY, "A raid: what we know"),
        ("ការជួយសង្គ្រោះជនរងគ្រោះ" + _BODY, "ការជួយសង្គ្រោះជនរងគ្រោះ"),
        ("A raid and its numbers\nand a second line of it" + _BODY, None),
        ("Police freed 64 people in the port district." + _BODY, None),
        ("September 19, 2022" + _BODY, None),
        ("Menu" + _BODY, None),
    ],
)
def test_the_title(text: str, title: str | None) -> None:
    assert read(text.encode(), "a.txt").about.title == title


@pytest.mark.parametrize(
    ("line", "outlet", "url"),
    [
        ("Source: Harbour Post", "Harbour Post", None),
        ("Source: https://x.example/2023/a", None, "https://x.example/2023/a"),
        ("URL: <https://x.example/a>", None, "https://x.example/a"),
        ("https://x.example/a", None, "https://x.example/a"),
        ("— The Harbour Post", "The Harbour Post", None),
        ("— The Governor", None, None),
        ("editor@harbourpost.example", None, None),
        ("Source: the police say that nobody was there, and nobody was.", None, None),
    ],
)
def test_outlet_and_address_only_where_they_are_stated(line: str, outlet: str | None, url: str | None) -> None:
    about = read(f"A raid and its numbers\n\n{line}{_BODY}".encode(), "a.txt").about
    assert (about.outlet, about.url) == (outlet, url)


def test_a_paper_that_signs_at_the_foot() -> None:
    assert read(f"A raid{_BODY * 20}\n— Harbour Post\n".encode(), "a.txt").about.outlet == "Harbour Post"


@pytest.mark.skipif("SCAMCLI_ARTICLE" not in os.environ, reason="SCAMCLI_ARTICLE names no article")
def test_the_article_of_the_seed() -> None:
    document = read(Path(os.environ["SCAMCLI_ARTICLE"]).read_bytes(), "article.txt")
    title = "Year in Review: Human Trafficking, Cyber Scams and the Government's Response"
    assert document.about == Metadata(title, None, None, "2023-06-16")
    assert document.notes == ()
