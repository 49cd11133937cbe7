"""Add up the learned numbers of signs. ``weights.toml`` is written by ``python -m evaluation --train``."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import math
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

WEIGHTS = Path(__file__).with_name("weights.toml")


class Model(NamedTuple):
    """The numbers of signs: of a date that has an entry, and of a sentence that belongs to a date."""

    dates: Mapping[str, float]
    sentences: Mapping[str, float]


@cache
def trained() -> Model:
    """Return the model that comes with the program."""
    return Model(**tomllib.loads(WEIGHTS.read_text(encoding="utf-8")))


def total(numbers: Mapping[str, float], signs: Iterable[str]) -> float:
    """Return the sum of the numbers of signs, in log-odds. A sign that was not learned counts 0."""
    return math.fsum(numbers.get(sign, 0.0) for sign in signs)


def probability(log_odds: float) -> float:
    """Return the probability with given log-odds, which may be of any size."""
    return 1 / (1 + math.exp(-max(-700.0, log_odds)))
