"""Lists of words, such as tags and aliases: what either side added, without what either took out."""

from __future__ import annotations

from typing import Any

from scamcli.merge.threeway.deciding import Seen, Side, whose


def merged_sets(base: list[Any], ours: list[Any], theirs: list[Any], seen: Seen) -> list[Any]:
    """Ours in its order, then what they added in theirs: of each word it is asked whether it is there.

    There are no conflicts: of two that differ on whether a word is there, one is as it was.
    """

    def stays(one: Any) -> bool:
        had = Seen([one in were for were in seen.ours], [one in were for were in seen.theirs])
        side = whose(one in base, one in ours, one in theirs, had)
        return one in (theirs if side is Side.THEIRS else ours)

    every = dict.fromkeys([*ours, *theirs])
    return [one for one in every if stays(one)]
