"""``--chart``: write a chart to a file, and print its numbers in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scamcli.cli.declarations import Option
from scamcli.cli.output import Output, print_line, say, say_notes
from scamcli.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scamcli.timeline.charts import Charts, Drawn

Chart = Annotated[Path | None, Option("--chart", metavar="FILE", help="Write a chart to an .svg or .png file.")]


def refuse_beside_chart(output: Output, others: Mapping[str, object]) -> None:
    """Refuse options that change what is printed, because a chart prints only its numbers in words."""
    printing = {"--format or --json": output.format, "--fields": output.fields}
    for flag, value in {**printing, **others}.items():
        if value:
            raise WrongUsageError(f"--chart cannot be combined with {flag}.", "Run the command once for each.")


def write_chart(output: Output, draw: Callable[[Charts], Drawn]) -> None:
    """Write a chart, and print its description, which can stand beside it for those who do not see it."""
    from scamcli.timeline.charts import Charts  # here, because most commands draw nothing

    with Charts(output.db, include_protected=output.include_protected) as timeline:
        drawn = draw(timeline)
        say_notes(timeline)
        print_line(drawn.description)
        say(f"Wrote {drawn.path}.")
