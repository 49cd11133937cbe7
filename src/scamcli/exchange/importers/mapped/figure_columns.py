"""Propose the fields of columns with numbers of people, together with the nationality that belongs to them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import quote
from scamcli.exchange.importers.mapped import cells
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.exchange.importers.mapped.column_values import MOST, NEARLY_ALL
from scamcli.exchange.importers.mapped.figures import ANY_METRIC, METRIC
from scamcli.exchange.importers.mapped.mapping import Field, parse_field
from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from scamcli.exchange.importers.mapped.column_values import Column
    from scamcli.exchange.importers.mapped.header_words import Meaning

WHOLE = "total"
"""The label of a number whose parts have columns of their own."""

_ACCUSED = frozenset({"suspects", "arrests", "detentions", "charged", "convictions", "deportations"})
"""Metrics that count people who are accused of something. The nationality of victims is not theirs."""

_OF_WHICH = re.compile(
    r"\b(of (which|whom|these|those)|among them|incl(uding)?|dont|davon|termasuk|de los cuales)\b", re.IGNORECASE
)
"""Words in the name of a column that counts some of the people in the column before it."""


class Counts(NamedTuple):
    """The columns of figures.

    Attributes:
        fields: the fields of columns with figures or with their nationality, by the position of the column.
        figures: the figures, without a part.
        wholes: the figures that are a part of another one, with the label of that one.
        groups: the group of the people that a figure counts.
        doubts: what contradicts that a column counts a part of another one, by its position.
    """

    fields: dict[int, tuple[Field, ...]]
    figures: tuple[Field, ...]
    wholes: dict[Field, str]
    groups: dict[Field, str]
    doubts: dict[int, str]


def place_counts(
    found: Mapping[int, tuple[str, Meaning]], columns: Sequence[Column], reasons: dict[int, str]
) -> Counts:
    """Return the figures of a table.

    Args:
        found: the field and the meaning of each column that has one, by its position.
        columns: the columns.
        reasons: why columns are left out, by their position; columns are added that can belong to no figure.
    """
    metrics = {at: parse_field(field) for at, (field, _) in found.items() if field.startswith("figure.")}
    _pair_metric_and_value(found, metrics, reasons)
    metrics = {at: field for at, field in metrics.items() if at not in reasons}
    wholes = {field.metric for at, field in metrics.items() if not found[at][1].group}
    parts = {at: meaning for at, (_, meaning) in found.items() if meaning.group and at not in reasons}
    counted = [metric for metric in wholes if metric != ANY_METRIC and METRICS[metric].unit == "people"]
    _name_breakdowns(found, metrics, counted, columns, reasons)
    parts = {at: meaning for at, meaning in parts.items() if at not in reasons}
    with_parts = {metrics[at].metric for at in parts if at in metrics and metrics[at].metric in wholes}
    labels = _labels({(one.metric, found[at][1].group) for at, one in metrics.items()}, with_parts)
    fields: dict[int, tuple[Field, ...]] = {}
    of: dict[Field, str] = {}
    groups: dict[Field, str] = {}
    doubts: dict[int, str] = {}
    for at, field in metrics.items():
        meaning = found[at][1]
        one = field._replace(label=labels[field.metric, meaning.group])
        fields[at] = (one._replace(part=meaning.bound),)
        if meaning.group:
            groups[one] = meaning.group
            if field.metric in with_parts:
                is_part, doubts[at] = _compare(at, _whole(field.metric, metrics, found), columns)
                of |= {one: labels[field.metric, ""]} if is_part else {}
    figures = tuple(dict.fromkeys(one._replace(part="") for uses in fields.values() for one in uses))
    _add_nationalities(found, fields, [one for one in figures if one not in of], reasons)
    return Counts(fields, figures, of, groups, doubts)


def _labels(figures: Collection[tuple[str, str]], with_parts: Collection[str]) -> dict[tuple[str, str], str]:
    """Return the label of each figure, which is its id in an event, so that two metrics must not share it.

    Args:
        figures: the metric and the group of each figure; the group of a whole is empty.
        with_parts: the metrics whose wholes have parts.
    """
    plain = {(metric, group): group or (WHOLE if metric in with_parts else "") for metric, group in figures}
    times = Counter(plain.values())
    return {
        (metric, group): f"{metric}-{label}" if label and times[label] > 1 and metric != ANY_METRIC else label
        for (metric, group), label in plain.items()
    }


def _name_breakdowns(
    found: Mapping[int, tuple[str, Meaning]],
    metrics: dict[int, Field],
    counted: Sequence[str],
    columns: Sequence[Column],
    reasons: dict[int, str],
) -> None:
    """Give a metric to columns whose names only say which people they count, such as "of which women".

    They are parts of the number before them. If several numbers could be meant and the values contradict that one, they
    are left out: women among the dead would become women among the survivors.
    """
    unnamed = [at for at, (word, _) in found.items() if word == "figure"]
    for at in unnamed:
        beside = metrics[at - 1].metric if at - 1 in metrics and _OF_WHICH.search(columns[at].name) else ""
        if beside in counted or len(counted) == 1:
            metrics[at] = Field("figure", metric=beside if beside in counted else counted[0])
        else:
            reasons[at] = "its name does not say what happened to them"
    if len(counted) > 1:
        _doubt_breakdowns([at for at in unnamed if at in metrics], metrics, columns, reasons)
    for at in unnamed:
        if at in reasons:
            metrics.pop(at, None)


def _doubt_breakdowns(
    unnamed: Sequence[int], metrics: Mapping[int, Field], columns: Sequence[Column], reasons: dict[int, str]
) -> None:
    """Leave out breakdowns of a metric if one of them has larger numbers than the metric in more than a few rows."""
    for at in unnamed:
        whole = next((one for one in range(at, -1, -1) if one in metrics and one not in unnamed), at)
        above = _above(at, whole, columns)
        if sum(above) > (1 - NEARLY_ALL) * len(above):
            name = quote(columns[whole].name)
            reason = f"it is not clear whom it counts: it is more than {name} in {sum(above):,} of {len(above):,} rows"
            beside = {one: f"as {quote(columns[at].name)}" for one in unnamed if metrics[one] == metrics[at]}
            reasons |= beside | reasons | {at: reason}


def _whole(metric: str, metrics: Mapping[int, Field], found: Mapping[int, tuple[str, Meaning]]) -> int:
    return next(at for at, field in metrics.items() if field.metric == metric and not found[at][1].group)


def _pair_metric_and_value(
    found: Mapping[int, tuple[str, Meaning]], metrics: Mapping[int, Field], reasons: dict[int, str]
) -> None:
    """Leave out a metric without numbers, and numbers without a metric, in what may be a long table."""
    values = [at for at, field in metrics.items() if field.metric == ANY_METRIC]
    names = [at for at, (field, _) in found.items() if field == METRIC]
    if not (values and names):
        reasons |= dict.fromkeys(values, "no column says what it counts")
        reasons |= dict.fromkeys(names, "no column has the numbers for it")


def _compare(part: int, whole: int, columns: Sequence[Column]) -> tuple[bool, str]:
    """Return whether a column counts a part of another one, and how many rows contradict that, as the end of a reason.

    If its name says so, or only a few rows contradict it, these rows are mistakes, which the import reports.
    """
    above = _above(part, whole, columns)
    is_part = len(above) - sum(above) >= MOST * len(above) or _OF_WHICH.search(columns[part].name) is not None
    if not any(above):
        return is_part, ""
    doubt = f"; more than {quote(columns[whole].name)} in {sum(above):,} of {len(above):,} rows"
    return is_part, doubt if is_part else f"{doubt}, so it is no part of it"


def _above(part: int, whole: int, columns: Sequence[Column]) -> list[bool]:
    """Return, for each row with a number in both columns, whether that of the part is larger."""
    pairs = zip(columns[part].cells, columns[whole].cells, strict=True)
    return [
        one > other for text, of in pairs if (one := _number(text)) is not None and (other := _number(of)) is not None
    ]


def _number(text: str) -> int | float | None:
    try:
        return cells.number(text)
    except UnreadableError:
        return None


def _add_nationalities(
    found: Mapping[int, tuple[str, Meaning]],
    fields: dict[int, tuple[Field, ...]],
    figures: Sequence[Field],
    reasons: dict[int, str],
) -> None:
    """Assign a nationality to the people who are counted, if it is clear who they are."""
    at = next((at for at, (field, _) in found.items() if field == "nationalities" and at not in reasons), None)
    if at is None:
        return
    people = [one for one in figures if one.metric == ANY_METRIC or METRICS[one.metric].unit == "people"]
    accused = [one for one in people if one.metric in _ACCUSED]
    others = [one for one in people if one.metric not in _ACCUSED]
    whom = found[at][1].people
    chosen = accused if whom == "suspects" else others if whom == "victims" else ([] if accused and others else people)
    if chosen:
        fields[at] = tuple(one._replace(part="nationality") for one in chosen)
