"""Decide what a number counts by its noun: people or things, their group, nationality and metric; or nothing.

Labels, ages, measures, dates and fractions count nothing. To recognise more such numbers, write a function of the
sentence and the amount, and add a line to one of the two tables at the end. Years in prison look like a measure, but
they become a figure.
"""

# No `from __future__ import annotations` here: NamedTuple compiles annotations that are text when it is imported.

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import OF_PEOPLE, Amount, Count, Kind, SentenceView
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, MEASURES, NUMBERS
from scamcli.ingest.mentions import Mention
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries, is_demonym

MONTHS = lexicon.numbers("calendar.months", 1)
PEOPLE = lexicon.optional_headings("counted.people")
THINGS = lexicon.headings("counted.things")

NOUNS = COUNTED.persons.union(PEOPLE, THINGS, COUNTED.premises, COUNTED.other_things)

_FARTHEST = 8
"""How many words after a number are searched for its noun: "12 newly rescued young Vietnamese women"."""
_CHANNEL_NEAR = 6
"""How many words before "members" are searched for their channel: "a Telegram channel with 3,000 members"."""
_COMPLETE = ("others", "people")
"""Nouns that are never the first part of a compound noun."""

AGE = "an age"
DURATION = "a length of time"
PARENTHETICAL = (AGE, DURATION)
"""Rules of numbers that do not separate the clauses around them."""

_OLDEST = 100
_PRISON_BEFORE, _PRISON_AFTER = 14, 4
"""How many words around years are searched for words about prison. "Convicted" is often far before the years."""

_Rules = tuple[tuple[str, Callable[[SentenceView, Amount], bool]], ...]


class Head(NamedTuple):
    """The last word of the phrase that a number counts. It can be a nationality instead of a noun: "12 Kenyans"."""

    at: int
    noun: str
    """In lower case; empty for a nationality."""
    own: str | None = None
    """The metric of the timeline whose words the phrase ends with."""


def find_head(view: SentenceView, start: int) -> Head | None:
    """Return the noun or nationality of a phrase that begins at `start`, after a number or a verb."""
    at, nationality = start + (view.lower(start) == "of"), None
    end = min(start + _FARTHEST, len(view.sentence))
    while at < end:
        if (found := view.nationality(at)) is not None:
            nationality, at = found.last - 1, found.last
            at += view.lower(at) in GRAMMAR.conjoined and view.nationality(at + 1) is not None
        elif (own := view.own_metric(at)) is not None and not is_noun(view, own[1]):
            return Head(own[1] - 1, view.lower(own[1] - 1), own[0])
        elif is_noun(view, at):
            return _end_of_compound(view, at)
        elif nationality is None and at > start and view.lower(at) in (",", "and") and is_noun(view, at + 1):
            return _end_of_compound(view, at + 1)  # 31 piers and warehouses
        elif _ends_phrase(view, at) or (nationality is not None and not _is_adjective(view, at)):
            break
        else:
            at += 1
    return None if nationality is None else Head(nationality, "")


def is_noun(view: SentenceView, at: int) -> bool:
    """Return whether a word is a noun that can be counted, and not part of a name."""
    return view.lower(at) in NOUNS and view.text(at) == view.lower(at)


def _ends_phrase(view: SentenceView, at: int) -> bool:
    """Return whether no noun can follow, because the phrase ends, or a name or another number begins."""
    if view.lower(at) in GRAMMAR.stops or at in view.by_first:
        return True
    return at in view.cores and view.lower(at - 1) != "the"


def _is_adjective(view: SentenceView, at: int) -> bool:
    """Return whether a word after a nationality is an adjective, because a noun follows closely."""
    follows = is_noun(view, at + 1) or (is_noun(view, at + 2) and view.lower(at + 1) not in GRAMMAR.determiners)
    return follows and view.text(at).islower() and at + 1 not in view.cores


def _end_of_compound(view: SentenceView, at: int) -> Head:
    """Return the last noun of a compound: "trafficking victims", "police officers", "criminal gang members"."""
    while is_noun(view, at + 1) and view.lower(at) not in _COMPLETE and at + 1 not in view.by_first:
        at += 1
    return Head(at, view.lower(at))


def with_noun(view: SentenceView, count: Count, noun: str) -> Count:
    """Return a count with the kind, group and metric of its noun, which is its last word."""
    metric, rule = THINGS.get(noun), f"number of {noun}"
    if noun == "members" and view.has(COUNTED.channels, count.amount.first - _CHANNEL_NEAR, count.amount.first):
        metric, rule = "members", "members of a channel"
    elif noun in COUNTED.calls and view.lower(count.end) == "for" and view.lower(count.end + 1) in COUNTED.help:
        metric, rule = "requests", f"{rule} for help"
    elif noun in PEOPLE:
        group, end = _group_and_end(view, count, noun)
        return count._replace(
            noun=noun, kind=Kind.PEOPLE, rule=rule, is_weak=noun in COUNTED.officials, group=group, end=end
        )
    if metric is not None:
        return count._replace(noun=noun, kind=Kind.THING, rule=rule, metric=metric)
    if noun in COUNTED.persons:
        return count._replace(noun=noun, kind=Kind.PEOPLE, rule=rule, is_weak=True)
    if noun in COUNTED.premises:
        return count._replace(noun=noun, kind=Kind.PREMISES, rule=rule)
    return count._replace(noun=noun).explained("a number of things")


def group_of(view: SentenceView, count: Count, noun: str) -> str | None:
    """Return the group that the noun of a count names together with its adjectives: "12 foreign nationals"."""
    start, end = count.amount.last, count.end
    if noun in COUNTED.foreign_nouns and view.has(COUNTED.foreign, start, end):
        return "foreigners"
    if noun in COUNTED.female_nouns and view.has(COUNTED.female, start, end):
        return "women"
    return None if noun in COUNTED.citizens and count.nationalities else PEOPLE[noun]


def _group_and_end(view: SentenceView, count: Count, noun: str) -> tuple[str | None, int]:
    """Return the group, and the index at which the words of the count end. "12 girls and women" are not one group."""
    group, other = group_of(view, count, noun), view.lower(count.end + 1)
    if view.lower(count.end) == "and" and other in PEOPLE and view.text(count.end + 1).islower():
        return group if PEOPLE[other] == group else None, count.end + 2
    return group, count.end


def with_nationalities(view: SentenceView, count: Count, start: int, end: int) -> Count:
    """Add the nationalities in a stretch: "12 Thai and Lao women"."""
    found = [mention.name for mention in view.mentions if start <= mention.first < end and mention.kind in OF_PEOPLE]
    return count._replace(nationalities=tuple(dict.fromkeys([*count.nationalities, *found]))) if found else count


def with_more_nationalities(view: SentenceView, count: Count) -> Count:
    """Add all nationalities that follow the last one in a list: "60 Pakistanis and Sri Lankans"."""
    while view.lower(count.end) in GRAMMAR.conjoined and (found := view.nationality(count.end + 1)) is not None:
        count = count._replace(nationalities=(*count.nationalities, found.name), end=found.last)
    return count


def with_origin(view: SentenceView, count: Count) -> Count:
    """Add the countries after "of" or "from": nationals of Nepal, Ghana and Peru; women from Kenya."""
    if count.kind is not Kind.PEOPLE or view.lower(count.end) not in ("of", "from") or count.nationalities:
        return count
    mentions = list(_origins(view, count.end + 1))
    if not mentions:
        return count
    names = [countries()[mention.name].demonym if mention.kind == "country" else mention.name for mention in mentions]
    nationalities = tuple(name for name in names if name)
    group = None if nationalities and count.group == "citizens" else count.group
    return count._replace(is_origin=True, nationalities=nationalities, group=group, end=mentions[-1].last)


def _origins(view: SentenceView, at: int) -> Iterator[Mention]:
    while (found := view.by_first.get(at)) is not None and found.kind in ("country", "people"):
        if view.text(found.last) == "(":
            break  # each country has its own number: from Kenya (12) and Uganda (3)
        yield found
        at = found.last
        while view.lower(at) in GRAMMAR.conjoined or view.lower(at) == "the":
            at += 1


def with_own_country(view: SentenceView, count: Count) -> Count:
    """Add the country whose embassy or police acts: "the Indonesian Embassy brought home 34 citizens"."""
    if count.nationalities or count.noun not in COUNTED.of_some_country or count.group == "foreigners":
        return count
    before = [mention for mention in view.mentions if mention.first < count.amount.first]
    found = [demonym for mention in before if (demonym := _demonym_of(mention))]
    return count._replace(nationalities=(found[-1],), group=None, grade=Grade.UNSURE) if found else count


def with_apposition(view: SentenceView, count: Count) -> Count:
    """Add the nationality that all people of a count have: "ten of the accused, all of them Chinese"."""
    at = count.end + 1
    if view.text(count.end) != "," or view.lower(at) not in ("all", "both") or count.nationalities:
        return count
    if view.lower(at + 1) == "from":
        found = next(_origins(view, at + 2), None)
    else:
        found = view.nationality(at + (3 if view.lower(at + 1) == "of" else 1))
    if found is None:
        return count
    name = countries()[found.name].demonym if found.kind == "country" else found.name
    return count._replace(nationalities=(name,), end=found.last) if name else count


def demonym_in(name: str) -> str | None:
    """Return the demonym with which the name of a body begins: Kenyan, Sri Lankan."""
    words = name.split()
    return next((start for start in (" ".join(words[:2]), words[0]) if is_demonym(start)), None)


def _demonym_of(mention: Mention) -> str | None:
    """Return the demonym of a country, or of an organisation's country: Kenya, Kenyan, the Kenyan Embassy."""
    if mention.kind == "country":
        return countries()[mention.name].demonym or None
    if mention.kind == "adjective":
        return mention.name
    acts = mention.kind == "actor" and mention.within in ("embassy", "government", "police")
    if acts and (own := demonym_in(mention.name)) is not None:
        return own
    held = next((part for part in mention.holds if part.kind == "country"), None)
    return countries()[held.name].demonym if held else None


def read_hyphenated(view: SentenceView, count: Count) -> Count | None:
    """Explain a number that is part of an adjective: "a 12-storey building"."""
    last = count.amount.last
    is_part = view.lower(last) == "-" and view.lower(last + 1) not in MEASURES.durations
    return count.explained("part of an adjective") if is_part else None


def read_sentence(view: SentenceView, count: Count) -> Count | None:
    """Read years in prison: sentenced to five years; handed a 12-year term."""
    at, amount = _unit_at(view, count.amount), count.amount
    unit = view.lower(at)
    if unit not in ("year", "years") or not _is_prison_term(view, amount.first, at + 1):
        return None
    joint = "-" if at > amount.last else " "
    amount = amount._replace(last=at + 1, wording=f"{amount.wording}{joint}{unit}")
    return count.reads(Kind.SENTENCE, "years in prison")._replace(metric="sentences", end=at + 1, amount=amount)


def explain(rules: _Rules, view: SentenceView, count: Count) -> Count | None:
    """Explain a number that counts nothing by the first of several rules that applies."""
    found = next((rule for rule, holds in rules if holds(view, count.amount)), None)
    return None if found is None else count.explained(found)


def _unit_at(view: SentenceView, amount: Amount) -> int:
    """Return the index of the word that can be the unit of a number: "five years", "five-year"."""
    return amount.last + (view.text(amount.last) in ("-", "–"))


def _is_prison_term(view: SentenceView, first: int, end: int) -> bool:
    before, after = (first - _PRISON_BEFORE, first), (end, end + _PRISON_AFTER)
    if view.has(MEASURES.threatened, *before) or view.lower(end) in ("ago", "old"):
        return False
    given = view.has(MEASURES.given, *before) and view.has(MEASURES.given_for, *after)
    return given or view.has(MEASURES.prison, *before) or view.has(MEASURES.prison, *after)


def _is_item(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number belongs to a paragraph or a list item: "3.4 Between 2 and 6 October", "2) Police"."""
    number, after = view.text(amount.core), view.text(amount.last)
    if amount.core or not number[0].isdigit():
        return False
    return (after in (".", ")") and amount.last == 1) or ("." in number and after[:1].isupper())


def _is_name(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is part of a name: "Jinbei 1", "Article 17", "No. 12", "#19"."""
    core = amount.core
    if core == 0 or amount.first != core or not view.text(core)[0].isdigit():
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
    if text in MEASURES.number_signs or (text == "." and view.lower(at - 1) in MEASURES.abbreviated):
        return True
    return lower in MEASURES.numbered and (text[0].isupper() or lower not in MEASURES.numbered_in_capitals)


def _is_ordinal(view: SentenceView, amount: Amount) -> bool:
    return view.text(amount.last) == "-" and view.lower(amount.last + 1) in NUMBERS.ordinals


def _is_house(view: SentenceView, amount: Amount) -> bool:
    return view.lower(amount.last) in MEASURES.numbered and view.text(amount.last)[0].isupper()


def _is_age(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is an age: 19-year-old, aged 24, under 18, 58 years old, Somchai, 24, and …"""
    after = [word for word in view.between(amount.last, amount.last + 4) if word != "-"]
    if after[:1] and after[0] in MEASURES.age_units and after[1:2] == ["old"]:
        return True
    if after[:3] == ["years", "of", "age"] or _is_aged(view, amount.first):
        return True
    if view.lower(amount.first) in MEASURES.under and view.text(amount.last) in (",", ".", ")", ";"):
        return view.text(amount.core) in MEASURES.legal_ages
    return _is_between_commas(view, amount)


def _is_aged(view: SentenceView, first: int) -> bool:
    """Recognise "aged 24", "aged between 20 and 30", "the youngest was 16", and the 44 of "aged 31 and 44"."""
    further, before = view.pair(first - 2)
    if before in ("and", "or") and further.isdecimal():
        return view.lower(first - 3) in MEASURES.aged
    if before in GRAMMAR.be:
        return further in ("youngest", "oldest")
    if before == "of" and further in COUNTED.one_person:
        return True  # a boy of 16
    return before in MEASURES.aged or (further in ("aged", "ages") and before in ("between", "from"))


def _is_between_commas(view: SentenceView, amount: Amount) -> bool:
    """Recognise "a man, 24," and "Somchai, 31," but not the next item of a list."""
    comma, before = amount.core - 1, amount.core - 2
    if view.text(comma) != "," or view.text(amount.last) not in (",", ".") or amount.core + 1 != amount.last:
        return False
    is_somebody = view.text(before).islower() and view.lower(before - 1) in ("the", "a", "an", "his", "her")
    follows_person = (
        is_somebody or view.text(before)[:1].isupper() or view.lower(before) in PEOPLE or view.lower(before) == "them"
    )
    mention, number = view.by_last.get(comma), view.text(amount.core)
    is_young = number.isdecimal() and int(number) < _OLDEST
    return follows_person and is_young and (mention is None or mention.kind == "actor")


def _is_duration(view: SentenceView, amount: Amount) -> bool:
    return view.lower(_unit_at(view, amount)) in MEASURES.durations


def _is_length(view: SentenceView, amount: Amount) -> bool:
    """Return whether a unit follows. Some units with a capital are names: "12 M", "3 Floor"."""
    at = _unit_at(view, amount)
    unit = view.lower(at)
    return unit in MEASURES.lengths and not (unit in ("m", "floor") and view.text(at)[0].isupper())


def _is_time(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is the hour or the minutes of a time: "14:20"."""
    hour, core = view.text(amount.core - 2), amount.core
    if view.text(core - 1) == ":" and hour.isdigit() and view.is_glued(core - 1) and view.is_glued(core):
        return True
    return view.text(amount.last) == ":" and view.text(amount.last + 1)[:1].isdigit()


def _is_fraction(view: SentenceView, amount: Amount) -> bool:
    """Recognise "two thirds", and both numbers of "one in five"."""
    first, last = amount.first, amount.last
    opens = view.lower(amount.core) in ("one", "1") and view.lower(last) == "in" and last + 1 in view.cores
    ends = view.lower(first - 1) == "in" and view.lower(first - 2) in ("one", "1") and first - 2 in view.cores
    return opens or ends or view.lower(last) in NUMBERS.fractions


def _is_of_parent(view: SentenceView, amount: Amount) -> bool:
    return view.lower(amount.first - 1) == "of" and view.lower(amount.first - 2) in MEASURES.parents


def _is_impossible_date(view: SentenceView, amount: Amount) -> bool:
    """Return whether a number is part of a date that does not exist: "30 February", "November 31, 2024"."""
    core, last = amount.core, amount.last
    beside = {view.text(core - 1), view.text(last)}
    if not view.text(core).isdecimal() or find_head(view, last) is not None:
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
    return count.reads(Kind.OTHER if count.is_one else Kind.UNUSED, "an exception")


LABELS: _Rules = (
    ("the number of an item", _is_item),
    ("a number in a name", _is_name),
    ("an ordinal number", _is_ordinal),  # twenty-first
    ("the number of a house", _is_house),  # 24 Street 271
    (AGE, _is_age),
)
MEASURING: _Rules = (
    (DURATION, _is_duration),
    ("a measure", _is_length),
    ("a time of day", _is_time),
    ("a fraction", _is_fraction),
    ("somebody's children", _is_of_parent),  # the mother of three
    ("a date that does not exist", _is_impossible_date),
)
