"""Figures in the forms that published texts use: press releases, statistics and wire stories."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures

PUBLISHED = [
    ("Officers checked 15 313 people and found 1 204 victims.", "people 15313 | victims 1204"),
    ("More than 22 193 people were detained.", "detentions 22194.."),
    ("Thirty nine bodies were found in a container.", "deaths 39"),
    ("Some 381 people lost their lives, and 597 more were reported missing.", "deaths ~381 | missing 597"),
    ("Rescuers counted 50 corpses, 160 migrants missing, 41 survivors.", "deaths 50 | missing 160 | survivors 41"),
    ("The rescued man said that he left with 40 people.", "people 40"),
    ("At least 22 labourers were rescued along with 11 minors.", "rescues 22.. (workers) | rescues 11 (minors)"),
    ("The search went on for 30 migrants lost at sea.", "missing 30"),
    ("Fighting led to an exodus of over 1,500 people.", "escapes 1501.."),
    ("The camp sheltered foreigners from 28 different nations.", "nationalities 28"),
    ("Law enforcement from 32 countries took part.", ""),
    ("There were 1,251 prosecutions and 119 convictions.", "charged 1251 | convictions 119"),
    ("The action led to the launch of 44 new investigations.", "cases 44"),
    ("The city demolished six compounds and razed 398 buildings.", "premises 6 | premises 398"),
    ("The group counted 160 forced labour victims.", "victims 160"),
    ("Off Malta, 30 believed drowned.", "deaths 30"),
    ("Three chartered planes left.", ""),
    ("Six nationals accused of fraud were deported.", "deportations 6"),
    (
        "At least 34 labourers were rescued. Out of 34 labourers, 15 were children and 19 women.",
        "rescues 34.. (workers) | rescues 15 (children) <0 | rescues 19 (women) <0",
    ),
    (
        "The raids led to thousands of arrests, including 1,746 foreigners.",
        "arrests 1000.. | arrests 1746 (foreigners) <0",
    ),
    (
        "Nine ladies and five babies were also among the returnees.",
        "repatriations 9 (women) | repatriations 5 (children)",
    ),
    ("Police freed 45 people. Twelve of them were charged.", "rescues 45 | charged 12 <0"),
    (
        "The agency opened 236 cases. Qatar accounts for 21, Oman for 17 and Kuwait for nine.",
        "cases 236 | cases 21 <0 | cases 17 <0 | cases 9 <0",
    ),
    (
        "Some 533 people returned, most of them to Edo, followed by Delta State with 128.",
        "repatriations ~533 | repatriations 128 <0",
    ),
    ("The group freed 45 people in 2023. In 2022 it was 97.", "rescues 45 | rescues 97"),
    ("Some 40 people drowned. The mayor spoke of 51.", "deaths ~40 | deaths 51"),
    ("Agents stopped 412 people, fewer than in the first half of 2023 (664).", "people 412 | people 664"),
    ("Another 40 people will be freed tomorrow.", ""),
    ("Each paid $4,000 per person to the traffickers.", ""),
    ("Some 130 people were kept on two floors.", "captives ~130"),
    (
        "Malaysians rescued this year: Laos (27) and Myanmar (five). Total 32.",
        "rescues 27 <2 | rescues 5 <2 | rescues 32 Malaysian",
    ),
    (
        "The ministry knows of 1,012 Malaysians. Laos had the most, 446 persons, followed by Thailand (302).",
        "people 1012 Malaysian | people 446 | people 302 <0",
    ),
    ("The embassy sought 400 people. Out of this total, 81 persons were rescued.", "people 400 | rescues 81 <0"),
    ("Of 4,860 people, about 2,900 were Chinese and were flown home.", "people 4860 | repatriations ~2900 Chinese <0"),
    ("Thai police freed 45 Indians, and four of them jailed in June.", "rescues 45 Indian | convictions 4 <0"),
    ("Nine Thais who were lured abroad but then held were brought back home.", "repatriations 9 Thai"),
    (
        "Six men and three women between the ages of 23 and 42 flew home.",
        "repatriations 6 (men) | repatriations 3 (women)",
    ),
    ("A total of 64 children, between the ages of five and 16 years, were rescued.", "rescues 64 (children)"),
    ("Twelve Thais were suspected of being trafficking victims.", "victims 12 Thai"),
    ("Two persons suspected to be behind the ring were also arrested.", "arrests 2"),
    ("Police persuaded 29 Thai citizens not to leave.", "people 29 Thai"),
    (
        "Police rescued two adults aged 22 and 26 years, together with five children.",
        "rescues 2 | rescues 5 (children)",
    ),
    ("The office took 4,524 potential victims of modern slavery into its list.", "victims 4524"),
    (
        "Of 4,524 victims, 73% (3,291) were men; Albanian (17%; 791) and Vietnamese (11%; 493) led.",
        "victims 4524 | share 73 (men) | victims 3291 (men) <0 | share 17 | victims 791 Albanian <0 | share 11 | "
        "victims 493 Vietnamese <0",
    ),
    (
        "Crews saved 40 people who were on board (30 men and ten women).",
        "rescues 40 | rescues 30 (men) <0 | rescues 10 (women) <0",
    ),
    ("The route has claimed another 50 lives.", "deaths 50"),
    ("Four of the men were admitted to the hospital.", "injuries 4 (men)"),
    ("A total of 598 people were named as suspects.", "suspects 598"),
    ("Seven of these survivors were classified as victims of trafficking.", "victims 7"),
    ("Over 100 lives were tragically lost, with 30 more still missing.", "deaths 101.. | missing 30"),
    ("The crew brought 104 survivors and 78 bodies of the dead ashore.", "survivors 104 | deaths 78"),
    ("Over 27 000 officers carried out inspections in 11 360 locations.", "premises 11360"),
    ("The operation led to the liberation of 22 migrants.", "rescues 22"),
    ("They paid $12,000 to $15,000 each and lost their homes.", ""),
]


@pytest.mark.parametrize(("body", "expected"), PUBLISHED)
def test_figures_of_an_entry(body: str, expected: str) -> None:
    assert figures(body) == (expected.split(" | ") if expected else [])


HEADLINES = [
    ("Police Rescue 45 Workers, Arrest Six Suspects", "rescues 45 (workers) | arrests 6 (suspects)"),
    ("Two Traffickers Arrested As 164 Nigerians Return", "arrests 2 | repatriations 164 Nigerian"),
    ("Over 40 Migrants Dead After Boat Capsizes", "deaths 41.."),
]


@pytest.mark.parametrize(("body", "expected"), HEADLINES)
def test_figures_of_a_headline_with_capitals(body: str, expected: str) -> None:
    assert figures(body) == expected.split(" | ")
