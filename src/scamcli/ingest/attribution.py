"""Find who says something in one sentence: the speaker and the verb."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.lexicon import GRAMMAR, MENTIONS, SPEECH, TITLES
from scamcli.ingest.mentions.bodies import ministry_asked
from scamcli.ingest.mentions.finding import minister_in_capitals
from scamcli.ingest.mentions.names import DATE_WORDS, PLAIN_HEADS, PUBLISHER
from scamcli.ingest.mentions.ordeals import is_of_another
from scamcli.ingest.words import FULL_STOPS, lower_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence, Set

    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

_MAX_TO_VERB = 12
"""The most words of a phrase in commas between a name and its verb."""
_MAX_TO_TITLE = 4
"""Among how many words behind a name its post can be: "Ann Example, a spokeswoman for …"."""
_LONGEST_POST = 24
"""The most words of a phrase with a post between a name and its verb."""
_TO_BODY = 2
"""Among how many words after "of" the body begins to which a speaker belongs."""
_MAX_TO_COLON = 8
"""How many words can be between a name and its colon, or between "according to" and a name after its post."""
_MAX_TO_ESTIMATE = 6
"""How many words can be between "according" and the name behind a publication: "according to new estimates by"."""
_MAX_TO_SEAT = 6
"""Among how many words after "in the" the noun of a place can be: "the embassy in the Southeast Asian country said"."""
_FEWEST_QUESTIONS = 3
"""How many questions make a text an interview."""
_FAR_QUESTION = 12
"""In how many sentences before an answer the question can name the minister who is asked."""
LABEL, SOURCE = "label", "source"
"""In place of a verb, for speakers without one: a name and a colon open a paragraph, or a name in brackets ends it."""
QUOTES = ("“", '"', "‘")
_BESIDE_PEOPLE = MENTIONS.relatives | TITLES.posts


class Attribution(NamedTuple):
    """Somebody who says something in a sentence.

    Attributes:
        mention: the speaker; ``None`` for a pronoun, which refers to the last speaker.
        at: index of the verb.
        verb: in lower case.
    """

    mention: Mention | None
    at: int
    verb: str

    @property
    def is_outlet(self) -> bool:
        """Return whether the speaker is an outlet."""
        return self.mention is not None and is_outlet(self.mention)


def is_outlet(mention: Mention) -> bool:
    """Return whether a mention names a publication."""
    return mention.kind == "outlet" or mention.within == "media"


def attributions(sentence: Sentence, mentions: Sequence[Mention]) -> list[Attribution]:
    """Return who speaks in a sentence, in the order of the verbs; `mentions` are the names in it."""
    actors = [one for one in mentions if one.kind in {"actor", "outlet"} and one.rule != PUBLISHER]
    actors = [one for one in actors if not _is_somebody_else(sentence, one)]
    starts = [one.first for one in actors]
    bodies = {one.last: one.first for one in actors if one.within != "person"}
    found = [attribution for one in actors if (attribution := _attribution_of(sentence, one, starts, bodies))]
    people = {one.at for one in found if one.mention is not None and one.mention.within == "person"}
    found = [one for one in found if one.at not in people or (one.mention and one.mention.within == "person")]
    taken = {one.at for one in found}
    found += [Attribution(None, at, sentence[at].lower) for at in _verbs_of_pronouns(sentence) if at not in taken]
    found += [
        Attribution(None, at - 2, "according")  # according to the report, by somebody who was named before
        for at in range(3, len(sentence))
        if sentence[at].lower in SPEECH.publication
        and sentence[at - 1].lower in SPEECH.definite
        and [word.lower for word in sentence[at - 3 : at - 1]] == ["according", "to"]
    ]
    found += list(_joint_speakers(sentence, actors, found))
    return sorted(found, key=lambda one: one.at)


def _is_somebody_else(sentence: Sentence, mention: Mention) -> bool:
    """Return whether those who speak have no name: "officials said", "the mother of Ann Example said"."""
    if mention.within == "person":
        first, lower = _before_titles(sentence, mention.first), [word.lower for word in sentence]
        return is_of_another(lower, first, mention.last, _BESIDE_PEOPLE)
    return mention.last - mention.first == 1 and sentence[mention.first].lower in SPEECH.anonymous


def _verbs_of_pronouns(sentence: Sentence) -> Iterator[int]:
    """Yield the indices of verbs of saying after a pronoun or a publication: he said, it also said, the report adds."""
    for at, word in enumerate(sentence):
        is_publication = word.lower in SPEECH.publication and lower_at(sentence, at - 1) in GRAMMAR.determiners
        is_post = word.lower in SPEECH.pronoun_posts and lower_at(sentence, at - 1) == "the"
        if not is_publication and not is_post and word.lower not in SPEECH.pronouns:
            continue
        verb = at + 1 + (lower_at(sentence, at + 1) in SPEECH.adverbs)
        counts = lower_at(sentence, verb) in (SPEECH.counting if word.lower == "it" else SPEECH.telling_numbers)
        if counts or lower_at(sentence, verb) in SPEECH.saying:
            yield verb


def _joint_speakers(
    sentence: Sentence, actors: Sequence[Mention], found: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Yield speakers that share a verb with the next one: VOD and Al Jazeera reported."""
    by_mention = {id(one.mention): one for one in found}
    for one, other in pairwise(actors):
        shared = by_mention.get(id(other))
        if shared and id(one) not in by_mention and other.first - one.last == 1 and sentence[one.last].lower == "and":
            yield Attribution(one, shared.at, shared.verb)


def _attribution_of(
    sentence: Sentence, mention: Mention, starts: Sequence[int], bodies: Mapping[int, int]
) -> Attribution | None:
    first = _before_titles(sentence, mention.first)
    if mention.within == "person":
        first = bodies.get(first, first)  # said IOM spokesman Joel Millman
    if (to := _according(sentence, mention, first)) is not None:
        return Attribution(mention, to, "according")
    if (verb := _passive_before(sentence, first)) is not None:
        return Attribution(mention, verb, sentence[verb].lower)
    if (after := _verb_after(sentence, mention, starts, bodies)) is not None:
        return Attribution(mention, after, sentence[after].lower)
    if is_outlet(mention) and lower_at(sentence, mention.last) in SPEECH.publication:
        return Attribution(mention, mention.last, "report")
    said = lower_at(sentence, first - 1 - (lower_at(sentence, first - 1) == "the"))
    if said in SPEECH.before_speaker:
        return Attribution(mention, first - 1, said)
    return _by_layout(sentence, mention, first)


def _by_layout(sentence: Sentence, mention: Mention, first: int) -> Attribution | None:
    """Return a speaker without a verb: "18:15 Colonel Ann Example of the Third Army: 200 crossed", "[Thai police]"."""
    if _is_in_brackets(sentence, mention):
        return Attribution(mention, max(first - 1, 0), SOURCE)
    colon = _colon_after(sentence, mention.last)
    if colon is None or mention.within == "court" or not _opens_label(sentence, first):
        return None
    return Attribution(mention, colon, LABEL)


def _passive_before(sentence: Sentence, first: int) -> int | None:
    """Return the index of a passive verb of saying before "by" and a speaker."""
    at = first - 2 - (lower_at(sentence, first - 1) == "the")
    return at if lower_at(sentence, at + 1) == "by" and lower_at(sentence, at) in SPEECH.said_by else None


def _is_in_brackets(sentence: Sentence, mention: Mention) -> bool:
    """Return whether an item ends with its source: "35 people were freed [Thai police]"."""
    if sentence[mention.first].text.isupper():
        return False  # the International Organization for Migration (IOM)
    opens, closes = lower_at(sentence, mention.first - 1), lower_at(sentence, mention.last)
    return f"{opens}{closes}" in ("()", "[]") and mention.last + 2 >= len(sentence)


def _according(sentence: Sentence, mention: Mention, first: int) -> int | None:
    """Return the index of the word before a speaker if "according to" refers to them or to their publication."""
    at = first - (lower_at(sentence, first - 1) == "the")
    near = [word.lower for word in sentence[max(0, at - _MAX_TO_ESTIMATE) : at]]
    while near and (near[-1] in SPEECH.before_source_name or near[-1].isdecimal()):
        near.pop()
    if near[-2:] in (["according", "to"], ["words", "of"]):
        return max(first - 1, 0)
    if "according" in near:
        near = near[near.index("according") :]
    if near[-1:] in (["by"], ["from"], ["of"], ["for"]) and near[:2] == ["according", "to"] and "," not in near:
        return first - 1  # according to estimates by the UN
    return _far_according(sentence, first) if mention.within == "person" else None


def _far_according(sentence: Sentence, first: int) -> int | None:
    """Return the index of "to" before the post of a speaker: according to Kandal police chief Ann Example."""
    for at in range(first - 1, max(1, first - _MAX_TO_COLON), -1):
        if sentence[at].lower == "to" and sentence[at - 1].lower == "according":
            return at
        if not sentence[at].text[0].isalpha():
            break
    return None


def _before_titles(sentence: Sentence, at: int) -> int:
    """Return the index of the first title before a name, or of the name itself: said police Lt. Col. Ann Example."""
    name = at
    if [word.lower for word in sentence[max(0, at - 2) : at]] == ["in", "charge"]:
        at -= 2  # said Special Agent in Charge Ann Example
    while at > 0 and (sentence[at - 1].lower in TITLES.any_title or (sentence[at - 1].text == "." and at > 1)):
        if sentence[at - 1].text == "." and sentence[at - 2].lower not in TITLES.any_title:
            break
        at -= 1
    if at < name and lower_at(sentence, at - 1) in PLAIN_HEADS:
        at -= 1
    while at < name and lower_at(sentence, at - 1) in SPEECH.of_posts:
        at -= 1  # said provincial police chief Ann Example
    if at and sentence[at - 1].lower in GRAMMAR.determiners and at < name:
        at -= 1  # says its coordinator Ann Example
    return at


def _opens_label(sentence: Sentence, first: int) -> bool:
    """Return whether only a time, signs and the post of a speaker precede a name: "18:15 Minister (Ann Example):"."""
    return all(
        not word.text.isalpha()
        or word.text[0].isupper()
        or word.lower in TITLES.any_title | SPEECH.of_posts | SPEECH.in_labels
        for word in sentence[:first]
    )


def _colon_after(sentence: Sentence, at: int) -> int | None:
    """Return the index of the colon after a name, or after "of" and a body, or after a few words before a quotation."""
    is_plain = True
    for end in range(at, min(len(sentence) - 1, at + _MAX_TO_COLON)):
        if sentence[end].text == ":":
            is_quote = sentence[end + 1].text in QUOTES
            return end if is_plain or is_quote else None
        if sentence[end].text in {".", ",", *QUOTES}:
            break
        is_plain &= sentence[end].text[0].isupper() or sentence[end].lower in {"of", "the", "in", ")", "]", "statement"}
    return None


def _verb_after(sentence: Sentence, mention: Mention, starts: Sequence[int], bodies: Mapping[int, int]) -> int | None:
    """Return the index of the verb of saying after a name: directly, after an adverb, or after a phrase in commas."""
    verbs = SPEECH.saying | (SPEECH.telling_numbers if mention.within == "person" else SPEECH.stating)
    at = _after_seat(sentence, _after_short_name(sentence, _after_body(sentence, mention, bodies)), starts)
    at = _after_publication(sentence, at, verbs)
    while at < len(sentence) and _is_before_verb(sentence, at):
        at += 1
    if at >= len(sentence):
        return None
    if sentence[at].lower in verbs:
        return at if _is_speech(sentence, mention, at) else None
    opens = sentence[at].lower
    if opens not in {",", "(", "who"} and opens not in SPEECH.publication and opens not in SPEECH.positions:
        return None
    is_post = mention.within == "person" and (
        any(word.lower in TITLES.any_title - TITLES.accused for word in sentence[at + 1 : at + _MAX_TO_TITLE])
        or lower_at(sentence, at + 1) in SPEECH.belonging
    )
    for one in range(at + 1, min(len(sentence), at + (_LONGEST_POST if is_post else _MAX_TO_VERB))):
        if one in starts and not is_post:
            return None
        if sentence[one].lower in verbs and (sentence[one - 1].text in {",", ")"} or opens not in {",", "("}):
            return None if is_post and one + 1 in starts else one  # …, said Haven for Migrants
    return None


def _is_speech(sentence: Sentence, mention: Mention, at: int) -> bool:
    """Return whether a verb after a name is one of saying here.

    The police found 12 men, the council put six on a list, in what the police call a breakthrough.
    """
    before = mention.first - 1 - (lower_at(sentence, mention.first - 1) == "the")
    verb = sentence[at].lower
    is_found = verb in SPEECH.finding and mention.within in {"police", "court", "government"}
    is_put = verb in SPEECH.putting and all(word.lower != "at" for word in sentence[at:])
    return not (is_found or is_put or (verb in SPEECH.naming and lower_at(sentence, before) in {"what", "as"}))


def _is_before_verb(sentence: Sentence, at: int) -> bool:
    """Return whether a word can be between a speaker and the verb: an adverb, a part of a name, or a day."""
    lower = sentence[at].lower
    if lower in SPEECH.before_verb or lower in SPEECH.of_bodies or lower in DATE_WORDS:
        return True
    is_passive = lower in GRAMMAR.be and lower_at(sentence, at + 1) in SPEECH.citing  # was quoted as saying
    return is_passive or (lower.isdecimal() and sentence[at - 1].lower in DATE_WORDS)


def _after_body(sentence: Sentence, mention: Mention, bodies: Mapping[int, int]) -> int:
    """Return the index after a name, and after the body of a person: "Ann Example of the Third Unit said"."""
    at = mention.last
    if mention.within != "person" or lower_at(sentence, at) not in SPEECH.belonging:
        return at
    return next((last for last, first in bodies.items() if 0 < first - at <= _TO_BODY), at)


def _after_short_name(sentence: Sentence, at: int) -> int:
    """Return the index after a short name in brackets: the National Agency (NAPTIP) said."""
    if at + 2 < len(sentence) and sentence[at].text == "(" and sentence[at + 2].text == ")":
        return at + 3
    return at


def _after_publication(sentence: Sentence, at: int, verbs: Set[str]) -> int:
    """Return the index of the verb after what a speaker publishes: X in a statement said, the data of X show."""
    reach = sentence[at + 1 : at + _MAX_TO_ESTIMATE]
    is_own = lower_at(sentence, at) in {"'s", "’s"} and any(word.lower in SPEECH.own for word in reach)
    if is_own or (lower_at(sentence, at) == "in" and any(word.lower in SPEECH.publication for word in reach)):
        near = range(at + 1, min(at + _MAX_TO_COLON, len(sentence)))
        return next(
            (one for one in near if sentence[one].lower in verbs or (is_own and sentence[one].lower == "has")), at
        )
    return at


def _after_seat(sentence: Sentence, at: int, starts: Sequence[int]) -> int:
    """Return the index after the place of a body: the Indonesian Embassy in Phnom Penh said."""
    if lower_at(sentence, at) == "in" and lower_at(sentence, at + 1) in GRAMMAR.determiners:
        ends = range(at + 2, min(at + _MAX_TO_SEAT, len(sentence)))
        return next((end + 1 for end in ends if sentence[end].lower in SPEECH.seats), at)
    if at + 1 < len(sentence) and sentence[at].lower in {"in", "at", "of"} and sentence[at + 1].text[0].isupper():
        end = at + 1
        while end < len(sentence) and sentence[end].text[0].isupper() and end not in starts:
            end += 1
        return end
    return at


def covering(
    sentences: Sequence[Sentence],
    said: Sequence[Sequence[Attribution]],
    begins: Sequence[bool],
    starts: Collection[int],
    answers: Sequence[str | None],
) -> list[str | None]:
    """Return who speaks in each sentence by the layout of the text, where the sentence itself names nobody.

    A label ("Ann Example:") covers its paragraph, and those up to the next label in a text that has several. A speaker
    before a colon covers the list below. An answer covers all that follows. A source in brackets covers the paragraph
    that it ends.

    Args:
        sentences: the sentences of a text.
        said: who speaks in each.
        begins: whether each begins a paragraph.
        starts: offsets of the sentences that begin the entries of a list.
        answers: who begins to answer a question after each.
    """
    labels = [_named(one, LABEL) if begin else None for one, begin in zip(said, begins, strict=True)]
    main = next(filter(None, labels), None)
    labels = [main if _is_bare_label(sentence) else label for sentence, label in zip(sentences, labels, strict=True)]
    is_dialogue = sum(label is not None for label in labels) > 1 or any(answers)
    found: list[str | None] = []
    current = above = None
    first = 0
    for at, sentence in enumerate(sentences):
        if begins[at]:
            first = first if _is_bracket(sentence) else at
            is_timed = sentence[0].text[0].isdecimal() and lower_at(sentence, 1) in {":", ".", "am", "pm"}
            is_new = is_timed or sentence[0].start in starts
            current = labels[at] or (current if is_dialogue and not is_new else None)
            above = None if is_new or sentence[-1].text in FULL_STOPS else above
        found.append(current or above)
        current = answers[at] or current
        if sentence[-1].text == ":":
            above = _named(said[at])
        if (source := _named(said[at], SOURCE)) is not None:
            found[first:] = [one or source for one in found[first:]]
    return found


def answers(
    sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], begins: Sequence[bool]
) -> list[str | None]:
    """Return for each sentence who begins to answer a question after it.

    After several questions that are paragraphs, that is the person whom an interview introduces before the first one,
    and after a line such as "ANSWER", the minister in brackets below it or the ministry of the minister who was asked.
    """
    ends = [*begins[1:], True]
    asked = [at for at, one in enumerate(sentences) if one[-1].text == "?" and begins[at] and ends[at]]
    found: list[str | None] = [None] * len(sentences)
    if len(asked) >= _FEWEST_QUESTIONS:
        interviewee = next((one.name for some in mentions[: asked[0]] for one in some if one.within == "person"), None)
        for at in asked:
            found[at] = interviewee
    for at, sentence in enumerate(sentences):
        if len(sentence) <= len("a:") and sentence[0].lower in SPEECH.answering:
            asked_before = map(ministry_asked, reversed(sentences[max(0, at - _FAR_QUESTION) : at]))
            below = minister_in_capitals(sentences[at + 1]) if at + 1 < len(sentences) else None
            found[at] = below or next(filter(None, asked_before), None)
    return found


def _named(said: Sequence[Attribution], verb: str | None = None) -> str | None:
    """Return the first speaker with a name, or the first with a name and the given verb."""
    return next((one.mention.name for one in said if one.mention and verb in {None, one.verb}), None)


def _is_bare_label(sentence: Sentence) -> bool:
    """Return whether a label has no name: "Minister:", "A:"."""
    return lower_at(sentence, 1) == ":" and (sentence[0].lower in TITLES.posts or sentence[0].lower in SPEECH.answering)


def _is_bracket(sentence: Sentence) -> bool:
    """Return whether a sentence is only a bracket, as of the source of an item."""
    return sentence[0].text in {"(", "["} and sentence[-1].text in {")", "]"}
