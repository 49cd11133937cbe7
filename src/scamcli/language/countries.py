"""The countries of ISO 3166-1, by the names and demonyms that English reports use.

Facts of common reference in one table, because no light package has them all. Nothing here reads a text.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class Country(NamedTuple):
    """A country or territory.

    Attributes:
        code: ISO 3166-1 alpha-2, and XK for Kosovo.
        names: the usual English name first, then others.
        demonym: how records write its nationality; empty where nobody has one.
        adjectives: other adjectives of its people.
        nouns: other words for one of them: a Briton, a Filipina.
    """

    code: str
    names: tuple[str, ...]
    demonym: str
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]

    @property
    def plurals(self) -> tuple[str, ...]:
        """The words for several of them that are no adjectives: Thais, Filipinas, Frenchmen."""
        plain = [f"{word}s" for word in (self.demonym, *self.adjectives) if word and not word.endswith(_COLLECTIVE)]
        return (*plain, *(f"{noun[:-2]}en" if noun.endswith(("man", "woman")) else f"{noun}s" for noun in self.nouns))


OF_BODIES = {"HK": "Hong Kong", "MM": "Myanmar", "MO": "Macau", "NZ": "New Zealand", "PH": "Philippine", "US": "US"}
"""How the police and offices of a country are called, where it is not by its demonym."""

_COLLECTIVE = (
    "ese", "ish", "nch", "tch", "ss", "ois", "Lao", "Welsh", "Irish", "Kyrgyz", "Burkinabe", "Philippine", "Malagasy",
    "I-Kiribati", "Kiribati", "Ni-Vanuatu", "Hong Kong", "New Zealand", "Ivory Coast", "Myanmar", "Manx", "Vanuatu",
)  # fmt: skip
"""How a demonym ends that has no plural, or one that is a country."""

_TABLE = """
AD|Andorra|Andorran||
AE|United Arab Emirates;UAE;U.A.E.;Emirates|Emirati||
AF|Afghanistan|Afghan||
AG|Antigua and Barbuda;Antigua & Barbuda;Antigua|Antiguan|Barbudan|
AI|Anguilla|Anguillian||
AL|Albania|Albanian||
AM|Armenia|Armenian||
AO|Angola|Angolan||
AQ|Antarctica|||
AR|Argentina|Argentine|Argentinian;Argentinean|
AS|American Samoa|American Samoan||
AT|Austria|Austrian||
AU|Australia|Australian||Aussie
AW|Aruba|Aruban||
AX|Åland Islands;Aland Islands|Ålander||
AZ|Azerbaijan|Azerbaijani|Azeri|
BA|Bosnia and Herzegovina;Bosnia & Herzegovina;Bosnia|Bosnian|Herzegovinian|
BB|Barbados|Barbadian||Bajan
BD|Bangladesh|Bangladeshi||
BE|Belgium|Belgian||
BF|Burkina Faso|Burkinabe||
BG|Bulgaria|Bulgarian||
BH|Bahrain|Bahraini||
BI|Burundi|Burundian||
BJ|Benin|Beninese||
BL|Saint Barthélemy;St. Barthélemy;St Barts|||
BM|Bermuda|Bermudian||
BN|Brunei;Brunei Darussalam|Bruneian||
BO|Bolivia;Plurinational State of Bolivia|Bolivian||
BQ|Bonaire, Sint Eustatius and Saba;Bonaire;Caribbean Netherlands|||
BR|Brazil|Brazilian||
BS|Bahamas;The Bahamas|Bahamian||
BT|Bhutan|Bhutanese||
BV|Bouvet Island|||
BW|Botswana|Botswanan|Motswana;Batswana|
BY|Belarus|Belarusian|Byelorussian|
BZ|Belize|Belizean||
CA|Canada|Canadian||
CC|Cocos (Keeling) Islands;Cocos Islands|Cocos Islander||
CD|Democratic Republic of the Congo;Democratic Republic of Congo;DR Congo;DRC;Congo-Kinshasa|Congolese||
CF|Central African Republic|Central African||
CG|Congo;Republic of the Congo;Congo-Brazzaville|Congolese||
CH|Switzerland|Swiss||
CI|Côte d'Ivoire;Cote d'Ivoire;Ivory Coast|Ivorian|Ivory Coast|
CK|Cook Islands|Cook Islander||
CL|Chile|Chilean||
CM|Cameroon|Cameroonian||
CN|China;Mainland China;PRC;People's Republic of China|Chinese||
CO|Colombia|Colombian||
CR|Costa Rica|Costa Rican||
CU|Cuba|Cuban||
CV|Cabo Verde;Cape Verde|Cape Verdean|Cabo Verdean|
CW|Curaçao;Curacao|Curaçaoan||
CX|Christmas Island|Christmas Islander||
CY|Cyprus|Cypriot||
CZ|Czechia;Czech Republic|Czech||
DE|Germany|German||
DJ|Djibouti|Djiboutian||
DK|Denmark|Danish||Dane
DM|Dominica|Dominican||
DO|Dominican Republic|Dominican||
DZ|Algeria|Algerian||
EC|Ecuador|Ecuadorian|Ecuadorean|
EE|Estonia|Estonian||
EG|Egypt|Egyptian||
EH|Western Sahara|Sahrawi||
ER|Eritrea|Eritrean||
ES|Spain|Spanish||Spaniard
ET|Ethiopia|Ethiopian||
FI|Finland|Finnish||Finn
FJ|Fiji|Fijian||
FK|Falkland Islands;Falklands|Falkland Islander||
FM|Micronesia;Federated States of Micronesia|Micronesian||
FO|Faroe Islands|Faroese||
FR|France|French||Frenchman;Frenchwoman
GA|Gabon|Gabonese||
GB|United Kingdom;UK;U.K.;Britain;Great Britain;England;Scotland;Wales;Northern Ireland|British||Briton;Brit
GD|Grenada|Grenadian||
GE|Georgia|Georgian||
GF|French Guiana|French Guianese||
GG|Guernsey|||
GH|Ghana|Ghanaian||
GI|Gibraltar|Gibraltarian||
GL|Greenland|Greenlandic||Greenlander
GM|Gambia;The Gambia|Gambian||
GN|Guinea;Republic of Guinea|Guinean||
GP|Guadeloupe|Guadeloupean||
GQ|Equatorial Guinea|Equatorial Guinean|Equatoguinean|
GR|Greece|Greek||
GS|South Georgia and the South Sandwich Islands;South Georgia|||
GT|Guatemala|Guatemalan||
GU|Guam|Guamanian||
GW|Guinea-Bissau;Guinea Bissau|Bissau-Guinean||
GY|Guyana|Guyanese||
HK|Hong Kong;Hongkong|Hong Konger|Hong Kong|Hongkonger
HM|Heard Island and McDonald Islands|||
HN|Honduras|Honduran||
HR|Croatia|Croatian||Croat
HT|Haiti|Haitian||
HU|Hungary|Hungarian||
ID|Indonesia|Indonesian||
IE|Ireland;Republic of Ireland|Irish||Irishman;Irishwoman
IL|Israel|Israeli||
IM|Isle of Man|Manx||
IN|India|Indian||
IO|British Indian Ocean Territory|||
IQ|Iraq|Iraqi||
IR|Iran|Iranian||
IS|Iceland|Icelandic||Icelander
IT|Italy|Italian||
JE|Jersey|||
JM|Jamaica|Jamaican||
JO|Jordan|Jordanian||
JP|Japan|Japanese||
KE|Kenya|Kenyan||
KG|Kyrgyzstan|Kyrgyz|Kyrgyzstani;Kirghiz|
KH|Cambodia;Kingdom of Cambodia;Kampuchea|Cambodian||
KI|Kiribati|I-Kiribati|Kiribati|
KM|Comoros|Comorian|Comoran|
KN|Saint Kitts and Nevis;St. Kitts and Nevis;St Kitts and Nevis|Kittitian|Nevisian|
KP|North Korea;DPRK;Democratic People's Republic of Korea|North Korean||
KR|South Korea;Republic of Korea;Korea;S. Korea|South Korean|Korean|
KW|Kuwait|Kuwaiti||
KY|Cayman Islands|Caymanian||
KZ|Kazakhstan|Kazakh|Kazakhstani|
LA|Laos;Lao PDR;Lao People's Democratic Republic|Lao|Laotian|
LB|Lebanon|Lebanese||
LC|Saint Lucia;St. Lucia|Saint Lucian|St. Lucian|
LI|Liechtenstein|Liechtensteiner||
LK|Sri Lanka|Sri Lankan||
LR|Liberia|Liberian||
LS|Lesotho|Mosotho|Basotho|
LT|Lithuania|Lithuanian||
LU|Luxembourg|Luxembourgish||Luxembourger
LV|Latvia|Latvian||
LY|Libya|Libyan||
MA|Morocco|Moroccan||
MC|Monaco|Monegasque||
MD|Moldova|Moldovan||
ME|Montenegro|Montenegrin||
MF|Saint Martin;St. Martin|||
MG|Madagascar|Malagasy||Madagascan
MH|Marshall Islands|Marshallese||
MK|North Macedonia;Macedonia|Macedonian|North Macedonian|
ML|Mali|Malian||
MM|Myanmar;Burma|Burmese|Myanmar;Myanmarese|
MN|Mongolia|Mongolian||
MO|Macau;Macao|Macanese|Macau|
MP|Northern Mariana Islands;Saipan|||
MQ|Martinique|Martinican||
MR|Mauritania|Mauritanian||
MS|Montserrat|Montserratian||
MT|Malta|Maltese||
MU|Mauritius|Mauritian||
MV|Maldives|Maldivian|Maldivan|
MW|Malawi|Malawian||
MX|Mexico|Mexican||
MY|Malaysia|Malaysian||
MZ|Mozambique|Mozambican||
NA|Namibia|Namibian||
NC|New Caledonia|New Caledonian||
NE|Niger|Nigerien||
NF|Norfolk Island|Norfolk Islander||
NG|Nigeria|Nigerian||
NI|Nicaragua|Nicaraguan||
NL|Netherlands;The Netherlands;Holland|Dutch||Dutchman;Dutchwoman
NO|Norway|Norwegian||
NP|Nepal|Nepali|Nepalese|
NR|Nauru|Nauruan||
NU|Niue|Niuean||
NZ|New Zealand;Aotearoa|New Zealander|New Zealand|Kiwi
OM|Oman|Omani||
PA|Panama|Panamanian||
PE|Peru|Peruvian||
PF|French Polynesia;Tahiti|French Polynesian|Tahitian|
PG|Papua New Guinea;PNG|Papua New Guinean||
PH|Philippines;the Philippines|Filipino|Philippine|Filipina;Pinoy
PK|Pakistan|Pakistani||
PL|Poland|Polish||Pole
PM|Saint Pierre and Miquelon|||
PN|Pitcairn;Pitcairn Islands|Pitcairn Islander||
PR|Puerto Rico|Puerto Rican||
PS|Palestine;State of Palestine;Palestinian Territories;Gaza;West Bank|Palestinian||
PT|Portugal|Portuguese||
PW|Palau|Palauan||
PY|Paraguay|Paraguayan||
QA|Qatar|Qatari||
RE|Réunion|Réunionese||
RO|Romania|Romanian||
RS|Serbia|Serbian||Serb
RU|Russia;Russian Federation|Russian||
RW|Rwanda|Rwandan||
SA|Saudi Arabia|Saudi|Saudi Arabian|
SB|Solomon Islands|Solomon Islander||
SC|Seychelles|Seychellois||
SD|Sudan|Sudanese||
SE|Sweden|Swedish||Swede
SG|Singapore|Singaporean||
SH|Saint Helena, Ascension and Tristan da Cunha;Saint Helena;St. Helena|Saint Helenian||
SI|Slovenia|Slovenian|Slovene|
SJ|Svalbard and Jan Mayen;Svalbard|||
SK|Slovakia|Slovak|Slovakian|
SL|Sierra Leone|Sierra Leonean||
SM|San Marino|Sammarinese||
SN|Senegal|Senegalese||
SO|Somalia;Somaliland|Somali|Somalian|
SR|Suriname|Surinamese||Surinamer
SS|South Sudan|South Sudanese||
ST|São Tomé and Príncipe;Sao Tome and Principe|São Toméan|Sao Tomean|
SV|El Salvador|Salvadoran|Salvadorean;Salvadorian|
SX|Sint Maarten|||
SY|Syria;Syrian Arab Republic|Syrian||
SZ|Eswatini;Swaziland|Swazi||
TC|Turks and Caicos Islands;Turks and Caicos|||
TD|Chad|Chadian||
TF|French Southern Territories|||
TG|Togo|Togolese||
TH|Thailand|Thai||
TJ|Tajikistan|Tajik|Tajikistani;Tadzhik|
TK|Tokelau|Tokelauan||
TL|Timor-Leste;East Timor|Timorese|East Timorese|
TM|Turkmenistan|Turkmen||
TN|Tunisia|Tunisian||
TO|Tonga|Tongan||
TR|Turkey;Türkiye;Turkiye|Turkish||Turk
TT|Trinidad and Tobago;Trinidad & Tobago;Trinidad|Trinidadian||
TV|Tuvalu|Tuvaluan||
TW|Taiwan;Republic of China|Taiwanese||
TZ|Tanzania|Tanzanian||
UA|Ukraine|Ukrainian||
UG|Uganda|Ugandan||
UM|United States Minor Outlying Islands|||
US|United States;United States of America;US;U.S.;USA;U.S.A.;America|American||
UY|Uruguay|Uruguayan||
UZ|Uzbekistan|Uzbek|Uzbekistani|
VA|Vatican City;Holy See;Vatican|||
VC|Saint Vincent and the Grenadines;St. Vincent and the Grenadines;Saint Vincent|Vincentian|Saint Vincentian|
VE|Venezuela|Venezuelan||
VG|British Virgin Islands;BVI|||
VI|US Virgin Islands;U.S. Virgin Islands|||
VN|Vietnam;Viet Nam|Vietnamese||
VU|Vanuatu|Vanuatuan|Ni-Vanuatu;Vanuatu|
WF|Wallis and Futuna|||
WS|Samoa|Samoan||
XK|Kosovo|Kosovar|Kosovan|
YE|Yemen|Yemeni|Yemenite|
YT|Mayotte|||
ZA|South Africa|South African||
ZM|Zambia|Zambian||
ZW|Zimbabwe|Zimbabwean||
"""

PEOPLES = frozenset({"English", "Scottish", "Welsh"})
"""Peoples that reports name as nationalities, and that have no country of their own in the standard."""


@cache
def countries() -> dict[str, Country]:
    """The countries by their codes."""
    found = {}
    for line in _TABLE.strip().splitlines():
        code, names, demonym, adjectives, nouns = line.split("|")
        found[code] = Country(code, _several(names), demonym, _several(adjectives), _several(nouns))
    return found


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def of_body(code: str) -> str:
    """The adjective for the police and offices of a country: Thai, Philippine, US."""
    return OF_BODIES.get(code) or countries()[code].demonym
