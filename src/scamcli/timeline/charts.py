"""Write a table or a list of events as a chart, in a file of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

from scamcli.errors import WrongUsageError, quote, require_installed
from scamcli.query.filters import Query
from scamcli.query.search import Page
from scamcli.timeline.reads import Reads

if TYPE_CHECKING:
    from scamcli.output.charts.standalone import Drawing
    from scamcli.stats import Table
    from scamcli.stats.inquiry import RequestOptions as RequestOptions

EVERYTHING, FIRST_PAGE = Query(), Page()
MOST_EVENTS, LARGEST_LIMIT = 40, 200
"""How many events a chart shows unless told otherwise, and at most."""
FORMATS = (".svg", ".png")
ZOOM = 3.0
"""How many pixels a picture has for each of the chart's own: about 1,700 across, which is enough for print."""


class Drawn(NamedTuple):
    """A chart that was written: the file, and a description of its numbers in words for those who do not see it."""

    path: Path
    description: str


class Charts(Reads):
    """The methods of ``Timeline`` that write charts."""

    def draw_stats(
        self, path: str | Path, metric: str, query: Query = EVERYTHING, **request: Unpack[RequestOptions]
    ) -> Drawn:
        """Write the totals of one or more metrics with their bounds as a chart: bars, or columns on an axis of time.

        Args:
            path: A file that ends in .svg, or in .png with the extra ``charts``.
            metric: As for ``stats``.
            query: The filters.
            request: As for ``stats``.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter, split or file is unsuitable, or there is nothing to draw.
            DatabaseError: The file cannot be written.
        """
        from scamcli import stats
        from scamcli.stats import chart

        target = _require_chart(Path(path))
        with self._asking():
            wanted = stats.Request(metric, **request)._replace(cite=True).completed(self._connection)
            table = stats.table(self._connection, self._lookup, wanted, query)
            drawing = chart.draw(table, self._about(table), _today(), self.shown)
            return self._write_chart(target, drawing)

    def draw_events(self, path: str | Path, query: Query = EVERYTHING, page: Page = FIRST_PAGE) -> Drawn:
        """Write matching events as a chart with an axis of time.

        Args:
            path: A file that ends in .svg, or in .png with the extra ``charts``.
            query: The filters.
            page: Which events, in which order; by default the latest ones, at most `MOST_EVENTS`.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter or file is unsuitable, or no event matches.
            DatabaseError: The file cannot be written.
        """
        from scamcli.stats import basis, events
        from scamcli.timeline import event_chart

        target = _require_chart(Path(path))
        most = MOST_EVENTS if page.limit is None else page.limit
        if not 0 < most <= LARGEST_LIMIT:
            raise WrongUsageError(f"A chart shows 1 to {LARGEST_LIMIT} events, not {most:,}.")
        rows = list(self.find(query, page._replace(limit=most)))
        if not rows:
            raise WrongUsageError("There is nothing to draw: no event matches.")
        with self._asking():
            compiled = self.compiled(query)
            digest = basis.line(self._connection, events.keys(self._connection, compiled), None)
        found = event_chart.Found(rows, self.count(query), compiled.sentence, digest)
        return self._write_chart(target, event_chart.draw(found, _today(), self.shown))

    def _about(self, table: Table) -> dict[str, str]:
        """Return what each metric of a table counts, by its name in the table."""
        from scamcli.store import terms

        found = {name: terms.metric(self._connection, name) for name in table.metrics if name != "events"}
        about = {name: self.shown(metric.about) for name, metric in found.items() if metric is not None}
        return about | ({"events": "events recorded in this timeline"} if "events" in table.metrics else {})

    def _write_chart(self, path: Path, drawing: Drawing) -> Drawn:
        from scamcli.exchange.exporters import atomic_output
        from scamcli.exchange.exporters.dump import Shape
        from scamcli.store import backup

        copies = [copy for _, copy in backup.known(self._connection)]
        atomic_output.require_other_file(path, self.path, copies, "Name another file.")
        if path.suffix.lower() == ".png":
            picture = _png(drawing.svg)
            atomic_output.write_path(Shape.FILE, path, lambda draft: draft.write_bytes(picture))
        else:
            atomic_output.write_path(Shape.TEXT, path, lambda out: out.write(drawing.svg))
        return Drawn(path, drawing.description)


def _require_chart(path: Path) -> Path:
    """Return a path, or refuse it before anything is computed if its format cannot be written."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise WrongUsageError(f"A chart is a file that ends in .svg or .png, not {quote(path.name)}.")
    if suffix == ".png":
        require_installed("charts", "A .png chart needs", "resvg_py", otherwise="Or name a file that ends in .svg.")
    return path


def _png(svg: str) -> bytes:
    import resvg_py  # an optional extra, which only pictures need

    from scamcli.output.charts.standalone import FONTS

    sample = f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="15" font-family="{FONTS}">'
    empty, letter = (bytes(resvg_py.svg_to_bytes(svg_string=f"{sample}{text}</text></svg>")) for text in ("", "M"))
    if empty == letter:  # it draws what it finds no font for as nothing
        raise WrongUsageError(
            "A .png chart needs a font such as DejaVu Sans, and this system has none.", "Name a file that ends in .svg."
        )
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM))


def _today() -> date:
    return datetime.now(tz=UTC).date()
