"""Propose what a table does not say: the kind and title of its events, and where and when its people were counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scamcli.exchange.importers.mapped import date_cells
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.exchange.importers.mapped.column_values import counts_dead_too
from scamcli.exchange.importers.mapped.figures import BY_FIGURES, DATE, KINDS, PLACE, SPEAKER
from scamcli.exchange.importers.mapped.mapping import Field, parse_field
from scamcli.language.vocabulary import HAPPENINGS, METRICS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.exchange.importers.mapped.column_values import Column
    from scamcli.exchange.importers.mapped.figure_columns import Counts
    from scamcli.exchange.importers.mapped.mapping import Use

DEAD_TOO = "dead or missing"
"""The note on a number of the missing that includes the dead."""

_OF_INCIDENTS = frozenset({"victims", "suspects", "injuries", "survivors"})
"""Metrics that a row counts in an incident, although they do not say of what kind."""

_KEYS_OF_SCOPES = frozenset({"date", "countries", "provinces", "nationalities", "kind", "metric"})
_PARTS_OF_SCOPES = frozenset({"place.province", "place.admin1", "source.outlet", "actor.speaker"})
"""Fields that say what a total covers, or who states it."""

_TITLES = ("sites", "place.name", "place.admin1", "provinces", "countries")
"""Fields that titles are made of, the most specific first."""


def suggest_defaults(
    used: Mapping[int, tuple[Use, ...]], counts: Counts, columns: Sequence[Column]
) -> dict[Field, tuple[str, ...]]:
    """Return the defaults for the columns that are used, by the position of the column."""
    by_field = {str(use.field): columns[at].name for at, uses in reversed(list(used.items())) for use in uses}
    defaults: dict[str, tuple[str, ...]] = {}
    kind = _kind(counts) if "kind" not in by_field else "report"
    if "kind" not in by_field:
        defaults["kind"] = (kind,)
    has_place = by_field.keys() & {"provinces", "place.name", "place.province", "place.admin1"}
    happened = _happened(used, columns, kind)
    needs_period = not happened or (lack_days(used, columns) and not _share_periods(used, columns))
    shared = ({"province": PLACE} if has_place else {}) | ({"period": DATE} if needs_period else {})
    spoken = {"stated_by": SPEAKER} if "actor.speaker" in by_field else {}
    for one in counts.figures:
        # A part has the place and the period of its whole, but not its speaker.
        parts = ({} if one in counts.wholes else shared) | spoken
        if one not in counts.wholes:
            parts |= _count(one.metric, kind, needs_period=needs_period)
            parts |= {"note": DEAD_TOO} if counts_dead_too(str(one), by_field.get(str(one), "")) else {}
        parts |= {"group": counts.groups[one]} if one in counts.groups else {}
        parts |= {"part_of": counts.wholes[one]} if one in counts.wholes else {}
        if str(one._replace(part="period")) in by_field:  # a column says which days the number is for
            parts = {part: text for part, text in parts.items() if part not in {"period", "count"}}
        defaults |= {str(one._replace(part=part)): (text,) for part, text in parts.items()}
    if "title" not in by_field:
        defaults["title"] = _titles(by_field, "report" if kind == BY_FIGURES else kind)
    return {parse_field(name): texts for name, texts in defaults.items()}


def _kind(counts: Counts) -> str:
    """Return the kind of the events, judging by what their figures count.

    If a column counts deaths, each row shows its own kind, because nobody may have died in it. The same holds for
    people who went missing, and for those who are only called victims or suspects.
    """
    metrics = [one.metric for one in counts.figures]
    kinds = list(dict.fromkeys(KINDS[metric] for metric in metrics if metric in KINDS))
    if "death" in kinds or "missing" in metrics or (not kinds and _OF_INCIDENTS.intersection(metrics)):
        return BY_FIGURES
    return kinds[0] if kinds else "report"


def _count(metric: str, kind: str, *, needs_period: bool) -> dict[str, str]:
    """Return what the numbers of a column count, unless their metric and their event say it."""
    if metric == "missing":  # these people went missing then and there, as others died: they are no stock
        return {"count": "aggregate" if needs_period else "incident"}
    is_of_incidents = kind in {*HAPPENINGS, BY_FIGURES} and not needs_period
    is_counted_in_each = is_of_incidents and metric in METRICS and METRICS[metric].count == "aggregate"
    return {"count": "incident"} if is_counted_in_each else {}


def _titles(by_field: Mapping[str, str], kind: str) -> tuple[str, ...]:
    """Return titles made from columns that the table has, longest first. If a cell is empty, the next one is used."""
    parts = [
        f"{{{by_field[field]}}}" for field in _TITLES if field in by_field and not re.search("[{}]", by_field[field])
    ]
    return (*(", ".join(parts[at:2]) for at in range(len(parts[:2]))), kind.capitalize())


def _happened(used: Mapping[int, tuple[Use, ...]], columns: Sequence[Column], kind: str) -> bool:
    """Return whether most events are of a kind that happens on certain days, such as a raid."""
    at = next((at for at, uses in used.items() for use in uses if str(use.field) == "kind"), None)
    if at is None:
        return kind in {*HAPPENINGS, BY_FIGURES}
    words = [value.casefold() for value in columns[at].values]
    return 2 * sum(word in HAPPENINGS for word in words) >= len(words)


def _share_periods(used: Mapping[int, tuple[Use, ...]], columns: Sequence[Column]) -> bool:
    """Return whether more than one row in twenty has the source, period, place and people of another row.

    A source states one total for a period and a place, so such rows are incidents.
    """
    positions = [at for at, uses in used.items() if any(_tells_totals_apart(use.field) for use in uses)]
    scopes = list(zip(*(columns[at].cells for at in positions), strict=True))
    repeated = len(scopes) - len(set(scopes))
    return repeated > len(scopes) / 20


def _tells_totals_apart(field: Field) -> bool:
    """Return whether a field says what a total covers, or who states it."""
    if field.key == "figure":
        return field.part in {"nationality", "province", "period", "stated_by"}
    return field.key in _KEYS_OF_SCOPES or str(field) in _PARTS_OF_SCOPES


def lack_days(used: Mapping[int, tuple[Use, ...]], columns: Sequence[Column]) -> bool:
    """Return whether most rows say a year, a month or a period, but no day. False if the rows have no dates."""
    uses = {str(use.field): (at, use) for at, uses in used.items() for use in uses}
    at, use = next((uses[field] for field in ("date", "date.start") if field in uses), (None, None))
    if at is None or use is None:
        return "date.year" in uses and "date.day" not in uses
    return columns[at].share(lambda value: _has_day(value, use.formats)) < 1 / 2


def _has_day(text: str, formats: tuple[str, ...]) -> bool:
    try:
        return re.match(r"\d{4}-\d\d-\d\d", date_cells.date(text, formats)[0]) is not None
    except UnreadableError:
        return True  # a day whose order of day and month is not known
