"""GEXF: networkx reads back the network of GraphML, and every node and edge has its days."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import networkx

from tests.helpers.command_line import done


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
