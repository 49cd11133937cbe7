"""The linter: every code has a record that it finds and one that it does not, and `--fix` changes bounds only."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.checks import CODES
from scamcli.checks.publishing import PUBLISHING_CODES
from tests.helpers.paths import ROOT
from tests.helpers.small_timelines import Record, copied, done, event, figure, link, run, seeded, timeline

if TYPE_CHECKING:
    from pathlib import Path

GOOD = event("good", "2031-03-01", figure("n", "20", period="2031-02"))
EARLIER = event("earlier", "2031-01-01", figure("freed", "45", "rescues", count="incident", province="Takeo"),
                figure("since", "300", "arrests", count="cumulative", period="2031-01-01"))  # fmt: skip
LATER = event("later", "2031-06-01")
SHARE = (figure("a", "40"), figure("b", "100"))


def source(**keys: str) -> list[Record]:
    return [{"outlet": "Lantern", "passage": "1", **keys}]


def actors(*names: str) -> list[Record]:
    return [{"name": name, "role": "mentioned"} for name in names]


def outlets(*pairs: tuple[str, str | None, str | None]) -> list[Record]:
    return [{"outlet": outlet, "passage": passage, "via": via} for outlet, passage, via in pairs]


PARTS: dict[str, Any] = {"period": "2031-02", "split": {"by": "province"}}
RUNNING: dict[str, Any] = {"count": "cumulative", "period": "2031-01-01/2031-03-01"}

# A record with one fault, and the same record mended, for each code.
CASES: list[tuple[str, Record, Record]] = [
    ("F01", event("e", "2031-03-01", figure("n", "several", low=-5, best=None, high=None)),
            event("e", "2031-03-01", figure("n", "-5", "change", low=-5, best=-5, high=-5))),
    ("F01", event("e", "2031-03-01", figure("n", "30 to 20", low=30, best=None, high=20)),
            event("e", "2031-03-01", figure("n", "20 to 30", low=20, best=None, high=30))),
    ("F01", event("e", "2031-03-01", figure("n", "about 40", low=None, best=40, high=30)),
            event("e", "2031-03-01", figure("n", "about 40", low=None, best=40, high=None))),
    ("F02", event("e", "2031-03-01", figure("n", "more than 20", low=20, best=None, high=None)),
            event("e", "2031-03-01", figure("n", "more than 20", low=21, best=None, high=None))),
    ("F02", event("e", "2031-03-01", figure("n", "more than 20", "share", low=21, best=None, high=None)),
            event("e", "2031-03-01", figure("n", "more than 20", "share", low=20, best=None, high=None))),
    ("F03", event("e", "2031-03-01", figure("t", "10", **PARTS), figure("p", "11", part_of="t", province="Kandal")),
            event("e", "2031-03-01", figure("t", "12", **PARTS), figure("p", "11", part_of="t", province="Kandal"))),
    ("F03", event("e", "2031-03-01", figure("t", "10", **PARTS), figure("p", "6", part_of="t", province="Kandal"),
                  figure("q", "6", part_of="t", province="Takeo")),
            event("e", "2031-03-01", figure("t", "12", **PARTS), figure("p", "6", part_of="t", province="Kandal"),
                  figure("q", "6", part_of="t", province="Takeo"))),
    ("F04", event("e", "2031-03-01", *SHARE, figure("c", "59% decline", "change", of=["b", "a"])),
            event("e", "2031-03-01", *SHARE, figure("c", "60% decline", "change", of=["b", "a"]))),
    ("F04", event("e", "2031-03-01", *SHARE, figure("s", "45 percent", "share", of=["a", "b"])),
            event("e", "2031-03-01", *SHARE, figure("s", "40 percent", "share", of=["a", "b"]))),
    ("F05", event("e", "2031-03-01", figure("a", "20", part_of="b"), figure("b", "20", part_of="a")),
            event("e", "2031-03-01", figure("a", "20", part_of="b"), figure("b", "20"))),
    ("F06", event("e", "2031-03-01", {"metric": "arrests", "stated": "20"}),
            event("e", "2031-03-01", {"metric": "arrests", "stated": "20", "stated_by": "Ada Brel"})),
    ("F07", event("e", "2031-03-01", figure("b", "20", period="2031-01"),
                  figure("a", "10", period="2031-02", part_of="b")),
            event("e", "2031-03-01", figure("b", "20", period="2031-01"),
                  figure("a", "10", period="2031-01-05", part_of="b"))),
    ("F08", event("e", "2031-01-02", figure("n", "45", "rescues", count="incident", province="Takeo")),
            event("e", "2031-01-02", figure("n", "45", "rescues", count="incident", province="Takeo"),
                  links=[link("distinct", "earlier")])),
    ("F08", event("e", "2031-01-02", figure("n", "44", "rescues", count="incident", province="Takeo"),
                  figure("o", "45", "rescues", count="incident")),
            event("e", "2031-01-02", figure("n", "45", "rescues", count="incident"),
                  links=[link("repeats", "earlier")])),
    ("F09", event("e", "2031-03-01", figure("n", "200", "arrests", **RUNNING)),
            event("e", "2031-03-01", figure("n", "400", "arrests", **RUNNING))),
    ("F10", event("e", "2031-03-01", figure("n", "3 million baht", "losses", unit=None)),
            event("e", "2031-03-01", figure("n", "3 million baht", "losses", unit="THB"))),
    ("F10", event("e", "2031-03-01", figure("n", "$500", "fines", unit="KHR")),
            event("e", "2031-03-01", figure("n", "$500", "fines", unit="SGD"))),
    ("D01", event("e", "2031-03-02", sources=source(published="2031-03-01")),
            event("e", "2031-03-01", sources=source(published="2031-03-01"))),
    ("D01", event("e", "2031-04", sources=source(published="2031-03")),
            event("e", "2031-03-31", sources=source(published="2031-03"))),
    ("D02", event("e", "2031-02-27", figure("n", "20", period="2031-02")),
            event("e", "2031-02-28", figure("n", "20", period="2031-02"))),
    ("D04", event("e", "2090-01-02"), event("e", "2090-01")),
    ("G01", event("e", "2031-03-01", provinces=["Takeo"], countries=["CL"]),
            event("e", "2031-03-01", provinces=["Takeo"], countries=["CL", "KH"])),
    ("G01", event("e", "2031-03-01", provinces=["Jalisco"], countries=["CL"]),
            event("e", "2031-03-01", provinces=["Santiago Metropolitan"], countries=["CL"])),
    ("L01", event("e", "2031-03-01", links=[link("follows", "nowhere")]),
            event("e", "2031-03-01", links=[link("follows", "earlier")])),
    ("L02", event("e", "2031-03-01", links=[link("responds_to", "later")]),
            event("e", "2031-03-01", links=[link("responds_to", "earlier")])),
    ("L02", event("e", "2031-03-01", links=[link("updates", "later")]),
            event("e", "2031-03-01", links=[link("updates", "earlier")])),
    ("N01", event("e", "2031-03-01", actors=actors("Sovann Meas", "Sovan Meas")),
            event("e", "2031-03-01", actors=actors("Sovann Meas", "Dara Keo"))),
    ("C01", event("e", "2031-03-01", kind="raid", sites=["Blue Gate"]),
            event("e", "2031-03-01", kind="raid", linked_sites=["Blue Gate"])),
    ("C01", event("e", "2031-03-01", kind="closure", sites=["Blue Gate"]),
            event("e", "2031-03-01", kind="report", sites=["Blue Gate"])),
    ("S01", event("e", "2031-03-01", sources=[]),
            event("e", "2031-03-01")),
    ("S02", event("e", "2031-03-01", sources=outlets(("Lantern", None, None))),
            event("e", "2031-03-01", sources=outlets(("Lantern", "p. 3", None)))),
    ("S03", event("e", "2031-03-01", sources=outlets(("Lantern", "p. 3", None), ("Beacon", None, None))),
            event("e", "2031-03-01", sources=outlets(("Lantern", "p. 3", None), ("Beacon", None, "Lantern")))),
    ("V01", event("e", "2031-03-01", figure("n", "20", group="trapped labourers")),
            event("e", "2031-03-01", figure("n", "20", group="workers"))),
    ("D03", event("e", "2567-03-01"), event("e", "2024-03-01")),
    ("V02", event("e", "2031-03-01", nationalities=["foreign"]),
            event("e", "2031-03-01", nationalities=["vietnamese"])),
    ("V02", event("e", "2031-03-01", figure("n", "20", nationality="foreign")),
            event("e", "2031-03-01", figure("n", "20", nationality="Vietnamese"))),
]  # fmt: skip


def check(db: Path, *asked: str) -> tuple[int, list[Record]]:
    outcome = run(db, "check", "--json", *asked)
    return outcome.code, json.loads(outcome.out)


def codes(record: Record) -> list[str]:
    return [row["code"] for row in check(timeline([EARLIER, LATER, record]))[1]]


@pytest.mark.parametrize("code", CODES)
def test_each_code_finds_its_fault_and_nothing_when_it_is_mended(code: str) -> None:
    cases = [(faulty, mended) for wanted, faulty, mended in CASES if wanted == code]
    assert cases, f"{code} has no case here"
    for faulty, mended in cases:
        found = codes(faulty)
        assert code in found, faulty
        # bounds out of order are also not those of the wording, and not possible
        assert set(found) <= {code} | ({"F02", "F03"} if code == "F01" else set()), (found, faulty)
        assert codes(mended) == [], mended


def test_a_link_to_an_absent_figure_is_a_link_to_nothing() -> None:
    # Issue: "links to nothing or into the future". A dispute of a figure that is not there disputes nothing, silently.
    assert codes(event("e", "2031-03-01", links=[link("disputes", "earlier", "absent")])) == ["L01"]


def test_an_event_does_not_link_to_itself() -> None:
    # such an event would count as "disputed by another event"
    assert codes(event("e", "2031-03-01", figure("n", "20"), links=[link("disputes", "e")])) != []


def test_an_event_without_findings_leaves_with_0() -> None:
    assert check(timeline([GOOD])) == (0, [])
    assert run(timeline([GOOD]), "check").err == "scamcli: 0 findings.\n"


def test_the_codes_of_a_case_are_all_selected_by_their_letter_and_case_of_letters_does_not_matter() -> None:
    both = event("e", "2031-03-01", {"metric": "arrests", "stated": "20", "group": "trapped labourers"}, sources=[])
    db = timeline([both])
    assert [row["code"] for row in check(db)[1]] == ["F06", "S01", "V01"]
    assert [row["code"] for row in check(db, "--select", "F")[1]] == ["F06"]
    assert [row["code"] for row in check(db, "--select", "s01", "--select", "V")[1]] == ["S01", "V01"]
    assert check(db, "--select", "D") == (0, [])
    for wrong in ("X", "F99", ""):
        assert run(db, "check", "--select", wrong).code == 2, wrong


@cache
def faulty_seed() -> Path:
    """The shipped timeline with a figure of every kind of fault that bounds can have, and faults that stay."""
    return timeline([
        *[json.loads(line) for line in done(seeded(), "export", "jsonl").out.splitlines()],
        event("w1", "2031-03-01", figure("n", "more than 20", low=20, best=20, high=20, note="kept; as it is")),
        event("w2", "2031-03-02", figure("a", "up to 7", low=7, best=None, high=None),
              figure("b", "at least 3", low=3, best=None, high=None), figure("c", "many", low=5, best=None, high=None),
              sources=[], status="draft"),
        event("w3", "2031-03-03", figure("n", "9", group="trapped labourers", period="2031-05")),
    ])  # fmt: skip


def test_fix_changes_bounds_and_nothing_else() -> None:
    db = copied(faulty_seed())
    before = [json.loads(line) for line in done(db, "export", "jsonl").out.splitlines()]
    outcome = run(db, "check", "--fix")
    assert outcome.err.startswith("scamcli: Bounds derived again: w1.\nscamcli: Bounds derived again: w2.\n")
    after = [json.loads(line) for line in done(db, "export", "jsonl").out.splitlines()]
    expected = deepcopy(before)
    # "many" has no number that could be derived, so the bounds that a person gave it stay.
    derived = {("w1", "n"): (21, None, None), ("w2", "a"): (None, None, 7)}
    for record in expected:
        for part in record.get("figures", []):
            if (record["id"], part["id"]) in derived:
                part["low"], part["best"], part["high"] = derived[record["id"], part["id"]]
    assert after == expected


@pytest.mark.parametrize("code", [code for code in CODES if code != "N01"])
def test_add_refuses_what_the_table_calls_refused(code: str) -> None:
    for faulty in (faulty for wanted, faulty, _ in CASES if wanted == code):
        outcome = run(timeline([EARLIER, LATER, GOOD]), "add", "-", stdin=json.dumps(faulty))
        assert outcome.code == (4 if CODES[code].refused else 0), (outcome, faulty)
        if outcome.code:
            assert run(timeline([EARLIER, LATER, GOOD]), "add", "-", "--force", stdin=json.dumps(faulty)).code == 0


def test_the_codes_are_in_the_documentation() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([A-Z]\d\d)` \|", page, re.MULTILINE)
    assert listed == [*CODES, *PUBLISHING_CODES]
