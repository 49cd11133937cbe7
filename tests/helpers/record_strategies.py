# ruff: noqa: E501 - tables
"""Valid records of every shape, for properties: every key, and text that is as odd as text may be."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from scamcli.language import gazetteer
from scamcli.language.vocabulary import (  # fmt: skip
    ACTOR_KINDS,
    COUNTS,
    EVENT_KINDS,
    LINK_TYPES,
    METRICS,
    PRECISIONS,
    ROLES,
    SITE_KINDS,
    SITE_STATUSES,
    SPLITS,
    STATUSES,
)

Strategy = st.SearchStrategy[Any]

NASTY = (
    "ស ខេង", "ស\u200bខេង", "西港", "e\u0301t\u00e9", "\u202eabc\u202c", "\x1b[31m", "a\tb", "l\nm", "r\r\n", "\u2028", "\ufeff", "=1+1", "'", '"',
    "\\", "\x85", "\U0001f1f0\U0001f1ed", "AND", "NEAR(", "*", "ﬁ", "ß", "İ", "\u0e01\u0e33", "\u17d2\u178f", "\x7f", "x" * 500,
)  # fmt: skip
PROVINCES = tuple(province.name for province in gazetteer.provinces())
DATES = ("2023-01-02", "2023-01", "2023", "2023-01~", "2023-01-02?", "2022-12-30/2023-01-02", "2022-08-18/..", "0001-01-01", "9999-12-31",
         "2022~/2023", "1969-12-31", "2023-01%")  # fmt: skip
PERIODS = (*DATES, "../2023-01")

text = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    st.lists(st.sampled_from(NASTY), max_size=4).map(" ".join),
)
name = text.map(str.strip).filter(lambda one: 0 < len(one) <= 300)
maybe_text = st.none() | text
maybe_name = st.none() | name
number = st.none() | st.integers(-(2**53), 2**53) | st.floats(-1e6, 1e6, allow_nan=False)
coordinate = st.none() | st.integers(-90, 90) | st.floats(-90, 90)
slug = st.from_regex(r"[a-z0-9ខ][a-zខម0-9_.\-]{0,12}", fullmatch=True)


def few(strategy: Strategy, most: int = 3, key: Any = None) -> Strategy:
    return st.lists(strategy, max_size=most, unique_by=key) if key else st.lists(strategy, max_size=most)


def maybe(words: tuple[str, ...]) -> Strategy:
    return st.none() | st.sampled_from(words)


def figures(names: Strategy) -> Strategy:
    one = st.fixed_dictionaries(
        {"metric": st.sampled_from(tuple(METRICS)), "low": number, "best": number, "high": number},
        optional={
            "id": slug, "unit": maybe_name, "stated": st.none() | st.sampled_from(("289", "more than 40", "dozens")) | text,
            "country": maybe(("KH", "TH", "VN")), "province": maybe(PROVINCES), "nationality": maybe_name,
            "group": maybe_name, "period": maybe(PERIODS),
            "count": maybe(COUNTS), "stated_by": st.none() | names, "note": maybe_text,
            "split": st.none() | st.fixed_dictionaries({"by": st.sampled_from(SPLITS)}, optional={
                "complete": st.none() | st.booleans()}),
        },
    )  # fmt: skip
    return few(one, key=lambda figure: figure.get("id") or id(figure)).map(_says_something)


def _says_something(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for figure in map(_in_one_country, made):
        if not (figure.get("stated") or "").strip() and figure["low"] is figure["best"] is figure["high"] is None:
            figure["low"] = 1
    if len(made) > 1 and made[0].get("id"):
        made[1]["part_of"] = made[0]["id"]
        made[1]["of"] = [made[0]["id"]]
    return made


def _in_one_country(made: dict[str, Any]) -> dict[str, Any]:
    """Correct a country that would contradict the province, which is Cambodian."""
    if made.get("province") and made.get("country"):
        made["country"] = "KH"
    return made


def events(names: Strategy, sites: Strategy, ids: Strategy) -> Strategy:
    place = st.fixed_dictionaries({"name": name}, optional={
        "country": maybe(("KH", "TH", "VN")), "admin1": maybe_name, "province": maybe(PROVINCES), "lat": coordinate,
        "lon": coordinate, "precision": maybe(PRECISIONS)}).map(_in_one_country)  # fmt: skip
    source = st.fixed_dictionaries({"outlet": names}, optional={
        "title": maybe_text, "url": maybe_text, "published": maybe(PERIODS), "passage": maybe_text,
        "archived": maybe_text, "accessed": maybe(DATES), "via": st.none() | names})  # fmt: skip
    link = st.fixed_dictionaries({"type": st.sampled_from(LINK_TYPES), "event": ids}, optional={
        "figure": st.none() | slug, "note": maybe_text})  # fmt: skip
    person = st.fixed_dictionaries({"name": names}, optional={"role": st.sampled_from(ROLES)})
    return st.fixed_dictionaries(
        {"type": st.just("event"), "id": ids, "date": st.sampled_from(DATES), "kind": st.sampled_from(EVENT_KINDS),
         "title": text.filter(str.strip)},
        optional={
            "summary": maybe_text, "status": st.sampled_from(STATUSES), "actors": few(person), "note": maybe_text,
            "provinces": few(st.sampled_from(PROVINCES)), "places": few(place, 2), "sites": few(sites),
            "countries": few(st.sampled_from(("KH", "TH"))), "nationalities": few(name), "tags": few(name),
            "figures": figures(names), "sources": few(source), "links": few(link),
        },
    )  # fmt: skip


@st.composite
def timelines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A file of records: actors and sites that events name, among names that nobody explains."""
    known = draw(st.lists(name, max_size=4, unique=True))
    places = draw(st.lists(name, max_size=2, unique=True))
    ids = draw(st.lists(slug, min_size=1, max_size=4, unique=True))
    aliases = [one for one in draw(st.lists(name, max_size=2, unique=True)) if one not in known] if known else []
    names = st.sampled_from([*known, *aliases]) | name if known else name
    rows: list[dict[str, Any]] = [
        {"type": "actor", "name": one, "aliases": aliases if one == known[0] else [], **draw(st.fixed_dictionaries({}, optional={
            "kind": maybe(ACTOR_KINDS), "positions": few(name), "member_of": few(names, 2), "topics": few(name),
            "note": maybe_text}))}
        for one in known
    ]  # fmt: skip
    owner = st.fixed_dictionaries({"name": names}, optional={
        "stated_by": st.none() | names, "outlet": st.none() | names, "event": st.none() | st.sampled_from(ids),
        "note": maybe_text})  # fmt: skip
    status = st.fixed_dictionaries({"status": st.sampled_from(SITE_STATUSES)}, optional={
        "date": maybe(PERIODS), "stated_by": st.none() | names, "outlet": st.none() | names,
        "event": st.none() | st.sampled_from(ids), "note": maybe_text})  # fmt: skip
    rows += [
        {"type": "site", "name": one, **draw(st.fixed_dictionaries({}, optional={
            "kind": maybe(SITE_KINDS), "country": maybe(("KH", "TH", "VN")), "province": maybe(PROVINCES),
            "place": maybe_name, "lat": coordinate, "lon": coordinate, "precision": maybe(PRECISIONS),
            "owners": few(owner, 2), "operators": few(owner, 2), "statuses": few(status, 3),
            "note": maybe_text}).map(_in_one_country))}
        for one in places
    ]  # fmt: skip
    rows += [draw(events(names, st.sampled_from(places) | name if places else name, st.just(one))) for one in ids]
    return list(draw(st.permutations(rows)))
