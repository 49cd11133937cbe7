"""Properties of import and export: what goes in comes out, and what came out goes in again byte for byte."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, example, given, settings

from scamcli.language.countries import demonym
from tests.helpers.driver import export, lines, ok, records, run
from tests.helpers.record_strategies import timelines

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = settings(
    max_examples=25,
    phases=set(Phase) - {Phase.shrink, Phase.explain},
    suppress_health_check=list(HealthCheck),
)


PLAIN = {"title", "summary", "note", "date", "kind", "status", "tags", "positions", "topics"}
NAMES = {"stated_by", "outlet", "via"}
FILLED = {"id", "count", "country"}


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


@MANY
@given(timelines())
@example([{"type": "actor", "name": "A", "member_of": ["B"]}, {"type": "actor", "name": "B", "member_of": ["A"]}])
def test_export_of_import_is_stable(rows: list[dict[str, Any]]) -> None:
    with folder() as at:
        ok("import", "-", "--db", str(at / "one.db"), stdin=lines(rows))
        first = export(at / "one.db")
        again = run("import", "-", "--db", str(at / "one.db"), stdin=first)
        assert again.code == 0, again
        assert "0 records added" in again.err
        assert export(at / "one.db") == first
        ok("import", "-", "--db", str(at / "two.db"), stdin=first)
        assert export(at / "two.db") == first


@MANY
@given(timelines())
@example([
    {"type": "event", "id": "a", "date": "2023", "kind": "rescue", "title": "A",
     "figures": [{"metric": "rescues", "low": 1, "nationality": "AND"}]},
])  # fmt: skip
def test_what_was_given_is_kept(rows: list[dict[str, Any]]) -> None:
    with folder() as at:
        ok("import", "-", "--db", str(at / "one.db"), stdin=lines(rows))
        kept = {(one["type"], one.get("id") or one["name"]): one for one in records(at / "one.db")}
        own = {alias: row["name"] for row in rows for alias in row.get("aliases", [])}
        for row in rows:
            record = kept[row["type"], row.get("id") or row["name"]]
            assert {key: record[key] for key in row.keys() & PLAIN} == {key: row[key] for key in row.keys() & PLAIN}
            for key in ("figures", "sources"):
                for given_, part in zip(row.get(key, []), record.get(key, []), strict=True):
                    said = {name: own.get(value, value) if name in NAMES else value for name, value in given_.items()}
                    said = {name: value for name, value in said.items() if value is not None or name not in FILLED}
                    if said.get("nationality"):
                        said["nationality"] = demonym(said["nationality"])  # the code AND becomes Andorran
                    if said.get("split"):
                        said["split"] = {"complete": None, **said["split"]}
                    assert {name: part[name] for name in said} == said


SPOKE = {"type": "event", "date": "2024", "kind": "report", "title": "They", "actors": [{"name": "The Post"}]}
WROTE = {"type": "event", "date": "2024", "kind": "report", "title": "We", "sources": [{"outlet": "The Post"}]}


@MANY
@given(timelines())
@example([SPOKE, WROTE])
def test_the_order_of_lines_does_not_matter(rows: list[dict[str, Any]]) -> None:
    with folder() as at:
        ok("import", "-", "--db", str(at / "one.db"), stdin=lines(rows))
        ok("import", "-", "--db", str(at / "two.db"), stdin=lines(rows[::-1]))
        assert export(at / "one.db") == export(at / "two.db")
