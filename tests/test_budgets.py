"""What counts as a line of code and as a word of documentation, and that more than the budget fails."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CODE = '''"""A module."""

# A comment.
NAME = "a"  # Another.


def name(
    one: int,
) -> str:
    """Return a name.

    It has a docstring of several lines.
    """
    return f"{one}"
'''

PAGE = """Two words.

<!-- [[[cog
print("generated")
]]] -->
A generated line.
<!-- [[[end]]] -->

Three more words.
"""


@pytest.fixture
def budgets() -> Any:
    spec = importlib.util.spec_from_file_location("budgets", ROOT / "scripts" / "budgets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_blank_lines_comments_and_docstrings_do_not_count(budgets: Any) -> None:
    assert budgets.lines_of_code(CODE) == 5


def test_what_is_generated_does_not_count(budgets: Any) -> None:
    assert budgets.words(PAGE) == 6


@pytest.mark.parametrize(("allowed", "fails"), [(5, False), (4, True)])
def test_more_than_the_budget_fails(
    budgets: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: int, fails: bool
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "one.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "budgets.toml").write_text(f"src = {{ limit = {allowed}, goal = 3 }}\n", encoding="utf-8")
    monkeypatch.setattr(budgets, "ROOT", tmp_path)
    assert budgets.main() == fails
