"""GraphML: networkx reads back the network that the records are, with every name in any script."""

from __future__ import annotations

import re
import sys
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import networkx
import pytest

from scamcli.exchange.exporters.xml_text import NOT_IN_XML
from tests.helpers.command_line import done, run
from tests.helpers.nasty_records import EVENT, records, take
from tests.helpers.validators import need

if TYPE_CHECKING:
    from pathlib import Path

Graph = Any  # networkx has stubs, but no type of what it reads

IDS = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:g="http://graphml.graphdrawing.org/xmlns"
  targetNamespace="http://graphml.graphdrawing.org/xmlns" elementFormDefault="qualified">
  <xs:element name="graphml"><xs:complexType><xs:sequence>
    <xs:element name="key" maxOccurs="unbounded"><xs:complexType>
      <xs:attribute name="id" type="xs:NMTOKEN" use="required"/><xs:anyAttribute processContents="skip"/>
    </xs:complexType></xs:element>
    <xs:element name="graph"><xs:complexType>
      <xs:sequence>
        <xs:element name="node" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element ref="g:data" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
          <xs:attribute name="id" type="xs:NMTOKEN" use="required"/></xs:complexType></xs:element>
        <xs:element name="edge" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element ref="g:data" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
          <xs:attribute name="id" type="xs:NMTOKEN" use="required"/>
          <xs:attribute name="source" type="xs:NMTOKEN" use="required"/>
          <xs:attribute name="target" type="xs:NMTOKEN" use="required"/></xs:complexType></xs:element>
      </xs:sequence>
      <xs:attribute name="edgedefault" use="required"/></xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
    <xs:key name="nodes"><xs:selector xpath="g:graph/g:node"/><xs:field xpath="@id"/></xs:key>
    <xs:key name="edges"><xs:selector xpath="g:graph/g:edge"/><xs:field xpath="@id"/></xs:key>
    <xs:keyref name="from" refer="g:nodes"><xs:selector xpath="g:graph/g:edge"/><xs:field xpath="@source"/></xs:keyref>
    <xs:keyref name="to" refer="g:nodes"><xs:selector xpath="g:graph/g:edge"/><xs:field xpath="@target"/></xs:keyref>
    <xs:key name="keys"><xs:selector xpath="g:key"/><xs:field xpath="@id"/></xs:key>
    <xs:keyref name="of" refer="g:keys"><xs:selector xpath=".//g:data"/><xs:field xpath="@key"/></xs:keyref>
  </xs:element>
  <xs:element name="data"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="key" type="xs:NMTOKEN" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
  </xs:element>
</xs:schema>
"""
"""The rules of GraphML that a network can break: ids are valid and unique, and every reference exists."""


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


def test_its_ids_are_those_of_graphml(timeline: str, writer: str) -> None:
    etree = need("lxml.etree") if writer == "with lxml" else None
    text = exported().encode()
    ElementTree.fromstring(text)
    if etree:
        etree.XMLSchema(etree.fromstring(IDS)).assertValid(etree.fromstring(text))


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


def test_no_two_nodes_have_one_id(empty_db: Path, tmp_path: Path) -> None:
    names = ["A B", "A_B", "A.20.B", "A  B", "A.B", "a b", "A\tB", "A:B", "event:e", "e", "A\x1bB", "A\\u001bB", "ក្រុម"]
    event = EVENT | {"actors": [{"name": name} for name in names], "sites": ["A B"]}
    take(tmp_path, *({"type": "actor", "name": name} for name in names), event)
    graph = read()
    assert len(graph) == len(names) + 2
    assert {"actor:A_B", "site:A_B", "event:e", "actor:e", "actor:A.5F.B", "actor:A.2E.B"} <= set(graph)


def test_a_claim_of_ownership_says_who_makes_it(empty_db: Path, tmp_path: Path) -> None:
    owner = {"name": "Li", "stated_by": "Witness", "outlet": "BBC", "event": "e", "note": "he denies it"}
    site = {"type": "site", "name": "Gate", "kind": "casino", "owners": [owner]}
    take(tmp_path, site, EVENT | {"sites": ["Gate"]})
    told = {"relation": "said_to_own"} | {key: value for key, value in owner.items() if key != "name"}
    assert read()["actor:Li"]["site:Gate"] == {"e1": told}


def test_characters_that_xml_does_not_have_are_written_out_and_said(empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"title": "a\x1bb\ufffec\x85d\u2028e\r\nf"})
    outcome = run("export", "graphml")
    assert "characters that XML cannot hold (2)" in outcome.err
    (data,) = networkx.read_graphml(BytesIO(outcome.out.encode())).nodes.values()
    assert data["label"] == "a\\u001bb\\ufffec\x85d\u2028e\nf"


def test_a_link_that_leads_out_of_the_selection_is_said(empty_db: Path, tmp_path: Path) -> None:
    link = {"type": "disputes", "event": "e", "figure": "f", "note": "n"}
    take(tmp_path, EVENT, EVENT | {"id": "later", "kind": "denial", "links": [link]})
    assert list(read().edges(data=True)) == [
        ("event:later", "event:e", {"relation": "disputes", "figure": "f", "note": "n"})
    ]
    outcome = run("export", "graphml", "--kind", "denial")
    assert "links to events that are not exported (1)" in outcome.err
    assert "<edge" not in outcome.out


def test_a_draft_is_marked(empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"status": "draft"})
    assert len(read()) == 0
    assert [data["status"] for _, data in read("--drafts").nodes(data=True)] == ["draft"]
