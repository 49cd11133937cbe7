"""The shipped timeline against the facts of its article, and the facts against the article itself.

`article_facts.json` says of every heading, number and name of the article what became of it. The seed is
always tested against those facts. The article is not in the repository: with SCAMCLI_ARTICLE=PATH the facts
are tested against it too, without it those tests are skipped. Nothing of scamcli is imported here.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import os
import re
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Record = dict[str, Any]

SEED_FILE = Path(__file__).parents[1] / "data" / "seed.jsonl"
FACTS_FILE = Path(__file__).parent / "golden" / "article_facts.json"
SEED_TEXT = SEED_FILE.read_bytes().decode("utf-8")
SEED: list[Record] = [json.loads(line) for line in SEED_TEXT.splitlines()]
FACTS: dict[str, Any] = json.loads(FACTS_FILE.read_text(encoding="utf-8"))


def of_type(kind: str) -> list[Record]:
    return [record for record in SEED if record["type"] == kind]


ACTORS = {record["name"]: record for record in of_type("actor")}
SITES = {record["name"]: record for record in of_type("site")}
EVENTS = {record["id"]: record for record in of_type("event")}
HEADINGS = ["Lead", "Caption", *sorted({f["heading"] for f in FACTS["headings"]} - {"Lead", "Caption"},
            key=lambda heading: datetime.strptime(heading, "%B %d, %Y"))]  # fmt: skip
EVENTS_OF = {h: [EVENTS[f["event"]] for f in FACTS["headings"] if f["heading"] == h] for h in HEADINGS}
HEADING_OF = {fact["event"]: fact["heading"] for fact in FACTS["headings"]}
FIGURES = {(e["id"], f["id"]): f for e in EVENTS.values() for f in e["figures"]}
COUNTED = [fact for fact in FACTS["numbers"] if "figure" in fact]
NAMED = [fact for fact in FACTS["names"] if "record" in fact]

KEYS = {
    "actor": "type name kind aliases positions member_of topics protected note",
    "site": "type name kind country province place lat lon precision aliases owners operators statuses note",
    "event": "type id date kind title summary status actors provinces places sites linked_sites countries"
    " nationalities tags figures sources links dataset note",
    "owners": "name stated_by outlet event note",
    "actors": "name role",
    "places": "name country admin1 province lat lon precision",
    "figures": "id metric unit stated low best high country province nationality group period count stated_by part_of"
    " split of note",
    "sources": "outlet title author url published passage archived accessed via",
    "links": "type event figure note",
    "split": "by complete",
}
VOCABULARY = {
    "actor": "person government police court embassy international ngo company media gang group",
    "site": "compound casino hotel zone",
    "event": "report statement denial rescue raid escape repatriation arrest court death crime listing"
    " meeting licence policy ranking closure warning",
    "role": "speaker author subject rescuer victim defendant target alleges denies alleged_perpetrator"
    " alleged_owner mentioned rejects acknowledges acts comments",
    "metric": "complaints requests reports cases premises rescues escapes repatriations victims suspects"
    " arrests detentions deaths people captives losses sentences articles members nationalities provinces"
    " change share",
    "count": "incident aggregate cumulative stock none",
    "precision": "point site town district province country",
    "split": "province nationality group",
}


# --- the form of the file


def test_seed_is_written_in_canonical_form() -> None:
    assert "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in SEED) == SEED_TEXT


def first_day(event: Record) -> str:
    return str(days(event["date"])[0])


def test_seed_is_in_order() -> None:
    ranks = ["metric", "actor", "site", "event"]
    keys = [(ranks.index(r["type"]), first_day(r) if "date" in r else r["name"], r.get("id", "")) for r in SEED]
    assert keys == sorted(set(keys))


def walk(kind: str, value: Any) -> Iterator[tuple[str, Record]]:
    """Every object in a record, each with the name that its keys stand under."""
    if isinstance(value, dict):
        yield kind, value
        for key, inner in value.items():
            yield from walk(key, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(kind, inner)


def test_every_key_is_there_in_its_order() -> None:
    objects = [found for record in SEED for found in walk(record["type"], record)]
    assert [(kind, " ".join(found)) for kind, found in objects] == [(kind, KEYS[kind]) for kind, _ in objects]


@pytest.mark.parametrize(
    ("words", "used"),
    [
        ("actor", {a["kind"] for a in ACTORS.values()}),
        ("site", {s["kind"] for s in SITES.values()}),
        ("event", {e["kind"] for e in EVENTS.values()}),
        ("role", {a["role"] for e in EVENTS.values() for a in e["actors"]}),
        ("metric", {f["metric"] for f in FIGURES.values()}),
        ("count", {f["count"] for f in FIGURES.values()}),
        ("split", {f["split"]["by"] for f in FIGURES.values() if f["split"]}),
        ("precision", {p["precision"] for e in EVENTS.values() for p in e["places"]}),
    ],
)
def test_words_are_of_the_vocabulary(words: str, used: set[str]) -> None:
    assert used <= set(VOCABULARY[words].split())


def test_ids_are_plain_and_unique() -> None:
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d(-[a-z0-9]+)+", event_id) for event_id in EVENTS)
    assert all(event_id.startswith(event["date"].strip("?~")) for event_id, event in EVENTS.items())
    assert len(EVENTS) == len(of_type("event"))
    assert len(FIGURES) == sum(len(event["figures"]) for event in EVENTS.values())


def test_a_lone_figure_has_its_metrics_name() -> None:
    lone = [event["figures"][0] for event in EVENTS.values() if len(event["figures"]) == 1]
    assert [figure["id"] for figure in lone] == [figure["metric"] for figure in lone]


def test_all_is_reviewed_nobody_is_protected_and_units_are_the_metrics_own() -> None:
    assert {event["status"] for event in EVENTS.values()} == {"reviewed"}
    assert not [name for name, actor in ACTORS.items() if actor["protected"] or actor["topics"]]
    assert {(f["metric"], f["unit"]) for f in FIGURES.values() if f["unit"]} == {("losses", "USD")}


# --- headings and numbers


def test_every_heading_has_its_events_and_there_are_no_others() -> None:
    facts = [(f["event"], f["date"], f["kind"], f["countries"]) for f in FACTS["headings"]]
    assert (len(facts), len(EVENTS_OF)) == (50, 43)  # 41 dated headings, the lead and the caption
    assert [(e["id"], e["date"], e["kind"], e["countries"]) for e in EVENTS.values()] == facts


@pytest.mark.parametrize("fact", COUNTED, ids=lambda fact: f"{fact['event']}-{fact['figure']}")
def test_every_number_that_counts_is_a_figure(fact: Record) -> None:
    figure = FIGURES[fact["event"], fact["figure"]]
    assert HEADING_OF[fact["event"]] == fact["heading"]
    same = ["metric", "stated", "stated_by", "province", "nationality", "group", "period", "count"]
    assert {key: figure[key] for key in same} == {key: fact[key] for key in same}
    assert [figure["low"], figure["best"], figure["high"]] == fact["bounds"]


def test_no_figure_is_invented() -> None:
    assert FIGURES.keys() == {(fact["event"], fact["figure"]) for fact in COUNTED}


def test_every_other_number_says_why_it_counts_nothing() -> None:
    assert all(fact["why_not"] for fact in FACTS["numbers"] if "figure" not in fact)
    assert all(fact["why_not"] for fact in FACTS["names"] if "record" not in fact)


def test_wholes_have_their_parts_and_no_others() -> None:
    splits = {(f["event"], f["whole"]): {"by": f["by"], "complete": None} for f in FACTS["families"]}
    assert {key: figure["split"] for key, figure in FIGURES.items() if figure["split"]} == splits
    parts = {(f["event"], part): f["whole"] for f in FACTS["families"] for part in f["parts"]}
    assert {key: figure["part_of"] for key, figure in FIGURES.items() if figure["part_of"]} == parts
    assert all(FIGURES[key]["period"] == FIGURES[key[0], whole]["period"] for key, whole in parts.items())


def test_shares_and_changes_name_their_figures() -> None:
    of = {(fact["event"], fact["figure"]): fact["of"] for fact in FACTS["of"]}
    assert {key: figure["of"] for key, figure in FIGURES.items() if figure["of"]} == of
    assert all((event, figure) in FIGURES for (event, _), figures in of.items() for figure in figures)


def days(part: str) -> tuple[date, date]:
    """The first and the last day of an EDTF day, month or year."""
    numbers = [int(number) for number in part.rstrip("~?%").split("-")]
    year, month, day = (*numbers, None, None)[:3]
    first = date(year or 0, month or 1, day or 1)
    last = date(first.year, month or 12, day or calendar.monthrange(first.year, month or 12)[1])
    return first, last


def test_periods_are_well_formed_and_over_on_the_events_day() -> None:
    for event, ends in [(key[0], f["period"].split("/")) for key, f in FIGURES.items() if f["period"]]:
        first, last = days(ends[0])[0], days(ends[-1])[1]
        assert len(ends) <= 2
        assert first <= last <= date.fromisoformat(EVENTS[event]["date"])


def test_an_incident_is_what_the_article_tells_of_that_event() -> None:
    """Everything else was summed up by somebody, over days that the article often does not give."""
    incidents = {key for key, figure in FIGURES.items() if figure["count"] == "incident"}
    assert incidents == {(fact["event"], fact["figure"]) for fact in FACTS["incidents"]}


def test_figures_of_all_trafficking_say_so() -> None:
    of_all = {(fact["event"], figure) for fact in FACTS["all_trafficking"] for figure in fact["figures"]}
    words = "in all forms, not only in scam compounds"
    assert {key for key, figure in FIGURES.items() if words in (figure["note"] or "")} == of_all


# --- names


def of_sites(event: Record, *keys: str) -> list[Record]:
    return [SITES[name] for key in keys or ("sites",) for name in event[key]]


SLOTS: dict[str, Callable[[Record], set[str]]] = {
    "actor": lambda e: {actor["name"] for actor in e["actors"]},
    "source": lambda e: {source["outlet"] for source in e["sources"] if source["via"]},
    "site": lambda e: set(e["sites"]),
    "linked_site": lambda e: set(e["linked_sites"]),
    "place": lambda e: {place["name"] for place in e["places"]},
    "province": lambda e: set(e["provinces"]),
    "country": lambda e: set(e["countries"]),
    "nationality": lambda e: set(e["nationalities"]),
    "owner": lambda e: {o["name"] for site in of_sites(e, "sites", "linked_sites") for o in site["owners"]},
}
PLACED = [fact for fact in NAMED if set(fact["as"]) <= set(SLOTS)]


def expected(slot: str, event: Record) -> set[str]:
    return {fact["record"] for fact in NAMED if slot in fact["as"] and event in placed(fact)}


def placed(fact: Record) -> list[Record]:
    """The events that a name is in: those of its headings, or some of them."""
    found = [event for heading in fact["headings"] for event in EVENTS_OF[heading]]
    return [event for event in found if event["id"] in fact.get("events", [event["id"]])]


@pytest.mark.parametrize("fact", PLACED, ids=lambda fact: str(fact["name"]))
def test_every_name_is_where_the_facts_say(fact: Record) -> None:
    wanted = [(event["id"], slot) for event in placed(fact) for slot in fact["as"]]
    assert wanted
    assert [(e, slot) for e, slot in wanted if fact["record"] not in SLOTS[slot](EVENTS[e])] == []


SAID_BY_THE_REVIEW = {"2023-02-12-vod-shutdown", "2023-04-12-xing-tian-di-kidnapping"}
"""What CamboJA counts or alleges in its own words, in entries that do not name it."""


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_no_name_is_invented(event: Record) -> None:
    implied = {place["province"] for place in [*event["places"], *of_sites(event)]} - {None}
    reviewer = {"CamboJA"} if event["id"] in SAID_BY_THE_REVIEW else set()
    assert SLOTS["province"](event) == expected("province", event) | implied
    unnamed = implied - expected("province", event)
    assert not unnamed or "is outside knowledge" in (event["note"] or ""), unnamed
    assert SLOTS["actor"](event) == expected("actor", event) | reviewer
    for slot in ("source", "site", "linked_site", "place", "nationality"):
        assert SLOTS[slot](event) == expected(slot, event)


@pytest.mark.parametrize("fact", [f for f in NAMED if f not in PLACED], ids=lambda fact: str(fact["name"]))
def test_positions_and_aliases_are_on_record(fact: Record) -> None:
    actor = ACTORS[fact["record"]]
    assert all(any(actor["name"] in SLOTS["actor"](e) for e in EVENTS_OF[heading]) for heading in fact["headings"])
    assert any(fact["name"].lower() in text.lower() for text in actor["positions"] + actor["aliases"])


def used_names() -> set[str | None]:
    people = {a["name"] for e in EVENTS.values() for a in e["actors"]}
    outlets = {s[key] for e in EVENTS.values() for s in e["sources"] for key in ("outlet", "via")}
    owners = {o[key] for s in SITES.values() for o in s["owners"] for key in ("name", "stated_by", "outlet")}
    bodies = {body for actor in ACTORS.values() for body in actor["member_of"]}
    return people | outlets | owners | bodies | {f["stated_by"] for f in FIGURES.values()}


def test_every_name_used_has_a_record_and_every_record_is_used() -> None:
    assert used_names() - {None} == set(ACTORS)
    assert {site for e in EVENTS.values() for site in [*e["sites"], *e["linked_sites"]]} == set(SITES)
    assert {o["event"] for site in SITES.values() for o in site["owners"]} <= set(EVENTS)


def test_no_name_or_alias_means_two() -> None:
    for records in (ACTORS, SITES):
        names = Counter(name for r in records.values() for name in {r["name"], *r["aliases"]})
        assert [name for name, times in names.items() if times > 1] == []


def test_who_says_a_number_is_an_actor_of_its_event() -> None:
    said = {(event, figure["stated_by"]) for (event, _), figure in FIGURES.items() if figure["stated_by"]}
    assert [(event, name) for event, name in said if name not in SLOTS["actor"](EVENTS[event])] == []


def test_sar_kheng_is_in_six_events() -> None:
    days_of = [event["date"] for event in EVENTS.values() if "Sar Kheng" in SLOTS["actor"](event)]
    assert days_of == ["2022-08-26", "2022-09-19", "2022-12-31", "2023-03-23", "2023-04-26", "2023-05-18"]


# --- who accuses, who answers, and what a site or a nationality is to an event

STANCES = ("denies", "rejects", "acknowledges", "acts", "comments")
ACCUSED = ("alleged_perpetrator", "target", "defendant", "subject")


def with_role(event: Record, *roles: str) -> list[str]:
    return [actor["name"] for actor in event["actors"] if actor["role"] in roles]


def test_who_accuses_and_nobody_else_does() -> None:
    """A report is no allegation because it is a report: 21 March accuses nobody."""
    accusers = {event["id"]: with_role(event, "alleges") for event in EVENTS.values()}
    assert {id_: names for id_, names in accusers.items() if names} == {
        fact["event"]: fact["by"] for fact in FACTS["allegations"] if fact["by"]
    }
    assert "2023-03-21-falls-in-sihanoukville" not in {fact["event"] for fact in FACTS["allegations"]}


@pytest.mark.parametrize("fact", FACTS["allegations"], ids=lambda fact: str(fact["event"]))
def test_whom_and_what_an_allegation_is_against(fact: Record) -> None:
    event = EVENTS[fact["event"]]
    accused = with_role(event, *ACCUSED) if fact["by"] else []
    assert [*accused, *event["sites"]] == fact["against"]


def test_who_answers_with_which_stance() -> None:
    """What a court or the police do is an answer only where it answers somebody."""
    answering = {fact["event"] for fact in FACTS["answers"]}
    stances = {(e["id"], a["role"], a["name"]) for e in EVENTS.values() for a in e["actors"] if a["role"] in STANCES}
    found = {one for one in stances if one[1] != "acts" or one[0] in answering}
    found.discard(("2022-08-30-chen-baorong-sentenced", "acts", "Preah Sihanouk Provincial Court"))
    assert found == {(f["event"], f["stance"], name) for f in FACTS["answers"] for name in f["by"]}


def test_whom_an_answer_is_to() -> None:
    types = {"responds_to", "disputes"}
    links = {(e["id"], link["event"]) for e in EVENTS.values() for link in e["links"] if link["type"] in types}
    assert links == {(f["event"], f["to"]) for f in FACTS["answers"] if f["event"] != f["to"]}
    allegations = {fact["event"] for fact in FACTS["allegations"]}
    assert {fact["to"] for fact in FACTS["answers"]} <= allegations


def test_who_only_comes_after_or_stands_beside_an_allegation_does_not_answer_it() -> None:
    """The lead says "came after"; of the hotel on the same mountain the police chief of Kampot says nothing."""
    for event_id in ("2022-08-26-sar-kheng-acknowledges", "2022-09-29-interfaith-forum", "2023-02-07-bokor-complaints"):
        assert EVENTS[event_id]["links"] == []
        assert " not " in EVENTS[event_id]["note"]


def test_what_each_site_is_to_an_event() -> None:
    located = {(e["id"], site, "located_at") for e in EVENTS.values() for site in e["sites"]}
    linked = {(e["id"], site, "linked_to") for e in EVENTS.values() for site in e["linked_sites"]}
    assert located | linked == {(f["event"], f["site"], f["role"]) for f in FACTS["sites"]}


def test_the_body_whose_place_of_finding_is_unknown_has_no_province() -> None:
    found = EVENTS["2023-06-10-suitcase-death"]
    assert (found["provinces"], found["places"], found["sites"]) == ([], [], [])


def test_the_arrest_by_thai_police_was_not_made_where_the_gang_was_based() -> None:
    arrest = EVENTS["2023-06-14-koh-kong-gang-arrest"]
    assert (arrest["countries"], arrest["provinces"]) == (["TH"], [])


def test_nationalities_are_those_of_the_people_meant() -> None:
    found = {(e["id"], nationality) for e in EVENTS.values() for nationality in e["nationalities"]}
    assert found == {(f["event"], f["nationality"]) for f in FACTS["nationalities"]}


def test_owners_are_as_the_review_says_in_these_entries() -> None:
    found = [(s["name"], o["name"], o["event"]) for s in SITES.values() for o in s["owners"]]
    assert sorted(found) == sorted((f["site"], f["owner"], f["event"]) for f in FACTS["owners"])
    assert {(o["stated_by"], o["outlet"]) for s in SITES.values() for o in s["owners"]} == {(None, "CamboJA")}
    assert all(o["event"] in EVENTS for s in SITES.values() for o in s["owners"])


# --- sources and links


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_the_review_is_the_first_source_and_what_it_cites_is_via_it(event: Record) -> None:
    review, *cited = event["sources"]
    passage = (review["outlet"], review["author"], review["published"], review["passage"])
    assert passage == ("CamboJA", "Eung Sea", "2023-06-16", HEADING_OF[event["id"]])
    assert review["title"].startswith("Year in Review")
    assert review["url"].startswith("https://cambojanews.com/year-in-review-")
    assert [source["via"] for source in cited] == ["CamboJA"] * len(cited)
    assert not any(source[key] for source in cited for key in ("author", "url", "published", "passage"))
    outlets = [source for source in cited if not source["title"]]
    assert {ACTORS[source["outlet"]]["kind"] for source in [review, *outlets]} == {"media"}


def test_documents_are_those_that_the_article_names() -> None:
    found = {
        (e["id"], s["outlet"], s["title"]) for e in EVENTS.values() for s in e["sources"] if s["via"] and s["title"]
    }
    assert found == {(f["event"], f["outlet"], f["title"]) for f in FACTS["documents"]}


def test_an_outlet_that_reports_is_an_actor_of_the_event() -> None:
    cited = [(e, s["outlet"]) for e in EVENTS.values() for s in e["sources"] if s["via"] and not s["title"]]
    assert [(e["id"], name) for e, name in cited if not with_role(e, "author", "alleges")] == []
    assert [(e["id"], name) for e, name in cited if name not in SLOTS["actor"](e)] == []


def test_links_are_those_that_the_text_makes() -> None:
    links = [(event["id"], link) for event in EVENTS.values() for link in event["links"]]
    assert [{"event": e, "type": link["type"], "to": link["event"]} for e, link in links] == FACTS["links"]


# --- the facts against the article itself

HEADING = re.compile(rf"^(?:{'|'.join(calendar.month_name[1:])}) \d{{1,2}}, \d{{4}}$", re.MULTILINE)
WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety half twice double"
).replace(" ", "|")
GREAT = "dozens?|hundreds?|thousands?|millions?|billions?"
NUMBER = re.compile(rf"\d+(?:,\d+)*(?:\.\d+)?(?: (?:{GREAT}))?|\b(?:{WORDS}|{GREAT})\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def article() -> bytes:
    """The article, where SCAMCLI_ARTICLE says that it is."""
    path = os.environ.get("SCAMCLI_ARTICLE")
    if not path:
        pytest.skip("SCAMCLI_ARTICLE does not name the article, which is not in the repository")
    return Path(path).read_bytes()


@pytest.fixture(scope="module")
def entries(article: bytes) -> dict[str, str]:
    """The text of the lead, the caption and each dated entry, without link marks, by its heading."""
    text = re.split(r"(?m)^[\d,]+ views$", article.decode("utf-8"))[0]
    ends = [*(m.start() for m in HEADING.finditer(text)), len(text)]
    bodies = dict(text[start:end].split("\n", 1) for start, end in pairwise(ends))
    lead = text[text.index("After initially") : text.index("LATEST NEWS")]
    caption = text[text.index("A photo posted") :].split("\n", 1)[0]
    parts = {"Lead": lead, "Caption": caption, **bodies}
    return {heading: re.sub(r"\(#\)|[\[\]*\\]", "", body) for heading, body in parts.items()}


@pytest.fixture(scope="module")
def victim(entries: dict[str, str]) -> str:
    """The victim's name, read from the article and written nowhere."""
    found = re.search(r"\bnamed (\w+)", entries["April 12, 2023"])
    assert found
    return found[1]


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))


def whole(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def test_the_article_is_the_one_that_the_facts_are_of(article: bytes) -> None:
    assert hashlib.sha256(article).hexdigest() == FACTS["sha256"]


def test_the_headings_are_those_of_the_article(entries: dict[str, str]) -> None:
    assert list(entries) == HEADINGS


@pytest.mark.parametrize(
    "section",
    ["allegations", "answers", "sites", "owners", "nationalities", "documents", "incidents", "all_trafficking"],
)
def test_the_words_beside_each_fact_stand_in_its_entry(entries: dict[str, str], section: str) -> None:
    facts = [(fact["event"], " ".join(words(fact["words"]))) for fact in FACTS[section]]
    texts = {heading: " ".join(words(body)) for heading, body in entries.items()}
    assert [(e, w) for e, w in facts if w not in texts[HEADING_OF[e]]] == []


def test_every_number_of_the_article_is_in_the_facts(entries: dict[str, str]) -> None:
    found = [
        (heading, order, match.group())
        for heading, body in entries.items()
        for order, match in enumerate(NUMBER.finditer(body), 1)
    ]
    assert found == [(fact["heading"], fact["order"], fact["number"]) for fact in FACTS["numbers"]]


def test_wordings_stand_in_the_article(entries: dict[str, str]) -> None:
    pieces = [(fact["heading"], piece) for fact in COUNTED for piece in fact["stated"].split(" … ")]
    assert [(h, p) for h, p in pieces if not re.search(whole(p), entries[h], re.IGNORECASE)] == []


def test_names_stand_under_their_headings(entries: dict[str, str]) -> None:
    pairs = [(heading, fact["name"]) for fact in FACTS["names"] for heading in fact["headings"]]
    assert [(h, n) for h, n in pairs if not re.search(whole(n), entries[h])] == []


def test_every_capitalised_word_is_a_name_in_the_facts_or_an_ordinary_word(
    entries: dict[str, str], victim: str
) -> None:
    names = sorted({fact["name"] for fact in FACTS["names"]}, key=len, reverse=True)
    known = re.compile("|".join([*(whole(name) for name in names), whole(victim)]))
    left = {w for body in entries.values() for w in re.findall(r"\b[A-Z]\w*", known.sub(" ", body))}
    assert left - set(FACTS["ordinary"]) == set()


def test_the_victim_is_named_nowhere(victim: str) -> None:
    files = [SEED_TEXT, FACTS_FILE.read_text(encoding="utf-8"), Path(__file__).read_text(encoding="utf-8")]
    assert not [text for text in files if re.search(whole(victim), text, re.IGNORECASE)]


@pytest.mark.parametrize("event_id", EVENTS)
def test_titles_and_summaries_copy_no_run_of_words(article: bytes, event_id: str) -> None:
    size = 7
    theirs = " ".join(words(article.decode("utf-8")))
    ours = [words(EVENTS[event_id][key] or "") for key in ("title", "summary", "note")]
    runs = [" ".join(text[i : i + size]) for text in ours for i in range(len(text) - size + 1)]
    assert [run for run in runs if f" {run} " in f" {theirs} "] == []
