"""Who said a number: a table of an entry and the speaker of each of its figures."""

from __future__ import annotations

import pytest

from scamcli.ingest.proposal import Known, Metadata
from tests.helpers.proposals_of import proposals, record

KIM = "Kim Invented"
KNOWN = Known(
    actors={KIM: KIM, "Ana Made Up": "Ana Made Up", "Harbour Watch": "Harbour Watch", "Example Times": "Example Times"},
    kinds={KIM: "person", "Ana Made Up": "person", "Harbour Watch": "ngo", "Example Times": "media"},
)

SAID = [
    ("Kim Invented said that 12 people had fled. The province has freed 45, according to a report.", [KIM, None]),
    ("Kim Invented said that 12 people had fled. According to residents, 45 were freed.", [KIM, None]),
    (
        "Kim Invented said that it was quiet. “About 70 were freed,” A trader, who gave her name as Iya, told us.",
        [None],
    ),
    ("Kim Invented said that 45 people had been freed.", [KIM]),
    ("Kim Invented told reporters that 45 people had been freed.", [KIM]),
    ("Forty-five people were freed, Kim Invented said.", [KIM]),
    ("Forty-five people were freed, said Kim Invented.", [KIM]),
    ("Forty-five people were freed, according to Kim Invented.", [KIM]),
    ("According to Kim Invented, 45 people were freed.", [KIM]),
    ("“We freed 45 people,” Kim Invented said.", [KIM]),
    ("Kim Invented announced the release of 45 people.", [KIM]),
    ("Kim Invented, a spokesman for the force, said that 45 people were freed.", [KIM]),
    ("Kim Invented also said that 45 people were freed.", [KIM]),
    ("Kim Invented claimed that up to 45 people were held.", [KIM]),
    ("Kim Invented confirmed that 45 people had been arrested.", [KIM]),
    ("Harbour Watch estimates that 45 people are held.", ["Harbour Watch"]),
    ("Harbour Watch recorded 45 complaints.", ["Harbour Watch"]),
    ("Harbour Watch received 45 requests for help.", ["Harbour Watch"]),
    ("Example Times reported that 45 people had been freed.", ["Example Times"]),
    ("Example Times reported that 45 people had been freed, citing Kim Invented.", ["Example Times"]),
    ("Kim Invented told Example Times that 45 people had been freed.", [KIM]),
    ("Kim Invented spoke on Monday. He said that 45 people had been freed.", [KIM]),
    ("Kim Invented said that 45 people were freed. Twelve of them were women.", [KIM, None]),
    ("“We freed 45 people,” Kim Invented said. “Twelve people are still held.”", [KIM, KIM]),
    ("Kim Invented spoke: “We freed 45 people. Twelve people died.”", [KIM, KIM]),
    ('"We came," Kim Invented said. "We freed 45.\n\n"Twelve people died."', [KIM, KIM]),
    ("“We freed 45 people,” a guard said. “Twelve people are still held.”", [None, None]),
    ("Forty-five people were freed, said provincial police chief Kim Invented on Thursday.", [KIM]),
    ("Forty-five people were freed, according to a statement by Harbour Watch.", ["Harbour Watch"]),
    ("According to a spokesperson for Harbour Watch, 45 people were freed.", ["Harbour Watch"]),
    ("Police spokesman Winardo said that 45 people were freed.", ["Winardo"]),
    ("Harbour Watch on Tuesday said that 45 people were freed.", ["Harbour Watch"]),
    ("Kim Invented was quoted as saying that 45 people were freed.", [KIM]),
    ("Kim Invented spoke on Monday. He also said that 45 people were freed.", [KIM]),
    ("Harbour Watch wrote a report. It counted 45 deaths.", ["Harbour Watch"]),
    ("Harbour Watch spoke. The report added that 45 people died.", ["Harbour Watch"]),
    ("The Indonesian Embassy in the Cambodian capital said that 45 people were freed.", ["Indonesian Embassy"]),
    ("According to the 2021 Harbour Watch report, 45 people were freed.", ["Harbour Watch"]),
    ("In the words of Kim Invented, 45 people were freed.", [KIM]),
    ("Forty-five people were freed [Harbour Watch].", ["Harbour Watch"]),
    ("In Thailand, officials said that 45 people were freed.", [None]),
    ("Kandal police found 45 people in a van.", [None]),
    ("The talks ended with Harbour Watch estimating that 45 people are held.", ["Harbour Watch"]),
    ("Forty-five people were freed, said ministry spokesman Kim Invented.", [KIM]),
    ("Kim Invented, a spokesman for Haven for Migrants, a charity, said that 45 people were freed.", [KIM]),
    ("Forty-five people are held, according to new estimates by Example Times.", ["Example Times"]),
    ("Kim Invented said 45 people were freed, while Ana Made Up said 30 were freed.", [KIM, "Ana Made Up"]),
    ("Kim Invented said that 45 people were freed. Ana Made Up said that 30 people were freed.", [KIM, "Ana Made Up"]),
    ("“We freed 45 people. Twelve were women,” Kim Invented said.", [KIM, KIM]),
    ("Forty-five people were freed.", [None]),
    ("A guard said that 45 people were held.", [None]),
    ("One former worker told reporters that 45 people were held.", [None]),
    ("Forty-five people were freed while Kim Invented was away.", [None]),
    ("Police freed 45 people.", [None]),
    ("“Forty-five people were freed,” said Dr. Kim Invented of Harbour Watch.", [KIM]),
    ("According to Lt. Col. Kim Invented, 45 people were freed.", [KIM]),
    ("Forty-five people were freed, according to Kandal police chief Kim Invented.", [KIM]),
    ("Forty-five people were freed, says its coordinator Kim Invented.", [KIM]),
    ("Colonel Kim Invented of Harbour Watch: 45 people were freed.", [KIM]),
    ("The hotline was told by Kim Invented that 45 people had been freed.", [KIM]),
    ("The Indonesian Embassy in Phnom Penh said that 45 people were freed.", ["Indonesian Embassy"]),
    ("Kim Invented: 45 people were freed. Twelve people died.", [KIM, KIM]),
    ("12:40 Minister Kim Invented at the airport: “45 people were freed.”", [KIM]),
    ("Minister for Justice (Deputy Kim Invented): 45 people were freed.", [KIM]),
    (
        "Kim Invented said they freed:\n- 45 Thai workers in Poipet;\n- 12 Lao workers in Bavet;\n\nNine people died.",
        [KIM, KIM, None],
    ),
    ("Forty-five people were freed. Twelve people died [Harbour Watch].", ["Harbour Watch", "Harbour Watch"]),
    ("Harbour Watch in a statement last night said that 45 people were freed.", ["Harbour Watch"]),
    ("Harbour Watch's data show that 45 people were freed.", ["Harbour Watch"]),
    ("Harbour Watch's office in Bavet said that 45 people were freed.", ["Harbour Watch"]),
    ("Harbour Watch knows of 45 deaths.", ["Harbour Watch"]),
    ("Harbour Watch put the number of deaths at 45.", ["Harbour Watch"]),
    ("Harbour Watch put 45 victims on a list.", [None]),
    ("Kim Invented spoke. He put the number of deaths at 45.", [KIM]),
    ("Kim Invented spoke. Forty-five people were freed, the commissioner said.", [KIM]),
    ("Kim Invented, of the Second Harbour Watch, said that 45 people were freed.", [KIM]),
    ("“We freed 45 people,” said Special Agent in Charge Ann Invented Roe.", ["Ann Invented Roe"]),
    ("Colombo High Court: 45 men were freed.", [None]),
    ("In what Harbour Watch calls a success, 45 people were freed.", [None]),
    ("Harbour Watch statement: 45 people were freed.", ["Harbour Watch"]),
    ("Final figure from Harbour Watch: 45 people were freed.", ["Harbour Watch"]),
    ("A police spokesman in Kampala said 45 people were freed.", ["Ugandan police"]),
    ("Kim Invented of Harbour Watch told the BBC that 45 people were freed.", [KIM]),
    ("The comptroller, Ann Invented, said 45 people were freed.", ["Ann Invented"]),
    ("Kim Invented spoke. A guard, who gave no name, said that 45 people were held.", [None]),
    ("Kim Invented spoke. A guard came. They said that 45 people were held.", [None]),
    ("GID said that 45 people had been deported.", ["GID"]),
    ("The UN refugee agency said that 45 people were missing.", ["UN refugee agency"]),
    ("The Ministry of Labour (MOL) suspended two firms. It said that 45 people were freed.", ["Ministry of Labour"]),
    ("Kim Invented spoke. He said that Harbour Watch had received 45 requests.", [KIM]),
    ("Harbour Watch published a paper. According to the report, 45 people were freed.", ["Harbour Watch"]),
    ("The mother of Kim Invented said that 45 people were freed.", [None]),
    ("A friend of Lalu Invented told police that 45 people were held.", [None]),
    ("Forty-five people were freed, said the brother of Mr Kim Invented.", [None]),
    ("Forty-five people were freed, said Kim Invented's sister.", [None]),
    ("According to the family of Kim Invented, 45 people were freed.", [None]),
    ("A lawyer for Kim Invented told reporters that 45 people were freed.", [None]),
    (
        "Firms closed, CCID deputy director DCP Azlina Invented Zin said, and 45 people were freed.",
        ["Azlina Invented Zin"],
    ),
]


@pytest.mark.parametrize(("body", "speakers"), SAID)
def test_who_said_each_number(body: str, speakers: list[str | None]) -> None:
    found = record(body, known=KNOWN)
    assert [figure["stated_by"] for figure in found["figures"]] == speakers


@pytest.mark.parametrize(("body", "speakers"), SAID)
def test_who_said_a_number_is_one_of_the_actors(body: str, speakers: list[str | None]) -> None:
    found = record(body, known=KNOWN)
    assert {name for name in speakers if name} <= {actor["name"] for actor in found["actors"]}


ABOUT = Metadata(published="2024-06-15")

LAYOUTS = {
    "a name outside of entries": (
        "The Mekong Relief Network helps.\n\nOn 5 June, nine people died.\n\nMinister Ann Invented came on 5 June.\n\n"
        "# Others\n\nNow 45 people wait, Ann Invented said.\n",
        {"nine": None, "45": "Ann Invented"},
    ),
    "a pronoun in the next entry": (
        "On 5 June, Kim Invented said that 45 people were freed. On 7 June, 12 people died, he added.\n",
        {"45": KIM, "12": KIM},
    ),
    "an interview": (
        "Kim Invented leads a shelter.\n\nHow many came?\n\nWe received 45 people.\n\nAnd last year?\n\n"
        "Last year, 12 people died.\n\nWho pays?\n\nNobody. Police arrested nine people.\n",
        {"45": KIM, "12": KIM, "nine": KIM},
    ),
    "questions that nobody answers": (
        "Rules for all.\n\nHow many came?\n\nThey received 45 people.\n\nWho pays?\n\nNobody.\n\nWhy?\n\nWho knows.\n",
        {"45": None},
    ),
    "a dialogue": (
        "Minister (Deputy Kim Invented): 45 people were freed.\n\nNine people died at sea.\n\n"
        "Deputy Ana Made Up: How many drowned?\n\nMinister: I know of 12 people who died.\n",
        {"45": KIM, "nine": KIM, "12": KIM},
    ),
    "a reply by a ministry": (
        "Ana Made Up asked the Minister of Foreign Affairs to state the number.\n\nANSWER\n\n45 people were freed.\n",
        {"45": "Ministry of Foreign Affairs"},
    ),
    "a reply by a minister": (
        "Will the Minister of EXTERNAL AFFAIRS be pleased to state the number?\n\nANSWER\n\n"
        "THE MINISTER OF STATE (SHRI KIM INVENTED)\n\n45 people were freed.\n",
        {"45": KIM},
    ),
}


@pytest.mark.parametrize("case", LAYOUTS)
def test_who_said_each_number_by_the_layout_of_a_text(case: str) -> None:
    text, expected = LAYOUTS[case]
    found = [figure for one in proposals(text, ABOUT, KNOWN) for figure in one.record["figures"]]
    assert {figure["stated"]: figure["stated_by"] for figure in found} == expected
