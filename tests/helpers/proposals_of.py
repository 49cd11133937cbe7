"""How the tests of the extraction ask: a sentence as an entry of its own, and its figures in a line to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Known, Metadata

if TYPE_CHECKING:
    from scamcli.ingest.proposal import Proposal

ABOUT = Metadata(title="A review", outlet="Example Daily", published="2024-06-15")
NOTHING = Known()


def proposals(text: str, about: Metadata = ABOUT, known: Known = NOTHING) -> list[Proposal]:
    """The drafts of a text."""
    return extract(Document(text, about), known).drafts


def proposal(body: str, about: Metadata = ABOUT, known: Known = NOTHING, date: str = "5 March 2024") -> Proposal:
    """The draft of an entry, which another follows: two dates make a timeline."""
    found = proposals(f"{date}: {body}\n\n6 March 2024: Nothing else was said.\n", about, known)
    assert len(found) == 2
    return found[0]


def record(body: str, about: Metadata = ABOUT, known: Known = NOTHING) -> dict[str, Any]:
    """Its record."""
    return proposal(body, about, known).record


def figures(body: str) -> list[str]:
    """Its figures, each as ``rescues 212 Thai (women) <0``: ``<0`` is a part of the first."""
    found = record(body)["figures"]
    ids = [figure["id"] for figure in found]
    return [_line(figure, ids) for figure in found]


def unread(body: str) -> list[str]:
    """The numbers of an entry that are in no figure."""
    text = f"5 March 2024: {body}\n\n6 March 2024: Nothing else was said.\n"
    return [text[span.start : span.end] for span in proposals(text)[0].unread]


def _line(figure: dict[str, Any], ids: list[str]) -> str:
    parts = [figure["metric"], _number(figure), figure["unit"], figure["nationality"]]
    parts += [f"({figure['group']})" if figure["group"] else None]
    parts += [f"<{ids.index(figure['part_of'])}" if figure["part_of"] else None]
    return " ".join(part for part in parts if part)


def _number(figure: dict[str, Any]) -> str:
    """``46..`` at least 46, ``..30`` at most 30, ``~30`` about 30, ``~..30`` nearly 30, ``20..30`` between."""
    low, best, high = (figure[key] for key in ("low", "best", "high"))
    if low == best == high:
        return f"{best:g}" if best < 1e6 else str(int(best))
    if best is not None and low is None:
        return f"~{best:g}" if high is None else f"~..{high:g}" if high == best else f"~{best:g}..{high:g}"
    ends = [f"{one:.10g}" if one is not None else "" for one in (low, high)]
    return "..".join(ends) + (f"~{best:g}" if best is not None else "")
