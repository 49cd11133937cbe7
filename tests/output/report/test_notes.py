"""Notes on how to read tables: a list has each sentence once, also if it is about tables with different splits."""

from __future__ import annotations

import pytest

from scamcli.output.report.contents import Table
from scamcli.output.report.notes import joined_notes

ADD_UP = "Rows that name a {0} can be added; figures that name no {0} may belong to any row."


@pytest.mark.parametrize(
    ("splits", "joined"),
    [
        (["province"], [ADD_UP.format("province")]),
        (["province", "province"], [ADD_UP.format("province")]),
        (["country", "province", "nationality"], [ADD_UP.format("country, province or nationality")]),
    ],
)
def test_notes_that_differ_by_the_split_are_one(splits: list[str], joined: list[str]) -> None:
    tables = [Table(split, (), (ADD_UP.format(split), "The same.")) for split in splits]
    assert joined_notes(tables, ["The same.", "Another."]) == [*joined, "The same.", "Another."]


def test_other_words_for_a_split_stay() -> None:
    assert joined_notes([Table("kind", (), ("Of this kind.",)), Table("group", (), ("Of this kind.",))]) == [
        "Of this kind."
    ]
