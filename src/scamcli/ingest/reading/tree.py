"""A parsed page, made ready for the search for its article.

An extractor judges by tags: it takes a layout table for figures, and drops small elements such as the times and the
boxes in which timelines put their dates. These become what they are read as, headings; the text stays as it is.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scamcli.ingest.reading.days import day_in_words, is_day

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
# A table with these inside is there for its layout, as pages once were; one of figures holds bare words.
_BLOCKS = "descendant::*[self::table or self::p or self::h1 or self::h2 or self::h3 or self::ul or self::div][1]"
_BOXES = ("div", "section", "article", "header", "main", "body", "aside")
_ENTRIES = ("div", "section", "li")
_OF_ARTICLE = ("updated", "modified", "publish")  # classes and the like of the times of the article itself
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def prepare(tree: Any, published: str | None) -> None:
    """Change the tags of a page: layout tables to boxes, dates that stand for themselves to headings."""
    for table in list(tree.iter("table")):
        if table.xpath(_BLOCKS):
            for part in table.iter(*_TABLE):
                part.tag = "div"
    boxes: Counter[Any] = Counter()
    for element, is_heading in list(_dates(tree, published)):
        element.tag = "h4" if is_heading else "span"
        element.attrib.clear()
        boxes[_box_of(element)] += 1
    for box, dates in boxes.items():
        # A box around one date is one entry; by a class such as "entry" it would be taken for the whole article.
        if dates == 1 and box.tag in _ENTRIES:
            box.attrib.clear()


def _box_of(element: Any) -> Any:
    parent = element.getparent()
    return parent.getparent() if parent.tag in _HEADINGS else parent


def _dates(tree: Any, published: str | None) -> Iterator[tuple[Any, bool]]:
    """Give the small elements that hold a day, and whether it stands for itself; not that of the byline."""
    begun = False
    for element in tree.iter("time", "div", "span", *_HEADINGS):
        text = " ".join((element.text or "").split())
        parent = element.getparent()
        if len(element) or parent is None or not is_day(text):
            continue
        if not begun and _is_byline(element, parent, text, published):
            continue
        alone = element.tag in _HEADINGS or (parent.tag in _BOXES and not (element.tail or "").strip())
        if alone or element.tag == "time":
            begun = True
            yield element, alone


def _is_byline(element: Any, parent: Any, text: str, published: str | None) -> bool:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    of_article = any(mark in marks for mark in _OF_ARTICLE) or (published and day_in_words(text) == published)
    return bool(of_article) and parent.tag not in _HEADINGS
