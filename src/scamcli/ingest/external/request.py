"""Make the request that a reader gets: the text, its publication, and the words that drafts may use.

Names of protected actors never leave the timeline: they are masked in the text and in the publication, and are not
among the known names.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.external.passages import Masked
from scamcli.ingest.reading.markdown import plain_view
from scamcli.language import scripts
from scamcli.language.vocabulary import COUNTS, EVENT_KINDS, KIND_NOTES, METRICS, ROLES
from scamcli.records.text_edits import Rewriting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scamcli.ingest.proposal import Document, Known, Metadata
    from scamcli.records.masking import Masker

PROTOCOL = 1
"""The version of `protocol`, which is not loaded here because it would load pydantic before it is needed."""


class Request(NamedTuple):
    """A request, and what is needed to verify the answer.

    Attributes:
        line: the request as one line of JSON, in UTF-8.
        text: the text without markup. All offsets refer to it.
        masked: its masked form.
    """

    line: bytes
    text: str
    masked: Masked


def make_request(document: Document, known: Known, masker: Masker | None) -> Request:
    """Return the request for a text.

    Args:
        document: the text.
        known: the names and metrics of the timeline.
        masker: masks the protected names; ``None`` if there are none, or if they may be passed on.
    """
    text = plain_view(document.text)
    rewriting, about, names = Rewriting(text), document.about, dict[str, str]()
    if masker is not None:
        numbers = masker.named_in(text)
        masker.rewrite(rewriting, numbers)
        shown = [one and masker.without(one, numbers) for one in about]
        about = about._replace(title=shown[0], outlet=shown[1], url=shown[2])
        known = known.without(lambda form: masker.text(form) != form)
        names = {f"[protected-{number}]": name for number, name in masker.names.items()}
    request = {
        "protocol": PROTOCOL, "text": rewriting.text, "metadata": _metadata(about),
        "vocabulary": _vocabulary(known, rewriting.text),
    }  # fmt: skip
    line = json.dumps(request, ensure_ascii=False).encode() + b"\n"
    return Request(line, text, Masked(rewriting, names))


def _metadata(about: Metadata) -> dict[str, str | None]:
    return {"title": about.title, "outlet": about.outlet, "url": about.url, "published": about.published}


def _vocabulary(known: Known, text: str) -> dict[str, object]:
    metrics = {**METRICS, **known.metrics}
    words = set(scripts.plain(text).split())
    return {
        "kinds": {kind: KIND_NOTES.get(kind, "") for kind in EVENT_KINDS},
        "roles": ROLES,
        "metrics": {name: {"about": one.about or "", "unit": one.unit or ""} for name, one in metrics.items()},
        "counts": COUNTS,
        "actors": _named(known.actors, words, text),
        "sites": _named(known.sites, words, text),
    }


def _named(forms: Mapping[str, str], words: set[str], text: str) -> list[str]:
    """Return the names with a form that the text contains: all its words, or (without spaces) the form itself."""

    def occurs(form: str) -> bool:
        plain = scripts.plain(form).split()
        return bool(plain) and (words.issuperset(plain) or form in text)

    return sorted({name for form, name in forms.items() if occurs(form)})
