"""Check whether the values of a column can be what its name says, before a field is proposed for it.

A value can confirm a field (every cell is a date), leave it open (a text can be a title), or contradict it: then it is
not proposed, whatever the name.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import quote
from scamcli.exchange.importers.mapped import cells, date_cells, date_formats, number_words
from scamcli.exchange.importers.mapped.cells import NamesNothingError, UnreadableError, split_list
from scamcli.exchange.importers.mapped.mapping import MISSING, SEPARATORS, parse_field
from scamcli.language import gazetteer
from scamcli.language.countries import countries, is_demonym
from scamcli.language.scripts import digits, plain
from scamcli.language.vocabulary import EVENT_KINDS, METRICS, PRECISIONS
from scamcli.language.wording.bounds import UNKNOWN
from scamcli.language.wording.parsing import parse_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NEARLY_ALL, MOST, HALF, _SOME = 0.95, 0.8, 0.5, 0.3
"""The share of values that must be of a kind to confirm a field, to propose it at all, to propose a named date, and to
read a column called "province" as words of places."""

_ADDRESS = re.compile(r"(?:[^|]+\|\s*)?https?://\S+|www\.\S+", re.IGNORECASE)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\+?\(?\d[\d\s().-]{6,}\d")
_NUMBER = re.compile(r"[-+]?[\d.,\s]+%?")
_PERCENT = re.compile(r"%|\bper ?cent\b|\bpct\b", re.IGNORECASE)
_YEAR = re.compile(r"(19[5-9]\d|20[0-4]\d)(\.0)?")
_FLAGS = frozenset({"yes", "no", "y", "n", "true", "false", "x", "oui", "non", "si", "ja", "nein"})
_LONGEST_NAME, _LONGEST_DEMONYM = 120, 40
_LONGEST_OUTLET = 60
_NO_DECIMALS = "its numbers have no decimals"


class Check(NamedTuple):
    """What the values of a column say about a field.

    Attributes:
        fits: whether they can be that field.
        is_confirmed: whether they can hardly be anything else.
        reason: what was found, as a fragment.
        field: another field that fits better, by its text.
        formats: how the dates are written.
        separators: what separates the values in a cell.
    """

    fits: bool
    is_confirmed: bool = False
    reason: str = ""
    field: str = ""
    formats: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()


class Column:
    """The name and the values of a column.

    Attributes:
        name: its name.
        cells: all cells.
        values: the cells that are not empty.
        filled: how many cells of the whole table are not empty.
    """

    def __init__(self, name: str, cells_: Sequence[str], filled: int | None = None) -> None:
        self.name = name
        self.cells = tuple(cells_)
        self.values = [text for cell in cells_ if (text := cell.strip()) and text not in MISSING]
        self.filled = len(self.values) if filled is None else filled

    def share(self, is_one: Callable[[str], object]) -> float:
        """Return the share of values that a function is true for."""
        return sum(bool(is_one(value)) for value in self.values) / len(self.values) if self.values else 0

    def amount(self, what: str, is_one: Callable[[str], object]) -> str:
        """Return how many values are of a kind, in words."""
        number = sum(bool(is_one(value)) for value in self.values)
        other = "" if number == len(self.values) else f", but not {self.first_other(is_one)}"
        return f"{what} in {number} of {len(self.values)} cells{other}"

    def first_other(self, is_one: Callable[[str], object]) -> str:
        """Return the first value that a function is false for, in quotes."""
        return quote(next((value for value in self.values if not is_one(value)), "")[:40])


def check(field: str, column: Column, order: str = "", *, is_named: bool = True) -> Check:
    """Check whether the values of a column can be a field.

    Args:
        field: the text of the field.
        column: a column with values.
        order: the order of day and month that other columns of the table show.
        is_named: whether its name says that it is the field.
    """
    key = field.split(".")[0]
    if field == "source.url" and not is_named:
        return _check_addresses(column)
    if field in _CHECKS:
        return _CHECKS[field](column)
    if key == "figure":
        return _check_count(field, column)
    # A table without a date is of no use, so its date column may have more mistakes than others.
    least = HALF if is_named and field in {"date", "date.start"} else MOST
    return _check_dates(column, order, least) if parse_field(field).is_date else _check_text(field, column)


def is_address(text: str) -> bool:
    """Return whether a text is a web address, or begins with one."""
    return _ADDRESS.match(text) is not None


def _is_contact(text: str) -> bool:
    if "@" in text:
        return " " not in text
    return _CONTACT.fullmatch(text) is not None and len(re.sub(r"\D", "", text)) > 8


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(digits(text)) is not None


def _can_be_read(reader: Callable[[str], object]) -> Callable[[str], bool]:
    def is_one(text: str) -> bool:
        try:
            reader(text)
        except UnreadableError:
            return False
        return True

    return is_one


def _check_dates(column: Column, order: str, least: float) -> Check:
    found = date_formats.find(column.values, order)
    if found.readable < least:
        return Check(False, reason=date_formats.why_no_date(found, column.values))
    example = quote(found.example[:30])
    if found.is_ambiguous:
        reason = f"dates such as {example}, but nothing shows whether the day or the month comes first"
        return Check(True, False, reason)
    excel = ", day numbers of a spreadsheet" if date_formats.EXCEL in found.formats else ""
    is_own = bool(found.order) or not any("/" in one and "%d" in one for one in found.formats)
    borrowed = "" if is_own else "; other columns show the order of day and month"
    is_sure = found.readable >= NEARLY_ALL and is_own and not excel and found.order != "both"
    return Check(
        True,
        is_sure,
        f"dates such as {example}{excel}{date_formats.exceptions(found)}{borrowed}",
        formats=found.formats,
    )


def _check_part_of_date(reader: Callable[[str], object], what: str) -> Callable[[Column], Check]:
    def check_part(column: Column) -> Check:
        share = column.share(_can_be_read(reader))
        return Check(share >= NEARLY_ALL, share == 1, column.amount(what, _can_be_read(reader)))

    return check_part


def _check_count(field: str, column: Column) -> Check:
    """Return whether the cells of a column look like numbers of people, things or money, or else the reason."""
    values, metric = column.values, METRICS.get(parse_field(field).metric)
    if column.share(_PERCENT.search) > 0.2:
        return Check(False, reason="percentages are not counts")
    is_answer = "/" in column.name and set(values) == {"0", "1"}  # one of several that a form allows
    if is_answer or column.share(lambda text: plain(text) in _FLAGS) > 0.2:
        return Check(False, reason="it says yes or no, not how many")
    numbers = [text for text in values if _is_number(text)]
    if len(numbers) > 2 and all(_YEAR.fullmatch(text) for text in numbers) and len(set(numbers)) < 40:
        return Check(False, reason="its numbers look like years")
    if column.share(_is_contact) > 0.2 or any(re.fullmatch(r"[+0]\d{6,}", text) for text in values):
        return Check(False, reason="its numbers look like telephone numbers")
    is_money = metric is not None and metric.unit == "USD"
    if is_money and not (re.search(r"usd|us\$|\$|dollar", f"{column.name} {' '.join(values[:20])}", re.IGNORECASE)):
        return Check(False, reason="an amount of money without a currency")
    if not is_money and (reason := cells.why_fractions(values)):
        return Check(False, reason=reason)
    share = column.share(_is_count)
    if share < MOST:
        return Check(False, reason=f"{column.first_other(_is_count)} is not a number")
    is_negative = any(re.match(r"[-\u2212]\d", text) and not number_words.is_code_for_unknown(text) for text in values)
    is_both = counts_dead_too(field, column.name)
    doubt = "; it also counts the dead" if is_both else ""
    doubt += "; negative numbers are refused, unless `missing` in a mapping file lists them" if is_negative else ""
    is_sure = share >= NEARLY_ALL and not is_negative and not is_both
    return Check(True, is_sure, column.amount("numbers", _is_count) + doubt)


def counts_dead_too(field: str, name: str) -> bool:
    """Return whether a column of people who are missing also counts the dead, by its name: ``No. dead/missing``."""
    return field == "figure.missing" and re.search(r"dea(d|th)", name, re.IGNORECASE) is not None


_WITH_REMARK = r"[~≈±<>]?\s*\d[\d,.]*\s*\("
"""A number with a remark, which may change it: "8 (paid, not rescued)"."""


@cache
def _is_count(text: str) -> bool:
    text = re.sub(r"(\[\w{1,4}\])+$", "", text)
    is_number = _is_number(text) or number_words.is_none(text) or parse_wording(text) != UNKNOWN
    return is_number or re.match(_WITH_REMARK, text) is not None


def _check_degrees(most: int) -> Callable[[Column], Check]:
    is_one = _can_be_read(lambda text: cells.degrees(text, most))

    def check_degrees(column: Column) -> Check:
        has_decimals = any("." in text for text in column.values)
        without = "its decimals have a comma" if any("," in text for text in column.values) else _NO_DECIMALS
        reason = column.amount("degrees", is_one) if has_decimals else without
        return Check(column.share(is_one) >= HALF and has_decimals, column.share(is_one) == 1, reason)

    return check_degrees


def _check_point(column: Column) -> Check:
    is_one = _can_be_read(cells.point)
    share, has_decimals = column.share(is_one), any("." in text for text in column.values)
    reason = column.amount("pairs of degrees, latitude first", is_one) if has_decimals else _NO_DECIMALS
    return Check(share >= NEARLY_ALL and has_decimals, share == 1, reason)


def _check_known(known: Callable[[str], bool], what: str) -> Callable[[Column], Check]:
    def check_known(column: Column) -> Check:
        separators = find_separators(column.values, known)

        def is_one(text: str) -> bool:
            return all(map(known, split_list(text, separators)))

        share = column.share(is_one)
        reason = column.amount(what, is_one) + _split_by(separators)
        return Check(share >= MOST, share == 1, reason, separators=separators)

    return check_known


def _split_by(separators: Sequence[str]) -> str:
    return f"; cells with several are separated by {' and '.join(separators)}" if separators else ""


def _is_country(text: str) -> bool:
    """Return whether a text names a country, or stands for none, as "international waters" does."""
    try:
        cells.country(text)
    except NamesNothingError:
        return True
    except UnreadableError:
        return False
    return True


def _is_nationality(text: str) -> bool:
    text = cells.without_count(text)
    return is_demonym(text) or plain(text) in _plurals() or _is_country(text)


@cache
def _plurals() -> frozenset[str]:
    return frozenset(plain(word) for one in countries().values() for word in one.plurals)


def _check_nationality(column: Column) -> Check:
    found = _check_known(_is_nationality, "nationalities or countries")(column)
    if found.fits:
        return found
    text = _check_text("nationalities", column)  # demonyms in other languages than English
    if not text.fits or max(map(len, column.values)) > _LONGEST_DEMONYM:
        return found
    listed = [part for cell in column.values if "," in cell for part in split_list(cell, (",",))]
    by_comma = (",",) if any(map(is_demonym, listed)) else ()  # "Chinese, mixed" is not one people
    separators = text.separators or found.separators or by_comma
    return text._replace(is_confirmed=False, reason=f"text{_split_by(separators)}", separators=separators)


def _is_province(text: str) -> bool:
    return gazetteer.resolve(text) is not None


def _check_province(column: Column) -> Check:
    found = _check_known(_is_province, "provinces")(column)
    if found.is_confirmed:
        return found
    text = _check_text("place.admin1", column)
    fits = text.fits and column.share(_is_province) >= _SOME  # the words of the others are kept
    return text._replace(field="place.admin1", reason=found.reason, fits=fits, is_confirmed=False)


def _check_division(column: Column) -> Check:
    """Check for divisions of countries. Regions of the world and of data sets are none."""
    text = _check_text("place.admin1", column)
    is_known = column.share(_is_province) >= 0.5
    if text.fits and not is_known:
        return Check(False, reason=column.amount("known divisions of countries", _is_province))
    return text._replace(is_confirmed=False)


def _check_kind(column: Column) -> Check:
    if column.share(lambda text: text.casefold() in EVENT_KINDS) == 1:
        return Check(True, True, "kinds of events")
    text = _check_text("tags", column)
    return text._replace(field="tags", is_confirmed=False, reason="its words are not kinds of events here")


def _check_id(column: Column) -> Check:
    repeated = [value for value, times in Counter(column.values).items() if times > 1]
    surplus = len(column.values) - len(set(column.values))
    if surplus > max((1 - MOST) * len(column.values), 1):
        return Check(False, reason=f"{quote(repeated[0][:40])} occurs twice, so it is not an id of rows")
    if column.share(lambda text: re.search(r"\w", text) and len(text) < 60 and text.count(" ") < 2) < 1 or (
        column.share(is_address) or column.share(lambda text: re.search(r"\d", text)) < 0.5
    ):
        return Check(False, reason=f"{quote(column.values[0][:40])} is not an id")
    if repeated:  # the import refuses it, because one event may be in the table twice
        reason = f"{quote(repeated[0][:40])} occurs twice; correct it, or keep the column in the note"
        return Check(True, False, reason)
    return Check(True, True, "all cells differ")


def _check_addresses(column: Column) -> Check:
    share, is_one = column.share(is_address), _can_be_read(cells.labelled_addresses)
    is_sure = share == 1 and column.share(is_one) == 1 and column.share(lambda text: re.match("https?://", text)) == 1
    return Check(share >= HALF, is_sure, column.amount("addresses", is_address if share < 1 else is_one))


def _check_source(column: Column) -> Check:
    """Check for addresses in a column that is called a source. Otherwise it has outlets, or citations of reports."""
    found = _check_addresses(column)
    if found.fits:
        return found
    text = _check_text("source.outlet", column)
    is_name = column.share(lambda text: len(text) <= _LONGEST_OUTLET) >= NEARLY_ALL
    return text._replace(field="source.outlet" if is_name else "note", is_confirmed=False)


def _check_outlet(column: Column) -> Check:
    if column.share(is_address) >= MOST:
        return _check_addresses(column)._replace(field="source.url")
    return _check_text("source.outlet", column)


def _has_places(column: Column) -> bool:
    return column.share(lambda text: gazetteer.resolve(text)) >= 0.5


_KINDS_OF_SITES = frozenset({
    "apartment", "apartments", "annex", "building", "buildings", "casino", "compound", "condominium", "condo", "floor",
    "floors", "guesthouse", "hotel", "house", "houses", "office", "offices", "rented", "room", "rooms", "shophouse",
    "villa", "villas", "warehouse", "restaurant", "karaoke", "ktv", "shop", "flat", "farm", "factory", "private",
})  # fmt: skip
"""Words that say what kind of place something is, but do not name it."""


def _is_kind_of_site(text: str) -> bool:
    return all(word in _KINDS_OF_SITES or word.isdecimal() for word in plain(text).split())


def _check_sites(column: Column) -> Check:
    """Check for sites, or for the towns in a column such as "Town / compound".

    "Hotel" and "rented villa" are no names: all raids on a hotel would have the same site.
    """
    if column.share(_is_kind_of_site) > 1 - MOST:
        return _check_text("tags", column)._replace(field="tags", is_confirmed=False)
    if re.search(r"/|\bor\b", column.name) and _has_places(column):
        return _check_text("place.name", column)._replace(field="place.name")
    return _check_text("sites", column)


def _check_metric(column: Column) -> Check:
    is_one = _can_be_read(cells.metric)
    share = column.share(is_one)
    return Check(share == 1, share == 1, column.amount("metrics", is_one))


def _check_text(field: str, column: Column) -> Check:
    key = parse_field(field).key
    if column.share(_is_contact) > 0.2:
        return Check(False, reason="it looks like telephone numbers or e-mail addresses")
    if key not in {"note", "summary"} and (reason := _why_no_words(column)):
        return Check(False, reason=reason)
    if key in {"actor", "sites", "tags"} and max(map(len, column.values)) > _LONGEST_NAME:
        if key == "tags":  # such as the causes of deaths, told as stories
            return Check(True, False, "its values are sentences, not names", field="summary")
        return Check(False, reason="its values are sentences, not names")
    divisible = parse_field(field).is_divisible
    separators, kept = find_name_separators(column.values) if divisible else ((), "")
    split = _split_by(separators)
    split += f'; "{kept}" stays in a name, because its parts do not occur alone' if kept else ""
    is_place = field == "place.name" and _has_places(column)
    is_open = key in {"note", "summary", "title"} or is_place
    return Check(True, is_open, "text" + split, separators=separators)


def _why_no_words(column: Column) -> str:
    """Return why a column cannot be a text: it has numbers, addresses, answers or dates. Empty if it can be one."""
    for is_one, what in ((_is_number, "numbers"), (is_address, "addresses")):
        if column.share(is_one) > 0.5:
            return f"its values are {what}, not words"
    if column.share(lambda text: plain(text) in _FLAGS) > 0.5:
        return "its values say yes or no"
    return "its values are dates" if date_formats.find(column.values).readable > 0.5 else ""


_PROPOSED = tuple(one for one in SEPARATORS if one != ";")
"""Separators that are looked for. Semicolons always separate."""


def find_separators(values: Sequence[str], known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return what separates the values in cells, whose parts must then all be known."""
    several = [value for value in values if not known(value)]
    present = [one for one in _PROPOSED if any(len(split_list(value, (one,))) > 1 for value in several)]
    best: tuple[str, ...] = ()
    most = 0
    for chosen in ([], present, *([one] for one in present)):
        number = sum(all(map(known, split_list(value, tuple(chosen)))) for value in several)
        if number > most and chosen:
            best, most = tuple(chosen), number
        most = max(most, number)
    return best


def find_name_separators(values: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return what separates the names in cells, and the first sign that does not, although it is in some cells.

    Names can contain any of the signs ("Smith & Sons"). A sign separates names if, in most cells that have it, every
    part occurs again in another cell, and one of the parts as a whole cell.
    """
    distinct = [value for value in dict.fromkeys(values) if "://" not in value]
    separators, kept = [], ""
    for one in _PROPOSED:
        pieces = [parts for value in distinct if len(parts := split_list(value, (one,))) > 1]
        if not pieces:
            continue
        times = Counter(part for parts in pieces for part in set(parts))
        wholes = {value for value in distinct if len(split_list(value, (one,))) == 1}
        good = sum(
            any(part in wholes for part in parts) and all(part in wholes or times[part] > 1 for part in parts)
            for parts in pieces
        )
        if 2 * good > len(pieces):
            separators.append(one)
        else:
            kept = kept or one
    return tuple(separators), kept


_CHECKS: dict[str, Callable[[Column], Check]] = {
    "id": _check_id,
    "kind": _check_kind,
    "countries": _check_known(_is_country, "countries"),
    "nationalities": _check_nationality,
    "provinces": _check_province,
    "place.admin1": _check_division,
    "place.lat": _check_degrees(90),
    "place.lon": _check_degrees(180),
    "place.point": _check_point,
    "place.precision": _check_known(PRECISIONS.__contains__, "precisions"),
    "date.precision": _check_known(date_cells.PRECISIONS.__contains__, "precisions"),
    **dict.fromkeys(("date.year", "date.end_year"), _check_part_of_date(date_cells.year, "years")),
    **dict.fromkeys(("date.month", "date.end_month"), _check_part_of_date(date_cells.month, "months")),
    **dict.fromkeys(("date.day", "date.end_day"), _check_part_of_date(date_cells.day_of_month, "days")),
    "source.url": _check_source,
    "source.archived": _check_addresses,
    "source.outlet": _check_outlet,
    "metric": _check_metric,
    "sites": _check_sites,
}
