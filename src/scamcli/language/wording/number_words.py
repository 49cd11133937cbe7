"""English number words, from "zero" to billions, as a reader of tokens.

The method is the usual one for English numerals (accumulate below a scale word, multiply at it), with one
rule that matters here: words that do not form one number are two numbers, and two numbers that nothing
relates say nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from scamcli.language.wording.bounds import Number, tidy

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
_SCALES = _WORDED | _INDIAN
_PLURALS = {"tens": 10} | {f"{word}s": value for word, value in _WORDED.items()}
_SEVERAL = ("several", "few", "many")
_LEADS: tuple[tuple[tuple[str, ...], Number], ...] = (
    (("half", "a"), 0.5),
    (("a", "half"), 0.5),
    (("half",), 0.5),
    (("a",), 1),
)


class Spelled(NamedTuple):
    """A number in the reading.

    `done` is what its thousands have made, `current` what runs below them, `scale` its last scale word
    (1 without), `digit` the worth of one of its last digit, `end` the position after it.
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
    """Read the number that begins at `tokens[start]`, in digits or words; `None` if none begins there."""
    number = None
    longer = _first(tokens, start)
    while longer is not None:
        number, longer = longer, _longer(tokens, longer)
    return number


def vague(tokens: list[str], start: int) -> Spelled | None:
    """Read a plural that names no number: "dozens", "tens of thousands", "several hundred".

    Its value is the least it can mean, two of what it counts in; `None` if there is none at `start`.
    """
    word = tokens[start]
    if word in _SEVERAL and start + 1 < len(tokens) and tokens[start + 1] in _SCALES:
        scale = _SCALES[tokens[start + 1]]
        return Spelled(0, 2 * scale, scale, scale, start + 2)
    if word in _SEVERAL and start + 1 < len(tokens):
        return vague(tokens, start + 1)
    if word not in _PLURALS:
        return None
    scale, end = _PLURALS[word], start + 1
    if tokens[end : end + 1] == ["of"] and end + 1 < len(tokens) and tokens[end + 1] in _PLURALS:
        scale, end = scale * _PLURALS[tokens[end + 1]], end + 2
    return Spelled(0, 2 * scale, scale, scale, end)


def _first(tokens: list[str], start: int) -> Spelled | None:
    token = tokens[start] if start < len(tokens) else ""
    if token in _WORDS:
        return Spelled(0, _WORDS[token], 1, 1, start + 1)
    if token[:1].isdigit() or token[:1] == ".":
        _, _, decimals = token.partition(".")
        return Spelled(0, float(token) if decimals else int(token), 1, tidy(10 ** -len(decimals)), start + 1)
    for words, value in _LEADS:
        end = start + len(words)
        if tuple(tokens[start:end]) == words and _scale_at(tokens, end):
            return Spelled(0, value, 1, 1, end)
    return None


def _scale_at(tokens: list[str], position: int) -> bool:
    position += tokens[position : position + 1] == ["-"]
    return position < len(tokens) and tokens[position] in _SCALES


def _longer(tokens: list[str], number: Spelled) -> Spelled | None:
    """Return the number with its next word taken in, or `None` if the next word begins something else."""
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
    """Whether a small number may follow the word `last`: five after "hundred and", one after "twenty-"."""
    if last in _TENS:
        return joint != "and" and 0 < value < 10
    return joint != "-" and last in _SCALES and last != "dozen"


def is_scale(word: str) -> bool:
    """Whether the word counts in something ("hundred"), and so is no number by itself."""
    return word in _SCALES
