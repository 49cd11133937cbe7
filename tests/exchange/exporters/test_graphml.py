"""GraphML: networkx reads back the network that the records are, with every name in any script."""

from __future__ import annotations

import re
import sys
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Any

import networkx
import pytest

from scamcli.exchange.exporters.xml_text import NOT_IN_XML
from tests.helpers.command_line import done, run
from tests.helpers.nasty_records import EVENT, records, take

if TYPE_CHECKING:
    from pathlib import Path

Graph = Any  # networkx has stubs, but no type of what it reads


def exported(*asked: str) -> str:
    return done("export", "graphml", *asked).out


def read(*asked: str) -> Graph:
    return networkx.read_graphml(BytesIO(exported(*asked).encode()), force_multigraph=True)


def written(text: str) -> str:
    """A text as XML can hold it."""
    return re.sub(NOT_IN_XML, lambda found: f"\\u{ord(found[0]):04x}", re.sub("\r\n?", "\n", text))


def edges(graph: Graph) -> Counter[tuple[str, ...]]:
    """Every edge by the names of its ends, its relation and its attributes."""
    names = {node: data["name"] for node, data in graph.nodes(data=True)}
    return Counter(
        (names[source], data.pop("relation"), names[target], *(f"{key}={told}" for key, told in sorted(data.items())))
        for source, target, data in graph.edges(data=True)
    )


def named(*parts: str, **told: str | None) -> tuple[str, ...]:
    return (*map(written, parts), *(f"{key}={written(value)}" for key, value in sorted(told.items()) if value))


def wanted() -> Counter[tuple[str, ...]]:
    """Every edge that the records are, counted another way."""
    found: Counter[tuple[str, ...]] = Counter()
    ids = {event["id"] for event in records()}
    for actor in records("actor"):
        found.update(named(actor["name"], "member_of", body) for body in actor["member_of"])
    for site in records("site"):
        for owner in site["owners"]:
            told = {key: value for key, value in owner.items() if key != "name"}
            found[named(owner["name"], "said_to_own", site["name"], **told)] += 1
        for operator in site["operators"]:
            told = {key: value for key, value in operator.items() if key != "name"}
            found[named(operator["name"], "said_to_operate", site["name"], **told)] += 1
    for event in records():
        found.update(named(person["name"], person["role"], event["id"]) for person in event["actors"])
        found.update(named(event["id"], "at", site) for site in event["sites"])
        found.update(named(event["id"], "linked_to", site) for site in event["linked_sites"])
        found.update(named(one["outlet"], "published", event["id"], via=one["via"]) for one in event["sources"])
        for link in event["links"]:
            if link["event"] in ids:
                told = {"figure": link["figure"], "note": link["note"]}
                found[named(event["id"], link["type"], link["event"], **told)] += 1
    return found


@pytest.fixture(params=["with lxml", "without lxml"])
def writer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """networkx writes with lxml where it is installed, else with the standard library."""
    if request.param == "without lxml":
        monkeypatch.setitem(sys.modules, "lxml", None)
        monkeypatch.setitem(sys.modules, "lxml.etree", None)
    return str(request.param)


def test_every_record_is_a_node(timeline: str, writer: str) -> None:
    nodes = [data for _, data in read().nodes(data=True)]
    for type_ in ("actor", "site"):
        found = sorted(data["name"] for data in nodes if data["type"] == type_)
        assert found == sorted(written(record["name"]) for record in records(type_))
    titles = {data["name"]: data["label"] for data in nodes if data["type"] == "event"}
    assert titles == {event["id"]: written(event["title"]) for event in records()}


def test_what_the_records_say_is_an_edge_each(timeline: str, writer: str) -> None:
    assert edges(read()) == wanted()


def test_what_is_known_of_a_node_is_read_back(empty_db: Path, tmp_path: Path) -> None:
    actor = {"type": "actor", "name": "Net", "kind": "group", "aliases": ["ក្រុម", "N"], "topics": ["scams"], "note": "n"}
    site = {"type": "site", "name": "Gate", "kind": "casino", "province": "Kampot", "place": "Bokor", "aliases": ["G"]}
    told = {"date": "2023-02~", "tags": ["a", "b"], "provinces": ["Kampot"], "nationalities": ["Thai"], "note": "x"}
    named = {"actors": [{"name": "Net"}], "sites": ["Gate"], "places": [{"name": "Mae Sot", "country": "TH"}]}
    take(tmp_path, actor, site, EVENT | told | named | {"countries": ["KH", "TH"]})
    nodes = {data["name"]: data for _, data in read().nodes(data=True)}
    assert nodes["Net"] == {
        "type": "actor", "name": "Net", "label": "Net", "kind": "group", "aliases": "ក្រុម; N", "topics": "scams",
        "note": "n",
    }  # fmt: skip
    assert nodes["Gate"] == {
        "type": "site", "name": "Gate", "label": "Gate", "kind": "casino", "country": "KH",
        "province": "Kampot", "place": "Bokor",
        "aliases": "G",
    }  # fmt: skip
    assert nodes["e"] == {
        "type": "event", "name": "e", "label": "A raid", "kind": "raid", "date": "2023-02~", "start": "2023-02-01",
        "end": "2023-02-28", "tags": "a; b", "provinces": "Kampot; Tak, TH", "countries": "KH; TH",
        "nationalities": "Thai", "places": "Mae Sot", "note": "x",
    }  # fmt: skip


def test_characters_that_xml_does_not_have_are_written_out_and_said(empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"title": "a\x1bb\ufffec\x85d\u2028e\r\nf"})
    outcome = run("export", "graphml")
    assert "characters that XML cannot hold (2)" in outcome.err
    (data,) = networkx.read_graphml(BytesIO(outcome.out.encode())).nodes.values()
    assert data["label"] == "a\\u001bb\\ufffec\x85d\u2028e\nf"
