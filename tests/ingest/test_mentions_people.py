"""Nationalities of people, and the same words where they are of something else: tables of sentence and answer."""

from __future__ import annotations

import pytest

from tests.helpers.mention_cases import names

PEOPLE = [
    ("Police freed 212 Thais, 87 Kenyans and 15 others.", "Thai, Kenyan"),
    ("At least 2,000 Taiwanese are still stranded there.", "Taiwanese"),
    ("As many as 30 nationals of Nepal, Ghana and Peru were held.", "Nepali, Ghanaian, Peruvian"),
    ("They were from Thailand (12) and Laos (three).", "Thai, Lao"),
    ("The detained include Thai, Lao and Burmese nationals.", "Thai, Lao, Burmese"),
    ("People from Kenya and Uganda were lured by job offers.", "Kenyan, Ugandan"),
    ("Citizens of Sri Lanka, Bangladesh and the Philippines asked for help.", "Sri Lankan, Bangladeshi, Filipino"),
    ("Young Vietnamese women are sold for $10,000.", "Vietnamese"),
    ("The area is run by Chinese criminal gangs.", "Chinese"),
    ("Chinese-led gangs operate with relative immunity.", "Chinese"),
    ("An Indian engineer paid a ransom.", "Indian"),
    ("The hotel is owned by Cambodian tycoon Sok Kong.", "Cambodian"),
    ("Compounds are owned by well-connected Cambodian businessmen.", "Cambodian"),
    ("The Chinese leader of a phone-scam gang escaped.", "Chinese"),
    ("A 19-year-old Filipino woman fell to her death.", "Filipino"),
    ("Among them were two Filipinas and a Briton.", "Filipino, British"),
    ("Twelve Indonesians were released.", "Indonesian"),
    ("Fourteen Myanmar nationals and 12 Hong Kong residents were rescued.", "Burmese, Hong Konger"),
    ("U.S. citizens lost $2.5 million.", "American"),
    ("Three UK nationals and two Frenchmen are missing.", "British, French"),
    ("The victims were 61 Ethiopians, 22 Kenyans and 41 others.", "Ethiopian, Kenyan"),
    ("Most of them are Chinese and Vietnamese.", "Chinese, Vietnamese"),
    ("Nine were Vietnamese and five were Indian.", "Vietnamese, Indian"),
    ("Of the 158, 71 were Chinese, 40 Vietnamese and 26 Malaysian.", "Chinese, Vietnamese, Malaysian"),
    (
        "China (354), Vietnam (218), Myanmar (127) and the Philippines (five) were counted.",
        "Chinese, Vietnamese, Burmese, Filipino",
    ),
    ("Immigration deported 93 foreigners (China 58, Vietnam 22, Indonesia 13).", "Chinese, Vietnamese, Indonesian"),
    ("12 people from Sierra Leone and three from Kazakhstan were found.", "Sierra Leonean, Kazakh"),
    ("Dozens of Malaysians and Singaporeans were among those held.", "Malaysian, Singaporean"),
    ("South Korean students and North Korean workers were identified.", "South Korean, North Korean"),
    ("Police arrested two Chinese and one Malaysian.", "Chinese, Malaysian"),
    ("A group of Bangladeshis swam across the river.", "Bangladeshi"),
    ("Uzbek, Kyrgyz and Tajik women were found in the building.", "Uzbek, Kyrgyz, Tajik"),
    ("Some 900 workers, most of them from Vietnam, fled.", "Vietnamese"),
    ("The suspects hail from China and Taiwan.", "Chinese, Taiwanese"),
    ("They detained 40 Chinese nationals, 12 Cambodians and a Thai.", "Chinese, Cambodian, Thai"),
    ("Three Kenyans and a Ugandan swim the Mekong.", "Kenyan, Ugandan"),
    ("258 Vietnamese cross at the border on foot.", "Vietnamese"),
    ("Nigerian, Ghanaian and Cameroonian men were charged.", "Nigerian, Ghanaian, Cameroonian"),
    ("The alleged Chinese kingpin was extradited.", "Chinese"),
    ("A Japanese man and his Thai wife were arrested.", "Japanese, Thai"),
    ("Brazilian and South African recruits were beaten.", "Brazilian, South African"),
    ("Indonesians were the largest group (248), followed by Malaysians (131).", "Indonesian, Malaysian"),
    ("It charged five people, four Chinese and one Malaysian, with kidnapping.", "Chinese, Malaysian"),
    ("The ship carried Emiratis, Kazakhs and Hong Kongers.", "Emirati, Kazakh, Hong Konger"),
    ("She was one of 40 Taiwan nationals in the compound.", "Taiwanese"),
    ("The rescued Pakistani and Nepalese workers went home.", "Pakistani, Nepali"),
    ("Eleven of the Indians escape from a compound.", "Indian"),
    ("A Kenyan, 24, said she was never paid.", "Kenyan"),
    ("Foreigners from 14 countries, including Chinese, Russians and Turks, were found.", "Chinese, Russian, Turkish"),
    ("Repatriated were 30 Filipinos from Cambodia.", "Filipino"),
    ("The Myanmar workers had no passports.", "Burmese"),
    ("Two Germans, a Swede and a Dane lost their savings.", "German, Swedish, Danish"),
]

OTHERS = [
    "Thai police and the Chinese embassy opened a hotline.",
    "The Vietnamese government protested.",
    "Cambodian authorities raided Cambodian compounds.",
    "The message was in Chinese.",
    "A Chinese-language website offered jobs.",
    "He fled to Thai territory and across the Lao border.",
    "Vietnamese media report on the raids.",
    "Indonesian media outlet Tempo published a video.",
    "The company has a Malaysian phone number.",
    "They paid 14 million Thai baht.",
    "He speaks Chinese and English.",
    "A Chinese company owns the casino.",
    "Chinese-owned casinos closed.",
    "The Philippine Senate held a hearing.",
    "A Singapore court sentenced him.",
    "Cambodian officials vowed to act.",
    "They were flown home from Cambodia.",
    "He returned to Thailand and Malaysia.",
    "Workers were freed from compounds in Myanmar.",
    "polish and turkish are not written so",
    "The Indian Ocean route is closed.",
    "Chinese New Year was celebrated.",
    "It received 50 Chinese phones.",
    "Taiwanese prosecutors and Japanese diplomats met.",
    "The rescued were sent from Cambodia to Bangkok.",
]


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_nationalities_of_people(text: str, expected: str) -> None:
    assert names(text, "people") == set(expected.split(", "))


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_nationality_of_people(text: str) -> None:
    assert names(text, "people") == set()
