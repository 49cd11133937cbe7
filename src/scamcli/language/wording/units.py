"""What a wording counts, where that cannot be the unit of its figure: twelve families are not twelve people."""

from __future__ import annotations

import re

from scamcli.language.vocabulary import MEASURES
from scamcli.language.wording.bounds import UNKNOWN, Bounds
from scamcli.language.wording.numerals import LONGEST, fold, mark
from scamcli.language.wording.parsing import parse_wording

_SEVERAL = (
    r"families|households|couples|pairs|groups|gangs|teams|batches|busloads|truckloads|boatloads|buses|trucks"
    r"|vehicles|boats|rooms|buildings|compounds|premises|companies|cases|nationalities|countries|provinces"
)
_ONE = r"(?:family|household|couple|pair|group|gang|team|batch|busload|truckload|boatload)(?! [a-z])"
_BETWEEN = r"(?:(?!(?:in|from|of|by|with|and|or|at|on|to|for|into|across) )[^\W\d_]+ )"
_NO_PEOPLE = rf"[#@] (?:of )?{_BETWEEN}{{0,2}}(?:(?:{_SEVERAL})(?= )|{_ONE})"
_MEASURED = r"[^#@]*[#@] (?:- )?(?:%|per ?cent|hours?|days?|weeks?|months?|years?) [^#@]*"
"""Alone a measure is no number of people; beside another number the parser sees to it."""


def bounds_in(stated: str, unit: str) -> Bounds:
    """Derive the bounds of a figure with this unit from its wording; see `parse_wording`.

    A wording that counts families, buses or days gives no bounds for a figure of people.
    """
    if unit == "people" and len(stated) <= LONGEST:
        text = mark(fold(stated)).text
        if re.search(_NO_PEOPLE, text) or re.fullmatch(_MEASURED, text):
            return UNKNOWN
    return parse_wording(stated, measure=unit in MEASURES)
