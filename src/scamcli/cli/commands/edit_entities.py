"""``scamcli actors add``, ``edit`` and ``remove``, and the same for ``sites``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from scamcli.cli import complete, editor, grammar, template
from scamcli.cli.declarations import Argument, Group, Option, Parameter, command, takes
from scamcli.cli.event_flags import EventFlags, field_option, read_stdin
from scamcli.cli.options import INCLUDE_PROTECTED
from scamcli.cli.output import print_line, print_record, say, say_notes
from scamcli.cli.write_options import TARGET, WRITE_OPTIONS, Target, WriteOptions, add_record
from scamcli.errors import WrongUsageError, quote
from scamcli.timeline.edits import Edits

if TYPE_CHECKING:
    from scamcli.records.types import JsonObject

STDIN = Argument(metavar="[-]", help="- reads a record from stdin.")
REMOVE = Option("--remove", metavar="'WHAT: NAME'", help="Remove an entry of a list: 'alias: NAME'.")
EXPECT = Option(
    "--expect", metavar="DIGEST", help="Refuse the edit unless the record still has this digest, which --json prints."
)

EXAMPLES = {
    "actor": "scamcli actors {} 'Kandal police' --kind police --alias 'Kandal Provincial Police'",
    "site": "scamcli sites {} 'Gate Two' --province Kandal --status 'raided; date: 2022-09-19; by: Kandal police'",
}

ADD = """Add {a} {type} from flags or from a record on stdin, and print its name.

    For example: {example}.

    Anything you leave out stays empty. Without flags, $VISUAL or $EDITOR opens with a template."""

EDIT = """Change {a} {type}.

    For example: {example}.

    A flag for a single value replaces the value. A flag that can be repeated adds an entry to a list, and --remove
    removes one{named}. With -, the record on stdin replaces the whole record, such as one that
    `scamcli {type}s NAME --json` printed. Without any of these, $VISUAL or $EDITOR opens with the record."""

REMOVE_HELP = """Remove {a} {type} that nothing refers to, and print its record.

    If records still refer to it, they are listed and nothing is removed. `scamcli undo` brings it back. If it is
    the same as another {type}, use `scamcli names merge` instead."""


class Subject(NamedTuple):
    """The name of the actor or site, and ``-`` if its record is on stdin."""

    name: str
    stdin: str | None = None


def _subject(type_: str, *, known: bool, stdin: bool = True) -> Group:
    """Return the arguments of a command: the name, which is offered if it is known, and possibly ``-``."""
    names: dict[str, Any] = {"actor": complete.actors, "site": complete.sites}
    about = "Its name or an alias." if known else "Its name."
    name = Argument(metavar="NAME", help=about, autocompletion=names[type_] if known else None)
    parameters = [Parameter("name", str, name, ...)]
    if stdin:
        parameters.append(Parameter("stdin", str | None, STDIN, None))
    return Group(tuple(parameters), Subject)


def _flags(type_: str, fields: grammar.Fields) -> Group:
    """Return the options for the fields of an actor or a site."""

    def build(**given: Any) -> EventFlags:
        values, lists = dict[str, object](), dict[str, list[object]]()
        for name, value in given.items():
            if name in fields.listed and value:
                lists[fields.listed[name]] = [fields.parse(name, text) for text in value]
            elif name not in fields.listed and value is not None:
                values[name] = fields.value(name, value)
        return EventFlags(values, lists)

    offered = complete.BY_FIELD | {"kind": complete.KINDS[type_]}
    heading = type_.capitalize()
    options = (field_option(**field, heading=heading, offered=offered) for field in fields.fields.values())
    return Group(tuple(options), build)


class _Editing:
    """The three commands for actors or for sites."""

    def __init__(self, type_: str) -> None:
        self._type = type_
        self._fields = grammar.read_fields("entity_fields.toml", type_)

    def register(self, article: str) -> None:
        """Register the commands, each with its help."""
        flags = _flags(self._type, self._fields)
        new, known = (_subject(self._type, known=known) for known in (False, True))
        removed = _subject(self._type, known=True, stdin=False)
        named = "; give a status as a word, or as word and date: 'status: raided 2022-09-19'"
        for verb, function, text, groups in (
            ("add", self.add, ADD, {"subject": new, "flags": flags, "options": WRITE_OPTIONS}),
            ("edit", self.edit, EDIT, {"subject": known, "flags": flags, "options": WRITE_OPTIONS}),
            ("remove", self.remove, REMOVE_HELP, {"subject": removed, "include_protected": INCLUDE_PROTECTED}),
        ):
            run = takes(**groups, target=TARGET)(function)
            run.help = text.format(
                a=article, type=self._type, example=EXAMPLES[self._type].format(verb),
                named=named if self._type == "site" else "",
            )  # fmt: skip
            command(f"{self._type}s {verb}")(run)

    def add(self, subject: Subject, flags: EventFlags, options: WriteOptions, target: Target) -> None:
        """Add a record, from flags, stdin or the editor."""
        name, stdin = subject
        given: JsonObject = {"type": self._type, "name": name}
        if stdin is not None:
            _require_alone(stdin, flags)
            record = read_stdin()
            if record.get("type", self._type) != self._type or record.get("name", name) != name:
                raise WrongUsageError(f"The record on stdin does not describe the {self._type} {quote(name)}.")
            print_line(add_record(target, options, record | given))
        elif not flags and editor.is_at_terminal():
            self._add_in_editor(given, target, options)
        else:
            print_line(add_record(target, options, given | flags.values | flags.lists))

    def edit(
        self, subject: Subject, flags: EventFlags, options: WriteOptions, target: Target,
        remove: Annotated[list[str] | None, REMOVE] = None,
        expect: Annotated[str | None, EXPECT] = None,
    ) -> None:  # fmt: skip
        """Change a record, from flags, stdin or the editor."""
        name, stdin = subject
        removals: dict[str, list[str]] = {}
        for listed, entry in map(self._fields.removal, remove or ()):
            removals.setdefault(listed, []).append(entry)
        if stdin is not None:
            _require_alone(stdin, flags or removals)
        elif not flags and not removals:
            if not editor.is_at_terminal():
                raise editor.nothing_to_change(f"{self._type}s edit")
            self._edit_in_editor(name, target, options, expect)
            return
        with Edits(target.path) as timeline:
            edited = timeline.edit(
                name, read_stdin() if stdin else None, values=flags.values, add=flags.lists, remove=removals,
                type_=self._type, expect=expect, **options, **target.cause,
            )  # fmt: skip
            say_notes(timeline, edited.notes)
        print_line(edited.name)

    def remove(self, subject: Subject, target: Target, include_protected: bool) -> None:
        """Remove a record that nothing refers to."""
        with Edits(target.path, include_protected=include_protected) as timeline:
            removed = timeline.remove(subject.name, type_=self._type, **target.cause)
            say_notes(timeline, removed.notes)
        print_record(removed.record)

    def _add_in_editor(self, given: JsonObject, target: Target, options: WriteOptions) -> None:
        added: list[str] = []

        def save(text: str) -> None:
            values = template.parse(text, {}, self._fields)
            filled = {key: value for key, value in values.items() if value not in (None, [])}
            added.append(add_record(target, options, given | filled))

        if editor.revise(template.render({}, f"the {self._type} {given['name']}", self._fields), save):
            print_line(added[0])
        else:
            say("Nothing was added.")

    def _edit_in_editor(self, name: str, target: Target, options: WriteOptions, expect: str | None) -> None:
        """Change a record in the user's editor. If somebody changes it in the meantime, the edit is refused."""
        from scamcli.timeline import Timeline  # here, because it takes longer to load

        with Timeline(target.path) as timeline:
            record = timeline.profile(self._type, name)
            say_notes(timeline)
            own = str(record["name"])
            digest = str(record["digest"]) if expect is None else expect

            def save(text: str) -> None:
                values = template.parse(text, record, self._fields)
                edited = timeline.edit(own, values=values, type_=self._type, expect=digest, **options, **target.cause)
                say_notes(timeline, edited.notes)

            if editor.revise(template.render(record, f"the {self._type} {own}", self._fields), save):
                print_line(own)
            else:
                say("Nothing was changed.")


def _require_alone(stdin: str, others: object) -> None:
    if stdin != "-" or others:
        raise WrongUsageError("Expected either flags, or - for a whole record on stdin, not both.")


_Editing("actor").register("an")
_Editing("site").register("a")
