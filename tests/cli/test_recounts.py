"""What a figure counts is derived again when the date or kind of its event changes, unless somebody chose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done

if TYPE_CHECKING:
    from pathlib import Path

STORY = "PHNOM PENH, March 14, 2025 (Reuters) - Police in Kandal freed {number} Thai workers on {day}."


def drafted(number: int, day: str) -> str:
    """The id of the draft of a story, whose date is counted back from its dateline, and so is uncertain."""
    ids: list[str] = done(
        "ingest", "-", "--outlet", "Reuters", "--json", stdin=STORY.format(number=number, day=day)
    ).ids
    return ids[0]


def count_of(id_: str, at: int = 0) -> str:
    count: str = done("show", id_, "--json").json["figures"][at]["count"]
    return count


@pytest.fixture
def draft(own_db: Path) -> str:
    return drafted(36, "Wednesday")


def test_a_confirmed_date_makes_an_incident(draft: str) -> None:
    assert count_of(draft) == "aggregate"
    seen = done("edit", draft, "--date", "2025-03-12")
    assert count_of(draft) == "incident"
    assert "rescues: counted as incident (a rescue on one day)." in seen.err


def test_a_date_made_vague_makes_a_sum_again(draft: str) -> None:
    done("edit", draft, "--date", "2025-03-12")
    seen = done("edit", draft, "--date", "2025-03")
    assert count_of(draft) == "aggregate"
    assert "rescues: counted as aggregate (a rescue on no certain day)." in seen.err


@pytest.mark.parametrize(
    ("values", "count"),
    [
        (("--kind", "statement"), "aggregate"),
        (("--figure", "id: rescues; period: 2025-03"), "aggregate"),
        (("--figure", "id: rescues; period: 2025-03; count: incident"), "incident"),
        (("--title", "Another title"), "incident"),
        (("--date", "2025-03-12/2025-03-13"), "incident"),
    ],
)
def test_it_follows_from_the_kind_and_the_period_too(draft: str, values: tuple[str, ...], count: str) -> None:
    done("edit", draft, "--date", "2025-03-12")
    done("edit", draft, *values)
    assert count_of(draft) == count


def test_a_chosen_count_stays(draft: str) -> None:
    done("edit", draft, "--figure", "id: rescues; count: incident")
    done("edit", draft, "--date", "2025-03~")
    assert count_of(draft) == "incident"
    done("edit", draft, "--date", "2025-03-12")
    done("edit", draft, "--figure", "id: rescues; count: aggregate")
    done("edit", draft, "--date", "2025-03-12?")
    done("edit", draft, "--date", "2025-03-12")
    assert count_of(draft) == "aggregate", "although it is what would have followed from an uncertain date"


def test_parts_follow_their_whole(own_db: Path) -> None:
    text = "March 2025: Police in Kandal freed 45 Thai workers, 12 of them women."
    (id_,) = done("ingest", "-", "--outlet", "Daily", "--json", stdin=text).ids
    assert (count_of(id_), count_of(id_, 1)) == ("aggregate", "aggregate")
    done("edit", id_, "--date", "2025-03-12")
    assert (count_of(id_), count_of(id_, 1)) == ("incident", "incident")
