"""Choose the kind of an entry's event, and make the title of its draft.

The kind is usually that of the first verb. If the first sentence has none, a figure, a noun or a later sentence tells
the kind. The title is the headline if it is the news of a story, else what the first sentence says without the date.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from typing import NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.attribution import Attribution, is_outlet
from scamcli.ingest.date_phrases import WEEKDAYS
from scamcli.ingest.entries import Entry
from scamcli.ingest.figures import Figures
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, KINDS, OUTCOMES, SPEECH, TITLES
from scamcli.ingest.mentions import Mention
from scamcli.ingest.proposal import Grade, Reason, Span
from scamcli.ingest.speakers import Speakers
from scamcli.ingest.story_dates import after_dateline
from scamcli.ingest.words import Sentence, Word, lower_at, words

ACTIONS = lexicon.headings("kinds.actions")
HINTS = lexicon.headings("kinds.hints")
OF_METRICS = lexicon.headings("kinds.of_metrics")
TOPICS = [(kind, frozenset(words)) for kind, words in lexicon.table("kinds.topics").items()]

_IN_COURT = ("indictment", "conviction", "seizure", "extradition")

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


class Evidence(NamedTuple):
    """What an entry says about its event, as far as the kind depends on it."""

    sentences: Sequence[Sentence]
    mentions: Sequence[Sequence[Mention]]
    speakers: Speakers
    figures: Figures


def classify(entry: Evidence) -> tuple[str, Reason]:
    """Return the kind of an event and the reason for it. If a court convicts somebody, that is the event."""
    kind, reason = _by_first_sentence(entry)
    convicted = _kind_of_figures(entry.figures, "conviction") if kind == "court" else None
    return convicted or (kind, reason)


def _by_first_sentence(entry: Evidence) -> tuple[str, Reason]:
    """Return the kind of an event and the reason for it, from the first sentence of its entry.

    The first that applies decides: an outlet that reports, a topic such as a sanction, a figure (if no verb says what
    was done), somebody who only speaks, or an action. If none applies, `_by_hints` decides.
    """
    first, mentions, speakers = entry.sentences[0], entry.mentions[0], entry.speakers
    opening = next((one for one in mentions if is_outlet(one) and one.first <= 2), None)
    if opening is not None and (said := speakers.attribution(0, opening)) and said.at >= opening.last:
        return _kind_and_reason("report", first[said.at], "an outlet that reports")
    for kind, named in TOPICS:
        if word := _first_of(first, named):
            return _kind_and_reason(kind, word, f"“{word.lower}”")
    speaker = next((one for one in speakers.by_sentence[0] if not one.is_outlet), None)
    action = _first_action(first)
    if action is None and (told := _kind_of_figures(entry.figures)):
        return told
    if speaker is not None and _only_speaks(first[speaker.at], action):
        return _kind_and_reason("statement", first[speaker.at], "somebody who speaks")
    if action is not None:
        return _kind_and_reason(action[0], action[1], f"“{action[1].lower}”")
    return _by_hints(entry.sentences)


def _by_hints(sentences: Sequence[Sentence]) -> tuple[str, Reason]:
    """Return the kind of an event whose first sentence has no action: by a hint or a later action, or a report."""
    if word := _first_of(sentences[0], SPEECH.publication | {"reports", "reported"}):
        return _kind_and_reason("report", word, f"“{word.lower}”")
    for sentence in sentences:
        if word := _first_hint(sentence):
            return _kind_and_reason(HINTS[word.lower], word, f"“{word.lower}”, and no action")
        if found := _first_action(sentence):
            return _kind_and_reason(found[0], found[1], f"“{found[1].lower}”, in a later sentence")
    return _kind_and_reason("report", sentences[0][0], "no word suggests another kind")


def _first_hint(sentence: Sentence) -> Word | None:
    """Return the first hint. If it is a court, a later word says how it decided."""
    found = [word for word in sentence if word.lower in HINTS]
    if found and HINTS[found[0].lower] == "court":
        return next((word for word in found if HINTS[word.lower] in _IN_COURT), found[0])
    return found[0] if found else None


def _only_speaks(verb: Word, action: tuple[str, Word] | None) -> bool:
    """Return whether the event is the act of speaking, not the thing that is announced, denied or warned of."""
    if action is None:
        return True
    kind, word = action
    return kind not in {"denial", "warning"} and verb.lower not in KINDS.announcing and word.start > verb.start


def _kind_of_figures(figures: Figures, only: str | None = None) -> tuple[str, Reason] | None:
    """Return the kind of event that the first figure shows. A conviction takes precedence over its charges.

    If `only` is given, figures that show another kind are left out.
    """
    found = [
        (kind, record)
        for record in figures.records
        if (kind := OF_METRICS.get(record["metric"])) and only in (None, kind)
    ]
    if not found:
        return None
    convictions = (one for one in found if found[0][0] == "indictment" and one[0] == "conviction")
    kind, record = next(convictions, found[0])
    span = next(reason.span for reason in figures.reasons if reason.field == f"figures.{record['id']}")
    return kind, Reason("kind", span, f"number of {record['metric']}", Grade.UNSURE)


def _first_action(sentence: Sentence) -> tuple[str, Word] | None:
    """Return the kind of the first action, and its word. If a court or a prosecutor acts, a later word says how."""
    found = list(_actions(sentence))
    if found and found[0][0] == "court":
        return next((one for one in found if one[0] in _IN_COURT), found[0])
    return found[0] if found else None


def _actions(sentence: Sentence) -> Iterator[tuple[str, Word]]:
    """Yield the kinds of the actions, and their words. Words with capitals, negation and background are skipped."""
    for at, word in enumerate(sentence):
        if at and (not word.text.islower() or sentence[at - 1].lower in KINDS.background):
            continue
        if any(one.lower in KINDS.negated for one in sentence[max(0, at - 3) : at]):
            continue
        is_term = at + 1 < len(sentence) and sentence[at + 1].lower in OUTCOMES.no_cue  # an extradition request
        is_term |= word.lower == "charges" and at > 0 and sentence[at - 1].lower == "on"
        if (kind := ACTIONS.get(word.lower)) and (not is_term or word.lower.endswith("ed")):
            yield kind, word


def _first_of(sentence: Sentence, words: Set[str]) -> Word | None:
    return next((word for word in sentence if word.lower in words), None)


def _kind_and_reason(kind: str, word: Word, rule: str) -> tuple[str, Reason]:
    return kind, Reason("kind", Span(word.start, word.end), rule, Grade.UNSURE)


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
    """Return a title with "a person" in place of these names, because the id that it makes cannot be changed."""
    parts = {part.casefold() for name in names for part in re.findall(r"\w+", name) if len(part) > 1}
    if not parts:
        return title
    words = list(re.finditer(r"\w+", title))
    runs = [list(run) for is_part, run in groupby(words, lambda word: _is_part(word[0], parts)) if is_part]
    following = dict(zip((word.end() for word in words), words[1:], strict=False))
    before = dict(zip((word.start() for word in words[1:]), words, strict=False))
    for run in reversed(runs):
        start, end = run[0].start(), run[-1].end()
        after = following.get(end)
        if after and after[0][0].isupper() and title[end : after.start()] == " ":
            continue  # the name of somebody or something else goes on
        if start and _belongs_to(before[start], title[before[start].end() : start], is_alone=len(run) == 1):
            start = before[start].start()
        instead = "person" if title[:start].endswith("-old ") else "a person"
        title = title[:start] + (instead if start else instead.capitalize()) + title[end:]
    return title


def _belongs_to(word: re.Match[str], between: str, *, is_alone: bool) -> bool:
    """Return whether the word before a name belongs to it: "Ms. Hoa Tran", or "Hoa" before only "Tran"."""
    return word[0].lower() in TITLES.courtesy or (is_alone and between == " " and word[0][0].isupper())


def _is_part(word: str, parts: Set[str]) -> bool:
    return word[0].isupper() and word.casefold() in parts


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
