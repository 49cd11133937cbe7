"""Write what explains a bag: the list of evidence, the inventory, the crate, the README and ``bag-info.txt``."""

from __future__ import annotations

from importlib.resources import files
from string import Template
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from scamcli.exchange.bags import evidence_list, inventory, layout, ro_crate
from scamcli.exchange.bags.inventory import Section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.exchange.bags.evidence_list import EvidenceEntry
    from scamcli.exchange.bags.write import BagWriter, WrittenFile

ABOUT: Mapping[str, tuple[str, str]] = {
    layout.RECORDS: ("All records, one JSON object per line; `scamcli import` reads them", "application/x-ndjson"),
    layout.EVENTS: ("The events as a table for spreadsheets", "text/csv"),
    layout.FIGURES: ("The figures of the events as a table for spreadsheets", "text/csv"),
    layout.HISTORY: ("Who changed which of these records, when and why, newest first", "application/x-ndjson"),
    layout.HEAD: ("The number and the seal of the newest change", "text/plain"),
    layout.EVIDENCE: ("Where each evidence file comes from", "application/json"),
    layout.README: ("How to check this bag", "text/plain"),
    layout.INVENTORY_HTML: ("The inventory as a page", "text/html"),
    layout.INVENTORY_TEXT: ("The inventory as plain text", "text/plain"),
    layout.CRATE: ("A description for programs (RO-Crate 1.1)", "application/ld+json"),
}
"""What each file is, and its media type."""

_MASKED = (
    "Names of protected persons are replaced by [protected-N] in everything written. Evidence files are unchanged, so"
    " they can name or show protected persons."
)
_UNMASKED = "This bag holds the names of protected persons. Keep it as you would keep the database."


class BagContents(NamedTuple):
    """What the explanations of a bag need to know. All texts are masked, unless `is_masked` is false.

    Attributes:
        selection: which events were chosen, in words; empty for all.
        made: when, in UTC.
        made_by: the author of the export.
        database: the name of the database file.
        software: the version of this tool.
        head: the line that identifies the newest change.
        evidence: the list of evidence files.
        events: id, date and title of the events that an evidence file supports.
        custody: when, who, what and which file, for each event in the custody of the evidence.
        timestamps: path of each reply in the bag, the path of what it stamps, and the time it states.
        numbers: how many records of each type there are.
        is_masked: whether protected names are masked.
    """

    selection: str
    made: str
    made_by: str
    database: str
    software: str
    head: str
    evidence: Sequence[EvidenceEntry]
    events: Sequence[tuple[str, str, str]]
    custody: Sequence[tuple[str, str, str, str]]
    timestamps: Sequence[tuple[str, str, str]]
    numbers: Mapping[str, int]
    is_masked: bool

    @property
    def title(self) -> str:
        """The title of the bag."""
        return f"Timeline and evidence: {self.selection}" if self.selection else "Timeline and evidence"


def finish(bag: BagWriter, contents: BagContents) -> str:
    """Write the explanations and the manifests, and return the digest that stands for the bag."""
    bag.write_lines(layout.EVIDENCE, [evidence_list.as_json(contents.evidence)])
    payload = bag.payload()
    sections = _sections(contents, payload)
    bag.write_lines(layout.INVENTORY_HTML, inventory.html(contents.title, sections))
    bag.write_lines(layout.INVENTORY_TEXT, inventory.text(contents.title, sections))
    bag.write_lines(layout.README, [_readme(contents, len(payload))])
    described = sorted(bag.files.values())
    about = f"Records, their history and evidence files of {contents.database}, exported by {contents.made_by}."
    crate = ro_crate.CrateInfo(contents.title, about, contents.made, contents.made_by, contents.software)
    bag.write_lines(layout.CRATE, [ro_crate.metadata(crate, described, ABOUT, contents.evidence)])
    return bag.finish(_info(contents))


def _info(contents: BagContents) -> dict[str, str]:
    return {
        "External-Description": contents.title,
        "Internal-Sender-Identifier": contents.database,
        "Contact-Name": contents.made_by,
        "Bagging-Date": contents.made[:10],
        "Bag-Software-Agent": f"scamcli {contents.software}",
        layout.FORMAT_TAG: layout.FORMAT,
        layout.HEAD_TAG: contents.head,
        "Scamcli-Exported-At": contents.made,
        "Scamcli-Selection": contents.selection or "everything",
        "Scamcli-Protected-Names": "masked" if contents.is_masked else "included",
        **{f"Scamcli-{type_.title()}": str(number) for type_, number in contents.numbers.items()},
        "Scamcli-Evidence-Files": str(sum(entry["file"] is not None for entry in contents.evidence)),
    }


def _readme(contents: BagContents, files_in_payload: int) -> str:
    listed = [
        f"{path:<24}{about}"
        for path, (about, _) in ABOUT.items()
    ] + [f"{layout.EVIDENCE_FOLDER + '/':<24}The evidence files, each named after its SHA-256"]  # fmt: skip
    template = Template(files(__package__).joinpath("readme.txt").read_text(encoding="utf-8"))
    return template.substitute(
        title=contents.title, rule="=" * min(len(contents.title), inventory.WIDTH), version=contents.software,
        made=contents.made, files=files_in_payload, timestamps=_timestamps(contents), contents="\n".join(listed),
        protected=_wrapped(_MASKED if contents.is_masked else _UNMASKED),
    ).rstrip()  # fmt: skip


def _timestamps(contents: BagContents) -> str:
    if not contents.timestamps:
        return _wrapped(
            "\nNo timestamp of an authority was kept with this history. So the times in it are those of the clock of"
            " whoever entered them."
        )
    lines = ["", "These timestamps of an authority (RFC 3161) show that a seal existed at a time:"]
    for reply, stamped, at in contents.timestamps:
        lines += ["", f"{at}", f"    openssl ts -verify -data {stamped} -in {reply} -CAfile AUTHORITY.pem"]
    return "\n".join([*lines, "", "Get the certificate AUTHORITY.pem from the authority itself, not from the sender."])


def _wrapped(text: str) -> str:
    start = "\n" if text.startswith("\n") else ""
    return start + "\n".join(wrap(text.strip(), 120))


def _sections(contents: BagContents, payload: Sequence[WrittenFile]) -> list[Section]:
    about = f"scamcli {contents.software} wrote this inventory on {contents.made} from {contents.database}."
    selection = f"It holds {contents.selection or 'all reviewed records of the timeline'}."
    return [
        Section(
            "What this is",
            (
                about, selection, f"The export was made by {contents.made_by}.",
                _MASKED if contents.is_masked else _UNMASKED,
            ),
            ("Type", "Number"),
            [(type_, f"{number:,}") for type_, number in contents.numbers.items()],
        ),
        _evidence(contents.evidence),
        Section(
            "Events that the evidence supports", () if contents.events else ("None.",), ("Event", "Date", "Title"),
            contents.events,
        ),
        Section(
            "Custody of the evidence", () if contents.custody else ("Nothing was recorded.",),
            ("When", "Who", "What", "SHA-256"), contents.custody,
        ),
        Section("Seal", ("The number and the seal of the newest change in the history:", contents.head)),
        Section(
            "Files", ("README.txt says how to check them.",), (inventory.FILE, "What it is", "Bytes", "SHA-256"),
            [
                (file.path, ABOUT.get(file.path, (_evidence_name(contents.evidence, file.path), ""))[0],
                 f"{file.size:,}", file.digests["sha256"])
                for file in payload
            ],
        ),
    ]  # fmt: skip


def _evidence_name(evidence: Sequence[EvidenceEntry], path: str) -> str:
    return next((f"Evidence: {entry['name']}" for entry in evidence if entry["file"] == path), "")


def _evidence(evidence: Sequence[EvidenceEntry]) -> Section:
    if not evidence:
        return Section("Evidence", ("No evidence file is linked to these records.",))
    header = (
        "Name", inventory.FILE, "Removed", "SHA-256", "Bytes", "Media type", "Source", "Collected by", "Collected at",
        "Method", "Tool", "Working copy of", "Note", "Events",
    )  # fmt: skip
    rows = [
        (
            entry["name"], entry["file"] or "", entry["removed"] or "", entry["sha256"], f"{entry['size']:,}",
            entry["media_type"], entry["source"] or "", entry["collected_by"] or "", entry["collected_at"] or "",
            entry["method"] or "", entry["tool"] or "", entry["derived_from"] or "", entry["note"] or "",
            ", ".join(entry["events"]),
        )
        for entry in evidence
    ]  # fmt: skip
    return Section("Evidence", (), header, rows, as_items=True)
