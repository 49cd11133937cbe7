"""Full text in four scripts, phrases, prefixes, and words that look like operators."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scamcli.store import setup
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

EVENTS: list[dict[str, str | None]] = [
    {"id": "en", "title": "Casino raid frees workers", "summary": "NEAR the border and not far. It's 100% café."},
    {"id": "en2", "title": "Raiders of the casinos", "summary": "Workers' debt bondage frees none. col: raid-related"},
    {"id": "km", "title": "ប៉ូលិសសង្គ្រោះជនរងគ្រោះ", "summary": "សមត្ថកិច្ចបានសង្គ្រោះជនបរទេសនៅខេត្តព្រះសីហនុ ។"},
    {"id": "km-zwsp", "title": "ឃុំ\u200bឃាំង\u200bជន\u200bបរទេស", "summary": None},
    {"id": "th", "title": "ตำรวจช่วยเหยื่อค้ามนุษย์จากปอยเปต", "summary": "คนไทยถูกหลอกไปทำงานแก๊งคอลเซ็นเตอร์"},
    {"id": "zh", "title": "西港诈骗园区", "summary": "警方在西港的园区里解救了中国公民。"},
    {"id": "zh2", "title": "Sihanoukville 西港 and 金边", "summary": "港口"},
]  # fmt: skip


@pytest.fixture(scope="module")
def scripts_db(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Path:
    path = tmp_path_factory.mktemp("scripts") / "scripts.db"
    setup.make(path, seed=False)
    lines = (json.dumps({"type": "event", "date": "2024-01-01", "kind": "report", **event}) for event in EVENTS)
    done("import", "-", "--db", str(path), stdin="\n".join(lines))
    return path


@pytest.fixture(autouse=True)
def _asked(scripts_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(scripts_db))


ANSWERS: list[tuple[str, set[str]]] = [
    ("casino", {"en"}),
    ("casino*", {"en", "en2"}),
    ("casin*", {"en", "en2"}),
    ("CASINO", {"en"}),
    ("workers casino*", {"en", "en2"}),
    ("cafe", {"en"}),
    ("Café", {"en"}),
    ('"debt bondage"', {"en2"}),
    ('"bondage debt"', set()),
    ('"frees workers"', {"en"}),
    ("workers frees", {"en", "en2"}),
    ("it's", {"en"}),
    ("100%", {"en"}),
    ("raid-related", {"en2"}),
    # operators are words
    ("AND", {"en"} | {"zh2"}),
    ("raid AND border", {"en"}),
    ("raid OR zebra", set()),
    ("NOT raid", {"en"}),
    ("NEAR(", {"en"}),
    ("NEAR(raid border)", set()),
    ("col:", {"en2"}),
    ("title:casino", set()),
    ("casino^2", set()),
    ("{title}: casino", set()),
    ("-casino", {"en"}),
    ("casino)", {"en"}),
    ("(((casino", {"en"}),
    ('casino"', {"en"}),
    ('"casino', {"en"}),
    ("casino;--", {"en"}),
    ("casino' OR 1=1", set()),
    # Chinese: one, two and more characters, with a zero-width space inside
    ("西港", {"zh", "zh2"}),
    ("西\u200b港", {"zh", "zh2"}),
    ("港", {"zh", "zh2"}),
    ("西", {"zh", "zh2"}),
    ("园", {"zh"}),
    ("民", {"zh"}),
    ("园区", {"zh"}),
    ("中国公民", {"zh"}),
    ("西港 金边", {"zh2"}),
    ("港西", set()),
    ("区里解", {"zh"}),
    ("公民警方", set()),
    # Thai
    ("ปอยเปต", {"th"}),
    ("ค้ามนุษย์", {"th"}),
    ("คอลเซ็นเตอร์", {"th"}),
    ("ปอย\u200bเปต", {"th"}),
    ("คน", {"th"}),
    ("เปตปอย", set()),
    # Khmer: typed with and without zero-width spaces, stored with and without
    ("សង្គ្រោះ", {"km"}),
    ("ព្រះសីហនុ", {"km"}),
    ("ព្រះ\u200bសីហនុ", {"km"}),
    ("ជនបរទេស", {"km", "km-zwsp"}),
    ("ជន\u200bបរទេស", {"km", "km-zwsp"}),
    ("ឃុំឃាំង", {"km-zwsp"}),
    ("ជន", {"km", "km-zwsp"}),
    ("បរទេសជន", set()),
]


@pytest.mark.parametrize(("text", "found"), ANSWERS, ids=[repr(text) for text, _ in ANSWERS])
def test_text(text: str, found: set[str]) -> None:
    assert set(done("search", "--exact", "--json", "--", text).ids) == found
    assert set(done("search", "--json", "--", text).ids) == found | MORE.get(text, set())


MORE = {
    "casino": {"en2"},
    "CASINO": {"en2"},
    "-casino": {"en2"},
    "casino)": {"en2"},
    "(((casino": {"en2"},
    'casino"': {"en2"},
    '"casino': {"en2"},
    "casino;--": {"en2"},
}
"""Events that have only another form of a word."""

STEMS: list[tuple[str, set[str], set[str]]] = [
    # text, what it finds, what it finds exactly
    ("casinos", {"en", "en2"}, {"en2"}),
    ("raided", {"en", "en2"}, set()),
    ("raids workers", {"en", "en2"}, set()),
    ("worker", {"en", "en2"}, set()),
    ("freeing", {"en", "en2"}, set()),
    ("Freeing Borders", {"en"}, set()),
    ('"casinos"', {"en2"}, {"en2"}),
    ('"frees worker"', set(), set()),
    ('"frees workers"', {"en"}, {"en"}),
    ('casinos "debt bondage"', {"en2"}, {"en2"}),
    ('casino "debt bondage"', {"en2"}, set()),
    ("raided 100", {"en"}, set()),
    ("raided*", set(), set()),
    ("cafes", {"en"}, set()),
    ("cafés", set(), set()),
    ("Sihanoukvilles 西港", {"zh2"}, set()),
    ("raids-related", set(), set()),
]


@pytest.mark.parametrize(("text", "found", "exactly"), STEMS, ids=[text for text, *_ in STEMS])
def test_english_words_match_their_other_forms_unless_exact(text: str, found: set[str], exactly: set[str]) -> None:
    assert set(done("search", "--json", "--", text).ids) == found
    assert set(done("search", "--exact", "--json", "--", text).ids) == exactly


def test_the_commands_say_when_a_wider_search_finds_more() -> None:
    hint = 'scamcli: A search for "casin*" finds 2 events.\n'
    assert run("search", "casin", "--json").err == f'scamcli: No matching events: text "casin".\n{hint}'
    assert run("search", "casin", "--count").err == hint
    assert run("search", "casinos", "--exact", "--count").err == (
        "scamcli: Without --exact, the search finds 2 events.\n"
    )
    assert run("search", "bord", "--count").err == 'scamcli: A search for "bord*" finds 1 event.\n'
    assert run("search", "casin", "zebr", "--count").err == ""
    assert run("search", "casino*", "--count").err == ""
    assert run("search", "casino", "--count").err == ""
    assert run("search", "--kind", "raid", "--count").err == ""


def test_stems_follow_every_change(own_db: Path) -> None:
    def found(text: str) -> list[str]:
        return done("search", text, "--json", "--db", str(own_db)).ids

    event = ("--date", "2024-01-02", "--kind", "raid", "--title", "Zebrawood was smuggled", "--id", "z")
    done("add", *event, "--db", str(own_db))
    assert found("zebrawoods smuggle") == ["z"]
    done("edit", "z", "--title", "Marmosets were counted", "--db", str(own_db))
    assert (found("zebrawoods"), found("marmoset")) == ([], ["z"])
    done("edit", "z", "--date", "2025", "--db", str(own_db))
    assert found("marmoset") == ["z"]
    done("remove", "z", "--db", str(own_db))
    assert found("marmoset") == []
    done("undo", "--db", str(own_db))
    assert found("marmoset") == ["z"]
    assert run("info", "--verify", "--db", str(own_db)).code == 0


NOTHING_TO_FIND = ['"', '""', "*", "()", "-", "...", "\u200b", "   ", "😀", "' \" ` \\ % _"]


@pytest.mark.parametrize("text", NOTHING_TO_FIND, ids=repr)
def test_what_holds_no_word_is_wrong_usage(text: str) -> None:
    found = run("search", "--json", "--", text)
    assert (found.code, found.out) == (2, "")
    assert "Nothing to search for" in found.err


@pytest.mark.parametrize("text", ["a" * 10_000, "\x00casino", "casino\x1b[31m", "a " * 3000])
def test_hostile_text_is_text(text: str) -> None:
    found = run("search", "--json", "--", text)
    assert found.code == 0
    assert "\x1b" not in found.err
