"""Which count is part of which: subsets, lists, brackets, and counts across two sentences.

Written as in ``test_counts.py``: ``<0`` marks a part of the first figure in the line.
"""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures, record, unread

PARTS = [
    (
        "Of the 900 workers, 310 were foreigners, while the rest were local.",
        "people 900 (workers) | people 310 (foreigners) <0",
    ),
    ("The rescued came from Thailand (12) and Laos (three).", "rescues 12 Thai | rescues 3 Lao"),
    (
        "Police found 640 foreigners, 88 of them women, from 21 countries.",
        "people 640 (foreigners) | people 88 (women) <0 | nationalities 21",
    ),
    ("Officers arrested 30 suspects, including 18 Chinese nationals.", "arrests 30 (suspects) | arrests 18 Chinese <0"),
    (
        "A total of 93 foreigners were deported (China 58, Thailand 35).",
        "deportations 93 (foreigners) | deportations 58 Chinese <0 | deportations 35 Thai <0",
    ),
    (
        "Ninety-three foreigners were deported: 58 Chinese and 35 Thais.",
        "deportations 93 (foreigners) | deportations 58 Chinese <0 | deportations 35 Thai <0",
    ),
    ("Eleven people died in the fire, six of them Thai.", "deaths 11 | deaths 6 Thai <0"),
    ("The ministry received 289 complaints, of which 18 came from Kandal.", "complaints 289 | complaints 18 <0"),
    (
        "The ministry received 289 complaints: 200 from Preah Sihanouk, 18 from Kandal and nine from Kampot.",
        "complaints 289 | complaints 200 <0 | complaints 18 <0 | complaints 9 <0",
    ),
    ("Police freed 45 people. Twelve of them were women.", "rescues 45 | rescues 12 (women) <0"),
    (
        "Police freed 45 people. They included 12 women and three children.",
        "rescues 45 | rescues 12 (women) <0 | rescues 3 (children) <0",
    ),
    ("Police freed 45 people. Among them were 12 women.", "rescues 45 | rescues 12 (women) <0"),
    (
        "Police freed 45 people, among them 12 women and three minors.",
        "rescues 45 | rescues 12 (women) <0 | rescues 3 (minors) <0",
    ),
    ("Police freed 45 people, 12 of whom were women.", "rescues 45 | rescues 12 (women) <0"),
    ("Police freed 45 people, of whom 12 were women.", "rescues 45 | rescues 12 (women) <0"),
    (
        "Police arrested 12 people in the first raid. They arrested 14 in the second. In the third, 26 were arrested.",
        "arrests 12 | arrests 14 | arrests 26",
    ),
    (
        "Police arrested 26 people in the first raid. They arrested 12 in the second, and 14 in the third.",
        "arrests 26 | arrests 12 | arrests 14",
    ),
    ("Police arrested 12 people, 14 people and 26 people in three raids.", "arrests 12 | arrests 14 | arrests 26"),
    (
        "Police arrested 26 people in Bavet. On Tuesday they arrested 12. On Friday they arrested 14.",
        "arrests 26 | arrests 12 | arrests 14",
    ),
    # A vague number is that of the numbers that follow it.
    (
        "Hundreds of people were freed in Bavet. Police freed 432 Chinese, 371 Thais and 57 Lao.",
        "rescues 100.. | rescues 432 Chinese <0 | rescues 371 Thai <0 | rescues 57 Lao <0",
    ),
    (
        "Hundreds of people were freed last month. On Friday, police freed 12 Thais and 20 Lao.",
        "rescues 100.. | rescues 12 Thai | rescues 20 Lao",
    ),
    # A number of victims after "the" is the number before.
    ("Police freed 38 people. Most of the 38 women were Thai.", "rescues 38"),
    ("Police freed 38 women. Doctors saw 35 of the 38 victims.", "rescues 38 (women) | rescues 35 <0"),
    # "Each" gives every item of a list the same number.
    (
        "Police freed 61 people: 57 Chinese and one each from Ethiopia, Pakistan, Malaysia and Kazakhstan.",
        "rescues 61 | rescues 57 Chinese <0 | rescues 1 Ethiopian <0 | rescues 1 Pakistani <0 | rescues 1 Malaysian <0"
        " | rescues 1 Kazakh <0",
    ),
    ("Police freed two each from Kenya and Uganda.", "rescues 2 Kenyan | rescues 2 Ugandan"),
    (
        "The bureau registered 2,189 cases in all. Most cases were registered in Kandal (347 cases), Kampot (320 cases)"
        " and Takeo (203 cases).",
        "cases 2189 | cases 347 <0 | cases 320 <0 | cases 203 <0",
    ),
    # Numbers that add up to another one would count twice.
    (
        "Troops demolished 101 buildings. They demolished 83 houses with machines. Another 18 houses were demolished.",
        "premises 101 | premises 83 <0 | premises 18 <0",
    ),
    (
        "Police freed 45 people in May. They freed 25 people in Bavet. In Kampot, they freed 20 people.",
        "rescues 45 | rescues 25 <0 | rescues 20 <0",
    ),
    (
        "Police freed 25 people in Bavet. In Kampot, they freed 20 people. The province says that it freed 45 people.",
        "rescues 25 <2 | rescues 20 <2 | rescues 45",
    ),
    (
        "Police freed 45 people in May. They freed 25 people in Bavet. In Kampot, they freed 10 people.",
        "rescues 45 | rescues 25 | rescues 10",
    ),
    (
        "Police freed 15 men in May. They freed seven women in Bavet. In Kampot, they freed eight women.",
        "rescues 15 (men) | rescues 7 (women) | rescues 8 (women)",
    ),
    (
        "Police freed 45 Thais in May. They freed 25 Lao in Bavet. In Kampot, they freed 20 Lao.",
        "rescues 45 Thai | rescues 25 Lao | rescues 20 Lao",
    ),
    ("Police freed 45 people, 30 men and 15 women.", "rescues 45 | rescues 30 (men) <0 | rescues 15 (women) <0"),
    ("Police freed 45 people (30 men and 15 women).", "rescues 45 | rescues 30 (men) <0 | rescues 15 (women) <0"),
    ("Police freed 45 people — 30 men and 15 women.", "rescues 45 | rescues 30 (men) <0 | rescues 15 (women) <0"),
    (
        "Police freed 39 people: 20 Kenyans, 15 Ugandans and four Ethiopians.",
        "rescues 39 | rescues 20 Kenyan <0 | rescues 15 Ugandan <0 | rescues 4 Ethiopian <0",
    ),
    (
        "Twenty Kenyans, 15 Ugandans and four Ethiopians were freed.",
        "rescues 20 Kenyan | rescues 15 Ugandan | rescues 4 Ethiopian",
    ),
    (
        "The rescued included 20 Kenyans, 15 Ugandans and four Ethiopians.",
        "rescues 20 Kenyan | rescues 15 Ugandan | rescues 4 Ethiopian",
    ),
    ("Of those arrested, 18 were Chinese and four Vietnamese.", "arrests 18 Chinese | arrests 4 Vietnamese"),
    ("Police arrested 60 people. Of these, 40 were Chinese.", "arrests 60 | arrests 40 Chinese <0"),
    ("Police arrested 60 people. Forty were Chinese and the rest Thai.", "arrests 60 | arrests 40 Chinese <0"),
    ("Police arrested 60 people. Forty Chinese were among them.", "arrests 60 | arrests 40 Chinese <0"),
    (
        "Police arrested 60 people, 40 of them Chinese and 20 Thai.",
        "arrests 60 | arrests 40 Chinese <0 | arrests 20 Thai <0",
    ),
    ("Police arrested 60 people, most of them Chinese.", "arrests 60"),
    ("Police arrested 60 people, including at least 40 Chinese.", "arrests 60 | arrests 40.. Chinese <0"),
    ("Police arrested 60 people, all of them Chinese.", "arrests 60 Chinese"),
    ("Police arrested 60 suspects; 40 were Chinese.", "arrests 60 (suspects) | arrests 40 Chinese <0"),
    ("Six of the 60 suspects were women.", "suspects 6 (women) <1 | suspects 60"),
    ("Police arrested 12 people and freed 45 workers.", "arrests 12 | rescues 45 (workers)"),
    (
        "Police freed 45 workers and arrested 12 people, including five Chinese.",
        "rescues 45 (workers) | arrests 12 | arrests 5 Chinese <1",
    ),
    (
        "Police freed 45 workers, nine of them women, and arrested 12 suspects.",
        "rescues 45 (workers) | rescues 9 (women) <0 | arrests 12 (suspects)",
    ),
    ("Forty-five workers were freed and 12 suspects arrested.", "rescues 45 (workers) | arrests 12 (suspects)"),
    ("Forty-five workers were freed while 12 others escaped.", "rescues 45 (workers) | escapes 12"),
    (
        "Twelve people were arrested, 45 workers were freed and two men died.",
        "arrests 12 | rescues 45 (workers) | deaths 2 (men)",
    ),
    ("Three of the eight detained women were Lao.", "detentions 3 Lao <1 | detentions 8 (women)"),
    ("The 45 included 12 women.", "people 45 | people 12 (women) <0"),
    (
        "Nine Kenyans and two Ugandans, eleven in all, were freed.",
        "rescues 9 Kenyan <2 | rescues 2 Ugandan <2 | rescues 11",
    ),
    ("Nationals of 12 countries were freed, including 30 Indians.", "nationalities 12 | rescues 30 Indian"),
    (
        "The 130 deported comprised 80 Chinese and 50 Vietnamese.",
        "deportations 130 | deportations 80 Chinese <0 | deportations 50 Vietnamese <0",
    ),
    (
        "A group of 23 Malaysians, among them five women, flew home.",
        "repatriations 23 Malaysian | repatriations 5 (women) <0",
    ),
    ("Some 150 workers, 90 of them foreigners, were freed.", "rescues ~150 (workers) | rescues 90 (foreigners) <0"),
    ("More than 200 people were freed, including over 60 Indonesians.", "rescues 201.. | rescues 61.. Indonesian <0"),
    ("Police freed 45 people on Monday. Another 20 were freed on Tuesday.", "rescues 45 | rescues 20"),
    ("Police freed 45 people on Monday and another 20 on Tuesday.", "rescues 45 | rescues 20"),
    ("Police freed 212 people: 150 in Kandal and 62 in Kampot.", "rescues 212 | rescues 150 <0 | rescues 62 <0"),
    ("Of 96 victims, 70 were women and 26 men.", "victims 96 | victims 70 (women) <0 | victims 26 (men) <0"),
    (
        "The bureau identified 96 victims (70 women, 26 men).",
        "victims 96 | victims 70 (women) <0 | victims 26 (men) <0",
    ),
    ("There were 96 victims, 70 women and 26 men.", "victims 96 | victims 70 (women) <0 | victims 26 (men) <0"),
    (
        "Indonesians were the largest group (248), followed by Malaysians (131).",
        "people 248 Indonesian | people 131 Malaysian",
    ),
    ("Twelve of the Vietnamese were minors.", "people 12 Vietnamese (minors)"),
    ("Police arrested two Chinese and one Malaysian.", "arrests 2 Chinese | arrests 1 Malaysian"),
    ("The gang held 60 people; nine of them escaped.", "captives 60 | escapes 9 <0"),
    ("Sixty people were held and nine have been freed.", "captives 60 | rescues 9 <0"),
    (
        "Four men and three women, all Taiwanese, were deported.",
        "deportations 4 Taiwanese (men) | deportations 3 Taiwanese (women)",
    ),
    ("Seventeen of the victims were under 18.", "victims 17 (minors)"),
    ("The police received 70 complaints and solved 26 of them.", "complaints 70 | complaints 26 <0"),
    ("Kandal had 18 complaints, Kampot nine and Takeo four.", "complaints 18 | complaints 9 | complaints 4"),
    (
        "The 54 freed on Friday were 30 Indians, 20 Nepalis and four Sri Lankans.",
        "rescues 54 | rescues 30 Indian <0 | rescues 20 Nepali <0 | rescues 4 Sri Lankan <0",
    ),
    ("Sixteen Nigerians were among 40 people detained in Manila.", "detentions 16 Nigerian <1 | detentions 40"),
    (
        "Police freed 54 people from India (30), Nepal (20) and Sri Lanka (four).",
        "rescues 54 | rescues 30 Indian <0 | rescues 20 Nepali <0 | rescues 4 Sri Lankan <0",
    ),
    (
        "Officials rescued 31 people, 22 of them women and nine of them children.",
        "rescues 31 | rescues 22 (women) <0 | rescues 9 (children) <0",
    ),
    (
        "Officials rescued 31 people, including 22 women, nine of them minors.",
        "rescues 31 | rescues 22 (women) <0 | rescues 9 (minors) <1",
    ),
    (
        "Police rescued 31 people: 22 women and nine men, all from Laos.",
        "rescues 31 Lao | rescues 22 (women) <0 | rescues 9 (men) <0",
    ),
    # A sentence whose subject is some of those before.
    (
        "Nine people died. The dead include three Thais and two Chinese.",
        "deaths 9 | deaths 3 Thai <0 | deaths 2 Chinese <0",
    ),
    (
        "Nine people died and 20 were injured. The dead include three Thais.",
        "deaths 9 | injuries 20 | deaths 3 Thai <0",
    ),
    ("Police freed 45 people. The dead include three Thais.", "rescues 45 | deaths 3 Thai"),
    (
        "More than 90 suspects were arrested. Those detained included 20 Thais, seven Chinese and five Lao.",
        "arrests 91.. (suspects) | arrests 20 Thai <0 | arrests 7 Chinese <0 | arrests 5 Lao <0",
    ),
    # All numbers of a list, not only the first.
    (
        "The hotline received 184 requests. Of these, 121 came from men and 63 from women.",
        "requests 184 | requests 121 <0 | requests 63 <0",
    ),
    (
        "Thirty-nine people were freed: 22 in Myanmar, 12 in Cambodia and three in Laos.",
        "rescues 39 | rescues 22 <0 | rescues 12 <0 | rescues 3 <0",
    ),
    ("Twelve people were freed in Kep and 11 in Takeo.", "rescues 12 | rescues 11"),
    ("Another 12 people were freed in Kep and 11 in Takeo.", "rescues 12 | rescues 11"),
    # The whole that has the nationality, the list or the state of the part.
    (
        "Police freed 12 Indians. They freed 15 Nepalis. Three of the Indians were hospitalised.",
        "rescues 12 Indian | rescues 15 Nepali | injuries 3 <0",
    ),
    (
        "They deported 1,320 people. Chinese nationals accounted for 618, followed by Thais with 401. Of the total, "
        "1,021 were men and 299 were women.",
        "deportations 1320 | deportations 618 Chinese <0 | deportations 401 Thai <0 | deportations 1021 (men) <0 | "
        "deportations 299 (women) <0",
    ),
    (
        "They deported 1,320 people, down from 1,692 in 2022. Chinese nationals accounted for 618.",
        "deportations 1320 | deportations 1692 | deportations 618 Chinese <0",
    ),
    (
        "Of the 54 Indians held there, 30 of the 54 had returned and 24 are still held.",
        "captives 54 Indian | repatriations 30 <0 | captives 24 <0",
    ),
    ("Sixty Indians were freed in Bavet, while 45 are still held there.", "rescues 60 Indian | captives 45 Indian"),
    ("Of those referred, 12 were women and nine were men.", "people 12 (women) | people 9 (men)"),
    ("Of those referred, 12 were women and nine of them were Thai.", "people 12 (women) | people 9 Thai <0"),
    (
        "They sent home 66,000 foreigners. More than 2,000 are still being held, and only 300 of them have passports.",
        "repatriations 66000 (foreigners) | captives 2001.. | captives 300 <1",
    ),
    (
        "They sent home 66,000 foreigners. Some 2,000 of them are still being held.",
        "repatriations 66000 (foreigners) | captives ~2000 <0",
    ),
    (
        "They received 261 people, 138 of them Thais. The army said 36 of the 261 were injured, including four women.",
        "people 261 | people 138 Thai <0 | injuries 36 <0 | injuries 4 (women) <2",
    ),
    # A toll of the same event.
    ("Four people died, residents said. The army put the death toll at seven.", "deaths 4"),
    ("Four people died. Officers put the number of dead at seven.", "deaths 4"),
    ("Four people were freed. Officers put the number of dead at seven.", "rescues 4 | deaths 7"),
    ("Four people died. The death toll later rose to seven.", "deaths 4 <1 | deaths 7"),
    ("Two more people died. The death toll is 12.", "deaths 2 <1 | deaths 12"),
    ("Four people died. The country's death toll from fires is 312.", "deaths 4 | deaths 312"),
    ("Police arrested 400 people. The number of arrests rose to 480.", "arrests 400 | arrests 480"),
    (
        "They gathered 7,141 people, among them 400 Thais. Earlier they had put the number at around 6,500.",
        "people 7141 | people 400 Thai <0",
    ),
    (
        "They gathered 7,141 people, among them 400 Thais. In January, the number was 6,500.",
        "people 7141 | people 400 Thai <0 | people 6500",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), PARTS)
def test_what_is_part_of_what(sentence: str, expected: str) -> None:
    assert figures(sentence) == expected.split(" | ")


def test_another_toll_of_the_same_event_is_listed() -> None:
    assert unread("Four people died, residents said. The army put the death toll at seven.") == ["seven"]
    assert unread("Four people died. The death toll later rose to seven.") == []


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("Police freed 39 people: 20 Kenyans, 15 Ugandans and four Ethiopians.", "nationality"),
        ("Police freed 45 people, 30 men and 15 women.", "group"),
        (
            "The ministry received 289 complaints: 200 from Preah Sihanouk, 18 from Kandal and nine from Kampot.",
            "province",
        ),
        ("Police freed 45 people.", None),
        ("Police freed 45 Thai workers and 12 others.", None),
    ],
)
def test_a_whole_says_what_divides_it_and_leaves_open_whether_it_is_complete(sentence: str, by: str | None) -> None:
    assert record(sentence)["figures"][0]["split"] == (by and {"by": by, "complete": None})


@pytest.mark.parametrize(
    ("sentence", "provinces"),
    [
        ("Police freed 12 people in Kandal, nine in Kampot and four in Takeo.", ["Kandal", "Kampot", "Takeo"]),
        ("Police in Kandal freed 45 people, 12 of them women.", ["Kandal", None]),
        ("The ministry received 289 complaints, of which 18 came from Kandal.", [None, "Kandal"]),
        (
            "The ministry received 289 complaints: 200 from Preah Sihanouk, 18 from Kandal and nine from Kampot.",
            [None, "Preah Sihanouk", "Kandal", "Kampot"],
        ),
        ("Complaints came from Kandal (18), Kampot (nine) and Takeo (four).", ["Kandal", "Kampot", "Takeo"]),
        ("Police freed 45 people in Sihanoukville.", ["Preah Sihanouk"]),
        ("Police freed 45 people.", [None]),
        ("Police freed 45 people from compounds in Kandal and Kampot.", [None]),
        ("Police freed 45 people in Kandal. Twelve suspects were arrested.", ["Kandal", "Kandal"]),
        ("In Kandal alone, 45 people were freed. Twelve suspects were arrested.", ["Kandal", None]),
        ("Police freed 45 people in Kandal. They have freed 215 since 2021.", ["Kandal", None]),
    ],
)
def test_the_province_of_each_figure(sentence: str, provinces: list[str | None]) -> None:
    assert [figure["province"] for figure in record(sentence)["figures"]] == provinces


@pytest.mark.parametrize(
    ("sentence", "period", "count"),
    [
        ("Since January, 1,200 Chinese have been deported.", "2024-01/2024-03-05", "cumulative"),
        ("Police freed 1,200 Chinese between 2020 and 2022.", "2020/2022", "aggregate"),
        ("In 2023, police freed 1,200 Chinese.", "2023", "aggregate"),
        ("Police freed 1,200 Chinese in the past month.", "2024-02-03~/2024-03-05", "aggregate"),
        ("Police freed 1,200 Chinese from June to December 2023.", "2023-06/2023-12", "aggregate"),
        ("Police freed 1,200 Chinese.", None, "incident"),
        ("About 1,200 Chinese remain trapped.", None, "stock"),
        ("Police freed 1,200 Chinese on Monday.", None, "incident"),
    ],
)
def test_the_period_that_a_figure_covers(sentence: str, period: str | None, count: str) -> None:
    (figure,) = record(sentence)["figures"]
    assert (figure["period"], figure["count"]) == (period, count)


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("More than 200 people were freed.", "more than 200"),
        ("Police freed a total of 45 people.", "45"),
        ("Police freed another 45 people.", "45"),
        ("Victims lost $2.5 million.", "$2.5 million"),
        ("Complaints fell by 78 percent.", "fell by 78 percent"),
        ("He was sentenced to 15 years in prison.", "15 years"),
        ("Between 20 and 30 men were freed.", "between 20 and 30"),
        ("Two hundred and six foreigners were freed.", "two hundred and six"),
        ("Police freed 400-plus workers.", "400-plus"),
        ("Dozens of men were freed.", "dozens"),
    ],
)
def test_the_wording_is_that_of_the_source(sentence: str, stated: str) -> None:
    assert [figure["stated"] for figure in record(sentence)["figures"]] == [stated]


def test_a_number_that_is_stated_twice_is_one_figure() -> None:
    body = "Police freed 45 Thai workers in Kandal. The 45 workers were taken to a hotel. All 45 will fly home."
    assert figures(body) == ["rescues 45 Thai (workers)"]


def test_a_later_number_of_others_is_not_a_part() -> None:
    assert figures("Police freed 45 Thais. On Sunday, 20 Kenyans escaped.") == ["rescues 45 Thai", "escapes 20 Kenyan"]


@pytest.mark.parametrize(
    ("body", "by"),
    [
        ("Police freed 41 workers in Manila: 29 men and 12 women.", "group"),
        ("The charity assisted 41 survivors in Manila (29 men, 12 women), of whom 9 were minors.", None),
    ],
)
def test_parts_that_overlap_do_not_divide_their_whole(body: str, by: str | None) -> None:
    whole, *parts = record(body)["figures"]
    assert {part["part_of"] for part in parts} == {whole["id"]}
    assert (whole["split"] and whole["split"]["by"]) == by
