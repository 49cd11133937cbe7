"""Read lengths of time as years: "six years and four months" is 6.333333, "18 months" is 1.5.

A month is a twelfth of a year, rounded to a millionth of a year, which is half a minute. Weeks and days are no certain
part of a year, and a sentence for life has no number of years, so such wordings give no bounds.
"""

from __future__ import annotations

import re

from scamcli.language.wording.numerals import Marked, Numeral, tidy

_SPELLED = (
    (r"\b(?:a|one) year and a half\b", "1.5 years"),
    (r"\bhalf a year\b", "6 months"),
    (r"\ban? (year|month|decade)\b", r"1 \1"),
    (r" years and a half\b", " and a half years"),
)
_SHORT = ((r" (?:yrs?|y)(?= )", " years"), (r" (?:mths?|mos?)(?= )", " months"))
_YEARS_AND_MONTHS = r"# (?:- )?years?(?: - and -| ,)?(?: and)? # (?:- )?months?(?= )"
_MONTHS = r"# (?:(?:to|-|–|or|and) # )?(?:- )?(?:months?|decades?)(?= )"
_FIRST_OF_RANGE = r"# (?:- )?years? (?=(?:to|-|–|or|and) # (?:- )?years? )"
_UNCERTAIN = r" (?:life|weeks?|days?|hours?|nights?|fortnights?)(?= )"
_PER_YEAR = {"month": 1 / 12, "decade": 10}


def spelled_out(text: str) -> str:
    """Return a folded wording in which "a year and a half" is written with digits."""
    for form, plain in _SPELLED:
        text = re.sub(form, plain, text)
    return text


def in_years(marked: Marked) -> Marked | None:
    """Return a marked wording with its months and decades as years, or ``None`` if its length in years is uncertain."""
    text, numerals = marked
    for form, unit in _SHORT:
        text = re.sub(form, unit, text)
    if re.search(_UNCERTAIN, text):
        return None
    while found := re.search(_YEARS_AND_MONTHS, text):
        at = text[: found.start()].count("#")
        years, months = numerals[at : at + 2]
        if not 0 < months.value < 12 or years.value != int(years.value):
            return None
        value = tidy(years.value + months.value / 12)
        numerals = (*numerals[:at], Numeral(value, value, 1 / 12), *numerals[at + 2 :])
        text = f"{text[: found.start()]}# years{text[found.end() :]}"
    while found := re.search(_MONTHS, text):
        at = text[: found.start()].count("#")
        times = next(times for unit, times in _PER_YEAR.items() if f"{unit}s".startswith(found[0].split()[-1]))
        until = at + found[0].count("#")
        scaled = (tidy(one.value * times) for one in numerals[at:until])
        numerals = (*numerals[:at], *(Numeral(one, one, times) for one in scaled), *numerals[until:])
        text = f"{text[: found.start()]}{re.sub(r'(?:months?|decades?)$', 'years', found[0])}{text[found.end() :]}"
    return re.sub(_FIRST_OF_RANGE, "# ", text), numerals
