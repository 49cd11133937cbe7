"""Imports in every way that there is, what a database holds after them, and hard timelines to import.

The ways: in batches of the usual size, in small ones, or every event by itself, which is the plain one.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import generate
from scamcli.store import event_batch
from tests.helpers.driver import Answer, export, ok, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Record = dict[str, Any]

WAYS = ("batches", "small batches", "one by one")

TABLES = {
    "event": "SELECT * FROM event ORDER BY key",
    "term": "SELECT type, name, record, placeholder IS NULL FROM term ORDER BY type, name",
    "name": "SELECT name.type, level, form, term.name FROM name JOIN term ON term.id = term ORDER BY 1, 2, 3, 4",
    "event_term": "SELECT type, name, rel, event, roles FROM event_term JOIN term ON id = term ORDER BY 1, 2, 3, 4",
    "figure": "SELECT * FROM figure ORDER BY event, n",
    "link": "SELECT * FROM link ORDER BY event, n",
    "event_text": "SELECT rowid, title, body, names FROM event_text ORDER BY rowid",
    "change": "SELECT id, author, command, reason, undoes, resealed FROM change ORDER BY id",
    "change_record": "SELECT change, type, name, before, after, successor, placeholder IS NULL FROM change_record"
    " ORDER BY change, type, name",
    "change_content": "SELECT change, type, name, after IS NULL FROM change_content ORDER BY change, type, name",
    "redacted_leaf": "SELECT * FROM redacted_leaf ORDER BY change, position",
}
"""All that is kept, but for the numbers of terms, what is drawn (numbers, salts), times, and what is made of these."""


@contextmanager
def way(name: str) -> Iterator[None]:
    """Let imports inside take this way."""
    with pytest.MonkeyPatch.context() as patch:
        if name == "small batches":
            patch.setattr(event_batch, "BATCH", 7)
        if name == "one by one":
            patch.setattr(event_batch.EventBatch, "add", lambda *_, **__: False)
        yield


def bring_in(how: str, db: Path, *files: Path | str, flags: tuple[str, ...] = (), stdin: str | bytes = "") -> Answer:
    """Import files in one of the ways; messages call the database DB, and the random number of a protected actor N."""
    with way(how):
        answer = run("import", *map(str, files), "--db", str(db), *flags, stdin=stdin)
    return answer._replace(err=re.sub(r"\[protected-\d+\]", "[protected-N]", answer.err.replace(str(db), "DB")))


def write(path: Path, lines: list[str]) -> Path:
    """A file of lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def copied(base: Path | None, path: Path) -> Path:
    """A copy of a database to change; where there is none to copy, there is none yet."""
    return path if base is None else Path(shutil.copy(base, path))


def held(db: Path) -> dict[str, list[Any]]:
    """Everything in a database."""
    with closing(sqlite3.connect(db)) as connection:
        return {table: connection.execute(sql).fetchall() for table, sql in TABLES.items()}


def same(one: Path, other: Path) -> None:
    """Two databases hold the same, and say the same."""
    first, second = held(one), held(other)
    for table, rows in first.items():
        odd = next((pair for pair in zip(rows, second[table], strict=False) if pair[0] != pair[1]), None)
        assert odd is None, (table, odd)
        assert len(rows) == len(second[table]), table
    assert export(one) == export(other)


def sound(db: Path) -> None:
    """Nothing is wrong with a database: its seals, its tables, its references and its full text."""
    assert json.loads(ok("info", "--verify", "--json", "--db", str(db)))["problems"] == 0
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO event_text (event_text, rank) VALUES ('integrity-check', 1)")
        connection.execute("INSERT INTO event_stem (event_stem, rank) VALUES ('integrity-check', 1)")
        _sealed(connection)


def _sealed(connection: sqlite3.Connection) -> None:
    """Each change has the right seal, and each leaf a salt of its own, whatever code computes and draws them."""
    salts: list[bytes] = []
    before = "None"
    for number, salt, seal, *change in connection.execute(
        "SELECT id, salt, seal, at, author, command, reason, undoes, resealed FROM change ORDER BY id"
    ):
        rows = [(salt, ["change", "", "", number, *change])]
        rows += _with_salts(
            connection,
            "SELECT salt, 'record', type, name, after, successor, placeholder FROM change_record"
            " WHERE change = ? ORDER BY type, name",
            number,
        )
        rows += _with_salts(
            connection,
            "SELECT salt, 'content', type, name, after FROM change_content WHERE change = ? ORDER BY type, name",
            number,
        )
        leaves = [sha256(salt + json.dumps(row).encode()).digest() for salt, row in rows]
        assert seal == sha256(f"{before}\n".encode() + b"".join(leaves) + str(len(leaves)).encode()).hexdigest()
        salts += [salt for salt, _ in rows]
        before = seal
    assert {len(salt) for salt in salts} <= {16}
    assert len(set(salts)) == len(salts)
    assert connection.execute("SELECT * FROM redacted_leaf").fetchall() == []
    masks = connection.execute("SELECT name, placeholder FROM term WHERE placeholder NOT NULL").fetchall()
    for name, placeholder in masks:
        salt, after = connection.execute(
            "SELECT salt, after FROM change_content WHERE type = 'mask' AND name = ? ORDER BY change DESC", [name]
        ).fetchone()
        assert after == sha256(salt + json.dumps({"placeholder": placeholder}).encode()).hexdigest(), name


def _with_salts(connection: sqlite3.Connection, sql: str, number: int) -> list[tuple[bytes, list[Any]]]:
    return [(salt, row) for salt, *row in connection.execute(sql, [number])]


def timeline(events: int, seed: int, *, protected: bool = False) -> list[str]:
    """The lines of a timeline: most of its events are whole, the others are as people write them."""
    rng = random.Random(seed)
    records = list(generate.records(events))
    named = {one["name"] for record in records if record["type"] == "event" for one in record["actors"]}
    named |= {site for record in records if record["type"] == "event" for site in record["sites"]}
    entities = [one for one in records if one["type"] != "event" and one["name"] in named and rng.random() < 0.4]
    for entity in entities:
        entity["aliases"] = [f"{entity['name']} alias", f"Çalled {entity['name']}"] if rng.random() < 0.3 else []
    for entity in [one for one in entities if one["type"] == "actor"][:: 20 if protected else len(entities)]:
        entity["protected"] = protected
    aliases = {one["name"]: one["aliases"][0] for one in entities if one["aliases"]}
    made = [one for one in records if one["type"] == "event"]
    for number, event in enumerate(made):
        if rng.random() < 0.4:
            for place in sorted(rng.sample(range(len(ALTERATIONS)), rng.choice((1, 1, 2, 3)))):
                ALTERATIONS[place](event, rng)
        if rng.random() < 0.1:
            event["links"] = _links(made, number, rng)
        if rng.random() < 0.1:
            event["actors"] = [one | {"name": aliases.get(one["name"], one["name"])} for one in event.get("actors", [])]
    own = {"type": "metric", "name": "phones", "unit": "pieces", "split": "group", "count": "stock"}
    return [written(one, rng) for one in [own, *entities, *made]]


def written(record: Record, rng: random.Random) -> str:
    """The line of a record: as this program writes it, or in one of the other ways in which JSON can be written."""
    drawn = rng.random()
    if drawn < 0.85:
        return json.dumps(record, ensure_ascii=False)
    if drawn < 0.9:
        return json.dumps(record)
    if drawn < 0.95:
        keys = list(record)
        rng.shuffle(keys)
        return json.dumps({key: record[key] for key in keys}, ensure_ascii=False)
    return f" {json.dumps(record, ensure_ascii=rng.random() < 0.5, separators=(' ,', ':  '))}\t"


def _links(events: list[Record], number: int, rng: random.Random) -> list[Record]:
    others = [events[max(number - 3, 0)], rng.choice(events)]
    ids = [*(one["id"] for one in others if one.get("id")), "1990-01-01-nobody"]
    return [
        {"type": rng.choice(("follows", "disputes")), "event": id_, "note": rng.choice((None, "ចំណាំ"))}
        for id_ in ids[:2]
    ]


def _lacking(event: Record, rng: random.Random) -> None:
    for key in rng.sample(sorted(event.keys() - {"type", "id", "date", "kind", "title"}), 3):
        del event[key]


def _no_id(event: Record, rng: random.Random) -> None:
    if rng.random() < 0.5:
        event["id"] = None
    else:
        event.pop("id", None)


def _spaces(event: Record, rng: random.Random) -> None:
    event["actors"] = [one | {"name": f" {one['name']}\u3000"} for one in event.get("actors", [])]
    event["tags"] = [f"\t{rng.choice(generate.WORDS)} "]


def _new_names(event: Record, rng: random.Random) -> None:
    name = f"{rng.choice(('New Person', 'new person', 'ស ថ្មី', 'Ñew'))} {rng.randrange(30)}"
    event["actors"] = [*event.get("actors", []), {"name": name, "role": rng.choice(generate.ROLES)}]
    event["sites"] = [*event.get("sites", []), f"New Gate {rng.randrange(20)}"][-2:]
    event["sources"] = [{"outlet": f"New Daily {rng.randrange(20)}", "via": rng.choice((None, "New Daily 1"))}]


def _provinces(event: Record, rng: random.Random) -> None:
    event["provinces"] = rng.sample(("Poipet", "Sihanoukville", "KH-18", "ព្រះសីហនុ", "kandal", "Bavet", "Takeo"), 2)
    if rng.random() < 0.5:
        event.pop("countries", None)


def _places(event: Record, rng: random.Random) -> None:
    number = rng.choice((16.5, 16, 16.0, -0.0, 1e1, 0.1 + 0.2))
    abroad = {"name": "Mae Sot", "country": "TH", "lat": number, "lon": 98.5712345678901234, "precision": "town"}
    event["places"] = rng.choice(([abroad], [{"name": "Bavet"}], [abroad, {"name": "Poipet", "country": "KH"}]))


def _bare_figures(event: Record, rng: random.Random) -> None:
    wordings = ("more than 40", "289", "dozens", "about 1,000", "more than 600 since 18 August", "12 since 2019-03-01")
    figures = [one for one in event.get("figures", []) if not (one.get("split") or one.get("part_of") or one.get("of"))]
    for figure in figures:
        figure.pop("id", None)
        for key in rng.sample(("low", "best", "high", "count", "period", "unit"), rng.randrange(7)):
            figure.pop(key, None)
        figure["stated"] = rng.choice(wordings)
    event["figures"] = [*figures, {"metric": rng.choice(generate.METRICS), "stated": rng.choice(wordings)}, *figures][
        :3
    ]


def _numbers(event: Record, rng: random.Random) -> None:
    for figure in event.get("figures", []):
        figure |= {"low": rng.choice((5.0, 1e3, 0.5, -0.0, 2**53)), "high": rng.choice((None, 2.50, 1e-7, 9e15))}


def _parts(event: Record, rng: random.Random) -> None:
    whole = {
        "id": "all",
        "metric": "rescues",
        "stated": "40",
        "count": rng.choice(("cumulative", "aggregate")),
        "split": {"by": "group"},
    }
    part = {"metric": "rescues", "stated": "12", "group": "women", "part_of": "all"}
    event["figures"] = [whole, part, {"metric": "share", "stated": "30 percent", "of": ["all", "rescues"]}]


def _strangers(event: Record, rng: random.Random) -> None:
    outlet = next((one["outlet"] for one in event.get("sources", [])), "Daily Buses 0")
    for figure in event.get("figures", []):
        figure["stated_by"] = rng.choice((outlet, "Only Speaker", "Prak Sok"))


def _own_metric(event: Record, rng: random.Random) -> None:
    event["figures"] = [{"metric": "phones", "stated": f"{rng.randrange(90)} or so"}, *event.get("figures", [])]


def _twice(event: Record, rng: random.Random) -> None:
    for key in ("provinces", "nationalities", "tags", "sites", "actors"):
        event[key] = [*event.get(key, []), *event.get(key, [])]
    if event["actors"]:
        event["actors"][-1] = event["actors"][-1] | {"role": rng.choice(generate.ROLES)}


def _draft(event: Record, rng: random.Random) -> None:
    day = event["date"][:10]
    event["status"] = "draft"
    event["date"] = rng.choice((f"{day}~", day[:7], day[:4], f"{day}/..", f"{day[:7]}?", f"{day}/2030-01-01"))


def _printed(event: Record, rng: random.Random) -> None:
    event |= {"start": "2020-01-01", "end": None, "match": "certain", "digest": f"{rng.randrange(10**12)}"}


def _letters(event: Record, rng: random.Random) -> None:
    event["title"] += rng.choice(
        ("ស្រ្តី", " 西港市", " e\u0301", "\x1b[31m", "\u2028 a", "\U0001f1f0\U0001f1ed", "\\", "\x7f")
    )
    event["note"] = rng.choice((" \n", "a\tb\r\n", "\ufeff", "café\u200b", '"\u202e'))


def _one_text(event: Record, rng: random.Random) -> None:
    event["tags"], event["nationalities"] = rng.choice(generate.WORDS), rng.choice(generate.NATIONALITIES)
    event["sites"] = "Ransom Gate 0"


def _all_but_one(event: Record, rng: random.Random) -> None:
    """With every key, as this program writes it, but for one value that is to be completed."""
    bavet = dict.fromkeys(("name", "country", "admin1", "province", "lat", "lon", "precision")) | {"name": "Bavet"}
    event |= rng.choice(({"provinces": []}, {"nationalities": []}, {"places": [bavet]}, {"actors": []}, {}, {}, {}))
    for figure in event.get("figures", []):
        if figure.keys() >= {"id", "count", "stated_by", "country", "province", "nationality"}:
            changes = ("count", None), ("id", None), ("province", "Poipet"), ("nationality", "Lao"), ("stated_by", "Ñ")
            figure |= dict([rng.choice(changes)])


ALTERATIONS: tuple[Callable[[Record, random.Random], None], ...] = (
    _lacking, _no_id, _spaces, _new_names, _provinces, _places, _numbers, _parts, _strangers, _own_metric, _twice,
    _draft, _printed, _letters, _bare_figures, _one_text, _all_but_one, _all_but_one,
)  # fmt: skip
"""In the order in which they can follow each other."""
