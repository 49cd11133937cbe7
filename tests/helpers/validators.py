"""Validators that not every machine has: a test that lacks one is skipped by name, or fails where all must be there."""

from __future__ import annotations

import importlib
import os
import shutil
from typing import Any, NoReturn

import pytest


def need(module: str) -> Any:
    """The module, or a test that is skipped for want of it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        absent(module)


def program(*names: str) -> str:
    """The path of the first of these programs that there is, or a test that is skipped for want of it."""
    found = next(filter(None, map(shutil.which, names)), None)
    return found or absent(names[0])


def absent(what: str) -> NoReturn:
    """Skip the test, or fail it with ``SCAMCLI_VALIDATORS=all``."""
    if os.environ.get("SCAMCLI_VALIDATORS") == "all":
        pytest.fail(f"{what} is not here, and with SCAMCLI_VALIDATORS=all every validator must be")
    pytest.skip(f"{what} is not installed here")
