"""What the first lines of a text say of its publication: title, day, outlet, address.

Only what is plainly said is taken. A day that stands alone may as well be the first entry of a timeline, a name at
the foot of a page is no outlet, and a wrong title is worse than none. This reads no page's tags: `pages` does.
"""

from __future__ import annotations

from itertools import islice

from scamcli.ingest.proposal import Metadata
from scamcli.ingest.reading.bylines import is_byline, published
from scamcli.ingest.reading.days import day_in_words
from scamcli.ingest.reading.markdown import front_matter, plain_view

_HEAD = 6000
_LINES = 15  # that hold something, at the beginning
_LAST = 400
_TITLE = 250
_SIGNATURE = 55

_KEYS = {
    "title": "title",
    "headline": "title",
    "outlet": "outlet",
    "publisher": "outlet",
    "publication": "outlet",
    "source": "outlet",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "date": "published",
    "published": "published",
}
# Of a signature only these words say that it is a paper's: "— The Governor" is who said the words above it.
_PAPERS = (
    *("agency", "chronicle", "courier", "daily", "dispatch", "express", "gazette", "guardian", "herald", "independent"),
    *("journal", "ledger", "magazine", "mail", "mirror", "monitor", "news", "newspaper", "observer", "post", "press"),
    *("radio", "record", "reporter", "review", "standard", "star", "sun", "telegraph", "times", "tribune", "weekly"),
)


def overlaid(found: Metadata, given: Metadata) -> Metadata:
    """Give what was found, with each field that is given in its place."""
    return Metadata(*(new if new is not None else old for old, new in zip(found, given, strict=True)))


def in_first_lines(text: str) -> Metadata:
    """Give what the beginning of a plain text or of Markdown says of its publication."""
    lines = _lines(text)
    keyed = _keyed([*front_matter(text).splitlines(), *lines])
    return Metadata(
        title=keyed.get("title") or _title(text, lines),
        outlet=keyed.get("outlet") or _signed(text, lines),
        url=keyed.get("url") or next(filter(None, map(_address, lines[:6])), None),
        published=published(lines) or keyed.get("published"),
    )


def _lines(text: str) -> list[str]:
    """The first lines that hold something, each with a blank one as ``""`` after it where the text has one."""
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
    """Say whether a line tells of the publication: when, by whom, where."""
    return bool(is_byline(line) or _address(line) or _key(line))


def _reads_as_title(line: str) -> bool:
    count = len(line.split())
    short = count < 2 and line.isascii()
    return not short and len(line) <= _TITLE and not line.endswith((".", ",", ";", ":")) and count <= 40


def _keyed(lines: list[str]) -> dict[str, str]:
    """Read lines such as ``Source: The Ledger`` and ``URL: https://…``; the first of a kind counts."""
    found: dict[str, str] = {}
    for field, value in filter(None, map(_key, lines)):
        address = _address(value)
        if address and field in ("outlet", "url"):
            found.setdefault("url", address)
        elif field == "published":
            found.setdefault(field, day_in_words(value) or "")
        elif field == "title" or (field == "outlet" and len(value) <= 60 and not _is_sentence(value)):
            found.setdefault(field, value)
    return {field: value for field, value in found.items() if value}


def _key(line: str) -> tuple[str, str] | None:
    key, _, value = line.partition(":")
    field = _KEYS.get(key.strip().lower())
    value = value.strip(" \"'")
    return (field, value) if field and value else None


def _address(text: str) -> str | None:
    """Give the address that is the whole of a text, ``https://…`` or ``<https://…>``."""
    bare = text.removeprefix("<").removesuffix(">")
    is_one = bare.startswith(("http://", "https://")) and bare.split() == [bare] and "<" not in bare and ">" not in bare
    return bare if is_one else None


def _signed(text: str, lines: list[str]) -> str | None:
    """Give the paper that signs the text, ``— The Harbour Post`` in a line of its own, at its head or its foot."""
    for line in (*lines[:8], *text[-_LAST:].split("\n")):
        name = line.lstrip(" –—") if line.lstrip(" ").startswith(("–", "—")) else ""
        parts = name.split()
        if len(name) <= _SIGNATURE and not any(sign in name for sign in ".,;:!?") and _is_paper(parts):
            return name
    return None


def _is_paper(parts: list[str]) -> bool:
    return all(part[0].isupper() for part in parts) and any(part.lower() in _PAPERS for part in parts)
