"""Which tests are thorough: left out by the README's test command, and run by `make thorough` and .ci/run.

They repeat what other tests show once over many generated cases, faults or processes, or need packages of the system.
Every module has tests that are not among them.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from scamcli.language import dates

EXAMPLES = int(os.environ.get("SCAMCLI_EXAMPLES") or 100)
"""How many cases a property is tried on, unless it says so itself."""

ONE_IN = int(os.environ.get("SCAMCLI_ONE_IN") or 1)
"""Of the cases of each parametrized test, run one in this many: every test runs, with fewer of its cases.

``.ci/run`` does so for the thorough tests, and on the second Python. The cases change from day to day, so that over a
few days all run there.
"""

# How busy the machine is says nothing about what a property asserts.
settings.register_profile("patient", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# Where Python is told to keep no bytecode, each worker and a thousand processes would compile all of it again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

TESTS = Path(__file__).parent

THOROUGH = [
    "torture",
    "cli/test_completion_in_shells",
    "cli/test_limits",
    "cli/test_no_network",
    "cli/test_on_terminals",
    "cli/test_start_up",
    "exchange/bags/test_bags",
    "exchange/exporters/test_datasette",
    "exchange/exporters/test_ftm_export",
    "exchange/exporters/test_libreoffice",
    "exchange/exporters/test_timelinejs",
    "exchange/importers/test_ged_and_acled",
    "exchange/importers/test_glotip_and_ctdc",
    "exchange/importers/test_held_headers",
    "exchange/importers/test_import_again",
    "exchange/importers/test_iom_and_gtd",
    "exchange/tables/test_round_trip_tables",
    "exchange/tables/test_table_cells",
    "exchange/test_rfc3161",
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
    "query/filters/test_query_plans",
    "query/sql/test_sql_guard",
    "query/sql/test_sql_protection",
    "query/test_search_oracle",
    "query/test_sql_limits",
    "stats/test_events_oracle",
    "store/test_history_of_others",
    "store/test_history_protection",
    "store/test_protection_talk",
    "store/test_reviewing",
    "store/test_snapshots",
    "store/test_versions",
    "store/test_ways_of_writing",
    "store/test_import_faults",
    "store/test_import_growth",
    "store/test_import_same",
    "store/test_import_skipping",
    "store/test_old_schemas",
    "store/test_protected_words",
    "store/test_random_changes",
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

NOT_MEASURED = [
    "exchange/importers/test_import_again::test_a_large_update_leaves_no_row_of_what_was",
    "exchange/importers/test_mapped_files::test_of_thousands_of_columns_the_first_are_named",
    "exchange/importers/test_mapping::test_a_cell_of_any_text_is_read_or_refused",
    "numbers/test_propagation::test_propagation_is_idempotent",
    "numbers/test_propagation::test_propagation_never_loosens_and_adds_something",
    "numbers/test_propagation::test_the_order_does_not_matter",
    "numbers/test_propagation::test_what_is_implied_is_true",
    "language/test_names::test_keys_are_settled",
    "language/test_scripts::test_plain_is_settled_for_every_character",
    "language/test_wording_properties::test_every_phrase_takes_every_numeral",
    "query/filters/test_filter_meaning::test_python_and_sql_agree",
    "store/test_reviewing::test_whatever_is_decided_can_be_undone",
    "store/test_undo::test_a_large_import",
    "test_docs::test_generated_parts_are_up_to_date",
    "timeline/test_imports::test_progress_is_reported",
    "timeline/test_verify::test_it_is_sound_after_many_commands",
]
"""Tests during which coverage is not measured, since measuring would make them take several times as long.

They repeat with many generated cases, or with much data, what other tests cover.
"""


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
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the thorough tests, and those during which coverage is not measured; keep one in `ONE_IN` of the cases."""
    if ONE_IN > 1:
        tests: dict[str, list[pytest.Item]] = {}
        for item in items:
            tests.setdefault(item.nodeid.partition("[")[0], []).append(item)
        today = date.today().toordinal()
        kept = {id(item) for cases in tests.values() for item in cases[today % min(ONE_IN, len(cases)) :: ONE_IN]}
        config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
        items[:] = [item for item in items if id(item) in kept]
    for item in items:
        path = item.path.relative_to(TESTS).with_suffix("").as_posix()
        if f"{path}::{getattr(item, 'originalname', item.name)}" in NOT_MEASURED:
            item.add_marker(pytest.mark.no_cover)
        if is_thorough(item.path):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(autouse=True)
def _in_2090(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events of the tests are in years such as 2031, which `check` must not report as future ones."""
    monkeypatch.setattr("scamcli.timeline.check.latest_day", lambda: dates.day("2090-01-01"))
