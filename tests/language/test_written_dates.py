"""Dates in other forms than ISO's are read only if they can mean one thing; names of months in many languages."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from scamcli.exchange.importers.mapped import cells, date_cells
from scamcli.language import written_dates

LANGUAGES = ("de", "es", "fr", "id", "km", "lo", "ms", "my", "pt", "th", "vi")


READ = {
    "13-Jan-20": "2020-01-13",
    "13 jan 70": "1970-01-13",
    "13/Jan/2020": "2020-01-13",
    "13Jan2020": "2020-01-13",
    "3rd of March, 2022": "2022-03-03",
    "March 3rd, 2022": "2022-03-03",
    "Sep 2022": "2022-09",
    "Sept. 2022": "2022-09",
    "2021/03/04": "2021-03-04",
    "2021.3.4": "2021-03-04",
    "2022年5月14日": "2022-05-14",
    "14 de mayo de 2022": "2022-05-14",
    "14/05/2022": "2022-05-14",
    "05/14/2022": "2022-05-14",
    "5/5/2022": "2022-05-05",
}
NOT_READ = [
    "2022-09/10",
    "2022/09-10",
    "04/05/2022",
    "31/02/2022",
    "31-Feb-20",
    "Sep 22",
    "May",
    "13-Jan/20",
    "2022-13-01",
    "soon",
    "",
]


@pytest.mark.parametrize(("text", "date"), READ.items())
def test_a_date_that_can_mean_one_thing_is_read(text: str, date: str) -> None:
    assert written_dates.read(text) == date


@pytest.mark.parametrize("text", NOT_READ)
def test_other_texts_are_not(text: str) -> None:
    assert written_dates.read(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 de mayo de 2022", "2022-05-14"),
        ("1.º de maio de 2022", "2022-05-01"),
        ("1er août 2022", "2022-08-01"),
        ("14. März 2022", "2022-03-14"),
        ("tháng 12 năm 2022", "2022-12"),
        ("ngày 14 tháng 5 năm 2022", "2022-05-14"),
        ("Tháng 5/2022", "2022-05"),
        ("ថ្ងៃទី១៤ ខែឧសភា ឆ្នាំ២០២២", "2022-05-14"),
        ("14 ឧសភា 2022", "2022-05-14"),
        ("14 พ.ค. 2022", "2022-05-14"),
        ("วันที่ 14 พฤษภาคม ค.ศ. 2022", "2022-05-14"),
        ("ວັນທີ 14 ເດືອນ ພຶດສະພາ 2022", "2022-05-14"),
        ("၂၀၂၂ ခုနှစ် မေလ ၁၄ ရက်", "2022-05-14"),
        ("14 Mei 2022", "2022-05-14"),
        ("14 Ogos 2022", "2022-08-14"),
        ("Marzo 2022", "2022-03"),
        ("14 พฤษภาคม 2565", None),
        ("14 พฤษภาคม พ.ศ. 2565", None),
        ("14 พ.ค. 65", None),
        ("31 de abril de 2022", None),
        ("14 y 15 de mayo de 2022", None),
        ("14 mayor 2022", None),
    ],
)
def test_dates_with_a_name_of_their_month(text: str, day: str | None) -> None:
    if day is not None:
        assert date_cells.date(text)[0] == day
        return
    with pytest.raises(cells.UnreadableError):
        date_cells.date(text)


def test_years_of_the_buddhist_calendar_are_named_as_such() -> None:
    with pytest.raises(cells.UnreadableError, match="Buddhist"):
        date_cells.date("14 พฤษภาคม 2565")


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.sampled_from(LANGUAGES), st.sampled_from(["MMMM", "MMM"]))
def test_the_names_of_a_language_are_known(day: date, language: str, form: str) -> None:
    """Burmese abbreviations are single letters, which are not read."""
    name = format_date(day, "MMMM" if language == "my" else form, locale=language)
    assert written_dates.find_named(f"{day.day} {name} {day.year}") == (day.year, day.month, day.day)


def test_names_of_months_have_one_meaning() -> None:
    assert [written_dates.month_of(name) for name in ("tháng 1", "tháng 12", "Mac", "មករា", "ธ.ค.", "nothing")] == [
        1,
        12,
        3,
        1,
        12,
        None,
    ]
