"""``scamcli actors`` and ``scamcli sites``: lists and profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from scamcli.cli import complete
from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, print_page, print_result, print_text, say, say_notes
from scamcli.errors import WrongUsageError
from scamcli.language.vocabulary import SITE_STATUSES
from scamcli.output.formats import NOT_GIVEN, Format, Result
from scamcli.output.text import profile_text
from scamcli.timeline import ReadOnlyTimeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scamcli.records.types import JsonObject

ACTOR_COLUMNS = ("name", "kind", "positions", "member_of", "aliases", "events", "source_of")
SITE_COLUMNS = ("name", "kind", "country", "province", "place", "aliases", "owners", "status", "events")
HEADINGS = {"owners": "said to be owned by", "source_of": "source of", "member_of": "member of"}
NUMERIC = frozenset({"events", "source_of", "sites"})


ACTOR = Argument(metavar="[NAME]", help="The actor to show.", autocompletion=complete.actors_or_verbs)
SITE = Argument(metavar="[NAME]", help="The site to show.", autocompletion=complete.sites_or_verbs)
Aliases = Annotated[bool, Option("--aliases", help="List every form that finds NAME.")]
New = Annotated[bool, Option("--new", help="List only those added by the latest change that added any.")]
ALIAS_COLUMNS = ("form", "kind", "of")


@command("actors")
@takes(output=OUTPUT)
def actors(
    output: Output, name: Annotated[str | None, ACTOR] = None, aliases: Aliases = False, new: New = False
) -> None:
    """List actors, or show one with its names, positions, events and statements.

    --aliases lists every form that finds NAME: its name and aliases, with and without titles, their transliterations,
    and words that are in no other actor's name.
    """
    if new and (name is not None or aliases):
        raise WrongUsageError("--new lists actors; it cannot be combined with NAME or --aliases.")
    if aliases:
        _aliases("actor", name, output)
    elif name is not None:
        _profile("actor", name, ACTOR_COLUMNS, output)
    else:
        with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
            say_notes(timeline)
            found = timeline.entities("actor", only_new=new)
            _list("actor", found, lambda: timeline.sizes()["actors"], ACTOR_COLUMNS, output)


STATUS = Option(
    "--status", metavar="STATUS", help=f"Only sites whose latest status is this: {', '.join(SITE_STATUSES)}.",
    autocompletion=complete.site_statuses,
)  # fmt: skip
COUNTRY = Option(
    "--country", metavar="NAME", help="Only sites in this country (name or code).", autocompletion=complete.countries
)
PROVINCE = Option(
    "--province", metavar="NAME", help="Only sites in this province or town.", autocompletion=complete.provinces
)
RAIDED = Option("--raided-and-reopened", help="Only sites reported to have reopened after a raid.")
BY = Option(
    "--by", metavar="SPLIT", help="Count sites by country, province or status.", autocompletion=complete.site_splits
)


@command("sites")
@takes(output=OUTPUT)
def sites(
    output: Output,
    name: Annotated[str | None, SITE] = None,
    aliases: Aliases = False,
    status: Annotated[list[str] | None, STATUS] = None,
    country: Annotated[list[str] | None, COUNTRY] = None,
    province: Annotated[list[str] | None, PROVINCE] = None,
    raided_and_reopened: Annotated[bool, RAIDED] = False,
    by: Annotated[str | None, BY] = None,
    new: New = False,
) -> None:
    """List sites, or show one with its place, its events, and the claims about its owners, operators and status.

    For example: scamcli sites --status operating --country MM. A site has the status in its
    latest claims. If these contradict each other, the list shows all of them.

    --aliases lists every form that finds NAME, as for actors.

    `scamcli sites add NAME`, `edit NAME` and `remove NAME` change sites. `scamcli sites -- add` shows one that is
    called "add".
    """
    given = (status, country, province, raided_and_reopened, by)
    if (name is not None or new) and any(given):
        what = "--new" if new else "NAME"
        raise WrongUsageError(f"Filters choose sites for the list; they cannot be combined with {what}.")
    if new and (name is not None or aliases):
        raise WrongUsageError("--new lists sites; it cannot be combined with NAME or --aliases.")
    if aliases:
        _aliases("site", name, output)
    elif name is not None:
        _profile("site", name, SITE_COLUMNS, output)
    else:
        with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
            found = (
                list(timeline.entities("site", only_new=True))
                if new
                else timeline.sites(
                    status=status or (), country=country or (), province=province or (),
                    raided_and_reopened=raided_and_reopened, by=by,
                )
            )  # fmt: skip
            say_notes(timeline)
        if by:
            split = by.lower()
            print_result(Result(found, (split, "sites"), blanks={split: NOT_GIVEN}, numeric=NUMERIC), output)
        else:
            _list("site", found, lambda: len(found), SITE_COLUMNS, output)


def _aliases(type_: str, name: str | None, output: Output) -> None:
    if name is None:
        raise WrongUsageError(f"--aliases needs the name of the {type_}.")
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        found = timeline.aliases(type_, name)
        say_notes(timeline)
    print_result(Result(found, ALIAS_COLUMNS), output)


def _list(
    type_: str, rows: Iterable[JsonObject], total: Callable[[], int], columns: tuple[str, ...], output: Output
) -> None:
    page = print_page(Result(rows, columns, HEADINGS, numeric=NUMERIC), output)
    if page.more:
        say(f"Showing {page.rows:,} of {total():,}; `scamcli {type_}s --format table | less` shows all.")


def _profile(type_: str, name: str, columns: tuple[str, ...], output: Output) -> None:
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        profile = timeline.profile(type_, name)
        say_notes(timeline)
    if output.format is None and not output.fields:
        print_text(profile_text.whole(profile))
    else:
        print_result(Result([profile], columns, HEADINGS, numeric=NUMERIC, single=output.format is Format.JSON), output)
