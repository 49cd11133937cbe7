"""Read the number of a figure again, with our own parser, where its reader found it.

In English, the rules of ``ingest`` decide where the number begins and ends, so a reader cannot leave "more than" out.
In other languages, only the wording that the reader chose is parsed, and the result is graded unsure.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.counts.amounts import amounts
from scamcli.ingest.counts.count import Kind, is_money
from scamcli.ingest.entry_dates import words_of_dates, written_dates
from scamcli.ingest.external.quotes import UnverifiedError, is_bounded
from scamcli.ingest.external.reread_dates import other_languages
from scamcli.ingest.figures import LARGEST
from scamcli.ingest.kinds import ACTIONS
from scamcli.ingest.lexicon import GRAMMAR
from scamcli.ingest.proposal import Grade, Span
from scamcli.ingest.words import sentences
from scamcli.language import scripts
from scamcli.language.vocabulary import GROUPS, MEASURES
from scamcli.language.wording.bounds import Bounds
from scamcli.language.wording.parsing import parse_wording

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Amount
    from scamcli.ingest.words import Sentence
    from scamcli.language.vocabulary import Metric

_PREPOSITIONS = frozenset({"of", "in", "and", "to", "by", "from", "at", "with", "for", "after", "he", "she"})


class RereadNumber(NamedTuple):
    """A number as our parser reads it.

    Attributes:
        span: where its wording is.
        stated: the wording.
        bounds: what the parser made of it.
        unit: the unit, if it is not that of the metric.
        rule: how it was read.
        grade: how reliable that is.
    """

    span: Span
    stated: str
    bounds: Bounds
    unit: str | None
    rule: str
    grade: Grade


def reread_number(text: str, window: Span, wording: Span, metric: Metric) -> RereadNumber:
    """Return the number whose wording a reader gave.

    Args:
        text: the text.
        window: the sentences around the wording.
        wording: where the reader found the number.
        metric: what the reader says that it counts.

    Raises:
        UnverifiedError: the wording is no number, a part of a number or of a date, several numbers, or in another unit
            than the metric.
    """
    if not is_bounded(text, wording):
        raise UnverifiedError("the wording cuts a word or a number")
    for sentence in sentences(text, window.start, window.end):
        if sentence[0].start < wording.end and wording.start < sentence[-1].end:
            return _in_sentence(text, sentence, wording, metric)
    raise UnverifiedError("the wording is not in a sentence")


def _in_sentence(text: str, sentence: Sentence, wording: Span, metric: Metric) -> RereadNumber:
    dated = words_of_dates(written_dates(sentence))
    touched = [at for at, word in enumerate(sentence) if word.start < wording.end and wording.start < word.end]
    if dated.intersection(touched):
        raise UnverifiedError("the wording is a part of a date")
    found = [one for one in amounts(sentence, text, dated) if set(touched).intersection(range(one.first, one.last))]
    if len(found) > 1:
        raise UnverifiedError("the wording has more than one number")
    given = " ".join(text[slice(*wording)].split()).lower()
    if found and (is_english(sentence) or found[0].wording.lower() not in given):  # "more than" beside it is English
        return _of_amount(text, sentence, found[0], metric)
    return _alone(text, wording, metric)


def _alone(text: str, wording: Span, metric: Metric) -> RereadNumber:
    """Read a number without the words around it, which are not English. Its bounds may be unknown."""
    stated = " ".join(text[slice(*wording)].split())
    if is_money(metric.unit):
        raise UnverifiedError("the currency of the number cannot be read")
    if re.search("[A-Za-z]", stated) or not any(map(str.isdigit, stated)):
        raise UnverifiedError("the wording is no number that the parser reads")
    before, after = (
        text[max(wording.start - 20, 0) : wording.start].rstrip().lower(),
        text[wording.end : wording.end + 20].lstrip().lower(),
    )
    changes_it = before.endswith(_words("before")) or after.startswith(_words("after"))
    if changes_it or unicodedata.numeric(after[:1] or " ", None) is not None:
        raise UnverifiedError("the wording leaves out a word beside the number that changes it")
    bounds = parse_wording(stated, measure=metric.unit in MEASURES)
    rule = "number, read without the words around it" if any(bounds) else "number whose bounds the parser does not know"
    return RereadNumber(wording, stated, _small(bounds), None, rule, Grade.UNSURE)


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(other_languages()[key].split())


def is_english(sentence: Sentence) -> bool:
    """Say whether the rules can read the words around a number: they are English, in Latin letters."""
    is_latin = not any(scripts.is_unspaced(char) for word in sentence for char in word.text)
    return is_latin and any(word.lower in _english() for word in sentence)


@cache
def _english() -> frozenset[str]:
    """Return words one of which is in nearly every English sentence, and rarely in other languages."""
    common = GRAMMAR.helping | GRAMMAR.determiners | GRAMMAR.they | GRAMMAR.relative | _PREPOSITIONS
    return common.union(ACTIONS, GROUPS)


def _of_amount(text: str, sentence: Sentence, amount: Amount, metric: Metric) -> RereadNumber:
    unit = amount.unit
    if (amount.kind is Kind.PERCENT) != (metric.unit == "percent"):
        raise UnverifiedError(f"{_kind_of(amount)} cannot be {metric.name}")
    if (amount.kind is Kind.MONEY) != is_money(metric.unit):
        raise UnverifiedError(f"{_kind_of(amount)} cannot be {metric.name}")
    if amount.kind is Kind.MONEY:
        unit = amount.unit or "USD"
    bounds = _bounds(amount.wording, unit or metric.unit)
    span = Span(sentence[amount.first].start, sentence[amount.last - 1].end)
    other = None if unit == metric.unit else unit
    return RereadNumber(span, amount.wording, bounds, other, "number read again", Grade.LIKELY)


def _kind_of(amount: Amount) -> str:
    names = {Kind.PERCENT: "a percentage", Kind.MONEY: "an amount of money"}
    return names.get(amount.kind, "a number without a currency or percent")


def _bounds(wording: str, unit: str) -> Bounds:
    if wording.isdecimal():
        bounds = Bounds(int(wording), int(wording), int(wording)) if len(wording) <= len(str(LARGEST)) else Bounds()
    else:
        bounds = parse_wording(wording, measure=unit in MEASURES or is_money(unit))
    if bounds == Bounds():
        raise UnverifiedError("the wording is no number that the parser reads")
    return _small(bounds)


def _small(bounds: Bounds) -> Bounds:
    if any(abs(one) > LARGEST for one in bounds if one is not None):
        raise UnverifiedError("the number is too large")
    return bounds
