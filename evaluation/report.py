"""What was measured, as tables, lists and JSON. Nothing here scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.scoring import FIELDS, Tally, items, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from evaluation.cases import Case
    from evaluation.scoring import Items, Pair

BEGIN, END = "<!-- measured -->", "<!-- end of what was measured -->"
"""What the generated part of the page stands between."""

Scores = dict[str, dict[str, Tally]]
"""Of each system, the tally of each field."""


def scores(pairs: Mapping[str, Sequence[Pair]], spoken: Mapping[str, Iterable[str]]) -> Scores:
    """The tallies of each system, in the fields that it says anything of."""
    return {
        system: {field: tally(field, pairs[system]) for field in FIELDS if field in spoken[system]} for system in pairs
    }


def table(half: str, found: Scores) -> str:
    """The scores of a half in Markdown: the tool in full, F1 of the others beside it."""
    tool, *others = found
    head = ["field", "in the gold", "precision", "recall", "F1", *(f"F1 of {other}" for other in others)]
    lines = [f"### {half}", "", _row(head), _row(["---", *("---:" for _ in head[1:])])]
    for field, counted in found[tool].items():
        numbers = [counted.precision, counted.recall, counted.f1]
        numbers += [score.f1 if (score := found[other].get(field)) else None for other in others]
        lines.append(_row([field, str(counted.hits + counted.missed), *map(_number, numbers)]))
    return "\n".join(lines)


def as_json(halves: Mapping[str, Scores]) -> dict[str, Any]:
    """The scores as JSON has them."""
    return {
        half: {
            system: {field: _in_full(counted) for field, counted in fields.items()} for system, fields in found.items()
        }
        for half, found in halves.items()
    }


def misses(field: str, name: str, pairs: Iterable[Pair]) -> Iterator[str]:
    """A line for every item of a field that was missed (``-``) or is not so (``+``), with the entry's date."""
    for pair in pairs:
        gold, proposed = items(field, pair.gold), items(field, pair.proposed)
        note = " (no such entry in the gold)" if pair.gold is None else ""
        note = " (no entry proposed)" if pair.proposed is None else note
        for line in _signed("-", gold - proposed) + _signed("+", proposed - gold):
            yield f"{name}  {pair.date}  {field}  {line}{note}"


def size(cases: Sequence[Case]) -> str:
    """How much gold each half has, in a sentence."""
    halves = []
    for half in dict.fromkeys(case.half for case in cases):
        texts = [case.gold for case in cases if case.half == half]
        entries = [entry for text in texts for entry in text]
        figures = sum(len(entry.figures) for entry in entries)
        halves.append(f"{half}: {_many(len(texts), 'text')}, {len(entries)} entries, {figures} figures")
    return f"{'; '.join(halves)}."


def written(page: str, measured: str) -> str:
    """A page with what was measured in the place of what had been."""
    before, _, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the page has no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{measured}\n{END}{after}"


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


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _number(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
