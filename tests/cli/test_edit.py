"""``scamcli edit`` with flags: what it says when a change may not be the one that was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

ID = "2024-03-05-raid-in-kandal"


@pytest.fixture(autouse=True)
def event(own_db: Path) -> None:
    """An event with a figure of arrests, in another country than Cambodia."""
    done(
        "add", "--date", "2024-03-05", "--kind", "raid", "--title", "Raid in Kandal", "--country", "MM",
        "--figure", "arrests: 22", "--source", "Example Daily",
    )  # fmt: skip


def stated() -> list[str]:
    return [one["stated"] for one in done("show", ID, "--json").json["figures"]]


def test_a_second_figure_of_a_metric_is_said_with_how_to_replace_the_first() -> None:
    seen = done("edit", ID, "--figure", "arrests: 24")
    assert "The event now has 2 figures of arrests: arrests, arrests-2." in seen.err
    assert f"`scamcli edit {ID} --remove 'figure: arrests'`" in seen.err
    assert stated() == ["22", "24"]
    done("edit", ID, "--remove", "figure: arrests")
    assert stated() == ["24"]


def test_a_part_or_another_metric_is_no_second_figure() -> None:
    seen = done("edit", ID, "--figure", "arrests: 12; part of: arrests", "--figure", "rescues: 3")
    assert "The event now has" not in seen.err


def test_an_id_that_a_figure_has_is_refused_with_how_to_replace_it() -> None:
    seen = run("edit", ID, "--figure", "arrests: 24; id: arrests")
    assert seen.code == 4
    assert seen.err.startswith('scamcli: There is already a figure "arrests".\n')
    assert "To replace it, add `--remove 'figure: arrests'`." in seen.err
    done("edit", ID, "--figure", "arrests: 24; id: arrests", "--remove", "figure: arrests")
    assert stated() == ["24"]


@pytest.mark.parametrize(
    ("removed", "said"),
    [
        ("country: KH", 'The event has no country "KH". It has MM.'),
        ("nationality: Thai", 'The event has no nationality "Thai".'),
        ("source: VOD", 'The event has no source "VOD".'),
        ("linked site: KK Park", 'The event has no linked site "KK Park".'),
    ],
)
def test_what_is_not_there_is_named_in_the_singular(removed: str, said: str) -> None:
    seen = run("edit", ID, "--remove", removed)
    assert seen.code == 3
    assert " ".join(seen.err.replace("scamcli: ", "").split()).startswith(said)
