"""``scamcli schema``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

from scamcli.cli.declarations import Option, command, takes
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, print_result, print_text
from scamcli.output.formats import Format, Result

if TYPE_CHECKING:
    from collections.abc import Iterator


@command("schema")
@takes(output=OUTPUT)
def schema(
    output: Output,
    vocabulary: Annotated[bool, Option("--vocabulary", help="Print the vocabulary instead.")] = False,
    reader: Annotated[
        bool,
        Option("--reader", help="Print instead the schema of what a reader (`ingest --with`) gets and returns."),
    ] = False,
) -> None:
    """Print the JSON Schema of records, or the vocabulary that they use."""
    if vocabulary:
        print_result(Result(_vocabulary(), ("list", "word", "about")), output)
        return
    from scamcli.timeline.schemas import reader_schema, record_schema

    made = reader_schema() if reader else record_schema()
    print_text(json.dumps(made, ensure_ascii=False, indent=None if output.format is Format.JSONL else 2))


def _vocabulary() -> Iterator[dict[str, str | None]]:
    from scamcli.language import vocabulary as words
    from scamcli.language.gazetteer import provinces

    for name, listed in (
        ("event kind", words.EVENT_KINDS), ("actor kind", words.ACTOR_KINDS), ("site kind", words.SITE_KINDS),
        ("site status", words.SITE_STATUSES), ("role", words.ROLES), ("link", words.LINK_TYPES),
        ("count", words.COUNTS), ("split", words.SPLITS),
        ("status", words.STATUSES), ("precision", words.PRECISIONS), ("group", words.GROUPS),
    ):  # fmt: skip
        notes = words.KIND_NOTES if name == "event kind" else {}
        yield from ({"list": name, "word": word, "about": notes.get(word)} for word in listed)
    for metric in words.METRICS.values():
        split = f"by {metric.split}" if metric.split else "no split"
        about = f"{metric.about}; in {metric.unit}, {split}, count {metric.count}"
        yield {"list": "metric", "word": metric.name, "about": about}
    for province in provinces():
        yield {"list": "province", "word": province.name, "about": f"{province.iso} {province.khmer}"}
