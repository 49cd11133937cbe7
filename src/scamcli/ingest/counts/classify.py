"""Stage 2: decide what an amount counts, from the words next to it. Stage 3 decides what happened.

A rule is a function ``read_…`` that returns the count it has read, or ``None`` if the rule does not apply. To add a
rule, write such a function and add it to `_RULES`. The first rule that applies wins, so numbers that are part of
something else come before numbers with nouns. A function ``with_…`` adds what it finds to a count, or returns the count
unchanged.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scamcli.ingest.counts import non_counts, nouns
from scamcli.ingest.counts.amounts import bound_end
from scamcli.ingest.counts.count import LABELLED, OF_PEOPLE, Count, Kind
from scamcli.ingest.counts.outcome import CUES, OWN_METRIC, PHRASES
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, MEASURES, NUMBERS, OUTCOMES, TRENDS
from scamcli.ingest.mentions.countries import COUNTRY_WITH_COUNT
from scamcli.ingest.mentions.names import PLACE_KINDS
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Amount, SentenceView
    from scamcli.ingest.mentions import Mention


OF_THOSE = "some of those before"
OF_NATIONALITY = "some of those of one nationality"
LISTED = PLACE_KINDS.union(OF_PEOPLE)
_FAR = 6
"""How many words before a bracket are searched for its place: "Vietnam sent the most (58)"."""
_PERCENT = frozenset(("%", "percent", "cent"))
_SHARE_NEAR, _BRACKET_NEAR = 3, 6
"""How many words before a number are searched for its share, and for the bracket around both."""
_COMPARED_NEAR = 8
"""How many words before a bracket are searched for a comparison: "fewer than in the first quarter (268)"."""
_VERB_NEAR = 4
"""How many words after "of the" are searched for "were": "six of the nine dead were Thai"."""
_COMPLEMENT_NEAR = 4
"""How many words after "were" the noun that says who they are can extend."""


def describe(view: SentenceView, amount: Amount, id_: int) -> Count:
    """Return the count of an amount: its kind, its noun, and the group and nationalities that the noun names."""
    count = Count(id_, view.at, view.sentence, amount, view.dates, amount.last, own=view.own)
    if amount.kind is not Kind.PLAIN:
        return count._replace(kind=amount.kind)
    for rule in _RULES:
        if (found := rule(view, count)) is not None:
            return found
    return _without_noun(view, count)


def _read_known(view: SentenceView, count: Count) -> Count | None:
    """Read a number of everybody counted before, "the 60 are in custody", or of others, "after 30 were arrested"."""
    amount, after = count.amount, view.lower(count.amount.last)
    if after in GRAMMAR.be and view.lower(amount.first - 1) in GRAMMAR.times:
        return count._replace(kind=Kind.BARE)
    if view.lower(amount.first - 1) != "the" or amount.first < amount.core:
        return None
    if after in GRAMMAR.be or after in GRAMMAR.have or after in GRAMMAR.include or after in ("still", "who"):
        return count._replace(kind=Kind.BARE)
    return None


def _read_of_them(view: SentenceView, count: Count) -> Count | None:
    """Read a part of those before: nine of them …, five of the Kenyans …, six were …, six of the dead were Thai."""
    last = count.amount.last
    after, second = view.pair(last)
    if after in GRAMMAR.be or after in ("had", "have"):
        is_further = view.has(NUMBERS.further, count.amount.first, count.amount.core)
        return None if is_further else _read_some(view, count, last)
    if after != "of":
        return None
    if second in GRAMMAR.them:
        is_noun = second in ("these", "those") and nouns.is_noun(view, last + 2)  # seven of these survivors
        return _read_some(view, count, last + 2 + is_noun)
    if second != "the":
        return None
    if view.nationality(last + 2) is not None:
        return _read_some_of_nationality(view, count)
    verb = next((at for at in range(last + 2, last + 2 + _VERB_NEAR) if view.lower(at) in GRAMMAR.be), None)
    if verb is None:
        return None
    complement = view.lower(verb + 1)
    if complement in nouns.PEOPLE or complement == "under" or view.nationality(verb + 1) is not None:
        noun = view.lower(verb - 1)
        return _read_some(view, count._replace(noun=noun if noun in OWN_METRIC else ""), verb)
    return None


def _read_some(view: SentenceView, count: Count, at: int) -> Count:
    """Read who the people of a part are. The words from `at` on may instead say what happened to them."""
    count = count.reads(Kind.PEOPLE, OF_THOSE)._replace(is_anaphoric=True, end=at)
    start = at
    at += view.text(at) == ","
    while view.lower(at) in GRAMMAR.before_complement:  # were; had all been; , also
        at += 1
    if view.lower(at) == "from":
        return nouns.with_origin(view, count._replace(end=at))
    if view.lower(at) == "under" and view.text(at + 1) in MEASURES.minor_ages:
        return count._replace(group="minors", end=at + 2, has_complement=True)
    is_somebody = count.is_one and view.lower(at) in ("a", "an")  # one of them a woman
    if at > start or is_somebody or nouns.is_noun(view, at) or view.nationality(at) is not None:
        return _with_complement(view, count, at)
    return count


def _with_complement(view: SentenceView, count: Count, at: int) -> Count:
    """Add who the people of a part are: Vietnamese; Thai women; minors."""
    found = nouns.find_head(view, at)
    if found is None or found.at - at >= _COMPLEMENT_NEAR or view.lower(at) in GRAMMAR.stops:
        return count
    count = count._replace(end=found.at + 1, has_complement=True)
    count = nouns.with_nationalities(view, count, at, count.end)
    if not found.noun:
        return nouns.with_more_nationalities(view, count)
    if found.noun in nouns.PEOPLE:
        return count._replace(noun=found.noun, group=nouns.group_of(view, count, found.noun))
    return count


def _read_some_of_nationality(view: SentenceView, count: Count) -> Count:
    """Read "twelve of the Vietnamese are minors"."""
    mention = view.by_first[count.amount.last + 2]
    count = count.reads(Kind.PEOPLE, OF_NATIONALITY)
    count = count._replace(is_anaphoric=True, nationalities=(mention.name,), end=mention.last)
    verb, noun = view.pair(mention.last)
    if verb in GRAMMAR.be and noun == "under" and view.text(mention.last + 2) in MEASURES.minor_ages:
        return count._replace(group="minors", end=mention.last + 3)
    if verb in GRAMMAR.be and noun in nouns.PEOPLE:
        return count._replace(noun=noun, group=nouns.PEOPLE[noun], end=mention.last + 2)
    return count


def _read_of_number(view: SentenceView, count: Count) -> Count | None:
    """Read a number that is part of the next one: "26 of the 70". But the 157 in "157 of 12 nationalities" are not."""
    after = count.amount.last + 1
    if view.lower(after - 1) != "of" or not view.cores & {after, after + 1}:
        return None
    return count._replace(kind=Kind.BARE, is_anaphoric=after not in view.cores)


def _read_noun(view: SentenceView, count: Count) -> Count | None:
    """Read a number with a noun, or with a nationality instead: "12 rescued Kenyan women", "12 Kenyans"."""
    start = count.amount.last
    found = nouns.find_head(view, start)
    if found is None and count.is_one:
        found = nouns.find_single(view, start)
    if found is None:
        return None
    count = count._replace(end=found.at + 1)
    count = nouns.with_nationalities(view, count, start, count.end)
    if found.own:
        rule = f"number of {found.own}, a metric of the timeline"
        count = count._replace(noun=found.noun, metric=found.own).reads(Kind.THING, rule)
    elif found.noun:
        count = nouns.with_noun(view, count, found.noun)
    else:
        count = count._replace(noun=view.lower(found.at)).reads(Kind.PEOPLE, "a number of people of one nationality")
        count = nouns.with_more_nationalities(view, count)
    for add in (nouns.with_origin, nouns.with_own_country, nouns.with_apposition, _with_bound_after, _with_reference):
        count = add(view, count)
    return count


def _with_bound_after(view: SentenceView, count: Count) -> Count:
    """Add a bound after the noun: "five hundred people at the most"."""
    amount, end = count.amount, bound_end(view.sentence, count.end, shortest=2)
    if end == count.end or amount.first != amount.core:
        return count
    wording = f"{amount.wording} {view.joined(amount.last, end)}"
    return count._replace(amount=amount._replace(last=end, wording=wording), end=end)


def _with_reference(view: SentenceView, count: Count) -> Count:
    """Record that a count is part of an earlier one: "of whom 12", "the other 12", "12 among them"."""
    before, after = view.pair(count.amount.first - 2), view.pair(count.end + (view.lower(count.end) in GRAMMAR.be))
    is_rest = before in (("the", "other"), ("the", "remaining"))
    if is_rest or any(of in ("of", "among") and them in GRAMMAR.them for of, them in (before, after)):
        return count._replace(is_anaphoric=True)
    return count


def _without_noun(view: SentenceView, count: Count) -> Count:
    """Read a number without a noun: others, a subject, or a number that the words around it explain."""
    amount, after = count.amount, view.lower(count.amount.last)
    if after in ("more", "fewer", "less") and view.lower(amount.last + 1) == "than":
        return count.explained("a difference")
    if after in COUNTED.other_things or view.lower(amount.first - 1) in OUTCOMES.seizing:
        return count.explained("a number of things")
    if after in ("others", "more"):
        count = count.reads(Kind.PEOPLE, "a number of others")._replace(end=amount.last + 1)
    elif _is_subject(view, count):
        count = count.reads(Kind.PEOPLE, OF_THOSE, Grade.UNSURE)._replace(is_anaphoric=True)
    elif not _is_unknown_noun(view, amount.last):
        count = _with_place_after(view, count._replace(kind=Kind.BARE))
        if view.has(NUMBERS.further, amount.first, amount.core):
            count = count.reads(Kind.PEOPLE, "a number of others", Grade.UNSURE)
    return _with_reference(view, count)


def _is_subject(view: SentenceView, count: Count) -> bool:
    """Return whether a number without a noun is the subject: "Eleven slipped out", "and 12 asked to remain"."""
    after, before = view.lower(count.amount.last), view.lower(count.amount.first - 1)
    is_first = view.at == 0 and view.lower(0) != "of" and not view.has({"whom"}, 0, count.amount.first)
    is_further = view.has(NUMBERS.further, count.amount.first, count.amount.core)
    if is_first or is_further or (count.amount.first and before not in GRAMMAR.opening_clause):
        return False
    return after in PHRASES or after in OUTCOMES.acting or (after.endswith("ed") and after not in CUES)


def _is_unknown_noun(view: SentenceView, at: int) -> bool:
    word = view.text(at)
    if word == "of" and view.lower(at - 1) in NUMBERS.plurals:
        return view.lower(at + 1) not in GRAMMAR.no_noun and view.lower(at + 1) not in GRAMMAR.them
    if word in OUTCOMES.acting:
        return False
    after = view.lower(at + 1)
    if word.endswith("ed") and (after in CUES or after in GRAMMAR.after_participle):
        return False  # 300 believed drowned, six listed as missing
    return word.isalpha() and word == view.lower(at) and word not in GRAMMAR.no_noun and word not in CUES


def _read_bracketed(view: SentenceView, count: Count) -> Count | None:
    """Read a number in brackets: Thailand (12), complaints (289), Somchai (24), cases in Kampot (12 cases)."""
    opening, last = count.amount.core - 1, count.amount.last
    last += view.text(last) != ")" and view.lower(last) in view.between(0, opening)
    if view.text(opening) != "(" or view.text(last) != ")":
        return None
    count = count._replace(in_brackets=True, end=last + 1)
    before = view.lower(opening - 1)
    mention = view.by_last.get(opening) or view.by_last.get(opening - (before in ("province", "city", "town")))
    if mention is not None and mention.kind in LISTED:
        return divided_by(count, mention).reads(Kind.LISTED, "a number in brackets after its place or nationality")
    if before == "others":
        return count.reads(Kind.LISTED, "a number in brackets after “others”")
    if before in nouns.PEOPLE or before in nouns.THINGS:
        return nouns.with_noun(view, count, before)
    if (far := _far_mention(view, opening)) is not None:
        rule = "a number in brackets some words after its place or nationality"
        return divided_by(count, far).reads(Kind.LISTED, rule, Grade.UNSURE)
    if view.has(TRENDS.compared_with, opening - _COMPARED_NEAR, opening):
        return count.reads(Kind.COMPARED, "a number that another is compared with")  # than in the first quarter (268)
    if view.text(opening - 1)[:1].isupper():
        return count.explained(non_counts.AGE)
    return count.explained("a number of things") if before.endswith("s") else count


def _read_with_share(view: SentenceView, count: Count) -> Count | None:
    """Read a number in brackets beside its share: "73% (3,291) were men", "Albanian (17%; 791)"."""
    amount = count.amount
    if view.text(amount.last) != ")" or not view.has(_PERCENT, amount.core - _SHARE_NEAR, amount.core):
        return None
    opening = next((at for at in range(amount.core - 1, amount.core - _BRACKET_NEAR, -1) if view.text(at) == "("), None)
    if opening is None:
        return None
    count = count._replace(in_brackets=True, end=amount.last + 1)
    mention = view.by_last.get(opening)
    if mention is not None and mention.kind in LISTED:
        return divided_by(count, mention).reads(Kind.LISTED, "a number beside its share")
    verb = next((at for at in range(count.end, count.end + _VERB_NEAR + 1) if view.lower(at) in GRAMMAR.be), None)
    return count.reads(Kind.PEOPLE, OF_THOSE)._replace(
        is_anaphoric=True, group=None if verb is None else nouns.PEOPLE.get(view.lower(verb + 1))
    )


def _far_mention(view: SentenceView, opening: int) -> Mention | None:
    """Return the last name before a bracket if other words are between them."""
    places = range(opening - 1, opening - 1 - _FAR, -1)
    far = next((view.by_last[at] for at in places if at in view.by_last), None)
    fits = far is not None and far.kind in ("people", "country", "province")
    return far if fits and view.text(opening - 1).islower() else None


def _read_after_place(view: SentenceView, count: Count) -> Count | None:
    """Read an item that names the place first: "(China 58, Vietnam 22)"."""
    first = count.amount.first
    mention = view.by_last.get(first) or view.by_last.get(first - (view.text(first - 1) == ":"))
    if mention is None or mention.kind not in LISTED:
        return None
    if not _opens_item(view, mention.first):
        return None
    is_label = view.text(first - 1) == ":" or mention.first == 0
    last = count.amount.last
    if is_label and (view.lower(last) in CUES or nouns.find_head(view, last) is not None):
        return None  # Sharjah: 18 Indians; San Antonio: 53 dead; ATHENS At least 42 people drowned
    return divided_by(count, mention).reads(Kind.LISTED, "a number after its place or nationality")


def _read_ranked(view: SentenceView, count: Count) -> Count | None:
    """Read an item of a ranking: "Edo has the highest number, followed by Delta with 128", "Qatar accounts for 21"."""
    first = count.amount.first
    if view.lower(first - 1) not in GRAMMAR.before_item or (view.lowers and TRENDS.ranking.isdisjoint(view.lowers)):
        return None
    if nouns.find_head(view, count.amount.last) is not None or view.lower(count.amount.last) == "of":
        return None
    last = first - 1 - (view.lower(first - 2) in TRENDS.ranking)
    mention = view.by_last.get(last)
    rule = "a number of one place in a ranking"
    if mention is not None and mention.kind in LISTED:
        return divided_by(count, mention).reads(Kind.LISTED, rule)
    is_name = view.text(last - 1)[:1].isupper() and view.lower(last - 1) not in GRAMMAR.stops
    return count._replace(divided_by="province").reads(Kind.LISTED, rule, Grade.UNSURE) if is_name else None


def _opens_item(view: SentenceView, first: int) -> bool:
    """Return whether a place or a nationality can open an item: ", Vietnam 22", "and those in Kampot nine"."""
    before, further = view.lower(first - 1), view.lower(first - 2)
    if before in ("(", "[", ",", ":", ";", "", "these", "which"):
        return True
    if before == "and":
        return min(view.cores, default=first) < first
    return (before == "from" and first == 1) or (before == "in" and further == "those")


def _read_group_of(view: SentenceView, count: Count) -> Count | None:
    """Read the number of people in a group: "the group of 45, made up of 30 Nepalis and 15 Indians"."""
    first = count.amount.first
    if view.lower(first - 1) != "of" or view.lower(first - 2) not in COUNTED.groupings:
        return None
    return (
        None if nouns.find_head(view, count.amount.last) else count.reads(Kind.PEOPLE, "a number of others in a group")
    )


def _read_labelled(view: SentenceView, count: Count) -> Count | None:
    """Read a number after its noun and a colon: "men: 16", "Female: 205"."""
    first = count.amount.first
    if view.text(first - 1) != ":" or view.lower(first - 2) not in nouns.PEOPLE:
        return None
    if view.text(first - 3) not in ("", "(", "[", ",", ";", ".", "-", "–", "•") or nouns.find_head(
        view, count.amount.last
    ):
        return None
    noun = view.lower(first - 2)
    group = nouns.PEOPLE[noun]
    return count.reads(Kind.PEOPLE, f"{LABELLED} “{noun}”")._replace(
        noun=noun, group=group, is_anaphoric=group is not None
    )


def _with_place_after(view: SentenceView, count: Count) -> Count:
    """Add the place after a number that has no noun: "83 in Kandal and 30 in Pursat", "12 from China"."""
    preposition, mention = view.lower(count.amount.last), view.by_first.get(count.amount.last + 1)
    if mention is None or preposition not in ("in", "from", "at"):
        return count
    if mention.kind in ("province", "town") or (mention.kind in ("country", "people") and preposition == "from"):
        rule = "a number before its place or nationality"
        found = divided_by(count, mention) if mention.kind != "country" else count._replace(divided_by="country")
        return found._replace(end=mention.last, rule=rule)
    return count


def divided_by(count: Count, mention: Mention) -> Count:
    """Add the nationality or the province of a list item, if the list divides its total by it."""
    if mention.kind in OF_PEOPLE:
        is_country = mention.rule == COUNTRY_WITH_COUNT
        return count._replace(nationalities=(mention.name,), divided_by="nationality", is_of_country=is_country)
    if mention.kind == "country":
        demonym = countries()[mention.name].demonym
        nationalities = (demonym,) if demonym else ()
        return count._replace(nationalities=nationalities, divided_by="nationality", is_of_country=True)
    if mention.kind == "place":  # a place abroad has no province
        return count._replace(divided_by="province")
    return count._replace(divided_by="province", province=mention.within if mention.kind == "town" else mention.name)


_RULES = (
    partial(non_counts.explain, non_counts.LABELS),
    _read_with_share,
    _read_bracketed,
    non_counts.read_sentence,
    partial(non_counts.explain, non_counts.MEASURING),
    nouns.read_rate,
    non_counts.read_exception,
    _read_after_place,
    _read_ranked,
    _read_labelled,
    _read_group_of,
    _read_known,
    non_counts.read_hyphenated,
    _read_of_them,
    _read_of_number,
    _read_noun,
)
