"""The walk of ``scamcli review`` through the drafts, on a terminal.

Each decision is one transaction, written when it is made: a walk that is broken off, however, has lost none. What is
left to review is only ever what the database says.
"""

from __future__ import annotations

import shutil
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.cli import accept_draft, editor, origins, template
from scamcli.cli.event_flags import id_of, say_changes
from scamcli.cli.output import ask, print_drawn, print_text, say
from scamcli.errors import ChangedError, DataError, NotFoundError, ScamcliError, WrongUsageError
from scamcli.output.text import draft_text, words
from scamcli.output.text.words import plural
from scamcli.query.filters import Query
from scamcli.query.search import Page
from scamcli.store import review_drafts
from scamcli.store.undo import undo
from scamcli.timeline.open import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scamcli.cli.options import Care, Target
    from scamcli.store.writer import Writer
    from scamcli.timeline import Timeline

KEYS = "[a]ccept [e]dit [m]erge [r]eject [s]kip [u]ndo [b]ack [q]uit [?]: "

HELP = """\
a  accept it as it is; f accepts what was refused because it looks wrong
e  edit it in $VISUAL or $EDITOR, then accept it
m  merge it with an event that tells the same, which takes its sources over
r  reject it: it is gone, and the same text does not propose it again
s  skip it: it stays a draft
u  undo the last decision
b  go back to the draft before
q  leave; the next review goes on"""

LISTED = 5
"""Events of the same days that are offered to merge with."""


class _Decision(NamedTuple):
    """What was decided, and where the walk was."""

    change: int
    word: str
    at: int


class Walk:
    """Shows one draft after the other, and asks what becomes of it.

    Args:
        timeline: open, to read.
        drafts: their ids, each with that of an event that seems to tell the same.
        target: what to write to, and what the history says of it.
        care: how careful to be.
    """

    def __init__(self, timeline: Timeline, drafts: Mapping[str, str | None], target: Target, care: Care) -> None:
        self._timeline = timeline
        self._drafts = drafts
        self._ids = list(drafts)
        self._target = target
        self._care = care
        self._at = 0
        self._decided: list[_Decision] = []
        self._answers: dict[str, Callable[[dict[str, Any]], None]] = {
            "a": self._accept, "f": self._force, "e": self._edit, "m": self._merge, "r": self._reject, "s": self._skip,
            "u": self._undo, "b": self._back, "?": self._why,
        }  # fmt: skip

    def run(self) -> None:
        """Walk to the end, or until the user leaves; then say what was decided."""
        if not self._ids:
            say("no drafts to review")
            return
        try:
            while self._at < len(self._ids):
                row = self._row(self._ids[self._at])
                if row is None:
                    self._at += 1  # somebody else has decided
                elif not self._show(row):
                    break
        finally:
            self._say_end()

    def _row(self, id_: str) -> dict[str, Any] | None:
        """A draft as it is now; ``None`` where it is none any more."""
        try:
            shown = self._timeline.show(id_)
        except NotFoundError:
            return None
        if shown["status"] != "draft":
            return None
        record = {key: value for key, value in shown.items() if key not in {"start", "end", "match", "digest"}}
        origin = next(iter(self._timeline.origins(id_)), None)
        days = {"first": shown["start"], "last": shown["end"]}
        return origins.draft(record, origin, shown["digest"], self._drafts[id_]) | days

    def _show(self, row: dict[str, Any]) -> bool:
        """Show a draft, and ask until something becomes of it; whether to go on."""
        columns = shutil.get_terminal_size((80, 24)).columns
        print_text(f"\ndraft {self._at + 1:,} of {len(self._ids):,}  {row['id']}\n")
        print_drawn(draft_text.whole(row, columns))
        if row["same_as"]:
            print_text("\n" + words.wrap(f"seems to be here already: {self._titled(row['same_as'])}"))
        before = self._at, len(self._decided)
        while (self._at, len(self._decided)) == before:
            key = ask(f"\n{KEYS}")
            letter = "q" if key is None else key.lower()[:1]
            if letter == "q":
                return False
            answer = self._answers.get(letter)
            if answer is None:
                print_text(HELP)
                continue
            try:
                answer(row)
            except ChangedError as error:
                say(error.message, error.hint)
                return True
            except (DataError, NotFoundError, WrongUsageError) as error:
                mend = "nothing was written; e opens it to be mended, f accepts it as it is"
                hint = mend if "--force" in error.hint else error.hint
                say(*(line for line in (*error.more, error.message, hint) if line))
        return True

    # What the keys do.

    def _accept(self, row: dict[str, Any]) -> None:
        self._decide("accepted", row, lambda writer, id_: accept_draft.accept(writer, id_, self._care))

    def _force(self, row: dict[str, Any]) -> None:
        care = self._care._replace(force=True)
        self._decide("accepted", row, lambda writer, id_: accept_draft.accept(writer, id_, care))

    def _reject(self, row: dict[str, Any]) -> None:
        self._decide("rejected", row, review_drafts.reject)

    def _merge(self, row: dict[str, Any]) -> None:
        offered = row["same_as"]
        alike = self._alike(row)
        print_text(
            "\n".join(words.wrap(self._titled(id_), "    ", "  ") for id_ in alike) or "  no event of these days"
        )
        said = ask(f"into which event (Enter: {offered or 'none'}): ")
        into = offered if said == "" else said  # the end of the input is no answer
        if into:
            self._decide("merged", row, lambda writer, id_: review_drafts.merge(writer, id_, id_of(writer, into)))

    def _edit(self, row: dict[str, Any]) -> None:
        record = row["record"]

        def take(text: str) -> None:
            value = template.parse(text, record)
            value["status"] = "reviewed"
            self._decide(
                "accepted", row,
                lambda writer, id_: accept_draft.accept_changed(writer, id_, value, self._care),
            )  # fmt: skip

        about = f"the draft {row['id']}; it is accepted as you leave it"
        if not editor.revise(template.render(record | {"status": "reviewed"}, about), take):
            say("nothing was changed: it is still a draft")

    def _skip(self, _: dict[str, Any]) -> None:
        self._at += 1

    def _back(self, _: dict[str, Any]) -> None:
        at = self._at - 1
        while at >= 0 and self._row(self._ids[at]) is None:
            at -= 1
        if at < 0:
            say("there is no draft before this one; u undoes the last decision")
        else:
            self._at = at

    def _undo(self, _: dict[str, Any]) -> None:
        if not self._decided:
            say("nothing was decided yet; `scamcli undo` undoes what was before")
            return
        last = self._decided[-1]
        with writing(self._target.path, self._care.new_names, self._target.cause("undo")) as writer:
            undo(writer, last.change)
        say_changes(writer)
        self._decided.pop()
        self._at = last.at

    def _why(self, row: dict[str, Any]) -> None:
        print_drawn(draft_text.why(row, shutil.get_terminal_size((80, 24)).columns))
        print_text(f"\n{HELP}")

    # Internal.

    def _decide(self, word: str, row: dict[str, Any], decide: Callable[[Writer, str], object]) -> None:
        """One decision, in a transaction of its own."""
        with writing(self._target.path, self._care.new_names, self._target.cause("review")) as writer:
            event_id = accept_draft.unchanged(writer, row["id"], row["digest"])
            decide(writer, event_id)
            number = writer.history.begin()
        say_changes(writer)
        self._decided.append(_Decision(number, word, self._at))
        self._at += 1

    def _alike(self, row: dict[str, Any]) -> list[str]:
        """Events that may tell the same: the one that the draft was found to be like, and those of its days."""
        asked = Query(from_=(row["first"],), to=(row["last"] or row["first"],))
        same_days = [hit["id"] for hit in islice(self._timeline.find(asked, Page(limit=LISTED)), LISTED)]
        return list(dict.fromkeys([*([row["same_as"]] if row["same_as"] else []), *same_days]))

    def _titled(self, id_: str) -> str:
        try:
            found = self._timeline.show(id_)
        except ScamcliError:
            return id_
        return f"{found['id']}  {found['title']}"

    def _say_end(self) -> None:
        counts = {word: sum(one.word == word for one in self._decided) for word in ("accepted", "merged", "rejected")}
        told = ", ".join(f"{number:,} {word}" for word, number in counts.items() if number)
        left = self._timeline.sizes()["drafts"]
        say(f"{told or 'nothing was decided'}; {plural(left, 'draft')} left" + (" to review" if left else ""))
