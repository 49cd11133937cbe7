# ruff: noqa: E501 - tables
"""A cell says what people read where that is all, else JSON: no value is lost in a cell, whatever it is."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.exchange.importers.detect import find_table
from scamcli.exchange.tables import BY_NAME, TABLES, Kind, Table, cells, figure, record, rows
from scamcli.output.escaping import escape_tsv, guard_formula, unescape_tsv, unguard_formula
from scamcli.records.models import (
    RECORDS,
    Figure,
    Link,
    Operator,
    Owner,
    Part,
    Participant,
    Place,
    SiteStatus,
    Source,
)
from tests.helpers.own_tables import EVENT, whole
from tests.helpers.record_strategies import text, timelines

EVENTS, FIGURES, SITES = BY_NAME["events"], BY_NAME["figures"], BY_NAME["sites"]


def written(table: Table, record: dict[str, Any]) -> list[list[str]]:
    """The texts of the rows of a record, as CSV has them."""
    return [cells.text_writer(table, guard_formula)(row) for row in rows(table, record)]


def read(table: Table, texts: list[str]) -> dict[str, Any]:
    return cells.values(table, dict(zip(table.header, map(unguard_formula, texts), strict=True)))


def through_csv(table: list[list[str]]) -> list[list[str]]:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(table)
    return list(csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True))


def through_tsv(table: list[list[str]]) -> list[list[str]]:
    out = "".join("\t".join(map(escape_tsv, row)) + "\n" for row in table)
    return [[unescape_tsv(cell) for cell in line.split("\t")] for line in out.removesuffix("\n").split("\n") if table]


@pytest.mark.parametrize("through", [through_csv, through_tsv])
@given(timeline=timelines())
def test_every_record_comes_back_as_it_was(through: Any, timeline: list[dict[str, Any]]) -> None:
    for given_ in map(whole, timeline):
        table = next(table for table in TABLES if table.type == given_["type"])
        made = [record(table, read(table, row)) for row in through(written(table, given_))]
        figures = [figure(read(FIGURES, row)) for row in through(written(FIGURES, given_))] if table is EVENTS else []
        assert [one | ({"figures": figures} if table is EVENTS else {}) for one in made] == [given_]


@given(timelines())
def test_no_cell_can_act(timeline: list[dict[str, Any]]) -> None:
    """No formula, and no control character but a line break or tab in a text."""
    for given_ in map(whole, timeline):
        for table in TABLES:
            if table.type == given_["type"] or (table is FIGURES and given_["type"] == "event"):
                for cell in (cell for row in written(table, given_) for cell in row):
                    assert not re.match(r"[=+\-@\t\r](?!\d+(\.\d+)?(e[+-]\d+)?$)", cell), cell
                    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", cell), cell


@given(text | st.from_regex(r"'*[=+\-@\t\r'][\d=]*", fullmatch=True))
def test_a_guard_and_an_escape_are_taken_off(one: str) -> None:
    assert unguard_formula(guard_formula(one)) == one
    assert unescape_tsv(escape_tsv(one)) == one
    assert not set("\t\n\r") & set(escape_tsv(one))
    if "\0" not in one:  # which a reader of CSV refuses
        row = "\t".join([escape_tsv(one), "x"])
        assert next(csv.reader([row], "excel-tab")) == [escape_tsv(one), "x"]


@pytest.mark.parametrize("typed", ["'tis", "'+5", "'", "it's", "''tis"])
def test_a_quote_that_is_no_guard_stays(typed: str) -> None:
    assert unguard_formula(typed) == ("'tis" if typed == "''tis" else typed)


PERSON = {"name": "Sar Kheng", "role": "speaker"}
TOWN = {"name": "Poipet", "country": "KH", "admin1": None, "province": "Banteay Meanchey", "lat": None, "lon": None,
        "precision": "town"}  # fmt: skip
NOWHERE = dict.fromkeys(TOWN)
SOURCE = dict.fromkeys(("outlet", "title", "author", "url", "published", "passage", "archived", "accessed", "via"))
LINK = {"type": "disputes", "event": "2022-09-19-a", "figure": None, "note": None}
OWNER = dict.fromkeys(("name", "stated_by", "outlet", "event", "note"))

SAME: list[tuple[str, Any, str]] = [
    ("title", "Police raid a compound", "Police raid a compound"),
    ("title", "[protected-3] is said to be held", "[protected-3] is said to be held"),
    ("title", '"We were sold", says a victim', '"We were sold", says a victim'),
    ("title", '"We were sold"', '"\\"We were sold\\""'),
    ("title", "{}", "{}"),
    ("title", "null", "null"),
    ("title", "two\nlines\tand a tab", "two\nlines\tand a tab"),
    ("title", "a\x1b[31mb", '"a\\u001b[31mb"'),
    ("title", "a\r\nb", '"a\\r\\nb"'),
    ("title", "\x85\x9b\x7f\uffff", '"\\u0085\\u009b\\u007f\\uffff"'),
    ("title", "_x0041_ _x00_", '"\\u005fx0041_ _x00_"'),
    ("summary", "", '""'),
    ("summary", None, ""),
    ("provinces", ["Preah Sihanouk", "Kandal"], "Preah Sihanouk; Kandal"),
    ("provinces", [], ""),
    ("countries", [], "[]"),
    ("tags", ["a;b", "c"], '["a;b", "c"]'),
    ("tags", ['["a', 'b"]'], '["[\\"a", "b\\"]"]'),
    ("tags", ["[a]"], "[a]"),
    ("tags", [" a", "b"], '[" a", "b"]'),
    ("tags", ["\x07"], '["\\u0007"]'),
    ("actors", [PERSON], "Sar Kheng (speaker)"),
    ("actors", [PERSON, PERSON | {"role": "author"}], "Sar Kheng (speaker); Sar Kheng (author)"),
    ("actors", [{"name": "A (speaker)", "role": "author"}], "A (speaker) (author)"),
    ("actors", [{"name": "[protected-1]", "role": "victim"}], "[protected-1] (victim)"),
    ("actors", [PERSON | {"name": "O; P"}], '[{"name": "O; P", "role": "speaker"}]'),
    ("places", [TOWN], "Poipet (town, Banteay Meanchey, KH)"),
    ("places", [TOWN | {"lat": 13.65, "lon": -102}], "Poipet (town, Banteay Meanchey, KH, 13.65 -102)"),
    ("places", [TOWN | {"lat": 13.65}], '[{"name": "Poipet", "country": "KH", "province": "Banteay Meanchey", "lat": 13.65, "precision": "town"}]'),
    ("places", [NOWHERE | {"name": "Mae Sot", "country": "TH", "admin1": "Tak"}], "Mae Sot (Tak, TH)"),
    ("places", [NOWHERE | {"name": "Mae Sot"}], "Mae Sot"),
    ("places", [NOWHERE | {"name": "Jinbei (casino)"}], "Jinbei (casino)"),
    ("places", [NOWHERE | {"name": "x", "admin1": "Kandal", "country": "TH"}], '[{"name": "x", "country": "TH", "admin1": "Kandal"}]'),
    ("places", [NOWHERE | {"name": "x", "admin1": "Tak"}], '[{"name": "x", "admin1": "Tak"}]'),
    ("sources", [SOURCE | {"outlet": "VOD", "via": "CamboJA"}, SOURCE | {"outlet": "CamboJA"}], "VOD via CamboJA; CamboJA"),
    ("sources", [SOURCE | {"outlet": "A via B"}], '[{"outlet": "A via B"}]'),
    ("sources", [SOURCE | {"outlet": "VOD", "title": ""}], '[{"outlet": "VOD", "title": ""}]'),
    ("links", [LINK], "disputes 2022-09-19-a"),
    ("links", [LINK | {"figure": "total"}], '[{"type": "disputes", "event": "2022-09-19-a", "figure": "total"}]'),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value", "cell"), SAME)
def test_a_value_is_this_cell_and_this_cell_is_the_value(column: str, value: Any, cell: str) -> None:
    made = whole(EVENT) | {column: value}
    at = EVENTS.header.index(column)
    assert written(EVENTS, made)[0][at] == cell
    assert read(EVENTS, [cell if number == at else "" for number in range(len(EVENTS.header))])[column] == value


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("Somebody (rescuerr)", "rescuer"),
        ("Somebody (rescuer; viictim)", "rescuer"),
        ("Somebody (rescuer, victim)", "rescuer"),
        ("Else (author); Somebody (viictim)", "victim"),
        ("Somebody (Victim)", "victim"),
        ("Somebody(victim)", "victim"),
        ("Somebody (suspect)", "subject"),
        ("Somebody (alleged owner)", "alleged_owner"),
        ("Somebody (owner)", "alleged_owner"),
        ("Somebody (mentioned", "mentioned"),
        ("Immigration Department (GDI)", None),
        ("Port (Authority)", None),
        ("The (rescuer) Team", None),
        ("Somebody (police)", None),
        ("Somebody (rescuerr) (mentioned)", None),
    ],
)
def test_a_misspelt_role_is_no_name(cell: str, meant: str | None) -> None:
    cells = [cell if name == "actors" else "" for name in EVENTS.header]
    if meant is None:
        assert read(EVENTS, cells)["actors"] == [{"name": cell.removesuffix(" (mentioned)"), "role": "mentioned"}]
        return
    with pytest.raises(
        ValueError, match=re.escape(f"does not end with a role; did you mean ({meant})? Write each role")
    ) as caught:
        read(EVENTS, cells)
    assert str(caught.value).startswith("`actors`: ")


def test_an_owner_is_a_name_or_json() -> None:
    at = SITES.header.index("owners")
    owners = [[OWNER | {"name": "A Company"}], [OWNER | {"name": "A Company", "outlet": "VOD"}]]
    texts = [written(SITES, whole({"type": "site", "name": "x"}) | {"owners": one})[0][at] for one in owners]
    assert texts == ["A Company", '[{"name": "A Company", "outlet": "VOD"}]']


FIGURE: dict[str, Any] = {"metric": "rescues", "stated": "more than 40", "count": "aggregate"}


def of_figure(**said: Any) -> dict[str, str]:
    """The cells of a figure."""
    event = whole(EVENT | {"figures": [FIGURE | said], "sources": [{"outlet": "VOD", "via": "B"}, {"outlet": "B"}]})
    return dict(zip(FIGURES.header, written(FIGURES, event)[0], strict=True))


def test_a_figure_stands_beside_its_event() -> None:
    found = of_figure(low=41, split={"by": "province", "complete": None})
    assert {name: cell for name, cell in found.items() if cell} == {
        "event": "e", "event_date": "2023-01-02", "event_title": "A raid", "event_status": "reviewed", "outlets": "VOD", "id": "figure-0",
        "metric": "rescues", "stated": "more than 40", "low": "41", "count": "aggregate", "split_by": "province",
    }  # fmt: skip


@pytest.mark.parametrize(("said", "cell"), [(None, ""), ([], "[]"), (["a"], "a"), (["a", "b"], "a; b")])
def test_no_list_is_not_an_empty_list(said: list[str] | None, cell: str) -> None:
    found = of_figure(of=said, low=1)
    assert found["of"] == cell
    assert cells.values(FIGURES, dict(found))["of"] == said


@pytest.mark.parametrize(
    ("said", "cell"),
    [(289, "289"), (-78, "-78"), (2500000.5, "2500000.5"), (1e-07, "1e-07"), (-1e-07, "-1e-07"), (2**53, f"{2**53}")],
)
def test_a_number_is_a_number_and_has_no_guard(said: float, cell: str) -> None:
    found = of_figure(low=said)
    assert found["low"] == cell
    assert cells.values(FIGURES, dict(found))["low"] == said


def test_bounds_that_are_all_unknown_are_not_bounds_to_derive() -> None:
    assert of_figure(low=None, best=None, high=None)["low"] == "null"
    assert of_figure(low=None, best=3)["low"] == ""
    explicit = cells.values(FIGURES, {"low": "null", "best": "", "high": ""})
    assert {name: explicit[name] for name in ("low", "best", "high")} == {"low": None, "best": None, "high": None}
    assert not {"low", "best", "high"} & cells.values(FIGURES, {"low": "", "best": "", "high": ""}).keys()
    assert cells.values(FIGURES, {"low": "1", "best": "", "high": ""}) == {"low": 1, "best": None, "high": None}


def test_an_empty_cell_leaves_out_what_an_import_fills() -> None:
    empty = dict.fromkeys(EVENTS.header, "")
    assert cells.values(EVENTS, empty).keys() == set(EVENTS.header) - {
        "id", "date", "kind", "title", "status", "start", "end", "countries"
    }  # fmt: skip
    assert "period" not in cells.values(FIGURES, {"period": "", "count": ""})
    assert cells.values(FIGURES, {"period": "", "count": "aggregate"}) == {"period": None, "count": "aggregate"}


BROKEN: list[tuple[str, str, str]] = [
    ("sources", '[{"outlet": "VOD"', "begins like a JSON list"),
    ("sources", '{"outlet": "VOD"}', "is not a list"),
    ("sources", '["VOD"]', "something other than objects"),
    ("tags", '[{"a": 1}]', "something other than texts"),
    ("tags", '["a", 1]', "something other than texts"),
    ("links", "2022-09-19-a", "expected responds_to"),
]


@pytest.mark.parametrize(("column", "cell", "said"), BROKEN)
def test_what_is_half_json_is_refused_and_not_taken_for_a_name(column: str, cell: str, said: str) -> None:
    with pytest.raises(ValueError, match=rf"`{column}`: .*{said}"):
        cells.values(EVENTS, {column: cell})


@pytest.mark.parametrize(
    ("column", "cell"), [("low", "abc"), ("low", "1,000"), ("low", "٣"), ("low", "NaN"), ("split_complete", "maybe")]
)
def test_what_is_no_number_is_refused(column: str, cell: str) -> None:
    with pytest.raises(ValueError, match=f'`{column}`: "{cell}"'):
        cells.values(FIGURES, {column: cell})


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [("tags", "a;b ; ;c", ["a", "b", "c"]), ("actors", "A", [{"name": "A", "role": "mentioned"}]),
     ("sources", ' [ {"outlet": "A"} ]', [SOURCE | {"outlet": "A"}])],
)  # fmt: skip
def test_what_people_type_is_read_leniently(column: str, cell: str, value: Any) -> None:
    assert cells.values(EVENTS, {column: cell}) == {column: value}


PARTS: dict[str, type[Part]] = {
    "actors": Participant, "places": Place, "sources": Source, "links": Link, "owners": Owner,
    "operators": Operator, "statuses": SiteStatus,
}  # fmt: skip


def words_of(model: type[Part], name: str) -> list[str]:
    schema = model.model_json_schema()["properties"][name]
    return next((one["enum"] for one in schema.get("anyOf", [schema]) if "enum" in one), [])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_columns_are_the_keys_of_the_records_and_so_are_their_words(table: Table) -> None:
    model: type[Part] = Figure if table is FIGURES else RECORDS[table.type]
    spread = {"split_by", "split_complete", "dataset_disjoint"}  # the keys of a key, each in a column of its own
    names = [column.name for column in table.given if column.name not in {"event", *spread}]
    skipped = {"type", "figures", *({"split"} if table is FIGURES else ())}
    assert names == [name for name in model.model_fields if name not in skipped]
    for column in table.given:
        if column.name in PARTS and column.parts:
            part = PARTS[column.name]
            assert [key.name for key in column.parts] == list(part.model_fields)
            assert [list(key.words) for key in column.parts] == [words_of(part, key.name) for key in column.parts]
        elif column.kind is Kind.WORD and column.name != "split_by":
            assert list(column.words) == words_of(model, column.name)


def test_a_table_is_known_by_its_columns() -> None:
    for table in TABLES:
        assert find_table(table.header) is table
        assert find_table(reversed(table.header)) is table
        assert find_table([column.name for column in table.given]) is table
        assert find_table(table.header[:-1]) is None
        assert find_table([*table.header, "mine"]) is None
        assert find_table([*table.header, table.header[0]]) is None


def test_json_in_a_cell_is_json() -> None:
    assert json.loads(written(EVENTS, whole(EVENT | {"title": 'a\x1b"'}))[0][EVENTS.header.index("title")]) == 'a\x1b"'
