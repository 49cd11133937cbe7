"""Dates: what each way to write one means, what is refused and in which words, and a second reader."""

import calendar
import re
import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.language.dates import By, Period, bucket, day, iso, parse_bound, parse_date, parse_during

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the second reader's own dependencies warn
    import edtf


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
SPELLINGS = ("%04d-%02d-%02d", "%04d-%02d", "%04d")


@st.composite
def singles(draw: st.DrawFn) -> str:
    """Draw a day, month or year, perhaps in doubt."""
    drawn = draw(DAYS)
    parts = (drawn.year, drawn.month, drawn.day)
    given_parts = draw(st.integers(1, 3))
    text = SPELLINGS[3 - given_parts] % parts[:given_parts]
    return text + draw(st.sampled_from(["", "~", "?", "%"]))


def ends(period: Period) -> tuple[str | None, str | None, bool]:
    start, end, sure = period
    return None if start is None else iso(start), None if end is None else iso(end), sure


@pytest.mark.parametrize(
    ("text", "start", "end", "sure"),
    [
        ("2022-09-19", "2022-09-19", "2022-09-19", True),
        ("2022-09-19~", "2022-09-19", "2022-09-19", False),
        ("2022-09", "2022-09-01", "2022-09-30", True),
        ("2022-09~", "2022-09-01", "2022-09-30", False),
        ("2022-02", "2022-02-01", "2022-02-28", True),
        ("2024-02", "2024-02-01", "2024-02-29", True),
        ("2024-02-29", "2024-02-29", "2024-02-29", True),
        ("2022-12", "2022-12-01", "2022-12-31", True),
        ("2022", "2022-01-01", "2022-12-31", True),
        ("2022?", "2022-01-01", "2022-12-31", False),
        ("2022%", "2022-01-01", "2022-12-31", False),
        ("0001", "0001-01-01", "0001-12-31", True),
        ("9999-12", "9999-12-01", "9999-12-31", True),
        ("2022-09-19/2022-09-22", "2022-09-19", "2022-09-22", True),
        ("2022-08-19~/2022-09-19", "2022-08-19", "2022-09-19", False),
        ("2022-08-19/2022-09-19?", "2022-08-19", "2022-09-19", False),
        ("2022-08/2023", "2022-08-01", "2023-12-31", True),
        ("2022-09/2022-09-15", "2022-09-01", "2022-09-15", True),
        ("2022-09-15/2022-09", "2022-09-15", "2022-09-30", True),
        ("2022-09-19/2022-09-19", "2022-09-19", "2022-09-19", True),
        ("2022-08-18/..", "2022-08-18", None, True),
        ("2022-08-18~/..", "2022-08-18", None, False),
        ("../2022-09", None, "2022-09-30", True),
    ],
)
def test_dates_and_intervals(text: str, start: str | None, end: str | None, sure: bool) -> None:
    assert ends(parse_date(text)) == (start, end, sure)
    assert ends(parse_during(text)) == (start, end, sure)


REFUSED = [
    ("", '"" is empty'),
    ("  ", '"  " is empty'),
    (" 2022", "has spaces around it"),
    ("2022-09-19\n", "has spaces around it"),
    ("soon", '"soon" is not a date'),
    ("September 2022", '"September 2022" is not a date'),
    ("2022-13", '"2022-13" has no month 13'),
    ("2022-00", "has no month 00"),
    ("2022-13-01", "has no month 13"),
    ("2022-99", "has no month 99"),
    ("2022-02-30", "has no day 30: the month ends on day 28"),
    ("2023-02-29~", "has no day 29: the month ends on day 28"),
    ("2022-09-00", "has no day 00"),
    ("2022-21", "is a season"),
    ("2022-41", "is a season"),
    ("2022-XX", "has an unspecified digit X"),
    ("202X", "has an unspecified digit X"),
    ("2022-09-19T10:00", "has a time"),
    ("2022-09-19T10:00:00Z", "has a time"),
    ("2022-09-19 10:00", "has a time"),
    ("２０２２", "has digits other than 0 to 9"),
    ("2022-09-１９", "has digits other than 0 to 9"),
    ("២០២២", "has digits other than 0 to 9"),
    ("2022-9-1", "needs two digits"),
    ("2022-9", "needs two digits"),
    ("2022-Q3", "is a quarter"),
    ("20220919", "needs its dashes"),
    ("12022", "has a year outside 0001 to 9999"),
    ("0000", "has a year outside 0001 to 9999"),
    ("0000-01-01", "has a year outside 0001 to 9999"),
    ("-0001", "has a year outside 0001 to 9999"),
    ("Y170000002", "has a year outside 0001 to 9999"),
    ("19-09-2022", "has the year last"),
    ("19.9.2022", "has the year last"),
    ("19/09/2022", "has the year last"),
    ("2022~-09", "that is not at the end"),
    ("~2022", "that is not at the end"),
    ("2022~?", "that is not at the end"),
    ("2022/", "has an empty end"),
    ("/2022", "has an empty end"),
    ("/", "has an empty end"),
    ("../..", "is open at both ends"),
    ("..", "is an open end without its interval"),
    ("2022/2023/2024", "has more than one /"),
    ("2022-09-22/2022-09-19", "ends before it begins"),
    ("2023/2022", "ends before it begins"),
    ("2022-10/2022-09-30", "ends before it begins"),
    ("2022-09/2022-13", '"2022-13" has no month 13'),
    ("2022-09/soon", '"soon" is not a date'),
    ("2022-W38-1", "is not a date"),
    ("2022-09-19\0", "is not a date"),
    ("\ud800", "is not a date"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_what_is_refused_and_in_which_words(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as error:
        parse_date(text)
    assert "; expected " in str(error.value)
    str(error.value).encode()  # can be printed, whatever was typed


def test_a_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(ValueError, match="is not a date") as error:
        parse_date("soon" * 20_000)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2022-09-19", True),
        ("2022", True),
        ("2022~", False),
        ("2022-08-18/..", False),
        ("2022-08-19~/2022-09-19", False),
    ],
)
def test_a_known_period_is_sure_and_closed(text: str, known: bool) -> None:
    assert parse_date(text).known is known


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022-Q1", "2022-01-01", "2022-03-31"),
        ("2022-Q2", "2022-04-01", "2022-06-30"),
        ("2022-q3", "2022-07-01", "2022-09-30"),
        ("2022-Q4", "2022-10-01", "2022-12-31"),
        ("9999-Q4", "9999-10-01", "9999-12-31"),
        ("2022-09", "2022-09-01", "2022-09-30"),
    ],
)
def test_a_time_to_look_in(text: str, start: str, end: str) -> None:
    assert ends(parse_during(text)) == (start, end, True)
    assert (iso(parse_bound(text, end=False)), iso(parse_bound(text, end=True))) == (start, end)


@pytest.mark.parametrize("text", ["2022-Q5", "2022-Q0", "2022-Q", "2022-Q33", "0000-Q1", "2022-13", "Q3", ""])
def test_no_such_time_to_look_in(text: str) -> None:
    with pytest.raises(ValueError, match="; expected "):
        parse_during(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2022-09-19/2022-09-22", "is an interval"),
        ("2022/..", "is an interval"),
        ("2022-09~", "which a range cannot have"),
        ("2022-13", "has no month 13"),
        ("", "is empty"),
    ],
)
@pytest.mark.parametrize("end", [False, True])
def test_a_bound_is_a_day_month_or_year(text: str, said: str, end: bool) -> None:
    with pytest.raises(ValueError, match=said):
        parse_bound(text, end=end)


@pytest.mark.parametrize(
    ("text", "month", "quarter", "year"),
    [
        ("2022-09-19", "2022-09", "2022-Q3", "2022"),
        ("2022-09", "2022-09", "2022-Q3", "2022"),
        ("2022-09~", "2022-09", "2022-Q3", "2022"),
        ("2022-08-19/2022-09-19", None, "2022-Q3", "2022"),
        ("2022-09-19/2022-10-01", None, None, "2022"),
        ("2022", None, None, "2022"),
        ("2022-12-31/2023-01-01", None, None, None),
        ("2021-09/2022-09", None, None, None),
        ("2022-08-18/..", None, None, None),
        ("../2022-09", None, None, None),
        ("0009-01", "0009-01", "0009-Q1", "0009"),
    ],
)
def test_buckets(text: str, month: str | None, quarter: str | None, year: str | None) -> None:
    period = parse_date(text)
    assert [bucket(period, by) for by in ("month", "quarter", "year")] == [month, quarter, year]


@given(DAYS, st.sampled_from(["month", "quarter", "year"]))
def test_a_bucket_holds_its_days_and_is_its_own_label(drawn: date, by: By) -> None:
    number = day(drawn.isoformat())
    label = bucket(Period(number, number, True), by)
    assert label is not None
    whole = parse_during(label)
    assert whole.known
    assert whole.start is not None
    assert whole.end is not None
    assert whole.start <= number <= whole.end
    assert bucket(whole, by) == label
    assert bucket(Period(whole.start - 1, whole.end, True), by) is None if whole.start > day("0001-01-01") else True


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1970-01-01", 0),
        ("1969-12-31", -1),
        ("2022-09-19", 19254),
        ("0001-01-01", -719162),
        ("9999-12-31", 2932896),
    ],
)
def test_days_are_counted_from_1970(text: str, number: int) -> None:
    assert day(text) == number
    assert iso(number) == text


@pytest.mark.parametrize("text", ["2022", "2022-09", "2022-09-19~", "2022-02-30", "20220919", "x", ""])
def test_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        day(text)


@pytest.mark.parametrize("number", [-719163, 2932897])
def test_no_days_outside_the_years(number: int) -> None:
    with pytest.raises(ValueError, match=r"ordinal|out of range"):
        iso(number)


@given(DAYS)
def test_days_round_trip(drawn: date) -> None:
    assert iso(day(drawn.isoformat())) == drawn.isoformat()
    assert day(drawn.isoformat()) == (drawn - date(1970, 1, 1)) // timedelta(days=1)


def second_reader(text: str) -> tuple[str, str]:
    """Give the first and last day as the library edtf has them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = edtf.parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
    return "{:04}-{:02}-{:02}".format(*first[:3]), "{:04}-{:02}-{:02}".format(*last[:3])


@settings(max_examples=60)
@given(singles())
def test_a_second_reader_agrees_on_single_dates(text: str) -> None:
    assert ends(parse_date(text))[:2] == second_reader(text)
    assert parse_date(text).sure is text[-1].isdigit()


@settings(max_examples=40)
@given(singles(), singles())
def test_a_second_reader_agrees_on_intervals(a: str, b: str) -> None:
    first, last = sorted((a, b), key=lambda text: parse_date(text).start or 0)
    text = f"{first}/{last}"
    start, end = second_reader(text)
    if start > end:
        with pytest.raises(ValueError, match="ends before it begins"):
            parse_date(text)
    else:
        assert ends(parse_date(text)) == (start, end, first[-1].isdigit() and last[-1].isdigit())


def some_digits(count: int) -> st.SearchStrategy[str]:
    return st.text(alphabet="01239²٣", min_size=count, max_size=count)


@given(st.tuples(some_digits(4), some_digits(2), some_digits(2)), st.sampled_from(["", "~", "-", "\n", "-0"]))
def test_only_digits_of_ascii_in_these_numbers_are_a_date(digits: tuple[str, ...], end: str) -> None:
    """Dates are read without a pattern; this one says the same."""
    for text in ("-".join(digits[:length]) + end for length in (1, 2, 3)):
        found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?", text)
        try:
            first = iso(parse_date(text).start or 0)
        except ValueError as error:
            assert found is None or re.search("year outside|no month|season|no day", str(error))  # noqa: PT017
        else:
            assert found is not None
            assert first == "-".join((found[1], found[2] or "01", found[3] or "01"))


@given(st.text(alphabet="0123456789-/.~?%XTQ: ", max_size=24) | st.text(max_size=12))
def test_any_text_is_a_period_or_a_plain_refusal(text: str) -> None:
    for read in (parse_date, parse_during):
        try:
            start, end, _ = read(text)
        except ValueError as error:
            assert "; expected " in str(error)  # noqa: PT017 - most texts are refused, some are not
        else:
            assert start is None or end is None or start <= end


@given(st.integers(1, 9999), st.integers(1, 12))
def test_months_have_their_length(year: int, month: int) -> None:
    start, end, _ = parse_date(f"{year:04}-{month:02}")
    assert start is not None
    assert end is not None
    assert end - start + 1 == calendar.monthrange(year, month)[1]
