"""Every test has a home of its own; the seeded database is made once a process, and only read."""

from __future__ import annotations

from tests.helpers.seed_fixtures import empty_db, home, own_db, seeded

__all__ = ["empty_db", "home", "own_db", "seeded"]
