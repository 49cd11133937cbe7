"""RIS and BibTeX: their readers find the items of the CSL bibliography, and no text acts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from scamcli.output.escaping import one_line
from tests.helpers.command_line import done
from tests.helpers.nasty_records import EVENT, take
from tests.helpers.validators import need

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "a}\nER  - \nTY  - X @book{k, \\input{x} 100% $x$ #1 ~^_& \u202e{"


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


def test_a_hostile_text_stays_in_its_field(empty_db: Path, tmp_path: Path) -> None:
    source = {"outlet": HOSTILE, "title": HOSTILE, "author": HOSTILE, "published": "2022-09~"}
    take(tmp_path, EVENT | {"sources": [source, {"outlet": "VOD"}]})
    first, second = ris()
    assert first["title"] == one_line(HOSTILE)
    assert (second["secondary_title"], first["date"]) == ("VOD", "2022/09//")
    entry, other = bibtex()
    title = entry.fields_dict["title"].value
    assert (
        re.sub(r"\\(textbackslash|textbraceleft|textbraceright|textasciitilde|textasciicircum)\{\}", "", title).count(
            "{"
        )
        == 0
    )
    assert not re.search(r"(?<!\\)[%$#&_]", title)
    assert other.fields_dict["journal"].value == "VOD"
    assert entry.fields_dict["date"].value == "2022-09~"


def test_latex_reads_what_was_written(empty_db: Path, tmp_path: Path) -> None:
    decode = need("pylatexenc.latex2text").LatexNodes2Text().latex_to_text
    text = "50% of $5 a_b #1 A&B c:\\d g~h"
    take(tmp_path, EVENT | {"sources": [{"outlet": "VOD", "title": text}]})
    (entry,) = bibtex()
    assert decode(entry.fields_dict["title"].value) == text


def test_a_date_with_an_open_end_is_in_the_note(empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"sources": [{"outlet": "VOD", "published": "2022-08-18/.."}]})
    (entry,) = bibtex()
    assert "date" not in entry.fields_dict
    assert "Published: 2022-08-18/.." in entry.fields_dict["note"].value
    assert "Published: 2022-08-18/.." in ris()[0]["notes"]
