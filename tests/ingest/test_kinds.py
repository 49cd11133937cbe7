"""The kind of event of an entry: what the rules say of its first sentence, and what other signs say against them."""

from __future__ import annotations

import tomllib
from importlib.util import find_spec

import pytest

from evaluation import training_kinds
from evaluation.cases import gold_cases
from scamcli.ingest.kinds import WEIGHTS, Evidence, classify, classify_by_rules
from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Known, Metadata, Reason
from tests.helpers.proposals_of import proposal, record

KINDS = [
    ("Police rescued 45 people from a compound in Kandal.", "rescue"),
    ("Forty-five workers were freed.", "rescue"),
    ("Police raided a casino in Bavet and freed 45 workers.", "raid"),
    ("A raid on a casino ended with 12 arrests.", "raid"),
    ("Police arrested 12 men in Poipet.", "arrest"),
    ("Twelve men arrested in Poipet in May were deported.", "deportation"),
    ("Forty Thais freed in Poipet last month were flown home.", "repatriation"),
    ("Twelve of the 40 Thais freed in Poipet were flown home.", "repatriation"),
    ("Forty men arrested in Poipet were taken to a police station.", "arrest"),
    ("Twelve men were detained in Poipet.", "arrest"),
    ("Forty workers escaped from a casino.", "escape"),
    ("Forty workers fled across the river.", "escape"),
    ("Indonesia repatriated 62 nationals.", "repatriation"),
    ("Cambodia deported 93 foreigners.", "deportation"),
    ("A court sentenced three men to ten years in prison.", "conviction"),
    ("Prosecutors charged seven people with trafficking.", "indictment"),
    ("A worker died after a fall.", "death"),
    ("The body of a man was found.", "death"),
    ("The ministry denied that anybody was held.", "denial"),
    ("The embassy warned its nationals of job offers.", "warning"),
    ("The government revoked the licence of a casino.", "licence"),
    ("The State Department downgraded Cambodia to Tier 3.", "ranking"),
    ("Ministers held a meeting on trafficking.", "meeting"),
    ("Parliament passed a law against online scams.", "policy"),
    ("Interior Minister Sok Invented said that complaints had fallen.", "statement"),
    ("The New York Times published an investigation into a compound.", "report"),
    ("A gang kidnapped a student in Sihanoukville.", "crime"),
    ("The authorities closed a casino.", "closure"),
    ("OFAC sanctioned nine targets.", "sanction"),
    ("OFAC designated nine entities and froze $12 million.", "sanction"),
    ("The Treasury announced sanctions against a tycoon.", "sanction"),
    ("A grand jury indicted a tycoon.", "indictment"),
    ("Prosecutors seized 15,000 bitcoin.", "seizure"),
    ("Singapore froze $150 million in assets.", "seizure"),
    ("Thailand extradited a casino owner to China.", "extradition"),
    ("A judge approved the extradition of a casino owner.", "extradition"),
    ("The minister rejected an extradition request.", "denial"),
    ("The judge heard two witnesses.", "court"),
    ("The trial of three men began.", "court"),
    ("Police arrested and charged three men.", "arrest"),
    ("Prosecutors have not charged anybody.", "court"),
    ("A court approved warrants for eight men on charges of fraud.", "court"),
    ("Police freed 45 people and seized $40,000.", "rescue"),
    ("A man drowns off Calais.", "death"),
    ("Parliament ratifies the convention on forced labour.", "policy"),
    ("A student was lured to Sihanoukville.", "crime"),
    ("Police arrested a man accused of luring students.", "arrest"),
    ("Families live in tents near the port.", "report"),
    ("The Navy saved 45 people.", "rescue"),
    ("Two brothers were remanded.", "arrest"),
    ("Inspectors found two locked rooms.", "raid"),
    ("A carpenter swam across the river.", "escape"),
    ("A planter pleaded guilty.", "conviction"),
    ("A carpenter was acquitted.", "court"),
    ("The trial of 103 people ends: 62 are found guilty.", "conviction"),
    ("A shipwreck off the island.", "death"),
    ("The province cuts the electricity.", "policy"),
    ("Lotus Bridge counted 45 tents.", "report"),
    ("Manchester. Empty flats. Five men were jailed.", "conviction"),
]


@pytest.mark.parametrize(("body", "kind"), KINDS)
def test_the_kind_of_an_entry(body: str, kind: str) -> None:
    assert record(body)["kind"] == kind


REASONS = [
    ("There were 27 fatalities in the fire.", "death", "27", "number of deaths"),
    ("A man drowns off Calais.", "death", "drowns", "“drowns”"),
    ("A boat overturned off Calais.", "death", "overturned", "“overturned”, and no action"),
    ("Chiang Saen. The flat is empty. A guard was jailed.", "conviction", "jailed", "“jailed”, in a later sentence"),
    ("Families live in tents near the port.", "report", "Families", "no word suggests another kind"),
]
"""A sentence, its kind, the words that tell it, and the rule."""


@pytest.mark.parametrize(("body", "kind", "words", "rule"), REASONS)
def test_a_kind_has_the_words_that_tell_it_as_its_reason(body: str, kind: str, words: str, rule: str) -> None:
    text = f"5 March 2024: {body}"
    found = proposal(body)
    reason = next(one for one in found.reasons if one.field == "kind")
    assert (found.record["kind"], reason.rule) == (kind, rule)
    assert words in text[reason.span.start : reason.span.end]


WEIGHED = [
    (
        "5 March 2024: The Kenyan Embassy in Bangkok says it has rescued 84 Kenyans, 12 of them women.",
        ("statement", "rescue", "rescued", "action in the first sentence, and other signs"),
    ),
    (
        "5 March 2024: The state froze the assets of a tycoon. Two workers died in his flats, and one was killed.",
        ("seizure", "death", "died", "action in the second sentence, and other signs"),
    ),
    (
        "15 June 2024: The monthly average fell since January. The government said that it rose in the year before.",
        ("death", "statement", "The", "its speakers, its date and its form"),
    ),
]
"""An entry, its kind by the rules alone, the kind that is chosen, the words that tell it, and the rule."""


@pytest.mark.parametrize(("entry", "expected"), WEIGHED)
def test_other_signs_can_speak_against_the_rules(entry: str, expected: tuple[str, str, str, str]) -> None:
    by_rules: list[str] = []

    def kind_of(found: Evidence) -> tuple[str, Reason]:
        by_rules.append(classify_by_rules(found)[0])
        return classify(found)

    text = f"1 March 2024: A raid.\n\n{entry}\n"
    about = Metadata(title="A review", outlet="Example Daily", published="2024-06-15")
    _, draft = extract(Document(text, about), Known(), kind_of=kind_of).drafts
    reason = next(one for one in draft.reasons if one.field == "kind")
    words = text[reason.span.start : reason.span.end]
    assert (by_rules[1], draft.record["kind"], words, reason.rule) == expected


@pytest.mark.thorough
@pytest.mark.skipif(find_spec("sklearn") is None, reason="scikit-learn is not installed: `make eval` brings it")
def test_the_numbers_are_those_of_the_training() -> None:
    """`make eval EVAL=--train` renews the numbers after a sign or a text of the half `tune` was changed."""
    kept = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["signs"]
    tune = [case for case in gold_cases() if case.half == "tune"]
    numbers = tomllib.loads(training_kinds.train(tune))["signs"]
    for sign in numbers | kept:
        assert numbers.get(sign, 0) == pytest.approx(kept.get(sign, 0), abs=0.02), sign
