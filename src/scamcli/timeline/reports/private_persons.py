"""Withhold the names of private persons from a report, and print their roles instead.

The report is made from a temporary copy of the database in which these persons are protected, so that their names are
found and masked in texts, ids and tables by the same rules as those of victims.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError
from scamcli.output.phrases import in_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scamcli.records.types import ActorDict, EventDict

PUBLIC_BODIES = frozenset({"government", "police", "court", "embassy", "international"})
"""The kinds of actors whose members act in a public office."""


DESCRIBING = frozenset({"a", "an", "the", "of", "in", "at", "near", "from", "who", "with"})
"""Words that a description of somebody has, and a name has not: “Former security guard in Poipet”."""

NOUNS = {
    "subject": "person concerned", "alleges": "accuser", "denies": "respondent", "rejects": "respondent",
    "acknowledges": "respondent", "acts": "respondent", "comments": "respondent", "mentioned": "person mentioned",
}  # fmt: skip
"""What a person with a role is called, where the role itself is no noun."""


def private_persons(actors: Sequence[ActorDict], kinds: Mapping[str, str | None]) -> list[str]:
    """Return the names of persons without a recorded position or membership in a public body.

    Somebody who is only described has no name to withhold.

    Args:
        actors: The actors.
        kinds: The kind of each actor by name.
    """
    return [
        actor["name"]
        for actor in actors
        if actor["kind"] == "person" and not actor["protected"] and not actor["positions"]
        and DESCRIBING.isdisjoint(actor["name"].split())
        and PUBLIC_BODIES.isdisjoint(kinds.get(body) for body in actor["member_of"])
    ]  # fmt: skip


@contextmanager
def protected_copy(connection: sqlite3.Connection, path: Path, names: Sequence[str]) -> Iterator[Path]:
    """Yield a copy of a database with these actors protected, and delete it afterwards.

    Raises:
        DatabaseError: The copy cannot be written beside the database.
    """
    from scamcli.store import backup
    from scamcli.store.temporary import temporary_folder
    from scamcli.timeline.edits import Edits

    try:
        with temporary_folder(path.parent) as folder:
            copied = folder / "report.db"
            backup.copy(connection, copied)
            with Edits(copied) as timeline:
                for name in names:
                    timeline.protect(name)
            yield copied
    except OSError as error:
        hint = "--redact-actors needs a copy of it for a moment."
        raise DatabaseError(f"{path.parent} cannot be written: {error.strerror}.", hint) from error


def labels(placeholders: Sequence[str], events: Sequence[EventDict]) -> dict[str, str]:
    """Return a label for each placeholder: the role that the person has most often, with a number if others have it.

    Args:
        placeholders: The placeholders of private persons, in any order.
        events: The masked events.
    """
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        for actor in event["actors"]:
            roles[actor["name"]][NOUNS.get(actor["role"]) or in_words(actor["role"])] += 1
        for figure in event["figures"]:
            if figure["stated_by"]:
                roles[figure["stated_by"]]["speaker"] += 1
    main = {name: roles[name].most_common(1)[0][0] if roles[name] else "person" for name in placeholders}
    shared, found = Counter(main.values()), dict[str, str]()
    numbers = Counter[str]()
    for name, role in main.items():
        numbers[role] += 1
        found[name] = f"[{role} {numbers[role]}]" if shared[role] > 1 else f"[{role}]"
    return found
