"""The bibliography of a report: its sources in CSL, rendered by citeproc."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, cast

from scamcli.exchange.exporters import as_csl, bibliography
from scamcli.output.escaping import is_web_address, one_line
from scamcli.output.phrases import source_line
from scamcli.output.report.contents import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.records.types import JsonObject, SourceDict

STYLE = "harvard-cite-them-right"
"""The style that citeproc-py brings along."""

MOST_IN_STYLE = 400
"""How many sources citeproc renders: it takes 2 ms for each. More of them are listed in a plain form."""

_ITALIC, _END, _ADDRESS = "\ue000", "\ue001", "\ue002"
"""Private characters that stand for markup until everything around them has been escaped."""
_PRIVATE = str.maketrans("", "", _ITALIC + _END + _ADDRESS)


class Bibliography:
    """The sources of a report, numbered in the order of the events that name them."""

    def __init__(self, media: Iterable[str]) -> None:
        self._media = frozenset(media)
        self._sources: dict[tuple[str | None, ...], tuple[SourceDict, list[str]]] = {}
        self._numbers: dict[tuple[str | None, ...], int] = {}

    def number(self, source: SourceDict, event: str | None = None) -> int:
        """Return the number of a source, and enter the event that names it."""
        key = bibliography.identity(source)
        entry = self._sources.setdefault(key, (source.copy(), []))
        for field in ("author", "archived", "accessed"):  # which other events may know
            entry[0][field] = entry[0][field] or source[field]
        if event is not None and event not in entry[1]:
            entry[1].append(event)
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def __len__(self) -> int:
        """Return the number of sources."""
        return len(self._numbers)

    def only_publication(self, events: int) -> SourceDict | None:
        """Return the one source that was read itself, through which all others of all events were seen, if there is."""
        read = [(source, named) for source, named in self._sources.values() if not source["via"]]
        return read[0][0] if len(read) == 1 and len(read[0][1]) == events else None

    def sources(self) -> list[Source]:
        """Return the entries of the bibliography in order of their numbers."""
        found = list(self._sources.values())
        texts = self._in_style() if len(found) <= MOST_IN_STYLE else [_plain(source) for source, _ in found]
        return [
            Source(number, html, source["archived"] if is_web_address(source["archived"]) else None, events)
            for number, (html, (source, events)) in enumerate(zip(texts, found, strict=True), 1)
        ]

    def _in_style(self) -> list[str]:
        """Return each source as citeproc writes it, in HTML."""
        import warnings

        import citeproc
        from citeproc.source.json import CiteProcJSON

        items = [_item(source, number, self._media) for number, (source, _) in enumerate(self._sources.values())]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of what CSL has and it does not
            style = citeproc.CitationStylesStyle(STYLE, validate=False)
            book = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), _Marks)
            for item in items:
                book.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
            written = {key: str(text) for key, text in zip(book.keys, book.bibliography(), strict=True)}
        sources = [source for source, _ in self._sources.values()]
        return [_html(written[str(item["id"])], source) for item, source in zip(items, sources, strict=True)]


class _Marks:
    """A formatter for citeproc that marks italics by private characters, because it escapes nothing in the data."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    class Italic(str):
        __slots__ = ()

        def __new__(cls, text: str) -> _Marks.Italic:
            return super().__new__(cls, f"{_ITALIC}{text}{_END}")

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str


def _item(source: SourceDict, number: int, media: frozenset[str]) -> JsonObject:
    """Return a source as CSL. One without an author is named by its outlet, which is then not repeated."""
    item = as_csl.csl_item(source, media) | {"id": f"s{number}"}
    if not source["author"]:
        item = {key: value for key, value in item.items() if key != "container-title"}
        item["author"] = [{"literal": one_line(source["outlet"])}]
    cleaned = {key: value.translate(_PRIVATE) if isinstance(value, str) else value for key, value in item.items()}
    for author in cast("list[dict[str, str]]", cleaned.get("author") or []):
        author["literal"] = author["literal"].translate(_PRIVATE)
    return cleaned | ({"URL": _ADDRESS} if "URL" in cleaned else {})


def _html(text: str, source: SourceDict) -> str:
    """Return an entry that citeproc wrote as HTML, with a link, and with the publication that quotes the source."""
    html = escape(one_line(text)).replace(_ITALIC, "<i>").replace(_END, "</i>")
    html = html.replace(_ADDRESS, _link(source["url"] or "", source["url"] or ""))
    is_cited = source["via"] not in {None, source["outlet"]}
    return html + (f" Cited by {escape(one_line(source['via'] or ''))}." if is_cited else "")


def _plain(source: SourceDict) -> str:
    return source_line(source, lambda text: escape(one_line(text)), _link)


def _link(text: str, address: str) -> str:
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(one_line(text))}</a>'
