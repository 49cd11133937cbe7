"""Text of many scripts: what is folded together, and that FTS5 finds every word of a text."""

import sqlite3
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.language.scripts import (
    MAX_QUERY,
    clean,
    fold_word,
    index_text,
    is_unspaced,
    language_runs,
    match_query,
    plain,
)

ZWSP = "\u200b"
KHMER = "អាជ្ញាធរខេត្តព្រះសីហនុបានជួយសង្គ្រោះជនបរទេស"
THAI = "ตำรวจช่วยเหลือคนไทยจากแก๊งคอลเซ็นเตอร์"
CHINESE = "西港警方解救被困赌场的人"
LAO = "ຕຳຫຼວດຊ່ວຍເຫຼືອຄົນ"
BURMESE = "ရဲတပ်ဖွဲ့က ကယ်တင်ခဲ့သည်"
JAPANESE = "警察はカジノから人々を救出した"
TOKENIZER = "unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''"


class Table:
    """A full-text table as the store makes it."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute(f"CREATE VIRTUAL TABLE t USING fts5(text, tokenize='{TOKENIZER}')")

    def holds(self, text: str, search: str) -> bool:
        query = match_query(search)
        assert query is not None
        self.db.execute("DELETE FROM t")
        self.db.execute("INSERT INTO t VALUES (?)", (index_text(text),))
        return bool(self.db.execute("SELECT 1 FROM t WHERE t MATCH ?", (query,)).fetchall())


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    made = Table()
    yield made
    made.db.close()


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("a\u200bb\u200c\u200d\u2060\ufeff\u00adc", "abc"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("កណ្តាល", "កណ្ដាល"),
        ("កណ្ដាល", "កណ្ដាល"),
        ("តា", "តា"),
        ("ស ខេ\u200bង", "ស ខេង"),
        ("\ud800x", "\ufffdx"),
        ("שלום", "שלום"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sar KHENG", "sar kheng"),
        ("  O'Smach,  (KH-22) ", "o smach kh 22"),
        ("Bântéay Méan Choăy", "banteay mean choay"),
        ("Mộc Bài, Đà Nẵng", "moc bai da nang"),
        ("Straße", "strasse"),
        ("ＫＨ－１８", "kh 18"),
        ("កណ្តាល", "កណ្ដាល"),
        ("น้ำ", "น\u0e49\u0e4d\u0e32"),
        ("西港。赌场", "西港 赌场"),
        ("Жуков", "жуков"),
        ("が", "が"),
        ("", ""),
        ("—·—", ""),
    ],
)
def test_plain(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.thorough
def test_plain_is_settled_for_every_character() -> None:
    characters = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
    unsettled = [c for c in characters if plain(plain(c)) != plain(c)]
    assert unsettled == []


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert plain(plain(text)) == plain(text)
    assert fold_word(fold_word(plain(text))) == fold_word(plain(text))
    clean(text).encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kheng", "keng"),
        ("thom", "tom"),
        ("phnom", "pnom"),
        ("chea", "cea"),
        ("taakaev", "takaev"),
        ("kouk", "kuk"),
        ("meanchey", "meanchei"),
        ("savoeun", "sawoeun"),
        ("sokkha", "sokha"),
        ("chhnang", "chnang"),
        ("kkhhim", "kim"),
    ],
)
def test_romanisations_meet(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


@pytest.mark.parametrize(("one", "other"), [("sar", "sao"), ("sen", "manet"), ("kong", "kheng"), ("sok", "sokha")])
def test_other_words_do_not_meet(one: str, other: str) -> None:
    assert fold_word(one) != fold_word(other)


@pytest.mark.parametrize(
    ("text", "indexed"),
    [
        ("a raid in Bavet", "a raid in Bavet"),
        ("Bântéay, Méan", "Bântéay, Méan"),
        ("西港市", "西港 港市 市"),
        ("西", "西"),
        ("in 西港, now", "in 西港 港 , now"),
        ("西港casino西", "西港 港 casino 西"),
        ("西港。市", "西港 港 。 市"),
        ("ស ខេង", "ស ខេ េង ង"),
        ("ស ខេ\u200bង", "ស ខេ េង ង"),
    ],
)
def test_index_text(text: str, indexed: str) -> None:
    assert index_text(text) == indexed


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("human trafficking", '"human" "trafficking"'),
        ('raid "human trafficking"', '"raid" "human trafficking"'),
        ('5" pipe', '"5" "pipe"'),
        ('"open phrase', '"open" "phrase"'),
        ("casin*", '"casin"*'),
        ("ca*sin", '"ca*sin"'),
        ("*casino", '"*casino"'),
        ("AND OR NOT NEAR", '"AND" "OR" "NOT" "NEAR"'),
        ("title:x ^y -z", '"title:x" "^y" "-z"'),
        ("raid raid", '"raid"'),
        ("西港市", '"西港 港市"'),
        ("西", '"西"*'),
        ("西港*", '"西港"'),
        ("西港。", '"西港"'),
        ("西港casino", '"西港 港 casino"'),
        ("casino西", '"casino 西"*'),
        ("casino西港", '"casino 西港"'),
        ("ស ខេង", '"ស"* "ខេ េង"'),
        ("a\0b", '"a" "b"'),
        ("\ud800", None),
        ("", None),
        ("  ", None),
        ('"', None),
        ('""', None),
        ("* - () {} ^ : +", None),
        ("🙂", None),
    ],
)
def test_match_query(text: str, query: str | None) -> None:
    assert match_query(text) == query


@pytest.mark.parametrize(
    ("text", "search", "found"),
    [
        ("a raid in Bavet", "bavet raid", True),
        ("a raid in Bavet", "bavet rescue", False),
        ("a raid in Bavet", '"raid in"', True),
        ("a raid in Bavet", '"in raid"', False),
        ("a raid in Bavet", "bav*", True),
        ("a raid in Bavet", "bav", False),
        ("Mộc Bài", "moc bai", True),
        ("Moc Bai", "mộc bài", True),
        ("raid AND rescue", "raid AND bavet", False),
        ("raid", "raid OR rescue", False),
        ("S'ville", "s'ville", True),
        (KHMER, "សីហនុ", True),
        (KHMER, "ជនបរទេស", True),
        (KHMER, "ប៉ោយប៉ែត", False),
        (KHMER, "ជ", True),
        ("ខេត្តកណ្តាល", "កណ្ដាល", True),
        ("ខេត្តកណ្ដាល", "កណ្តាល", True),
        ("សខេង", "ស ខេង", True),
        ("ស ខេង", "ស ខេង", True),
        (THAI, "คนไทย", True),
        (THAI, "ไทย", True),
        (THAI, "ลาว", False),
        (LAO, "ຄົນ", True),
        (BURMESE, "ကယ်တင်", True),
        (CHINESE, "西港", True),
        (CHINESE, "港", True),
        (CHINESE, "人", True),
        (CHINESE, "赌场", True),
        (CHINESE, "解救被困", True),
        (CHINESE, "西警", False),
        (CHINESE, "赌 警方", True),
        (JAPANESE, "カジノ", True),
        ("西港casino", "港casino", True),
        ("西港casino", "西港casino", True),
        ("casino西港市", "casino西", True),
        ("casino西港市", '"casino 西港"', True),
        ("西港,casino", "西港 casino", True),
        ("西港。警方", "港警", False),
    ],
)
def test_a_real_table_finds(table: Table, text: str, search: str, found: bool) -> None:
    assert table.holds(text, search) is found


SAMPLES = [KHMER, THAI, CHINESE, LAO, JAPANESE]


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_every_part_of_a_running_text_is_found(table: Table, sample: str, length: int) -> None:
    text = clean(sample)
    for at in range(len(text) - length + 1):
        assert table.holds(f"On Monday: {sample} (VOD)", text[at : at + length])


@given(st.sampled_from(SAMPLES), st.data())
def test_zero_width_spaces_do_not_matter_on_either_side(sample: str, data: st.DataObject) -> None:
    text = clean(sample)
    at = data.draw(st.integers(0, len(text) - 3))
    part = text[at : at + data.draw(st.integers(1, 6))]
    made = Table()
    assert made.holds(ZWSP.join(text), part)
    assert made.holds(text, ZWSP.join(part) + ZWSP)
    made.db.close()


NASTY = st.text(alphabet="ab西港ខេ \"'*^:-+(){}[]~\\,.\0ANDORTE\u200b\u0301\ud800🙂", max_size=30) | st.text(
    max_size=30
)


@given(NASTY)
def test_no_search_text_is_syntax(text: str) -> None:
    query = match_query(text)
    if query is not None:
        db = sqlite3.connect(":memory:")
        db.execute(f"CREATE VIRTUAL TABLE t USING fts5(a, b, tokenize='{TOKENIZER}')")
        db.execute("SELECT 1 FROM t WHERE t MATCH ?", (query,)).fetchall()
        db.execute("SELECT 1 FROM t WHERE t MATCH ?", (f"{{a b}} : ({query})",)).fetchall()
        db.close()


@given(st.lists(st.sampled_from(["raid", "西港", "AND", "សីហនុ", "NOT", "a-b", "x:y", "Bài"]), min_size=1, max_size=6))
def test_a_text_is_found_by_its_own_words(words: list[str]) -> None:
    made = Table()
    assert made.holds(" ".join(words), " ".join(reversed(words)))
    assert made.holds(" ".join(words), f'"{" ".join(words)}"')
    made.db.close()


@pytest.mark.parametrize("unit", ["a ", "西", "西 ", '"', "x* ", "ខេ", ",", "a\0", "(", "ab西,"])
def test_a_very_long_search_is_bounded(table: Table, unit: str) -> None:
    query = match_query(unit * (100_000 // len(unit)))
    if query is not None:
        assert len(query) < 8 * MAX_QUERY
        table.db.execute("SELECT 1 FROM t WHERE t MATCH ?", (query,)).fetchall()


def test_many_different_words_are_one_query(table: Table) -> None:
    query = match_query(" ".join(f"w{number}" for number in range(20_000)))
    assert query is not None
    assert table.db.execute("SELECT 1 FROM t WHERE t MATCH ?", (query,)).fetchall() == []


def test_the_scripts_without_spaces() -> None:
    assert all(is_unspaced(c) for text in SAMPLES for c in text)
    assert not any(is_unspaced(c) for c in "aé ж한。។៕ฯ".replace("ฯ", "") + "🙂1-")
    assert all(
        unicodedata.category(c)[0] in "LMN"
        for c in map(chr, range(0x1780, 0x30000))
        if is_unspaced(c) and unicodedata.category(c) != "Cn"
    )


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("Sar Kheng, ฿200", [("Sar Kheng, ฿200", None)]),
        (f"{KHMER} (Sar)", [(KHMER, "km"), (" (Sar)", None)]),
        (f"by {THAI}", [("by ", None), (THAI, "th")]),
        (CHINESE, [(CHINESE, "zh")]),
        (LAO, [(LAO, "lo")]),
        (BURMESE, [(BURMESE, "my")]),
        (JAPANESE, [(JAPANESE, "ja")]),
        (f"{LAO} {THAI}", [(LAO, "lo"), (" ", None), (THAI, "th")]),
        (f"ស{ZWSP}ខេង\u1780", [(f"ស{ZWSP}ខេង\u1780", "km")]),
    ],
)
def test_the_language_of_a_script(text: str, runs: list[tuple[str, str | None]]) -> None:
    assert list(language_runs(text)) == runs


@given(st.text())
def test_runs_of_languages_are_the_text(text: str) -> None:
    assert "".join(piece for piece, _ in language_runs(text)) == text
