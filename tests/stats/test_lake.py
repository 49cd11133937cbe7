"""Lakes: they give the tables of ``stats``, and an appended lake is the same as a new one."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scamcli import ScamcliError, Timeline, where
from scamcli.errors import NotFoundError
from scamcli.language.wording.bounds import Bounds, is_ordered
from scamcli.store import setup
from scamcli.timeline.lakes import Lake
from tests.helpers.driver import ok, refused, run, take_in
from tests.helpers.ged_rows import COLUMNS, made
from tests.helpers.mixtures import LINKS, METRICS, mixture
from tests.helpers.validators import need, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.stats.inquiry import RequestOptions

    Query = Callable[[str], list[tuple[Any, ...]]]

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"
BLOCKS = re.findall(r"^```sql\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
ENGINES = dict(zip(("duckdb", "clickhouse", "spark"), BLOCKS[:3], strict=True))
SUMS = BLOCKS[3]
QUERIES = {
    "none": SUMS,
    "country": SUMS.replace("'all' AS value", "nullif(f.country, 'none') AS value"),
    "year": SUMS.replace("'all' AS value", "f.covers_year AS value"),
}  # fmt: skip
NUMBERS = ("low", "best", "high")


def make(folder: Path, seed: int) -> Path:
    """A timeline with a mixture of everything."""
    path = folder / f"{seed}.db"
    setup.make(path, seed=False)
    take_in(path, *mixture(Random(seed)))
    return path


def export(database: Path, lake: Path, since: int | None = None) -> Path:
    with Timeline(database) as timeline:
        timeline.export_lake(lake, since=since)
    return lake


def in_duckdb(lake: Path) -> Query:
    connection = need("duckdb").connect()
    connection.execute(ENGINES["duckdb"].replace("'lake/", f"'{lake}/"))
    return lambda sql: list(connection.execute(sql).fetchall())


def in_clickhouse(lake: Path) -> Query:
    session = need("chdb.session").Session()
    for statement in ENGINES["clickhouse"].replace("'lake/", f"'{lake}/").split(";\n"):
        session.query(statement)

    def ask(sql: str) -> list[tuple[Any, ...]]:
        answer = str(session.query(sql, "JSONCompactEachRow"))
        return [tuple(json.loads(line)) for line in answer.splitlines()]

    return ask


def in_spark(lake: Path) -> Query:
    program("java")
    spark = (
        need("pyspark.sql").SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    )
    spark.conf.set("spark.sql.shuffle.partitions", "1")
    for view in ("figures", "links", "suspected"):
        spark.catalog.dropTempView(view)
    for statement in filter(str.strip, ENGINES["spark"].replace("'lake/", f"'{lake}/").split(";\n")):
        spark.sql(statement)
    return lambda sql: [tuple(row) for row in spark.sql(sql).collect()]


def see_the_same_sums(database: Path, ask: Query) -> int:
    """Compare the sums of an engine with the totals of a timeline, and return how many rows could be compared."""
    compared = 0
    for by, sql in QUERIES.items():
        found: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
        for metric, unit, *row, others in ask(sql):
            if not others:
                found[metric, unit].append(tuple(row))
        for (metric, unit), rows in found.items():
            expected = totals(database, metric, unit, by)
            sums = [(value, _as_numbers(numbers)) for value, *numbers, _ in rows]
            ends = 3
            if by == "year" and any(
                value is None for value, _ in sums
            ):  # these may belong to other rows, which are open
                sums = [(value, numbers) for value, numbers in sums if value is not None]
                ends = 1
            expected = {value: numbers[:ends] for value, numbers in expected.items()}
            assert {value: numbers[:ends] for value, numbers in sums} == expected, (metric, unit, by)
            compared += len(rows)
    return compared


def totals(database: Path, metric: str, unit: str, by: str) -> dict[str | None, list[float | None]]:
    with Timeline(database) as timeline:
        rows = [row for row in timeline.stats(metric, by=by).rows if row["unit"] == unit]
    return {row.get(by, "all"): [row[name] for name in NUMBERS] for row in rows}


def _as_numbers(values: list[Any]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def in_order(chance: Random) -> Iterator[dict[str, Any]]:
    """Yield a mixture without bounds that contradict each other, which SQL adds up as they are."""
    for record in mixture(chance):
        for figure in record.get("figures", ()):
            if not is_ordered(Bounds(figure["low"], figure["best"], figure["high"])):
                figure |= {"best": None, "high": None}
        yield record


def only_incidents(chance: Random) -> Iterator[dict[str, Any]]:
    """Yield a mixture without totals and links, so that many sums in SQL are totals."""
    for record in mixture(chance):
        if record["type"] == "event":
            figures = record["figures"][:1]
            for figure in figures:
                figure |= {"count": "incident", "split": None, "low": 3, "best": chance.choice((None, 4)), "high": 5}
            record |= {"figures": figures, "links": []}
        yield record


@pytest.mark.parametrize("engine", [in_duckdb, in_clickhouse, pytest.param(in_spark, marks=pytest.mark.thorough)])
def test_an_engine_gives_the_totals_of_incidents_that_nothing_touches(
    engine: Callable[[Path], Query], tmp_path: Path
) -> None:
    compared = 0
    for seed in range(4):
        database = tmp_path / f"{seed}.db"
        setup.make(database, seed=False)
        take_in(database, *(only_incidents if seed < 2 else in_order)(Random(seed)))
        compared += see_the_same_sums(database, engine(export(database, tmp_path / f"lake-{seed}")))
    assert compared > 10


@pytest.mark.thorough
@pytest.mark.parametrize("batch", range(4))
def test_many_mixtures_in_duckdb(batch: int, tmp_path: Path) -> None:
    for seed in range(100 + 10 * batch, 110 + 10 * batch):
        database = tmp_path / f"{seed}.db"
        setup.make(database, seed=False)
        take_in(database, *in_order(Random(seed)))
        see_the_same_sums(database, in_duckdb(export(database, tmp_path / f"lake-{seed}")))


def tables(lake: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of every file of a lake."""
    files = sorted(lake.rglob("*.parquet"))
    return {str(file.relative_to(lake)): pq.ParquetFile(file).read().to_pylist() for file in files}


def change(database: Path, chance: Random, seed: int) -> None:
    """Change a timeline in a few ways that also concern other events."""
    with Timeline(database, include_protected=True) as timeline:
        changed, linked, gone, alike = chance.sample(sorted(str(hit.id) for hit in timeline.search()), 4)
        record = next(one for one in map(json.loads, timeline.lines()) if one.get("id") == alike)
        timeline.remove(gone)
        timeline.edit(linked, values={"links": [{"type": "repeats", "event": changed}]}, force=True)
        day = chance.choice(("2031-02-03", "2032-07-01", "2030-12-31"))
        timeline.edit(changed, values={"date": day}, force=True)
    twin = record | {"id": f"twin-{seed}", "links": []}
    take_in(
        database, twin, {"type": "event", "id": f"new-{seed}", "date": "2029-05-05", "kind": "raid", "title": "New"}
    )


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in (1, 2))])
def test_an_appended_lake_is_the_same_as_a_new_one(seed: int, tmp_path: Path) -> None:
    database, chance = make(tmp_path, seed), Random(seed)
    lake = export(database, tmp_path / "lake")
    for step in range(3):
        since = json.loads((lake / "lake.json").read_text())["change"]
        change(database, chance, 10 * seed + step)
        export(database, lake, since)
        again = export(database, tmp_path / f"again-{step}")
        assert tables(lake) == tables(again)
        assert (lake / "lake.json").read_text() == (again / "lake.json").read_text()


def files_of(lake: Path) -> dict[str, int]:
    """The inode of every file of figures."""
    return {str(file.relative_to(lake)): file.stat().st_ino for file in (lake / "figures").rglob("*.parquet")}


def raid(id_: str, date: str, **more: Any) -> dict[str, Any]:
    figure = {"id": "f", "metric": "rescues", "stated": "40", "count": "incident", "country": "KH"}
    event = {"type": "event", "id": id_, "date": date, "kind": "raid", "title": id_, "countries": ["KH"]}
    return event | {"figures": [figure | more]}


@pytest.fixture
def raids(tmp_path: Path) -> tuple[Path, Path]:
    """A timeline with two raids, and its lake."""
    database = tmp_path / "raids.db"
    setup.make(database, seed=False)
    take_in(database, raid("one", "2021-05-05"), raid("other", "2022-05-05"))
    return database, export(database, tmp_path / "lake")


def test_only_years_with_changed_events_are_written_again(raids: tuple[Path, Path]) -> None:
    database, lake = raids
    take_in(database, raid("new-year", "2023-12-31"), raid("far", "2024-05-05"))
    export(database, lake, 1)
    before = files_of(lake)
    take_in(database, raid("after", "2024-01-01"))  # suspected to be the one of the day before, in another year
    export(database, lake, 2)
    changed = {name.split("/")[1] for name, inode in files_of(lake).items() if before.get(name) != inode}
    assert changed == {"year=2024"}
    (pair,) = tables(lake)["suspected/part.parquet"]
    assert {pair["event"], pair["other_event"]} == {"new-year", "after"}


@pytest.mark.parametrize(
    ("prepare", "since", "message"),
    [
        ("nothing", 2, "The lake ends with change 1, so changes would be missing."),
        ("nothing", -1, "--since takes the number of a change, not -1."),
        ("another timeline", 1, "Change 1 of the lake is not change 1 of this timeline."),
        ("a redaction", 1, "Something was redacted after the lake was written, so the lake may still have it."),
        ("a later lake", 1, "The lake has change 7, but the timeline ends with change 1."),
        ("other rules", 1, "The lake follows rules 0.1, and this program rules "),
        ("a damaged manifest", 1, "lake.json is damaged."),
        ("no lake", 1, "is not a lake: it has no file lake.json."),
        ("another format", 1, "is a lake of format 99, but this program reads 2."),
    ],
)
def test_a_lake_that_does_not_fit_is_refused_and_kept(
    prepare: str, since: int, message: str, raids: tuple[Path, Path], tmp_path: Path
) -> None:
    database, lake = raids
    manifest = lake / "lake.json"
    values = json.loads(manifest.read_text())
    if prepare == "another timeline":
        database = tmp_path / "another.db"
        setup.make(database, seed=False)
        take_in(database, raid("third", "2021-05-05"))
    elif prepare == "a redaction":
        ok("redact", "--yes", "other", "--db", str(database))
    elif prepare == "no lake":
        manifest.unlink()
    elif prepare == "a damaged manifest":
        manifest.write_text("{")
    else:
        changes = {"a later lake": {"change": 7}, "other rules": {"rules": "0.1"}, "another format": {"format": 99}}
        manifest.write_text(json.dumps(values | changes.get(prepare, {})))
    before = files_of(lake)
    with pytest.raises(ScamcliError, match=re.escape(message)):
        export(database, lake, since)
    assert files_of(lake) == before


def test_an_export_that_fails_leaves_the_old_lake(raids: tuple[Path, Path]) -> None:
    database, lake = raids
    before = files_of(lake)
    take_in(database, raid("later", "2023-01-01"))

    def fail(_: Any) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Timeline(database) as timeline:
        timeline.export_lake(lake, since=1, progress=fail)
    assert files_of(lake) == before
    assert json.loads((lake / "lake.json").read_text())["change"] == 1
    assert not list(lake.parent.glob(".scamcli-*"))


def test_protected_names_are_masked_and_a_new_one_writes_everything_again(raids: tuple[Path, Path]) -> None:
    database, lake = raids
    take_in(database, raid("three", "2020-01-01", stated_by="Vela Noor"))
    export(database, lake, 1)
    assert any("Vela Noor" in str(rows) for rows in tables(lake).values())
    with Timeline(database) as timeline:
        timeline.edit("Vela Noor", type_="actor", values={"protected": True})
    export(database, lake, 2)
    assert not any(word in str(rows) for rows in tables(lake).values() for word in ("Vela", "Noor"))
    with Timeline(database) as timeline:
        timeline.edit("Vela Noor", type_="actor", values={"protected": False}, reason="she agreed")
    export(database, lake, 3)
    assert any("Vela Noor" in str(rows) for rows in tables(lake).values())


def test_an_empty_timeline_has_a_lake_without_rows(tmp_path: Path) -> None:
    setup.make(tmp_path / "empty.db", seed=False)
    lake = export(tmp_path / "empty.db", tmp_path / "lake")
    for sql in QUERIES.values():
        assert in_duckdb(lake)(sql) == []
    take_in(tmp_path / "empty.db", raid("first", "2021-05-05"))
    export(tmp_path / "empty.db", lake, 0)
    assert list(files_of(lake)) == ["figures/year=2021/country=KH/part.parquet"]


def test_what_a_lake_refuses(raids: tuple[Path, Path], tmp_path: Path) -> None:
    with Timeline(raids[0]) as timeline, pytest.raises(ScamcliError, match="so it takes no filters"):
        timeline.export_lake(tmp_path / "part", where(kind="raid"))
    for flag in ("--flat", "--strict", "--pseudonyms"):
        answer = run("export", "lake", "-o", str(tmp_path / "part"), flag, "--db", str(raids[0]))
        assert (answer.code, answer.err) == (2, f"scamcli: {flag} does not apply to a lake.\n")
    answer = run("export", "lake", "--db", str(raids[0]))
    assert answer.code == 2
    assert "cannot go to stdout" in answer.err
    answer = run("export", "csv", "--since", "1", "--db", str(raids[0]))
    assert answer.code == 2
    assert "it is only for that format" in answer.err
    assert not (tmp_path / "part").exists()


FILTERS: tuple[dict[str, Any], ...] = (
    {}, {"during": "2031-02"}, {"from_": "2031-01-25", "to": "2031-03-10"}, {"province": ["Kandal", "Takeo"]},
    {"country": "MM"}, {"nationality": "thai"}, {"kind": ["raid", "report"]}, {"during": ["2031-02", "2031-06"]},
    {"during": ["2031", "2031-02"], "match": "all"}, {"during": "2031", "certain": True}, {"certain": True},
    {"country": "KH", "nationality": ["Lao", "Chinese"], "during": "2031"},
)  # fmt: skip
SPLITS = ("none", "country", "province", "nationality", "group", "actor", "kind", "month", "quarter", "year")
PAIRS = ("province,month", "nationality,kind", "actor,quarter", "group,country")


def altered(lake: Path, table: str, column: str, alter: Callable[[Any], Any]) -> Path:
    """Write a copy of a lake in which a column of a table is another."""
    copy = lake.with_name("altered")
    shutil.copytree(lake, copy)
    for path in (copy / table).rglob("*.parquet"):
        read = pq.read_table(path, partitioning=None)
        columns = dict(zip(read.column_names, read.columns, strict=True))
        pq.write_table(pa.table(columns | {column: alter(columns.get(column, read.columns[0]))}), path)
    return copy


ALTERED: list[tuple[str, str, Callable[[Any], Any], str]] = [
    ("figures", "key", lambda column: pa.nulls(len(column), column.type), "lacks a value"),
    ("figures", "count", lambda column: pa.nulls(len(column), column.type), "lacks a value"),
    ("figures", "sure", lambda column: column.cast(pa.int8()), "sure of figure is"),
    ("figures", "metric", lambda column: pa.array([[one] for one in column.to_pylist()]), "metric of figure is"),
    ("figures", "low", lambda column: pa.array(["many"] * len(column)), "Could not convert"),
]


@pytest.mark.parametrize(("table", "column", "alter", "words"), ALTERED, ids=[f"{one[1]}-{one[3]}" for one in ALTERED])
def test_a_lake_of_another_form_is_refused(
    table: str, column: str, alter: Callable[[Any], Any], words: str, raids: tuple[Path, Path]
) -> None:
    _, lake = raids
    refused(run("stats", "rescues", "--lake", str(altered(lake, table, column, alter))), 5, words)


def test_more_columns_of_a_lake_are_not_read(raids: tuple[Path, Path]) -> None:
    db, lake = raids
    more = altered(lake, "figures", "more", lambda column: pa.array(range(len(column))))
    answer = run("stats", "rescues", "--lake", str(more))
    assert (answer.code, answer.out) == (0, run("stats", "rescues", "--db", str(db)).out)


def see_the_same_tables(database: Path, folder: Path, chance: Random) -> None:
    """Ask a timeline and its lake for every split, and for filters with a few of them."""
    lake = Lake(folder)
    asked: list[tuple[str, dict[str, Any], RequestOptions]] = [(METRICS[0], {}, {"by": split}) for split in SPLITS]
    for given in FILTERS:
        for _ in range(3):
            request: RequestOptions = {"by": chance.choice((*SPLITS, *PAIRS)), "undisputed": chance.random() < 0.2}
            asked.append((chance.choice((*METRICS, ",".join(METRICS))), given, request))
    with Timeline(database) as timeline:
        for metric, given, options in asked:
            expected = answer_of(timeline, metric, given, options)
            assert answer_of(lake, metric, given, options) == expected, (metric, given, options)


def answer_of(asked: Timeline | Lake, metric: str, given: dict[str, Any], options: RequestOptions) -> object:
    """The table, or what is said about a nationality that nothing in a small timeline has.

    What is said about events without figures is left out, because a lake does not read whole events.
    """
    try:
        table = asked.stats(metric, where(**given), **options)
    except NotFoundError as error:
        return str(error)
    hints = [] if table.rows else [line for line in table.captions if "no figure for" in line]
    return replace(table, captions=[line for line in table.captions if line not in hints])


def test_a_lake_gives_the_same_tables(tmp_path: Path) -> None:
    database = make(tmp_path, 1)
    see_the_same_tables(database, export(database, tmp_path / "lake"), Random(1))


def raids_and_sums(chance: Random) -> Iterator[dict[str, Any]]:
    """Many raids that nothing relates, and sums that may include some of them: by their days, places and speakers."""
    start = date(2031, 1, 20)
    for number in range(60):
        first = start + timedelta(days=chance.randrange(60))
        last = first + timedelta(days=chance.choice((0, 0, 0, 0, 2)))
        figure = {"stated": f"{3 * number + 1}", "count": "incident", **_names(chance)}
        yield raid(f"raid-{number}", f"{first}/{last}{chance.choice(('', '', '', '~'))}", **figure)
    for number in range(8):
        first = start + timedelta(days=chance.randrange(50))
        last = first + timedelta(days=chance.choice((0, 1, 5, 20)))
        least = chance.randrange(2000)
        figure = {"low": least, "best": chance.choice((None, least)), "high": chance.choice((None, least, 900))}
        count = chance.choice(("aggregate", "aggregate", "cumulative"))
        figure |= {"stated": None, "count": count, "period": f"{first}/{last}", **_names(chance)}
        link = {"type": chance.choice(LINKS), "event": f"raid-{chance.randrange(60)}"}
        yield raid(f"sum-{number}", f"{last}", **figure) | {"links": [link] if chance.random() < 0.4 else []}


def _names(chance: Random) -> dict[str, Any]:
    return {
        "province": chance.choice((None, "Kandal", "Takeo")),
        "nationality": chance.choice((None, None, "Thai", "Lao", "Chinese")),
        "group": chance.choice((None, None, None, "women")), "stated_by": chance.choice((None, "Ada Brel", "Bo Quist")),
    }  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(8))
def test_sums_include_the_incidents_of_a_lake_that_they_may_include(seed: int, tmp_path: Path) -> None:
    database = tmp_path / "sums.db"
    setup.make(database, seed=False)
    take_in(database, *raids_and_sums(Random(seed)))
    see_the_same_tables(database, export(database, tmp_path / "lake"), Random(seed))


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(1000, 1012))
def test_many_lakes_give_the_same_tables(seed: int, tmp_path: Path) -> None:
    database = make(tmp_path, seed)
    see_the_same_tables(database, export(database, tmp_path / "lake"), Random(seed))


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
def test_a_lake_that_grew_by_three_timelines_gives_the_tables_of_the_merged_file(seed: int, tmp_path: Path) -> None:
    merged, lake = tmp_path / "merged.db", tmp_path / "lake"
    setup.make(merged, seed=False)
    for part in range(3):
        partial = tmp_path / f"part-{part}.db"
        setup.make(partial, seed=False)
        take_in(partial, *(_named_apart(record, part) for record in mixture(Random(3 * seed + part))))
        assert run("merge", str(partial), "--db", str(merged)).code in {0, 1}  # 1: some are not protected in all parts
        since = json.loads((lake / "lake.json").read_text())["change"] if part else None
        export(merged, lake, since)
    see_the_same_tables(merged, lake, Random(seed))


def _named_apart(record: dict[str, Any], part: int) -> dict[str, Any]:
    """An event with ids that no event of another part has."""
    if record["type"] != "event":
        return record
    links = [link | {"event": f"part-{part}-{link['event']}"} for link in record["links"]]
    return record | {"id": f"part-{part}-{record['id']}", "links": links}


def test_the_command_prints_the_same(raids: tuple[Path, Path]) -> None:
    database, lake = raids
    options = ((), ("--json",), ("--by", "year", "--format", "csv"), ("--during", "2021", "--kind", "raid"))
    for more in (*options, ("--min-cell", "50"), ("--undisputed", "--columns")):
        expected = run("stats", "rescues", *more, "--db", str(database))
        assert run("stats", "rescues", *more, "--lake", str(lake)) == expected
        assert expected.code == 0


def test_a_lake_of_the_seed_prints_the_same(tmp_path: Path) -> None:
    database = tmp_path / "seed.db"
    ok("init", str(database))
    lake = export(database, tmp_path / "lake")
    with Timeline(database) as timeline:
        metrics = [str(row["metric"]) for row in timeline.metrics()]
    for metric in metrics:
        for by in ("none", "province", "month"):
            asked = ("stats", metric, "--by", by, "--json")
            assert run(*asked, "--lake", str(lake)).out == run(*asked, "--db", str(database)).out, (metric, by)


def test_a_lake_of_a_data_set_prints_the_same(tmp_path: Path) -> None:
    rows, database = tmp_path / "GEDEvent_v25_1.csv", tmp_path / "ged.db"
    with rows.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(made(120).rows)
    setup.make(database, seed=False)
    assert run("import", str(rows), "--skip-invalid", "--db", str(database)).code in {0, 1}
    lake = export(database, tmp_path / "lake")
    for more in (
        ("--by", "country"),
        ("--by", "year"),
        ("--by", "none", "--during", "2001"),
        ("--by", "country,month"),
    ):
        asked = ("stats", "deaths", *more, "--json")
        expected = run(*asked, "--db", str(database))
        assert run(*asked, "--lake", str(lake)) == expected
        assert json.loads(expected.out)


def test_a_lake_that_is_exported_twice_gives_the_same(raids: tuple[Path, Path]) -> None:
    database, lake = raids
    expected = run("stats", "rescues", "--json", "--lake", str(lake))
    assert run("stats", "rescues", "--json", "--lake", str(export(database, lake))) == expected


def test_files_that_the_manifest_does_not_list_are_not_read(raids: tuple[Path, Path]) -> None:
    _, lake = raids
    expected = run("stats", "rescues", "--json", "--lake", str(lake))
    file = lake / "figures" / "year=2021" / "country=KH" / "part.parquet"
    shutil.copy(file, file.with_name("copy of part.parquet"))
    shutil.copytree(lake / "figures" / "year=2021", lake / "figures" / "year=2021 (2)")
    assert run("stats", "rescues", "--json", "--lake", str(lake)) == expected


def test_a_lake_of_older_rules_is_refused(raids: tuple[Path, Path]) -> None:
    _, lake = raids
    values = json.loads((lake / "lake.json").read_text())
    del values["files"]  # it had another layout then
    (lake / "lake.json").write_text(json.dumps(values | {"format": 1, "rules": "2.4"}))
    answer = run("stats", "rescues", "--lake", str(lake))
    assert (answer.code, answer.out) == (4, "")
    assert "The lake follows rules 2.4, and this program rules " in answer.err


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("rescues", "--by", "site"), 2, "--by site needs whole events, which --lake does not read."),
        (("rescues", "--actor", "Vela Noor"), 2, "--actor needs whole events, which --lake does not read."),
        (("rescues", "--explain"), 2, "--explain needs whole events, which --lake does not read."),
        (("rescues", "--min-cell", "2"), 2, "--min-cell takes a number from 3, or 0, not 2."),
        (("rescues", "--compare", "2021", "2022"), 2, "--compare cannot be used with --lake."),
        (("rescues", "--chart", "chart.svg"), 2, "--chart cannot be used with --lake."),
        (("events",), 2, "--lake cannot count events, only add up figures."),
        (("rescue",), 2, 'No metric "rescue". Did you mean "rescues" or "escapes"?'),
        (("rescues", "--nationality", "Brobdingnagian"), 3, 'No nationality named "Brobdingnagian".'),
        ((), 2, "--lake needs a METRIC."),
    ],
)
def test_what_a_lake_cannot_answer(args: tuple[str, ...], code: int, message: str, raids: tuple[Path, Path]) -> None:
    answer = run("stats", *args, "--lake", str(raids[1]))
    assert (answer.code, answer.out) == (code, "")
    assert message in answer.err.replace("\nscamcli:", "")


def test_a_damaged_lake_gives_an_error(raids: tuple[Path, Path]) -> None:
    for file in (raids[1] / "figures").rglob("*.parquet"):
        file.write_bytes(b"PAR1")
    answer = run("stats", "rescues", "--lake", str(raids[1]))
    assert answer.code == 5
    assert "The lake cannot be read: " in answer.err


def test_a_lake_of_a_timeline_that_suppresses_numbers_suppresses_them(raids: tuple[Path, Path]) -> None:
    database, lake = raids
    assert run("info", "--min-cell", "50", "--db", str(database)).code == 0
    export(database, lake)
    for more in ((), ("--min-cell", "0")):
        expected = run("stats", "rescues", "--json", *more, "--db", str(database))
        assert run("stats", "rescues", "--json", *more, "--lake", str(lake)) == expected
    assert run("stats", "rescues", "--json", "--lake", str(lake)) != expected
