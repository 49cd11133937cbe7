"""Read very long texts, such as feeds, archives and exports of channels, in parts, two at a time.

Each part is read as a text of its own, so that memory grows only with the number of drafts. A part begins only with a
dateline, with an entry of a list whose date has a year, or with the heading of a year, and only if the next date that
begins a paragraph has a year, too: so no date depends on what is before the cut. A text that cannot be cut is read as a
whole.

What one part explains is not known in another: an acronym, the short form of a name, who spoke last. But people who may
be victims in one part are withheld in all of them.
"""

from __future__ import annotations

import os
import re
import threading
from contextlib import ExitStack
from itertools import chain
from queue import SimpleQueue
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.ingest import date_phrases
from scamcli.ingest.entry_dates import is_later
from scamcli.ingest.mentions.candidates import AFTER_POST
from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import LONGEST_WHOLE, Document, Extraction, Proposal, Span
from scamcli.ingest.reading.markdown import plain_view
from scamcli.ingest.story_dates import LONGEST_DATELINE, is_dateline
from scamcli.ingest.titles import without_names
from scamcli.ingest.words import FULL_STOPS, words
from scamcli.records import forked, limits
from scamcli.records.derivations import make_event_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scamcli.ingest.date_phrases import When
    from scamcli.ingest.proposal import Known, Metadata, Reason

SIZE = 400_000
"""The fewest characters of a part. Reading one needs about 100 MB of memory."""
PROCESSES = 2
"""How many parts are read at a time. With more, all processes together could need more than 400 MB."""

_PARAGRAPH = rf"(?:\n|[{re.escape(''.join(FULL_STOPS))}])[ \t]*\n[ \t>#*•-]*(?=\S)"
"""The end of a paragraph, or of a line that ends a sentence, and the marks before the first word of the next one."""
_FAR = 200
"""How many characters of a paragraph are searched for its date."""


def read_in_parts(document: Document, known: Known, progress: Callable[[int, int], None]) -> Extraction:
    """Return the drafts of a long text as `pipeline.extract` does, with ``progress`` by parts if it has several.

    Raises:
        DataError: a part takes too long, or a child process died.
    """
    spans = list(parts_of(document.text))
    if len(spans) == 1:
        with limits.deadline("text-seconds", "The text", len(document.text)):
            return extract(document, known, progress)
    if is_date_wrong(document.text, document.about):
        document = document._replace(about=document.about._replace(published=None))
    found: dict[int, Extraction] = {}
    with ExitStack() as stack:
        for at, extraction in _read(document, known, spans, stack):
            found[at] = extraction
            progress(len(found), len(spans))
    return _joined([found[at] for at in sorted(found)])


def parts_of(text: str) -> Iterator[Span]:
    """Yield consecutive parts that cover a text: one, or several with at least `SIZE` characters each.

    So many characters are enough to recognise a list.
    """
    start, last = 0, len(text) - SIZE if len(text) > LONGEST_WHOLE else 0
    plain = plain_view(text) if "<!--" in text else text  # no part begins inside a comment
    while start + SIZE <= last and (end := _next_start(plain, start + SIZE)) is not None and end <= last:
        yield Span(start, end)
        start = end
    yield Span(start, len(text))


def is_date_wrong(text: str, about: Metadata) -> bool:
    """Return whether the date of publication is wrong, because all dates that begin paragraphs are later."""
    count = 0
    for at in _paragraphs(text, 0) if about.published else ():
        date = _date_of(text, at)
        if date is not None and date.has_year:
            if not is_later(date.edtf(), about):
                return False
            count += 1
    return count > 1


def _next_start(text: str, at: int) -> int | None:
    """Return where the next part can begin, at the earliest at a position; ``None`` if nowhere."""
    possible: int | None = None
    for begin in _paragraphs(text, at):
        date = _date_of(text, begin)
        if date is None:
            continue
        if possible is not None and date.has_year:
            return text.rindex("\n", 0, possible) + 1
        possible = begin if date.has_year else None
    return None if possible is None else text.rindex("\n", 0, possible) + 1


def _paragraphs(text: str, at: int) -> Iterator[int]:
    return (found.end() for found in re.compile(_PARAGRAPH).finditer(text, at))


def _date_of(text: str, begin: int) -> When | None:
    """Return the date that heads a paragraph: a day, alone or before what happened, a dateline, or a year alone."""
    end = text.find("\n", begin)
    line = text[begin : min(end if end >= 0 else len(text), begin + _FAR)]
    if line.startswith("|") or line.count("|") > 1 or "\t" in line:
        return None  # the row of a table
    opening = tuple(words(line))
    found = date_phrases.read(opening, 0)
    if found is not None and (found.first.day is not None or found.end == len(opening)):
        goes_on = found.end < len(opening) and opening[found.end].text[0].islower()
        return None if goes_on else found
    dates = ((at, date_phrases.read(opening, at)) for at in range(1, min(len(opening), LONGEST_DATELINE)))
    return next((date for at, date in dates if date is not None and is_dateline(opening, at, date)), None)


def _read(
    document: Document, known: Known, spans: Sequence[Span], stack: ExitStack
) -> Iterator[tuple[int, Extraction]]:
    """Yield the drafts of each part with its number, as each is finished, from child processes or else from here."""
    numbered = list(enumerate(spans))
    count = min(PROCESSES, os.cpu_count() or 1, len(spans))
    here, others, parent = [], [], os.getpid()
    for at in range(count):
        share = _read_share(document, known, numbered[at::count], parent)
        other = forked.start(share, stack) if count > 1 else None
        others.append(other) if other else here.append(share)
    done: SimpleQueue[tuple[int, Extraction] | Exception | None] = SimpleQueue()
    for one in others:
        threading.Thread(target=_receive, args=(one, done), daemon=True).start()
    yield from chain.from_iterable(here)
    while others:
        outcome = done.get()
        if isinstance(outcome, forked.ProcessEndedError):
            raise DataError("A process that was reading the text was killed.", "Nothing was written; try again.")
        if isinstance(outcome, Exception):
            raise outcome
        if outcome is None:
            others.pop()
        else:
            yield outcome


def _receive(
    items: Iterable[tuple[int, Extraction]], done: SimpleQueue[tuple[int, Extraction] | Exception | None]
) -> None:
    """Take what a child process sends, so that it never waits until the parts before are collected."""
    try:
        for one in items:
            done.put(one)
        done.put(None)
    except Exception as error:
        done.put(error)


def _read_share(
    document: Document, known: Known, numbered: Iterable[tuple[int, Span]], parent: int
) -> Iterator[tuple[int, Extraction]]:
    def end_alone(_done: int, _total: int) -> None:
        if parent not in (os.getpid(), os.getppid()):
            os._exit(1)  # the process that wanted the drafts is gone

    for number, (start, end) in numbered:
        part = Document(document.text[start:end], document.about, part=number + 1)
        with limits.deadline("text-seconds", "The text", end - start):
            found = extract(part, known, end_alone)
        yield number, _shifted(found, start)


def _shifted(found: Extraction, by: int) -> Extraction:
    """Return what was found in a part, with its place in the whole text."""

    def span(one: Span) -> Span:
        return Span(one[0] + by, one[1] + by)

    def reason(one: Reason) -> Reason:
        return one._replace(span=span(one.span))

    drafts = [
        Proposal(one.record, span(one.passage), tuple(map(reason, one.reasons)), tuple(map(span, one.unread)))
        for one in found.drafts
    ]
    undated, outside = (tuple(map(span, spans)) for spans in (found.undated, found.outside))
    return found._replace(drafts=drafts, undated=undated, outside=outside)


def _joined(parts: Sequence[Extraction]) -> Extraction:
    """Return what was found in all parts."""
    withheld = _Withheld(parts)
    shown = [list(map(withheld.removed_from, part.drafts)) for part in parts]
    kinds: dict[str, str] = {}
    for part in parts:
        for name, kind in part.kinds.items():
            kinds.setdefault(name, kind)
    return Extraction(
        list(_with_links_of_whole(shown, [part.drafts for part in parts])),
        tuple(chain.from_iterable(one.undated for one in parts)),
        {name: kind for name, kind in kinds.items() if name not in withheld.every},
        sum(one.before for one in parts),
        tuple(chain.from_iterable(one.outside for one in parts)),
        withheld.names,
    )


class _Withheld:
    """The names of people who may be victims anywhere in a text, unless it also gives them a post."""

    def __init__(self, parts: Sequence[Extraction]) -> None:
        reasons = chain.from_iterable(draft.reasons for part in parts for draft in part.drafts)
        in_public = {one.field.removeprefix("actors.") for one in reasons if _is_public(one)}
        names = (name for part in parts for name in part.withheld if name not in in_public)
        self.names = tuple(dict.fromkeys(names))
        self.every = frozenset(self.names)
        self._words = frozenset().union(*map(_words_of, self.names))

    def removed_from(self, draft: Proposal) -> Proposal:
        """Return a draft without these names in its title, among its actors and among its speakers."""
        record = draft.record
        private = {one["name"] for one in record["actors"]} & self.every
        fields = {f"actors.{name}" for name in private}
        if private:
            record = record | {
                "actors": [one for one in record["actors"] if one["name"] not in private],
                "figures": [
                    one | {"stated_by": None} if one["stated_by"] in private else one for one in record["figures"]
                ],
            }
            fields |= {f"figures.{one['id']}.stated_by" for one in record["figures"] if one["stated_by"] is None}
            draft = draft._replace(reasons=tuple(one for one in draft.reasons if one.field not in fields))
        title = record["title"]
        if not title.isascii() or not self._words.isdisjoint(_words_of(title)):
            actors = {one["name"] for one in record["actors"]}
            record = record | {"title": without_names(title, self.names, actors)}
        return draft._replace(record=record)


def _is_public(reason: Reason) -> bool:
    """Return whether a person is an actor because of a post, or because the timeline or the field knows the name."""
    known = reason.rule.startswith("known name") or reason.rule.endswith("of the field")
    return reason.field.startswith("actors.") and (known or reason.rule == AFTER_POST)


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _with_links_of_whole(
    parts: Sequence[Sequence[Proposal]], as_read: Sequence[Sequence[Proposal]]
) -> Iterator[Proposal]:
    """Yield the drafts of all parts. Their links name other drafts by the ids that these have in the whole text.

    Args:
        parts: the drafts of each part.
        as_read: the same drafts with the titles from which their part made the ids.
    """
    ids = _ids(list(chain.from_iterable(parts)))
    for drafts, before in zip(parts, as_read, strict=True):
        in_whole = {old: next(ids) for old in _ids(before)}
        fields = {f"links.{old}": f"links.{new}" for old, new in in_whole.items()}
        for draft in drafts:
            if draft.record["links"]:
                links = [one | {"event": in_whole[one["event"]]} for one in draft.record["links"]]
                reasons = tuple(one._replace(field=fields.get(one.field, one.field)) for one in draft.reasons)
                draft = draft._replace(record=draft.record | {"links": links}, reasons=reasons)
            yield draft


def _ids(drafts: Sequence[Proposal]) -> Iterator[str]:
    return make_event_ids((one.record["date"], one.record["title"]) for one in drafts)
