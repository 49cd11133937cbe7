"""The texts that were read: what is given out of them is masked, what is redacted is gone, and damage is found."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.ingest.proposal import Document, Grade, Metadata, Span
from scamcli.records import limits
from scamcli.store import snapshots
from scamcli.store.history import Cause, History
from scamcli.timeline.draft_rows import passage_row
from tests.helpers.draft_cases import (
    ABOUT,
    FIRST,
    SECOND,
    TEXT,
    decide,
    ingest,
    origins,
    proposal,
    sound,
    span,
    undo,
    waiting,
    week,
)
from tests.helpers.driver import actor, event, export, lines, ok, records, refused, run, stored, take_in
from tests.helpers.raw_search import holds
from tests.helpers.raw_search import stored as places
from tests.helpers.redaction_cases import NAME, READ, WORDS, clean, redact

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.store.snapshots import Origin

ONE, TWO = "2024-05-02-police-freed-43-kenyans-at-the", "2024-05-05-ly-marady-denied-that-anybody-was"
DRAFTS = ["2023-07-01-zovanny-is-freed", "2023-07-02-the-guards", "2023-07-04-nobody"]


def texts(db: Path) -> dict[str, str]:
    """The texts that are kept, by their keys."""
    with closing(sqlite3.connect(db)) as connection:
        rows = connection.execute("SELECT sha256, text FROM snapshot").fetchall()
    return {key: zlib.decompress(text).decode() for key, text in rows}


def change(db: Path, sql: str, *values: object) -> None:
    """Change the file as another program would."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute(sql, values)
        connection.commit()


def problems(db: Path) -> list[str]:
    with Timeline(db) as timeline:
        return [str(found["part"]) for found in timeline.verify()]


def printed(origin: Origin) -> dict[str, Any]:
    """All that is given out of where an event comes from, except for the rest of the text."""
    return passage_row(origin) | {"event": origin.event, "same_as": origin.same_as, "at": origin.snapshot.at}


def told(db: Path, *, shown: bool) -> str:
    """All that is given out of drafts and of where events come from."""
    with Timeline(db, include_protected=shown) as timeline:
        drafts = [[draft.record, draft.origin and printed(draft.origin)] for draft in timeline.pending()]
        rest = [draft.origin.snapshot for draft in timeline.pending() if draft.origin]
    return json.dumps([drafts, rest], ensure_ascii=False)


# Reading.


def test_a_text_is_small_as_it_is_kept(db: Path) -> None:
    text = TEXT * 100
    ingest(db, [proposal(text, FIRST, date="2024-05-02")], text)
    with closing(sqlite3.connect(db)) as connection:
        (size,) = connection.execute("SELECT length(text) FROM snapshot").fetchone()
    assert size < len(text) / 20


def test_a_row_has_the_words_of_each_reason(db: Path) -> None:
    ingest(db)
    (origin,) = origins(db, ONE)
    row = printed(origin)
    start = TEXT.index(FIRST)
    assert (row["start"], row["end"], row["passage"]) == (start, start + len(FIRST), FIRST)
    assert (row["outlet"], row["url"], row["published"]) == (ABOUT.outlet, ABOUT.url, ABOUT.published)
    assert row["spans"][1] == {
        "field": "figures.rescues", **span(TEXT, "43 Kenyans")._asdict(), "words": "43 Kenyans", "rule": "a rule",
        "grade": Grade.LIKELY, "reader": None,
    }  # fmt: skip
    assert texts(db)[row["snapshot"]] == TEXT


def test_an_event_without_a_text_has_no_origin(db: Path) -> None:
    ingest(db)
    assert origins(db, "2023-01-02-first") == []
    take_in(db, event("typed", "2022-01-01", status="draft"))
    assert [(one.record["id"], one.origin is None) for one in waiting(db)] == [
        (ONE, False),
        (TWO, False),
        ("typed", True),
    ]


def test_texts_stand_one_after_the_other(db: Path) -> None:
    other = "A later text\n\nMay 1, 2024\nA raid."
    ingest(db)
    ingest(db, [proposal(other, "May 1, 2024\nA raid.", date="2024-05-01")], other)
    assert [draft.record["date"] for draft in waiting(db)] == ["2024-05-02", "2024-05-05", "2024-05-01"]


def test_a_text_is_read_by_its_key(db: Path) -> None:
    ingest(db)
    (key,) = texts(db)
    with closing(sqlite3.connect(db)) as connection:
        found = snapshots.read(connection, key)
        assert found is not None
        assert (found.text, found.about) == (TEXT, ABOUT)
        assert snapshots.read(connection, "0" * 64) is None
        assert snapshots.put(History(connection, Cause("ingest")), Document(TEXT, Metadata())) == key


# Protection.


def test_it_is_all_there_for_who_may_see_it(whole: Path) -> None:
    assert [word for word in WORDS if word in READ.casefold() and not holds(told(whole, shown=True), [word])] == []


def test_no_word_of_a_protected_name_is_given_out(db: Path, kept: Path) -> None:
    if not any(one.get("protected") for one in records(kept)):
        return
    assert not holds(told(kept, shown=False), WORDS)
    assert "[protected-" in told(kept, shown=False)


def test_each_place_is_of_the_text_that_is_given(kept: Path) -> None:
    """A place tells nothing of how long a name is: it counts in the masked text."""
    protected = any(one.get("protected") for one in records(kept))
    for draft, plain in zip(waiting(kept, shown=False), waiting(kept), strict=True):
        assert draft.origin is not None
        assert plain.origin is not None
        text = draft.origin.snapshot.text
        assert draft.origin.text == text[draft.origin.passage.start : draft.origin.passage.end]
        assert draft.origin.text.startswith("July ")
        assert (draft.origin.text[-1], text[draft.origin.passage.end]) == (".", "\n")
        for one, other in zip(draft.origin.reasons, plain.origin.reasons, strict=True):
            words = plain.origin.words(other.span)
            masked = protected and any(word in words.casefold() for word in WORDS)
            assert (draft.origin.words(one.span) == words) is not masked
    first = waiting(kept, shown=False)[0].origin
    assert first is not None
    assert [first.words(one) for one in first.unread] == ["9 weeks"]
    (field,) = [one.field for one in first.reasons if one.field.startswith("actors.")]
    assert field.startswith("actors.[protected-") is protected
    assert [first.words(one.span) for one in first.reasons if one.field == field] == [field.removeprefix("actors.")]


def test_who_is_protected_later_is_withheld_in_what_was_read_before(db: Path) -> None:
    ingest(db)
    assert "Marady" in origins(db, TWO, shown=False)[0].text
    ok("edit", "Ly Marady", "-", "--db", str(db), stdin='{"type": "actor", "protected": true}')
    for origin in (*origins(db, ONE, shown=False), *origins(db, TWO, shown=False)):
        assert "Marady" not in json.dumps(printed(origin)) + origin.snapshot.text


def test_an_id_is_made_of_a_title_without_protected_names(db: Path) -> None:
    take_in(db, actor("Ly Marady", protected=True))
    first, second = ingest(db).ids
    assert (first, "marady" in second) == (ONE, False)
    assert "Marady" not in told(db, shown=False)


def test_one_who_was_protected_and_removed_is_protected_again(db: Path) -> None:
    take_in(db, actor("Ly Marady", protected=True))
    ok("remove", "--actor", "Ly Marady", "--include-protected", "--db", str(db))
    ingest(db)
    assert "Marady" not in told(db, shown=False)
    assert next(one for one in records(db) if one.get("name") == "Ly Marady")["protected"]


SHORT = "Sok Mealea escaped.\n\nMay 5, 2024\nMealea told of 30 others.\n\nMay 6, 2024\nA raid in Koh Kong.\n"


def short(db: Path) -> tuple[str, ...]:
    """A text that names somebody once, and then by one word, in an entry of which she is no actor."""
    second, third = SHORT.strip().split("\n\n")[1:]
    source = [{"outlet": "The Border Post", "passage": second}]
    drafts = [
        proposal(SHORT, second, {"title": "Mealea"}, date="2024-05-05", title="Mealea told of others", sources=source),
        proposal(SHORT, third, date="2024-05-06", title="A raid in Koh Kong"),
    ]
    return ingest(db, drafts, SHORT).ids


def test_who_is_protected_is_withheld_by_one_word_too(db: Path) -> None:
    take_in(db, actor("Sok Mealea", protected=True), actor("Koh Kong Dara", protected=True))
    first, second = short(db)
    assert "mealea" not in first
    assert stored(db, first)["actors"] == [{"name": "Sok Mealea", "role": "mentioned"}]
    assert stored(db, second)["actors"] == [], "the text names nobody else"
    shown = (
        told(db, shown=False) + ok("search", "--drafts", "--json", "--db", str(db)) + ok("show", first, "--db", str(db))
    )
    assert not holds(shown, ["mealea"])
    assert "Koh Kong" in shown


@pytest.mark.parametrize("how", ["added", "edited", "named"])
def test_who_is_protected_later_is_withheld_by_one_word_too(db: Path, how: str) -> None:
    """In the title and the id of a draft, as in the text, and still when it was accepted."""
    if how == "edited":
        take_in(db, actor("Sok Mealea"))
    first, second = short(db)
    before = export(db)
    if how == "edited":
        ok("edit", "Sok Mealea", "-", "--db", str(db), stdin='{"type": "actor", "protected": true}')
    elif how == "added":
        ok("add", "-", "--db", str(db), stdin=lines([actor("Sok Mealea", protected=True)]))
    else:
        take_in(db, actor("S. M.", protected=True))
        ok("names", "alias", "S. M.", "Sok Mealea", "--db", str(db))
    assert [len(stored(db, id_)["actors"]) for id_ in (first, second)] == [1, 0]
    sound(db)
    drafts = ok("review", "--json", "--db", str(db)) + told(db, shown=False)
    decide(db, "accept", first)
    accepted = ok("search", "--json", "--db", str(db)) + ok("show", first, "--db", str(db))
    assert not holds(drafts + accepted, ["mealea"])
    with Timeline(db) as timeline:
        since = [one["change"] for one in timeline.log()]
    for number in since[: 3 if how == "named" else 2]:
        undo(db, number)
    assert export(db) == before
    sound(db)


def test_who_is_redacted_goes_by_one_word_too(db: Path) -> None:
    first, _ = short(db)
    assert "mealea" in first
    decide(db, "accept", first)
    redact(db, "Sok Mealea")
    clean(db, ["mealea"])
    assert "others" in next(one for one in records(db) if one.get("date") == "2024-05-05")["title"]


def test_the_sql_views_show_no_text(db: Path) -> None:
    ingest(db)
    for table in ("snapshot", "origin"):
        refused(run("sql", f"SELECT * FROM {table}", "--db", str(db)), 2)


# Redaction: that no byte of a name is left, `test_redact` shows; here what is left.


def test_places_are_still_those_of_the_words(kept: Path) -> None:
    before = {draft.record["id"]: draft.origin for draft in waiting(kept)}
    placeholder = redact(kept, NAME)
    after = {draft.record["id"]: draft.origin for draft in waiting(kept)}
    assert len(after) == len(before) == 3
    first = next(one for id_, one in after.items() if id_.startswith("2023-07-01"))
    assert first is not None
    assert first.text.startswith(f"July 1, 2023: {placeholder}, 41, was freed")
    assert [first.words(one.span) for one in first.reasons] == ["July 1, 2023", placeholder, f"{placeholder}, 41, was"]
    assert first.reasons[1].field == f"actors.{placeholder}"
    assert [first.words(one) for one in first.unread] == ["9 weeks"]
    last = after["2023-07-04-nobody"]
    assert last is not None
    assert (last.text, [last.words(one.span) for one in last.reasons]) == (
        "July 4, 2023: A raid, and nobody was found.", ["A raid", "July 4, 2023"],
    )  # fmt: skip


def test_a_text_that_was_redacted_has_a_key_of_its_own(kept: Path) -> None:
    (old,) = texts(kept)
    redact(kept, NAME)
    (new,) = texts(kept)
    assert new != old
    assert new == snapshots.key_of(texts(kept)[new])
    assert {draft.origin.snapshot.sha256 for draft in waiting(kept) if draft.origin} == {new}


def test_a_name_that_stands_in_a_text_alone_is_redacted(db: Path) -> None:
    ingest(db)
    text = TEXT.replace("Number 77", "Quinta Brodd, 77,")
    ingest(db, [proposal(text, text.strip().split("\n\n")[2], date="2024-05-05", title="T")], text)
    assert places(db, ["quinta"]) == {"snapshot.text"}
    said = run("redact", "--yes", "Quinta Brodd", "--db", str(db))
    assert (said.code, "1 text," in said.err) == (0, True), said
    clean(db, ["quinta", "brodd"])
    refused(run("redact", "--yes", "Quinta Brodd", "--db", str(db)), 3)


def test_two_texts_that_become_one_are_one(db: Path) -> None:
    text = "May 5, 2024\nQuinta Brodd spoke."
    for one, title in ((text, "One"), (text.replace("Quinta Brodd", "QUINTA BRODD"), "Two")):
        ingest(db, [proposal(one, one, {"kind": "spoke"}, date="2024-05-05", title=title)], one)
    assert len(texts(db)) == 2
    redact(db, "Quinta Brodd")
    assert len(texts(db)) == 1
    drafts = [draft for draft in waiting(db) if draft.origin]
    assert [draft.record["title"] for draft in drafts] == ["One", "Two"]
    assert [draft.origin.words(draft.origin.reasons[0].span) for draft in drafts if draft.origin] == ["spoke", "spoke"]
    clean(db, ["quinta", "brodd"])


def test_what_an_event_was_read_from_goes_with_it(db: Path) -> None:
    ingest(db)
    placeholder = redact(db, ONE)
    (text,) = texts(db).values()
    assert text == TEXT.replace(FIRST, f"[{placeholder}]")
    (draft,) = waiting(db)
    assert draft.origin is not None
    assert (draft.origin.text, draft.origin.words(draft.origin.unread[0])) == (SECOND, "77")
    assert draft.record["links"] == []
    clean(db, ["43 kenyans"])


def test_an_event_that_was_offered_is_named_no_more(db: Path) -> None:
    told = {"figures": [{"metric": "rescues", "stated": "43"}], "sites": ["Grey Wall"], "kind": "rescue", "title": "T"}
    take_in(db, event("kenyans-freed", "2024-05-02") | told)
    assert ingest(db).same_as == {ONE: "kenyans-freed"}
    redact(db, "kenyans-freed")
    assert origins(db, ONE)[0].same_as is None
    clean(db, ["kenyans-freed"])


def test_what_was_merged_into_an_event_goes_with_it(db: Path) -> None:
    """Over two steps: what the last one tells, each of them was read from."""
    third = "May 6, 2024\nZimmerfrau told it once more."
    text = f"{TEXT}\n{third}\n"
    drafts = [*week(), proposal(text, third, date="2024-05-06", title="Zimmerfrau")]
    ingest(db, drafts, text)
    take_in(db, event("other", "2024-05-09", note=f"see {TWO}", links=[{"type": "follows", "event": TWO}]))
    decide(db, "merge", "2024-05-06-zimmerfrau", TWO)
    decide(db, "merge", TWO, ONE)
    decide(db, "accept", ONE)
    words = ["immerfrau", "43 kenyans", "not explained", ONE, TWO]
    assert {"snapshot.text", "change_record.before", "origin.event"} <= places(db, words)
    placeholder = redact(db, ONE)
    assert places(db, words) == set()
    left = "\n\n".join(["The week at the border", *[f"[{placeholder}]"] * 3])
    assert list(texts(db).values()) == [f"{left}\n"]
    assert (waiting(db), stored(db, "other")["links"]) == ([], [])
    for number in range(1, 8):
        run("undo", str(number), "--db", str(db))
    assert places(db, words) == set()
    clean(db, words)


def test_what_was_merged_and_is_there_again_stays(db: Path) -> None:
    ingest(db)
    decide(db, "merge", TWO, ONE)
    undo(db)
    redact(db, ONE)
    assert [draft.origin and draft.origin.text for draft in waiting(db)] == [SECOND]
    sound(db)


@pytest.mark.parametrize(("steps", "shown"), [
    ([], "kenyans"),
    ([("reject", "kenyans")], None),
    ([("merge", "kenyans", "2023-01-02-first")], "2023-01-02-first"),
    ([("merge", "kenyans", ONE)], None),
    ([("merge", "kenyans", "2023-01-02-first"), None], "kenyans"),
])  # fmt: skip
def test_an_event_that_was_offered_is_one_that_is_there(
    db: Path, steps: list[tuple[str, ...] | None], shown: str | None
) -> None:
    told = {"figures": [{"metric": "rescues", "stated": "43"}], "sites": ["Grey Wall"], "kind": "rescue", "title": "T"}
    take_in(db, event("kenyans", "2024-05-02", status="draft") | told)
    assert ingest(db).same_as == {ONE: "kenyans"}
    for step in steps:
        if step is None:
            undo(db)
        else:
            decide(db, *step)
    assert [one.same_as for one in origins(db, ONE) if one.event == ONE] == [shown]


def test_no_undo_brings_a_text_back(kept: Path) -> None:
    redact(kept, NAME)
    with Timeline(kept) as timeline:
        numbers = [one["change"] for one in timeline.log()]
    for number in numbers:
        run("undo", str(number), "--db", str(kept))
    clean(kept)


# Damage, and copies.


def test_a_text_that_was_changed_is_found(db: Path) -> None:
    ingest(db)
    assert problems(db) == []
    change(db, "UPDATE snapshot SET text = ?", zlib.compress(TEXT.replace("43", "44").encode()))
    assert problems(db) == ["snapshot"]
    change(db, "UPDATE snapshot SET text = ?", b"no text")
    assert problems(db) == ["snapshot"]
    assert run("info", "--verify", "--db", str(db)).code == 5


@pytest.mark.parametrize(
    ("sql", "differing"),
    [
        ('UPDATE origin SET "end" = 9999 WHERE start < 30', [ONE]),
        ('UPDATE origin SET start = "end" + 1 WHERE start < 30', [ONE]),
        ("UPDATE origin SET unread = '[[0, 99999]]' WHERE start < 30", [ONE]),
        ("UPDATE origin SET reasons = '[{}]' WHERE start < 30", [ONE]),
        ("UPDATE origin SET reasons = 'none' WHERE start < 30", [ONE]),
        ("UPDATE origin SET event = 'nobody' WHERE start < 30", ["nobody", ONE]),
    ],
)
def test_an_origin_that_cannot_be_is_found(db: Path, sql: str, differing: list[str]) -> None:
    """Once by what it is, which cannot be, and once by its seal; one that was moved differs in both places."""
    ingest(db)
    change(db, sql)
    with Timeline(db) as timeline:
        found = list(timeline.verify())
    assert [one["part"] for one in found] == ["origin"] * (1 + len(differing))
    assert sorted(str(one["record"]) for one in found[1:]) == sorted(differing), found
    assert len({one["reason"] for one in found[:2]}) == 2, found


def test_a_text_that_is_gone_is_found(db: Path) -> None:
    """By what refers to it, and by its seal."""
    ingest(db)
    change(db, "DELETE FROM snapshot")
    found = problems(db)
    assert set(found) == {"reference", "snapshot"}
    assert found.count("snapshot") == 1


def test_a_damaged_text_ends_a_review_in_plain_words(db: Path) -> None:
    ingest(db)
    change(db, "UPDATE snapshot SET text = x'00'")
    refused(run("review", "--json", "--db", str(db)), 5, "damaged")


def test_a_text_longer_than_any_that_is_read_is_damaged(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 4 * limits.value("text") <= snapshots.MOST
    ingest(db)
    monkeypatch.setattr(snapshots, "MOST", 5_000)
    change(db, "UPDATE snapshot SET text = ?", zlib.compress(b"a" * 5_000))
    assert {len(origin.snapshot.text) for origin in origins(db, ONE)} == {5_000}
    change(db, "UPDATE snapshot SET text = ?", zlib.compress(b"a" * 5_001))
    assert problems(db) == ["snapshot"]
    refused(run("review", "--json", "--db", str(db)), 5, "damaged")


def test_a_text_that_is_cut_off_is_damaged(db: Path) -> None:
    ingest(db)
    change(db, "UPDATE snapshot SET text = substr(text, 1, length(text) - 4)")
    assert problems(db) == ["snapshot"]


def test_a_copy_has_texts_and_drafts(db: Path, tmp_path: Path) -> None:
    ingest(db)
    decide(db, "reject", TWO)
    copy = tmp_path / "copy.db"
    ok("backup", str(copy), "--db", str(db))
    assert export(copy) == export(db)
    assert texts(copy) == texts(db)
    assert [draft.origin for draft in waiting(copy)] == [draft.origin for draft in waiting(db)]
    sound(copy)
    undo(copy)
    assert [draft.record["id"] for draft in waiting(copy)] == [ONE, TWO]


def test_how_many_there_are_is_told(db: Path) -> None:
    ingest(db)
    row = json.loads(ok("info", "--json", "--db", str(db)))
    assert (row["events"], row["drafts"], row["snapshots"]) == (2, 2, 1)


def test_an_undone_change_keeps_the_text_for_the_undo_of_the_undo(db: Path) -> None:
    ingest(db)
    undo(db)
    assert (waiting(db), len(texts(db))) == ([], 1)
    sound(db)
    undo(db)
    assert [draft.origin.text for draft in waiting(db) if draft.origin] == [FIRST, SECOND]
    assert stored(db, ONE)["status"] == "draft"
    assert origins(db, TWO)[0].passage == Span(TEXT.index(SECOND), TEXT.index(SECOND) + len(SECOND))
