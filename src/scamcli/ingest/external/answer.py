"""Read the answer of a reader: its introduction and its drafts, and what they become once they are verified."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from scamcli.errors import DataError
from scamcli.ingest.external.protocol import Introduction, ReaderDraft
from scamcli.ingest.external.quotes import UnverifiedError
from scamcli.ingest.external.verification import Verifier
from scamcli.ingest.external.victims import named_as_victims
from scamcli.ingest.proposal import Extraction
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.ingest.external.passages import Passages
    from scamcli.ingest.proposal import Metadata, Proposal
    from scamcli.language.vocabulary import Metric

EXPECTED = 'The first line has to be like {"protocol": 1, "reader": {"name": "example", "version": "1.0"}}.'


class Answer(NamedTuple):
    """What the answer of a reader became.

    Attributes:
        reader: its name and version.
        extraction: the proposals that the text confirms.
        refused: why drafts were refused, with the numbers of their lines.
        left_out: why parts of drafts were left out.
    """

    reader: str
    extraction: Extraction
    refused: tuple[str, ...]
    left_out: tuple[str, ...]


def read_answer(  # noqa: PLR0913 - the answer, and what it is verified with
    data: bytes, name: str, passages: Passages, about: Metadata, metrics: Mapping[str, Metric],
    victims: Sequence[str] = (),
) -> Answer:  # fmt: skip
    """Verify the drafts of a reader.

    Args:
        data: what it wrote.
        name: the subject of messages about it.
        passages: the text.
        about: the publication of the text.
        metrics: the metrics that the timeline defines, by name.
        victims: names of people who may be victims, which are in no title. Those whom the reader calls so are added.

    Raises:
        DataError: the answer is not UTF-8, has no introduction, or has too many drafts.
    """
    limits.require("reader-output", len(data), name)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise DataError(f"{name} is not UTF-8 at byte {error.start:,}.", "Expected JSON lines.") from None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    reader = _reader(lines[0][1] if lines else "", name)
    limits.require("reader-drafts", len(lines) - 1, name)
    with limits.deadline("text-seconds", f"To verify it, {name[0].lower()}{name[1:]}", len(data)):
        return _verified(lines[1:], Verifier(passages, about, metrics, reader, victims))


def _reader(line: str, name: str) -> str:
    try:
        reader = Introduction.model_validate_json(line).reader
    except ValidationError as error:
        raise DataError(f"{name} has no valid introduction: {_reason(error)}.", EXPECTED) from None
    return f"{reader.name} {reader.version}"


def _verified(lines: list[tuple[int, str]], verifier: Verifier) -> Answer:
    victims = verifier.withheld
    proposals: dict[str, Proposal] = {}
    refused: list[str] = []
    left_out: list[str] = []
    drafts: dict[int, ReaderDraft | str] = {number: _draft(line) for number, line in lines}
    named = named_as_victims(draft for draft in drafts.values() if isinstance(draft, ReaderDraft))
    verifier.withheld = tuple(dict.fromkeys((*verifier.withheld, *named)))
    for number, draft in drafts.items():
        if isinstance(draft, str):
            refused.append(f"line {number:,}: {draft}")
            continue
        try:
            found = verifier.verify(draft)
        except UnverifiedError as error:
            refused.append(f"line {number:,}: {error}")
        else:
            proposals.setdefault(_identity(found.proposal), found.proposal)
            left_out += [f"line {number:,}, {one}" for one in found.left_out]
    names = {actor["name"] for one in proposals.values() for actor in one.record["actors"]}
    withheld = tuple(one for one in verifier.withheld if one in names or one in victims)
    extraction = Extraction(list(proposals.values()), (), {}, 0, withheld=withheld)
    return Answer(verifier.reader, extraction, tuple(refused), tuple(left_out))


def _draft(line: str) -> ReaderDraft | str:
    """Return the draft in a line, or the first mistake in it."""
    try:
        return ReaderDraft.model_validate_json(line)
    except ValidationError as error:
        return _reason(error)


def _identity(proposal: Proposal) -> str:
    """Return a text that is equal for proposals with the same passage and the same record."""
    return json.dumps([proposal.passage, proposal.record])


def _reason(error: ValidationError) -> str:
    """Return the first mistake in a line as a fragment of a sentence, without the wrong value."""
    first: Mapping[str, object] = dict(error.errors(include_url=False, include_input=False, include_context=False)[0])
    place = first["loc"]
    path = ".".join(map(str, place)) if isinstance(place, tuple) else ""
    text = str(first["msg"]).rstrip(".")
    reason = text[:1].lower() + text[1:]
    return f"{path}: {reason}" if path else reason


def notes_on(answer: Answer, most: int) -> Iterator[str]:
    """Yield sentences about what was refused and what was left out, with at most ``most`` reasons for each."""
    for what, reasons in (("Refused", answer.refused), ("Left out", answer.left_out)):
        yield from (f"{what}: {reason}." for reason in reasons[:most])
        if len(reasons) > most:
            yield f"{what}: {len(reasons) - most:,} more."
