"""What a check says: its code, the record, the reason and the remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from scamcli.language.dates import Period
    from scamcli.language.vocabulary import Metric


class Finding(NamedTuple):
    """Something to look at again.

    Attributes:
        code: a key of ``CODES``.
        record: the event's id, or the actor's name.
        place: what in the record: ``figure total``, ``source 2``; empty for all of it.
        reason: what is wrong, in words.
    """

    code: str
    record: str
    place: str
    reason: str


class Code(NamedTuple):
    """One thing that is checked.

    Attributes:
        title: what it finds.
        remedy: what to do.
        refused: whether ``add`` and ``edit`` refuse it unless they are forced.
    """

    title: str
    remedy: str
    refused: bool = False


CODES: dict[str, Code] = {
    "F01": Code("bounds out of order", "low ≤ best ≤ high: correct the bounds", refused=True),
    "F02": Code(
        "the wording has other bounds than are recorded", "`check --fix` derives them from the wording", refused=True
    ),
    "F03": Code("parts and whole cannot all be true", "compare the figures with the source", refused=True),
    "F04": Code("a claimed percentage that the numbers do not give", "compare with the source, and say so in the note"),
    "F05": Code("a figure that is part of itself", "correct `part_of`", refused=True),
    "F06": Code("a figure without a speaker", "`stated_by`: who said it"),
    "F07": Code("a part that covers days its whole does not", "correct the period of the part, or of the whole"),
    "D01": Code("the event is later than its source", "correct the date, or `published`"),
    "D02": Code("the period ends after its event", "correct the period, or the date"),
    "L01": Code("a link to nothing: no such event or figure, or itself", "correct the id, or add it", refused=True),
    "L02": Code("a link to a later event", "links point back: link the later event to this one"),
    "N01": Code("two actors with nearly the same name", "if they are one, make one name the other's alias"),
    "S01": Code("an event without a source", "add who published it"),
    "S02": Code("a source that was seen itself, without the passage", "add where in the source it stands"),
    "S03": Code("a source only cited by another, counted as a second original", "add `via`: the source that cites it"),
    "V01": Code("a group that the vocabulary does not know", "use one of `schema --vocabulary`, or leave it"),
    "V02": Code("a nationality that is no English demonym", "use the English demonym, such as Vietnamese"),
}
"""Every check, by its code: F figures, D dates, L links, N names, S sources, V vocabulary."""


class World(Protocol):
    """What a check must know beyond its record."""

    def metric(self, name: str) -> Metric | None:
        """What a metric counts."""

    def has_figure(self, event_id: str, figure_id: str) -> bool:
        """Whether an event has a figure of this id."""

    def days(self, event_id: str) -> Period | None:
        """The days of an event; ``None`` when there is no such event."""
