"""Recognise numbers that count neither people nor things: labels, ages, measures, times and fractions.

To recognise more such numbers, write a function of the sentence and the amount, and add a line to one of the two tables
at the end. Years in prison look like a measure, but they become a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import Kind
from scamcli.ingest.counts.nouns import PEOPLE, find_head
from scamcli.ingest.date_phrases import EARLIEST, LATEST
from scamcli.ingest.lexicon import CALENDAR, COUNTED, GRAMMAR, MEASURES, NUMBERS, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.ingest.counts.count import Amount, Count, SentenceView

    _Rules = tuple[tuple[str, Callable[[SentenceView, Amount], bool]], ...]

MONTHS = lexicon.numbers("calendar.months", 1)

AGE = "an age"
FRACTION = "a fraction"
DURATION = "a length of time"
PARENTHETICAL = (AGE, DURATION)
"""Rules of numbers that do not separate the clauses around them."""

_YEAR_DIGITS = 4
_CAPACITY_NEAR = 4
"""How many words before a number are searched for "capacity"."""
OLDEST = 100
_LONGEST_PLAIN = 6
"""The most digits of a count without signs between them. Longer ones are the numbers of documents and telephones."""
_PRISON_BEFORE, _PRISON_AFTER = 14, 4
"""How far before and after years to look for words about prison. "Convicted" is often far before the years."""
_GIVEN_NEAR = 8
"""How many words before years are searched for "got": "got, with his brother and their driver, five years"."""
_MODAL_NEAR = 2
"""How many words before "get" are searched for "could": "can be jailed for up to 20 years"."""
_NOUN_NEAR = 3
"""How many words after a number of people their noun can be: "gives two Senegalese skippers four years"."""
_PUNISHED_NEAR = 3
"""How many words after "years and" are searched for "fine"."""


def read_hyphenated(view: SentenceView, count: Count) -> Count | None:
    """Explain a number that is part of an adjective: "a 12-storey building"."""
    last = count.amount.last
    is_part = view.lower(last) == "-" and view.lower(last + 1) not in MEASURES.durations
    return count.explained("part of an adjective") if is_part else None


def read_sentence(view: SentenceView, count: Count) -> Count | None:
    """Read years in prison: sentenced to five years; handed a 12-year term; got 12 years, and his son five."""
    amount = count.amount
    at = _unit_at(view, amount.last)
    if view.lower(at) in MEASURES.years:
        end = _months_end(view, at + 1)
        is_lapse = view.has(MEASURES.before_lapse, amount.first - 2, amount.first)
        if is_lapse or not _is_imposed(view, amount.first, end):
            return None
        joint = "-" if at > amount.last else " "
        months = f" {view.joined(at + 1, end)}".replace(" ,", ",") if end > at + 1 else ""
        amount = amount._replace(last=end, wording=f"{amount.wording}{joint}{view.lower(at)}{months}")
    elif not _leaves_out_unit(view, amount.first, amount.last):
        return None
    return count.reads(Kind.SENTENCE, "years in prison")._replace(metric="sentences", end=amount.last, amount=amount)


def _months_end(view: SentenceView, at: int) -> int:
    """Return the index after the months of "six years and four months", or the index itself."""
    first = at + (view.lower(at) in ("and", ","))
    end = first
    while end in view.cores:
        end += 1
    return end + 1 if end > first and view.lower(end) in MEASURES.months else at


def gives_term(view: SentenceView, at: int) -> bool:
    """Return whether a verb gives people years in prison: "gave five captains three years each"."""
    if view.lower(at) not in MEASURES.given:
        return False
    for unit in range(at + 2, at + 2 + _GIVEN_NEAR):
        if view.lower(unit) in MEASURES.years and unit - 1 in view.cores:
            first = next(one for one in range(unit - 1, at, -1) if one - 1 not in view.cores)
            return _is_imposed(view, first, unit + 1)
    return False


def explain(rules: _Rules, view: SentenceView, count: Count) -> Count | None:
    """Explain a number that counts nothing by the first of several rules that applies."""
    found = next((rule for rule, holds in rules if holds(view, count.amount)), None)
    is_out_of = "out" in (view.lower(count.amount.last), view.lower(count.amount.first - 2))
    if found == FRACTION and not count.is_one and (is_out_of or view.lower(count.amount.last) == "in"):
        return count.reads(Kind.UNUSED, found)  # nine in ten of them
    return None if found is None else count.explained(found)


def _unit_at(view: SentenceView, last: int) -> int:
    """Return the index of the word that can be the unit of a number: "five years", "five-year"."""
    return last + (view.text(last) in ("-", "–"))


def _is_imposed(view: SentenceView, first: int, end: int) -> bool:
    if view.lower(end) in MEASURES.not_imposed or _is_threatened(view, first):
        return False
    if view.has(MEASURES.prison, first - _PRISON_BEFORE, first) or view.has(MEASURES.prison, end, end + _PRISON_AFTER):
        return True
    if view.lower(first - 1) in MEASURES.lasting or view.lower(end) not in MEASURES.after_term:
        return False
    return _is_given(view, first) or _is_punished(view, first, end) or _follows_term(view, first)


def _is_threatened(view: SentenceView, first: int) -> bool:
    """Return whether the nearest word before years says that nobody has been sentenced to them yet.

    "The prosecutors sought 12 years, but the court gave him seven years."
    """
    imposed = MEASURES.given | MEASURES.imposing
    for at in range(first - 1, max(-1, first - 1 - _PRISON_BEFORE), -1):
        if view.lower(at) in MEASURES.threatened and view.text(at) != "May":
            return True
        if view.lower(at) in imposed and not view.has(MEASURES.threatened, at - _MODAL_NEAR, at):
            return False
    return view.joined(first, first + 2).lower() == "up to"


def _is_given(view: SentenceView, first: int) -> bool:
    """Return whether somebody gets years: "gets 13 years", "gave two captains three years each"."""
    for at in range(first - 1, max(-1, first - 1 - _GIVEN_NEAR), -1):
        if view.lower(at) in MEASURES.given:
            return True
        if view.lower(at) in GRAMMAR.boundaries or (at in view.cores and not _is_beside_term(view, at)):
            return False
    return False


def _is_beside_term(view: SentenceView, at: int) -> bool:
    """Return whether a number is another term, or counts people: "ten years and", "five Thai captains"."""
    if view.lower(at + (3 if view.lower(at + 1) in ("and", "or") else 1)) in MEASURES.years:
        return True
    near = range(at + 1, at + 1 + _NOUN_NEAR)
    return any(
        view.lower(one) in PEOPLE or view.lower(one) in COUNTED.persons or view.nationality(one) is not None
        for one in near
    )


def _is_punished(view: SentenceView, first: int, end: int) -> bool:
    """Return whether a verdict without a verb has years: "guilty, seven years and fine", "Sardar: 3 years (time …)"."""
    if view.lower(first - 1) not in (":", ","):
        return False
    if view.lower(end) == "(":
        return view.lower(end + 1) in MEASURES.punishing
    return view.lower(end) == "and" and view.has(MEASURES.punishing, end, end + 1 + _PUNISHED_NEAR)


def _follows_term(view: SentenceView, first: int) -> bool:
    """Return whether years follow others that somebody gets: "He got five years and his daughter, 33, two years"."""
    units = [at for at in range(first) if view.lower(at) in MEASURES.years]
    return any(_is_given(view, at - 1) or view.has(MEASURES.imposing, at - _PRISON_BEFORE, at) for at in units)


def _leaves_out_unit(view: SentenceView, first: int, last: int) -> bool:
    """Recognise a term that has its unit beside another term: "one to 12 years and the other to five"."""
    if view.lower(last) in ("and", "or") and last + 1 in view.cores:
        end = next(at for at in range(last + 1, len(view.sentence) + 1) if at not in view.cores)
        return view.lower(end) in MEASURES.years and _is_given(view, first) and _is_imposed(view, first, end + 1)
    is_short = view.lower(first - 1) in MEASURES.before_short and view.lower(last) in MEASURES.after_term
    return is_short and not _is_threatened(view, first) and _follows_term(view, first)


def _is_item(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is that of a paragraph, an item or a note: "3.4 Between", "2) Police", "[12] Court"."""
    number, after = view.text(amount.core), view.text(amount.last)
    if amount.core == 1 and (view.text(0), after) == ("[", "]"):
        return True
    if amount.core or not number[0].isdigit():
        return False
    return (after in (".", ")") and amount.last == 1) or ("." in number and after[:1].isupper())


def _is_name(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is part of a name: "Jinbei 1", "Article 17", "No. 12", "#19"."""
    core = amount.core
    if core == 0 or amount.first != core or not view.text(core)[0].isdigit() or _is_duration(view, amount):
        return False
    if view.text(core - 1) == "-" and view.text(core - 2)[:1].isupper() and view.is_glued(core):
        return True  # COVID-19
    if _is_numbered(view, core - 1) or any(mention.first < core < mention.last for mention in view.mentions):
        return True
    before = view.sentence[core - 1]
    opens = core == 1 and (
        before.lower in GRAMMAR.stops or len(before.text) < 3 or view.lower(amount.last) not in GRAMMAR.be
    )
    if opens or not before.text[0].isupper() or before.lower in MONTHS:
        return False
    return core - 1 not in view.by_first and core not in view.by_last and find_head(view, amount.last) is None


def _is_numbered(view: SentenceView, at: int) -> bool:
    text, lower = view.text(at), view.lower(at)
    if text == "+":
        return view.is_glued(at + 1)  # +855 12, but 55 + 48 people
    if text in MEASURES.number_signs or (text == "." and view.lower(at - 1) in MEASURES.abbreviated):
        return True
    return lower in MEASURES.numbered and (text[0].isupper() or lower not in MEASURES.numbered_in_capitals)


def _is_code(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is long, begins with a zero, or goes on after the code of a country: +855 12 555."""
    text, at = view.text(amount.core), amount.core - 1
    if text.isdecimal() and (len(text) > _LONGEST_PLAIN or (len(text) > 2 and text[0] == "0")):
        return True
    while view.text(at).isdecimal():
        at -= 1
    return view.text(at) == "+" and at < amount.core - 1


def _is_ordinal(view: SentenceView, amount: Amount) -> bool:
    return view.text(amount.last) == "-" and view.lower(amount.last + 1) in NUMBERS.ordinals


def _is_year(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is a year that was not read as a date: "a 2023 investigation", "In 2018 cases rose"."""
    text = view.text(amount.core)
    if amount.first != amount.core or amount.core + 1 != amount.last or len(text) != _YEAR_DIGITS:
        return False
    if not (text.isdecimal() and EARLIEST <= int(text) <= LATEST):
        return False
    after = view.lower(amount.last)
    if view.lower(amount.first - 1) in ("a", "the") and after in COUNTED.one_case:
        return True  # a 2023 case
    if after in GRAMMAR.be or after in GRAMMAR.have or after in OUTCOMES.alone:
        return False  # 2000 were freed
    return view.lower(amount.first - 1) in CALENDAR.during | CALENDAR.no_event or find_head(view, amount.last) is None


def _is_house(view: SentenceView, amount: Amount) -> bool:
    return view.lower(amount.last) in MEASURES.numbered and view.text(amount.last)[0].isupper()


def _is_age(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is an age: 19-year-old, aged 24, under 18, 58 years old, Somchai, 24, and …"""
    after = [word for word in view.between(amount.last, amount.last + 4) if word != "-"]
    if after[:1] and after[0] in MEASURES.age_units and after[1:2] == ["old"]:
        return True
    if after[:3] == ["years", "of", "age"] or _is_aged(view, amount.first):
        return True
    if view.lower(amount.first) in MEASURES.under and view.lower(amount.last) in MEASURES.after_age:
        return view.text(amount.core) in MEASURES.legal_ages
    return _is_between_commas(view, amount) or _is_behind_name(view, amount) or _is_of_two(view, amount)


def _is_aged(view: SentenceView, first: int) -> bool:
    """Recognise "aged 24", "aged between 20 and 30", "the youngest was 16", and the 44 of "aged 31 and 44"."""
    further, before = view.pair(first - 2)
    if before in ("and", "or") and (further.isdecimal() or further in NUMBERS.units):
        opens = first - 3 - (view.lower(first - 3) in ("of", "between"))
        return view.lower(opens) in MEASURES.aged  # aged 31 and 44, between the ages of five and 16
    if before in GRAMMAR.be or (further == "of" and before in GRAMMAR.them):
        return view.has(MEASURES.ranked_by_age, first - 3, first - 1)  # the youngest was 16, the youngest of them 15
    if before == "of" and (further in COUNTED.one_person or further in ("age", "ages")):
        return True  # a boy of 16, under the age of 16
    if before == "of" and view.by_last.get(first - 1) is not None and view.lower(first - 3) in ("a", "an"):
        return True  # a Latvian of 27
    return before in MEASURES.aged or (further in ("aged", "ages") and before in ("between", "from"))


def _is_between_commas(view: SentenceView, amount: Amount) -> bool:
    """Recognise "a man, 24," and "Somchai, 31," but not the next item of a list."""
    comma, before = amount.core - 1, amount.core - 2
    if view.text(comma) != "," or view.text(amount.last) not in (",", ".", "(") or amount.core + 1 != amount.last:
        return False
    is_somebody = view.text(before).islower() and (before == 0 or view.lower(before - 1) in GRAMMAR.determiners)
    is_name = view.text(before)[:1].isupper() and not _ends_date(view, comma)
    follows_person = is_somebody or is_name or view.lower(before) in PEOPLE or view.lower(before) == "them"
    mention = view.by_last.get(comma)
    return follows_person and _is_life(view.text(amount.core)) and (mention is None or mention.kind == "actor")


def _ends_date(view: SentenceView, end: int) -> bool:
    """Return whether a date ends at an index: "from 1 to 15 March, 40", "in March, 40", but not "Wang Jun, 44"."""
    found = next(((at, date) for at, date in view.dates if date.end == end), None)
    return found is not None and (found[1].first.day is not None or view.lower(found[0] - 1) in CALENDAR.before_month)


def _is_behind_name(view: SentenceView, amount: Amount) -> bool:
    """Recognise the age in "Ana Example (39, Plant City)"."""
    before, number = amount.core - 2, view.text(amount.core)
    is_name = view.text(before)[:1].isupper() and view.text(before - 1)[:1].isupper()
    is_place = (mention := view.by_last.get(before + 1)) is not None and mention.kind != "actor"
    follows = view.text(amount.last) == "," and view.text(amount.last + 1)[:1].isupper()
    return view.text(before + 1) == "(" and is_name and not is_place and follows and _is_life(number)


def _is_of_two(view: SentenceView, amount: Amount) -> bool:
    """Recognise both ages in "two girls, 15 and 16,"."""
    joint = next((at for at in (amount.core - 1, amount.last) if view.lower(at) == "and"), None)
    if joint is None or not (_is_life(view.text(joint - 1)) and _is_life(view.text(joint + 1))):
        return False
    is_counted = view.has({"two", "2", "both"}, joint - 5, joint - 2) and view.lower(joint - 3) in PEOPLE
    return view.text(joint - 2) == "," and is_counted and not view.text(joint + 2)[:1].isalpha()


def _is_life(number: str) -> bool:
    return number.isdecimal() and int(number) < OLDEST


def _is_duration(view: SentenceView, amount: Amount) -> bool:
    return view.lower(_unit_at(view, amount.last)) in MEASURES.durations


def _is_length(view: SentenceView, amount: Amount) -> bool:
    """Return whether a unit follows. Some units with a capital are names: "12 M", "3 Floor"."""
    at = _unit_at(view, amount.last)
    unit = view.lower(at)
    return unit in MEASURES.lengths and not (unit in ("m", "floor") and view.text(at)[0].isupper())


def _is_time(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is the hour or the minutes of a time: "14:20"."""
    hour, core = view.text(amount.core - 2), amount.core
    if view.text(core - 1) == ":" and hour.isdigit() and view.is_glued(core - 1) and view.is_glued(core):
        return True
    return view.text(amount.last) == ":" and view.text(amount.last + 1)[:1].isdigit()


def _is_fraction(view: SentenceView, amount: Amount) -> bool:
    """Recognise "two thirds", and both numbers of "one in five", "nine in ten", "nine out of ten" and "one by one"."""
    first, last = amount.first, amount.last
    if "out" in (view.lower(last), view.lower(first - 2)):
        whole, part = (last + 2, amount.core) if view.lower(last) == "out" else (amount.core, first - 3)
        return view.cores >= {whole, part} and view.lower(whole) in NUMBERS.round
    other = last + 1 + (view.lower(last + 1) == "every")
    is_share = view.lower(amount.core) in ("one", "1") or view.lower(last + 1) in NUMBERS.round
    opens = is_share and view.lower(last) in ("in", "by") and other in view.cores
    joint = first - 1 - (view.lower(first - 1) == "every")
    is_whole = view.lower(joint - 1) in ("one", "1") or view.lower(amount.core) in NUMBERS.round
    ends = is_whole and view.lower(joint) in ("in", "by") and joint - 1 in view.cores
    return opens or ends or view.lower(last) in NUMBERS.fractions


def _is_capacity(view: SentenceView, amount: Amount) -> bool:
    """Recognise "big enough to hold 300 people" and "with a capacity of 600"."""
    near = amount.first - _CAPACITY_NEAR, amount.first
    return view.has({"capacity"}, *near) or (view.has({"enough"}, *near) and view.has(MEASURES.holding, *near))


def _is_of_parent(view: SentenceView, amount: Amount) -> bool:
    return view.lower(amount.first - 1) == "of" and view.lower(amount.first - 2) in MEASURES.parents


def _is_impossible_date(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is part of a date that does not exist: "30 February", "November 31, 2024"."""
    core, last = amount.core, amount.last
    beside = {view.text(core - 1), view.text(last)}
    is_subject = view.lower(last) in GRAMMAR.subjects  # in March 41 were freed
    is_subject |= core in view.cell_starts or any(date.end == core and date.first.day for _, date in view.dates)
    if not view.text(core).isdecimal() or is_subject or find_head(view, last) is not None:
        return False  # on June 3, 2000 people; in September 45 people
    if any(word.istitle() and word.lower() in MONTHS for word in beside):
        return True
    day, month = view.text(core - 2), view.text(core - 3)
    is_year = view.text(core - 1) == "," and len(view.text(core)) == 4
    return is_year and len(day) <= 2 and month.istitle() and month.lower() in MONTHS


def read_exception(view: SentenceView, count: Count) -> Count | None:
    """Read a number that is excepted: "all but two were men"."""
    if view.lower(count.amount.first - 1) not in ("but", "not", "no"):
        return None
    is_mention = count.is_one and view.lower(count.amount.first - 2) != "all"
    return count.reads(Kind.OTHER if is_mention else Kind.UNUSED, "an exception")


LABELS: _Rules = (
    ("the number of an item", _is_item),
    ("a number in a name", _is_name),
    ("a year", _is_year),
    ("the number of a document or a telephone", _is_code),
    ("an ordinal number", _is_ordinal),  # twenty-first
    ("the number of a house", _is_house),  # 24 Street 271
    (AGE, _is_age),
)
MEASURING: _Rules = (
    (DURATION, _is_duration),
    ("a measure", _is_length),
    ("a time of day", _is_time),
    (FRACTION, _is_fraction),
    ("zero", lambda view, amount: view.text(amount.core) == "0"),
    ("a capacity", _is_capacity),
    ("somebody's children", _is_of_parent),  # the mother of three
    ("a date that does not exist", _is_impossible_date),
)
