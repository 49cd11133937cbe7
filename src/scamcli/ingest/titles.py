"""Make the title of a draft: the headline if it is the news of a story, else the first sentence without its date.

No title has the name of somebody who may be a victim.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise

from scamcli.ingest import lexicon
from scamcli.ingest.attribution import Attribution
from scamcli.ingest.date_phrases import WEEKDAYS
from scamcli.ingest.entries import Entry
from scamcli.ingest.lexicon import BODIES, CALENDAR, COUNTED, GRAMMAR, MENTIONS, NUMBERS, TITLES
from scamcli.ingest.mentions import NameInventory
from scamcli.ingest.mentions.candidates import has_post, is_accused, is_other_name, leads, past_age, person_name_end
from scamcli.ingest.mentions.names import HEADS, NO_NAME, SITE_HEADS, NameTable, TaggedSentence, is_shouted, split, tag
from scamcli.ingest.proposal import Span
from scamcli.ingest.speakers import Speakers
from scamcli.ingest.story_dates import after_dateline
from scamcli.ingest.words import Sentence, Word, lower_at, words

LONGEST = 100
"""The maximum length of a title, in characters."""

_FEWEST_COMMON = 2
"""How many words a headline and an entry must share for the headline to be about the entry."""
_SHORTEST_WORD = 5
"""The minimum length, in characters, of a word that can show what a headline is about."""
_SHORTEST_CLAUSE = 40
"""The minimum length, in characters, of a clause that can be a title on its own."""
_FEWEST_WORDS = 3
"""How many words a sentence must have, apart from the date, to be a title."""
_LONGEST_DATE = 7
"""The most words of a date."""
_BEFORE_DATE = CALENDAR.dating.union(CALENDAR.about, ("at", "by", "the", "of")) - {",", "(", "“"}
"""Words before the date of an entry that a title leaves out with it."""
_AFTER_DATE = frozenset({",", ":", "-", "–", "—"})
_GOES_ON = CALENDAR.to | {"and", "or", "of", "last", "this", "alone", "when", "after", "before"}
"""Words after a date that belong to it."""
_LIST_SIGN = r"(?:\(?(?:[a-z]|[ivx]{2,4}|\d{1,2})[.)]\s+|\d{1,2}:\d\d\s+|[^\w\"“”‘’'(\[$€£¥₱฿₹#&@+~<>≥≤]+)+"
"""What stands before an item of a list: "(c) ", "► ", "- ", "01:12 – "."""
_DATES = frozenset(lexicon.numbers("calendar.months", 1)) | frozenset(WEEKDAYS)
_SAYS = frozenset({"said", "says", "say"})
_ITSELF = frozenset(["he", "she", "it", "they", "we", "i", "his", "her", "its", "their", "our", "my"])
_LONGEST_SPEAKER = 16
"""The most words of a title, a name and a verb before what somebody says."""
_JOINT = r"[,;](?= )|(?<= )(?:[–—-]|[a-z]+)(?= )"
_HEADING_ENDS = ":-–—"
_OPENING, _CLOSING = tuple("\"'“‘"), tuple("\"'”’")

_NUMBER_WORDS = NUMBERS.units | NUMBERS.scales | NUMBERS.plurals | TITLES.quantities
_COMMON = _DATES.union(
    NO_NAME, HEADS, SITE_HEADS, BODIES.domains, COUNTED.persons, COUNTED.premises, COUNTED.other_things,
    TITLES.people, TITLES.not_people, TITLES.private, TITLES.any_title, MENTIONS.no_persons,
)  # fmt: skip
_SUFFERERS = TITLES.private | MENTIONS.sufferers
_PLACING = frozenset(["in", "at", "near", "from", "around", "outside", "on", "of"])
_QUOTES = frozenset("\"“”‘’'")
_VERBS = MENTIONS.fleeing | MENTIONS.ordeals | TITLES.speaking | TITLES.auxiliaries
_OF_ONE = frozenset(["was", "is", "has"])
_LONGEST_NAME = 6
_FAR = 8
"""How many words before "named" or "identified as" are searched for who has the name."""
_MOSTLY = 0.6
"""The share of capitalised words above which capitals do not show names, as in a headline."""
_FEWEST_CAPS = 5


def title_of(entry: Entry, text: str, headline: str | None, speakers: Speakers) -> str:
    """Return a title for an entry. It can be rewritten in review.

    It is the headline if that is about the entry, and otherwise what its first sentence says, without a dateline, the
    date of the entry and the sign of a list. A label such as "Hai Phong" is put before the sentence that follows it.

    Args:
        entry: the entry.
        text: the text that contains it.
        headline: the headline of the text, if the entry may be its news.
        speakers: who speaks in the entry.
    """
    if headline and len(headline) <= LONGEST and _is_about(headline, entry):
        return headline
    told = [_told(sentence, entry, text) for sentence in entry.sentences]
    at = next((at for at, one in enumerate(told) if _says_something(one)), 0)
    label = told[0].strip(_HEADING_ENDS + " ") if at == 1 else ""
    if label and _DATES.isdisjoint(re.findall(r"\w+", label.lower())) and not label.isdecimal():
        whole = f"{label}: {told[1]}"
    else:
        whole, label = told[at], ""
    if len(whole) > LONGEST and not label:
        sentence = entry.sentences[at]
        spoken = _by_speaker(sentence, _after_date(sentence, entry.heading), speakers.by_sentence[at])
        whole = f"{spoken[0]}: {_written(text, spoken[1])}" if spoken else whole
    return shorten(whole or " ".join(text[slice(*entry.heading)].split()))


def _told(sentence: Sentence, entry: Entry, text: str) -> str:
    """Return what a sentence says, as a title says it; ``""`` if that is nothing but the date of its entry."""
    first = max(after_dateline(sentence), _after_date(sentence, entry.heading))
    if first == len(sentence):
        return ""
    whole = _written(text, sentence[first:])
    found = re.match(_LIST_SIGN, whole)
    whole = whole[found.end() :] if found and found.end() < len(whole) else whole
    return whole[:1].upper() + whole[1:] if first else whole


def _after_date(sentence: Sentence, heading: Span) -> int:
    """Return the index after the date of an entry with which a sentence begins, or 0: "On 5 March, police raided"."""
    first = next((at for at, word in enumerate(sentence) if word.start >= heading.start), len(sentence))
    last = next((at for at, word in enumerate(sentence) if word.start >= heading.end), len(sentence))
    if first == last or any(word.lower not in _BEFORE_DATE for word in sentence[:first]):
        return 0
    if last == len(sentence):
        return last if last - first <= _LONGEST_DATE else 0  # the whole sentence stands for the day of the text
    if sentence[last].text in _AFTER_DATE:
        return last + 1
    goes_on = sentence[last].lower in _GOES_ON or not sentence[last].text.isalnum()
    return last if first and not goes_on else 0  # "On 5 March police", but "5 March raid" and "In May and June"


def _says_something(told: str) -> bool:
    return sum(any(map(str.isalpha, word)) for word in re.findall(r"\w+", told)) >= _FEWEST_WORDS


def _written(text: str, words: Sequence[Word]) -> str:
    return " ".join(text[words[0].start : words[-1].end].split()).rstrip(".")


def _by_speaker(sentence: Sentence, first: int, said: Sequence[Attribution]) -> tuple[str, Sentence] | None:
    """Return who speaks at the beginning of a sentence, after the date that ends at `first`, and what they say."""
    one = next(iter(said), None)
    if one is None or one.mention is None or not one.mention.last <= one.at < first + _LONGEST_SPEAKER:
        return None
    has_that = lower_at(sentence, one.at + 1) == "that"
    clause = sentence[one.at + 1 + has_that :]
    if not (has_that or one.verb in _SAYS) or not clause or not clause[0].text.isalnum() or clause[0].lower == "to":
        return None
    has_news = any(word.text.isdecimal() for word in sentence[first : one.at])
    is_clear = all(word.lower not in _ITSELF for word in clause[:3])
    return (one.mention.name, clause) if is_clear and not has_news else None


def without_names(title: str, names: Sequence[str]) -> str:
    """Return a title with "a person" in place of these names, because only a redaction changes the id that it makes.

    A noun before a name, as in "her brother Jun", can stand alone. A word with hyphens is replaced as a whole. A name
    in a script without capitals becomes "…".
    """
    for name in filter(_has_no_capitals, names):
        title = title.replace(name, "…")
    parts = {part.casefold() for name in names for part in re.findall(r"\w+", name) if len(part) > 1}
    words = list(re.finditer(r"\w+(?:[-‐‑]\w+)*", title)) if parts else []
    alone = {name.casefold() for name in names if name.isalpha()}
    for first, last in reversed(list(_runs(words, title, parts))):
        start, end = words[first].start(), words[last].end()
        after = words[last + 1] if last + 1 < len(words) and title[end : words[last + 1].start()] == " " else None
        if after and after[0][0].isupper() and after[0].lower() not in _VERBS:
            if words[first][0].casefold() not in alone or after[0].lower() in TITLES.not_people:
                continue  # the name of somebody or something else goes on
            end = after.end()
        before, between = (words[first - 1], title[words[first - 1].end() : start]) if first else (None, "")
        if before and _belongs_to(before, between, is_alone=first == last):
            start = before.start()
        elif before and between == " " and before[0].lower() in TITLES.private:
            title = title[: before.end()] + title[end:]
            continue
        if start and title[start - 1] in _OPENING and title[end : end + 1] in _CLOSING:
            start, end = start - 1, end + 1
        instead = "person" if title[:start].endswith("-old ") else "a person"
        title = title[:start] + (instead if start else instead.capitalize()) + title[end:]
    return title


def _has_no_capitals(name: str) -> bool:
    return name.lower() == name.upper() and len(name) > 1


def _runs(words: Sequence[re.Match[str]], title: str, parts: Set[str]) -> Iterator[tuple[int, int]]:
    """Yield the indices of the first and the last words of names, which can have particles inside: Jun dela Cruz."""
    at = 0
    while at < len(words):
        if not _is_part(words[at][0], parts):
            at += 1
            continue
        first = last = at
        while at + 1 < len(words) and title[words[at].end() : words[at + 1].start()].strip(".") in (" ", "'", "’"):
            at += 1
            if _is_part(words[at][0], parts):
                last = at
            elif words[at][0].lower() not in MENTIONS.particles:
                break
        yield first, last
        at = last + 1


def _belongs_to(word: re.Match[str], between: str, *, is_alone: bool) -> bool:
    """Return whether the word before a name belongs to it: "Ms. Hoa Tran", or "Hoa" before only "Tran"."""
    return word[0].lower() in TITLES.courtesy or (
        is_alone and between == " " and word[0][0].isupper() and word[0].lower() not in TITLES.private | NO_NAME
    )


def _is_part(word: str, parts: Set[str]) -> bool:
    """Return whether a word is a part of a name, or has one before or behind a hyphen."""
    return any(part[:1].isupper() and part.casefold() in parts for part in re.split(r"\W", word))


def with_victims(inventory: NameInventory, sentences: Iterable[Sentence]) -> NameInventory:
    """Return the inventory with the names to withhold: those that it has, and others in the sentences of the text.

    A name of one word is no actor, but a title repeats the words of the text, so it counts here if the words beside it
    tell an age, or show that somebody suffers.
    """
    names, acting, named = NameTable(), set[str](), set[str]()
    for form, name in inventory.names.every():
        named.update(form if name.within == "person" else ())
        if name.within != "person" or name.rule not in ("speaks", "short form"):
            names.add(form, name)
            acting.update(form if name.within == "person" else ())
    found = [name for name in inventory.withheld if not is_common(split(name))]
    for sentence in sentences:
        tagged = tag(sentence, names)
        victims = _victims(tagged, named)
        found += [tagged.text(*one) for one in victims if tagged.lower[one[0]] not in acting or one[1] - one[0] > 1]
    return inventory._replace(withheld=tuple(dict.fromkeys(found)))


def _victims(tagged: TaggedSentence, named: Set[str]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of names in a sentence whose words show that these people may be victims.

    Somebody with a word of `named` in the name is introduced elsewhere, so only clear signs count.
    """
    if is_shouted(tagged):
        return
    at, names = 0, list[tuple[int, int]]()
    while at < len(tagged.lower):
        last = person_name_end(tagged, at)
        at += last - at > 1 and tagged.lower[at] in TITLES.private  # Survivor Patience
        if _is_name(tagged, at, last):
            names.append((at, last))
        at = max(last, at + 1)
    found = {one for one in names if _may_suffer(tagged, *one, is_known=tagged.lower[one[0]] in named)}
    for one, other in pairwise(names):  # Maria and Brenda were freed
        if other[0] - one[1] == 1 and tagged.word(one[1]) == "and" and not found.isdisjoint((one, other)):
            found |= {one, other}
    yield from sorted(found)


def _is_name(tagged: TaggedSentence, first: int, last: int) -> bool:
    if not 0 < last - first <= _LONGEST_NAME or is_other_name(tagged, first, last):
        return False
    words = tagged.lower[first:last]
    return len(words[0]) > 1 and not is_common(words)


def is_common(words: Sequence[str]) -> bool:
    """Return whether words with capitals are no name of a person: Forty-five, Red Crescent."""
    return words[0] in _NUMBER_WORDS or all(word in _COMMON for word in words)


def _may_suffer(tagged: TaggedSentence, first: int, last: int, *, is_known: bool) -> bool:
    first, last = _with_quotes(tagged, first, last)
    before = tagged.word(first - 1)
    if is_accused(tagged, last) or tagged.word(last) == "-" or before in MENTIONS.accusing:
        return False
    if before in TITLES.any_title - TITLES.of_anybody:
        return False
    return (
        _has_age(tagged, first, last)
        or _is_called(tagged, first)
        or _is_named_as_sufferer(tagged, first)
        or _is_harmed(tagged, first, last)
        or (not is_known and _is_story_of(tagged, first, last))
    )


def _with_quotes(tagged: TaggedSentence, first: int, last: int) -> tuple[int, int]:
    """Return the bounds of a name with the quotation marks around it: "Maria", 31."""
    if tagged.word(first - 1) in _QUOTES and tagged.word(last) in _QUOTES:
        return first - 1, last + 1
    return first, last


def _has_age(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether an age is beside a name, and no post: Maria, 31, was; Grace (24) was; 24-year-old Grace."""
    if tagged.lower[max(0, first - 3) : first] == ["year", "-", "old"]:
        return True
    behind = past_age(tagged, last)
    if behind is None or tagged.word(first - 1) in _PLACING or has_post(tagged, behind) or leads(tagged, behind):
        return False
    sign = tagged.word(behind - 1)
    if tagged.word(last) == "(":  # "Bavet (12), Poipet (31)" is a list of numbers
        after = tagged.word(behind)
        is_person = after in TITLES.auxiliaries or after in TITLES.speaking or after in ("who", "from")
        return sign == ")" and (is_person or _is_named_as_sufferer(tagged, first))
    return sign in (",", ".", ";", "-", "year", "years", "and", "")


def _is_called(tagged: TaggedSentence, first: int) -> bool:
    """Return whether somebody who may be a victim is called so: a girl named Thida; who gave her name as Thida."""
    before = [word for word in tagged.lower[max(0, first - _FAR - 2) : first] if word not in _QUOTES | {",", "only"}]
    if before[-2:] in (["name", "as"], ["name", "is"], ["name", "was"]):
        return not TITLES.accused & set(before)
    if before[-1:] == ["as"]:
        if before[-2:-1] not in (["identified"], ["known"], ["named"]):
            return False
        before.pop()
    elif not before or before[-1] not in MENTIONS.called:
        return False
    bearers = (word for word in reversed(before[:-1]) if word in _COMMON or word in _SUFFERERS)
    bearer = next((word for word in bearers if word not in TITLES.ordinary and word not in _NUMBER_WORDS), "")
    return bearer in _SUFFERERS


def _is_named_as_sufferer(tagged: TaggedSentence, first: int) -> bool:
    """Return whether a noun before a name says that it is a private person: her sister Brenda."""
    at = first - (2 if tagged.word(first - 1) in (",", ":") else 1)
    if tagged.is_cap(at) and _is_in_title_case(tagged):
        return False
    return tagged.word(at) in _SUFFERERS


def _is_harmed(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether words beside a name say that somebody harmed or rescued this person: Ms Achieng was trafficked."""
    if tagged.word(first - 1) in MENTIONS.rescuing and not tagged.is_cap(first - 1):
        return True
    address = first - (2 if tagged.word(first - 1) == "." else 1)
    is_person = last - first > 1 or tagged.word(address) in TITLES.of_anybody
    is_person = is_person or first > 0 or tagged.word(last) in _OF_ONE  # a noun that begins a sentence is in the plural
    if not is_person or _is_in_title_case(tagged):
        return False
    if tagged.word(last) in (",", "("):
        clause = tagged.lower[last + 1 : last + 1 + _FAR]
        if clause[:1] in (["a"], ["an"], ["the"], ["one"], ["who"]):
            ends = [at for at, word in enumerate(clause) if at and word in (",", ")", ";", ".")]
            clause = clause[: ends[0]] if ends else clause
            is_private = clause[0] != "who" and any(word in _SUFFERERS for word in clause)
            if is_private or not MENTIONS.ordeals.isdisjoint(clause):
                return not any(word in TITLES.posts for word in clause)
        if not MENTIONS.ordeals.isdisjoint(clause[:1]):
            return True
        last += 1
    after = tagged.lower[last : last + 3]
    return bool(after) and after[0] in TITLES.auxiliaries and not MENTIONS.ordeals.isdisjoint(after[1:])


def _is_story_of(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether somebody with only a given name suffers: Lina's ordeal; Lina fled; Lina said she was beaten."""
    if last - first > 1 or (not first and tagged.lower[first].endswith("s")):
        return False  # Residents fled
    if tagged.word(last) == "'s":
        return tagged.word(last + 1) in MENTIONS.of_sufferers
    at = last + (tagged.word(last) in TITLES.auxiliaries)
    said = tagged.lower[at + 1 : at + 1 + _FAR]
    if tagged.word(at) in TITLES.speaking and not tagged.is_cap(at):
        return not (_ITSELF.isdisjoint(said[:3]) or MENTIONS.ordeals.isdisjoint(said))
    return tagged.word(at) in MENTIONS.fleeing and not tagged.is_cap(at)


def _is_in_title_case(tagged: TaggedSentence) -> bool:
    caps = [tagged.caps[at] for at, word in enumerate(tagged.lower) if word.isalpha()]
    return len(caps) >= _FEWEST_CAPS and sum(caps) > _MOSTLY * len(caps)


def is_headline(sentence: Sentence, headline: str | None) -> bool:
    """Return whether a sentence of a text is its headline, which repeats what follows."""
    if headline is None or (sentence and not headline.lstrip().startswith(sentence[0].text)):
        return False  # most sentences, which need not be compared word by word
    return [word.text for word in sentence] == [word.text for word in words(headline)]


def shorten(whole: str) -> str:
    """Return a text as a title: if it is too long without its brackets, cut between two clauses or two words."""
    if len(whole) > LONGEST:
        whole = re.sub(r"\s*\([^()]*\)", "", whole)
    if len(whole) <= LONGEST:
        return whole
    words = whole[: LONGEST - 1].rsplit(" ", 1)[0]
    clause = max((one.start() for one in re.finditer(_JOINT, words) if _ends_clause(one[0])), default=0)
    return words[: clause if clause >= _SHORTEST_CLAUSE else None].rstrip(" ,;:") + "…"


def _ends_clause(joint: str) -> bool:
    return not joint.isalpha() or joint in GRAMMAR.boundaries


def _is_about(headline: str, entry: Entry) -> bool:
    """Return whether a headline and an entry share enough long words and numbers."""
    used = {word.lower for sentence in entry.sentences for word in sentence}
    words = re.findall(r"\w+", headline.lower())
    telling = {word for word in words if len(word) >= _SHORTEST_WORD or word.isdecimal()} - GRAMMAR.boundaries
    return len(telling & used) >= _FEWEST_COMMON
