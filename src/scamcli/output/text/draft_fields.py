"""The fields of a draft, each with the words that it was read from, the most doubtful first.

The terminal, the text in the editor and the page for a second reader all show them in this order.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.output import phrases
from scamcli.output.escaping import one_line
from scamcli.output.text import figure_text

if TYPE_CHECKING:
    from scamcli.output.text import Row

GRADES = ("sure", "likely", "unsure")
"""Grades, the most certain first."""

UNMARKED = frozenset({"title", "summary"})
"""Fields that come from the whole passage. They have no marks, because everything would be marked."""

LONGEST_QUOTE = 80
"""The most characters of a quote beside a field. The passage shows the rest."""

_LISTS = {
    "province": "provinces", "site": "sites", "linked site": "linked_sites", "country": "countries",
    "nationality": "nationalities",
}  # fmt: skip


class Field(NamedTuple):
    """A value of a draft.

    Attributes:
        label: what it is, such as ``actor``.
        value: the value, as people read it.
        name: the name of the field in the reasons, such as ``actors.Sar Kheng``.
        spans: the reasons for it and for its parts, as in the rows of ``review --json``, the most doubtful first.
    """

    label: str
    value: str
    name: str
    spans: "Sequence[Row]"

    @property
    def grade(self) -> str:
        """The least certain grade of the field and its parts; empty if the field does not come from the text."""
        return self.spans[0]["grade"] if self.spans else ""

    @property
    def evidence(self) -> str:
        """The words with the least certain grade, each with the part of the field that they support."""
        if self.name in UNMARKED:
            return ""
        return "; ".join(dict.fromkeys(self.words(span) for span in self.spans if span["grade"] == self.grade))

    def words(self, span: "Row") -> str:
        """Return the words of a reason, with the part of the field that they support."""
        part = span["field"][len(self.name) + 1 :]
        quote = quoted(span["words"])
        return f"{quote} ({one_line(part).replace('_', ' ')})" if part else quote


def quoted(text: str) -> str:
    """Return words of a text in quotes, on one line and shortened."""
    quote = one_line(text)
    return f"“{quote}”" if len(quote) <= LONGEST_QUOTE else f"“{quote[: LONGEST_QUOTE - 1]}…”"


def by_doubt(spans: "Sequence[Row]") -> "list[Row]":
    """Return reasons with the most doubtful first; reasons of one grade stay in their order."""
    return sorted(spans, key=lambda span: -GRADES.index(span["grade"]))


def fields(draft: "Row") -> list[Field]:
    """Return the fields of a row of ``review --json`` with the most doubtful first, after the title.

    Fields that do not come from the text, such as a source that was given by hand, come last.
    """
    reasons: dict[str, list[Any]] = {}
    for span in by_doubt(draft["spans"]):
        parts = span["field"].split(".")
        name = ".".join(parts[:2]) if parts[0] == "figures" else span["field"]
        reasons.setdefault(name, []).append(span)
    found = [Field(label, value, name, reasons.get(name, ())) for label, value, name in _values(draft["record"])]
    return sorted(found, key=lambda field: -len(GRADES) if field.label == "title" else -_doubt(field.grade))


def _doubt(grade: str) -> int:
    return GRADES.index(grade) if grade else -1


def _values(record: "Row") -> Iterator[tuple[str, str, str]]:
    """Yield the values of a record: a label, the value, and the name of the field in the reasons."""
    for key in ("date", "kind", "title", "summary"):
        if record[key]:
            yield key, record[key], key
    for participant in record["actors"]:
        yield "actor", f"{participant['name']} ({participant['role']})", f"actors.{participant['name']}"
    for label, key in _LISTS.items():
        yield from ((label, name, f"{key}.{name}") for name in record[key])
    yield from (("place", place["name"], f"places.{place['name']}") for place in record["places"])
    for figure, text in zip(record["figures"], figure_text.with_counts(record["figures"]), strict=True):
        yield "figure", text, f"figures.{figure['id']}"
    yield from (("source", phrases.outlet(source), f"sources.{source['outlet']}") for source in record["sources"])
    if not record["sources"]:
        yield "source", "not recorded", "sources"
    yield from (("link", f"{link['type']} {link['event']}", f"links.{link['event']}") for link in record["links"])
    if record["note"]:
        yield "note", record["note"], "note"
