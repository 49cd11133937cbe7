"""Tables in a text: what each number counts, its place, people and period, and which number it is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Known, Metadata, Span
from scamcli.ingest.tables.layout import find_tables, without
from scamcli.ingest.tables.lines import lines_of
from tests.helpers.proposals_of import proposals

if TYPE_CHECKING:
    from scamcli.ingest.proposal import Proposal

ABOUT = Metadata(outlet="Example Daily", published="2024-06-15")


def read(text: str) -> tuple[str, str]:
    """The figures of all drafts, each as ``rescues 12 Thai 2023 <15``, and the numbers that were not understood."""
    found = proposals(text, ABOUT)
    figures = [_line(figure, draft) for draft in found for figure in draft.record["figures"]]
    return "; ".join(figures), "; ".join(text[slice(*span)] for draft in found for span in draft.unread)


def _line(figure: dict[str, Any], draft: Proposal) -> str:
    wholes = {one["id"]: one["stated"] for one in draft.record["figures"]}
    place = figure["province"] or figure["country"]
    parts = [figure["metric"], figure["stated"], figure["nationality"], figure["group"], place, figure["period"]]
    parts += [f"<{wholes[figure['part_of']]}" if figure["part_of"] else None, figure["note"]]
    return " ".join(part for part in parts if part)


TABLES = [
    (
        "columns of several fates, with a total below",
        "Situation on 3 May 2024\n\n| Nationality | Rescued | Returned home | Still inside |\n|---|---|---|---|\n"
        "| Thai | 45 | 30 | 12 |\n| Lao | 20 | 11 | 9 |\n| Total | 65 | 41 | 21 |\n",
        "rescues 45 Thai <65; repatriations 30 Thai <41; captives 12 Thai <21; rescues 20 Lao <65; "
        "repatriations 11 Lao <41; captives 9 Lao <21; rescues 65; repatriations 41; captives 21",
        "",
    ),
    (
        "rows of provinces, and others",
        "| Province | Rescued |\n|---|---|\n| Kandal | 118 |\n| Kampot | 45 |\n| Other | 12 |\n",
        "rescues 118 Kandal; rescues 45 Kampot; rescues 12 Other",
        "",
    ),
    (
        "a total in a column and in a row",
        "Persons arrested\n\nMonth\tMen\tWomen\tTotal\nApril 2024\t45\t5\t50\nMay 2024\t20\t10\t30\n"
        "Total\t65\t15\t80\n",
        "arrests 45 men <50; arrests 5 women <50; arrests 50 2024-04 <80; arrests 20 men <30; arrests 10 women <30; "
        "arrests 30 2024-05 <80; arrests 65 men <80; arrests 15 women <80; arrests 80",
        "",
    ),
    (
        "columns of years on a page",
        "Deported by nationality\n\nNationality     2022     2023\nChinese        1,204    2,310\n"
        "Vietnamese       310      402\nTotal          1,514    2,712\n",
        "deportations 1,204 Chinese <1,514; deportations 2,310 Chinese <2,712; deportations 310 Vietnamese <1,514; "
        "deportations 402 Vietnamese <2,712; deportations 1,514 2022; deportations 2,712",
        "",
    ),
    (
        "rows of fates and their parts",
        "| Outcome | Q1 2024 | Q1 2023 |\n|---|---|---|\n| Victims rescued | 45 | 30 |\n"
        "| of which minors | 5 | 2 |\n| Suspects arrested | 12 | 20 |\n| Under investigation | 7 | 3 |\n",
        "rescues 45; rescues 30 2023-01/2023-03; rescues 5 minors <45; rescues 2 minors <30; arrests 12; "
        "arrests 20 2023-01/2023-03",
        "7; 3",
    ),
    (
        "a head of two rows",
        "| | Rescued | | Arrested | |\n| Province | Male | Female | Male | Female |\n|---|---|---|---|---|\n"
        "| Kandal | 34 | 12 | 8 | - |\n| Kampot | 10 | 4 | 0 | 1 |\n",
        "rescues 34 men Kandal; rescues 12 women Kandal; arrests 8 men Kandal; rescues 10 men Kampot; "
        "rescues 4 women Kampot; arrests 1 women Kampot",
        "",
    ),
    (
        "lines that end in numbers, as in the text of a PDF",
        "Province Cases Arrested\nChiang Rai 12 20\nTak 30 44\nTotal 42 64\n",
        "cases 12 Chiang Rai, TH <42; arrests 20 Chiang Rai, TH <64; cases 30 Tak, TH <42; arrests 44 Tak, TH <64; "
        "cases 42; arrests 64",
        "",
    ),
    (
        "subtotals and a grand total",
        "People rescued\n\n| Country | Number |\n|---|---|\n| Asia | |\n| China | 150 |\n| Nepal | 60 |\n"
        "| Subtotal | 210 |\n| Africa | |\n| Kenya | 20 |\n| Ghana | 5 |\n| Subtotal | 25 |\n| Grand total | 235 |\n",
        "rescues 150 Chinese <210; rescues 60 Nepali <210; rescues 210 <235; rescues 20 Kenyan <25; "
        "rescues 5 Ghanaian <25; rescues 25 <235; rescues 235",
        "",
    ),
    (
        "a total of different fates is not understood",
        "| Province | Rescued | Arrested | Total |\n|---|---|---|---|\n| Kandal | 10 | 2 | 12 |\n"
        "| Kampot | 5 | 1 | 6 |\n",
        "rescues 10 Kandal; arrests 2 Kandal; rescues 5 Kampot; arrests 1 Kampot",
        "12; 6",
    ),
    (
        "columns that say nothing, or what has not happened",
        "| Province | Rescued | Awaiting return | Phase 2 | Amount (million) |\n|---|---|---|---|---|\n"
        "| Tak | 10 | 2 | 12 | 3.5 |\n",
        "rescues 10 Tak, TH",
        "2; 12; 3.5",
    ),
    (
        "shares, changes and numbers of rows",
        "Complaints received\n\n| No. | Province | 2022 | 2023 | Change | Phones |\n|---|---|---|---|---|---|\n"
        "| 1 | Kandal | 12 | 18 | +50% | 7 |\n| 2 | Kampot | 10 | 5 | -50% | 8 |\n",
        "complaints 12 Kandal 2022; complaints 18 Kandal 2023; change +50% Kandal; complaints 10 Kampot 2022; "
        "complaints 5 Kampot 2023; change -50% Kampot",
        "",
    ),
    (
        "countries where people of one nationality were",
        "Filipinos rescued\n\n| Country | Men | Women |\n|---|---|---|\n| Myanmar | 30 | 12 |\n| Laos | 7 | 5 |\n",
        "rescues 30 Filipino men MM; rescues 12 Filipino women MM; rescues 7 Filipino men LA; "
        "rescues 5 Filipino women LA",
        "",
    ),
    (
        "a list that adds up to the number before it",
        "Police said on 3 May 2024 that they had freed 118 people:\n\n- Kandal 45\n- Kampot 30\n- Takeo 43\n",
        "rescues 118; rescues 45 Kandal <118; rescues 30 Kampot <118; rescues 43 Takeo <118",
        "",
    ),
    (
        "rows with days of their own, and a remark",
        "| Date | Place | Arrested | Freed | Remarks |\n|---|---|---|---|---|\n"
        "| 3 May 2024 | Bavet | 12 | 45 | Police also freed nine women |\n| 5 May 2024 | Poipet | 4 | 0 | |\n",
        "arrests 12 Svay Rieng; rescues 45 Svay Rieng; rescues nine women Svay Rieng; arrests 4 Banteay Meanchey",
        "",
    ),
    (
        "words as numbers",
        "| Group | Rescued | Deported |\n|---|---|---|\n| Women | twelve | three |\n| Men | about 40 | at least 20 |\n",
        "rescues twelve women; deportations three women; rescues about 40 men; deportations at least 20 men",
        "",
    ),
    (
        "the nationality of only the victims, and a last row without a label",
        "| Place | Suspects arrested | Victims rescued | Nationality of victims |\n|---|---|---|---|\n"
        "| Tak | 2 | 14 | Lao |\n| Kandal | 5 | 3 | Thai |\n| | 7 | 17 | |\n",
        "arrests 2 Tak, TH <7; rescues 14 Lao Tak, TH <17; arrests 5 Kandal <7; rescues 3 Thai Kandal <17; arrests 7; "
        "rescues 17",
        "",
    ),
    (
        "a list of nationalities",
        "Nationalities of the 208 people found on 12 May 2024:\n\nChinese       120\nVietnamese     88\n",
        "people 208; people 120 Chinese <208; people 88 Vietnamese <208",
        "",
    ),
    (
        "countries that people returned from, in a text about another",
        "Victims repatriated to Indonesia\n\nFrom       2022   2023\nCambodia    879    412\nLaos        140     98\n",
        "repatriations 879 KH 2022; repatriations 412 KH; repatriations 140 LA 2022; repatriations 98 LA",
        "",
    ),
    (
        "the place in a caption",
        "Raids in Bavet\n\n| Group | Freed |\n|---|---|\n| Men | 12 |\n| Women | 3 |\n",
        "rescues 12 men Svay Rieng; rescues 3 women Svay Rieng",
        "",
    ),
    (
        "rows that divide the one above, beside a change",
        "| Category | 2022 | 2023 | Change |\n|---|---|---|---|\n| Victims | 1,204 | 1,410 | 17% |\n"
        "| Adults | 1,000 | 1,150 | 15% |\n| Children | 204 | 260 | 27% |\n| Arrests | 55 | 48 | -13% |\n",
        "victims 1,204 2022; victims 1,410 2023; change 17%; victims 1,000 <1,204 Adults; victims 1,150 <1,410 Adults; "
        "change 15% Adults; victims 204 children <1,204; victims 260 children <1,410; change 27% children; "
        "arrests 55 2022; arrests 48 2023; change -13%",
        "",
    ),
]


@pytest.mark.parametrize(("text", "figures", "unread"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES])
def test_a_table_is_read(text: str, figures: str, unread: str) -> None:
    assert read(text) == (figures, unread)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Arrests\n\n| Province | 2022 | 2023 |\n|---|---|---|\n| Tak | 4 | 5 |\n", ["2023"]),
        (
            "Arrests\n\n| Month | Tak |\n|---|---|\n| January 2024 | 4 |\n| March 2024 | 5 |\n| Total | 9 |\n",
            ["2024-01/2024-03"],
        ),
        ("Arrests in April 2024\n\n| Province | Arrests |\n|---|---|\n| Tak | 4 |\n", ["2024-04"]),
        ("Arrests\n\n| Province | Arrests |\n|---|---|\n| Tak | 4 |\n", ["2024-06-15?"]),
        ("| Date | Arrests |\n|---|---|\n| 3 May 2024 | 4 |\n| 4 May 2024 | 5 |\n", ["2024-05-03", "2024-05-04"]),
    ],
    ids=["the last year", "all months", "the caption", "the day of the text", "each row"],
)
def test_the_date_of_a_table(text: str, dates: list[str]) -> None:
    assert [draft.record["date"] for draft in proposals(text, ABOUT)] == dates


def test_the_title_of_a_table_is_its_caption() -> None:
    [draft] = proposals("People arrested in Tak\n\n| Month | Men |\n|---|---|\n| May 2024 | 4 |\n", ABOUT)
    assert draft.record["title"] == "People arrested in Tak"


@pytest.mark.parametrize(
    "text",
    [
        "Police said 40 people were held on 3 May 2024,\nand that they were freed from a villa on Street 271\n",
        "Rescued: 45\nArrested: 12\n",
        "| Who | What |\n|---|---|\n| Police | Freed people |\n",
        "Villa 12\nStreet 271\n",
    ],
    ids=["prose", "labels with colons", "a table of words", "an address"],
)
def test_what_is_no_table(text: str) -> None:
    assert find_tables(text, text) == []


def test_pages_of_a_list_of_contents_count_nobody() -> None:
    assert read("Table of contents\n\n1. Introduction 3\n2. Rescued people 12\n3. Arrests 25\n") == ("", "")


def test_numbers_in_lines_that_may_be_no_table_are_listed() -> None:
    text = "Results\n\nGroup A 12\nGroup B 7\nGroup C 9\n"
    found = extract(Document(text, ABOUT), Known())
    assert [text[slice(*span)] for span in found.outside] == ["12", "7", "9"]


@pytest.mark.parametrize("label", ["Total", "Total {}"], ids=["alike", "different"])
def test_many_totals_are_read(label: str) -> None:
    rows = "".join(f"| {label.format(at)} | 5 |\n" for at in range(600))
    found = extract(Document(f"Arrests\n\n| Province | Arrests |\n|---|---|\n| Tak | 4 |\n{rows}", ABOUT), Known())
    assert [len(draft.record["figures"]) for draft in found.drafts] == [601]


def test_a_total_above_its_rows_can_have_another_below() -> None:
    text = "| Province | Arrests |\n|---|---|\n| Total | 10 |\n| Tak | 5 |\n| Kandal | 6 |\n| Total abroad | 21 |\n"
    assert read(text) == ("arrests 10 <21; arrests 5 Tak, TH <21; arrests 6 Kandal <21; arrests 21", "")


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("x / y", "slash"), ("x / y:z", ""), ("12 / 45 (a) / x", ""), ("a;b", "semicolon"), ("a;b.", ""),
        ("Thai,12", "comma"), ("1,204", ""), ("Thai, 12,x", ""), ("a.b,c", ""), ("---", "rule"), ("|---|:-:|", "rule"),
        ("--x", ""), ("-+ +-", "rule"), ("- = +x", ""), ("a  b", "gap"), ("a\tb", "tab"), ("Tak 4", "trail"),
    ],
)  # fmt: skip
def test_what_separates_the_cells_of_a_line(line: str, how: str) -> None:
    assert [one.how for one in lines_of(line, line)] == [how]


@pytest.mark.parametrize(("part", "end"), [("x / ", "x:y"), ("a;", "a.b"), ("a,", "a.b"), ("-", "x")])
def test_a_line_is_read_in_a_time_that_grows_with_its_length(part: str, end: str) -> None:
    """A pattern whose time grows with the square of the length would need hours."""
    line = part * 400_000 + end
    assert [one.how for one in lines_of(line, line)] == [""]


def test_spaces_replace_several_stretches() -> None:
    assert without("abc\ndef\nghi", [Span(1, 5), Span(8, 9)]) == "a  \n ef\n hi"


VICTIMS = "# Victims rescued in Kandal\n\n| Date | Name | Age | Nationality |\n|---|---|---|---|\n"
ROW = "| 2024-05-03 | Dara Soksan | 23 | Thai |\n"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (VICTIMS + ROW, ["Dara Soksan"]),
        ("| Date | Resident | Age |\n|---|---|---|\n| 2024-05-03 | Dara Soksan | 23 |\n", ["Dara Soksan"]),
        ("| Victim | Country of origin | Days held |\n|---|---|---|\n| DARA SOKSAN | Laos | 12 |\n", ["DARA SOKSAN"]),
        ("| Family | Freed |\n|---|---|\n| Thida | 2 |\n| Mei Lingwood | 3 |\n", ["Thida", "Mei Lingwood"]),
        ("| Who | Freed |\n|---|---|\n| Women | 2 |\n| Foreign workers | 3 |\n| Minors | 1 |\n", []),
        ("| Name of suspect | Age | Freed |\n|---|---|---|\n| Dara Soksan | 23 | 4 |\n", []),
        ("| Company name | Freed |\n|---|---|\n| Soksan Trading | 4 |\n", []),
        ("| Status | Age group | Freed |\n|---|---|---|\n| Deported | 18-23 | 4 |\n| Detained | 24-30 | 2 |\n", []),
    ],
    ids=["names", "text beside ages", "capitals", "families", "groups", "suspects", "companies", "groups of ages"],
)
def test_people_in_a_table_are_withheld(text: str, names: list[str]) -> None:
    found = extract(Document(text, ABOUT), Known())
    assert list(found.withheld) == names
    assert not any(word in draft.record["title"] for draft in found.drafts for name in names for word in name.split())


@pytest.mark.parametrize(
    ("label", "note"),
    [
        ("Dara Soksan family", None),
        ("Mei Lingwood", None),
        ("Thida", None),
        ("Thida's brothers", None),
        ("KK Park", "KK Park"),
        ("Adults", "Adults"),
        ("Forced labour", "Forced labour"),
    ],
)
def test_no_note_names_a_person(label: str, note: str | None) -> None:
    text = f"People rescued\n\n| Case | Number |\n|---|---|\n| {label} | 4 |\n| Thai | 5 |\n"
    [draft] = proposals(text, ABOUT)
    assert draft.record["figures"][0]["note"] == note


def test_a_note_names_what_its_column_says_is_no_person() -> None:
    [draft] = proposals("People rescued\n\n| Compound | Number |\n|---|---|\n| Huang Le | 4 |\n| Thai | 5 |\n", ABOUT)
    assert draft.record["figures"][0]["note"] == "Huang Le"


def test_the_caption_tells_the_kind_of_a_row_and_its_title_has_no_date() -> None:
    [draft] = proposals(VICTIMS + ROW, ABOUT)
    assert (draft.record["kind"], draft.record["title"]) == ("rescue", "A person 23 Thai")
