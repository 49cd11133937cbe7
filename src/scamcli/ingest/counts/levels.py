"""Numbers without a noun that the words around them explain: "rose to 40", "the number of captives at 300"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import last_figure
from scamcli.ingest.counts.cues import first_cue
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.outcome import take_told
from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

PEOPLE = lexicon.optional_headings("counted.people")
THINGS = lexicon.headings("counted.things")
COMPARED = lexicon.words("trends.compared")
COMPARING = lexicon.words("trends.comparing")
EARLIER = lexicon.words("trends.earlier")
LEVELLING = lexicon.words("trends.levelling")
TO_LEVEL = lexicon.words("trends.to_level")
TOTALS = lexicon.words("trends.totals")

_NEAR = 4
"""Words before a number in which its verb, or "number", is looked for."""
_FROM_TO = 8
"""Words before "to 11" in which the verb stands if "from" does: "rose from three in 2021 to eleven"."""
_FAR = 14
"""Words before "at 300" in which "number" is looked for: what the number is of stands between."""
_LATER = 5
"""Words after a number in which "last year" is looked for."""
_OWN = 3
"""Words before a noun in which its nationality stands: "Vietnamese and Thai captives"."""
_TOLD = "the number of whom is told"


def resolve_bare(reader: Reader, count: Count, earlier: Sequence[Count], before: Sequence[Count]) -> None:
    """Explain a number that has no noun, where that can be done.

    Args:
        reader: of the sentence.
        count: of the number.
        earlier: the counts before it in its sentence.
        before: those of the sentences before.
    """
    every, first = [*before, *earlier], count.amount.first
    joint = reader.lower(first - 1)
    if joint in ("the", "all") and read_again(count, every):
        return
    if _read_number_of(reader, count) or (_is_level(reader, first) and _read_level(reader, count)):
        return
    last = last_figure(every)
    if reader.has(TOTALS, first - _NEAR, first) and last is not None and not _is_upper_end(count):
        count.counts_as(last, "the number told before, at another moment")
        count.group = None
    elif every and _is_compared(reader, count):
        count.kind = Kind.COMPARED


def read_again(count: Count, before: Sequence[Count]) -> bool:
    """Whether a number only names one again that was told before: "of the 158"; if so it is explained."""
    same = last_figure(before, lambda one: one.amount.wording == count.amount.wording)
    if same is None:
        return False
    count.explain("told before")
    count.refers = same
    return True


def _read_number_of(reader: Reader, count: Count) -> bool:
    """What the number is of stands after it: "bringing to 218 the number sent back"."""
    last = count.amount.last
    if reader.pair(last) != ("the", "number"):
        return False
    metric = first_cue(reader, range(last + 2, len(reader.sentence)))
    if metric is not None:
        count.kind = Kind.PEOPLE
        take_told(count, metric, _TOLD)
    return metric is not None


def _is_level(reader: Reader, first: int) -> bool:
    """Whether the words before a number say that something came to it: "rose to", "the number of captives at", ":"."""
    joint = reader.lower(first - 1)
    if joint == ":" or joint in TO_LEVEL or reader.has(TOTALS, first - _NEAR, first):
        return True
    if joint in ("to", "at") and reader.has(LEVELLING, first - _FAR, first):
        return True
    near = _FROM_TO if joint == "to" and reader.has({"from"}, first - _FROM_TO, first) else _NEAR
    return joint in ("to", "at", "from") and reader.has(TO_LEVEL, first - near, first)


def _read_level(reader: Reader, count: Count) -> bool:
    """Take the noun whose number it is: "complaints rose to 40", "Requests pile up: 145"; false where there is none."""
    first = count.amount.first
    at = next((one for one in range(first - 1, -1, -1) if _is_subject(reader, one, first)), None)
    if at is None:
        return False
    noun = count.noun = reader.lower(at)
    if noun in PEOPLE:
        count.kind, count.group = Kind.PEOPLE, PEOPLE[noun]
        take_told(count, first_cue(reader, range(at, first)), _TOLD)
    else:
        count.kind, count.metric = Kind.THING, THINGS[noun]
    people = [one.name for one in reader.mentions if at - _OWN < one.first < first and one.kind == "people"]
    count.nationalities, count.rule = people[:1], f"number that {noun} came to"
    return True


def _is_subject(reader: Reader, at: int, first: int) -> bool:
    """Whether a number can be of what a word before it names; of people only in "the number of women"."""
    noun = reader.lower(at)
    if noun in THINGS:
        return METRICS[THINGS[noun]].count != "none"
    return noun in PEOPLE and (reader.lower(at - 1) == "of" or reader.lower(first - 1) in TO_LEVEL)


def _is_upper_end(count: Count) -> bool:
    return "as high" in count.amount.wording.lower()


def _is_compared(reader: Reader, count: Count) -> bool:
    """Whether another number is compared with it: "than 12", "from 12", ", 41 in the same quarter last year"."""
    first, last = count.amount.first, count.amount.last
    further, joint = reader.pair(first - 2)
    if joint == "from" or reader.has(COMPARING, first - _NEAR - 1, first):
        return True
    if further == "had" and reader.has(COMPARED, 0, first):
        return True
    return joint in (",", "(") and reader.lower(last) == "in" and reader.has(EARLIER, last, last + _LATER)
