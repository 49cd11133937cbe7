"""Find names of people in the cells of a table, who may be victims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.counts.nouns import PEOPLE
from scamcli.ingest.lexicon import COUNTED, MENTIONS, TABLES, TITLES
from scamcli.ingest.mentions.names import HEADS, SITE_HEADS, NameTable, tag
from scamcli.ingest.mentions.victims import is_common, is_other_name, person_name_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.ingest.mentions.names import TaggedSentence
    from scamcli.ingest.tables.layout import Table
    from scamcli.ingest.words import Sentence


_NO_VICTIMS = ("suspects", "defendants", "officials")
"""Groups of people who are no victims."""
_NOT_PERSONAL = frozenset((*HEADS, *SITE_HEADS, *PEOPLE)) | COUNTED.foreign


def people_in(tables: Iterable[Table], names: NameTable) -> Iterator[str]:
    """Yield the names of people in tables who may be victims.

    Args:
        tables: the tables of a text.
        names: the names of the text.
    """
    others = NameTable()
    for form, name in names.every():
        if name.within != "person":
            others.add(form, name)
    for table in tables:
        yield from _people_in(table, others)


def _people_in(table: Table, names: NameTable) -> Iterator[str]:
    """Yield the names in columns of people: those that are headed so, else columns of text beside their ages.

    Columns of suspects are left out.
    """
    heads = {at: _words_of_head(table, at) for at in range(len(table.body[0]))}
    texts = [at for at, head in heads.items() if at not in table.numbers and not _is_of_others(head)]
    of_people = [at for at in texts if heads[at] & TABLES.people]
    has_ages = any(heads[at] & TABLES.ages and not heads[at] & TABLES.of_ages for at in table.numbers)
    for at in of_people or (texts if has_ages else ()):
        for row in table.body:
            if row[at].words and row[at].when is None:
                yield from _names_in(row[at].words, names, is_certain=at in of_people)


def _words_of_head(table: Table, at: int) -> set[str]:
    return {word.lower for row in table.head for word in row[at].words}


def _is_of_others(head: set[str]) -> bool:
    """Return whether a column is about something else than people, or about people who are no victims."""
    others = TABLES.impersonal | TABLES.places | TABLES.origins | TABLES.ages | COUNTED.officials
    return any(word in others or PEOPLE.get(word) in _NO_VICTIMS for word in head)


def _names_in(cell: Sentence, names: NameTable, *, is_certain: bool) -> Iterator[str]:
    tagged = tag(cell, names)
    whole = tagged.text(0, len(cell))
    if whole.lower() == whole.upper() and any(map(str.isalpha, whole)):
        yield whole  # a script without capitals
    for first, last in _runs(tagged):
        lower = tagged.lower[first:last]
        is_name = not (is_common(lower) or any(word in _NOT_PERSONAL for word in lower))
        if (is_certain and is_name and not tagged.word(last).isalpha()) or _may_be_a_person(tagged, first, last):
            yield tagged.text(first, last)


def may_name_people(label: Sentence) -> bool:
    """Return whether a label may have the name of somebody: "Dara Soksan", "Thida", "Thida's family"."""
    tagged = tag(label, NameTable())
    return any(_may_be_a_person(tagged, *run) for run in _runs(tagged))


def _runs(tagged: TaggedSentence) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the words that can be names of people by their form."""
    at = 0
    while at < len(tagged.lower):
        last = person_name_end(tagged, at)
        if last > at:
            yield at, last
        at = max(last, at + 1)


def _may_be_a_person(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether words can be a name. A single one is only if it does not begin a phrase: "Forced labour"."""
    if is_other_name(tagged, first, last) or any(
        is_common([word]) or word in _NOT_PERSONAL for word in tagged.lower[first:last]
    ):
        return False
    after = tagged.word(last)
    is_of_family = after in ("'s", "’s") or after in TITLES.private or after in MENTIONS.relatives
    return last - first > 1 or is_of_family or not after.isalpha()
