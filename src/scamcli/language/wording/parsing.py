"""Derive bounds from the words of a source: rule 1 of ``docs/honest-numbers.md``.

The phrases of a wording are rewritten into signs ("no fewer than 40 people" becomes "≥ # people"). Then only a handful
of shapes remain: one number with a sign, a range, two clauses. A wording of any other shape, such as "12 of 40" or
"several", gives no bounds rather than a guess.

`render_bounds` writes these canonical wordings:

| low, best, high | wording |
|---|---|
| all unknown | `unknown` |
| all equal | `289` |
| low only, high only, best only | `≥ 201`, `≤ 30`, `about 95` |
| best = high, no low | `nearly 8,000` |
| low and high | `2,000 to 5,000` |
| best with others | `about 250 (≥ 200)`, `about 250 (≤ 300)`, `about 250 (200 to 300)` |
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.vocabulary import MEASURES, METRICS
from scamcli.language.wording import beside
from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number
from scamcli.language.wording.currency import codes
from scamcli.language.wording.numerals import LONGEST, Marked, Numeral, fold, mark, since_in, tidy
from scamcli.language.wording.other_words import change_number

if TYPE_CHECKING:
    from collections.abc import Callable


class Signed(NamedTuple):
    """A wording in signs. `measure`: the number is measured, not counted; `may_be_change`: it is in percent."""

    text: str
    numerals: tuple[Numeral, ...]
    measure: bool
    may_be_change: bool


_FILLER = r"(?:(?:the|a|an|another|additional|further|extra|total|of|just|only|exactly|well|us) )*"
_NEXT_NUMBER = r"(?= (?:(?:a total of|an additional|a further|another|just|only|exactly|the|a|us) )*[#@])"

_STRICT = (
    ("≥", r"(?:no|not) (?:fewer|less) than|at (?:the )?least|at a minimum|(?:a )?minimum(?: of)?"),
    ("≥", r"as (?:few|little|low) as|> =|>=|=>"),
    ("≤", r"(?:no|not) more than|not (?:over|above|exceeding)|at (?:the )?most"),
    ("≤", r"at a maximum|(?:a )?maximum(?: of)?"),
    ("≤", r"up to|as (?:many|much|high) as|<=|=<"),
    (">", r"(?:more|greater|higher|larger) than|in excess of|upwards? of|exceeding|exceed|north of"),
    ("<", r"(?:fewer|less|lower|smaller) than|not even"),
    ("≲", r"nearly|almost|just short of"),
    ("~", r"approximately|approx|roughly|circa|an estimated|estimated at|close to"),
    ("~", r"(?:in|on) the (?:region|order) of"),
)
_DOUBT = r"\?|(?:un|not (?:yet )?)(?:confirmed|verified)|to be (?:confirmed|verified)|tbc"
_GUESS = r"(?:est(?:imated?)?|probably|possibly|perhaps|maybe)(?! [#@])"
_BEFORE_NUMBER = (
    (">", r"over|above|beyond|exceeded|exceeds|topped|surpassed"),
    ("<", r"under|below"),
    ("≤", r"max(?: of)?"),
    ("≥", r"min(?: of)?"),
    ("~", r"about|around|some|perhaps|maybe|probably|estimated|est|estimate(?: of)?|possibly|c|ca|\?"),
    ("~", r"potentially|barely|hardly|scarcely|(?:un|not (?:yet )?)(?:confirmed|verified)"),
    ("!", r"(?<=^ )from(?! # (?:to|-|–|or))"),
)
_END = r"(?= (?:\) )?$)"
_AFTER_NUMBER = (
    ("!", r"(?<=# )min"),  # can mean minutes or a minimum
    ("≤", rf"max{_END}|(?<=# )\( max(?= \))"),
    ("≥", r"(?<=# )\( min(?= \))"),
    (
        "≥",
        r"(?:[,;(] )?(?:(?:and|or|if not)(?: (?:possibly|perhaps|maybe|probably|even))?|possibly|perhaps|maybe) more"
        r"(?! than)",
    ),
    ("~", rf"(?:[(,;] )?(?:{_DOUBT})|(?<=# )(?:[(,;] )?{_GUESS}|(?:ca|c){_END}"),
    ("≥", r"(?<=# )(?:(?:- )?plus|\+|and (?:counting|up|over)|upwards)|or (?:more|over|above)(?! than)"),
    ("≤", r"(?<=# )tops|or (?:fewer|less|under)(?! than)"),
    ("~", r"(?<=# )(?:- )?(?:odd|ish|something|some(?: odd)?)(?! of)|or (?:so|thereabouts)|more or less|give or take"),
)
_RISE = (
    r"(?:could|may|might|can)(?: even| also| well| possibly| have)?"
    r"(?: be| been| reach| reached| rise to| number| total)(?: ≤)?|(?:possibly|perhaps|maybe|potentially) ≤"
)
_PERCENT = r" (?:- )?(?:%|per ?cent|pct|p c|percentage points?)(?= )"
_TO = r" (?:to|-|–|or|and) "
_CONTINUOUS = r"[#@] (?:- )?(?:years?|months?|weeks?|days?|hours?|hectares?|km|kilomet\w+|met(?:er|re)s?|tonn?es?) "
_DURATION = (
    r" (?:in|over|within|during|for|every)(?: the| a)?(?: past| last| previous| first)? # (?:- )?"
    r"(?:years?|months?|weeks?|days?|hours?)(?= )"
    r"|(?: , a|,)?(?: a)? # - years? - old(?= )"
)

_PHRASES = (
    *((sign, re.compile(rf"(?<= )(?:{phrase})(?= )")) for sign, phrase in _STRICT),
    ("↑", re.compile(rf"(?<= )(?:{_RISE}){_NEXT_NUMBER}")),
    *((sign, re.compile(rf"(?<=[#a-z'] )(?:{phrase})(?= )")) for sign, phrase in _AFTER_NUMBER),
    *((sign, re.compile(rf"(?<= )(?:{phrase}){_NEXT_NUMBER}")) for sign, phrase in _BEFORE_NUMBER),
)
"""What each phrase becomes, in this order."""
_FILLED = re.compile(rf"([≥≤><≲~↑]) {_FILLER}(?=[#@])")


@cache
def _of_money() -> str:
    """Return a pattern for a sign or a word of a currency in a marked wording."""
    words = "|".join(form for form in codes() if form.isalpha())
    signs = "".join(form for form in codes() if not form.isalpha())
    return rf"(?:[{signs}]|(?:us|nt|hk|{words})(?= ))"


@cache
def _currency() -> re.Pattern[str]:
    return re.compile(rf" (?:(?:us|nt|hk|s) )?{_of_money()}")


def to_signs(marked: Marked, *, measure: bool) -> Signed:
    """Rewrite the phrases of a marked wording as signs beside its numbers; note and drop the units."""
    text, numerals = _without_durations(marked)
    if text == " # ":
        return Signed(text, numerals, measure, measure)  # most wordings, which have no phrases
    currency, percent = bool(_currency().search(text)), bool(re.search(_PERCENT, text))
    may_be_change = percent or (measure and not currency)
    measure = measure or currency or percent or bool(re.search(_CONTINUOUS, text))
    text = _currency().sub("", re.sub(_PERCENT, "", text))
    for sign, phrase in _PHRASES:
        text = phrase.sub(sign, text)
    text = _FILLED.sub(r"\1 ", text)
    return Signed(text, numerals, measure, may_be_change)


def _without_durations(marked: Marked) -> Marked:
    """Drop "in four days" and "19-year-old" beside another number, because they do not belong to the count."""
    text, numerals = marked
    while len(numerals) > 1 and (found := re.search(_DURATION, text)):
        before = sum(sign in "#@" for sign in text[: found.start()])
        numerals = numerals[:before] + numerals[before + 1 :]
        text = text[: found.start()] + text[found.end() :]
    return text, numerals


_SIGN = "[≥≤><≲~]"
_ONE = rf"(?P<before>[^#]*?)(?P<sign>{_SIGN} )?#(?P<after>[^#]*)"
_RANGE = r"(?P<before>[^#]*)# (?:to|-|–|or) #(?P<after>[^#]*)"
_BETWEEN = r"(?P<before>[^#]*) between # and #(?P<after>[^#]*)"
_RISING = rf"(?P<before>[^#]*?)(?P<sign>{_SIGN} )?#[^#{_SIGN[1:-1]}]*↑ #(?P<after>[^#]*)"
_CLAUSES = rf"(?P<before>[^#]*?)(?P<first>{_SIGN}) #(?: [,;(]| and| but)* (?P<second>{_SIGN}) #(?P<after>[^#]*)"
_ABOUT_RANGE = r"(?P<before>[^#]*?)~ #(?: [,;(])*(?: between # and #| # (?:to|-|–) #)(?P<after>[^#]*)"
_ANY_SIGN = rf"{_SIGN}|↑"
_WORDS = r"[^\W\d_]"
_FALL = (
    r" (?:declin\w*|decreas\w*|drop\w*|fell|fall\w*|reduc\w*|down|fewer|less|lower\w*|shrank|shrunk"
    r"|shrinking|plung\w*|plummet\w*|slump\w*|cut) "
)
_LEVEL = rf" (?:to|at|from) (?:{_SIGN} )?#"
_CHANGE = r" (?:ris(?:e|es|ing)|rose|risen|increas\w*|grew|growth|grown|jump\w*|up|surg\w*|climb\w*) "

# Nouns that cannot be the unit of a figure of people: twelve families are not twelve people.
_SEVERAL = (
    r"families|households|couples|pairs|groups|gangs|teams|batches|busloads|truckloads|boatloads|buses|trucks"
    r"|vehicles|boats|rooms|buildings|compounds|premises|companies|cases|nationalities|countries|provinces"
    r"|phones|smartphones|mobiles|handsets|telephones|laptops|computers|devices|tablets|servers|routers|cards|passports"
    r"|documents|accounts|cars|motorcycles|weapons|guns|pistols|rifles|knives|bullets|pills"
)
_ONE_GROUP = r"(?:family|household|couple|pair|group|gang|team|batch|busload|truckload|boatload)(?! [a-z])"
_ADJECTIVES = r"(?:(?!(?:in|from|of|by|with|and|or|at|on|to|for|into|across) )[^\W\d_]+ )"
_NO_PEOPLE = rf"[#@] (?:of )?{_ADJECTIVES}{{0,2}}(?:(?:{_SEVERAL})(?= )|{_ONE_GROUP})"


@cache
def _measured() -> re.Pattern[str]:
    """Return a pattern for a measure alone, or a range. Beside another number, it does not make that a measure."""
    money = _of_money()
    return re.compile(
        rf"[^#@]*(?:[#@]{_TO})?[#@] (?:- )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|km"
        r"|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|hectares?|kg|kilos?|kilograms?|grams?|tons?|tonnes?|litres?|liters?"
        rf"|(?!(?:won|try|pen|mad|cop|cup) ){money})(?= )[^#@]*|[^#@]* {money} [#@](?:{_TO}(?:{money} )?[#@])? [^#@]*"
    )


_SHARE = re.compile(rf"[^#@]*(?:[#@](?:{_PERCENT})?{_TO})?[#@]{_PERCENT} [^#@]*")
"""A percentage alone, or a range: a part of something, and not how many it is."""
_COUNTED = frozenset(metric.unit for metric in METRICS.values()) - {"percent"}


_LONGEST_COUNT = 15
"""Numbers in fewer digits are not too large."""


@lru_cache(maxsize=4096)
def bounds_in(stated: str, unit: str) -> Bounds:
    """Derive the bounds of a figure with this unit from its wording; see `parse_wording`.

    A wording that counts families, buses or days gives no bounds for a figure of people, and a percentage gives none
    for a figure that counts anything. Months are parts of a year for a figure in years.
    """
    if unit in _COUNTED and not stated.isdecimal() and len(stated) <= LONGEST:
        text, _ = mark(fold(stated))
        is_no_number_of_people = re.search(_NO_PEOPLE, text) or _measured().fullmatch(text)
        if _SHARE.fullmatch(text) or (unit == "people" and is_no_number_of_people):
            return UNKNOWN
    if unit == "years":
        return years_in(stated)
    return parse_wording(stated, measure=unit in MEASURES or unit.isupper())


_NOBODY = re.compile(
    r"no|none|nil|nobody|(?:no|not one|not a single|not even one) (?:one|person|people|victims?|arrests?|deaths?"
    r"|fatalit(?:y|ies)|casualt(?:y|ies)|injur(?:y|ies)|survivors?|rescues?|complaints?|cases?)"
)
"""Wordings that deny any number. Longer ones, such as "no fewer than 40" and "none of the 40", do not match."""


@lru_cache(maxsize=4096)
def parse_wording(text: str, *, measure: bool = False) -> Bounds:
    """Derive the bounds of a number from the words of a source (rule 1 of `docs/honest-numbers.md`).

    Args:
        text: the wording, in English with digits of any script. Case, kinds of space and words that are not part of the
            number do not matter, except those in `other_words`. A text longer than 240 characters gives no bounds.
        measure: whether the number is an amount of money or a percentage, which need not be whole: "more than 5" then
            has the low 5, not 6. A currency, a percent sign, or a unit of time or distance in the text has the same
            effect.

    Returns:
        The bounds, with `None` for a bound that is not stated. A fall in percent ("a 78 % decline") is negative. For a
        text without a number, or with numbers that fit no known pattern, all three bounds are `None`.
    """
    if len(text) < _LONGEST_COUNT and text.isascii() and text.isdecimal():
        return Bounds(int(text), int(text), int(text))  # a shortcut for most wordings
    folded = _short(text)
    if folded is not None and _NOBODY.fullmatch(folded.strip(" .")):
        return Bounds(0, 0, 0)
    return UNKNOWN if folded is None or change_number(folded) else _bounds(mark(folded), measure=measure)


def years_in(text: str) -> Bounds:
    """Derive the bounds of a length of time, in years, from a wording; see `scamcli.language.wording.durations`."""
    from scamcli.language.wording import durations  # only prison terms need it

    folded = _short(text)
    marked = None if folded is None else durations.in_years(mark(durations.spelled_out(folded)))
    return UNKNOWN if marked is None else _bounds(marked, measure=True)


def _bounds(marked: Marked, *, measure: bool) -> Bounds:
    signed = to_signs(marked, measure=measure)
    if "!" in signed.text or "±" in signed.text:
        return UNKNOWN
    return _checked(_shape(signed), signed)


def since(text: str) -> str | None:
    """Return the date after "since" in a wording, as ISO 8601, or `None` if there is none.

    The date is as precise as the wording: `2022-08-18`, `2022-08` or `2022`. Without a year it is `--08-18` or `--08`
    (the notation of ISO 8601:2000 and xsd:gMonthDay), which the caller completes from the day of the statement.
    """
    folded = _short(text)
    return None if folded is None else since_in(folded)


def _short(text: str) -> str | None:
    """Return the folded text, or `None` if it is too long: cutting it could split a number."""
    folded = fold(text) if len(text) <= 2 * LONGEST else text
    return folded if len(folded) <= LONGEST else None


def _shape(signed: Signed) -> Bounds:
    if "@" in signed.text:
        return _plural(signed)
    readers: dict[int, tuple[Callable[[Signed], Bounds], ...]] = {
        1: (_one,),
        2: (_range, _rising, _clauses),
        3: (_about_range,),
    }
    for reader in readers.get(len(signed.numerals), ()):
        bounds = reader(signed)
        if bounds != UNKNOWN:
            return bounds
    return UNKNOWN


def _plural(signed: Signed) -> Bounds:
    found = re.fullmatch(r"([^@#]*?)([≥>] )?@([^@#]*)", signed.text)
    if found is None or re.search(_ANY_SIGN, found[1] + found[3]) or re.search(beside.DENIED, found[1]):
        return UNKNOWN
    if re.match(beside.RATE, found[3]):
        return UNKNOWN
    return Bounds(low=signed.numerals[0].value)


def _one(signed: Signed) -> Bounds:
    found = re.fullmatch(_ONE, signed.text)
    if found is None or _excluded(found["before"], found["after"], suffix="[≥≤~]"):
        if " ↑ # " in signed.text and signed.text.count("↑") == 1:
            return Bounds(high=signed.numerals[0].value)
        return UNKNOWN
    if re.match(" (?:fewer|less) ", found["after"]) and not signed.may_be_change:
        return UNKNOWN  # a difference: 20 fewer
    suffix = re.search("[≥≤~]", found["after"])
    if suffix and found["sign"] and found["sign"].strip() != suffix[0]:
        return UNKNOWN
    sign = suffix[0] if suffix else (found["sign"] or "=").strip()
    return _fall(signed_bounds(sign, signed.numerals[0].value, measure=signed.measure), signed)


def signed_bounds(sign: str, value: Number, *, measure: bool) -> Bounds:
    """Return the bounds of a number with one sign: `=`, `>`, `<`, `≥`, `≤`, `≲` (nearly) or `~` (about)."""
    above = value if measure else math.floor(value) + 1
    below = value if measure else math.ceil(value) - 1
    return {
        "=": Bounds(value, value, value),
        ">": Bounds(low=above),
        "<": Bounds(high=below),
        "≥": Bounds(low=value),
        "≤": Bounds(high=value),
        "≲": Bounds(best=value, high=value),
        "~": Bounds(best=value),
    }[sign]


def _excluded(before: str, after: str, suffix: str = "") -> bool:
    """Say whether the words around a number ("some of the", "thirds", another sign) make it a different number."""
    signs_after = re.findall(_ANY_SIGN, after)
    loose = len(signs_after) > 1 or (signs_after and not (suffix and re.fullmatch(suffix, signs_after[0])))
    is_other = re.match(beside.FRACTION, after) or re.match(beside.RATE, after) or re.match(beside.DATE, after)
    return bool(loose or re.search(_ANY_SIGN, before) or re.search(beside.DENIED, before) or is_other)


def _fall(bounds: Bounds, signed: Signed) -> Bounds:
    """Return the bounds of a fall in percent, which are negative, so that low and high are swapped."""
    if not signed.may_be_change or not re.search(_FALL, signed.text) or re.search(_LEVEL, signed.text):
        return bounds
    low, best, high = (None if bound is None else -abs(bound) for bound in bounds)
    return Bounds(high, best, low)


def _range(signed: Signed) -> Bounds:
    found = re.fullmatch(_BETWEEN, signed.text) or re.fullmatch(_RANGE, signed.text)
    if found is None or _excluded(found["before"], found["after"]):
        return UNKNOWN
    if re.search(_FALL, signed.text) or re.search(_CHANGE, signed.text):
        # "rose from 60 to 78 %" has numbers of two moments; "a fall of 60 to 78 %" is ambiguous.
        return UNKNOWN
    low, high = _shared_scale(*signed.numerals)
    return Bounds(low=low, high=high)


def _shared_scale(first: Numeral, second: Numeral) -> tuple[Number, Number]:
    """Return both numbers; in "2 to 3 million", the first is in millions too."""
    scaled = second.lead and first.lead == first.value < second.lead != second.value
    return (tidy(first.value * (second.value // second.lead)) if scaled else first.value), second.value


def _rising(signed: Signed) -> Bounds:
    """Read a number followed by words such as "could be as high as" and another number."""
    found = re.fullmatch(_RISING, signed.text)
    if found is None or _excluded(found["before"], found["after"]):
        return UNKNOWN
    sign, (first, second) = (found["sign"] or "≥").strip(), signed.numerals
    return _joined(signed_bounds(sign, first.value, measure=signed.measure), Bounds(high=second.value))


def _clauses(signed: Signed) -> Bounds:
    found = re.fullmatch(_CLAUSES, signed.text)
    if found is None or _excluded(found["before"], found["after"]):
        return UNKNOWN
    signs = (found["first"], found["second"])
    first, second = (
        signed_bounds(sign, numeral.value, measure=signed.measure)
        for sign, numeral in zip(signs, signed.numerals, strict=True)
    )
    return _joined(first, second)


def _joined(first: Bounds, second: Bounds) -> Bounds:
    """Join two statements about one number. If both give the same bound, they are about two numbers."""
    if any(one is not None and other is not None for one, other in zip(first, second, strict=True)):
        return UNKNOWN
    return Bounds(*(one if one is not None else other for one, other in zip(first, second, strict=True)))


def _about_range(signed: Signed) -> Bounds:
    found = re.fullmatch(_ABOUT_RANGE, signed.text)
    if found is None or _excluded(found["before"], found["after"]):
        return UNKNOWN
    best, low, high = (numeral.value for numeral in signed.numerals)
    return Bounds(low, best, high)


def _checked(bounds: Bounds, signed: Signed) -> Bounds:
    """Return the bounds if they are in order and no count is below zero; otherwise return unknown bounds."""
    given = [bound for bound in bounds if bound is not None]
    if given != sorted(given):
        return UNKNOWN
    written_negative = any(numeral.value < 0 for numeral in signed.numerals)
    bare = not re.search(_WORDS, re.sub(r" (?:to|between|and) ", " ", signed.text))
    may_be_negative = signed.measure or (written_negative and bare)
    return bounds if may_be_negative or not given or given[0] >= 0 else UNKNOWN
