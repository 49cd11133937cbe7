"""What became of people: parts with a verb of their own, plans, what others did to them, and where they were."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures, unread

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


WHOLES = [
    ("On Monday, 20 of the 90 Indians stuck in Mae Sot flew home.", "repatriations 20 <1 | captives 90 Indian", ""),
    (
        "Officials said that 34 of the 54 Sri Lankans held in Myawaddy had been freed.",
        "rescues 34 <1 | captives 54 Sri Lankan",
        "",
    ),
    ("Thirty of the 54 Indians held in Bavet had returned.", "repatriations 30 <1 | captives 54 Indian", ""),
    (
        "Officials said that 30 of 50 Taiwanese held in Bavet had been rescued.",
        "rescues 30 <1 | captives 50 Taiwanese",
        "",
    ),
    ("Police freed 34 of the 54 Thais held in Myawaddy.", "rescues 34 <1 | captives 54 Thai", ""),
    ("Some 300 of the 1,000 people stranded there crossed into Thailand.", "people ~300 <1 | captives 1000", ""),
    ("Twelve of the 45 people arrested in the raid were charged.", "charged 12 <1 | arrests 45", ""),
    ("One of 40 people rescued that day was pregnant.", "rescues 40", ""),
    ("Sixty of more than 200 Thais held there came home.", "repatriations 60 <1 | captives 201.. Thai", ""),
    ("On Monday, 20 of the 90 Thais stuck there boarded a flight home.", "repatriations 20 <1 | captives 90 Thai", ""),
    ("Some 20 of the 90 Thais who were stuck there flew home.", "repatriations ~20 <1 | captives 90 Thai", ""),
    ("Twenty of the 90 Thais trapped there managed to escape.", "escapes 20 <1 | captives 90 Thai", ""),
    ("Twenty of the 90 stranded Thais flew home.", "repatriations 20 <1 | captives 90 Thai", ""),
    ("Twenty of the 90 Thais returned home.", "repatriations 20 <1 | people 90 Thai", ""),
    ("One of the 90 workers escaped.", "escapes 1 <1 | people 90 (workers)", ""),
    ("Twenty of the 90 workers died.", "deaths 20 <1 | people 90 (workers)", ""),
    ("Twenty of the 90 Thais freed there flew home.", "repatriations 20 <1 | rescues 90 Thai", ""),
    ("Courts fined 29 of them a total of $40,000.", "people 29 | fines 40000", ""),
    ("At least 26 people are known to have died when two boats sank.", "deaths 26..", ""),
    ("Most of the 40 Thais trapped there were freed.", "captives 40 Thai", ""),
    ("Of the 90 Kenyans rescued in Bavet, 27 had been flown home.", "rescues 90 Kenyan | repatriations 27 <0", ""),
    ("Fourteen of 20 missing Filipinos have been found.", "people 14 <1 | missing 20 Filipino", ""),
    ("Fourteen of 20 missing Filipinos are still being traced.", "missing 14 <1 | missing 20 Filipino", ""),
    ("Police searched for 12 missing Thais but found only three of them.", "missing 12 Thai | people 3 <0", ""),
    ("The roughly 1,500 people who fled, 28 of whom were taken to hospital.", "escapes ~1500 | injuries 28 <0", ""),
    ("Fifty Thais were trafficked by the ring, of whom about half have returned.", "people 50 Thai", ""),
    ("Fifty Thais, of whom half were women, have returned home.", "repatriations 50 Thai", ""),
]

PARTICIPLES = [
    ("On Monday, 25 Pakistanis arrested in Bavet last week were deported.", "deportations 25 Pakistani", ""),
    ("Forty Ethiopians freed from the park last month were flown home.", "repatriations 40 Ethiopian", ""),
    ("Twenty Thais rescued in Bavet arrived in Bangkok.", "repatriations 20 Thai", ""),
    ("Twenty Thais rescued in Bavet arrived in Vientiane.", "people 20 Thai", ""),
    ("Twelve people arrested in the raid were taken to a police station.", "arrests 12", ""),
    ("Twelve people rescued on Monday had been sold to the gang.", "rescues 12", ""),
    ("Twelve people rescued there were handed over to immigration police.", "rescues 12", ""),
    ("Twelve people killed in the fire were flown home.", "deaths 12", ""),
    ("Five men arrested in May were released.", "people 5 (men)", ""),
    ("Twelve Thais detained in May are due to be deported.", "detentions 12 Thai", ""),
    ("On Monday, police questioned 25 Thais who were rescued last week.", "people 25 Thai", ""),
    ("On Monday, police questioned 25 Thais who were rescued in the raid.", "rescues 25 Thai", ""),
    ("Police rescued 25 Thais, they said on Monday, who were sold last week.", "rescues 25 Thai", ""),
]

STAYING = [
    (
        "Police rescued 25 Indians, of whom 18 have returned home and seven remain in a shelter.",
        "rescues 25 Indian | repatriations 18 <0 | people 7 <0",
        "",
    ),
    (
        "Police freed 47 Thais. Thirty of them have returned home and the remaining 17 are awaiting exit permits.",
        "rescues 47 Thai | repatriations 30 <0 | people 17 <0",
        "",
    ),
    (
        "Officials said that 34 of the 54 Thais held there had been freed. Twenty remain.",
        "rescues 34 <1 | captives 54 Thai | people 20 <1",
        "",
    ),
    (
        "Some 50 Thais have been repatriated, and the remaining 30 are still in Cambodia.",
        "repatriations ~50 Thai | people 30",
        "",
    ),
    ("A riot in which 97 Thais took part broke out at a compound.", "people 97 Thai", ""),
    ("A woman was freed in Bavet together with 14 other Nepalis.", "rescues 14 Nepali", "A woman"),
    (
        "Police freed 41 Filipinos and 12 Ugandans. Another 35 people were rescued later, bringing the total to 88.",
        "rescues 41 Filipino | rescues 12 Ugandan | rescues 35 | rescues 88",
        "",
    ),
    ("Some 97 Thais broke out of a compound.", "escapes ~97 Thai", ""),
    (
        "Some 1,268 Thais had returned, while 435 were still abroad.",
        "repatriations ~1268 Thai | people 435",
        "",
    ),
    ("Police freed 47 Thais, and 17 returned home.", "rescues 47 Thai | repatriations 17 Thai", ""),
    ("Police freed 47 Thais. Ten remain missing.", "rescues 47 Thai | missing 10 <0", ""),
    ("Police freed 47 Thais who remain in a shelter.", "rescues 47 Thai", ""),
]

AHEAD = [
    ("Police arrested two brokers and are seeking four more.", "arrests 2", "four"),
    ("They arrested three others and are looking for a further six.", "arrests 3", "a further six"),
    ("Police arrested two brokers and are seeking four more suspects.", "arrests 2 | suspects 4", ""),
    ("Police arrested two men seeking work and four others.", "arrests 2 (men) | people 4", ""),
    ("Police arrested two brokers and then four more.", "arrests 2 | arrests 4", ""),
    ("Police searched the compound and arrested four more.", "arrests 4", ""),
    ("Indonesia brought home 84 people and plans to repatriate 270 more.", "repatriations 84", "270"),
    ("China flew home 200 people and plans to bring back another 800.", "repatriations 200", "another 800"),
    ("Kenya will fly home 60 citizens and has flown home 30 more.", "people 60 Kenyan | repatriations 30 Kenyan", ""),
    ("China flew home 200 people and brought back another 800.", "repatriations 200 | repatriations 800", ""),
    (
        "China flew home 200 people, the first of about 1,000 to be flown home this week.",
        "repatriations 200",
        "about 1,000",
    ),
]

RECALLED = [
    ("A survivor said he saw 10 people die in the compound.", "", "10"),
    ("A survivor told reporters that five people had died.", "", "five"),
    ("Police told reporters that five people had died.", "deaths 5", ""),
    ("She said that the year had seen 120 deaths.", "deaths 120", ""),
    ("Guards saw 12 people escape.", "escapes 12", ""),
    ("Police arrested a man accused of holding 60 Thais.", "captives 60 Thai", "a man"),
    ("Police are holding 60 Thai suspects in custody.", "detentions 60 Thai (suspects)", ""),
]

SINGLE = [
    ("Police freed 23 Kenyans, a Ugandan and a Burundian.", "rescues 23 Kenyan", "a Ugandan | a Burundian"),
    (
        "Police arrested a 52-year-old Briton and his Filipina partner.",
        "",
        "a 52-year-old Briton and his Filipina partner",
    ),
    (
        "Police freed a Malaysian couple and their two children, and arrested a Chinese man.",
        "rescues 2 (children)",
        "a Malaysian couple | a Chinese man",
    ),
    ("A 17-year-old girl was freed.", "", "A 17-year-old girl"),
    ("A 17-year-old girl was happy.", "", ""),
    ("Police freed 12 men and a boy of nine.", "rescues 12 (men)", "a boy"),
    ("A couple of days later a driver was arrested in Building 3.", "", ""),
    ("Police freed 12 men, and her little girl.", "rescues 12 (men)", ""),
    ("Police will arrest a man aged 40.", "", ""),
    ("Police named 64 suspects. All but one of the 64 have been arrested.", "suspects 64", "one"),
    ("Police freed 64 people. Not one of them was hurt.", "rescues 64", ""),
]


@pytest.mark.parametrize(("body", "expected", "others"), [*WHOLES, *PARTICIPLES, *STAYING, *AHEAD, *RECALLED, *SINGLE])
def test_to_whom_something_happened(body: str, expected: str, others: str) -> None:
    assert figures(body) == (expected.split(" | ") if expected else [])
    assert unread(body) == (others.split(" | ") if others else [])
