"""``scamcli edit``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from scamcli.cli import editor, grammar, template
from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.event_flags import FLAGS, EventFlags, read_stdin
from scamcli.cli.options import event_argument
from scamcli.cli.output import print_line, say, say_notes
from scamcli.cli.write_options import TARGET, WRITE_OPTIONS, Target, WriteOptions
from scamcli.errors import WrongUsageError
from scamcli.timeline.edits import Edits

if TYPE_CHECKING:
    from scamcli.records.types import EventDict
    from scamcli.store.review_drafts import Draft


@command("edit")
@takes(flags=FLAGS, options=WRITE_OPTIONS, target=TARGET)
def edit(
    flags: EventFlags,
    options: WriteOptions,
    target: Target,
    id_: Annotated[str, event_argument(about="Id of an event or its beginning, or the name of an actor or site.")],
    stdin: Annotated[str | None, Argument(metavar="[-]", help="- reads the whole record from stdin.")] = None,
    remove: Annotated[
        list[str] | None,
        Option("--remove", metavar="'WHAT: NAME'", help="Remove an entry of a list: 'actor: NAME', 'figure: ID'."),
    ] = None,
    expect: Annotated[
        str | None,
        Option(
            "--expect",
            metavar="DIGEST",
            help="Refuse the edit unless the record still has this digest, which show prints.",
        ),
    ] = None,
) -> None:
    """Change an event.

    A flag for a single value replaces the value. A flag that can be repeated adds an entry to a list, and --remove
    removes one. --figure 'id: ID; period: 2025-03' changes a figure of the event instead: only the values that it gives
    change, and stated: gives a new wording. With -, the record on stdin replaces the whole record. Without any of
    these, $VISUAL or $EDITOR opens with the record.

    `scamcli actors edit NAME` and `scamcli sites edit NAME` change an actor or a site.
    """
    removals: dict[str, list[str]] = {}
    for listed, name in map(grammar.EVENT.removal, remove or ()):
        removals.setdefault(listed, []).append(name)
    if stdin is not None and (stdin != "-" or flags or removals):
        raise WrongUsageError("Expected either flags, or - for a whole record on stdin, not both.")
    if stdin is None and not flags and not removals:
        if not editor.is_at_terminal():
            raise editor.nothing_to_change("edit")
        _edit_in_editor(id_, target, options, expect)
        return
    with Edits(target.path) as timeline:
        edited = timeline.edit(
            id_, read_stdin() if stdin else None, values=flags.values, add=flags.lists, remove=removals,
            figures=flags.figures, expect=expect, **options, **target.cause,
        )  # fmt: skip
        say_notes(timeline, edited.notes)
    print_line(edited.name)


def _edit_in_editor(id_: str, target: Target, options: WriteOptions, expect: str | None) -> None:
    """Change an event in the user's editor. If somebody changes it in the meantime, the edit is refused."""
    from scamcli.timeline import Timeline  # here, because it takes longer to load

    with Timeline(target.path) as timeline:
        record = timeline.show(id_)
        say_notes(timeline)
        digest = record["digest"] if expect is None else expect

        def save(text: str) -> None:
            values = template.parse(text, record)
            edited = timeline.edit(record["id"], values=values, expect=digest, **options, **target.cause)
            say_notes(timeline, edited.notes)

        draft = timeline.draft(record["id"]) if record["status"] == "draft" else None
        if editor.revise(_template(record, draft), save):
            print_line(record["id"])
        else:
            say("Nothing was changed.")


def _template(record: EventDict, draft: Draft | None) -> str:
    if draft is None:
        return template.render(record, f"the event {record['id']}")
    from scamcli.cli.review_loop import draft_template

    return draft_template(draft, f"the draft {record['id']}")
