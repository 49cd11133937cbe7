"""What completion offers: actors, provinces, sites, metrics and ids, from the database that is asked.

Completion never fails and never makes a database: where there is none, it offers nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from scamcli.errors import ScamcliError
from scamcli.vocabulary import EVENT_KINDS, METRICS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SPLITS = (
    "province", "nationality", "group", "actor", "source", "kind", "month", "quarter", "year", "site", "tag", "none",
)  # fmt: skip


def events(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of events."""
    return _stored(ctx, "event", incomplete)


def actors(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of actors."""
    return _stored(ctx, "actor", incomplete)


def sites(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of sites."""
    return _stored(ctx, "site", incomplete)


def nationalities(ctx: typer.Context, incomplete: str) -> list[str]:
    """Demonyms that the timeline has."""
    return _stored(ctx, "nationality", incomplete)


def tags(ctx: typer.Context, incomplete: str) -> list[str]:
    """Tags that the timeline has."""
    return _stored(ctx, "tag", incomplete)


def provinces(ctx: typer.Context, incomplete: str) -> list[str]:
    """The 25 provinces."""
    from scamcli.gazetteer import provinces as every

    return _begin((province.name for province in every()), incomplete)


def kinds(ctx: typer.Context, incomplete: str) -> list[str]:
    """Kinds of event."""
    return _begin(EVENT_KINDS, incomplete)


def roles(ctx: typer.Context, incomplete: str) -> list[str]:
    """Roles of actors."""
    return _begin(ROLES, incomplete)


def metrics(ctx: typer.Context, incomplete: str) -> list[str]:
    """Metrics: the built-in ones and the timeline's own."""
    return sorted({*_begin(("events", *METRICS), incomplete), *_stored(ctx, "metric", incomplete)})


def splits(ctx: typer.Context, incomplete: str) -> list[str]:
    """Fields by which figures and events are split."""
    return _begin(SPLITS, incomplete)


BY_OPTION: dict[str, Callable[[typer.Context, str], list[str]]] = {
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


def _begin(words: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in words if word.lower().startswith(incomplete.lower())]


def _stored(ctx: typer.Context, type_: str, incomplete: str) -> list[str]:
    from scamcli import formats
    from scamcli.opening import default_path, named_path
    from scamcli.timeline import Timeline

    try:
        with Timeline(named_path(ctx.params.get("db")) or default_path()) as timeline:
            return [formats.one_line(name) for name in timeline.names(type_, incomplete)]
    except ScamcliError:
        return []
