"""Fixtures for tests of queries: the shipped timeline, and a large one with difficult records."""

from __future__ import annotations

from tests.helpers.oracle_fixtures import kept, withheld
from tests.helpers.seed_fixtures import empty_db, home, own_db, seeded

__all__ = ["empty_db", "home", "kept", "own_db", "seeded", "withheld"]
