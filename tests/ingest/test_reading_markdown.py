"""The view of a text without its marks: as long as the text, with the words where they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.ingest.reading import plain_view


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("He [said](https://vod.example/a_(b)) so.", "He said so."),
        ('[VOD reports](<x y> "A title"), he said', "VOD reports , he said"),
        ("He [said][1] so.\n\n[1]: https://x.example 'T'\n", "He said so."),
        ("a [two\nline](#) label", "a two line label"),
        ("![Raid on 9 May 2023](a.jpg) [![b](c)](d) text", "text"),
        ("town.[12][3] More[^2] of it\n\n[^2]: A note of 20 words", "town. More of it A note of 20 words"),
        ("the [12] people [sic] there", "the [12] people [sic] there"),
        ("# September 19, 2022\n## Two ##", "September 19, 2022 Two ##"),
        ("#raid and #scam", "#raid and #scam"),
        (
            "**September 19, 2022**: *freed* __all__ of _them_ and ***both***",
            "September 19, 2022 : freed all of them and both",
        ),
        ("5*3, 5 * 3, snake_case_name, 200*", "5*3, 5 * 3, snake_case_name, 200"),
        ("- one\n* two\n  + three\n• four\n•five\n- [ ] six", "one two three four five six"),
        ("-78 % and - 78", "-78 % and - 78"),
        ("> quoted\n> > twice\n> - item", "quoted twice item"),
        ("Title\n=====\n\nTwo\n---\n\n* * *\ntext", "Title Two text"),
        ("| Country | People |\n|:---|---:|\n| Laos | 12 |", "Country People Laos 12"),
        ("lost \\$2.5 million, 19\\. May \\*", "lost $2.5 million, 19 . May *"),
        ("See https://x.example/2023/06/16/a_b, or <https://y.example/5>.", "See , or ."),
        ("a<br>b <sup>2</sup> <!-- 20\nwords --> c < d > e", "a b 2 c < d > e"),
        ("---\ntitle: A\ndate: 2023-06-16\n---\n\nText", "Text"),
        ("---\n\nText of 2023\n\n---\n", "Text of 2023"),
        ("```\ncode 5\n```\n`x` ~~y~~", "code 5 x y"),
        ("16 June 2023 6:40 PM | Eung Sea", "16 June 2023 6:40 PM | Eung Sea"),
        ("&amp; &#39; ខ្មែរ\u200bx", "&amp; &#39; ខ្មែរ\u200bx"),
    ],
)
def test_marks_become_spaces(text: str, read_as: str) -> None:
    view = plain_view(text)
    assert " ".join(view.split()) == read_as
    assert len(view) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, view, strict=True))


@given(st.text(st.sampled_from("ab 12\n\n[]()!*_#>-+•|`~\\<>/:.^=&htps:/w"), max_size=200))
def test_each_character_stays_or_becomes_a_space(text: str) -> None:
    view = plain_view(text)
    assert len(view) == len(text)
    for old, new in zip(text, view, strict=True):  # the leaders of a table become a colon
        assert new == old or (new == " " and old != "\n") or (new, old) == (":", ".")


@given(st.text(st.sampled_from("ab 12\n.,;'“”–%$()"), max_size=100))
def test_a_text_without_marks_is_its_own_view(text: str) -> None:
    assert plain_view(text) == text or "...." in text or ". . . ." in text  # leaders of a table
