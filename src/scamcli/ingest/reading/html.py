"""Extract the article of a saved web page, and what its tags say about its publication.

trafilatura finds the article among menus, footers and lists of other headlines. The page is parsed here once, and
refused if it is more deeply nested or complex than any real page, so that no later step is slow or runs out of stack.
Then tags that mislead trafilatura are changed; the text is not. Nothing is fetched.
"""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING

from scamcli.errors import DataError, install_command
from scamcli.ingest.proposal import Document, Metadata
from scamcli.ingest.reading.publication import is_only_a_date, leading_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from scamcli.records.types import JsonObject

MAX_DEPTH = 250
"""The most elements inside one another. Browsers stop near 500, and real pages stay below 60."""
MAX_ELEMENTS = 75_000
MAX_TAGS = 2 * MAX_ELEMENTS
"""The most tags, which include those in scripts and comments."""
MAX_INLINE = 1_500
"""The most elements in one paragraph, such as links and bold words. trafilatura's time grows with their square."""
MAX_OWN_ATTRIBUTES = 500
"""The most attributes of one element. The parser compares each with all before it."""
MAX_ATTRIBUTES = 300_000

# One attribute, and a tag with its attributes, as browsers read them. Possessive quantifiers (*+) prevent backtracking.
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_TAG = rf"<[a-zA-Z][^\s/>]*+((?:{_ATTRIBUTE})*+)"


def read_page(text: str, notes: tuple[str, ...], name: str) -> Document:
    """Return the article of a page, and what its tags say about its publication. `notes` are the assumptions so far.

    Raises:
        DataError: the page is too complex or has no article, or the packages that read pages are not installed.
    """
    try:
        import lxml.html
        import trafilatura
    except ImportError:
        raise DataError(
            f"{name} is a web page, which needs packages that are not installed.",
            f"Run {install_command('html')}, or save the page as text.",
        ) from None

    # Its warnings are either repeated below in plain words, or not relevant to the user.
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
        raise DataError(f"{name} cannot be read as a web page: {str(error)[:100]}.", "Save it as text.") from None
    about = metadata_of_page(tree, text[:4096])
    retag(tree, about.published)
    article = trafilatura.extract(
        tree, include_comments=False, include_tables=True, include_links=False, include_images=False
    )
    if not article:
        raise DataError(f"{name} has no article that could be found.", "Save it as text.")
    lines = (line.rstrip() for line in article.replace("\r", "\n").split("\n"))
    return Document("\n".join(line for line in lines if line) + "\n", about, notes)


def _refuse_long_tags(text: str, name: str) -> None:
    """Refuse a page with too many tags or attributes before it is parsed, which would take much memory."""
    total = 0
    for number, tag in enumerate(re.finditer(_TAG, text), start=1):
        _at_most(number, MAX_TAGS, "tags", name)
        own = len(re.findall(_ATTRIBUTE, tag[1])) if tag[1] else 0
        total += own
        _at_most(own, MAX_OWN_ATTRIBUTES, "attributes of one element", name)
        _at_most(total, MAX_ATTRIBUTES, "attributes", name)


def _refuse_tangled(tree: HtmlElement, name: str) -> None:
    """Refuse a page with too many elements before anything else walks its tree. This walk is not recursive."""
    from lxml import etree

    depth = elements = 0
    walk: Iterable[tuple[str, HtmlElement]] = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            depth -= 1
            continue
        depth, elements = depth + 1, elements + 1
        _at_most(depth, MAX_DEPTH, "elements inside one another", name)
        _at_most(elements, MAX_ELEMENTS, "elements", name)
        if element.tag == "p":
            _at_most(len(element) - len(element.findall("br")), MAX_INLINE, "elements in one paragraph", name)


def _at_most(count: int, most: int, of_what: str, name: str) -> None:
    if count > most:
        raise DataError(
            f"{name} has more than {most:,} {of_what}, which is too complex to read.",
            "Save only the article, or save it as text.",
        )


_ARTICLES = ("Article", "BlogPosting", "Report", "ReportageNewsArticle", "NewsArticle", "LiveBlogPosting")
_LARGEST = 500_000
_LONGEST = 300

# Names of meta tags (name, property or itemprop), the most reliable first.
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_OUTLET = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "citation_journal_title")
_URL = ("og:url", "twitter:url")
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "citation_publication_date"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "pubdate", "publishdate"),
    *("publish_date", "publication_date", "parsely-pub-date", "sailthru.date", "date"),
)
# Browsers and SingleFile record the address of a saved page in a comment at its head.
_SAVED_FROM = r"<!--[^>]{0,300}?\b(?:saved from url=\(\d+\)|url: ?)(https?://[^\s>]{1,2000})"
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " · ", " « ")


def metadata_of_page(tree: HtmlElement, head: str) -> Metadata:
    """Return what the tags of a page say about its publication: JSON-LD, meta tags, and its own address.

    A field that no tag states stays unknown, because dates in the text of a page belong to its story and its menus. A
    comment in the `head` of the source may say where a browser saved the page from.
    """
    metas = _metas(tree)
    article = next(_linked_data(tree), {})
    outlet = _first_meta(metas, _OUTLET) or _short_line(_name_of(article.get("publisher")))
    title = _short_line(article.get("headline")) or _first_meta(metas, _TITLE) or _heading(tree)
    dates = [article.get("datePublished"), *(metas.get(name) for name in _PUBLISHED), *_times(tree)]
    days = (leading_day(text.strip()) for text in dates if isinstance(text, str))
    saved = re.search(_SAVED_FROM, head)
    links = (link.get("href", "").strip() for link in tree.findall('.//link[@rel="canonical"]')[:1])
    url = next(links, None) or _first_meta(metas, _URL) or (saved[1] if saved else None)
    return Metadata(
        title=_without_outlet(title, outlet) if title else None,
        outlet=outlet,
        url=url if url and url.startswith(("http://", "https://")) else None,
        published=next(filter(None, days), None),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
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
    """Return a string as one line, or ``None`` if it is not a string, blank, or too long for a name or a title."""
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return line if 0 < len(line) <= _LONGEST else None


def _name_of(value: object) -> object:
    value = value[0] if isinstance(value, list) and value else value
    return value.get("name") if isinstance(value, dict) else value


def _linked_data(tree: HtmlElement) -> Iterator[JsonObject]:
    """Yield what JSON-LD says about the article itself: at its top, in its graph, or as the main entity of the page."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        if script.text and len(script.text) <= _LARGEST:
            try:
                data = json.loads(script.text)
            except (ValueError, RecursionError):
                continue
            yield from filter(_is_article, _nodes(data))


def _nodes(data: object) -> Iterator[JsonObject]:
    for node in data if isinstance(data, list) else [data]:
        if isinstance(node, dict):
            graph = node.get("@graph")
            yield node
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()
            if isinstance(node.get("mainEntity"), dict):
                yield node["mainEntity"]


def _is_article(node: JsonObject) -> bool:
    kinds = node.get("@type")
    return any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _heading(tree: HtmlElement) -> str | None:
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


def _times(tree: HtmlElement) -> Iterator[str]:
    """Yield the times that the page marks as its time of publication, but not the times of other stories."""
    for time in tree.iter("time"):
        marks = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
        if "publish" in marks or time.get("pubdate") is not None:
            yield time.get("datetime") or time.text_content()


_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
# A table with one of these inside is used for layout. A table of figures contains only text.
_BLOCKS = "descendant::*[self::table or self::p or self::h1 or self::h2 or self::h3 or self::ul or self::div][1]"
_BOXES = ("div", "section", "article", "header", "main", "body", "aside")
_ENTRIES = ("div", "section", "li")
_OF_ARTICLE = ("updated", "modified", "publish")  # in classes of the times of the article itself
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def retag(tree: HtmlElement, published: str | None) -> None:
    """Change tags that mislead trafilatura: turn layout tables into boxes, and dates that head an entry into headings.

    trafilatura takes a layout table for figures, and drops small elements such as times and the boxes in which
    timelines put their dates.
    """
    for table in list(tree.iter("table")):
        if table.xpath(_BLOCKS):
            for part in table.iter(*_TABLE):
                part.tag = "div"
    boxes: Counter[HtmlElement] = Counter()
    for element, is_heading in list(_dates(tree, published)):
        element.tag = "h4" if is_heading else "span"
        element.attrib.clear()
        parent = element.getparent()
        boxes[parent.getparent() if parent.tag in _HEADINGS else parent] += 1
    for box, dates in boxes.items():
        # A box around one date is one entry. A class such as "entry" would make trafilatura take it for the article.
        if dates == 1 and box.tag in _ENTRIES:
            box.attrib.clear()


def _dates(tree: HtmlElement, published: str | None) -> Iterator[tuple[HtmlElement, bool]]:
    """Yield the small elements that contain only a date, and whether they head an entry. The byline is left out."""
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


def _is_byline(element: HtmlElement, parent: HtmlElement, text: str, published: str | None) -> bool:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    of_article = any(mark in marks for mark in _OF_ARTICLE) or (published and leading_day(text) == published)
    return bool(of_article) and parent.tag not in _HEADINGS
