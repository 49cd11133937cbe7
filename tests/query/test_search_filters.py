"""Filters on the shipped timeline, alone, combined and repeated, each compared with a rule in Python."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done, ids, rows, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Row = dict[str, Any]


def acts(row: Row, *names: str, role: str | None = None) -> bool:
    return any(person["name"] in names and role in {None, person["role"]} for person in row["actors"])


def originals(row: Row) -> set[str]:
    """The sources with a `via`, and those that are no other source's `via`."""
    passed_on = {source["via"] for source in row["sources"]}
    return {source["outlet"] for source in row["sources"] if source["via"] or source["outlet"] not in passed_on}


def metrics(row: Row) -> set[str]:
    return {figure["metric"] for figure in row["figures"]}


def roles(row: Row) -> set[str]:
    return {person["role"] for person in row["actors"]}


RULES: list[tuple[str, Callable[[Row], bool]]] = [
    ("", lambda row: True),
    ("--actor VOD", lambda row: acts(row, "VOD")),
    ("--actor VOD --actor BBC", lambda row: acts(row, "VOD", "BBC")),
    ("--actor VOD --actor 'Hun Sen' --match all", lambda row: acts(row, "VOD") and acts(row, "Hun Sen")),
    ("--actor 'Cambodian authorities' --role denies", lambda row: acts(row, "Cambodian authorities", role="denies")),
    ("--role alleges", lambda row: bool(roles(row) & {"alleges"})),
    ("--role rescuer --role denies", lambda row: bool(roles(row) & {"rescuer", "denies"})),
    ("--kind raid", lambda row: row["kind"] == "raid"),
    ("--kind RAID --kind rescue", lambda row: row["kind"] in {"raid", "rescue"}),
    ("--kind raid --kind rescue --match all", lambda row: False),
    ("--province KH-18 --province Kampot", lambda row: bool({"Preah Sihanouk", "Kampot"} & set(row["provinces"]))),
    ("--province KH-18 --province KH-8 --match all", lambda row: set(row["provinces"]) >= {"Preah Sihanouk", "Kandal"}),
    ("--province Takeo", lambda row: "Takeo" in row["provinces"]),
    ("--site 'Thansur Sokha'", lambda row: any(site.startswith("Thansur Sokha") for site in row["sites"])),
    ("--nationality vietnamese", lambda row: "Vietnamese" in row["nationalities"]),
    ("--source VOD", lambda row: "VOD" in originals(row)),
    ("--source CamboJA", lambda row: "CamboJA" in originals(row)),
    ("--via CamboJA", lambda row: any(source["via"] == "CamboJA" for source in row["sources"])),
    ("--metric rescues", lambda row: "rescues" in metrics(row)),
    ("--metric rescues --metric premises", lambda row: bool({"rescues", "premises"} & metrics(row))),
    ("--metric rescues --metric premises --match all", lambda row: {"rescues", "premises"} <= metrics(row)),
    ("--metric deaths", lambda row: False),
    ("--tag relocation", lambda row: "relocation" in row["tags"]),
    ("--tag pig-butchering --tag bribery --match all", lambda row: {"pig-butchering", "bribery"} <= set(row["tags"])),
    ("--kind raid --source VOD --to 2022", lambda row: (row["kind"], "VOD" in originals(row)) == ("raid", True)),
    ("--province KH-18 --kind report --from 2023", lambda row: "Preah Sihanouk" in row["provinces"]
        and row["kind"] == "report" and row["date"] >= "2023"),
]  # fmt: skip


@pytest.fixture(scope="module")
def every(seeded: object) -> list[Row]:
    found: list[Row] = done("search", "--json", "--db", str(seeded)).json
    assert len(found) == 50
    return found


@pytest.mark.parametrize(("line", "rule"), RULES, ids=[line or "all" for line, _ in RULES])
def test_each_filter(line: str, rule: Callable[[Row], bool], every: Iterable[Row]) -> None:
    asked = shlex.split(line)
    wanted = [row["id"] for row in every if rule(row)]
    assert done("search", *asked, "--json").ids == wanted
    assert done("search", *asked, "--count").out == f"{len(wanted)}\n"
    assert done("timeline", *asked, "--json").ids == wanted[::-1]
    counted = rows("stats", "events", *asked)
    assert [row["low"] for row in counted] == ([len(wanted)] if wanted else [])


WRONG = [
    (("--kind", "raids"), 2, 'Did you mean "raid"?'),
    (("--role", "boss"), 2, 'No role "boss".'),
    (("--metric", "rescue"), 2, 'Did you mean "rescues"'),
    (("--match", "some"), 2, "--match"),
    (("--province", "Atlantis"), 3, 'No province named "Atlantis".'),
    (("--site", "Atlantis"), 3, 'No site named "Atlantis".'),
    (("--nationality", "Martian"), 3, 'No nationality named "Martian".'),
    (("--tag", "nothing"), 3, 'No tag named "nothing".'),
    (("--source", "Nobody Daily"), 3, 'No actor named "Nobody Daily".'),
    (("--after", "1999-01-01-nothing"), 3, "No event with the id"),
    (("--after", "2022"), 3, "More than one event's id begins with"),
    (("--limit", "-1"), 2, "--limit"),
    (("--limit", "many"), 2, "--limit"),
    (("--fields", "date,nope"), 2, 'No field "nope"'),
    (("--format", "xml"), 2, "--format"),
    (("--nope",), 2, "--nope"),
]


@pytest.mark.parametrize(("asked", "code", "words"), WRONG, ids=[" ".join(asked) for asked, _, _ in WRONG])
def test_wrong_questions(asked: tuple[str, ...], code: int, words: str) -> None:
    found = run("search", *asked)
    assert found.code == code
    assert words in found.err
    assert len(found.err.splitlines()) in {1, 2}
    assert found.out == "", "an error leaves stdout alone"


PAGES = [
    (("search",), 7), (("search",), 50), (("timeline", "--reverse"), 9), (("search", "cambodia"), 3),
]  # fmt: skip


@pytest.mark.parametrize(("command", "size"), PAGES, ids=[f"{' '.join(command)} {size}" for command, size in PAGES])
def test_pages_give_every_event_once_and_in_order(command: tuple[str, ...], size: int) -> None:
    everything = done(*command, "--json").ids
    paged: list[str] = []
    while True:
        after = ("--after", paged[-1]) if paged else ()
        page = done(*command, "--json", "--limit", str(size), *after).ids
        assert len(page) <= size
        if not page:
            break
        paged += page
    assert paged == everything


def test_the_cursor_ends_stderr_while_there_is_more() -> None:
    first = done("search", "--limit", "2", "--json")
    assert first.err.splitlines()[-1].endswith(f"--after {first.ids[-1]}")
    assert "2 of 50" in first.err
    assert done("search", "--limit", "50").err == ""
    assert done("timeline", "--limit", "2", "--json").err.splitlines()[-1].split()[-1].startswith("2022-07-14")


WRITTEN = [
    (("--to", "19/09/2022"), ("--to", "2022-09-19")),
    (("--to", "09/19/2022"), ("--to", "2022-09-19")),
    (("--from", "2022/09/19"), ("--from", "2022-09-19")),
    (("--from", "19-Sep-22"), ("--from", "2022-09-19")),
    (("--from", "3.3.2023"), ("--from", "2023-03-03")),
    (("--during", "Sep 2022"), ("--during", "2022-09")),
    (("--during", "september 2022"), ("--during", "2022-09")),
    (("--during", "19 septembre 2022"), ("--during", "2022-09-19")),
]


@pytest.mark.parametrize(("asked", "meant"), WRITTEN)
def test_a_date_that_can_mean_one_thing_is_read(asked: tuple[str, str], meant: tuple[str, str]) -> None:
    assert ids(*asked) == ids(*meant) != ids()
    assert ids(*meant)


def test_a_buddhist_year_is_refused() -> None:
    assert run("search", "--from", "14 พฤษภาคม 2565").code == 2


AMBIGUOUS = [("--from", "01/09/2022"), ("--during", "1-9-2022")]


@pytest.mark.parametrize("asked", AMBIGUOUS)
def test_a_date_that_can_be_read_in_two_ways_is_refused(asked: tuple[str, str]) -> None:
    answer = run("search", *asked)
    assert (answer.code, answer.out) == (2, "")
    assert "2022-09-01 (day first) or 2022-01-09 (month first)" in answer.err
    assert f'{asked[0]}: "{asked[1]}"' in answer.err
    assert "interval" not in answer.err


def test_a_date_that_no_calendar_has_gets_no_suggestion() -> None:
    answer = run("search", "--from", "31/02/2022")
    assert answer.code == 2
    assert "Write" not in answer.err
    assert "interval" not in answer.err


@pytest.mark.parametrize(
    ("flag", "word"), [("--kind", "Statement"), ("--kind", "RAID"), ("--role", "Speaker"), ("--metric", "Complaints")]
)
def test_words_of_closed_lists_may_have_capitals(flag: str, word: str) -> None:
    lower = done("search", flag, word.lower(), "--json").ids
    assert lower
    assert done("search", flag, word, "--json").ids == lower
