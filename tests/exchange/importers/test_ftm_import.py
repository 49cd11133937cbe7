"""FollowTheMoney in: ours comes back but for what was told, others' as far as records go, and the rest is counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.errors import DataError
from scamcli.exchange import ftm_vocabulary as words
from scamcli.exchange.importers import ftm
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
