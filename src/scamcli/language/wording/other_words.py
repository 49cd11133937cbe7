"""Words that change a number in a way that is not read: in other languages, misspelt, of scale, and in brackets.

Other words around a number do not matter, because reports have many of them. These would make "moins de 12" and
"12 (in thousands)" exactly 12.
"""

from __future__ import annotations

import re

from scamcli.language.scripts import plain

_BOUNDS = re.compile(
    r"\b(moins de|plus de|au moins|au plus|environ|jusqu a|pres de|mas de|menos de|al menos|por lo menos|hasta|casi"
    r"|alrededor de|cerca de|unos|mais de|pelo menos|ate|uber|unter|mindestens|hochstens|mehr als|weniger als|bis zu"
    r"|rund|etwa|ungefahr|lebih dari|kurang dari|sekitar|hampir|setidaknya|maksimal|minimal|hon|tren|duoi|khong qua"
    r"|it nhat|khoang|atleast|upto|less then|more then|fewer then|appx|apx|aprox) \d"
)
"""Words for bounds before a number, in other languages or misspelt, in the form that `plain` returns."""

_SCALES = re.compile(
    r"\d ?(tsd|thou|thsd|mio|mrd|ratus|puluh|nghin|ngan|tram|trieu|milliers?|hundert|tausend|cientos"
    r"|millones)\b|\d(st|nd|rd|th) of \d|\d (and|or) (below|under)\b|\d and (above|over)\b"
)
"""Words of scale after a number that are not English, ranks, and words for a bound after it, in the same form."""

_DOUBT = re.compile(
    r"(?i)\b(less|fewer|more|think|doubt\w*|not sure|unsure|unclear|maybe|perhaps|wrong|false|too (high|low)"
    r"|disputed|denied)\b|\bnot\b(?! (yet )?(confirmed|verified)\b)|n['’]t\b"
)
"""Words in brackets that doubt the number before them."""

_SCALE = re.compile(
    r"(?i)[%+×]|^x ?\d|^['’]?0{3}s?$|[万千億百]|\b(plus|minus|exclud\w*|without|besides|apart|not (counted|included)"
    r"|thousands?|tsd|thou|millions?|mio|mrd|billions?|lakhs?|crores?|ribu|juta|miles|millones|k|m|bn|hundreds?|dozens?"
    r"|famil\w*|households?|groups?|couples?|per|daily|monthly|each|average|mean|cumulative|cumul|percent|pct)\b"
)
"""Words in brackets that make another number of the one before them, or say that it counts others than people."""

_AFTER_NUMBER = re.compile(r"\d[^()\d]*\(([^()]*)\) *$")
"""A remark in brackets after a number."""

_ALL_IN_BRACKETS = re.compile(r" *\( *[\d.,]+ *\) *")
"""A number in brackets: what its table means by that is not known. Accounts mean a negative one."""


def change_number(text: str) -> bool:
    """Return whether a wording has words that change its number in a way that is not read."""
    bracket = _AFTER_NUMBER.search(text)
    if bracket is not None and remark_changes_number(bracket[1]):
        return True
    if _ALL_IN_BRACKETS.fullmatch(text):
        return True
    bare = plain(text)
    return _BOUNDS.search(bare) is not None or _SCALES.search(bare) is not None


def remark_changes_number(remark: str) -> bool:
    """Return whether a remark in brackets doubts or scales the number before it, or says that it counts others."""
    return re.search(_DOUBT, remark) is not None or re.search(_SCALE, remark) is not None
