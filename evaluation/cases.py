"""The texts of the evaluation, each with its gold: those of ``gold/``, and the article, whose gold is the seed.

This module only finds the texts. It does not read them as ``ingest`` does.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from evaluation.entries import Entry, of_gold, of_record
from scamcli.ingest.proposal import Known, Metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER = Path(__file__).resolve().parent
GOLD = FOLDER / "gold"
SEED = FOLDER.parent / "data" / "seed.jsonl"
SUFFIXES = (".txt", ".md", ".html")
HALVES = ("tune", "held")
FORMS = ("wire", "release", "report", "list", "qa", "statistics", "live", "chronology")
"""The forms of the texts in the manner of real ones; see ``ANNOTATING.md``."""


class Case(NamedTuple):
    """A text and its known entries.

    Attributes:
        name: Name of the file, without its suffix.
        half: ``tune`` or ``held``; for the article, its own name.
        path: Path of the text.
        about: What a user would state about the publication.
        gold: The known entries.
        known: The names in the timeline when the text is read.
        form: The form of the text, such as ``wire``, if its gold says it; see ``ANNOTATING.md``.
    """

    name: str
    half: str
    path: Path
    about: Metadata
    gold: list[Entry]
    known: Known
    form: str | None = None


def gold_cases() -> list[Case]:
    """Return the texts that were written for the evaluation, sorted by name."""
    return [_case(path) for path in sorted(GOLD.glob("*.json"))]


def article_cases(path: Path) -> list[Case]:
    """Return the article twice: for an empty timeline, and for one that knows the actors and sites of the seed."""
    records = [json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines()]
    about = Metadata(outlet="CamboJA", published="2023-06-16")
    gold = [of_record(record, about.outlet) for record in dated_entries(records)]
    states = {"article": Known(), "article, names known": known(records)}
    return [Case(name, name, path, about, gold, names) for name, names in states.items()]


def dated_entries(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one record for each dated entry of the article: the seed divides some entries into several events.

    What the seed takes from the lead and the caption is left out, because these have no date.
    """
    entries: dict[str, dict[str, Any]] = {}
    for record in records:
        if record["type"] != "event" or (passage := record["sources"][0]["passage"]) in {"Lead", "Caption"}:
            continue
        entry = entries.setdefault(passage, record | {"date": record["date"].rstrip("?~")})
        for key, value in record.items():
            if isinstance(value, list) and entry is not record:
                entry[key] = entry[key] + [one for one in value if one not in entry[key]]
    return list(entries.values())


def known(records: Iterable[Mapping[str, Any]]) -> Known:
    """Return the names that a timeline with these records knows."""
    actors, sites = ([record for record in records if record["type"] == sort] for sort in ("actor", "site"))
    return Known(
        actors=_forms(actors),
        sites=_forms(sites),
        kinds={actor["name"]: actor["kind"] for actor in actors if actor["kind"]},
        places={site["name"]: site["province"] for site in sites if site["province"]},
    )


def _forms(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {form: record["name"] for record in records for form in (record["name"], *record["aliases"])}


def _case(path: Path) -> Case:
    case = json.loads(path.read_text(encoding="utf-8"))
    text = next(other for suffix in SUFFIXES if (other := path.with_suffix(suffix)).exists())
    about = Metadata(**case["about"])
    gold = [of_gold(entry) for entry in case["entries"]]
    return Case(path.stem, case["half"], text, about, gold, Known(), case.get("form"))
