"""Lists of counts: those that one list joins share what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.non_counts import PASSING
from scamcli.ingest.counts.outcome import take_told, told
from scamcli.ingest.counts.sentence_view import OF_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

OWN_METRIC = lexicon.headings("counted.own_metric")
JOINTS = lexicon.words("grammar.joints")
SINGLING_OUT = lexicon.words("grammar.singling_out")
CUES = lexicon.headings("outcomes.cues")
FREEING = lexicon.words("outcomes.freeing")
RAIDING = lexicon.words("outcomes.raiding")

_LONGEST_JOINT = 5
"""Words that may join two counts: ", and also a further"."""
_SHORT = 6
"""Words of a sentence that only names premises: "Two hotels closed."."""
_IN_PLACE = ("in", "across", "from", "at")
_PLACES = ("country", "province", "town", "place")


def resolve_chains(reader: Reader, counts: Sequence[Count]) -> None:
    """Give the people and premises of a sentence their metrics.

    Args:
        reader: of the sentence.
        counts: all of its counts, in order.
    """
    for chain in _chains(reader, counts):
        _resolve(reader, chain, counts)


def _chains(reader: Reader, counts: Sequence[Count]) -> list[list[Count]]:
    """Counts of people and places that one list joins."""
    found: list[list[Count]] = []
    for count in counts:
        if count.kind not in (Kind.PEOPLE, Kind.PREMISES, Kind.BARE) or count.metric is not None:
            continue
        if found and _are_joined(reader, found[-1][-1], count):
            found[-1].append(count)
        else:
            found.append([count])
    return found


def _are_joined(reader: Reader, one: Count, other: Count) -> bool:
    """Whether nothing but a comma or an "and" stands between two counts."""
    if other.is_anaphoric or (one.kind is Kind.PREMISES) != (other.kind is Kind.PREMISES):
        return False
    between = list(_gap(reader, one.end, other.amount.first))
    return 0 < len(between) <= _LONGEST_JOINT and JOINTS.issuperset(between)


def _gap(reader: Reader, start: int, end: int) -> Iterator[str]:
    """The words between two counts, without places and one of a nationality: "in Myanmar and", "a Ugandan and"."""
    at = start
    while at < end:
        joint, mention = reader.lower(at), reader.by_first.get(at + 1)
        kinds = _PLACES if joint in _IN_PLACE else OF_PEOPLE if joint in ("a", "an") else ()
        if mention is not None and mention.kind in kinds and mention.last < end:
            at = mention.last
            continue
        yield reader.lower(at)
        at += 1


def _resolve(reader: Reader, chain: Sequence[Count], counts: Sequence[Count]) -> None:
    earlier, last = counts[: counts.index(chain[0])], counts.index(chain[-1])
    start = max((one.end for one in earlier if one.rule not in PASSING), default=0)
    metric, rule = told(reader, chain[0], chain[-1], (start, _end(reader, counts, last))) or (None, "")
    _share_nationality(reader, chain)
    for count in chain:
        if count.kind is Kind.PREMISES:
            _take_premises(reader, count)
        elif len(chain) == 1 and count.is_one and _tells(reader, count, metric):
            count.explain("“one” that counts nobody")
        elif count.kind is Kind.BARE and metric is None:
            count.kind = Kind.LISTED if count.by else Kind.BARE
        else:
            take_told(count, None if count.has_complement else metric, rule)


def _end(reader: Reader, counts: Sequence[Count], at: int) -> int:
    """Where the words after a list end that can tell of it: at the next count, unless that is a part in passing."""
    for later in counts[at + 1 :]:
        if later.kind is Kind.OTHER or later.refers is not None or (later.kind is Kind.THING and not later.is_combined):
            continue
        if not (_is_in_passing(reader, later) or reader.has(SINGLING_OUT, counts[at].end, later.amount.first)):
            return later.amount.first
    return len(reader.sentence)


def _is_in_passing(reader: Reader, count: Count) -> bool:
    """Whether a count only divides or sums those before it: "12 men, two of them Thai, were freed"."""
    if count.has_complement or count.in_brackets:
        return True
    after = reader.pair(count.amount.last)
    return after == ("in", "all") or (count.is_anaphoric and reader.lower(count.end) in (",", ")"))


def _share_nationality(reader: Reader, chain: Sequence[Count]) -> None:
    """52 women and seven children, all of them Vietnamese."""
    last = chain[-1]
    if len(chain) == 1 or not last.nationalities or reader.lower(last.end - 1) == last.noun:
        return
    if reader.has({"them", "all", "both"}, last.amount.last, last.end):
        for count in chain:
            count.nationalities = count.nationalities or list(last.nationalities)


def _tells(reader: Reader, count: Count, metric: str | None) -> bool:
    """Whether "one" only tells of somebody: it counts where something happened to one, or one was found dead."""
    if count.kind is Kind.BARE:
        return True
    if reader.lower(count.amount.last) == "of":
        return not count.group
    return metric is None and OWN_METRIC.get(count.noun) != "deaths"


def _take_premises(reader: Reader, count: Count) -> None:
    """Premises are counted where something is done to them, or to people in them: "freed from two compounds"."""
    words = reader.lowers
    is_place = reader.lower(count.amount.first - 1) in ("from", "at", "in")
    is_freed = is_place and any(CUES.get(word) in FREEING for word in words)
    if is_freed or not RAIDING.isdisjoint(words) or len(words) < _SHORT:
        count.metric, count.rule = "premises", f"{count.rule} that were raided, searched or closed"
    else:
        count.explain("buildings of which no raid is told")
