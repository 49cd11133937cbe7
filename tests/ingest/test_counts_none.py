"""Numbers that count nobody: a number that a rule explains is left out, and one that no rule explains is unread."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures, unread

EXPLAINED = [
    'Arno "Bull" Example, 61, was arrested.',
    "Ana Example (39, Plant City) was sentenced to death.",
    "The skipper, 22, was arrested, and its owner, 31, was charged.",
    "The driver, a Latvian of 27, is in custody.",
    "He was arrested in connection with a 2023 case.",
    "Release ID: 18415509",
    "One in every five cases ended in a conviction.",
    "Agents convicted: 0",
    "Leontin Invented, 37, and Maria Made Up, 22 (pictured), were found.",
    "The programme was shown in a 2023 Example investigation.",
    "The victims were under the age of 16.",
    "The scheme is worth millions of dollars.",
    "One camp was big enough to hold 300 people.",
    "The 34-year-old man walked 12 kilometres over three days.",
    "He was 19 years old and had been there for eight months.",
    "A man, 24, and a woman, 31, told their story.",
    "Somchai Invented (24) described the place.",
    "She was aged 17 when she left.",
    "The youngest was fifteen.",
    "He lived at No. 24, Street 271.",
    "The court met at 10:30 a.m. on the third floor of Building 4.",
    "Article 17 of the law took effect in 2008.",
    "The law of 2008 was amended in 2019 and 2022.",
    "He was offered a salary of $1,500 a month.",
    "They paid 14 million baht for her release.",
    "Police counted $40,000 in cash and 610 computers.",
    "Officers found 400 phones, 31 laptops and two pistols.",
    "The building has 12 floors.",
    "The town is 70 km (43 miles) from the border.",
    "The zone covers 38,000 hectares.",
    "He worked 16 hours a day, seven days a week.",
    "The trial will resume on 14 May.",
    "The meeting lasted two hours.",
    "The convoy left at 5 p.m.",
    "It is ranked 19th on the list.",
    "The temperature reached 38 degrees.",
    "He called six times.",
    "The outlet is read in 12 countries.",
    "They moved from Jinbei 4 to another place.",
    "The ministry is one of the oldest.",
    "One of them spoke to reporters.",
    "He had no choice but one.",
    "The page was viewed 2,000 times.",
    "The company was founded in 1998.",
    "The flight took off at 14:20.",
    "Section 12.3 of the report deals with it.",
    "COVID-19 delayed the trial.",
    "Call +855 for help.",
    "In the past 12 months nothing changed.",
    "The two countries signed an agreement.",
    "Both governments agreed on three points.",
    "A third of the work is done.",
    "They were given 20 minutes to pack.",
    "Each was beaten for two or three hours.",
    "The first two weeks were quiet.",
    "The rent was 500 dollars in 2019.",
    "The river is 200 metres wide there.",
    "The bus, number 42, was stopped.",
    "The 2023 report criticises the ministry.",
    "Since 2021 the zone has grown.",
    "The site was closed for 90 days.",
    "About 30 kilograms of drugs were found.",
    "Prime Minister Hun Invented spoke for 40 minutes.",
    "Group 78 is a village.",
    "The Fourth Committee met.",
    "The 10th meeting took place.",
    "Two-thirds of the land is empty.",
    "Police issued 12 arrest warrants.",
    "Twenty cars and two vans were impounded.",
    "Police found 31 passports belonging to Vietnamese workers.",
]

UNUSED = [
    ("The building has 12 floors and 300 rooms.", "300"),
    ("The firm has two branches and owns five buildings.", "five"),
    ("Four officials were suspended.", "Four"),
    ("About 200 officers took part.", "About 200"),
]
"""Numbers of people and premises that become no figure. The user sees them, as if no rule had explained them."""

UNREAD = [
    ("The ministry said that nine out of ten victims were men.", "nine | ten"),
    ("At least 6 out of 10 survivors had been tortured.", "At least 6 | 10"),
    ("It is a crime under 8 U.S. Code.", "under 8"),
    *UNUSED,
    ("They carried 17 letters.", "17"),
    ("The gang used 40 aliases.", "40"),
    ("The film shows 12 masks.", "12"),
    ("He planted 300 trees.", "300"),
    ("She wrote 24 diaries.", "24"),
    ("It happened 60 odd moons later.", "60"),
    ("The office keeps 15 parrots.", "15"),
    ("Then there were nine.", "nine"),
    ("We wrote earlier that 45 people had been freed.", "45"),
    ("An earlier version of this page gave 45 arrests.", "45"),
    ("She asked whether more than 45 Indians are held there.", "more than 45"),
    ("The post got 40 comments.", "40"),
    ("It has three gates.", "three"),
    ("He scored 8 out of 10.", "8 | 10"),
    ("Around 200 to 300 workers fled.", "Around 200 to 300"),  # no bound of it is certain
]

BESIDE = [
    ("Police freed 20 Thais, the youngest of them 15, in Bavet.", "rescues 20 Thai"),
    ("Police freed 20 Thais, who were under 18 when they left.", "rescues 20 Thai"),
    ("Police did not say whether all shops would close, but freed 45 people.", "rescues 45"),
    ("Police freed two girls, 15 and 16, who had fled.", "rescues 2 (children)"),
    ("Police freed 45 people aged 18 to 42 after eight months.", "rescues 45"),
    ("The 24-year-old was among 45 people freed on 5 May 2023.", "rescues 45"),
    ("Police freed 45 people at 24 Street 271, 12 km from the border.", "rescues 45"),
    ("Police freed 45 people and counted $40,000 and 610 computers.", "rescues 45"),
    ("Article 17 was used to charge 45 people.", "charged 45"),
    ("Within 48 hours, 45 people were freed.", "rescues 45"),
    ("In 2023 the police freed 45 people.", "rescues 45"),
    ("Forty-five people were freed from Building 12.", "rescues 45"),
    ("Forty-five people, each paid $500 a month, were freed.", "rescues 45"),
    ("Police freed 2,023 people in 2023.", "rescues 2023"),
    ("Some 2000 workers were freed in 2000.", "rescues ~2000 (workers)"),
]


@pytest.mark.parametrize("sentence", EXPLAINED)
def test_an_explained_number_is_neither_a_figure_nor_unread(sentence: str) -> None:
    assert (figures(sentence), unread(sentence)) == ([], [])


@pytest.mark.parametrize(("sentence", "numbers"), UNREAD)
def test_a_number_in_no_figure_is_listed(sentence: str, numbers: str) -> None:
    assert (figures(sentence), unread(sentence)) == ([], numbers.split(" | "))


@pytest.mark.parametrize(("sentence", "expected"), BESIDE)
def test_an_explained_number_does_not_disturb_the_count_beside_it(sentence: str, expected: str) -> None:
    assert (figures(sentence), unread(sentence)) == ([expected], [])


def test_a_number_counts_what_the_number_that_it_replaces_counted() -> None:
    text = "We wrote that 45 people had been freed. It was 54."
    assert (figures(text), unread(text)) == (["rescues 54"], ["45"])
    parts = "We wrote that 45 people had been freed. Twelve of them were women."
    assert (figures(parts), unread(parts)) == (["rescues 12 (women)"], ["45"])


@pytest.mark.parametrize("number", ["17", "seventeen", "1,700", "nearly 17", "2.5"])
def test_a_number_is_unread_however_it_is_written(number: str) -> None:
    assert unread(f"They carried {number} letters.") == [number]
