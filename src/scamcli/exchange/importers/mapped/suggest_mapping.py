"""Propose what the columns of an unknown table mean, by their names together with their values.

A proposal is right or silent: a field that the values contradict is not proposed, and neither is one that only a
misspelt name or the values alone would suggest. Each proposed field says how certain it is and why.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from scamcli.exchange.importers import MOST_LISTED
from scamcli.exchange.importers.mapped import column_values, date_cells, date_formats, header_words, hxl
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.exchange.importers.mapped.column_values import Check, Column
from scamcli.exchange.importers.mapped.figure_columns import Counts, place_counts
from scamcli.exchange.importers.mapped.header_words import Meaning
from scamcli.exchange.importers.mapped.mapping import Field, Mapping, Use, parse_field, write_use
from scamcli.exchange.importers.mapped.suggest_defaults import lack_days, suggest_defaults
from scamcli.language import dates
from scamcli.language.scripts import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Mapping as Dict

MOST_REPEATED = 100
"""The widest table for which several columns are proposed for one field."""

MOST_COLUMNS = 500
"""The most columns of a table that are examined."""

LONGEST_SHOWN = 26
"""The width of the names of columns and of fields beside the first rows of a table."""

_OF_FORMS = frozenset({"start", "end", "today", "start time", "end time", "started", "ended"})
"""Names of columns where KoboToolbox and ODK keep the time when a form was filled in."""

DEATHS = Field("figure", metric="deaths")

_OF_DEATH = r"\b(death|dead|died|killed|deceased|muerte|fallecimiento|deces|mort|todes\w*|morte|obito)\b"
"""A word in the name of a column of dates, without accents, that says that somebody died then."""

_NUMBERS = frozenset({"number", "no", "nr", "n", "numero", "nombre", "nummer"})
"""Names of columns with the number of the dead or with that of the row, without accents."""

_AGE_OR_SEX = r"\b(age|sex|gender|edad|sexo|sexe|alter|geschlecht|idade|genero|genre)\b"
"""A word in the name of a column, without accents, that is about one person. A name can be that of a place."""

SURE, LIKELY = "sure", "likely"

PERSONAL = "it may identify people"

_UNKNOWN = "its name is not known"
_NO_DATE = "not date: "


NO_EVENTS = ("*retracted*", "*withdrawn*", "*duplicate*")
"""Cells in a column of statuses whose rows would count what did not happen, or what another row counts."""


class Guess(NamedTuple):
    """What is proposed for a column.

    Attributes:
        column: its name.
        uses: its uses; none if it is left out.
        certainty: ``sure``, ``likely``, or empty if it is left out.
        reason: why, as a fragment.
    """

    column: str
    uses: tuple[Use, ...]
    certainty: str
    reason: str


class Proposal(NamedTuple):
    """A mapping that is proposed for a table, for a person to review.

    Attributes:
        mapping: the columns that are used, and the defaults.
        guesses: what is proposed for each column, in the order of the table.
        name: the table in messages.
        rows: the first rows, with a cell for each guess.
        lists_incidents: whether rows of which only the month or year is known are incidents.
    """

    mapping: Mapping
    guesses: tuple[Guess, ...]
    name: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    lists_incidents: bool = False

    @property
    def has_date(self) -> bool:
        """Return whether a column is the date of the events."""
        fields = {str(use.field) for guess in self.guesses for use in guess.uses}
        return bool(fields & {"date", "date.start", "date.year"})

    @property
    def doubtful_date(self) -> Guess | None:
        """Return the column that is called the date but mostly has other values, if no column is the date."""
        return None if self.has_date else next((one for one in self.guesses if one.reason.startswith(_NO_DATE)), None)

    def lines(self) -> list[str]:
        """Return a readable proposal, one line per column, with at most `MOST_LISTED` of the columns left out."""
        rows, hidden = self._shown()
        listed = _aligned([(row, (guess.reason,)) for guess, row in rows], widest=40)
        return [*listed, *([f"  and {hidden:,} more, left out"] if hidden else []), *self._for_every_row()]

    def table(self, width: int) -> list[str]:
        """Return the proposal beside the first rows of the table, in lines of at most `width` characters."""
        rows, hidden = self._shown()
        at = {guess.column: at for at, guess in enumerate(self.guesses)}
        cell_width = max((width - 2 * LONGEST_SHOWN - 16) // max(len(self.rows), 1) - 2, 8)
        shown = [
            (row, tuple(_cut(cells[at[guess.column]], cell_width) for cells in self.rows)) if guess.uses else (row, ())
            for guess, row in rows
        ]
        numbers = [f"row {number}" for number in range(1, len(self.rows) + 1)]
        listed = _aligned([(("column", "field", ""), tuple(numbers)), *shown], widest=LONGEST_SHOWN, cells=cell_width)
        reasons = [
            f"  {guess.column}: {guess.certainty or 'left out'}, {guess.reason}"
            for guess, _ in rows
            if guess.certainty != SURE
        ]
        more = [f"  and {hidden:,} more, left out"] if hidden else []
        return [*listed, "", *reasons, *more, *self._for_every_row()]

    def _for_every_row(self) -> list[str]:
        """Return where the names of the columns are, unless they are in the first row, and what every row gets."""
        lines, first = list[str](), self.mapping.header_row
        if first is not None:
            rows = f"rows {first} and {first + 1}" if self.mapping.header_rows > 1 else f"row {first}"
            lines.append(f"  The names of the columns are in {rows}.")
        lines += [
            f'  Rows that "{name}" calls retracted, withdrawn or duplicate are left out.' for name in self.mapping.skip
        ]
        values = [f"{field}={text}" for field, texts in self.mapping.defaults.items() for text in texts]
        if values:
            lines.append(f"  Every row gets {', '.join(map(shlex.quote, values))}.")
        return lines

    def _shown(self) -> tuple[list[tuple[Guess, tuple[str, str, str]]], int]:
        """Return the guesses to show, each with its first cells, and how many are not shown."""
        hidden = {guess.column for guess in [one for one in self.guesses if not one.uses][MOST_LISTED:]}
        rows = [
            (guess, (guess.column, ", ".join(map(write_use, guess.uses)) or "(left out)", guess.certainty))
            for guess in self.guesses
            if guess.column not in hidden
        ]
        return rows, len(hidden)


def _aligned(rows: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], widest: int, cells: int = 0) -> list[str]:
    """Return lines with columns of equal width for the first cells of rows; the others have `cells` characters."""
    widths = [min(max((len(first[at]) for first, _ in rows), default=0), widest) for at in range(3)]
    lines = []
    for first, others in rows:
        texts = [f"{text:{width}}" for text, width in zip(first, widths, strict=True)]
        lines.append(("  " + "  ".join([*texts, *(f"{text:{cells}}" for text in others)])).rstrip())
    return lines


def _cut(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: width - 1]}…"


class _Candidate(NamedTuple):
    """A field that a column can be: its text, what its name means, and what its values say."""

    at: int
    field: str
    meaning: Meaning
    check: Check
    is_entry: bool = False
    """Whether it may be the time when the row was written down: a timestamp, or the start of an interview."""
    is_sparse: bool = False
    """Whether another column that can be the same field has more than half as many values again."""

    @property
    def order(self) -> tuple[bool, bool, int, bool, int, int]:
        """Return a key that sorts better candidates first."""
        is_open = not self.check.is_confirmed
        return self.is_entry, self.is_sparse, -self.meaning.strength, is_open, self.meaning.rank, self.at


def suggest(header: Sequence[str], rows: Sequence[Sequence[str]] = (), filled: Sequence[int] = ()) -> Proposal:
    """Return a proposal for a table. Without rows, it is based on the names alone, and nothing is certain.

    Args:
        header: the names of the columns.
        rows: the first rows, or rows from all over the table, each with as many cells as the header.
        filled: how many cells of each column are not empty in the whole table, if that is known.
    """
    tags = next((row for row in rows[:1] if hxl.is_row_of_tags(row)), ())
    sample = [row for row in rows[len(tags) > 0 :] if not _adds_up_or_notes(row)]
    columns = [
        Column(name, [row[at] for row in sample], filled[at] if filled else None)
        for at, name in enumerate(header[:MOST_COLUMNS])
    ]
    taken, reasons = _assign(columns, tags, is_empty=not rows)
    _doubt_countries_of_people(columns, taken)
    _settle_dates_and_points(columns, taken, reasons)
    _settle_forms(columns, taken, reasons)
    counts = place_counts({at: (one.field, one.meaning) for at, one in taken.items()}, columns, reasons)
    used = {at: _uses(one, counts, at) for at, one in taken.items() if at not in reasons}
    rows_are_deaths = not counts.figures and _is_list_of_the_dead(columns, used)
    counts = counts._replace(figures=(DEATHS,)) if rows_are_deaths else counts
    of_periods = _columns_of_periods(columns, used, counts)
    used |= of_periods
    defaults = suggest_defaults(used, counts, columns) | ({DEATHS: ("1",)} if rows_are_deaths else {})

    def guess(at: int, column: str) -> Guess:
        if at not in used:
            return Guess(column, (), "", reasons.get(at, _UNKNOWN))
        if at in of_periods:
            return Guess(column, used[at], LIKELY, "its name; months, years or ranges of days")
        reason = _reason(taken[at], has_rows=bool(rows)) + counts.doubts.get(at, "")
        return Guess(column, used[at], _certainty(taken[at]), reason)

    guesses = tuple(guess(at, column.name) for at, column in enumerate(columns))
    guesses += tuple(Guess(name, (), "", "too many columns") for name in header[MOST_COLUMNS:])
    skip = {one.column: NO_EVENTS for one in guesses if not one.uses and _is_status(one.column)}
    mapping = Mapping({one.column: one.uses for one in guesses if one.uses}, defaults, skip=skip)
    lists_incidents = lack_days(used, columns) and any(
        field.part == "count" and texts == ("incident",) for field, texts in defaults.items()
    )
    return Proposal(mapping, guesses, rows=tuple(tuple(row) for row in rows[:3]), lists_incidents=lists_incidents)


_PERIODS = re.compile(r"(?:reporting |time )?period(?: covered)?|(?:year|month|quarter) covered")
"""Names of columns with the days that a number is for, in the form that `plain` returns."""


def _columns_of_periods(
    columns: Sequence[Column], used: Dict[int, tuple[Use, ...]], counts: Counts
) -> dict[int, tuple[Use, ...]]:
    """Return the first column with periods, by its position, beside a date that is the day of a report."""
    periods = tuple(Use(one._replace(part="period")) for one in counts.figures if one not in counts.wholes)
    for at, column in enumerate(columns):
        if at not in used and re.fullmatch(_PERIODS, plain(column.name)) and _are_periods(column.values):
            return {at: periods} if periods else {}
    return {}


def _are_periods(values: Iterable[str]) -> bool:
    """Say whether values are months, years or ranges, and not days."""
    with suppress(ValueError):
        periods = list(map(dates.parse_date, values))
        return bool(periods) and all(period.start != period.end for period in periods)
    return False


def _is_status(column: str) -> bool:
    """Return whether a column says whether rows hold: Status, verification.status."""
    return plain(column).split()[-1:] == ["status"] and bool(header_words.why_ignored(column))


def _is_list_of_the_dead(columns: Sequence[Column], used: Dict[int, tuple[Use, ...]]) -> bool:
    """Return whether each row is a person who died: the date is of a death, and there is an age or a sex."""
    dates = [columns[at].name for at, uses in used.items() if any(use.field.key == "date" for use in uses)]
    is_of_death = any(re.search(_OF_DEATH, plain(name)) for name in dates)
    return is_of_death and any(re.search(_AGE_OR_SEX, plain(column.name)) for column in columns)


def _adds_up_or_notes(row: Sequence[str]) -> bool:
    """Return whether a row adds up others, or is a note below the table."""
    filled = [at for at, cell in enumerate(row) if cell.strip()]
    return filled == [0] or row[0].startswith(header_words.COMMENTS) or header_words.adds_up(row)


def _meanings(name: str, tag: str) -> list[Meaning]:
    """Return what a column can mean by its HXL tag, which nobody writes by accident, or otherwise by its name."""
    tagged = hxl.meaning(tag) if tag else None
    if tagged is None or header_words.is_personal(name):
        return header_words.meanings(name)
    return [tagged] if tagged.field else []


def _assign(
    columns: Sequence[Column], tags: Sequence[str], *, is_empty: bool
) -> tuple[dict[int, _Candidate], dict[int, str]]:
    """Return the best candidate for each column, and the reasons why others have none."""
    meanings = {
        at: _meanings(column.name, tags[at].strip() if at < len(tags) else "") for at, column in enumerate(columns)
    }
    dated = [at for at, found in meanings.items() if any(_is_date(one.field) for one in found)]
    _add_numbers_of_the_dead(columns, dated, meanings)
    sides = _settle_sides(columns, meanings)
    orders = {order for at in dated if (order := date_formats.find_order(columns[at].values))}
    order = orders.pop() if len(orders) == 1 else ""
    candidates, reasons = list[_Candidate](), dict[int, str]()
    for at, column in enumerate(columns):
        found, reason = _candidates(at, column, meanings[at], order, is_empty=is_empty)
        candidates += found
        if not found:
            reasons[at] = sides.get(at, reason)
    taken: dict[int, _Candidate] = {}
    owners: dict[str, int] = {}
    for one in sorted(_with_sparse(candidates, columns), key=lambda one: one.order):
        word = f"{one.field}|{one.meaning.group}|{one.meaning.bound}"
        field = parse_field(one.field) if one.field != "figure" else None
        may_repeat = field is None or ((field.is_list or field.is_joined) and one.at < MOST_REPEATED)
        if one.at in taken or (word in owners and not may_repeat):
            if one.at not in taken:
                reasons[one.at] = f'"{columns[owners[word]].name}" is the {one.field} already'
            continue
        owners.setdefault(word, one.at)
        taken[one.at] = one
        reasons.pop(one.at, None)
    _add_by_values(columns, taken, reasons)
    return dict(sorted(taken.items())), reasons


def _add_numbers_of_the_dead(
    columns: Sequence[Column], dated: Sequence[int], meanings: Dict[int, list[Meaning]]
) -> None:
    """Let a column "number" be that of the dead beside a date such as "found dead", unless its cells all differ."""
    if any(re.search(_OF_DEATH, plain(columns[at].name)) for at in dated):
        for at, found in meanings.items():
            if [one.field for one in found] == ["id"] and plain(columns[at].name) in _NUMBERS:
                found.append(Meaning(str(DEATHS), header_words.AROUND))


def _settle_sides(columns: Sequence[Column], meanings: dict[int, list[Meaning]]) -> dict[int, str]:
    """Take their meaning from the numbers of sides, as in ``deaths_a``, ``deaths_b`` and ``deaths_civilians`` of UCDP.

    None of them counts all the dead. Columns called ``best``, ``low`` and ``high`` beside them do.

    Returns:
        Why the columns of sides are left out, by position.
    """
    names = [plain(column.name) for column in columns]
    groups = header_words.words().groups  # "Rescued - F" are the women
    sides_of = [name for name in dict.fromkeys(names) if re.fullmatch(r".{3,} [a-z]", name) and name[-1] not in groups]
    stems = Counter(name[:-2] for name in sides_of)
    found = dict[int, str]()
    for stem in (stem for stem, sides in stems.items() if sides > 1):
        if not any(one.field.startswith("figure.") for one in header_words.meanings(stem)):
            continue
        for at, name in enumerate(names):
            if name.startswith(f"{stem} "):
                meanings[at] = []
                found[at] = f"it counts only some of the {stem}"
            elif name in header_words.words().bounds:
                meanings[at] = header_words.meanings(f"{stem} {name}")
    return found


def _with_sparse(candidates: Sequence[_Candidate], columns: Sequence[Column]) -> list[_Candidate]:
    """Return candidates that say whether another column for the same field is much fuller."""
    most: dict[str, int] = {}
    for one in candidates:
        most[one.field] = max(most.get(one.field, 0), columns[one.at].filled)
    return [one._replace(is_sparse=3 * columns[one.at].filled < 2 * most[one.field]) for one in candidates]


def _is_date(field: str) -> bool:
    return field.startswith("date") or field in {"source.published", "source.accessed"}


def _candidates(
    at: int, column: Column, meanings: Sequence[Meaning], order: str, *, is_empty: bool
) -> tuple[list[_Candidate], str]:
    """Return the fields that a column can be. If there are none, the reason says why."""
    if reason := header_words.why_ignored(column.name):
        return [], reason
    is_personal = header_words.is_personal(column.name)
    if not meanings and not is_personal and header_words.is_dated(column.name):
        meanings = [Meaning("date", header_words.BREAKDOWN)]
    if not meanings:
        unknown = "its name is a month; each event needs a row of its own" if _is_month(column.name) else _UNKNOWN
        return [], PERSONAL if is_personal else unknown
    if is_empty:
        harmless = [one for one in meanings if not is_personal or one.strength > 1 or one.field.startswith("figure")]
        return [_Candidate(at, one.field, one, Check(True)) for one in harmless if column.name], PERSONAL
    if not column.values:
        return [], "it is empty"
    found, reason = [], ""
    for meaning in meanings:
        field = "figure.people" if meaning.field == "figure" else meaning.field
        check = column_values.check(field, column, order)
        if check.fits:
            field = check.field or meaning.field
            is_told = field == "summary" != meaning.field  # a column that is called a description comes first
            meaning = Meaning(field, 0) if is_told else meaning
            found.append(_Candidate(at, field, meaning, check, _is_date(field) and _is_entry(column)))
        else:
            reason = reason or (PERSONAL if is_personal else f"not {meaning.field}: {check.reason}")
    return found, reason


def _is_month(name: str) -> bool:
    """Return whether a column is named after a month, as in a table of places (rows) and months (columns)."""
    try:
        return bool(date_cells.month(re.sub(r"[\s'’-]*(19|20)?\d\d$", "", name)))
    except UnreadableError:
        return False


def _is_entry(column: Column) -> bool:
    """Return whether dates may be the times when rows were entered, which forms on phones record."""
    is_of_form = plain(column.name) in _OF_FORMS and column.share(lambda text: ":" in text) > 0.5
    return is_of_form or header_words.is_time_of_entry(column.name)


def _add_by_values(columns: Sequence[Column], taken: dict[int, _Candidate], reasons: dict[int, str]) -> None:
    """Propose what only the values show, if nothing else in the table has that field: dates, coordinates, addresses."""
    fields = {one.field for one in taken.values()}
    for field, others in (
        ("date", {"date", "date.start", "date.year"}),
        ("place.point", {"place.point", "place.lat"}),
        ("source.url", {"source.url"}),
    ):
        unknown = [at for at, reason in reasons.items() if reason == _UNKNOWN and columns[at].values]
        found = {at: check for at in unknown if (check := column_values.check(field, columns[at], is_named=False)).fits}
        found = {at: check for at, check in found.items() if len(columns[at].values[0]) > 4}  # no years
        if field == "date":
            found = {at: check for at, check in found.items() if not header_words.is_about_record(columns[at].name)}
            # Day numbers of a spreadsheet look like any count of that size.
            found = {at: check for at, check in found.items() if date_formats.EXCEL not in check.formats}
        if len(found) == 1 and not fields & others:
            [(at, check)] = found.items()
            taken[at] = _Candidate(at, field, Meaning(field, 0), check)
            del reasons[at]


def _doubt_countries_of_people(columns: Sequence[Column], taken: dict[int, _Candidate]) -> None:
    """Make a country uncertain if each row is a person, with columns such as name and age: it may be their origin."""
    if sum(header_words.is_personal(column.name) for column in columns) < 2:
        return
    for at, one in taken.items():
        if one.field == "countries" and not header_words.is_of_event(columns[at].name):
            reason = f"{one.check.reason}; it may be where the people come from"
            taken[at] = one._replace(check=one.check._replace(is_confirmed=False, reason=reason))


def _settle_dates_and_points(columns: Sequence[Column], taken: dict[int, _Candidate], reasons: dict[int, str]) -> None:
    """Leave out parts of dates and coordinates that another column has as a whole, or that lack their other half."""
    filled = {one.field: columns[at].filled for at, one in taken.items()}
    fields = filled.keys()
    # A row without a date takes the year beside it.
    has_day = max(filled.get("date", 0), filled.get("date.start", 0)) >= filled.get("date.year", 1)
    has_last = "date.end" in fields
    for at, one in taken.items():
        if one.field in {"date.year", "date.month", "date.day"} and (has_day or "date.year" not in fields):
            reasons[at] = "the date already includes it" if has_day else "there is no year beside it"
        if one.field.startswith("date.end_") and (has_last or "date.end_year" not in fields):
            reasons[at] = "the last day already includes it" if has_last else "there is no year beside it"
        if one.field == "place.point" and {"place.lat", "place.lon"} <= fields:
            reasons[at] = "latitude and longitude have columns of their own"
        if one.field in {"place.lat", "place.lon"} and not {"place.lat", "place.lon"} <= fields:
            reasons[at] = "there is only one of latitude and longitude"


def _settle_forms(columns: Sequence[Column], taken: dict[int, _Candidate], reasons: dict[int, str]) -> None:
    """Replace what a table lacks with what it has, and leave out the times when a form was filled in."""
    at_field = {one.field: at for at, one in taken.items() if at not in reasons}
    if "date" in at_field:
        for field in ("date.start", "date.end"):
            at = at_field.get(field)
            if at is not None and columns[at].share(lambda text: ":" in text) > 0.5:
                reasons[at] = "it has times of day, and the date has a column of its own"
    if not at_field.keys() & {"date", "date.start", "date.year"} and "source.published" in at_field:
        at = at_field["source.published"]
        taken[at] = taken[at]._replace(
            field="date", meaning=taken[at].meaning._replace(strength=header_words.BREAKDOWN)
        )
    at = at_field.get("source.title")
    if "title" not in at_field and at is not None:
        is_headline = columns[at].name.casefold() == "headline"  # of a slide or a report, and as good for the event
        if is_headline or not at_field.keys() & {"source.outlet", "source.url"}:
            taken[at] = taken[at]._replace(field="title")


def _uses(one: _Candidate, counts: Counts, at: int) -> tuple[Use, ...]:
    fields = counts.fields.get(at) or (parse_field(one.field),)
    check = one.check
    return tuple(
        Use(
            field,
            formats=check.formats if field.is_date else (),
            separators=check.separators if field.is_divisible else (),
        )
        for field in fields
    )


def _certainty(one: _Candidate) -> str:
    is_sure = one.check.is_confirmed and not one.is_entry and one.meaning.strength >= header_words.AROUND
    return SURE if is_sure and not (one.meaning.group or one.meaning.bound) else LIKELY


def _reason(one: _Candidate, *, has_rows: bool) -> str:
    if not has_rows:
        return "its name"
    name = {header_words.EXACT: "its name", 0: "its values alone"}.get(one.meaning.strength, "words of its name")
    doubt = "; it may be the time of entry" if one.is_entry else ""
    return f"{name}; {one.check.reason}{doubt}"
