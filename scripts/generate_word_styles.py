"""Write the styles of Word reports: pandoc's own reference file, with our headings, tables, page and page numbers.

`make word-styles` runs this. pandoc takes the styles, the page and the footer from the file, and none of its text.
"""

from __future__ import annotations

import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, cast

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from scamcli.output.report import word

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

INK, ACCENT, LINK, SOFT = map(RGBColor.from_string, ("1B1F24", "1F3F6B", "1A5A96", "5A626C"))

FONT = "Calibri"
"""Every Word since 2007 has it, and LibreOffice has one of the same widths."""

STYLES = {  # size, colour, bold, space before and after, in points
    "Title": (24, ACCENT, True, 0, 8),
    "Heading 1": (17, ACCENT, True, 26, 6),
    "Heading 2": (13, ACCENT, True, 16, 4),
    "Heading 3": (11, INK, True, 14, 2),
    "Heading 4": (10.5, INK, True, 10, 2),
    "Normal": (10.5, INK, False, 0, 4),
    "Body Text": (10.5, INK, False, 4, 4),
    "First Paragraph": (10.5, INK, False, 4, 4),
    "Compact": (10, INK, False, 0, 3),
    "Block Text": (10.5, INK, False, 6, 12),
}

TABLE = f"""<w:tblPr {nsdecls("w")}>
  <w:tblBorders>
    <w:top w:val="single" w:sz="8" w:color="1F3F6B"/><w:bottom w:val="single" w:sz="8" w:color="1F3F6B"/>
    <w:insideH w:val="single" w:sz="4" w:color="D0D4DA"/>
  </w:tblBorders>
  <w:tblCellMar>
    <w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>
    <w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>
  </w:tblCellMar>
</w:tblPr>"""

FIRST_ROW = f"""<w:tblStylePr {nsdecls("w")} w:type="firstRow">
  <w:rPr><w:b/></w:rPr>
  <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="1F3F6B"/></w:tcBorders>
    <w:shd w:val="clear" w:color="auto" w:fill="EEF1F5"/></w:tcPr>
</w:tblStylePr>"""

NOTICE = f"""<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="B4541A"/></w:pBdr>"""


def main() -> None:
    """Write the file."""
    command = [word.pandoc(), "--print-default-data-file", "reference.docx"]
    document = Document(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout))
    for name, look in STYLES.items():
        _set(cast("ParagraphStyle", document.styles[name]), look)
    cast("ParagraphStyle", document.styles["Hyperlink"]).font.color.rgb = LINK
    _notice(document)
    _table(document)
    _page(document)
    document.save(str(word.STYLES))


def _set(style: ParagraphStyle, look: tuple[float, RGBColor, bool, float, float]) -> None:
    size, colour, bold, before, after = look
    style.font.size, style.font.name, style.font.color.rgb = Pt(size), FONT, colour
    style.font.bold, style.font.italic = bold or None, None
    for theme in ("asciiTheme", "hAnsiTheme"):  # which would win over the font
        style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    text = style.paragraph_format
    text.space_before, text.space_after, text.line_spacing = Pt(before), Pt(after), 1.1
    if style.name and style.name.startswith(("Heading", "Title")):
        text.keep_with_next = True
        style.paragraph_format.alignment = None


def _notice(document: Word) -> None:
    properties = document.styles["Block Text"].element.get_or_add_pPr()
    properties.insert_element_before(parse_xml(NOTICE), "w:shd", "w:spacing", "w:ind", "w:jc")


def _table(document: Word) -> None:
    style = next(one for one in document.styles if one.type == WD_STYLE_TYPE.TABLE and one.name == "Table").element
    for old in style.findall(qn("w:tblPr")) + style.findall(qn("w:tblStylePr")):
        style.remove(old)
    style.append(parse_xml(TABLE))
    style.append(parse_xml(FIRST_ROW))


def _page(document: Word) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 1
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        _small(paragraph, words)
        _field(paragraph, field)


def _small(paragraph: Paragraph, words: str) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(9), SOFT


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a field, which the word processor fills in."""
    for kind in ("begin", name, "separate", "1", "end"):
        run = paragraph.add_run()
        run.font.size, run.font.color.rgb = Pt(9), SOFT
        if kind in {"begin", "separate", "end"}:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText" if kind == name else "w:t")
            element.text = kind
        run._r.append(element)


if __name__ == "__main__":
    main()
