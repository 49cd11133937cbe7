"""Keeping what was read out of a text: the text itself, a draft for each of its entries, and where each comes from.

The records are whole as they come, and are written as they are; neither the models nor pydantic is loaded, which
would take longer than to read an article. Whoever accepts a draft has it validated.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from scamcli.ingest.proposal import Known
from scamcli.language.vocabulary import ACTOR_KINDS, SITE_KINDS
from scamcli.records import canonical, similarity, slugs
from scamcli.records.masking import Masker, Protected
from scamcli.store import snapshots, terms
from scamcli.store.history import current
from scamcli.store.keys import OPEN_END, SEQUENCE_BITS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.ingest.proposal import Document, Proposal
    from scamcli.records.types import EventDict
    from scamcli.store.transaction import Transaction

Record = dict[str, Any]


class Told(NamedTuple):
    """An event that seems to tell what a draft does: its id, how like they are, and why."""

    id: str
    score: float
    reasons: tuple[str, ...]


class Kept(NamedTuple):
    """What became of the proposals of a text.

    Attributes:
        ids: of the new drafts, in the order of the text.
        already: how many proposals there were whose passage was read before.
        same_as: of the new drafts that an event seems to tell already: its id.
    """

    ids: tuple[str, ...]
    already: int
    same_as: dict[str, str]


def known(connection: sqlite3.Connection) -> Known:
    """The names that a timeline knows, of actors and of sites."""
    forms: dict[str, dict[str, str]] = {"actor": {}, "site": {}}
    sql = (
        "SELECT name.form, term.name FROM name JOIN term ON term.id = name.term"
        " WHERE name.type = ? AND level = ? AND term.record IS NOT NULL"
    )
    for type_, met in forms.items():
        for level in (1, 0):  # an alias first: a name comes before it
            met.update(connection.execute(sql, [type_, level]))
    said = "SELECT name, json_extract(record, ?) AS said FROM term WHERE type = ? AND record IS NOT NULL AND said <> ''"
    kinds, places = (
        dict(connection.execute(said, [path, type_])) for path, type_ in (("$.kind", "actor"), ("$.province", "site"))
    )
    return Known(forms["actor"], forms["site"], kinds, places)


def candidates(connection: sqlite3.Connection, record: Record, among: str = "") -> Iterator[Record]:
    """The events whose dates are so near to a record's that they may be the same.

    Args:
        connection: open.
        record: of an event.
        among: a table with the ids of those that are looked at; by default all are.
    """
    first, last = similarity.days(record["date"])
    near, long = similarity.NEAR, similarity.LONG
    till = f"CASE WHEN last >= {OPEN_END} THEN start ELSE last END"
    sql = f"SELECT record FROM event WHERE key < ?1 AND {till} >= ?2 AND "  # noqa: S608 - our own words
    values = [(last + near + 1) << SEQUENCE_BITS, first - near, long]
    if last - first > long:
        sql += f"{till} - start > ?3"
    else:
        sql += f"{till} - start <= ?3 AND key >= ?4"
        values.append((first - near - long) << SEQUENCE_BITS)
    if among:
        sql += f" AND EXISTS (SELECT 1 FROM {among} chosen WHERE chosen.id = event.id)"  # noqa: S608 - a table of ours
    for (text,) in connection.execute(sql, values):
        yield json.loads(text)


def told(connection: sqlite3.Connection, record: Record, passage: str = "", among: str = "") -> Told | None:
    """The event that seems to tell a record already, the likest of them; a reviewed one before a draft.

    Args:
        connection: open.
        record: of an event.
        passage: the words that it was read from.
        among: as for `candidates`.
    """
    best: tuple[float, bool, Told] | None = None
    for other in candidates(connection, record, among):
        found = similarity.same(cast("EventDict", record), cast("EventDict", other), passage)
        if found.is_same and other["id"] != record["id"]:
            one = (found.score, other["status"] == "reviewed", Told(other["id"], *found))
            best = one if best is None or one[:2] > best[:2] else best
    return best[2] if best else None


def keep(
    session: Transaction, document: Document, proposals: Sequence[Proposal], kinds: Mapping[str, str] | None = None
) -> Kept:
    """Keep a text and a draft for each of its entries, but for those that were kept before.

    Args:
        session: in its transaction.
        document: the text.
        proposals: of its entries, in its order; a link to another of them names it by the id that is made of its date
            and title, numbered where several have the same.
        kinds: of actors and sites that nobody knows, by name, where their kind is known.

    Raises:
        DataError: the text is no valid Unicode.
    """
    return _Keeping(session, document, kinds or {}).done(proposals)


def preview(session: Transaction, document: Document, proposals: Sequence[Proposal]) -> tuple[list[Record], Kept]:
    """What `keep` would make of a text, by reading alone: the records of the drafts, with the ids that they would get.

    Args:
        session: open for reading.
        document: the text.
        proposals: of its entries, in its order.
    """
    looking = _Looking(session, document, {})
    return looking.records, looking.done(proposals)


class _Keeping:
    """Keeps the entries of one text."""

    def __init__(self, session: Transaction, document: Document, kinds: Mapping[str, str]) -> None:
        self._session = session
        self._connection = session.connection
        self._document = document
        self._key = snapshots.key_of(document.text)
        self._kinds = kinds
        self._outlets: set[str] = set()

    def done(self, proposals: Sequence[Proposal]) -> Kept:
        """Keep all that are new; what became of them."""
        self._outlets = {name for proposal in proposals for name in _outlets(proposal.record)}
        drafts: list[Proposal] = []
        before, ids, new = self._before(), list[str](), set[str]()
        for proposal in proposals:
            if met := before.get(proposal.passage):
                ids.append(met.pop(0))
            else:
                drafts.append(self._draft(proposal, new))
                ids.append(drafts[-1].record["id"])
                new.add(ids[-1])
        proposed = slugs.make_event_ids((one.record["date"], one.record["title"]) for one in proposals)
        leads = dict(zip(proposed, ids, strict=True))
        drafts = [self._linked(draft, leads, new) for draft in drafts]
        same_as = self._put(drafts)
        self._session.changes.added += len(drafts)
        return Kept(tuple(draft.record["id"] for draft in drafts), len(proposals) - len(drafts), same_as)

    def _before(self) -> dict[tuple[int, int], list[str]]:
        """The passages of this text that were read before, and the events that came of them."""
        found: dict[tuple[int, int], list[str]] = {}
        rows = self._connection.execute(
            'SELECT start, "end", event FROM origin WHERE snapshot = ? ORDER BY rowid', [self._key]
        )
        for start, end, event_id in rows.fetchall():
            if not was_undone(self._connection, event_id):
                found.setdefault((start, end), []).append(event_id)
        return found

    def _draft(self, proposal: Proposal, taken: set[str]) -> Proposal:
        """The proposal with the names that the timeline has, those that are new made, and an id."""
        known = len(self._session.changes.new)
        own = self._own_names(proposal.record)
        if len(self._session.changes.new) > known:
            self._session.forget_mask()  # somebody who was made again may be protected
        record = self._naming_protected(_renamed(proposal.record, own) | {"status": "draft"})
        record["id"] = self._session.ids.free(record, self._session.nameless_title(record), taken)
        reasons = tuple(one._replace(field=_field(one.field, own)) for one in proposal.reasons)
        return proposal._replace(record=record, reasons=reasons)

    def _naming_protected(self, record: Record) -> Record:
        """The record with those protected people as actors whom its text names, and of whose name it has a word.

        It may be the short form of the name: so their words are withheld in this record too, and in its id.
        """
        masker = self._session.masker()
        if masker is None:
            return record
        met = _met(masker, record, self._document.text)
        return _naming(record, [self._own("actor", name, None, outlet=False) for name in met])

    def _own_names(self, record: Record) -> dict[tuple[str, str], str]:
        """The own name of everybody and every site that a record names."""
        people = [one["name"] for one in record["actors"]] + [one["stated_by"] for one in record["figures"]]
        own: dict[tuple[str, str], str] = {}
        for name in filter(None, [*_outlets(record), *people]):
            kind = _known(self._kinds.get(name), ACTOR_KINDS)
            own["actor", name] = self._own("actor", name, kind, outlet=name in self._outlets)
        for name in record["sites"]:
            own["site", name] = self._own("site", name, _known(self._kinds.get(name), SITE_KINDS), outlet=False)
        return own

    def _own(self, type_: str, name: str, kind: str | None, *, outlet: bool) -> str:
        """The own name of somebody or of a site, which is made where nobody has it."""
        naming = self._session.naming
        return naming.actor(name, outlet=outlet, kind=kind) if type_ == "actor" else naming.site(name, kind=kind)

    def _linked(self, draft: Proposal, leads: Mapping[str, str], new: set[str]) -> Proposal:
        """The draft with its links to what is there: an entry that was rejected is linked to by none."""
        own, links = dict[tuple[str, str], str](), list[Record]()
        for link in draft.record["links"]:
            target = self._session.ids.into(leads.get(link["event"], link["event"]))
            if target != draft.record["id"] and (target in new or self._session.stored_event(target)):
                own["link", link["event"]] = target
                links.append(link | {"event": target})
        reasons = tuple(one._replace(field=_field(one.field, own)) for one in draft.reasons)
        return draft._replace(record=draft.record | {"links": links}, reasons=reasons)

    def _put(self, drafts: Sequence[Proposal]) -> dict[str, str]:
        """Write them; of those that an event seems to tell, its id. A text is not compared with itself."""
        if drafts:
            snapshots.put(self._connection, self._document, anew=not self._before())
        twins = {id_: twin.id for id_, twin in self._twins(drafts).items()}
        for draft in drafts:
            self._session.events.insert(draft.record)
            id_ = draft.record["id"]
            snapshots.put_origin(self._connection, id_, self._key, draft, twins.get(id_))
        return twins

    def _twins(self, drafts: Sequence[Proposal]) -> dict[str, Told]:
        """Of each draft that an event seems to tell already, that event."""
        text = self._document.text
        found = {one.record["id"]: told(self._connection, one.record, text[slice(*one.passage)]) for one in drafts}
        return {id_: twin for id_, twin in found.items() if twin is not None}


class _Looking(_Keeping):
    """Finds out what would be kept, and writes nothing."""

    def __init__(self, session: Transaction, document: Document, kinds: Mapping[str, str]) -> None:
        super().__init__(session, document, kinds)
        self.records: list[Record] = []

    def _own(self, type_: str, name: str, kind: str | None, *, outlet: bool) -> str:
        found = terms.known(self._connection, type_, name)
        if found is None and (type_, name) not in self._session.changes.new:
            self._session.changes.new.append((type_, name))
        return found[1] if found else name

    def _put(self, drafts: Sequence[Proposal]) -> dict[str, str]:
        self.records += [draft.record for draft in drafts]
        return {id_: twin.id for id_, twin in self._twins(drafts).items()}


def name_protected(session: Transaction, actor: Record) -> None:
    """Name somebody who is protected in those drafts whose text names them, and that have a word of the name.

    Args:
        session: in its transaction.
        actor: the record, as it is now.
    """
    masker = Masker([Protected(0, actor["name"], (actor["name"], *actor["aliases"]))])
    rows = session.connection.execute(
        "SELECT record, text FROM event JOIN origin ON origin.event = event.id"
        " JOIN snapshot ON sha256 = origin.snapshot WHERE draft = 1"
    ).fetchall()
    for text, packed in rows:
        record = json.loads(text)
        session.events.put(_naming(record, _met(masker, record, snapshots.unpacked(packed))))


def was_undone(connection: sqlite3.Connection, event_id: str) -> bool:
    """Whether an event is gone because what made it was undone, and not because somebody took it out."""
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


def _met(masker: Masker, record: Record, text: str) -> list[str]:
    """The people whom a text names, and of whose names a record of it has a word, though it does not name them."""
    words = masker.words_of(masker.named_in(text) - masker.present(record))
    return [masker.names[number] for number in dict.fromkeys(one[2] for one in words.find(canonical.line(record)))]


def _naming(record: Record, names: Sequence[str]) -> Record:
    return record | {"actors": [*record["actors"], *({"name": name, "role": "mentioned"} for name in names)]}


def _outlets(record: Record) -> list[str]:
    return [name for source in record["sources"] for name in (source["outlet"], source["via"]) if name]


def _known(kind: str | None, kinds: Sequence[str]) -> str | None:
    return kind if kind in kinds else None


def _renamed(record: Record, own: Mapping[tuple[str, str], str]) -> Record:
    """A record with other names; of those that become one, one."""

    def part(one: Record, *keys: str) -> Record:
        return one | {key: own["actor", one[key]] for key in keys if one[key]}

    people = [part(one, "name") for one in record["actors"]]
    return record | {
        "actors": [one for at, one in enumerate(people) if one not in people[:at]],
        "sites": list(dict.fromkeys(own["site", name] for name in record["sites"])),
        "figures": [part(one, "stated_by") for one in record["figures"]],
        "sources": [part(one, "outlet", "via") for one in record["sources"]],
    }


_TYPES = {"actors": "actor", "sources": "actor", "sites": "site", "links": "link"}


def _field(path: str, own: Mapping[tuple[str, str], str]) -> str:
    """The path of a field, with the name that the record has now."""
    first, dot, rest = path.partition(".")
    return first + dot + own.get((_TYPES.get(first, ""), rest), rest)
