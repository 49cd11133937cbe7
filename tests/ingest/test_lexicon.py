"""The word lists of ``ingest``: their format, and that rules and lists name each other."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from scamcli.ingest import lexicon

FOLDER = Path(lexicon.__file__).parent
TOPICS = sorted(path.stem for path in FOLDER.glob("*.toml"))
RULES = "phrases"
"""The table whose items are rules: the same rule may hold for several verbs."""
NAMED = re.compile(r'lexicon\.\w+\(\s*"(\w+\.\w+)"')
SET = re.compile(rf"\b({'|'.join(TOPICS).upper()})\.(\w+)")
"""A list that a rule uses as a set: ``GRAMMAR.be``."""


def topic(name: str) -> dict[str, object]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def is_list(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


@pytest.mark.parametrize("name", TOPICS)
def test_a_file_holds_lists_and_tables_of_lists(name: str) -> None:
    for key, value in topic(name).items():
        lists = value.values() if isinstance(value, dict) else [value]
        assert all(map(is_list, lists)), key


@pytest.mark.parametrize("name", TOPICS)
def test_a_word_has_one_heading_in_a_table(name: str) -> None:
    for key, value in topic(name).items():
        if isinstance(value, dict) and key != RULES:
            items = [item for items in lexicon.table(f"{name}.{key}").values() for item in set(items)]
            assert [item for item, times in Counter(items).items() if times > 1] == [], key


def test_rules_and_files_have_the_same_lists() -> None:
    rules = [path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.py")]
    named = {name for rule in rules for name in NAMED.findall(rule)}
    named |= {f"{name.lower()}.{key}" for rule in rules for name, key in SET.findall(rule)}
    included = {f"{name}.{key}" for name in TOPICS for key in re.findall(r"@(\w+)", str(topic(name)))}
    assert named | included == {f"{name}.{key}" for name in TOPICS for key in topic(name)}
