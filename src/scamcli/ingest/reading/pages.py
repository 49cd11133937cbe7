"""What the tags of a page say of its publication: JSON-LD, meta tags, the address that it gives as its own.

A field that no tag states stays unknown: dates in the text of a page are those of its story, and of its menus.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from scamcli.ingest.proposal import Metadata
from scamcli.ingest.reading.days import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def about_page(tree: Any, head: str) -> Metadata:
    """Read the tags of a parsed page; ``head`` is how its source begins."""
    metas = _metas(tree)
    article = next(_linked_data(tree), {})
    outlet = _first(metas, _OUTLET) or _text(_name(article.get("publisher")))
    title = _text(article.get("headline")) or _first(metas, _TITLE) or _heading(tree)
    saved = re.search(_SAVED_FROM, head)
    url = _canonical(tree) or _first(metas, _URL) or (saved[1] if saved else None)
    return Metadata(
        title=_without_outlet(title, outlet) if title else None,
        outlet=outlet,
        url=url if url and url.startswith(("http://", "https://")) else None,
        published=_published(tree, metas, article),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = _text(meta.get("content"))
        for key in ("property", "name", "itemprop"):
            if content and meta.get(key):
                found.setdefault(meta.get(key).strip().lower(), content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _text(value: object) -> str | None:
    """Give a string in one line, or nothing for what is no string, blank, or too long to be a name or a title."""
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return line if 0 < len(line) <= _LONGEST else None


def _name(value: object) -> object:
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
    headings = [_text(heading.text_content()) for heading in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    title = tree.find(".//title")
    return _text(title.text_content()) if title is not None else None


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
    days = (day_in_words(text.strip()) for text in stated if isinstance(text, str))
    return next(filter(None, days), None)


def _times(tree: Any) -> Iterator[str]:
    """Give the times that the page marks as that of its publication; one of a list of other stories is not."""
    for time in tree.iter("time"):
        marks = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
        if "publish" in marks or time.get("pubdate") is not None:
            yield time.get("datetime") or time.text_content()
