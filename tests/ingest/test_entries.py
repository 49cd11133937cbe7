"""Splitting a text into dated entries: each form that timelines use, and what is not an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scamcli.ingest.entries import split_entries
from scamcli.ingest.proposal import Grade, Metadata
from scamcli.language.dates import parse_date

if TYPE_CHECKING:
    from scamcli.ingest.dated_entries import Entries

ONE = "Police freed 45 people in Kandal."
TWO = "Officers arrested 30 suspects in Poipet."


def found(text: str, **about: str) -> Entries:
    return split_entries(text, Metadata(**about))


def dates(entries: Entries) -> list[str]:
    return [entry.dated.date for entry in entries.dated]


def bodies(text: str, entries: Entries) -> list[str]:
    """What each entry says, in one line, without its date."""
    return [" ".join(text[one.sentences[0][0].start : one.sentences[-1][-1].end].split()) for one in entries.dated]


FORMS = [
    ("September 19, 2022", "September 22, 2022", "2022-09-19", "2022-09-22"),
    ("19 September 2022", "22 September 2022", "2022-09-19", "2022-09-22"),
    ("19th September 2022", "22nd September 2022", "2022-09-19", "2022-09-22"),
    ("Sept. 19, 2022", "Sept. 22, 2022", "2022-09-19", "2022-09-22"),
    ("19 Sep 2022", "22 Sep 2022", "2022-09-19", "2022-09-22"),
    ("2022-09-19", "2022-09-22", "2022-09-19", "2022-09-22"),
    ("19/09/2022", "22/09/2022", "2022-09-19", "2022-09-22"),
    ("27–29 March 2023", "1–2 April 2023", "2023-03-27/2023-03-29", "2023-04-01/2023-04-02"),
    ("March 27–29, 2023", "April 1–2, 2023", "2023-03-27/2023-03-29", "2023-04-01/2023-04-02"),
    ("28 March – 2 April 2023", "4–5 April 2023", "2023-03-28/2023-04-02", "2023-04-04/2023-04-05"),
    ("Monday, September 19, 2022", "Thursday, September 22, 2022", "2022-09-19", "2022-09-22"),
    ("Monday 19 September 2022", "Thursday 22 September 2022", "2022-09-19", "2022-09-22"),
]
LAYOUTS = {
    "alone": "{0}\n\n{1}\n\n{2}\n\n{3}\n",
    "alone, text in the next line": "{0}\n{1}\n\n{2}\n{3}\n",
    "dash": "{0} – {1}\n\n{2} – {3}\n",
    "hyphen": "{0} - {1}\n{2} - {3}\n",
    "colon": "{0}: {1}\n\n{2}: {3}\n",
    "em dash without spaces": "{0}—{1}\n\n{2}—{3}\n",
    "bullets": "• {0}: {1}\n• {2}: {3}\n",
    "stars": "* {0}: {1}\n* {2}: {3}\n",
    "numbers": "1. {0}: {1}\n2. {2}: {3}\n",
    "brackets": "({0}) {1}\n\n({2}) {3}\n",
    "bar": "{0} | {1}\n\n{2} | {3}\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("first", "second", "one", "two"), FORMS)
def test_every_form_in_every_layout(layout: str, first: str, second: str, one: str, two: str) -> None:
    text = LAYOUTS[layout].format(first, ONE, second, TWO)
    entries = found(text)
    assert dates(entries) == [one, two]
    assert bodies(text, entries) == [ONE, TWO]
    assert {entry.dated.grade for entry in entries.dated} == {Grade.SURE}
    assert entries.undated == ()
    for entry, heading, body in zip(entries.dated, (first, second), (ONE, TWO), strict=True):
        assert text[entry.heading.start : entry.heading.end] in heading
        assert text[entry.passage.start : entry.passage.end].startswith(text[entry.heading.start : entry.heading.end])
        assert text[entry.passage.start : entry.passage.end].endswith(body)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("October 2022", "November 2022", "March 2023"), ["2022-10", "2022-11", "2023-03"]),
        (("Oct. 2022", "Nov. 2022", "Mar. 2023"), ["2022-10", "2022-11", "2023-03"]),
        (
            ("June–August 2022", "September–December 2022", "March 2023"),
            ["2022-06/2022-08", "2022-09/2022-12", "2023-03"],
        ),
        (("Early August 2022", "Late October 2022", "Mid-March 2023"), ["2022-08~", "2022-10~", "2023-03~"]),
    ],
)
def test_months_and_stretches_of_months(layout: str, headings: tuple[str, str, str], expected: list[str]) -> None:
    first, second, third = headings
    text = LAYOUTS[layout].format(first, ONE, second, TWO) + LAYOUTS[layout].format(third, ONE, "March 2022", "")
    entries = found(text)
    assert dates(entries)[:3] == expected
    assert bodies(text, entries)[1] == TWO


@pytest.mark.parametrize(("first", "second", "one", "two"), FORMS[:5])
def test_a_date_glued_to_its_text_begins_an_entry(first: str, second: str, one: str, two: str) -> None:
    text = f"{first} {ONE}\n\n{second} {TWO}\n"
    assert dates(found(text)) == [one, two]
    assert bodies(text, found(text)) == [ONE, TWO]


@pytest.mark.parametrize(
    "glued",
    [
        f"{ONE} September 22, 2022 {TWO} September 25, 2022: {ONE}",
        f"{ONE}September 22, 2022 {TWO}September 25, 2022 {ONE}",
        f"{ONE}September 22, 2022: {TWO}September 25, 2022 – {ONE}",
        f"{ONE}\nSeptember 22, 2022 {TWO}\nSeptember 25, 2022 {ONE}",
        f"{ONE}September 22, 2022{TWO}September 25, 2022{ONE}",
    ],
)
def test_entries_that_are_glued_together_come_apart(glued: str) -> None:
    text = f"September 19, 2022\n\n{glued}\n\nSeptember 28, 2022\n\n{TWO}\n"
    assert dates(found(text)) == ["2022-09-19", "2022-09-22", "2022-09-25", "2022-09-28"]
    assert bodies(text, found(text)) == [ONE, TWO, ONE, TWO]


def test_a_heading_and_one_that_is_glued_to_its_text_are_two() -> None:
    text = f"September 19, 2022\n\n{ONE} September 22, 2022: {TWO}\n"
    assert dates(found(text)) == ["2022-09-19", "2022-09-22"]


def test_a_date_inside_of_an_entry_is_no_other_entry() -> None:
    text = f"September 19, 2022\n\n{ONE} They had been held since June 3, 2022. {TWO}\n\nSeptember 22, 2022\n\n{TWO}\n"
    assert dates(found(text)) == ["2022-09-19", "2022-09-22"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Early August 2022: {ONE}\nLate October 2022: {TWO}\n", ["2022-08~", "2022-10~"]),
        (f"In October 2022, {ONE}\n\nIn November 2022, {TWO}\n", ["2022-10", "2022-11"]),
        (f"Early August 2022\n\n{ONE}\n\nmid-September 2022\n\n{TWO}\n", ["2022-08~", "2022-09~"]),
        (
            f"On 19 September 2022, police freed 45 people.\n\nOn 22 September 2022, {TWO}\n",
            ["2022-09-19", "2022-09-22"],
        ),
    ],
)
def test_stretches_of_a_month_and_dates_in_sentences(text: str, expected: list[str]) -> None:
    assert dates(found(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"2014\n\n29 February: {ONE}\n\n3 March: {TWO}\n", ["2014-02", "2014-03-03"]),
        (f"2014\n\n28 February – 2 March: {ONE}\n\n29 February – 4 March: {TWO}\n",
         ["2014-02-28/2014-03-02", "2014-02/2014-03-04"]),
        (f"2016\n\n29 February: {ONE}\n\n3 March: {TWO}\n", ["2016-02-29", "2016-03-03"]),
    ],
)  # fmt: skip
def test_a_day_that_its_year_does_not_have_is_only_its_month(text: str, expected: list[str]) -> None:
    entries = found(text)
    assert dates(entries) == expected
    assert all(parse_date(one) for one in dates(entries))


@pytest.mark.parametrize("above", ["2022\n\n", "2022:\n", "— 2022 —\n\n"])
def test_a_line_with_the_year_completes_the_days_below(above: str) -> None:
    text = f"{above}19 September: {ONE}\n\n22 September: {TWO}\n\n2023\n\n3 January: {ONE}\n\n4 January: {TWO}\n"
    entries = found(text)
    assert dates(entries) == ["2022-09-19", "2022-09-22", "2023-01-03", "2023-01-04"]
    assert {entry.dated.grade for entry in entries.dated} <= {Grade.SURE, Grade.LIKELY}


def test_the_year_of_the_title_completes_days_without_one() -> None:
    text = f"19 September: {ONE}\n\n22 September: {TWO}\n"
    entries = found(text, title="Raids of 2022, day by day")
    assert dates(entries) == ["2022-09-19", "2022-09-22"]
    assert {entry.dated.grade for entry in entries.dated} == {Grade.LIKELY}


def test_a_title_with_two_years_turns_at_new_year() -> None:
    text = f"November 3: {ONE}\n\nDecember 30: {TWO}\n\nJanuary 2: {ONE}\n\nMarch 9: {TWO}\n"
    assert dates(found(text, title="Raids, 2022–2023")) == ["2022-11-03", "2022-12-30", "2023-01-02", "2023-03-09"]


def test_the_entry_before_completes_a_day_and_only_a_new_year_is_marked() -> None:
    text = f"19 September 2022: {ONE}\n\n22 September: {TWO}\n\n3 January: {ONE}\n"
    entries = found(text)
    assert dates(entries) == ["2022-09-19", "2022-09-22", "2023-01-03?"]
    assert [entry.dated.grade for entry in entries.dated] == [Grade.SURE, Grade.UNSURE, Grade.UNSURE]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2023-06-16", ["2022-09-19?", "2022-09-22?"]),
        ("2022-10-01", ["2022-09-19?", "2022-09-22?"]),
        ("2023-12-31", ["2023-09-19?", "2023-09-22?"]),
        ("2023", ["2023-09-19?", "2023-09-22?"]),
    ],
)
def test_the_publication_completes_days_and_they_are_marked(published: str, expected: list[str]) -> None:
    entries = found(f"19 September: {ONE}\n\n22 September: {TWO}\n", published=published)
    assert dates(entries) == expected
    assert {entry.dated.grade for entry in entries.dated} == {Grade.UNSURE}


@pytest.mark.parametrize(
    "text",
    [
        f"19 September: {ONE}\n\n22 September: {TWO}\n",
        f"September 19\n\n{ONE}\n\nSeptember 22\n\n{TWO}\n",
        f"• Sept. 19 – {ONE}\n• Sept. 22 – {TWO}\n",
        f"27–29 March: {ONE}\n\n1–2 April: {TWO}\n",
        f"Early August\n\n{ONE}\n\nLate October\n\n{TWO}\n",
    ],
)
def test_a_year_is_never_invented(text: str) -> None:
    entries = found(text)
    assert entries.dated == ()
    assert len(entries.undated) == 2
    assert all(text[span.start : span.end].strip(":") in text for span in entries.undated)


def test_what_is_asked_for_is_the_date_itself() -> None:
    text = f"19 September: {ONE}\n\n22 September: {TWO}\n"
    assert [text[span.start : span.end] for span in found(text).undated] == ["19 September", "22 September"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police freed 45 people on Tuesday. On Thursday, 12 were flown home.", ["2024-03-12?", "2024-03-14?"]),
        ("Police freed 45 people on Friday.", ["2024-03-15?"]),
        ("On Saturday police freed 45 people in Kandal.", ["2024-03-09?"]),
        ("Police freed 45 people in Kandal yesterday.", ["2024-03-14?"]),
        ("On Monday, 4 March, police freed 45 people.", ["2024-03-04?"]),
        ("Police said on Wednesday that 15 people had died. The boat capsized on Monday.", ["2024-03-11?"]),
        ("Police have freed 120 people since the boat capsized on Monday.", ["2024-03-11?"]),
        ("Police freed 45 people on Tuesday. On Friday, ministers will meet.", ["2024-03-12?"]),
        ("SANTA ANA, Ca. (March 14, 2024): Police freed 45 people on Tuesday.", ["2024-03-12?"]),
    ],
)
def test_weekdays_are_those_before_the_publication(text: str, expected: list[str]) -> None:
    assert dates(found(text, published="2024-03-15")) == expected


@pytest.mark.parametrize(
    ("text", "expected", "grade"),
    [
        ("Police freed 45 people on Tuesday.", "2024-03-12?", Grade.LIKELY),
        ("Police freed 45 people overnight.", "2024-03-14?", Grade.LIKELY),
        ("Two days ago, police freed 45 people.", "2024-03-13?", Grade.LIKELY),
        ("Police freed 45 people over the weekend.", "2024-03-09?/2024-03-10?", Grade.UNSURE),
        (
            "Police freed 45 people over the weekend, the ministry said on Monday.",
            "2024-03-09?/2024-03-10?",
            Grade.UNSURE,
        ),
        ("Last week, police freed 45 people.", "2024-03-04?/2024-03-10?", Grade.UNSURE),
        ("Police freed 45 people three weeks ago.", "2024-02-19?/2024-02-25?", Grade.UNSURE),
        ("Police freed 45 people last month.", "2024-02?", Grade.UNSURE),
        ("Earlier this year, police freed 45 people.", "2024?", Grade.UNSURE),
        ("Police have freed 45 people so far this year.", "2024?", Grade.UNSURE),
        ("A man who escaped last month told police. On Tuesday they freed 45 people.", "2024-03-12?", Grade.LIKELY),
    ],
)
def test_dates_are_counted_back_from_the_publication(text: str, expected: str, grade: Grade) -> None:
    entries = found(text, published="2024-03-15").dated
    assert [(entry.dated.date, entry.dated.grade) for entry in entries] == [(expected, grade)]


def test_today_is_no_guess_if_the_text_gives_its_date() -> None:
    text = "Friday, March 15, 2024\n\nThe attorney today announced that 45 people had been freed.\n"
    assert dates(found(text, published="2024-03-15")) == ["2024-03-15"]
    assert dates(found("The attorney today announced it.", published="2024-03-15")) == ["2024-03-15?"]


def test_lines_that_begin_with_a_bare_year_or_day_are_headings_if_there_are_several() -> None:
    text = "1991 A protocol was signed.\n\nJan 1999 A man was found dead.\n\n2001 The centre houses 1,600 people.\n"
    assert dates(found(text)) == ["1991", "1999-01", "2001"]
    text = f"2022\n\n14 January Police freed 45 people.\n\n2021\n\n24 November {TWO}\n\n4 November {ONE}\n"
    assert dates(found(text)) == ["2022-01-14", "2021-11-24", "2021-11-04"]
    assert dates(found(f"1991 {ONE} It was all.\n\n{TWO}\n", published="2024-03-15")) != ["1991"]


def test_days_are_counted_back_from_the_dateline() -> None:
    text = "VIENTIANE, March 12 (Example Wire) - Police freed 45 people on Monday."
    assert dates(found(text, published="2024-03-15")) == ["2024-03-11?"]


@pytest.mark.parametrize(
    "above", ["45 freed in Kandal", "45 freed in Kandal\n\nBy Ada Brel", "NEWS\n\n45 freed\n\nBy Bo"]
)
def test_a_dateline_below_a_headline_completes_dates(above: str) -> None:
    text = f"{above}\n\nVIENTIANE, March 12, 2024 - Police freed 45 people on March 9.\n"
    assert [one.rstrip("?") for one in dates(found(text))] == ["2024-03-09"]


@pytest.mark.parametrize("text", ["Police freed 45 people on Tuesday.", "Police freed 45 people yesterday."])
def test_a_weekday_without_a_publication_is_no_date(text: str) -> None:
    assert found(text).dated == ()


def test_weekdays_beside_headings_are_no_entries() -> None:
    text = f"Monday, 19 September 2022\n\n{ONE} They left on Tuesday.\n\nThursday, 22 September 2022\n\n{TWO}\n"
    assert dates(found(text, published="2022-10-01")) == ["2022-09-19", "2022-09-22"]


PROSE = [
    (f"On 19 September 2022, {ONE} They were Thai. On 22 September 2022, {TWO}", ["2022-09-19", "2022-09-22"]),
    ("In October 2022, police freed 45 people. The next entry follows.", ["2022-10"]),
    ("Police freed 45 people on 19 September 2022. They had been there since June 2021.", ["2022-09-19"]),
    ("Since 19 September 2022, nothing has changed.", []),
    ("Between 19 and 22 September 2022, police freed 45 people.", ["2022-09-19/2022-09-22"]),
    ("Complaints fell in 2022 compared with 2021.", []),
    ("The law of 2008 was old. Police are many. Nothing else happened there.", []),
    ("", []),
    ("Nothing is dated here. Police freed 45 people.", []),
]


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_an_article_without_headings_becomes_its_dated_sentences(text: str, expected: list[str]) -> None:
    assert dates(found(text)) == expected


def test_a_dated_sentence_has_those_after_it_and_the_lead() -> None:
    text = f"Some came. On 19 September 2022, {ONE} They were Thai. On 22 September 2022, {TWO}"
    entries = found(text)
    assert [len(entry.sentences) for entry in entries.dated] == [3, 1]
    assert entries.before == ()


BODY = f"September 19, 2022\n\n{ONE}\n\nSeptember 22, 2022\n\n{TWO}\n"
FURNITURE = [
    "1,010 views\n\nYou may also like\n\nJune 3, 2023\n\nOther headline about a casino\n\nJune 4, 2023\n\nOne more\n",
    "Related\n\nJune 3, 2023\nPolice raid a casino in Bavet\nJune 4, 2023\nMinister meets envoys\n",
    "Most viewed\n\n1 June 2023 Police raid a casino\n2 June 2023 Minister meets envoys\n",
    "Tags: scams, Kandal\n\nCopyright 2023\n",
    "Share this\nHome\nAbout us\nContact\n12 March 2023\n",
]


@pytest.mark.parametrize("below", FURNITURE)
def test_what_stands_below_an_article_is_no_entry(below: str) -> None:
    text = f"{BODY}\n{below}"
    entries = found(text, published="2023-06-16")
    assert dates(entries) == ["2022-09-19", "2022-09-22"]
    assert bodies(text, entries) == [ONE, TWO]


ABOVE = [
    "Home\nNews\nAbout us\n\nPublished June 16, 2023\n\nBy Example Author\n\n",
    "June 16, 2023 | Example Author\n\n",
    "Updated: June 16, 2023\n\n",
    "Menu\n\nJune 16, 2023\n\nSearch\n\n",
]


@pytest.mark.parametrize("above", ABOVE)
def test_the_day_of_publication_is_no_entry(above: str) -> None:
    assert dates(found(above + BODY, published="2023-06-16")) == ["2022-09-19", "2022-09-22"]


CAPTIONS = [
    "Photo: workers leave a building, March 3, 2021",
    "A photo taken on March 3, 2021 shows the building. Example Agency",
    "(Photo by Example Author, March 3, 2021)",
    "Read more: Casino raided on March 3, 2021",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_is_no_part_of_an_entry(caption: str) -> None:
    text = f"September 19, 2022\n\n{ONE}\n\n{caption}\n\nSeptember 22, 2022\n\n{TWO}\n"
    assert dates(found(text)) == ["2022-09-19", "2022-09-22"]
    assert bodies(text, found(text)) == [ONE, TWO]


def test_what_is_later_than_the_publication_is_no_entry() -> None:
    text = f"{BODY}\nNovember 3, 2023\n\n{ONE}\n"
    assert dates(found(text, published="2023-06-16")) == ["2022-09-19", "2022-09-22"]
    assert dates(found(text)) == ["2022-09-19", "2022-09-22", "2023-11-03"]


def test_a_date_with_nothing_below_it_is_no_entry() -> None:
    assert dates(found(f"{BODY}\nSeptember 25, 2022\n")) == ["2022-09-19", "2022-09-22"]


def test_hard_wrapped_paragraphs_are_one_text() -> None:
    text = (
        "September 19, 2022\n\nPolice freed 45 people in\nKandal, most of whom were\nThai. They will go\nhome.\n\n"
        "A second paragraph belongs\nto it.\n\nSeptember 22, 2022: Officers arrested 30\nsuspects in Poipet.\n"
    )
    entries = found(text)
    assert dates(entries) == ["2022-09-19", "2022-09-22"]
    assert [len(entry.sentences) for entry in entries.dated] == [3, 1]
    assert bodies(text, entries)[0].endswith("A second paragraph belongs to it.")


def test_a_sentence_wrapped_before_a_date_is_no_heading() -> None:
    text = (
        "September 19, 2022\n\nPolice freed 45 people who had been taken there on\nJune 3, 2022 by a broker.\n\n"
        f"September 22, 2022\n\n{TWO}\n"
    )
    assert dates(found(text)) == ["2022-09-19", "2022-09-22"]


def test_what_stands_before_the_first_entry_is_kept_apart() -> None:
    text = f"The review covers raids on compounds.\n\n{BODY}"
    entries = found(text)
    assert [text[one[0].start : one[-1].end] for one in entries.before] == ["The review covers raids on compounds."]
    assert dates(entries) == ["2022-09-19", "2022-09-22"]


LINES = st.sampled_from(
    [
        "September 19, 2022",
        "19 September",
        "2022",
        "2023-01-02: ",
        "• 3 May – ",
        ONE,
        TWO,
        "",
        "Related",
        "1,010 views",
        "ស ខេង",
        "In October 2022, 12 men fled.",
        "Photo: A. B.",
        "27–29 March 2023",
        "31 June 2022",
        "\x00",
        "On Monday, two men fled.",
    ]
)


@example("a.JUL:a.MONDAY", "2023-06-16")
@given(
    st.one_of(
        st.text(max_size=150), st.lists(LINES, max_size=14).map("\n".join), st.lists(LINES, max_size=8).map("".join)
    ),
    st.sampled_from([None, "2023", "2023-06", "2023-06-16", "2022-01-01/2022-02-01"]),
)
def test_any_text_is_split_into_passages_that_hold_their_words(text: str, published: str | None) -> None:
    entries = split_entries(text, Metadata(title="Raids", published=published))
    last = 0
    for entry in entries.dated:
        assert parse_date(entry.dated.date)
        assert 0 <= entry.passage.start <= entry.heading.start < entry.heading.end <= entry.passage.end <= len(text)
        assert entry.passage.start >= last
        last = entry.passage.start  # a later sentence of the same day belongs to it, so passages can overlap
        for sentence in entry.sentences:
            assert entry.passage.start <= sentence[0].start < sentence[-1].end <= entry.passage.end
            assert all(text[word.start : word.end] == word.text for word in sentence)
        assert not published or len(published) > 10 or entry.dated.date[:4] <= published[:4]
    for span in entries.undated:
        assert text[span.start : span.end].strip()
