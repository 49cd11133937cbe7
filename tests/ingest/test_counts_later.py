"""Numbers of what courts and states do, and of people hurt and missing: each metric, and what only looks like it.

The forms of the table are those of ``test_counts``.
"""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures, record

PEOPLE = [
    ("Twenty-three people were injured in the fire.", "injuries 23"),
    ("The blast injured 23 people and killed four.", "injuries 23 | deaths 4"),
    ("Police killed a man, and injured two.", "injuries 2"),
    ("The number of people injured rose to 40.", "injuries 40"),
    ("Five remain missing after the collapse.", "missing 5"),
    ("Five others are still missing.", "missing 5"),
    ("A further 97 are still unaccounted for.", "missing 97"),
    ("The quake left 300 workers missing and 4,500 people injured.", "missing 300 (workers) | injuries 4500"),
    ("Five missing workers were rescued.", "rescues 5 (workers)"),
    ("Twelve survivors were taken to hospital.", "survivors 12"),
    ("The charity counted 12 trafficking survivors.", "survivors 12"),
    ("Twelve people survived the fall.", "survivors 12"),
    ("Twelve survivors were rescued.", "rescues 12 (victims)"),
    ("Prosecutors charged 14 suspects.", "charged 14 (suspects)"),
    ("A grand jury indicted 14 people.", "charged 14"),
    ("Four people are standing trial.", "charged 4"),
    ("Thirty people were arrested, 14 of whom were charged.", "arrests 30 | charged 14 <0"),
    ("Of the 45 people arrested, 12 were indicted.", "arrests 45 | charged 12 <0"),
    ("A court sentenced 11 people to five years in prison.", "convictions 11 | sentences 5"),
    ("Eleven people were convicted of fraud.", "convictions 11"),
    ("The court found 16 guilty.", "convictions 16"),
    ("The court sentenced 11 people to death, five to death with a reprieve.", "convictions 11 | convictions 5"),
    ("Cambodia deported 120 Vietnamese.", "deportations 120 Vietnamese"),
    ("Manila expelled 120 Chinese.", "deportations 120 Chinese"),
    ("Thailand extradited 12 Chinese suspects to China.", "deportations 12 Chinese (suspects)"),
    ("Indonesia flew home 62 nationals.", "repatriations 62 Indonesian"),
]

MONEY = [
    ("A court fined the company $2 million.", "fines 2000000"),
    ("The company paid $2 million in fines.", "fines 2000000"),
    ("The Prince Group was fined 3 million baht.", "fines 3000000 THB"),
    ("He was ordered to pay a penalty of €5,000.", "fines 5000 EUR"),
    ("The United States froze assets worth $45 million.", "assets 45000000"),
    ("Assets worth $45 million were frozen.", "assets 45000000"),
    ("Singapore police seized more than S$1 billion in assets.", "assets 1000000000.. SGD"),
    ("Seized: 12 phones and 1.2 million baht in cash.", "assets 1200000 THB"),
    ("Prosecutors seized 15,000 bitcoin.", "assets 15000 BTC"),
    ("Police seized more than 15,000 bitcoin, worth $1.5 billion.", "assets 15000.. BTC | assets 1500000000"),
    ("Victims lost $10 million, and police seized $2 million.", "losses 10000000 | assets 2000000"),
    ("Police seized phones from a gang that had stolen $3 million.", "losses 3000000"),
    ("They were fined 2,000 baht each.", "fines 2000 THB"),
    ("A court in Lahore, Pakistan, fined an agent Rs 3 lakh.", "fines 300000 PKR"),
    ("A court in Lahore, Pakistan, fined an agent 300,000 Indian rupees.", "fines 300000 INR"),
    ("A court in Delhi, India, fined an agent Rs 3 lakh.", "fines 300000 INR"),
    ("Five men were held, 1.1 billion dong temporarily seized.", "captives 5 (men) | assets 1100000000 VND"),
    ("Police found RM23,400 in cash and 12 phones.", "assets 23400 MYR"),
    ("The suspects appropriated over 170 billion dong.", "losses 1.7e+11.. VND"),
    ("She transferred 300,000 baht to the scammers.", "losses 300000 THB"),
    ("The tower took in $11.7 million from victims in Europe.", "losses 11700000"),
]

PERCENTAGES = [
    ("Women made up 44 per cent.", "share 44 (women)"),
    ("Thirty-eight per cent told us that they had been beaten.", "share 38"),
    ("By nationality: Syrians 48%, Afghans 27%.", "share 48 | share 27"),
    ("The share rose from 9% to 31%.", "share 9 | share 31"),
    ("Women made up 64 per cent, up from 58 per cent in May.", "share 64 (women) | share 58"),
    ("The police made 1,866 arrests (+31% on last year).", "arrests 1866 | change 31"),
    ("Complaints fell to 120 (-15.3%).", "complaints 120 | change -15.3"),
]

APART = [
    # Planned, denied, threatened, cancelled, or of something else.
    ("Fourteen suspects were not charged.", "suspects 14"),
    ("Fourteen suspects will be charged.", "suspects 14"),
    ("Cambodia will deport 120 Vietnamese.", "people 120 Vietnamese"),
    ("Cambodia did not deport the 120 Vietnamese.", "people 120 Vietnamese"),
    ("He denied that 23 people were injured.", ""),
    ("Nobody paid the fine of $2 million.", ""),
    ("The company will be fined $2 million.", ""),
    ("The fine of $2 million was waived.", ""),
    ("The offence is punishable by a fine of $5,000.", ""),
    ("They paid fines of $10 a day.", ""),
    ("Police plan to seize $45 million.", ""),
    ("Prosecutors are seeking the forfeiture of 127,271 bitcoin.", ""),
    ("Police did not seize the $45 million.", ""),
    ("OFAC sanctioned 9 targets.", ""),
    ("He was offered $5,000 in bitcoin.", ""),
    ("Employees who missed a norm of $3,000/month were fined.", ""),
    ("The victims were left with $40 after deductions.", ""),
    ("The court ordered him to pay $67,800 to the victims.", ""),
    ("Her family sent $3,000 in ransom to an account.", ""),
    ("The lender charged interest of 20 per cent.", ""),
    ("Wages rose by 5 per cent.", ""),
    ("Of the budget, 71% went to the house.", ""),
]


@pytest.mark.parametrize(("body", "expected"), [*PEOPLE, *MONEY, *PERCENTAGES, *APART])
def test_a_sentence_gives_these_figures(body: str, expected: str) -> None:
    assert " | ".join(figures(body)) == expected


@pytest.mark.parametrize(
    ("body", "speaker", "counts"),
    [
        ("The Red Cross said that at least 12 people were missing and 40 injured.", "Red Cross", "stock aggregate"),
        ("According to Interpol, police seized $300 million.", "Interpol", "aggregate"),
        ("Interpol said that police have seized $300 million since January 2024.", "Interpol", "cumulative"),
    ],
)
def test_numbers_have_their_speaker_and_say_what_they_count(body: str, speaker: str, counts: str) -> None:
    found = record(body)["figures"]
    assert {figure["stated_by"] for figure in found} == {speaker}
    assert " ".join(figure["count"] for figure in found) == counts
