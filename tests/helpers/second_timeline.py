"""A second timeline, small enough to count by hand; the tests derive every answer from this table.

arrests (people), by event:
  a   Chan Dara   "at least 10"    Kandal   2024-01            Herald
  b   Chan Dara   "20"             Kandal   2024-02            Herald, via Digest
  b2  Sok Lina    "at least 22"    Kandal   2024-02            Digest; repeats b
  c   Sok Lina    "more than 24"   Kandal   2024-01/2024-03    Digest and Post; disputed by x
  d   Chan Dara   "100"            -        2024-04            Digest; a whole, split by province
        "30"            Kandal
        "at least 20"   Takeo      disputed by y
        "dozens"        Kampot     low 12
  f   nobody      "about 50"       -        -                  Digest, 2024-06-01
  g   Sok Lina    "40"             Takeo    2024-07~           Digest
  z   Sok Lina    "999"            Kandal   2024-01            a draft
captives (people at a moment): "500" on h and "at least 700" on i, both in Kandal; "90" in Takeo on i
sentences (none): "two-year" and "five years" on k
"""

from __future__ import annotations

import json
from typing import Any


def _figure(id_: str, metric: str, stated: str, **keys: Any) -> dict[str, Any]:
    return {"id": id_, "metric": metric, "stated": stated, **keys}


def _event(id_: str, date: str, kind: str, *figures: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {
        "type": "event", "id": id_, "date": date, "kind": kind, "title": f"Event {id_}",
        "sources": [{"outlet": "Digest"}], "figures": list(figures), **keys,
    }  # fmt: skip


DARA, LINA = "Chan Dara", "Sok Lina"
IN_D = {"period": "2024-04", "stated_by": DARA, "part_of": "total"}

RECORDS = [
    _event(
        "a", "2024-01-31", "arrest",
        _figure("n", "arrests", "at least 10", province="Kandal", period="2024-01", stated_by=DARA),
        sources=[{"outlet": "Herald"}],
    ),
    _event(
        "b", "2024-02-29", "arrest",
        _figure("n", "arrests", "20", province="Kandal", period="2024-02", stated_by=DARA),
        sources=[{"outlet": "Digest"}, {"outlet": "Herald", "via": "Digest"}],
    ),
    _event(
        "b2", "2024-05-05", "report",
        _figure("n", "arrests", "at least 22", province="Kandal", period="2024-02", stated_by=LINA),
        links=[{"type": "repeats", "event": "b"}],
    ),
    _event(
        "c", "2024-03-31", "statement",
        _figure("n", "arrests", "more than 24", province="Kandal", period="2024-01/2024-03", stated_by=LINA),
        sources=[{"outlet": "Digest"}, {"outlet": "Post"}],
    ),
    _event(
        "d", "2024-04-30", "statement",
        _figure("total", "arrests", "100", period="2024-04", stated_by=DARA, split={"by": "province"}),
        _figure("kandal", "arrests", "30", province="Kandal", **IN_D),
        _figure("takeo", "arrests", "at least 20", province="Takeo", **IN_D),
        _figure("kampot", "arrests", "dozens", province="Kampot", **IN_D),
    ),
    _event("f", "2024-06-01", "report", _figure("n", "arrests", "about 50")),
    _event(
        "g", "2024-07-15", "arrest",
        _figure("n", "arrests", "40", province="Takeo", period="2024-07~", stated_by=LINA),
    ),
    _event("h", "2024-08-01", "report", _figure("n", "captives", "500", province="Kandal", stated_by=DARA)),
    _event(
        "i", "2024-08-02", "report",
        _figure("kandal", "captives", "at least 700", province="Kandal", stated_by=DARA),
        _figure("takeo", "captives", "90", province="Takeo", stated_by=DARA),
    ),
    _event("k", "2024-09", "court", _figure("one", "sentences", "two-year"), _figure("two", "sentences", "five years")),
    _event("x", "2024-05-10", "denial", links=[{"type": "disputes", "event": "c"}]),
    _event("y", "2024-05-11", "denial", links=[{"type": "disputes", "event": "d", "figure": "takeo"}]),
    _event(
        "z", "2024-01-20", "report",
        _figure("n", "arrests", "999", province="Kandal", period="2024-01", stated_by=LINA),
        status="draft",
    ),
]  # fmt: skip

JSONL = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
