"""Change one record: find it, check that it has not changed since it was read, and edit its lists.

The methods of ``Timeline`` open the transaction; the functions here work inside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, cast

from scamcli.errors import ChangedError, DataError, NotFoundError, WrongUsageError, quote
from scamcli.language import gazetteer
from scamcli.language.countries import resolve_country
from scamcli.output.text import change_text
from scamcli.records import canonical, normalise, recount
from scamcli.records.claims import CLAIMS
from scamcli.records.masking import is_placeholder
from scamcli.records.models import Event
from scamcli.records.part_updates import updated_part
from scamcli.store import naming, terms
from scamcli.store.history import versions as versions_of
from scamcli.store.keys import HIDDEN
from scamcli.timeline import edit_notices, history, suspicions
from scamcli.timeline.results import Saved
from scamcli.timeline.session import event_id
from scamcli.timeline.soundness import doubts, faults, left_in_id, require_sound, with_whole_id, with_whole_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from scamcli.store.writer import Writer

KEYED_BY = {"actors": "name", "places": "name", "figures": "id", "sources": "outlet", "links": "event"}
"""The key that names an entry of a list. In other lists, an entry is its own name."""

_PRINTED = {
    "actor": frozenset({"events", "source_of", "stated", "figures"}),
    "site": frozenset({"events", "status", "reported", "answered", "done", "figures"}),
}
"""Keys that output adds to actors and sites, besides their digest."""

_ENTRIES = {
    "countries": "country", "nationalities": "nationality", "aliases": "alias", "statuses": "status",
}  # fmt: skip
"""Words for one entry of a list, where they are not the name of the list without its ``s``."""

_CASELESS = frozenset({"countries", "nationalities", "tags"})


class Change(NamedTuple):
    """New values for keys of a record, and for each list, entries to add and names of entries to remove.

    ``figures`` are new values for single figures, each with the id of its figure.
    """

    values: Mapping[str, object]
    add: Mapping[str, Iterable[object]]
    remove: Mapping[str, Iterable[str]]
    figures: Sequence[Mapping[str, object]] = ()


def replace_record(
    writer: Writer, name: str, record: Mapping[str, object], expect: str | None, *, force: bool
) -> Saved:
    """Replace the keys that a record gives. The record must have all keys that its type requires.

    By default, ``expect`` is the ``digest`` in the record, which ``show`` prints.
    """
    type_ = _type_of(writer, record)
    record = without_printed(record)
    given = record.get("digest")
    digest = expect if expect is not None else None if given is None else str(given)
    if type_ == "event":
        id_ = event_id(writer, name)
        stored = writer.stored_event(id_) or ""
        require_unchanged(writer, ("event", id_), stored, digest)
        return _put_event(writer, id_, stored, record, force=force)
    found = terms.known(writer.connection, type_, name)
    own = found[1] if found else name
    stored_entity = terms.record_of(writer.connection, found[0]) if found else None
    require_unchanged(writer, (type_, own), canonical.line(stored_entity or {}), digest)
    writer.replace_entity(type_, name, {**record, "type": type_})
    return Saved(type_, own, None, ())


_CONTROL = r"[\x00-\x1f\x7f-\x9f]"
"""A control character, which no name has."""


def set_protected(writer: Writer, name: str, *, is_protected: bool) -> Saved:
    """Protect an actor, or end its protection. A name that only texts have is protected as a new actor."""
    is_new = is_protected and terms.known(writer.connection, "actor", name) is None
    if is_new and not re.search(_CONTROL, name) and _is_in_a_text(writer, name):
        record = writer.take({"type": "actor", "name": name, "kind": "person", "protected": True})
        writer.settle()
        return Saved("actor", getattr(record, "name", name), None, ())
    is_gone = not is_protected and terms.known(writer.connection, "actor", name) is None
    if is_gone and is_placeholder(name) and name in writer.shown(terms.name_of(writer.connection, name) or ""):
        hint = "`scamcli log` lists the change that removed it, and `scamcli undo CHANGE` brings it back."
        raise NotFoundError(f"The record of {name} was removed, and the name stays masked.", hint)
    return replace_record(writer, name, {"type": "actor", "protected": is_protected}, None, force=False)


def _is_in_a_text(writer: Writer, name: str) -> bool:
    """Return whether an event, an earlier version of one, or a text has a name, in any form that would be masked."""
    from scamcli.records import masked_ids
    from scamcli.records.masking import Masker, Protected
    from scamcli.store.snapshots import unpacked

    masker, connection = Masker([Protected(1, name, (name,))]), writer.connection
    # Read one row at a time: all records of a large timeline may not fit into memory.
    read = (unpacked(packed) for (packed,) in connection.execute("SELECT text FROM snapshot"))
    records = (text for (text,) in connection.execute("SELECT record FROM event"))
    sql = "SELECT before FROM change_record WHERE type = 'event' AND before IS NOT NULL"
    earlier = (text for (text,) in connection.execute(sql))
    ids = (id_ for (id_,) in connection.execute("SELECT id FROM event"))
    return any(masker.touches(text) and masker.named_in(text) for text in chain(read, records, earlier)) or any(
        masker.touches(id_) and masked_ids.without_cut_name(masker, id_, id_, frozenset()) != id_ for id_ in ids
    )


def change_event(writer: Writer, name: str, change: Change, expect: str | None, *, force: bool) -> Saved:
    """Change single values and entries of lists of an event."""
    id_ = event_id(writer, name)
    stored = writer.stored_event(id_) or ""
    require_unchanged(writer, ("event", id_), stored, expect)
    record = json.loads(stored)
    for listed, names in change.remove.items():
        for one in names:
            record[listed] = _without(writer, record[listed], listed, one)
    record |= with_whole_ids(writer, change.values)
    for listed, entries in change.add.items():
        added = [with_whole_id(writer, entry) for entry in entries] if listed == "links" else list(entries)
        if listed == "figures":
            _require_new_ids(record["figures"], added)
        record[listed] = [*record[listed], *(entry for entry in added if entry not in record[listed])]
    for figure in change.figures:
        record["figures"] = _with_figure(record["figures"], figure)
    chosen = {str(figure["id"]) for figure in change.figures if figure.get("count")}
    changed = _put_event(writer, id_, stored, record, force=force, chosen=chosen)
    now = writer.stored_event(id_) or ""
    _require_removed(now, change.remove)
    notes = edit_notices.of_change(writer.shown(id_), json.loads(stored), json.loads(now))
    return changed._replace(notes=(*changed.notes, *map(writer.shown, notes)))


def change_entity(writer: Writer, type_: str, name: str, change: Change, expect: str | None) -> Saved:
    """Change single values and entries of lists of an actor or a site."""
    found = terms.known(writer.connection, type_, name)
    stored = terms.record_of(writer.connection, found[0]) if found else None
    if found is None or stored is None:
        raise terms.not_found(writer.connection, type_, name)
    require_unchanged(writer, (type_, found[1]), canonical.line(stored), expect)
    values, lists = dict(change.values), dict[str, list[object]]()
    for listed in {*change.remove, *change.add, *(key for key in CLAIMS if key in values)}:
        entries = list(cast("list[object]", values.get(listed, stored[listed])))
        for one in change.remove.get(listed, ()):
            entries = _without_claim(writer, type_, entries, listed, one)
        known = [found[1], name, *map(_given, entries)]
        added = (entry for entry in change.add.get(listed, ()) if _given(entry) not in known)
        lists[listed] = [with_whole_id(writer, entry) for entry in (*entries, *added)]
    if type_ == "site" and {"province", "place"} & values.keys() and "country" not in values:
        values["country"] = None  # it follows from the new place
    values |= lists
    writer.replace_entity(type_, found[1], {"type": type_, **values})
    return Saved(type_, found[1], None, ())


def _given(entry: object) -> object:
    """Return an entry of a list without empty keys, so that a stored one equals one that was typed."""
    return {key: value for key, value in entry.items() if value is not None} if isinstance(entry, dict) else entry


def without_printed(record: Mapping[str, object]) -> dict[str, object]:
    """Return the record of an actor or a site without the keys that `actors NAME --json` and `sites NAME --json` add.

    Only printed records have their events, so a misspelt key of another record is still refused.
    """
    printed = _PRINTED.get(str(record.get("type")), frozenset()) if "events" in record else frozenset()
    return {key: value for key, value in record.items() if key not in printed}


def require_type(record: Mapping[str, object], type_: str) -> None:
    """Require that a whole record is of the type that is to be changed; an event stands for any type."""
    given = record.get("type", type_)
    if type_ != "event" and given != type_:
        raise DataError(f"The record has the type {quote(str(given)[:40])}; expected {quote(type_)}.")


def warn_of_similar(writer: Writer, record: Mapping[str, object]) -> None:
    """Add a warning if a new actor or site, which is not validated yet, is spelt nearly like an existing one."""
    type_, name = str(record.get("type")), record.get("name")
    if type_ not in terms.NAMED or not isinstance(name, str) or not normalise.is_text(name):
        return
    if terms.known(writer.connection, type_, name):
        return
    if similar := terms.similar(writer.connection, type_, name):
        flag = " --site" if type_ == "site" else ""
        hint = f"If they are the same, merge them with `scamcli names merge{flag}`."
        like = " or ".join(map(quote, similar))
        shown = naming.beside(writer.connection, name, similar)
        writer.changes.warnings.append(f"{shown} is a new {type_}, although it is spelt nearly like {like}. {hint}")


def require_unchanged(writer: Writer, key: tuple[str, str], stored: str, expect: str | None) -> None:
    """Require that a record still has the digest that it had when it was read. ``None`` accepts any.

    Raises:
        ChangedError: the record has changed; the message says what was read and what is there now.
    """
    if expect is None or expect.strip().lower() == canonical.digest(stored):
        return
    now, wanted = canonical.digest(stored), expect.strip().lower()[:64]
    if now.startswith(wanted):
        raise WrongUsageError(f'"{wanted}" is only a part of the digest.', "Expected all 64 digits.")
    message = f"The record has changed: its digest is {canonical.shortened(now)}, not {canonical.shortened(wanted)}"
    found = history.read_before(writer.connection, *key, wanted)
    if found is not None:
        read, since = found
        differences = history.differences(*(json.loads(writer.printed(text)) for text in (read, stored)))
        message += f". Since {since}, {change_text.one_line({'differences': differences})}"
    raise ChangedError(f"{message}.", "Nothing was written. Look at it again with `scamcli show`.")


def _type_of(writer: Writer, record: Mapping[str, object]) -> str:
    """Return the type of a record, or if it gives none, of the stored actor, site or metric with its name."""
    type_, name = record.get("type", "event"), record.get("name")
    if "type" not in record and isinstance(name, str):
        type_ = next((one for one in terms.NAMED if terms.known(writer.connection, one, name)), "event")
    if not isinstance(type_, str) or type_ not in {"event", "actor", "site", "metric"}:
        raise DataError(f"There is no type {ascii(type_)[:60]}; expected event, actor, site or metric.")
    return type_


def _put_event(
    writer: Writer, id_: str, stored: str, record: Mapping[str, object], *, force: bool, chosen: Collection[str] = ()
) -> Saved:
    before = Event.model_validate(json.loads(stored))
    known, doubted = faults(writer, before), doubts(writer, before)
    event = writer.replace_event(id_, with_counts(writer, id_, record, chosen))
    notes = require_sound(writer, event, force=force, known=known) + suspicions.of_event(writer, event)
    notes += [notice for notice in doubts(writer, event) if notice not in doubted]
    notes += left_in_id(writer, before.title, event)
    return Saved("event", id_, None, tuple(notes))


def with_counts(
    writer: Writer, id_: str, record: Mapping[str, object], chosen: Collection[str] = ()
) -> dict[str, object]:
    """Return changes of an event without the counts that no longer follow from it, so that they are derived again.

    ``chosen`` are the ids of figures whose count the change gives.
    """
    before = json.loads(writer.stored_event(id_) or "{}")
    after = before | record
    try:
        normalise.parse(after)
    except DataError:
        return dict(record)  # the caller refuses it
    versions = (json.loads(text) for *_, text, _ in versions_of(writer.connection, "event", id_) if text)
    outdated = recount.outdated(before, after, writer.naming, lambda: versions) - set(chosen)
    if not outdated:
        return dict(record)
    figures = [_without_count(one) if one.get("id") in outdated else one for one in after["figures"]]
    return {**record, "figures": figures}


def _without_count(figure: Mapping[str, object]) -> dict[str, object]:
    """Return a figure whose count, and the country of an incident, are filled in again."""
    dropped = {"count"} if figure.get("country") else {"count", "country"}
    return {key: value for key, value in figure.items() if key not in dropped}


def _with_figure(figures: list[dict[str, object]], values: object) -> list[dict[str, object]]:
    """Return figures with new values for the one with their id."""
    if not isinstance(values, Mapping) or "id" not in values:
        hint = 'Expected the id of a figure, and its new values: {"id": "total", "period": "2024-03"}.'
        raise WrongUsageError(f"{ascii(values)[:80]} does not say which figure it changes.", hint)
    ids = [str(figure["id"]) for figure in figures]
    if values["id"] not in ids:
        hint = f"It has {', '.join(ids)}." if ids else "It has no figures."
        raise NotFoundError(f"The event has no figure {quote(str(values['id']))}.", hint)
    return [updated_part(one, values) if one["id"] == values["id"] else one for one in figures]


def _require_new_ids(figures: Iterable[Mapping[str, object]], added: Iterable[object]) -> None:
    """Refuse figures without a number, and figures with the ids of other figures that the event already has."""
    there = {one["id"]: one for one in figures}
    for entry in added:
        if isinstance(entry, dict) and all(entry.get(key) in (None, "") for key in ("stated", "low", "best", "high")):
            hint = "To change a figure of the event, begin with its id: `--figure 'id: FIGURE; …'`."
            listed = f" It has {', '.join(map(str, there))}." if there else ""
            metric = quote(str(entry.get("metric")))
            raise DataError(f"A new figure needs a number, and this one of {metric} has none.", hint + listed)
        id_ = entry.get("id") if isinstance(entry, dict) else None
        if id_ in there and entry != there[id_]:
            hint = (
                f"To replace it, add `--remove 'figure: {id_}'`. To change it, begin with its id: `--figure 'id: {id_};"
                " stated: …'`. Nothing was written."
            )
            raise DataError(f"There is already a figure {quote(id_)}.", hint)


def _require_removed(stored: str, removed: Mapping[str, Iterable[str]]) -> None:
    """Refuse a removal that has no effect: figures and places add their provinces, nationalities and actors again."""
    record = json.loads(stored)
    for listed in removed.keys() & {"provinces", "nationalities", "actors"}:
        there = {_comparable(listed, entry) for entry in record[listed]}
        for name in removed[listed]:
            if _comparable(listed, name) in there:
                why = "a figure or a place of the event mentions it"
                raise DataError(
                    f"{quote(name)} stays among the {listed}: {why}.", "Change that first. Nothing was written."
                )


def _without_claim(writer: Writer, type_: str, entries: list[object], listed: str, name: str) -> list[object]:
    """Return the entries of a list of an actor or site without those with a name, a status, or a status and date."""
    meant = {name, writer.naming.own("actor", name)} if listed in {"owners", "operators", "member_of"} else {name}
    kept = [entry for entry in entries if meant.isdisjoint(_names_of(entry))]
    if len(kept) == len(entries):
        there = [_names_of(entry)[-1] for entry in entries]
        raise _not_there(writer, f"The {type_} has no {_one_of(listed)}", name, there)
    return kept


def _names_of(entry: object) -> list[str]:
    """Return the texts that remove an entry of an actor or site."""
    if not isinstance(entry, dict):
        return [str(entry)]
    if "status" not in entry:
        return [str(entry["name"])]
    words = [entry["status"], entry["status"].replace("_", " ")]
    return [*words, *(f"{word} {entry['date']}" for word in words if entry["date"])]


def _without(writer: Writer, entries: list[object], listed: str, name: str) -> list[object]:
    meant = {_comparable(listed, name)}
    if listed in {"actors", "sources", "sites", "linked_sites"}:
        meant.add(writer.naming.own("site" if listed.endswith("sites") else "actor", name))
    kept = [entry for entry in entries if _comparable(listed, entry) not in meant]
    if len(kept) == len(entries):
        there = [_name_of(listed, entry) for entry in entries]
        raise _not_there(writer, f"The event has no {_one_of(listed)}", name, there)
    return kept


def _one_of(listed: str) -> str:
    """Return the words for one entry of a list: ``linked site`` for ``linked_sites``."""
    return _ENTRIES.get(listed, listed.removesuffix("s")).replace("_", " ")


def _not_there(writer: Writer, lacks: str, name: str, there: list[str]) -> NotFoundError:
    masker = writer.masker()
    # Of an entry alone, such as a tag, nobody knows whose words it has.
    shown = [masker.without(one, frozenset(masker.names)) if masker else one for one in there]
    # A spelling that is nearly a protected name would give the name away beside its placeholder.
    given = quote(name) if shown == there else HIDDEN
    return NotFoundError(f"{lacks} {given}.", f"It has {', '.join(shown) or 'none'}.")


def _name_of(listed: str, entry: object) -> str:
    return str(entry[KEYED_BY[listed]] if isinstance(entry, dict) else entry)


def _comparable(listed: str, entry: object) -> str:
    """Return the form that is compared for entries of a list: provinces in any spelling, demonyms in any case."""
    name = _name_of(listed, entry)
    if listed == "provinces":
        found = gazetteer.resolve(name)
        return name if found is None or isinstance(found, gazetteer.Town) else found.name
    if listed == "countries":
        return resolve_country(name) or name
    return name.casefold() if listed in _CASELESS else name
