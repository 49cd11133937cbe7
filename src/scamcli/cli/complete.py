"""What completion offers: actors, provinces, sites, metrics and ids, from the database that is asked.

Completion never fails and never makes a database: where there is none, it offers nothing. Typer reads what each of
these functions takes, at every start, so they are there only where a shell asks.
"""

import os
from collections.abc import Callable, Iterable

import typer

from scamcli.errors import ScamcliError
from scamcli.language.vocabulary import EVENT_KINDS, METRICS, ROLES

SPLITS = (
    "province", "nationality", "group", "actor", "source", "kind", "month", "quarter", "year", "site", "tag", "none",
)  # fmt: skip


Completion = Callable[[typer.Context, str], list[str]]


def _offered(completion: Completion) -> Completion | None:
    return completion if "_SCAMCLI_COMPLETE" in os.environ else None


@_offered
def events(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of events."""
    return _stored(ctx, "event", incomplete)


@_offered
def actors(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of actors."""
    return _stored(ctx, "actor", incomplete)


@_offered
def sites(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of sites."""
    return _stored(ctx, "site", incomplete)


@_offered
def nationalities(ctx: typer.Context, incomplete: str) -> list[str]:
    """Demonyms that the timeline has."""
    return _stored(ctx, "nationality", incomplete)


@_offered
def tags(ctx: typer.Context, incomplete: str) -> list[str]:
    """Tags that the timeline has."""
    return _stored(ctx, "tag", incomplete)


@_offered
def provinces(ctx: typer.Context, incomplete: str) -> list[str]:
    """The 25 provinces."""
    from scamcli.language.gazetteer import provinces as every

    return _begin((province.name for province in every()), incomplete)


@_offered
def kinds(ctx: typer.Context, incomplete: str) -> list[str]:
    """Kinds of event."""
    return _begin(EVENT_KINDS, incomplete)


@_offered
def roles(ctx: typer.Context, incomplete: str) -> list[str]:
    """Roles of actors."""
    return _begin(ROLES, incomplete)


@_offered
def metrics(ctx: typer.Context, incomplete: str) -> list[str]:
    """Metrics: the built-in ones and the timeline's own."""
    return sorted({*_begin(("events", *METRICS), incomplete), *_stored(ctx, "metric", incomplete)})


@_offered
def splits(ctx: typer.Context, incomplete: str) -> list[str]:
    """Fields by which figures and events are split."""
    return _begin(SPLITS, incomplete)


BY_OPTION: dict[str, Completion | None] = {
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
    from scamcli.output.escaping import one_line
    from scamcli.timeline import Timeline
    from scamcli.timeline.open import default_path, named_path

    try:
        with Timeline(named_path(ctx.params.get("db")) or default_path()) as timeline:
            return [one_line(name) for name in timeline.names(type_, incomplete)]
    except ScamcliError:
        return []
