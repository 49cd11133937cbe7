"""Read the title, date, outlet and address of a publication from the first lines of its text.

Only plain statements are accepted. A date alone on a line may be the first entry of a timeline, a name at the foot of a
page is not an outlet, and a wrong title is worse than none. A date counts only with a label, a time of day or an
author.

The tags of a page are read in `html`.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.date_phrases import read
from scamcli.ingest.lexicon import OUTLETS
from scamcli.ingest.proposal import Metadata
from scamcli.ingest.reading.markdown import front_matter, plain_view
from scamcli.ingest.story_dates import LONGEST_DATELINE, is_dateline
from scamcli.ingest.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.date_phrases import When
    from scamcli.records.types import SourceDict


_HEAD = 6000
_LINES = 15  # lines with text at the beginning
_LAST = 400
_TITLE = 250
_SIGNATURE = 55
_DATELINE_NEAR = 4  # lines with text in which a dateline can be

_KEYS = lexicon.headings("boilerplate.keys")


def override(found: Metadata, given: Metadata) -> Metadata:
    """Return what was found, replaced by the fields that the user gave."""
    return Metadata(*(new if new is not None else old for old, new in zip(found, given, strict=True)))


def metadata_of_text(text: str) -> Metadata:
    """Return what the beginning of plain text or Markdown says about its publication."""
    lines = _lines(text)
    keyed = _keyed([*front_matter(text).splitlines(), *lines])
    return Metadata(
        title=keyed.get("title") or _title(text, lines),
        outlet=keyed.get("outlet") or _signed(text, lines),
        url=keyed.get("url") or next(filter(None, map(_address, lines[:6])), None),
        published=publication_day(lines) or keyed.get("published") or _closing_day(text),
    )


def _lines(text: str) -> list[str]:
    """Return the first lines of a text, with ``""`` for blank lines."""
    head = text[:_HEAD]
    lines: list[str] = []
    for source, view in zip(head.split("\n"), plain_view(head).split("\n"), strict=True):
        line = " ".join((source if "://" in source else view).split())  # the view has no addresses
        if line or (lines and lines[-1]):
            lines.append(line)
    return list(islice(lines, 2 * _LINES))


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 8 or text.rstrip().endswith(".")


def _title(text: str, lines: list[str]) -> str | None:
    filled = [line for line in lines if line]
    first = next((at for at, line in enumerate(filled) if not _is_about(line)), None)
    if first is None or first > 3:
        return None
    title = filled[first]
    after = lines[lines.index(title) + 1 :][:1]
    marked = text[:_HEAD].lstrip().startswith(("# ", "## ", "#\t", "##\t"))
    if marked or not after or after[0] == "" or _is_about(after[0]):
        return title if _reads_as_title(title) else None
    return None


def _is_about(line: str) -> bool:
    return bool(is_byline(line) or _address(line) or _key(line))


def _reads_as_title(line: str) -> bool:
    count = len(line.split())
    short = count < 2 and line.isascii()
    return not short and len(line) <= _TITLE and not line.endswith((".", ",", ";", ":")) and count <= 40


def _keyed(lines: list[str]) -> dict[str, str]:
    """Read lines such as ``Source: The Ledger`` and ``URL: https://…``. Only the first line of each kind is used."""
    found: dict[str, str] = {}
    for field, value in filter(None, map(_key, lines)):
        address = _address(value)
        if address and field in ("outlet", "url"):
            found.setdefault("url", address)
        elif field == "published":
            found.setdefault(field, leading_day(value) or "")
        elif field == "title" or (field == "outlet" and len(value) <= 60 and not _is_sentence(value)):
            found.setdefault(field, value)
    return {field: value for field, value in found.items() if value}


def _key(line: str) -> tuple[str, str] | None:
    key, _, value = line.partition(":")
    field = _KEYS.get(key.strip().lower())
    value = value.strip(" \"'")
    return (field, value) if field and value else None


def _address(text: str) -> str | None:
    """Return the address if a text consists of nothing else: ``https://…`` or ``<https://…>``."""
    bare = text.removeprefix("<").removesuffix(">")
    is_one = bare.startswith(("http://", "https://")) and bare.split() == [bare] and "<" not in bare and ">" not in bare
    return bare if is_one else None


def _signed(text: str, lines: list[str]) -> str | None:
    """Return the paper that signs the text at its head or foot, as in ``— The Harbour Post`` alone on a line."""
    for line in (*lines[:8], *text[-_LAST:].split("\n")):
        name = line.lstrip(" –—") if line.lstrip(" ").startswith(("–", "—")) else ""
        parts = name.split()
        is_title = len(name) <= _SIGNATURE and all(part[0].isupper() for part in parts)
        if (
            is_title
            and not any(sign in name for sign in ".,;:!?")
            and not OUTLETS.papers.isdisjoint(name.lower().split())
        ):
            return name
    return None


_LABEL = 40
_NAMES = 7  # words of the names in a byline, at most
_MORE = 90  # characters after a labelled date, at most
_NEAR = 6  # a byline may be in this many lines with text

# The words of a label such as "First published on:".
_PUBLISHED = ("published", "posted", "publication", "date")
_UPDATED = ("updated", "modified")
_OF_LABEL = (*_PUBLISHED, *_UPDATED, "first", "last", "on", "at", ":")
_SIGNS_AFTER_DAY = tuple("|·•–—,(/-")
_PARTING = " |·•–—/,-"
_IN_NAMES = str.maketrans("", "", "_.'’-")
_TIME = (
    r"(?:at |[T,] ?|- )?\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?\(?[A-Z]{2,4}\)?| ?Z| ?[+-]\d\d:?\d\d)?"
)


def publication_day(lines: list[str]) -> str | None:
    """Return the date of publication in the first lines of a text, whose words are separated by single spaces."""
    labelled = [found for line in lines for part in _parts(line) if (found := _labelled_day(part))]
    if labelled:
        return min(labelled, key=lambda found: found[0])[1]
    filled = [line for line in lines if line]
    days = (_byline_day(line) or _day_beside_name(filled, at) for at, line in enumerate(filled[:_NEAR]))
    return next(filter(None, days), None)


def _closing_day(text: str) -> str | None:
    """Return the labelled date of publication in the last lines of a text."""
    parts = (part for line in text[-_LAST:].split("\n") for part in _parts(line.strip()))
    return next((found[1] for part in parts if (found := _labelled_day(part))), None)


def dateline_day(text: str) -> str | None:
    """Return the day of a dateline with its year near the top of a text: YANGON, Oct. 20, 2025 (Reuters) -."""
    for line in list(filter(None, _lines(text)))[:_DATELINE_NEAR]:
        every = tuple(words(line, 0, _LOOKED_AT))
        for at in range(1, min(len(every), LONGEST_DATELINE)):
            found = read(every, at)
            if found is not None and _is_one_day(found) and is_dateline(every, at, found):
                return found.first.edtf()
    return None


def _parts(line: str) -> list[str]:
    """Return a line, its parts between signs such as ``|``, and what is in brackets: ``A raid (Published 8 March)``."""
    inner = re.findall(r"[(\[]([^()\[\]]{9,60})[)\]]", line)
    return list(dict.fromkeys([line, *(part.strip() for part in re.split(r"[|·•]", line)), *inner]))


def is_byline(line: str) -> bool:
    """Return whether a line gives the date or the author of a text."""
    return bool(starts_with_day(line) or _labelled_day(line) or _names_author(line) or _byline_day(line))


def _labelled_day(line: str) -> tuple[bool, str] | None:
    """Read a line that says when a text was published. Return whether it is about a later change, and the date."""
    if line[:1] in ("(", "["):
        line = line[1:].rstrip(")]")
    if not line.lower().startswith(_OF_LABEL):
        return None
    every = words(line, 0, _LABEL)
    label = [word.lower for word in takewhile(lambda word: word.lower in _OF_LABEL, every)]
    found = split_leading_day(line[every[len(label)].start :]) if len(label) < len(every) else None
    is_change = any(word in _UPDATED for word in label)
    if found and (is_change or any(word in _PUBLISHED for word in label)) and _is_no_sentence(found[1]):
        return is_change, found[0]
    return None


def _is_no_sentence(after: str) -> bool:
    """Return whether a time of day or a sign follows a date. If a word follows, the line is a sentence."""
    after = after.strip()
    more = after.startswith(_SIGNS_AFTER_DAY) or _without_time(after) != after
    return (more and len(after) <= _MORE) or not _has_words(after)


def _byline_day(line: str) -> str | None:
    """Return the date of ``By Ann Example, 5 January 2024``."""
    by, *parts = re.sub(r"[()]", "", line).split(" ")[: 3 * _NAMES]
    if by.lower() not in ("by", "by:"):
        return None
    for at in range(1, len(parts)):
        found = split_leading_day(" ".join(parts[at:]))
        if found:
            names = " ".join(parts[:at]).removesuffix(" on").rstrip(_PARTING)
            is_all = _are_names(names) and not _has_words(_without_time(found[1].lstrip()))
            return found[0] if is_all else None
    return None


def _day_beside_name(lines: list[str], at: int) -> str | None:
    """Return a date with a time of day or an author, or one alone on a line next to the author's."""
    day, after = split_leading_day(lines[at]) or ("", "")
    after = after.lstrip()
    who = _without_time(after)
    is_timed = who != after
    who = who.strip(_PARTING) if _has_words(who) else ""
    if not day or (who and not _are_names(who)):
        return None
    if is_timed or (who and at <= 3 and _is_name(who)):
        return day
    return day if not who and any(map(_names_author, lines[max(0, at - 1) : at + 2])) else None


def _without_time(text: str) -> str:
    found = re.match(_TIME, text)
    return text[found.end() :] if found else text


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _names_author(line: str) -> bool:
    by, _, names = line.partition(" ")
    by = by.removesuffix(":").lower()
    return (by == "by" and 1 < len(names) <= 60) or (by in ("text", "words") and _are_names(names))


def _are_names(text: str) -> bool:
    """Return whether a text consists of a few words as in names, separated only by commas."""
    parts = [part for part in text.replace(",", " ").split() if part not in ("and", "&")]
    return 0 < len(parts) <= _NAMES and all(part[0].isalpha() and part.translate(_IN_NAMES).isalnum() for part in parts)


def _is_name(text: str) -> bool:
    parts = text.removeprefix("by ").removeprefix("By ").replace(",", " ").split()
    return len(parts) > 1 and all(part[0].isupper() or part in ("and", "&", "de", "van", "bin") for part in parts)


_LONGEST = 40
_LOOKED_AT = 60
_FIGURES = "0123456789-/."
_SIGNS_AFTER_HEADING = (": ", "– ", "— ", ". ", "- ")


def leading_day(text: str) -> str | None:
    """Return the day that a text begins with in ISO form: ``2023-06-16`` for ``16 June 2023``."""
    found = split_leading_day(text)
    return found[0] if found else None


def split_leading_day(text: str) -> tuple[str, str] | None:
    """Return the day that a text begins with, and the rest. 05/01/2024 is not accepted: its order is not certain."""
    stretch = text[: len(text) - len(text.lstrip(_FIGURES))].rstrip("/.")
    day = _day_in_figures(stretch)
    if day:
        return day, text[len(stretch) :]
    found = _leading_date(text[:_LOOKED_AT].replace("-", " ").title())  # 16-jun-2023
    if found is None:
        return None
    when, end = found
    return (when.first.edtf(), text[end:]) if _is_one_day(when) and "/" not in when.form else None


def starts_with_day(line: str) -> bool:
    """Return whether a line begins with a day, even if the order of its numbers is not certain."""
    found = _leading_date(line)
    return split_leading_day(line) is not None or (found is not None and _is_one_day(found[0]))


def is_dated_heading(line: str) -> bool:
    """Return whether a line begins with a date that heads an entry: alone, or before a sign such as a colon or dash."""
    found = _leading_date(line)
    if found is None:
        return False
    when, end = found
    end -= line[end - 1] == "."  # of a month, or of a sentence: "16 June. The police"
    return is_only_a_date(line) or (when.form != "year" and line[end:].removeprefix(" ")[:2] in _SIGNS_AFTER_HEADING)


def is_only_a_date(line: str) -> bool:
    """Return whether a line is nothing but a day, a range of days, a month or a year."""
    found = _leading_date(line) if len(line) <= _LONGEST else None
    return found is not None and not any(map(str.isalnum, line[found[1] :]))


def _leading_date(text: str) -> tuple[When, int] | None:
    every = words(text, 0, _LOOKED_AT) if text[:1].isalnum() else []
    found = read(every, 0)
    return (found, every[found.end - 1].end) if found else None


def _is_one_day(when: When) -> bool:
    return when.last is None and not when.about and None not in when.first


def _day_in_figures(stretch: str) -> str | None:
    """Return the day given in numbers if their order is certain: the year is first, or dots separate them."""
    sign = stretch.lstrip("0123456789")[:1]
    parts = stretch.split(sign) if sign else []
    if len(parts) == 3 and len(parts[2]) == 4 and sign == ".":
        parts.reverse()
    if [len(part) for part in parts] not in ([4, 1, 1], [4, 1, 2], [4, 2, 1], [4, 2, 2]):
        return None
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return None


def sources_of(about: Metadata, heading: str, cited: Sequence[str] = ()) -> list[SourceDict]:
    """Return the sources: the publication, with the words that date the entry, and the outlets that the entry cites."""
    title, outlet, url, published = about
    none: SourceDict = {
        "outlet": "", "title": None, "author": None, "url": None, "published": None, "passage": None,
        "archived": None, "accessed": None, "via": None,
    }  # fmt: skip
    others = [none | {"outlet": name, "via": outlet} for name in cited]
    if not outlet:
        return others
    passage = " ".join(heading.split())
    own = none | {"outlet": outlet, "title": title, "url": url, "published": published, "passage": passage}
    return [own, *others]
