"""A figure as a sentence, with its wording only if that says more, and with what it is a part of."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.output.text import figure_text
from scamcli.records.models import Event

UNITS = {"members": "members", "helpers": "people"}


def figures(*given: dict[str, Any]) -> Any:
    named = [{"id": f"f{number}", **figure} for number, figure in enumerate(given)]
    event: Any = Event.model_validate({"id": "e", "date": "2023", "kind": "raid", "title": "T", "figures": named})
    return event.model_dump()["figures"]


def exactly(number: int) -> dict[str, int]:
    return dict.fromkeys(("low", "best", "high"), number)


SENTENCES: list[tuple[dict[str, Any], str]] = [
    ({"metric": "rescues", **exactly(62), "stated": "62", "nationality": "Indonesian", "group": "nationals",
      "stated_by": "Tempo"},
     "62 Indonesian nationals were rescued or freed, according to Tempo"),
    ({"metric": "complaints", "low": 601, "stated": "more than 600", "stated_by": "VOD"},
     "More than 600 complaints were received, according to VOD"),
    ({"metric": "rescues", **exactly(1), "nationality": "Thai", "group": "women", "stated_by": "UN"},
     "1 Thai woman was rescued or freed, according to the UN"),
    ({"metric": "captives", "low": 100, "stated": "hundreds", "group": "workers", "province": "Banteay Meanchey",
      "stated_by": "Ministry of Interior"},
     "Hundreds of workers were held in Banteay Meanchey, according to the Ministry of Interior (“hundreds”)"),
    ({"metric": "losses", **exactly(5), "period": "2022-08-19/2022-09-19", "province": "Kayin, MM"},
     "USD 5 was lost to scams in Kayin, Myanmar from 19 August to 19 September 2022 (speaker not recorded)"),
    ({"metric": "complaints", "stated": "several", "country": "PH"},
     "An unknown number of complaints were received in the Philippines (“several”; speaker not recorded)"),
    ({"metric": "rescues", "stated": "many", "nationality": "Thai"},
     "An unknown number of Thai people were rescued or freed (“many”; speaker not recorded)"),
    ({"metric": "losses", "stated": "a fortune"},
     "An unknown amount was lost to scams (“a fortune”; speaker not recorded)"),
    ({"metric": "complaints", "low": 2, "nationality": "American", "stated_by": "VOD"},
     "At least 2 complaints were received, concerning Americans, according to VOD"),
    ({"metric": "sentences", **exactly(2), "stated": "two-year", "stated_by": "VOD"},
     "A sentence of 2 years, according to VOD (“two-year”)"),
    ({"metric": "assets", **exactly(45), "unit": "phones", "stated_by": "VOD"},
     "45 phones were frozen, seized or confiscated, according to VOD"),
    ({"metric": "complaints", **exactly(18), "unit": "people", "stated_by": "VOD"},
     "Complaints: 18 people, according to VOD"),
    ({"metric": "members", "low": 5001, "stated": "more than 5,000", "stated_by": "VOD"},
     "More than 5,000 members, according to VOD"),
    ({"metric": "helpers", **exactly(3), "stated_by": "VOD"}, "Helpers: 3 people, according to VOD"),
    ({"metric": "rescues", "low": 37, "high": 52, "stated": "40", "stated_by": "VOD"},
     "37 to 52 people were rescued or freed, according to VOD (“40”)"),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "sentence"), SENTENCES)
def test_a_figure_is_a_sentence(figure: dict[str, Any], sentence: str) -> None:
    assert figure_text.sentences(figures(figure), UNITS) == [sentence]


def test_a_part_names_its_whole_and_a_change_its_numbers() -> None:
    event = figures(
        {"metric": "requests", **exactly(605), "stated_by": "A"},
        {"metric": "requests", **exactly(128), "stated_by": "A", "part_of": "f0"},
        {"metric": "change", **exactly(-78), "stated": "78% decline", "stated_by": "A", "of": ["f0", "f1"]},
        {"metric": "share", "best": 95, "stated": "about 95 percent", "stated_by": "A", "of": ["f0"]},
    )
    _, *sentences = figure_text.sentences(event)
    assert sentences == [
        "128 requests for help or intervention were made, according to A; part of the 605",
        "A change of -78 percent from 605 to 128, according to A (“78% decline”)",
        "A share of about 95 percent of the 605, according to A",
    ]
    alone = figure_text.sentence(event[1])
    assert alone == "128 requests for help or intervention were made, according to A; part of the figure f0"


def test_what_a_figure_counts_and_its_note_follow() -> None:
    event = figures({"metric": "rescues", **exactly(5), "stated_by": "A", "count": "aggregate", "note": "At sea"})
    assert figure_text.with_counts(event) == [
        "5 people were rescued or freed, according to A; a total over an unknown period (aggregate)"
    ]
    assert figure_text.with_notes(event) == ["5 people were rescued or freed, according to A. At sea"]
