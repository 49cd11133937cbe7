"""Put a figure of a record into a sentence, the same everywhere: on a terminal, in a report, in every export.

Such as ``62 Indonesian nationals were rescued or freed in Preah Sihanouk, according to Tempo``, or ``At least 100
workers were held in Banteay Meanchey, according to a former guard (“hundreds”)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scamcli.language import dates
from scamcli.language.vocabulary import METRICS
from scamcli.language.wording.bounds import UNKNOWN, Bounds
from scamcli.output.text import date_text
from scamcli.output.text.nouns import (
    amount,
    form_of,
    has_verb,
    in_words,
    is_measured,
    noun,
    people_in_words,
    phrase,
    where,
    with_article,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.records.types import FigureDict

COUNTED = {
    "incident": "what happened in this event (incident)",
    "aggregate": "a total over a period (aggregate)",
    "cumulative": "a running total (cumulative)",
    "stock": "how many at one moment (stock)",
    "none": "never combined with other numbers (none)",
}
"""What a figure counts, in words, with the word of the records."""

_PLAIN_WORDING = re.compile(
    r"(?:(?:more|fewer|less) than|over|under|at least|at most|up to|as many as|about|around|nearly|almost|some)? ?"
    r"(?P<number>[\d,.]+)(?:\+|%| percent)?"
)


def sentence(figure: FigureDict, unit: str | None = None, others: Mapping[str, FigureDict] | None = None) -> str:
    """Return a figure as a sentence without a full stop.

    Args:
        figure: The figure.
        unit: Its unit, if it is not in the figure and the metric is the timeline's own.
        others: The other figures of its event by their ids, to name what it is a part of.
    """
    others = others or {}
    parts = [
        _what(figure, unit),
        _related_to(figure, others),
        where(figure["metric"], figure["country"], figure["province"]),
        date_text.when(dates.parse_date(figure["period"])) if figure["period"] else "",
    ]
    text = " ".join(filter(None, parts)) + _concerning(figure, unit) + _according_to(figure)
    if figure["part_of"]:
        text += f"; part of {_the_number_of(figure['part_of'], others)}"
    return f"{text[:1].upper()}{text[1:]}"


def sentences(figures: Sequence[FigureDict], units: Mapping[str, str] | None = None) -> list[str]:
    """Return each figure of an event as a sentence.

    Args:
        figures: The figures.
        units: The units of metrics by name.
    """
    others = {figure["id"]: figure for figure in figures if figure["id"]}
    return [sentence(figure, (units or {}).get(figure["metric"]), others) for figure in figures]


def with_notes(figures: Sequence[FigureDict], units: Mapping[str, str] | None = None) -> list[str]:
    """Return each figure of an event as a sentence, followed by its note."""
    pairs = zip(figures, sentences(figures, units), strict=True)
    return [f"{text}. {figure['note']}" if figure["note"] else text for figure, text in pairs]


def with_counts(figures: Sequence[FigureDict]) -> list[str]:
    """Return each figure of an event as a sentence, and what it counts: that decides whether it is added to others."""
    pairs = zip(figures, sentences(figures), strict=True)
    return ["; ".join(filter(None, (text, _counted(figure)))) for figure, text in pairs]


def short(figure: Mapping[str, Any]) -> str:
    """Return the metric of a figure with its wording, or its number in words if it has no wording."""
    return f"{figure['metric']}: {figure['stated'] or number(figure)}"


def number(figure: Mapping[str, Any], unit: str | None = None) -> str:
    """Return the number of a figure in words."""
    found = unit_of(figure, unit)
    return in_words(bounds(figure), form_of(found, found), stated=figure["stated"])


def number_and_wording(figure: Mapping[str, Any], unit: str | None = None) -> str:
    """Return the number of a figure in words, with the wording of its source in brackets if that says more."""
    words = number(figure, unit)
    return words if is_plain(figure["stated"], words) else f"{words} (“{figure['stated']}”)"


def is_plain(stated: str | None, number: str) -> bool:
    """Say whether a number in words says as much as the wording of its source, which is then not quoted beside it."""
    if not stated:
        return True
    found = _PLAIN_WORDING.fullmatch(stated.casefold())
    return found is not None and found["number"].replace(",", "") in number.replace(",", "").split()


def bounds(figure: Mapping[str, Any]) -> Bounds:
    """Return the bounds of a figure of a record."""
    return Bounds(figure.get("low"), figure.get("best"), figure.get("high"))


def _counted(figure: FigureDict) -> str:
    counted = COUNTED.get(figure["count"] or "", "")
    if figure["count"] == "aggregate":
        counted = counted.replace("a period", "this period" if figure["period"] else "an unknown period")
    return counted


def unit_of(figure: Mapping[str, Any], unit: str | None = None) -> str:
    """Return the unit of a figure: its own, the given one, or that of its metric."""
    name: str = figure.get("metric", "")
    metric = METRICS.get(name)
    return figure.get("unit") or unit or (metric.unit if metric else name)


def _what(figure: FigureDict, unit: str | None) -> str:
    """Return a number with what it counts: ``more than 200 complaints were received``."""
    name, unit = figure["metric"], unit_of(figure, unit)
    counted = amount(
        name,
        unit,
        bounds(figure),
        nationality=figure["nationality"],
        group=figure["group"],
        stated=figure["stated"],
    )
    text = counted.text
    if bounds(figure) == UNKNOWN:
        of_what = noun(name, unit, figure["nationality"], figure["group"])
        text = "an unknown amount" if is_measured(unit) else f"an unknown number of {of_what}"
    metric = METRICS.get(name)
    form = phrase(name)
    usual = unit if metric is None else metric.unit
    if has_verb(name) and (usual in {unit, "people"} or is_measured(usual)):
        text += f" {counted.verb}"
    elif form is not None:
        text = form.format(text)
    elif unit != name:
        text = f"{name.replace('_', ' ')}: {text}"
    return text


def _concerning(figure: FigureDict, unit: str | None) -> str:
    """Return which people an amount of something else, such as money, concerns. Only the note may say how."""
    if unit_of(figure, unit) == "people" or not (figure["nationality"] or figure["group"]):
        return ""
    return f", concerning {people_in_words(figure['nationality'], figure['group'])}"


def _related_to(figure: FigureDict, others: Mapping[str, FigureDict]) -> str:
    """Return what a share or a change refers to: ``of the 289``, ``(12 of 30)``, ``from 605 to 128``."""
    ids = figure["of"] or ()
    if len(ids) == 2:
        first, second = (_number_of(id_, others) for id_ in ids)
        return f"from {first} to {second}" if figure["metric"] == "change" else f"({first} of {second})"
    return f"of {' and '.join(_the_number_of(id_, others) for id_ in ids)}" if ids else ""


def _the_number_of(id_: str, others: Mapping[str, FigureDict]) -> str:
    """Return a number that another figure stated, as what both are about."""
    return f"the {_number_of(id_, others)}" if id_ in others else f"the figure {id_}"


def _number_of(id_: str, others: Mapping[str, FigureDict]) -> str:
    """Return the number of another figure in words, or its id if nothing is known of it."""
    figure = others.get(id_)
    if figure is None:
        return id_
    unit = unit_of(figure)
    return in_words(bounds(figure), form_of(unit, unit), stated=figure["stated"], is_in_sentence=True)


def _according_to(figure: FigureDict) -> str:
    """Return who stated a figure, with the wording if it says more than the number in words."""
    stated = figure["stated"]
    quoted = "" if is_plain(stated, number(figure)) else f"“{stated}”"
    if figure["stated_by"]:
        return f", according to {with_article(figure['stated_by'])}" + (f" ({quoted})" if quoted else "")
    return f" ({'; '.join(filter(None, [quoted, 'speaker not recorded']))})"
