"""DOC bodies"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.names import ADJECTIVE, TaggedSentence
from scamcli.ingest.mentions.tagged_sentence import NO_NAME, PLACES, TITLES, acts_next, person_name_end
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.ingest.mentions.names import TaggedSentence


class Body(NamedTuple):
    """An organisation: its name, the words by which it stands in the text, its kind, and its first word."""

    name: str
    words: tuple[str, ...]
    kind: str
    rule: str
    grade: Grade
    first: int


def body_of(tagged: TaggedSentence, first: int, last: int, kind: str, rule: str) -> Body:
    """The body of these words; that of a name which only a verb shows is to be looked at."""
    grade = Grade.UNSURE if rule == "subject of a verb" else Grade.LIKELY
    return Body(tagged.text(first, last), tuple(tagged.lower[first:last]), kind, rule, grade, first)


BODY_NOUNS = lexicon.headings("bodies.body_nouns")
COMPANY_ENDS = lexicon.words("bodies.company_ends")
DOMAINS = lexicon.words("bodies.domains")
HEADS = lexicon.headings("bodies.heads")
OPENS = lexicon.words("bodies.opens")
PLAIN_HEADS = lexicon.headings("bodies.plain_heads")
POST_PARTS = lexicon.words("titles.post_parts")

_POSTS_ONLY = (POST_PARTS & NO_NAME) - DOMAINS
_GANGS = listed("gang syndicate triad")


def bodies(tagged: TaggedSentence) -> Iterator[Body]:
    """The organisations of a sentence."""
    if is_shouted(tagged):
        return
    low, caps = tagged.lower, tagged.caps
    for at, word in enumerate(low):
        if word in HEADS and caps[at]:
            yield from _of_head(tagged, at)
        elif word in PLAIN_HEADS:
            yield from generic_bodies(tagged, at)
        elif word in BODY_NOUNS and not caps[at]:
            yield from apposed_bodies(tagged, at)
        elif word in COMPANY_ENDS and caps[at]:
            yield from _of_company_end(tagged, at)
        elif word == "the" and tagged.is_cap(at + 1):
            yield from bodies_as_subjects(tagged, at + 1)


def is_shouted(tagged: TaggedSentence) -> bool:
    """Whether a line is all in capitals, as headings in a bulletin are: there capitals tell nothing."""
    if not all(tagged.caps[at] for at, word in enumerate(tagged.lower) if word.isalpha()):
        return False
    letters = [word.text for word in tagged.words if word.text.isalpha()]
    return len(letters) > 1 and all(map(str.isupper, letters))


def _of_head(tagged: TaggedSentence, head: int) -> Iterator[Body]:
    """A capitalised head with what belongs to it on both sides."""
    low, after = tagged.lower, tagged.word(head + 1)
    if after in HEADS and tagged.caps[head + 1] and after not in COMPANY_ENDS:
        return  # the next one is the head
    if low[head] == "international" and tagged.is_cap(head + 1):
        return
    kind = _kind_of_head(tagged, head)
    first, last = name_start(tagged, head), _end_of_name(tagged, head, kind)
    if first == head and (last == head + 1 or low[head] not in OPENS):
        return
    if tagged.kinds[head] in ("actor", "outlet") and last - first <= tagged.kinds.count("actor"):
        return
    if all(map(str.isupper, tagged.text(first, last).split())):
        return  # a heading in capitals
    if last == head + 1 and _POSTS_ONLY.issuperset(low[first:head]):
        return  # nothing of a name: the first group
    if not (kind == "police" and tagged.word(first - 1) in ("deputy", "vice")):
        yield body_of(tagged, first, last, kind, "name of a body")


def _end_of_name(tagged: TaggedSentence, head: int, kind: str) -> int:
    last = name_end(tagged, head) if tagged.lower[head] in OPENS or tagged.lower[head] == "force" else head + 1
    if kind == "company":
        last = company_end(tagged, last)
    return past_region(tagged, last) if kind in ("ngo", "company") and last == head + 1 else last


def _kind_of_head(tagged: TaggedSentence, head: int) -> str:
    """The kind that the head says, or the words around it."""
    low, kind = tagged.lower, HEADS[tagged.lower[head]]
    before = low[max(0, head - 3) : head]
    if tagged.word(head + 1) in _GANGS:
        return "gang"
    if low[head] in ("centre", "center") and not DOMAINS.isdisjoint(before):
        return "government"
    if low[head] == "force" and before[-1:] == ["task"]:
        return "government"
    return "police" if kind in ("government", "group") and "police" in before else kind


def _of_company_end(tagged: TaggedSentence, at: int) -> Iterator[Body]:
    """A run of names before Ltd., Inc., Plc."""
    if COMPANY_ENDS.isdisjoint(tagged.lower[max(0, at - 2) : at]) and (first := name_start(tagged, at)) < at:
        yield body_of(tagged, first, company_end(tagged, at), "company", "name of a company")


MODIFIERS = lexicon.words("bodies.modifiers")

_ONLY_ACTING = listed(
    "soldiers guards officials investigators troops prosecutors immigration customs department bureau agency forces"
)
"""What is no body but where it does something."""
_OFFICES = listed("department bureau ministry police court")
_THINGS = listed("station stations custody checkpoint post car van uniform report reports ruling rulings")
_SPOKESPEOPLE = listed("spokesman spokesperson spokeswoman")


def generic_bodies(tagged: TaggedSentence, head: int) -> Iterator[Body]:
    """The body of a head in lower case, with what stands before it."""
    before = head - 1
    while before >= 0 and tagged.lower[before] in MODIFIERS and not tagged.kinds[before]:
        before -= 1
    owned = tagged.word(before) == "'s"
    place = before - owned
    if place < 0:
        return
    if tagged.kinds[place] in PLACES or tagged.kinds[place] == ADJECTIVE:
        if _acts_as_body(tagged, head):
            yield _of_place(tagged, place, head, owned)
    else:
        yield from _of_name(tagged, place, head)


def _of_place(tagged: TaggedSentence, at: int, head: int, owned: bool) -> Body:
    match = next(match for match in tagged.matches if match.first <= at < match.last)
    place = tagged.text(match.first, match.last)
    rest = "authorities" if tagged.lower[head] == "officials" else tagged.text(at + 1, head + 1)
    name = f"{place}{'' if owned else ' '}{rest}"
    words = tuple(tagged.lower[match.first : head + 1])
    return Body(name, words, PLAIN_HEADS[tagged.lower[head]], "body of a place", Grade.LIKELY, match.first)


def _of_name(tagged: TaggedSentence, at: int, head: int) -> Iterator[Body]:
    """The Bukit Aman commercial crime department: a name, what it does, and a head in lower case."""
    first = at + 1
    while first > 0 and _is_plain_name(tagged, first - 1):
        first -= 1
    if first <= at < head - 1 and tagged.lower[head] in _OFFICES:
        yield body_of(tagged, first, head + 1, PLAIN_HEADS[tagged.lower[head]], "name of a body")


def _is_plain_name(tagged: TaggedSentence, at: int) -> bool:
    word = tagged.lower[at]
    return tagged.caps[at] and not tagged.kinds[at] and word not in NO_NAME and word not in TITLES


def _acts_as_body(tagged: TaggedSentence, head: int) -> bool:
    """Whether the head is the body itself, and no part of something else: a police station, a police chief by name."""
    after = tagged.word(head + 1)
    if after in _THINGS or (tagged.lower[head] in _ONLY_ACTING and not _is_active(tagged, head)):
        return False
    at = head + 1
    while tagged.word(at) in POST_PARTS or tagged.word(at) in TITLES or tagged.word(at) == ".":
        at += 1
    return at == head + 1 or after in _SPOKESPEOPLE or person_name_end(tagged, at) == at


def _is_active(tagged: TaggedSentence, head: int) -> bool:
    return acts_next(tagged, head + 1) or not {"by", "to", "with"}.isdisjoint(tagged.lower[max(0, head - 3) : head])


OUTLET_HEADS = lexicon.words("outlets.outlet_heads")
ACTING = lexicon.words("titles.acting")
SPEAKING = lexicon.words("titles.speaking")

_NEVER_IN_NAMES = NO_NAME | TITLES
_RELATIVES = listed("that which of behind ,")
_REACH = 9


def apposed_bodies(tagged: TaggedSentence, at: int) -> Iterator[Body]:
    """The body that a noun is said of: the charity Haven for Migrants; Hope Bridge, a charity."""
    kind = BODY_NOUNS[tagged.lower[at]]
    if (
        tagged.is_cap(at + 1)
        and tagged.kinds[at + 1] not in PLACES
        and (last := _capitalised_end(tagged, at + 1)) > at + 1
    ):
        yield body_of(tagged, at + 1, last, kind, "called a body")
    elif comma := _article_after_comma(tagged, at):
        yield from _before_comma(tagged, comma, kind)
    elif tagged.word(at - 1) in ("the", "its", "their") and tagged.word(at + 1) in _RELATIVES:
        yield from _behind_comma(tagged, at, kind)


def _article_after_comma(tagged: TaggedSentence, at: int) -> int:
    """The comma of an apposition that ends in this noun: …, a Thai relief group; 0 where there is none."""
    low = tagged.lower
    for article in range(at - 1, max(at - 5, 1), -1):
        if low[article] in ("a", "an", "the"):
            return article - 1 if low[article - 1] == "," else 0
    return 0


def _before_comma(tagged: TaggedSentence, last: int, kind: str) -> Iterator[Body]:
    first = last
    while first > 0 and tagged.caps[first - 1] and tagged.lower[first - 1] not in _NEVER_IN_NAMES:
        first -= 1
    if last - first > 1 and not all(tagged.kinds[first:last]):
        yield body_of(tagged, first, last, kind, "called a body")


def _behind_comma(tagged: TaggedSentence, at: int, kind: str) -> Iterator[Body]:
    """The company that holds the concession, Thmor Sor Development, did not reply."""
    low = tagged.lower
    first = next((word + 1 for word in range(at + 1, min(at + _REACH, len(low))) if low[word] == ","), len(low))
    last = _capitalised_end(tagged, first)
    if last - first > 1 and tagged.word(last) in (",", ".") and tagged.kinds[first] not in PLACES:
        yield body_of(tagged, first, last, kind, "called a body")


def bodies_as_subjects(tagged: TaggedSentence, first: int) -> Iterator[Body]:
    """The Mekong Fraud Observatory says: several capitalised words after "the", and a verb."""
    last = first
    while (
        tagged.is_cap(last)
        and tagged.lower[last] not in TITLES
        and (not tagged.kinds[last] or tagged.kinds[last] in PLACES)
    ):
        last += 1
    if last - first < 2 or tagged.kinds[last - 1] in PLACES:
        return
    if any(word in HEADS or word in OUTLET_HEADS for word in tagged.lower[first:last]):
        return
    if tagged.word(last) in SPEAKING or (last - first > 2 and tagged.word(last) in ACTING):
        yield body_of(tagged, first, last, "group", "subject of a verb")


def _capitalised_end(tagged: TaggedSentence, first: int) -> int:
    """The word after the capitalised words that begin here, with "for" and "of" between them."""
    at = first
    while (tagged.is_cap(at) and tagged.lower[at] not in TITLES) or (at > first and _joins_names(tagged, at)):
        at += 1
    return at


def _joins_names(tagged: TaggedSentence, at: int) -> bool:
    return tagged.word(at) in ("for", "of") and tagged.is_cap(at + 1)


JOINERS = lexicon.words("bodies.joiners")

_OWNERS = listed("women children men people workers king girls")
_TITLES_TOO = listed("general justice secretary prosecutor representative")
_NOT_NAMES = NO_NAME - HEADS.keys() - DOMAINS
_SUBJECTS = listed("police customs prosecution international technology trading construction")
"""Heads that may be what another body is about: Ministry of Foreign Affairs and International Cooperation."""
_OTHERS = frozenset({"outlet", "site", "plural"})


def name_start(tagged: TaggedSentence, head: int) -> int:
    """The first word of the name that ends in this head."""
    first = head
    while first > 0:
        step = 1 if _may_belong(tagged, first - 1) else _joined_before(tagged, first - 1)
        if not step:
            break
        first -= step
    while first < head and tagged.lower[first] in _NOT_NAMES and (first == 0 or not tagged.caps[first - 1]):
        first += 1
    return first


def _may_belong(tagged: TaggedSentence, at: int) -> bool:
    word, owner = tagged.lower[at], tagged.kinds[at]
    if not tagged.caps[at] or _is_in_heading(tagged, at) or owner in _OTHERS or (at > 0 and word in _NOT_NAMES):
        return False
    if word in TITLES and not owner and word not in _TITLES_TOO:
        return False
    return not (owner == "actor" and at and _ends_person(tagged, at))


def _is_in_heading(tagged: TaggedSentence, at: int) -> bool:
    """Whether the word is of a heading in capitals that runs into the text: SUMMARY OF THE WEEK Police units."""
    words = tagged.words[max(0, at - 1) : at + 1]
    return (
        len(words) == 2
        and all(word.text.isupper() and word.text.isalpha() for word in words)
        and len(words[1].text) > 3
    )


def _ends_person(tagged: TaggedSentence, at: int) -> bool:
    return any(match.last == at + 1 and match.name.within == "person" for match in tagged.matches)


def _joined_before(tagged: TaggedSentence, at: int) -> int:
    """How many words a sign or a small word joins to the name: Anti-Cyber, Lucky 99, Women's, Prosecutors', X and Y."""
    if not tagged.is_cap(at - 1):
        return 0
    word, before = tagged.lower[at], tagged.lower[at - 1]
    if word == "-" and tagged.glued(at + 1):
        return 2
    if word.isdigit() and len(word) < 4:
        return 1
    if (word == "'s" and before in _OWNERS) or (word == "'" and tagged.glued(at) and before.endswith("s")):
        return 2
    return 1 if word in ("and", "&") and before in DOMAINS and tagged.word(at + 1) in DOMAINS else 0


def name_end(tagged: TaggedSentence, head: int) -> int:
    """The word after a name that goes on behind its head: Ministry of …, Committee for …"""
    last, at = head + 1, head + 1
    while at < len(tagged.lower):
        if _continues(tagged, at):
            at += 2 if tagged.word(at + 1) in ("the", "and") else 1
            if not tagged.is_cap(at) or _starts_other(tagged, head, at):
                break
        elif (tagged.lower[at] == "in" and tagged.word(at + 1) == "persons") or (
            tagged.lower[at] == "-" and tagged.is_cap(at + 1)
        ):
            at += 1
        elif at == head + 1 or not tagged.caps[at] or _starts_other(tagged, head, at):
            break
        at += 1
        last = at
    return _without_country(tagged, head, last)


def _continues(tagged: TaggedSentence, at: int) -> bool:
    word = tagged.lower[at]
    return word in JOINERS or (word in ("and", "&", ",") and tagged.word(at + 1) in DOMAINS and tagged.is_cap(at + 1))


def _starts_other(tagged: TaggedSentence, head: int, at: int) -> bool:
    """Whether another name begins: an office is of whom it may be, a ministry is of no other body."""
    if tagged.kinds[at] in _OTHERS:
        return True
    if tagged.lower[head] == "office":
        return False
    if (tagged.lower[at] in TITLES and tagged.lower[at] != "justice") or tagged.lower[at] in _NOT_NAMES:
        return True
    for other in range(at, min(at + 4, len(tagged.lower))):
        if not tagged.caps[other]:
            break
        if tagged.lower[other] in HEADS and tagged.lower[other] not in _SUBJECTS:
            return True
    return False


def _without_country(tagged: TaggedSentence, head: int, last: int) -> int:
    """A ministry of a country is called by its subject alone."""
    if tagged.lower[head] not in ("ministry", "department") or tagged.kinds[last - 1] != "country":
        return last
    first = last - 1
    while first > head and (tagged.kinds[first - 1] == "country" or tagged.lower[first - 1] in ("of", "the")):
        first -= 1
    return first if first > head + 1 else last


def company_end(tagged: TaggedSentence, last: int) -> int:
    """Past Co., Ltd. and the like."""
    at = last
    while tagged.word(at) in COMPANY_ENDS or tagged.word(at) in (".", ","):
        if tagged.lower[at] == "," and tagged.word(at + 1) not in COMPANY_ENDS:
            break
        if tagged.lower[at] == "." and not (tagged.glued(at) and tagged.word(at - 1) in COMPANY_ENDS):
            break
        at += 1
        last = at
    return last


def past_region(tagged: TaggedSentence, last: int) -> int:
    """Past the part of the world that a name ends in: Exodus Watch Asia."""
    while tagged.is_cap(last) and (tagged.kinds[last] in PLACES or tagged.lower[last] in _WORLDS):
        last += 1
    return last


_WORLDS = frozenset({"asia", "international", "global"})
