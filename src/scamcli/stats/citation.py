"""Write citable sentences: a number with its bounds, what it counts, where and when, who said so, and the source.

A sentence says only what the records say: an address or a date that is missing is left out. It attributes only what
somebody stated: if a bound of the row is computed, the statements that it follows from are named instead. The words for
what a metric counts are data in ``output/text/sentences.toml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures import Bounds, Period, resolved
from scamcli.language import dates
from scamcli.language.gazetteer import country_of
from scamcli.output.text import date_text
from scamcli.output.text.nouns import CONTRADICTORY, Amount, amount, has_verb, in_words, occasions, with_article
from scamcli.query.date_ranges import is_open
from scamcli.records.derivations import originals
from scamcli.stats import rows
from scamcli.stats.basis import entered
from scamcli.stats.captions import TWICE
from scamcli.stats.explanation import COUNTED, masked_record
from scamcli.stats.selection import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.figures import Figure
    from scamcli.figures.derivation import Entry
    from scamcli.records.types import EventDict, SourceDict
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.rows import Row
    from scamcli.stats.selection import Chosen

MOST_NAMED = 3
"""How many speakers a sentence names."""


class Attribution(NamedTuple):
    """Who stated a figure, and where it was read: ``Tempo (1 August 2022)``, ``cited by CamboJA on 16 June 2023``."""

    speaker: str
    source: str


def sentence(inquiry: Inquiry, group: Sequence[Chosen], row: Row, entries: Sequence[Entry]) -> str:
    """Return one sentence about a row of a table, with protected names masked.

    Args:
        inquiry: The request that the row answers.
        group: The figures of the row.
        row: The row, with its splits.
        entries: How each of the figures entered the low: `scamcli.stats.basis.entered`.
    """
    is_possible = all(one.possible for one in group)
    perhaps = Bounds(row["possible_low"], None, row["possible_high"])
    bounds = perhaps if is_possible else rows.bounds(row)
    used = _basis(bounds, group, entries, row)
    subject = _amount(inquiry, bounds, used, row)
    text = " ".join([f"{subject.text[:1].upper()}{subject.text[1:]} {subject.verb}", *_where(inquiry, used, row)])
    text += _when_worded(_when(inquiry, used, row), row, is_possible=is_possible)
    if not inquiry.is_of_few(group):
        contested = _contested(inquiry, group) if row["contested"] else []
        is_one_claim = bool(contested) and row["claims"] == 1
        text += f": {contested[0]}" if is_one_claim else _according_to(inquiry, bounds, used, row)
        text += "".join(f"; contested: {words}" for words in contested[is_one_claim:])
    if not is_possible and row["possible"]:
        other = amount(inquiry.name, row["unit"], perhaps).text
        text += f"; statements that may belong to other dates give {other}"
    return inquiry.lookup.shown(f"{text}.")


def figure_sentence(inquiry: Inquiry, one: Chosen) -> str:
    """Return one sentence about a single figure, with protected names masked.

    It is empty for a metric that no sentence can be made of, such as the length of a sentence of a court.
    """
    figure = one.figure
    if not has_verb(inquiry.metric.name):
        return ""
    row = {"unit": inquiry.read.unit([figure]), "count": figure.count}
    subject = _amount(inquiry, figure.bounds, [one], row)
    text = " ".join([f"{subject.text[:1].upper()}{subject.text[1:]} {subject.verb}", *_where(inquiry, [one], row)])
    text += _when_worded(_when(inquiry, [one], row), row, is_possible=False)
    return inquiry.lookup.shown(f"{text}{_according_to(inquiry, figure.bounds, [one], row)}.")


def _when_worded(when: str, row: Row, *, is_possible: bool) -> str:
    if not when:
        return " (date not given)" if row["count"] == "stock" else " (period not given)"
    return f", possibly {when}" if is_possible else f" {when}"


def _basis(bounds: Bounds, group: Sequence[Chosen], entries: Sequence[Entry], row: Row) -> Sequence[Chosen]:
    """Return the figures that a number follows from: the one that states it, its terms, or all that it combines."""
    used = counted_figures(group, entries)
    merged = {entry.figure for entry in entries if entry.how == "repeats" and entry.other == used[0].figure.key}
    if len(used) == 1 and merged:
        used = [*used, *(one for one in group if one.figure.key in merged)]
        return [one for one in used if one.figure.bounds == bounds] or used
    highs = [one.figure.high for one in used]
    total = None if None in highs else sum(high or 0 for high in highs)
    if bounds.high in {None, total} or row["count"] == "none":
        return used
    corrected = {entry.figure for entry in entries if entry.how == "corrected"}
    return [one for one in group if one.possible == used[0].possible and one.figure.key not in corrected]


def _according_to(inquiry: Inquiry, bounds: Bounds, used: Sequence[Chosen], row: Row) -> str:
    """Return who stated a number, or the statements that it was computed from, with who made each of them."""
    said = [_attributed_to(inquiry, one) for one in used]
    if all(_states(inquiry, one, bounds, row["unit"]) for one in used):
        return f", according to {attributed(said)}"
    if len(used) > MOST_NAMED:
        return f", computed from {len(used):,} figures that were stated by {attributed(said)}"
    terms: dict[Attribution, list[str]] = {}
    for one, speaker in zip(used, said, strict=True):
        terms.setdefault(speaker, []).append(_term(inquiry, one.figure, row["unit"], is_derived=one.of is not None))
    listed = [f"{_joined(numbers)} according to {attributed([speaker])}" for speaker, numbers in terms.items()]
    is_sum = bounds.low == sum(one.figure.low or 0 for one in used)
    computed = "" if len(used) == 1 or is_sum else f", computed from {len(used)} figures"
    return f"{computed}: {', and '.join(listed)}"


def _attributed_to(inquiry: Inquiry, one: Chosen) -> Attribution:
    return attribution(inquiry, one.figure, (one.of or one.figure).id)


def _states(inquiry: Inquiry, one: Chosen, bounds: Bounds, unit: str) -> bool:
    """Say whether a figure states a number itself, in words that mean just that."""
    stated = one.figure.bounds._replace(best=None) if one.possible else one.figure.bounds
    return one.of is None and stated == bounds and not _term(inquiry, one.figure, unit).startswith("“")


def _term(inquiry: Inquiry, figure: Figure, unit: str, *, is_derived: bool = False) -> str:
    """Return the number of a figure: a plain number, or the wording in quotation marks if it says anything else."""
    number = amount(inquiry.name, unit, figure.bounds).number
    stated = figure.stated and CONTRADICTORY not in number
    wording = " ".join(inquiry.read.wording(figure).split()) if stated else number
    is_plain = figure.low is not None and figure.low == figure.high and not is_derived
    is_same = f"{wording} ".casefold().replace(",", "").startswith(f"{number} ".casefold().replace(",", ""))
    return number if is_plain or is_same else f"“{wording}”"


def comparison(
    inquiry: Inquiry, sides: tuple[Sequence[Chosen], Sequence[Chosen]], row: Row, periods: tuple[str, str]
) -> str:
    """Return one sentence about a row of a comparison, with protected names masked."""
    words, said = [], []
    for side, name, period in zip(sides, ("before", "after"), periods, strict=True):
        bounds = Bounds(**row[name])
        used = _basis(bounds, side, entered(side, inquiry.read), row) if side else []
        found = _amount(inquiry, bounds, used, row)
        words.append(f"{found.text} {found.verb} {date_text.when(dates.parse_during(period))}")
        said.append(_according_to(inquiry, bounds, used, row) if used else "")
    if said[0] == said[1]:
        said[0] = ""
    text = f"{words[0][:1].upper()}{words[0][1:]}{said[0]}, and {words[1]}{said[1]}"
    percent = Bounds(**row["change"])
    if percent != Bounds():
        text += f"; computed from these, the change is {in_words(percent, '{} percent')}"
    return inquiry.lookup.shown(f"{text}.")


def counted_figures(group: Sequence[Chosen], entries: Sequence[Entry]) -> list[Chosen]:
    """Return the figures that make up the low, largest first, or all figures if there is no low."""
    certain = [one for one in group if not one.possible] or list(group)
    counted = {entry.figure for entry in entries if entry.how in COUNTED}
    used = [one for one in certain if one.figure.key in counted] or certain
    return sorted(used, key=lambda one: -(one.figure.low or 0))


def _amount(inquiry: Inquiry, bounds: Bounds, used: Sequence[Chosen], row: Row) -> Amount:
    """Return a number with what it counts. A number that somebody states is quoted as a number of people."""
    read = [resolved(one.figure, inquiry.read.wholes) for one in used]
    people = [inquiry.read.masked.get(figure.key) for figure in read]
    groups = {known["group"] if known else one.group for one, known in zip(read, people, strict=True)}
    nations = {known["nationality"] if known else one.nationality for one, known in zip(read, people, strict=True)}
    nationality = nations.pop() if len(nations) == 1 else None
    group = groups.pop() if len(groups) == 1 else None
    is_stated = all(_states(inquiry, one, bounds, row["unit"]) for one in used)
    if inquiry.name in TWICE and row["unit"] == "people" and len(used) > 1 and row.get("claims") != 1 and not is_stated:
        return occasions(inquiry.name, bounds, nationality=nationality, group=group)
    return amount(inquiry.name, row["unit"], bounds, nationality=nationality, group=group)


def _where(inquiry: Inquiry, used: Sequence[Chosen], row: Row) -> list[str]:
    """Return the place that all these figures share, and the site or kind of event that the row is about."""
    read = [resolved(one.figure, inquiry.read.wholes) for one in used]
    provinces, countries = {one.province for one in read}, {one.country for one in read}
    words = []
    if row.get("site") and not _is_over_all(row, inquiry):
        words.append(f"at {row['site']}")
    if row.get("kind") and not _is_over_all(row, inquiry):
        words.append(f"in events of the kind “{row['kind']}”")
    if len(provinces) == 1 and None not in provinces:
        words.append(f"in {_province(provinces.pop() or '')}")
    elif len(countries) == 1 and None not in countries:
        words.append(f"in {_country(countries.pop() or '')}")
    return words


def _province(name: str) -> str:
    """Return the name of a province as a newspaper prints it: with the name of its country outside Cambodia."""
    code = country_of(name)
    return name if code == "KH" else f"{name.removesuffix(code)}{_country(code)}"


def _country(code: str) -> str:
    from scamcli.language.countries import countries

    found = countries().get(code)
    return found.names[0] if found else code


def _when(inquiry: Inquiry, used: Sequence[Chosen], row: Row) -> str:
    """Return the days of the row, or those that its figures cover together; empty if a figure has no days."""
    bucket = next((row[split] for split in BUCKETS if row.get(split)), None)
    if bucket and not _is_over_all(row, inquiry):
        return date_text.when(dates.parse_during(bucket))
    if len(inquiry.wanted.ranges) == 1 and not any(split in BUCKETS for split in inquiry.splits):
        first, last = inquiry.wanted.ranges[0]
        return date_text.when(Period(None if is_open(first) else first, None if is_open(last) else last, sure=True))
    periods = [resolved(one.figure, inquiry.read.wholes).period for one in used]
    known = [period for period in periods if period is not None]
    if len(known) < len(periods):
        return ""
    return date_text.when(_together(known))


def _together(periods: Sequence[Period]) -> Period:
    starts, ends = [one.start for one in periods], [one.end for one in periods]
    return Period(
        None if None in starts else min(day for day in starts if day is not None),
        None if None in ends else max(day for day in ends if day is not None),
        sure=all(one.sure for one in periods),
    )


def _is_over_all(row: Row, inquiry: Inquiry) -> bool:
    return len(inquiry.splits) == 1 and row[inquiry.splits[0]] == "all"


def _contested(inquiry: Inquiry, group: Sequence[Chosen]) -> list[str]:
    """Return both sides of each contested claim: ``8 according to A, but 14 according to B``."""
    found = []
    for claim in rows.contested(group, inquiry.read):
        sides: dict[str, list[Attribution]] = {}
        for figure in sorted(claim.everywhere, key=lambda one: one.low or 0):
            number = _term(inquiry, figure, inquiry.read.unit([figure]))
            sides.setdefault(number, []).append(attribution(inquiry, figure, figure.id))
        found.append(", but ".join(f"{number} according to {attributed(said)}" for number, said in sides.items()))
    return found


def attribution(inquiry: Inquiry, figure: Figure, recorded: str) -> Attribution:
    """Return who stated a figure, and where it was read.

    Args:
        inquiry: The request, for its database.
        figure: The figure.
        recorded: The id of the figure in its record, which differs from the id of a derived figure.
    """
    key = figure.event, recorded
    found = inquiry.attributions.get(key)
    if found is None:
        record, at = masked_record(inquiry, figure.event, recorded)
        found = inquiry.attributions[key] = _attribution(record, record["figures"][at]["stated_by"])
    return Attribution(*found)


def _attribution(record: EventDict, speaker: str | None) -> Attribution:
    first, others = _source(record["sources"], speaker)
    own_date = date_text.span(dates.parse_date(record["date"]))
    named = with_article(speaker) if speaker else "somebody who is not named"
    if first is None:
        return Attribution(f"{named} ({own_date})", "no source recorded")
    said_here = speaker is not None and first["outlet"].casefold() == speaker.casefold()
    more = f" and {others} more" if others else ""
    via = _publication(record["sources"], first["via"]) if first["via"] else None
    if via is None:
        place = _published(first) + more
        if said_here or speaker is None:
            return Attribution(place, "")
        return Attribution(f"{named} ({own_date})", f"reported by {place}")
    cited = f"cited by {_published(via)}{more}"
    if said_here or speaker is None:
        return Attribution(_with_details(first, own_date), cited)
    if first["outlet"] == via["outlet"]:
        cited = f"reported by {_published(via)}{more}"
    else:
        cited = f"reported by {_published(first)} and {cited}"
    return Attribution(f"{named} ({own_date})", cited)


def _source(sources: Sequence[SourceDict], speaker: str | None) -> tuple[SourceDict | None, int]:
    """Return the original source that is the speaker, or otherwise the first one, and how many others there are."""
    found = originals(sources)
    own = [one for one in found if speaker and one["outlet"].casefold() == speaker.casefold()]
    return next(iter(own or found), None), max(len(found) - 1, 0)


def _publication(sources: Iterable[SourceDict], outlet: str | None) -> SourceDict | None:
    """Return the source through which another one was seen; the record may have only its name."""
    return next((one for one in sources if one["outlet"] == outlet and not one["via"]), None)


def _published(source: SourceDict) -> str:
    """Return an outlet with the date and address of its publication: ``CamboJA on 16 June 2023 (https://…)``."""
    date = f" {date_text.when(dates.parse_date(source['published']))}" if source["published"] else ""
    return with_article(source["outlet"]) + date + (f" ({source['url']})" if source["url"] else "")


def _with_details(source: SourceDict, own_date: str) -> str:
    date = date_text.span(dates.parse_date(source["published"])) if source["published"] else own_date
    return f"{with_article(source['outlet'])} ({', '.join(filter(None, (date, source['url'])))})"


def attributed(found: Sequence[Attribution]) -> str:
    """Join attributions without repetition; speakers who were read in the same place share its mention."""
    different = list(dict.fromkeys(found))
    places: dict[str, list[str]] = {}
    for one in different[:MOST_NAMED]:
        places.setdefault(one.source, []).append(one.speaker)
    texts = [_joined(speakers) + (f", {place}" if place else "") for place, speakers in places.items()]
    more = len(different) - MOST_NAMED
    return "; ".join([*texts, *([f"and {more} more"] if more > 0 else [])])


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
