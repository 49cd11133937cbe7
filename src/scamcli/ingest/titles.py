"""Make the title of a draft: the headline if it is the news of a story, else the start of its first sentence."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re

from scamcli.ingest.entries import Entry
from scamcli.ingest.lexicon import GRAMMAR
from scamcli.ingest.story_dates import after_dateline
from scamcli.ingest.words import Sentence, words

LONGEST = 100
"""The maximum length of a title, in characters."""

_FEWEST_COMMON = 2
"""How many words a headline and an entry must share for the headline to be about the entry."""
_SHORTEST_WORD = 5
"""The minimum length, in characters, of a word that can show what a headline is about."""
_SHORTEST_CLAUSE = 40
"""The minimum length, in characters, of a clause that can be a title on its own."""
_JOINT = r"[,;](?= )|(?<= )(?:[–—-]|[a-z]+)(?= )"
_HEADING_ENDS = ":-–—"


def title_of(entry: Entry, text: str, headline: str | None) -> str:
    """Return a title for an entry. It can be rewritten in review.

    Args:
        entry: the entry.
        text: the text that contains it.
        headline: the headline of the text, if the entry may be its news.
    """
    if headline and len(headline) <= LONGEST and _is_about(headline, entry):
        return headline
    sentence = entry.sentences[0]
    begin, end = sentence[0].start, sentence[-1].end
    start = sentence[after_dateline(sentence)].start
    after = text[entry.heading.end : end].lstrip()
    body = after.lstrip(_HEADING_ENDS)
    if entry.heading.start == begin == start and len(body) < len(after) and any(map(str.isalnum, body)):
        start = end - len(body.lstrip())  # without its date
    return shorten(" ".join(text[start:end].split()).rstrip(".") or " ".join(text[slice(*entry.heading)].split()))


def is_headline(sentence: Sentence, headline: str | None) -> bool:
    """Return whether a sentence of a text is its headline, which repeats what follows."""
    return headline is not None and [word.text for word in sentence] == [word.text for word in words(headline)]


def shorten(whole: str) -> str:
    """Return a text, cut if it is too long for a title: between two clauses, or else between two words."""
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
