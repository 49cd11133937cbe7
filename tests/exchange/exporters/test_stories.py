"""What the formats of a story have in common: the same bytes again, an event at a time, and nobody who is protected.

``SCAMCLI_UPDATE_GOLDEN=1 pytest tests/exchange/exporters/test_stories.py`` writes the golden files anew:
look at the difference.
"""

from __future__ import annotations

import io
import os
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.exchange.exporters.dump import ExportOptions, Losses
from scamcli.exchange.exporters.registry import EXPORT_FORMATS
from scamcli.output.escaping import escape_controls
from scamcli.records.models import RECORDS
from tests.helpers.command_line import done
from tests.helpers.nasty_records import EVENT, NASTY, records, take
from tests.helpers.paths import GOLDEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORIES = ["geojson", "kml", "timelinejs", "timelinejs-csv", "graphml", "gexf", "markdown", "csl", "ris", "bibtex"]
STREAMED = ["geojson", "markdown"]
SAME_EVERYWHERE = ["geojson", "kml", "timelinejs", "timelinejs-csv", "gexf", "markdown", "csl"]
"""How libraries break the lines of other formats depends on their versions."""


@pytest.mark.parametrize("format_", SAME_EVERYWHERE)
def test_the_nasty_timeline_is_what_a_person_has_read(format_: str, empty_db: Path) -> None:
    done("import", str(NASTY[0]))
    text, path = done("export", format_).out, GOLDEN / "exchange" / f"nasty.{format_}"
    if os.environ.get("SCAMCLI_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("format_", STORIES)
def test_the_same_records_give_the_same_bytes_without_a_carriage_return(format_: str, timeline: str) -> None:
    text = done("export", format_).out
    assert text == done("export", format_).out
    assert "\r" not in text
    assert text.endswith("\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize("format_", ["geojson", "kml", "timelinejs", "graphml", "markdown", "csl", "jsonl"])
def test_on_a_terminal_it_is_all_there_and_nothing_acts(format_: str, nasty_db: Path) -> None:
    from tests.helpers.terminals import on_terminal

    seen = on_terminal("export", format_)
    assert (seen.code, "Traceback" in seen.err) == (0, False)
    assert re.search("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]", seen.out) is None
    assert seen.out.splitlines() == escape_controls(done("export", format_).out).splitlines()


class OneByOne:
    """A dump that gives the next event once the one before is written."""

    sentence = ""

    def __init__(self, out: io.StringIO) -> None:
        self._out = out
        self._event = records()[0]

    def events(self) -> Iterator[dict[str, Any]]:
        for number in range(1, 50):
            yield self._event | {"id": f"event-{number}"}
            assert f"event-{number}" in self._out.getvalue()

    def metrics(self) -> Iterator[dict[str, Any]]:
        yield from ()

    actors = sites = metrics

    def lines(self) -> Iterator[str]:
        yield from ()

    def terms(self) -> list[str]:
        return []


@pytest.mark.parametrize("format_", STREAMED)
def test_an_event_is_written_before_the_next_is_asked_for(format_: str) -> None:
    out = io.StringIO()
    import_module(f"scamcli.exchange.exporters.as_{format_}").write(OneByOne(out), out, Losses(), ExportOptions())
    assert "event-49" in out.getvalue()


@pytest.mark.parametrize("format_", STORIES)
def test_nobody_who_is_protected_is_named(format_: str, empty_db: Path, tmp_path: Path) -> None:
    name = "Vanna Invented"
    seen = {"actors": [{"name": name, "role": "victim"}], "title": f"{name} speaks", "summary": f"With {name}."}
    figure = {"metric": "rescues", "stated": "12", "stated_by": name}
    told = {"figures": [figure], "sources": [{"outlet": name, "title": "Vanna's story"}], "note": name}
    site = {"type": "site", "name": "Gate", "kind": "casino", "owners": [{"name": name, "note": f"says {name}"}]}
    person = {"type": "actor", "name": name, "kind": "person", "protected": True}
    take(tmp_path, person, site, EVENT | seen | told | {"sites": ["Gate"]})
    text = done("export", format_).out
    assert "vanna" not in text.lower()
    assert "invented" not in text.lower()
    assert "protected-" in text
    assert "vanna" in done("export", format_, "--include-protected").out.lower()


@pytest.mark.parametrize("format_", STORIES)
def test_what_a_format_says_that_it_holds_is_a_key(format_: str) -> None:
    for path in EXPORT_FORMATS[format_].keys:
        model: Any = RECORDS[path.split(".")[0]]
        for key in path.split(".")[1:]:
            annotation = model.model_fields[key].annotation
            model = next(iter(getattr(annotation, "__args__", (annotation,))), annotation)
