"""The speed, the memory use and the size of a report that can be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.bench import must_agree
from benchmarks.report import MIB, Row, Target, row_of
from benchmarks.timing import Command, Spread, command, ratios, run, run_watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.bench import Bench

EVENTS = 5_000

MEGABYTE = 1_000_000

PAGE_OF_A_RESEARCHER = """
import json, sys
from jinja2 import Environment
page = Environment(autoescape=True).from_string('''<!doctype html><meta charset="utf-8"><title>Timeline</title>
{% for event in events %}<article id="{{ event.id }}"><h2>{{ event.date }}: {{ event.title }}</h2>
<p>{{ event.summary }}</p><ul>
{% for figure in event.figures %}<li>{{ figure.metric }}: {{ figure.stated }} ({{ figure.low }}, {{ figure.best }},
{{ figure.high }}), said by {{ figure.stated_by }}</li>{% endfor %}</ul>
<p>{% for actor in event.actors %}{{ actor.name }} ({{ actor.role }}); {% endfor %}</p>
<ul>{% for source in event.sources %}<li><a href="{{ source.url }}">{{ source.outlet }}: {{ source.title }}</a></li>
{% endfor %}</ul></article>{% endfor %}''')
with open(sys.argv[1], encoding="utf-8") as lines, open(sys.argv[2], "w", encoding="utf-8") as out:
    events = sorted(map(json.loads, lines), key=lambda event: event["date"])
    out.write(page.render(events=events))
"""
"""What somebody would write over `export jsonl` to publish a list of events: no totals, charts, profiles or search."""


def report_command(bench: Bench) -> Command:
    """Return a report of a timeline."""
    return command(
        bench.peers.scamcli, "report", "--output", _place(bench, "ours"), "--db", bench.data.timeline(EVENTS)
    )


def report(bench: Bench) -> Iterator[Row]:
    """Measure a report, and compare it with pandoc and with a template over the same events."""
    ours, start = report_command(bench), command(bench.peers.scamcli, "report", "--print-css")
    what, runs = f"`report` of {EVENTS:,} events as HTML", bench.imports
    run(ours)
    pairs = [(run(ours), run(start)) for _ in range(runs)]
    wall = Spread.of([our.wall - begun.wall for our, begun in pairs])
    cpu = Spread.of([our.cpu - begun.cpu for our, begun in pairs])
    yield Row(f"{what}: beyond the start", "`report --print-css`", Target("≤", 3, " s"), wall, cpu, f"{runs} pairs")
    used, page = run_watched(ours), _place(bench, "ours")
    must_agree("events in the report", page.read_text(encoding="utf-8").count(" data-f="), EVENTS)
    yield Row(f"{what}: memory at most", "", Target("≤", 300, " MiB"), Spread.of([used.memory / MIB]), None, "1")
    size = Spread.of([page.stat().st_size / MEGABYTE])
    yield Row(f"{what}: size", "", Target("≤", 12, " MB"), size, None, "1")
    for name, theirs, article in (_pandoc(bench), _template(bench)):
        found = ratios(lambda: [ours], lambda theirs=theirs: [theirs], runs)  # type: ignore[misc]
        must_agree("events in the pages", _place(bench, "theirs").read_text(encoding="utf-8").count(article), EVENTS)
        yield row_of(what, name, None, found, runs)


def _pandoc(bench: Bench) -> tuple[str, Command, str]:
    """Return a peer: what it is, its command, and what each event of its page begins with."""
    text, place = bench.data.folder / "report.md", _place(bench, "theirs")
    run(command(bench.peers.scamcli, "export", "markdown", "--output", text, "--db", bench.data.timeline(EVENTS)))
    options = ("--from=commonmark", "--standalone", "--metadata=title:Timeline")
    name = "`pandoc` from `export markdown` to HTML: the events alone"
    return name, command(bench.peers.pandoc, *options, f"--output={place}", text), "<h3"


def _template(bench: Bench) -> tuple[str, Command, str]:
    python = bench.peers.python("jinja2")
    asked = command(python, "-c", PAGE_OF_A_RESEARCHER, bench.data.events(EVENTS), _place(bench, "theirs"))
    return "a template of 8 lines for Jinja2 over `export jsonl`: the events alone", asked, "<article"


def _place(bench: Bench, whose: str) -> Path:
    return bench.data.folder / f"report-{whose}.html"


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {"report": report}

COMMANDS: dict[str, Callable[[Bench], Command]] = {"report": report_command}
