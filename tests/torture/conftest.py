"""A home of its own for every test, and the table of what was done."""

from __future__ import annotations

import gzip
import shutil
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import empty_home
from tests.helpers.measure import IS_FULL, KEY, SEED, SIZE, Tally
from tests.helpers.torture_driver import OLD_SCHEMA, ok

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, which is also the working folder: nothing that is fuzzed writes elsewhere."""
    folder = empty_home.make(tmp_path, monkeypatch)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped timeline, made once and copied."""
    path = tmp_path_factory.mktemp("pristine") / "seed.db"
    ok("init", str(path))
    return path


@pytest.fixture
def seeded(pristine: Path, tmp_path: Path) -> Path:
    """A named database with the shipped timeline."""
    return Path(shutil.copy(pristine, tmp_path / "seeded.db"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the first released schema."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(OLD_SCHEMA.read_bytes()))
    return path


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """Counts what the test does."""
    return Tally(record_property)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The table: what, how many, how long, how many of its tests failed."""
    if not IS_FULL:
        return
    rows: dict[str, list[Any]] = defaultdict(lambda: [0, 0.0, 0, []])
    for outcome in ("passed", "failed", "xfailed", "xpassed"):
        for report in terminalreporter.stats.get(outcome, []):
            for what, number, seconds, note in _properties(report):
                row = rows[what]
                row[0], row[1], row[2] = row[0] + number, row[1] + seconds, row[2] + (outcome in {"failed", "xpassed"})
                row[3] += [note] if note and note not in row[3] else []
    terminalreporter.section(f"torture, size {SIZE:g}, seed {SEED}")
    terminalreporter.write_line(f"{'what':<44} {'how many':>9} {'seconds':>8} {'failed':>7}  notes")
    for what, (number, seconds, failed, notes) in sorted(rows.items()):
        terminalreporter.write_line(f"{what:<44} {number:>9,} {seconds:>8.1f} {failed:>7}  {told(notes)}")


def told(notes: list[str]) -> str:
    """What there is to say of all the parts of a row, each thing once; of how long the slowest took, the longest."""
    parts = dict.fromkeys(part for note in notes for part in note.split(", "))
    slowest = max((part for part in parts if part.startswith("slowest ")), default="")
    taken = sum(int(part.split()[0]) for note in notes for part in note.split(", ") if part.endswith(" taken"))
    rest = [part for part in parts if not part.startswith("slowest ") and not part.endswith(" taken")]
    return "; ".join([*([f"{taken:,} taken"] if taken else []), *([slowest] if slowest else []), *rest])


def _properties(report: Any) -> Iterator[tuple[str, int, float, str]]:
    for key, value in report.user_properties:
        if key == KEY:
            yield tuple(value)
