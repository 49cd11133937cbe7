"""The texts that were read: what is given out of them is masked, what is redacted is gone, and damage is found."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.timeline.draft_rows import passage_row
from tests.helpers.draft_cases import (
    FIRST,
    SECOND,
    TEXT,
    decide,
    ingest,
    proposal,
    sound,
    undo,
    waiting,
    week,
)
from tests.helpers.driver import actor, event, export, lines, ok, records, refused, run, stored, take_in
from tests.helpers.raw_search import holds
from tests.helpers.raw_search import stored as places
from tests.helpers.redaction_cases import NAME, WORDS, clean, redact

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.store.snapshots import Origin

ONE, TWO = "2024-05-02-police-freed-43-kenyans-at-the", "2024-05-05-ly-marady-denied-that-anybody-was"


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


# Protection.


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


@pytest.mark.parametrize("how", ["edited", "named"])
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


def test_a_name_that_stands_in_a_text_alone_is_redacted(db: Path) -> None:
    ingest(db)
    text = TEXT.replace("Number 77", "Quinta Brodd, 77,")
    ingest(db, [proposal(text, text.strip().split("\n\n")[2], date="2024-05-05", title="T")], text)
    assert places(db, ["quinta"]) == {"snapshot.text"}
    said = run("redact", "--yes", "Quinta Brodd", "--db", str(db))
    assert (said.code, "1 text," in said.err) == (0, True), said
    clean(db, ["quinta", "brodd"])
    refused(run("redact", "--yes", "Quinta Brodd", "--db", str(db)), 3)


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


# Damage, and copies.
