"""A vault for Obsidian: a note per event, actor and site, with front matter in YAML and [[wiki links]] between them.

A file name is a readable form of the name that every file system accepts, and unique also where case does not matter.
All names are collected before the first note is written, because a note may link to a later one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from scamcli.exchange.exporters import flat, sentences
from scamcli.exchange.exporters.dump import Losses
from scamcli.exchange.exporters.markdown_text import bullets, escape, link
from scamcli.exchange.exporters.spots import Spots, attribution
from scamcli.output import phrases
from scamcli.output.escaping import escape_controls, one_line, paragraphs
from scamcli.output.text import figure_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scamcli.exchange.exporters.dump import Dump, ExportOptions
    from scamcli.records.types import ActorDict, EventDict, OwnerDict, SiteDict

    Values = Mapping[str, object]

INDEX = "Timeline"
LONGEST = 100
"""The longest file name in bytes, without a number and the suffix; file systems allow 255 for all of it."""

_FORBIDDEN = r'[\\/:*?"<>|#^\[\]%=]+|\s+'
"""What file systems refuse in a name, or Obsidian in a link."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names of devices on Windows."""


def write(dump: Dump, folder: Path, losses: Losses, options: ExportOptions) -> None:
    """Write the notes, and a note that lists the events."""
    vault = _Vault(dump, folder)
    for actor in dump.actors():
        vault.add_actor(actor)
    for site in dump.sites():
        vault.add_site(site)
    with (folder / f"{INDEX}.md").open("w", encoding="utf-8", newline="\n") as index:
        index.write(f"# Timeline\n\n{escape(dump.sentence)}\n\n" if dump.sentence else "# Timeline\n\n")
        for event in dump.events():
            vault.add_event(event)
            index.write(f"- {sentences.when(event['date'])}: {vault.link('event', event['id'], event['title'])}\n")
        index.writelines(f"\n{escape(f'Terms of use of {terms}.')}\n" for terms in dump.terms())
        index.writelines(f"\n{escape(f'{what}: {whose}')}\n" for what, whose in attribution().items())


class Names:
    """The names of the files of notes."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._taken = {INDEX.casefold()}

    def of(self, type_: str, name: str) -> str:
        """Return the name of the file for a record, which stays the same."""
        found = self._names.get((type_, name))
        if found is None:
            found = self._names[type_, name] = self._free(type_, _safe(name))
            self._taken.add(_folded(found))
        return found

    def _free(self, type_: str, wanted: str) -> str:
        found, number = wanted, 1
        while _folded(found) in self._taken:
            found = f"{wanted} ({type_})" if number == 1 else f"{wanted} ({type_} {number})"
            number += 1
        return found


def _safe(name: str) -> str:
    text = re.sub(_FORBIDDEN, " ", unicodedata.normalize("NFC", one_line(name)))
    text = text.encode()[:LONGEST].decode(errors="ignore").strip(" .")
    return f"_{text}" if not text or _RESERVED.fullmatch(text) else text


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKD", name.casefold())


class _Vault:
    """Writes notes into a folder."""

    def __init__(self, dump: Dump, folder: Path) -> None:
        self._folder = folder
        self._names = Names()
        for actor in dump.actors():
            self._names.of("actor", actor["name"])
        for site in dump.sites():
            self._names.of("site", site["name"])
        for event in dump.events():
            self._names.of("event", event["id"])
        self._units = sentences.units(dump)
        self._spots, self._totals = Spots(dump, Losses()), flat.Totals(dump, Losses())
        for type_ in ("actor", "site", "event"):
            (folder / f"{type_}s").mkdir()

    def link(self, type_: str, name: str, label: str | None = None) -> str:
        """Return a link to a note whose label has none of the characters that would end it."""
        file, label = (
            self._names.of(type_, name),
            re.sub(r"[\[\]|\\`*_<>$%=~#^]+", " ", one_line(label or name)).strip(),
        )
        return f"[[{file}]]" if file == label or not label else f"[[{file}|{label}]]"

    def add_actor(self, actor: ActorDict) -> None:
        keys = ("name", "aliases", "kind", "positions", "topics", "protected")
        values = _values("actor", actor, *keys) | {
            "member_of": [self.link("actor", body) for body in actor["member_of"]]
        }
        self._note("actor", values, paragraphs(actor["note"] or ""), {})

    def add_site(self, site: SiteDict) -> None:
        keys = ("name", "aliases", "kind", "country", "province", "place", "lat", "lon", "precision")
        said = [f"Said to be owned by {self._claim(claim)}" for claim in site["owners"]]
        said += [f"Said to be run by {self._claim(claim)}" for claim in site["operators"]]
        states = list(map(_text, map(phrases.site_status, site["statuses"])))
        values, texts = _values("site", site, *keys), paragraphs(site["note"] or "")
        self._note("site", values, texts, {"Claims": said, "States": states})

    def _claim(self, claim: OwnerDict) -> str:
        """Return who is said to hold a site, and who says so where."""
        event = f", {self.link('event', claim['event'])}" if claim["event"] else ""
        note = f". {_text(claim['note'])}" if claim["note"] else ""
        return f"{self.link('actor', claim['name'])}, {_text(phrases.claimed_by(claim))}{event}{note}"

    def add_event(self, event: EventDict) -> None:
        spot = flat.most_precise(self._spots.of(event), Losses())
        values: dict[str, object] = {"type": "event", **flat.texts(event, spot)}
        values |= {"edtf": event["date"], "aliases": [event["title"]], "tags": _tags([event["kind"], *event["tags"]])}
        values |= {
            key: list(named) for key, named in (("provinces", event["provinces"]), ("countries", event["countries"]))
        }
        values |= {"nationalities": event["nationalities"], "status": "draft" if event["status"] == "draft" else None}
        values["actors"] = [self.link("actor", name) for name in dict.fromkeys(one["name"] for one in event["actors"])]
        values["sites"] = [self.link("site", name) for name in (*event["sites"], *event["linked_sites"])]
        values["sources"] = list(dict.fromkeys(source["outlet"] for source in event["sources"]))
        texts = paragraphs(event["summary"] or "")
        texts += [f"Where: {where}"] if (where := phrases.location(event)) else []
        texts += [f"Note: {event['note']}"] if event["note"] else []
        texts += filter(None, [sentences.terms(event)])
        self._note("event", values | self._totals.of(event), texts, self._lists(event))

    def _lists(self, event: EventDict) -> dict[str, list[str]]:
        links = []
        for one in event["links"]:
            about = "".join(
                f", {_text(text)}" for text in (one["figure"] and f"figure {one['figure']}", one["note"]) if text
            )
            links.append(f"This event {phrases.in_words(one['type'])} {self.link('event', one['event'])}{about}")
        return {
            "Figures": list(map(_text, figure_text.with_notes(event["figures"], self._units))),
            "Actors": [
                f"{self.link('actor', one['name'])}: {phrases.in_words(one['role'])}" for one in event["actors"]
            ],
            "Linked sites": [self.link("site", name) for name in event["linked_sites"]],
            "Other events": links,
            "Sources": [sentences.source(source, _text, link) for source in event["sources"]],
        }

    def _note(self, type_: str, values: Values, texts: Iterable[str], lists: Mapping[str, list[str]]) -> None:
        """Write a note: front matter, title and paragraphs, which are escaped here, and lists, which already are."""
        name = str(values["id" if type_ == "event" else "name"])
        path = self._folder / f"{type_}s" / f"{self._names.of(type_, name)}.md"
        blocks = [f"# {_text(str(values.get('title', name)))}", *map(_text, texts)]
        blocks += (f"## {heading}\n\n{block}" for heading, items in lists.items() for block in bullets(items))
        text = "\n\n".join([f"---\n{_front_matter(values)}---", *blocks])
        path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _values(type_: str, record: Mapping[str, object], *keys: str) -> dict[str, object]:
    return {"type": type_} | {key: record[key] for key in keys}


def _front_matter(values: Values) -> str:
    """Return values as YAML, in the flow style that it shares with JSON, without empty ones."""
    return "".join(
        f"{_yaml(key) if re.search(r'[^a-z_]', key) else key}: {_yaml(value)}\n"
        for key, value in values.items()
        if value is not None and value not in ("", [])
    )


def _yaml(value: object) -> str:
    text = escape_controls(json.dumps(value, ensure_ascii=False))
    return re.sub("[\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _text(text: str) -> str:
    """Return a text on one line in which nothing acts, including what only Obsidian interprets: %%, ==."""
    return re.sub("[%=]", r"\\\g<0>", escape(text).replace("\\=", "="))


def _tags(words: Iterable[str]) -> list[str]:
    """Return tags as Obsidian has them: without spaces and most punctuation."""
    return list(dict.fromkeys(filter(None, (re.sub(r"[^\w/-]+", "-", word).strip("-") for word in words))))
