"""Compare what two readers found in one text, and merge it: what both found is graded higher.

Drafts are of the same entry if their passages and their dates overlap. The first reader's draft is kept, and gets what
only the second one found. Where they contradict each other, for example in the kind, the first one's value stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.proposal import Extraction, Grade, Proposal
from scamcli.ingest.titles import without_names
from scamcli.language import scripts
from scamcli.language.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Collection

    from scamcli.ingest.proposal import Reason

_HIGHER = {Grade.UNSURE: Grade.LIKELY, Grade.LIKELY: Grade.SURE, Grade.SURE: Grade.SURE}
_LISTS = {"sites": "site", "provinces": "province", "countries": "country", "nationalities": "nationality"}

_Key = tuple[object, ...]


class ComparedDraft(NamedTuple):
    """Date and title of a draft, and labels of its fields by who found them, such as ``figure rescues “45”``."""

    title: str
    both: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]


class Comparison(NamedTuple):
    """The merged drafts, and which reader found what in each of them."""

    extraction: Extraction
    compared: tuple[ComparedDraft, ...]


class _Field(NamedTuple):
    """A field of a draft: how the reasons name it, and a label for people."""

    path: str
    label: str


def compare(first: Extraction, second: Extraction, name: str) -> Comparison:
    """Compare and merge the drafts of two readers; ``name`` is the name of the second one."""
    names = tuple(dict.fromkeys((*first.withheld, *second.withheld)))
    first, second = (_withholding(one, names) for one in (first, second))
    left = list(second.drafts)
    merged: list[Proposal] = []
    compared: list[ComparedDraft] = []
    for draft in first.drafts:
        fields, others = _fields(draft), dict[_Key, _Field]()
        other = next((one for one in left if _is_same_entry(draft, one)), None)
        if other is not None:
            left.remove(other)
            others = _fields(other)
            draft = _merge(draft, other, name)
        merged.append(draft)
        compared.append(_compared(draft, fields, others))
    compared += [_compared(one, {}, _fields(one)) for one in left]
    return Comparison(first._replace(drafts=[*merged, *left]), tuple(compared))


def _withholding(extraction: Extraction, names: tuple[str, ...]) -> Extraction:
    """Return drafts whose titles have none of the names that either reader withholds."""
    drafts = [
        one._replace(record={**one.record, "title": without_names(one.record["title"], names)})
        for one in extraction.drafts
    ]
    return extraction._replace(drafts=drafts, withheld=names)


def _is_same_entry(one: Proposal, other: Proposal) -> bool:
    if one.passage.end <= other.passage.start or other.passage.end <= one.passage.start:
        return False
    days, other_days = (parse_date(draft.record["date"]) for draft in (one, other))
    if None in {days.start, days.end, other_days.start, other_days.end}:
        return True
    return bool(days.start <= other_days.end and other_days.start <= days.end)  # type: ignore[operator] # no None


def _fields(draft: Proposal) -> dict[_Key, _Field]:
    """Return the fields of a draft by their content: two readers found the same thing if the keys are equal."""
    record = draft.record
    found: dict[_Key, _Field] = {(key, record[key]): _Field(key, f"{key} {record[key]}") for key in ("date", "kind")}
    for one in record["actors"]:
        found["actor", scripts.plain(one["name"]), one["role"]] = _Field(
            f"actors.{one['name']}", f"actor {one['name']} ({one['role']})"
        )
    for key, label in _LISTS.items():
        for name in record[key]:
            found[key, scripts.plain(name)] = _Field(f"{key}.{name}", f"{label} {name}")
    for one in record["figures"]:
        path, label = f"figures.{one['id']}", f"figure {one['metric']} “{one['stated']}”"
        found["figure", one["metric"], one["low"], one["best"], one["high"], one["unit"]] = _Field(path, label)
    return found


def _compared(draft: Proposal, first: dict[_Key, _Field], second: dict[_Key, _Field]) -> ComparedDraft:
    both = tuple(field.label for key, field in first.items() if key in second)
    only_first = tuple(field.label for key, field in first.items() if key not in second)
    only_second = tuple(field.label for key, field in second.items() if key not in first)
    return ComparedDraft(f"{draft.record['date']} {draft.record['title']}", both, only_first, only_second)


def _merge(draft: Proposal, other: Proposal, name: str) -> Proposal:
    """Return a draft that also has what only the other one has, with higher grades for what both have."""
    ours, theirs = _fields(draft), _fields(other)
    shared = {field.path for key, field in ours.items() if key in theirs}
    reasons = [_raised(one, name) if _is_of(one, shared) else one for one in draft.reasons]
    record = dict(draft.record)
    new = {key: field for key, field in theirs.items() if key not in ours}
    new_paths = {field.path for field in new.values()}
    for key in ("actors", *_LISTS):
        added = [one for one in other.record[key] if _path(key, one) in new_paths]
        record[key] = [*record[key], *(one for one in added if one not in record[key])]
    paths = {field.path: field.path for key, field in new.items() if key[0] not in {"date", "kind", "figure"}}
    record["figures"], of_figures = _with_figures(draft, other, new_paths)
    paths |= of_figures
    reasons += [one._replace(field=_moved(one.field, paths)) for one in other.reasons if _is_of(one, paths)]
    numbers = [one.span for one in reasons if one.field.startswith("figures.")]
    unread = [one for one in draft.unread if not any(one.start < at.end and at.start < one.end for at in numbers)]
    return draft._replace(record=record, reasons=tuple(reasons), unread=tuple(unread))


def _with_figures(
    draft: Proposal, other: Proposal, new: set[str]
) -> tuple[list[dict[str, object]], dict[str, str]]:  # fmt: skip
    """Return the figures of a draft with the new ones of another, and the new paths of those by their old paths."""
    figures = list(draft.record["figures"])
    paths: dict[str, str] = {}
    for figure in other.record["figures"]:
        if f"figures.{figure['id']}" in new:
            taken, metric = {one["id"] for one in figures}, figure["metric"]
            ids = (metric if number == 1 else f"{metric}-{number}" for number in range(1, len(figures) + 2))
            id_ = next(one for one in ids if one not in taken)
            paths[f"figures.{figure['id']}"] = f"figures.{id_}"
            figures.append(figure | {"id": id_, "part_of": None, "split": None, "of": None})
    return figures, paths


def _path(key: str, item: object) -> str:
    return f"{key}.{item['name'] if isinstance(item, dict) else item}"


def _is_of(reason: Reason, paths: Collection[str]) -> bool:
    """Say whether a reason belongs to one of these fields, or to a part of one: ``figures.rescues.metric``."""
    return reason.field in paths or reason.field.rpartition(".")[0] in paths


def _moved(field: str, paths: dict[str, str]) -> str:
    whole, dot, part = field.rpartition(".")
    return paths[field] if field in paths else paths[whole] + dot + part


def _raised(reason: Reason, name: str) -> Reason:
    return reason._replace(rule=f"{reason.rule}; also found by {name}", grade=_HIGHER[reason.grade])
