"""Files that attack their reader, in every format that is read: damaged, absurd, or made to exhaust a machine."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sqlite3
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.helpers.pdf_files import pdf, with_contents

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

LARGEST = 10_000_000
"""Bytes of the largest file."""

MAP = ("--map", "date=date", "--map", "title=title", "--set", "kind=raid")


class Case(NamedTuple):
    """A file, and the command that reads it; ``{}`` stands for its path."""

    name: str
    data: bytes
    args: tuple[str, ...]


SIZES = (10, 100, 1_000, 10_000, 100_000, 1_000_000, LARGEST)
ODD = (
    "1e999999", "-1e999999", "1e400", "9" * 400, "9" * 5_000, "0x7fffffffffffffff", "NaN", "Infinity", "-0", "1,2,3",
    "\ufeff", "\u202e", "\x1b[31m", "=cmd|' /C calc'!A0", "@SUM(1)", "\ud7ff", "𝕏", "e\u0301" * 50, "ស" * 50, '"', "'",
    "\\", "\r", "\t", "", " ", "null", "true", "2024-01-02", "2024-99-99", "9999-12-31", "0000", "-99999-01-01", "..",
    "2024-01-02/..", "{}", "[]", "{title}", "twenty million", "a hundred hundred hundred", "١٢٣", "½", "10^9", "%s%n",
)  # fmt: skip


def _word(chance: random.Random) -> str:
    return chance.choice(ODD) if chance.random() < 0.5 else chance.choice(("a", "raid", "7", "Kandal", "x" * 300))


def _size(chance: random.Random) -> int:
    return chance.choice(SIZES[: chance.choice((3, 4, 5, 6, 7))])


def _filled(piece: str, size: int) -> str:
    return piece * max(1, size // max(1, len(piece.encode("utf-8", "replace"))))


def _encoded(chance: random.Random, text: str) -> bytes:
    """The text in some encoding, or damaged."""
    how = chance.randrange(10)
    if how == 0:
        data = text[: LARGEST // 2].encode("utf-16", "replace")
    elif how == 1:
        data = text[: LARGEST // 4].encode("utf-32", "replace")
    elif how == 2:
        data = text.encode("cp1252", "replace")
    else:
        data = text.encode("utf-8", "replace")
    if how in {3, 4}:
        raw = bytearray(data[:LARGEST])
        for _ in range(chance.choice((1, 5, 50))):
            raw[chance.randrange(len(raw))] = chance.choice((0, 10, 13, 34, 44, 92, 128, 192, 255))
        data = bytes(raw)
    return data[:LARGEST]


def table(chance: random.Random) -> Case:
    """CSV or TSV: long lines, many columns, quotes that never end, rows of absurd cells."""
    sep = chance.choice(",;\t|")
    size = _size(chance)
    columns = chance.choice((1, 2, 3, 30, 3_000, 20_000))
    header = sep.join(["date", "title", *(chance.choice((f"c{at}", "c", "rescued", "")) for at in range(columns))])
    shape = chance.randrange(8)
    if shape == 0:
        body = _filled(_word(chance) + sep, size)
    elif shape == 1:
        body = '"' + _filled(chance.choice(("a", "\n", '""', sep, "a\n")), size)
    elif shape == 2:
        body = _filled(chance.choice(("\n", sep + "\n", "\r", "\r\n", " \n")), size)
    elif shape == 3:
        body = _filled(f'"a{sep}\n"{sep}', size)
    else:
        rows = min(3_000, max(1, size // (2 * len(header))))
        width = columns + 2 + chance.choice((0, 0, 0, 1, -1))
        cells = min(width, 50)
        body = "\n".join(
            sep.join(["2024-01-02", f"raid {at}", *(_word(chance) for _ in range(cells - 2)), *[""] * (width - cells)])
            for at in range(rows)
        )
    text = chance.choice((header + "\n", "", "sep=;\n", "\n" * 50)) + body
    name = chance.choice(("a.csv", "a.tsv", "a.txt", "a"))
    options = chance.choice(((), MAP, MAP, ("--header-row", chance.choice(("1", "2", "99999999"))), ("--map", "x=y")))
    return Case(name, _encoded(chance, text), ("import", "{}", *options))


PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default'
    ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
    ' ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings'
    '.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override'
    ' PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    "</Types>",
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
    ' Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1"'
    ' r:id="rId1"/></sheets><definedNames><definedName name="x">a!$A$1</definedName></definedNames></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill>'
    '<patternFill/></fill></fills><borders count="1"><border/></borders><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    "</styleSheet>",
    "xl/sharedStrings.xml": '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3"'
    ' uniqueCount="3"><si><t>date</t></si><si><t>title</t></si><si><r><t>raid</t></r></si></sst>',
    "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<dimension ref="A1:B2"/><cols><col min="1" max="2" width="9"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0'
    '</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="1"><v>45000</v></c><c r="B2" t="s"><v>2</v></c>'
    "</row>"
    '<row r="3"><c r="A3" t="d"><v>2024-01-02</v></c><c r="B3" t="inlineStr"><is><t>x</t></is></c></row><row'
    ' r="4"><c r="A4" s="1"><f>1+1</f><v>45001</v></c><c r="B4" t="str"><v>y</v></c></row></sheetData>'
    '<mergeCells count="1">'
    '<mergeCell ref="A1:B1"/></mergeCells></worksheet>',
}
"""A small workbook, part by part."""

ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{("&" + chr(97 + at) + ";") * 10}">' for at in range(9))
    + "]>"
)


def _mutated(chance: random.Random, text: str) -> str:
    """XML with one value, tag or stretch that is not as it was."""
    how = chance.randrange(7)
    marks = [at for at, char in enumerate(text) if char == '"']
    if how <= 3 and len(marks) > 3:
        at = 2 * chance.randrange(len(marks) // 2)
        bad = chance.choice((*ODD, "l", "-1", "0", "999999999999", "XFD1048576", "A99999999999", "ZZZZZZ1", "A0", "1"))
        bad = "".join(char for char in bad if char not in '"<&')
        return text[: marks[at] + 1] + bad + text[marks[at + 1] :]
    start = chance.randrange(len(text))
    if how == 4:
        return text[:start]
    if how == 5:
        return text[:start] + chance.choice(("<", ">", "&j;", "&#0;", "]]>", "<![CDATA[", "\x00", "é")) + text[start:]
    end = min(len(text), start + chance.randrange(1, 200))
    return text[:start] + text[end:]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<?xml version="1.0"?>'
SHEET, ENDED = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"
FIRST, STRINGS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"


def _far(chance: random.Random) -> str:
    return f'{SHEET}<row r="{chance.choice((2, 1_048_576, 10**9, 10**30))}"><c r="XFD1"><v>1</v></c></row>{ENDED}'


def _many_sheets(number: int) -> str:
    many = "".join(f'<sheet name="s{at}" sheetId="{at}" r:id="rId1"/>' for at in range(number))
    return PARTS[BOOK].replace("</sheets>", many + "</sheets>")


BURSTS: tuple[tuple[str, Callable[[random.Random, int], str]], ...] = (
    (STRINGS, lambda _, size: f'{HEAD}<sst xmlns="{MAIN}">{_filled("<si><t>ab</t></si>", size)}</sst>'),
    (STRINGS, lambda _, size: f'{HEAD}<sst xmlns="{MAIN}"><si><t>{_filled("a", size)}</t></si></sst>'),
    (FIRST, lambda _, size: SHEET + _filled("<row><c/></row>", size) + ENDED),
    (FIRST, lambda _, size: SHEET + "<row>" + _filled("<c><v>1</v></c>", size) + "</row>" + ENDED),
    (FIRST, lambda chance, _: _far(chance)),
    (FIRST, lambda _, size: SHEET + _filled("<row>", min(size, 20_000_000))),
    *((part, lambda _, __, part=part: HEAD + ENTITIES + PARTS[part].replace("</", "&j;</", 3)) for part in PARTS),
    (STYLES, lambda _, size: PARTS[STYLES].replace("</cellXfs>", _filled('<xf numFmtId="0"/>', size // 10))),
    (BOOK, lambda _, size: _many_sheets(size // 20_000)),
)  # fmt: skip
"""Parts of a workbook that are large once they are unpacked, or once somebody reads them."""


def _burst(chance: random.Random) -> tuple[str, str]:
    part, make = chance.choice(BURSTS)
    return part, make(chance, chance.choice((100_000, 1_000_000, 10_000_000, 50_000_000)))


def zipped(parts: dict[str, str]) -> bytes:
    """A workbook of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text.encode("utf-8", "replace"))
    return out.getvalue()


def workbook(chance: random.Random) -> Case:
    """A workbook with a part that is damaged or bursts, or in a damaged ZIP file."""
    parts = dict(PARTS)
    how = chance.randrange(4)
    if how == 0:
        name, text = _burst(chance)
        parts[name] = text
    else:
        for _ in range(chance.choice((1, 1, 2, 5))):
            name = chance.choice([*parts, "xl/worksheets/sheet1.xml", "xl/workbook.xml"])
            parts[name] = _mutated(chance, parts[name])
    if chance.random() < 0.1:
        parts.pop(chance.choice(list(parts)))
    data = bytearray(zipped(parts))
    if how == 3:
        for _ in range(chance.choice((1, 3, 20))):
            # mostly in the list of parts, at the end
            at = chance.randrange(len(data)) if chance.random() < 0.3 else len(data) - 1 - chance.randrange(700)
            data[at % len(data)] = chance.choice((0, 1, 8, 9, 12, 14, 99, 127, 255))
    options = chance.choice(((), MAP, MAP, MAP, ("--sheet", "a", *MAP), ("--header-row", "3", *MAP)))
    return Case(chance.choice(("a.xlsx", "a.zip", "a.docx")), bytes(data[:LARGEST]), ("import", "{}", *options))


def _value(chance: random.Random, depth: int = 0) -> object:
    how = chance.randrange(9 if depth < 3 else 6)
    if how < 4:
        return _word(chance)
    if how == 4:
        return chance.choice((0, -1, 2**53, 10**30, 1e300, True, None, 0.1))
    if how == 5:
        return "x" * chance.choice((1, 301, 100_001))
    if how in {6, 7}:
        return [_value(chance, depth + 1) for _ in range(chance.choice((0, 1, 3)))]
    return {_word(chance): _value(chance, depth + 1) for _ in range(chance.choice((0, 1, 3)))}


def _record(chance: random.Random) -> dict[str, object]:
    many = chance.choice((1, 1, 3, 100, 1_000, 5_000))
    record: dict[str, object] = {"type": "event", "date": "2024-01-02", "kind": "raid", "title": "A raid"}
    figure = {"metric": "rescues", "stated": "7"}
    lists: dict[str, list[object]] = {
        "figures": [{**figure, "id": f"f{at}"} for at in range(many)],
        "sources": [{"outlet": f"o{at}", "url": f"https://a.example/{at}"} for at in range(many)],
        "actors": [{"name": f"Actor {at}", "role": "speaker"} for at in range(min(many, 1_000))],
        "tags": [f"t{at}" for at in range(many)],
        "places": [{"name": f"Town {at}"} for at in range(many)],
        "provinces": [chance.choice(("Kandal", "Kampot", "Poipet", "nowhere")) for _ in range(many)],
        "nationalities": [f"n{at}" for at in range(many)],
        "sites": [f"Site {at}" for at in range(min(many, 1_000))],
        "links": [{"type": "repeats", "event": f"e{at}"} for at in range(many)],
    }
    for key in chance.sample(sorted(lists), chance.choice((1, 1, 2))):
        record[key] = lists[key]
    if chance.random() < 0.3 and "figures" in record:
        figures = [{**figure, "id": f"f{at}", "part_of": f"f{at + 1}"} for at in range(many)]
        record["figures"] = [*figures, {**figure, "id": f"f{many}"}]
    if chance.random() < 0.4:
        record[chance.choice([*record, "id", "note", "summary", "status", "dataset"])] = _value(chance)
    return record


def json_lines(chance: random.Random) -> Case:
    """Records as JSON lines: deep, huge, or with values that nobody expects."""
    size = _size(chance)
    how = chance.randrange(10)
    if how == 0:
        depth = min(size, 5_000_000)
        text = '{"type": "event", "note": ' + chance.choice(("[", '{"a":')) * (depth // 5)
    elif how == 1:
        text = (
            '{"type": "event", "date": "2024", "kind": "raid", "title": "a", "figures": [{"metric": "rescues", "low": '
        )
        text += (
            chance.choice(("1e999999", "9" * min(size, 1_000_000), "-" + "9" * 5_000, "0." + "0" * 9_999 + "1")) + "}]}"
        )
    elif how == 2:
        text = '{"type": "actor", "name": "' + _filled(_word(chance) or "a", size) + '"}'
    elif how == 3:
        text = "{" + ", ".join(f'"k{at % 900}": {at}' for at in range(min(size, 2_000_000) // 12)) + "}"
    elif how == 4:
        text = _filled(chance.choice(('{"type": "event"}\n', "{}\n", "[]\n", "\n", "null\n", "{\n")), size)
    elif how == 5:
        text = "\n".join(json.dumps({"id": f"e{at}", "schema": chance.choice(("Person", "Event", "Ownership", "x")),
            "properties": {_word(chance): [_word(chance)], "name": [_word(chance)]}}) for at in range(500))  # fmt: skip
    elif how == 6:
        stated = chance.choice((*ODD, "7" * 4_000, "more than " * 300, "between 1 and " * 300, "1e9" * 99))
        text = json.dumps({"type": "event", "date": "2024", "kind": "raid", "title": "a", "figures": [
            {"metric": "rescues", "stated": stated}]})  # fmt: skip
    else:
        text = "\n".join(json.dumps(_record(chance)) for _ in range(chance.choice((1, 2, 20))))
    command = chance.choice((("import", "{}"), ("import", "{}", "--skip-invalid"), ("merge", "{}"), ("diff", "{}")))
    return Case(chance.choice(("a.jsonl", "a.json", "a")), _encoded(chance, text), command)


MARKS = (
    ". ", "a, ", "word ", "Alpha ", "7 ", "7", "a", "\n", "5 March 2024: Police freed 7 people.\n\n",
    "On 5 March he said ", '"said" ', "(", "- \n", "# \n", "*", "_a ", "[a](b) ", "[", "| a ", "<a>", "&amp; ",
    "police said ", "said John Smith, ",
    "Ministry of ", "three hundred thousand ", "twenty and ", "$5 million and ", "25 Thai and 30 Lao people including ",
    "among them 5 women, ", "សខេង", "警方解救", "e\u0301", "\u200d", "https://a.b/c,", "January ",
    "first quarter of 2024 ",
    "Published: 5 March 2024\n", "By John Smith\n", "---\n", "a\r", "The Bureau of Xyz said it. ", "ABC (Alpha Beta) ",
    "Dr. ", "1,000.5 ", "between 5 and 10 and ", "“a ", "the next day ", "9" * 5_000 + " people ", "1e999999 people ",
)  # fmt: skip


def text(chance: random.Random) -> Case:
    """A text to ingest: the same few words again and again, or many kinds of them."""
    head = chance.choice(("", "March 5, 2024: Police freed 45 workers.\nMarch 6, 2024: ", "---\ntitle: x\n---\n"))
    pieces = chance.sample(MARKS, chance.choice((1, 1, 2, 8)))
    body = _filled("".join(pieces), _size(chance))
    name = chance.choice(("a.txt", "a.md", "a", "a.docx"))
    return Case(name, _encoded(chance, head + body), ("ingest", "{}", *chance.choice(((), ("--dry-run",)))))


def page(chance: random.Random) -> Case:
    """A web page: nested, tangled, full of attributes, or with entities that burst."""
    size = _size(chance)
    piece = chance.choice(
        ("<div>", "<b>", "<p>a", "<p>police freed 7 people", "a<b>b</b>", "<a href=x>y</a> ", "<br>",
         "<table><tr><td>a",         "<!--", "<script>", "<li>5 March 2024: Police freed 7.", "&j; ", "<p a b c d e f>",
         "<svg><g>", "<ul><li>",
         *MARKS)
    )  # fmt: skip
    head = chance.choice(
        ("", ENTITIES, '<meta charset="utf-7">', '<meta property="article:published_time" content="2024">')
    )
    json_ld = chance.choice(("", '<script type="application/ld+json">' + "[" * min(size, 100_000) + "</script>"))
    whole = f"<html><head>{head}{json_ld}</head><body><article>{_filled(piece, size)}</article></body></html>"
    return Case(chance.choice(("a.html", "a.htm")), _encoded(chance, whole), ("ingest", "{}"))


LINE = "March 5, 2024: Police freed 7 people."

PDFS: tuple[Callable[[int], bytes], ...] = (
    lambda size: with_contents(b"BT /F1 11 Tf " + b"(x) Tj " * (size // 7)),
    lambda size: with_contents(b"BT (" + b"a" * size + b") Tj ET"),
    lambda size: with_contents(*[b"BT /F1 11 Tf 14 TL 50 800 Td (" + LINE.encode() + b") Tj ET"] * (size // 10_000)),
    lambda size: with_contents(b"q " * (size // 2), b"[" * (size // 2), b"<<" * (size // 4)),
    lambda _: pdf([LINE] * 40).replace(b"/Kids [", b"/Kids [2 0 R " * 3),
    lambda size: with_contents(b"x").replace(b"/FlateDecode", b"[/FlateDecode /FlateDecode /ASCIIHexDecode]")
    + zlib.compress(zlib.compress(b"a" * size)),
    lambda size: with_contents(b"BT /F1 11 Tf " + b"1 0 0 1 5 5 Tm (freed 7 ) Tj " * (size // 30)),
)  # fmt: skip
"""PDFs whose streams ask for endless work."""


def pdf_file(chance: random.Random) -> Case:
    """A PDF with damaged bytes, or with streams that ask for endless work."""
    if chance.random() < 0.7:
        data = chance.choice(PDFS)(chance.choice((1_000, 100_000, 3_000_000, 30_000_000)))
    else:
        raw = bytearray(pdf([LINE] * 3, title="x"))
        for _ in range(chance.choice((1, 5, 50))):
            raw[chance.randrange(len(raw))] = chance.choice((0, 32, 40, 47, 57, 60, 82, 255))
        data = bytes(raw)
    return Case("a.pdf", data[:LARGEST], ("ingest", "{}"))


def mapping(chance: random.Random) -> Case:
    """A mapping that is damaged or absurd, for a table that is neither."""
    value: dict[str, object] = {"columns": {"date": "date", "title": "title"}, "defaults": {"kind": "raid"}}
    how = chance.randrange(6)
    if how == 0:
        value["dataset"] = {
            "outlet": "x",
            "title": "x",
            "versions": [chance.choice(("(a+)+$", "(", "(a|aa)+$", "\\1"))],
        }
    elif how == 1:
        value["columns"] = {f"c{at}": "note" for at in range(chance.choice((10, 5_000, 50_000)))}
    elif how == 2:
        formats = [chance.choice(("%d/%m/%Y", "%", "%n" * 500, "%Y" * 40, "(a+)+", ""))]
        value["columns"] = {"date": {"field": "date", "formats": formats}, "title": "title"}
    else:
        value[chance.choice([*value, "missing", "prefix", "header_row", "needed", "lenient"])] = _value(chance)
    raw = json.dumps(value)
    raw = chance.choice(
        (raw, raw, raw, "[" * 500_000, raw[:-5], '{"columns": {"a": 1e999999}}', '{"a": ' + "9" * 9_999 + "}")
    )
    return Case(
        "m.json", _encoded(chance, raw), ("import", chance.choice(("table.csv", "a" * 90 + "!.csv")), "--mapping", "{}")
    )


def package(chance: random.Random) -> Case:
    """A ZIP file of an exported folder, its description, or a table of it with absurd cells."""
    from scamcli.exchange.tables import TABLES

    one = chance.choice(TABLES)
    rows = [[_word(chance) for _ in one.header] for _ in range(chance.choice((0, 1, 50)))]
    cells = "\n".join(
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in [one.header, *rows]
    )
    how = chance.randrange(3)
    if how == 0:
        return Case("datapackage.json", _encoded(chance, json.dumps(_value(chance))), ("import", "{}"))
    if how == 1:
        return Case(f"{one.name}.csv", _encoded(chance, cells), ("import", "{}"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr(f"{one.name}.csv", cells + _filled("a", _size(chance)))
    return Case("a.zip", out.getvalue(), ("import", "{}"))


def parquet(chance: random.Random) -> Case:
    """Parquet of scamcli's columns with damaged bytes, or many equal rows in few."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    from scamcli.exchange.tables import TABLES

    one = chance.choice(TABLES)
    rows, word = chance.choice(((1, ""), (10, "x" * 1_000), (1_000, "x" * 100), (100_000, "a"), (100_000, "")))
    columns = {name: pa.array([word], pa.string()).take(pa.array([0] * rows)) for name in one.header}
    out = io.BytesIO()
    write_table(pa.table(columns), out, compression="zstd")
    raw = bytearray(out.getvalue())
    for _ in range(chance.choice((0, 1, 1, 5, 50))):
        at = (
            chance.randrange(len(raw))
            if chance.random() < 0.5
            else len(raw) - 1 - chance.randrange(min(2_000, len(raw)))
        )
        raw[at] = chance.choice((0, 1, 21, 127, 128, 255))
    return Case("a.parquet", bytes(raw), ("import", "{}"))


def database(chance: random.Random) -> Case:
    """Another program's database, or bytes that only begin like one."""
    if chance.random() < 0.5:
        return Case("a.db", b"SQLite format 3\0" + chance.randbytes(min(_size(chance), 100_000)), ("import", "{}"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE event (id, record)")
        connection.execute(
            "CREATE VIEW term AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
        )
        connection.execute("INSERT INTO event VALUES (1, ?)", ["[" * min(_size(chance), 1_000_000)])
        connection.commit()
        connection.close()
        data = path.read_bytes()
    return Case("a.db", data, (chance.choice(("import", "merge", "diff")), "{}"))


QUERIES = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT length({}) FROM n LIMIT {}",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {1}) SELECT count(*) FROM n a, n b WHERE {0}",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {1}) SELECT group_concat({0}) FROM n",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {1}) SELECT length({0}) FROM n ORDER BY {0}",
    "SELECT json_group_array({}) FROM events a, events b, events c LIMIT {}",
)


def query(chance: random.Random) -> Case:
    """A query that asks for endless rows or memory. How much it prints is not limited, so it prints little."""
    values = ("i", "hex(zeroblob(1000000))", "zeroblob(30000000)", "printf('%.*c', 1000000, 'x')", "randomblob(i)")
    shape = chance.choice(QUERIES)
    value = "a.id" if "events" in shape else chance.choice(values)
    sql = shape.format(value, chance.choice((10, 1_000, 1_000_000)))
    return Case("q.sql", sql.encode(), ("sql", sql, "--format", "csv", "--timeout", "1"))


def _told(chance: random.Random, value: object) -> str:
    """JSON that says something, with a value that is not as it was, or damaged, or deep."""
    how = chance.randrange(6)
    if how == 0:
        depth = chance.choice((10, 1_000, 100_000))
        return "[" * depth + "]" * depth
    if how == 1:
        return json.dumps(_value(chance))
    text = json.dumps(value)
    return _mutated(chance, text) if how < 5 else text


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def bag(chance: random.Random) -> Case:
    """A bag in a zip file: its manifests often fit what is wrong with it."""
    sha256 = _sha256("hello")
    entry = {"sha256": sha256, "size": 5, "name": _word(chance), "file": f"data/evidence/{sha256}.txt", "events": [],
             "sources": [{"source": _word(chance), "collected_at": _word(chance), "url": _word(chance)}]}  # fmt: skip
    parts = {
        f"data/evidence/{sha256}.txt": "hello",
        "data/evidence.json": _told(chance, [entry]),
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Source-Organization: {_word(chance)}\n",
    }
    for name in ("records.jsonl", "history.jsonl", "seals.txt", "leaves.jsonl", "head.txt", "timestamps/a.tsr"):
        if chance.random() < 0.4:
            parts[f"data/{name}"] = _told(chance, {"type": "event", "id": _word(chance), "change": 1, "leaf": "00"})
    if chance.random() < 0.3:
        parts[chance.choice(list(parts))] = _filled(chance.choice(("a", "seal 1 0\n", "[]\n", "\0")), _size(chance))
    algorithm = chance.choice(("sha256", "sha256", "sha256", "md5", "shake_128", "crc32"))
    for name, kind in (("manifest", True), ("tagmanifest", False)):
        listed = {path: text for path, text in parts.items() if path.startswith("data/") is kind}
        lines = "".join(f"{_sha256(text)}  {path}\n" for path, text in listed.items())
        parts[f"{name}-{algorithm}.txt"] = lines
    if chance.random() < 0.3:
        name = chance.choice(list(parts))
        parts[name] = _mutated(chance, parts[name] or "a")
    inside = chance.choice(("bag/", "", "../", "/", "a/" * 500))
    data = bytearray(zipped({inside + name: text for name, text in parts.items()}))
    if chance.random() < 0.2:
        data[chance.randrange(len(data))] = chance.randrange(256)
    return Case("a.zip", bytes(data[:LARGEST]), ("evidence", chance.choice(("import", "verify")), "{}"))


def wacz(chance: random.Random) -> Case:
    """A web archive whose list of pages and description are not as they should be, with hashes that often fit."""
    pages = "\n".join(
        _told(chance, {"url": f"https://x.example/{_word(chance)}", "ts": _word(chance)}) for _ in range(3)
    )
    if chance.random() < 0.2:
        pages = _filled(chance.choice(('{"url": "a", "ts": "2020"}\n', "[]\n", "{")), _size(chance))
    resources = [{"path": "pages/pages.jsonl", "hash": f"sha256:{_sha256(pages)}", "name": _word(chance)}]
    package = _told(chance, {"resources": resources, "software": _word(chance)})
    parts = {"pages/pages.jsonl": pages, "datapackage.json": package}
    if chance.random() < 0.3:
        parts["datapackage-digest.json"] = _told(
            chance, {"path": "datapackage.json", "hash": f"sha256:{_sha256(package)}"}
        )
    return Case("a.wacz", zipped(parts)[:LARGEST], ("evidence", "import", "{}"))


def warc(chance: random.Random) -> Case:
    """A web archive whose headers are damaged, many or long."""
    page = _filled(_word(chance) or "a", min(_size(chance), 100_000))
    said = chance.choice((len(page), -1, 10**30))
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {said}\r\n\r\n"
    length = chance.choice((len((http + page).encode()), len(page), 0, -1, 10**30, _word(chance)))
    version, type_ = chance.choice(("1.0", "1.1", "9", "")), chance.choice(("response", "warcinfo", "x", ""))
    head = (
        f"WARC/{version}\r\nWARC-Type: {type_}\r\n"
        f"WARC-Target-URI: {_word(chance)}\r\nWARC-Date: {_word(chance)}\r\nContent-Length: {length}\r\n"
    )
    if chance.random() < 0.3:
        head += _filled(chance.choice((" a\r\n", "X: a\r\n", "\r\n", "X")), _size(chance))
    record = f"{head}\r\n{http}{page}\r\n\r\n"
    text = record * chance.choice((1, 1, 50))
    data = (_mutated(chance, text) if chance.random() < 0.3 else text).encode("utf-8", "replace")[:LARGEST]
    if chance.random() < 0.4:
        return Case("a.warc.gz", gzip.compress(data), ("evidence", "import", "{}"))
    return Case("a.warc", data, ("evidence", "import", "{}"))


def archiver(chance: random.Random) -> Case:
    """Results of auto-archiver whose cells are not what Python prints."""
    cells = [
        _word(chance), "{'url': 'https://x.example', 'title': 'A', '_processed_at': datetime.datetime(2024, 1, 1)}",
        "[{'filename': 'table.csv', '_key': 'table.csv', 'urls': [], 'properties': {'hash': 'SHA-256:00'}}]",
    ]  # fmt: skip
    at = chance.randrange(1, 3)
    how = chance.randrange(4)
    if how == 0:
        cells[at] = _filled(chance.choice(("(", "[[],", "-", "{'a':", "f'{", "1+", "not ")), _size(chance))
    elif how == 1:
        cells[at] = cells[at].replace("'", _word(chance), 2)
    else:
        cells[at] = _mutated(chance, cells[at])
    rows = "".join(f'"{cell.replace(chr(34), chr(34) * 2)}",' for cell in cells)[:-1]
    data = f"status,metadata,media\n{rows}\n".encode("utf-8", "replace")
    return Case("db.csv", data[:LARGEST], ("evidence", "import", "{}"))


FORMATS: dict[str, Callable[[random.Random], Case]] = {
    "table": table, "workbook": workbook, "json lines": json_lines, "text": text, "page": page, "pdf": pdf_file,
    "mapping": mapping, "package": package, "parquet": parquet, "database": database, "query": query,
    "bag": bag, "wacz": wacz, "warc": warc, "archiver": archiver,
}  # fmt: skip
