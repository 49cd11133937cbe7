"""``scamcli responses``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from scamcli.cli import complete
from scamcli.cli.declarations import Option, command, takes
from scamcli.cli.filter_options import SEARCH
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, chosen, print_result, say, say_notes
from scamcli.language.vocabulary import STANCES
from scamcli.output.formats import NOT_GIVEN, Format, Result
from scamcli.output.text.words import plural
from scamcli.timeline import Query, ReadOnlyTimeline

COLUMNS = (
    "date", "by", "against", "alleged_owners", "sites", "title", "answer_by", "stance", "answer_date", "lag",
    "answer_sites", "relation", "answer_title", "note", "allegation", "answer",
)  # fmt: skip
COLUMNS_TO_READ = ("date", "title", "answer_by", "stance", "lag", "answer_sites")
COLUMNS_OF_GROUPS = ("allegations", "answered", "no_recorded_answer", "shortest_lag")
HEADINGS = {
    "title": "allegation", "answer_by": "answered by", "lag": "days", "answer_sites": "about",
    "answer_date": "answered on", "no_recorded_answer": "no recorded answer", "shortest_lag": "shortest lag",
}  # fmt: skip
NO_ANSWER = "no recorded answer"
NOBODY = "nobody named"
BY = Option(
    "--by", metavar="SPLIT", help="Count allegations by site, country, province or actor.",
    autocompletion=complete.response_splits,
)  # fmt: skip
ANSWERED_BY = Option(
    "--answered-by", metavar="NAME", help="Show only answers by this actor.", autocompletion=complete.actors
)
STANCE = Option(
    "--stance", metavar="STANCE", help=f"Show only answers with this stance: {', '.join(STANCES)}.",
    autocompletion=complete.stances,
)  # fmt: skip


@command("responses")
@takes(query=SEARCH, output=OUTPUT)
def responses(
    query: Query,
    output: Output,
    by: Annotated[str | None, BY] = None,
    open_: Annotated[bool, Option("--open", help="Show only allegations without a recorded answer.")] = False,
    answered_by: Annotated[str | None, ANSWERED_BY] = None,
    stance: Annotated[str | None, STANCE] = None,
) -> None:
    """List allegations with the actors who answered them, after how many days and with which stance.

    The filters select allegations, which are events in which somebody alleges something. "No recorded answer" means
    that this timeline has no answer, not that there was none.
    """
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        found = timeline.responses(query, by=by, only_open=open_, answered_by=answered_by, stance=stance)
        say_notes(timeline)
    if by:
        split = by.lower()
        numeric = frozenset(COLUMNS_OF_GROUPS)
        result = Result(found.rows, (split, *COLUMNS_OF_GROUPS), HEADINGS, {split: NOT_GIVEN}, numeric)
    else:
        is_to_read = chosen(output) in {Format.TABLE, Format.MARKDOWN}
        blanks = {"answer_by": NO_ANSWER, "by": NOBODY}
        shown = list(map(_without_allegation, found.rows)) if is_to_read else found.rows
        result = Result(shown, COLUMNS_TO_READ if is_to_read else COLUMNS, HEADINGS, blanks, frozenset({"lag"}))
    print_result(result, output)
    say(f"{plural(found.allegations, 'allegation')}, {found.without_answer} with {NO_ANSWER}.")
    if found.about_other_sites:
        say(f"{plural(found.about_other_sites, 'answer')} about other sites than the allegation.")


def _without_allegation(row: Mapping[str, object]) -> Mapping[str, object]:
    """Return a row that says so if its event only answers an allegation that is not recorded."""
    return row if row["by"] else {**row, "title": f"not recorded, but answered: {row['title']}"}
