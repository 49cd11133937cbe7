"""Words of numbers that rise and fall, that are compared, and that their subject has come to."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

_DECLINE = listed(
    "decline declined drop dropped fall fell fallen decrease decreased down reduction reduced lower fewer less"
)
_RISE = listed("rise rose risen increase increased up growth grew grown jump jumped higher surge surged climbed more")
TRENDS = _DECLINE | _RISE

TO_LEVEL = listed(
    """
    rose risen fell fallen dropped declined climbed grew jumped increased decreased went reached totalled totaled
    numbered stood amounted
    """
)
"""Verbs after which "to 40" is a count of their subject."""

TOTALS = listed("number total figure count tally toll")
"""Nouns that stand for a number: "the number of captives"."""

LEVELLING = TOTALS | listed("put puts stood estimated estimates")
"""Words far before "at 300" or "to 300" that make it a count of what is named between."""

COMPARING = listed("comparison than versus against compared twice double triple")
COMPARED = listed("compared same")
"""Words before "had 12" that make it somebody else's number."""

EARLIER = listed("same previous last earlier before")
"""Words that make a number beside another that of an earlier time: "41 in the same quarter last year"."""
