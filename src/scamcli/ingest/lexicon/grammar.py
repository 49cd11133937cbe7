"""Small words by which the rules of counts see how a sentence is built."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

BE = listed("were are was is be been being")
HAVE = listed("have has had")
PASSIVE = BE | listed("get got")
HELPING = PASSIVE | HAVE
"""Verbs before the verb that says what happened."""

BEFORE_COMPLEMENT = BE | listed("had have all also reportedly identified as")
"""What may stand between those and the words that say what they are: "were all", "have reportedly been"."""

STOPS = BE | listed(
    """
    , . ; : ( ) ? ! – — who that which whom whose had has have said says in at by on with for after before during since
    and or but while when where as than into against across over under through about told from to involved involve
    concerned
    """
)
"""Words and signs before which the noun of a number has to stand."""

DETERMINERS = listed("the a an their his her its this that these those")
"""Words that begin another noun: "two Indians fled the compound"."""

THEM = listed("them whom which these those")

NO_NOUN = STOPS | listed(
    """
    each still already now again altogether so of remain remained among were the a an this that last ago earlier over
    did do
    """
)
"""Words that may follow a number which has no noun."""

CONJOINED = listed("and , or")
"""What joins two nationalities of one number: "60 Pakistanis and Sri Lankans"."""

JOINTS = listed(", and & or as well along with plus also then another a an further additional the other one their its")
"""What may stand between two counts of one list."""

FELLOWS = JOINTS | listed("ahead of followed by behind next came")
"""What may stand between two parts of one whole."""

_RELATIVE = listed("who which that")
CLAUSE_ENDS = listed("; : but while because although though whether if after before where when during until")
"""Where the clause ends in which a word after a number tells of it: "12 men who were freed" is one clause."""

BOUNDARIES = CLAUSE_ENDS | _RELATIVE
"""Where the clause begins in which a word before a number tells of it."""

OPENING_CLAUSE = listed("and while but ; ,")
"""What may stand before a number that alone is the subject of a clause."""

DIVIDING = listed("including includes included include involving comprising comprised consisting namely among")
"""Words between a whole and its parts."""

DIVIDING_SIGNS = listed(": ( — –")

SINGLING_OUT = listed("including among (")
"""Words and signs before a count that only divides a list, and does not end what is told of it."""

SHARING = HELPING | listed("of said came say come reported")
"""Words after a percentage that make it a share of something."""

MAKING_UP = listed("made make makes account accounted for")
"""Words before such a percentage."""

ADDING_UP = (("in", "all"), ("in", "total"), ("all", "told"))
"""Words after a number that make it the sum of those before; so does "altogether"."""

THEY = listed("they these those")
COMPRISE = listed("included include comprised comprise were are")
"""Verbs after `THEY` at the beginning of a sentence that divides those of the one before."""

INCLUDE = listed("included include")
GROUPS = listed("victims group")
"""Words that do the same as `THEY`, with `INCLUDE`: "the group included 12 women"."""

AMONG = listed("among included")
"""Words that do so by themselves: "Among them were 12 women"."""
