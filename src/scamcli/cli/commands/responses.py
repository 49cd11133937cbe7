"""``scamcli responses``."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.app import command
from scamcli.cli.options import FILTERS, OUTPUT, TextArgument, takes
from scamcli.cli.output import Output, chosen, print_result, say, say_notes
from scamcli.output.formats import NOT_GIVEN, Format, Result
from scamcli.output.text.words import plural
from scamcli.timeline import Query, ReadOnlyTimeline

COLUMNS = ("date", "by", "title", "lag", "relation", "answer_by", "answer_title", "allegation", "answer")
COLUMNS_TO_READ = ("date", "title", "answer_kind", "lag", "answer_title")
COLUMNS_OF_GROUPS = ("allegations", "answered", "no_recorded_answer", "shortest_lag")
HEADINGS = {
    "answer_kind": "answer", "lag": "days", "answer_title": "in", "no_recorded_answer": "no recorded answer",
    "shortest_lag": "shortest lag",
}  # fmt: skip
NO_ANSWER = "no recorded answer"
BY = typer.Option(
    "--by", metavar="SPLIT", help="Count allegations by site, province or actor.",
    autocompletion=complete.response_splits,
)  # fmt: skip


@command("responses")
@takes(query=FILTERS, output=OUTPUT)
def responses(
    query: Query,
    output: Output,
    text: TextArgument = None,
    by: Annotated[str | None, BY] = None,
    open_: Annotated[bool, typer.Option("--open", help="Show only allegations without a recorded answer.")] = False,
) -> None:
    """List allegations with what answered them, and after how many days.

    An answer is a statement, denial, raid, rescue, licence or closure. The filters choose the allegations: reports,
    and events in which somebody alleges something. "No recorded answer" means that this timeline has none, not that
    there was none.
    """
    query = query._replace(text=" ".join(text or ()))
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        found = timeline.responses(query, by=by, only_open=open_)
        say_notes(timeline)
    if by:
        split = by.lower()
        numeric = frozenset(COLUMNS_OF_GROUPS)
        result = Result(found.rows, (split, *COLUMNS_OF_GROUPS), HEADINGS, {split: NOT_GIVEN}, numeric)
    else:
        columns = COLUMNS_TO_READ if chosen(output) in {Format.TABLE, Format.MARKDOWN} else COLUMNS
        blanks = {"answer_kind": NO_ANSWER, "relation": NO_ANSWER}
        result = Result(found.rows, columns, HEADINGS, blanks, frozenset({"lag"}))
    print_result(result, output)
    say(f"{plural(found.allegations, 'allegation')}, {found.without_answer} with {NO_ANSWER}.")
