"""A finding, and the codes of all checks with their remedies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from scamcli.errors import WrongUsageError, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.language.dates import Period
    from scamcli.language.vocabulary import Metric


class Finding(NamedTuple):
    """A possible mistake in a record.

    Attributes:
        code: a key of ``CODES``.
        record: the id of the event, or the name of the actor.
        place: where in the record, such as ``figure total`` or ``source 2``; empty for the whole record.
        reason: an explanation of the problem.
    """

    code: str
    record: str
    place: str
    reason: str


Problem = tuple[str, str, str]
"""The code, the place in the record, and the reason, for a finding about one event."""


class Code(NamedTuple):
    """A check: what it finds, the remedy, and whether ``add`` and ``edit`` refuse such records without ``--force``."""

    title: str
    remedy: str
    refused: bool = False


CODES: dict[str, Code] = {
    "F01": Code("bounds out of order or below zero", "Correct the bounds so that 0 ≤ low ≤ best ≤ high", refused=True),
    "F02": Code("bounds that differ from the wording", "Run `check --fix` to derive them", refused=True),
    "F03": Code("parts and a whole that cannot all be true", "Compare the figures with the source", refused=True),
    "F04": Code("a claimed percentage that its figures do not give", "Compare it with the source; explain in a note"),
    "F05": Code("a figure that is part of itself", "Correct `part_of`", refused=True),
    "F06": Code("a figure without a speaker", "Record who stated it, in `stated_by`"),
    "F07": Code("a part that covers days outside its whole", "Correct the period of the part or of the whole"),
    "F08": Code(
        "an incident or a statement that another event may also report",
        "Settle it with `edit --repeats`, `--updates` or `--distinct-from`",
    ),
    "F09": Code(
        "a running total that goes down",
        "Compare both with their sources; link the later one as `corrects` or `updates`",
    ),
    "F10": Code("an amount in another currency than its wording", "Correct `unit`", refused=True),
    "D01": Code("an event later than its source", "Correct the date or `published`"),
    "D02": Code("a period that ends after its event", "Correct the period or the date"),
    "D03": Code("a year of the Buddhist calendar", "Write the date in the Gregorian calendar", refused=True),
    "D04": Code("an event in the future", "Correct the date, or leave it for an event that is only announced"),
    "G01": Code("a province outside the countries of its event", "Correct the province or the country", refused=True),
    "L01": Code("a link to a missing event or figure, or to itself", "Correct the id, or add the event", refused=True),
    "L02": Code("a link to a later event", "Link the later event to this one instead"),
    "N01": Code("two actors with nearly the same name", "If they are the same, make one name an alias of the other"),
    "C01": Code(
        "a raid or closure without a claim about the status of its site",
        "If a source says what became of the site, record it with `sites edit NAME --status`",
    ),
    "S01": Code("an event without a source", "Record who published it"),
    "S02": Code("a source without a passage", "Record where in the source the information is"),
    "S03": Code("a source known only through another one, counted as an original", "Record the citing source in `via`"),
    "V01": Code("a group that is not in the vocabulary", "Use one of `schema --vocabulary`, or leave it"),
    "V02": Code("a nationality that is not an English demonym", "Use the English demonym, such as Vietnamese"),
}
"""All checks by code: F for figures, D dates, G places, L links, N names, C sites, S sources, V vocabulary."""


def select_codes(select: Sequence[str], codes: Mapping[str, Code] = CODES) -> dict[str, Code]:
    """Return the codes that begin with one of the texts, in any case; all codes if there are no texts.

    Raises:
        WrongUsageError: no code begins with one of the texts.
    """
    prefixes = tuple(code.upper() for code in select or codes)
    for prefix in prefixes:
        if not prefix or not any(code.startswith(prefix) for code in codes):
            raise WrongUsageError(f"No code {quote(prefix)}.", f"Expected some of {', '.join(codes)}.")
    return {code: about for code, about in codes.items() if code.startswith(prefixes)}


def rows(findings: Iterable[Finding], codes: Mapping[str, Code]) -> Iterator[dict[str, str]]:
    """Yield the findings that have one of these codes as rows, each with the title and the remedy of its code."""
    for finding in findings:
        about = codes.get(finding.code)
        if about is not None:
            yield finding._asdict() | {"title": about.title, "remedy": about.remedy}


class KnownRecords(Protocol):
    """The data that checks look up outside the record."""

    def metric(self, name: str) -> Metric | None:
        """Return a metric, or ``None`` if it does not exist."""

    def has_figure(self, event_id: str, figure_id: str) -> bool:
        """Return whether an event has a figure with this id."""

    def days(self, event_id: str) -> Period | None:
        """Return the days of an event, or ``None`` if it does not exist."""
