"""Measure how often fields of each grade are right.

A field is judged against the gold entry that its draft is about: the one with the same date, or else the one with which
it has the most in common. If there is no such entry, every field of the draft is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from evaluation.entries import of_record
from evaluation.report import row
from evaluation.scoring import align, counted, low, overlap
from evaluation.tool import proposals
from scamcli.ingest.grading import graded, signs
from scamcli.ingest.proposal import Grade
from scamcli.language.names import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from evaluation.cases import Case
    from evaluation.entries import Entry as Compared
    from evaluation.entries import Figure
    from scamcli.ingest.dated_entries import Entry
    from scamcli.ingest.proposal import Document, Proposal, Reason


class Judged(NamedTuple):
    """A field of a draft.

    Attributes:
        family: the kind of field, such as ``figures.stated_by``.
        grade: its grade.
        signs: the signs for or against its value; see `scamcli.ingest.grading.signs`.
        is_right: whether the gold entry has the same value.
    """

    family: str
    grade: Grade
    signs: tuple[str, ...]
    is_right: bool


def judge(case: Case, read: Document) -> Iterator[Judged]:
    """Yield those fields of the drafts of a text that can be judged by the gold."""
    every: list[list[tuple[str, list[str]]]] = []

    def grade(reasons: Sequence[Reason], entry: Entry, *, is_list: bool) -> tuple[Reason, ...]:
        every.append([signs(reason, entry, is_list=is_list) for reason in reasons])
        return graded(reasons, entry, is_list=is_list)

    drafts = proposals(case, read, grade)
    if not drafts:
        return
    entries = [of_record(draft.record, read.about.outlet) for draft in drafts]
    if case.form is None:
        entries = [entry.in_cambodia() for entry in entries]
    for draft, signed, entry, gold in zip(drafts, every, entries, _counterparts(case.gold, entries), strict=True):
        for reason, (family, found) in zip(draft.reasons, signed, strict=False):  # links come after the graded ones
            is_right = _is_right(reason, draft, entry, gold)
            if is_right is not None:
                yield Judged(family, reason.grade, tuple(found), is_right)


def _counterparts(gold: Sequence[Compared], proposed: Sequence[Compared]) -> list[Compared | None]:
    """Return the gold entry for each proposed one, or ``None``."""
    pairs = align(gold, proposed)
    found = {id(pair.proposed): pair.gold for pair in pairs}
    free = [pair.gold for pair in pairs if pair.proposed is None and pair.gold is not None]
    alone = [entry for entry in proposed if found[id(entry)] is None]
    ranked = sorted(
        (-common, i, j)
        for i, one in enumerate(free)
        for j, other in enumerate(alone)
        if (common := overlap(one, other))
    )
    taken: set[int] = set()
    for _, i, j in ranked:
        if i not in taken and found[id(alone[j])] is None:
            taken.add(i)
            found[id(alone[j])] = free[i]
    return [found[id(entry)] for entry in proposed]


def _is_right(reason: Reason, draft: Proposal, entry: Compared, gold: Compared | None) -> bool | None:
    """Return whether a field is right, or ``None`` if the gold has no such fields."""
    field, _, name = reason.field.partition(".")
    if field in ("date", "kind"):
        return gold is not None and getattr(gold, field) == getattr(entry, field)
    if field == "figures":
        return _is_figure_right(name, draft, entry, gold)
    if field not in ("provinces", "countries", "nationalities", "actors", "sources"):
        return None
    if field == "provinces" and name not in entry.provinces:
        return None  # outside Cambodia, and the gold lists only Cambodian ones
    return gold is not None and normalise(name) in map(normalise, getattr(gold, field))


def _is_figure_right(name: str, draft: Proposal, entry: Compared, gold: Compared | None) -> bool | None:
    id_, _, part = name.partition(".")
    ids = [figure["id"] for figure in draft.record["figures"]]
    figure = entry.figures[ids.index(id_)]
    judge_part = _PARTS.get(part)
    if judge_part is None or (part == "province" and figure.province is None):
        return None
    if gold is None:
        return False
    same = (one for one in gold.figures if counted(one) == counted(figure))
    return any(judge_part(gold, one) == judge_part(entry, figure) for one in same)


def _whole(entry: Compared, figure: Figure) -> object:
    return figure.whole is not None and counted(entry.figures[figure.whole])


_PARTS: dict[str, Callable[[Compared, Figure], object]] = {
    "": lambda _, figure: low(figure.group),
    "nationality": lambda entry, figure: low(entry.read(figure).nationality),
    "province": lambda entry, figure: low(entry.read(figure).province),
    "stated_by": lambda _, figure: figure.stated_by and normalise(figure.stated_by),
    "part_of": _whole,
}
"""For each part of a figure, what is compared in two figures that have the same metric and bounds."""


def table(half: str, judged: Iterable[tuple[Case, Judged]]) -> str:
    """Return a Markdown table for a half: how often fields of each grade are right, and how many fields there are."""
    found: dict[str, dict[Grade, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for case, one in judged:
        for name in ("older texts" if case.form is None else "real forms", one.family):
            found[name][one.grade].append(one.is_right)
    names = sorted(found, key=lambda name: (name not in ("older texts", "real forms"), name))
    lines = [f"#### {half}, by grade", "", row(["fields", *Grade]), row(["---", *("---:" for _ in Grade)])]
    return "\n".join([*lines, *(row([name, *(_share(found[name][grade]) for grade in Grade)]) for name in names)])


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.2f} of {len(right):,}" if right else "–"
