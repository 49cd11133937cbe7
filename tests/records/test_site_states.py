"""Claims about the state of a site: their order, which are the latest, and whether a site reopened after a raid."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.language import dates
from scamcli.language.vocabulary import SITE_STATUSES
from scamcli.records import site_states
from tests.helpers.record_strategies import PERIODS

if TYPE_CHECKING:
    from scamcli.records.types import SiteStatusDict


def claims(*given: str) -> list[SiteStatusDict]:
    """Claims from texts: ``raided 2023-01``."""
    found = []
    for text in given:
        status, _, date = text.partition(" ")
        said = {"status": status, "date": date or None, "stated_by": None, "outlet": None, "event": None, "note": None}
        found.append(cast("SiteStatusDict", said))
    return found


@pytest.mark.parametrize(
    ("said", "latest"),
    [
        ([], []),
        (["operating"], ["operating"]),
        (["raided 2023-01-02", "reopened 2023-02-01"], ["reopened"]),
        (["reopened 2023-02-01", "raided 2023-01-02"], ["reopened"]),
        (["closed 2023-02-01", "operating 2023-02-01"], ["closed", "operating"]),  # two speakers disagree
        (["closed 2023-02", "operating 2023-02-10"], ["closed", "operating"]),  # the month includes the day
        (["closed 2023-02", "closed 2023-02-10"], ["closed"]),
        (["closed 2023-01", "operating 2023-02-10"], ["operating"]),
        (["operating 2022/..", "raided 2023-01-02"], ["operating", "raided"]),  # it may still be so
        (["operating", "raided 2023-01-02"], ["raided"]),  # without a date, it is superseded by any dated claim
        (["operating", "closed"], ["operating", "closed"]),
        (["operating ../2022", "raided 2023"], ["raided"]),
        (["raided 2023-01~", "reopened 2023-02"], ["reopened"]),
    ],
)  # fmt: skip
def test_the_latest_claims(said: list[str], latest: list[str]) -> None:
    assert site_states.latest_statuses(claims(*said)) == latest


@pytest.mark.parametrize(
    ("said", "reopened"),
    [
        (["raided 2023-01-02", "reopened 2023-02"], True),
        (["raided 2023-01-02", "operating 2023-02"], True),
        (["reopened 2023-02", "raided 2023-01-02"], True),
        (["raided 2023-01", "reopened 2023-01-20"], True),  # the word says that it was closed before
        (["raided 2023-01", "operating 2023-01-20"], False),  # it may have been raided afterwards
        (["raided 2023-01-02", "reopened 2022-12"], False),
        (["operating 2022", "raided 2023-01-02"], False),
        (["raided 2023-01-02", "closed 2023-01-03"], False),
        (["closed 2023-01-02", "reopened 2023-02"], False),  # closed, but nobody says that it was raided
        (["raided", "reopened 2023-02"], False),
        (["raided 2023-01-02", "reopened"], False),
        (["raided 2023-01-02", "reopened 2023-02", "raided 2023-03"], True),
    ],
)  # fmt: skip
def test_raided_and_reopened(said: list[str], *, reopened: bool) -> None:
    assert site_states.was_reopened(claims(*said)) is reopened


anything = st.lists(
    st.builds(
        lambda status, date: f"{status} {date or ''}".strip(),
        st.sampled_from(SITE_STATUSES),
        st.none() | st.sampled_from(PERIODS),
    ),
    max_size=6,
)


@given(anything, st.randoms())
def test_the_order_of_entry_does_not_matter(said: list[str], random: object) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert set(site_states.latest_statuses(claims(*said))) == set(site_states.latest_statuses(claims(*shuffled)))
    assert site_states.was_reopened(claims(*said)) == site_states.was_reopened(claims(*shuffled))


@given(anything)
def test_a_claim_is_superseded_only_by_one_that_is_certainly_later(said: list[str]) -> None:
    def supersedes(one: SiteStatusDict, other: SiteStatusDict) -> bool:
        if one["date"] is None or other["date"] is None:
            return one["date"] is not None
        start, end = dates.parse_date(one["date"]).start, dates.parse_date(other["date"]).end
        return start is not None and end is not None and start > end

    given = claims(*said)
    slow = [claim for claim in given if not any(supersedes(other, claim) for other in given)]
    assert sorted(map(str, site_states.latest(given))) == sorted(map(str, slow))
