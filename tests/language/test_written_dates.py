"""Dates in other forms than ISO's are read only if they can mean one thing."""

from __future__ import annotations

import pytest

from scamcli.language import written_dates

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
