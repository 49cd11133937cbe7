"""What ``--on-conflict ask`` asks about each conflict of an import or a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from scamcli.cli.output import ask, print_text

if TYPE_CHECKING:
    from collections.abc import Callable, Container

T = TypeVar("T")


def ask_about_each(text_of: Callable[[T], str], asked: Callable[[T], tuple[str, Container[str]]]) -> Callable[[T], str]:
    """Return a function that shows a conflict, asks, and returns the letter of the answer.

    ``asked`` returns the question about a conflict, and the letters that answer it. A capital letter answers all
    remaining conflicts that it can answer. The function raises KeyboardInterrupt if the user quits.
    """
    for_the_rest = ""

    def choose(conflict: T) -> str:
        nonlocal for_the_rest
        question, letters = asked(conflict)
        if for_the_rest and for_the_rest in letters:
            return for_the_rest
        print_text(f"\n{text_of(conflict)}")
        while True:
            answer = ask(question)
            letter = "q" if answer is None else answer.lower()[:1]
            if letter == "q":
                raise KeyboardInterrupt
            if letter in letters:
                for_the_rest = letter if answer and answer[:1].isupper() else for_the_rest
                return letter

    return choose
