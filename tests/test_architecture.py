"""The limits that keep the code easy to find one's way in: entries of the package, uses of `Any`, modules passed.

docs/architecture.md explains how each is counted.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import scamcli
from tests.conftest import NOT_MEASURED, TESTS, THOROUGH
from tests.helpers.driver import ok
from tests.helpers.modules_passed import modules_passed

if TYPE_CHECKING:
    from collections.abc import Callable

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


def search(db: Path, _: Path) -> str:
    return ok("search", "--json", "--db", str(db))


def import_a_table(db: Path, folder: Path) -> str:
    table = folder / "raids.csv"
    table.write_text(
        "Date,What,Province,Freed,Paper\n2024-01-02,A raid,Kandal,more than 20,VOD\n2024-02-03,Another,Kampot,8,VOD\n"
    )
    columns = {
        "Date": "date",
        "What": "title",
        "Province": "provinces",
        "Freed": "figure.rescues",
        "Paper": "source.outlet",
    }
    mapping = [flag for name, field in columns.items() for flag in ("--map", f"{name}={field}")]
    return ok("import", str(table), *mapping, "--set", "kind=raid", "--db", str(db))


def ingest_three_lines(db: Path, _: Path) -> str:
    text = (
        "March 5, 2024: Police in Kandal freed 45 Thai workers from a casino, the Interior Ministry said.\n"
        "March 6, 2024: The governor denied that anyone was held.\n"
        "March 7, 2024: VOD reported 12 arrests in Poipet, among them two women.\n"
    )
    return ok("ingest", "-", "--outlet", "Example Daily", "--db", str(db), stdin=text)


@pytest.mark.parametrize(
    ("run", "command", "most"),
    [(search, "search", 12), (import_a_table, "import_", 45), (ingest_three_lines, "ingest", 85)],
    ids=["search", "import", "ingest"],
)
def test_a_command_passes_few_modules(
    run: Callable[[Path, Path], str], command: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    db = tmp_path / "case.db"
    ok("init", str(db))
    passed = modules_passed(lambda: run(db, tmp_path), f"cli/commands/{command}.py")
    assert f"cli/commands/{command}.py" in passed
    assert len(passed) <= most, passed


def test_thorough_tests_exist() -> None:
    """A name in the list that fits no file would mark nothing."""
    assert [name for name in THOROUGH if not any((TESTS / name).parent.glob((TESTS / name).name + "*"))] == []


def test_every_test_that_is_not_measured_is_there() -> None:
    for name in NOT_MEASURED:
        path, function = name.split("::")
        assert f"\ndef {function}(" in (TESTS / f"{path}.py").read_text(encoding="utf-8"), name


def test_no_test_waits_for_less_than_a_busy_machine_needs() -> None:
    """A test that waits has the ``PATIENCE`` of tests/helpers/patience.py."""
    waits = [
        f"{path.relative_to(TESTS)}:{node.value.lineno}"
        for path in TESTS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "timeout" and isinstance(node.value, ast.Constant)
    ]
    assert waits == []
