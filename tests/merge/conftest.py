"""Fixtures for tests of merges."""

from __future__ import annotations

from tests.exchange.conftest import empty_db, folder, home, nasty_db, own_db, seeded, timeline

__all__ = ["empty_db", "folder", "home", "nasty_db", "own_db", "seeded", "timeline"]
