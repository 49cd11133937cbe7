# ruff: noqa: E501 - tables
"""The meaning of filters, written a second time over exported records, and compared with what SQL finds."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.language import dates
from tests.helpers.driver import event, found, ok, records, run, take_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PEOPLE, OUTLETS = ["Ann Aa", "Bob Bb", "Cat Cc"], ["VOD", "BBC", "CamboJA"]
ROLES, KINDS = ["speaker", "victim", "denies"], ["raid", "court", "report"]
PROVINCES = ["Kandal", "Takeo", "Pailin", "Preah Vihear"]
COUNTRIES = ["MM", "TH", "VN"]
TAGS, SITES, DEMONYMS, METRICS = ["t1", "t2", "t3"], ["Gate", "Door"], ["Thai", "Lao"], ["cases", "rescues"]
TIMES = ["2023-01", "2023-02", "2023-Q1", "2022", "2023-01-15", "2023-01-20/2023-02-10"]
OPEN = date.max


def draw(rng: random.Random, words: list[str], most: int = 2) -> list[str]:
    return rng.sample(words, min(len(words), rng.randint(0, most)))


def some_date(rng: random.Random) -> str:
    day = date(2022, 12, 1) + timedelta(days=rng.randint(0, 100))
    later = day + timedelta(days=rng.randint(1, 60))
    return rng.choice(
        [f"{day}", f"{day:%Y-%m}", f"{day}~", f"{day}/{later}", f"{day}/..", f"{day:%Y}", f"{day:%Y-%m}?"]
    )


def some_event(rng: random.Random, n: int) -> dict[str, Any]:
    outlets = draw(rng, OUTLETS, 3)
    sources = [{"outlet": one, "via": rng.choice([None, None, *OUTLETS])} for one in outlets]
    return event(
        f"e-{n}", some_date(rng), rng.choice(KINDS), status=rng.choice(["reviewed"] * 4 + ["draft"]), sources=sources,
        actors=[{"name": one, "role": rng.choice(ROLES)} for one in draw(rng, PEOPLE * 2, 3)], sites=draw(rng, SITES),
        countries=draw(rng, COUNTRIES[:2]), provinces=draw(rng, PROVINCES[:3]), tags=draw(rng, TAGS), nationalities=draw(rng, DEMONYMS),
        figures=[{"metric": one, "low": 1} for one in draw(rng, METRICS)],
    )  # fmt: skip


def holds(record: dict[str, Any]) -> dict[str, Callable[[str], bool]]:
    """For each filter: whether one value of it is true of a record."""
    passed_on = {source["via"] for source in record["sources"] if source["via"]}
    return {
        "country": lambda value: value in record["countries"],
        "province": lambda value: value in record["provinces"],
        "site": lambda value: value in record["sites"],
        "nationality": lambda value: value in record["nationalities"],
        "kind": lambda value: value == record["kind"],
        "source": lambda value: any(
            one["outlet"] == value and (one["via"] or one["outlet"] not in passed_on) for one in record["sources"]
        ),
        "via": lambda value: value in passed_on,
        "metric": lambda value: any(one["metric"] == value for one in record["figures"]),
        "tag": lambda value: value in record["tags"],
    }


def span(text: str) -> tuple[int, int]:
    period = dates.parse_during(text)
    assert period.start is not None
    return period.start, OPEN.toordinal() if period.end is None else period.end


def acts(record: dict[str, Any], asked: dict[str, list[str]], both: Callable[[list[bool]], bool]) -> bool:
    """Whether the actors have the roles; with ``all``, whether each of the actors has each of the roles."""
    has = {(one["name"], one["role"]) for one in record["actors"]}
    names, roles = asked.get("actor", []), asked.get("role", [])
    if not names:
        return both([any(role == other for _, other in has) for role in roles]) if roles else True
    return both([
        both([(name, role) in has for role in roles]) if roles else any(name == other for other, _ in has) for name in names
    ])  # fmt: skip


def meant(record: dict[str, Any], asked: dict[str, list[str]], match: str, certain: bool, drafts: bool) -> bool:
    both: Callable[[list[bool]], bool] = all if match == "all" else any
    if record["status"] == "draft" and not drafts:
        return False
    if not acts(record, asked, both):
        return False
    single = holds(record)
    if not all(both([single[name](value) for value in values]) for name, values in asked.items() if name in single):
        return False
    times = asked.get("during", [])
    if not times:
        return True
    return inside(record, times, both) if certain else both([overlaps(record, time) for time in times])


def overlaps(record: dict[str, Any], time: str) -> bool:
    (start, end), (first, last) = span(record["date"]), span(time)
    return start <= last and end >= first


def inside(record: dict[str, Any], times: list[str], both: Callable[[list[bool]], bool]) -> bool:
    """Whether every possible day is certainly within one of the ranges, or within each. Open ends never are."""
    start, end = span(record["date"])
    if not dates.parse_date(record["date"]).sure or end == OPEN.toordinal():
        return False
    return all(both([first <= day <= last for first, last in map(span, times)]) for day in range(start, end + 1))


def some_query(rng: random.Random) -> dict[str, list[str]]:
    values = {
        "actor": PEOPLE, "role": ROLES, "province": PROVINCES, "site": SITES, "nationality": DEMONYMS, "kind": KINDS,
        "source": OUTLETS, "via": OUTLETS, "metric": METRICS, "tag": TAGS, "during": TIMES,
    }  # fmt: skip
    chosen = rng.sample(list(values), rng.randint(1, 3))
    return {name: rng.sample(values[name], rng.randint(1, 2)) for name in chosen}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = random.Random(7)
    path = tmp_path_factory.mktemp("filters") / "many.db"
    take_in(path, *[{"type": "actor", "name": name} for name in (*PEOPLE, *OUTLETS)],
            *[some_event(rng, n) for n in range(150)])  # fmt: skip
    return path


@pytest.mark.thorough
@pytest.mark.parametrize("match", ["any", "all"])
@pytest.mark.parametrize("seed", range(10))
def test_python_and_sql_agree(many: Path, match: str, seed: int) -> None:
    rng = random.Random(seed)
    rows = [one for one in records(many) if one["type"] == "event"]
    with Timeline(many) as timeline:
        for _ in range(40):
            asked, certain, drafts = some_query(rng), rng.random() < 0.3, rng.random() < 0.3
            expected = {one["id"] for one in rows if meant(one, asked, match, certain, drafts)}
            filters: dict[str, Any] = {**asked, "match": match, "certain": certain, "drafts": drafts}
            hits = list(timeline.search("", limit=None, **filters))
            assert {hit.id for hit in hits} == expected, (asked, match, certain, drafts)
            assert [hit.start for hit in hits] == sorted((hit.start for hit in hits), reverse=True)
            for hit in hits if asked.get("during") else []:
                assert (hit.match == "certain") == inside(
                    hit.model_dump(), asked["during"], all if match == "all" else any
                ), hit


@pytest.mark.parametrize(
    "first", [["Preah Vihear", "Kandal"], ["Kandal", "Preah Vihear"], ["Preah Vihear", "Siem Reap"]]
)
def test_a_province_without_events_among_others(many: Path, first: list[str]) -> None:
    flags = [flag for one in first for flag in ("--province", one)]
    alone = found(many, "--province", "Kandal") if "Kandal" in first else []
    assert found(many, *flags) == alone
    assert found(many, *flags, "--match", "all") == []


def test_a_nationality_without_regard_to_case(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    take_in(db, event("a", nationalities=["Vietnamese"]), event("b", nationalities=["vietnamese"]))
    for typed in ("Vietnamese", "vietnamese", "VIETNAMESE"):
        assert sorted(found(db, "--nationality", typed)) == ["a", "b"], typed


def test_from_and_to_are_a_range_of_their_own(many: Path) -> None:
    rows = [one for one in records(many) if one["type"] == "event" and one["status"] != "draft"]
    for first, last in (("2023-01-10", "2023-01-20"), ("2023", "2023-01"), ("2022-12-05", "2022-12-05")):
        low, high = dates.parse_bound(first, end=False), dates.parse_bound(last, end=True)
        expected = {one["id"] for one in rows if span(one["date"])[0] <= high and span(one["date"])[1] >= low}
        assert set(found(many, "--from", first, "--to", last)) == expected


def test_pages_join_to_the_whole(many: Path) -> None:
    for flags in ([], ["--actor", "Ann Aa"], ["short"], ["--province", "Kandal", "--tag", "t1"], ["--reverse"]):
        whole = found(many, *flags)
        pages: list[str] = []
        after: list[str] = []
        while page := found(many, *flags, "--limit", "7", *after):
            pages += page
            after = ["--after", page[-1]]
        assert pages == whole
        assert ok("search", *flags[:4], "--count", "--db", str(many)) == f"{len(whole)}\n" or "--reverse" in flags


def test_a_person_of_two_roles(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    roles = [
        {"name": "Ann Aa", "role": "speaker"},
        {"name": "Ann Aa", "role": "victim"},
        {"name": "Bob Bb", "role": "denies"},
    ]
    take_in(db, event("a", actors=roles), event("b", actors=roles[:1]))
    assert sorted(found(db, "--actor", "Ann Aa", "--role", "victim", "--role", "speaker")) == ["a", "b"]
    assert found(db, "--actor", "Ann Aa", "--role", "victim", "--role", "speaker", "--match", "all") == ["a"]
    assert found(db, "--actor", "Bob Bb", "--role", "speaker") == []
    assert run("search", "--actor", "Bob Bb", "--role", "speaker", "--db", str(db)).code == 0


def test_a_long_event_that_reaches_the_first_day_only(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    long = ["2022", "2022-11-01/2022-12-31", "2022-10-01/.."]
    take_in(db, *[event(f"e-{n}", date, actors=[{"name": "Ann Aa"}]) for n, date in enumerate(long)])
    for flags in (
        ["--during", "2022-12-31"],
        ["--from", "2022-12-31"],
        ["--during", "2022-12-31", "--actor", "Ann Aa"],
    ):
        assert found(db, *flags) == ["e-1", "e-2", "e-0"], flags
        assert found(db, *flags, "--reverse") == ["e-0", "e-2", "e-1"], flags
    assert found(db, "--during", "2023-01-01") == ["e-2"]
