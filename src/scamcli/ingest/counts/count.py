"""What the stages of ``counts`` share: the values they pass on, `Amount` and `Count`, and their view of a sentence.

A stage never changes a value but returns new ones, so that the input of a rule depends only on earlier stages:

1. ``amounts`` finds the numbers of a sentence: `Amount`.
2. ``classify`` turns each into a `Count`: its kind, its noun, and the group or nationality that the noun names.
3. ``resolve`` adds what happened to the people counted: `Count.metric`; or finds that a number only refers to an
   earlier count: `Count.refers`.
4. ``relations`` adds which count is part of which: `Count.whole`, and `Count.high`.

The caller adds provinces and speakers.
"""

# No `from __future__ import annotations` here: NamedTuple compiles annotations that are text when it is imported.

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import NamedTuple, Self

from scamcli.ingest.date_phrases import When
from scamcli.ingest.lexicon import NUMBERS
from scamcli.ingest.mentions import Mention
from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import FULL_STOPS, Sentence
from scamcli.language.vocabulary import METRICS, Metric
from scamcli.language.wording.parsing import parse_wording

OF_PEOPLE = ("people", "adjective")
"""Kinds of mentions that are nationalities."""


_UNITS = frozenset(metric.unit for metric in METRICS.values())
Phrase = tuple[str, ...]


class OwnMetrics(NamedTuple):
    """The metrics that a timeline defines, by name, and their names by each of their phrases in lower case.

    The metric ``scam-phones`` has the phrases "scam phones" and "scam phone". Phrases that two metrics share stand for
    neither, unless they are the name of one.
    """

    by_name: Mapping[str, Metric] = {}
    by_phrase: Mapping[Phrase, str] = {}

    def find(self, lowers: Sequence[str], at: int) -> tuple[str, int] | None:
        """Return the metric whose longest phrase begins at a word, and the index after the phrase."""
        sizes = sorted({len(phrase) for phrase in self.by_phrase}, reverse=True)
        ends = (at + size for size in sizes)
        return next(((name, end) for end in ends if (name := self.by_phrase.get(tuple(lowers[at:end])))), None)

    def of_money(self, word: str) -> str | None:
        """Return the metric that counts money and has this word."""
        name = self.by_phrase.get((word,))
        return name if name is not None and is_money(self.by_name[name].unit) else None


NONE = OwnMetrics()


def is_money(unit: str) -> bool:
    """Return whether a unit is one of money: an ISO 4217 code, or BTC."""
    return re.fullmatch("[A-Z]{3}", unit) is not None


def own_metrics(metrics: Mapping[str, Metric]) -> OwnMetrics:
    """Return the metrics of a timeline with their phrases."""
    if not metrics:
        return NONE
    names = _phrases((metric.name, metric.name) for metric in metrics.values())
    units = _phrases((metric.unit, metric.name) for metric in metrics.values() if _is_noun(metric.unit))
    return OwnMetrics(metrics, units | names)


def _is_noun(unit: str) -> bool:
    return unit not in _UNITS and not is_money(unit)


def _phrases(words: Iterable[tuple[str, str]]) -> dict[Phrase, str]:
    """Return the names of metrics by their phrases, without those that several share."""
    found = [(form, name) for text, name in words for form in set(_forms(text))]
    times = Counter(form for form, _ in found)
    return {form: name for form, name in found if times[form] == 1}


def _forms(text: str) -> Iterator[Phrase]:
    """Yield the words of a text, with the last one in the singular and in the plural."""
    *before, last = re.findall(r"[^\W_]+", text.lower()) or [""]
    for form in {last, last.removesuffix("s"), f"{last.removesuffix('ies')}y" if last.endswith("ies") else last}:
        if form:
            yield (*before, form)
            yield (*before, f"{form.removesuffix('y')}ies" if form.endswith("y") else f"{form.removesuffix('s')}s")


class Kind(StrEnum):
    """What an amount is, as far as the rules have determined it."""

    PLAIN = "plain"
    """A number whose own words alone have been read."""
    MONEY = "money"
    PERCENT = "percent"

    BARE = "bare"
    """A number without a noun: the words around it have to say what it counts."""
    LISTED = "listed"
    """A number next to a place or a nationality: it counts what its list counts."""
    COMPARED = "compared"
    """A number that another number is compared with."""

    PEOPLE = "people"
    THING = "thing"
    PREMISES = "premises"
    LOSS = "loss"
    TAKEN = "taken"
    """Money of a fine, or of assets that were seized."""
    CHANGE = "change"
    SHARE = "share"
    SENTENCE = "sentence"
    """Years in prison."""

    OTHER = "other"
    """A number that a rule explained and that becomes no figure."""
    UNUSED = "unused"
    """A number of people or premises that a rule explained and that becomes no figure."""
    UNREAD = "unread"
    """A number that no rule explained."""


LABELLED = "a number after its label"
"""The beginning of the rule for numbers in rows: "men: 16"."""

COMPARISON = "a number that another is compared with"
"""The rule for the other number of a comparison."""

ANOTHER_TIME = "the same count at another time"
"""The rule for a number that only a date follows or precedes: "from 16 to 31 March, 40"."""

_NO_FIGURES = (Kind.OTHER, Kind.UNUSED, Kind.UNREAD)

_LONG, _FEWEST_LONG = 5, 3
"""How long words are that have a capital in every headline with capitals, and how many of them show one."""

UNDECIDED = (Kind.BARE, Kind.UNREAD)
"""Kinds of counts that may later be found to count the same as their whole."""


class Amount(NamedTuple):
    """A number in a sentence, with the words that bound it."""

    first: int
    """Index of the first word of its wording."""
    core: int
    """Index of the first word of the number itself."""
    last: int
    """Index after its last word."""
    kind: Kind
    """Plain, money or percent."""
    unit: str | None
    """ISO 4217 code of an amount of money, or BTC; ``None`` is USD."""
    wording: str
    """The number as the source writes it."""


class Count(NamedTuple):
    """A number of an entry, what it counts, and what happened to the people counted."""

    id: int
    """Its position among the counts of the entry. Other counts refer to it by this number."""
    at: int
    """Index of its sentence in the entry."""
    sentence: Sentence
    amount: Amount
    dates: Sequence[tuple[int, When]]
    """The dates of its sentence, each with the index of its first word."""
    end: int
    """Index after the words that say what it counts."""

    kind: Kind = Kind.UNREAD
    rule: str = ""
    """The rule that read the count, in words for the user."""
    grade: Grade = Grade.LIKELY
    noun: str = ""
    """The noun or the nationality that says what it counts, in lower case."""
    group: str | None = None
    nationalities: tuple[str, ...] = ()
    province: str | None = None
    divided_by: str | None = None
    """The field that its list divides a whole by: province, nationality or group."""
    is_of_country: bool = False
    """Whether its item names a country, which can be where people are from or where they were."""
    is_anaphoric: bool = False
    """Whether it counts a part of the people counted before: "nine of them"."""
    has_complement: bool = False
    """Whether its sentence says only who those people are, not what happened to them."""
    is_weak: bool = False
    """Whether its noun is counted only if the text says what happened."""
    is_origin: bool = False
    """Whether its nationality only says where the people came from."""
    in_brackets: bool = False
    """Whether it is in brackets after the word that it belongs to."""

    metric: str | None = None
    refers: int | None = None
    """The earlier count that it repeats: "of the 900"."""

    whole: int | None = None
    """The count that it is part of."""
    high: Amount | None = None
    """A later amount that is the upper end of its range."""

    country: str | None = None
    """Code of the country that the label of a cell names as a place."""
    period: str | None = None
    """The period (EDTF) that the label of a cell names."""
    label: str = ""
    """What the labels of a cell say about it that no other field holds."""
    cell: tuple[int, int, int] | None = None
    """The cell of a table that it is: table, row and column."""
    part_of_cell: tuple[int, int, int] | None = None
    """The cell that a cell is part of."""

    speaker: str | None = None
    own: OwnMetrics = NONE
    """The metrics that the timeline defines."""

    @property
    def definition(self) -> Metric:
        """What its metric counts. Without a metric, it counts people."""
        name = self.metric or "people"
        return self.own.by_name.get(name) or METRICS[name]

    @property
    def is_figure(self) -> bool:
        """Whether it becomes a figure."""
        return self.metric is not None and self.kind not in _NO_FIGURES

    @property
    def is_combined(self) -> bool:
        """Whether totals include it as a figure: "of 13 nationalities" is never part of a total."""
        return self.is_figure and self.definition.count != "none"

    @property
    def is_labelled(self) -> bool:
        """Whether it comes after its noun in a row of a table or a list: "men: 16"."""
        return self.is_anaphoric and self.rule.startswith(LABELLED)

    @property
    def is_comparison(self) -> bool:
        """Whether another number is compared with it: "fewer than the 664 before"."""
        return self.rule.startswith((COMPARISON, ANOTHER_TIME))

    @property
    def is_other(self) -> bool:
        """Whether it counts others than those before it: "eight others"."""
        return self.rule.startswith("a number of others")

    @property
    def is_one(self) -> bool:
        """Whether it is the word "one", which usually mentions somebody instead of counting."""
        return self.amount.wording.lower() == "one"

    @property
    def size(self) -> float:
        """The number for comparisons: the upper bound of its wording, else the best estimate, else the lower bound."""
        wording = self.amount.wording
        if wording.isdecimal():
            return int(wording)  # most wordings are plain numbers, and parsing a wording takes far longer
        bounds = parse_wording(wording)
        if wording.lower() in NUMBERS.plurals:
            return 10 * (bounds.low or 0)  # thousands of arrests, including 1,746 of foreigners
        return next((bound for bound in (bounds.high, bounds.best, bounds.low) if bound is not None), 0)

    @property
    def value(self) -> int:
        """The number for sums: the best estimate of its wording, or 0."""
        wording = self.amount.wording
        return int(wording) if wording.isdecimal() else int(parse_wording(wording).best or 0)

    def reads(self, kind: Kind, rule: str, grade: Grade = Grade.LIKELY) -> Self:
        """Return the count with its kind and the rule that found it."""
        return self._replace(kind=kind, rule=rule, grade=grade)

    def explained(self, rule: str) -> Self:
        """Return the count as a number that becomes no figure, with the reason."""
        is_mention = self.is_one and not (self.nationalities or self.group)  # one of them
        is_unused = self.kind in (Kind.PEOPLE, Kind.PREMISES) and not is_mention
        kind = Kind.UNUSED if is_unused else Kind.OTHER
        return self._replace(kind=kind, rule=rule, metric=None)

    def counting_as(self, other: "Count", rule: str) -> Self:
        """Return the count as a further number of the things that another count counts."""
        return self._replace(
            kind=other.kind, metric=other.metric, group=other.group, noun=other.noun,
            nationalities=other.nationalities, rule=rule, grade=Grade.UNSURE,
        )  # fmt: skip


def last_figure(counts: Sequence[Count], fits: Callable[[Count], bool] = bool) -> Count | None:
    """Return the last of several counts that is a figure and meets a condition."""
    return next((count for count in reversed(counts) if count.is_figure and fits(count)), None)


def _is_titled(sentence: Sentence) -> bool:
    """Return whether a sentence is a headline with capitals: "Police Free 45 Workers in Raid"."""
    long = [word.text for word in sentence if word.text.isalpha() and len(word.text) >= _LONG]
    return (
        len(long) >= _FEWEST_LONG
        and sentence[-1].text not in FULL_STOPS
        and all(one[0].isupper() and not one.isupper() for one in long)
    )


class SentenceView:
    """Read access to one sentence. An index may lie outside the sentence, where words are empty.

    Args:
        at: its index among the sentences of the entry.
        dates: the dates in it, each with the index of its first word.
    """

    def __init__(
        self,
        sentence: Sentence,
        at: int,
        mentions: Sequence[Mention],
        dates: Sequence[tuple[int, When]],
        amounts: Iterable[Amount],
    ) -> None:
        self.sentence = sentence
        self.at = at
        self.mentions = mentions
        self.dates = dates
        self.own = NONE
        """The metrics that the timeline defines."""
        self.cell_starts: AbstractSet[int] = frozenset()
        """Indices of the words that begin a line or a cell of a table, apart from the first word."""
        self.lowers = [word.lower for word in sentence]
        self.is_titled = _is_titled(sentence)
        """Whether it is a headline whose longer words all have capitals, so that capitals show no names."""
        self.cores = frozenset(index for amount in amounts for index in range(amount.core, amount.last))
        """Indices of the words of its numbers."""
        self.by_first = {mention.first: mention for mention in mentions}
        self.by_last = {mention.last: mention for mention in mentions}

    def lower(self, at: int) -> str:
        """Return a word in lower case."""
        return self.lowers[at] if 0 <= at < len(self.lowers) else ""

    def text(self, at: int) -> str:
        """Return a word as written."""
        return self.sentence[at].text if 0 <= at < len(self.sentence) else ""

    def pair(self, at: int) -> tuple[str, str]:
        """Return a word and the next one in lower case."""
        return self.lower(at), self.lower(at + 1)

    def own_metric(self, at: int) -> tuple[str, int] | None:
        """Return the metric of the timeline whose words begin at an index, and the index after them."""
        found = self.own.find(self.lowers, at) if self.own.by_phrase else None
        return found if found and self.joined(at, found[1]).islower() else None

    def is_glued(self, at: int) -> bool:
        """Return whether a word follows the one before it without a space."""
        return at > 0 and self.sentence[at - 1].end == self.sentence[at].start

    def between(self, start: int, end: int) -> list[str]:
        """Return the words of a stretch in lower case."""
        return self.lowers[max(0, start) : max(0, end)]

    def has(self, words: AbstractSet[str], start: int, end: int) -> bool:
        """Return whether a stretch contains any of the given words."""
        return not words.isdisjoint(self.lowers[max(0, start) : max(0, end)])

    def joined(self, start: int, end: int) -> str:
        """Return the words of a stretch as written, separated by spaces."""
        return " ".join([word.text for word in self.sentence[start:end]])

    def nationality(self, at: int) -> Mention | None:
        """Return the nationality whose first word is at an index."""
        found = self.by_first.get(at)
        return found if found is not None and found.kind in OF_PEOPLE else None
