"""What a bag says about each evidence file, in ``data/evidence.json`` and in the inventory."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypedDict

from scamcli.exchange.bags import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class EvidenceEntry(TypedDict):
    """An evidence file in a bag. Texts are masked.

    Attributes:
        sources: how it was collected: name, source, url, collected_by, collected_at, method, tool and note.
        file: the path in the bag; ``None`` if the file was removed or withheld, so that only its hash is known.
        events: ids of events in the bag that it is evidence of.
        custody: what happened to it: at, by, action, detail and reason.
        derived_from: SHA-256 of the original, if this is a working copy.
        removed: why it was removed.
        withheld: whether only working copies of it were handed over.
    """

    sha256: str
    size: int
    media_type: str
    name: str
    derived_from: str | None
    sources: Sequence[Mapping[str, object]]
    events: Sequence[str]
    file: str | None
    removed: str | None
    withheld: bool
    custody: Sequence[Mapping[str, object]]


def path_in_bag(sha256: str, name: str) -> str:
    """Return where an evidence file lies in a bag: under its hash, with the ending of its name so that it opens."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    safe = ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
    return f"{layout.EVIDENCE_FOLDER}/{sha256}{safe}"


def as_json(entries: Iterable[Mapping[str, object]]) -> str:
    """Return the list as JSON that people can read as well."""
    return json.dumps(list(entries), ensure_ascii=False, indent=2)
