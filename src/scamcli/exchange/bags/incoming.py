"""The evidence files in a bag that comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, FailFast, Field, TypeAdapter, ValidationError

from scamcli.errors import DataError, quote
from scamcli.exchange.bags import layout
from scamcli.exchange.incoming import Incoming, problem_of
from scamcli.records.plain_files import file_within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ListedSource(BaseModel):
    """How a file was collected, in the list of evidence."""

    source: str | None = None
    url: str | None = None
    collected_by: str | None = None
    collected_at: str | None = None
    method: str | None = None
    tool: str | None = None
    note: str | None = None


class ListedFile(BaseModel):
    """An evidence file in the list of evidence of a bag; see `scamcli.exchange.bags.evidence_list.EvidenceEntry`."""

    sha256: Sha256
    name: str
    file: str | None
    sources: Annotated[list[ListedSource], FailFast()]
    events: Annotated[list[str], FailFast()]
    derived_from: Sha256 | None = None


_LIST = TypeAdapter(Annotated[list[ListedFile], FailFast()])  # a list of mistakes can take gigabytes


def read(folder: Path, label: str) -> Iterator[Incoming]:
    """Yield the evidence files of a bag that was checked, and at last the list itself, as a file.

    Only files of the payload are read, all of which are in a manifest.

    Args:
        folder: The bag.
        label: What the notes call the bag.

    Raises:
        DataError: The bag has no list of evidence, or one of another form, or it names a file outside the payload.
    """
    if not (folder / layout.EVIDENCE).is_file():
        raise DataError(f"The {label} has no {layout.EVIDENCE}, so it is not a bag of scamcli.")
    for entry in _listed(folder):
        if entry.file is None:
            continue
        if not entry.file.startswith("data/"):
            raise DataError(f"{layout.EVIDENCE} names {quote(entry.file[:200])}, which is not in the payload.")
        if not entry.sources:
            raise DataError(
                f"{layout.EVIDENCE} does not say where {quote(entry.name[:200])} comes from: its `sources` are empty.",
                "Nothing was added. Ask the sender for a new copy.",
            )
        path = file_within(folder, entry.file, layout.EVIDENCE)
        sources = [one.model_dump() for one in entry.sources]
        came_in = f"came in the {label}"
        yield Incoming(
            path,
            entry.name,
            entry.sha256,
            [{**one, "note": "; ".join(filter(None, (one["note"], came_in)))} for one in sources],
            entry.events,
            entry.derived_from,
        )
    note = "The sender's list of evidence, with what happened to each file before."
    sender = layout.read_info(folder).get("Internal-Sender-Identifier") or "the sender of the bag"
    listed = {"source": sender, "method": label, "note": note}
    yield Incoming(folder / layout.EVIDENCE, "evidence.json", "", [listed])


def _listed(folder: Path) -> list[ListedFile]:
    try:
        return _LIST.validate_json((folder / layout.EVIDENCE).read_bytes())
    except ValidationError as error:
        raise DataError(
            f"{layout.EVIDENCE} is not a list of evidence: {problem_of(error)}.",
            "Nothing was added. Ask the sender for a new copy.",
        ) from None
