"""One amount of a sentence and what is found out about it, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.proposal import Grade
from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scamcli.ingest.counts.amounts import Amount
    from scamcli.ingest.date_phrases import When
    from scamcli.ingest.words import Sentence


class Count:
    """An amount, what it counts, and what became of it.

    Args:
        amount: the number.
        sentence: that it stands in.
        at: which of the entry's sentences.
    """

    kind = Kind.UNREAD
    noun = ""
    """The word that says what it counts, in lower case."""
    metric: str | None = None
    group: str | None = None
    province: str | None = None
    rule = ""
    """Why it is what it is."""
    grade = Grade.LIKELY
    speaker: str | None = None

    whole: Count | None = None
    """The count of which it is a part."""
    by: str | None = None
    """What divides the whole: province, nationality, group."""
    refers: Count | None = None
    """The earlier count that it only names again: "of the 900"."""
    high: Amount | None = None
    """A later amount that is the upper end of this one."""

    is_anaphoric = False
    """Whether it counts some of those before: "nine of them"."""
    has_complement = False
    """Whether the sentence says only what those are, and not what became of them."""
    is_weak = False
    """Whether its noun counts only where the text says what became of them."""
    is_origin = False
    """Whether its nationality is no more than where they are from."""
    in_brackets = False
    """Whether it stands in brackets after what it belongs to."""

    dates: Sequence[tuple[int, When]] = ()
    """The dates of its sentence, and where they begin."""

    since = 0
    """The index after the count before it."""
    until = 10_000
    """The index of the count after it."""

    def __init__(self, amount: Amount, sentence: Sentence, at: int) -> None:
        self.amount = amount
        self.sentence = sentence
        self.at = at
        self.end = amount.last
        """The index after the words that say what it counts."""
        self.nationalities: list[str] = []

    @property
    def is_figure(self) -> bool:
        """Whether it becomes a figure."""
        return self.metric is not None and self.kind not in (Kind.OTHER, Kind.UNREAD)

    @property
    def is_combined(self) -> bool:
        """Whether it is a figure that is combined with others: "of 13 nationalities" is no whole of anything."""
        return self.is_figure and METRICS[self.metric or ""].count != "none"

    @property
    def is_one(self) -> bool:
        """Whether it is the word "one", which more often tells of somebody than counts."""
        return self.amount.wording.lower() == "one"

    def reads(self, kind: Kind, rule: str, grade: Grade = Grade.LIKELY) -> None:
        """Take what a rule has found out: what it is, and why."""
        self.kind, self.rule, self.grade = kind, rule, grade

    def explain(self, rule: str) -> None:
        """Take that it is no figure, and why."""
        self.kind, self.rule, self.metric = Kind.OTHER, rule, None

    def counts_as(self, other: Count, rule: str) -> None:
        """Take that it is a further number of the same as another."""
        self.kind, self.metric, self.group, self.noun = other.kind, other.metric, other.group, other.noun
        self.nationalities, self.rule, self.grade = list(other.nationalities), rule, Grade.UNSURE


def last_figure(counts: Sequence[Count], fits: Callable[[Count], bool] = bool) -> Count | None:
    """The last of some counts that is a figure, and of which something holds."""
    return next((one for one in reversed(counts) if one.is_figure and fits(one)), None)
