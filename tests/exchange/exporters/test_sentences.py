"""Dates, figures and sources in words."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.exchange.exporters import sentences
from scamcli.records.models import Event

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


FIGURES: list[tuple[dict[str, Any], str]] = [
    ({"metric": "complaints", "low": 601, "stated": "more than 600", "stated_by": "VOD"},
     "at least 601 complaints (“more than 600”), said by VOD"),
    ({"metric": "rescues", "low": 62, "best": 62, "high": 62, "stated": "62", "nationality": "Indonesian"},
     "62 Indonesians were rescued or freed, speaker not recorded"),
    ({"metric": "losses", "best": 5, "low": 5, "high": 5, "period": "2022-08-19/2022-09-19", "province": "Kandal"},
     "USD 5 was lost to scams, in Kandal, 19 August to 19 September 2022, speaker not recorded"),
    ({"metric": "complaints", "stated": "several", "country": "TH", "note": "A note"},
     "an unknown number of complaints (“several”), in Thailand, speaker not recorded. A note"),
    ({"metric": "complaints", "low": 2, "country": "PH", "nationality": "Thai", "group": "workers"},
     "at least 2 complaints, concerning Thai workers, in the Philippines, speaker not recorded"),
    ({"metric": "losses", "low": 2, "best": 2, "high": 2, "nationality": "American"},
     "USD 2 was lost to scams, concerning American people, speaker not recorded"),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "words"), FIGURES)
def test_a_figure_in_words(figure: dict[str, Any], words: str) -> None:
    given = {"id": "e", "date": "2023", "kind": "raid", "title": "T", "figures": [{"id": "a", **figure}]}
    event: Any = Event.model_validate(given).model_dump()
    assert list(sentences.figures(event, {"complaints": "complaints", "rescues": "people", "losses": "USD"})) == [words]


def test_a_source_is_a_sentence() -> None:
    source: Any = {
        "outlet": "VOD", "title": "T", "url": "https://e.org", "author": "A", "published": "2022-09-19", "passage": "P",
        "archived": "https://a.org", "accessed": "2023", "via": "CamboJA",
    }  # fmt: skip
    assert sentences.source(source, str, "{} <{}>".format) == (
        "VOD, quoted by CamboJA, “T” <https://e.org>, by A, 19 September 2022. Passage: “P”."
        " Archived copy <https://a.org>. Read 2023."
    )
