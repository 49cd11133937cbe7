"""Words of dates."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}

_DAYS = (
    "monday mon",
    "tuesday tue tues",
    "wednesday wed",
    "thursday thu thurs",
    "friday fri",
    "saturday sat",
    "sunday sun",
)
WEEKDAYS = {name: number for number, names in enumerate(_DAYS) for name in names.split()}
"""Number as in ``datetime.date.weekday``."""

FULL_WEEKDAYS = frozenset(names.split()[0] for names in _DAYS)

ABOUT = frozenset({"early", "mid", "late", "around", "about", "circa", "beginning", "start", "end", "middle"})
"""Words before a month that make it approximate."""

TO = frozenset({"-", "–", "—", "to", "through", "until", "till", "and", "&"})
"""Words between the two ends of a range."""

QUARTERS = {
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
    "first quarter": (1, 3), "second quarter": (4, 6), "third quarter": (7, 9), "fourth quarter": (10, 12),
    "last quarter": (10, 12), "first half": (1, 6), "second half": (7, 12),
}  # fmt: skip
"""First and last month."""

NO_EVENT = listed(
    "since until till by before after from between compared versus vs than against to for of published updated "
    "posted printed dated"
)
"""Words before a date that make it the end of a stretch of time, or another's date, and not the day of what is told."""
