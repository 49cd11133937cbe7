"""What happened to how many people: a table of sentences with their figures, in the forms that reporters use.

Each sentence is an entry of its own. A figure is written ``rescues 212 Thai (women) <0``: metric, bounds, nationality,
group, and the index of the figure it is part of. The record must not say anything that the line does not.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.proposals_of import figures

RESCUED = [
    ("Police freed 212 Thais, 87 Kenyans and 15 others.", "rescues 212 Thai | rescues 87 Kenyan | rescues 15"),
    ("Officers rescued 45 Thai workers from a compound in Kandal.", "rescues 45 Thai (workers)"),
    ("Forty-five Thai workers were rescued from a compound.", "rescues 45 Thai (workers)"),
    ("Police rescued more than 45 people.", "rescues 46.."),
    ("Some 60 Filipinos were released after a week.", "rescues ~60 Filipino"),
    ("The operation freed at least 1,200 people.", "rescues 1200.."),
    ("A joint raid led to the rescue of 23 Malaysians.", "rescues 23 Malaysian"),
    ("The rescue of 23 Malaysians followed a tip.", "rescues 23 Malaysian"),
    ("Up to 80 women had been set free by then.", "rescues ..80 (women)"),
    ("Nearly 200 Vietnamese walked free on Monday.", "rescues ~..200 Vietnamese"),
    ("Two hundred and six foreigners were pulled out of the casino.", "rescues 206 (foreigners)"),
    ("Authorities brought 14 trafficking victims out of the building.", "rescues 14 (victims)"),
    ("He was one of 40 Filipinos rescued that day.", "rescues 40 Filipino"),
    ("Rescuers got 31 Indonesians out through a back gate.", "rescues 31 Indonesian"),
    ("The gang let nine of its workers go after a payment.", "rescues 9 (workers)"),
    ("A dozen Bangladeshi men have been freed.", "rescues 12 Bangladeshi (men)"),
    ("Dozens of workers were freed in the raids.", "rescues 12.. (workers)"),
    ("Over 100 trafficked Kenyans were rescued.", "rescues 101.. Kenyan"),
    ("Thirty people, mostly Indians, were evacuated from the zone.", "rescues 30"),
    ("Between 20 and 30 men were released.", "rescues 20..30 (men)"),
    ("From the compound, police rescued eight Nepali women.", "rescues 8 Nepali (women)"),
    ("The eight Nepali women were rescued by police.", "rescues 8 Nepali (women)"),
    ("Three Ugandans and five Kenyans have been rescued so far.", "rescues 3 Ugandan | rescues 5 Kenyan"),
    ("The number of people rescued reached 310.", "rescues 310"),
    ("It brought the number of those freed to 88.", "rescues 88"),
    ("The embassy said 17 of its nationals had been freed.", "rescues 17"),
    ("The Kenyan Embassy said that it had rescued 17 nationals.", "rescues 17 Kenyan"),
    ("Soldiers freed the 54 captives.", "rescues 54"),
    ("Rescued: 12 women and three children.", "rescues 12 (women) | rescues 3 (children)"),
    ("Seven teenagers, all Vietnamese, were rescued.", "rescues 7 Vietnamese (minors)"),
    ("Only four Sri Lankans were saved.", "rescues 4 Sri Lankan"),
    ("An additional 26 foreigners were freed on Tuesday.", "rescues 26 (foreigners)"),
    ("They freed 400-plus workers.", "rescues 400.. (workers)"),
    ("Police rescued approximately 1.5 thousand foreigners.", "rescues ~1500 (foreigners)"),
]

ARRESTED = [
    ("Police arrested 30 suspects in Poipet.", "arrests 30 (suspects)"),
    ("Thirty-one people were arrested on suspicion of fraud.", "arrests 31"),
    ("The raid ended with 31 arrests.", "arrests 31"),
    ("Officers made 31 arrests.", "arrests 31"),
    ("Six Chinese men were nabbed at the border.", "arrests 6 Chinese (men)"),
    ("Police have so far apprehended four Taiwanese suspects.", "arrests 4 Taiwanese (suspects)"),
    (
        "Nine suspects, seven men and two women, were arrested.",
        "arrests 9 (suspects) | arrests 7 (men) <0 | arrests 2 (women) <0",
    ),
    ("Two Malaysians and a Singaporean were arrested.", "arrests 2 Malaysian"),
    ("The arrest of five police officers surprised many.", "arrests 5 (officials)"),
    ("Three immigration officers were arrested for taking bribes.", "arrests 3 (officials)"),
    ("Police rounded up 73 foreigners.", "arrests 73 (foreigners)"),
    ("Police detained 12 men for questioning.", "detentions 12 (men)"),
    ("Twelve men were taken into custody.", "detentions 12 (men)"),
    ("About 50 foreigners are being held at the immigration centre.", "detentions ~50 (foreigners)"),
    ("Another 18 remained in detention.", "detentions 18"),
    ("Police are holding eight women at the provincial station.", "detentions 8 (women)"),
    ("Prosecutors charged seven people with human trafficking.", "charged 7"),
    ("Seven people were charged with human trafficking.", "charged 7"),
    ("A court convicted three Thais of fraud.", "convictions 3 Thai"),
    ("Five suspects were sent to court.", "suspects 5"),
    ("The court jailed 11 Chinese for running the scheme.", "convictions 11 Chinese"),
    ("Four defendants appeared in court on Friday.", "suspects 4 (defendants)"),
    ("Ten people were indicted, and two remain at large.", "charged 10"),
    ("In all, 84 suspects were arrested in three provinces.", "arrests 84 (suspects) | provinces 3"),
    ("Police in Thailand arrested 16 people and seized 400 phones.", "arrests 16"),
    ("Arrested were four Vietnamese and a Lao.", "arrests 4 Vietnamese"),
]

HOME = [
    ("The embassy repatriated 62 Indonesians.", "repatriations 62 Indonesian"),
    ("Sixty-two Indonesians were repatriated.", "repatriations 62 Indonesian"),
    ("Cambodia deported 93 foreigners on Wednesday.", "deportations 93 (foreigners)"),
    ("As many as 150 Chinese were deported in March.", "deportations ..150 Chinese"),
    ("Some 600 Pakistanis flew home last week.", "repatriations ~600 Pakistani"),
    ("A charter flight brought 197 Indians home.", "repatriations 197 Indian"),
    ("A plane with 197 Indians on board landed in Delhi.", "repatriations 197 Indian"),
    ("Taiwan brought back 22 of its citizens.", "repatriations 22 Taiwanese"),
    ("Twenty-two Taiwanese returned home.", "repatriations 22 Taiwanese"),
    ("The return of 15 Brazilians was delayed.", "repatriations 15 Brazilian"),
    ("Fifteen Brazilians arrived in Sao Paulo.", "repatriations 15 Brazilian"),
    ("China has taken home more than 3,000 of its nationals.", "repatriations 3001.. Chinese"),
    ("The ministry reported 480 deportations.", "deportations 480"),
    ("More than 40 Ethiopians were sent back to Addis Ababa.", "repatriations 41.. Ethiopian"),
    ("Thai police handed over 61 Chinese to their own country.", "repatriations 61 Chinese"),
    ("Vietnam received 137 citizens at the Moc Bai border gate.", "repatriations 137 Vietnamese"),
]

ESCAPED = [
    ("Forty Vietnamese swam across a river to escape.", "escapes 40 Vietnamese"),
    ("Two Indians fled the compound at night.", "escapes 2 Indian"),
    ("About 80 workers ran away after a power cut.", "escapes ~80 (workers)"),
    ("Dozens of workers fled the compound.", "escapes 12.. (workers)"),
    ("Three Filipinos managed to escape through a window.", "escapes 3 Filipino"),
    ("The escape of 11 Malaysians was filmed.", "escapes 11 Malaysian"),
    ("Five men climbed over the wall.", "escapes 5 (men)"),
    ("At least seven people broke out of the building.", "escapes 7.."),
]

HELD = [
    ("At least 100 people were still being held in the compound.", "captives 100.."),
    ("Hundreds of foreigners remain trapped.", "captives 100.. (foreigners)"),
    ("Fewer than 50 Thais were stranded there.", "captives ..49 Thai"),
    ("The gang held 34 Vietnamese captive.", "captives 34 Vietnamese"),
    ("Thirty-four Vietnamese were held against their will.", "captives 34 Vietnamese"),
    ("Up to 1,000 workers are kept inside the casino.", "captives ..1000 (workers)"),
    ("As many as 30 nationals of Nepal, Ghana and Peru were held.", "captives ..30"),
    ("At least 100,000 people are forced to work in scam compounds.", "captives 100000.."),
    ("An estimated 2,000 foreigners cannot leave the zone.", "captives ~2000 (foreigners)"),
    ("Several hundred workers are believed to be trapped.", "captives 200.. (workers)"),
    ("Around 12 women were locked in a room.", "captives ~12 (women)"),
]

DIED = [
    ("Eleven people died in the fire.", "deaths 11"),
    ("The fire killed 26 people.", "deaths 26"),
    ("Police found the bodies of three men.", "deaths 3 (men)"),
    ("Four Vietnamese drowned in the river.", "deaths 4 Vietnamese"),
    ("Two Chinese women were found dead.", "deaths 2 Chinese (women)"),
    ("The death toll rose to 19.", "deaths 19"),
    ("At least nine deaths have been recorded.", "deaths 9.."),
    ("Two workers fell to their deaths.", "deaths 2 (workers)"),
]

COUNTED = [
    ("The ministry received 289 complaints.", "complaints 289"),
    ("Requests for help reached 145.", "requests 145"),
    ("The embassy received more than 300 requests for help.", "requests 301.."),
    ("Complaints rose to 40, twice the 20 of a year before.", "complaints 40 | complaints 20"),
    ("Complaints rose from 20 to 40.", "complaints 20 | complaints 40"),
    ("Police recorded 73 cases of trafficking.", "cases 73"),
    ("There were 73 cases in 2022, compared with 41 in 2021.", "cases 73 | cases 41"),
    ("The hotline logged 61 reports of forced labour.", "reports 61"),
    ("The bureau identified 96 victims.", "victims 96"),
    ("Ninety-six people were identified as victims of trafficking.", "victims 96"),
    ("Of the 20 cases, 13 involved women.", "cases 20 | cases 13 <0"),
    ("Police searched 17 buildings.", "premises 17"),
    ("Seventeen buildings were searched on Friday.", "premises 17"),
    ("Authorities shut down five casinos and two hotels.", "premises 5 | premises 2"),
    ("Complaints fell by 78 percent.", "change -78"),
    ("There was a 78% drop in complaints.", "change -78"),
    ("Cases increased by 12.5 percent.", "change 12.5"),
    ("Women made up 58 percent of the victims.", "share 58 (women)"),
    ("The people came from 21 nationalities.", "nationalities 21"),
    ("Victims lost $2.5 million to the gang.", "losses 2500000"),
    ("She was cheated of 40,000 baht.", "losses 40000 THB"),
    ("The scheme defrauded investors of more than $12 million.", "losses 12000000.."),
    ("He was sentenced to 15 years in prison.", "sentences 15"),
    ("Three men were each jailed for eight years.", "convictions 3 (men) | sentences 8"),
    ("The channel has 12,000 members.", "members 12000"),
    ("The outlet published 12 articles on the matter.", "articles 12"),
]


MIXED: list[Any] = [
    (
        "The court sentenced two Chinese nationals to life and a Thai to 10 years in prison.",
        "convictions 2 Chinese | sentences 10 Thai",
    ),
    ("A 22-year-old woman and two men were rescued.", "rescues 2 (men)"),
    ("Police raided 12 buildings and arrested 140 people.", "premises 12 | arrests 140"),
    ("The raid on three villas led to 14 arrests.", "premises 3 | arrests 14"),
    ("In raids on 11 sites, police arrested 200 people.", "premises 11 | arrests 200"),
    ("Two hundred people were arrested in raids on 11 sites.", "arrests 200 | premises 11"),
    ("Authorities have deported 1,200 Chinese since January.", "deportations 1200 Chinese"),
    ("Since January, 1,200 Chinese have been deported.", "deportations 1200 Chinese"),
    (
        "The ministry said it had helped 2,700 Indonesians return from Cambodia since 2020.",
        "repatriations 2700 Indonesian",
    ),
    ("Police intercepted a van carrying 16 Burmese.", "people 16 Burmese"),
    ("Thirteen Malaysians lured by job offers have returned.", "repatriations 13 Malaysian"),
    ("Police saved a Vietnamese teenager and 12 other workers.", "rescues 12 (workers)"),
    (
        "Four hundred and twelve foreigners from 17 countries were deported.",
        "deportations 412 (foreigners) | nationalities 17",
    ),
    ("The victims, aged 18 to 42, included 61 Ethiopians and 22 Kenyans.", "victims 61 Ethiopian | victims 22 Kenyan"),
    (
        "Three Thai employees and their two Chinese bosses were arrested.",
        "arrests 3 Thai (workers) | arrests 2 Chinese",
    ),
    ("Seven alleged ringleaders were arrested.", "arrests 7"),
    ("Eleven suspected scammers were detained.", "detentions 11"),
    ("Police arrested ten recruiters and freed 48 victims.", "arrests 10 | rescues 48 (victims)"),
    ("Nine Japanese men were extradited to Tokyo.", "deportations 9 Japanese (men)"),
    ("South Korea brought home 64 of its citizens on a chartered plane.", "repatriations 64 South Korean"),
    ("Sixty-four South Koreans arrived at Incheon airport.", "repatriations 64 South Korean"),
    ("More than half of the 60 workers were women.", "people 60 (workers)"),
    ("About one third of the 90 victims were minors.", "victims 90"),
    ("The compound employs 3,000 workers.", "people 3000 (workers)"),
    ("Roughly 5,000 people live in the zone.", "people ~5000"),
    ("Police said the site housed as many as 8,000 workers.", "people ..8000 (workers)"),
    ("The building held 60 women and 90 men.", "captives 60 (women) | captives 90 (men)"),
    ("No fewer than 25 workers jumped the fence.", "escapes 25.. (workers)"),
    ("At least two dozen workers escaped.", "escapes 24.. (workers)"),
    ("Just under 100 foreigners were freed.", "rescues ..99 (foreigners)"),
    ("Well over 300 people were freed.", "rescues 301.."),
    ("Close to 70 Kenyans were freed.", "rescues ~70 Kenyan"),
    ("A few dozen workers were freed.", "rescues 24.. (workers)"),
    ("Tens of thousands of people are held in the camps.", "captives 10000.."),
    ("Half a dozen men were arrested.", "arrests 6 (men)"),
    ("Three or four men were arrested.", "arrests 3..4 (men)"),
    ("The number of captives could be as high as 900.", "captives ..900"),
    ("Police freed 120 people, though activists say the number could be as high as 200.", "rescues 120..200"),
    ("The embassy assisted 41 Bangladeshis in 2022 and 77 in 2023.", "people 41 Bangladeshi | people 77 Bangladeshi"),
    ("Deaths rose from three in 2021 to eleven in 2022.", "deaths 3 | deaths 11"),
    ("The number of requests fell to 60 from 210.", "requests 60 | requests 210"),
    ("Arrests jumped to 310, up from 120.", "arrests 310 | arrests 120"),
    ("The police chief said 63 had been arrested.", "arrests 63"),
    ("Sixty-three were arrested.", "arrests 63"),
    ("Among the arrested are 40 Chinese.", "arrests 40 Chinese"),
    (
        "Those freed are from India (30), Nepal (20) and Sri Lanka (four).",
        "rescues 30 Indian | rescues 20 Nepali | rescues 4 Sri Lankan",
    ),
    (
        "Police freed people from India (30), Nepal (20) and Sri Lanka (four).",
        "rescues 30 Indian | rescues 20 Nepali | rescues 4 Sri Lankan",
    ),
    (
        "Police freed 30 people from India, 20 from Nepal and four from Sri Lanka.",
        "rescues 30 Indian | rescues 20 Nepali | rescues 4 Sri Lankan",
    ),
    ("Five Kenyan women, a Ugandan and three others escaped.", "escapes 5 Kenyan (women) | escapes 3"),
    ("Kidnappers are holding 12 Chinese tourists.", "captives 12 Chinese"),
    ("The 60 women said they had been locked up.", "captives 60 (women)"),
    ("Two of the escapees were killed.", "deaths 2"),
    ("An 18-year-old and four others drowned.", "deaths 4"),
    ("Police handed 12 suspects over to the Phnom Penh court.", "suspects 12"),
    ("Thailand's army received 260 people from 20 countries.", "people 260 | nationalities 20"),
    ("A further 45 Indians have registered for return.", "people 45 Indian"),
    ("The activist said that he had rescued 90 people himself.", "rescues 90"),
    ("Police in Kandal freed 12 people and those in Kampot nine.", "rescues 12 | rescues 9"),
    ("Police freed 12 people in Kandal, nine in Kampot and four in Takeo.", "rescues 12 | rescues 9 | rescues 4"),
]


def table(*rows: list[Any]) -> list[Any]:
    return [one for each in rows for one in each]


@pytest.mark.parametrize(("sentence", "expected"), table(RESCUED, ARRESTED, HOME, ESCAPED, HELD, DIED, COUNTED, MIXED))
def test_what_happened_to_how_many(sentence: str, expected: str) -> None:
    assert figures(sentence) == expected.split(" | ")
