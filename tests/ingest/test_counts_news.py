"""Figures of entries as newspapers of many countries write them: invented facts in ordinary sentences."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures, unread

NEWS = [
    ("Police freed 45 workers, among them 12 women.", "rescues 45 (workers) | rescues 12 (women) <0"),
    ("At least 42 people drowned. The 42 people drowned off two Greek islands.", "deaths 42"),
    ("The 42 people drowned at sea. At least 42 people drowned there.", "deaths 42"),
    ("In all, 3,771 people died or went missing on the way.", "people 3771"),
    ("The agency recorded more than 4,500 deaths and disappearances.", "people 4501.."),
    ("At least 320 people out of some 650 on board a boat died.", "deaths 320.. | people ~650"),
    ("Seven defendants were sentenced to jail.", "convictions 7 (defendants)"),
    # The main verb says what happened, not the relative clause before it.
    ("All 43 Malaysians who fell victim to a gang in Peru last September have been rescued.", "rescues 43 Malaysian"),
    ("Seven Thais who asked to be rescued from a ring in Bavet have safely returned home.", "repatriations 7 Thai"),
    ("Five members of a gang that trafficked people from Europe were sentenced in London.", "convictions 5"),
    (
        "Five members of a gang that forced people to live in tents while working to pay off debts were sentenced.",
        "convictions 5",
    ),
    ("12 victims were returned home after police intercepted three boats.", "repatriations 12 (victims)"),
    ("More than 7,000 people intercepted at sea were forcibly returned to Libya.", "people 7001.."),
    ("Twenty brokers held a meeting in Kandal.", ""),
    ("Twelve men who said they were beaten have been freed.", "rescues 12 (men)"),
    ("Twelve men who were arrested and were later freed are in Manila.", "arrests 12 (men)"),
    ("Rescue crews search for 38 missing at sea after a boat capsized.", "missing 38"),
    ("2 suspected traffickers nabbed as 164 Nigerians return from Libya.", "arrests 2 | repatriations 164 Nigerian"),
    ("Although 34 people were recovered from the water, one died.", "rescues 34 | deaths 1"),
    ("Three of the migrants were recovered deceased.", "deaths 3"),
    ("The bodies of three migrants were recovered from the sea.", "deaths 3"),
    ("Police raided 450 migrant smuggling hotspots.", ""),
    ("Officers opened 12 victim support centres.", ""),
    ("Police freed 12 migrant workers and three child labourers.", "rescues 12 (workers) | rescues 3 (workers)"),
    ("China executed 11 members of the family.", "deaths 11"),
    ("Nineteen victims were recovered.", "rescues 19 (victims)"),
    ("Agents recovered 30 migrants from a house.", "people 30"),
    ("Rescuers managed to save 360 people.", "rescues 360"),
    ("Another 40 migrants managed to swim to the shore.", "escapes 40"),
    ("Two men were dead, 15 people were taken to hospital.", "deaths 2 (men) | injuries 15"),
    ("Smugglers put 21 people inside a grain car.", "people 21"),
    ("Agents detained 21,553 immigrants in May and 30,721 in June.", "detentions 21553 | detentions 30721"),
    ("ATHENS At least 42 people drowned.", "deaths 42.."),
    ("Geneva: 53 dead, among them 27 Mexicans.", "deaths 53 | deaths 27 Mexican <0"),
    (
        "Myanmar's army said on Tuesday that it had raided KK Park near the Thai border and detained 2,198 "
        "people, including 98 women.",
        "detentions 2198 | detentions 98 (women) <0",
    ),
    (
        "The Philippine presidential commission rescued 190 workers, 162 of them Filipinos, in a raid on a "
        "gaming hub in Pasay City. Seven Chinese bosses were arrested.",
        "rescues 190 (workers) | rescues 162 Filipino <0 | arrests 7 Chinese",
    ),
    (
        "Nearly 7,000 people freed from scam centres in Myawaddy are waiting in crowded camps to go home, the "
        "aid group said.",
        "rescues ~..7000",
    ),
    (
        "Thailand said it had received 621 Chinese nationals, who were flown home on 16 planes.",
        "repatriations 621 Chinese",
    ),
    (
        "Kenya's foreign ministry said 23 of its citizens had been rescued in Myanmar, while 40 others were "
        "still being held.",
        "rescues 23 Kenyan | captives 40",
    ),
    (
        "South Korea sent a chartered plane to Phnom Penh to bring back 64 nationals detained in a crackdown "
        "on online scams; 58 of them face arrest warrants.",
        "repatriations 64 South Korean | repatriations 58 <0",
    ),
    (
        "In Laos, police handed over 771 people, 268 of them Chinese, after an operation in the Golden "
        "Triangle Special Economic Zone.",
        "repatriations 771 | repatriations 268 Chinese <0",
    ),
    (
        "Of the 260 people taken across the river, 138 were Ethiopians, 23 Kenyans and 24 Filipinos.",
        "people 260 | people 138 Ethiopian <0 | people 23 Kenyan <0 | people 24 Filipino <0",
    ),
    (
        "Police in Dubai broke up a ring that had held 40 Indians and Pakistanis and arrested nine suspects.",
        "captives 40 | arrests 9 (suspects)",
    ),
    (
        "At least 25 Ugandans, eight of them women, were intercepted at Entebbe airport on their way to Bangkok.",
        "people 25.. Ugandan | people 8 (women) <0",
    ),
    (
        "Two Brazilians escaped by swimming across the Moei river with about 85 others.",
        "escapes 2 Brazilian | escapes ~85",
    ),
    (
        "The embassy in Phnom Penh handled 2,946 cases between January and September, up from 2,259 in the "
        "whole of last year.",
        "cases 2946 | cases 2259",
    ),
    (
        "Four hundred and eighteen workers were found in the building: 301 Chinese, 73 Vietnamese, 44 Burmese.",
        "people 418 (workers) | people 301 Chinese <0 | people 73 Vietnamese <0 | people 44 Burmese <0",
    ),
    (
        "The UN office estimates that at least 120,000 people in Myanmar and about 100,000 in Cambodia are "
        "forced to carry out scams.",
        "captives 120000.. | captives ~100000",
    ),
    (
        "Sri Lankan authorities said 56 citizens were trapped in the compounds; 28 have since been brought home.",
        "captives 56 Sri Lankan | repatriations 28 <0",
    ),
    (
        "A fire at a hotel in Poipet left at least 27 people dead and more than 70 injured.",
        "deaths 27.. | injuries 71..",
    ),
    (
        "Vietnamese border guards took in 42 people who had run from a casino in Kandal; one, a 16-year-old "
        "boy, drowned.",
        "people 42 | deaths 1",
    ),
    (
        "Hungarian police arrested 11 people on suspicion of defrauding 200 pensioners of 1.2 million euros.",
        "arrests 11 | losses 1200000 EUR",
    ),
    (
        "Three flights carrying 549 Indians landed in Delhi on Monday and Tuesday.",
        "repatriations 549 Indian",
    ),
    (
        "Singapore froze $150 million in assets and charged ten foreigners with money laundering.",
        "assets 150000000 | charged 10 (foreigners)",
    ),
    (
        "Prosecutors in Wenzhou indicted 39 members of the Ming family, 11 of whom were sentenced to death.",
        "charged 39 | convictions 11 <0",
    ),
    (
        "Zambian police detained 77 people, among them 22 Chinese nationals, during a raid on a call centre in Lusaka.",
        "detentions 77 | detentions 22 Chinese <0",
    ),
    (
        "Authorities in Manila deported the first batch of 180 Chinese on Thursday, and a second group of 167 "
        "a week later.",
        "deportations 180 Chinese | deportations 167 Chinese",
    ),
    (
        "Of 74 Nepalis stranded in Myawaddy, 11 have returned; the others are waiting for tickets.",
        "captives 74 Nepali | repatriations 11 <0",
    ),
    (
        "Twenty-one of the 34 Indonesians had been beaten, and four were taken to hospital.",
        "people 21 <1 | people 34 Indonesian | injuries 4 <1",
    ),
    (
        "Some 260,000 phishing messages were sent from the site, and 1,700 SIM cards were found.",
        "",
    ),
    (
        "The group of 45, made up of 30 Bangladeshis and 15 Nepalis, reached Dhaka on Sunday.",
        "repatriations 45 | repatriations 30 Bangladeshi <0 | repatriations 15 Nepali <0",
    ),
    (
        "Nobody was arrested, though 13 passports were found.",
        "",
    ),
    (
        "The ministry counted 4,039 complaints last year, a fall of 12 percent from 4,590.",
        "complaints 4039 | change -12 | complaints 4590",
    ),
    (
        "In the first half of 2023 the hotline took 512 calls for help, nearly twice as many as the 260 of "
        "the year before.",
        "requests 512 | requests 260",
    ),
    (
        "Ten Thai women aged 19 to 27 were rescued from a brothel in Bahrain, and their 41-year-old recruiter "
        "was arrested.",
        "rescues 10 Thai (women)",
    ),
    (
        "Half of the 66 rescued workers were Kenyans.",
        "rescues 66 (workers)",
    ),
    (
        "An 81-year-old man from Osaka lost 40 million yen.",
        "losses 40000000 JPY",
    ),
    (
        "The zone's 15 compounds employ up to 20,000 people from more than 20 countries.",
        "people ..20000 | nationalities 21..",
    ),
]

DENIED = [
    'Governor Kim Invented said that reports of 300 hostages were "fake news".',
    "Police denied reports that 5 victims had died in custody.",
    "He rejected a claim by Example Monitor that 200 more had fled.",
    "No, I never said that 500 people were killed.",
]

NOT_OF_THEM = [
    ("The court convicted Keo Invented of trafficking Srey Invented and 4 other girls.", "suspects"),
    ("Police released 53 Kenyans on bail.", "rescues"),
    ("Police released photos of 55 bodies.", "rescues"),
    ("Some 40 police officers freed 3 men.", "rescues ~40"),
    ("Some 301 had been brought home, 14 had died.", "repatriations 14"),
    ("Guards killed an Indonesian man, and injured two Thais.", "deaths 2"),
    ("Of the 150 people detained, 100 were released without charge, and 49 deported.", "suspects"),
    ("Two Chinese bosses, aged 31 and 44, were arrested.", "arrests 44"),
    ("The boss, 50, returned to China.", "repatriations 50"),
    ("Police arrested the mother of three in Kandal.", "arrests 3"),
]

NOT_SO = [
    ("Thailand will deport 300 Chinese next week.", "repatriations"),
    ("Police plan to deport 300 Chinese.", "repatriations"),
    ("Some 300 Chinese are waiting to be deported.", "repatriations"),
    ("None of the 300 workers was freed.", "rescues"),
    ("Police failed to free 300 workers.", "rescues"),
    ("The ministry denied that 300 people had been arrested.", "arrests"),
]


@pytest.mark.parametrize(("body", "expected"), NEWS)
def test_figures_of_an_entry(body: str, expected: str) -> None:
    assert figures(body) == (expected.split(" | ") if expected else [])


@pytest.mark.parametrize(("body", "metric"), NOT_SO)
def test_what_did_not_happen_is_not_counted(body: str, metric: str) -> None:
    assert not [figure for figure in figures(body) if figure.startswith(metric)]


@pytest.mark.parametrize("body", DENIED)
def test_a_denied_number_is_unread_and_gives_no_figure(body: str) -> None:
    assert figures(body) == []
    assert unread(body)


@pytest.mark.parametrize(("body", "figure"), NOT_OF_THEM)
def test_a_verb_about_others_gives_no_metric(body: str, figure: str) -> None:
    assert not [one for one in figures(body) if one.startswith(figure)]
