"""What a reader of tables has to say beside the rows: counted while they are read, told once when all are."""

from __future__ import annotations


class Told:
    """Lines to tell, in the order in which they first came up.

    Args:
        name: of the table, before each line.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lines: dict[str, tuple[int, str]] = {}
        self._last: dict[str, int] = {}

    def once(self, line: str) -> None:
        """Tell a line, however often it comes up."""
        self._lines.setdefault(line, (0, ""))

    def count(self, what: str, number: int, value: str = "") -> None:
        """Tell of how many rows something is true, however often of one, and show the first.

        Args:
            what: what is true of them, as in "2 rows: WHAT".
            number: of this row.
            value: what stands there.
        """
        if self._last.get(what) == number:
            return
        self._last[what] = number
        times, first = self._lines.get(what, (0, ""))
        self._lines[what] = (times + 1, first or f"row {number}" + (f": {value[:60]!r}" if value else ""))

    def lines(self) -> list[str]:
        """What is told."""
        return [
            f"{self.name}: {what}" + (f" ({times:,} row{'s' if times > 1 else ''}, the first {first})" if times else "")
            for what, (times, first) in self._lines.items()
        ]
