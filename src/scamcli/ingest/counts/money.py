"""Decide what an amount of money is: lost to scams, a fine, or assets that an authority takes.

The nearest word before the amount in its clause decides, else the nearest after it. The word must not be about
something that was only planned, or that did not happen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import Kind
from scamcli.ingest.counts.outcome import is_unreal
from scamcli.ingest.lexicon import GRAMMAR, MONEY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.ingest.counts.count import Count, SentenceView

TAKEN = lexicon.headings("money.taken")

_RATE_NEAR = 2
"""How many words after an amount are searched for "each": "fines of $10 for each day"."""
_SENT_NEAR, _CHEATS_NEAR, _VICTIMS_NEAR = 5, 8, 5
"""How many words before an amount are searched for "transferred", and after it for "scammers" or for "from victims"."""
_CANCELLED_NEAR = 12
"""How many words after a fine are searched for "waived": "fines, which run to more than $40,000, have been waived"."""
_THREATENED_NEAR = 14
"""How many words before an amount are searched for "punishable"."""
_HELPING_NEAR = 3
"""How many words before "seized" are searched for "were": "$40,000 in cash was also seized"."""


def with_money(view: SentenceView, count: Count) -> Count:
    """Return an amount of money with its metric, or explain it if nobody lost it or has to give it up."""
    last = count.amount.last
    if view.text(last) == "/" and view.text(last + 1).isalpha():
        return count.explained("a rate")  # 300 million dong/month
    metric, word = _taken(view, count)
    if view.lower(last) in MONEY.per_head and metric != "fines":
        return count.explained("money for each")
    if metric is None and _is_found_cash(view, count):
        return count.reads(Kind.TAKEN, "cash that was found")._replace(metric="assets")
    if metric is None:
        if MONEY.losing.isdisjoint(view.lowers) and not _is_sent(view, count):
            return count.explained("money that nobody lost")
        return count.reads(Kind.LOSS, "money lost")._replace(metric="losses")
    if not word:
        return count.explained("money that nobody has to give up")
    return count.reads(Kind.TAKEN, f"money beside “{word}”")._replace(metric=metric)


def _is_sent(view: SentenceView, count: Count) -> bool:
    """Return whether money went to those who cheat: "transferred $5,000 to the scammers", "$5,000 from victims"."""
    first, last = count.amount.first, count.amount.last
    is_sent = view.has(MONEY.sending, first - _SENT_NEAR, first) and view.has(MONEY.cheats, last, last + _CHEATS_NEAR)
    is_taken = view.lower(last) == "from" and view.has({"victims"}, last, last + _VICTIMS_NEAR)
    return (is_sent or is_taken) and MONEY.ransoms.isdisjoint(view.lowers)


def _is_found_cash(view: SentenceView, count: Count) -> bool:
    """Return whether an authority came upon cash: "police found $40,000 in cash"."""
    first, last = count.amount.first, count.amount.last
    is_cash = view.has(MONEY.cash, last, last + 2) or view.has(MONEY.cash, first - 2, first)
    return is_cash and not MONEY.finding.isdisjoint(view.lowers)


def _taken(view: SentenceView, count: Count) -> tuple[str | None, str]:
    """Return the metric of an amount that somebody has to give up, and the word that says so.

    The metric is ``None`` if no word says so. The word is empty if it is about something that did not happen.
    """
    first, last = count.amount.first, count.amount.last
    at = _nearest(view, range(first - 1, -1, -1))
    if at is None:
        at = _nearest(view, range(last, len(view.sentence)), after=last)
    if at is None or (view.lower(at) in MONEY.losing and not view.own.of_money(view.lower(at))):
        return None, ""
    metric = view.own.of_money(view.lower(at)) or TAKEN[view.lower(at)]
    is_each = metric == "fines" and view.lower(last) in MONEY.per_head  # fined 2,000 baht each
    is_nothing = (
        is_unreal(view, at)
        or (view.has(MONEY.rates, last, last + _RATE_NEAR) and not is_each)
        or view.has(MONEY.cancelled, last, last + _CANCELLED_NEAR)
        or view.has(MONEY.threatened, first - _THREATENED_NEAR, first)
    )
    return metric, "" if is_nothing else view.lower(at)


def _is_about_money(view: SentenceView, lower: str) -> bool:
    return lower in TAKEN or lower in MONEY.losing or view.own.of_money(lower) is not None


def _nearest(view: SentenceView, places: Iterable[int], after: int | None = None) -> int | None:
    """Return the index of the first word for taking or losing money in a clause.

    Args:
        view: the sentence.
        places: the indices of the words, from the amount outwards.
        after: the index after the amount, if the words follow it: then "were" or "in" must precede the word.
    """
    for at in places:
        lower = view.lower(at)
        if lower in GRAMMAR.boundaries and at != after and not (lower == ":" and view.lower(at - 1) in TAKEN):
            return None  # but "Seized: 12 phones and 1.2 million baht" is one clause
        if (at and view.text(at) != lower) or not _is_about_money(view, lower):
            continue
        is_next = after is not None and at <= after + 1 and lower.endswith(("ed", "en"))  # 1.1 billion dong seized
        if after is None or is_next or view.has(GRAMMAR.helping | {"in"}, max(after, at - _HELPING_NEAR), at):
            return at
    return None
