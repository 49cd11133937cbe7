"""FollowTheMoney in: ours comes back but for what was told, others' as far as records go, and the rest is counted."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.errors import DataError
from scamcli.exchange import ftm_vocabulary as words
from scamcli.exchange.importers import ftm
from scamcli.exchange.importers.ftm.edges import ACTORS, DOCUMENTS
from scamcli.language import vocabulary
from tests.exchange.exporters.test_ftm_export import EVERY
from tests.helpers.command_line import done
from tests.helpers.nasty_records import EVENT, take
from tests.helpers.validators import need

if TYPE_CHECKING:
    from pathlib import Path

Record = dict[str, Any]


def entity(id_: str, schema: str, **properties: str | list[str]) -> Record:
    lists = {key: [value] if isinstance(value, str) else value for key, value in properties.items()}
    return {"id": id_, "schema": schema, "properties": lists}


def file(tmp_path: Path, *lines: Record | str) -> Path:
    path = tmp_path / "entities.ftm.json"
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


class Read:
    """What is read of a file."""

    def __init__(self, path: Path) -> None:
        part = ftm.read(path)
        rows = list(part.rows)
        assert [number for number, _ in rows] == sorted({number for number, _ in rows})
        self.name = part.name
        self.records = [row for _, row in rows if not isinstance(row, DataError)]
        self.wrong = {number: row.message for number, row in rows if isinstance(row, DataError)}
        start = f"{path}: Left out: "
        notices = [notice.removeprefix(start).rpartition(" ") for notice in part.notices() if notice.startswith(start)]
        self.left_out = {what: int(number.strip("().").replace(",", "")) for what, _, number in notices}

    @property
    def one(self) -> Record:
        assert self.wrong == {}
        (record,) = self.records
        return record


def read(tmp_path: Path, *lines: Record | str) -> Read:
    return Read(file(tmp_path, *lines))


def came_back(tmp_path: Path) -> tuple[list[Record], list[Record], Read]:
    """The records before an export, those after its import into another database, and how it was read."""
    need("followthemoney")
    path, other = tmp_path / "out.ftm.json", str(tmp_path / "other.db")
    done("export", "ftm", "-o", str(path))
    found = Read(path)
    assert found.wrong == {}
    take_in = tmp_path / "records.jsonl"
    take_in.write_text("".join(json.dumps(record) + "\n" for record in found.records), encoding="utf-8")
    done("import", str(take_in), "--db", other)
    texts = (done("export", "jsonl", *asked).out.removesuffix("\n").split("\n") for asked in ((), ("--db", other)))
    before, after = ([json.loads(line) for line in lines] for lines in texts)
    return before, after, found


def without_what_is_put_in_words(records: list[Record]) -> list[Record]:
    lost: dict[str, Record] = {"event": {"figures": []}, "site": {"statuses": []}}
    return [record | lost.get(record["type"], {}) for record in records]


def test_the_shipped_timeline_comes_back_but_for_its_figures_and_doubts(tmp_path: Path) -> None:
    before, after, found = came_back(tmp_path)
    doubted = [record for record in before if record.get("date", "").endswith(("?", "~"))]
    sure = [record | {"date": record["date"].rstrip("?~")} if record in doubted else record for record in before]
    assert without_what_is_put_in_words(sure) == after
    figures = sum(len(record.get("figures", ())) for record in before)
    assert found.left_out == {"Event.description": figures + len(doubted)}, "they stand there in words"


def test_every_kind_role_and_type_of_link_comes_back(empty_db: Path, tmp_path: Path) -> None:
    more = EVENT | {
        "id": "more", "date": "2022-08-18/..", "title": "More", "summary": "s", "note": "n", "countries": [],
        "actors": [{"name": "A person", "role": "victim"}, {"name": "A person", "role": "speaker"}],
        "provinces": ["Kandal", "Kampot"], "nationalities": ["Thai", "Welsh"], "tags": ["kind: denial", "raid", "x"],
        "places": [{"name": "Mae Sot", "country": "TH", "admin1": "Tak", "lat": 16.7, "lon": 98.5, "precision": "town"},
                   {"name": "Poipet", "country": "KH", "province": "Banteay Meanchey"}, {"name": "Somewhere"}],
        "sources": [{"outlet": "A media", "title": "T", "url": "https://example.org/1", "published": "2022-08",
                     "passage": "p", "archived": "https://archive.example/1", "accessed": "2023-01-01",
                     "via": "A ngo"}, {"outlet": "A media", "passage": "q"}, {"outlet": "A media", "passage": "r"}],
    }  # fmt: skip
    interval = EVENT | {"id": "interval", "date": "2022-09-19/2022-09-19"}
    take(tmp_path, *EVERY, more, interval)
    before, after, found = came_back(tmp_path)
    assert without_what_is_put_in_words(before) == after
    statuses = sum(len(record.get("statuses", ())) for record in before)
    assert found.left_out == {"RealEstate.description": statuses}, "they stand there in words"


def test_what_does_not_come_back_was_told(nasty_db: Path, tmp_path: Path) -> None:
    """Letters apart, the records differ in nothing that the export did not say."""
    before, after, _ = came_back(tmp_path)
    told = done("export", "ftm").err

    def letters(value: Any) -> Any:
        """A value without all that the library may take out of a text."""
        if isinstance(value, str):
            return "".join(char for char in unicodedata.normalize("NFC", value) if char.isalnum() or char in "~?%")
        if isinstance(value, dict):
            return {key: letters(one) for key, one in value.items()}
        return list(map(letters, value)) if isinstance(value, list) else value

    told_of = {
        "tags": "tags given twice",
        "sources": "sources.url that",
        "links": "links to events that are not exported",
        "date": "~ ? % of event.date",
        "topics": "topics that FollowTheMoney does not have",
        "statuses": "site.statuses",
    }
    lost = [record for record in before if record["type"] == "metric"]
    assert len(lost) == 1
    assert "records of metrics (1)" in told
    for one, other in zip([record for record in before if record not in lost], after, strict=True):
        for key in one:
            if letters(one[key]) != letters(other[key]) and key != "figures" and (one[key] or other[key]):
                assert told_of[key] in told, (one, key)


def test_a_protected_actor_stays_protected(empty_db: Path, tmp_path: Path) -> None:
    need("followthemoney")
    victim = {"type": "actor", "name": "Vanna Invented", "kind": "person", "protected": True}
    take(tmp_path, victim, EVENT | {"actors": [{"name": "Vanna Invented", "role": "victim"}]})
    path = tmp_path / "shown.json"
    done("export", "ftm", "--include-protected", "-o", str(path))
    assert [record.get("protected") for record in Read(path).records] == [True, None]


ENTITIES = [
    (entity("a", "Person", name="X"), {"name": "X", "kind": "person"}),
    (entity("a", "Company", name="X"), {"name": "X", "kind": "company"}),
    (entity("a", "PublicBody", name="X"), {"name": "X", "kind": "government"}),
    (entity("a", "PublicBody", name="X", classification="police"), {"name": "X", "kind": "police"}),
    (entity("a", "Organization", name="X"), {"name": "X", "kind": "group"}),
    (entity("a", "Organization", name="X", classification="media"), {"name": "X", "kind": "media"}),
    (entity("a", "LegalEntity", name="X"), {"name": "X"}),
    (entity("a", "Person", name=["X", "Y"], alias=["Z", "X"], previousName="W"),
     {"name": "X", "kind": "person", "aliases": ["Y", "Z", "W"]}),
    (entity("a", "Person", name=["X", "Y"]) | {"caption": "Y"}, {"name": "Y", "kind": "person", "aliases": ["X"]}),
    (entity("a", "Person", alias=["X", "Y"]), {"name": "X", "kind": "person", "aliases": ["Y"]}),
    (entity("a", "Person", name="X", topics=["role.pep", "crime"], position="MP", notes="N", summary="S"),
     {"name": "X", "kind": "person", "topics": ["role.pep", "crime"], "positions": ["MP"], "note": "N\n\nS"}),
]  # fmt: skip


@pytest.mark.parametrize(("given_", "expected"), ENTITIES)
def test_actors(given_: Record, expected: Record, tmp_path: Path) -> None:
    found = read(tmp_path, given_)
    assert found.one == {"type": "actor", **expected}
    assert found.left_out == {}


def test_values_that_no_record_holds_are_counted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        entity("a", "Person", name="X", birthDate=["1962", "1963"], weakAlias="Y", classification="Sanctioned"),
        entity("p", "Payment", payer="a", beneficiary="b"),
        entity("q", "Payment", payer="a", beneficiary="b"),
        entity("f", "Family", person="a", relative="b"),
        entity("o", "Ownership", owner="a", asset="c"),
        entity("c", "Company", name="C", jurisdiction="kh"),
        entity("m", "Membership", member="a", organization="c", startDate="2020"),
        entity("d", "Address", full="Somewhere"),
        entity("n", "Article", title="T"),
        entity("u", "UnknownLink", subject="a", object="c", role="friend"),
        entity("t", "Mention", document="n", resolved="a", name="X"),
        entity("v", "Asset", name="A painting"),
    )
    assert [record["name"] for record in found.records] == ["X", "C"]
    assert found.records[0]["member_of"] == ["C"]
    assert found.records[1]["note"] == "Said to be owned by X"
    assert found.left_out == {
        "Person.birthDate": 2, "Person.weakAlias": 1, "Person.classification": 1, "Payment": 2, "Family": 1,
        "Company.jurisdiction": 1, "Membership.startDate": 1, "Address": 1, "Article": 1,
        "UnknownLink": 1, "Mention": 1, "Asset": 1,
    }  # fmt: skip


def test_who_owns_a_company_is_in_its_note(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        entity("o", "Ownership", owner="h", asset="c", percentage="51", startDate="2019-01-02", publisher="Registry",
               status="claimed by VOD", description="by shares;\nsee the\nfiling", recordId="7"),
        entity("p", "Ownership", owner=["h", "q"], asset="c"),
        entity("h", "Company", name="A Holding; status: unknown Ltd"),
        entity("c", "Company", name="A Casino Ltd", notes="Known since 2018."),
        entity("q", "Person", name="Somebody"),
        entity("x", "Ownership", owner="h", asset="nowhere"),
    )  # fmt: skip
    holding, casino, _ = found.records
    assert "note" not in holding
    first, *lines = str(casino["note"]).split("\n")
    assert (first, lines[1:]) == (
        "Known since 2018.",
        ["Said to be owned by A Holding; status: unknown Ltd", "Said to be owned by Somebody"],
    )
    assert lines[0] == (
        "Said to be owned by A Holding; status: unknown Ltd; percentage: 51; startDate: 2019-01-02;"
        " status: claimed by VOD; publisher: Registry; description: by shares; see the filing"
    )
    assert found.left_out == {"Ownership": 1, "Ownership.recordId": 1}


@given(st.text(), st.lists(st.tuples(st.sampled_from(words.OWNERSHIP), st.text())))
def test_lines_about_owners_say_the_same_when_they_are_read(owner: str, details: list[tuple[str, str]]) -> None:
    line = words.Owned(owner, tuple(details)).line()
    found = words.parse_owned(line)
    assert found is not None
    assert found.line() == line or owner != owner.strip()


def test_who_owns_a_company_comes_back(empty_db: Path, tmp_path: Path) -> None:
    owned = words.Owned("A Holding", (("percentage", "51"), ("startDate", "2019"), ("publisher", "Registry"))).line()
    note = f"First.\n{owned}\nSaid to be owned by Nobody Here; percentage: 1"
    records = [
        {"type": "actor", "name": "A Casino", "kind": "company", "note": note},
        {"type": "actor", "name": "A Holding", "kind": "company"},
        {"type": "actor", "name": "A Ministry", "kind": "government", "note": "Said to be owned by A Holding"},
    ]
    take(tmp_path, *records)
    before, after, found = came_back(tmp_path)
    assert found.left_out == {}
    assert {one["name"]: set((one["note"] or "").split("\n")) for one in after} == {
        one["name"]: set((one["note"] or "").split("\n")) for one in before
    }
    lines = (tmp_path / "out.ftm.json").read_text().splitlines()
    [edge] = [line for line in map(json.loads, lines) if line["schema"] == "Ownership"]
    assert edge["properties"]["percentage"] == ["51"]


def test_two_people_of_one_name_never_become_one(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        entity("first", "Person", name="Sok Kong"),
        entity("second", "Person", name=" Sok Kong "),
        entity("body", "Organization", name="Body"),
        entity("site", "RealEstate", name="Sok Kong"),
        entity("m", "Membership", member="second", organization="body"),
        entity("o", "Ownership", owner="second", asset="site"),
        entity("e", "Event", name="E", date="2023-01-02", involved=["first", "second"]),
        entity("l", "UnknownLink", subject="second", object="e", role="defendant"),
    )
    assert found.wrong == {2: 'The actor "Sok Kong" has the same name as the one on line 1, but another id.'}
    assert [record.get("name") for record in found.records] == ["Sok Kong", "Body", "Sok Kong", None]
    assert "member_of" not in found.records[0]
    assert "owners" not in found.records[2]
    assert found.records[3]["actors"] == [{"name": "Sok Kong", "role": "mentioned"}]
    assert found.left_out == {
        "Membership": 1,
        "Ownership": 1,
        "UnknownLink": 1,
        "Event.involved that is not in the file": 1,
    }


def test_an_alias_that_is_anothers_name_leads_to_nobody_else(tmp_path: Path) -> None:
    """In a timeline an alias decides who is meant: the event of one would be the other's."""
    found = read(
        tmp_path,
        entity("a", "Person", name="Somebody Invented", alias=["Vic", "Somi"], topics="sanction"),
        entity("b", "Person", name="Vic"),
        entity("e", "Event", name="Raid", date="2022-05-01", involved="b"),
    )
    assert [one.get("aliases", []) for one in found.records] == [["Somi"], [], []]
    assert found.records[2]["actors"] == [{"name": "Vic", "role": "mentioned"}]
    assert found.left_out["Person.alias that is the name of another"] == 1


def test_an_entity_that_comes_twice_is_no_second_one(tmp_path: Path) -> None:
    found = read(tmp_path, entity("a", "Person", name="X"), entity("a", "Person", name="Y"))
    assert [record["name"] for record in found.records] == ["X"]
    assert found.wrong == {2: 'The entity "a" is already on line 1.'}


WRONG = [
    ("{", "This is not JSON."),
    ("[]", "This is not an entity."),
    ('{"id": "a", "schema": "Person"}', "This is not an entity."),
    ('{"id": "", "schema": "Person", "properties": {}}', "This is not an entity."),
    ("[" * 100_000, "This is not JSON."),
    (entity("a", "Person"), 'The Person "a" has no name.'),
    (entity("a", "Event", date="2023"), 'The Event "a" has no name.'),
    (entity("a", "Event", name="X"), 'The Event "a" has no first day.'),
    (entity("a", "Event", name="X", endDate="2023"), 'The Event "a" has no first day.'),
    (entity("a", "Event", name="X", date=["2023", "2022"]), 'The Event "a" has more than one `date`: 2022, 2023.'),
]


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_what_is_wrong_is_told_with_its_line(line: Record | str, message: str, tmp_path: Path) -> None:
    found = read(tmp_path, "", entity("ok", "Person", name="OK"), line)
    assert found.wrong == {3: message}
    assert [record["name"] for record in found.records] == ["OK"]


@pytest.mark.parametrize("content", [b"\xff\xfe{", b'{"id": "\xe9"}'])
def test_other_encodings_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"latin\.json:1: This is not UTF-8"):
        list(ftm.read(path).rows)


DATES = [
    ({"date": "2022-09-19"}, "2022-09-19"),
    ({"date": ["2022", "2022-09"]}, "2022-09"),
    ({"date": "2022-09-19T10:00:00"}, "2022-09-19"),
    ({"date": "2022-09-19", "endDate": "2023"}, "2022-09-19"),
    ({"startDate": "2022-09"}, "2022-09"),
    ({"startDate": "2022-09", "endDate": "2022-09"}, "2022-09"),
    ({"startDate": "2022-09-01", "endDate": "2022-10"}, "2022-09-01/2022-10"),
]


@pytest.mark.parametrize(("given_", "expected"), DATES)
def test_dates_of_others(given_: dict[str, str | list[str]], expected: str, tmp_path: Path) -> None:
    found = read(tmp_path, entity("a", "Event", name="X", **given_))
    assert found.one["date"] == expected
    told = {"T10": {"Event.date, the time of day": 1}, "2022-09']": {"Event.date, less exact": 1}}
    told["endDate': '2023"] = {"Event.endDate": 1}
    assert found.left_out == next((what for text, what in told.items() if text in str(given_)), {})


def test_an_event_of_others_is_a_report_with_what_ties_it(tmp_path: Path) -> None:
    """Edges come before the entities that they connect. Values may be whole entities, as in the API of Aleph."""
    found = read(
        tmp_path,
        entity("l", "UnknownLink", subject="p", object="NK-1.ab", role="alleged owner"),
        entity("s", "UnknownLink", subject="NK-1.ab", object="r", role="took place at"),
        entity("b", "UnknownLink", subject="NK-1.ab", object="f", role="disputes"),
        entity("d", "Documentation", document="n", entity="NK-1.ab", summary="page 3"),
        {"id": "NK-1.ab", "schema": "Event", "datasets": ["x"], "properties": {
            "name": ["A raid", "Also"], "summary": ["s"], "description": ["d"], "keywords": ["kind: denial"],
            "startDate": ["2023-01-02"], "country": ["kh", "eu", "gb-sct"], "publisher": ["Daily"],
            "involved": [{"id": "p", "schema": "Person", "properties": {}}, "q"], "organizer": ["o"],
            "addressEntity": ["w", "v"], "location": ["Poipet"], "important": ["yes"]}},
        entity("f", "Event", name="Before", date="2022", location="Bavet", publisher="Daily",
               sourceUrl=["https://example.org/1"]),
        entity("p", "Person", name="P"), entity("q", "Person", name="Q"), entity("o", "PublicBody", name="O"),
        entity("r", "RealEstate", name="R", propertyType="casino", addressEntity="v"),
        entity("v", "Address", region="Kandal", country="kh"),
        entity("w", "Address", city="Mae Sot", region="Tak", country="th", latitude="16.7", longitude="98.5"),
        entity("n", "HyperText", title="T", publisher="Wire", sourceUrl="https://example.org/2", publishedAt="2023"),
    )  # fmt: skip
    assert found.wrong == {}
    event, before = found.records[:2]
    assert event == {
        "type": "event", "id": "NK-1.ab", "date": "2023-01-02", "kind": "report", "title": "A raid",
        "summary": "s\n\nd", "status": "reviewed",
        "actors": [{"name": "P", "role": "alleged_owner"}, {"name": "O", "role": "subject"},
                   {"name": "Q", "role": "mentioned"}],
        "places": [{"name": "Mae Sot", "country": "TH", "admin1": "Tak", "lat": 16.7, "lon": 98.5}],
        "provinces": ["Kandal"], "sites": ["R"], "countries": ["KH", "EU"], "tags": ["kind: denial"],
        "sources": [{"outlet": "Wire", "title": "T", "url": "https://example.org/2", "published": "2023",
                     "passage": "page 3"}],
        "links": [{"type": "disputes", "event": "f", "note": None}],
    }  # fmt: skip
    assert before["places"] == [{"name": "Bavet"}]
    assert before["sources"] == [{"outlet": "Daily", "url": "https://example.org/1"}]
    (site,) = [record for record in found.records if record["type"] == "site"]
    assert site == {"type": "site", "name": "R", "kind": "casino", "province": "Kandal", "country": "KH"}
    assert found.left_out == {
        "Event.name": 1, "Event.country": 1, "Event.important": 1, "Event.publisher": 1, "Event.location": 1,
    }  # fmt: skip


ADDRESS = {
    "city": "Town",
    "state": "Tak",
    "region": "North",
    "country": "th",
    "full": "1 Road, Town",
    "latitude": "16.7",
}
ADDRESSES: list[tuple[Record, Record | None, str | None, set[str]]] = [
    (ADDRESS, {"name": "Town", "admin1": "Tak", "country": "TH", "lat": 16.7}, "Town", {"full", "region"}),
    ({"state": "Tak", "country": "th"}, None, None, {"state", "country"}),
    ({"full": "1 Road", "state": "Tak"}, {"name": "1 Road", "admin1": "Tak"}, "1 Road", set()),
    ({"region": "Kandal", "state": "Tak", "country": "kh"}, None, None, {"state"}),
    ({"city": "Town", "latitude": "north"}, {"name": "Town"}, "Town", {"latitude"}),
    ({"city": "Town", "keywords": "home"}, {"name": "Town"}, "Town", {"keywords"}),
]


@pytest.mark.parametrize(("said", "place", "of_site", "left"), ADDRESSES)
def test_what_of_an_address_is_not_taken_is_counted(
    tmp_path: Path, said: Record, place: Record | None, of_site: str | None, left: set[str]
) -> None:
    events = [entity(id_, "Event", name=id_, date="2023", addressEntity="a") for id_ in ("e", "f")]
    address = entity("a", "Address", **said)
    found = read(tmp_path, address, *events)
    assert found.records[0].get("places") == ([place] if place else None)
    assert found.left_out == {f"Address.{property_}": 1 for property_ in left}, "once, though two are there"
    found = read(tmp_path, address, entity("r", "RealEstate", name="R", addressEntity="a"))
    assert found.one.get("place") == of_site
    spoken = {"city" if "city" in said else "full"} if of_site else set()
    spoken |= {"region"} if said.get("region") == "Kandal" else set()
    spoken |= {"country"} & said.keys()
    assert found.one.get("country") == (said["country"].upper() if "country" in said else None)
    assert found.left_out == {f"Address.{property_}": 1 for property_ in said.keys() - spoken}


def test_what_is_read_of_others_can_be_taken_in(empty_db: Path, tmp_path: Path) -> None:
    test_an_event_of_others_is_a_report_with_what_ties_it(tmp_path)
    found = Read(tmp_path / "entities.ftm.json")
    take(tmp_path, *found.records)
    assert done("search", "--count").out == "2\n"
    take(tmp_path, *found.records)
    assert done("search", "--count").out == "2\n", "its id is kept, so the same again is nothing new"


def test_an_ownership_of_others_is_a_claim_of_its_publisher(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        entity("o", "Ownership", owner="p", asset="r", publisher="Registry", percentage="50", description="since 2019"),
        entity("p", "Person", name="P"),
        entity("r", "RealEstate", name="R"),
    )
    assert found.records[1]["owners"] == [
        {"name": "P", "stated_by": None, "outlet": "Registry", "event": None, "note": "since 2019"}
    ]
    assert found.left_out == {"Ownership.percentage": 1}


def test_a_post_is_a_position(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        entity("o", "Occupancy", holder="p", post="n", startDate="2019"),
        entity("n", "Position", name="Governor of Kandal", country="kh"),
        entity("p", "Person", name="P", position="Member of parliament"),
    )
    assert found.one["positions"] == ["Member of parliament", "Governor of Kandal"]
    assert found.left_out == {"Occupancy.startDate": 1, "Position.country": 1}


RECOGNISED = [
    (entity("a", "Person"), True),
    ({"type": "actor", "name": "X"}, False),
    ({"id": "a", "schema": "Person"}, False),
    ({"id": 1, "schema": "Person", "properties": {}}, False),
    ([], False),
    (None, False),
]


@pytest.mark.parametrize(("value", "expected"), RECOGNISED)
def test_it_is_told_apart_from_records_of_ours(value: object, expected: bool) -> None:
    assert ftm.is_ftm(value) == expected


def test_reading_needs_no_library() -> None:
    code = "import sys; import scamcli.exchange.importers.ftm; print('followthemoney' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_the_schemata_are_those_of_the_library() -> None:
    """Reading knows them by heart: a new one below these would be left out, and counted."""
    schemata = need("followthemoney").model.schemata.values()
    below = {top: {one.name for one in schemata if one.is_a(top)} for top in ("LegalEntity", "Document", "RealEstate")}
    assert below["LegalEntity"] == {*ACTORS, "LegalEntity"}
    assert below["Document"] == DOCUMENTS
    assert below["RealEstate"] == {"RealEstate"}
    assert words.SCHEMATA.keys() == set(vocabulary.ACTOR_KINDS)
    assert set(words.SCHEMATA.values()) == ACTORS.keys()


@given(st.lists(st.sampled_from(["x", "kind: raid", "tag: x", "tag: kind: y", "protected", "status: ", ": ", "kind:"])))
def test_tags_come_back_from_keywords(tags: list[str]) -> None:
    assert words.keywords(map(words.tag, tags)).get("tag", []) == tags


def test_roles_and_links_come_back_from_words() -> None:
    every = [*vocabulary.ROLES, *vocabulary.LINK_TYPES]
    assert [words.name(words.words(one)) for one in every] == every
    assert Counter(map(words.words, every)).most_common(1)[0][1] == 1
