"""Find the tables of a text: Markdown rows, cells between tabs, columns of a page, and rows that end in numbers.

Libraries read tables in files of a known format, but find none in the middle of a text, and do not say where in the
text a cell is. Only tables of numbers are returned: others are lists of sentences, which the rules for texts read.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scamcli.ingest import date_phrases
from scamcli.ingest.counts.amounts import amounts
from scamcli.ingest.counts.count import Amount
from scamcli.ingest.date_phrases import When
from scamcli.ingest.lexicon import TABLES
from scamcli.ingest.proposal import Span
from scamcli.ingest.tables.lines import LONGEST_LABEL, SIGNS, Line, lines_of, trailing
from scamcli.ingest.words import FULL_STOPS, Sentence, words

MOST_CELLS = 5000
"""The most cells of a table. Longer ones belong into `scamcli import`."""
_MOST_HEADS = 3
"""The most rows of a head."""
_FEWEST_ROWS = 3
"""How many rows without marks make a table if nothing else shows that they are one."""
_LONGEST_CAPTION = 40
"""The most words of a line above a table that says what the table counts."""
_SHORTEST_REMARK = 5
"""The fewest words of a cell that is a sentence with numbers."""
_AFTER_NUMBER = TABLES.footnotes | TABLES.numbers
"""Words and signs behind the number of a cell that say nothing about it: "12 persons", "12*"."""
_YEARS = 1900, 2600
"""The first and the last year that a label can be."""
_MOSTLY = 0.6
"""The share of the filled cells of a column that are numbers, in a column of numbers."""

_GAP = r"\S(?:\S| (?=\S))*"


class Cell(NamedTuple):
    """A cell: its words, and the number or the date that it is. An empty cell has no words.

    Attributes:
        amount: its indices are those of `words`.
        when: a date that is the whole cell.
        is_remark: whether it is a sentence, or a phrase such as "up 12%", which is read like one.
    """

    words: Sentence = ()
    amount: Amount | None = None
    when: When | None = None
    is_remark: bool = False


Row = tuple[Cell, ...]
_Position = tuple[int, int]
"""Where a cell begins and ends in the text."""


class Table(NamedTuple):
    """A table with at least one column of numbers. All rows have the same number of cells.

    Attributes:
        caption: the line above it that says what it counts, or ``()``.
        head: the rows with the labels of its columns.
        body: the other rows.
        numbers: the columns of numbers.
        is_certain: whether signs, tabs, or gaps below a head separate its cells, so that it is certainly a table.
        span: its lines in the text, without its caption.
    """

    caption: Sentence
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    numbers: tuple[int, ...]
    is_certain: bool
    span: Span


def find_tables(source: str, view: str) -> list[Table]:
    """Return the tables of a text in order.

    Args:
        source: the text.
        view: the text without markup, at the same positions.
    """
    lines = list(lines_of(source, view))
    found: list[Table] = []
    for first, last in _blocks(lines):
        block = [line for line in lines[first:last] if line.how != "rule"]
        span = Span(lines[first].start, lines[last - 1].start + len(lines[last - 1].text))
        table = _table(_split(block), view, span, block[-1].how)
        if table is not None:
            found.append(table._replace(caption=table.caption or _caption(lines, first, view)))
    return found


def without(text: str, spans: Iterable[Span]) -> str:
    """Return a text with spaces in place of several stretches, so that they are not read as sentences."""
    parts, at = list[str](), 0
    for start, end in spans:
        parts += text[at:start], re.sub(r"[^\n]", " ", text[max(at, start) : end])
        at = max(at, end)
    return "".join([*parts, text[at:]])


def sentence_of(row: Row) -> Sentence:
    """Return all words of a row."""
    return tuple(word for cell in row for word in cell.words)


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each block of lines that are separated alike, and the line after its last."""
    at = 0
    while at < len(lines):
        how = lines[at].how
        if how in ("", "rule"):
            at += 1
            continue
        last = at + 1
        while last < len(lines) and _continues(lines, last, how):
            last += 1
        while last > at + 1 and lines[last - 1].how in ("rule", ""):
            last -= 1
        first = at
        if how == "trail":
            first = _with_head(lines, at)
        if last - first > (how == "trail" and first == at):
            yield first, last
        at = last


def _continues(lines: Sequence[Line], at: int, how: str) -> bool:
    """Return whether a line belongs to the block before it. In columns, a short line can be a label of several rows."""
    line = lines[at]
    if line.how == how or line.how == "rule" or (how == "gap" and line.how == "trail"):
        return True
    follows = lines[at + 1].how if at + 1 < len(lines) else ""
    if not line.text.strip():
        return how == "gap" and follows == "gap" and _ends_in_number(lines[at - 1]) and _ends_in_number(lines[at + 1])
    return how in ("gap", "tab", "trail") and follows == how and not line.how and _is_label(line.text)


def _ends_in_number(line: Line) -> bool:
    return line.text.rstrip()[-1:].isdigit()


def _is_label(text: str) -> bool:
    body = text.strip()
    return 0 < len(body.split()) <= LONGEST_LABEL and body[-1] not in FULL_STOPS - {")"} and body[0] not in "-*#>"


def _with_head(lines: Sequence[Line], at: int) -> int:
    """Return the index of the line above rows that end in numbers, if it can be their head."""
    above = lines[at - 1] if at else Line(0, "", "")
    return at - 1 if above.how in ("", "gap") and _is_label(above.text) and ":" not in above.text else at


def _split(block: Sequence[Line]) -> list[list[_Position]]:
    """Return the cells of each line, as positions in the text. An empty cell ends where it begins."""
    how = block[-1].how
    if how in SIGNS:
        return [list(_between(line, SIGNS[how])) for line in block]
    if how == "tab":
        rows = [list(_between(line, "\t")) for line in block]
        is_regular = len({len(row) for row in rows if len(row) > 1}) == 1
        return rows if is_regular else [[cell for cell in row if cell[0] < cell[1]] for row in rows]
    return _by_columns(block) if any(line.how == "gap" for line in block[1:]) else _bytrailing(block)


def _between(line: Line, sign: str) -> Iterator[_Position]:
    """Yield the cells between signs. A sign at the start or the end of a line of Markdown separates nothing."""
    text = line.text.strip(" " if sign == "\t" else " \t")
    at = line.start + line.text.index(text)
    if sign == "|":
        at += text.startswith(sign)
        text = text.removeprefix(sign).removesuffix(sign)
    for part in text.split(sign):
        start = at + len(part) - len(part.lstrip())
        yield start, start + len(part.strip())
        at += len(part) + len(sign)


def _chunks(line: Line) -> list[_Position]:
    """Return the cells of a line in columns: the number words at its end, or what wide gaps separate."""
    pattern = _GAP if line.how != "trail" else r"\S+"
    found = [(line.start + part.start(), line.start + part.end()) for part in re.finditer(pattern, line.text)]
    if line.how != "trail":
        return found
    numbers = len(trailing(line)[2].split())
    return [(found[0][0], found[-numbers - 1][1]), *found[-numbers:]]


def _by_columns(block: Sequence[Line]) -> list[list[_Position]]:
    """Return the cells of columns on a page. A cell belongs to the column that is above or below most of it."""
    rows = [_chunks(line) for line in block]
    widest = max(map(len, rows))
    if widest * len(rows) > MOST_CELLS:
        return rows
    full = [(line, row) for line, row in zip(block, rows, strict=True) if len(row) == widest]
    columns = [
        (min(row[at][0] - line.start for line, row in full), max(row[at][1] - line.start for line, row in full))
        for at in range(widest)
    ]
    return [
        row if len(row) == widest else _aligned(row, line.start, columns) for line, row in zip(block, rows, strict=True)
    ]


def _aligned(row: Sequence[_Position], start: int, columns: Sequence[_Position]) -> list[_Position]:
    found: list[_Position] = [(start, start)] * len(columns)
    for first, last in row:
        near = [min(last - start, end) - max(first - start, begin) for begin, end in columns]
        at = near.index(max(near))
        own = found[at]
        found[at] = (own[0], last) if own[0] < own[1] else (first, last)
    return found


def _bytrailing(block: Sequence[Line]) -> list[list[_Position]]:
    """Return the cells of rows that end in numbers, and of a head whose words or gaps match them."""
    rows = [_chunks(line) for line in block if line.how == "trail"]
    most = max(map(len, rows), default=0)
    head = block[0]
    if head.how == "trail" or not rows:
        return rows
    spans = [
        [(head.start + one.start(), head.start + one.end()) for one in re.finditer(pattern, head.text)]
        for pattern in (_GAP, r"\S+")
    ]
    fitting = next((cells for cells in spans if len(cells) in (most - 1, most)), None)
    if fitting is None:
        whole = spans[0][0][0], spans[0][-1][1]
        return [[(head.start, head.start), whole] if most == 2 else [whole], *rows]
    return [[(head.start, head.start)] * (most - len(fitting)) + fitting, *rows]


def _table(rows: Sequence[Sequence[_Position]], view: str, span: Span, how: str) -> Table | None:
    """Return the table of these cells, or ``None`` if it has no column of numbers."""
    is_marked = how in (*SIGNS, "tab")
    width = max(map(len, rows), default=0)
    if width < 2 or width * len(rows) > MOST_CELLS:
        return None
    cells = [tuple(_cell(view, *position) for position in row) for row in rows]
    read = [row + (Cell(),) * (width - len(row)) for row in cells]
    read = [row for row in read if any(cell.words for cell in row)]
    caption: Sentence = ()
    if len(read) > 1 and _is_single(read[0]) and not _is_single(read[1]):
        caption, read = sentence_of(read[0]), read[1:]
    heads = next((at for at, row in enumerate(read[:_MOST_HEADS]) if not _is_head(row, at)), 0)
    if heads and not read[heads - 1][0].words and _is_single(read[heads - 1]):
        heads -= 1
    head, body = tuple(read[:heads]), tuple(read[heads:])
    numbers = tuple(at for at in range(width) if _is_of_numbers([row[at] for row in body], _texts(head, at)))
    fewest = 1 if head and is_marked else 2 if head or is_marked or how == "gap" else _FEWEST_ROWS
    is_certain = is_marked or (bool(head) and (len(body) >= _FEWEST_ROWS or len(numbers) > 1))
    if not numbers or len(body) < fewest:
        return None
    items = [at for at in range(width) if at not in numbers and _is_numbered([row[at] for row in body])]
    body = tuple(tuple(_of_text(cell, at, numbers, items) for at, cell in enumerate(row)) for row in body)
    return Table(caption, head, body, numbers, is_certain, span)


def _of_text(cell: Cell, at: int, numbers: Sequence[int], items: Sequence[int]) -> Cell:
    """Return a cell of a column. Outside of columns of numbers, a number is one of a sentence, or of the row itself."""
    if at in numbers:
        return cell
    if at in items and cell.amount is not None:
        return Cell()
    lowers = [word.lower for word in cell.words]
    is_long = len(lowers) >= _SHORTEST_REMARK or not TABLES.shares.isdisjoint(lowers)
    is_remark = cell.amount is not None or (cell.is_remark and is_long)
    return cell._replace(amount=None, is_remark=is_remark and cell.when is None)


def _cell(view: str, start: int, end: int) -> Cell:
    every = tuple(words(view, start, end))
    if not every:
        return Cell()
    when = date_phrases.read(every, 0)
    if when is not None and when.end < len(every) - (every[-1].text == "."):
        when = None
    found = amounts(every, view, frozenset())
    signs = len(every) > 1 and every[0].text in TABLES.signs
    if not found or found[0].first > signs:
        return Cell(every, when=when, is_remark=bool(found))
    if found[0].first:
        found[0] = found[0]._replace(first=0, wording=view[every[0].start : every[found[0].last - 1].end])
    rest = every[found[0].last :]
    is_number = not rest or rest[0].text == "(" or all(word.lower in _AFTER_NUMBER for word in rest)
    return Cell(every, found[0], when) if is_number else Cell(every, when=when, is_remark=True)


def _is_single(row: Row) -> bool:
    return sum(bool(cell.words) for cell in row) == 1


def _is_head(row: Row, at: int) -> bool:
    """Return whether a row labels columns. Its only numbers are years, which below the first row can count people."""
    numbers = [cell for cell in row if cell.amount is not None]
    return all(_is_year(cell) for cell in numbers) and (not numbers or at == 0 or row[0].amount is None)


def _is_year(cell: Cell) -> bool:
    """Return whether a cell can be a date or a year, of another calendar too: "2023/24", "2566"."""
    first = cell.words[0].text
    is_year = len(first) == len("2566") and first.isdecimal() and _YEARS[0] <= int(first) <= _YEARS[1]
    return cell.when is not None or is_year


def _texts(head: Sequence[Row], at: int) -> list[str]:
    return [" ".join(word.lower for word in row[at].words) for row in head]


def _is_of_numbers(column: Sequence[Cell], labels: Sequence[str]) -> bool:
    """Return whether a column has numbers that are neither dates nor the numbers of its rows."""
    filled = [cell for cell in column if cell.words and any(word.text[0].isalnum() for word in cell.words)]
    counted = [cell for cell in filled if cell.amount is not None]
    if len(counted) < max(1, _MOSTLY * len(filled)):
        return False
    if all(cell.when is not None for cell in counted):
        return False  # years and other dates
    return not (_is_numbered(column) and (not labels or labels[-1] in TABLES.item_numbers))


def _is_numbered(column: Sequence[Cell]) -> bool:
    """Return whether the cells of a column number the rows."""
    values = [cell.amount.wording for cell in column if cell.amount]
    return values == [str(one) for one in range(1, len(values) + 1)] and len(values) > 1


def _caption(lines: Sequence[Line], first: int, view: str) -> Sentence:
    """Return the words of the line above a table if it is a label, or says that a table follows."""
    at = first - 1
    while at >= 0 and not lines[at].text.strip():
        at -= 1
    if at < 0 or lines[at].how not in ("", "trail"):
        return ()
    every = tuple(words(view, lines[at].start, lines[at].start + len(lines[at].text)))
    if not every or len(every) > _LONGEST_CAPTION:
        return ()
    is_label = every[-1].text not in FULL_STOPS - {")"}
    return every if is_label or any(word.lower in TABLES.announcing for word in every) else ()
