"""Write completions for each shell so that names with spaces, quotes or parentheses stay one word.

Typer does not escape completions for bash, and quotes them for zsh in a way that loses apostrophes. Fish escapes them
itself. This module is loaded only when a shell asks for completions.
"""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

from typer._click.shell_completion import add_completion_class
from typer._completion_classes import BashComplete, ZshComplete

if TYPE_CHECKING:
    from typer._click.shell_completion import CompletionItem


def escape_for_bash(value: str, word: str) -> str:
    """Return a completion in the form that bash must insert after the word typed so far."""
    # Bash leaves an opening quote in place and closes it.
    if word.startswith("'"):
        return value.replace("'", r"'\''")
    if word.startswith('"'):
        return re.sub(r'(["\\$`])', r"\\\1", value)
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", value)


class _BashComplete(BashComplete):
    """Completions for bash, with special characters escaped."""

    def format_completion(self, item: CompletionItem) -> str:
        """Return one line of completions."""
        words = os.environ["COMP_WORDS"].split("\n")  # typer's script joins the words by newlines
        at = int(os.environ["COMP_CWORD"])
        return escape_for_bash(item.value, words[at] if at < len(words) else "")


class _ZshComplete(ZshComplete):
    """Completions for zsh, which escapes them itself if they come from ``_describe``."""

    def format_completion(self, item: CompletionItem) -> str:
        """Return an element of the array for ``_describe``: the completion, a colon and an explanation."""
        value = item.value.replace("\\", r"\\").replace(":", r"\:")
        return shlex.quote(f"{value}:{item.help}" if item.help else value)

    def complete(self) -> str:
        """Return the commands that typer's script evaluates."""
        items = self.get_completions(*self.get_completion_args())
        if not items:
            return "_files"
        return f"local -a offered; offered=({' '.join(map(self.format_completion, items))}); _describe scamcli offered"


def register() -> None:
    """Replace typer's completions for bash and zsh."""
    add_completion_class(_BashComplete, "bash")
    add_completion_class(_ZshComplete, "zsh")
