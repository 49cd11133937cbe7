"""DOC html"""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.ingest.proposal import Document, Metadata
from scamcli.ingest.reading.publication import is_only_a_date, leading_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


MAX_DEPTH = 250
"""Of elements inside one another; browsers stop near 500, and real pages stay below 60."""
MAX_ELEMENTS = 75_000
MAX_WORDS = 1_500
"""Of words in bold, links and the like in one paragraph: the time grows with the square of them."""
MAX_OWN_ATTRIBUTES = 500
"""Of one element: the parser compares each with all before it."""
MAX_ATTRIBUTES = 300_000

# One attribute, and a tag with all of its own, as browsers read them. Nothing here ever goes back over its input.
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_TAG = rf"<[a-zA-Z][^\s/>]*+((?:{_ATTRIBUTE})*+)"
_TOO_MUCH = "save only the article, or save it as text"


def read_page(text: str, notes: tuple[str, ...], name: str) -> Document:
    """Read the article of a page, and what its tags say of its publication; raises DataError."""
    try:
        import lxml.html
        import trafilatura
    except ImportError:
        raise DataError(
            f"{name} is a web page, and what reads these is not installed",
            "install it with: pip install 'scamcli[html]'; or save the page as text",
        ) from None

    # What it warns of is said here in plain words, or is no concern of the user's.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    parser = lxml.html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        collect_ids=False,
        default_doctype=False,
    )
    _refuse_long_tags(text, name)
    try:
        tree = lxml.html.document_fromstring(text.replace("\0", "").encode(), parser=parser)
        _refuse_tangled(tree, name)
    except (lxml.etree.LxmlError, AssertionError) as error:
        raise DataError(f"{name} cannot be read as a web page: {str(error)[:100]}", "save it as text") from None
    about = metadata_of_page(tree, text[:4096])
    retag(tree, about.published)
    article = trafilatura.extract(
        tree, include_comments=False, include_tables=True, include_links=False, include_images=False
    )
    if not article:
        raise DataError(f"{name} has no article that could be found", "save it as text")
    return Document(_tidied(article), about, notes)


def _refuse_long_tags(text: str, name: str) -> None:
    total = 0
    for tag in re.finditer(_TAG, text):
        own = len(re.findall(_ATTRIBUTE, tag[1])) if tag[1] else 0
        total += own
        _at_most(own, MAX_OWN_ATTRIBUTES, "attributes of one element", name)
        _at_most(total, MAX_ATTRIBUTES, "attributes", name)


def _refuse_tangled(tree: Any, name: str) -> None:
    """Count before anything walks the tree; each element is seen once, and none by recursion."""
    depth = elements = 0
    for event, element in _walked(tree):
        if event == "end":
            depth -= 1
            continue
        depth, elements = depth + 1, elements + 1
        _at_most(depth, MAX_DEPTH, "elements inside one another", name)
        _at_most(elements, MAX_ELEMENTS, "elements", name)
        if element.tag == "p":
            _at_most(len(element) - len(element.findall("br")), MAX_WORDS, "elements in one paragraph", name)


def _at_most(count: int, most: int, of_what: str, name: str) -> None:
    if count > most:
        raise DataError(f"{name} has more than {most:,} {of_what}, which no page to read has", _TOO_MUCH)


def _walked(tree: Any) -> Iterable[tuple[str, Any]]:
    from lxml import etree

    walk: Iterable[tuple[str, Any]] = etree.iterwalk(tree, events=("start", "end"))
    return walk


def _tidied(article: str) -> str:
    lines = (" ".join(line.split(" ")).rstrip() for line in article.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


_ARTICLES = ("Article", "BlogPosting", "Report", "ReportageNewsArticle", "NewsArticle", "LiveBlogPosting")
_LARGEST = 500_000
_LONGEST = 300

# Names of meta tags (name, property or itemprop), the surest first.
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_OUTLET = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "citation_journal_title")
_URL = ("og:url", "twitter:url")
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "citation_publication_date"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "pubdate", "publishdate"),
    *("publish_date", "publication_date", "parsely-pub-date", "sailthru.date", "date"),
)
# Browsers and SingleFile write where a saved page came from into a comment at its head.
_SAVED_FROM = r"<!--[^>]{0,300}?\b(?:saved from url=\(\d+\)|url: ?)(https?://[^\s>]{1,2000})"
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " · ", " « ")


def metadata_of_page(tree: Any, head: str) -> Metadata:
    """Read the tags of a parsed page; ``head`` is how its source begins."""
    metas = _metas(tree)
    article = next(_linked_data(tree), {})
    outlet = _first_meta(metas, _OUTLET) or _short_line(_name_of(article.get("publisher")))
    title = _short_line(article.get("headline")) or _first_meta(metas, _TITLE) or _heading(tree)
    saved = re.search(_SAVED_FROM, head)
    url = _canonical(tree) or _first_meta(metas, _URL) or (saved[1] if saved else None)
    return Metadata(
        title=_without_outlet(title, outlet) if title else None,
        outlet=outlet,
        url=url if url and url.startswith(("http://", "https://")) else None,
        published=_published(tree, metas, article),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = _short_line(meta.get("content"))
        for key in ("property", "name", "itemprop"):
            if content and meta.get(key):
                found.setdefault(meta.get(key).strip().lower(), content)
    return found


def _first_meta(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _short_line(value: object) -> str | None:
    """Give a string in one line, or nothing for what is no string, blank, or too long to be a name or a title."""
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return line if 0 < len(line) <= _LONGEST else None


def _name_of(value: object) -> object:
    value = value[0] if isinstance(value, list) and value else value
    return value.get("name") if isinstance(value, dict) else value


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Give what JSON-LD says of the article itself: at its top, in its graph, or as what the page is about."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        if script.text and len(script.text) <= _LARGEST:
            try:
                data = json.loads(script.text)
            except (ValueError, RecursionError):
                continue
            yield from filter(_is_article, _nodes(data))


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    for node in data if isinstance(data, list) else [data]:
        if isinstance(node, dict):
            graph = node.get("@graph")
            yield node
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()
            if isinstance(node.get("mainEntity"), dict):
                yield node["mainEntity"]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _heading(tree: Any) -> str | None:
    headings = [_short_line(heading.text_content()) for heading in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    title = tree.find(".//title")
    return _short_line(title.text_content()) if title is not None else None


def _without_outlet(title: str, outlet: str | None) -> str:
    for separator in _SEPARATORS:
        if outlet and title.endswith(separator + outlet):
            return title.removesuffix(separator + outlet)
    return title


def _canonical(tree: Any) -> str | None:
    link = tree.find('.//link[@rel="canonical"]')
    return (link.get("href") or "").strip() or None if link is not None else None


def _published(tree: Any, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    stated = [article.get("datePublished"), *(metas.get(name) for name in _PUBLISHED), *_times(tree)]
    days = (leading_day(text.strip()) for text in stated if isinstance(text, str))
    return next(filter(None, days), None)


def _times(tree: Any) -> Iterator[str]:
    """Give the times that the page marks as that of its publication; one of a list of other stories is not."""
    for time in tree.iter("time"):
        marks = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
        if "publish" in marks or time.get("pubdate") is not None:
            yield time.get("datetime") or time.text_content()


_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
# A table with these inside is there for its layout, as pages once were; one of figures holds bare words.
_BLOCKS = "descendant::*[self::table or self::p or self::h1 or self::h2 or self::h3 or self::ul or self::div][1]"
_BOXES = ("div", "section", "article", "header", "main", "body", "aside")
_ENTRIES = ("div", "section", "li")
_OF_ARTICLE = ("updated", "modified", "publish")  # classes and the like of the times of the article itself
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def retag(tree: Any, published: str | None) -> None:
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
        if len(element) or parent is None or not is_only_a_date(text):
            continue
        if not begun and _is_byline(element, parent, text, published):
            continue
        alone = element.tag in _HEADINGS or (parent.tag in _BOXES and not (element.tail or "").strip())
        if alone or element.tag == "time":
            begun = True
            yield element, alone


def _is_byline(element: Any, parent: Any, text: str, published: str | None) -> bool:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    of_article = any(mark in marks for mark in _OF_ARTICLE) or (published and leading_day(text) == published)
    return bool(of_article) and parent.tag not in _HEADINGS
