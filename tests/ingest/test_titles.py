"""The title of a draft never has the name of somebody who may be a victim."""

from __future__ import annotations

import pytest

from scamcli.ingest.proposal import Metadata
from scamcli.ingest.titles import without_names
from tests.helpers.proposals_of import proposals


def titles(text: str, headline: str | None) -> list[str]:
    return [one.record["title"] for one in proposals(text, Metadata(headline, "Example Daily", None, "2024-03-15"))]


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
        "The compound was identified as Jinbei on 5 May 2024.",
        "Police raided a casino called Crown on 5 May 2024.",
        "A man named Chen was arrested on 5 May 2024.",
        "Police spokesman Winardy, 45, spoke on 5 May 2024.",
        "Marcos said he would close 40 firms on 5 May 2024.",
        "Alice Guo said 40 fled on 5 May 2024. Guo fled.",
        "Two brothers, Jon and Costel Vaduva, were each jailed on 5 May 2024.",
        "Police arrested a 34-year-old Chinese, Xu Wei, on 5 May 2024.",
        "His sons, Dean Harrow, 38, and Lee Harrow, 35, got nine years on 5 May 2024.",
        "The owner, Hal Dvorak, 71, spoke on 5 May 2024.",
        "Alice Guo fled to Indonesia on 5 May 2024.",
        "Police freed 12 Kenyans, Chen Wei said on 5 May 2024.",
    ],
)
def test_other_words_with_capitals_and_other_people_stay_in_a_title(text: str) -> None:
    assert titles(text, None)[0] == text.split(". ")[0].removesuffix(".")


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
