"""A home of its own for every test, and databases to change: never the user's."""

from __future__ import annotations

from tests.helpers.seed_fixtures import empty_db
from tests.helpers.store_fixtures import clock, db, home, impatient, kept, open_one, plain, pristine, seeded, whole

__all__ = ["clock", "db", "empty_db", "home", "impatient", "kept", "open_one", "plain", "pristine", "seeded", "whole"]
