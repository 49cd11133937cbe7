"""Tables as people really save them: separators, encodings, quotes, ragged rows, xlsx; and files made to harm."""

from __future__ import annotations

import re
import zipfile
from contextlib import ExitStack
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from scamcli.errors import DataError, ScamcliError
from scamcli.exchange.importers import UNCOMPUTED, sheets

if TYPE_CHECKING:
    from pathlib import Path

Told = tuple[tuple[str, ...], list[tuple[int, tuple[str, ...] | str]]]


def read(path: Path) -> list[Told]:
    """The header and the rows of each table. For a faulty row, the message."""
    with ExitStack() as stack:
        return [
            (
                sheet.header,
                [(number, row.message if isinstance(row, DataError) else row) for number, row in sheet.rows],
            )
            for sheet in sheets.open_sheets(path, stack)
        ]


def text(folder: Path, content: str | bytes, name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def book(folder: Path, *sheets: list[list[Any]]) -> Path:
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for number, lines in enumerate(sheets, 1):
        sheet = made.create_sheet(f"Sheet {number}")
        for line in lines:
            sheet.append(line)
    path = folder / "cases.xlsx"
    made.save(path)
    return path


def refused(path: Path) -> ScamcliError:
    with pytest.raises(ScamcliError) as caught:
        read(path)
    return caught.value


PLAIN = [(2, ("2022-01-02", "Kampot", "3"))]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("date,where,n\n2022-01-02,Kampot,3\n", "a.csv"),
        ("date;where;n\r\n2022-01-02;Kampot;3\r\n", "a.csv"),
        ("date\twhere\tn\n2022-01-02\tKampot\t3", "a.tsv"),
        ("date|where|n\n2022-01-02|Kampot|3\n", "a.csv"),
        ("\ufeffdate,where,n\n2022-01-02,Kampot,3\n", "a.csv"),
        ("date\twhere\tn\r\n2022-01-02\tKampot\t3\r\n".encode("utf-16"), "a.csv"),
        ("date,where,n\r2022-01-02,Kampot,3\r", "a.csv"),
        (" date ,where,n,\n2022-01-02,Kampot,3,\n,,,\n", "a.csv"),
    ],
)
def test_one_table_however_it_is_saved(tmp_path: Path, content: str | bytes, name: str) -> None:
    assert read(text(tmp_path, content, name)) == [(("date", "where", "n"), PLAIN)]


@pytest.mark.parametrize(
    ("content", "header", "row"),
    [
        ("date;place, province;n\n1;a, b;2\n3;c, d;4\n", ("date", "place, province", "n"), ("1", "a, b", "2")),
        ("date,what; whom\n1,a; b\n2,c; d\n", ("date", "what; whom"), ("1", "a; b")),
        ('a,b\n"1, 2;3;4;5",x\n', ("a", "b"), ("1, 2;3;4;5", "x")),
        ("name\nSar Kheng\n", ("name",), ("Sar Kheng",)),
    ],
)
def test_what_separates_cells_is_judged_by_the_rows(
    tmp_path: Path, content: str, header: tuple[str, ...], row: tuple[str, ...]
) -> None:
    [(names, found)] = read(text(tmp_path, content))
    assert (names, found[0][1]) == (header, row)


TITLED = 'Raids 2022, compiled by hand\n"a note\n\nNo;Date;Town\n1;2022-05-14;Kampot\n'


@pytest.mark.parametrize(
    ("content", "wider"),
    [
        (TITLED.replace('"', ""), 4),
        ("Raids 2022, compiled by hand\n\nNo,Date,Town,n\n1,2022-05-14,Kampot,3\n", 3),
        ("Raids,,\n,,\nNo,Date,Town\n1,2022-05-14,Kampot\n", 3),
        ("No;Date;Town\n1;2022-05-14;Kampot\n", None),
        ("No;Date\n1;a;b;c\n", 2),
        ("name\nSar Kheng\nTea Banh; Sar Sokha\n", None),
        ("name\n", None),
    ],
)
def test_a_title_above_the_header_is_noticed(tmp_path: Path, content: str, wider: int | None) -> None:
    with ExitStack() as stack:
        [sheet] = sheets.open_sheets(text(tmp_path, content), stack)
        assert sheet.wider_row == wider
        error = sheet.header_error()
    assert (error is None) == (wider is None)
    assert error is None or error.hint == f"Use --header-row {wider} if row {wider} has the names of the columns."


def test_the_header_is_where_it_is_said_to_be(tmp_path: Path) -> None:
    with ExitStack() as stack:
        [sheet] = sheets.open_sheets(text(tmp_path, TITLED), stack, 4)
        assert (sheet.header, list(sheet.rows)) == (("No", "Date", "Town"), [(5, ("1", "2022-05-14", "Kampot"))])
        made = book(tmp_path, [["Raids"]], [["Raids"], [], ["No", "Date"], [1, "2022"]])
        [sheet] = sheets.open_sheets(made, stack, 3)
        assert (sheet.title, sheet.header, list(sheet.rows)) == ("Sheet 2", ("No", "Date"), [(4, ("1", "2022"))])
        for path, number in ((text(tmp_path, TITLED), 3), (text(tmp_path, TITLED), 30), (made, 2)):
            with pytest.raises(DataError, match=f"Row {number} of .* is empty; expected the names of the columns"):
                sheets.open_sheets(path, stack, number)


def test_rows_that_are_too_long_too_short_or_broken_are_told_and_the_others_read(tmp_path: Path) -> None:
    content = 'a,b,c\n1,2\n1,2,3,4\n"x"y,2,3\n1,\0,3\n7,8,9\n"open,1,2\n'
    [(_, found)] = read(text(tmp_path, content))
    assert [number for number, _ in found] == [2, 3, 4, 5, 6, 7]
    assert found[0][1] == ("1", "2", "")
    assert found[1][1] == "There are 4 cells, but the header has 3."
    assert "quote inside" in found[2][1]
    assert "NUL" in found[3][1]
    assert found[4][1] == ("7", "8", "9")
    assert "never closed" in found[5][1]


def test_columns_without_a_name_or_with_the_name_of_another_are_told_apart(tmp_path: Path) -> None:
    assert read(text(tmp_path, "date,,date,Date,,\n1,2,3,4,,\n"))[0][0] == ("date", "column B", "date (2)", "Date")
    assert read(text(tmp_path, "n (2),n,n\n1,2,3\n"))[0][0] == ("n (2)", "n", "n (3)")


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n,,\n", "\ufeff"])
def test_an_empty_table_says_so(tmp_path: Path, content: str) -> None:
    assert "is empty; expected a row with the names" in str(refused(text(tmp_path, content)))


def test_another_encoding_is_never_guessed(tmp_path: Path) -> None:
    error = refused(text(tmp_path, b"name,n\nok,1\nS\xe3o,2\n"))
    assert str(error).endswith("cases.csv:3: This is not UTF-8 text; expected a table in UTF-8.")
    assert "iconv -f WINDOWS-1252" in error.hint


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("a,b\n1,é".encode()[:-1], "UTF-8"),
        ("a,b\n1,2".encode("utf-16")[:-1], "UTF-16"),
        ("a,b\n1,2\U0001f600".encode("utf-16")[:-2], "UTF-16"),
        ("a\n".encode("utf-16") + b"\0", "UTF-16"),
    ],
)
def test_a_file_that_ends_within_a_letter_is_refused(tmp_path: Path, content: bytes, encoding: str) -> None:
    assert f"cases.csv:2: This is not {encoding} text" in str(refused(text(tmp_path, content)))


def test_a_workbook_gives_dates_numbers_and_truth_as_text(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        [
            ["date", "n", "x", "ok", "when", "gone"],
            [date(2022, 1, 2), 3.0, 2.5, True, datetime(2022, 1, 2, 3, 4), "#REF!"],
            [],
            [None, 1_000_000, None, False, datetime(2022, 1, 2), None],
        ],
        [],
        [["only", "a header"]],
    )
    first, last = read(path)
    assert first[1] == [
        (2, ("2022-01-02", "3", "2.5", "true", "2022-01-02 03:04:00", "#REF!")),
        (4, ("", "1000000", "", "false", "2022-01-02", "")),
    ]
    assert last == (("only", "a header"), [])


@pytest.mark.parametrize(
    ("cell", "is_computed", "read_as"),
    [
        ("<c><f>SUM(A1:A3)</f></c>", True, UNCOMPUTED),  # as scripts write it
        ("<c><f>SUM(A1:A3)</f><v/></c>", True, UNCOMPUTED),
        ("<c><f>SUM(A1:A3)</f><v>0</v></c>", False, UNCOMPUTED),  # as other scripts do
        ("<c><f>SUM(A1:A3)</f><v>0</v></c>", True, "0"),
        ("<c><f>SUM(A1:A3)</f><v>7</v></c>", False, "7"),
        ('<c t="str"><f>IF(A1=1,"","x")</f><v></v></c>', True, ""),
        ('<c t="e"><f>A1/0</f><v>#DIV/0!</v></c>', True, "#DIV/0!"),
        ('<c t="b"><f>A1=A2</f><v>0</v></c>', False, "false"),
        ("<c><v>0</v></c>", False, "0"),
        ("<c/>", False, ""),
    ],
)
def test_a_formula_without_its_value_is_no_empty_cell(
    tmp_path: Path, cell: str, is_computed: bool, read_as: str
) -> None:
    path = book(tmp_path, [["n", "sum"], [1, "HERE"], [2, "=1+1"]])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    sheet, told = parts["xl/worksheets/sheet1.xml"], parts["xl/workbook.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(r"<c [^>]*><is><t>HERE</t></is></c>", cell, sheet)
    parts["xl/workbook.xml"] = told.replace(' fullCalcOnLoad="1"', "" if is_computed else ' fullCalcOnLoad="1"')
    assert parts["xl/workbook.xml"] != told or not is_computed
    [(_, found)] = read(zipped(tmp_path, **{name: text.encode() for name, text in parts.items()}))
    assert found == [(2, ("1", read_as)), (3, ("2", UNCOMPUTED))]


def zipped(folder: Path, **parts: bytes) -> Path:
    path = folder / "cases.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "an old .xls, or a workbook with a password"),
        (b"PK\x03\x04" + bytes(600), "cannot be read as a workbook"),
    ],
)
def test_what_is_no_workbook_says_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    error = refused(text(tmp_path, content, "old.xls"))
    assert said in str(error)
    assert "save it as .xlsx" in error.hint


def test_a_workbook_that_would_burst_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(tmp_path, **{"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes((8 << 20) + 1)})
    error = refused(bomb)
    assert "unpacks to more" in str(error)
    assert "SCAMCLI_LIMITS=ratio=" in error.hint
    monkeypatch.setenv("SCAMCLI_LIMITS", "strings=100")
    assert "more than 100 bytes of shared texts" in str(
        refused(zipped(tmp_path, **{"xl/workbook.xml": b"", "xl/sharedStrings.xml": b"x" * 101}))
    )
