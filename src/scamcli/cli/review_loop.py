"""Ask about one draft after the other, for ``scamcli review`` on a terminal.

Each decision is saved at once in its own transaction, so none is lost however the review ends. The remaining drafts are
read from the database every time, because others may review at the same time.
"""

from __future__ import annotations

import re
import shutil
from functools import partial
from typing import TYPE_CHECKING

from scamcli.cli import editor, template
from scamcli.cli.output import ask, print_drawn, print_text, say, say_notes
from scamcli.errors import ChangedError, DataError, NotFoundError, ScamcliError, WrongUsageError, quote, sentence
from scamcli.output.text import draft_text, words
from scamcli.output.text.words import plural
from scamcli.timeline.draft_rows import draft_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scamcli.cli.write_options import ChangeInfo, WriteOptions
    from scamcli.records.types import JsonObject
    from scamcli.store.review_drafts import Draft
    from scamcli.timeline import Timeline
    from scamcli.timeline.results import Decided

KEYS = "[a]ccept [c]hange [e]dit [m]erge [r]eject [s]kip [u]ndo [b]ack [q]uit [?]: "

HELP = """\
a  accept it; if it is refused because of warnings, f then accepts it anyway
c  change one field; it stays a draft
e  edit it in $VISUAL or $EDITOR, then accept it
x  split it into two drafts, if the passage describes two events
m  merge it into an event that reports the same thing, with sources and figures
d  accept it as a different incident from an event that looks the same
p  accept it as a repetition of another event: both count the same incident
l  accept it as a later report, whose number replaces that of another event
h  hide the name of a victim or a witness everywhere, as `scamcli protect` does
r  reject it: it is removed and will not be proposed from this text again
s  skip it: it stays a draft
u  undo the last decision
b  go back to the previous draft
q  quit; the next review continues with the remaining drafts"""

COUNTS = """\
A figure counts what happened in its event (incident), a sum over a period
(aggregate), a running total since a start (cumulative), or how many there were
at one moment (stock). `stats` adds incidents of different events up, and sums
only if they certainly do not overlap. If it is wrong, press c and type
`figure: id: FIGURE; count: incident`."""

WORDS = {"help": "?", "hide": "h", **{"".join(word): word[0] for word in re.findall(r"\[(\w)\](\w+)", KEYS)}}
"""The keys that words stand for. Nothing else is a key, so a correction typed at this prompt does nothing."""

DECISIONS = ("accepted", "merged", "rejected", "changed", "split")

FIXABLE = (DataError, NotFoundError, WrongUsageError)
"""Errors after which the user is asked again about the same draft."""


class ReviewLoop:
    """Shows one draft after the other, and asks what to do with it."""

    def __init__(self, timeline: Timeline, drafts: Sequence[Draft], options: WriteOptions, cause: ChangeInfo) -> None:
        self._timeline = timeline
        self._ids = [str(draft.record["id"]) for draft in drafts]
        # Finding the event that a draft resembles takes a search of the whole timeline, so it is done only once.
        self._same_as = {str(draft.record["id"]): draft.same_as for draft in drafts}
        self._options = options
        self._cause = cause
        self._position = 0
        self._decisions: list[tuple[int, str, int]] = []
        """For each decision, the number of the change, what was decided, and the position of the draft."""
        self._hidden = 0
        """How many names were hidden. This is no decision, so `u` does not show a name again."""
        self._tried: Callable[..., None] | None = None
        """The last attempt to accept the draft, and, in `_refused`, the one that was refused because of warnings."""
        self._refused: Callable[..., None] | None = None
        self._actions: dict[str, Callable[[Draft], None]] = {
            "a": self._accept, "f": self._accept_anyway, "e": self._edit, "m": self._merge,
            "d": partial(self._accept_linked, "distinct"), "p": partial(self._accept_linked, "repeats"),
            "l": partial(self._accept_linked, "updates"),
            "r": self._reject, "s": self._skip, "u": self._undo, "b": self._back, "?": self._explain,
            "c": self._change, "x": self._split, "h": self._hide,
        }  # fmt: skip

    def run(self) -> None:
        """Ask about each draft until there are no more or the user quits, then print what was decided."""
        if not self._ids:
            say("There are no drafts to review.")
            return
        try:
            while self._position < len(self._ids):
                draft = self._draft(self._ids[self._position])
                if draft is None:
                    self._position += 1  # somebody else has decided on it
                elif not self._ask_about(draft):
                    break
        finally:
            self._print_summary()

    def _draft(self, id_: str) -> Draft | None:
        draft = self._timeline.draft(id_)
        return draft and draft._replace(same_as=self._same_as[id_])

    def _ask_about(self, draft: Draft) -> bool:
        """Show a draft, ask until it is decided or skipped, and return whether to continue."""
        print_text(f"\ndraft {self._position + 1:,} of {len(self._ids):,}  {draft.record['id']}\n")
        print_drawn(draft_text.whole(draft_row(draft), _columns()))
        if draft.same_as:
            print_text("\n" + words.wrap(f"May already be recorded: {self._with_title(draft.same_as)}"))
        before = self._state()
        self._tried = self._refused = None
        while self._state() == before:
            answer = ask(f"\n{KEYS}")
            key = "q" if answer is None else WORDS.get(answer.lower(), answer.lower())
            if key == "q":
                return False
            if not key:
                print_text(HELP)
            elif key not in self._actions:
                say(_no_key(answer or ""))
            else:
                try:
                    self._actions[key](draft)
                except ChangedError as error:
                    say(error.message, error.hint)
                    return True
                except FIXABLE as error:
                    self._say_refused(error)
        return True

    def _state(self) -> tuple[int, int, int]:
        return self._position, len(self._decisions), self._hidden

    def _say_refused(self, error: ScamcliError) -> None:
        self._refused = self._tried if "--force" in error.hint else None
        keys = "Nothing was written. Press e to fix it, or f to accept it anyway."
        say(*filter(None, (*error.more, error.message, keys if self._refused else error.hint)))

    # The actions of the keys.

    def _accept(self, draft: Draft, record: JsonObject | None = None, links: Sequence[JsonObject] = ()) -> None:
        self._tried = partial(self._decide, "accepted", self._timeline.accept, draft, record, links=links)
        self._tried(**self._options)

    def _accept_anyway(self, _: Draft) -> None:
        if self._refused is None:
            say("f accepts a draft only after it was refused because of warnings. Nothing was done.")
        else:
            self._refused(**self._options | {"force": True})

    def _reject(self, draft: Draft) -> None:
        self._decide("rejected", self._timeline.reject, draft)

    def _merge(self, draft: Draft) -> None:
        into = self._ask_for_event("into which event", draft)
        if into:
            self._decide("merged", self._timeline.merge_draft, draft, into)

    def _accept_linked(self, type_: str, draft: Draft) -> None:
        event = self._ask_for_event("distinct from which event" if type_ == "distinct" else "which event", draft)
        if event:
            self._accept(draft, links=[{"type": type_, "event": event}])

    def _ask_for_event(self, question: str, draft: Draft) -> str | None:
        """Offer events on the days of a draft, and return the typed id; Enter takes the event that looks the same."""
        similar = [*([draft.same_as] if draft.same_as else []), *self._timeline.same_days(draft)]
        offered = [words.wrap(self._with_title(id_), "    ", "  ") for id_ in dict.fromkeys(similar)]
        print_text("\n".join(offered) or "  there is no event on these days")
        answer = ask(f"{question} (Enter: {draft.same_as or 'none'}): ")
        return draft.same_as if answer == "" else answer  # None, at the end of the input, does nothing

    def _edit(self, draft: Draft) -> None:
        about = f"the draft {draft.record['id']}, which is accepted when you leave the editor"
        text = draft_template(draft, about, status="reviewed")
        if not editor.revise(text, lambda text: self._accept(draft, template.parse(text, draft.record))):
            say("Nothing was changed; it is still a draft.")

    def _change(self, draft: Draft) -> None:
        from scamcli.cli.field_change import field_change

        while answer := ask("which field (such as `kind: raid`, or `-actor: NAME` to remove one): "):
            try:
                change = field_change(answer, draft.record)
                saved = self._timeline.edit(
                    str(draft.record["id"]), expect=draft.digest, **change, **self._options, **self._cause
                )
            except ChangedError:
                raise
            except FIXABLE as error:
                hint = "" if "--force" in error.hint else error.hint
                again = "Nothing was changed. Type the field again, or press Enter to leave the draft as it is."
                say(*filter(None, (*error.more, error.message, hint, again)))
                continue
            say_notes(self._timeline, saved.notes)
            if saved.change is None:
                say("Nothing was changed.")
            else:
                self._decisions.append((saved.change, "changed", self._position))
            return

    def _split(self, draft: Draft) -> None:
        entries = draft_text.movable(draft.record)
        print_text("\n".join(words.wrap(f"{at}  {text}", "     ", "  ") for at, (_, _, text) in enumerate(entries, 1)))
        answer = ask("which go to a new draft (numbers such as 1 3): ")
        if not answer:
            return
        chosen = _numbered(answer, entries)
        title = ask("title of the new draft (Enter: the same): ")
        if title is None:
            return
        names = {listed: [name for one, name, _ in chosen if one == listed] for listed in ("actors", "figures")}
        position = self._position
        self._decide("split", self._timeline.split_draft, draft, title=title or None, **names)
        self._position = position  # the first of the two is shown again, then the new one

    def _hide(self, _: Draft) -> None:
        name = ask("whose name (Enter: nobody's): ")
        reason = self._cause["reason"] or (ask("reason, for the history (Enter: none): ") if name else None)
        if not name or reason is None:
            return
        saved = self._timeline.protect(name, **self._cause | {"reason": reason or None})
        say_notes(self._timeline, saved.notes)
        say(f"The name is printed as {saved.name} from now on. `scamcli unprotect` ends that.")
        self._hidden += 1  # so that the draft is shown again, without the name

    def _skip(self, _: Draft) -> None:
        self._position += 1

    def _back(self, _: Draft) -> None:
        position = self._position - 1
        while position >= 0 and self._draft(self._ids[position]) is None:
            position -= 1
        if position < 0:
            say("This is the first draft; u undoes the last decision.")
        else:
            self._position = position

    def _undo(self, _draft: Draft) -> None:
        if not self._decisions:
            say("Nothing has been decided yet; `scamcli undo` undoes earlier changes.")
            return
        change, _, position = self._decisions[-1]
        say_notes(self._timeline, self._timeline.undo(change, **self._cause).notes)
        self._decisions.pop()
        self._position = position

    def _explain(self, draft: Draft) -> None:
        print_drawn(draft_text.reasons(draft_row(draft), _columns()))
        print_text(f"\n{COUNTS}\n\n{HELP}" if draft.record["figures"] else f"\n{HELP}")

    # Printing.

    def _decide(
        self, word: str, method: Callable[..., Decided], draft: Draft, *args: object, **options: object
    ) -> None:
        decided = method(draft.record["id"], *args, expect=draft.digest, **options, **self._cause)
        say_notes(self._timeline, decided.notes)
        for new in decided.ids[1:]:
            self._ids.insert(self._position + 1, new)
            self._same_as[new] = draft.same_as
        self._decisions.append((decided.change or 0, word, self._position))
        self._position += 1

    def _with_title(self, id_: str) -> str:
        try:
            found = self._timeline.show(id_)
        except ScamcliError:
            return id_
        return f"{found['id']}  {found['title']}"

    def _print_summary(self) -> None:
        done = [word for _, word, _ in self._decisions]
        counts = [f"{done.count(word):,} {word}" for word in DECISIONS if word in done]
        left = self._timeline.sizes()["drafts"]
        say(
            sentence(
                ", ".join(counts) or "nothing was decided", f"{plural(left, 'draft')} left" + " to review" * (left > 0)
            )
        )


def _no_key(answer: str) -> str:
    hint = "To change a field, press c first." if ":" in answer else "? explains the keys."
    return f"{quote(answer[:40])} is not one of the keys, so nothing was done. {hint}"


def _numbered(answer: str, entries: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return the entries with the given numbers, which begin at 1."""
    numbers = answer.replace(",", " ").split()
    for one in numbers:
        if not (one.isascii() and one.isdigit() and 1 <= int(one) <= len(entries)):
            raise WrongUsageError(f"No entry {quote(one[:40])}.", f"Expected numbers from 1 to {len(entries)}.")
    return [entries[int(one) - 1] for one in dict.fromkeys(numbers)]


def draft_template(draft: Draft, about: str, **values: object) -> str:
    """Return the text to edit a draft, with its passage and the words behind its fields as comments."""
    row = draft_row(draft)
    passage, place = ("", "") if row["passage"] is None else (draft_text.signed(row), draft_text.place(row))
    evidence = draft_text.evidence(row)
    return template.render(draft.record | values, about, passage=passage, place=place, evidence=evidence)


def _columns() -> int:
    return shutil.get_terminal_size((80, 24)).columns
