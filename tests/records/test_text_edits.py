"""Where a stretch of a text is, once others in it were replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.records.masking import Masker, Protected
from scamcli.records.text_edits import Edit, Rewriting

TEXT = "one two three four"


@pytest.mark.parametrize(
    ("before", "after"),
    [("one", "ONCE"), ("two", "two"), ("three", "3"), ("four", "four"), ("wo", "wo"), ("one two", "ONCE two"),
     ("hre", "3"), ("two three four", "two 3 four"), ("o th", "o 3"), ("ee fo", "3 fo"), (TEXT, "ONCE two 3 four"),
     (" ", " ")],
)  # fmt: skip
def test_where_a_stretch_is(before: str, after: str) -> None:
    found = Rewriting(TEXT)
    found.replace([Edit(0, 3, "ONCE"), Edit(8, 13, "3")])
    start = TEXT.index(before)
    first, last = found.span(start, start + len(before))
    assert found.text[first:last] == after


PARTS = st.lists(st.tuples(st.text("abc é", max_size=6), st.booleans(), st.text("xy", max_size=8)), max_size=12)


@given(PARTS, st.data())
def test_what_was_not_replaced_is_found_again(parts: list[tuple[str, bool, str]], data: st.DataObject) -> None:
    """A text of parts, some of them replaced: each part that was not is where its place says."""
    text, edits, places = "", [], []
    for part, is_replaced, other in parts:
        if is_replaced:
            edits.append(Edit(len(text), len(text) + len(part), other))
        else:
            places.append((len(text), len(text) + len(part)))
        text += part
    found = Rewriting(text)
    found.replace([edit for edit in edits if edit.start < edit.end])
    for start, end in places:
        if start < end:
            assert found.text[slice(*found.span(start, end))] == text[start:end]
    start = data.draw(st.integers(0, len(text)))
    first, last = found.span(start, data.draw(st.integers(start, len(text))))
    assert 0 <= first <= last <= len(found.text)


@given(
    st.lists(
        st.sampled_from(["Zovanny Quexley", "zövanny", "and", "小龍", "Quexley,", "\u200b", "[protected-1]", "e-1"]),
        max_size=12,
    )
)
def test_a_masker_rewrites_as_it_masks(words: list[str]) -> None:
    people = [Protected(1, "Zovanny Quexley", ("Zovanny Quexley",)), Protected(2, "李小龍", ("小龍",))]
    masker, text = Masker(people, {"e-1": "e-protected-1"}), " ".join(words)
    found = Rewriting(text)
    masker.rewrite(found, frozenset({1, 2}))
    assert found.text == masker.without(text, frozenset({1, 2}))
