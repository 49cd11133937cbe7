"""A table is laid out as rich would print it, for texts of any script and any width that it is used for."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scamcli.output.formats.as_table import MARGIN, MIN_TEXT
from scamcli.output.formats.layout import Column, table_lines
from scamcli.output.text.words import fold

WORDS = (
    "a", "raid", "2022-09-19", "more than 200", "Preah Sihanouk", "unbelievable-compound-name", "ប៉ូលិសប្រឌិត", "ស្រ្តី",
    "西港市警察局", "ตำรวจ", "ほぼ百人", "한국", "é", "e\u0301", "👩\u200d🚀", "🇰🇭", "✔\ufe0f", "…", "“quoted”", "█▉⇒",
    "",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join).map(str.strip)
CASES = settings(max_examples=150)


class Ascii(StringIO):
    encoding = "ascii"


def by_rich(columns: list[Column], room: int, *, is_ascii: bool) -> list[str]:
    """Return the lines of the same table, laid out by rich."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        settings: dict[str, Any] = {"justify": "right" if column.is_numeric else "left", "no_wrap": column.is_unbroken}
        exact = column.least if column.is_shortened else None
        table.add_column(Text(column.heading), overflow="fold", width=exact, **settings)
    for row in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(Text, row))
    out = Ascii() if is_ascii else StringIO()
    Console(file=out, highlight=False, width=room, force_terminal=False).print(table)
    return out.getvalue().split("\n")[:-1]


@st.composite
def a_column(draw: st.DrawFn, rows: int) -> Column:
    cells = draw(st.lists(TEXTS, min_size=rows, max_size=rows))
    heading = draw(st.sampled_from(("", "id", "province", "possible low")))
    form = draw(st.sampled_from(("text", "text", "number", "unbroken", "prefix")))
    widest = max(map(cell_len, [heading, *cells]))
    assume(widest)
    if form == "prefix":
        return Column("id", heading, cells, max(draw(st.integers(16, 30)), len(heading)), False, False, True)
    is_unbroken = form != "text"
    return Column(
        "key", heading, cells, widest if is_unbroken else min(widest, MIN_TEXT), form == "number", is_unbroken
    )


@st.composite
def a_table(draw: st.DrawFn) -> tuple[list[Column], int]:
    """Return columns, and a width that they fit into."""
    rows = draw(st.integers(1, 4))
    columns = draw(st.lists(a_column(rows), min_size=1, max_size=6))
    return columns, sum(column.least + MARGIN for column in columns) + draw(st.integers(0, 60))


@CASES
@given(table=a_table(), is_ascii=st.booleans())
def test_a_table_is_laid_out_as_by_rich(table: tuple[list[Column], int], is_ascii: bool) -> None:
    columns, room = table
    assert list(table_lines(columns, room, is_bold=False, is_ascii=is_ascii)) == by_rich(
        columns, room, is_ascii=is_ascii
    )


@CASES
@given(text=TEXTS, room=st.integers(4, 40))
def test_no_line_is_wider_than_the_room_and_no_letter_is_lost(text: str, room: int) -> None:
    lines = fold(text, room)
    assert [line for line in lines if cell_len(line) > room] == []
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("room", [100, 30, 24])
def test_only_headings_are_bold(room: int) -> None:
    columns = [
        Column("title", "a long title", ["some words of a text"], 10, False, False),
        Column("n", "number", ["1"], 6, True, True),
    ]
    plain = list(table_lines(columns, room, is_bold=False, is_ascii=False))
    bold = list(table_lines(columns, room, is_bold=True, is_ascii=False))
    rule = next(at for at, line in enumerate(plain) if "─" in line)
    assert bold == [f"\x1b[1m{line}\x1b[0m" for line in plain[:rule]] + plain[rule:]
