"""``scamcli names``."""

from __future__ import annotations

from typing import Annotated

from scamcli.cli import complete
from scamcli.cli.declarations import Argument, Option, command, command_group, takes
from scamcli.cli.output import say_notes
from scamcli.cli.write_options import TARGET, Target
from scamcli.timeline.edits import Edits

GROUP = command_group("names", "Add aliases to an actor or site, or merge two records of the same one.")

Site = Annotated[bool, Option("--site", help="The name is a site's, not an actor's.")]


@command("alias", GROUP)
@takes(target=TARGET)
def alias(
    target: Target,
    name: Annotated[str, Argument(help="The name or an alias of the actor or site.", autocompletion=complete.actors)],
    aliases: Annotated[list[str], Argument(metavar="ALIAS...", help="New aliases.")],
    site: Site = False,
) -> None:
    """Add aliases to an actor or site. Each then works like the name, in searches and in new records."""
    with Edits(target.path) as timeline:
        added = timeline.add_alias("site" if site else "actor", name, aliases, **target.cause)
        say_notes(timeline, added.notes)


@command("merge", GROUP)
@takes(target=TARGET)
def merge(
    target: Target,
    name: Annotated[str, Argument(help="Name of the record to remove.", autocompletion=complete.actors)],
    into: Annotated[str, Argument(metavar="INTO", help="Name of the record to keep.", autocompletion=complete.actors)],
    site: Site = False,
) -> None:
    """Merge two records of the same actor or site: NAME becomes an alias of INTO.

    All records that refer to NAME then refer to INTO. Where the two records differ, the value of INTO is kept and the
    other is printed. Texts that mention NAME do not change.
    """
    with Edits(target.path) as timeline:
        merged = timeline.merge_names("site" if site else "actor", name, into, **target.cause)
        say_notes(timeline, merged.notes)
