"""Where a quote is in a text: exactly, or after both were normalised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.ingest.external.quotes import Quotes, is_bounded
from scamcli.ingest.proposal import Span

FOUND = [
    # the text, the quote, and the words of the text at which it is found
    ("Police freed 45 workers.", "freed 45", "freed 45"),
    ("Police “freed” 45—all Thai.", '"freed" 45-all', "“freed” 45—all"),
    ("He said ‘it’s over’.", "'it's over'", "‘it’s over’"),
    ("Police\n  freed\t45\u00a0workers.", "Police freed 45 workers", "Police\n  freed\t45\u00a0workers"),
    ("A cafe\u0301 in Kampot.", "café in", "cafe\u0301 in"),
    ("A café in Kampot.", "cafe\u0301 in", "café in"),
    ("Freed ４５ workers…", "45 workers...", "４５ workers…"),
    ("soft\u00adhyphen", "softhyphen", "soft\u00adhyphen"),
    ("ប៉ូលិស\u200bបាន\u200bសង្គ្រោះ ៤៥នាក់។", "ប៉ូលិសបានសង្គ្រោះ៤៥នាក់", "ប៉ូលិស\u200bបាន\u200bសង្គ្រោះ ៤៥នាក់"),
    ("ប៉ូលិសបានសង្គ្រោះ ៤៥នាក់។", "ប៉ូលិស\u200bបាន សង្គ្រោះ", "ប៉ូលិសបានសង្គ្រោះ"),
    ("ខេត្ត\u17d2ត", "ខេត្ត\u17d2ដ", "ខេត្ត\u17d2ត"),  # coeng TA and coeng DA look the same
    ("ตำรวจช่วยเหลือ 45 คน", "ตํารวจช่วยเหลือ45คน", "ตำรวจช่วยเหลือ 45 คน"),
    ("น้ำ", "น\u0e4d\u0e49า", "น้ำ"),  # sara am and a tone mark in either order
    ("警方解救了\n45名工人。", "警方解救了45名工人", "警方解救了\n45名工人"),
]  # fmt: skip

NOT_FOUND = [
    ("Police freed 45 workers.", "freed 46"),
    ("Police freed 45 workers.", "Freed 45"),
    ("Police freed 45 workers.", ""),
    ("Police freed 45 workers.", " \u200b "),
    ("Police freed 45 workers.", "."),
    ("A café", "cafe"),
    ("45² workers", "452 workers"),
    ("ប៉ូលិស", "ប៉ូល"),  # it would cut a vowel off its letter
    ("2 45", "245"),
    ("一 二", "一。二"),
]


@pytest.mark.parametrize(("text", "quote", "words"), FOUND)
def test_a_quote_is_found(text: str, quote: str, words: str) -> None:
    found = Quotes(text).find(quote)
    assert found is not None
    assert text[slice(*found)] == words


@pytest.mark.parametrize(("text", "quote"), NOT_FOUND)
def test_what_is_only_similar_is_not_found(text: str, quote: str) -> None:
    assert Quotes(text).find(quote) is None


def test_a_place_is_chosen() -> None:
    quotes = Quotes("45 men. 45 women. “45” men.")
    assert quotes.find("45") == (0, 2)
    assert quotes.find("45", start=9) == (8, 10)
    assert quotes.find("45", within=Span(8, 17)) == (8, 10)
    assert quotes.find("45", within=Span(3, 6)) == (0, 2)
    assert quotes.find("45", start=-99999) == (0, 2)
    assert quotes.find('"45"', start=3) == (18, 22)


@pytest.mark.parametrize(
    ("text", "words", "bounded"),
    [
        ("freed 45 workers", "45", True), ("freed 45 workers", "5", False), ("freed 45 workers", "work", False),
        ("freed 1,000 men", "1", False), ("freed 1,000 men", "000", False), ("freed 2.5 kg", "2", False),
        ("freed 45, then 3", "45", True), ("in 45.", "45", True), ("警方解救了45名工人", "45", True),
        ("警方解救了45名工人", "解救", True), ("45th day", "45", False), ("1234", "23", False),
    ],
)  # fmt: skip
def test_words_and_numbers_are_not_cut(text: str, words: str, bounded: bool) -> None:
    at = text.index(words)
    assert is_bounded(text, Span(at, at + len(words))) is bounded


ANYTHING = st.text(alphabet=st.sampled_from("ab 1²é\u0301\u200b\n“—កា្ត\u17d2ำ้น45一ﬁ"), max_size=30)


@given(ANYTHING, ANYTHING)
def test_a_quote_is_found_where_a_slow_search_finds_it(text: str, quote: str) -> None:
    """Whatever is found has, on its own, the same normal form as the quote."""
    from scamcli.ingest.external.quotes import Normalised

    found = Quotes(text).find(quote)
    if found is None:
        assert not any(map(str.isalnum, quote)) or quote not in text or text[text.index(quote) + len(quote) :][:1] > "~"
    else:
        assert 0 <= found.start < found.end <= len(text)
        assert Normalised(text[slice(*found)]).text.strip() == Normalised(quote).text.strip()
