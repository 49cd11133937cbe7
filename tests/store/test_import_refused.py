"""Lines that an import cannot take: each is told with its place, and nothing is written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from scamcli.records.models import Event
from tests.helpers.driver import Answer, actor, event, export, refused, run, take_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A small timeline, not to be changed."""
    path = tmp_path / "small.db"
    take_in(path, actor("Known Person", aliases=["K. P."]), event("here-1", actors=[{"name": "Known Person"}]))
    return path


def write(path: Path, lines: list[str]) -> Path:
    """A file of lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def bring_in(db: Path, *files: Path, flags: tuple[str, ...] = ()) -> Answer:
    return run("import", *map(str, files), "--db", str(db), *flags)


def good(number: int) -> str:
    """The line of an event that can be imported unchanged."""
    return Event(**event(f"good-{number}", actors=[{"name": "Known Person"}], tags=["one"])).line()


def wrong(number: int) -> str:
    """The line of an event that is refused once its actors are known."""
    return json.dumps(event(f"wrong-{number}", actors=[{"name": f"Odd {number}"}], figures=[
        {"metric": "complaints", "stated": "4", "part_of": f"nothing-{number}"}]))  # fmt: skip


def mixed(goods: int, wrongs: list[int]) -> list[str]:
    """Lines of good events, with wrong ones at these places, counted from 1."""
    lines = [good(number) for number in range(goods)]
    for place in wrongs:
        lines.insert(place - 1, wrong(place))
    return lines


def told(text: str) -> list[int]:
    """The numbers of the lines that are told."""
    return [int(number) for number in re.findall(r"^scamcli: \S+:(\d+): ", text, re.MULTILINE)]


def test_three(db: Path, tmp_path: Path) -> None:
    before = export(db)
    file = write(tmp_path / "in.jsonl", mixed(1200, [3, 733, 1100]))
    answer = bring_in(db, file)
    refused(answer, 4, *(f'"nothing-{n}", which this event does not have' for n in (3, 733, 1100)), most=4)
    assert told(answer.err) == [3, 733, 1100]
    assert answer.err.endswith("scamcli: 3 records were refused. Nothing was written.\n")
    assert export(db) == before


@pytest.mark.parametrize("number", [99, 100, 101])
def test_a_hundred_and_no_more(db: Path, tmp_path: Path, number: int) -> None:
    before = export(db)
    places = [5 * n for n in range(1, number + 1)]
    answer = bring_in(db, write(tmp_path / "in.jsonl", mixed(4 * number, places)))
    refused(answer, 4, most=101)
    assert told(answer.err) == places[:100]
    last = "99 records were refused" if number == 99 else "These are the first 100 refused records"
    assert answer.err.endswith(f"scamcli: {last}. Nothing was written.\n")
    assert export(db) == before


def test_actors_sites_and_events(db: Path, tmp_path: Path) -> None:
    before = export(db)
    site = {"type": "site", "name": "Red Gate"}
    records = [actor("A", kind="persn"), json.loads(good(3)), site, site, {"type": "evnt"},
               actor("B", aliases=["K. P."]), event("e-1", kind="rade"), event("here-1", kind="raid")]  # fmt: skip
    lines = [wrong(1), *map(json.dumps, records), "{oops}", '{"type": "event", oops}', "5"]
    answer = bring_in(db, write(tmp_path / "in.jsonl", lines))
    words = ('"persn"', '"Red Gate" occurs twice, first at', "in.jsonl:4", "evnt", '"K. P." is already a name of',
             '"rade" is not', "a single value", "a different `kind`")  # fmt: skip
    refused(answer, 4, *words, most=11)
    assert told(answer.err) == [1, 2, 5, 6, 7, 8, 9, 10, 11, 12]
    assert export(db) == before


def test_what_is_no_text_after_other_mistakes(db: Path, tmp_path: Path) -> None:
    before, file = export(db), tmp_path / "in.jsonl"
    write(file, [json.dumps(actor("A", kind="persn")), *(good(n) for n in range(1200))])
    file.write_bytes(file.read_bytes() + json.dumps(actor("Sãr"), ensure_ascii=False).encode("latin-1") + b"\n")
    answer = bring_in(db, file)
    refused(answer, 4, f'{file}:1: `kind`: "persn"', f"{file}:1202: This is not UTF-8 text", most=3)
    assert export(db) == before


TWICE = [(3, 90, "raid"), (500, 501, "report"), (3, 1300, "report")]
"""Two lines, the same or with another kind."""


@pytest.mark.parametrize("row", TWICE)
def test_an_id_twice(db: Path, tmp_path: Path, row: tuple[int, int, str]) -> None:
    before, (first, second, kind) = export(db), row
    lines = [good(number) for number in range(1, 1400)]
    lines[second - 1] = lines[first - 1].replace("report", kind)
    file = write(tmp_path / "in.jsonl", lines)
    answer = bring_in(db, file)
    assert answer.err == (
        f'scamcli: {file}:{second}: The id "good-{first}" occurs twice, first at {file}:{first}.\n'
        "scamcli: Nothing was written.\n"
    )
    refused(answer, 4)
    assert export(db) == before


def test_an_id_twice_in_two_files(db: Path, tmp_path: Path) -> None:
    before = export(db)
    one = write(tmp_path / "one.jsonl", [good(number) for number in range(600)])
    other = write(tmp_path / "other.jsonl", [good(number) for number in (700, 5, 701)])
    refused(bring_in(db, one, other), 4, f'{other}:2: The id "good-5" occurs twice, first at {one}:6')
    assert export(db) == before
