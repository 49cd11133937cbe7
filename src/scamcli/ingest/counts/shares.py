"""Percentages: a change where a word of rising or falling stands beside it, else a share of something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.kind import Kind

if TYPE_CHECKING:
    from scamcli.ingest.counts.amounts import Amount
    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

PEOPLE = lexicon.optional_headings("counted.people")
MAKING_UP = lexicon.words("grammar.making_up")
SHARING = lexicon.words("grammar.sharing")
TRENDS = lexicon.words("trends.trends")

_NEAR = 4
"""Words before a percentage in which its verb is looked for."""
_VERB_NEAR = 7
"""Words after it in which the verb stands that says who they are: "80 percent of all the victims were men"."""


def resolve_percent(reader: Reader, count: Count) -> None:
    """Tell whether a percentage is a change or a share."""
    amount = count.amount
    changed = _changed(reader, amount)
    joint, after = reader.lower(amount.first - 1), reader.lower(amount.last)
    if changed is not None:
        count.reads(Kind.CHANGE, "a change in percent")
        count.amount, count.metric, count.end = changed, "change", changed.last
    elif _is_made_up(reader, amount) or after in SHARING or joint in ("or", "("):
        count.reads(Kind.SHARE, "a share in percent")
        count.metric, count.group = "share", _group(reader, amount)
    else:
        count.kind = Kind.UNREAD


def _changed(reader: Reader, amount: Amount) -> Amount | None:
    """The percentage with the word that makes it a change: "fell by 78 percent", "30 percent more"."""
    first, last = amount.first, amount.last
    later = next((at for at in (last, last + 1) if reader.lower(at) in TRENDS), None)
    before = next((at for at in range(first - 1, first - 1 - _NEAR, -1) if reader.lower(at) in TRENDS), None)
    if before is not None and _is_by(reader, before, first) and (later == last + 1 or not _is_made_up(reader, amount)):
        return amount._replace(first=before, wording=f"{reader.joined(before, first)} {amount.wording}")
    if later is not None:
        return amount._replace(last=later + 1, wording=f"{amount.wording} {reader.joined(last, later + 1)}")
    return None


def _is_by(reader: Reader, before: int, first: int) -> bool:
    """Whether something changed by a percentage, and not to it; "a rise of 5 percent", but no further "of"."""
    joint = reader.lower(first - 1)
    return joint not in ("to", "at") and (joint != "of" or before == first - 2)


def _is_made_up(reader: Reader, amount: Amount) -> bool:
    """Whether a verb before a percentage says whose share it is: "women made up 58 percent"."""
    return reader.has(MAKING_UP, amount.first - _NEAR, amount.first)


def _group(reader: Reader, amount: Amount) -> str | None:
    """Whose share it is: "women made up 58 percent", "80 percent of the victims were men"."""
    first, last = amount.first, amount.last
    verb = next((at for at in range(last, last + _VERB_NEAR) if reader.lower(at) in ("were", "are")), None)
    words = [] if verb is None else [reader.lower(verb + 1)]
    words += reader.between(first - _NEAR, first)
    return next((group for word in words if (group := PEOPLE.get(word))), None)
