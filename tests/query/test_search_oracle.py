"""The results and counts of searches, compared with a scan of every exported record."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any, cast

import pytest

from benchmarks import generate
from scamcli import Timeline, where
from scamcli.errors import WrongUsageError
from scamcli.language import gazetteer
from scamcli.query import search as querying
from scamcli.timeline import Page
from tests.helpers.grown_timeline import ACCENTED, KHMER, alter_case, search
from tests.helpers.oracle import found, ranges, values_of

if TYPE_CHECKING:
    from scamcli.query.filters import Query
    from scamcli.records.types import ActorDict, SiteDict
    from tests.helpers.oracle import Kept

TIMES = ("during", "from_", "to")
LONG_TEXTS = 0.4
"""How many of the queries have a text."""


def some_time(name: str, rng: random.Random) -> str:
    year, month, day = rng.randint(1995, 2025), rng.randint(1, 12), rng.randint(1, 28)
    bounds = [f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}", f"{year}-Q{rng.randint(1, 4)}"]
    spans = [f"{year}/{year + 2}", f"{year}-{month:02}-{day:02}/{year + 1}", f"{year}/..", f"../{year}-{month:02}"]
    return rng.choice([*bounds, *spans] if name == "during" else bounds)


def some_text(kept: Kept, rng: random.Random) -> str:
    """Words of this event or of another one: alone, as a phrase, as a prefix, in any case."""
    record = rng.choice(kept.events).record
    said = [word for word in f"{record['title']} {record['summary']}".split() if word.isascii()]
    at = rng.randrange(len(said) - 3)
    name = rng.choice([*record["provinces"], *(one["name"] for one in record["actors"]), "Zanzibar", "Nautilus"])
    letters = rng.choice(KHMER)
    start = rng.randrange(len(letters))
    terms = [
        said[at], rng.choice(generate.WORDS), f"{said[at][:3]}*", f'"{" ".join(said[at : at + 2])}"', f'"{name}"',
        f'"{" ".join(said[at : at + 3])}"', f'"{said[at]} {said[at + 1][:2]}*"', rng.choice(ACCENTED), letters,
        letters[start : start + rng.randint(1, 5)], f"{letters[:2]}*",
    ]  # fmt: skip
    return " ".join(alter_case(term, rng) for term in rng.sample(terms, rng.choice((1, 1, 2))))


def some_query(kept: Kept, rng: random.Random) -> Query:
    """A query with one or several filters, half of the time with values from the same event."""
    near = rng.randrange(len(kept.events))
    values = values_of(kept.events[near : near + rng.choice((1, 1, 40))])
    asked: dict[str, Any] = {}
    for name in rng.sample([*values, *TIMES], rng.choice((0, 1, 1, 1, 2, 2, 3, 4))):
        if name in TIMES:
            asked[name] = [some_time(name, rng) for _ in range(rng.choice((1, 1, 2)))]
        elif values[name]:
            asked[name] = rng.sample(values[name], min(len(values[name]), rng.choice((1, 1, 2, 3))))
    if "role" in asked and rng.random() < 0.8:
        asked["actor"] = [rng.choice(values["actor"])]
        asked["role"] = rng.sample(generate.ROLES, rng.choice((1, 2)))
    if not rng.randrange(6):
        asked["province"] = ["Preah Vihear"] + ["Kandal"] * rng.randrange(2)  # this timeline has no such event
    text = some_text(kept, rng) if rng.random() < LONG_TEXTS else ""
    match = rng.choice(("any", "any", "all"))
    return where(
        text, **asked, match=match, certain=rng.random() < 0.3, drafts=rng.random() < 0.3, exact=rng.random() < 0.3
    )


def some_page(kept: Kept, rng: random.Random) -> Page:
    after = rng.choice((None, None, rng.choice(kept.events).id))
    return Page(rng.choice((None, None, 0, 1, 7, 50)), after, rng.random() < 0.5)


def typed(asked: Query, aliases: dict[str, str], rng: random.Random) -> Query:
    """The same query as a user might type it: with an alias, a code, or another case."""
    codes = {one.name: rng.choice(one.names) for one in gazetteer.provinces()}
    return asked._replace(
        actor=tuple(rng.choice((one, aliases.get(one, one))) for one in asked.actor),
        source=tuple(rng.choice((one, aliases.get(one, one))) for one in asked.source),
        site=tuple(rng.choice((one, aliases.get(one, one))) for one in asked.site),
        province=tuple(codes[one] for one in asked.province),
        nationality=tuple(alter_case(one, rng) for one in asked.nationality),
        tag=tuple(alter_case(one, rng) for one in asked.tag),
    )


@pytest.fixture(scope="module")
def aliases(kept: Kept) -> dict[str, str]:
    with Timeline(kept.path) as timeline:
        rows = [*timeline.entities("actor"), *timeline.entities("site")]
    actors_and_sites = [cast("ActorDict | SiteDict", row) for row in rows]
    return {row["name"]: row["aliases"][0] for row in actors_and_sites if row["aliases"]}


@pytest.mark.parametrize("counted", [querying.COUNTED, 20], ids=["few events", "as if they were many"])
@pytest.mark.parametrize("seed", range(20))
def test_a_search_finds_what_a_scan_finds(
    kept: Kept, aliases: dict[str, str], seed: int, counted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(querying, "COUNTED", counted)
    rng = random.Random(f"{seed} {counted}")
    with Timeline(kept.path) as timeline:
        for _ in range(13):
            asked, page = some_query(kept, rng), some_page(kept, rng)
            given = typed(asked, aliases, rng)
            if ranges(asked) is None:
                with pytest.raises(WrongUsageError):
                    timeline.count(given)
                continue
            every = found(kept, asked, Page(after=page.after, oldest_first=page.oldest_first))
            hits = list(timeline.find(given, page))
            assert [hit["id"] for hit in hits] == [one["id"] for one in every[: page.limit]], (given, page)
            assert hits == every[: page.limit], (given, page)
            assert timeline.count(given) == len(every if page.after is None else found(kept, asked, Page())), given


def test_the_questions_are_not_empty(kept: Kept) -> None:
    """Most queries find something, and every filter, text and page is used."""
    rng = random.Random(0)
    asked = [some_query(kept, rng) for _ in range(60)]
    sizes = [len(found(kept, one, Page())) for one in asked if ranges(one) is not None]
    assert sum(0 < size < len(kept.events) / 2 for size in sizes) > 25, sizes
    for name in asked[0]._fields:
        assert any(getattr(one, name) not in {(), "", False, "any"} for one in asked), name


def test_each_of_the_roles_of_an_actor(kept: Kept) -> None:
    """Actors with two roles in an event, searched with both roles: either one, or both with ``--match all``."""
    double = [
        (name, sorted(parts))
        for event in kept.events
        for name in dict.fromkeys(one["name"] for one in event.record["actors"])
        if len(parts := {one["role"] for one in event.record["actors"] if one["name"] == name}) > 1
    ]
    assert len(double) > 20
    with Timeline(kept.path) as timeline:
        for name, roles in double[:20]:
            for match in ("any", "all"):
                asked = where(actor=name, role=roles, match=match, drafts=True)
                assert list(timeline.find(asked)) == found(kept, asked, Page()), asked


def test_ranges_that_touch_are_one(kept: Kept) -> None:
    """An event of two months, or of a year, is certainly within its two halves together, but in neither alone."""
    with Timeline(kept.path) as timeline:
        for year in range(1996, 2020, 3):
            for during in (
                (f"{year}-Q1", f"{year}-Q2"),
                (f"{year}-01/{year}-06", f"{year}-Q3", f"{year}-Q4"),
                (f"{year}", f"{year + 1}"),
            ):
                for asked in (where(during=during, certain=True), where(during=during, from_=f"{year}-02")):
                    assert list(timeline.find(asked)) == found(kept, asked, Page()), asked


def test_models_are_the_same_events(kept: Kept) -> None:
    rng = random.Random(1)
    with Timeline(kept.path) as timeline:
        for _ in range(10):
            asked = some_query(kept, rng)._replace(from_=(), to=(), during=())
            values = {name: value for name, value in asked._asdict().items() if name != "text"}
            hits = timeline.search(asked.text, limit=20, **values)
            assert [hit.model_dump() for hit in hits] == found(kept, asked, Page(20)), asked


def test_the_command_line_prints_and_counts_them(kept: Kept) -> None:
    rng = random.Random(2)
    for _ in range(12):
        asked, page = some_query(kept, rng)._replace(from_=(), to=(), match="any"), some_page(kept, rng)
        if ranges(asked) is None:
            continue
        flags = [asked.text] * bool(asked.text)
        flags += [flag for name, values in asked._asdict().items() if isinstance(values, tuple) for value in values
                  for flag in (f"--{name}", value)]  # fmt: skip
        flags += [f"--{name}" for name in ("certain", "drafts", "exact") if getattr(asked, name)]
        assert search(kept.path, "--count", *flags) == f"{len(found(kept, asked, Page()))}\n", flags
        pages = [] if page.limit is None else ["--limit", str(page.limit)]
        pages += [] if page.after is None else ["--after", page.after]
        printed = json.loads(search(kept.path, "--json", *pages, *["--reverse"] * page.oldest_first, *flags))
        assert printed == found(kept, asked, page), (flags, page)


def test_pages_of_every_size_join_to_the_whole(kept: Kept) -> None:
    rng = random.Random(3)
    with Timeline(kept.path) as timeline:
        for size in (1, 3, 40, 1000):
            asked = where("police", drafts=True) if size == 3 else where(kind=kept.events[size].record["kind"])
            page, joined = Page(size, oldest_first=rng.random() < 0.5), list[Any]()
            while hits := list(timeline.find(asked, page)):
                joined += hits
                page = page._replace(after=hits[-1]["id"])
            assert joined == found(kept, asked, Page(oldest_first=page.oldest_first)), asked


def test_protected_names_are_withheld_and_nothing_else_changes(withheld: Kept) -> None:
    rng = random.Random(4)
    with Timeline(withheld.path) as timeline, Timeline(withheld.path, include_protected=True) as whole:
        masker = timeline._masker
        assert masker is not None
        secret = [str(row["name"]) for row in whole.entities("actor") if row["protected"]]
        asked = [where(actor=name, drafts=True) for name in secret[:3]] + [some_query(withheld, rng) for _ in range(6)]
        for one in asked:
            if ranges(one) is not None:
                every = found(withheld, one, Page())
                assert list(whole.find(one)) == every, one
                assert list(timeline.find(one)) == [masker.record(record) | days(record) for record in every], one
        assert sum(len(found(withheld, one, Page())) for one in asked[:3]) > 20


def days(record: dict[str, Any]) -> dict[str, Any]:
    return {key: record[key] for key in ("start", "end", "match")}
