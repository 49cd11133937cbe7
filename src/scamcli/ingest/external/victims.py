"""Find names of people who may be victims, which no title of another reader's draft has.

An id is made of a title when a draft is stored, before anybody reviews it, and only a redaction changes an id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.mentions import take_inventory
from scamcli.ingest.mentions.names import NameTable, split, tag
from scamcli.ingest.mentions.victims import is_common, is_other_name, person_name_end
from scamcli.ingest.titles import with_victims
from scamcli.ingest.words import sentences, words
from scamcli.records.masking import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.ingest.external.protocol import ReaderDraft
    from scamcli.ingest.proposal import Known, Metadata


def victims_in(text: str, known: Known, about: Metadata) -> tuple[str, ...]:
    """Return the names of people who may be victims, by our own rules.

    Args:
        text: the text without markup.
        known: the names that the timeline has.
        about: the publication of the text.
    """
    every = tuple(sentences(text))
    inventory = take_inventory([every], known, about)
    return with_victims(inventory, every, about.title).withheld


def named_as_victims(drafts: Iterable[ReaderDraft]) -> Iterator[str]:
    """Yield the names of people whom a reader calls victims. Our rules find none in other languages."""
    for draft in drafts:
        for actor in draft.actors:
            if actor.role == "victim" and not is_placeholder(actor.name) and _may_be_a_person(actor.name):
                yield actor.name


def _may_be_a_person(name: str) -> bool:
    """Return whether a name may be that of one person: not "Thai workers" or "Prince Group"."""
    if name.lower() == name.upper():
        return not any(map(str.isdecimal, name))
    tagged = tag(tuple(words(name)), NameTable())
    last = len(tagged.lower)
    return 0 < last == person_name_end(tagged, 0) and not (is_other_name(tagged, 0, last) or is_common(split(name)))
