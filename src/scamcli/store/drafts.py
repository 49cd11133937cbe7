"""Store the results of reading a text: the text itself, a draft for each entry, and where each draft comes from.

The records are complete and are written as they are. Neither the models nor pydantic is loaded, because that would take
longer than reading an article. Drafts are validated when they are accepted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, cast

from scamcli.ingest.proposal import Known, Metadata
from scamcli.language.vocabulary import ACTOR_KINDS, SITE_KINDS
from scamcli.records import canonical, derivations, similarity
from scamcli.records.masking import Masker, Protected
from scamcli.store import derived, draft_sources, snapshots, terms
from scamcli.store.connection import enlarge_cache
from scamcli.store.draft_sources import ReadAgain
from scamcli.store.history import StoredRecord, current
from scamcli.store.keys import OPEN_END, SEQUENCE_BITS
from scamcli.store.naming import Naming, NewNames

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.ingest.proposal import Document, Proposal, Reason
    from scamcli.records.types import EventDict
    from scamcli.store.transaction import Transaction

Record = StoredRecord

_NOTHING = Metadata()
_BATCH = 500
"""How many drafts are written at once: an archive has many thousands."""


class Twin(NamedTuple):
    """An event that seems to describe the same thing as a draft: its id, the similarity, and the reasons."""

    id: str
    score: float
    reasons: tuple[str, ...]


class Kept(NamedTuple):
    """What happened to the proposals of a text.

    Attributes:
        ids: the ids of the new drafts, in the order of the text.
        already: the number of proposals whose passage had already been read.
        same_as: by the id of a new draft, the id of an existing event that seems to be the same.
        again: what became of the entries that were read before.
    """

    ids: tuple[str, ...]
    already: int
    same_as: dict[str, str]
    again: ReadAgain = ReadAgain()


def known(connection: sqlite3.Connection) -> Known:
    """Return the names of actors and sites that a timeline knows, and the metrics that it defines."""
    forms: dict[str, dict[str, str]] = {"actor": {}, "site": {}}
    sql = (
        "SELECT name.form, term.name FROM name JOIN term ON term.id = name.term"
        " WHERE name.type = ? AND level = ? AND term.record IS NOT NULL"
    )
    for type_, met in forms.items():
        for level in (1, 0):  # aliases first, so that names overwrite them
            met.update(connection.execute(sql, [type_, level]))
    sql = (
        "SELECT name, json_extract(record, ?) AS value FROM term WHERE type = ? AND record IS NOT NULL AND value <> ''"
    )
    kinds, places = (
        dict(connection.execute(sql, [path, type_])) for path, type_ in (("$.kind", "actor"), ("$.province", "site"))
    )
    return Known(forms["actor"], forms["site"], kinds, places, terms.own_metrics(connection))


def candidates(connection: sqlite3.Connection, record: Record, among: str = "") -> Iterator[Record]:
    """Return the events whose dates are close enough to a record's that they may be the same.

    If a table is given as ``among``, only events whose ids are in it are considered.
    """
    first, last = similarity.days(record["date"])
    near, long = similarity.NEAR, similarity.LONG
    if last - first > long:
        # Two long periods must mostly overlap, so the other one begins no more days earlier than this one has.
        index, earliest = "event_long", first - (last - first)
        lasting = f"last - start > {long} AND last < {OPEN_END}"
    else:
        index, earliest = "event_brief", first - near - long
        lasting = f"CASE WHEN last >= {OPEN_END} THEN start ELSE last END - start <= {long}"
    chosen = f"EXISTS (SELECT 1 FROM {among} chosen WHERE chosen.id = event.id)" if among else "true"  # noqa: S608 - the name of a table
    # Most events nearby are not chosen, and an index is read much faster than their records.
    sql = (
        "SELECT record FROM event WHERE key IN ("  # noqa: S608 - constant text
        f"SELECT key FROM event INDEXED BY {index}"
        f" WHERE key >= ? AND key < ? AND last >= ? AND {lasting} AND {chosen})"
    )
    values = [earliest << SEQUENCE_BITS, (last + near + 1) << SEQUENCE_BITS, first - near]
    for (text,) in connection.execute(sql, values):
        yield json.loads(text)


def find_twin(connection: sqlite3.Connection, record: Record, passage: str = "", among: str = "") -> Twin | None:
    """Return the event that most likely describes the same thing as a record, preferring reviewed events to drafts.

    ``passage`` is the text that the record was read from; ``among`` is as for `candidates`.
    """
    best: tuple[float, bool, Twin] | None = None
    for other in candidates(connection, record, among):
        found = similarity.same(cast("EventDict", record), cast("EventDict", other), passage)
        if found.is_same and other["id"] != record["id"]:
            one = (found.score, other["status"] == "reviewed", Twin(other["id"], *found))
            best = one if best is None or one[:2] > best[:2] else best
    return best[2] if best else None


def keep(
    session: Transaction, document: Document, proposals: Sequence[Proposal], kinds: Mapping[str, str] | None = None,
    given: Metadata = _NOTHING,
) -> tuple[list[Record], Kept]:  # fmt: skip
    """Store a text and a draft for each of its entries, except entries that were stored before.

    Args:
        session: an open transaction.
        document: the text.
        proposals: the proposals for its entries, in order. A link to another entry has the id that is made from that
            entry's date and title, with a number if several are equal.
        kinds: the kinds of unknown actors and sites by name, as far as the text shows them.
        given: what the user says about the publication. Drafts of this text that lack it get it.

    Returns:
        The records of the new drafts, and the outcome.
    """
    keeper = _Keeper(session, document, kinds or {}, given)
    drafts, kept = keeper.make(proposals)
    keeper.write(drafts, kept.same_as)
    return [draft.record for draft in drafts], kept._replace(again=keeper.complete())


def preview(
    session: Transaction, document: Document, proposals: Sequence[Proposal], given: Metadata = _NOTHING
) -> tuple[list[Record], Kept]:
    """Return what `keep` would store for a text, without writing: the records with their ids, and the outcome."""
    session.naming = Naming(session.entities, NewNames.KEPT, session.changes)
    keeper = _Keeper(session, document, {}, given)
    drafts, kept = keeper.make(proposals)
    return [draft.record for draft in drafts], kept._replace(again=keeper.complete(dry_run=True))


class _Keeper:
    """Stores the entries of one text."""

    def __init__(self, session: Transaction, document: Document, kinds: Mapping[str, str], given: Metadata) -> None:
        self._session = session
        self._connection = session.connection
        self._document = document
        self._key = snapshots.key_of(document.text)
        self._kinds = kinds
        self._given = given
        self._outlets: set[str] = set()
        self._met: list[tuple[str, Proposal]] = []
        """The events that were read from this text before, with the proposals for their passages."""

    def make(self, proposals: Sequence[Proposal]) -> tuple[list[Proposal], Kept]:
        """Make drafts of all new proposals, and return the drafts and the outcome."""
        self._outlets = {name for proposal in proposals for name in _outlets(proposal.record)}
        drafts: list[Proposal] = []
        before, ids, new = self._before(), list[str](), set[str]()
        for proposal in proposals:
            if met := before.get(proposal.passage):
                ids.append(met.pop(0))
                self._met.append((ids[-1], proposal))
            else:
                drafts.append(self._draft(proposal, new))
                ids.append(drafts[-1].record["id"])
                new.add(ids[-1])
        proposed = derivations.make_event_ids((one.record["date"], one.record["title"]) for one in proposals)
        leads = dict(zip(proposed, ids, strict=True))
        drafts = [self._linked(draft, leads, new) for draft in drafts]
        same_as = self._twins(drafts)
        self._session.changes.added += len(drafts)
        return drafts, Kept(tuple(draft.record["id"] for draft in drafts), len(proposals) - len(drafts), same_as)

    def _before(self) -> dict[tuple[int, int], list[str]]:
        """Return the passages of this text that were read before, with the events that came from them."""
        found: dict[tuple[int, int], list[str]] = {}
        rows = self._connection.execute(
            'SELECT start, "end", event FROM origin WHERE snapshot = ? ORDER BY rowid', [self._key]
        )
        for start, end, event_id in rows.fetchall():
            if not was_undone(self._connection, event_id):
                found.setdefault((start, end), []).append(event_id)
        return found

    def _draft(self, proposal: Proposal, taken: set[str]) -> Proposal:
        """Return the proposal with local names and an id; unknown names are created."""
        known = len(self._session.changes.new)
        own = self._own_names(proposal.record)
        if len(self._session.changes.new) > known:
            self._session.forget_mask()  # an actor that was created again may be protected
        record = self._naming_protected(_renamed(proposal.record, own) | {"status": "draft"})
        record["id"] = self._session.ids.free(record, self._session.nameless_title(cast("EventDict", record)), taken)
        return proposal._replace(record=record, reasons=_with_fields(proposal.reasons, own))

    def _naming_protected(self, record: Record) -> Record:
        """Add as actors the protected people named in the text whose names share a word with the record.

        The word may be a short form of the name. If the record names the actor, the word is masked in the record and
        its id.
        """
        masker = self._session.masker()
        if masker is None:
            return record
        people = _unnamed_people(masker, record, self._document.text)
        return _with_actors(record, [self._own("actor", name, None, outlet=False) for name in people])

    def _own_names(self, record: Record) -> dict[tuple[str, str], str]:
        """Return the local names of all actors and sites that a record names."""
        own: dict[tuple[str, str], str] = {}
        for type_, name in names_in(record):
            kind = self._kinds.get(name)
            valid = kind if kind in (ACTOR_KINDS if type_ == "actor" else SITE_KINDS) else None
            own[type_, name] = self._own(type_, name, valid, outlet=name in self._outlets)
        return own

    def _own(self, type_: str, name: str, kind: str | None, *, outlet: bool) -> str:
        """Return the local name of an actor or a site, which is created if it is unknown."""
        naming = self._session.naming
        return naming.actor(name, outlet=outlet, kind=kind) if type_ == "actor" else naming.site(name, kind=kind)

    def _linked(self, draft: Proposal, leads: Mapping[str, str], new: set[str]) -> Proposal:
        """Return the draft without links that lead to no event, for example to rejected entries."""
        if not draft.record["links"]:
            return draft
        own, links = dict[tuple[str, str], str](), list[Record]()
        for link in draft.record["links"]:
            target = self._session.ids.into(leads.get(link["event"], link["event"]))
            if target != draft.record["id"] and (target in new or self._session.stored_event(target)):
                own["link", link["event"]] = target
                links.append(link | {"event": target})
        return draft._replace(record=draft.record | {"links": links}, reasons=_with_fields(draft.reasons, own))

    def _twins(self, drafts: Sequence[Proposal]) -> dict[str, str]:
        """Map the id of each draft to the existing event that seems to be the same, if there is one."""
        found = {}
        for draft in drafts:  # before any is written, so that a text is not compared with itself
            twin = find_twin(self._connection, draft.record, self._document.text[slice(*draft.passage)])
            if twin is not None:
                found[draft.record["id"]] = twin.id
        return found

    def write(self, drafts: Sequence[Proposal], same_as: Mapping[str, str]) -> None:
        """Write the drafts together with the ids of events that seem to be the same."""
        if drafts:
            snapshots.put(self._session.history, self._document, anew=not self._before())
        if len(drafts) > _BATCH:
            enlarge_cache(self._connection)
        for at in range(0, len(drafts), _BATCH):
            batch, columns = drafts[at : at + _BATCH], derived.columns()
            for draft in batch:
                record = cast("EventDict", draft.record)
                derived.add(columns, record, canonical.line(record))
            self._session.events.insert_all(columns)
            snapshots.put_origins(self._session.history, self._key, batch, same_as)

    def complete(self, *, dry_run: bool = False) -> ReadAgain:
        """Give the drafts that were here before the source that they lack."""
        if not self._met:
            return ReadAgain()
        return draft_sources.complete(self._session, self._key, self._met, self._given, dry_run=dry_run)


def name_protected(session: Transaction, actor: Record) -> None:
    """Add a protected actor to drafts whose text names the actor and whose record contains a word of the name."""
    masker = Masker([Protected(0, actor["name"], (actor["name"], *actor["aliases"]))])
    rows = session.connection.execute(
        "SELECT record, text FROM event JOIN origin ON origin.event = event.id"
        " JOIN snapshot ON sha256 = origin.snapshot WHERE draft = 1"
    ).fetchall()
    for text, packed in rows:
        record = json.loads(text)
        names = _unnamed_people(masker, record, snapshots.unpacked(packed))
        session.events.put(cast("EventDict", _with_actors(record, names)))


def was_undone(connection: sqlite3.Connection, event_id: str) -> bool:
    """Return whether an event no longer exists because its creation was undone, not because somebody removed it."""
    if current(connection, "event", event_id) is not None:
        return False
    row = connection.execute(
        "SELECT c.id, c.undoes FROM change_record r JOIN change c ON c.id = r.change"
        " WHERE r.type = 'event' AND r.name = ? ORDER BY c.id DESC LIMIT 1",
        [event_id],
    ).fetchone()
    while row is not None and row[1] is not None:
        row = connection.execute("SELECT id, undoes FROM change WHERE id = ?", [row[1]]).fetchone()
    made = "SELECT 1 FROM change_record WHERE change = ? AND type = 'event' AND name = ? AND before IS NULL"
    return row is None or connection.execute(made, [row[0], event_id]).fetchone() is not None


def _unnamed_people(masker: Masker, record: Record, text: str) -> list[str]:
    """Return the people that a text names and a record does not, although the record has a word of their names."""
    words = masker.words_of(masker.named_in(text) - masker.present(record))
    return [masker.names[number] for number in dict.fromkeys(words.people(canonical.line(record)))]


def _with_actors(record: Record, names: Sequence[str]) -> Record:
    return record | {"actors": [*record["actors"], *({"name": name, "role": "mentioned"} for name in names)]}


def _outlets(record: Record) -> list[str]:
    return [name for source in record["sources"] for name in (source["outlet"], source["via"]) if name]


def names_in(record: Record) -> list[tuple[str, str]]:
    """Return the type and name of each outlet, person and site that an event names, without repetition."""
    people = [one["name"] for one in record["actors"]] + [one["stated_by"] for one in record["figures"]]
    actors = [("actor", name) for name in (*_outlets(record), *people) if name]
    return list(dict.fromkeys([*actors, *(("site", name) for name in (*record["sites"], *record["linked_sites"]))]))


def _renamed(record: Record, own: Mapping[tuple[str, str], str]) -> Record:
    """Return a record with names replaced; names that become equal are kept once."""

    def part(one: Record, *keys: str) -> Record:
        renamed = {key: own["actor", one[key]] for key in keys if one[key]}
        return one | renamed if any(one[key] != name for key, name in renamed.items()) else one

    people = [part(one, "name") for one in record["actors"]]
    return record | {
        "actors": [one for at, one in enumerate(people) if one not in people[:at]],
        "sites": list(dict.fromkeys(own["site", name] for name in record["sites"])),
        "linked_sites": list(dict.fromkeys(own["site", name] for name in record["linked_sites"])),
        "figures": [part(one, "stated_by") for one in record["figures"]],
        "sources": [part(one, "outlet", "via") for one in record["sources"]],
    }


_TYPES = {"actors": "actor", "sources": "actor", "sites": "site", "linked_sites": "site", "links": "link"}


def _with_fields(reasons: tuple[Reason, ...], own: Mapping[tuple[str, str], str]) -> tuple[Reason, ...]:
    """Return reasons whose fields have the names that the record now uses. Those that stay the same are not copied."""
    fields = [_field(one.field, own) for one in reasons]
    pairs = zip(reasons, fields, strict=True)
    return tuple(one if one.field == field else one._replace(field=field) for one, field in pairs)


def _field(path: str, own: Mapping[tuple[str, str], str]) -> str:
    """Return the path of a field with the name that the record now uses."""
    first, dot, rest = path.partition(".")
    return first + dot + own.get((_TYPES.get(first, ""), rest), rest)
