"""Write a report in Markdown: all that the page says, except charts and the embedded data.

It is CommonMark with pipe tables. The same templates make the text that pandoc turns into a Word file, in which anchors
and languages are marked differently.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scamcli.language.scripts import language_runs
from scamcli.output import phrases
from scamcli.output.escaping import escape_markdown, is_web_address, one_line, paragraphs
from scamcli.output.report import introduction, markup
from scamcli.output.text.nouns import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scamcli.output.report.contents import Report

_STARTS_BLOCK = r"^(\d{1,9}(?=[.)])|(?=[-+=]))"
"""The start of a list or a rule at the beginning of a line, which a backslash prevents."""
_STARTS = frozenset("0123456789-+=")
"""Its first character, which is quicker to look for."""

_INTRODUCTION = "[introduction]"
"""Where the introduction goes. No text contains this, because the brackets of texts are escaped."""


def markdown(report: Report, *, for_pandoc: bool = False) -> str:
    """Return a report in Markdown.

    Args:
        report: the report, masked.
        for_pandoc: whether to mark anchors and languages by attributes, which pandoc reads, and other readers show.
    """
    environment = _environment(Writer(for_pandoc=for_pandoc), report)
    text = environment.get_template("report.md.jinja").render(report=report)
    text = re.sub(r"[ \n]*\n(?=\n)", "\n", f"{text.strip()}\n")
    return text.replace(_INTRODUCTION, introduction.in_markdown(report.intro).strip("\n"))


class Writer:
    """Turn values into Markdown, so that no text of a record acts as Markdown or HTML.

    As in the page, text that is safe already is `Markup`, and Jinja2 passes everything else through `text`.
    """

    def __init__(self, *, for_pandoc: bool) -> None:
        self._for_pandoc = for_pandoc

    def text(self, value: object) -> Markup:
        """Return a text on one line, escaped so that nothing in it acts anywhere in a block."""
        if isinstance(value, Markup):
            return value
        plain = str(value)
        if plain.isascii() or not self._for_pandoc:
            return Markup(escape(plain))
        runs = [
            escape(piece) if language is None else f"[{escape(piece)}]{{lang={language}}}"
            for piece, language in language_runs(one_line(plain).strip())
        ]
        return Markup("".join(runs))

    def anchor(self, id_: str) -> Markup:
        """Return an anchor for `to` to link to."""
        if self._for_pandoc:
            return Markup(f'[]{{id="{_one_word(id_)}"}}')
        return Markup(f'<a id="{_one_word(id_)}"></a>')

    def to(self, id_: str, words: object) -> Markup:
        """Return words linked to an anchor."""
        return Markup(f"[{self.text(words)}](<#{escape_markdown(_one_word(id_))}>)")

    def link(self, words: object, address: str | None) -> Markup:
        """Return words linked to a web address; other addresses follow the words as text."""
        if address is None or not is_web_address(address):
            return self.text(words if address in {None, words} else f"{words} ({address})")
        return Markup(f"[{self.text(words)}](<{escape_markdown(address)}>)")

    def joined(self, values: Iterable[object], divider: str = "; ") -> Markup:
        """Return values one after the other."""
        return Markup(divider.join(map(self.text, values)))

    def paragraphs(self, value: str) -> Markup:
        """Return a text with its blank lines as limits of paragraphs."""
        return Markup("\n\n".join(map(self.text, paragraphs(value))))

    def html(self, value: str) -> Markup:
        """Return an entry of the bibliography, which is HTML with italics and links, in Markdown."""
        return Markup("".join(_Inline(self, value).pieces))


class _Inline(HTMLParser):
    """Text with ``<i>`` and ``<a href>`` as pieces of Markdown."""

    def __init__(self, writer: Writer, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._writer, self._address, self._is_italic = writer, "", False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._address = dict(attrs).get("href") or "" if tag == "a" else self._address
        self._is_italic = self._is_italic or tag == "i"

    def handle_endtag(self, tag: str) -> None:
        self._address = "" if tag == "a" else self._address
        self._is_italic = self._is_italic and tag != "i"

    def handle_data(self, data: str) -> None:
        before, text, after = re.fullmatch(r"(\s*)(.*?)(\s*)", data, re.DOTALL).groups()  # type: ignore[union-attr]
        shown = self._writer.link(text, self._address) if self._address else self._writer.text(text)
        # Asterisks beside letters always begin and end emphasis. Beside others, that depends on what follows.
        stars = "*" if self._is_italic and re.fullmatch(r"[^\W_](.*[^\W_])?", text, re.DOTALL) else ""
        self.pieces += [before and " ", stars, shown, stars, after and " "]


def escape(text: str) -> str:
    """Return a text on one line, escaped so that nothing in it acts as Markdown anywhere in a block."""
    shown = one_line(text).strip()
    escaped = escape_markdown(shown if shown.isascii() else re.sub(markup.NOT_HTML, "\ufffd", shown))
    return re.sub(_STARTS_BLOCK, r"\1\\", escaped) if escaped[:1] in _STARTS else escaped


def _one_word(id_: str) -> str:
    """Return an id without characters that would end an anchor or an address."""
    return re.sub(rf"[\s\"'&<>\\{{}}]|{markup.NOT_HTML}", "_", one_line(id_))


def _environment(writer: Writer, report: Report) -> Environment:
    # `autoescape` makes Jinja2 keep `Markup` apart from other values, and `finalize` escapes these before it would.
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        finalize=writer.text, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters |= {
        "amount": markup.as_amount, "country": country_name, "link": writer.link,
        "capitalized": markup.capitalized, "words": lambda word: markup.capitalized(phrases.in_words(word)),
        "location": phrases.location, "joined": writer.joined, "paragraphs": writer.paragraphs, "html": writer.html,
        "grouped": lambda steps: [(how, list(found)) for how, found in groupby(steps, lambda step: step.how)],
        "source": lambda source: Markup(phrases.source_line(source, writer.text, writer.link)),
    }  # fmt: skip
    environment.globals |= _lookups(writer, report)
    return environment


def _lookups(writer: Writer, report: Report) -> dict[str, object]:
    """Return what the templates look up: which anchors there are, and how to link to them."""
    actors = {actor.record["name"]: actor.anchor for actor in report.actors}
    sites = {site.record["name"]: site.anchor for site in report.sites}
    when = {entry.record["id"]: entry.when or "an event without a date" for entry in report.entries}

    def event(id_: str, words: object) -> Markup:
        return writer.to(id_, words) if id_ in when else writer.text(words)

    def named(anchors: Mapping[str, str], name: str) -> Markup:
        return writer.to(anchors[name], name) if name in anchors else writer.text(name)

    return {
        "contents": _contents(report),
        "anchor": writer.anchor, "to": writer.to, "event": event, "when": when,
        "totals": [(metric, number) for metric in report.metrics for number in metric.totals],
        "tables": [(metric, table) for metric in report.metrics for table in metric.tables],
        "actor_link": lambda name: named(actors, name), "site_link": lambda name: named(sites, name),
        "conflicts": {conflict.anchor: conflict for conflict in report.conflicts},
        "month": markup.month_of,
    }  # fmt: skip


def _contents(report: Report) -> list[tuple[str, str]]:
    """Return the anchors and headings of the parts that the report has, in order."""
    has_totals = any(metric.totals for metric in report.metrics)
    parts: tuple[tuple[object, str, str], ...] = (
        (has_totals, "key", "Key figures"),
        (any(metric.tables for metric in report.metrics), "figures", "Numbers by place and nationality"),
        (report.entries, "timeline", "Timeline"),
        (report.allegations, "allegations", "Allegations and answers"),
        (report.metrics, "conflicts", "Numbers that contradict each other"),
        (report.sites, "sites", "Sites"),
        (report.actors, "actors", "People, bodies and media"),
        (report.gaps, "gaps", "What the sources do not say"),
        (has_totals, "derivations", "How the numbers came about"),
        (report.methods, "methods", "Methods"),
        (report.sources, "sources", "Sources"),
        (report.left_out, "left-out", "What was left out"),
    )
    return [(anchor, title) for has_any, anchor, title in parts if has_any]
