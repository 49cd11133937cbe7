"""How far the two annotations of each ``real`` text agree, which limits what a score against the gold can mean.

Both annotations were made from ``ANNOTATING.md`` alone, before either annotator had seen the other's work or a draft.
They stay as they were. What was settled afterwards is in ``gold/``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from evaluation.cases import FOLDER, FORMS, HALVES
from evaluation.entries import Entry, of_gold
from evaluation.report import number, row
from evaluation.scoring import FIELDS, align, tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaluation.scoring import Pair

ANNOTATIONS = FOLDER / "annotations"
FIRST, SECOND = ANNOTATIONS / "first.jsonl", ANNOTATIONS / "second.jsonl"


class Compared(NamedTuple):
    """Both annotations of a text: the first in the place of the gold, the second in the place of a draft."""

    name: str
    half: str
    form: str
    pairs: list[Pair]


def compared() -> list[Compared]:
    """Return both annotations of each text, in the order of the files.

    Raises:
        ValueError: If the files do not have the same texts.
    """
    texts = []
    with FIRST.open(encoding="utf-8") as first, SECOND.open(encoding="utf-8") as second:
        for one, other in zip(map(json.loads, first), map(json.loads, second), strict=True):
            if any(one[key] != other[key] for key in ("name", "half", "form")):
                raise ValueError(f"the annotations do not have the same texts: {one['name']} and {other['name']}")
            pairs = align(_entries(one["entries"]), _entries(other["entries"]))
            texts.append(Compared(one["name"], one["half"], one["form"], pairs))
    return texts


def table() -> str:
    """Return the F1 of each field as a Markdown table: for all texts, for each half and for each form."""
    texts = compared()
    columns = {"all": texts}
    columns |= {half: [text for text in texts if text.half == half] for half in HALVES}
    columns |= {form: [text for text in texts if text.form == form] for form in FORMS}
    lines = [row(["field", *columns]), row(["---", *("---:" for _ in columns)])]
    lines.append(row(["texts", *(str(len(column)) for column in columns.values())]))
    lines += [row([field, *(number(_f1(field, column)) for column in columns.values())]) for field in FIELDS]
    return "\n".join(lines)


def _f1(field: str, texts: Iterable[Compared]) -> float | None:
    return tally(field, (pair for text in texts for pair in text.pairs)).f1


def _entries(entries: Iterable[dict[str, object]]) -> list[Entry]:
    return [of_gold(entry) for entry in entries]
