"""Numbered items of a release that report events of their own, and a date of publication that the text contradicts."""

from __future__ import annotations

import pytest

from scamcli.ingest.proposal import Metadata
from tests.helpers.proposals_of import proposals


def drafts(text: str, published: str = "2024-05-12") -> list[tuple[str, list[str], list[str]]]:
    """The date, the provinces and the figures of each draft."""
    return [
        (one.record["date"], one.record["provinces"], [figure["stated"] for figure in one.record["figures"]])
        for one in proposals(text, Metadata(outlet="Example Police", published=published))
    ]


ITEMS = (
    "In Mae Sot, officers raided two houses on 9 May and arrested four men.",
    "In Chiang Rai, officers freed 12 workers from a villa.",
    "In Aranyaprathet, police stopped a van with nine people.",
)
MAE_SOT = ("2024-05-09?", ["Tak, TH"], ["two", "four"])


@pytest.mark.parametrize("mark", ["{}. ", "{}) "])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_each_item_with_a_place_is_a_draft(mark: str, gap: str) -> None:
    items = gap.join(mark.format(at) + item for at, item in enumerate(ITEMS, 1))
    found = drafts(f"POLICE PRESS RELEASE\n\n12 May 2024\n\n{items}\n")
    assert found == [
        MAE_SOT,
        ("2024-05-12", ["Chiang Rai, TH"], ["12"]),
        ("2024-05-12", ["Sa Kaeo, TH"], ["nine"]),
    ]


def test_the_sentence_above_dates_the_items() -> None:
    items = "\n".join(f"{at}. {item}" for at, item in enumerate(ITEMS, 1))
    found = drafts(f"Weekly summary\n\nThe police report these operations from 6 to 11 May 2024:\n\n{items}\n")
    assert [date for date, *_ in found] == ["2024-05-09", "2024-05-06/2024-05-11", "2024-05-06/2024-05-11"]


@pytest.mark.parametrize(
    "items",
    [
        "1. 20 phones\n2. three cars in the yard\n",
        "1. The court in Tak should free them.\n2. Police in Tak must act.\n",
    ],
    ids=["things", "advice"],
)
def test_other_items_belong_to_the_event_above(items: str) -> None:
    found = drafts(f"On 9 May 2024, officers raided a villa in Mae Sot and freed 12 men. They noted:\n\n{items}")
    assert [date for date, *_ in found] == ["2024-05-09"]


DIGEST = (
    "Digest\n\n2 September 2023\nPolice freed 45 workers in Bavet.\n\n"
    "5 September 2023\nIn Kampot, police held nine men.\n"
)


@pytest.mark.parametrize("published", ["2023-08-01", "2023-09-08"])
def test_a_date_of_publication_before_all_days_of_a_digest_is_ignored(published: str) -> None:
    assert [date for date, *_ in drafts(DIGEST, published)] == ["2023-09-02", "2023-09-05"]
