"""The scores as tables, lists and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.scoring import FIELDS, Tally, items, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from evaluation.cases import Case
    from evaluation.scoring import Items, Pair

MEASURED = "<!-- measured -->", "<!-- end of what was measured -->"
AGREEMENT = "<!-- agreement -->", "<!-- end of the agreement -->"
"""The marks around the generated parts of docs/evaluation.md."""

Scores = dict[str, dict[str, Tally]]
"""The tally of each field, for each system."""


def scores(pairs: Mapping[str, Sequence[Pair]], spoken: Mapping[str, Iterable[str]]) -> Scores:
    """Return the tallies of each system for the fields that it fills."""
    return {
        system: {field: tally(field, pairs[system]) for field in FIELDS if field in spoken[system]} for system in pairs
    }


def table(half: str, found: Scores) -> str:
    """Return the scores of a half as a Markdown table: scamcli in full, and the F1 of the other systems."""
    tool, *others = found
    head = ["field", "in the gold", "precision", "recall", "F1", *(f"F1 of {other}" for other in others)]
    lines = [f"### {half}", "", row(head), row(["---", *("---:" for _ in head[1:])])]
    for field, counted in found[tool].items():
        numbers = [counted.precision, counted.recall, counted.f1]
        numbers += [score.f1 if (score := found[other].get(field)) else None for other in others]
        lines.append(row([field, str(counted.hits + counted.missed), *map(number, numbers)]))
    return "\n".join(lines)


def as_json(halves: Mapping[str, Scores]) -> dict[str, Any]:
    """Return the scores in the form of the JSON output."""
    return {
        half: {
            system: {field: _in_full(counted) for field, counted in fields.items()} for system, fields in found.items()
        }
        for half, found in halves.items()
    }


def misses(field: str, name: str, pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield a line for each item of a field that was missed (``-``) or is false (``+``), with the date of the entry."""
    for pair in pairs:
        gold, proposed = items(field, pair.gold), items(field, pair.proposed)
        note = " (no such entry in the gold)" if pair.gold is None else ""
        note = " (no entry proposed)" if pair.proposed is None else note
        for line in _signed("-", gold - proposed) + _signed("+", proposed - gold):
            yield f"{name}  {pair.date}  {field}  {line}{note}"


def size(cases: Sequence[Case]) -> str:
    """Return a sentence with the size of each half."""
    halves = []
    for half in dict.fromkeys(case.half for case in cases):
        texts = [case.gold for case in cases if case.half == half]
        entries = [entry for text in texts for entry in text]
        figures = sum(len(entry.figures) for entry in entries)
        halves.append(f"{half}: {_many(len(texts), 'text')}, {len(entries)} entries, {figures} figures")
    return f"{'; '.join(halves)}."


def replace_part(page: str, marks: tuple[str, str], text: str) -> str:
    """Return a page with the part between two marks replaced.

    Raises:
        ValueError: If the page lacks the marks.
    """
    begin, end = marks
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"the page has no {begin} and {end}")
    return f"{before}{begin}\n{text}\n{end}{after}"


def part(page: str, marks: tuple[str, str]) -> str:
    """Return the text between two marks of a page."""
    return page.partition(marks[0])[2].partition(marks[1])[0].strip("\n")


def row(cells: Iterable[str]) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def number(share: float | None) -> str:
    """Return a score with three decimals, or a dash."""
    return "–" if share is None else f"{share:.3f}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _signed(sign: str, found: Items) -> list[str]:
    return [f"{sign} {item}" for item in sorted(map(_shown, found.elements()))]


def _shown(item: object) -> str:
    if isinstance(item, tuple):
        return " · ".join(f"({_shown(part)})" if isinstance(part, tuple) else _shown(part) for part in item)
    return "–" if item is None else str(item)


def _in_full(counted: Tally) -> dict[str, Any]:
    return {**counted._asdict(), "precision": counted.precision, "recall": counted.recall, "f1": counted.f1}
