"""Splitting text into sentences of words, each with its exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scamcli.ingest.words import sentences, sentences_in, words

WORDS = [
    ("Chinese-led gangs", "Chinese|-|led|gangs"),
    ("Cambodia's police", "Cambodia|'s|police"),
    ("the workers’ passports", "the|workers|’|passports"),
    ("they didn't", "they|did|n't"),
    ("$2.5 million", "$|2.5|million"),
    ("1,480 people", "1,480|people"),
    ("1,48 people", "1|,|48|people"),
    ("600k", "600k"),
    ("the 19th", "the|19th"),
    ("95%", "95|%"),
    ("O'Brien and K99", "O'Brien|and|K99"),
    ("U.S. citizens", "U.S.|citizens"),
    ("10 a.m. today", "10|a.m.|today"),
    ("2022-09-19", "2022|-|09|-|19"),
    ("19/09/2022", "19|/|09|/|2022"),
    ("(12)", "(|12|)"),
    ("“go”…", "“|go|”|…"),
    ("wait... no", "wait|...|no"),
    ("1.2.3", "1|.|2|.|3"),
    ("", ""),
    (" \n\t ", ""),
]

SENTENCES = [
    ("Police freed ten. They went home.", "Police freed ten.|They went home."),
    ("Police freed ten! They went home? Yes.", "Police freed ten!|They went home?|Yes."),
    ("Gen. Sok San spoke. Mr. Lee did not.", "Gen. Sok San spoke.|Mr. Lee did not."),
    ("Lt. Gen. Sok San said so.", "Lt. Gen. Sok San said so."),
    ("Acme Co. Ltd. owns it.", "Acme Co. Ltd. owns it."),
    ("He came on Sept. 19 and left.", "He came on Sept. 19 and left."),
    ("He came on Fri. Sept. 19.", "He came on Fri. Sept. 19."),
    ("See No. 12 there.", "See No. 12 there."),
    ("A. B. Invented spoke.", "A. B. Invented spoke."),
    ("U.S. citizens lost money.", "U.S. citizens lost money."),
    ("It cost 2.5 million. He paid.", "It cost 2.5 million.|He paid."),
    ("Police freed ten.They went home.", "Police freed ten.|They went home."),
    ("See example.com for more.", "See example.com for more."),
    ("“We freed ten.” He left.", "“We freed ten.”|He left."),
    ("He said: “We freed ten.” Then he left.", "He said: “We freed ten.”|Then he left."),
    ("(Ten were freed.) Two were not.", "(Ten were freed.)|Two were not."),
    ("It was over… Then it began.", "It was over…|Then it began."),
    ("Ten were freed. 12 were not.", "Ten were freed.|12 were not."),
    ("Ten were freed\n\nTwo were not", "Ten were freed|Two were not"),
    ("Ten were\nfreed on Monday.", "Ten were\nfreed on Monday."),
    ("Ten were freed.\nTwo were not.", "Ten were freed.|Two were not."),
    ("Ten were freed etc. and left.", "Ten were freed etc. and left."),
    ("កម្ពុជា។ ភ្នំពេញ។", "កម្ពុជា។|ភ្នំពេញ។"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_of_a_text(text: str, expected: str) -> None:
    assert [word.text for word in words(text)] == (expected.split("|") if expected else [])


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences_of_a_text(text: str, expected: str) -> None:
    found = [text[one[0].start : one[-1].end] for one in sentences(text)]
    assert found == (expected.split("|") if expected else [])


def test_a_paragraph_that_breaks_off_goes_on_in_the_next() -> None:
    text = "Police freed ten\nworkers in Kandal. Two fled."
    every = words(text)
    cut = next(at for at, word in enumerate(every) if word.text == "workers")
    found = sentences_in(text, every, [(0, cut), (cut, len(every))])
    assert [[word.text for word in one][-2] for one in found] == ["Kandal", "fled"]


def test_a_stretch_has_the_offsets_of_the_whole_text() -> None:
    text = "Before. Police freed ten. After."
    (found,) = sentences(text, 8, 25)
    assert text[found[0].start : found[-1].end] == "Police freed ten."


TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["Gen.", "ten", "U.S.", "2.5", ".", "\n\n", "“", "”", " ", "ស ខេង", "\x00", "'s", "…"]),
        max_size=30,
    ).map("".join),
)


@given(TEXTS)
@example("a\u2028b. C")
@example("İ. I\u0307s")
def test_words_stand_where_they_say_and_none_is_lost(text: str) -> None:
    every = words(text)
    at = 0
    for word in every:
        assert word.start >= at
        assert not text[at : word.start].strip()
        assert text[word.start : word.end] == word.text
        assert word.lower == word.text.lower()
        at = word.end
    assert not text[at:].strip()
    assert [word for sentence in sentences(text) for word in sentence] == every
