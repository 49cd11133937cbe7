"""Dates and sources in words."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.exchange.exporters import sentences

DATES = [
    ("2022-09-19", "19 September 2022"), ("2022-09", "September 2022"), ("2022", "2022"),
    ("2022-08-19/2022-09-19", "19 August to 19 September 2022"), ("2022-09-19/2022-09-22", "19 to 22 September 2022"),
    ("2021-12-30/2022-01-02", "30 December 2021 to 2 January 2022"), ("2022-08/2022-09", "August to September 2022"),
    ("2022/2023", "2022 to 2023"), ("2022-08/2022-09-01", "August 2022 to 1 September 2022"),
    ("2022-09~", "about September 2022"), ("2022-09-19?", "19 September 2022 (uncertain)"),
    ("2022-09-01~/2022-09-19", "about 1 September 2022 to 19 September 2022"), ("2022%", "about 2022 (uncertain)"),
    ("2022-08-18/..", "since 18 August 2022"), ("../2022-09", "until September 2022"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "words"), DATES)
def test_a_date_in_words(date: str, words: str) -> None:
    assert sentences.when(date) == words


def test_a_source_is_a_sentence() -> None:
    source: Any = {
        "outlet": "VOD", "title": "T", "url": "https://e.org", "author": "A", "published": "2022-09-19", "passage": "P",
        "archived": "https://a.org", "accessed": "2023", "via": "CamboJA",
    }  # fmt: skip
    assert sentences.source(source, str, "{} <{}>".format) == (
        "VOD, quoted by CamboJA, “T” <https://e.org>, by A, 19 September 2022. Passage: “P”."
        " Archived copy <https://a.org>. Read 2023."
    )
