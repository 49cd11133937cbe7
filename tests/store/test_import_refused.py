"""Lines that an import cannot take: each is told with its place, in every way the same, and nothing is written."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.records.models import Event
from tests.helpers.driver import actor, event, export, ok, refused, take_in
from tests.helpers.import_ways import WAYS, bring_in, copied, held, same, timeline, write

if TYPE_CHECKING:
    from pathlib import Path

Record = dict[str, Any]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A small timeline, not to be changed."""
    path = tmp_path / "small.db"
    take_in(path, actor("Known Person", aliases=["K. P."]), event("here-1", actors=[{"name": "Known Person"}]))
    return path


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


@pytest.mark.parametrize("how", WAYS)
def test_one(db: Path, tmp_path: Path, how: str) -> None:
    before, file = export(db), write(tmp_path / "in.jsonl", mixed(1200, [733]))
    said = f'scamcli: {file}:733: Figure "complaints" refers to figure "nothing-733", which this event does not have.\n'
    for target in (db, tmp_path / "new.db"):
        assert bring_in(how, target, file) == (4, "", said)
    assert not (tmp_path / "new.db").exists()
    assert export(db) == before


@pytest.mark.parametrize("how", WAYS)
def test_three(db: Path, tmp_path: Path, how: str) -> None:
    before = held(db)
    file = write(tmp_path / "in.jsonl", mixed(1200, [3, 733, 1100]))
    answer = bring_in(how, db, file)
    refused(answer, 4, *(f'"nothing-{n}", which this event does not have' for n in (3, 733, 1100)), most=4)
    assert told(answer.err) == [3, 733, 1100]
    assert answer.err.endswith("scamcli: 3 records were refused. Nothing was written.\n")
    assert held(db) == before


@pytest.mark.parametrize(
    ("how", "number"),
    [("batches", 250), ("small batches", 99), ("small batches", 100), ("small batches", 101), ("one by one", 250)],
)
def test_a_hundred_and_no_more(db: Path, tmp_path: Path, how: str, number: int) -> None:
    before = held(db)
    places = [5 * n for n in range(1, number + 1)]
    answer = bring_in(how, db, write(tmp_path / "in.jsonl", mixed(4 * number, places)))
    refused(answer, 4, most=101)
    assert told(answer.err) == places[:100]
    last = "99 records were refused" if number == 99 else "These are the first 100 refused records"
    assert answer.err.endswith(f"scamcli: {last}. Nothing was written.\n")
    assert held(db) == before


@pytest.mark.parametrize("how", WAYS[:2])
def test_actors_sites_and_events(db: Path, tmp_path: Path, how: str) -> None:
    before = held(db)
    site = {"type": "site", "name": "Red Gate"}
    records = [actor("A", kind="persn"), json.loads(good(3)), site, site, {"type": "evnt"},
               actor("B", aliases=["K. P."]), event("e-1", kind="rade"), event("here-1", kind="raid")]  # fmt: skip
    lines = [wrong(1), *map(json.dumps, records), "{oops}", '{"type": "event", oops}', "5"]
    answer = bring_in(how, db, write(tmp_path / "in.jsonl", lines))
    words = ('"persn"', '"Red Gate" occurs twice, first at', "in.jsonl:4", "evnt", '"K. P." is already a name of',
             '"rade" is not', "a single value", "a different `kind`")  # fmt: skip
    refused(answer, 4, *words, most=11)
    assert told(answer.err) == [1, 2, 5, 6, 7, 8, 9, 10, 11, 12]
    assert held(db) == before


@pytest.mark.parametrize("how", WAYS)
def test_what_is_no_json_is_told_once(db: Path, tmp_path: Path, how: str) -> None:
    answer = bring_in(how, db, write(tmp_path / "in.jsonl", ["{oops}", good(1), '{"type": "event", oops}', wrong(4)]))
    assert told(answer.err) == [1, 3, 4]


@pytest.mark.parametrize("how", WAYS)
def test_what_is_no_json_is_told_once_before_events_without_an_id(db: Path, tmp_path: Path, how: str) -> None:
    lines = ["{oops}", json.dumps(event(None)), '{"type": "event", oops}']
    assert told(bring_in(how, db, write(tmp_path / "in.jsonl", lines)).err) == [1, 3]


@pytest.mark.parametrize("how", WAYS)
def test_what_is_no_text_after_other_mistakes(db: Path, tmp_path: Path, how: str) -> None:
    before, file = held(db), tmp_path / "in.jsonl"
    write(file, [json.dumps(actor("A", kind="persn")), *(good(n) for n in range(1200))])
    file.write_bytes(file.read_bytes() + json.dumps(actor("Sãr"), ensure_ascii=False).encode("latin-1") + b"\n")
    answer = bring_in(how, db, file)
    refused(answer, 4, f'{file}:1: `kind`: "persn"', f"{file}:1202: This is not UTF-8 text", most=3)
    assert held(db) == before


TWICE = [
    ("batches", 3, 90, "raid"), ("batches", 500, 501, "report"), ("batches", 3, 1300, "report"),
    ("small batches", 3, 6, "report"), ("small batches", 7, 8, "report"),
    ("small batches", 3, 1300, "raid"), ("one by one", 3, 1300, "report"),
]  # fmt: skip
"""Two lines of one batch or of two, the same or with another kind."""


@pytest.mark.parametrize("row", TWICE)
def test_an_id_twice(db: Path, tmp_path: Path, row: tuple[str, int, int, str]) -> None:
    before, (how, first, second, kind) = held(db), row
    lines = [good(number) for number in range(1, 1400)]
    lines[second - 1] = lines[first - 1].replace("report", kind)
    file = write(tmp_path / "in.jsonl", lines)
    answer = bring_in(how, db, file)
    assert answer.err == (
        f'scamcli: {file}:{second}: The id "good-{first}" occurs twice, first at {file}:{first}.\n'
        "scamcli: Nothing was written.\n"
    )
    refused(answer, 4)
    assert held(db) == before


@pytest.mark.parametrize("how", WAYS)
def test_an_id_twice_that_was_taken_by_itself(db: Path, tmp_path: Path, how: str) -> None:
    """The first, the second, or both of them are no events that are written among many."""
    before, plain = held(db), [good(number) for number in range(4)]
    one, new, other = plain[1], plain[1].replace("Known", "New"), plain[1].replace(": ", ":")
    for lines in ([wrong(1).replace(', "part_of": "nothing-1"', "")] * 2, [one, new], [new, one], [one, other]):
        file = write(tmp_path / "in.jsonl", [*plain[2:], *lines])
        refused(bring_in(how, db, file), 4, f"{file}:4: The id", f"occurs twice, first at {file}:3")
    assert held(db) == before


@pytest.mark.parametrize("how", WAYS)
def test_an_id_twice_in_two_files(db: Path, tmp_path: Path, how: str) -> None:
    before = held(db)
    one = write(tmp_path / "one.jsonl", [good(number) for number in range(600)])
    other = write(tmp_path / "other.jsonl", [good(number) for number in (700, 5, 701)])
    refused(bring_in(how, db, one, other), 4, f'{other}:2: The id "good-5" occurs twice, first at {one}:6')
    assert held(db) == before


@pytest.mark.parametrize("how", WAYS)
def test_an_id_twice_that_is_escaped(tmp_path: Path, how: str) -> None:
    line = json.dumps(json.loads(good(1)) | {"id": "ខ-1", "actors": []})
    file = write(tmp_path / "in.jsonl", [line, line])
    refused(bring_in(how, tmp_path / "new.db", file), 4, f"{file}:2: ", f"first at {file}:1")


MISTAKES: tuple[dict[str, Any], ...] = (
    {"kind": "rade"}, {"date": "2023-02-30"}, {"title": " "}, {"colour": 1}, {"provinces": ["Atlantis"]}, {"id": "a b"},
    {"figures": [{"metric": "own", "stated": "4"}]}, {"figures": [{"metric": "deaths", "stated": "4", "of": ["no"]}]},
    {"figures": [{"metric": "deaths"}]}, {"summary": 5}, {"type": "evnt"}, {"summary": "\ud800"}, {"note": "a\0"},
    {"figures": [{"metric": "deaths", "low": float("nan")}]}, {"countries": ["KHM"]}, {"tags": [""]}, {"status": None},
)  # fmt: skip


def spoiled(lines: list[str], rng: random.Random, share: float) -> list[str]:
    """Some of the lines with a mistake, and some twice."""
    made: list[str] = []
    for line in lines:
        if '"event"' in line[:20] and rng.random() < share:
            new = {"actors": [{"name": f"Spoiled {rng.randrange(9)}"}]} if rng.random() < 0.5 else {}
            made.append(json.dumps(json.loads(line) | new | rng.choice(MISTAKES)))
        else:
            made.append(line)
        if rng.random() < share / 5:
            made.append(rng.choice(made))
    return made


@pytest.mark.thorough
@pytest.mark.parametrize(("seed", "flags"), [(0, ()), (1, ()), (2, ("--strict-names",))])
def test_any_mistakes_are_told_the_same(tmp_path: Path, seed: int, flags: tuple[str, ...]) -> None:
    rng = random.Random(seed)
    lines = spoiled(timeline(180, seed), rng, 0.05)
    file, begun = write(tmp_path / "in.jsonl", lines), tmp_path / "begun.db"
    ok("init", str(begun), "--empty")
    expected = bring_in("one by one", copied(begun, tmp_path / "plain.db"), file, flags=flags)
    assert (expected.code, len(told(expected.err))) >= (4, 10)
    for how in WAYS[:2]:
        db = copied(begun, tmp_path / f"{how}.db")
        assert bring_in(how, db, file, flags=flags) == expected
        same(db, begun)
