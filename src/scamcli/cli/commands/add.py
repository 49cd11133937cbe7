"""``scamcli add``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from scamcli.cli import editor, template
from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.event_flags import FLAGS, EventFlags, read_stdin
from scamcli.cli.output import print_line, say
from scamcli.cli.write_options import TARGET, WRITE_OPTIONS, Target, WriteOptions, add_record
from scamcli.errors import WrongUsageError, quote

if TYPE_CHECKING:
    from scamcli.records.types import JsonObject


@command("add")
@takes(flags=FLAGS, options=WRITE_OPTIONS, target=TARGET)
def add(
    flags: EventFlags,
    options: WriteOptions,
    target: Target,
    stdin: Annotated[str | None, Argument(metavar="[-]", help="- reads a record from stdin.")] = None,
    id_: Annotated[
        str | None, Option("--id", metavar="ID", help="Id of the event (default: made from date and title).")
    ] = None,
) -> None:
    """Add an event from flags or from a record on stdin, and print its id.

    For example: scamcli add --date 2023-07-01 --kind statement --title 'Police name a number' --figure 'rescues: more
    than 40; by: Kandal police' --source 'VOD; url: https://example.org/1'. Anything you leave out stays empty.

    A figure is METRIC: WORDING, followed by any number of "; key: value" pairs. The keys are province, nationality,
    group, period, by, part of, split, of, count, unit, low, best, high, id and note.

    Without flags, $VISUAL or $EDITOR opens with a template.
    """
    id_given: JsonObject = {"id": id_} if id_ else {}
    if stdin is None and not flags and editor.is_at_terminal():
        _add_in_editor(target, options, id_given)
    elif stdin is not None:
        if stdin != "-":
            raise WrongUsageError(f"`add` takes flags, or - for a record on stdin, not {quote(stdin)}.")
        if flags:
            raise WrongUsageError("Expected either flags, or - for a record on stdin, not both.")
        print_line(add_record(target, options, read_stdin() | id_given))
    else:
        if flags.figures:
            raise WrongUsageError(
                f"A new event has no figure {quote(str(flags.figures[0]['id']))} yet.", "Expected METRIC: WORDING."
            )
        missing = ", ".join(f"--{name}" for name in ("date", "kind", "title") if name not in flags.values)
        if missing:
            hint = "`scamcli add --help` has an example; - reads a record from stdin."
            raise WrongUsageError(f"An event needs {missing}.", hint)
        print_line(add_record(target, options, id_given | flags.values | flags.lists))


def _add_in_editor(target: Target, options: WriteOptions, id_given: JsonObject) -> None:
    added: list[str] = []

    def save(text: str) -> None:
        # Empty lines are dropped, so that their values are filled in as if no flag had been given.
        values = {key: value for key, value in template.parse(text, {}).items() if value}
        added.append(add_record(target, options, id_given | values))

    if editor.revise(template.render({"status": "reviewed"}, "a new event"), save):
        print_line(added[0])
    else:
        say("Nothing was added.")
