"""Numbers that are somebody's age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon

if TYPE_CHECKING:
    from scamcli.ingest.counts.amounts import Amount
    from scamcli.ingest.counts.sentence_view import Reader

PEOPLE = lexicon.optional_headings("counted.people")
BE = lexicon.words("grammar.be")
AGE_UNITS = lexicon.words("measures.age_units")
AGED = lexicon.words("measures.aged")
LEGAL_AGES = lexicon.words("measures.legal_ages")
UNDER = lexicon.words("measures.under")

_OLDEST = 100


def is_age(reader: Reader, amount: Amount) -> bool:
    """Whether a number is an age: 19-year-old, aged 24, under 18, ", 24," after a name, 58 years old."""
    after = [word for word in reader.between(amount.last, amount.last + 4) if word != "-"]
    if after[:1] and after[0] in AGE_UNITS and after[1:2] == ["old"]:
        return True
    if after[:3] == ["years", "of", "age"]:
        return True
    if _is_aged(reader, amount.first):
        return True
    if reader.lower(amount.first) in UNDER and reader.text(amount.last) in (",", ".", ")", ";"):
        return reader.text(amount.core) in LEGAL_AGES
    return _is_between_commas(reader, amount)


def _is_aged(reader: Reader, first: int) -> bool:
    """Aged 24; aged between 20 and 30; the youngest was 16; the second of "aged 31 and 44"."""
    further, before = reader.pair(first - 2)
    if before in ("and", "or") and further.isdecimal():
        return reader.lower(first - 3) in AGED
    if before in BE:
        return further in ("youngest", "oldest")
    return before in AGED or (further in ("aged", "ages") and before in ("between", "from"))


def _is_between_commas(reader: Reader, amount: Amount) -> bool:
    """A man, 24, and Somchai, 31, but not the next item of a list."""
    comma, before = amount.core - 1, amount.core - 2
    if reader.text(comma) != "," or reader.text(amount.last) not in (",", ".") or amount.core + 1 != amount.last:
        return False
    is_somebody = reader.text(before).islower() and reader.lower(before - 1) in ("the", "a", "an", "his", "her")
    named = (
        is_somebody
        or reader.text(before)[:1].isupper()
        or reader.lower(before) in PEOPLE
        or reader.lower(before) == "them"
    )
    listed, number = reader.by_last.get(comma), reader.text(amount.core)
    return named and number.isdecimal() and int(number) < _OLDEST and (listed is None or listed.kind == "actor")
