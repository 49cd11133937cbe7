"""Parse numbers, coordinates and countries in the forms that people use. `date_cells` parses dates.

The meaning of an ambiguous text is never guessed. Every function raises `UnreadableError` for a text that it cannot
read.
"""

from __future__ import annotations

import re
from contextlib import suppress
from difflib import get_close_matches
from functools import cache, lru_cache
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scamcli.exchange.importers import ABSENT, DecimalText
from scamcli.language import gazetteer, names
from scamcli.language.countries import countries, demonym, is_demonym, resolve_country
from scamcli.language.scripts import digits, plain
from scamcli.language.vocabulary import METRICS
from scamcli.language.wording.bounds import render_number
from scamcli.records.limits import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?"
_POINTED = r"[-+]?[1-9]\d{0,2}(?:\.\d{3}){2,}"
_EITHER = r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![.,]?\d|[eE][-+]?\d)"
_COMMA = r"(?<![\d.,])\d+,\d{1,2}(?![.,]?\d)"

_SEPARATOR = r"\s*[;\n]\s*"

_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[\da-f]{2,5}|amp|quot|apos|lt|gt|nbsp);", re.IGNORECASE)
"""A character reference in HTML, whose semicolon is not a separator: ``People&#039;s Republic``."""

_OTHER_NAMES = {
    "macedonia fyr": "MK", "kingdom of eswatini": "SZ", "virgin islands u s": "VI", "bailiwick of guernsey": "GG",
    "bailiwick of jersey": "JE", "surinam": "SR", "rumania": "RO", "kyrgyz republic": "KG", "korea north": "KP",
    "korea south": "KR", "sudan south": "SS", "republic of congo": "CG",
    "lao p d r": "LA", "p r c": "CN", "p r china": "CN", "d p r k": "KP", "u a e": "AE",
}  # fmt: skip
"""Further names of countries in data sets, in the form that `plain` returns."""

_KIND_OF_STATE = re.compile(
    r"(republica|republique|reino|royaume|estado|federacion)"
    r"( (bolivariana|cooperativa|federal|federativa|islamica|oriental|plurinacional|popular|socialista|unida))?"
    r" (de |del |du |do |da |d )(el |la |los |las |l )?"
)
"""The beginning of the official name of a country in Romance languages, in the form that `plain` returns."""

_SEVERAL = frozenset({"congo", "korea", "sudan", "guinea", "ireland", "china", "samoa", "macedonia", "virgin islands"})
"""Names whose country depends on the text in brackets after them: Congo (Kinshasa)."""


_NO_CODES = frozenset({"na", "no"})
"""Words that are codes of countries only in capitals."""

_LONGEST_CODE = 3

_NO_COUNTRIES = frozenset({
    "international waters", "international water", "high seas", "the high seas", "high sea", "open sea", "at sea",
    "aguas internacionales", "alta mar", "altamar", "eaux internationales", "haute mer", "aguas internacionais",
    "unknown", "unknown country", "not known", "not stated", "none", "various", "several", "multiple", "other",
    "desconocido", "inconnu", "desconhecido", "sea", "others", "online", "internet", "cross border",
})  # fmt: skip
"""What tables have in place of a country, in the form that `plain` returns."""

_NO_NATIONALITIES = frozenset({
    "mixed", "mixed nationalities", "various", "various nationalities", "other", "others", "other nationalities",
    "several", "multiple", "many", "different", "foreign", "foreigner", "foreigners", "foreign nationals",
    "unidentified", "undisclosed", "undetermined", "tbc", "tbd",
})  # fmt: skip
"""What tables have in place of a nationality, in the form that `plain` returns."""

_MISSPELT, _SHORTEST_MISSPELT = 0.87, 6
"""How similar a word must be to a demonym to be one that is misspelt, and how long. Karen is not a misspelt Korean."""

_LONGEST_MISSPELT = 60
"""The longest text that can be the name of a misspelt province, in characters."""

LONGEST_KEY = 80
"""The longest id that is made from the columns of a row, in characters."""


class UnreadableError(ValueError):
    """Raised for a cell that does not fit its column. The text says what was expected."""


class NamesNothingError(UnreadableError):
    """Raised for a cell that stands for nothing, such as "international waters" for a country. The text says so."""


@lru_cache(maxsize=4096, typed=True)
def number(text: str) -> int | float:
    """Parse a number: ``12``, ``1,234``, ``1.234.567``, ``2.5``, ``1e0``."""
    if not isinstance(text, DecimalText):
        require_unambiguous(text)
    return _number(text)


def require_unambiguous(text: str) -> None:
    """Require that no number in a text is ambiguous, as ``2.000`` is, in which the point may separate thousands."""
    plain_digits = digits(text)
    if found := re.search(_EITHER, plain_digits):
        readings = f"{found[0].replace('.', '')} or {render_number(float(found[0])).removesuffix('.0')}"
        raise UnreadableError(f"{readings} (three digits after a point can be thousands or decimals)")
    if found := re.search(_COMMA, plain_digits):
        raise UnreadableError(f"{found[0].replace(',', '.')} (with a decimal point)")


def wording(number: DecimalText) -> str:
    """Return a number of a workbook as a wording whose point can only be a decimal point."""
    return f"{number}0" if re.search(_EITHER, number) else str(number)


def _number(text: str) -> int | float:
    bare = text.strip()
    if not bare.isascii():
        bare = digits(bare).replace("\u2212", "-").replace("\u00a0", "").replace("\u202f", "")
    if bare.count(".") > 1 and re.fullmatch(_POINTED, bare):
        bare = bare.replace(".", "")
    if not re.fullmatch(_NUMBER, bare):
        raise UnreadableError("a number such as 12 or 1,234")
    value = float(bare.replace(",", ""))
    if abs(value) > 2**53:
        raise UnreadableError("a number up to 2^53")
    return int(value) if value.is_integer() else value


def degrees(text: str, most: int) -> float:
    """Parse a coordinate in decimal degrees (WGS 84), at most 90 for a latitude and 180 for a longitude."""
    expected = f"decimal degrees from -{most} to {most}, such as 10.6093"
    text = text.strip(" ,;\u00a0")  # what is left of "31.9, -110.9" in two columns
    try:
        value = _number(text)
    except UnreadableError:
        raise UnreadableError(expected) from None
    if "," in text or abs(value) > most:
        raise UnreadableError(expected)
    return value


def point(text: str) -> tuple[float, float]:
    """Parse a latitude and a longitude in one cell: ``10.6093, 103.5296``, or WKT (longitude first)."""
    if re.fullmatch(r"(?i)point( z| m| zm)? empty", text.strip()):
        raise NamesNothingError("is an empty point")
    if wkt := re.fullmatch(
        r"(?i:point(?: z| m| zm)?) ?\((-?\d{1,3}(?:\.\d+)?) (-?\d{1,3}(?:\.\d+)?)(?: -?\d+(?:\.\d+)?){0,2}\)",
        text.strip(),
    ):
        text = f"{wkt[2]}, {wkt[1]}"
    found = re.fullmatch(
        r"[(\[]?\s*(-?\d{1,3}(?:\.\d+)?)°?\s*[,;/| ]\s*(-?\d{1,3}(?:\.\d+)?)°?\s*[)\]]?", digits(text).strip()
    )
    if found is None:  # forms for mobile phones add the altitude and the accuracy
        found = re.fullmatch(r"(-?\d{1,3}\.\d+) (-?\d{1,3}\.\d+) -?\d+(?:\.\d+)? \d+(?:\.\d+)?", text.strip())
    lat, lon = (float(found[1]), float(found[2])) if found else (91.0, 181.0)
    if abs(lat) > 90 or abs(lon) > 180:
        raise UnreadableError("latitude and longitude in decimal degrees, such as 10.6093, 103.5296")
    return lat, lon


def without_count(text: str) -> str:
    """Return a nationality without the number of its people: Chinese for ``Chinese (12)`` and ``12 Chinese``."""
    return re.sub(r"\s*\(\d[\d,.]*\)$|\s*[:=x×]\s*\d+$|^\d+\s*[x×]?\s+(?=\w)", "", text.strip())


@lru_cache(maxsize=4096)
def nationality(text: str) -> str:
    """Return the demonym for a country's name or code, or for several of its people; any other word as it is.

    A number beside it, as in "Chinese (12)", is that of its people. A misspelt demonym would be a nationality of its
    own, so it is refused, like "mixed" and "other".
    """
    text = without_count(text)
    found = demonym(text)
    if found != text or is_demonym(text):
        return found
    is_code = len(text) > _LONGEST_CODE or text.isupper() or not text.isascii()
    with suppress(UnreadableError):
        return (countries()[country(text)].demonym if is_code else "") or text
    words = {plain(word) for word in re.split(r"/| or ", text)}
    if words & _NO_NATIONALITIES and words <= _NO_NATIONALITIES | _NO_COUNTRIES:  # mixed, Mixed/Unknown
        raise UnreadableError("a nationality")
    if similar := _similar_demonym(text):
        raise UnreadableError(f"a known nationality (perhaps {similar})")
    return text


@lru_cache(maxsize=4096)
def _similar_demonym(text: str) -> str:
    known = {one.demonym.casefold(): one.demonym for one in countries().values() if one.demonym}
    near = get_close_matches(text.casefold(), known, 1, _MISSPELT) if len(text) >= _SHORTEST_MISSPELT else []
    return known[near[0]] if near else ""


@lru_cache(maxsize=4096)
def metric(text: str) -> str:
    """Return the metric that a text names: by its own name, or by a name of columns for its counts."""
    if text in METRICS:
        return text
    from scamcli.exchange.importers.mapped import header_words

    found = {
        one.field.removeprefix("figure.") for one in header_words.meanings(text) if one.field.startswith("figure.")
    }
    if len(found) != 1 or not found <= METRICS.keys():
        raise UnreadableError("a metric, such as rescues; `values` in a mapping file can say what a code means")
    return found.pop()


def closed_word(text: str, words: Sequence[str]) -> str:
    """Return a word of a closed list, in any case."""
    found = text.strip().casefold()
    if found not in words:
        similar = names.suggest(text, words) or words
        raise UnreadableError(f"{', '.join(similar)}; `values` in a mapping file can say what a code means")
    return found


def strip_fraction(text: str) -> str:
    """Return a whole number without the fraction that some programs write: ``412700.0`` is ``412700``.

    Three zeros stay, because ``412.000`` may mean 412 thousand.
    """
    if not text.endswith("0") or "." not in text or re.search(_EITHER, text):
        return text
    return re.sub(r"\.0+$", "", text) if re.fullmatch(r"-?\d+\.0+", text) else text


def province(text: str, *, suggests: bool = True) -> str:
    """Return a text that names a province, several of them, or a Cambodian town, as it is.

    Args:
        text: the cell.
        suggests: whether the error suggests similar names, which takes milliseconds to find.
    """
    if gazetteer.resolve(text) is None and not gazetteer.candidates(text):
        is_short = len(text) <= _LONGEST_MISSPELT
        similar = ", ".join(gazetteer.suggest_provinces(text)) if suggests and is_short else ""
        raise UnreadableError(similar or "a province, such as Kandal, KH-8 or Kayin, MM")
    return text


@lru_cache(maxsize=4096)
def country(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country, given its code or a name, with or without brackets."""
    is_word = plain(text) in _NO_CODES and not text.isupper()
    code = None if is_word or len(text) > LONGEST_NAME else resolve_country(text) or _known_country(text)
    if code is not None:
        return code
    if plain(text) in _NO_COUNTRIES:
        raise NamesNothingError("names no country")
    raise UnreadableError("a country by its name, or its code")


def _known_country(text: str) -> str | None:
    """Return the code of a country by a name of data sets, in whose brackets there may be more about it."""
    bare, known = text.strip(), _countries()
    for name in (plain(bare), plain(bare).removeprefix("the ")):
        if name in known:
            return known[name]
    if (short := re.sub("^(ประเทศ|ປະເທດ|ប្រទេស)", "", bare)) != bare and (code := resolve_country(short)):
        return code
    if (short := re.sub(_KIND_OF_STATE, "", plain(bare))) not in _SEVERAL and (code := resolve_country(short)):
        return code
    outside = plain(re.sub(r"\([^()]*\)", " ", bare))
    if outside not in _SEVERAL and (code := known.get(outside) or resolve_country(outside)):
        return code
    return None


@cache
def _countries() -> dict[str, str]:
    found = {plain(name): one.code for one in countries().values() for name in one.names}
    return _OTHER_NAMES | found


def event_id(prefix: str, value: str) -> str:
    """Return the id of an event from the id of its row. Characters that are not allowed in ids become dashes."""
    value = strip_fraction(value)
    return re.sub(r"[^\w.\-]+", "-", f"{prefix}-{value}" if prefix else value).strip("-.")


def shorten(key: str) -> str:
    """Return a key that is short enough for an id: the end of a long one is replaced by a checksum of all of it."""
    return key if len(key) <= LONGEST_KEY else f"{key[:LONGEST_KEY]}-{sha256(key.encode()).hexdigest()[:8]}"


def row_id(text: str) -> str:
    """Return the id of a row, which has a letter or a digit."""
    if not re.search(r"\w", text):
        raise UnreadableError("an id with a letter or a digit")
    return text


def split_list(text: str, separators: tuple[str, ...] = ()) -> list[str]:
    """Return the values in a cell, which are separated by ``;``, by line breaks, or by the given separators."""
    if not separators and ";" not in text and "\n" not in text:
        return [text]
    text = _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text
    return [piece for piece in re.split(_separator(separators), text.strip()) if piece]


@cache
def _separator(separators: tuple[str, ...]) -> str:
    if not separators:
        return _SEPARATOR
    signs = "".join(re.escape(one) for one in (";", "\n", *separators) if len(one) == 1)
    word = r"|\s+and\s+" if "and" in separators else ""
    after_sign = r"(?:and\s+)?" if word else ""  # the comma and the word in "a, b, and c"
    return rf"\s*[{signs}]\s*{after_sign}{word}"


def outlet_and_address(text: str) -> dict[str, str]:
    """Return the outlet and the address in a text such as ``VOD https://…``, ``VOD (https://…)`` or ``[VOD](https://…)``."""
    if text == ABSENT:
        return {}
    if "://" not in text:
        return {"outlet": text}
    if is_address(text):
        return {"url": text}
    found = re.fullmatch(r"\[?(?P<outlet>[^\[\]]*?[^\s\[\](:,–—-])\]?[\s(:,–—-]+(?P<url>https?://[^\s)]+)\)?", text)
    return {"outlet": text} if found is None else found.groupdict()


def labelled_addresses(text: str) -> list[tuple[str, str]]:
    """Return the addresses in a cell, each with its label. Only a single one can have a label: ``A report|https://…``."""
    found = re.fullmatch(r"([^|]*[^|\s])\s*\|\s*(https?://[^\s|]+)", text.strip())
    if found is None or is_address(found[1]) or ABSENT in found[1]:
        return [("", url) for url in addresses(text.strip().removeprefix("|"))]
    return [(found[1], found[2])]


def addresses(text: str) -> list[str]:
    """Parse an address, or several that each begin with ``http://`` or ``https://``; `ABSENT` can stand for one."""
    bare = re.sub(
        r"(?i)^(see|source|link|url|via|at|on|from|cf\.?)\s*:?\s+(?=https?://)", "", text.strip().rstrip(",;|")
    )
    found = re.split(rf"[\s,;|]+(?=https?://|{ABSENT})", bare)
    are_addresses = all(one == ABSENT or is_address(one) for one in found)
    are_addresses = are_addresses or (len(found) == 1 and not re.search("[,;|]", found[0]))
    if not are_addresses or any(re.search(r"\s", one) for one in found):
        raise UnreadableError("an address, or several that each begin with https://; --map COLUMN=note keeps any text")
    return found


def is_address(text: str) -> bool:
    """Return whether a text begins like a web address."""
    return re.match(r"https?://", text) is not None


def host(url: str) -> str:
    """Return the host of an address, or an empty string."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")[:LONGEST_NAME]
    except ValueError:
        return ""


def why_fractions(values: Sequence[str]) -> str | None:
    """Return why numbers with a point count nobody, if many cells have them."""
    found = [text for text in values if re.fullmatch(r"\d+\.\d*[1-9]\d*", text)]
    if len(found) <= 0.2 * len(values):
        return None
    if all(re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text) for text in found):
        return f'"{found[0]}" can be thousands or a fraction; write thousands without the point, as 1234'
    return "its numbers have fractions, so they count nobody"
