"""Write a conflict as text: what is wrong, the figures side by side, and the commands that settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.output.escaping import one_line
from scamcli.output.text import figure_text, words
from scamcli.output.text.nouns import place_in_words

if TYPE_CHECKING:
    from scamcli.output.text import Row

MOST_FIGURES = 6
"""How many figures of a conflict are shown, because hundreds of incidents may exceed one aggregate."""

IF_NOBODY_KNOWS = (
    "A corrected number no longer counts. If nobody knows which one is right, leave both: totals then range from the"
    " lower to the higher one. If they count different things, say so by the period, place, people or metric of one of"
    " them, or remove the link between them."
)
"""What else one can do about a conflict than to say that one number corrects the other."""

IF_IT_IS_WRONG = (
    "--distinct-from says that the total does not count that event, so that the two are added up. If the numbers"
    " contradict each other, leave both: the higher one is then the least."
)
"""What else one can do about a total that is smaller than what lies inside it."""


def block(row: Row) -> str:
    """Return one conflict as a block of lines."""
    lines = [words.wrap(f"{row['metric']}, {row['kind']}: {row['certainty']}; {row['why']}", "    ", "")]
    for figure in row["figures"][:MOST_FIGURES]:
        lines.append(words.wrap(one_line(f"{figure['date']}  {figure['title']} [{figure['event']}]"), "      ", "  - "))
        lines.append(words.wrap(one_line(_said(figure, row["unit"])), "      ", "    "))
    if len(row["figures"]) > MOST_FIGURES:
        lines.append(f"  … and {len(row['figures']) - MOST_FIGURES:,} more")
    # Commands are not wrapped, so that they can be copied.
    lines += [f"  {'settle it with' if not at else '            or'}  {one}" for at, one in enumerate(row["resolve"])]
    if row["kind"] in {"disputed", "contradicts"} and any("corrects:" in one for one in row["resolve"]):
        lines.append(words.wrap(IF_NOBODY_KNOWS, "  ", "  "))
    if row["kind"] == "exceeded":
        lines.append(words.wrap(IF_IT_IS_WRONG, "  ", "  "))
    return "\n".join(lines)


def _said(figure: Row, unit: str) -> str:
    if figure["figure"] is None:
        said = "no number"
    else:
        said = f"{figure['figure']}: {figure_text.number_and_wording(figure, unit)}"
    by = f"according to {figure['stated_by']}" if figure["stated_by"] else "speaker not recorded"
    place = list(filter(None, [place_in_words(None, figure["province"])]))
    return ", ".join([said, *place, by, figure["source"] or "no source recorded"])
