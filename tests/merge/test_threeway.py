"""Three-way merges of records: properties that hold for all records, and tables of cases with their results."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.merge import threeway
from scamcli.merge.threeway import Conflict, Since, last_common

if TYPE_CHECKING:
    from scamcli.merge.threeway import Choose

Record = dict[str, Any]


class Merged(NamedTuple):
    """A merged record, and its conflicts."""

    record: Record
    conflicts: tuple[Conflict, ...]


def keep_ours(_: Conflict) -> bool:
    return False


def take_theirs(_: Conflict) -> bool:
    return True


def merge(  # noqa: PLR0913 - as the function that is tested
    base: Record | None,
    ours: Record,
    theirs: Record,
    choose: Choose = keep_ours,
    since: Since = Since(),  # noqa: B008 - immutable
    *,
    is_one: bool = True,
) -> Merged:
    """Merge two versions, and return the conflicts that were asked about as well."""
    conflicts: list[Conflict] = []

    def remember(conflict: Conflict) -> bool:
        conflicts.append(conflict)
        return choose(conflict)

    record = threeway.merge(base, ours, theirs, remember, since, is_one=is_one)
    return Merged(record, tuple(conflicts))


def told(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def values(merged: Merged, key: str) -> list[Any]:
    """The parts or words of a list in a merged record."""
    found = merged.record[key]
    assert isinstance(found, list)
    return found


WORDS = st.sampled_from(["a", "b", "c", "ខ្មែរ", ""])
MAYBE = st.none() | WORDS
NUMBERS = st.none() | st.integers(0, 3)
FIGURES = st.lists(
    st.fixed_dictionaries({
        "id": st.sampled_from(["total", "part", "women"]), "stated": MAYBE, "low": NUMBERS, "best": NUMBERS,
        "high": NUMBERS, "unit": MAYBE, "nationality": MAYBE, "of": st.none() | st.lists(WORDS, max_size=2),
        "split": st.none() | st.fixed_dictionaries({"by": WORDS}), "note": MAYBE, "stated_by": MAYBE,
    }),
    max_size=3,
    unique_by=lambda one: str(one["id"]),
)  # fmt: skip
SOURCES = st.lists(
    st.fixed_dictionaries({
        "outlet": st.sampled_from(["VOD", "BBC"]), "via": st.none() | st.just("CamboJA"), "url": MAYBE, "title": MAYBE,
        "author": MAYBE, "published": MAYBE, "passage": MAYBE, "archived": MAYBE, "accessed": MAYBE,
    }),
    max_size=3,
    unique_by=told,
)  # fmt: skip
PEOPLE = st.lists(
    st.fixed_dictionaries({"name": WORDS, "role": st.sampled_from(["speaker", "victim"])}), max_size=3, unique_by=told
)
EVENTS = st.fixed_dictionaries({
    "type": st.just("event"), "id": st.just("one"), "title": WORDS, "note": MAYBE,
    "tags": st.lists(WORDS, max_size=4, unique=True), "actors": PEOPLE, "figures": FIGURES, "sources": SOURCES,
})  # fmt: skip


def unordered(record: Record) -> Record:
    return {key: sorted(map(told, value)) if isinstance(value, list) else value for key, value in record.items()}


@given(EVENTS, EVENTS)
def test_what_only_we_changed_is_ours(base: Record, ours: Record) -> None:
    assert merge(base, ours, base) == Merged(ours, ())


@given(EVENTS, EVENTS)
def test_what_only_they_changed_is_theirs(base: Record, theirs: Record) -> None:
    assert merge(base, base, theirs) == Merged(theirs, ())


@given(EVENTS, EVENTS)
def test_what_both_made_of_it_alike_is_that(base: Record, both: Record) -> None:
    assert merge(base, both, both) == Merged(both, ())
    assert merge(None, both, both) == Merged(both, ())


@given(EVENTS, EVENTS, EVENTS)
def test_who_merges_makes_no_difference_where_there_is_no_conflict(base: Record, ours: Record, theirs: Record) -> None:
    here, there = merge(base, ours, theirs), merge(base, theirs, ours)
    assert len(here.conflicts) == len(there.conflicts)
    if not here.conflicts:
        assert unordered(here.record) == unordered(there.record)


@given(EVENTS, EVENTS, EVENTS)
def test_theirs_in_conflict_is_ours_the_other_way(base: Record, ours: Record, theirs: Record) -> None:
    here, there = merge(base, ours, theirs, take_theirs), merge(base, theirs, ours)
    assert unordered(here.record) == unordered(there.record)


@pytest.mark.parametrize("choose", [keep_ours, take_theirs])
@given(base=EVENTS, ours=EVENTS, theirs=EVENTS)
def test_a_second_merge_brings_nothing(choose: Choose, base: Record, ours: Record, theirs: Record) -> None:
    once = merge(base, ours, theirs, choose)
    for since in (Since([ours]), Since([ours, once.record])):
        again = merge(base, once.record, theirs, choose, since)
        assert unordered(again.record) == unordered(once.record)


NOTHING: Record = {"title": None, "note": None, "tags": [], "figures": [], "sources": [], "actors": []}


@given(st.none() | EVENTS, EVENTS, EVENTS)
def test_no_value_is_lost(base: Record | None, ours: Record, theirs: Record) -> None:
    """A new text of theirs is in the merged record or in a conflict. A new text of ours stays."""
    found, began = merge(base, ours, theirs), base or NOTHING
    for key in ("title", "note"):
        assert found.record[key] == ours[key] or ours[key] == began[key]
        assert theirs[key] in (began[key], found.record[key]) or key in [one.key for one in found.conflicts]
    assert {tag for tag in (*ours["tags"], *theirs["tags"]) if tag not in began["tags"]} <= set(values(found, "tags"))


@pytest.mark.parametrize(("key", "named"), [("figures", "id"), ("sources", "outlet"), ("actors", "name")])
@given(base=st.none() | EVENTS, ours=EVENTS, theirs=EVENTS)
def test_no_part_is_lost(key: str, named: str, base: Record | None, ours: Record, theirs: Record) -> None:
    """A new part of either side is in the merged record, or, if it is theirs, at least in a conflict."""
    found, began = merge(base, ours, theirs), (base or NOTHING)[key]
    told = [str(one.key) for one in found.conflicts]
    for part in ours[key]:
        if part not in began and part not in theirs[key]:
            assert any(_holds(one, part, began) for one in values(found, key))
    for part in theirs[key]:
        if part not in began and not any(path.startswith(f"{key}.{part[named]}") for path in told):
            assert any(_holds(one, part, began) for one in values(found, key))


def _holds(found: Record, part: Record, base: list[Record]) -> bool:
    """Return whether a part has all values of another part that are not in the base."""
    return all(
        found[key] == value or value is None or any(one[key] == value for one in base) for key, value in part.items()
    )


@given(EVENTS, EVENTS)
def test_what_is_not_one_is_not_mixed(ours: Record, theirs: Record) -> None:
    found = merge(None, ours, theirs, is_one=False)
    assert found.record == ours
    differ = {key for key in ours if ours[key] != theirs[key]}
    decided_with_figures = {"actors", "sources"} if "figures" in differ else set[str]()
    assert {one.key for one in found.conflicts} == differ - decided_with_figures
    assert merge(None, ours, theirs, take_theirs, is_one=False).record == theirs


def figure(id_: str = "total", **said: Any) -> Record:
    return {
        "id": id_, "metric": "rescues", "unit": None, "stated": None, "low": None, "best": None, "high": None,
        "nationality": None, "part_of": None, "note": None, "stated_by": None,
    } | said  # fmt: skip


def source(outlet: str = "VOD", **said: Any) -> Record:
    empty = dict.fromkeys(("title", "author", "url", "published", "passage", "archived", "accessed", "via"))
    return {"outlet": outlet} | empty | said


def link(event: str, type_: str = "follows", **said: Any) -> Record:
    return {"type": type_, "event": event, "figure": None, "note": None} | said


TABLE: dict[str, tuple[str, list[Any], list[Any], list[Any], list[Any], list[str]]] = {
    "each adds a tag, each takes one out": ("tags", ["a", "b"], ["a", "c"], ["b", "d"], ["c", "d"], []),
    "both add the same": ("tags", [], ["a"], ["a"], ["a"], []),
    "each adds a figure": (
        "figures", [figure()], [figure(), figure("ours")], [figure(), figure("theirs")],
        [figure(), figure("ours"), figure("theirs")], [],
    ),
    "each changes another key of a figure": (
        "figures", [figure(low=1)], [figure(low=1, note="n")], [figure(low=1, nationality="Thai")],
        [figure(low=1, note="n", nationality="Thai")], [],
    ),
    "each says another bound, in order": (
        "figures", [figure(low=1)], [figure(low=2)], [figure(low=1, high=9)], [figure(low=2, high=9)], [],
    ),
    "bounds that would cross are not put together": (
        "figures", [figure(low=1, high=9)], [figure(low=8, high=9)], [figure(low=1, high=7)],
        [figure(low=8, high=9)], ["figures.total"],
    ),
    "a wording is not put together with another's bounds": (
        "figures", [figure(stated="7", low=7)], [figure(stated="some 8", low=7)], [figure(stated="7", low=6)],
        [figure(stated="some 8", low=7)], ["figures.total"],
    ),
    "both change one bound": (
        "figures", [figure(low=1)], [figure(low=2)], [figure(low=3)], [figure(low=2)], ["figures.total.low"],
    ),
    "a figure that one changed and the other took out": (
        "figures", [figure(low=1)], [figure(low=2)], [], [figure(low=2)], ["figures.total"],
    ),
    "a figure that one took out": (
        "figures", [figure(), figure("b")], [figure()], [figure(), figure("b")], [figure()], [],
    ),
    "both add another figure with one id: they are not mixed": (
        "figures", [], [figure(low=30)], [figure(low=12, nationality="Thai")], [figure(low=30)],
        ["figures.total"],
    ),
    "both add one figure, of which one says more": (
        "figures", [], [figure(low=30)], [figure(low=30, nationality="Thai")], [figure(low=30, nationality="Thai")], [],
    ),
    "each learns something of a source": (
        "sources", [source()], [source(url="u")], [source(published="2023")], [source(url="u", published="2023")], [],
    ),
    "two pages of one outlet": (
        "sources", [], [source(url="u")], [source(url="v")], [source(url="u"), source(url="v")], [],
    ),
    "a source that becomes another page is another": (
        "sources", [source(url="u", title="t")], [source(url="v", title="w")],
        [source(url="u", title="t", accessed="2023")], [source(url="v", title="w")], ["sources.VOD"],
    ),
    "an address that both mend": (
        "sources", [source(url="u", title="t")], [source(url="v", title="t")], [source(url="w", title="t")],
        [source(url="v", title="t")], ["sources.VOD.url"],
    ),
    "both give somebody another role": (
        "actors", [{"name": "A", "role": "mentioned"}], [{"name": "A", "role": "speaker"}],
        [{"name": "A", "role": "victim"}], [{"name": "A", "role": "speaker"}], ["actors.A.role"],
    ),
    "each adds somebody in a role of theirs": (
        "actors", [], [{"name": "A", "role": "speaker"}], [{"name": "A", "role": "victim"}],
        [{"name": "A", "role": "speaker"}, {"name": "A", "role": "victim"}], [],
    ),
    "both change how it bears on another": (
        "links", [link("e")], [link("e", "disputes")], [link("e", "repeats")], [link("e", "disputes")],
        ["links.e.type"],
    ),
    "a point is one": (
        "places", [place := {"name": "P", "country": None, "admin1": None, "province": None, "lat": 1.0, "lon": 1.0,
                             "precision": None}],
        [place | {"lat": 2.0}], [place | {"lon": 2.0}], [place | {"lat": 2.0}], ["places.P"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_lists(case: str) -> None:
    key, base, ours, theirs, expected, conflicts = TABLE[case]
    found = merge({key: base}, {key: ours}, {key: theirs})
    assert (found.record, [one.key for one in found.conflicts]) == ({key: expected}, conflicts)


SCALARS: dict[str, tuple[Any, Any, Any, Any, list[Conflict]]] = {
    "both": ("a", "b", "c", "b", [Conflict("note", "a", "b", "c")]),
    "ours takes it out": ("a", None, "c", None, [Conflict("note", "a", None, "c")]),
    "both take it out": ("a", None, None, None, []),
}


@pytest.mark.parametrize("case", SCALARS)
def test_values(case: str) -> None:
    base, ours, theirs, expected, conflicts = SCALARS[case]
    found = merge({"note": base}, {"note": ours}, {"note": theirs})
    assert (found.record["note"], list(found.conflicts)) == (expected, conflicts)


def test_without_a_base_what_one_leaves_open_is_the_others() -> None:
    ours = {"type": "actor", "name": "A", "kind": None, "aliases": ["x"], "note": "n", "protected": False}
    theirs = {"type": "actor", "name": "B", "kind": "police", "aliases": ["y"], "note": "m", "protected": True}
    found = merge(None, ours, theirs)
    assert found.record == ours | {"kind": "police", "aliases": ["x", "y"], "protected": True}
    assert found.conflicts == (Conflict("note", None, "n", "m"),)


@pytest.mark.parametrize(("base", "ours", "theirs"), [(True, True, False), (True, False, True), (False, True, False)])
def test_protection_ends_on_neither_side_alone(base: bool, ours: bool, theirs: bool) -> None:
    assert merge({"protected": base}, {"protected": ours}, {"protected": theirs}).record == {"protected": True}


def test_what_we_had_and_gave_up_does_not_come_again() -> None:
    base, theirs = {"note": "a", "tags": []}, {"note": "b", "tags": ["x"]}
    taken = merge(base, base, theirs).record
    back = {"note": "a", "tags": []}
    assert merge(base, back, theirs, since=Since([taken])).record == back


def test_what_we_took_from_them_does_not_stay_when_they_go_on() -> None:
    base, ours, first, second = ({"note": note, "title": title} for note, title in ("aa", "at", "ba", "ca"))
    taken = merge(base, ours, first).record
    assert taken == {"note": "b", "title": "t"}
    found = merge(base, taken, second, since=Since([ours], [first]))
    assert found == Merged({"note": "c", "title": "t"}, ())


HISTORIES: list[tuple[str, str, tuple[int, int] | None]] = [
    ("a", "a", (0, 0)), ("ab", "a", (0, 0)), ("a", "ab", (0, 0)), ("ab", "ac", (0, 0)), ("abd", "acd", (2, 2)),
    ("a", "b", None), ("", "a", None), ("aba", "ab", (1, 1)), ("ab", "aba", (1, 1)), ("aba", "aba", (2, 2)),
    ("xab", "yab", (2, 2)), ("aba", "a", (2, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "where"), HISTORIES)
def test_where_histories_part(ours: str, theirs: str, where: tuple[int, int] | None) -> None:
    assert last_common(ours, theirs) == where
    assert last_common(theirs, ours) == (where and where[::-1])
