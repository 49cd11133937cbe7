"""Make texts of many scripts comparable, for full-text search and for spellings of a word.

Khmer, Thai, Lao, Burmese, Chinese and Japanese are written without spaces, so a tokenizer that splits at
spaces finds nothing inside them. Their runs are indexed as overlapping pairs of characters instead. This is the bigram
method of Lucene's CJKAnalyzer, with the last character added alone so that a search for a single character works.

The index (`index_text`) and the query (`match_query`) must match, so change both or neither. They require an FTS5 table
with the tokenizer `unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'`. Nothing here is specific to names.
"""

import re
import unicodedata
from collections.abc import Container, Iterator

MAX_QUERY = 4096
"""How many characters of a search text are read. More of them would not make a sensible search any narrower."""

# Letters, marks and digits without the scripts' own punctuation, because no pair may cross the end of a
# sentence.
_KHMER = "\u1780-\u17d3\u17d7\u17dc\u17dd\u17e0-\u17e9"
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59"
_LAO = "\u0e81-\u0ebd\u0ec0-\u0ece\u0ed0-\u0ed9\u0edc-\u0edf"
_BURMESE = "\u1000-\u1049\u1050-\u109d\ua9e0-\ua9fe\uaa60-\uaa76\uaa7a-\uaa7f"
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KANA = "\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
UNSPACED = f"[{_KHMER}{_THAI}{_LAO}{_BURMESE}{HAN}{_KANA}]"
"""A regular expression for a character of a script that is written without spaces."""
RUN = f"{UNSPACED}+"

BEFORE_UNSPACED = "\u0e00"
"""A character below all of theirs. To compare with it spares most commands these patterns, which compile slowly."""

# Patterns stay text until `re` compiles and caches them at first use: most commands see only ASCII, and
# compiling them all at import would cost more than the rest of a start.
_SURROGATE = "[\ud800-\udfff]"
# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), and the annotation characters.
_INVISIBLE = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Marks on Latin, Greek and Cyrillic letters. Marks of other scripts are vowels and must stay.
_DIACRITIC = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STROKED = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"})
_NOT_ASCII_WORD = "[^a-z0-9]+"
_COENG_TA, _COENG_DA = "\u17d2\u178f", "\u17d2\u178a"

_ROMAN = ((r"([ktpc])h", r"\1"), (r"ou", "u"), (r"ey", "ei"), (r"w", "v"), (r"([a-z])\1+", r"\1"))

_JOINERS = r"[\s\u200b-\u200d\u2060]*"
_LANGUAGES = {
    "km": "[\u1780-\u17ff\u19e0-\u19ff]",
    "th": "[\u0e01-\u0e3a\u0e40-\u0e5b]",  # without the sign of the baht, which English texts use
    "lo": "[\u0e80-\u0eff]",
    "my": "[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]",
    "zh": f"[{HAN}{_KANA}]",
}
_LANGUAGE_RUN = "|".join(f"(?P<{tag}>{sign}+(?:{_JOINERS}{sign}+)*)" for tag, sign in _LANGUAGES.items())

_ENGLISH = r'"[!#-/:-@\[-`{-~]*[A-Za-z]+"'
_TERM = r'"([^"]*)"|([^\s"]+)'


def clean(text: str) -> str:
    """Return a text without invisible differences: composed (NFC), no invisible characters, coeng DA for coeng TA.

    Khmer coeng TA and coeng DA look the same, but every Unicode normalisation keeps them apart (the Unicode standard,
    chapter 16.4), so both become coeng DA. A lone surrogate, which no database accepts, becomes U+FFFD.
    """
    if text.isascii():
        return text
    text = re.sub(_INVISIBLE, "", re.sub(_SURROGATE, "\ufffd", text))
    return unicodedata.normalize("NFC", text).replace(_COENG_TA, _COENG_DA)


def storable(text: str) -> str:
    """Return a text that a database accepts: each lone surrogate, as in file names of other encodings, is U+FFFD."""
    return text if text.isascii() else re.sub(_SURROGATE, "\ufffd", text)


def digits(text: str) -> str:
    """Return a text with the digits of any script (Khmer, Thai, full-width …) replaced by 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


def is_unspaced(character: str) -> bool:
    """Say whether one character belongs to a script that is written without spaces."""
    return character > BEFORE_UNSPACED and re.fullmatch(UNSPACED, character) is not None


def language_runs(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield a text in pieces, each with the language that its script shows, as a BCP 47 tag, or ``None``.

    These are the main languages of the scripts: ``km``, ``th``, ``lo``, ``my``, ``zh``, and ``ja`` if there are kana.
    """
    end = 0
    for run in re.finditer(_LANGUAGE_RUN, text):
        if run.start() > end:
            yield text[end : run.start()], None
        is_japanese = run.lastgroup == "zh" and re.search(f"[{_KANA}]", run[0]) is not None
        yield run[0], "ja" if is_japanese else run.lastgroup
        end = run.end()
    if end < len(text):
        yield text[end:], None


def plain(text: str) -> str:
    """Return the words of a text in lower case, without diacritics and punctuation, with one space between them.

    Compatibility forms (full-width letters, Thai sara am) are folded by Unicode's NFKC_Casefold.
    """
    if text.isascii():
        return re.sub(_NOT_ASCII_WORD, " ", text.lower()).strip()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", clean(text)).casefold())
    text = unicodedata.normalize("NFC", re.sub(_DIACRITIC, "", text).translate(_STROKED))
    # A compatibility form may have hidden an invisible character or a look-alike.
    return " ".join("".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in clean(text)).split())


def fold_word(word: str, kept: Container[str] = ()) -> str:
    """Fold variants of romanisation in a plain word: kh/k, th/t, ph/p, ch/c, ou/u, ey/ei, v/w, doubled letters.

    The pairs are the project's own list, collected from spellings of the same name in the press. Words in other scripts
    are returned unchanged, and so is a word that is in ``kept`` or becomes one that is.
    """
    before = ""
    while word != before:
        before = word
        for pattern, replacement in _ROMAN:
            if word in kept:
                return word
            word = re.sub(pattern, replacement, word)
    return word


def index_text(text: str) -> str:
    """Return a text in the form of the full-text index: 西港市 becomes "西港 港市 市"; spaced scripts stay."""
    if text.isascii():
        return text
    return re.sub(RUN, _pairs, clean(text))


def _pairs(run: re.Match[str]) -> str:
    """Write a run as overlapping pairs and its last character, separated from adjacent words."""
    text, whole = run.group(), run.string
    before = " " if run.start() and not whole[run.start() - 1].isspace() else ""
    after = " " if run.end() < len(whole) and not whole[run.end()].isspace() else ""
    pairs = " ".join(text[at : at + 2] for at in range(len(text)))
    return f"{before}{pairs}{after}"


def match_query(text: str) -> str | None:
    """Return the FTS5 query for a typed text, or None if the text contains nothing that can be found.

    All words must occur, in any order. "Words in double quotes" are a phrase, `casin*` is a prefix.
    Everything else is text, never syntax: each term is a quoted FTS5 string (SQLite's FTS5 documentation, section 3.1),
    so AND, NEAR, `-` and `:` have no effect. Reads `MAX_QUERY` characters. Never raises.
    """
    return " ".join(_terms(text)) or None


def match_queries(text: str) -> tuple[str | None, str | None]:
    """Return two FTS5 queries: one for the index of stems, with the English words, and one with everything else.

    Phrases, beginnings of words, numbers, and words in other letters are found only as they are written.
    """
    terms = _terms(text)
    stems = [term for term, is_stem in terms.items() if is_stem]
    return " ".join(stems) or None, " ".join(term for term, is_stem in terms.items() if not is_stem) or None


def _terms(text: str) -> dict[str, bool]:
    """Return the terms of a typed text, each as a quoted FTS5 string, and whether it is one English word."""
    cleaned = clean(text[:MAX_QUERY]).replace("\0", " ")
    found = dict[str, bool]()
    for phrase, word in re.findall(_TERM, cleaned):
        term = _term(phrase or word)
        if term:
            found[term] = found.get(term, True) and not phrase and re.fullmatch(_ENGLISH, term) is not None
    return found


def as_prefixes(text: str) -> str:
    """Return a typed text whose words also match longer words; phrases stay as they are."""
    terms = re.findall(_TERM, clean(text[:MAX_QUERY]))
    return " ".join(word + "*" * _in_token(word[-1]) if word else f'"{phrase}"' for phrase, word in terms)


def _term(words: str) -> str:
    """Quote one word or phrase; return an empty text if the tokenizer would find nothing in it."""
    prefix = words.endswith("*")
    while words and not _in_token(words[-1]):
        words = words[:-1]
    if not words:
        return ""
    spelled = index_text(words)
    if is_unspaced(words[-1]):
        # The single last character only matches at the end of a run: drop it, or make it a prefix.
        prefix = len(words) == 1 or not is_unspaced(words[-2])
        spelled = spelled if prefix else spelled[:-2]
    return '"' + spelled.replace('"', '""') + '"' + ("*" if prefix else "")


def _in_token(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category in ("Co", "Mn", "Mc")
