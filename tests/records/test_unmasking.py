"""A placeholder in a record from elsewhere becomes the name only where the name is masked again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.records.masking import Masker, Protected
from scamcli.records.unmasking import restored

MASKER = Masker(
    [
        Protected(7, "Quorble Zyxwva", ("Quorble Zyxwva",)),
        Protected(8, "ដារា វាសនា", ("ដារា វាសនា",)),
        Protected(9, "Ann Zyxwva", ("Ann Zyxwva",)),
    ]
)


def stored(title: str, before: str | None = None) -> str:
    record = {"type": "event", "title": title}
    return str(restored(record, None if before is None else {**record, "title": before}, MASKER)["title"])


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Police met [protected-7].", "Police met Quorble Zyxwva."),
        ("[protected-7]'s sister, ([protected-8])", "Quorble Zyxwva's sister, (ដារា វាសនា)"),
        ("ជួប[protected-8]នៅ", "ជួបដារា វាសនានៅ"),
        ("[protected-7] and x[protected-7]", "Quorble Zyxwva and x[protected-7]"),
        ("[protected-7]s", "[protected-7]s"),
        ("x\u200b[protected-7]", "x\u200b[protected-7]"),
        ("[protected-4711]", "[protected-4711]"),
    ],
)
def test_a_placeholder_becomes_the_name_where_it_stands_apart(title: str, expected: str) -> None:
    assert stored(title) == expected


def test_a_word_that_several_share_is_restored_where_it_stands_apart() -> None:
    before = "Quorble Zyxwva met Ann Zyxwva; Zyxwva left"
    assert stored("[protected-7] met [protected-9]; [protected] left!", before) == before + "!"
    assert stored("[protected-7] met [protected-9]; x[protected] left", before).endswith("; x[protected] left")


@given(st.lists(st.sampled_from([*"aZé9 .'_-<>@/\u200b\u00adខ", "&#65;", "[protected-7]", "[protected-8]", "Ann"])))
def test_what_is_restored_prints_as_it_was_given(pieces: list[str]) -> None:
    title = "".join(pieces)
    assert MASKER.text(stored(title)) == MASKER.text(title)


def test_words_of_closed_lists_are_no_texts() -> None:
    record = {"type": "event", "kind": "[protected-7]", "title": "[protected-7]"}
    assert restored(record, None, MASKER) == {**record, "title": "Quorble Zyxwva"}
