"""What ``--on-conflict`` says: what becomes of a record that is here already and says something else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scamcli.cli.output import ask, print_text
from scamcli.errors import WrongUsageError
from scamcli.output.text import change_text
from scamcli.store.conflict_policy import Choice, Differing
from scamcli.timeline.history import differences

if TYPE_CHECKING:
    from scamcli.store.conflict_policy import Decide
    from scamcli.store.writer import Writer

WORDS = ("ask", *(choice.value for choice in (Choice.SKIP, Choice.UPDATE, Choice.FAIL)))

QUESTION = "\n[s]kip, [u]pdate, all the rest: [S]kip, [U]pdate; [q]uit, and nothing is written: "

_ANSWERS = {"s": Choice.SKIP, "u": Choice.UPDATE}


def see_that_it_can_ask(word: str, paths: list[str]) -> None:
    """See that the word is one, and that somebody is there to be asked.

    Raises:
        WrongUsageError: it is none, or nobody is.
    """
    if word not in WORDS:
        raise WrongUsageError(f"--on-conflict takes {', '.join(WORDS)}, not {word[:80]!r}")
    if word == "ask" and ("-" in paths or not (sys.stdin.isatty() and sys.stdout.isatty())):
        raise WrongUsageError("--on-conflict ask asks on a terminal, and this is none", "use skip, update or fail")


def decided(word: str, writer: Writer) -> Decide | Choice:
    """Who decides, for one of ``WORDS``."""
    return _Asking(writer).decide if word == "ask" else Choice(word)


class _Asking:
    """Asks about each, until the answer is for all the rest."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._rest: Choice | None = None

    def decide(self, found: Differing) -> Choice:
        """What the user answers.

        Raises:
            KeyboardInterrupt: the user leaves.
        """
        if self._rest is not None:
            return self._rest
        before, after = self._writer.masked(found.before), self._writer.masked(found.after)
        name = before["id" if found.type == "event" else "name"]
        print_text(f"\n{found.type} {name}\n{change_text.differences(differences(before, after))}")
        while True:
            answer = ask(QUESTION)
            if answer is None or answer.lower()[:1] == "q":
                raise KeyboardInterrupt
            choice = _ANSWERS.get(answer.lower()[:1])
            if choice is not None:
                self._rest = choice if answer[:1].isupper() else None
                return choice
