"""``scamcli actors`` and ``scamcli sites``: lists and profiles."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.app import command, takes
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, print_page, print_result, print_text, say, say_notes
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Format, Result
from scamcli.output.text import profile_text
from scamcli.timeline import ReadOnlyTimeline

ACTOR_COLUMNS = ("name", "kind", "positions", "member_of", "aliases", "events", "source_of")
SITE_COLUMNS = ("name", "kind", "country", "province", "place", "aliases", "owners", "events")
HEADINGS = {"owners": "said to be owned by", "source_of": "source of", "member_of": "member of"}
NUMERIC = frozenset({"events", "source_of"})


ACTOR = typer.Argument(metavar="[NAME]", help="The actor to show.", autocompletion=complete.actors)
SITE = typer.Argument(metavar="[NAME]", help="The site to show.", autocompletion=complete.sites)
Aliases = Annotated[bool, typer.Option("--aliases", help="List the forms by which queries find NAME.")]
ALIAS_COLUMNS = ("form", "kind", "of")


@command("actors")
@takes(output=OUTPUT)
def actors(output: Output, name: Annotated[str | None, ACTOR] = None, aliases: Aliases = False) -> None:
    """List actors, or show one with its names, positions, events and statements.

    --aliases lists what NAME answers to: its name, its aliases, these without titles, how they may be transliterated,
    and the words that only this actor has.
    """
    if aliases:
        _aliases("actor", name, output)
    else:
        _entities("actor", name, ACTOR_COLUMNS, output)


@command("sites")
@takes(output=OUTPUT)
def sites(output: Output, name: Annotated[str | None, SITE] = None, aliases: Aliases = False) -> None:
    """List sites, or show one with its place, its events, and the claims about its owners.

    --aliases lists what NAME answers to, as for actors.
    """
    if aliases:
        _aliases("site", name, output)
    else:
        _entities("site", name, SITE_COLUMNS, output)


def _aliases(type_: str, name: str | None, output: Output) -> None:
    if name is None:
        raise WrongUsageError(f"--aliases needs the name of the {type_}.")
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        found = timeline.aliases(type_, name)
        say_notes(timeline)
    print_result(Result(found, ALIAS_COLUMNS), output)


def _entities(type_: str, name: str | None, columns: tuple[str, ...], output: Output) -> None:
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        if name is None:
            say_notes(timeline)
            page = print_page(Result(timeline.entities(type_), columns, HEADINGS, numeric=NUMERIC), output)
            if page.more:
                total = timeline.sizes()[f"{type_}s"]
                say(f"Showing {page.rows:,} of {total:,}; `scamcli {type_}s --format table | less` shows all.")
            return
        profile = timeline.profile(type_, name)
        say_notes(timeline)
    if output.format is None and not output.fields:
        print_text(profile_text.whole(profile))
    else:
        print_result(Result([profile], columns, HEADINGS, numeric=NUMERIC, single=output.format is Format.JSON), output)
