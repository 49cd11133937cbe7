"""The texts of the half for rules, as cases of tests. Only thorough tests use those called ``more``: they are many."""

from __future__ import annotations

import pytest

from evaluation.cases import gold_cases

TUNE = [
    pytest.param(case, id=case.name, marks=pytest.mark.thorough if "-more-" in case.name else ())
    for case in gold_cases()
    if case.half == "tune"
]
