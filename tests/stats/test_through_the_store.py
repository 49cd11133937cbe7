"""Properties of whole timelines, from records through the store to the answers."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scamcli.figures import Context, Figure, Link, Period, Split, total
from scamcli.language import dates
from tests.helpers.oracle_suspicion import suspected
from tests.helpers.small_timelines import Record, done, event, link, one, rows, timeline

PERIODS = (
    None, "2031-01", "2031-01-15", "2031-01-15/2031-02-02", "2031-02", "2031-02~", "2031-03/..", "2031-03-05", "2031",
)  # fmt: skip
ON_DAYS = ("2031-01-15", "2031-02-28", "2031-01-20/2031-02-10", "2031-12-31")
DATES = ("2031-01-15", "2031-01", "2031-02-28", "2031-02~", "2031-01-20/2031-02-10", "2031-12-31", "2032")
SPLITS = ("province", "nationality", "group", "actor", "source", "kind", "month", "quarter", "year")

few = settings(max_examples=15, suppress_health_check=list(HealthCheck))


@st.composite
def bounds(draw: st.DrawFn) -> Record:
    low, best, high = sorted(draw(st.tuples(*[st.integers(0, 30)] * 3)))
    given_ = {"low": low, "best": best, "high": high}
    unknown = draw(st.sets(st.sampled_from(["low", "best", "high"]), max_size=2))
    return {name: None if name in unknown else value for name, value in given_.items()}


@st.composite
def figures(draw: st.DrawFn, number: int) -> list[Record]:
    made: list[Record] = []
    for at in range(number):
        place = {
            "province": draw(st.sampled_from([None, "Kandal", "Takeo"])),
            "nationality": draw(st.sampled_from([None, "Thai", "Lao"])),
            "group": draw(st.sampled_from([None, None, "women"])),
            "period": draw(st.sampled_from(PERIODS)),
            "stated_by": draw(st.sampled_from(["Ada Brel", "Bo Quist", None])),
            "part_of": draw(st.sampled_from([None, *(part["id"] for part in made)])),
            "split": draw(st.sampled_from([None, {"by": "province"}, {"by": "nationality", "complete": True}])),
        }
        if place["part_of"]:  # a part with different days, a different place or different people is not a part
            whole = next(part for part in made if part["id"] == place["part_of"])
            names = ("province", "nationality", "group")
            place |= {"period": None} | {name: whole[name] or place[name] for name in names}
        made.append({"id": f"f{at}", "metric": "arrests", **draw(bounds()), **place})
    return made


@st.composite
def timelines(draw: st.DrawFn) -> list[Record]:
    """Up to five events with up to four figures each. Later events may repeat or dispute earlier ones."""
    records: list[Record] = []
    for at in range(draw(st.integers(1, 5))):
        earlier = [record["id"] for record in records]
        links = (
            [link(draw(st.sampled_from(["repeats", "disputes"])), draw(st.sampled_from(earlier)))] if earlier else []
        )
        kept = links if draw(st.booleans()) else []
        kind = draw(st.sampled_from(["report", "arrest"]))
        parts = draw(figures(draw(st.integers(0, 4))))
        records.append(event(f"e{at}", draw(st.sampled_from(DATES)), *parts, kind=kind, links=kept))
    return records


def plain(record: Record, part: Record) -> Figure:
    """A record's figure as the arithmetic has it, without anything of the store.

    None says what it counts: what happened on certain days is an incident, unless it or its whole has a period.
    """
    whole = part
    while whole["part_of"] and not whole["period"]:
        whole = next(one for one in record["figures"] if one["id"] == whole["part_of"])
    on_days = record["kind"] == "arrest" and record["date"] in ON_DAYS
    count = "incident" if on_days and not whole["period"] else "aggregate"
    period = Period(*dates.parse_date(part["period"])) if part["period"] else None
    split = Split(part["split"]["by"], part["split"].get("complete")) if part["split"] else None
    return Figure(
        record["id"], part["id"], "arrests", "people", None, part["low"], part["best"], part["high"], part["province"],
        part["nationality"], part["group"], period, count, part["stated_by"], part["part_of"], split,
        (), Period(*dates.parse_date(record["date"])),
    )  # fmt: skip


def arrests(db: Any, *asked: str) -> list[Record]:
    return rows(db, "stats", "arrests", *asked)


@few
@given(timelines())
def test_the_store_gives_what_the_arithmetic_gives(records: list[Record]) -> None:
    every = [plain(record, part) for record in records for part in record["figures"]]
    links = [Link(one["type"], record["id"], one["event"]) for record in records for one in record["links"]]
    found = arrests(timeline(records), "--by", "none")
    if not every:
        assert found == []
        return
    settled = {frozenset({one.event, one.target}) for one in links}
    pairs = suspected(every, {record["id"]: record for record in records}, settled)
    expected = total(every, Context({figure.key: figure for figure in every}, links, pairs))
    (row,) = found
    assert (row["low"], row["best"], row["high"]) == (expected.low, expected.best, expected.high)
    assert (row["unadjusted"], row["claims"]) == (expected.unadjusted, expected.claims)


def total_of(db: Any, by: str) -> str:
    """The low of the row of all: the last of a table with more than one row, else the only one."""
    lines = done(db, "stats", "arrests", "--by", by, "--format", "markdown").out.splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")]
    return cells[-1][cells[0].index("low")] if len(cells) > 2 else ""


@few
@given(timelines(), st.sampled_from(SPLITS))
def test_splitting_never_changes_the_total_nor_loses_a_figure(records: list[Record], by: str) -> None:
    db = timeline(records)
    whole, split = arrests(db, "--by", "none"), arrests(db, "--by", by)
    if not whole:
        assert split == []
        return
    low = whole[0]["low"]
    assert total_of(db, by) == ("unknown" if low is None else str(low))
    explained = arrests(db, "--by", by, "--explain")
    told = [(line["event"], line["figure"]) for row in explained for line in row["explain"]]
    assert sorted(set(told)) == sorted((record["id"], part["id"]) for record in records for part in record["figures"])
    assert len(told) == len(set(told))


@few
@given(timelines(), st.sampled_from(SPLITS))
def test_no_row_proves_more_than_all_and_no_sum_is_less_than_its_low(records: list[Record], by: str) -> None:
    # Between events that repeat each other the larger low is that of the statement, whichever row it stands in; so only
    # timelines without such links are asked.
    apart = [record | {"links": []} for record in records]
    db = timeline(apart)
    whole = arrests(db, "--by", "none")
    for row in arrests(db, "--by", by):
        if row["low"] is not None:
            assert row["low"] <= whole[0]["low"]
            assert row["unadjusted"] is not None
            assert row["unadjusted"] >= row["low"], row


@few
@given(timelines(), st.sampled_from(SPLITS))
def test_what_is_implied_never_loosens(records: list[Record], by: str) -> None:
    for row in arrests(timeline(records), "--by", by):
        if row["implied"]:
            low, high = row["implied"]["low"], row["implied"]["high"]
            assert (row["low"] or 0) <= (low or 0)
            assert row["high"] is None or (high is not None and high <= row["high"])


@few
@given(timelines(), st.data())
def test_one_more_figure_that_repeats_none_never_lowers_a_low(records: list[Record], data: st.DataObject) -> None:
    (part,) = data.draw(figures(1))
    more = event("more", data.draw(st.sampled_from(DATES)), part | {"stated_by": "Cy Noor"})
    before, after = (arrests(timeline(one_), "--by", "none") for one_ in (records, [*records, more]))
    if before and before[0]["low"] is not None:
        assert after[0]["low"] >= before[0]["low"]


RANGES = (("2031-01", "2031-01"), ("2031-01-15", "2031-02-15"), ("2031-02", "2031-12"), ("2031", "2032"))


@few
@given(timelines(), st.sampled_from(RANGES))
def test_certain_hits_are_those_wholly_inside_and_sure(records: list[Record], asked: tuple[str, str]) -> None:
    db = timeline(records)
    range_ = ("--from", asked[0], "--to", asked[1])
    every = {row["id"]: row["match"] for row in rows(db, "search", *range_)}
    first, last = dates.parse_bound(asked[0], end=False), dates.parse_bound(asked[1], end=True)
    days = {record["id"]: Period(*dates.parse_date(record["date"])) for record in records}
    inside = {id_ for id_, day in days.items() if day.sure and first <= (day.start or 0) and (day.end or 0) <= last}
    touching = {id_ for id_, day in days.items() if (day.start or 0) <= last and first <= (day.end or 0)}
    assert set(every) == touching
    assert {id_ for id_, match in every.items() if match == "certain"} == inside
    assert {row["id"] for row in rows(db, "search", *range_, "--certain")} == inside
    assert one(db, "stats", "events", *range_)["low"] == len(inside) if every else True
