"""Fold texts into the form that is compared for names, and map positions back to the original.

Encodings (percent signs, HTML entities, escapes, punycode, also applied twice) are undone first, because addresses and
file names contain names too. Then case, diacritics, compatibility forms and invisible characters are folded.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from scamcli.language import scripts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MOST_LAYERS = 5
"""How many layers of encoding are undone, as for an address within an address. More layers do not occur in practice."""

MOST_JOINED = 5
"""The most words of a name that is also read with some of its words joined."""

EMBEDDED = scripts.UNSPACED[:-1] + "\uac00-\ud7a3]"
"""A character of a script in which a name can be inside a run of letters.

Korean has spaces, but attaches particles to names.
"""

_TOKEN = f"{EMBEDDED}+|[0-9]+|(?:(?!{EMBEDDED})[^ 0-9])+"
_ASCII_TOKEN = "[a-z]+|[0-9]+"

# Each match is one character, so that only the part of an address that spells the name is replaced.
_TRAIL = "%[89ab][0-9a-f]"
_PERCENT = f"%[0-7][0-9a-f]|%[cd][0-9a-f]{_TRAIL}|%e[0-9a-f](?:{_TRAIL}){{2}}|%f[0-7](?:{_TRAIL}){{3}}|%[89a-f][0-9a-f]"
_ESCAPE = r"%u[0-9a-f]{4}|(?:\\{1,8}u[0-9a-f]{4}){1,2}|\\U[0-9a-f]{8}|\\u\{[0-9a-f]{1,6}\}|\\x[0-9a-f]{2}|\\[nrt]"
_ENTITY = r"&#[0-9]{1,7};?|&#x[0-9a-f]{1,6};?|&[a-z][a-z0-9]{1,31};"
_PUNYCODE = r"(?<![a-z0-9-])xn--[a-z0-9-]{1,63}"
_JAMO = "[\u1100-\u11ff]{2,}"
"""Decomposed Korean letters. They are composed, because a part of a syllable is not a part of a name."""

_MISREAD = "[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}"
"""A letter whose bytes were taken for letters of Latin-1, as in the JSON that Facebook hands out."""

_ENCODED = f"(?i:{_PERCENT}|{_ESCAPE}|{_ENTITY}|{_PUNYCODE})|{_JAMO}|{_MISREAD}"
_MAY_BE_ENCODED = "[%&\\\\\u1100-\u11ff]|(?i:xn--)|[\u00c2-\u00f4][\u0080-\u00bf]"

_LETTER_BEFORE, _LETTER_AFTER = r"(?<=[^\W\d_])", r"(?=[^\W\d_])"
_EMPHASIS = f"{_LETTER_BEFORE}(?:\\*{{1,3}}|__|~~){_LETTER_AFTER}"
_TAGS = r"<!--(?s:.{0,2000}?)-->|</?[A-Za-z][^<>]{0,500}>"
_MARKUP = (
    f"{_TAGS}|"
    r"\[/?[A-Za-z]{1,10}(?:=[^\]\n]{0,100})?\](?!\()|!?\[(?=[^\]\n]{0,200}\]\()|\]\([^()\n]{0,500}\)"
    f"|{_EMPHASIS}"
)
_MAY_BE_MARKUP = r"[<*~\[]|__"
_APOSTROPHE = f"{_LETTER_BEFORE}['’‘ʼʻ`´]{_LETTER_AFTER}"
_LINE_ENDS = r"(?:[ \t\u200b-\u200f]*(?:\r\n|[\n\v\f\r\x85\u2028\u2029])[ \t>|]*){1,3}"
"""The end of a line, also in a quotation in an e-mail, or with an empty line after it."""

_DIVIDED = f"{_LETTER_BEFORE}[-‐‑¬\u00ad](?:{_LINE_ENDS}|[ \\t]{{1,3}}){_LETTER_AFTER}"
"""What divides a word at the end of a line; programs that join the lines leave a space in place of the end."""

_HYPHEN = f"{_DIVIDED}|{_LETTER_BEFORE}[-‐‑]{_LETTER_AFTER}"
_MARKS = (_APOSTROPHE, _HYPHEN)
_MAY_BE_MARK = "['’‘ʼʻ`´‐‑¬\u00ad-]"
_OPTIONAL = (_MARKUP, *_MARKS)
"""What a name may be written with or without: markup around its letters, and marks within its words.

A hyphen may stand at the end of a line. Each is left out in a reading of its own, because a name may have both marks.
"""

_LETTER_ALONE = r"(?<![^\W_])[^\W\d_](?![^\W_])"
_GAP = "[ ._·\u00a0\u2009\u200a]"
_APART = f"(?:{_LETTER_ALONE}{_GAP}{{1,3}}){{3,60}}{_LETTER_ALONE}"
"""Four letters or more with spaces or dots between each two, as in a heading."""

_TITLE = (
    r"\b(?:(?:Mrs?|Ms|Miss|Dr|Mme|Sir|Lok|Prof|Gen|Khun|Okhna|Oknha|Samdech|Ông|Bà)(?=[^\W\d_a-z])"
    r"|(?:MRS?|MS|DR|PROF)(?=[A-Z]{3}))"
)
"""A title that is written together with a name."""

_ARABIC_PREFIX = "[\u0648\u0641\u0628\u0643\u0644](?=[\u0621-\u064a]{3})"
_HEBREW_PREFIX = "[\u05d5\u05d4\u05d1\u05db\u05dc\u05de\u05e9](?=[\u05d0-\u05ea]{3})"
_PREFIX = rf"(?<![^\W_])(?:{_ARABIC_PREFIX}|{_HEBREW_PREFIX})"
"""A letter that stands for a word, such as "and" or "to", and is joined to the next word in Arabic and Hebrew."""

_REVERSED = "\u202e[^\u202c\n]{1,200}\u202c?"
"""Letters that are printed from right to left although they are Latin."""

_REARRANGED: tuple[tuple[re.Pattern[str], str, Callable[[str], str]], ...] = (
    (re.compile(">"), _TAGS, lambda _: " "),
    (re.compile("\u202e"), _REVERSED, lambda found: found.strip("\u202e\u202c")[::-1]),
    (re.compile(_TITLE), _TITLE, lambda found: f"{found} "),
    (re.compile("[\u05d0-\u064a]"), _PREFIX, lambda found: f"{found} "),
    (re.compile(f"{_GAP}[^\\W\\d_]{_GAP}{{1,3}}[^\\W\\d_]{_GAP}"), _APART, lambda found: re.sub(_GAP, "", found)),
)
"""What is read in another way: a sign that it may be there, what it is, and how it is read."""

_VOWELS = "[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
"""Vowel signs of Arabic and Hebrew, which are rarely written, and the stroke that makes an Arabic word longer."""

_FAMILY_AND_GIVEN = f"(?:[{scripts.HAN}\uac00-\ud7a3]){{2,4}}"
"""A whole name in Chinese or Korean letters."""

# Marks that are kept, and whose order Unicode defines (Thai, Lao, Burmese, Khmer, kana). People type
# them in any order.
_ORDERED_MARKS = "[\u0e38-\u0e3a\u0e48-\u0e4b\u0eb8-\u0ebb\u0ec8-\u0ecb\u1037\u1039\u103a\u17d2\u17dd\u3099\u309a]{2,}"


Token = tuple[str, int, int]
"""A word, folded, with its span in the folded text."""


class _Table(dict[int, str]):
    """A table for `str.translate` that folds each character when it first occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


_TABLE = _Table()


def _folded(char: str) -> str:
    """Return the letters, marks and digits that a character represents, or a space if it separates words."""
    plain = scripts.digits(scripts.plain(char))
    if "\u1d00" <= char <= "\u1d22" or "\u0250" <= char <= "\u02af" or char in "\ua730\ua731\ua7af":
        small_capital = re.fullmatch("LATIN LETTER SMALL CAPITAL ([A-Z])", unicodedata.name(char, ""))
        plain = small_capital[1].lower() if small_capital else plain
    if not plain:
        is_invisible = not scripts.clean(char) or unicodedata.category(char) in {"Mn", "Cf"}
        return "" if is_invisible else " "
    if "\uac00" <= plain <= "\ud7a3":
        return plain
    return re.sub(_VOWELS, "", unicodedata.normalize("NFD", plain))


class View:
    """One reading of a text: the text as written, or with some of its encodings undone.

    Attributes:
        written: the text as written.
        text: the text in this reading.
        folded: its folded letters, marks and digits, with other characters only between words.
    """

    def __init__(
        self, text: str, source: View | None = None, decoded: Sequence[tuple[int, int, int, int]] = ()
    ) -> None:
        self.text = text
        self.written: str = text if source is None else source.written
        self._source_view = source
        self._decoded = decoded
        """The decoded parts: each with its span in this text, then its span in the text before decoding."""
        self._starts = [start for start, _, _, _ in decoded]
        self.folded = text.lower() if text.isascii() else _reordered(text.translate(_TABLE))
        self._sources: list[int] | None = None

    def tokens(self) -> list[Token]:
        """Return words (runs of letters of one kind of script) and numbers with their spans in the folded text."""
        return [(match[0], *match.span()) for match in re.finditer(self._token, self.folded)]

    def words(self) -> list[str]:
        """Return the words without their spans."""
        return re.findall(self._token, self.folded)

    @property
    def _token(self) -> str:
        return _ASCII_TOKEN if self.folded.isascii() else _TOKEN

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the folded text to the text, including the marks that follow it."""
        if self.text.isascii():
            return start, end
        if self._sources is None:
            self._sources = [index for index, char in enumerate(self.text) for _ in _TABLE[ord(char)]]
        first, last = self._sources[start], self._sources[end - 1] + 1
        while last < len(self.text) and unicodedata.category(self.text[last]) in {"Mn", "Cf"}:
            last += 1
        return first, last

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the text to the text as written."""
        if self._source_view is None:
            return start, end
        return self._source_view.origin(self._before(start)[0], self._before(end - 1)[1])

    def _before(self, place: int) -> tuple[int, int]:
        """Return the span that a character had in the text before this layer was decoded."""
        at = bisect_right(self._starts, place) - 1
        if at < 0:
            return place, place + 1
        _, end, source_start, source_end = self._decoded[at]
        moved = place - end + source_end
        return (source_start, source_end) if place < end else (moved, moved + 1)

    def decoded(self) -> View | None:
        """Return this reading with one more layer of encoding undone; ``None`` if nothing is encoded."""
        return self.replaced(_ENCODED, _decoded)

    def without(self, pattern: str) -> View | None:
        """Return this reading without what matches a pattern; ``None`` if nothing does."""
        return self.replaced(pattern, lambda _: "")

    def replaced(self, pattern: str, instead: Callable[[str], str]) -> View | None:
        """Return this reading with what matches a pattern replaced; ``None`` if nothing is."""
        parts, spans, at, length = list[str](), list[tuple[int, int, int, int]](), 0, 0
        for match in re.finditer(pattern, self.text):
            text = instead(match[0])
            if text != match[0]:
                parts += [self.text[at : match.start()], text]
                length += match.start() - at
                spans.append((length, length + len(text), *match.span()))
                length += len(text)
                at = match.end()
        return View("".join([*parts, self.text[at:]]), self, spans) if at else None


def views(text: str) -> list[View]:
    """Return all readings of a text. Each matters, because decoding a text that was not encoded can hide a name.

    The readings have encodings undone layer by layer, and each of these with and without markup and marks in words.
    """
    layers = _layers(text)
    return _with_and_without([*layers, *_rearranged(layers)], _OPTIONAL)


def _with_and_without(found: list[View], optional: Sequence[str]) -> list[View]:
    """Return readings, and each of them without what matches one or more of some patterns."""
    for pattern in optional:
        found = [*found, *filter(None, [view.without(pattern) for view in found])]
    return found


def readable(text: str) -> str:
    """Return a text with its encodings undone, and without tags and signs of emphasis within its words."""
    if not re.search(f"{_MAY_BE_ENCODED}|{_MAY_BE_MARKUP}", text):
        return text
    view = _layers(text)[-1]
    return (view.without(f"{_TAGS}|{_EMPHASIS}") or view).text


def _rearranged(layers: Sequence[View]) -> Iterator[View]:
    """Yield readings in which letters that are apart, glued or reversed are as in other texts."""
    for layer in layers:
        for sign, pattern, read in _REARRANGED:
            if sign.search(layer.text) and (view := layer.replaced(pattern, read)):
                yield view


def _layers(text: str) -> list[View]:
    found = [View(text)]
    while len(found) <= MOST_LAYERS and re.search(_MAY_BE_ENCODED, found[-1].text):
        view = found[-1].decoded()
        if view is None:
            break
        found.append(view)
    return found


def _joined(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the words of a name of three or more with some of those beside each other joined: Ludwig Vandermeer."""
    spans = [(first, last) for first in range(len(words)) for last in range(first + 2, len(words) + 1)]
    return [
        (*words[:first], "".join(words[first:last]), *words[last:])
        for first, last in spans
        if len(words) <= MOST_JOINED and last - first < len(words)
    ]


def readings(name: str) -> list[tuple[str, ...]]:
    """Return the words of a name in each of its readings.

    In a name of three words or more, some may be joined. A Chinese or Korean name without a space is also read as a
    family name and a given name.
    """
    if name.isascii() and name.replace(" ", "").isalpha():  # the usual case, which is much faster this way
        words = tuple(name.lower().split())
        return [words, *_joined(words)]
    found = [tuple(view.words()) for view in views(name)]
    found += _joined(found[0])
    if not name.isascii() and re.fullmatch(_FAMILY_AND_GIVEN, name):
        family = 2 if len(name) == 4 else 1
        found.append((name[:family], name[family:]))
    return found


@lru_cache(maxsize=256)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text with its markup and marks, with and without its encodings."""
    return tuple(word for view in _layers(text) for word in view.words())


@lru_cache(maxsize=256)
def words_in_any_reading(text: str) -> tuple[str, ...]:
    """Return the words of a text in all its readings."""
    layers = _layers(text)
    found = _with_and_without([*layers, *_rearranged(layers)], [_MARKUP] if re.search(_MAY_BE_MARKUP, text) else [])
    every = [word for view in found for word in view.words()]
    for view in found:
        if re.search(_MAY_BE_MARK, view.text):
            for word in re.sub(_DIVIDED, "-", view.text).split():
                if not word.isalnum() and re.search(_MAY_BE_MARK, word):
                    every += _words_without_marks(word)
    return tuple(every)


@lru_cache(maxsize=4096)
def _words_without_marks(word: str) -> tuple[str, ...]:
    """Return what a word with marks in it is without them. Other words of its text are the same in all readings."""
    return tuple(one for view in _with_and_without([View(word)], _MARKS)[1:] for one in view.words())


def _reordered(text: str) -> str:
    """Return a folded text with its marks in Unicode's order, and with coeng DA for coeng TA, which looks the same."""
    text = re.sub(_ORDERED_MARKS, lambda match: "".join(sorted(match[0], key=unicodedata.combining)), text)
    return text.replace("\u17d2\u178f", "\u17d2\u178a")


def _decoded(text: str) -> str:
    """Decode one encoded character or one label of a domain; return the text itself if it is not encoded."""
    for beginning, decode in _DECODERS:
        if text.startswith(beginning):
            try:
                return decode(text)
            except (ValueError, OverflowError):
                return text
    return unicodedata.normalize("NFC", text)


def _percent(text: str) -> str:
    if text[1] in "uU":
        return _code_point(text[2:])
    code = bytes.fromhex(text.replace("%", ""))
    try:
        return code.decode()
    except UnicodeDecodeError:  # old pages use one byte for each letter
        return code.decode("cp1252", "replace")


def _escape(text: str) -> str:
    if len(text) == 2:
        return " "
    units = re.findall("[0-9a-fA-F]{2,}", text)
    if len(units) == 2:  # two surrogates of a character beyond U+FFFF, or two characters
        return b"".join(int(unit, 16).to_bytes(2) for unit in units).decode("utf-16-be")
    return _code_point(units[0])


def _code_point(digits: str) -> str:
    char = chr(int(digits, 16))
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char


def _entity(text: str) -> str:
    from html import unescape  # few texts contain entities

    return unescape(text)


def _punycode(text: str) -> str:
    return text[4:].encode().decode("punycode")


_DECODERS: tuple[tuple[tuple[str, ...], Callable[[str], str]], ...] = (
    (("%",), _percent),
    (("\\",), _escape),
    (("&",), _entity),
    (("xn--", "XN--", "Xn--", "xN--"), _punycode),
    (tuple(map(chr, range(0xC2, 0xF5))), lambda text: text.encode("latin-1").decode()),
)
