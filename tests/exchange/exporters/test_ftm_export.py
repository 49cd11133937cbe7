"""FollowTheMoney: `ftm validate` accepts every value unchanged, and no entity says more than the record does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.exchange import ftm_vocabulary
from scamcli.exchange.exporters.as_ftm import entity_builder
from scamcli.exchange.exporters.dump import Losses
from scamcli.language import vocabulary
from tests.helpers.command_line import done, run
from tests.helpers.nasty_records import EVENT, take
from tests.helpers.validators import absent, need

Entity = dict[str, Any]

ALLEGED = {
    "alleged_perpetrator", "alleged_owner", "alleges", "denies", "rejects", "acknowledges", "comments", "speaker",
    "author", "mentioned",
}  # fmt: skip


def exported(*asked: str) -> list[Entity]:
    need("followthemoney")
    return [json.loads(line) for line in done("export", "ftm", *asked).out.splitlines()]


def values(entity: Entity, property_: str) -> list[str]:
    found: list[str] = entity["properties"].get(property_, [])
    return found


def of(schema: str, entities: list[Entity]) -> list[Entity]:
    return [entity for entity in entities if entity["schema"] == schema]


def validated(tmp_path: Path, text: str) -> list[Entity]:
    """What comes out of `ftm validate`."""
    program = Path(sys.executable).parent / "ftm"
    if not program.exists():
        absent("ftm")
    given, got = tmp_path / "given.json", tmp_path / "got.json"
    given.write_text(text, encoding="utf-8")
    ran = subprocess.run([program, "validate", "-i", given, "-o", got], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    return [json.loads(line) for line in got.read_text(encoding="utf-8").splitlines()]


EVERY: list[dict[str, Any]] = [
    {"type": "actor", "name": "No kind"},
    *({"type": "actor", "name": f"A {kind}", "kind": kind, "aliases": [f"The {kind}"]}
      for kind in vocabulary.ACTOR_KINDS),
    {"type": "actor", "name": "Member", "kind": "person", "positions": ["Clerk"],
     "member_of": ["A police", "A company", "No kind", "A person"]},
    *({"type": "site", "name": f"The {kind}", "kind": kind, "province": "Kandal", "place": "Koh Thom",
       "owners": [{"name": "Member", "stated_by": "A police", "outlet": "A media", "event": "role-victim", "note": "n"},
                  {"name": "No kind"}], "lat": 11.5, "lon": -104.25, "precision": "point",
       "operators": [{"name": "No kind"}, {"name": "A gang", "stated_by": "A police", "outlet": "A media",
                                           "event": "role-victim", "note": "n"}],
       "statuses": [{"status": status, "date": "2023-01", "stated_by": "A police", "outlet": "A media",
                     "event": "role-victim", "note": "n"} for status in vocabulary.SITE_STATUSES]}
      for kind in vocabulary.SITE_KINDS),
    EVENT | {"id": "all", "sites": [f"The {kind}" for kind in vocabulary.SITE_KINDS],
             "actors": [{"name": f"A {kind}", "role": "mentioned"} for kind in vocabulary.ACTOR_KINDS]},
    *(EVENT | {"id": f"kind-{kind}", "kind": kind} for kind in vocabulary.EVENT_KINDS),
    *(EVENT | {"id": f"role-{role}", "actors": [{"name": "Member", "role": role}, {"name": "A gang", "role": role}],
               "sources": [{"outlet": "A media", "url": "https://example.org/a?b=c", "published": "2023-01"}],
               "sites": ["The hotel"]} for role in vocabulary.ROLES),
    *(EVENT | {"id": f"link-{type_}", "date": "2023-02", "links": [{"type": type_, "event": "role-victim"}]}
      for type_ in vocabulary.LINK_TYPES),
]  # fmt: skip


def naming(*names: str) -> dict[str, Any]:
    """An event with these actors: without a filter, who is in no event is not exported."""
    return EVENT | {"id": "naming", "actors": [{"name": name} for name in names]}


@pytest.fixture
def every(empty_db: Path, tmp_path: Path) -> list[Entity]:
    """Every kind, role and type of link."""
    take(tmp_path, *EVERY)
    return exported()


def test_validate_drops_nothing(timeline: str, tmp_path: Path) -> None:
    given = exported()
    assert {entity["schema"] for entity in given} >= {"Event", "Article", "UnknownLink", "Documentation"}
    for before, after in zip(given, validated(tmp_path, done("export", "ftm").out), strict=True):
        assert after == before | {"referents": [], "datasets": []}


def test_validate_drops_nothing_of_every_kind_role_and_topic(empty_db: Path, tmp_path: Path) -> None:
    topics = sorted(need("followthemoney.types").registry.topic.codes)
    actor = {"type": "actor", "name": "All topics", "kind": "person", "topics": topics}
    take(tmp_path, *EVERY, actor, naming("All topics"))
    given = exported()
    assert validated(tmp_path, done("export", "ftm").out) == [one | {"referents": [], "datasets": []} for one in given]
    (found,) = [one for one in given if values(one, "name") == ["All topics"]]
    assert values(found, "topics") == topics


@pytest.mark.parametrize("what", ["seed", "nasty", "every"])
def test_every_entity_is_whole_and_what_it_refers_to_is_there(
    what: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """`ftm validate` checks neither required values, nor that references exist, nor the schema of their targets."""
    model = need("followthemoney").model
    if what != "seed":
        request.getfixturevalue(what if what == "every" else "nasty_db")
    entities = exported()
    schemata = {entity["id"]: model.get(entity["schema"]) for entity in entities}
    assert len(schemata) == len(entities), "an id is there twice"
    for entity in entities:
        schema = schemata[entity["id"]]
        schema.validate(entity)
        for name, texts in entity["properties"].items():
            assert texts
            assert len(set(texts)) == len(texts)
            if schema.get(name).range is not None:
                assert all(schemata[id_].is_a(schema.get(name).range) for id_ in texts), (schema, name)


SCHEMATA = [
    ("No kind", "LegalEntity"), ("A person", "Person"), ("A company", "Company"), ("A government", "PublicBody"),
    ("A police", "PublicBody"), ("A court", "PublicBody"), ("A embassy", "PublicBody"), ("A ngo", "Organization"),
    ("A international", "Organization"), ("A media", "Organization"), ("A gang", "Organization"),
    ("A group", "Organization"),
]  # fmt: skip


def test_each_kind_has_its_schema_and_no_topic(every: list[Entity]) -> None:
    found = {
        name: entity["schema"] for entity in every if entity["schema"] != "Mention" for name in values(entity, "name")
    }
    assert [(name, found[name]) for name, _ in SCHEMATA] == SCHEMATA
    assert [entity for entity in every if "topics" in entity["properties"]] == []


def test_topics_are_only_those_of_the_actor_that_the_schema_has(empty_db: Path, tmp_path: Path) -> None:
    take(
        tmp_path,
        {"type": "actor", "name": "P", "kind": "person", "topics": ["role.pep", "Crime", "scam compounds", "wanted"]},
        {"type": "actor", "name": "Daily", "kind": "media", "topics": ["crime", "crime.fraud"]},
        naming("P", "Daily"),
    )
    found = {
        values(one, "name")[0]: values(one, "topics")
        for one in exported()
        if one["schema"] in {"Person", "Organization"}
    }
    assert found == {"P": ["role.pep", "wanted"], "Daily": ["crime.fraud"]}
    told = done("export", "ftm").err
    assert "topics that FollowTheMoney does not have (2)" in told
    assert "topics that an outlet writes about (1)" in told, "an outlet that covers crime is no criminal"


def test_nobody_is_involved_for_being_named_for_speaking_or_by_an_allegation(every: list[Entity]) -> None:
    for event in of("Event", every):
        role = values(event, "recordId")[0].removeprefix("role-")
        if role in vocabulary.ROLES:
            assert len(values(event, "involved")) == (0 if role in ALLEGED else 2), role


def test_who_had_which_part_is_a_link_with_the_role_and_who_published_it(every: list[Entity]) -> None:
    events = {event["id"]: values(event, "recordId")[0] for event in of("Event", every)}
    met = Counter(
        (events[values(link, "object")[0]].removeprefix("role-"), *values(link, "role"), *values(link, "publisher"))
        for link in of("UnknownLink", every)
        if values(link, "object")[0] in events and values(link, "publisher")
    )
    assert met == Counter({(role, ftm_vocabulary.words(role), "A media"): 2 for role in vocabulary.ROLES})


def test_ownership_is_a_claim_with_who_says_so_and_the_article() -> None:
    entities = exported("--site", "Huang Le compound")
    articles = {article["id"]: values(article, "publisher") for article in of("Article", entities)}
    claims = {values(claim, "recordId")[0]: claim for claim in of("Ownership", entities)}
    assert claims.keys() == {"2023-03-08-bbc-documentary", "2023-04-18-kuong-li-rents-out"}
    own = claims["2023-04-18-kuong-li-rents-out"]
    assert values(own, "status") == ["claimed"]
    assert values(own, "publisher") == ["CamboJA"]
    assert values(own, "summary") == ["Kuong Li is said to own Huang Le compound: according to CamboJA"]
    assert {outlet for id_ in values(own, "proof") for outlet in articles[id_]} == {"CamboJA"}
    assert values(claims["2023-03-08-bbc-documentary"], "status") == ["claimed"]


DATES = [
    ("2022-09-19", {"date": ["2022-09-19"]}),
    ("2022-09", {"date": ["2022-09"]}),
    ("2022", {"date": ["2022"]}),
    ("2022-09~", {"date": ["2022-09"]}),
    ("2022-09-19/2022-09-22", {"startDate": ["2022-09-19"], "endDate": ["2022-09-22"]}),
    ("2022-09?/2022-10", {"startDate": ["2022-09"], "endDate": ["2022-10"]}),
    ("2022-08-18/..", {"startDate": ["2022-08-18"]}),
]


@pytest.mark.parametrize(("date", "expected"), DATES)
def test_dates(date: str, expected: dict[str, list[str]], empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"date": date})
    (event,) = exported()
    assert {key: value for key, value in event["properties"].items() if key.lower().endswith("date")} == expected
    doubt = any(mark in date for mark in "~?")
    assert ("~ ? % of event.date (1)" in done("export", "ftm").err) == doubt
    assert any(date in text for text in values(event, "description")) == doubt, "in words it is not sure"


def test_figures_stand_in_words_with_bounds_and_speaker_and_count_as_lost() -> None:
    (event,) = of("Event", exported("--nationality", "Vietnamese", "--kind", "rescue"))
    assert values(event, "description") == [
        "More than 1,000 Vietnamese citizens were rescued or freed, according to Vietnamese media"
    ]
    outcome = run("export", "ftm", "--nationality", "Vietnamese", "--kind", "rescue", "--strict")
    assert (outcome.code, outcome.out) == (2, "")
    assert "ftm cannot hold figures (1)" in outcome.err


def test_what_is_dropped_or_changed_is_told(nasty_db: Path) -> None:
    need("followthemoney")
    told = done("export", "ftm").err
    for what in (
        "sources.url that FollowTheMoney rejects (2)", "exact wording of event.title (7)", "tags given twice (1)",
        "links to events that are not exported (1)", "links.figure (1)", "records of metrics (1)",
        "positions of actors that are not persons", "topics that FollowTheMoney does not have (1)",
    ):  # fmt: skip
        assert (what in told) != (what.startswith("positions")), what


@pytest.fixture
def victim(empty_db: Path, tmp_path: Path) -> list[Entity]:
    take(
        tmp_path,
        {"type": "actor", "name": "Vanna Invented", "kind": "person", "protected": True, "aliases": ["The Cook"],
         "positions": ["cook of hotel nine"], "member_of": ["Kitchen Union"], "note": "born in Takhmao"},
        EVENT | {"actors": [{"name": "Vanna Invented", "role": "victim"}], "summary": "Vanna was freed"},
    )  # fmt: skip
    return exported()


def test_of_a_protected_actor_nothing_is_said_but_the_kind(victim: list[Entity]) -> None:
    (person,) = of("Person", victim)
    placeholder = values(person, "name")[0]
    assert placeholder.startswith("[protected-")
    assert person["properties"] == {"name": [placeholder], "keywords": ["protected"]}
    outcome = done("export", "ftm")
    for secret in ("Vanna", "Invented", "Cook", "cook", "Takhmao", "Kitchen"):
        assert secret not in outcome.out + outcome.err
    assert of("Membership", victim) == []
    assert "other details of protected actors (1)" in outcome.err
    (link,) = of("UnknownLink", victim)
    assert (values(link, "role"), values(link, "subject")) == (["victim"], [person["id"]])


PROPERTIES = ["name", "summary", "keywords", "location", "sourceUrl", "date", "country"]


@given(
    st.sampled_from(PROPERTIES), st.text(alphabet=st.sampled_from("., /;\t\n\"'<BR>:haé\u0301\u200b\u2028\x1b0128-"))
)
def test_what_is_written_is_not_cleaned_again(property_: str, text: str) -> None:
    need("followthemoney")
    losses = Losses()
    builder = entity_builder.EntityBuilder(losses)
    entity = builder.make("Event", "event", "e")
    builder.add(entity, property_, text, "it")
    for kept in entity.get(property_):
        assert entity.schema.properties[property_].type.clean(kept, proxy=entity) == kept
    assert bool(losses) == (bool(text) and entity.get(property_) != [text])
