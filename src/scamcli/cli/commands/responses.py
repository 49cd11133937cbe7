"""``scamcli responses``."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.cli.app import command
from scamcli.cli.options import FILTERS, OUTPUT, takes
from scamcli.cli.output import Output, chosen, print_result, say, say_notes
from scamcli.output.formats import NOT_GIVEN, Format, Result
from scamcli.output.text.words import plural
from scamcli.query.filters import Query, match_word
from scamcli.query.responses import NO_ANSWER, SPLITS, grouped
from scamcli.timeline import Timeline

COLUMNS = ("date", "by", "title", "lag", "relation", "answer_by", "answer_title", "allegation", "answer")
TO_READ = ("date", "title", "answer_kind", "lag", "answer_title")
GROUPED = ("allegations", "answered", "no_recorded_answer", "shortest_lag")
HEADINGS = {
    "answer_kind": "answer", "lag": "days", "answer_title": "in", "no_recorded_answer": "no recorded answer",
    "shortest_lag": "shortest lag",
}  # fmt: skip


@command("responses")
@takes(query=FILTERS, output=OUTPUT)
def responses(
    query: Query,
    output: Output,
    text: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Words that all occur.")] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="SPLIT", help="Count them by site, province or actor.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Only those with no recorded answer.")] = False,
) -> None:
    """Allegations and what answered them: statement, denial, raid, rescue, licence or closure, with the lag in days.

    The filters choose the allegations: reports, and events in which somebody alleges. No recorded answer means that
    none is in this timeline, not that there was none.
    """
    split = match_word(by, SPLITS, "split") if by else None
    query = query._replace(text=" ".join(text or ()))
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        rows = [row for row in timeline.responses(query) if not (open_ and row["answer"])]
        say_notes(timeline)
    open_ids = {row["allegation"] for row in rows if row["answer"] is None}
    total = len({row["allegation"] for row in rows})
    if split:
        numbers = frozenset(GROUPED)
        result = Result(grouped(rows, split), (split, *GROUPED), HEADINGS, {split: NOT_GIVEN}, numbers)
    else:
        columns = TO_READ if chosen(output) in {Format.TABLE, Format.MARKDOWN} else COLUMNS
        blanks = {"answer_kind": NO_ANSWER, "relation": NO_ANSWER}
        result = Result(rows, columns, HEADINGS, blanks, frozenset({"lag"}))
    print_result(result, output)
    say(f"{plural(total, 'allegation')}, {len(open_ids)} with {NO_ANSWER}")
