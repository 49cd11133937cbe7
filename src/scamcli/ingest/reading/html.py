"""A saved page to its article: trafilatura finds it among menus, footers and lists of other headlines.

The page is parsed here, once, and looked at before anything else is done with it: what is nested or tangled beyond
any page that people read is refused, so that no later step can be slow or run out of stack. Nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.ingest.proposal import Document
from scamcli.ingest.reading.decoding import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

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
            f"{shown(name)} is a web page, and what reads these is not installed",
            "install it with: pip install 'scamcli[html]'; or save the page as text",
        ) from None
    from scamcli.ingest.reading.pages import about_page
    from scamcli.ingest.reading.tree import prepare

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
        raise DataError(f"{shown(name)} cannot be read as a web page: {str(error)[:100]}", "save it as text") from None
    about = about_page(tree, text[:4096])
    prepare(tree, about.published)
    article = trafilatura.extract(
        tree, include_comments=False, include_tables=True, include_links=False, include_images=False
    )
    if not article:
        raise DataError(f"{shown(name)} has no article that could be found", "save it as text")
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
        raise DataError(f"{shown(name)} has more than {most:,} {of_what}, which no page to read has", _TOO_MUCH)


def _walked(tree: Any) -> Iterable[tuple[str, Any]]:
    from lxml import etree

    walk: Iterable[tuple[str, Any]] = etree.iterwalk(tree, events=("start", "end"))
    return walk


def _tidied(article: str) -> str:
    lines = (" ".join(line.split(" ")).rstrip() for line in article.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line) + "\n"
