"""Find the dates in a sentence of a story that can date what it reports, and how well each of them does."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.date_phrases import When
from scamcli.ingest.entry_dates import FIRST_WORDS, FULL_WEEKDAYS, UNITS, Relative, follows_since, read_relative
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, NUMBERS, OUTCOMES, SPEECH, TITLES
from scamcli.ingest.words import Sentence, Word, lower_at, text_at

_BEFORE_NAME = ("", "and", ",", "with")
"""What stands before a name that begins with what could be a month."""
CUES = lexicon.headings("outcomes.cues")
MONTHS = lexicon.numbers("calendar.months", 1)

_MAX_FROM_COMPARISON = 6
"""How many words can be between a word of comparison and a date that is only compared."""
LONGEST_DATELINE = 8
"""The date of a dateline begins before this word."""
_DASHES = {"-", "–", "—"}
_FARTHEST_DASH = 16
"""The dash that ends a dateline comes before this word."""
RANKS = {"day": 0, "month": 1, "year": 2}
"""Ranks of dates, by their most exact part."""
RELATIVE_RANKS = {"day": 3, "weekend": 4, "week": 5, "month": 6, "year": 7}
"""Ranks of relative dates, by their unit."""
ONLY_SPOKEN = 1.5
"""What is added to the rank of a relative day on which somebody only spoke: any other day or weekend is better."""
_WEAK = frozenset({RANKS["month"], RANKS["year"], *map(RELATIVE_RANKS.__getitem__, ("week", "month", "year"))})
"""Ranks of dates that may only be background."""
_MONEY = frozenset("$€£฿")
_YEAR = 4
_OPENING = 2
"""Index of the last word that belongs to the opening of a sentence."""
_REPORTING = OUTCOMES.raiding.union(CUES, OUTCOMES.irregular, NUMBERS.units)
_FAR_AFTER = 14
"""How many words before a date are searched for "following"."""
_FAR_TOLL = 12
"""How many words before "this year" are searched for "have"."""
_FAR_PLANNED = 14
"""How many words before a date are searched for "will"."""
_FIRST_OF_DATES = FULL_WEEKDAYS.union(MONTHS, CALENDAR.about, CALENDAR.ordinals, NUMBERS.units)
"""Words with which a date can begin, apart from those with digits."""
_FIRST_OF_ANY = _FIRST_OF_DATES.union(FIRST_WORDS, date_phrases.WEEKDAYS)
"""The same for dates and for the phrases that are counted back."""
SINCE = frozenset(MONTHS) | {"year", "month", "week"}
"""Words of which one follows "since" in the beginning of a period."""
_FAR_WILL = 8
"""How many words after a date at the beginning of a sentence are searched for "will"."""


class DateInSentence(NamedTuple):
    """A date in a sentence, and how well it dates the sentence: a day is best, then a month, a year, a weekday."""

    rank: float
    at: int
    end: int
    when: When | Relative


def dates_in(sentence: Sentence) -> Iterator[DateInSentence]:
    """Yield the dates that can date a sentence, without those of plans, comparisons and the like."""
    for at, found in every_date(sentence):
        if isinstance(found, When):
            is_planned = _is_planned(sentence, at) or _will_be(sentence, at, found.end)
            if not is_planned and _dates_sentence(sentence, at, found):
                yield DateInSentence(_rank_of_date(found), at, found.end, found)
        elif _relative_dates_sentence(sentence, at, found):
            rank = RELATIVE_RANKS[found.unit] + _rank_of_speech(sentence, at, found.end)
            yield DateInSentence(rank, at, found.end, found)


def every_date(sentence: Sentence, first: int = 0) -> Iterator[tuple[int, When | Relative]]:
    """Yield the dates in a sentence from a word on, each with the index of its first word."""
    # A quick test of each word, without a call, spares most words the full one.
    starts = [
        at
        for at, (word, after) in enumerate(pairwise((*sentence, sentence[-1])))
        if word.lower in _FIRST_OF_ANY or word.text[0].isdigit() or word.text[0] == "Q" or after.lower in UNITS
    ]
    for at in starts:
        if at >= first and (found := read_date(sentence, at)) is not None:
            yield at, found
            first = found.end


def read_date(sentence: Sentence, at: int) -> When | Relative | None:
    """Return the date that begins at a word, or the phrase that is counted back: "May 2023", but "May last year"."""
    relative = read_relative(sentence, at)
    if relative is not None and relative.month is not None:
        return relative
    found = date_phrases.read(sentence, at) if may_begin_date(sentence[at]) else None
    return relative if found is None or _is_person(sentence, at, found) else found


def _is_person(sentence: Sentence, at: int, found: When) -> bool:
    """Return whether what reads like a month alone is the name of a person: Theresa May, "May pledged", Jun Santos."""
    if found.end - at > 1 or sentence[at].lower not in CALENDAR.also_people:
        return False
    before, after = text_at(sentence, at - 1), text_at(sentence, at + 1)
    if before[:1].isupper():
        return before.lower() not in CALENDAR.before_any_month
    if before in _BEFORE_NAME and after.istitle() and after.isalpha():
        return True  # Jun Santos and May Flores came home
    speaks = after in TITLES.speaking or after in TITLES.acting
    return before.lower() in TITLES.any_title or (before.lower() not in CALENDAR.before_any_month and speaks)


def last_year(found: DateInSentence) -> int:
    """Return the year of a bare year, so that the latest counts: the earlier ones are compared with it. Else 0."""
    when = found.when
    return (when.last or when.first).year or 0 if isinstance(when, When) and when.form == "year" else 0


def dated_stretches(sentence: Sentence) -> list[tuple[int, int, When]]:
    """Return the stretches of words whose numbers have a day of their own: "12 on 1 March and 20 on 4 March".

    There are none unless a number is before every day, or after every day.

    Returns:
        For each stretch, the index of its first word, the index after its last word, and the day.
    """
    days = [
        (one.at, one.end, one.when) for one in dates_in(sentence) if isinstance(one.when, When) and one.when.first.day
    ]
    if len(days) <= 1:
        return []
    begins, ends = [*(at for at, _, _ in days), len(sentence)], [0, *(end for _, end, _ in days)]
    has_number = [any(map(_is_number, sentence[end:begin])) for end, begin in zip(ends, begins, strict=True)]
    if all(has_number[:-1]) and not has_number[-1]:
        return [(before, end, day) for before, (_, end, day) in zip(ends, days, strict=False)]
    if all(has_number[1:]) and not has_number[0]:
        return [(at, after, day) for (at, _, day), after in zip(days, begins[1:], strict=True)]
    return []


def _is_number(word: Word) -> bool:
    return word.text[0].isdigit() or word.lower in NUMBERS.units


def _rank_of_date(found: When) -> int:
    return RANKS["day" if found.first.day is not None else "year" if found.form == "year" else "month"]


def is_background(sentence: Sentence, found: DateInSentence) -> bool:
    """Return whether a month or a year is only background to what was reported: "he had been sold in March"."""
    if found.rank not in _WEAK or found.at <= _OPENING:
        return False
    return not reports(sentence) or _dates_aftermath(sentence, found.at)


def _dates_aftermath(sentence: Sentence, at: int) -> bool:
    """Return whether a date belongs to what came before the news: "fled after the toppling of the ruler in 2011"."""
    for word in reversed(sentence[max(0, at - _FAR_AFTER) : at]):
        if word.text == "," or word.lower in GRAMMAR.be or word.lower in SPEECH.said:
            return False
        if word.lower in CALENDAR.aftermath:
            return True
    return False


def reports(sentence: Sentence) -> bool:
    """Return whether a sentence says what happened to people, or has a number that is not an amount of money."""
    return any(
        word.lower in _REPORTING
        or (word.text[0].isdigit() and text_at(sentence, at - 1) not in _MONEY and len(word.text) != _YEAR)
        for at, word in enumerate(sentence)
    )


def counts_until_now(sentence: Sentence) -> bool:
    """Return whether a sentence gives a total up to the day of the text: "so far", "since May, 40 have returned"."""
    lowers = [word.lower for word in sentence]
    if not any(word.text[0].isdigit() or word.lower in NUMBERS.units for word in sentence):
        return False
    pairs = list(pairwise(lowers))
    if any(" ".join(pair) in CALENDAR.so_far for pair in pairs):
        return True
    return "since" in lowers and not {"has", "have"}.isdisjoint(lowers) and not SINCE.isdisjoint(lowers)


def _is_planned(sentence: Sentence, at: int) -> bool:
    """Return whether a date is in the future of the text: "they will be sent home on Friday"."""
    for word in reversed(sentence[max(0, at - _FAR_PLANNED) : at]):
        if word.lower in CALENDAR.planned and word.text != "May":
            return True
        if word.lower in GRAMMAR.clause_ends or word.lower in SPEECH.said or word.lower in ("who", "which", "whose"):
            return False
    return False


def _will_be(sentence: Sentence, at: int, end: int) -> bool:
    """Return whether a sentence begins with the date of something planned: "On Friday, Thailand will convene …"."""
    return at <= _OPENING and any(word.lower in ("will", "shall") for word in sentence[end : end + _FAR_WILL])


def _rank_of_speech(sentence: Sentence, at: int, end: int) -> float:
    """Return what to add to the rank of a date on which somebody only spoke: the police said on Monday."""
    near = [word.lower for word in (*sentence[max(0, at - 2) : at], *sentence[end : end + 1])]
    return 0 if SPEECH.said.isdisjoint(near) else ONLY_SPOKEN


def may_begin_date(word: Word) -> bool:
    """Return whether a date can begin with a word. This quick test spares most words the full one."""
    return word.lower in _FIRST_OF_DATES or word.text[0].isdigit() or word.text[0] == "Q"


def _dates_sentence(sentence: Sentence, at: int, found: When) -> bool:
    """Return whether a date is the date of the event that the sentence reports."""
    before = lower_at(sentence, at - 1)
    opening = at <= _OPENING
    if before == "by" and at == 1 and found.first.day is not None:
        return True  # By 18 April, 29 complaints had come in
    if is_dateline(sentence, at, found):
        return False
    if before == "of" and at > 1 and sentence[at - 2].lower == "as":
        return True  # as of 31 October
    if before in CALENDAR.no_event and not (before in {"between", "from"} and found.last is not None):
        return False
    if not opening and (_is_compared(sentence, at) or follows_since(sentence, at)):
        return False
    if before in {"between", "from"}:
        return opening or found.last is not None
    if found.first.day is None:
        return _period_dates_sentence(sentence, at, found)
    return before in CALENDAR.dating or before in {"", "the"} or opening or sentence[at].text[0].isupper()


def _is_compared(sentence: Sentence, at: int) -> bool:
    """Return whether a date is only that of a comparison: "up from 220 in 2022", "compared with 220 in 2022"."""
    near = [word.lower for word in sentence[max(0, at - _MAX_FROM_COMPARISON) : at]]
    if any(after == "from" and word in CALENDAR.up_from for word, after in pairwise(near)):
        return True
    is_further = near[-1:] == ["in"] and near[-3:-2] == ["and"]  # compared with 220 in 2022 and 180 in 2021
    return not CALENDAR.comparing.isdisjoint(near) or (is_further and _is_compared(sentence, at - len(near[-4:])))


def _period_dates_sentence(sentence: Sentence, at: int, found: When) -> bool:
    """Return whether a month, a quarter or a year is the date of what the sentence reports."""
    before, opening = lower_at(sentence, at - 1), at <= _OPENING
    if found.form == "year":
        if before == "year" and lower_at(sentence, at - 3) == "in":
            before = "in"  # in fiscal year 2022, in the year 2022
        return before in CALENDAR.during and (opening or _counts_in(sentence, at))
    return opening or before in CALENDAR.during or found.form == "quarter"


def _counts_in(sentence: Sentence, at: int) -> bool:
    """Return whether a year dates an event or a number in its sentence, and not only something else."""
    if lower_at(sentence, at - 2) == "period" or any(word.lower == "since" for word in sentence[:at]):
        return False
    numbers = NUMBERS.units | NUMBERS.plurals
    return any(
        (word.text[0].isdigit() and len(word.text) != _YEAR) or word.lower in numbers or word.lower in CUES
        for word in sentence
    )


def is_dateline(sentence: Sentence, at: int, found: When) -> bool:
    """Return whether a date is the day on which a report was sent: VIENTIANE, Sept 13 (Reuters) -."""
    after = text_at(sentence, found.end)
    is_bracketed = text_at(sentence, at - 1) == "(" and after == ")"
    return 0 < at < LONGEST_DATELINE and _begins_with_city(sentence) and (is_bracketed or after in {"(", *_DASHES})


def _begins_with_city(sentence: Sentence) -> bool:
    return sentence[0].text.isupper() and len(sentence[0].text) > 2


def after_dateline(sentence: Sentence) -> int:
    """Return the position of the first word after the dateline of a sentence, or 0 if it has none."""
    dash = next((at for at, word in enumerate(sentence[:_FARTHEST_DASH]) if word.text in _DASHES), 0)
    if not dash or dash + 1 == len(sentence) or not _begins_with_city(sentence):
        return 0
    dates = ((at, date_phrases.read(sentence, at)) for at in range(1, min(dash, LONGEST_DATELINE)))
    is_dated = any(found is not None and is_dateline(sentence, at, found) for at, found in dates)
    return dash + 1 if is_dated or sentence[dash - 1].text == ")" else 0


def _relative_dates_sentence(sentence: Sentence, at: int, found: Relative) -> bool:
    """Return whether a relative date is the date of the event that the sentence reports.

    A week, a month or a year is often only the period of a number or the background of the event, unless it begins the
    sentence. A week or a month may also end a clause.
    """
    before = lower_at(sentence, at - 1)
    if _is_planned(sentence, at) or _will_be(sentence, at, found.end):
        return False
    if before in CALENDAR.no_day or before in CALENDAR.comparing or before == "with":
        return False
    if before == "far":
        return True  # so far this year
    if found.unit in {"day", "weekend"} or at <= 1:
        return True
    if found.unit == "year" and found.back == 0:
        return _is_toll(sentence, at, found.end)
    ends_clause = text_at(sentence, found.end) in {".", ",", ""} or lower_at(sentence, found.end - 1) in CALENDAR.ago
    return found.back != 0 and ends_clause and (found.unit != "year" or reports(sentence))


def _is_toll(sentence: Sentence, at: int, end: int) -> bool:
    """Return whether a sentence counts up to now: "360 have died this year", "the toll this year has reached 52"."""
    near = (*sentence[max(0, at - _FAR_TOLL) : at], *sentence[end : end + 1])
    return any(word.lower in ("has", "have") for word in near) and reports(sentence)
