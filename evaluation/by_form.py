"""The scores for each form of text, each beside the agreement of the two annotators on the same texts.

The texts that were written first have no form and only one annotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation import agreement
from evaluation.cases import FORMS
from evaluation.report import number, row
from evaluation.scoring import needs_no_edit, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaluation.cases import Case
    from evaluation.scoring import Pair

FIELDS = (
    "entries",
    "figures, bounds",
    "figures, metric and bounds",
    "figures",
    "figures, and speaker",
    "nationalities",
    "provinces",
)
OLDER, REAL = "older texts", "all forms"
"""The rows of the texts without a form and of all texts that have one."""


def table(half: str, texts: Iterable[tuple[Case, list[Pair]]]) -> str:
    """Return the F1 of a half for each form of text as a Markdown table.

    A cell is the F1 of the drafts, then that of the second annotation against the first. The last column is the share
    of drafts that need no edit.
    """
    drafts, annotated = _grouped((case.form, pairs) for case, pairs in texts), _annotated(half)
    head = ["form", "texts", *FIELDS, "drafts without edits"]
    lines = [f"#### {half}, by form", "", row(head), row(["---", *("---:" for _ in head[1:])])]
    for form in (OLDER, *FORMS, REAL):
        if form in drafts:
            both = _joined(drafts[form]), _joined(annotated.get(form, ()))
            cells = [" / ".join(number(tally(field, pairs).f1) for pairs in both) for field in FIELDS]
            without = " / ".join(number(share_without_edits(pairs)) for pairs in both)
            lines.append(row([form, str(len(drafts[form])), *cells, without]))
    return "\n".join(lines)


def share_without_edits(pairs: Iterable[Pair]) -> float | None:
    """Return the share of proposed entries that need no edit; ``None`` if nothing was proposed."""
    drafts = [pair for pair in pairs if pair.proposed is not None]
    return sum(map(needs_no_edit, drafts)) / len(drafts) if drafts else None


def _annotated(half: str) -> dict[str, list[list[Pair]]]:
    return _grouped((text.form, text.pairs) for text in agreement.compared() if text.half == half)


def _grouped(texts: Iterable[tuple[str | None, list[Pair]]]) -> dict[str, list[list[Pair]]]:
    groups: dict[str, list[list[Pair]]] = {}
    for form, pairs in texts:
        for group in (OLDER,) if form is None else (form, REAL):
            groups.setdefault(group, []).append(pairs)
    return groups


def _joined(texts: Sequence[list[Pair]]) -> list[Pair]:
    return [pair for pairs in texts for pair in pairs]
