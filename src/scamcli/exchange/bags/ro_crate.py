"""``ro-crate-metadata.json`` (RO-Crate 1.1): what the files of a bag are, for programs of archives and laboratories.

Plain JSON, because the library ``rocrate`` copies every file that it describes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.exchange.bags import layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.exchange.bags.evidence_list import EvidenceEntry
    from scamcli.exchange.bags.write import WrittenFile

_VERSION = "https://w3id.org/ro/crate/1.1"
_TERMS = "#terms"
_TERMS_TEXT = (
    "Handed over for examination. No licence is granted; rights in evidence files belong to their authors. Handle"
    " personal data in this bag as the law requires."
)


class CrateInfo(NamedTuple):
    """What a crate says about the whole bag: a title, a description, when and by whom it was made, and the version."""

    title: str
    about: str
    made: str
    made_by: str
    software: str


def metadata(
    info: CrateInfo,
    files: Sequence[WrittenFile],
    about: Mapping[str, tuple[str, str]],
    evidence: Sequence[EvidenceEntry],
) -> str:
    """Return the JSON of the crate.

    Args:
        info: About the whole bag.
        files: The files to describe.
        about: A description and a media type by path; evidence files are not in it.
        evidence: The list of evidence files.
    """
    by_path = {entry["file"]: entry for entry in evidence if entry["file"]}
    paths = {entry["sha256"]: entry["file"] for entry in evidence if entry["file"]}
    people = _people(evidence)
    graph: list[dict[str, object]] = [
        {"@id": layout.CRATE, "@type": "CreativeWork", "conformsTo": {"@id": _VERSION}, "about": {"@id": "./"}},
        {
            "@id": "./", "@type": "Dataset", "name": info.title, "description": info.about,
            "datePublished": info.made, "license": {"@id": _TERMS}, "author": {"@id": "#author"},
            "hasPart": [{"@id": file.path} for file in files],
        },
        {"@id": _TERMS, "@type": "CreativeWork", "name": "Terms", "description": _TERMS_TEXT},
        {"@id": "#author", "@type": "Person", "name": info.made_by},
        {"@id": "#scamcli", "@type": "SoftwareApplication", "name": "scamcli", "version": info.software},
    ]  # fmt: skip
    graph += [{"@id": id_, "@type": "Person", "name": name} for name, id_ in people.items()]
    for file in files:
        entry = by_path.get(file.path)
        described = _evidence(entry, paths, people) if entry else _described(*about.get(file.path, ("", "text/plain")))
        graph.append({
            "@id": file.path, "@type": "File", "contentSize": str(file.size), "sha256": file.digests["sha256"],
            **described,
        })  # fmt: skip
    context = [f"{_VERSION}/context", {"sha256": "http://schema.org/sha256"}]
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=2)


def _people(evidence: Sequence[EvidenceEntry]) -> dict[str, str]:
    """Return the id of each person who collected evidence, by name."""
    names = dict.fromkeys(one["collected_by"] for entry in evidence for one in entry["sources"])
    return {str(name): f"#collector-{number}" for number, name in enumerate(filter(None, names), 1)}


def _described(about: str, media_type: str) -> dict[str, object]:
    return {"name": about, "encodingFormat": media_type}


def _evidence(entry: EvidenceEntry, paths: Mapping[str, str | None], people: Mapping[str, str]) -> dict[str, object]:
    """Return the properties of an evidence file, with its first source. Those without a value are left out."""
    original = paths.get(entry["derived_from"] or "")
    source = entry["sources"][0] if entry["sources"] else {}
    collector = source.get("collected_by")
    described = {
        "name": entry["name"], "encodingFormat": entry["media_type"], "description": source.get("note"),
        "dateCreated": source.get("collected_at"), "citation": source.get("url") or source.get("source"),
        "author": {"@id": people[str(collector)]} if collector else None,
        "isBasedOn": {"@id": original} if original else None,
    }  # fmt: skip
    return {key: value for key, value in described.items() if value}
