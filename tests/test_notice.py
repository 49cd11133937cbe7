"""NOTICE lists the data of others that is shipped, as the files themselves do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LISTED = dict(re.findall(r"^(\S+/\S+)\n((?:    .+\n?)+)", (ROOT / "NOTICE").read_text(), re.MULTILINE))
VERSIONED = r"[\w-]+ \d+\.\d+\.\d+"
TERMS = r"\bMIT\b|CC BY|LGPL|BSD|Unicode-3|public domain|attribution required"
DATA = [path for kind in ("txt", "json", "toml") for path in (ROOT / "src").rglob(f"*.{kind}")]


@pytest.mark.parametrize("name", LISTED)
def test_what_is_listed_is_in_the_file(name: str) -> None:
    head = (ROOT / name).read_text(encoding="utf-8")[:6000]
    for package in re.findall(VERSIONED, LISTED[name]):
        assert package in head
    for terms in re.findall(TERMS, LISTED[name]):
        assert terms in head


def test_all_data_with_terms_is_listed() -> None:
    heads = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")[:2000] for path in DATA}
    assert {name for name, head in heads.items() if re.search(VERSIONED, head) and re.search(TERMS, head)} == {
        name for name in LISTED if name.startswith("src/")
    }


def test_the_licence_points_to_it() -> None:
    assert "NOTICE" in (ROOT / "LICENSE").read_text()
