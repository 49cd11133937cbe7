"""Texts and what is proposed of them, as the reading of a text gives it: the tests of the store need no rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli import Timeline
from scamcli.ingest.proposal import Document, Grade, Metadata, Proposal, Reason, Span
from scamcli.records.models import Event
from scamcli.store import drafts, review_drafts
from scamcli.store.history import Cause
from scamcli.store.naming import NewNames
from scamcli.store.transaction import Transaction
from scamcli.store.writer import Writer
from scamcli.timeline.session import transaction
from tests.helpers.driver import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scamcli.store.drafts import Kept
    from scamcli.store.review_drafts import Draft
    from scamcli.store.snapshots import Origin

ABOUT = Metadata("The week at the border", "The Border Post", "https://border.example/week", "2024-05-07")

FIRST = "May 2, 2024\nPolice freed 43 Kenyans at the Grey Wall, Provincial Police Chief Ly Marady said."
SECOND = "May 5, 2024\nLy Marady denied that anybody was held at the Grey Wall. Number 77 was not explained."
TEXT = f"The week at the border\n\n{FIRST}\n\n{SECOND}\n"


KINDS = {"Ly Marady": "person", "Grey Wall": "compound"}


def span(text: str, words: str) -> Span:
    """Return the span of some words in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def proposal(
    text: str, passage: str, reasons: Mapping[str, str] | None = None, unread: str = "", **said: Any
) -> Proposal:
    """A draft of a passage.

    Args:
        text: the whole text.
        passage: of it.
        reasons: of fields: the words that say so.
        unread: a number that is in no figure.
        said: the record.
    """
    record = Event.model_validate({"status": "draft", "kind": "report", "title": passage.split("\n")[-1][:60], **said})
    told = tuple(Reason(field, span(text, words), "a rule", Grade.LIKELY) for field, words in (reasons or {}).items())
    return Proposal(record.model_dump(), span(text, passage), told, (span(text, unread),) if unread else ())


def week() -> list[Proposal]:
    """What is proposed of the text."""
    source = {"outlet": "The Border Post", "url": ABOUT.url, "published": "2024-05-07"}
    return [
        proposal(
            TEXT, FIRST, {"date": "May 2, 2024", "figures.rescues": "43 Kenyans", "actors.Ly Marady": "Ly Marady"},
            date="2024-05-02", kind="rescue", nationalities=["Kenyan"], sites=["Grey Wall"],
            actors=[{"name": "Ly Marady", "role": "speaker"}], sources=[source | {"passage": FIRST}],
            figures=[{"id": "rescues", "metric": "rescues", "stated": "43", "low": 43, "best": 43, "high": 43,
                      "count": "aggregate", "nationality": "Kenyan", "stated_by": "Ly Marady"}],
        ),
        proposal(
            TEXT, SECOND, {"date": "May 5, 2024", "kind": "denied"}, unread="77", date="2024-05-05", kind="denial",
            sites=["Grey Wall"], actors=[{"name": "Ly Marady", "role": "denies"}],
            sources=[source | {"passage": SECOND}],
            links=[{"type": "disputes", "event": "2024-05-02-police-freed-43-kenyans-at-the"}],
        ),
    ]  # fmt: skip


def ingest(
    db: Path,
    proposals: list[Proposal] | None = None,
    text: str = TEXT,
    about: Metadata = ABOUT,
    kinds: Mapping[str, str] = KINDS,
) -> Kept:
    """Store the proposals from a text."""
    with transaction(db, Transaction, NewNames.TAKEN, Cause("ingest", by="reader"), create=True) as session:
        return drafts.keep(session, Document(text, about), week() if proposals is None else proposals, kinds)[1]


def decide(db: Path, what: str, *ids: str) -> list[str]:
    """Accept, reject or merge in one change. Return the warnings."""
    with transaction(db, Writer, NewNames.TAKEN, Cause("review", by="reviewer")) as writer:
        if what == "merge":
            review_drafts.merge(writer, *ids)
        for id_ in ids if what != "merge" else ():
            {"accept": review_drafts.accept, "reject": review_drafts.reject}[what](writer, id_)
    return writer.changes.warnings


def waiting(db: Path, *, shown: bool = True) -> list[Draft]:
    """The drafts that wait for a review."""
    with Timeline(db, include_protected=shown) as timeline:
        return list(timeline.pending())


def origins(db: Path, id_: str, *, shown: bool = True) -> list[Origin]:
    """Where an event comes from."""
    with Timeline(db, include_protected=shown) as timeline:
        return timeline.origins(id_)


def undo(db: Path, number: int | None = None) -> None:
    """Undo a change by the real command; by default the last one."""
    with Timeline(db) as timeline:
        last = next(timeline.log())["change"]
    answer = run("undo", str(number or last), "--reason", "a test", "--db", str(db))
    assert answer.code == 0, answer


def sound(db: Path) -> None:
    """The file is whole."""
    with Timeline(db) as timeline:
        assert list(timeline.verify()) == []
