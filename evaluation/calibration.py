"""Fit the numbers with which ``ingest`` grades fields to how often similar fields are right in the ``tune`` half.

A logistic regression for each kind of field gives each sign a number; see `scamcli.ingest.grading`. Texts in the style
of real ones weigh more, because the rules were first made for the older ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import scamcli.ingest.grading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaluation.cases import Case
    from evaluation.grades import Judged

CARDS = Path(scamcli.ingest.grading.__file__).with_name("grades.toml")

OLDER_WEIGHT = 0.2
"""The weight of a field of an older text. The rules were made on these texts, so they are right more often there."""

FEWEST = 5
"""How many fields a sign needs to get a number of its own."""

INVERSE_PENALTY = 1.0
"""The inverse of the strength of the L2 penalty, which keeps the numbers of rare signs near 0."""

HEAD = """# How much each sign speaks for the value of a field, in log-odds: `python -m evaluation --calibrate` from the
# texts of the half `tune`. Comments say how many of the fields with a sign were right.
"""


def fit(judged: Sequence[tuple[Case, Judged]]) -> str:
    """Return the numbers of all signs by kind of field, as TOML."""
    families: dict[str, list[tuple[Case, Judged]]] = defaultdict(list)
    for case, one in judged:
        families[one.family].append((case, one))
    sections = [_section(family, found) for family, found in sorted(families.items()) if _tells(found)]
    return HEAD + "\n".join(sections)


def _tells(judged: Sequence[tuple[Case, Judged]]) -> bool:
    """Return whether there are enough fields of a kind, and not all of them are right or wrong."""
    return len(judged) >= FEWEST and len({one.is_right for _, one in judged}) > 1


def _section(family: str, judged: Sequence[tuple[Case, Judged]]) -> str:
    seen, right = Counter[str](), Counter[str]()
    for _, one in judged:
        seen.update(one.signs)
        right.update(one.signs if one.is_right else ())
    signs = [sign for sign, times in seen.items() if times >= FEWEST]
    numbers = _regression(judged, signs)
    head = f'\n["{family}"]' if "." in family else f"\n[{family}]"
    lines = [f'"{sign}" = {numbers[sign]:.2f} # {right[sign]:,} of {seen[sign]:,}' for sign in sorted(signs)]
    return "\n".join([head, *lines, ""])


def _regression(judged: Sequence[tuple[Case, Judged]], signs: Sequence[str]) -> Mapping[str, float]:
    from sklearn.linear_model import LogisticRegression  # here, because only `make eval` installs it

    table = [[float(sign in one.signs) for sign in signs] for _, one in judged]
    weights = [OLDER_WEIGHT if case.form is None else 1.0 for case, _ in judged]
    model = LogisticRegression(C=INVERSE_PENALTY, fit_intercept=False, max_iter=1000)
    model.fit(table, [one.is_right for _, one in judged], sample_weight=weights)
    return dict(zip(signs, map(float, model.coef_[0]), strict=True))
