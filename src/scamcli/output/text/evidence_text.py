"""Write an evidence file as text: where it comes from, and what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.output.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.output.text import Row

_SOURCE = {
    "source": "source", "url": "url", "collected_by": "collected by", "collected_at": "collected at",
    "method": "method", "tool": "tool", "note": "note",
}  # fmt: skip
_INDENT = 14


def whole(row: Row) -> str:
    """Return everything about an evidence file, with what happened to it at the end, oldest first."""
    lines = [words.wrap_labelled(label, text, _INDENT) for label, text in _fields(row)]
    return "\n".join([*lines, "", *(words.wrap(line, "  ", "") for line in map(_custody, row["custody"]))])


def _fields(row: Row) -> Iterator[tuple[str, str]]:
    yield "sha256", row["sha256"]
    if row["removed"] is not None:
        yield "removed", row["removed"]
    yield "type", f"{row['media_type']}, {words.plural(row['size'], 'byte')}"
    if row["file"]:
        yield "file", row["file"]
    if row["derived_from"]:
        yield "working copy", f"of {row['derived_from']}"
    for source in row["sources"]:
        yield "name", source["name"]
        yield from ((label, source[key]) for key, label in _SOURCE.items() if source[key])
    for label, key in (("copies", "copies"), ("events", "events")):
        if row[key]:
            yield label, ", ".join(row[key])
    for text in row["texts"]:
        pages = f", {len(text['pages']):,} pages" if text["pages"] else ""
        yield "text", f"{text['sha256'][:12]}{pages}"


def _custody(one: Row) -> str:
    detail = {"handed over": "to", "derived": "from"}.get(one["action"], "")
    about = f" {detail} {one['detail']}" if one["detail"] else ""
    reason = f": {one['reason']}" if one["reason"] else ""
    return f"change {one['change']}  {one['at']}  {one['action']}{about}, by {one['by']}{reason}"
