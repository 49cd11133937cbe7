"""What the formats of a story have in common: the same bytes again, and nothing that acts on a terminal."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from scamcli.output.escaping import escape_controls
from tests.helpers.command_line import done

if TYPE_CHECKING:
    from pathlib import Path

STORIES = ["geojson", "kml", "timelinejs", "graphml", "markdown", "csl"]


@pytest.mark.parametrize("format_", STORIES)
def test_the_same_records_give_the_same_bytes_without_a_carriage_return(format_: str, timeline: str) -> None:
    text = done("export", format_).out
    assert text == done("export", format_).out
    assert "\r" not in text
    assert text.endswith("\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize("format_", ["geojson", "markdown", "jsonl"])
def test_on_a_terminal_it_is_all_there_and_nothing_acts(format_: str, nasty_db: Path) -> None:
    from tests.helpers.terminals import on_terminal

    seen = on_terminal("export", format_)
    assert (seen.code, "Traceback" in seen.err) == (0, False)
    assert re.search("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]", seen.out) is None
    assert seen.out.splitlines() == escape_controls(done("export", format_).out).splitlines()
