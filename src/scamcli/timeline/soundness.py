"""The checks that ``add``, ``edit`` and ``review`` make before they keep a record."""

from __future__ import annotations

import json
import re
import shlex
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from scamcli import checks
from scamcli.checks.figures import as_figure
from scamcli.errors import DataError, NotFoundError, quote, sentence
from scamcli.language.countries import is_demonym
from scamcli.numbers.ancestry import resolved
from scamcli.numbers.entries import TOTALS
from scamcli.numbers.links import REPLACING, pairs_of_link
from scamcli.numbers.records import Link
from scamcli.output.text import figure_text
from scamcli.output.text.nouns import country_name, is_measured
from scamcli.query import resolve
from scamcli.records.derivations import make_event_id
from scamcli.records.models import Event
from scamcli.store.history import current

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from scamcli.numbers.records import Figure
    from scamcli.records.models import Record
    from scamcli.store.writer import Writer


def faults(writer: Writer, record: Record) -> Set[str]:
    """Return the faults that make a record refused, one sentence each. Only events can have faults."""
    if not isinstance(record, Event):
        return frozenset()
    found = (finding for finding in checks.check_event(record, writer) if checks.CODES[finding.code].refused)
    return {f"{' '.join(filter(None, (finding.code, finding.place)))}: {finding.reason}" for finding in found}


def require_sound(writer: Writer, record: Record, *, force: bool, known: Set[str] = frozenset()) -> list[str]:
    """Refuse a record that has faults, unless it already had the same faults before the edit.

    Returns:
        The faults that were kept because of ``force``, masked.
    """
    found = [writer.shown_in(record, fault) for fault in sorted(faults(writer, record) - known)]
    if found and not force:
        raise DataError(sentence(*found), "Nothing was written. Fix it, or accept it with --force.")
    return list(map(sentence, found))


def doubts(writer: Writer, record: Record) -> list[str]:
    """Return a notice for each total without a place, and each wording, nationality and link that says nothing."""
    if not isinstance(record, Event):
        return []
    unread = [one for one in record.figures if one.stated and one.low is one.best is one.high is None]
    found = [
        f"Figure {one.id}: no number was read from {quote(one.stated or '')}, so low, best and high are unknown."
        for one in unread
    ]
    found += [
        f"{quote(one)} is not the nationality of a country, so it may include any nationality."
        for one in record.nationalities
        if not is_demonym(one)
    ]
    found += _unplaced_totals(record)
    found += _void_corrections(writer, record)
    return [writer.shown_in(record, notice) for notice in found]


def left_in_id(writer: Writer, before: str, event: Event) -> list[str]:
    """Return a notice if the id has capitalised words of a former title that nothing else in the event has any more.

    Whoever takes a name out of an event may not notice that it is also in the id. A masked word needs no notice.

    Args:
        writer: the transaction.
        before: the title before the change.
        event: the event after it.
    """
    in_id = set(writer.shown(str(event.id)).split("-"))
    record = event.model_dump_json(exclude={"id"}).casefold()
    gone = (word for word in re.findall(r"\w+", before) if word[0].isupper() and word.casefold() not in record)
    left = [word for word in dict.fromkeys(gone) if make_event_id("", word).removeprefix("-") in in_id]
    if not left:
        return []
    words = ", ".join(map(quote, left))
    ways = "`scamcli protect NAME` masks the id, and `scamcli redact NAME` changes it"
    return [f"Only the id {event.id} still has {words}. If that names a victim, {ways}."]


def _unplaced_totals(event: Event) -> Iterator[str]:
    """Yield a notice for each total that names no place, in an event of one place: it may be about more than that.

    Where money was seized or lost hardly matters, so amounts of it get none.
    """
    key, places = "province", event.provinces
    if not places:
        key, places = "country", list(map(country_name, event.countries))
    if len(places) != 1:
        return
    for one in event.figures:
        is_unplaced = one.part_of is None and one.province is None and one.country is None
        if is_unplaced and one.count in TOTALS and not is_measured(figure_text.unit_of(one.model_dump())):
            yield (
                f"Figure {one.id} is a total that names no place, so it may be of more than {places[0]}. If it is not:"
                f" `scamcli edit {event.id} --figure {shlex.quote(f'id: {one.id}; {key}: {places[0]}')}`."
            )


def _void_corrections(writer: Writer, event: Event) -> Iterator[str]:
    """Yield a notice for each event that this one corrects or updates, if it is not clear which number is meant."""
    for link in event.links:
        replaces = link.type in REPLACING and link.figure is None and event.id is not None
        stored = current(writer.connection, "event", link.event) if replaces else None
        if stored is None:
            continue
        target = Event.model_validate(json.loads(stored))
        metrics = {one.metric for one in event.figures} & {one.metric for one in target.figures}
        if metrics and not any(_replaces_one(link.type, event, target, metric, writer) for metric in metrics):
            which = "wrong" if link.type == "corrects" else "replaced"
            yield (
                f"It {link.type} {link.event}, but which of the numbers there is not clear, so all of them still count."
                f" Name the one that is {which}: --link '{link.type}: {link.event}; figure: …'."
            )


def _replaces_one(type_: str, event: Event, target: Event, metric: str, writer: Writer) -> bool:
    """Return whether a link from an event to its target replaces any number of a metric."""
    own, others = _by_unit(event, metric, writer), _by_unit(target, metric, writer)
    link = Link(type_, event.id or "", target.id or "")
    return any(pairs_of_link(link, own[unit], others[unit]) for unit in own.keys() & others.keys())


def _by_unit(event: Event, metric: str, writer: Writer) -> dict[str | None, list[Figure]]:
    """Return the numbers of a metric in an event by their unit. Parts take what they lack from their wholes."""
    figures = {one.key: one for one in (as_figure(figure, event, writer) for figure in event.figures)}
    found: dict[str | None, list[Figure]] = defaultdict(list)
    for figure in figures.values():
        if figure.metric == metric:
            found[figure.unit].append(resolved(figure, figures))
    return found


def with_whole_ids(writer: Writer, values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of an event with whole ids in its links: a link may name an event by the beginning of its id.

    A link that names no event is left as it is; the checks report it.
    """
    links = values.get("links")
    if not isinstance(links, list):
        return dict(values)
    return {**values, "links": [with_whole_id(writer, link) for link in links]}


def with_whole_id(writer: Writer, link: object) -> object:
    """Return a link with the whole id of its event."""
    if isinstance(link, dict) and isinstance(link.get("event"), str):
        with suppress(NotFoundError):
            return {**link, "event": resolve.event_id(writer.connection, link["event"], writer.masker())}
    return link
