"""Complete names, ids and words from the database that the command line names.

Completion never fails and never creates a database; without one, it offers nothing. At each start, typer inspects the
signature of every completion function for the names `ctx` and `incomplete`. To save that time, the functions are passed
to typer only when a shell asks for completions.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from scamcli.errors import ScamcliError
from scamcli.language import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typer

Completion = Callable[["typer.Context", str], list[str]]


def _when_asked(completion: Completion) -> Completion | None:
    if "_SCAMCLI_COMPLETE" not in os.environ:
        return None
    return lambda ctx, incomplete: completion(ctx, incomplete)  # typer evaluates annotations, but is no name here


EDITS = ("add", "edit", "remove")
"""What ``actors`` and ``sites`` take in place of a name."""


def _stored(type_: str, words: Iterable[str] = ()) -> Completion | None:
    """Return a completion that offers the names of one type in the database, and some words."""
    return _when_asked(
        lambda ctx, incomplete: [*_beginning_with(words, incomplete), *_stored_names(ctx, type_, incomplete)]
    )


def _words(words: Iterable[str]) -> Completion | None:
    """Return a completion that offers some of these words."""
    return _when_asked(lambda ctx, incomplete: _beginning_with(words, incomplete))


events = _stored("event")
actors = _stored("actor")
sites = _stored("site")
actors_or_verbs = _stored("actor", EDITS)
sites_or_verbs = _stored("site", EDITS)
kinds = _words(vocabulary.EVENT_KINDS)
roles = _words(vocabulary.ROLES)
stances = _words(vocabulary.STANCES)
site_statuses = _words(vocabulary.SITE_STATUSES)
site_splits = _words(vocabulary.SITE_GROUPINGS)
tags = _stored("tag")
response_splits = _words(vocabulary.RESPONSE_GROUPINGS)


@_when_asked
def evidence_files(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the first digits of each evidence file."""
    from scamcli.timeline.evidence_reads import EvidenceReads
    from scamcli.timeline.session import default_path, named_path

    try:
        with EvidenceReads(named_path(ctx.params.get("db")) or default_path()) as timeline:
            return _beginning_with((row["sha256"][:12] for row in timeline.evidence()), incomplete)
    except ScamcliError:
        return []


@_when_asked
def provinces(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the 25 provinces of Cambodia, and the provinces of the timeline."""
    from scamcli.language import gazetteer

    names = _beginning_with((province.name for province in gazetteer.provinces()), incomplete)
    return list(dict.fromkeys([*names, *_stored_names(ctx, "province", incomplete)]))


@_when_asked
def countries(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the codes and usual names of all countries."""
    from scamcli.language.countries import countries as table

    return _beginning_with((word for one in table().values() for word in (one.code, one.names[0])), incomplete)


@_when_asked
def metrics(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the built-in metrics and the timeline's own."""
    return sorted(
        {*_beginning_with(("events", *vocabulary.METRICS), incomplete), *_stored_names(ctx, "metric", incomplete)}
    )


@_when_asked
def splits(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the fields that ``stats`` can group by: more for events than for figures."""
    # An option without its value ends the parsing, so the metric before it may not have been parsed yet.
    metric = ctx.params.get("what") or next(iter(ctx.args), None)
    words = vocabulary.EVENT_GROUPINGS if metric == "events" else vocabulary.FIGURE_GROUPINGS
    return _beginning_with(words, incomplete)


@_when_asked
def conflicts(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the kinds of conflicts."""
    from scamcli.numbers.conflicts import KINDS

    return _beginning_with(KINDS, incomplete)


BY_OPTION: dict[str, Completion | None] = {
    "actor": actors, "role": roles, "country": countries, "province": provinces, "site": sites, "linked_site": sites,
    "nationality": _stored("nationality"), "kind": kinds, "source": actors, "via": actors, "metric": metrics,
    "tag": tags, "event": events,
}  # fmt: skip
"""The completion of each filter."""


KINDS: dict[str, Completion | None] = {"actor": _words(vocabulary.ACTOR_KINDS), "site": _words(vocabulary.SITE_KINDS)}
"""The completion of the kind of an actor or a site."""

BY_FIELD: dict[str, Completion | None] = {
    "country": countries, "province": provinces, "member_of": actors, "owner": actors, "operator": actors,
    "status": site_statuses, "precision": _words(vocabulary.PRECISIONS),
}  # fmt: skip
"""The completion of each field of an actor or a site."""


def _beginning_with(words: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in words if word.lower().startswith(incomplete.lower())]


def _stored_names(ctx: typer.Context, type_: str, incomplete: str) -> list[str]:
    from scamcli.output.escaping import one_line
    from scamcli.timeline import ReadOnlyTimeline
    from scamcli.timeline.session import default_path, named_path

    try:
        with ReadOnlyTimeline(named_path(ctx.params.get("db")) or default_path()) as timeline:
            return [one_line(name) for name in timeline.names(type_, incomplete)]
    except ScamcliError:
        return []
