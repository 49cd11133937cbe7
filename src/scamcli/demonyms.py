"""English demonyms of all countries, as the field writes nationalities; and of peoples that reports name as such.

Facts of common reference, kept here because no light package has them.
"""

from __future__ import annotations

DEMONYMS = frozenset(
    """
    Afghan Albanian Algerian American Andorran Angolan Antiguan Argentine Argentinian Armenian Australian Austrian
    Azerbaijani Bahamian Bahraini Bangladeshi Barbadian Belarusian Belgian Belizean Beninese Bhutanese Bolivian Bosnian
    Botswanan Brazilian British Bruneian Bulgarian Burkinabe Burmese Burundian Cambodian Cameroonian Canadian Chadian
    Chilean Chinese Colombian Comorian Congolese Croatian Cuban Cypriot Czech Danish Djiboutian Dominican Dutch
    Ecuadorian Egyptian Emirati English Eritrean Estonian Ethiopian Fijian Filipino Finnish French Gabonese Gambian
    Georgian German Ghanaian Greek Grenadian Guatemalan Guinean Guyanese Haitian Honduran Hungarian Icelandic Indian
    Indonesian Iranian Iraqi Irish Israeli Italian Ivorian Jamaican Japanese Jordanian Kazakh Kazakhstani Kenyan
    Kiribati Kosovar Kuwaiti Kyrgyz Kyrgyzstani Lao Laotian Latvian Lebanese Liberian Libyan Liechtensteiner Lithuanian
    Luxembourger Macedonian Malagasy Malawian Malaysian Maldivian Malian Maltese Marshallese Mauritanian Mauritian
    Mexican Micronesian Moldovan Monegasque Mongolian Montenegrin Moroccan Mosotho Mozambican Myanmar Namibian Nauruan
    Nepalese Nepali Nicaraguan Nigerian Nigerien Norwegian Omani Pakistani Palauan Palestinian Panamanian Paraguayan
    Peruvian Philippine Polish Portuguese Qatari Romanian Russian Rwandan Salvadoran Sammarinese Samoan Saudi Scottish
    Senegalese Serbian Seychellois Singaporean Slovak Slovene Slovenian Somali Spanish Sudanese Surinamese Swazi Swedish
    Swiss Syrian Taiwanese Tajik Tajikistani Tanzanian Thai Timorese Togolese Tongan Trinidadian Tunisian Turkish
    Turkmen Tuvaluan Ugandan Ukrainian Uruguayan Uzbek Uzbekistani Vanuatuan Venezuelan Vietnamese Welsh Yemeni Zambian
    Zimbabwean
    """.casefold().split()
) | {
    "bissau-guinean", "cape verdean", "central african", "costa rican", "east timorese", "equatorial guinean",
    "hong konger", "hong kong", "ivory coast", "kittitian", "macanese", "new zealand", "new zealander", "north korean",
    "papua new guinean", "puerto rican", "saint lucian", "sierra leonean", "solomon islander", "south african",
    "south korean", "south sudanese", "sri lankan", "são toméan", "vincentian",
}  # fmt: skip


def known(nationality: str) -> bool:
    """Whether a word is a demonym, whatever its case."""
    return nationality.casefold() in DEMONYMS
