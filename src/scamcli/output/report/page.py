"""Put a report together as one page: its templates, style sheet, script, and the policy that allows nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scamcli.errors import WrongUsageError
from scamcli.language import dates
from scamcli.output import phrases
from scamcli.output.report import asset, built_in_style, drawings, markup
from scamcli.output.report.facets import facets
from scamcli.output.text import date_text
from scamcli.output.text.nouns import country_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scamcli.output.report.contents import Entry, Metric, Report, Step
    from scamcli.records.types import EventDict, SourceDict

HERE = Path(__file__).parent


class Part(NamedTuple):
    """A part of the page: its anchor, its heading, and its template."""

    anchor: str
    title: str
    template: str


class Month(NamedTuple):
    """The events that begin in a month, each with the numbers of what it can be filtered by."""

    label: str
    entries: Sequence[tuple[Entry, str]]


def html(report: Report) -> str:
    """Return the page of a report."""
    css, script = style_sheet(report), asset("report.js")
    found, codes = facets(report.entries)
    page = environment().get_template("page.html.jinja", globals=_lookups(report))
    return page.render(
        report=report, parts=parts(report), css=css, script=script, policy=policy(css, script),
        facets=found, months=_months(report.entries, codes),
    )  # fmt: skip


def style_sheet(report: Report) -> str:
    """Return the style sheet of a report, which is the built-in one unless the report has its own.

    Raises:
        WrongUsageError: the style sheet would end its element, so that what follows would be part of the page.
    """
    css = drawings.style_sheet() + (report.css or built_in_style())
    if re.search("</style", css, re.IGNORECASE):
        hint = "Remove it: a style sheet has no HTML elements."
        raise WrongUsageError('The style sheet contains "</style", which would end it.', hint)
    return re.sub("\r\n?|\f", "\n", css).replace("\0", "\ufffd")  # as a browser reads it, so that its hash is the same


def policy(css: str, script: str = "") -> str:
    """Return the Content-Security-Policy of a page: its own style sheet and script, and nothing else."""
    scripts = f"'{_digest(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; style-src '{_digest(css)}'; script-src {scripts}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def parts(report: Report) -> list[Part]:
    """Return the parts of a page that have anything to show, in order."""
    has_charts = report.months or any(metric.tables for metric in report.metrics)
    wanted: tuple[tuple[object, Part], ...] = (
        (any(metric.totals for metric in report.metrics), Part("key", "Key figures", "key_figures.html.jinja")),
        (has_charts, Part("figures", "Numbers over time and by place", "figures.html.jinja")),
        (report.points, Part("map", "Where", "map.html.jinja")),
        (report.entries, Part("timeline", "Timeline", "timeline.html.jinja")),
        (report.allegations, Part("allegations", "Allegations and answers", "allegations.html.jinja")),
        (report.metrics, Part("conflicts", "Numbers that contradict each other", "conflicts.html.jinja")),
        (report.sites, Part("sites", "Sites", "profiles.html.jinja")),
        (report.actors, Part("actors", "People, bodies and media", "profiles.html.jinja")),
        (report.gaps, Part("gaps", "What the sources do not say", "gaps.html.jinja")),
        (report.methods, Part("methods", "Methods", "methods.html.jinja")),
        (report.sources, Part("sources", "Sources", "sources.html.jinja")),
        (report.downloads, Part("data", "Data of this report", "data.html.jinja")),
        (report.left_out, Part("left-out", "What was left out", "left_out.html.jinja")),
    )
    return [part for has_any, part in wanted if has_any]


class _Lean(FileSystemLoader):
    """A loader that drops indentation and line ends between elements, which thousands of events would repeat."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        return re.sub(r"(?<=[>}])\n\s*(?=[<{])", "", re.sub(r"\n\s*", "\n", source)), path, is_fresh


def environment() -> Environment:
    """Return the environment of the templates of pages, which escapes every text."""
    found = Environment(
        loader=_Lean(HERE / "templates"), autoescape=True, undefined=StrictUndefined, finalize=markup.finalize,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    found.filters |= {
        "attr": markup.as_attribute, "name": markup.as_name, "paragraphs": markup.as_paragraphs,
        "link": markup.as_link, "amount": markup.as_amount, "country": country_name,
        "capitalized": markup.capitalized, "words": lambda word: markup.capitalized(phrases.in_words(word)),
        "towns": _towns, "source": _source, "scale": drawings.scale,
        "notes": _notes, "days": _days, "grouped": _grouped,
        "when": lambda period: date_text.when(dates.parse_date(period)),
        "base64": lambda data: Markup(b64encode(data).decode()),
    }  # fmt: skip
    return found


def _lookups(report: Report) -> dict[str, object]:
    """Return what the templates look up: which anchors there are, and the charts."""
    actors = {actor.record["name"]: actor.anchor for actor in report.actors}
    sites = {site.record["name"]: site.anchor for site in report.sites}
    return {
        "dated": {entry.record["id"]: entry.when for entry in report.entries},
        "conflicts": {conflict.anchor: conflict for conflict in report.conflicts},
        "actor_link": lambda name: _to(actors, name), "site_link": lambda name: _to(sites, name),
        "bar": drawings.bar, "columns": drawings.columns,
        "point_map": drawings.point_map,
    }  # fmt: skip


def _notes(metric: Metric) -> list[str]:
    """Return how to read the numbers of a metric, each sentence once."""
    return list(dict.fromkeys([*chain.from_iterable(table.notes for table in metric.tables), *metric.notes]))


def _to(anchors: Mapping[str, str], name: str) -> Markup:
    """Return a name, linked to its profile if the page has one."""
    shown = markup.as_name(name)
    return Markup(f'<a href="#{markup.as_attribute(anchors[name])}">{shown}</a>') if name in anchors else shown


def _source(source: SourceDict) -> Markup:
    """Return what of a source an event shows beside its number in the bibliography, which has the rest."""
    shown = markup.as_link(phrases.outlet(source), source["url"])
    if source["passage"]:
        shown += markup.as_text(f", “{source['passage']}”")
    return shown + markup.as_link(", archived copy", source["archived"]) if source["archived"] else shown


def _grouped(steps: Sequence[Step]) -> list[tuple[str, list[Step]]]:
    """Return runs of figures that entered a number in the same way, with that way."""
    return [(how, list(found)) for how, found in groupby(steps, lambda step: step.how)]


def _towns(event: EventDict) -> list[str]:
    """Return the towns and provinces of an event, each name once."""
    return list(dict.fromkeys([*(place["name"] for place in event["places"]), *event["provinces"]]))


def _days(entry: Entry) -> str:
    """Return the first and the last day of an event, or one if they are the same; an unknown day is empty."""
    return str(entry.first) if entry.first and entry.first == entry.last else f"{entry.first or ''} {entry.last or ''}"


def _months(entries: Sequence[Entry], codes: Sequence[str]) -> list[Month]:
    pairs = list(zip(entries, codes, strict=True))
    return [Month(label, list(found)) for label, found in groupby(pairs, lambda pair: markup.month_of(pair[0]))]


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
