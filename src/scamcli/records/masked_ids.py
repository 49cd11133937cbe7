"""Mask names in ids that nothing else in the record shows: of people who were taken out of the title, or cut-off names.

An id has the first words of the title that its event had first, so it can end in the middle of a name.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scamcli.language import folding
from scamcli.records.derivations import ID_LENGTH, ID_WORDS
from scamcli.records.masking import ANYBODY, Names, texts_of, words_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from scamcli.records.masking import Masker

_SHORTEST_PART = 2
"""The fewest letters of a broken-off word that can be one of a name."""


def name_words(masker: Masker) -> set[str]:
    """Return the words of all protected names, folded, without initials."""
    every = (folding.words_in_any_reading(form) for forms in masker.forms.values() for form in forms)
    return {word for words in every for word in words if len(word) > 1}


def words_of_names(names: Collection[str], id_: str) -> list[str]:
    """Return the words of an id that are words of names. The last one may be broken off if the id has its full length.

    Names in scripts without spaces are also found within the words of the id.
    """
    found = folding.View(id_)
    words = [word for word in found.words() if word in names]
    if not id_.isascii():
        words += [name for name in names if not name.isascii() and name not in words and name in found.folded]
    title, _ = _title_and_number(id_) if len(id_) >= ID_LENGTH else ("", "")
    last = title.rpartition("-")[2]
    if len(title) == ID_LENGTH and len(last) >= _SHORTEST_PART and last not in names:
        words += [last] if any(name.startswith(last) for name in names) else []
    return words


def rare_words(masker: Masker, text: str) -> list[tuple[str, int]]:
    """Return the words of names in a text which it does not have in lower case too, with the people's numbers."""
    plain = {word for word in re.findall(r"[^\W\d_]+", text) if word.islower()}
    forms = [(form, number) for number in masker.named_in(text) for form in masker.forms[number]]
    return [(word, number) for form, number in forms for word in words_in(form) if word not in plain]


def without_words(masker: Masker, printed: str, record: Mapping[str, object], words: Iterable[tuple[str, int]]) -> str:
    """Mask words in the id of a record, except those that the record itself shows: of a hotel, not of a person."""
    shown = {word for text in texts_of({**record, "id": ""}, "") for word in folding.words(text)}
    hidden = [(word, number) for word, number in words if shown.isdisjoint(folding.words(word))]
    return Names(hidden, masker.word, are_words=True).mask(printed, bare=True)


def without_cut_name(masker: Masker, printed: str, id_: str, known: frozenset[int]) -> str:
    """Mask the beginning of a name at the end of an id, which has only the first words of a title.

    These are two words of the name or more, or a part of one if the event is known to name the person.

    Args:
        masker: the masker of the timeline.
        printed: the id, in which whole names are already masked.
        id_: the id itself.
        known: the people whom the event or an earlier version of it names.
    """
    title, number = _title_and_number(id_)
    is_broken = len(title) == ID_LENGTH
    if title.count("-") < ID_WORDS - 1 and len(title) < ID_LENGTH - 1:
        return printed
    words = printed.removesuffix(number).split("-")
    for at in range(max(0, len(words) - ID_WORDS), len(words)):
        cut = folding.words("-".join(words[at:]))
        people = {
            person
            for person, forms in masker.forms.items()
            if len(cut) > 1 or (is_broken and person in known)
            if any(_is_cut_from(cut, name, is_broken=is_broken) for form in forms for name in folding.readings(form))
        }
        if people:
            whom = people & known
            person = min(whom) if len(whom) == 1 else ANYBODY
            return "-".join([*words[:at], masker.word, str(person)]) + number
    return printed


def _title_and_number(id_: str) -> tuple[str, str]:
    """Return the words of a title in an id, and the number at its end, with its hyphen, that tells it apart."""
    parts = re.fullmatch(r"(?:\d{4}(?:-\d\d){0,2}-)?(.+?)(-\d+)?", id_)
    title, number = parts.groups(default="") if parts else ("", "")
    return title, number


def _is_cut_from(cut: Sequence[str], name: Sequence[str], *, is_broken: bool) -> bool:
    """Return whether some words are words of a name, of which the last may be broken off."""
    left = Counter(name)
    left.subtract(cut[:-1])
    if not cut or min(left.values(), default=-1) < 0:
        return False
    last, whole = cut[-1], [word for word, number in left.items() if number > 0]
    return last in whole or (is_broken and len(last) >= _SHORTEST_PART and any(one.startswith(last) for one in whole))
