"""Evidence files that come in together with what their sender knows about them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from scamcli.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic import ValidationError


class Incoming(NamedTuple):
    """A file to be kept as evidence.

    Attributes:
        path: where it is.
        name: its original name.
        sha256: its hash according to the sender; empty if the sender gives none.
        sources: how it was collected: source, url, collected_by, collected_at, method, tool and note.
        events: ids of events that it is evidence of.
        original: SHA-256 of the file that it was derived from.
    """

    path: Path
    name: str
    sha256: str
    sources: Sequence[Mapping[str, str | None]]
    events: Sequence[str] = ()
    original: str | None = None


MOST_LISTED = 10


def host_of(url: str | None) -> str | None:
    """Return the host of an address, or ``None`` if a text is no address."""
    with suppress(ValueError):
        return urlsplit(url or "").hostname
    return None


def problem_of(error: ValidationError) -> str:
    """Return in what way a description is not of its declared form: ``Input should be a valid string (at hash)``."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    return f"{first['msg']}{f' (at {where})' if where else ''}"


def refuse(path: Path, problems: Sequence[str]) -> None:
    """Raise `DataError` if there is any problem with a file that comes in."""
    if problems:
        more = (*problems[:MOST_LISTED], *(["…"] if len(problems) > MOST_LISTED else []))
        raise DataError(
            f"{path} has changed since it was made.", "Nothing was added. Ask the sender for a new copy.", more
        )
