"""Datasette: a real one serves the copy over HTTP; all is in it but drafts and names; nothing adds figures up."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import pytest

from scamcli.exchange.exporters.as_datasette import metadata
from scamcli.exchange.exporters.as_datasette.metadata import TABLES
from scamcli.language import vocabulary
from tests.helpers.command_line import done, rows
from tests.helpers.nasty_records import EVENT, records, take
from tests.helpers.patience import PATIENCE
from tests.helpers.validators import absent

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]

EMPTY = ("operation_claims", "status_claims")
"""The tables of which the shipped timeline has no rows."""


class Site:
    """A Datasette that serves a folder."""

    def __init__(self, address: str) -> None:
        self.address = address

    def text(self, path: str, **asked: str) -> str:
        query = f"?{urlencode(asked)}" if asked else ""
        with urlopen(f"{self.address}{quote(path)}{query}") as answer:
            assert answer.status == 200
            found: str = answer.read().decode()
            return found

    def rows(self, name: str, **asked: str) -> list[Row]:
        found: list[Row] = json.loads(self.text(f"timeline/{name}.json", _shape="array", **asked))
        return found

    def whole(self, name: str, **asked: str) -> Row:
        found: Row = json.loads(self.text(f"timeline/{name}.json", **asked))
        return found


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve a folder by the command of the documentation, at a port that is free."""
    program = Path(sys.executable).parent / "datasette"
    if not program.exists():
        absent("datasette")
    command = [str(program), str(folder), "--host", "127.0.0.1", "--port", "0"]
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            found = next(filter(None, (re.search(r"http://127\.0\.0\.1:\d+", line) for line in lines)))
            yield Site(f"{found[0]}/")
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


@pytest.fixture(scope="module")
def site(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped timeline, served."""
    folder = tmp_path_factory.mktemp("served") / "copy"
    done("export", "datasette", "-o", str(folder), "--db", str(seeded))
    with served(folder) as found:
        yield found


def copied(folder: Path, *asked: str) -> sqlite3.Connection:
    """A connection to the database of a copy."""
    done("export", "datasette", "-o", str(folder), *asked)
    connection = sqlite3.connect(f"file:{folder / 'timeline.db'}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def table(connection: sqlite3.Connection, name: str) -> list[Row]:
    """The rows of a table, with its lists as lists."""
    lists = {
        column.name for one in TABLES.values() if one.name == name for column in one.columns if column.kind == "list"
    }
    return [
        {key: json.loads(value) if key in lists and value is not None else value for key, value in dict(row).items()}
        for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")
    ]


def test_every_table_is_served_with_as_many_rows_as_there_are_records(site: Site) -> None:
    served_ = {one["name"]: one["count"] for one in json.loads(site.text("timeline.json"))["tables"]}
    events = records()
    expected = {
        "events": len(events), "actors": len(records("actor")), "sites": len(records("site")),
        "ownership_claims": sum(len(one["owners"]) for one in records("site")),
        "operation_claims": sum(len(one["operators"]) for one in records("site")),
        "status_claims": sum(len(one["statuses"]) for one in records("site")), "metrics": len(vocabulary.METRICS),
        "participants": sum(len(event["actors"]) for event in events),
        "event_sites": sum(len(event["sites"] + event["linked_sites"]) for event in events),
        **{name: sum(len(event[name]) for event in events) for name in ("places", "figures", "sources", "links")},
    }  # fmt: skip
    assert {name: count for name, count in served_.items() if not name.startswith(metadata.SEARCH)} == expected
    assert expected["events"] == 50


def test_a_page_of_each_table_and_view_is_served(site: Site) -> None:
    for name in [*(one.name for one in TABLES.values()), *metadata.VIEWS]:
        shown = f"{name}: 0 rows" if name in EMPTY else "<table"
        assert shown in site.text(f"timeline/{name}"), name
    assert "Woman found beheaded in Bavet" in site.text("timeline/events/2023-04-20-bavet-death")


def test_facets_count_events_by_their_kind_and_by_each_of_their_provinces(site: Site) -> None:
    events = records()
    facets = {
        name: {one["value"]: one["count"] for one in found["results"]}
        for name, found in site.whole("events", _size="0", _facet_size="max")["facet_results"].items()
    }
    assert facets["kind"] == Counter(event["kind"] for event in events)
    assert facets["year"] == Counter(int(event["date"][:4]) for event in events)
    assert facets["provinces"] == Counter(one for event in events for one in event["provinces"])
    assert facets["nationalities"] == Counter(one for event in events for one in event["nationalities"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sar Kheng", "2023-05-18-requests-first-quarter"),
        ("victims of trafficking", "2023-06-10-suitcase-death"),
        ("TRAFFICK", "2023-06-10-suitcase-death"),
        ("សខេង", None),
        ("ជូ ប៊ុនអេង", "2022-08-22-chou-bun-eng-conference"),
        ("Huang Le", "2023-03-08-bbc-documentary"),
        ("nearly 8,000", "2023-03-01-cambodians-rescued-abroad"),
    ],
)
def test_words_are_found_in_texts_names_and_wordings(words: str, expected: str | None, site: Site) -> None:
    found = [row["id"] for row in site.rows("events", _search=words, _size="max")]
    assert (expected in found) if expected else (found == [])
    assert len(found) < 50


@pytest.fixture
def nasty_site(nasty_db: Path, tmp_path: Path) -> Iterator[Site]:
    hidden = "\u1794\u17c9\u17bc\u179b\u17b7\u200b\u179f\u179f\u1784\u17d2\u1782\u17d2\u179a\u17c4\u17c7"
    take(tmp_path, EVENT | {"title": f"x {hidden}", "actors": [{"name": "Anna Ng"}]})
    done("export", "datasette", "-o", str(tmp_path / "copy"))
    with served(tmp_path / "copy") as found:
        yield found


def test_scripts_without_spaces_are_found_and_html_stays_text(nasty_site: Site) -> None:
    def found(words: str) -> list[str]:
        return sorted(row["id"] for row in nasty_site.rows("events", _search=words))

    assert found("សង្គ្រោះ") == ["e", "nasty-05-khmer"], "a zero-width space inside of a word does not matter"
    assert found("ប៉ូលិស") == ["e", "nasty-05-khmer"]
    assert found("诈骗园区") == ["nasty-07-chinese"]
    assert found("ค้ามนุษย์") == ["nasty-06-thai"]
    for page in ("timeline", "timeline/events", "timeline/timeline", "timeline/events/nasty-03-pipes"):
        text = nasty_site.text(page)
        assert "<script>alert(" not in text
        assert "<b>bold" not in text
        assert 'href="javascript' not in text


def test_no_query_adds_figures_up() -> None:
    sql = [query["sql"] for query in metadata.QUERIES.values()] + [view for _, view in metadata.VIEWS.values()]
    assert len(sql) > 8
    assert not [one for one in sql if re.search(r"\b(sum|total|avg|min|max)\s*\(", one, re.IGNORECASE)]
    assert not [one for one in sql if re.search(r"\b(low|best|high)\s*[+*-]", one)]


def test_every_query_answers(site: Site) -> None:
    answered = {name: site.rows(name) for name in metadata.QUERIES}
    assert {name for name, found in answered.items() if not found} == {
        "disputed_figures",
        "what_is_said_about_sites",
    }, "the seed has none"
    for name, query in metadata.QUERIES.items():
        assert query["title"] in site.text(f"timeline/{name}")
        assert len({json.dumps(row) for row in answered[name]}) == len(answered[name]), f"{name} has a row twice"


def test_figures_by_province_lists_each_figure_once(site: Site) -> None:
    every = [figure for event in records() for figure in event["figures"]]
    assert len(site.rows("figures_by_province", _size="max")) == len(every)
    found = site.rows("figures_by_province", metric="complaints")
    expected = [one for one in every if one["metric"] == "complaints"]
    assert Counter((row["province"], row["stated"], row["low"], row["high"]) for row in found) == Counter(
        (one["province"] or "not given", one["stated"], one["low"], one["high"]) for one in expected
    )
    assert ("Preah Sihanouk", "more than 200", 201, None) in {
        (row["province"], row["stated"], row["low"], row["high"]) for row in found
    }


def test_allegations_and_their_answers_are_those_of_responses(site: Site) -> None:
    told = rows("responses")
    unanswered = [row["event"] for row in site.rows("allegations_without_answer")]
    assert sorted(unanswered) == sorted(row["allegation"] for row in told if row["answer"] is None)
    answered = Counter(
        (row["event"], row["answer_event"], row["relation"]) for row in site.rows("answers_to_allegations")
    )
    assert answered == Counter((row["allegation"], row["answer"], row["relation"]) for row in told if row["answer"])
    by = {row["event"]: row["alleged_by"] for row in site.rows("allegations_without_answer")}
    assert {row["allegation"]: "; ".join(row["by"]) or None for row in told if row["answer"] is None} == by


def test_ownership_is_told_with_who_claims_it(site: Site) -> None:
    found = [row for row in site.rows("who_is_said_to_own_what") if row["site"] == "Huang Le compound"]
    assert [(row["owner"], row["stated_by"], row["outlet"]) for row in found] == [
        ("Kuong Li", "not recorded", "CamboJA"), ("Kuong Li", "not recorded", "CamboJA"),
    ]  # fmt: skip


def test_drafts_are_left_out_even_where_they_are_asked_for(empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"status": "draft", "title": "Secret draft"}, EVENT | {"id": "f"})
    outcome = done("export", "datasette", "-o", str(tmp_path / "copy"), "--drafts")
    assert "drafts (1)" in outcome.err
    with closing(copied(tmp_path / "copy", "--drafts")) as connection:
        assert [row["id"] for row in table(connection, "events")] == ["f"]
    assert b"Secret draft" not in (tmp_path / "copy" / "timeline.db").read_bytes()


SECRETS = ("Vanna", "Invented", "Cook", "Takhmao", "Kitchen")


@pytest.fixture
def victim(empty_db: Path, tmp_path: Path) -> Path:
    take(
        tmp_path,
        {"type": "actor", "name": "Vanna Invented", "kind": "person", "protected": True, "aliases": ["The Cook"],
         "positions": ["Cook of hotel nine"], "member_of": ["Kitchen Union"], "note": "born in Takhmao"},
        EVENT | {"id": "freed", "actors": [{"name": "Vanna Invented", "role": "victim"}],
                 "title": "Vanna is freed", "figures": [{"metric": "rescues", "stated": "1, Vanna"}]},
        EVENT | {"id": "later", "title": "Of Vanna Invented", "date": "2023-05"},
    )  # fmt: skip
    done("edit", "later", "--title", "Another title")
    return tmp_path / "copy"


@pytest.mark.parametrize(
    "asked", [(), ("--actor", "Vanna Invented"), ("--actor", "The Cook"), ("vanna", "--kind", "raid")]
)
def test_no_byte_of_a_protected_name_is_in_it(asked: tuple[str, ...], victim: Path) -> None:
    outcome = done("export", "datasette", "-o", str(victim), *asked)
    assert "other details of protected actors (1)" in outcome.err
    for path in victim.iterdir():
        content = path.read_bytes().lower()
        for secret in SECRETS:
            assert secret.lower().encode() not in content, (path.name, secret)
            assert secret.lower().encode("utf-16-le") not in content, (path.name, secret)
    with closing(sqlite3.connect(victim / "timeline.db")) as connection:
        (person,) = connection.execute("SELECT name, kind, member_of, protected FROM actors WHERE protected").fetchall()
        assert re.fullmatch(r"\[protected-\d+\]", person[0])
        assert person[1:] == ("person", "[]", 1)
        (named,) = connection.execute("SELECT actor, role FROM participants").fetchall()
        assert named == (person[0], "victim")


def test_nothing_else_is_in_the_folder_and_nothing_of_the_history(victim: Path) -> None:
    with closing(copied(victim)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete", "a WAL could not be read-only"
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert {name for name in names if not name.startswith(metadata.SEARCH)} == {
        *(one.name for one in TABLES.values()), *metadata.VIEWS,
    }  # fmt: skip
    assert {path.name for path in victim.iterdir()} == {"timeline.db", "metadata.json", ".scamcli-export"}
    content = (victim / "timeline.db").read_bytes()
    assert b"Another title" in content
    assert b"Of [protected" not in content, "what a title was before an edit is history"
