"""Names: which spellings are one name, at which level, and that two people never become one."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.language.names import fold, name_words, normalise, suggest, without_titles
from tests.helpers.confusable_names import CONFUSABLE

PEOPLE = (
    "Sar Sokha", "Sao Sokha", "Sar Kheng", "Hun Sen", "Hun Manet", "Kuong Li", "Li Kuong", "Kuoch Chamroeun",
    "Sok Kong", "Thansur Sokha",
)  # fmt: skip
SAR_KHENG_KM = "ស ខេង"


@pytest.mark.parametrize(("one", "other"), list(combinations(PEOPLE, 2)))
def test_only_kuong_li_is_li_kuong(one: str, other: str) -> None:
    same = {one, other} == {"Kuong Li", "Li Kuong"}
    assert (normalise(one) == normalise(other)) is same
    assert (fold(one) == fold(other)) is same


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sar kheng", "Sar Kheng"),
        ("SAR KHENG", "Sar Kheng"),
        ("Kheng, Sar", "Sar Kheng"),
        ("Samdech Krolahom Sar Kheng", "Sar Kheng"),
        ("H.E. Sar Kheng", "Sar Kheng"),
        ("His Excellency Sar Kheng", "Sar Kheng"),
        ("Samdech Techo Hun Sen", "Hun Sen"),
        ("Lt. Gen. Sao Sokha", "Sao Sokha"),
        ("General Sao Sokha", "Sao Sokha"),
        ("Maj. Gen. Kuoch Chamroeun", "Kuoch Chamroeun"),
        ("Brig. Gen. Kuoch Chamroeun", "Kuoch Chamroeun"),
        ("Neak Oknha Sok Kong", "Sok Kong"),
        ("Oknha Li Kuong", "Kuong Li"),
        ("Lok Chumteav Bun Rany", "Bun Rany"),
        ("Mr Kuong Li", "Kuong Li"),
        ("S\u00e3r Kh\u00e9ng", "Sar Kheng"),
        ("Sar\u200b Kheng", "Sar Kheng"),
        ("ស\u200b ខេ\u200bង", SAR_KHENG_KM),
        ("សខេង", SAR_KHENG_KM),
        ("សម្តេចក្រឡាហោម ស ខេង", SAR_KHENG_KM),
        ("សម្ដេច ក្រឡាហោម ស ខេង", SAR_KHENG_KM),
        ("ឯកឧត្តម ស ខេង", SAR_KHENG_KM),
        ("លោក ស ខេង", SAR_KHENG_KM),
        ("លោកឧកញ៉ា លី គួង", "លី គួង"),
        ("លោកជំទាវ ប៊ុន រ៉ានី", "ប៊ុន រ៉ានី"),
        ("约翰·史密斯", "约翰 史密斯"),
        ("Samdech Kralahom Sar Kheng", "Sar Kheng"),
        ("Krala Hom Sar Kheng", "Sar Kheng"),
        ("Samdech Akka Moha Sena Padei Techo Hun Sen", "Hun Sen"),
        ("Okhna Li Kuong", "Kuong Li"),
        ("Samdech Moha Borvor Thipadei Hun Manet", "Hun Manet"),
        ("PGen. Rommel Marbil", "Rommel Marbil"),
        ("Admiral Tea Vinh", "Tea Vinh"),
        ("Dato Seri Liow Soon Hee", "Liow Soon Hee"),
        ("ឯ.ឧ. ស ខេង", SAR_KHENG_KM),
    ],
)
def test_spellings_of_one_name(typed: str, name: str) -> None:
    assert normalise(typed) == normalise(name)
    assert fold(typed) == fold(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sar Keng", "Sar Kheng"),
        ("Sar Kehng", None),
        ("Kuong Ly", None),
        ("Hun Maneth", "Hun Manet"),
        ("Kuoch Chamroeunn", "Kuoch Chamroeun"),
        ("Kuoc Chamroeun", "Kuoch Chamroeun"),
        ("Sok Khong", "Sok Kong"),
        ("Soa Sokha", None),
    ],
)
def test_romanisations_meet_folded_only(typed: str, name: str | None) -> None:
    assert [person for person in PEOPLE if normalise(person) == normalise(typed)] == []
    assert [person for person in PEOPLE if fold(person) == fold(typed)] == ([name] if name else [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("General Department of Immigration", "Department of Immigration"),
        ("General Electric", "Electric"),
        ("Major Cineplex Group", "Cineplex Group"),
        ("Techo International Airport", "International Airport"),
        ("Cambodian Oknha Association", "Cambodian Association"),
        ("Ministry of Interior", "Ministry of Justice"),
        ("លោកា", "ា"),
        ("ប៊ុន រ៉ានី", "ប៊ុន"),
        ("Hun Sen", "Hun"),
        ("西港", "西港市"),
        ("Minister Sar Kheng", "Sar Kheng"),
        ("Police General Hospital", "Hospital"),
        ("Gen Nakatani", "Nakatani"),
        *CONFUSABLE,
    ],
)
def test_what_never_meets(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "title", [title for kind in ("honorifics", "ranks", "khmer honorifics") for title in name_words()[kind]]
)
def test_every_title_goes_and_none_leaves_a_name_empty(title: str) -> None:
    assert normalise(title) != ""
    name = "ស ខេង" if title in name_words()["khmer honorifics"] else "Sar Kheng"
    assert normalise(f"{title} {name}") == normalise(name)


LEADING = {
    "Lok Sar Kheng": "Sar Kheng",
    "Lok Oknha Sok Kong": "Sok Kong",
    "Lok H.E. Sar Kheng": "Sar Kheng",
    "Ek Oudom Sar Kheng": "Sar Kheng",
    "Police General Torsak Sukvimol": "Torsak Sukvimol",
    "Pol. Lt. Gen. Surachate Hakparn": "Surachate Hakparn",
    "Pol.Gen. Surachate Hakparn": "Surachate Hakparn",
    "H.E. Pol. Gen. Surachate Hakparn": "Surachate Hakparn",
    "Khunying Porntip Rojanasunan": "Porntip Rojanasunan",
    "Thao Somchai Sida": "Somchai Sida",
    "U Win Myint": "Win Myint",
    "Daw Khin Khin Oo": "Khin Khin Oo",
    "Ma Khin Khin Oo": "Khin Khin Oo",
    "Ko Zaw Htun": "Zaw Htun",
    "Senior General Min Aung Hlaing": "Min Aung Hlaing",
    "Ông Tô Văn Lâm": "Tô Văn Lâm",
    "Đại tướng Tô Lâm": "Tô Lâm",
    "Hon. Alice Guo": "Alice Guo",
    "P/Col. Juan dela Cruz": "Juan dela Cruz",
    "Tan Sri Tan Koon Hai": "Tan Koon Hai",
    "Puan Siti Aminah": "Siti Aminah",
    "นาย ทักษิณ ชินวัตร": "ทักษิณ ชินวัตร",
    "พล.ต.อ. สุรเชษฐ์ หักพาล": "สุรเชษฐ์ หักพาล",
    "ທ່ານ ທອງລຸນ ສີສຸລິດ": "ທອງລຸນ ສີສຸລິດ",
    "ဒေါ်အောင်ဆန်းစုကြည်": "အောင်ဆန်းစုကြည်",
    "洪森首相": "洪森",
    "首相洪森": "洪森",
    "洪森先生": "洪森",
}
NO_TITLES = (
    "U Thant", "U Nu", "Ma Zhaoxu", "Ma Lin Wai", "Ma Ying Jeou", "Ko Wen Je", "Ko Ko Gyi", "Yu Bin", "Ong Beng Seng",
    "Ong Kian Ming", "Pol Pot", "Lok Sokha", "Khun Sa", "Don Pramudwinai", "Nang", "Hon Wai Ming", "He Wei Dong",
    "Than Shwe",
    "Tun Min Latt", "Saw Chit Thu", "Bà", "李先生", "洪森夫人", "พลอย ใจดี", "ကိုကိုကြီး", "ဦးသန့်", "မင်း", "",
)  # fmt: skip


@pytest.mark.parametrize("name", LEADING)
def test_titles_that_can_be_parts_of_names_are_left_out_on_request(name: str) -> None:
    assert without_titles(name)[-1][0] == LEADING[name]


@pytest.mark.parametrize("name", NO_TITLES)
def test_what_may_be_a_name_is_no_title(name: str) -> None:
    assert without_titles(name) == []


def test_a_name_of_titles_keeps_them() -> None:
    assert normalise("Samdech Krolahom") == "krolahom samdech"
    assert normalise("General") == "general"


@pytest.mark.parametrize("text", ["", " ", "—", "\u200b", "🙂"])
def test_nothing_to_name(text: str) -> None:
    assert normalise(text) == fold(text) == ""
    assert suggest(text, PEOPLE) == []


WORDS = st.sampled_from(
    ["Sar", "Kheng", "Samdech", "General", "H", "E", "Lok", "Chumteav", "of", "Mrr", "Gheen", "Li",
     "ស", "ខេង", "លោក", "西港", "Thhou", "Dr.", "é", "Brig"]
)  # fmt: skip
NAMES = st.lists(WORDS, max_size=6).map(" ".join) | st.text(max_size=20)


@given(NAMES)
def test_keys_are_settled(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)
    assert fold(fold(name)) == fold(name)
    assert fold(normalise(name)) == fold(name)


@given(
    st.lists(
        st.sampled_from(["Sar", "Kheng", "Samdech", "General", "H.", "E.", "of", "Mr", "Li", "ខេង", "É"]),
        max_size=4,
    )
)
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    orders = [" ".join(order) for order in permutations(words)]
    assert len(set(map(normalise, orders))) == 1 or words.count("ខេង") > 1
    assert len(set(map(fold, orders))) == 1


@given(NAMES, NAMES)
def test_equal_normalised_is_equal_folded(one: str, other: str) -> None:
    assert normalise(one) != normalise(other) or fold(one) == fold(other)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Sar Sokha", ["Sar Sokha"]),
        ("Sar Soka", ["Sar Sokha"]),
        ("Sokha", ["Sao Sokha", "Sar Sokha", "Thansur Sokha"]),
        ("Sar Kehng", ["Sar Kheng"]),
        ("Hun Mannet", ["Hun Manet"]),
        ("Kuong Ly", ["Kuong Li", "Li Kuong"]),
        ("Chamroeun", ["Kuoch Chamroeun"]),
        ("Minister Sar Kheng", ["Sar Kheng"]),
        ("Xi Jinping", []),
        ("zzz", []),
    ],
)
def test_suggestions(typed: str, first: list[str]) -> None:
    found = suggest(typed, PEOPLE)
    assert found[: len(first)] == first
    assert len(found) <= 3
    assert bool(found) is bool(first)


def test_suggestions_in_khmer() -> None:
    assert suggest("ខេង", ["ហ៊ុន សែន", SAR_KHENG_KM]) == [SAR_KHENG_KM]
    assert suggest("ស ខែង", [SAR_KHENG_KM, "ហ៊ុន សែន"]) == [SAR_KHENG_KM]


def test_sar_sokha_is_suggested_sao_sokha_and_is_not_he() -> None:
    others = [person for person in PEOPLE if person != "Sar Sokha"]
    assert suggest("Sar Sokha", others)[0] == "Sao Sokha"
    assert all(fold(person) != fold("Sar Sokha") for person in others)


def test_suggestions_are_each_given_once_and_limited() -> None:
    assert suggest("Sokha", ["Sao Sokha"] * 5) == ["Sao Sokha"]
    assert len(suggest("Sokha", PEOPLE, limit=2)) == 2
    # A site is often named without its last word.
    assert suggest("Hwang Le", ["Kaibo compound", "Huang Le compound"]) == ["Huang Le compound"]
