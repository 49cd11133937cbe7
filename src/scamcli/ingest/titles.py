"""Make the title of a draft: the headline if it is the news of a story, else the first sentence without its date.

No title has the name of somebody who may be a victim.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache

from scamcli.ingest.attribution import Attribution
from scamcli.ingest.dated_entries import Entry
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, MENTIONS, TITLES
from scamcli.ingest.mentions import NameInventory
from scamcli.ingest.mentions.candidates import WEAK_RULES
from scamcli.ingest.mentions.names import DATE_WORDS, NO_NAME, NameTable, TaggedSentence, split, tag
from scamcli.ingest.mentions.ordeals import PRONOUNS, is_private
from scamcli.ingest.mentions.stories import heroes
from scamcli.ingest.mentions.victims import is_accused, is_common, names_of_people, sufferers
from scamcli.ingest.proposal import Span
from scamcli.ingest.speakers import Speakers
from scamcli.ingest.story_dates import after_dateline, read_date
from scamcli.ingest.words import Sentence, Word, lower_at, sentences, words
from scamcli.language.countries import is_demonym

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
_SAYS = frozenset({"said", "says", "say"})
_LONGEST_SPEAKER = 16
"""The most words of a title, a name and a verb before what somebody says."""
_JOINT = r"[,;](?= )|(?<= )(?:[–—-]|[a-z]+)(?= )"
_HEADING_ENDS = ":-–—"
_WORD = r"\w+(?:(?!['’]s\b)[-‐‑'’ʼ]\w+)*"
"""A word of a title: Ng'ang'a, O’Neill, Anne-Marie, and Hoa of Hoa's."""
_INITIALS = r"(?:\b[A-Z]\. ?)*$"
_OPENING, _CLOSING = tuple("\"'“‘"), tuple("\"'”’")

_VERBS = MENTIONS.fleeing | MENTIONS.ordeals | TITLES.speaking | TITLES.auxiliaries


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
    if label and DATE_WORDS.isdisjoint(re.findall(r"\w+", label.lower())) and not label.isdecimal():
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
    first = max(after_dateline(sentence), _after_date(sentence, entry.heading, is_cell=entry.is_row))
    if first == len(sentence):
        return ""
    whole = _written(text, sentence[first:])
    found = re.match(_LIST_SIGN, whole)
    whole = whole[found.end() :] if found and found.end() < len(whole) else whole
    return whole[:1].upper() + whole[1:] if first else whole


def _after_date(sentence: Sentence, heading: Span, *, is_cell: bool = False) -> int:
    """Return the index after the date of an entry with which a sentence begins, or 0: "On 5 March, police raided"."""
    first = next((at for at, word in enumerate(sentence) if word.start >= heading.start), len(sentence))
    last = next((at for at, word in enumerate(sentence) if word.start >= heading.end), len(sentence))
    if first == last or any(word.lower not in _BEFORE_DATE for word in sentence[:first]):
        return 0
    if last == len(sentence):
        return last if last - first <= _LONGEST_DATE else 0  # the whole sentence stands for the day of the text
    if sentence[last].text in _AFTER_DATE:
        return last + 1
    if is_cell:
        return last
    goes_on = sentence[last].lower in _GOES_ON or not sentence[last].text.isalnum()
    return last if first and not goes_on else 0  # "On 5 March police", but "5 March raid" and "In May and June"


def _says_something(told: str) -> bool:
    return sum(any(map(str.isalpha, word)) for word in re.findall(r"\w+", told)) >= _FEWEST_WORDS


def _after_day(sentence: Sentence, at: int) -> int:
    """Return the index after the day on which somebody speaks: "said on Tuesday that", "said yesterday that"."""
    begin = at + (lower_at(sentence, at) == "on")
    found = read_date(sentence, begin) if begin < len(sentence) else None
    return at if found is None else found.end


def _written(text: str, words: Sequence[Word]) -> str:
    return " ".join(text[words[0].start : words[-1].end].split()).rstrip(".")


def _by_speaker(sentence: Sentence, first: int, said: Sequence[Attribution]) -> tuple[str, Sentence] | None:
    """Return who speaks at the beginning of a sentence, after the date that ends at `first`, and what they say."""
    one = next(iter(said), None)
    if one is None or one.mention is None or not one.mention.last <= one.at < first + _LONGEST_SPEAKER:
        return None
    end = _after_day(sentence, one.at + 1)
    has_that = lower_at(sentence, end) == "that"
    clause = sentence[(end if has_that else one.at) + 1 :]
    if not (has_that or one.verb in _SAYS) or not clause or not clause[0].text.isalnum() or clause[0].lower == "to":
        return None
    has_news = any(word.text.isdecimal() for word in sentence[first : one.at])
    is_clear = all(word.lower not in PRONOUNS for word in clause[:3])
    return (one.mention.name, clause) if is_clear and not has_news else None


def without_names(title: str, names: Sequence[str], kept: Set[str] = frozenset()) -> str:
    """Return a title with "a person" in place of these names, because only a redaction changes the id that it makes.

    A noun before a name, as in "her brother Jun", can stand alone. A word with hyphens or apostrophes is replaced as a
    whole, and so are initials before it. A name in a script without capitals becomes "…". Whole names in ``kept`` stay,
    which may share a surname with others.
    """
    without_capitals, parts, alone = _forms(tuple(names))
    for name in without_capitals:
        title = title.replace(name, "…")
    words = list(re.finditer(_WORD, title)) if parts else []
    for first, last in reversed(list(_runs(words, title, parts, kept))):
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
        start = len(re.sub(_INITIALS, "", title[:start]))
        title = title[:start] + _person_after(title[:start]) + title[end:]
    return title


@lru_cache(maxsize=4)  # a long text has many names, and many titles
def _forms(names: tuple[str, ...]) -> tuple[list[str], Set[str], Set[str]]:
    """Return the names in scripts without capitals, the parts of all names, and the names of one word."""
    parts = {part.casefold() for name in names for part in re.findall(r"\w+", name) if len(part) > 1}
    return list(filter(_has_no_capitals, names)), parts, {name.casefold() for name in names if name.isalpha()}


def _person_after(before: str) -> str:
    """Return the words for a person after the beginning of a title: no article follows an age or a nationality."""
    is_described = before.endswith("-old ") or (before.endswith(" ") and is_demonym(before.split()[-1]))
    return "person" if is_described else "a person" if before else "A person"


def _has_no_capitals(name: str) -> bool:
    return name.lower() == name.upper() and len(name) > 1


def _runs(words: Sequence[re.Match[str]], title: str, parts: Set[str], kept: Set[str]) -> Iterator[tuple[int, int]]:
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
        if title[words[max(0, first - 1)].start() : words[last].end()] not in kept:
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


def with_victims(
    inventory: NameInventory, text: Iterable[Sentence], headline: str | None, others: Iterable[str] | None = None
) -> NameInventory:
    """Return the inventory with the names to withhold: those that it has, `others`, and those of victims in a text.

    A name of one word is no actor, but a title repeats the words of the text, so it counts here if the words beside it
    tell an age, or show that somebody suffers. People who are only said to speak may be victims, too.
    """
    names, speaking, acting, named = NameTable(), dict[tuple[str, ...], str](), set[str](), set[str]()
    public = list[set[str]]()
    for form, name in inventory.names.every():
        named.update(form if name.within == "person" else ())
        if name.within != "person" or name.rule not in WEAK_RULES:
            names.add(form, name)
            acting.update(form if name.within == "person" else ())
            public += [set(form)] if name.within == "person" else []
        elif name.rule != "short form":
            speaking[form] = name.name
    found = [*(name for name in inventory.withheld if not is_common(split(name))), *(others or ())]
    in_order = sorted({sentence[0].start: sentence for sentence in text if sentence}.items())
    told = [tag(sentence, names) for _, sentence in in_order] + [tag(one, names) for one in sentences(headline or "")]
    people = [(tagged, names_of_people(tagged)) for tagged in told]
    if any(bounds for _, bounds in people):
        found += list(_victims(people, acting, named, public))
    words_of_found = [set(split(name)) for name in found]
    found += [name for form, name in speaking.items() if any(one <= set(form) for one in words_of_found)]
    withheld = (name for name in found if set(split(name)) not in public)
    return inventory._replace(withheld=tuple(dict.fromkeys(withheld)))


def _victims(
    people: Sequence[tuple[TaggedSentence, list[tuple[int, int]]]],
    acting: Set[str],
    named: Set[str],
    public: Sequence[Set[str]],
) -> Iterator[str]:
    """Yield the names of those who suffer, in the sentence with the name or in the next ones."""
    accused = set[str]()
    for tagged, names in people:
        accused.update(*(tagged.lower[slice(*one)] for one in names if is_accused(tagged, *one)))
    told = []
    for tagged, every in people:
        free = [one for one in every if not any(set(tagged.lower[slice(*one)]) <= form for form in public)]
        firsts = [(tagged.lower[first], last - first == 1) for first, last in free]
        known = {word for word, is_alone in firsts if word in (named if is_alone else acting)}
        for first, last in sufferers(tagged, known, free):
            if tagged.lower[first] not in acting or last - first > 1:
                yield tagged.text(first, last)
        names = [one for one in free if tagged.lower[one[0]] not in named and not is_accused(tagged, *one)]
        yield from (tagged.text(*one) for one in names if is_private(tagged, *one))
        told.append((tagged, [one for one in free if tagged.lower[one[1] - 1] not in accused]))
    for at, one in heroes(told):
        yield people[at][0].text(*one)


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
