"""RIS and BibTeX: their readers find the items of the CSL bibliography, and no text acts."""

from __future__ import annotations

import json
from typing import Any

from tests.helpers.command_line import done
from tests.helpers.validators import need


def csl() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(done("export", "csl").out)
    return items


def ris() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = need("rispy").loads(done("export", "ris").out)
    return found


def bibtex() -> list[Any]:
    library = need("bibtexparser").parse_string(done("export", "bibtex").out)
    assert library.failed_blocks == []
    return list(library.entries)


def test_ris_has_every_item(timeline: str) -> None:
    for item, reference in zip(csl(), ris(), strict=True):
        assert reference["id"] == item["id"]
        described = f"[{item['container-title']}, "
        assert reference["title"] == item.get("title") or reference["title"].startswith(described)
        assert reference["secondary_title"] == item["container-title"]
        assert reference.get("urls", [None])[0] == item.get("URL")
        if "issued" in item and "date-parts" in item["issued"]:
            assert reference["year"] == f"{item['issued']['date-parts'][0][0]:04}"


def test_bibtex_has_every_item(timeline: str) -> None:
    for item, entry in zip(csl(), bibtex(), strict=True):
        fields = {key: field.value for key, field in entry.fields_dict.items()}
        assert entry.key == item["id"]
        assert fields.get("url") == item.get("URL")
        assert {"organization", "journal"} & fields.keys()
        assert fields["note"]
