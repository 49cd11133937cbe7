"""Write what explains a bag: the list of evidence, the inventory, the crate, the README and ``bag-info.txt``."""

from __future__ import annotations

from importlib.resources import files
from string import Template
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from scamcli.exchange.bags import evidence_list, inventory, layout, ro_crate
from scamcli.exchange.bags.inventory import Section
from scamcli.output.text.words import plural

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
    layout.SEALS: ("The chain of seals that leads to the head", "text/plain"),
    layout.LEAVES: ("What ties the records to the seals", "application/x-ndjson"),
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
        recipient: who receives the bag; empty if that is not known.
        database: the name of the database file.
        software: the version of this tool.
        head: the line that identifies the newest change.
        evidence: the list of evidence files.
        events: id, date and title of the events that an evidence file supports.
        timestamps: path of each reply in the bag, the path of the head that it is for, and a line about it.
        numbers: how many records of each type there are.
        tied: how many of them are tied to the history.
        is_masked: whether protected names are masked.
    """

    selection: str
    made: str
    made_by: str
    recipient: str
    database: str
    software: str
    head: str
    evidence: Sequence[EvidenceEntry]
    events: Sequence[tuple[str, str, str]]
    timestamps: Sequence[tuple[str, str, str]]
    numbers: Mapping[str, int]
    tied: int
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


def about_file(path: str) -> str:
    """Say what a file in a bag is."""
    if path.startswith(f"{layout.EVIDENCE_FOLDER}/"):
        return "Evidence"
    return ABOUT[path][0] if path in ABOUT else "Timestamp"


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
        **({"Scamcli-Handed-Over-To": contents.recipient} if contents.recipient else {}),
        "Scamcli-Protected-Names": "masked" if contents.is_masked else "included",
        **{f"Scamcli-{type_.title()}": str(number) for type_, number in contents.numbers.items()},
        "Scamcli-Tied-Records": str(contents.tied),
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
        tied=f"{contents.tied:,} of {sum(contents.numbers.values()):,}",
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
    return "\n".join([*lines, "", "Get the root certificate AUTHORITY.pem from the authority itself, not the sender."])


def _wrapped(text: str) -> str:
    start = "\n" if text.startswith("\n") else ""
    return start + "\n".join(wrap(text.strip(), 120))


def _sections(contents: BagContents, payload: Sequence[WrittenFile]) -> list[Section]:
    about = f"scamcli {contents.software} wrote this inventory on {contents.made} from {contents.database}."
    exported = f"It was made by {contents.made_by}{contents.recipient and f' for {contents.recipient}'}."
    counted = ", ".join(plural(number, type_.removesuffix("s")) for type_, number in contents.numbers.items())
    selection = f"It holds {contents.selection or 'all reviewed records of the timeline'}: {counted or 'no records'}."
    return [
        Section(
            "What this is",
            (
                about, selection, exported,
                _MASKED if contents.is_masked else _UNMASKED,
            ),
        ),
        _evidence(contents.evidence),
        Section(
            "Events that the evidence supports", () if contents.events else ("None.",), ("Event", "Date", "Title"),
            contents.events,
        ),
        Section("Seal", ("The number and the seal of the newest change in the history:", contents.head)),
        Section(
            "Files", ("README.txt says how to check them.",), (inventory.FILE, "What it is", "Bytes", "SHA-256"),
            [
                (file.path, about_file(file.path), f"{file.size:,}", file.digests["sha256"]) for file in payload
            ],
        ),
    ]  # fmt: skip


def _evidence(evidence: Sequence[EvidenceEntry]) -> Section:
    if not evidence:
        return Section("Evidence", ("No evidence file is linked to these records.",))
    return Section("Evidence", (), _EVIDENCE_HEADER, list(map(_evidence_row, evidence)), as_items=True)


_EVIDENCE_HEADER = (
    "Name", inventory.FILE, "Removed", "Withheld", "SHA-256", "Bytes", "Media type", "Working copy of", "Events",
    "Collection", "Custody",
)  # fmt: skip


def _evidence_row(entry: EvidenceEntry) -> list[str]:
    collected = [_sentence(one, "name") for one in entry["sources"]]
    custody = [_sentence(one, "change", "command") for one in entry["custody"]]
    return [
        entry["name"], entry["file"] or "", entry["removed"] or "",
        "only working copies of it were handed over" if entry["withheld"] else "", entry["sha256"],
        f"{entry['size']:,}", entry["media_type"], entry["derived_from"] or "", ", ".join(entry["events"]),
        " | ".join(collected), " | ".join(custody),
    ]  # fmt: skip


def _sentence(part: Mapping[str, object], *left_out: str) -> str:
    """Return what is known about a collection or an event of custody: ``source: CamboJA; method: screen recording``."""
    known = {key.replace("_", " "): value for key, value in part.items() if value and key not in left_out}
    return "; ".join(f"{key}: {value}" for key, value in known.items())
