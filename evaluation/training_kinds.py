"""Train the numbers with which ``ingest`` chooses the kind of an entry, on the texts of the half ``tune``.

An example is an entry of the gold with the draft that ``ingest`` makes for its date, because the dates and the
sentences of drafts are often wrong, and the signs must be weighed as they are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evaluation.entries import of_record
from evaluation.scoring import align
from evaluation.tool import document
from evaluation.training import Option, fit_options
from scamcli.ingest.kinds import classify_by_rules, signs
from scamcli.ingest.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from evaluation.cases import Case
    from scamcli.ingest.kinds import Evidence
    from scamcli.ingest.proposal import Reason

OLDER_WEIGHT = 3.0
"""The weight of an entry of an older text. Its date and sentences are nearly always right, so it shows best how much
words say. With the weight of the others, the model is a little worse on older texts that it was not trained on.
"""

HEAD = """# How much each sign speaks for a kind: `python -m evaluation --train` from the texts of the half `tune`.
# A sign that begins with a kind is for that kind alone. The others are for the kind that the words or figures name.
"""


class Example(NamedTuple):
    """An entry of the gold whose date a draft has: the text, the signs of each kind, and the right kind."""

    case: Case
    signs: Mapping[str, set[str]]
    kind: str | None


def train(cases: Iterable[Case]) -> str:
    """Return the numbers of all signs as TOML."""
    numbers = fit([one for case in cases for one in examples(case)])
    return "\n".join([HEAD, "[signs]", *(f'"{sign}" = {number:.3f}' for sign, number in sorted(numbers.items())), ""])


def examples(case: Case) -> Iterator[Example]:
    """Yield the entries of a text whose date a draft has. The kinds of the drafts are those of the rules."""
    seen: list[Evidence] = []

    def by_rules(found: Evidence) -> tuple[str, Reason]:
        seen.append(found)
        return classify_by_rules(found)

    read = document(case)
    drafts = extract(read, case.known, kind_of=by_rules).drafts
    entries = [of_record(draft.record, read.about.outlet) for draft in drafts]
    gold = {id(pair.proposed): pair.gold for pair in align(case.gold, entries)}
    for found, entry in zip(seen, entries, strict=True):
        if (known := gold[id(entry)]) is not None:
            yield Example(case, signs(found), known.kind)


def fit(found: Sequence[Example]) -> dict[str, float]:
    """Return the numbers of the signs that fit examples best."""
    return fit_options(
        [
            Option(
                (one.case.name, at),
                frozenset(present),
                kind == one.kind,
                OLDER_WEIGHT if one.case.form is None else 1.0,
            )
            for at, one in enumerate(found)
            for kind, present in one.signs.items()
        ]
    )
