"""Names of inputs in messages, for inputs whose rows are not numbered by lines."""

from __future__ import annotations

from typing import Self


class RowNames(str):
    """The name of an input, such as the path of a file, which also knows how its rows are named in messages.

    Attributes:
        word: what a row is, such as ``item``; empty for a line or a row of a table.
        paths: the names of the rows, by their numbers from 1, if each has one: the paths of notes.
    """

    word: str
    paths: tuple[str, ...]

    __slots__ = ("paths", "word")

    def __new__(cls, name: str, word: str = "", paths: tuple[str, ...] = ()) -> Self:
        """Return a name. This is not ``__init__``, because ``str`` takes other arguments."""
        made = super().__new__(cls, name)
        made.word, made.paths = word, paths
        return made

    def renamed(self, old: str, new: str) -> RowNames:
        """Return these names with another name for the file."""
        paths = tuple(new + path.removeprefix(old) if path.startswith(old) else path for path in self.paths)
        return RowNames(new + self.removeprefix(old), self.word, paths)

    def row(self, number: int) -> str:
        """Return the name of a row in messages: ``cases.json: item 3``, ``vault/raid.md``."""
        if 0 < number <= len(self.paths):
            return self.paths[number - 1]
        return f"{self}: {self.word} {number}" if self.word else f"{self}:{number}"
