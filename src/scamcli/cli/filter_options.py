"""Options that choose events: the filters and the page. Each group is parsed into one value."""

from __future__ import annotations

from typing import Annotated, Any

from scamcli.cli import complete
from scamcli.cli.declarations import Argument, Group, Option, Parameter, option
from scamcli.errors import WrongUsageError, quote
from scamcli.timeline import FILTER_OPTIONS, Page, Query

CountOption = Annotated[bool, Option("--count", help="Print only the count.")]
"""Whether to print only the number of matching events."""

MOST_ROWS = 10**15
"""The largest ``--limit``; larger numbers are reduced to it, because SQLite takes no number over 64 bits."""


def _query(certain: bool, drafts: bool, match: str, **values: list[str] | None) -> Query:
    if match not in {"any", "all"}:
        raise WrongUsageError(f"--match takes any or all, not {quote(match)}.")
    given: dict[str, Any] = {name: tuple(value or ()) for name, value in values.items()}
    return Query(certain=certain, drafts=drafts, match=match, **given)


FILTERS = Group(
    (
        *(
            option(
                one.name, list[str], [], one.flag, heading="Filters", metavar=one.metavar, help=one.help,
                autocompletion=complete.BY_OPTION.get(one.name),
            )
            for one in FILTER_OPTIONS
        ),
        option("certain", bool, False, "--certain", heading="Filters", help="Only events definitely within the dates."),
        option("drafts", bool, False, "--drafts", heading="Filters", help="Include drafts that nobody has reviewed."),
        option(
            "match", str, "any", "--match", heading="Filters", metavar="any|all", show_default=False,
            help="If an option is repeated, match any of its values (the default) or all of them.",
        ),
    ),
    _query,
)  # fmt: skip
"""The filters that choose events."""

TEXT = Argument(metavar="[TEXT]...", help="Search terms (all must match).")


def _search(text: list[str] | None, exact: bool, **filters: Any) -> Query:
    return _query(**filters)._replace(text=" ".join(text or ()), exact=exact)


SEARCH = Group(
    (
        Parameter("text", list[str] | None, TEXT, None),
        option(
            "exact", bool, False, "--exact", heading="Filters",
            help="Match words only as written, not other forms of them.",
        ),
        *FILTERS.parameters,
    ),
    _search,
)  # fmt: skip
"""Search terms, and the filters, of a command that takes both."""


def _page(limit: int | None, after: str | None, reverse: bool) -> Page:
    if limit is not None and limit < 0:
        raise WrongUsageError(f"--limit takes a number of events, not {limit:,}.")
    return Page(None if limit is None else min(limit, MOST_ROWS), after, reverse)


PAGE = Group(
    (
        option("limit", int | None, None, "--limit", "-n", heading="Pages", metavar="N", help="Show at most N events."),
        option("after", str | None, None, "--after", heading="Pages", metavar="ID", help="Continue after this event."),
        option("reverse", bool, False, "--reverse", heading="Pages", help="Reverse the order."),
    ),
    _page,
)
"""How many events to show, after which event, and in which order."""
