"""``scamcli edit`` with flags: what it says when a change may not be the one that was meant."""

from __future__ import annotations

import re
import shlex
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


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ("period: 2024-03", {"stated": "22", "period": "2024-03", "count": "aggregate"}),
        (
            "nationality: Thai; by: Example Police",
            {"stated": "22", "nationality": "Thai", "stated_by": "Example Police"},
        ),
        ("stated: more than 20", {"stated": "more than 20", "low": 21, "best": None, "high": None}),
        ("count: aggregate", {"stated": "22", "count": "aggregate"}),
    ],
)
def test_a_figure_is_changed_by_its_id(change: str, figure: dict[str, object]) -> None:
    done("edit", ID, "--figure", f"ID: arrests; {change}")
    (found,) = done("show", ID, "--json").json["figures"]
    assert found | figure == found


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("edit", ID, "--figure", "id: arrest; period: 2024"), 3, 'The event has no figure "arrest".'),
        (("edit", ID, "--figure", "id:; period: 2024"), 2, "expected METRIC: WORDING"),
        (("edit", ID, "--figure", "id: arrests; perod: 2024"), 2, 'there is no key "perod"'),
        (("edit", ID, "--figure", "arrests: 24; stated: 25"), 2, 'there is no key "stated"'),
        (("edit", ID, "--figure", "arrests:; period: 2024"), 4, "A new figure needs a number"),
        (("edit", ID, "--figure", "arrests:; period: 2024"), 4, "`--figure 'id: FIGURE; …'`. It has arrests."),
        (
            ("add", "--date", "2024", "--kind", "raid", "--title", "T", "--figure", "id: arrests; period: 2024"), 2,
            'A new event has no figure "arrests" yet.',
        ),
    ],
)  # fmt: skip
def test_wrong_changes_of_a_figure(arguments: tuple[str, ...], code: int, said: str) -> None:
    seen = run(*arguments)
    assert (seen.code, said in seen.err) == (code, True), seen.err


def test_a_place_that_is_removed_leaves_its_province_and_says_so() -> None:
    done("edit", ID, "--remove", "country: MM")
    done("edit", ID, "--place", "Bavet", "--place", "Kampong Cham")
    seen = done("edit", ID, "--remove", "place: Bavet")
    hint = re.search(r"its province stays: Svay Rieng\. To remove it as well: `scamcli ([^`]*)`", seen.err)
    assert hint, seen.err
    done(*shlex.split(hint[1]))
    assert done("show", ID, "--json").json["provinces"] == ["Kampong Cham"]
    assert "stays" not in done("edit", ID, "--figure", "id: arrests; province: Kampong Cham").err
    assert "stays" not in done("edit", ID, "--remove", "place: Kampong Cham").err, "the figure is there"


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
