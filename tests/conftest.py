"""Which tests are thorough: left out by the README's test command and .ci/run, and run by `make thorough`.

They repeat what other tests show once over many generated cases, faults or processes, or need packages of the system.
Every module has tests that are not among them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from scamcli.language import dates
from tests.transcripts import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

# The same cases on every run; `--hypothesis-profile=random` draws others. There is no deadline, since how busy the
# machine is says nothing about what a property asserts.
FEW_CASES = 25
MANY_CASES = 200
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixed", patient, max_examples=FEW_CASES, derandomize=True)
settings.register_profile("random", patient, max_examples=MANY_CASES)
settings.load_profile("fixed")

# Where Python is told to keep no bytecode, each worker and a thousand processes would compile all of it again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

TESTS = Path(__file__).parent

THOROUGH = [
    "torture",
    "cli/test_limits",
    "cli/test_no_network",
    "cli/test_on_terminals",
    "exchange/bags/test_bags",
    "exchange/exporters/test_datasette",
    "exchange/exporters/test_ftm_export",
    "exchange/exporters/test_libreoffice",
    "exchange/exporters/test_timelinejs",
    "exchange/importers/test_ged_and_acled",
    "exchange/importers/test_ctdc",
    "exchange/importers/test_held_headers",
    "exchange/importers/test_import_again",
    "exchange/importers/test_iom",
    "exchange/tables/test_round_trip_tables",
    "exchange/tables/test_table_cells",
    "ingest/test_draft_records",
    "ingest/test_reading_hostile",
    "merge/test_merge_faults",
    "merge/test_merge_protected",
    "merge/test_merge_random",
    "merge/test_merge_two_copies",
    "merge/test_threeway",
    "output/report/test_in_browser",
    "output/test_nasty_everywhere",
    "output/test_read_back",
    "query/sql/test_sql_guard",
    "query/sql/test_sql_protection",
    "query/test_search_oracle",
    "stats/test_events_oracle",
    "store/test_history_protection",
    "store/test_protection_talk",
    "store/test_reviewing",
    "store/test_snapshots",
    "store/test_versions",
    "store/test_import_skipping",
    "store/test_old_schemas",
    "store/test_protected_words",
    "store/test_random_undo",
    "store/test_redact",
    "store/test_redact_around",
    "store/test_redact_whom",
    "store/test_round_trip",
    "store/test_undo_in_the_way",
    "timeline/test_first_use",
    "test_packaging",
    "test_readme_install",
]
"""Folders and files below ``tests/``, without their ending."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of stories and examples of the documentation."""
    parser.addoption("--write-examples", action="store_true", help="write what the examples print into their pages")
    parser.addoption("--new-processes", action="store_true", help="start each scamcli of an example in a new Python")


@pytest.fixture
def write_examples(request: pytest.FixtureRequest) -> bool:
    """Whether to write what the examples print into their pages, instead of comparing."""
    return bool(request.config.getoption("--write-examples"))


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Path | None]:
    """Return the folder of a program ``scamcli`` that starts quickly, or ``None`` to use the one that users have."""
    if request.config.getoption("--new-processes"):
        yield None
        return
    folder = tmp_path_factory.mktemp("program")
    command = [sys.executable, "-m", "tests.fork_server", str(folder)]
    with subprocess.Popen(command, cwd=TESTS.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        yield folder
        server.communicate()  # closes its stdin, which ends it


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home directory in which the default timeline exists."""
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "scamcli", "info"]
    subprocess.run(command, env=Desk(home, home).environment, check=True, capture_output=True)
    return home


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Give each worker tests that stand together, so that what a module or package shares is made once, not by each."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Use one process more than cores, since many tests wait for a process or a shell, and leave a core idle."""
    return 1 + (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not import files of which `-m` selects no test; who names a file sees that its tests are left out."""
    if not collection_path.name.startswith("test_") or any(
        Path(one.partition("::")[0]).is_file() for one in config.args
    ):
        return None
    if config.option.markexpr == "not thorough":
        return is_thorough(collection_path) or None
    if config.option.markexpr == "thorough":
        return not (is_thorough(collection_path) or "mark.thorough" in collection_path.read_text("utf-8")) or None
    return None


def is_thorough(file: Path) -> bool:
    """Whether all tests of a file are thorough ones."""
    path = file.relative_to(TESTS).with_suffix("").as_posix()
    return path in THOROUGH or path.split("/")[0] in THOROUGH


@pytest.hookimpl(tryfirst=True)  # before pytest leaves out what `-m` does not select
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the thorough tests."""
    for item in items:
        if is_thorough(item.path):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(autouse=True)
def _in_2090(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events of the tests are in years such as 2031, which `check` must not report as future ones."""
    monkeypatch.setattr("scamcli.timeline.check.latest_day", lambda: dates.day("2090-01-01"))
