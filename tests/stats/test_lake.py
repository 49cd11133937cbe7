"""Lakes: other engines give the totals of ``stats`` from them, and an appended lake is the same as a new one."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from scamcli import ScamcliError, Timeline, where
from scamcli.errors import NotFoundError
from scamcli.stats.lake.bundled_incidents import Bundle, Incidents
from scamcli.store import setup
from scamcli.timeline.lakes import Lake
from tests.helpers.driver import ok, run, take_in
from tests.helpers.mixtures import LINKS, METRICS, mixture
from tests.helpers.validators import need, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.stats.inquiry import RequestOptions

    Query = Callable[[str], list[tuple[Any, ...]]]

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"
BLOCKS = re.findall(r"^```sql\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
ENGINES = dict(zip(("duckdb", "clickhouse", "spark"), BLOCKS[:3], strict=True))
TOTALS = BLOCKS[3]
ALL = "'all' AS value"
QUERIES = {
    "none": TOTALS,
    "country": TOTALS.replace(ALL, "nullif(country, 'none') AS value").replace("'all'", "'country'"),
    "year": TOTALS.replace(ALL, "covers_year AS value").replace("'all'", "'year'").replace(
        "WHERE independent", "WHERE independent AND covers_sure"
    ),
}  # fmt: skip
NUMBERS = ("low", "best", "high", "unadjusted")


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
    for view in ("figures", "claims"):
        spark.catalog.dropTempView(view)
    for statement in filter(str.strip, ENGINES["spark"].replace("'lake/", f"'{lake}/").split(";\n")):
        spark.sql(statement)
    return lambda sql: [tuple(row) for row in spark.sql(sql).collect()]


def see_the_same_totals(database: Path, ask: Query) -> None:
    """Compare all totals of a timeline with those that an engine finds in its lake."""
    for by, sql in QUERIES.items():
        found = {tuple(row[:4]): [None if one is None else float(one) for one in row[4:8]] for row in ask(sql)}
        expected = {key: numbers for metric in METRICS for key, numbers in totals(database, metric, by)}
        for key in expected.keys() | found.keys():
            assert found.get(key, [None] * 4) == expected.get(key, [None] * 4), (by, key)


def totals(database: Path, metric: str, by: str) -> Iterator[tuple[tuple[Any, ...], list[float | None]]]:
    with Timeline(database) as timeline:
        for row in timeline.stats(metric, by=by).rows:
            if row["count"] != "none":
                yield (
                    (metric, row["unit"], row["count"] == "stock", row.get(by, "all")),
                    [row[name] for name in NUMBERS],
                )


@pytest.mark.parametrize("engine", [in_duckdb, in_clickhouse, pytest.param(in_spark, marks=pytest.mark.thorough)])
def test_an_engine_gives_the_totals_of_stats(engine: Callable[[Path], Query], tmp_path: Path) -> None:
    for seed in range(3):
        database = make(tmp_path, seed)
        see_the_same_totals(database, engine(export(database, tmp_path / f"lake-{seed}")))


@pytest.mark.thorough
@pytest.mark.parametrize("batch", range(4))
def test_many_mixtures_in_duckdb(batch: int, tmp_path: Path) -> None:
    for seed in range(100 + 10 * batch, 110 + 10 * batch):
        database = make(tmp_path, seed)
        see_the_same_totals(database, in_duckdb(export(database, tmp_path / f"lake-{seed}")))


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


def test_a_look_alike_in_another_year_writes_the_year_of_the_older_event_again(raids: tuple[Path, Path]) -> None:
    database, lake = raids
    take_in(database, raid("new-year", "2023-12-31"), raid("far", "2024-05-05"))
    export(database, lake, 1)
    before = files_of(lake)
    take_in(database, raid("after", "2024-01-01"))  # near the end of 2023, and with the same number
    export(database, lake, 2)
    changed = {name.split("/")[1] for name, inode in files_of(lake).items() if before.get(name) != inode}
    assert changed == {"year=2023", "year=2024"}
    flags = {row["event"]: row["independent"] for rows in tables(lake).values() for row in rows if "covers_sure" in row}
    assert flags == {"one": True, "other": True, "new-year": False, "after": False, "far": True}


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
        ("another format", 1, "is a lake of format 99, but this program reads 1."),
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
        timeline.edit("Vela Noor", type_="actor", values={"protected": False})
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
    """The table, or what is said about a nationality that nothing in a small timeline has."""
    try:
        return asked.stats(metric, where(**given), **options)
    except NotFoundError as error:
        return str(error)


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
    for more in ((), ("--json",), ("--by", "year", "--format", "csv"), ("--during", "2021", "--kind", "raid")):
        expected = run("stats", "rescues", *more, "--db", str(database))
        assert run("stats", "rescues", *more, "--lake", str(lake)) == expected
        assert expected.code == 0


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("rescues", "--by", "site"), 2, "--by site needs whole events, which --lake does not read."),
        (("rescues", "--actor", "Vela Noor"), 2, "--actor needs whole events, which --lake does not read."),
        (("rescues", "--explain"), 2, "--explain needs each figure, but --lake adds figures up."),
        (("rescues", "--min-cell", "5"), 2, "--lake cannot suppress numbers below 5."),
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


def test_a_lake_of_a_timeline_that_suppresses_numbers_is_refused(raids: tuple[Path, Path]) -> None:
    assert run("info", "--min-cell", "10", "--db", str(raids[0])).code == 0
    answer = run("stats", "rescues", "--lake", str(export(raids[0], raids[1])))
    assert answer.code == 2
    assert "--lake cannot suppress numbers below 10." in answer.err


def test_incidents_are_read_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many incidents there are, a bundle stands for those that the table need not tell apart."""
    read: list[int] = []
    bundles = Incidents.bundles

    def count(self: Incidents) -> list[Bundle]:
        found = list(bundles(self))
        read.append(len(found))
        return found

    monkeypatch.setattr(Incidents, "bundles", count)
    database = tmp_path / "many.db"
    setup.make(database, seed=False)
    days = [f"20{year}-{month:02}-{day:02}" for year in (21, 22) for month in range(1, 13) for day in (1, 11, 21)]
    records = [raid(f"raid-{day}", day, stated=f"{4 * place + 1}") for place, day in enumerate(days)]
    period = {"count": "aggregate", "period": "2021-03", "stated_by": "Vela Noor"}
    take_in(database, *records, raid("sum", "2022-01-05", **period))
    lake = Lake(export(database, tmp_path / "lake"))
    with Timeline(database) as timeline:
        for by in ("none", "year", "month"):
            assert lake.stats("rescues", by=by) == timeline.stats("rescues", by=by)
    assert read == [3, 4, 24]  # before, in and after the month of the sum; with years, January 2022 is apart
