"""GEXF: networkx reads back the network of GraphML, and every node and edge has its days."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import networkx

from tests.helpers.command_line import done
from tests.helpers.nasty_records import EVENT, records, take

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = {"g": "http://www.gexf.net/1.2draft"}


def read(*asked: str) -> Any:
    return networkx.read_gexf(BytesIO(done("export", "gexf", *asked).out.encode()))


def test_it_is_the_network_of_graphml(timeline: str) -> None:
    found = read()
    other: Any = networkx.read_graphml(BytesIO(done("export", "graphml").out.encode()), force_multigraph=True)
    assert set(found) == set(other)
    assert sorted((a, b, data["relation"]) for a, b, data in found.edges(data=True)) == sorted(
        (a, b, data["relation"]) for a, b, data in other.edges(data=True)
    )
    for id_, data in other.nodes(data=True):
        for key in ("type", "name", "label", "kind", "date", "tags", "note"):
            assert str(found.nodes[id_].get(key)) == str(data.get(key)), (id_, key)


def test_a_second_reader_finds_the_days(timeline: str) -> None:
    root = ElementTree.fromstring(done("export", "gexf").out.encode())
    graph = root.find("g:graph", NAMESPACE)
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    nodes = {node.get("id"): node for node in graph.iterfind("g:nodes/g:node", NAMESPACE)}
    for event in records():
        node = nodes[f"event:{event['id']}"] if event["id"].isascii() else None
        if node is not None and "/" not in event["date"]:
            assert (node.get("start") or "")[:4] == event["date"][:4]
    ends = {edge.get("target") for edge in graph.iterfind("g:edges/g:edge", NAMESPACE)}
    assert ends <= set(nodes)


def test_an_actor_lasts_from_its_first_event_to_its_last(empty_db: Path, tmp_path: Path) -> None:
    told = {"actors": [{"name": "Li", "role": "speaker"}]}
    later = EVENT | told | {"id": "f", "date": "2023-05/2023-06", "links": [{"type": "follows", "event": "e"}]}
    since = EVENT | {"id": "g", "date": "2023-07/..", "sites": ["Gate"]}
    actor = {"type": "actor", "name": "Li", "member_of": ["Ministry"]}
    take(tmp_path, actor, EVENT | told, later, since)
    root = ElementTree.fromstring(done("export", "gexf").out)
    days = {one.get("id"): (one.get("start"), one.get("end")) for one in root.iterfind(".//g:node", NAMESPACE)}
    assert days["actor:Li"] == ("2023-01-02", "2023-06-30")
    assert days["event:e"] == ("2023-01-02", "2023-01-02")
    assert days["site:Gate"] == days["event:g"] == ("2023-07-01", None)
    assert days["actor:Ministry"] == (None, None)
    edges = {one.get("label"): (one.get("start"), one.get("end")) for one in root.iterfind(".//g:edge", NAMESPACE)}
    assert edges["member_of"] == (None, None)
    assert edges["follows"] == ("2023-05-01", "2023-06-30")


def test_the_terms_of_a_data_set_are_in_the_file(empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"dataset": {"name": "acled", "disjoint": True}})
    root = ElementTree.fromstring(done("export", "gexf").out)
    assert "ACLED's terms of use" in (root.findtext("g:meta/g:description", "", NAMESPACE))
