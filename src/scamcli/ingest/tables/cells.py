"""Decide what each number of a table counts, from the labels of its row, its column and the table.

A cell whose fate is not understood stays without a metric, so that the review lists it. Totals become the wholes of
the numbers that they sum up.
"""

# No `from __future__ import annotations` here: NamedTuple compiles annotations that are text when it is imported.

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from scamcli.ingest.counts.count import Amount, Kind
from scamcli.ingest.counts.parts import CALLED
from scamcli.ingest.tables.labels import Label
from scamcli.ingest.tables.layout import Table
from scamcli.ingest.words import Sentence
from scamcli.language.countries import countries
from scamcli.language.wording.parsing import parse_wording

Position = tuple[int, int]
"""The row of a body and the column of a cell."""
Reader = Callable[[Sentence], Label]

_GENERAL = (*CALLED, "people")
"""Metrics that give way to a word that says what happened."""
_SIDES = ("victims", "suspects")
_SUSPECTED = ("arrests", "detentions", "suspects", "charged", "convictions")
"""Metrics of people who are not victims, in a table with columns for both."""
_HALF = 0.5
_LONGEST_LABEL = 8
"""The most words of a cell that labels its row. Longer ones are remarks."""


class Reading(NamedTuple):
    """What a number of a table counts. Without a metric, it was not understood.

    Attributes:
        at: its row and its column.
        rule: how it was read, or why it was not, in words for the user.
        period: EDTF if its row or column names one; the entry can have the same.
        label: the labels that no other field holds.
        whole: the cell that it is part of.
    """

    at: Position
    amount: Amount
    kind: Kind
    metric: str | None = None
    rule: str = ""
    group: str | None = None
    nationalities: tuple[str, ...] = ()
    province: str | None = None
    country: str | None = None
    period: str | None = None
    label: str = ""
    whole: Position | None = None


class _Axis:
    """The rows or the columns of a table, by index, with their labels.

    Args:
        labels: the label of each index, in order.
        values: the numbers of each index, by the index of the other axis.
    """

    def __init__(self, labels: Mapping[int, Label], values: Mapping[int, Mapping[int, float]]) -> None:
        self.labels = labels
        self._values = values
        self.has_fates = any(one.metric and not one.is_share for one in labels.values())
        self.parents: dict[int, int] = {}
        """The index that an index is part of: "of which women" of the row before it."""
        self.totals: dict[int, int] = {}
        """The index that sums up an index."""
        self._find_parents()
        self._find_totals()
        self.fates = self._find_fates()
        """The metric of each index: its own, that of the index that it is part of, or what a total sums up."""

    def _find_parents(self) -> None:
        parent: int | None = None
        for at, label in self.labels.items():
            if label.is_part and parent is not None:
                self.parents[at] = parent
            elif not (label.is_share or label.is_change):
                parent = at
        if self.has_fates:
            every = list(self.labels)
            for place, at in enumerate(every):
                if self.labels[at].metric and at not in self.parents:
                    run = list(takewhile(self._only_divides, every[place + 1 :]))
                    if run and self._adds_up(run, at):
                        self.parents |= dict.fromkeys(run, at)

    def _only_divides(self, at: int) -> bool:
        """Return whether an index only names a group, a place or the like, so that it can divide a fate above it."""
        label = self.labels[at]
        return not (label.metric or label.is_total) and bool(label.divides or label.text)

    def _find_totals(self) -> None:
        loose: list[int] = []
        for at, label in self.labels.items():
            if label.is_share or label.is_change or label.is_other or at in self.parents:
                continue
            ends_labels = len(loose) > 1 and bool(self.labels[loose[-1]].text) and not label.text
            if not label.is_total and not (ends_labels and self._adds_up(loose, at)):
                loose.append(at)
                continue
            fitting = [one for one in loose if self._may_sum(one, at)]
            parts = fitting[self._first_of_sum(fitting, at) :]
            self.totals |= dict.fromkeys(parts, at)
            loose = [*[one for one in loose if one not in self.totals], at]
        first = next(iter(self.labels), None)
        if first is not None and self.labels[first].is_total and first not in self.totals:
            self.totals |= {one: first for one in loose if one != first and self._may_sum(one, first)}

    def _may_sum(self, part: int, total: int) -> bool:
        """Return whether a total can sum up an index: it has no fate of its own, or the same, and another label."""
        one, other = self.labels[part], self.labels[total]
        is_same = one.is_total and other.is_total and one.text == other.text
        return not is_same and (other.metric is None or one.metric in (None, other.metric))

    def _first_of_sum(self, parts: Sequence[int], total: int) -> int:
        """Return the place of the first of the last parts that add up to a total, or 0 if none do."""
        left = dict(self._values[total])
        found = 0
        for place in range(len(parts) - 1, -1, -1):
            for other, value in self._values[parts[place]].items():
                if other in left:
                    left[other] -= value
            if place < len(parts) - 1 and left and not any(round(one, 6) for one in left.values()):
                found = place
        return found

    def _adds_up(self, parts: Sequence[int], total: int) -> bool:
        sums = {other: sum(self._values[part].get(other, 0) for part in parts) for other in self._values[total]}
        return bool(sums) and all(sums[other] == value for other, value in self._values[total].items())

    def _find_fates(self) -> dict[int, str | None]:
        parts: dict[int, list[int]] = {}
        for part, total in self.totals.items():
            parts.setdefault(total, []).append(part)
        found: dict[int, str | None] = {}
        # Parts come before their total, which can be above them, and all of these before "of which women".
        for at in sorted(self.labels, key=lambda at: (at in self.parents, max([at, *parts.get(at, ())]), -at)):
            own = {self.labels[at].metric} - {None}
            inherited = {found[self.parents[at]]} if at in self.parents else {found[one] for one in parts.get(at, ())}
            metrics = own or inherited
            found[at] = metrics.pop() if len(metrics) == 1 else None
        return found


class CellReader:
    """Reads the numbers of one table.

    Args:
        table: the table.
        read: returns what the words of a label say.
        title: what the title of the text says.
        period: returns the EDTF of a label's date, or ``None`` if its year is unknown or it is in the future.
    """

    def __init__(self, table: Table, read: Reader, title: Label, period: Callable[[Label, Label], str | None]) -> None:
        self._table, self._read, self._title = table, read, title
        self.caption = read(table.caption)
        self._period = period
        columns = {at: self._label_of_column(at) for at in table.numbers}
        self._by_head = {at: self._label_of_column(at) for at in range(len(table.body[0])) if at not in columns}
        rows = dict(self._labels_of_rows())
        values = {
            (at, column): _size(amount.wording)
            for at in rows
            for column in columns
            if (amount := table.body[at][column].amount) is not None
        }
        by_row: dict[int, dict[int, float]] = {at: {} for at in rows}
        by_column: dict[int, dict[int, float]] = {at: {} for at in columns}
        for (at, column), value in values.items():
            if not any(one.is_share or one.is_change for one in (rows[at], columns[column])):
                by_row[at][column] = by_column[column][at] = value
        self._values = values
        self._rows, self._columns = _Axis(rows, by_row), _Axis(columns, by_column)
        known = [one for one in rows.values() if one.divides or one.is_total or one.is_part]
        heads = self._by_head.values()
        self._rows_divide = len(known) >= _HALF * len(rows) or any(one.of_origin or one.of_place for one in heads)
        self._of_origin = next((one for one in heads if one.of_origin), None)

    def row(self, at: int) -> Label | None:
        """Return the label of a row, or ``None`` if the row has no numbers."""
        return self._rows.labels.get(at)

    @property
    def periods(self) -> set[str]:
        """The periods of its rows and columns (EDTF)."""
        labels = ((self._rows.labels[at], self._columns.labels[column]) for at, column in self._values)
        pairs = (_dated(*pair) for pair in labels if not any(one.is_share or one.is_change for one in pair))
        return {found for one in pairs if one and (found := self._period(one, self.caption))}

    @property
    def sums_periods(self) -> bool:
        """Whether a total sums up several periods."""
        axes = (self._rows, self._columns)
        return any(axis.labels[part].when is not None for axis in axes for part in axis.totals)

    def _label_of_column(self, at: int) -> Label:
        found = Label()
        for depth, row in enumerate(self._table.head):
            filled = [cell.words for cell in row[: at + 1]]
            if depth + 1 < len(self._table.head) and not filled[-1]:
                filled = [words for words in filled if words] or [()]  # a label of several columns
            found = _merged(found, self._read(filled[-1]))
        return found

    def _labels_of_rows(self) -> Iterator[tuple[int, Label]]:
        """Yield each row with numbers and its label, which includes the label of its section."""
        section = Label()
        for at, row in enumerate(self._table.body):
            own = Label()
            for column, cell in enumerate(row):
                is_label = column in self._by_head and not cell.is_remark and len(cell.words) <= _LONGEST_LABEL
                if is_label and cell.words:
                    own = _merged(own, _with_role(self._read(cell.words), self._by_head[column]))
            if any(row[column].amount for column in self._table.numbers):
                yield at, own if own.is_total else _merged(section, own)._replace(text=own.text)
            else:
                section = own

    def readings(self) -> Iterator[Reading]:
        """Yield what each number counts, in the order of the text."""
        found = {one.at: one for at in self._values for one in [self._reading(at)]}
        for one in found.values():
            yield self._without_shared(self._with_whole(one, found), found)

    def _reading(self, at: Position) -> Reading:
        row, column = self._rows.labels[at[0]], self._columns.labels[at[1]]
        amount = self._table.body[at[0]][at[1]].amount
        assert amount is not None, "only cells with numbers are read"
        if row.is_other or column.is_other:
            return Reading(at, amount, Kind.OTHER, rule="a cell that counts something else")
        if not self._values[at]:
            return Reading(at, amount, Kind.OTHER, rule="zero")
        if amount.kind is Kind.MONEY or row.unclear or column.unclear:
            return Reading(at, amount, Kind.UNREAD, rule="a cell that is not understood")
        metric, kind, rule = self._metric(at)
        is_change = row.is_change or column.is_change
        if is_change and not (amount.kind is Kind.PERCENT or row.is_share or column.is_share):
            return Reading(at, amount, Kind.OTHER, rule="a difference")
        if amount.kind is Kind.PERCENT or row.is_share or column.is_share:
            metric, kind = ("change", Kind.CHANGE) if is_change else ("share", Kind.SHARE)
            rule = "a percentage in a table"
        if metric is None:
            return Reading(at, amount, Kind.UNREAD, rule=rule)
        return self._with_fields(Reading(at, amount, kind, metric, rule), row, column)

    def _metric(self, at: Position) -> tuple[str | None, Kind, str]:
        """Return what a cell counts, or ``None`` with the reason why that is not known."""
        row, column = self._rows.labels[at[0]], self._columns.labels[at[1]]
        by_row, by_column = self._rows.fates[at[0]], self._columns.fates[at[1]]
        unknown = None, Kind.UNREAD, "a cell whose row and column do not say what happened"
        if by_row and by_column:
            metric = _specific(by_row, by_column)
        elif by_column:
            metric = None if column.is_total and self._rows.has_fates else by_column
        elif by_row:
            fits = column.divides or column.is_total or column.is_plain or column.is_people
            metric = by_row if fits or len(self._columns.labels) == 1 else None
        elif self._rows.has_fates or self._columns.has_fates:
            return unknown
        else:
            fits = column.is_known or len(self._columns.labels) == 1
            general = self.caption.metric if not self.caption.unclear else None
            general = general or (None if self._title.unclear else self._title.metric)
            if general is None and (column.is_people or row.is_people or self.caption.is_people):
                general = "people"
            metric = general if fits and self._rows_divide else None
        if metric is None:
            return unknown
        sources = (row, column, self.caption, self._title)
        kind = next((one.kind for one in sources if one.metric == metric), Kind.PEOPLE)
        return metric, kind, "a cell of a table"

    def _with_fields(self, reading: Reading, row: Label, column: Label) -> Reading:
        """Add who is counted, where and when. What the row and the column do not say, the caption can."""
        near, caption = (row, column), self.caption
        setting = [one for one in (caption,) if one.is_setting]
        if self._is_of_others(reading.metric):
            row = row._replace(nationalities=(), country=None if self._of_origin else row.country)
            near = row, column
        group = next((one.group for one in near if one.group), caption.group)
        group = None if group == reading.metric or reading.kind is Kind.THING else group
        reading = reading._replace(
            group=group,
            nationalities=next((one.nationalities for one in (*near, caption) if one.nationalities), ()),
            province=next((one.province for one in (*near, *setting) if one.province), None),
        )
        country = next((one for one in (*near, *setting) if one.country), None)
        if country is not None and country.country:
            reading = self._with_country(reading, country.country, country)
        dated = _dated(row, column)
        period = self._period(dated, caption) if dated is not None else None
        unknown = [one.text for one in near if one.is_unsaid]
        if reading.kind is Kind.CHANGE:
            period = dated = None
        if dated is not None and period is None:
            return Reading(reading.at, reading.amount, Kind.UNREAD, rule="a cell of an unknown period")
        return reading._replace(period=period, label="; ".join(unknown))

    def _is_of_others(self, metric: str | None) -> bool:
        """Return whether the nationalities in a column are only those of victims, or of suspects, and not of these."""
        called = self._of_origin and self._of_origin.metric
        return called in _SIDES and (metric in _SUSPECTED) != (called == "suspects")

    def _with_country(self, reading: Reading, code: str, label: Label) -> Reading:
        """Add a country: as the origin of people, or as a place if they are all of one nationality, or no people."""
        is_place = label.of_place or bool(reading.nationalities) or reading.kind is not Kind.PEOPLE
        is_place = is_place or self.caption.of_place or label is self.caption or bool(self._title.nationalities)
        demonym = countries()[code].demonym
        is_origin = label.of_origin or (self.caption.of_origin and label is not self.caption)
        if demonym and (is_origin or not is_place):
            return reading._replace(nationalities=(demonym,))
        return reading._replace(country=code)

    def _with_whole(self, reading: Reading, found: Mapping[Position, Reading]) -> Reading:
        """Add the cell that sums up a cell, or that it is part of: in its row, else in its column."""
        at, column = reading.at
        for axis, own, place in ((self._columns, column, 1), (self._rows, at, 0)):
            for related, is_sum in ((axis.parents.get(own), False), (axis.totals.get(own), True)):
                if related is None or reading.metric is None or reading.kind in (Kind.SHARE, Kind.CHANGE):
                    continue
                position = (at, related) if place else (related, column)
                whole = found.get(position)
                if whole is None or whole.metric is None or (is_sum and whole.metric != reading.metric):
                    continue
                if self._values[reading.at] <= self._values[position]:
                    return reading._replace(whole=position)
        return reading

    def _without_shared(self, reading: Reading, found: Mapping[Position, Reading]) -> Reading:
        """Leave out what a part shares with its whole."""
        if reading.whole is None:
            return reading
        whole = found[reading.whole]
        return reading._replace(
            nationalities=() if reading.nationalities == whole.nationalities else reading.nationalities,
            province=None if reading.province == whole.province else reading.province,
            country=None if reading.country == whole.country else reading.country,
            period=None if reading.period == whole.period else reading.period,
        )


def _dated(row: Label, column: Label) -> Label | None:
    """Return the label that dates a cell. A month in a row and a year in a column are one date."""
    for one, other in ((row, column), (column, row)):
        if one.when and other.when and not one.when.has_year and other.when.form == "year":
            return one._replace(when=one.when.in_year(other.when.first.year or 0))
    return row if row.when else column if column.when else None


def _size(wording: str) -> float:
    bounds = parse_wording(wording)
    return next((abs(bound) for bound in (bounds.best, bounds.low, bounds.high) if bound), 0)


def _merged(outer: Label, inner: Label) -> Label:
    """Return what two labels of one row or column say together. The inner one is more exact."""
    if not inner.text or not outer.text:
        return inner if inner.text else outer
    metric = _specific(outer.metric, inner.metric) if outer.metric and inner.metric else inner.metric or outer.metric
    kind = inner.kind if metric == inner.metric else outer.kind
    is_clash = bool(outer.metric and inner.metric) and metric is None
    return inner._replace(
        text=f"{outer.text} {inner.text}", metric=metric, kind=kind, unclear=outer.unclear or inner.unclear or is_clash,
        is_other=outer.is_other or inner.is_other, is_share=outer.is_share or inner.is_share,
        is_change=outer.is_change or inner.is_change,
        is_people=outer.is_people or inner.is_people, is_plain=outer.is_plain and inner.is_plain,
        is_total=outer.is_total or inner.is_total, is_part=outer.is_part or inner.is_part,
        group=inner.group or outer.group, nationalities=inner.nationalities or outer.nationalities,
        province=inner.province or outer.province, country=inner.country or outer.country,
        when=inner.when or outer.when, of_origin=outer.of_origin or inner.of_origin,
        of_place=outer.of_place or inner.of_place,
        may_name_people=outer.may_name_people or inner.may_name_people,
    )  # fmt: skip


def _specific(one: str | None, other: str | None) -> str | None:
    """Return the metric that two labels mean together: that of the victims who were rescued is rescues."""
    if one == other or other in _GENERAL:
        return one
    return other if one in _GENERAL else None


def _with_role(label: Label, head: Label) -> Label:
    is_of_others = head.of_origin or head.of_place or head.of_things
    return label._replace(
        of_origin=head.of_origin,
        of_place=head.of_place,
        may_name_people=label.may_name_people and not is_of_others,
    )
