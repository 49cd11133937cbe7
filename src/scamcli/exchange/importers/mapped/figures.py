"""Read the figures of a row, each with its wording or with the bounds in the table."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from scamcli.exchange.importers import DecimalText
from scamcli.exchange.importers.mapped import cells, number_words
from scamcli.exchange.importers.mapped.cells import split_list
from scamcli.exchange.importers.mapped.mapping import PARTS, parse_field
from scamcli.language import gazetteer
from scamcli.language.vocabulary import COUNTS, METRICS, RENAMED_COUNTS
from scamcli.language.wording.bounds import UNKNOWN, Bounds
from scamcli.language.wording.parsing import bounds_in, parse_wording
from scamcli.records.derivations import choose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.exchange.importers.mapped.bound_rows import Binding, BoundRow
    from scamcli.language.wording.bounds import Number
    from scamcli.records.types import JsonObject

BOUNDS = ("low", "best", "high")

_EVENT_LISTS = {"nationality": "nationalities", "province": "provinces"}
"""Parts that a figure can have only once. If a row names several, they go into these lists of the event."""

DATE, PLACE, NATIONALITIES, SPEAKER = "date", "place", "nationalities", "speaker"
"""The words that mean the date of the row as the period of a figure, its province, its nationality, and its speaker."""

METRIC, ANY_METRIC = "metric", "*"
"""The field whose values say what the figures of a long table count, and the metric of these figures in a mapping."""

_SIGNED = frozenset({"change"})
"""Metrics whose numbers may be negative."""

_BELOW_ZERO = "has a number below zero, which counts nothing"


KINDS = {
    "rescues": "rescue", "escapes": "escape", "repatriations": "repatriation", "arrests": "arrest",
    "detentions": "arrest", "deaths": "death", "charged": "indictment", "convictions": "conviction",
    "deportations": "deportation", "assets": "seizure",
}  # fmt: skip
"""The kind of an event that is only known by what it counts."""

BY_FIGURES = "figures"
"""The word that means the kind of the first figure of a row that is at least 1, or ``report`` if there is none."""


class Figure(NamedTuple):
    """A figure that the rows of a table can have.

    Attributes:
        fields: the texts of its fields by part; the wording is the part with the empty name.
        is_note_labelled: whether several columns make up its note.
    """

    metric: str
    label: str
    fields: dict[str, str]
    is_note_labelled: bool


def find(binding: Binding) -> list[Figure]:
    """Return the figures that the rows of a table can have."""
    names = dict.fromkeys([*(one.field for one in binding.uses), *binding.defaults])
    columns = Counter(field for field, _ in {(one.field, one.column) for one in binding.uses})
    found = []
    for one in dict.fromkeys(parse_field(name)._replace(part="") for name in names if name.startswith("figure.")):
        fields = {part: str(one._replace(part=part)) for part in ("", *PARTS["figure"])}
        found.append(Figure(one.metric, one.label, fields, columns[fields["note"]] > 1))
    return found


def add(row: BoundRow, record: JsonObject, figures: Sequence[Figure]) -> None:
    """Add the figures of a row to its record."""
    found = [(one, figure) for one in figures if (figure := _read(row, record, one))]
    if found:
        record["figures"] = [figure for _, figure in found]
    if record.get("kind") == BY_FIGURES:
        counted = (str(figure["metric"]) for _, figure in found if any((one or 0) >= 1 for one in _bounds(figure)[:2]))
        record["kind"] = next((KINDS[metric] for metric in counted if metric in KINDS), "report")
    for one, figure in found:
        if row.text(one.fields["period"]) == DATE and _is_incident(figure, record):
            figure.pop("period", None)
    for one, part in found:
        if "part_of" not in part:
            continue
        meant = _whole(one, str(part["part_of"]), figures)
        whole = next((figure for other, figure in found if other is meant), None)
        if meant is not None and whole is not None:
            _report_larger_part(row, one, part, meant, whole)
        else:  # the row has no number of the whole, so the part stands for itself
            del part["part_of"]
            _describe_alone(row, part, meant or one, record)


def _whole(part: Figure, label: str, figures: Sequence[Figure]) -> Figure | None:
    """Return the figure with a label that a part belongs to: that of its own metric, if several have the label."""
    named = [one for one in figures if one.label == label]
    return next((one for one in named if one.metric == part.metric), named[0] if named else None)


def _report_larger_part(row: BoundRow, one: Figure, part: JsonObject, other: Figure, whole: JsonObject) -> None:
    low, high = _bounds(part).low, _bounds(whole).high
    if low is not None and high is not None and low > high:
        name, of = (_column(row, figure.fields[""]) for figure in (one, other))
        notice = f"{name} is more than {of}, although it is a part of it; `scamcli conflicts` lists these events"
        row.notices.count(notice, row.number, f"{part['stated']} of {whole['stated']}")


def _describe_alone(row: BoundRow, part: JsonObject, whole: Figure, record: JsonObject) -> None:
    """Give a figure what it would take from its whole: its nationality, province and period."""
    details: JsonObject = {}
    notes = [part.get("note"), *_set_nationality_and_province(row, whole.fields, details, record)]
    if row.text(whole.fields["period"]) == DATE and not _is_incident(part, record):
        details["period"] = record["date"]
    if "province" in details:
        part.pop("country", None)
    part |= {key: value for key, value in details.items() if key not in part}
    part |= {"note": "; ".join(map(str, filter(None, notes)))} if any(notes) else {}


def _is_incident(figure: JsonObject, record: JsonObject) -> bool:
    """Return whether a figure is counted as an incident, which has the date of its event without a period."""
    metric = METRICS.get(str(figure["metric"]))
    if metric is None or "count" in figure or record["date"] is None:
        return False
    return choose(metric.name, metric.count, str(record.get("kind")), str(record["date"]), None).count == "incident"


def _bounds(figure: JsonObject) -> Bounds:
    """Return the bounds of a figure: those in the table, or those of its wording."""
    unit = METRICS[str(figure["metric"])].unit if figure["metric"] in METRICS else ""
    derived = bounds_in(str(figure["stated"]), str(figure.get("unit") or unit)) if figure["stated"] else UNKNOWN
    return Bounds(*(cast("Number | None", figure.get(key, bound)) for key, bound in derived._asdict().items()))


def _column(row: BoundRow, field: str) -> str:
    """Return the name of the column that a field of the row comes from, or that of the field."""
    cell = row.first(field)
    return f"`{cell.column}`" if cell and cell.column else f"the default of `{field}`" if cell else f"`{field}`"


def _read(row: BoundRow, record: JsonObject, one: Figure) -> JsonObject | None:
    """Return one figure of a row, or ``None`` if the row has no number for it; the other values are then put aside."""
    fields, metric = one.fields, _metric(row, one)
    bounds = {part: row.read(fields[part], partial(_number, metric=metric)) for part in BOUNDS}
    is_bounded = any(bound is not None for bound in bounds.values())
    reader = partial(_wording if is_bounded else _unambiguous_wording, metric=metric)
    stated, remark = _stated(row, one, row.read(fields[""], reader))
    note = "; ".join(filter(None, (*row.labelled(fields["note"], is_labelled=one.is_note_labelled), remark)))
    if stated is None and not is_bounded:
        row.notes += [f"{fields['']}: {note}"] if note else []
        if not row.errors:  # a row with errors is not imported, and they are reported
            _put_aside(row, fields, record)
        return None
    figure: JsonObject = {"metric": metric, "stated": stated, "id": one.label or None}
    if is_bounded:
        figure |= bounds  # including empty ones, so that none is derived from the wording
    figure |= {part: row.text(fields[part]) for part in ("group", "unit", "part_of")}
    figure["stated_by"] = _speaker(row, fields["stated_by"])
    if not is_bounded:
        _report_unknown_bounds(row, one, metric, stated)
    notes = [note, *_set_nationality_and_province(row, fields, figure, record)]
    if "province" not in figure:  # otherwise the province says it
        figure["country"] = row.read(fields["country"], cells.country) or _country_of(record)
    period = row.text(fields["period"])
    figure["period"] = record["date"] if period == DATE else (row.date(fields["period"]) or [None])[0]
    figure["count"] = row.word(fields["count"], (*COUNTS, *RENAMED_COUNTS))
    figure["note"] = "; ".join(filter(None, notes)) or None
    return {key: value for key, value in figure.items() if value is not None or key in {"stated", *BOUNDS}}


def _stated(row: BoundRow, one: Figure, text: str | None) -> tuple[str | None, str]:
    """Return the wording of a number, and the remark in brackets after it, which the note of the figure keeps."""
    text = re.sub(r"(\[\w{1,4}\])+$", "", text).strip() if text and text.endswith("]") else text  # marks of footnotes
    column = _column(row, one.fields[""]) if text else ""
    if text is not None and number_words.is_none(text):
        row.notices.count(f"{column} has a word for none, which is read as 0", row.number, text)
        return "0", ""
    if text is None or not text.endswith(")") or parse_wording(text) != UNKNOWN:
        return text, ""
    number, remark = number_words.without_remark(text)
    if remark:
        row.notices.count(f"{column} has a remark in brackets; it is kept in the note of the number", row.number, text)
    return number, remark


def _speaker(row: BoundRow, field: str) -> str | None:
    """Return who states a figure. The word `speaker` means the speaker of the row, if it has exactly one."""
    text, speakers = row.text(field), row.all("actor.speaker")
    if text != SPEAKER:
        return text
    return speakers[0].text if len(speakers) == 1 else None


def _metric(row: BoundRow, one: Figure) -> str:
    """Return the metric of a figure, which in a long table is in a column of its own."""
    if one.metric != ANY_METRIC:
        return one.metric
    found = row.read(METRIC, cells.metric)
    if found is None and not row.errors and row.first(one.fields[""]):
        row.errors.append(f"there is no metric for the number; --map COLUMN={METRIC} names its column")
    return found or one.metric


def _wording(text: str, metric: str) -> str:
    if metric not in _SIGNED and number_words.is_code_for_unknown(text):
        raise cells.NamesNothingError("has a code for an unknown number")
    if metric not in _SIGNED and re.fullmatch(r"[-\u2010-\u2013\u2212]\s?\d[\d.,]*", text.strip()):
        raise cells.NamesNothingError(_BELOW_ZERO)
    return cells.wording(text) if isinstance(text, DecimalText) else cells.strip_fraction(text)


def _unambiguous_wording(text: str, metric: str) -> str:
    """Return the wording of a figure whose bounds will be derived, after checking that no number is ambiguous."""
    wording = _wording(text, metric)
    if not wording.isdecimal() and parse_wording(wording) == UNKNOWN:  # most are plain digits, and parsing is slow
        cells.require_unambiguous(wording)
    return wording


def _number(text: str, metric: str) -> int | float:
    value = cells.number(text)
    if value < 0 and metric not in _SIGNED:
        raise cells.NamesNothingError(_BELOW_ZERO)
    return value


def _report_unknown_bounds(row: BoundRow, one: Figure, name: str, stated: str | None) -> None:
    field, metric = one.fields[""], METRICS.get(name)
    unit = row.text(one.fields["unit"]) or (metric.unit if metric else "")
    is_plain = stated is not None and stated.isdecimal() and len(stated) < len(str(2**53))  # most are; parsing is slow
    if stated is None or is_plain or bounds_in(stated, unit) != UNKNOWN:
        return
    row.notices.count(f"{_column(row, field)} has words that give no bounds; the words are kept", row.number, stated)


def _set_nationality_and_province(
    row: BoundRow, fields: dict[str, str], figure: JsonObject, record: JsonObject
) -> Iterator[str]:
    """Set nationality and province of a figure; if there are several, add them to the event and the figure's note."""
    for part, key in _EVENT_LISTS.items():
        text = row.text(fields[part])
        cell = row.own(fields[part])
        if part == "nationality" and cell and row.put_counts_aside(cell):
            _extend(record, key, _split(row, fields[part]))  # whose number each is does not belong to this figure
            continue
        if part == "province" and text == PLACE:
            words = _province_of(record) if row.has_all("provinces") or not record.get("provinces") else []
        elif part == "nationality" and text == NATIONALITIES:
            of_row = cast("list[str]", record.get(NATIONALITIES, []))
            words = of_row if len(of_row) == 1 and row.has_all(NATIONALITIES) else []
        else:
            words = _split(row, fields[part])
        if len(words) == 1 and (cell is None or row.has_all(fields[part])):  # "Chinese, mixed" are not all Chinese
            figure[part] = words[0]
        elif words:
            _extend(record, key, words)
            yield f"{part}: {'; '.join(words)}"


def _province_of(record: JsonObject) -> list[str]:
    """Return the province of a row if it has exactly one, in however many spellings."""
    of_row = _country_of(record)
    named = [_official(name, of_row) for name in cast("list[str]", record.get("provinces", []))]
    for place in cast("list[dict[str, str | None]]", record.get("places", [])):
        country, division = place.get("country") or of_row, place.get("province") or place.get("admin1")
        found = gazetteer.resolve(division, country) if division else None
        found = found or gazetteer.town(place["name"] or "", country)
        named += [found.province] if found else []
    distinct = list(dict.fromkeys(named))
    return distinct if len(distinct) == 1 else []


def _official(province: str, country: str | None) -> str:
    found = gazetteer.resolve(province, country)
    return province if found is None else found.province


def _country_of(record: JsonObject) -> str | None:
    """Return the country of a row if it has exactly one."""
    countries = cast("list[str]", record.get("countries", []))
    return countries[0] if len(countries) == 1 else None


def _split(row: BoundRow, field: str) -> list[str]:
    cell = row.first(field)
    words = split_list(cell.text, cell.separators) if cell else []
    if cell and field.endswith(".nationality"):
        read = (row.read_cell(cell._replace(text=word), cells.nationality, field) for word in words if cell)
        words = list(dict.fromkeys(filter(None, read)))
    if cell and field.endswith(".province"):
        words = [word for word in words if row.province(cell._replace(text=word), field)]
    return words


def _extend(record: JsonObject, key: str, words: list[str]) -> None:
    record[key] = list(dict.fromkeys([*cast("list[str]", record.get(key, [])), *words]))


def _put_aside(row: BoundRow, fields: dict[str, str], record: JsonObject) -> None:
    """Keep the values of a figure without a number in the lists of the event or in its note."""
    for part in (*_EVENT_LISTS, "period", "group", "stated_by", "unit"):
        cell = row.own(fields[part])
        if cell is None:
            continue
        if part in _EVENT_LISTS:
            _extend(record, _EVENT_LISTS[part], _split(row, fields[part]))
        else:
            row.notes.append(f"{cell.column}: {cell.text}")
        where = f"the event's {_EVENT_LISTS[part]}" if part in _EVENT_LISTS else "the note"
        row.notices.count(
            f"`{cell.column}` describes a number that is missing; it is kept in {where}", row.number, cell.text
        )
