"""The limits that keep the code easy to find one's way in: entries of the package, uses of `Any`.

docs/architecture.md explains how each is counted.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import scamcli
from tests.conftest import TESTS, THOROUGH

PACKAGE = Path(scamcli.__file__).parent
FILES = {path.relative_to(PACKAGE): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
LINES = {path: text.count("\n") for path, text in FILES.items()}

MOST_ENTRIES = 16
MOST_ANY_PER_THOUSAND_LINES = 5


def test_the_package_has_few_entries() -> None:
    """The marker of PEP 561, ``py.typed``, and caches do not count; the data folder exists in a built wheel only."""
    entries = {path.name for path in PACKAGE.iterdir()} - {"__pycache__", "py.typed", "data"}
    assert len(entries) <= MOST_ENTRIES, sorted(entries)


def test_any_is_rare() -> None:
    uses = sum(len(re.findall(r"\bAny\b", text)) for text in FILES.values())
    assert 1000 * uses / sum(LINES.values()) <= MOST_ANY_PER_THOUSAND_LINES, uses


def test_thorough_tests_exist() -> None:
    """A name in the list that fits no file would mark nothing."""
    assert [name for name in THOROUGH if not any((TESTS / name).parent.glob((TESTS / name).name + "*"))] == []


def test_no_test_waits_for_less_than_a_busy_machine_needs() -> None:
    """A test that waits has the ``PATIENCE`` of tests/helpers/patience.py."""
    waits = [
        f"{path.relative_to(TESTS)}:{node.value.lineno}"
        for path in TESTS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "timeout" and isinstance(node.value, ast.Constant)
    ]
    assert waits == []
