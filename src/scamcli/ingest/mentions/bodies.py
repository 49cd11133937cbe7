"""Find the organisations that an article names by words that indicate them, and the extent of each name.

There are four kinds of such words: a capitalised head (Ministry, Court, Group), a head in lower case after a place
(Poipet police), a noun that describes the name (the charity Haven for Migrants), and a verb that has the name as its
subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import BODIES, MENTIONS, OUTLETS, SPEECH, TITLES
from scamcli.ingest.mentions.countries import SHARED_HEAD_RULES
from scamcli.ingest.mentions.names import (
    DATE_WORDS,
    HEADS,
    NO_NAME,
    PLACE_KINDS,
    PLAIN_HEADS,
    Mention,
    acts_next,
    is_acronym,
    is_shouted,
)
from scamcli.ingest.mentions.victims import person_name_end
from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import lower_at
from scamcli.language.countries import body_adjective

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.ingest.mentions.names import Form, TaggedSentence
    from scamcli.ingest.words import Sentence

BODY_NOUNS = lexicon.headings("bodies.body_nouns")

_POSTS_ONLY = (TITLES.post_parts & NO_NAME) - BODIES.domains

_NEVER_IN_NAMES = NO_NAME | TITLES.any_title
_MAX_CLAUSE = 9
"""How many words of a relative clause can be between a noun and the name that it describes."""

_NOT_NAMES = NO_NAME - HEADS.keys() - BODIES.domains
_OTHER_NAMES = frozenset({"outlet", "site", "plural"})


def bodies(tagged: TaggedSentence) -> Iterator[Form]:
    """Yield the organisations in a sentence."""
    if is_shouted(tagged):
        return
    for at, word in enumerate(tagged.lower):
        if word in HEADS and tagged.caps[at]:
            yield from _by_head(tagged, at)
        elif word in PLAIN_HEADS:
            yield from _by_plain_head(tagged, at)
        elif word in BODY_NOUNS and not tagged.caps[at]:
            yield from _by_noun(tagged, at)
        elif word in BODIES.company_ends and tagged.caps[at]:
            yield from _by_company_end(tagged, at)
        elif word == "the" and tagged.is_cap(at + 1):
            yield from _by_verb(tagged, at + 1)


def _by_head(tagged: TaggedSentence, head: int) -> Iterator[Form]:
    lower, after = tagged.lower, tagged.word(head + 1)
    if after in HEADS and tagged.caps[head + 1] and after not in BODIES.company_ends:
        return  # the next word is the head
    if lower[head] == "international" and tagged.is_cap(head + 1):
        return
    kind = _kind_of_head(tagged, head)
    first, last = _name_start(tagged, head), _end_by_kind(tagged, head, kind)
    if first == head and (last == head + 1 or lower[head] not in BODIES.opens):
        return
    if tagged.kinds[head] in ("actor", "outlet") and last - first <= tagged.kinds.count("actor"):
        return
    if all(map(str.isupper, tagged.text(first, last).split())):
        return  # a heading in capitals
    if last == head + 1 and (
        _POSTS_ONLY.issuperset(lower[first:head]) or BODIES.company_ends.issuperset(lower[first:last])
    ):
        return  # not a name: the first group, or what ends the name of a company
    if not (kind == "police" and tagged.word(first - 1) in ("deputy", "vice")):
        yield tagged.form(first, last, "actor", kind, "name of a body")


def _kind_of_head(tagged: TaggedSentence, head: int) -> str:
    lower, kind = tagged.lower, HEADS[tagged.lower[head]]
    before = lower[max(0, head - 3) : head]
    if tagged.word(head + 1) in BODIES.gangs:
        return "gang"
    if lower[head] in ("centre", "center") and not BODIES.domains.isdisjoint(before):
        return "government"
    if lower[head] == "force" and before[-1:] == ["task"]:
        return "government"
    return "police" if kind in ("government", "group") and "police" in before else kind


def _end_by_kind(tagged: TaggedSentence, head: int, kind: str) -> int:
    last = _name_end(tagged, head) if tagged.lower[head] in BODIES.opens or tagged.lower[head] == "force" else head + 1
    if kind == "company":
        last = _past_company_end(tagged, last)
    return _past_region(tagged, last) if kind in ("ngo", "company") and last == head + 1 else last


def _by_company_end(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    """Yield the name before Ltd., Inc. or Plc."""
    if BODIES.company_ends.isdisjoint(tagged.lower[max(0, at - 2) : at]) and (first := _name_start(tagged, at)) < at:
        yield tagged.form(first, _past_company_end(tagged, at), "actor", "company", "name of a company")


def _by_plain_head(tagged: TaggedSentence, head: int) -> Iterator[Form]:
    """Yield the body of a head in lower case, named by the place, nationality or name before it."""
    before = head - 1
    while before >= 0 and tagged.lower[before] in BODIES.modifiers and not tagged.kinds[before]:
        before -= 1
    owned = tagged.word(before) == "'s"
    place = before - owned
    if place < 0:
        return
    if tagged.kinds[place] in PLACE_KINDS or tagged.kinds[place] == "adjective":
        if _acts_as_body(tagged, head):
            yield _body_of_place(tagged, place, head, owned)
        return
    # The Bukit Aman commercial crime department: a name, what it deals with, and a head in lower case.
    first = place + 1
    while first > 0 and tagged.caps[first - 1] and not tagged.kinds[first - 1]:
        if tagged.lower[first - 1] in _NEVER_IN_NAMES:
            break
        first -= 1
    if first <= place < head - 1 and tagged.lower[head] in BODIES.offices:
        yield tagged.form(first, head + 1, "actor", PLAIN_HEADS[tagged.lower[head]], "name of a body")


def _body_of_place(tagged: TaggedSentence, at: int, head: int, owned: bool) -> Form:
    match = next(match for match in tagged.matches if match.first <= at < match.last)
    place = tagged.text(match.first, match.last)
    rest = "authorities" if tagged.lower[head] == "officials" else tagged.text(at + 1 + owned, head + 1)
    if owned and match.name.kind == "country" and tagged.lower[head] in BODIES.titled:
        place, rest = body_adjective(match.name.name), rest.title()  # Tunisia's interior ministry
    elif owned:
        place += "'s"
    form = tagged.form(match.first, head + 1, "actor", PLAIN_HEADS[tagged.lower[head]], "body of a place")
    return form._replace(name=form.name._replace(name=f"{place} {rest}"))


def _acts_as_body(tagged: TaggedSentence, head: int) -> bool:
    """Return whether a head means the body itself, and is not part of a longer term.

    A police station is not the police, and neither is a police chief who is named.
    """
    after = tagged.word(head + 1)
    if tagged.lower[head] in ("guard", "guards") and tagged.word(head - 1) not in ("border", "coast", "national"):
        return False
    if after in MENTIONS.not_bodies or (tagged.lower[head] in MENTIONS.only_acting and not _is_active(tagged, head)):
        return False
    at = head + 1
    while tagged.word(at) in TITLES.post_parts or tagged.word(at) in TITLES.any_title or tagged.word(at) == ".":
        at += 1
    return at == head + 1 or after in BODIES.spokespeople or person_name_end(tagged, at) == at


def _is_active(tagged: TaggedSentence, head: int) -> bool:
    return acts_next(tagged, head + 1) or not {"by", "to", "with"}.isdisjoint(tagged.lower[max(0, head - 3) : head])


def _by_noun(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    """Yield the body that a noun describes: the charity Haven for Migrants; Hope Bridge, a charity."""
    kind = BODY_NOUNS[tagged.lower[at]]
    last = _capitalised_end(tagged, at + 1) if tagged.is_cap(at + 1) else 0
    if last > at + 1 and tagged.kinds[at + 1] not in PLACE_KINDS:
        yield tagged.form(at + 1, last, "actor", kind, "called a body")
    elif comma := _comma_of_apposition(tagged, at):
        yield from _before_comma(tagged, comma, kind)
    elif tagged.word(at - 1) in ("the", "its", "their") and tagged.word(at + 1) in BODIES.relatives:
        yield from _behind_clause(tagged, at, kind)


def _comma_of_apposition(tagged: TaggedSentence, at: int) -> int:
    """Return the index of the comma before an article that ends in this noun (…, a Thai relief group), else 0."""
    lower = tagged.lower
    for article in range(at - 1, max(at - 5, 1), -1):
        if lower[article] in ("a", "an", "the"):
            return article - 1 if lower[article - 1] == "," else 0
    return 0


def _before_comma(tagged: TaggedSentence, last: int, kind: str) -> Iterator[Form]:
    first = last
    while first > 0 and tagged.caps[first - 1] and tagged.lower[first - 1] not in _NEVER_IN_NAMES:
        first -= 1
    if last - first > 1 and not all(tagged.kinds[first:last]):
        yield tagged.form(first, last, "actor", kind, "called a body")


def _behind_clause(tagged: TaggedSentence, at: int, kind: str) -> Iterator[Form]:
    """Yield the name after a relative clause: the company that holds the concession, Thmor Sor Development, …"""
    lower = tagged.lower
    clause = range(at + 1, min(at + _MAX_CLAUSE, len(lower)))
    first = next((word + 1 for word in clause if lower[word] == ","), len(lower))
    last = _capitalised_end(tagged, first)
    if last - first > 1 and tagged.word(last) in (",", ".") and tagged.kinds[first] not in PLACE_KINDS:
        yield tagged.form(first, last, "actor", kind, "called a body")


def _by_verb(tagged: TaggedSentence, first: int) -> Iterator[Form]:
    """Yield capitalised words after "the" that a verb follows: the Mekong Fraud Observatory says."""
    kinds, last = tagged.kinds, first
    while (
        tagged.is_cap(last)
        and tagged.lower[last] not in TITLES.any_title
        and (not kinds[last] or kinds[last] in PLACE_KINDS)
    ):
        last += 1
    if last - first < 2 or kinds[last - 1] in PLACE_KINDS:
        return
    if any(word in HEADS or word in OUTLETS.outlet_heads for word in tagged.lower[first:last]):
        return
    if tagged.word(last) in TITLES.speaking or (last - first > 2 and tagged.word(last) in TITLES.acting):
        yield tagged.form(first, last, "actor", "group", "subject of a verb", Grade.UNSURE)


def _capitalised_end(tagged: TaggedSentence, first: int) -> int:
    """Return the index after the capitalised words that begin here, with "for" and "of" between them."""
    at = first
    while (tagged.is_cap(at) and tagged.lower[at] not in TITLES.any_title) or (
        at > first and tagged.word(at) in ("for", "of") and tagged.is_cap(at + 1)
    ):
        at += 1
    return at


def _name_start(tagged: TaggedSentence, head: int) -> int:
    """Return the index of the first word of the name that ends in this head."""
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
    word, kind = tagged.lower[at], tagged.kinds[at]
    if not tagged.caps[at] or _is_in_heading(tagged, at) or kind in _OTHER_NAMES or (at > 0 and word in _NOT_NAMES):
        return False
    if word in TITLES.any_title and not kind and word not in BODIES.titles_in_names:
        return False
    ends_person = any(match.last == at + 1 and match.name.within == "person" for match in tagged.matches)
    return not (kind == "actor" and at and ends_person)


def _is_in_heading(tagged: TaggedSentence, at: int) -> bool:
    """Return whether a word is in a heading in capitals that runs into the text: SUMMARY OF THE WEEK Police units."""
    words = [word.text for word in tagged.words[max(0, at - 1) : at + 1]]
    return len(words) == 2 and len(words[1]) > 3 and all(word.isupper() and word.isalpha() for word in words)


def _joined_before(tagged: TaggedSentence, at: int) -> int:
    """Count the words that a sign or a small word adds to the front of a name: Anti-Cyber, Lucky 99, Prosecutors'."""
    if not tagged.is_cap(at - 1):
        return 0
    word, before = tagged.lower[at], tagged.lower[at - 1]
    if word == "-" and tagged.glued(at + 1):
        return 2
    if word.isdigit() and len(word) < 4:
        return 1
    if (word == "'s" and before in BODIES.owners) or (word == "'" and tagged.glued(at) and before.endswith("s")):
        return 2
    return 1 if word in ("and", "&") and before in BODIES.domains and tagged.word(at + 1) in BODIES.domains else 0


def _name_end(tagged: TaggedSentence, head: int) -> int:
    """Return the index after a name that continues after its head: Ministry of …, Committee for …"""
    lower, last, at = tagged.lower, head + 1, head + 1
    while at < len(lower):
        if _continues_name(tagged, at):
            at += 2 if tagged.word(at + 1) in ("the", "and") else 1
            if not tagged.is_cap(at) or _starts_other_name(tagged, head, at):
                break
        elif (lower[at] == "in" and tagged.word(at + 1) == "persons") or (lower[at] == "-" and tagged.is_cap(at + 1)):
            at += 1
        elif at == head + 1 or not tagged.caps[at] or _starts_other_name(tagged, head, at):
            break
        at += 1
        last = at
    return _without_country(tagged, head, last)


def _continues_name(tagged: TaggedSentence, at: int) -> bool:
    word, after = tagged.lower[at], tagged.word(at + 1)
    return (word in BODIES.joiners and after not in DATE_WORDS) or (  # but: the Crown Court on Oct. 24
        word in ("and", "&", ",") and after in BODIES.domains and tagged.is_cap(at + 1)
    )


def _starts_other_name(tagged: TaggedSentence, head: int, at: int) -> bool:
    """Return whether another name begins at a word. An office may be anybody's, a ministry belongs to no other body."""
    word = tagged.lower[at]
    if tagged.kinds[at] in _OTHER_NAMES:
        return True
    if tagged.lower[head] == "office":
        return False
    if (word in TITLES.any_title and word != "justice") or word in _NOT_NAMES:
        return True
    for other in range(at, min(at + 4, len(tagged.lower))):
        if not tagged.caps[other]:
            break
        if tagged.lower[other] in HEADS and tagged.lower[other] not in BODIES.subjects:
            return True
    return False


def _without_country(tagged: TaggedSentence, head: int, last: int) -> int:
    """Return the end of a name without the country that follows: the Ministry of Interior [of Cambodia]."""
    if tagged.lower[head] not in ("ministry", "department") or tagged.kinds[last - 1] != "country":
        return last
    first = last - 1
    while first > head and (tagged.kinds[first - 1] == "country" or tagged.lower[first - 1] in ("of", "the")):
        first -= 1
    return first if first > head + 1 else last


def _past_company_end(tagged: TaggedSentence, last: int) -> int:
    """Return the index after Co., Ltd. and the like."""
    at = last
    while tagged.word(at) in BODIES.company_ends or tagged.word(at) in (".", ","):
        if tagged.lower[at] == "," and tagged.word(at + 1) not in BODIES.company_ends:
            break
        if tagged.lower[at] == "." and not (tagged.glued(at) and tagged.word(at - 1) in BODIES.company_ends):
            break
        at += 1
        last = at
    return last


def _past_region(tagged: TaggedSentence, last: int) -> int:
    """Return the index after the part of the world that ends a name: Exodus Watch Asia."""
    while tagged.is_cap(last) and (tagged.kinds[last] in PLACE_KINDS or tagged.lower[last] in BODIES.regions):
        last += 1
    return last


def speaking_acronyms(tagged: TaggedSentence) -> Iterator[Form]:
    """Yield short names of bodies that the article does not explain, if they speak: GID said."""
    if is_shouted(tagged):
        return
    for at, word in enumerate(tagged.words[:-1]):
        is_short = is_acronym(word.text) and len(word.text) > 1 and not tagged.kinds[at]
        is_short &= tagged.lower[at] not in TITLES.any_title
        if is_short and tagged.lower[at + 1] in SPEECH.said and not tagged.is_cap(at + 1):
            yield tagged.form(at, at + 1, "actor", None, "speaks", Grade.UNSURE)


def bodies_in_lists(tagged: TaggedSentence, mentions: list[Mention]) -> Iterator[Mention]:
    """Yield the mentions backwards, those that share the head of a body as bodies: Thai, Lao and Cambodian police."""
    after: Mention | None = None
    for mention in reversed(mentions):
        if after and mention.kind in ("adjective", "province", "town") and _shares_head(tagged, mention, after):
            name = f"{tagged.text(mention.first, mention.last)} {_head_of(after.name)}"
            holds = () if mention.kind == "adjective" else (mention,)
            rule = "body in a list"
            after = Mention("actor", name, mention.first, mention.last, after.within, rule, Grade.LIKELY, holds)
        else:
            after = mention
        yield after


def _head_of(name: str) -> str:
    """Return the name of a body without its place: provincial police."""
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in BODIES.modifiers:
        at -= 1
    return " ".join(words[at:])


def _shares_head(tagged: TaggedSentence, mention: Mention, after: Mention) -> bool:
    between = tagged.lower[mention.last : after.first]
    return after.kind == "actor" and after.rule in SHARED_HEAD_RULES and between in (["and"], [","])


def ministry_asked(sentence: Sentence) -> str | None:
    """Return the ministry whose minister a sentence asks: "asked the Minister of Foreign Affairs to state"."""
    for at in range(len(sentence) - 2):
        if sentence[at].lower == "minister" and sentence[at + 1].lower in {"of", "for"}:
            first = at + 2 + (sentence[at + 2].lower == "the")
            end = first
            while lower_at(sentence, end) in BODIES.domains or lower_at(sentence, end) in {"and", ",", "external"}:
                end += 1
            end -= lower_at(sentence, end - 1) in {"and", ","}
            if end > first:
                return "Ministry of " + " ".join(word.text.capitalize() for word in sentence[first:end])
    return None
