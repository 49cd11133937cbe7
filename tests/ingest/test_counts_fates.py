"""What became of people: parts with a verb of their own, plans, what others did to them, and where they were."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures

FATES = [
    ("Police freed 45 people. Twelve of them refused to go home.", "rescues 45 | people 12 <0"),
    ("Police freed 45 people. Twelve have signified that they want to stay.", "rescues 45 | people 12 <0"),
    ("Police freed 45 people, with 12 of them waiting at a depot.", "rescues 45 | people 12 <0"),
    ("Courts convicted 45 people; 12 were acquitted.", "convictions 45 | people 12 <0"),
    ("Police freed 45 people. Twelve of them were women.", "rescues 45 | rescues 12 (women) <0"),
    ("Police freed 45 people. Twelve of them were believed to be minors.", "rescues 45 | rescues 12 <0"),
    ("Police freed 64 people, and 30 are left.", "rescues 64 | rescues 30 <0"),
    ("Soldiers arrested 15 suspects and later released three.", "arrests 15 (suspects) | people 3 <0"),
    ("About 75 of those detained have been let go.", "rescues ~75"),
    ("Twelve of those rescued have homes.", "rescues 12"),
    ("Five men accused of luring 46 people were charged.", "charged 5 (men) | people 46"),
    ("Police looked for five men accused of luring 46 people who were freed.", "people 5 (men) | rescues 46"),
    ("Officials expected as many as 7,000 to be released.", ""),
    ("Some 7,000 people were due to be freed.", ""),
    ("Police rescued 47 Indian youths.", "rescues 47 Indian"),
    ("Some 300 evacuees reached the camp.", "rescues ~300"),
    ("Fifty-nine people had bought their release.", "rescues 59"),
    ("Twenty people come out after talks.", "rescues 20"),
    ("Twelve people came back in coffins.", "deaths 12"),
    ("Twelve women spent months in a deportation centre.", "detentions 12 (women)"),
    ("Thirty people were treated for smoke inhalation.", "injuries 30"),
    ("Twelve people walked free from court.", "people 12"),
    ("Three brokers held, 12 women freed.", "detentions 3 | rescues 12 (women)"),
    ("Some 6,889 people were intercepted and returned to Libya.", "people ~6889"),
    ("Nine people have gone home.", "repatriations 9"),
    ("A total of 770 people from Lao PDR were handed over to the army.", "repatriations 770"),
    ("So far, 770 from Lao PDR have been rescued.", "rescues 770"),
    ("Thirty women from Laos were rescued.", "rescues 30 Lao (women)"),
]


@pytest.mark.parametrize(("body", "expected"), FATES)
def test_what_became_of_people(body: str, expected: str) -> None:
    assert figures(body) == (expected.split(" | ") if expected else [])
