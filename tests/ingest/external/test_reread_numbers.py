"""Whatever stretch of a sentence a reader calls the wording, the bounds are those of the number that is there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.ingest.external.quotes import UnverifiedError
from scamcli.ingest.external.reread_numbers import reread_number
from scamcli.ingest.proposal import Span
from scamcli.language.vocabulary import METRICS
from scamcli.language.wording.parsing import parse_wording

PHRASES = (
    "45", "more than 45", "at least 1,200", "nearly 300", "20 to 30", "between 20 and 30", "two dozen", "forty-five",
    "about 2.5 thousand", "up to 12", "fewer than 100", "some 60", "over 1,000", "no fewer than 7", "three or four",
)  # fmt: skip
SENTENCES = (
    "On 5 March 2024, police in Kandal freed {} workers from a casino.",
    "Police freed {} Thai workers.",
    "{} people were rescued in Poipet on 19 September 2022, the police said.",
    "The ministry said that {} foreigners had been arrested by then.",
)


@settings(max_examples=400)
@given(st.sampled_from(SENTENCES), st.sampled_from(PHRASES), st.data())
def test_bounds_do_not_depend_on_the_reader(sentence: str, phrase: str, data: st.DataObject) -> None:
    text = sentence.format(phrase if not sentence.startswith("{") else phrase[0].upper() + phrase[1:])
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        found = reread_number(text, Span(0, len(text)), Span(start, end), METRICS["rescues"])
    except UnverifiedError:
        return
    assert found.bounds == parse_wording(phrase), text[start:end]
    assert found.stated in text[:1].lower() + text[1:]


@given(st.sampled_from(SENTENCES), st.sampled_from(PHRASES))
def test_the_number_itself_is_always_read(sentence: str, phrase: str) -> None:
    text = sentence.format(phrase if not sentence.startswith("{") else phrase[0].upper() + phrase[1:])
    start = text.lower().index(phrase.lower())
    found = reread_number(text, Span(0, len(text)), Span(start, start + len(phrase)), METRICS["rescues"])
    assert found.bounds == parse_wording(phrase)
