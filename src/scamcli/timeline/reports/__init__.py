"""Gather what a report says: numbers, events, profiles and sources of one selection, at one moment, already masked.

``numbers`` makes the totals and tables, ``entries`` the events, ``statements`` contradictions and allegations with
their answers, ``profiles`` actors and sites, ``bibliography`` the sources, ``gaps`` what they do not say, and
``methods`` how it was done. `scamcli.output.report` writes the result.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TextIO, cast

from scamcli.errors import NotFoundError, WrongUsageError, quote
from scamcli.output.text.words import plural
from scamcli.timeline.exports import Exports
from scamcli.timeline.read_only import ReadOnlyTimeline
from scamcli.timeline.reads import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scamcli.exchange.exporters.dump import Dump
    from scamcli.output.report.contents import Download, Entry, Report
    from scamcli.query.dump import StoredDump
    from scamcli.query.filters import Query
    from scamcli.stats.overview import Overview
    from scamcli.timeline.reports.bibliography import Bibliography


LANGUAGES = ("en",)
"""The languages that a report's own words are available in."""

LONGEST_TEXT = 1_000_000
"""The most bytes that an introduction or a style sheet may have."""


class ReportOptions(NamedTuple):
    """What a report has besides its contents.

    Attributes:
        title: Its title; by default one made from the filters.
        intro: An introduction in Markdown.
        language: The language of the report's own words.
        css: A style sheet in place of the built-in one.
        redact_actors: Whether to print roles in place of the names of private persons.
        format: ``html``, ``md`` or ``docx``; by default the one that the name of the file says, or else ``html``.
    """

    title: str = ""
    intro: str = ""
    language: str = "en"
    css: str = ""
    redact_actors: bool = False
    format: str = ""


PLAIN = ReportOptions()


class Reports(ReadOnlyTimeline, Exports):
    """The methods of ``Timeline`` that make reports."""

    def report(self, query: Query = EVERYTHING, options: ReportOptions = PLAIN) -> Report:
        """Return the contents of a report on matching events. Protected names are withheld.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter is invalid.
        """
        if options.language not in LANGUAGES:
            raise WrongUsageError(f"--lang takes {' or '.join(LANGUAGES)}, not {quote(options.language[:80])}.")
        with self.dump(query) as dump:  # one transaction, so that all parts of the report are of the same moment
            if options.redact_actors:
                return self._redacted(dump, query, options)
            return self._report(dump, query, self._shown(options))

    def write_report(
        self, target: str | Path | TextIO, query: Query = EVERYTHING, options: ReportOptions = PLAIN
    ) -> None:
        """Write a report as one HTML file, in Markdown, or as a Word file; the first two also to an open text stream.

        All is written, or nothing.

        Raises:
            DatabaseError: The target cannot be written.
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter or an option is invalid, or the target is the database.
        """
        from scamcli.exchange.exporters.dump import Shape
        from scamcli.output import report
        from scamcli.timeline.reports import file_formats

        format_ = file_formats.chosen(target, options)
        file_formats.require_libraries(format_)
        found = self.report(query, options)
        if format_ == "docx":
            self._write(Shape.FILE, target, lambda path: report.write_word(found, path), is_strict=False)
            return
        text = report.render(found) if format_ == "html" else report.render_markdown(found)
        self._write(Shape.TEXT, target, lambda out: out.write(text), is_strict=False)

    def _redacted(self, dump: StoredDump, query: Query, options: ReportOptions) -> Report:
        """Return the report with roles in place of the names of private persons."""
        from scamcli.timeline.reports.private_persons import private_persons, protected_copy

        kinds = {str(row["name"]): cast("str | None", row["kind"]) for row in self.entities("actor")}
        names = private_persons(list(dump.actors()), kinds)
        with (
            protected_copy(self._connection, self.path, names) as copied,
            Reports(copied) as timeline,
            timeline.dump(query) as masked,
        ):
            return timeline._report(masked, query, timeline._shown(options), frozenset(names))

    def _report(
        self, dump: StoredDump, query: Query, options: ReportOptions, private: frozenset[str] = frozenset()
    ) -> Report:
        from scamcli.exchange.exporters.dump import KeptDump
        from scamcli.output.report.contents import Report
        from scamcli.store import settings
        from scamcli.timeline.reports import gaps, methods, numbers, profiles, statements
        from scamcli.timeline.reports.bibliography import Bibliography
        from scamcli.timeline.reports.entries import Surroundings, entries, events_over_time
        from scamcli.timeline.reports.private_persons import labels

        events, actors, sites = list(dump.events()), list(dump.actors()), list(dump.sites())
        known = {event["id"]: event for event in events}
        overviews = list(self._overviews(query))
        conflicts = statements.conflicts(self.conflicts(query=query), known)
        allegations = statements.allegations(self.responses(query).rows, known)  # type: ignore[arg-type]
        bibliography = Bibliography(actor["name"] for actor in actors if actor["kind"] == "media")
        sentences = {key: text for one in overviews for key, text in one.sentences.items()}
        found = entries(events, Surroundings(bibliography, sentences, conflicts, self._title_of))
        metrics = [one for one in map(numbers.metric, overviews) if one.totals]
        site_profiles = profiles.sites(sites, found)
        points, countries, mapped = profiles.points(site_profiles, found)
        return Report(
            title=options.title or _title(dump.sentence),
            intro_html=_intro(options.intro),
            language=options.language,
            scope=_scope(dump.sentence, found) + _only_publication(bibliography, len(found)),
            counts=_counts(found, len(bibliography), len(actors), len(sites)),
            exported=_today(),
            basis=self._basis(found),
            left_out=self._left_out(query, sum(actor["protected"] for actor in actors) - len(private), len(private)),
            metrics=metrics,
            months=events_over_time(found),
            points=points,
            map_countries=countries,
            mapped=mapped,
            entries=found,
            conflicts=conflicts,
            allegations=allegations,
            actors=profiles.actors(actors, sites, found),
            sites=site_profiles,
            sources=bibliography.sources(),
            gaps=gaps.gaps(found, allegations, site_profiles),
            methods=methods.sections(found, metrics, conflicts, query, settings.min_cell(self._connection)),
            downloads=_downloads(KeptDump(dump, {"event": events, "actor": actors, "site": sites})),
            css=options.css,
            labels=labels(self._placeholders(private), events),
            intro=options.intro,
        )

    def _overviews(self, query: Query) -> Iterator[Overview]:
        """Yield the numbers of each metric that matching events have, those with most figures first."""
        from scamcli.stats.overview import overview
        from scamcli.timeline.reports.numbers import MOST_STEPS

        wanted = {self._lookup.metric_name(name) for name in query.metric}
        for row in self.metrics():
            name = str(row["metric"])
            if not wanted or name in wanted:
                found = overview(self._connection, self._lookup, name, query, MOST_STEPS)
                if found.totals:
                    yield found

    def _shown(self, options: ReportOptions) -> ReportOptions:
        """Return options whose texts have no protected names."""
        if self._masker is None:
            return options
        return options._replace(title=self._masker.text(options.title), intro=self._masker.text(options.intro))

    def _placeholders(self, private: frozenset[str]) -> list[str]:
        """Return what stands for the names of private persons."""
        names = self._masker.names if self._masker is not None else {}
        return [f"[protected-{number}]" for number, name in names.items() if name in private]

    def _title_of(self, event: str) -> str | None:
        with suppress(NotFoundError):
            return self.show(event)["title"]
        return None

    def _basis(self, entries: Sequence[Entry]) -> str:
        from scamcli.stats import basis
        from scamcli.store import printed_ids

        # The ids are printable, so a placeholder may take the place of a protected name in them.
        ids = {entry.record["id"] for entry in entries}
        for printed in list(ids):
            ids.update(printed_ids.events_printed_as(self._connection, printed, self._masker))
        keys = [key for id_ in ids for (key,) in self._connection.execute("SELECT key FROM event WHERE id = ?", [id_])]
        return basis.line(self._connection, keys, sum(len(entry.figures) for entry in entries))

    def _left_out(self, query: Query, protected: int, private: int) -> list[str]:
        found = []
        drafts = self._count_drafts(query) if not query.drafts else 0
        if drafts:
            found.append(f"{plural(drafts, 'draft')} that nobody has reviewed.")
        if protected:
            found.append(
                f"The names of {plural(protected, 'protected person')}. “[protected-N]” replaces them in all parts of"
                " this file."
            )
        if private:
            found.append(
                f"The names of {plural(private, 'private person')}. Roles in brackets replace them, and in the"
                " data of the HTML file “[protected-N]”. What the entries say may still identify them."
            )
        others = self.sizes()["events"] - self.count(query._replace(drafts=False))
        if others:
            found.append(f"{plural(others, 'event')} of the timeline that the filters do not match.")
        return found


def _title(sentence: str) -> str:
    return f"Timeline: {sentence}" if sentence else "Timeline"


def _scope(sentence: str, entries: Sequence[Entry]) -> list[str]:
    from scamcli.language.dates import Period
    from scamcli.output.text import date_text
    from scamcli.timeline.reports.numbers import number_of_day

    days = [day for entry in entries for day in (entry.first, entry.last) if day is not None]
    events = f"{plural(len(entries), 'event')}"
    if not days:
        return [f"This report has {events}."]
    when = date_text.when(Period(number_of_day(min(days)), number_of_day(max(days)), sure=True))
    selected = f" It is limited to events that match: {sentence}." if sentence else ""
    return [f"This report has {events} {when}.{selected}"]


def _only_publication(bibliography: Bibliography, events: int) -> list[str]:
    """Return a sentence on the one publication that everything comes from, if there is only one."""
    only = bibliography.only_publication(events) if events > 1 else None
    if only is None:
        return []
    from scamcli.language import dates
    from scamcli.output.text import date_text

    title = f", “{only['title']}”" if only["title"] else ""
    date = f", {date_text.span(dates.parse_date(only['published']))}" if only["published"] else ""
    others = len(bibliography) - 1
    quoted = f" The {others:,} other sources were not read, but are quoted through it." if others > 1 else ""
    return [f"All of them come from one publication: {only['outlet']}{title}{date}.{quoted}"]


def _counts(entries: Sequence[Entry], sources: int, actors: int, sites: int) -> list[tuple[str, int]]:
    figures = sum(len(entry.figures) for entry in entries)
    found = [("event", len(entries)), ("figure", figures), ("source", sources), ("actor", actors), ("site", sites)]
    return [(word if number == 1 else f"{word}s", number) for word, number in found]


def _today() -> str:
    from datetime import UTC, datetime

    from scamcli.language.dates import Period
    from scamcli.output.text import date_text
    from scamcli.timeline.reports.numbers import number_of_day

    today = number_of_day(datetime.now(tz=UTC).date())
    return date_text.span(Period(today, today, sure=True))


def _intro(text: str) -> str:
    """Return the introduction as HTML: CommonMark without HTML of its own."""
    if not text.strip():
        return ""
    from scamcli.output.report.introduction import in_html

    return in_html(text)


def _downloads(dump: Dump) -> list[Download]:
    import gzip
    import io
    from concurrent.futures import ThreadPoolExecutor

    from scamcli.exchange.exporters import delimited
    from scamcli.exchange.exporters.dump import ExportOptions, Losses
    from scamcli.output.report.contents import Download

    def packed(text: str) -> bytes:
        return gzip.compress(text.encode(), compresslevel=6, mtime=0)  # 9 takes twice as long for 3 % less

    def table(rows: str) -> str:
        out = io.StringIO()
        delimited.write_csv(dump, out, Losses(), ExportOptions(rows))
        return out.getvalue()

    about = "All records, as JSON lines that scamcli can import"
    with ThreadPoolExecutor(1) as beside:  # which compresses one file while the next is made
        lines = beside.submit(packed, "".join(f"{line}\n" for line in dump.lines()))
        tables = [(rows, beside.submit(packed, table(rows))) for rows in ("events", "figures")]
        return [
            Download("timeline.jsonl", "application/x-ndjson", about, lines.result()),
            *(Download(f"{rows}.csv", "text/csv", f"The {rows}, as a table", made.result()) for rows, made in tables),
        ]
