"""Generate the tables of countries and their divisions below ``src/scamcli/language``.

Run this with ``make places``, which installs the packages that it reads (the extra ``places``), and review the
difference. The tables hold facts of ISO 3166: codes, names, kinds, and what lies in what.

- pycountry (LGPL-2.1, data of Debian's iso-codes): codes, names and kinds of countries and divisions, and parents.
- iso3166-2 (MIT): other names of divisions, and a point in each.
- babel (BSD, with data of Unicode's CLDR, Unicode-3.0): names of countries in their official languages, and in the
  languages of tables.

`ENGLISH` and `ALSO` below are the only facts that come from elsewhere: the names that English reports use.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pycountry
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from scamcli.language.countries import countries, country_key
from scamcli.language.scripts import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGE = Path(__file__).parents[1] / "src" / "scamcli" / "language"

ENGLISH = {
    "BG-22": "Sofia (stolitsa)", "LA-AT": "Attapeu", "LA-BK": "Bokeo", "LA-BL": "Bolikhamxay",
    "LA-CH": "Champasak", "LA-HO": "Houaphanh", "LA-KH": "Khammouane", "LA-LM": "Luang Namtha",
    "LA-LP": "Luang Prabang", "LA-OU": "Oudomxay", "LA-PH": "Phongsaly", "LA-SL": "Salavan",
    "LA-SV": "Savannakhet", "LA-VI": "Vientiane Province", "LA-VT": "Vientiane", "LA-XA": "Sainyabuli",
    "LA-XE": "Sekong", "LA-XI": "Xiangkhouang", "LA-XS": "Xaisomboun", "MM-18": "Naypyidaw", "MY-04": "Malacca",
    "MY-07": "Penang", "MY-14": "Kuala Lumpur", "MY-15": "Labuan", "MY-16": "Putrajaya",
    "PH-00": "Metro Manila", "PH-01": "Ilocos Region", "PH-05": "Bicol Region", "PH-11": "Davao Region",
    "PH-14": "Bangsamoro", "TH-10": "Bangkok", "TH-S": "Pattaya", "TL-DI": "Dili", "VN-CT": "Can Tho",
    "VN-DN": "Da Nang", "VN-HN": "Hanoi", "VN-HP": "Hai Phong", "VN-SG": "Ho Chi Minh City",
}  # fmt: skip
"""What English reports call a division, where ISO 3166-2 writes the local name. Records use these names."""

OF_TABLES = ("es", "fr", "pt", "de", "id", "vi", "th", "km", "my", "lo", "zh", "zh_Hant")
"""The languages besides English in which tables are read: those of ``column_names.toml``."""

NO_NAMES = {"Guiana"}
"""Names that mean other countries elsewhere: in Portuguese Guyana, and otherwise also French Guiana."""

SHORTEST = 4
"""Names in Latin letters that are shorter could be codes: "Nga" is Russia, and Nigeria."""

ALSO = {
    "LA-BK": ["博胶省"], "LA-KH": ["ຄຳມ່ວນ"], "LA-LP": ["Luangprabang"], "LA-OU": ["Oudomxai"],
    "LA-VT": ["Vientiane Capital", "Vientiane Prefecture"], "LA-XA": ["Xayaburi", "Xayabouly", "Sayaboury"],
    "LA-XI": ["Xieng Khouang"], "MM-02": ["Pegu"], "MM-11": ["克钦邦"], "MM-12": ["Karenni"],
    "MM-13": ["Karen", "克伦邦"], "MM-16": ["Arakan"], "MM-17": ["掸邦"], "MM-18": ["Nay Pyi Daw", "Naypyitaw"],
    "PH-00": ["NCR"], "PH-14": ["BARMM"], "TH-10": ["กรุงเทพ", "กรุงเทพฯ", "曼谷"], "TH-20": ["Chonburi"],
    "TH-27": ["Sa Kaew"], "TH-31": ["Buriram"], "TH-33": ["Sisaket"], "VN-26": ["Hue"], "VN-33": ["Dak Lak"],
    "VN-SG": ["HCMC", "Saigon"],
}  # fmt: skip
"""Spellings of press reports that the packages lack."""

WRONG = {"LA-KH": ["ຫົວພັນ"]}
"""Names that a package gives to the wrong division: this one is of Houaphanh."""

COUNTRY_ALSO = {
    "GY": ["Co-operative Republic of Guyana"], "HM": ["Heard and McDonald Islands"],
    "IT": ["Republic of Italy"], "RW": ["Republic of Rwanda"],
    "HK": ["Hong Kong SAR", "Hong Kong SAR China", "China, Hong Kong Special Administrative Region"],
    "MO": ["Macao SAR China", "China, Macao Special Administrative Region", "Macau SAR", "Macao SAR"],
    "MM": ["Myanmar (Burma)", "Republic of the Union of Myanmar"], "NL": ["Kingdom of the Netherlands"],
    "SJ": ["Svalbard and Jan Mayen Islands"], "TF": ["French Southern and Antarctic Lands"],
    "UM": ["U.S. Outlying Islands"], "VI": ["United States Virgin Islands"],
    "WF": ["Wallis and Futuna Islands"], "SZ": ["Kingdom of Swaziland"], "LY": ["State of Libya"],
    "TR": ["Republic of Turkey"], "MK": ["Former Yugoslav Republic of Macedonia"],
    "GS": ["South Georgia and South Sandwich Islands"], "VC": ["Saint Vincent and Grenadines"],
    "XK": ["Republic of Kosovo"],
}  # fmt: skip
"""Names of the United Nations (M49, UNTERM) and of CLDR that the packages lack."""

SUFFIXES = r" (Sheng|Shi|Zizhiqu|Zhuangzu Zizhiqu|Huizu Zizhiqu|Uygur Zizhiqu)$"
MOST_WORDS = 3
LIKE = 0.5


class Entry(NamedTuple):
    """A division as the packages give it."""

    code: str
    iso_name: str
    name: str
    kind: str
    parent: str
    point: tuple[float, float] | None
    others: list[str]
    foreign: list[str]


def main() -> None:
    """Write both tables."""
    (LANGUAGE / "country_names.txt").write_text(_countries(), encoding="utf-8")
    (LANGUAGE / "gazetteer" / "divisions.txt").write_text(_divisions(), encoding="utf-8")


def _countries() -> str:
    head = f"""\
# More names of the countries of ISO 3166-1 and Kosovo (XK). Generated by scripts/generate_places.py: do not edit.
# pycountry {version("pycountry")} (LGPL-2.1), babel {version("babel")} (BSD; CLDR, Unicode-3.0), and names of the
# United Nations. code | alpha-3 code | names that countries.txt lacks, separated by ;
"""
    known = {country.alpha_2: country for country in pycountry.countries}
    lines, elsewhere = [], _in_other_languages()
    for code, ours in countries().items():
        country = known.get(code)
        names = [getattr(country, key, None) for key in ("name", "official_name", "common_name")]
        names += [*COUNTRY_ALSO.get(code, []), *_local(code), *elsewhere[code]]
        has = {country_key(name) for name in ours.names}
        new = {country_key(name): name for name in reversed([name for name in names if name])}
        kept = [name for key, name in reversed(new.items()) if key not in has]
        lines.append(f"{code}|{country.alpha_3 if country else 'XKX'}|{';'.join(kept)}\n")
    return head + "".join(lines)


def _in_other_languages() -> dict[str, list[str]]:
    """Return the names of each country in the languages of tables.

    Those of two countries are left out, and so are those of a division elsewhere, such as Granada in Spain.
    """
    divisions = defaultdict(set)
    for code in _more():
        entry = _entry(code)
        for name in (entry.name, *entry.others, *entry.foreign):
            divisions[country_key(name)].add(code[:2])
    named: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for code, name in _translated():
        named[country_key(name)][code].add(name)
    found: dict[str, list[str]] = {code: [] for code in countries()}
    for key, codes in named.items():
        if len(codes) == 1 and divisions[key] <= codes.keys():
            ((code, names),) = codes.items()
            found[code].append(min(names))
    return {code: sorted(names) for code, names in found.items()}


def _translated() -> Iterator[tuple[str, str]]:
    """Yield the code of each country with each of its names in the languages of tables, and with our own."""
    for code, ours in countries().items():
        yield from ((code, name) for name in ours.names)
        for language in OF_TABLES:
            name = Locale.parse(language).territories.get(code, "")
            is_code = name.isascii() and len(name) < SHORTEST
            if name not in NO_NAMES and not is_code and ";" not in name and "|" not in name:
                yield code, name


def _local(code: str) -> list[str]:
    """Return the names of a country in its official languages."""
    found = []
    for language in get_official_languages(code, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        found += [name] if name else []
    return [name for name in found if ";" not in name and "|" not in name]


def _divisions() -> str:
    head = f"""\
# The divisions of ISO 3166-2. Generated by scripts/generate_places.py: do not edit.
# Codes, names, kinds and parents: pycountry {version("pycountry")} (LGPL-2.1). Points and other names:
# iso3166-2 {version("iso3166-2")} (MIT), a point inside the division and no centroid of its area.
# code | name | kind | code of the division in which it lies | latitude | longitude
# | other names of the standard and of press reports | names in other languages, both separated by ;
"""
    entries = _named_apart([_entry(code) for code in sorted(_more())])
    return head + "".join(map(_line, entries))


def _line(entry: Entry) -> str:
    seen = {_key(entry.name): ""}
    lists = [
        ";".join(seen.setdefault(_key(name), name) for name in names if _key(name) not in seen)
        for names in (entry.others, entry.foreign)
    ]
    lat, lon = (f"{degrees:.4f}" for degrees in entry.point) if entry.point else ("", "")
    cells = (entry.code, entry.name, entry.kind.lower(), entry.parent, lat, lon, *lists)
    assert not any("|" in cell for cell in cells)
    return "|".join(cells) + "\n"


def _more() -> dict[str, dict[str, object]]:
    """Return what iso3166-2 says about each division, by code."""
    data = json.loads(files("iso3166_2").joinpath("iso3166-2.json").read_text(encoding="utf-8"))
    return {code: more for divisions in data.values() for code, more in divisions.items()}


def _entry(code: str) -> Entry:
    division, more = pycountry.subdivisions.get(code=code), MORE[code]
    bare = re.sub(r"\s*[\[(†].*$", "", division.name)
    bare = re.sub(SUFFIXES, "", bare) if code.startswith("CN-") else bare
    others = [bare, *_inverted(bare), division.name.replace(" †", ""), *_in_brackets(division.name), str(more["name"])]
    point = more["latLng"]
    return Entry(
        code, division.name, ENGLISH.get(code, bare), division.type, division.parent_code or "",
        (point[0], point[1]) if isinstance(point, list) and point else None,
        [name for name in [*others, *ALSO.get(code, [])] if name],
        [name for name in _others(code, bare) if ";" not in name],
    )  # fmt: skip


def _inverted(name: str) -> list[str]:
    """Return both forms of a name such as ``Bristol, City of``; other commas are part of the name."""
    found = re.fullmatch(r"([^,]+), ([^,]+)", name)
    return [found[1], f"{found[2]} {found[1]}"] if found and " and " not in name else []


def _in_brackets(name: str) -> list[str]:
    inside = re.findall(r"[\[(]([^\])]*)[\])]", name)
    bare = (re.sub(r"\s*\b[A-Z]{2}-\w+$", "", text) for text in inside)
    return [text for text in bare if text not in {"EH", "EH-partial", "city"} and len(text) > 2]


def _others(code: str, name: str) -> list[str]:
    """Return the other names of a division: in each language the first, and romanisations that are like its name."""
    found = re.findall(r"(?:^|, )'?(.+?)'? \((\w+)\)(?=,|$)", str(MORE[code]["localOtherName"] or ""))
    first: dict[str, str] = {}
    names = []
    for text, language in ((text.strip("\u200e' "), language) for text, language in found):
        if re.search("[A-Za-z]", text):
            names += [text] if _is_like(text, name) else []
        elif first.setdefault(language, text) == text:
            names.append(text)
    return [text for text in names if text not in WRONG.get(code, [])]


def _is_like(text: str, name: str) -> bool:
    """Say whether a text is another spelling of a name, and not a nickname such as "The Rice Bowl State"."""
    words = plain(text).split()
    if len(words) > MOST_WORDS or "of" in words or not all(word[:1].isupper() for word in text.split()):
        return False
    likeness = SequenceMatcher(None, plain(text), plain(name), autojunk=False).ratio()
    return likeness >= LIKE or not set(words).isdisjoint(plain(name).split())


def _named_apart(entries: list[Entry]) -> list[Entry]:
    """Add the kind to a name that another division of the country has as well, unless that one lies in this one."""
    same: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        same[entry.code[:2], _key(entry.name)].append(entry)
    return [_named(entry, same[entry.code[:2], _key(entry.name)]) for entry in entries]


def _named(entry: Entry, same: list[Entry]) -> Entry:
    if len(same) == 1 or all(other.parent == entry.code for other in same if other is not entry):
        return entry
    return entry._replace(name=f"{entry.name} ({entry.kind})")


def _key(name: str) -> str:
    return plain(unicodedata.normalize("NFC", name)).replace(" ", "")


MORE = _more()

if __name__ == "__main__":
    main()
