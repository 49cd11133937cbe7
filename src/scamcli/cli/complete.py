"""What completion offers: actors, provinces, sites, metrics and ids, from the database that is asked.

Completion never fails and never makes a database: where there is none, it offers nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from scamcli.errors import ScamcliError
from scamcli.vocabulary import EVENT_KINDS, METRICS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable


def events(incomplete: str) -> list[str]:
    """Ids of events."""
    return _stored("event", incomplete)


def actors(incomplete: str) -> list[str]:
    """Names of actors."""
    return _stored("actor", incomplete)


def sites(incomplete: str) -> list[str]:
    """Names of sites."""
    return _stored("site", incomplete)


def nationalities(incomplete: str) -> list[str]:
    """Demonyms that the timeline has."""
    return _stored("nationality", incomplete)


def tags(incomplete: str) -> list[str]:
    """Tags that the timeline has."""
    return _stored("tag", incomplete)


def provinces(incomplete: str) -> list[str]:
    """The 25 provinces."""
    from scamcli.gazetteer import provinces as every

    return _begin((province.name for province in every()), incomplete)


def kinds(incomplete: str) -> list[str]:
    """Kinds of event."""
    return _begin(EVENT_KINDS, incomplete)


def roles(incomplete: str) -> list[str]:
    """Roles of actors."""
    return _begin(ROLES, incomplete)


def metrics(incomplete: str) -> list[str]:
    """Metrics: the built-in ones and the timeline's own."""
    return sorted({*_begin(METRICS, incomplete), *_stored("metric", incomplete)})


BY_OPTION: dict[str, Callable[[str], list[str]]] = {
    "actor": actors,
    "role": roles,
    "province": provinces,
    "site": sites,
    "nationality": nationalities,
    "kind": kinds,
    "source": actors,
    "via": actors,
    "metric": metrics,
    "tag": tags,
}


def _begin(words: object, incomplete: str) -> list[str]:
    return [word for word in words if word.lower().startswith(incomplete.lower())]  # type: ignore[attr-defined]


def _stored(type_: str, incomplete: str) -> list[str]:
    from scamcli.timeline import Timeline, default_path

    try:
        with Timeline(os.environ.get("SCAMCLI_DB") or default_path()) as timeline:
            return timeline.names(type_, incomplete)
    except ScamcliError:
        return []
