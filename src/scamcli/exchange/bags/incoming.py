"""The evidence files in a bag that comes in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.exchange.bags import layout
from scamcli.exchange.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEPT = ("source", "url", "collected_by", "collected_at", "method", "tool", "note")


def read(folder: Path, label: str) -> Iterator[Incoming]:
    """Yield the evidence files of a bag of this tool that was checked, and at last the list itself, as a file.

    Args:
        folder: The bag.
        label: What the notes call the bag.

    Raises:
        DataError: The bag has no list of evidence.
    """
    if not (folder / layout.EVIDENCE).is_file():
        raise DataError(f"The {label} has no {layout.EVIDENCE}, so it is not a bag of scamcli.")
    for entry in json.loads((folder / layout.EVIDENCE).read_bytes()):
        if entry["file"]:
            sources = [{key: one.get(key) for key in _KEPT} for one in entry["sources"]]
            yield Incoming(
                folder / entry["file"], entry["name"], entry["sha256"],
                [{**one, "note": "; ".join(filter(None, (one["note"], f"came in the {label}")))} for one in sources],
                entry["events"], entry["derived_from"],
            )  # fmt: skip
    note = "The sender's list of evidence, with what happened to each file before."
    sender = layout.read_info(folder).get("Internal-Sender-Identifier") or "the sender of the bag"
    listed = {"source": sender, "method": label, "note": note}
    yield Incoming(folder / layout.EVIDENCE, "evidence.json", "", [listed])
