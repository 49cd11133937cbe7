"""Patterns of words beside a number that make it another number: "most of the 40", "45 a week", "three quarters".

They match marked wordings; see `scamcli.language.wording.parsing`.
"""

DENIED = (
    r" (?:not|no|never|nor|or|without|but|except|neither|isn't|wasn't|weren't)(?: the)? $"
    r"| (?:some|most|many|half|part|majority|minority|several|few|none|thirds?|quarters?|percentage"
    r"|proportion|fraction|out|any|rest|remainder)"
    r"(?: of)?(?: all)?(?: of)?(?: the| those| these| its| their)? $"
    r"| (?:double|twice|triple|treble|thrice|quadruple|times|fold|averag\w+)(?: of| as many| the| that| those| its)* $"
    r"| (?:up|down|rise|rose|risen|rising|increas\w+|grew|fall|fell|fallen|falling|drop\w*|declin\w+|decreas\w+) from $"
    r"| (?:compared (?:with|to)|against|versus|vs|instead of|rather than) $"
    r"| (?:room|building|block|floor|house|street|road|route|article|section|chapter|page|phase|gate|zone|unit|aged?) $"
    r"| (?:an?|his|her|their) (?:[^\W\d_]+ ){1,3}and(?: (?:an?|his|her|their|another))? $| and (?:his|her|their) $"
)
"""Before a number, which then is another one: some of the 200, twice the 40, up from 12, a couple and two children."""
FRACTION = (
    r"(?: -)? (?:half|halves|thirds?|quarters?|fifths?|tenths?|times|fold|×|in (?:every|each)|out of|/|[kmb]|mn|bn|mil"
    r"|mille|mila|jt|rb|nghìn|ngàn|cr|score|figures?|digits?|(?:consecutive )?life)(?= )"
)
"""After a number, which then is not the number alone."""
RATE = (
    r"(?: (?!(?:in|within|over|during|for|on) )[^\W\d_]+){0,2}(?: -)?"
    r" (?:(?:per|every|each|an?)(?: -)? (?:hour|day|night|week|month|year|person|room|building|compound|head"
    r"|time|capita)"
    r"|each|apiece|hourly|daily|nightly|weekly|monthly|yearly|on average)(?= )"
)
"""After a number, which then is not a sum: 45 people a week."""
DATE = (
    r" - (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]*)(?= )"
    r"| (?:january|february|march|april|may|june|july|august|september|october|november|december) $"
)
"""After a number, which is a day: "12 May", also if a spreadsheet program made it of 5-12, from five to twelve."""
