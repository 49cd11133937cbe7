"""Read numbers as reporters write them: "1,480", "2.5 million", "two hundred and five", "half a dozen", "dozens".

`mark` replaces each number in a wording by a mark, so that the grammar of `scamcli.language.wording.parsing` deals with
words alone: `#` is a number, `@` a vague plural ("dozens"), and `!` a number that cannot be read. Dates, such as "since
August 18", are removed first, so that no day or year is read as a count.

English numerals are read in the usual way: accumulate below a scale word, and multiply at it. One rule matters here:
words that do not form a single number are two numbers. Every regular expression takes linear time, and the text has a
limited length, so nothing can backtrack far.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from typing import NamedTuple

from scamcli.language.scripts import digits
from scamcli.language.wording import notation

Number = int | float
"""A count, an amount or a percentage; a whole value is always an `int`."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def tidy(value: Number) -> Number:
    """Round away the noise of binary fractions, to a millionth, and return a whole value as an `int`."""
    if isinstance(value, int):
        return value
    rounded = round(float(f"{value:.15g}"), 6)
    return int(rounded) if rounded.is_integer() else rounded


def without_dates(text: str) -> str:
    """Return a folded wording without its dates, so that no day or year is read as a count."""
    return re.sub(notation.DATE, " ", text)


def since_in(text: str) -> str | None:
    """Return the date after "since" in a folded wording; see `scamcli.language.wording.since`."""
    found = re.search(notation.SINCE, text)
    if found is None:
        return None
    if found["iso"]:
        _, *month_and_day = map(int, found["iso"].split("-"))
        return found["iso"] if _exists(*month_and_day) else None
    month = found["month"] or found["month2"] or found["month3"]
    day = found["day"] or found["day2"]
    year = found["year"] or found["year2"] or found["year3"] or found["year4"]
    return _written(year, month, day)


def _written(year: str | None, month: str | None, day: str | None) -> str | None:
    if month is None:
        return year
    number = _MONTHS.index(month[:3]) + 1
    date = f"{year or '-'}-{number:02}"
    if day is None:
        return date
    in_month = int(day.rstrip("stndrh"))
    return f"{date}-{in_month:02}" if _exists(number, in_month) else None


def _exists(month: int, day: int = 1) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _LENGTHS[month - 1]


_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
_WORDS = _SMALL | _TENS | {"fourty": 40}
_WORDED = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
_INDIAN = {"lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7}
_MALAY = {"ribu": 1_000, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_SCALES = _WORDED | _INDIAN | _MALAY | {"trillion": 10**12}
_PLURALS = {"tens": 10, "scores": 20} | {f"{word}s": value for word, value in _WORDED.items()}
_SETS = {"pair": 2, "duo": 2, "trio": 3, "quartet": 4}
"""Numbers in "a pair of"."""
_ONES = ("lone", "single", "sole")
"""Adjectives that make "a" a number: "a lone Kenyan"."""
_SEVERAL = ("several", "few", "many")
_LEADS: tuple[tuple[tuple[str, ...], Number], ...] = (
    (("half", "a"), 0.5),
    (("a", "half"), 0.5),
    (("half",), 0.5),
    (("a",), 1),
)


class Spelled(NamedTuple):
    """A number while it is being read.

    `done` is the value of its completed thousands, `current` the value being read below them, `scale` its last scale
    word (1 if there is none), `digit` the value of one unit of its last digit, and `end` the position after it.
    """

    done: Number
    current: Number
    scale: int
    digit: Number
    end: int

    @property
    def value(self) -> Number:
        """The number read so far."""
        return self.done + self.current


def spelled(tokens: list[str], start: int) -> Spelled | None:
    """Read the number in digits or words that begins at `tokens[start]`, or return `None` if none does."""
    number = None
    longer = _first(tokens, start)
    while longer is not None:
        number, longer = longer, _longer(tokens, longer)
    return number


def vague(tokens: list[str], start: int) -> Spelled | None:
    """Read a plural that names no number: "dozens", "tens of thousands", "several hundred".

    A plural alone counts as one of its units: dozens 12, scores 20, hundreds 100. These are the conservative values
    that ACLED publishes (ACLED Codebook, on fatalities). "Several", "few" and "many" count as at least two, and so does
    "a couple of".

    Returns:
        `None` if no such plural is at `start`.
    """
    word = tokens[start]
    if tokens[start : start + 3] == ["a", "couple", "of"]:
        scale = _SCALES.get("".join(tokens[start + 3 : start + 4]), 1)
        return Spelled(0, 2 * scale, scale, scale, start + 3 + (scale > 1))
    if word in _SEVERAL and start + 1 < len(tokens):
        if tokens[start + 1] in _SCALES:
            scale = _SCALES[tokens[start + 1]]
            return Spelled(0, 2 * scale, scale, scale, start + 2)
        several = vague(tokens, start + 1)
        return several and several._replace(current=2 * several.scale)
    if word not in _PLURALS:
        return None
    scale, end = _PLURALS[word], start + 1
    if tokens[end : end + 1] == ["of"] and end + 1 < len(tokens) and tokens[end + 1] in _PLURALS:
        scale, end = scale * _PLURALS[tokens[end + 1]], end + 2
    return Spelled(0, scale, scale, scale, end)


def _first(tokens: list[str], start: int) -> Spelled | None:
    token = tokens[start] if start < len(tokens) else ""
    if token in _WORDS:
        return Spelled(0, _WORDS[token], 1, 1, start + 1)
    if token[:1].isdigit() or token[:1] == ".":
        _, _, decimals = token.partition(".")
        return Spelled(0, float(token) if decimals else int(token), 1, tidy(10 ** -len(decimals)), start + 1)
    if token == "a" and tokens[start + 2 : start + 3] == ["of"] and tokens[start + 1] in _SETS:
        return Spelled(0, _SETS[tokens[start + 1]], 1, 1, start + 3)
    if token == "a" and "".join(tokens[start + 1 : start + 2]) in _ONES:
        return Spelled(0, 1, 1, 1, start + 2)
    for words, value in _LEADS:
        end = start + len(words)
        if tuple(tokens[start:end]) == words and _scale_at(tokens, end):
            return Spelled(0, value, 1, 1, end)
    return None


def _scale_at(tokens: list[str], position: int) -> bool:
    position += tokens[position : position + 1] == ["-"]
    return position < len(tokens) and tokens[position] in _SCALES


def _longer(tokens: list[str], number: Spelled) -> Spelled | None:
    """Return the number extended by its next word, or `None` if that word does not belong to it."""
    following = tokens[number.end : number.end + 3]
    if following == ["and", "a", "half"]:
        half = number.scale / 2
        return number._replace(current=number.current + half, digit=half, end=number.end + 3)
    joint = following[0] if following[:1] in (["-"], ["and"]) else ""
    word = "".join(following[1:2] if joint else following[:1])
    end = number.end + (2 if joint else 1)
    if word in _SCALES and joint != "and":
        return _scaled(number, _SCALES[word], end, tokens[number.end - 1])
    if word in _WORDS and _fits(_WORDS[word], joint, tokens[number.end - 1]):
        return Spelled(number.done, number.current + _WORDS[word], 1, 1, end)
    if word.isdigit() and not joint and 1_000 <= _SCALES.get("".join(following[1:2]), 0) < number.scale:
        return Spelled(number.value, int(word), 1, 1, end)  # 1 crore 46 lakh
    return None


def _scaled(number: Spelled, scale: int, end: int, last: str) -> Spelled | None:
    run = number.scale * scale if last in _SCALES else scale
    longer = number._replace(scale=run, digit=number.digit * scale, end=end)
    if scale < 1_000:
        return longer._replace(current=number.current * scale) if 0 < number.current < 100 else None
    if number.current:
        fits = not number.done or number.current * scale < number.done
        return longer._replace(done=number.done + number.current * scale, current=0) if fits else None
    return longer._replace(done=number.done * scale) if number.done else None


def _fits(value: int, joint: str, last: str) -> bool:
    """Say whether a small number may follow the word `last`: five after "hundred and", one after "twenty-"."""
    if last in _TENS:
        return joint != "and" and 0 < value < 10
    return joint != "-" and last in _SCALES and last != "dozen"


_BRACKETED = frozenset(("$", "€", "£", "¥", "฿", "us", "usd", "p", "php", "rs", "inr", "rm", "tk", "%", "percent"))
"""What may stand beside a number in brackets that repeats the number before them: "ten thousand pesos (P10,000)"."""
_NEAR = 2
"""How many words may stand between a number and its repetition: "fourteen men (14)"."""


def _without_repeats(tokens: list[str]) -> list[str]:
    """Leave out each number in brackets that repeats the number before it: "fourteen (14) men", "14 (fourteen)"."""
    kept, position, last, since = list[str](), 0, None, 0
    while position < len(tokens):
        number = spelled(tokens, position)
        if number is not None:
            last, since = number.value, len(kept) + number.end - position
        elif tokens[position] == "(" and last is not None and len(kept) - since <= _NEAR:
            end = _repeat_end(tokens, position + 1, last)
            if end:
                position = end
                continue
        end = position + 1 if number is None else number.end
        kept.extend(tokens[position:end])
        position = end
    return kept


def _repeat_end(tokens: list[str], start: int, value: Number) -> int:
    """Return the position after a bracket that has only the number `value` and its unit, or 0."""
    while start < len(tokens) and tokens[start] in _BRACKETED:
        start += 1
    number = spelled(tokens, start)
    if number is None or number.value != value:
        return 0
    end = number.end
    while end < len(tokens) and tokens[end] in _BRACKETED:
        end += 1
    return end + 1 if tokens[end : end + 1] == [")"] else 0


def is_scale(word: str) -> bool:
    """Say whether a word is a scale ("hundred"), which is not a number by itself."""
    return word in _SCALES


LONGEST = 240
"""The longest wording in characters. A longer text is a passage, not the wording of a number."""

_LARGEST = 10**15
_TOKEN = (
    r"(?P<grouped>[1-9]\d{0,2}(?:(?: \d{3})+|(?:'\d{3})+)(?![\w]|[,.']\d))"
    r"|(?P<digits>\.?\d+(?:[.,]\d+)*)(?P<glued>[a-z][a-z\d]*)?"
    r"|(?P<word>[a-z\u00df-\u024f][a-z\d\u00df-\u024f']*(?:-\d+(?![.,]?\d|[a-z]))?)"
    r"|(?P<sign>>=|<=|=<|=>|[><≥≤~+?\-–—%$€£¥฿₹₱₩₫₭₦៛(),;/±×])"
    r"|(?P<foreign>[^\x00-\u036f\s\u2000-\u2bff]+)"
)
_LITERAL = r"(\d*|\d{1,3}(?:,\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3})(?:\.(\d+))?"
"""Digits, perhaps in groups of thousands, or in the groups of India: 1,46,00,000 is 1 crore 46 lakh."""

_POINTED = r"[1-9]\d{0,2}(?:\.\d{3}){2,}"
"""If there are two points, neither is a decimal point: "1.234.567" has only one reading, unlike "1.234"."""

_GLUED = {
    **{"k": "thousand", "m": "million", "mn": "million", "mln": "million", "mio": "million"},
    **{
        "bn": "billion",
        "b": "billion",
        "bln": "billion",
        "tn": "trillion",
        "trn": "trillion",
        "cr": "crore",
        "pct": "percent",
    },
}
_OF_WOMEN = "f"
"""After digits. Beside "3F", "12M" counts men, and no millions."""

_COUNTERS = {"នាក់", "ករណី", "คน", "ราย", "คดี", "人", "名", "件", "人次"}


class Numeral:
    """A number as it was written.

    `value` is the number. `lead` is the number before its last scale word (2 in "2 million"), or `value` if there is
    none. `digit` is the value of one unit of its last digit (0.1 in "78.8", 100,000 in "2.5 million").
    """

    def __init__(self, value: Number, lead: Number, digit: Number) -> None:
        self.value = value
        self.lead = lead
        self.digit = digit


Marked = tuple[str, tuple[Numeral, ...]]
"""A wording as words and signs, with one space between them and at both ends, and the numbers behind its marks."""


def fold(text: str) -> str:
    """Return the text in lower case, with spaces, signs and digits (Khmer, Thai, full-width …) in their ASCII form."""
    return " ".join(digits(text.translate(notation.PLAIN)).lower().split())


def _unified(text: str) -> str:
    """Return a folded wording in which amounts, abbreviations, powers of ten and minus signs have one notation."""
    text = re.sub(notation.OTHER_POWER, notation.UNREADABLE, re.sub(notation.POWER, _without_power, text))
    text = re.sub(notation.ABBREVIATED, " ", text)
    # Before or after a number, the sign means "about". Between two, it gives a margin, which no bound here is.
    text = re.sub(notation.MORE_OR_LESS, "±", text)
    text = re.sub(notation.AROUND, r"~\1\2", text)
    if "~" in text:
        text = re.sub(notation.RANGE, "-", text)
    if "$" in text:
        text = re.sub(notation.DOLLARS, "$", text)
    text = re.sub(notation.PREFIX, r"\1\2 ", text)
    text = re.sub(notation.SCALE_OF_MONEY, r"\1", re.sub(notation.SCALE, "", text))
    text = re.sub(notation.SCALE_BEFORE_MONEY, "", re.sub(notation.MALAYSIAN_MILLION, r"\1m", text))
    text = re.sub(notation.STRANGE, notation.UNREADABLE, text).replace("-and-a-half", " and a half")
    return re.sub(notation.MINUS, " minus ", text)


def _without_power(found: re.Match[str]) -> str:
    """Return a number as spreadsheets and JSON write large and small ones, without its power of ten: 1.2e+03."""
    from decimal import Decimal  # few wordings have one

    return f"{Decimal(found[0]):f}"


def mark(text: str) -> Marked:
    """Replace the numbers in a folded wording by marks, and drop its dates."""
    tokens = _tokens(_unified(without_dates(text)))
    if "(" in tokens:
        tokens = _without_repeats(tokens)
    marks: list[str] = []
    numerals: list[Numeral] = []
    position = 0
    while position < len(tokens):
        sign, numeral, position = _next(tokens, position)
        marks.append(sign)
        if numeral is not None:
            numerals.append(numeral)
    return f" {' '.join(marks)} ", tuple(numerals)


def _next(tokens: list[str], position: int) -> tuple[str, Numeral | None, int]:
    plural = vague(tokens, position)
    if plural is not None:
        return "@", Numeral(plural.value, plural.value, plural.scale), plural.end
    negative = tokens[position] == "minus"
    number = spelled(tokens, position + negative)
    if number is None:
        return ("!" if is_scale(tokens[position]) else tokens[position]), None, position + 1
    numeral = _numeral(number, tokens, negative=negative)
    return ("!" if numeral is None else "#"), numeral, number.end


def _numeral(number: Spelled, tokens: list[str], *, negative: bool) -> Numeral | None:
    value = tidy(number.value)
    if value > _LARGEST or _looks_grouped(number, tokens):
        return None
    turn = -1 if negative else 1
    return Numeral(turn * value, turn * tidy(value / number.scale), number.digit)


def _looks_grouped(number: Spelled, tokens: list[str]) -> bool:
    """Say whether "1.480" could mean over a thousand or one and a half; only a scale word or percent sign decides."""
    if number.digit != 0.001 or number.scale > 1 or number.value < 1:
        return False
    return tokens[number.end : number.end + 1] not in (["%"], ["percent"])


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for found in re.finditer(_TOKEN, text):
        kind = found.lastgroup
        if found["grouped"]:
            tokens.append(re.sub("[ ']", "", found["grouped"]))
        elif found["digits"]:
            tokens.extend(_literal(found["digits"], found["glued"]))
        elif kind == "foreign":
            tokens.extend([] if found[0] in _COUNTERS else ["!"])
        else:
            tokens.append(found[0])
    return tokens


def _literal(written: str, glued: str | None) -> list[str]:
    if glued == _OF_WOMEN:
        return ["!"]
    if glued is not None and glued not in _GLUED:
        return [f"_{glued}"]  # an ordinal or a name ("1st", "5g"), which is a word
    if re.fullmatch(_POINTED, written):
        written = written.replace(".", "")
    elif re.fullmatch(_LITERAL, written) is None:
        return ["!"]
    plain = written.replace(",", "")
    return [plain, _GLUED[glued]] if glued else [plain]
