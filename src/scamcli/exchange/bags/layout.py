"""The names of the files in a bag, and the tags of one of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = "data/records.jsonl"
EVENTS = "data/events.csv"
FIGURES = "data/figures.csv"
HISTORY = "data/history.jsonl"
HEAD = "data/head.txt"
SEALS = "data/seals.txt"
LEAVES = "data/leaves.jsonl"
EVIDENCE = "data/evidence.json"
EVIDENCE_FOLDER = "data/evidence"
TIMESTAMPS = "data/timestamps"

README = "README.txt"
INVENTORY_HTML = "inventory.html"
INVENTORY_TEXT = "inventory.txt"
CRATE = "ro-crate-metadata.json"

DECLARATION = "bagit.txt"
INFO = "bag-info.txt"

ALGORITHMS = ("sha256", "sha512")
ANCHOR = "tagmanifest-sha256.txt"
"""The file whose SHA-256 stands for the whole bag, because it lists the manifests, which list every other file."""

HEAD_TAG = "Scamcli-Head"
FORMAT_TAG = "Scamcli-Bag-Format"
FORMAT = "1"


def manifest(algorithm: str) -> str:
    """Return the name of the manifest of the payload."""
    return f"manifest-{algorithm}.txt"


def tag_manifest(algorithm: str) -> str:
    """Return the name of the manifest of all other files."""
    return f"tagmanifest-{algorithm}.txt"


def read_info(folder: Path) -> dict[str, str]:
    """Return the tags of ``bag-info.txt``; an empty dictionary if it cannot be read."""
    with suppress(OSError, UnicodeDecodeError):
        lines = (folder / INFO).read_text(encoding="utf-8").splitlines()
        return {tag: value.strip() for tag, found, value in (line.partition(":") for line in lines) if found}
    return {}
