"""Patterns of how numbers, amounts of money and dates are written; `scamcli.language.wording.numerals` uses them.

What is ambiguous has no pattern, such as the "m" in "2.5 m", which can be millions or metres unless a currency is
beside it.
"""

PLAIN = str.maketrans(
    {
        **dict(zip("−‐‑‒％，．＄＞＜～〜∼≈≃⩾⩽≧≦＋？’‘[]（）", "---–%,.$><~~~~~≥≤≥≤+?''()()", strict=True)),
        **{"½": ".5", "¼": ".25", "¾": ".75", "៛": " riel "},
        **dict.fromkeys("#@!", " "),  # these characters are reserved for the marks
        **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "),  # footnotes: "289²" is 289
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)
MINUS = r"(?<![\d%)] )(?<![\w%)])[-–](?=[$€£₱₹]?\.?\d)"
POWER = r"(?<![\w.,])\d{1,20}(?:\.\d{1,20})?e[+-]\d{1,2}(?![\w.,]*\d)"
"""A number with a power of ten."""

OTHER_POWER = r"\d[\d.,]*(?:e[+-]\d+| ?[x×*] ?10 ?(?:\^ ?)?-?\d+| ?(?:tausend|millionen|milliarden|millones|milhões)\b)"
"""Other powers of ten, and scales in languages that are not read: 1.2x10^3, 1,2e+03, 12 tausend."""

_LARGE = r"thousand|million|billion|trillion|lakh|crore"
_GLUED_AMOUNT = rf"\d[\d,]*[.,]\d|\d+[ -]?(?:{_LARGE})|\d+(?:[km]|mn|mln|bn|tn|trn)\b"
_CODES = (
    "aed|aud|bdt|brl|bt|cad|chf|cny|dhs|eur|gbp|ghs|hkd|idr|inr|jpy|khr|krw|kwd|lak|lkr|mmk|mxn|myr|ngn|npr|ntd|nzd"
    "|php|pkr|qar|rm|rmb|rp|rs|sar|sgd|thb|tk|twd|tsh|ugx|ush|usdt?|vnd|zar"
)
PREFIX = rf"\b(?:({_CODES})(?=\d)|(p|n|r|k?sh|dh|nt|hk|us)(?={_GLUED_AMOUNT}))"
"""A currency without a space before its amount: "RM20", "P4.5 million". Some letters precede other numbers too."""

DOLLARS = r"(?<![a-z])(?:au?|bz?|ca?|hk|j|nt|nz|r|sg?|tt|us|z)\$"
ABBREVIATED = r"(?<=[a-z])\.(?=\d)"
"""The point in "c.30", which is not a decimal point."""

MORE_OR_LESS = r"\+ ?/ ?[-–−]|\+[-–−](?! ?\d+ ?[-–−])"
AROUND = r"^± ?(\d.*)$|^(\d[\d.,]*) ?±$"
"""A sign for "more or less" before the first number or after the only one."""

SCALE = r"(?<=\d)[ -](?=(?:mn|mln|mio|bn|trn|tn)\b)"
SCALE_OF_MONEY = rf"((?:[$€£¥฿₹₱₩₫₭₦]|\b(?:{_CODES}|p)) ?\d[\d.,]*)[ -](?=(?:[kmb]|bln|cr)\b)"
SCALE_BEFORE_MONEY = rf"(?<=\d)[ -](?=[kmb] (?:{_CODES}|baht|dollars|pesos|riel|ringgit|rupees|yuan|euros)\b)"
MALAYSIAN_MILLION = r"\b(rm ?\d[\d.,]*) ?mil\b"
RANGE = r"(?<=\d)~(?=\d)"
"""The sign of a range in East Asia: "30~40"."""
STRANGE = r"\b[a-z]+\d[\d,]*[.,]\d[\d.,]*"
"""Letters joined to an amount by a point, where it is unclear which part is the number."""

UNREADABLE = " 1.1.1 "

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th)?(?![\d]|[,.]\d)"
_YEAR = r"(?:19|20)\d\d(?![\d]|[,.]\d)"
_PREPOSITION = r"(?:since|in|on|during|by|until|till|to|from|of|after|before|between|and|for)"
_START_OF = r"(?:(?:the )?(?:start|beginning) of |early |mid[- ]|late |the end of )?"

DATE = (
    rf"\b(?:{_PREPOSITION} )?(?:"
    r"\d{4}-\d\d-\d\d"
    rf"|{_MONTH} {_DAY}(?:,? {_YEAR})?"
    rf"|(?<![\d,.]){_DAY} (?:of )?{_MONTH},? {_YEAR}"
    rf"|{_START_OF}{_MONTH},? {_YEAR}"
    rf"|q[1-4],? {_YEAR}"
    r")"
    rf"|\b{_PREPOSITION} (?:{_DAY} (?:of )?{_MONTH}"
    rf"|(?:the )?(?:first |second |third |last |fourth )?(?:quarter|half|\w+ months) of {_YEAR}"
    rf"|(?:the )?year {_YEAR})"
    # Only after these words is a bare number certainly a year: "up to 2000" and "by 2000" are counts.
    rf"|\b(?:since|in|during|until|before|after) {_START_OF}{_YEAR}(?= ?(?:$|[,;.)]))"
)
SINCE = (
    r"\bsince (?:(?:the )?(?:start|beginning) of )?(?:"
    r"(?P<iso>\d{4}-\d\d(?:-\d\d)?)(?![\d-])"
    rf"|(?P<month>{_MONTH}) (?P<day>{_DAY})(?:,? (?P<year>{_YEAR}))?"
    rf"|(?P<day2>{_DAY}) (?:of )?(?P<month2>{_MONTH})(?:,? (?P<year2>{_YEAR}))?"
    rf"|(?P<month3>{_MONTH})(?:,? (?P<year3>{_YEAR}))?"
    rf"|(?P<year4>{_YEAR}))"
)
