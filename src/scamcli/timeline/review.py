"""The methods of ``Timeline`` that read drafts, and accept, reject or merge them."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from scamcli.errors import ChangedError, NotFoundError, WrongUsageError
from scamcli.language import dates
from scamcli.query import resolve
from scamcli.records import canonical
from scamcli.store.naming import NewNames
from scamcli.timeline.results import Decided
from scamcli.timeline.session import Session, event_id, notes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Unpack

    from scamcli.store.history import ChangeInfo
    from scamcli.store.review_drafts import Draft
    from scamcli.store.writer import Writer


class Review(Session):
    """Methods that read drafts, and accept, reject or merge them.

    A draft is chosen by its id or the beginning of its id. ``expect`` is the digest of the draft that was read: if the
    draft has changed since, the decision is refused. ``force``, ``new_actor``, ``author`` and ``reason`` are as in
    ``add``.
    """

    def pending(self) -> Iterator[Draft]:
        """Yield the drafts that nobody has reviewed, text by text, each with the passage it comes from."""
        from scamcli.store import review_drafts

        with self._asking():
            yield from review_drafts.pending(self._connection, self._masker)

    def draft(self, id_: str) -> Draft | None:
        """Return a draft as it is now, or ``None`` if it is no longer a draft.

        Its ``same_as`` is the event that seemed to report the same incident when the text was read.
        """
        from scamcli.store.review_drafts import Draft
        from scamcli.store.snapshots import Reader

        with self._asking():
            try:
                found = resolve.event_id(self._connection, id_, self._masker)
            except NotFoundError:
                return None
            (text,) = self._connection.execute("SELECT record FROM event WHERE id = ?", [found]).fetchone()
            record = json.loads(text)
            origin = Reader(self._connection, self._masker).origin(found)
        if record["status"] != "draft":
            return None
        masked = self._masker.record(record) if self._masker else record
        return Draft(masked, origin, canonical.digest(text), origin.same_as if origin else None)

    def same_days(self, draft: Draft, limit: int = 5) -> list[str]:
        """Return the ids of the newest reviewed events on the days of a draft, which may report the same incident."""
        from scamcli.query import search
        from scamcli.query.filters import Query
        from scamcli.query.search import Page

        days = dates.parse_date(draft.record["date"])
        first = dates.iso(days.start or 0)  # every event has a first day
        asked = Query(from_=(first,), to=(dates.iso(days.end) if days.end is not None else first,))
        with self._asking():
            hits = search.hits(self._connection, self.compiled(asked), Page(limit=limit), self._masker)
            return [hit["id"] for hit in islice(hits, limit)]

    def accept(
        self, ids: str | Iterable[str], record: Mapping[str, object] | None = None, *,
        links: Sequence[Mapping[str, object]] = (), expect: str | None = None,
        force: bool = False, new_actor: bool = False, **info: Unpack[ChangeInfo],
    ) -> Decided:  # fmt: skip
        """Accept drafts, so that they count: all of them or none.

        Args:
            ids: ids of one or more drafts.
            record: changes to make first; only for a single draft.
            links: links to add, such as ``{"type": "distinct", "event": "2023-07-01-raid"}``; only for a single draft.
            expect: digest of the draft that was read; only for a single draft.

        Raises:
            NotFoundError: there is no such draft.
            ChangedError: somebody else has changed it or decided on it.
            DataError: it is not a draft, is not valid, or has faults.
            WrongUsageError: there are links for several drafts.
        """
        named = [ids] if isinstance(ids, str) else list(ids)
        if links and len(named) > 1:
            raise WrongUsageError("Only one draft at a time can repeat or update another event or be distinct from it.")

        def accept(writer: Writer, id_: str) -> list[str]:
            # The user has read the draft and seen which event it resembles, or said how the two relate.
            notes = [] if expect is not None or links else _resemblance(writer, id_)
            return [*_accept(writer, id_, record, links, force=force), *notes]

        policy = NewNames.TAKEN if new_actor else NewNames.CAREFUL
        return self._decide(named, accept, policy, expect=expect, **info)

    def reject(self, ids: str | Iterable[str], *, expect: str | None = None, **info: Unpack[ChangeInfo]) -> Decided:
        """Reject drafts: remove them, so that the same text does not propose them again. All of them or none."""
        from scamcli.store import review_drafts

        return self._decide(ids, review_drafts.reject, expect=expect, **info)

    def merge_draft(self, id_: str, into: str, *, expect: str | None = None, **info: Unpack[ChangeInfo]) -> Decided:
        """Merge a draft into an event that reports the same incident.

        The event receives the draft's sources, its passage and the figures that it lacks, and the draft's id leads to
        the event.

        Raises:
            NotFoundError: there is no such draft or event.
            ChangedError: somebody else has changed the draft or decided on it.
            DataError: it is not a draft, or gives different numbers of the same people as the event.
        """
        from scamcli.store import review_drafts

        def merge(writer: Writer, draft_id: str) -> None:
            review_drafts.merge(writer, draft_id, event_id(writer, into))

        return self._decide(id_, merge, expect=expect, **info)

    def split_draft(
        self, id_: str, *, actors: Sequence[str] = (), figures: Sequence[str] = (), title: str | None = None,
        expect: str | None = None, **info: Unpack[ChangeInfo],
    ) -> Decided:  # fmt: skip
        """Move actors and figures of a draft to a new draft, because its passage tells of two events.

        Both drafts keep the passage, the reasons, the date, the places and the sources. A figure takes its parts along.

        Args:
            id_: the id of the draft.
            actors: names of actors to move.
            figures: ids of figures to move.
            title: title of the new draft; by default the same.
            expect: digest of the draft that was read.

        Returns:
            The ids of both drafts, the new one last.

        Raises:
            NotFoundError: there is no such draft, actor or figure.
            ChangedError: somebody else has changed it or decided on it.
            DataError: it is not a draft, or the title is not valid.
            WrongUsageError: nothing would be moved, nothing would stay, or a part would lose its whole.
        """
        from scamcli.store import draft_split

        new = list[str]()

        def divide(writer: Writer, draft_id: str) -> None:
            new.append(self._result_name(writer, draft_split.split(writer, draft_id, actors, figures, title)))

        decided = self._decide(id_, divide, expect=expect, **info)
        return decided._replace(ids=(*decided.ids, *new))

    def _decide(
        self, ids: str | Iterable[str], decide: Callable[[Writer, str], list[str] | None],
        policy: NewNames = NewNames.TAKEN, *, expect: str | None, **info: Unpack[ChangeInfo],
    ) -> Decided:  # fmt: skip
        named = [ids] if isinstance(ids, str) else list(ids)
        with self._writing("review", new_names=policy, **info) as writer:
            if expect is not None:
                found = [_require_undecided(writer, id_, expect) for id_ in named]
            else:
                found = list(dict.fromkeys(event_id(writer, id_) for id_ in named))
            shown = tuple(self._result_name(writer, id_) for id_ in found)  # while the drafts still exist
            notes = [note for id_ in found for note in decide(writer, id_) or ()]
        notes += notes_of(writer, event=shown[0] if len(shown) == 1 else "")
        return Decided(shown, writer.history.number, tuple(notes))


def _accept(
    writer: Writer, id_: str, record: Mapping[str, object] | None, links: Sequence[Mapping[str, object]], *, force: bool
) -> list[str]:
    from scamcli.records.models import Event
    from scamcli.store import review_drafts
    from scamcli.timeline import record_changes, soundness, suspicions

    if links:
        stored: dict[str, list[object]] = json.loads(writer.stored_event(id_) or "{}")
        present = (record or stored).get("links")
        record = {**(record or stored), "links": [*(present if isinstance(present, list) else stored["links"]), *links]}
    left: list[str] = []
    if record is None:
        event = Event.model_validate(review_drafts.accept(writer, id_))
    else:
        before = review_drafts.require_draft(writer, id_)
        changed = soundness.with_whole_ids(writer, record) | {"status": "reviewed"}
        event = writer.replace_event(id_, record_changes.with_counts(writer, id_, changed))
        left = soundness.left_in_id(writer, before["title"], event)
    notes = soundness.require_sound(writer, event, force=force) + soundness.doubts(writer, event)
    return notes + left + suspicions.of_event(writer, event)


def _resemblance(writer: Writer, id_: str) -> list[str]:
    """Return a notice if another event seems to report the same incident as a draft."""
    from scamcli.store import review_drafts
    from scamcli.store.snapshots import Reader

    origin = Reader(writer.connection, None).origin(id_)
    stored = writer.stored_event(id_)
    same_as = (
        origin.same_as if origin else review_drafts.twin(writer.connection, json.loads(stored)) if stored else None
    )
    try:
        found = resolve.event_id(writer.connection, same_as) if same_as else id_
    except NotFoundError:
        return []
    draft, event = writer.shown(id_), writer.shown(found)
    hint = f"Merge them with `scamcli remove {draft} --same-as {event}`."
    return [] if found == id_ else [f"{draft} seems to report the same as {event}. {hint}"]


def _require_undecided(writer: Writer, id_: str, digest: str) -> str:
    """Return the whole id of a draft, and require that the draft has not changed since it was read."""
    try:
        found = event_id(writer, id_)
    except NotFoundError:
        found = ""
    stored = writer.stored_event(found)
    if stored is None or json.loads(stored)["status"] != "draft":
        raise ChangedError("Somebody else has decided on this draft in the meantime.", "Nothing was written.")
    if canonical.digest(stored) != digest:
        raise ChangedError("The draft has changed since it was shown.", "Nothing was written. Look at it again.")
    return found
