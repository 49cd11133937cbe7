"""Put the tables of a text into its entries, and turn their numbers into counts.

A row with a day of its own is an entry. All other rows of a table belong to one entry: that of the period that the
table covers, else the entry that it stands in, else the day of the text. Rows and columns of other periods stay in this
entry, with periods of their own.
"""

# No `from __future__ import annotations` here: NamedTuple compiles annotations that are text when it is imported.

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, final

from scamcli.ingest.counts.count import Count, OwnMetrics
from scamcli.ingest.date_phrases import When
from scamcli.ingest.dated_entries import Entries, Entry, EntryMerger
from scamcli.ingest.entries import date_of_text
from scamcli.ingest.entry_dates import EntryDate, YearResolver, is_later
from scamcli.ingest.lexicon import TABLES
from scamcli.ingest.mentions import Mention, find_mentions, take_inventory
from scamcli.ingest.mentions.names import division_at
from scamcli.ingest.proposal import Document, Grade, Known, Span
from scamcli.ingest.tables.cells import CellReader, Reading
from scamcli.ingest.tables.labels import Label, people_in, read_label
from scamcli.ingest.tables.layout import Row, Table, find_tables
from scamcli.ingest.words import FULL_STOPS, Sentence, words
from scamcli.language.dates import parse_date

_RULE = "the date of a table"


class CellRef(NamedTuple):
    """A cell: the indices of its table, of its row among the rows of the body, and of its column."""

    table: int
    row: int
    column: int


class _Rows(NamedTuple):
    """A table as it was read, with the readings and the sentences of its rows by their indices."""

    table: Table
    reader: CellReader
    readings: dict[int, list[Reading]]
    sentences: dict[int, Sentence]


@final
class TablesInText:
    """The tables of a text.

    Args:
        document: the text.
        view: the text without markup, at the same positions.
        known: the names of the timeline.
        own: the metrics that the timeline defines.
    """

    def __init__(self, document: Document, view: str, known: Known, own: OwnMetrics) -> None:
        self._about, self._own, self._view = document.about, own, view
        tables = find_tables(document.text, view)
        every = [[table.caption, *(_sentence(row) for row in (*table.head, *table.body))] for table in tables]
        titled = tuple(words(document.about.title or ""))
        inventory = take_inventory([[one for one in part if one] for part in [[titled], *every]], known, document.about)
        self._inventory = inventory
        self._title = self._label(titled)
        self._tables: list[_Rows] = []
        self._rows: dict[int, tuple[int, int] | None] = {}
        """By the offset of each row: its table and its index in the body, or ``None`` for a head."""
        self.mentions: dict[int, list[Mention]] = {}
        """The names in each row, by its offset."""
        self.doubtful: list[Count] = []
        """The numbers of what may be no table, which the rules for sentences read."""
        self.people = tuple(people_in(tables, inventory.names))
        """Names of people who may be victims, in columns of names."""
        for table in tables:
            self._add(table)

    def _add(self, table: Table) -> None:
        reader = CellReader(table, self._label, self._title, self._period)
        readings = tuple(reader.readings())
        if not TABLES.contents.isdisjoint(word.lower for word in table.caption):
            readings = ()  # the numbers of pages
        elif not table.is_certain and all(one.metric is None for one in readings):
            self.doubtful += (_count(one, table, 0, _sentence(table.body[one.at[0]]), 0, 0) for one in readings)
            return  # columns that say nothing may be no table
        index = len(self._tables)
        sentences = {at: _sentence(row) for at, row in enumerate(table.body)}
        for at, row in enumerate((*table.head, *table.body)):
            if sentence := _sentence(row):
                self._rows[sentence[0].start] = (index, at - len(table.head)) if at >= len(table.head) else None
                self.mentions[sentence[0].start] = list(self._mentions_of(row))
        by_row: dict[int, list[Reading]] = {}
        for one in readings:
            by_row.setdefault(one.at[0], []).append(one)
        self._tables.append(_Rows(table, reader, by_row, sentences))

    @property
    def spans(self) -> Iterator[Span]:
        """Where the tables are in the text, with the captions that are only titles of them."""
        for rows in self._tables:
            start, end = rows.table.span
            yield Span(rows.table.caption[0].start if _is_title(rows) else start, end)

    @property
    def sentences(self) -> list[list[Sentence]]:
        """The rows of each table as sentences."""
        return [list(one.sentences.values()) for one in self._tables]

    def _label(self, every: Sentence) -> Label:
        return read_label(every, self._names(every), self._own)

    def _names(self, every: Sentence) -> list[Mention]:
        """Return the names in a label. Parts of a country with a name of their own are places: Scotland."""
        return [_as_division(one, every) for one in find_mentions(every, self._inventory)]

    def _mentions_of(self, row: Row) -> Iterator[Mention]:
        at = 0
        for cell in row:
            if not cell.is_remark:
                for one in self._names(cell.words):
                    yield one._replace(first=one.first + at, last=one.last + at)
                at += len(cell.words)

    def _period(self, dated: Label, caption: Label) -> str | None:
        """Return the period of a label, completed by the caption; ``None`` if its year is unknown or in the future."""
        if dated.when is None:
            return None
        found = self._complete(dated.when, caption)
        return None if found is None or is_later(found.date, self._about) else found.date

    def _complete(self, when: When, caption: Label) -> EntryDate | None:
        resolver = YearResolver(self._about)
        if caption.when is not None:
            resolver.enter_heading(caption.when)
        return resolver.complete(when)

    def is_row(self, sentence: Sentence) -> bool:
        """Return whether a sentence is the row of a table."""
        return sentence[0].start in self._rows

    def counts(self, sentence: Sentence, at: int, start: int) -> Iterator[Count]:
        """Yield the counts of a row, which is the sentence `at` of its entry. The first has the id `start`."""
        place = self._rows[sentence[0].start]
        if place is None:
            return
        rows = self._tables[place[0]]
        for id_, one in enumerate(rows.readings.get(place[1], ()), start):
            yield _count(one, rows.table, place[0], sentence, at, id_)

    def with_wholes(self, entry: Sequence[Count]) -> list[Count]:
        """Return the counts of an entry, with the wholes of the cells among them."""
        ids = {count.cell: count.id for count in entry if count.cell is not None}
        found = [
            count if count.part_of_cell is None else count._replace(whole=ids.get(count.part_of_cell))
            for count in entry
        ]
        columns: dict[tuple[int, int], list[Count]] = {}
        sums: dict[tuple[str | None, float], Count] = {}
        for one in found:
            if one.is_combined and one.cell is not None and one.whole is None:
                columns.setdefault((one.cell[0], one.cell[2]), []).append(one)
            elif one.is_combined and one.cell is None:
                sums.setdefault((one.metric, one.value), one)
        for cells in columns.values():
            _relate_column(found, cells, sums)
        return found

    def place(self, entries: Entries, document: Document) -> Entries:
        """Return the entries with those of the tables."""
        merger = EntryMerger(entries)
        for rows in self._tables:
            if rows.readings:
                self._place(merger, rows, document, is_list=entries.is_list)
        return merger.entries

    def _place(self, entries: EntryMerger, rows: _Rows, document: Document, *, is_list: bool) -> None:
        rest: list[Sentence] = []
        for at, row in enumerate(rows.table.body):
            sentences = [rows.sentences[at], *(cell.words for cell in row if cell.is_remark)]
            sentences = [one for one in sentences if one]
            dated = self._day_of_row(rows, at)
            if dated is None:
                rest += sentences
            else:
                own = _entry(dated, row, sentences)
                entries.add(own._replace(is_row=True, caption=rows.table.caption))
        if not rest:
            return
        caption = rows.table.caption
        if caption and caption[0].start not in entries.starts:
            rest.insert(0, caption)
        elif not caption:
            rest = [*filter(None, map(_sentence, rows.table.head)), *rest]
        dated = self._date(rows, entries.before(rows.table.span.start), document, is_list=is_list)
        if dated is None:
            entries.add_outside(rest)
        else:
            entries.add(_entry(dated, rows.table.body[0], rest))

    def _day_of_row(self, rows: _Rows, at: int) -> EntryDate | None:
        """Return the date of a row with a day of its own."""
        label = rows.reader.row(at)
        if label is None or label.when is None or label.when.first.day is None or label.is_total:
            return None
        found = self._complete(label.when, rows.reader.caption)
        return None if found is None or is_later(found.date, self._about) else found

    def _date(self, rows: _Rows, near: Entry | None, document: Document, *, is_list: bool) -> EntryDate | None:
        """Return the date of a table without the rows that are entries. `near` is the entry before the table."""
        caption = rows.reader.caption
        own = self._complete(caption.when, Label()) if caption.when is not None else None
        periods = sorted(rows.reader.periods)
        needed = periods if rows.reader.sums_periods else periods and [_latest(periods)]
        is_past = own is not None and not is_later(own.date, self._about)
        if own is not None and is_past and all(_covers(own.date, one) or _covers(one, own.date) for one in needed):
            return own._replace(rule=_RULE)
        if periods:
            return EntryDate(_joined(periods) if rows.reader.sums_periods else _latest(periods), _RULE, Grade.LIKELY)
        if near is not None and (is_list or self._follows(near, rows.table)):
            return near.dated
        if document.about.published is not None:
            return date_of_text(document, document.about.published)
        return None

    def _follows(self, entry: Entry, table: Table) -> bool:
        """Return whether an entry announces a table, or only the title of the table is between them."""
        end = table.caption[0].start if table.caption else entry.passage.start
        return bool(table.caption) and not self._view[min(entry.passage.end, end) : end].strip(" \n:.")


def _entry(dated: EntryDate, row: Row, sentences: Sequence[Sentence]) -> Entry:
    """Return an entry that consists of rows, of which `row` is the first. Its date is in the row, or elsewhere."""
    cell = next((cell for cell in row if cell.when is not None), None) or next(cell for cell in row if cell.words)
    heading = Span(cell.words[0].start, cell.words[-1].end)
    passage = Span(min(one[0].start for one in sentences), max(one[-1].end for one in sentences))
    return Entry(dated, heading, passage, tuple(sentences))


def _sentence(row: Row) -> Sentence:
    """Return the words of a row without its remarks, which are sentences of their own."""
    return tuple(word for cell in row if not cell.is_remark for word in cell.words)


def _is_title(rows: _Rows) -> bool:
    """Return whether the line above a table is only its title: no sentence, and not a date that heads what follows."""
    caption, label = rows.table.caption, rows.reader.caption
    if not caption or caption[-1].text in FULL_STOPS - {")"} or caption[-1].text == ":":
        return False
    return label.when is None or label.metric is not None or label.is_people


def _as_division(mention: Mention, every: Sentence) -> Mention:
    name = " ".join(word.text for word in every[mention.first : mention.last])
    if mention.kind != "country" or division_at(name, mention.name) is None:
        return mention
    return mention._replace(kind="place", name=name, within=mention.name)


def _count(  # noqa: PLR0913 - a cell and its place
    one: Reading, table: Table, index: int, sentence: Sentence, at: int, id_: int
) -> Count:
    row = table.body[one.at[0]]
    offset = sum(len(cell.words) for cell in row[: one.at[1]] if not cell.is_remark)
    amount = one.amount
    amount = amount._replace(first=amount.first + offset, core=amount.core + offset, last=amount.last + offset)
    return Count(
        id_, at, sentence, amount, (), amount.last, one.kind, one.rule, Grade.UNSURE, group=one.group,
        nationalities=one.nationalities, province=one.province, metric=one.metric, country=one.country,
        period=one.period, label=one.label, cell=CellRef(index, *one.at),
        part_of_cell=None if one.whole is None else CellRef(index, *one.whole),
    )  # fmt: skip


def _relate_column(found: list[Count], cells: Sequence[Count], sums: Mapping[tuple[str | None, float], Count]) -> None:
    """Make the cells of a column parts of a number in a sentence that is their sum.

    Args:
        found: the counts of the entry, by id.
        cells: the cells of the column that are parts of no other.
        sums: the numbers in sentences, by metric and value.
    """
    if len(cells) < 2 or len({one.metric for one in cells}) > 1:
        return
    whole = sums.get((cells[0].metric, sum(one.value for one in cells)))
    if whole is not None:
        for one in cells:
            nationalities = () if one.nationalities == whole.nationalities else one.nationalities
            found[one.id] = one._replace(whole=whole.id, period=None, nationalities=nationalities)


def _covers(outer: str, inner: str) -> bool:
    whole, part = parse_date(outer), parse_date(inner)
    ends = whole.start, whole.end, part.start, part.end
    return None not in ends and whole.start <= part.start and part.end <= whole.end  # type: ignore[operator]


def _latest(periods: Iterable[str]) -> str:
    return max(periods, key=lambda one: (parse_date(one).end or 0, parse_date(one).start or 0))


def _joined(periods: Sequence[str]) -> str:
    """Return the stretch from the first to the last of several periods, as exact as they are."""
    first = min(periods, key=lambda one: parse_date(one).start or 0).split("/")[0]
    last = _latest(periods).split("/")[-1]
    return first if first == last else f"{first}/{last}"
