"""The phrases with which reporters bound a number, each rewritten as one sign.

A phrase is a line in a table: to teach the parser a new one, add it there. The signs are `≥ ≤ > <`, `≲` for
"nearly", `~` for "about" and `↑` for "could be as high as".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scamcli.language.wording.numerals import Marked, Numeral


class Signed(NamedTuple):
    """A wording in signs; `measure` when it has no next whole value, `may_be_change` for percent."""

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
    ("<", r"(?:fewer|less|lower|smaller) than"),
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
    ("~", r"about|around|some|perhaps|maybe|probably|estimated|est|estimate(?: of)?|possibly|c|ca|unconfirmed|\?"),
    ("!", r"(?<=^ )from(?! # (?:to|-|–|or))"),
)
_END = r"(?= (?:\) )?$)"
_AFTER_NUMBER = (
    ("!", r"(?<=# )min"),  # minutes, or a minimum
    ("≤", rf"max{_END}|(?<=# )\( max(?= \))"),
    ("≥", r"(?<=# )\( min(?= \))"),
    ("~", rf"(?:[(,;] )?(?:{_DOUBT})|(?<=# )(?:[(,;] )?{_GUESS}|(?:ca|c){_END}"),
    ("≥", r"(?<=# )(?:(?:- )?plus|\+|and (?:counting|up|over)|upwards)|or (?:more|over|above)(?! than)"),
    ("≤", r"(?<=# )tops|or (?:fewer|less|under)(?! than)"),
    ("~", r"(?<=# )(?:- )?(?:odd|ish)|or (?:so|thereabouts)|more or less|give or take"),
)
_RISE = (
    r"(?:could|may|might|can)(?: even| also| well| possibly| have)?"
    r"(?: be| been| reach| reached| rise to| number| total)(?: ≤)?|(?:possibly|perhaps|maybe|potentially) ≤"
)
_CURRENCY = (
    r" (?:us |nt |hk )?(?:[$€£¥฿]|(?:usdt?|dollars?|euros?|eur|pounds?|gbp|baht|thb|riels?|khr|yuan|rmb|cny"
    r"|ringgit|rupiah|ntd?|rm|rs|rp|php|k?sh|dh|aed|idr|inr|pesos?|rupees?|naira|shillings?|kyats?|kip|dong)(?= ))"
)
_PERCENT = r" (?:- )?(?:%|per ?cent|pct|percentage points?)(?= )"
_CONTINUOUS = r"[#@] (?:- )?(?:years?|months?|weeks?|days?|hours?|hectares?|km|kilomet\w+|met(?:er|re)s?|tonn?es?) "
_DURATION = (
    r" (?:in|over|within|during|for|every)(?: the| a)?(?: past| last| previous| first)? # (?:- )?"
    r"(?:years?|months?|weeks?|days?|hours?)(?= )"
    r"|(?: , a|,)?(?: a)? # - years? - old(?= )"
)


def to_signs(marked: Marked, *, measure: bool) -> Signed:
    """Rewrite the phrases of a marked wording as signs beside its numbers; units are noted and dropped."""
    text, numerals = _without_durations(marked)
    currency, percent = bool(re.search(_CURRENCY, text)), bool(re.search(_PERCENT, text))
    may_be_change = percent or (measure and not currency)
    measure = measure or currency or percent or bool(re.search(_CONTINUOUS, text))
    text = re.sub(_PERCENT, "", re.sub(_CURRENCY, "", text))
    for sign, phrase in _STRICT:
        text = re.sub(rf"(?<= )(?:{phrase})(?= )", sign, text)
    text = re.sub(rf"(?<= )(?:{_RISE}){_NEXT_NUMBER}", "↑", text)
    for sign, phrase in _AFTER_NUMBER:
        text = re.sub(rf"(?<=[#a-z'] )(?:{phrase})(?= )", sign, text)
    for sign, phrase in _BEFORE_NUMBER:
        text = re.sub(rf"(?<= )(?:{phrase}){_NEXT_NUMBER}", sign, text)
    text = re.sub(rf"([≥≤><≲~↑]) {_FILLER}(?=[#@])", r"\1 ", text)
    return Signed(text, numerals, measure, may_be_change)


def _without_durations(marked: Marked) -> Marked:
    """Drop "in four days" and "19-year-old" beside another number: they count nothing that is asked for."""
    text, numerals = marked
    while len(numerals) > 1 and (found := re.search(_DURATION, text)):
        before = sum(sign in "#@" for sign in text[: found.start()])
        numerals = numerals[:before] + numerals[before + 1 :]
        text = text[: found.start()] + text[found.end() :]
    return Marked(text, numerals)
