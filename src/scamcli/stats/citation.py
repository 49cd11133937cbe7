"""Write citable sentences: a number with its bounds, what it counts, where and when, who said so, and the source.

A sentence says only what the records say: an address or a date that is missing is left out. The words for what a metric
counts are data in ``output/text/sentences.toml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures import Bounds, Period, resolved
from scamcli.language import dates
from scamcli.language.gazetteer import country_of
from scamcli.output.text import date_text
from scamcli.output.text.nouns import Amount, amount, has_verb, in_words
from scamcli.query.date_ranges import is_open
from scamcli.records.derivations import originals
from scamcli.stats import rows
from scamcli.stats.basis import entered
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
    used = counted_figures(group, entries)
    subject = _amount(inquiry, perhaps if is_possible else rows.bounds(row), [one.figure for one in used], row)
    text = " ".join([f"{subject.text[:1].upper()}{subject.text[1:]} {subject.verb}", *_where(inquiry, used, row)])
    text += _when_worded(_when(inquiry, used, row), row, is_possible=is_possible)
    if not inquiry.is_of_few(group):
        text += _according_to(inquiry, group, used, row)
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
    subject = _amount(inquiry, figure.bounds, [figure], row)
    text = " ".join([f"{subject.text[:1].upper()}{subject.text[1:]} {subject.verb}", *_where(inquiry, [one], row)])
    text += _when_worded(_when(inquiry, [one], row), row, is_possible=False)
    return inquiry.lookup.shown(f"{text}, according to {attributed([attribution(inquiry, figure, figure.id)])}.")


def _when_worded(when: str, row: Row, *, is_possible: bool) -> str:
    if not when:
        return " (date not given)" if row["count"] == "stock" else " (period not given)"
    return f", possibly {when}" if is_possible else f" {when}"


def _according_to(inquiry: Inquiry, group: Sequence[Chosen], used: Sequence[Chosen], row: Row) -> str:
    """Return who stated the number or each term of the sum, and both sides if the number is contested."""
    contested = _contested(inquiry, group) if row["contested"] else []
    said = [attribution(inquiry, one.figure, (one.of or one.figure).id) for one in used]
    if contested and row["claims"] == 1:
        return f": {contested[0]}"
    if 1 < len(said) <= MOST_NAMED and len(set(said)) > 1:
        numbers = [in_words(one.figure.bounds) for one in used]
        terms = [f"{number} according to {attributed([one])}" for number, one in zip(numbers, said, strict=True)]
        text = f": {', and '.join(terms)}"
    else:
        added = f", added up from {len(used):,} figures" if len(used) > 1 and row["count"] != "stock" else ""
        text = f"{added}, according to {attributed(said)}"
    return text + "".join(f"; contested: {words}" for words in contested)


def comparison(
    inquiry: Inquiry, sides: tuple[Sequence[Chosen], Sequence[Chosen]], row: Row, periods: tuple[str, str]
) -> str:
    """Return one sentence about a row of a comparison, with protected names masked."""
    words = []
    used = [counted_figures(side, entered(side, inquiry.read)) if side else [] for side in sides]
    for figures, side, period in zip(used, ("before", "after"), periods, strict=True):
        found = _amount(inquiry, Bounds(**row[side]), [one.figure for one in figures], row)
        words.append(f"{found.text} {found.verb} {date_text.when(dates.parse_during(period))}")
    text = f"{words[0][:1].upper()}{words[0][1:]}, and {words[1]}"
    percent = Bounds(**row["change"])
    if percent != Bounds():
        text += f", a change of {in_words(percent, '{} percent')}"
    said = [attribution(inquiry, one.figure, (one.of or one.figure).id) for figures in used for one in figures]
    return inquiry.lookup.shown(f"{text}, according to {attributed(said)}." if said else f"{text}.")


def counted_figures(group: Sequence[Chosen], entries: Sequence[Entry]) -> list[Chosen]:
    """Return the figures that make up the low, largest first, or all figures if there is no low."""
    certain = [one for one in group if not one.possible] or list(group)
    counted = {entry.figure for entry in entries if entry.how in COUNTED}
    used = [one for one in certain if one.figure.key in counted] or certain
    return sorted(used, key=lambda one: -(one.figure.low or 0))


def _amount(inquiry: Inquiry, bounds: Bounds, figures: Sequence[Figure], row: Row) -> Amount:
    read = [resolved(figure, inquiry.read.wholes) for figure in figures]
    people = [inquiry.read.masked.get(figure.key) for figure in read]
    groups = {known["group"] if known else one.group for one, known in zip(read, people, strict=True)}
    nations = {known["nationality"] if known else one.nationality for one, known in zip(read, people, strict=True)}
    return amount(
        inquiry.name, row["unit"], bounds,
        nationality=nations.pop() if len(nations) == 1 else None, group=groups.pop() if len(groups) == 1 else None,
    )  # fmt: skip


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
            number = amount(inquiry.name, inquiry.read.unit([figure]), figure.bounds).number
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
    if first is None:
        return Attribution(f"{speaker or 'somebody who is not named'} ({own_date})", "no source recorded")
    said_here = speaker is not None and first["outlet"].casefold() == speaker.casefold()
    more = f" and {others} more" if others else ""
    via = _publication(record["sources"], first["via"]) if first["via"] else None
    if via is None:
        place = _published(first) + more
        if said_here or speaker is None:
            return Attribution(place, "")
        return Attribution(f"{speaker} ({own_date})", f"reported by {place}")
    cited = f"cited by {_published(via)}{more}"
    if said_here or speaker is None:
        return Attribution(_with_details(first, own_date), cited)
    if first["outlet"] == via["outlet"]:
        cited = f"reported by {_published(via)}{more}"
    else:
        cited = f"reported by {_published(first)} and {cited}"
    return Attribution(f"{speaker} ({own_date})", cited)


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
    return source["outlet"] + date + (f" ({source['url']})" if source["url"] else "")


def _with_details(source: SourceDict, own_date: str) -> str:
    date = date_text.span(dates.parse_date(source["published"])) if source["published"] else own_date
    return f"{source['outlet']} ({', '.join(filter(None, (date, source['url'])))})"


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
