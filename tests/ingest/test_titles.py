"""The title of a draft: the headline if it is the news of a story, else the start of its first sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.ingest.proposal import Metadata
from scamcli.ingest.titles import LONGEST, shorten, without_names
from tests.helpers.proposals_of import proposals

HEADLINE = "45 freed from villa in Kandal"
STORY = (
    "Police freed 45 people from a villa in Kandal on Tuesday.\n\nIn June 2022, 53 people died in a villa in Kandal.\n"
)


def titles(text: str, headline: str | None) -> list[str]:
    return [one.record["title"] for one in proposals(text, Metadata(headline, "Example Daily", None, "2024-03-15"))]


def test_the_news_of_a_story_has_its_headline() -> None:
    assert titles(STORY, HEADLINE) == [HEADLINE, "53 people died in a villa in Kandal"]


@pytest.mark.parametrize("headline", [None, "The week in pictures", "Kandal " * 20])
def test_a_headline_about_something_else_or_a_long_one_is_no_title(headline: str | None) -> None:
    assert titles(STORY, headline)[0] == "Police freed 45 people from a villa in Kandal on Tuesday"


@pytest.mark.parametrize(
    "dateline",
    [
        "PHNOM PENH, March 12, 2024 - ", "PHNOM PENH, Cambodia (AP) — ", "VIENTIANE, Sept 13 (Reuters) – ",
        "MANILA (12 March 2024) – ", "PREAH SIHANOUK (Example Daily/Agency) - ",
    ],
)  # fmt: skip
def test_a_title_does_not_begin_with_a_dateline(dateline: str) -> None:
    assert titles(dateline + STORY, None)[0] == "Police freed 45 people from a villa in Kandal on Tuesday"


@pytest.mark.parametrize("start", ["UNODC - the office of the UN - said police", "GID (immigration police) officers"])
def test_a_name_in_capitals_is_no_dateline(start: str) -> None:
    assert titles(f"{start} freed 45 people from a villa on 5 March 2024.\n", None)[0].startswith(start)


@pytest.mark.parametrize("day", ["on Tuesday that ", "yesterday that ", "on 12 March that ", "that "])
def test_a_title_does_not_begin_with_the_day_of_a_statement(day: str) -> None:
    told = "Koreans were held in Cambodia against their will, and that some of them were beaten there"
    text = f"The Foreign Ministry said {day}{told}.\n"
    (title, *_) = titles(text, None)
    assert title.startswith("Foreign Ministry: Koreans were held in Cambodia")


def test_the_headline_of_a_list_is_no_title() -> None:
    text = "5 March 2024: Police freed 45 people in Kandal.\n\n7 March 2024: Police freed 30 people in Kandal.\n"
    assert "Freed people in Kandal" not in titles(text, "Freed people in Kandal")


LATER = "\n\n7 March 2024\n\nPolice freed 30 people in Kandal.\n\n8 March 2024\n\nThey left."
ITEMS = [
    ("On 5 March 2024, police freed 45 people in Kandal.", "Police freed 45 people in Kandal"),
    ("On 5 March 2024 police freed 45 people in Kandal.", "Police freed 45 people in Kandal"),
    ("In March 2024, the court heard 45 survivors.", "The court heard 45 survivors"),
    ("In early May 2023 the shelter took in 45 people.", "The shelter took in 45 people"),
    ("In March 2024 and the months after, 45 left.", "In March 2024 and the months after, 45 left"),
    ("In August 2023 of all months, 45 people left.", "In August 2023 of all months, 45 people left"),
    ("► On 5 March 2024 police freed 45 people.", "On 5 March 2024 police freed 45 people"),
    ("- A total of 45 people left Kandal on 5 March 2024.", "A total of 45 people left Kandal on 5 March 2024"),
    ("(c) As on 5 March 2024, 45 agents lost their licence.", "As on 5 March 2024, 45 agents lost their licence"),
    (f"5 March 2024\n\nBavet\n\nPolice freed 45 from a casino.{LATER}", "Bavet: Police freed 45 from a casino"),
    (f"5 March 2024\n\n01:12 – 45 people at risk off Bavet.{LATER}", "45 people at risk off Bavet"),
    (
        "On 5 March 2024, the spokesman of the provincial police, Maj. Gen. Sok Dara, said 677 people had crossed the "
        "Moei river into Mae Sot since Friday.",
        "Sok Dara: 677 people had crossed the Moei river into Mae Sot since Friday",
    ),
    (
        "On 5 March 2024, the spokesman of the provincial police, Maj. Gen. Sok Dara, told the reporters who waited at "
        "the gate about 45 people.",
        "The spokesman of the provincial police, Maj. Gen. Sok Dara, told the reporters…",
    ),
    (
        "On 5 March 2024, the spokesman of the provincial police, Maj. Gen. Sok Dara, said they had found 45 people "
        "in a villa.",
        "The spokesman of the provincial police, Maj. Gen. Sok Dara, said they had found 45 people in a villa",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ITEMS)
def test_a_title_says_what_happened_without_the_date(text: str, expected: str) -> None:
    assert titles(text + "\n", None)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At least 15 people have died and more than 195 are missing after a boat carrying migrants capsized near "
            "the capital",
            "At least 15 people have died and more than 195 are missing…",
        ),
        (
            "Police in Kandal freed 45 workers from a villa, took them to a shelter in the capital, and began to look "
            "for the owner",
            "Police in Kandal freed 45 workers from a villa, took them to a shelter in the capital…",
        ),
        (
            "Police in Kandal freed 45 workers (30 men, 15 women) from a villa and took them to a shelter in the city",
            "Police in Kandal freed 45 workers from a villa and took them to a shelter in the city",
        ),
        ("Police, who freed " + "many " * 30, "Police, who freed " + "many " * 15 + "many…"),
        ("Short", "Short"),
    ],
)
def test_a_long_title_ends_with_a_clause_if_it_can(text: str, expected: str) -> None:
    assert shorten(text) == expected


@given(st.text(st.sampled_from(" ,;-–abwhile after")))
def test_a_title_is_short_and_the_beginning_of_the_text(text: str) -> None:
    title = shorten(text)
    assert len(title) <= LONGEST
    assert text.startswith(title.removesuffix("…"))


NAMES = [
    ("Tran Van Minh, a 23-year-old from Nghe An, escaped from a casino in Bavet. Minh said he was beaten.",
     "A person, a 23-year-old from Nghe An, escaped from a casino in Bavet"),
    ("On 24 May 2024 Siti Aminah, 23, told reporters she was beaten.",
     "On 24 May 2024 a person, 23, told reporters she was beaten"),
    ("On 24 May 2024 police rescued 21-year-old Siti Aminah from a villa.",
     "On 24 May 2024 police rescued 21-year-old person from a villa"),
    ("On 24 May 2024 Tran Van Minh was rescued from a villa.", "On 24 May 2024 a person was rescued from a villa"),
    ("Siti Aminah, a survivor from Medan, returned home on 3 May 2024.",
     "A person, a survivor from Medan, returned home on 3 May 2024"),
    ("On 3 May 2024 Nguyen Van Tuan, who was trafficked to Bavet, fled.",  # "Tuan" is also a form of address
     "On 3 May 2024 a person, who was trafficked to Bavet, fled"),
    ("On 3 May 2024 Ms. Aminah fled. Siti Aminah, aged 31, was sold twice.", "On 3 May 2024 a person fled"),
    ("On 3 May 2024 General Ann Brel, 45, spoke.", "On 3 May 2024 General Ann Brel, 45, spoke"),
    ("Bo Quist, 37, was arrested on 3 May 2024.", "Bo Quist, 37, was arrested on 3 May 2024"),
    ("On 3 May 2024 Minister Ann Brel met Tran Xuan Hai. Tran Van Minh, 23, fled.",
     "On 3 May 2024 Minister Ann Brel met Tran Xuan Hai"),
    ("On 2 May 2024, Maria, 31, was rescued from a compound.",
     "On 2 May 2024, a person, 31, was rescued from a compound"),
    ("On 2 May 2024, 24-year-old Grace was freed in Bavet.", "On 2 May 2024, 24-year-old person was freed in Bavet"),
    ("A 17-year-old girl named Thida was rescued on 2 May 2024.",
     "A 17-year-old girl named a person was rescued on 2 May 2024"),
    ("The victim was identified as Thida on 2 May 2024.", "The victim was identified as a person on 2 May 2024"),
    ("The woman, who gave her name as Maria, fled on 2 May 2024.",
     "The woman, who gave her name as a person, fled on 2 May 2024"),
    ("On 2 May 2024, Ms Achieng was trafficked; she and her sister Brenda were freed.",
     "On 2 May 2024, a person was trafficked; she and her sister were freed"),
    ("On 2 May 2024, Ms Faith Achieng was trafficked.", "On 2 May 2024, a person was trafficked"),
    ("Mr Otieno, lured to Bavet with an offer, was beaten on 2 May 2024.",
     "A person, lured to Bavet with an offer, was beaten on 2 May 2024"),
    ('"Maria", 31, and her brother Jun dela Cruz were rescued on 2 May 2024.',
     "A person, 31, and her brother were rescued on 2 May 2024"),
    ("On 2 May 2024, Juan de la Cruz, 22, and Omar al-Rashid, 31, were freed.",
     "On 2 May 2024, a person, 22, and a person, 31, were freed"),
    ("Siti Nurhaliza binti Ahmad, a complainant who was rescued, spoke on 2 May 2024.",
     "A person, a complainant who was rescued, spoke on 2 May 2024"),
    ("On 2 May 2024 police rescued Siti Nurhaliza binti Ahmad.", "On 2 May 2024 police rescued a person"),
    ("Patience (22) was freed on 2 May 2024.", "A person (22) was freed on 2 May 2024"),
    ("Survivor Patience (22) was freed on 2 May 2024.", "Survivor (22) was freed on 2 May 2024"),
    ("On 2 May 2024, Ming-hsun Chen, 22, was rescued.", "On 2 May 2024, a person, 22, was rescued"),
    ("Brenda and Maria were rescued in Bavet on 2 May 2024.",
     "A person and a person were rescued in Bavet on 2 May 2024"),
    ("Maria Santos returned on 2 May 2024. Maria, 31, was lured.", "A person returned on 2 May 2024"),
    ("Lina, 17, was freed in Bavet on 2 May 2024.", "A person, 17, was freed in Bavet on 2 May 2024"),
    ("Lina was freed in Bavet on 2 May 2024.", "A person was freed in Bavet on 2 May 2024"),
    ("Lina has been rescued from a villa on 2 May 2024.", "A person has been rescued from a villa on 2 May 2024"),
    ("Lina said she was beaten in Bavet on 2 May 2024.", "A person said she was beaten in Bavet on 2 May 2024"),
    ("On 2 May 2024 Lina told reporters that she had been sold.",
     "On 2 May 2024 a person told reporters that she had been sold"),
    ("Lina escaped from a villa in Bavet on 2 May 2024.", "A person escaped from a villa in Bavet on 2 May 2024"),
    ("In Bavet, Lina has fled a compound on 2 May 2024.", "In Bavet, a person has fled a compound on 2 May 2024"),
    ("Lina’s mother paid $3,000 on 2 May 2024.", "A person’s mother paid $3,000 on 2 May 2024"),
    ("On 2 May 2024 Lina's captors let 5 people go.", "On 2 May 2024 a person's captors let 5 people go"),
    ("The body of a 30-year-old Bangladeshi, Mohammad Rafiq, was found on 2 May 2024.",
     "The body of a 30-year-old Bangladeshi, a person, was found on 2 May 2024"),
    ("A 19-year-old, Pham Van Duc, was found dead in Bavet on 2 May 2024.",
     "A 19-year-old, a person, was found dead in Bavet on 2 May 2024"),
    ("Luckas dos Santos and Phelipe de Moura escaped a compound on 2 May 2024.",
     "A person and a person escaped a compound on 2 May 2024"),
    ("Phelipe de Moura fled a compound on 2 May 2024.", "A person fled a compound on 2 May 2024"),
    ("Freed on 2 May 2024 was a girl of 16, Nguyen Thi Lan.", "Freed on 2 May 2024 was a girl of 16, a person"),
    ("A guard who asked to be called Dewi spoke on 2 May 2024.",
     "A guard who asked to be called a person spoke on 2 May 2024"),
    ("The body of Mohammad Rafiq was found on 2 May 2024.", "The body of a person was found on 2 May 2024"),
    ("Mohammad Rafiq died in Bavet on 2 May 2024.", "A person died in Bavet on 2 May 2024"),
    ("Mohammad Rafiq's disappearance was news on 2 May 2024.", "A person's disappearance was news on 2 May 2024"),
    ("Siti Aminah, Tran Van Minh and Ann Reyes were freed on 2 May 2024.",
     "A person, a person and a person were freed on 2 May 2024"),
    ("The mother of Rin Sokha said on 2 May 2024 that he was ill.",
     "The mother of a person said on 2 May 2024 that he was ill"),
    ("Li Na's brother spoke on 2 May 2024.", "A person's brother spoke on 2 May 2024"),
    ("Relatives of Li Na and Wang Fang came on 2 May 2024.", "Relatives of a person and a person came on 2 May 2024"),
    ("Two Filipinos, Jose Rizal Cruz and Clara Santos, were seen on 2 May 2024.",
     "Two Filipinos, a person and a person, were seen on 2 May 2024"),
    ("A Kenyan, Grace Wanjiru, told the Nation on 2 May 2024 of it.",
     "A Kenyan, a person, told the Nation on 2 May 2024 of it"),
    ("The late Nguyen Van Nam was a farmer, a court heard on 2 May 2024.",
     "The late a person was a farmer, a court heard on 2 May 2024"),
    ("Dewi Lestari told reporters that she was sold on 2 May 2024.",
     "A person told reporters that she was sold on 2 May 2024"),
    ("Bangladeshi Mohammad Rafiq jumped on 2 May 2024.", "Bangladeshi person jumped on 2 May 2024"),
    ("They identified the dead as Arif Hidayat and Budi Santoso on 2 May 2024.",
     "They identified the dead as a person and a person on 2 May 2024"),
    ("Tran Van Minh, 23, wanted to go home on 2 May 2024.", "A person, 23, wanted to go home on 2 May 2024"),
    ("Tran Van Minh, 23, said guards were arrested on 2 May 2024.",
     "A person, 23, said guards were arrested on 2 May 2024"),
    ("Nine men were arrested and a 19-year-old, Pham Van Duc, was freed on 2 May 2024.",
     "Nine men were arrested and a 19-year-old, a person, was freed on 2 May 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_no_title_has_the_name_of_somebody_who_may_be_a_victim(text: str, expected: str) -> None:
    assert titles(text, None)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Forty-five Kenyan women were rescued in Bavet on 5 May 2024.",
        "Forty-five (45) nationals were rescued in Poipet on 5 May 2024.",
        "Twenty-two (22) were rescued in Poipet on 5 May 2024.",
        "The Turkish Red Crescent took in 45 people on 5 May 2024.",
        "In Shwe Mann, 31 people were rescued on 5 May 2024.",
        "Women (24) and men (31) were freed on 5 May 2024.",
        "Everyone was rescued from the villa on 5 May 2024.",
        "The compound was identified as Jinbei on 5 May 2024.",
        "Police raided a casino called Crown on 5 May 2024.",
        "A man named Chen was arrested on 5 May 2024.",
        "Wang, 45, was charged on 5 May 2024.",
        "Police spokesman Winardy, 45, spoke on 5 May 2024.",
        "The court jailed Chen, 45, on 5 May 2024.",
        "Residents escaped a fire in Bavet on 5 May 2024.",
        "Prosecutors said she was lured on 5 May 2024.",
        "Marcos said he would close 40 firms on 5 May 2024.",
        "Thaksin's return drew a crowd on 5 May 2024.",
        "Management fled with 40 workers on 5 May 2024.",
        "Alice Guo said 40 fled on 5 May 2024. Guo fled.",
        "Czech nationals Ann Tancos, Petr Tancos and Kata Keruj were found guilty on 5 May 2024.",
        "Two brothers, Jon and Costel Vaduva, were each jailed on 5 May 2024.",
        "Police arrested a 34-year-old Chinese, Xu Wei, on 5 May 2024.",
        "Dritan Hoxhal, 38, an Albanian national, pleaded guilty on 5 May 2024.",
        "Stephen Garnock, 52, received a term of four years on 5 May 2024.",
        "His sons, Dean Harrow, 38, and Lee Harrow, 35, got nine years on 5 May 2024.",
        "The wife, Rebeca Lux (39, Plant City), was sentenced on 5 May 2024.",
        "A sixth defendant, Bridie Harrow, 60, was cleared on 5 May 2024.",
        "The owner, Hal Dvorak, 71, spoke on 5 May 2024.",
        "Alice Guo escaped justice on 5 May 2024.",
        "Alice Guo fled to Indonesia on 5 May 2024.",
        "Police freed 12 workers, Chen Wei said on 5 May 2024.",
        "A broker named Kalu Majhi spoke on 5 May 2024.",
        "Police freed 12 Kenyans, Chen Wei said on 5 May 2024.",
        "When a boy rang his uncle, Tzoc Ray showed him a picture on 5 May 2024.",
        "The accused were identified as Bandari Sampath on 5 May 2024.",
        "A sixth defendant, Bridie Harrow, was cleared on 5 May 2024. His daughter Kelly Harrow, 33, left.",
        "Chen Wei said he had heard that 12 were sold on 5 May 2024.",
        "Indian Railways said 12 were freed on 5 May 2024.",
    ],
)
def test_other_words_with_capitals_and_other_people_stay_in_a_title(text: str) -> None:
    assert titles(text, None)[0] == text.split(". ")[0].removesuffix(".")


def test_no_part_of_a_word_with_a_hyphen_is_replaced() -> None:
    assert without_names("Forty-five left with Maria-led groups", ["Forty", "Maria"]).count("a person-") == 0


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Police freed Ng'ang'a Wambui, 24, a victim.", "Police freed a person, 24, a victim"),
        ("Police freed Anne-Marie O'Neill, 24, a victim.", "Police freed a person, 24, a victim"),
        ("Police rescued Thidarat, 26, and Sinéad O’Connor.", "Police rescued a person, 26, and a person"),
        ("Police rescued J. R. Villanueva, 26.", "Police rescued a person, 26"),
        ("Police freed J.R. Villanueva, 26, a victim.", "Police freed a person, 26, a victim"),
    ],
)
def test_no_part_of_a_name_with_apostrophes_or_initials_is_left(text: str, title: str) -> None:
    assert titles(f"5 May 2024: {text}", None) == [f"5 May 2024: {title}"]


def test_a_name_in_a_script_without_capitals_is_replaced_wherever_it_is() -> None:
    assert without_names("ช่วยสมหญิง ใจดีจากเล้าก์ก่าย", ["สมหญิง ใจดี"]) == "ช่วย…จากเล้าก์ก่าย"


@pytest.mark.parametrize(
    ("headline", "text", "expected"),
    [
        (
            "Tran Van Minh freed from villa in Kandal",
            "Tran Van Minh, 19, was freed from a villa in Kandal on Tuesday.",
            "A person freed from villa in Kandal",
        ),
        (
            "Lina’s escape from a compound in Bavet",
            "A girl was freed from a compound in Bavet on Tuesday.",
            "A person’s escape from a compound in Bavet",
        ),
        (
            "How Lina Escaped From a Compound in Bavet",
            "A girl was freed from a compound in Bavet on Tuesday. Lina said she was beaten.",
            "How a person Escaped From a Compound in Bavet",
        ),
    ],
)
def test_neither_has_a_headline(headline: str, text: str, expected: str) -> None:
    assert titles(text, headline) == [expected]
