"""Write citable sentences: a number with what it counts, where and when, who said so, and the source.

A sentence says only what the records say: an address or a date that is missing is left out. It attributes only what
somebody stated, and ties each dispute to the number that it is about. The words for what a metric counts are data in
``output/text/sentences.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scamcli.language import dates
from scamcli.language.dates import Period
from scamcli.language.wording.bounds import UNKNOWN, Bounds, render_number
from scamcli.numbers.entries import Entry, resolve
from scamcli.numbers.records import Figure
from scamcli.numbers.rises import behind, rise_within
from scamcli.numbers.tables import BUCKETS
from scamcli.numbers.tables import Row as NumberRow
from scamcli.output.text import date_text
from scamcli.output.text.nouns import UNKNOWN_NUMBER, Amount, amount, has_verb, in_words, where, with_article
from scamcli.query.date_ranges import is_open
from scamcli.records.derivations import originals
from scamcli.records.types import EventDict, SourceDict
from scamcli.stats.explanation import masked_record
from scamcli.stats.inquiry import Inquiry
from scamcli.stats.rows import (
    LEFT,
    SOURCES_DIFFER,
    TOTAL,
    Cell,
    Row,
    only_statement,
    statement_in_words,
    that_state_it,
)

MOST_NAMED = 3
"""How many speakers a sentence names."""


class Attribution(NamedTuple):
    """Who stated a figure, and where it was read: ``Tempo (1 August 2022)``, ``cited by CamboJA on 16 June 2023``."""

    speaker: str
    source: str


def sentence(inquiry: Inquiry, cell: Cell) -> str:
    """Return one sentence about a row of a table, with protected names masked."""
    found, row = cell.found, cell.row
    entries = _used_entries(found)
    used = _statements(found, entries)
    subject = _subject(inquiry, found.total.bounds, used, row, only_statement(found))
    words = row["words"].removesuffix(SOURCES_DIFFER)
    if found.total.bounds == UNKNOWN and words != UNKNOWN_NUMBER:  # the words of the sources say more
        subject = subject._replace(text=subject.text.replace(subject.number, words, 1))
    is_one_entry = len(entries) == 1 and entries[0].size == 1
    where_and_when = [*_where(inquiry, used, row, is_one_entry=is_one_entry), _when(inquiry, found, row)]
    text = " ".join([f"{subject.text[:1].upper()}{subject.text[1:]} {subject.verb}", *filter(None, where_and_when)])
    if not inquiry.is_of_few(found):  # who states a small number may reveal who was counted
        text += _said(inquiry, found, row)
        text += "".join(_rises(inquiry, found))
    text += _suspicion(found)
    return inquiry.lookup.shown(f"{text}.")


def figure_sentence(inquiry: Inquiry, figure: Figure) -> str:
    """Return one sentence about a single figure, with protected names masked.

    It is empty for a metric that no sentence can be made of, such as the length of a sentence of a court.
    """
    if not has_verb(inquiry.metric.name):
        return ""
    figure = resolve(figure, inquiry.read.facts.wholes)
    row = {"unit": inquiry.read.unit([figure]), "count": figure.count}
    subject = _subject(inquiry, figure.bounds, [figure], row, figure)
    days = figure.day if figure.period is None and figure.count == "stock" else figure.period
    period = _without_days(row) if days is None else date_text.when(days)
    text = " ".join([f"{subject.text[:1].upper()}{subject.text[1:]} {subject.verb}", *_where(inquiry, [figure], row)])
    said = attributed([attribution(inquiry, figure)])
    return inquiry.lookup.shown(f"{text} {period}, according to {said}.")


def _used_entries(found: NumberRow) -> list[Entry]:
    """Return the entries that a number is about: those that lie in nothing else, if they were added up.

    Of a number that is only a minimum, they are those that have one.
    """
    total = found.total
    is_sum_of_tops = total.is_sum and not total.exceeded and not total.counted & ~total.tops
    used = found.of(total.tops if total.around or is_sum_of_tops else total.counted)
    if total.bounds.low is not None and total.bounds == Bounds(total.bounds.low, None, None):
        used = [entry for entry in used if entry.bounds.low] or used
    return used or list(found.entries)


def _statements(found: NumberRow, entries: Sequence[Entry]) -> list[Figure]:
    """Return the statements of entries of a row, the largest first."""
    figures = [figure for entry in entries for figure in entry.statements]
    if found.total.bounds != UNKNOWN:  # a number that could not be read adds nothing
        figures = [figure for figure in figures if figure.bounds != UNKNOWN]
    if any(entry.label == "rise" for entry in entries):  # it follows from the statements of its running total
        of_rises = [entry for rises in found.rises for entry in behind(rises.series, rises.first, rises.last)]
        figures += [figure for entry in of_rises for figure in entry.statements]
    return sorted(figures, key=lambda figure: -(figure.low or figure.best or figure.high or 0))


def _subject(inquiry: Inquiry, bounds: Bounds, used: Sequence[Figure], row: Row, stated: Figure | None) -> Amount:
    """Return a number with what it counts, with the nationality and group that all its figures share."""
    masked = [inquiry.read.masked.get(figure.key) for figure in used]
    groups = {known["group"] if known else one.group for one, known in zip(used, masked, strict=True)}
    nations = {known["nationality"] if known else one.nationality for one, known in zip(used, masked, strict=True)}
    return amount(
        inquiry.name,
        row["unit"],
        bounds,
        nationality=nations.pop() if len(nations) == 1 else None,
        group=groups.pop() if len(groups) == 1 else None,
        stated=None if stated is None else inquiry.read.wording(stated),
    )


def _where(inquiry: Inquiry, used: Sequence[Figure], row: Row, *, is_one_entry: bool = False) -> list[str]:
    """Return the place that all these figures share, and the site or kind of event that the row is about."""
    is_total = row.get("label") == TOTAL
    provinces, countries = {one.province for one in used}, {one.country for one in used}
    if is_one_entry:  # what one of its statements leaves out, another one says
        provinces, countries = provinces - {None} or {None}, countries - {None} or {None}
    words = []
    if row.get("site") and not is_total:
        words.append(f"at {row['site']}")
    if row.get("kind") and not is_total:
        words.append(f"in events of the kind “{row['kind']}”")
    province = next(iter(provinces)) if len(provinces) == 1 else None
    country = next(iter(countries)) if len(countries) == 1 else None
    if province is not None or country is not None:
        words.append(where(inquiry.metric.name, country, province))
    return words


def _when(inquiry: Inquiry, found: NumberRow, row: Row) -> str:
    """Return the days that a sentence is about: those that the numbers behind it state, or those that were asked for.

    A number for some days of March says nothing of the others, so "in March" stands only for incidents that were added
    up, for a rise, and for numbers without days of their own.
    """
    entries = _used_entries(found)
    periods = [period for entry in entries if (period := _days_of_all(entry)) is not None]
    asked = _days_asked_for(inquiry, row)
    has_totals = any(entry.kind == "total" for entry in entries)
    if len(periods) < len(entries):
        return _without_days(row) if asked is None else date_text.when(asked)
    if asked is not None and (found.rises or not (has_totals or len(entries) == 1)):
        return date_text.when(asked)
    return _in_blocks(periods) if has_totals else date_text.when(_together(periods))


def _days_asked_for(inquiry: Inquiry, row: Row) -> Period | None:
    """Return the month, quarter or year that a row is about, or the only range of days that was asked for."""
    bucket = next((row[split] for split in BUCKETS if row.get(split)), None)
    if bucket and row.get("label") != TOTAL:
        return dates.parse_during(bucket)
    if len(inquiry.wanted.ranges) != 1 or any(split in BUCKETS for split in inquiry.splits):
        return None
    first, last = inquiry.wanted.ranges[0]
    return Period(None if is_open(first) else first, None if is_open(last) else last, sure=True)


def _days_of_all(entry: Entry) -> Period | None:
    """Return the days of an entry, or ``None`` if it or one of its rival totals gives none."""
    scope = entry.scope
    are_totals = all(one.count != "incident" for one in entry.statements)
    lack_days = are_totals and entry.kind != "moment" and any(one.period is None for one in entry.statements)
    if scope.days == "not stated" or (entry.is_contested and lack_days):
        return None
    return Period(scope.start, scope.stated_end, sure=scope.days == "stated")


def _in_blocks(periods: Sequence[Period]) -> str:
    """Return the days of numbers that were added up, without the days between them that none of them covers."""
    blocks: list[Period] = []
    for period in sorted(periods, key=lambda one: (one.start is not None, one.start or 0)):
        last = blocks[-1] if blocks else None
        if last is not None and (last.end is None or period.start is None or period.start <= last.end + 1):
            blocks[-1] = _together([last, period])
        else:
            blocks.append(period)
    if len(blocks) > MOST_NAMED:
        return f"on some of the days {date_text.when(_together(blocks))}"
    return _joined([date_text.when(block) for block in blocks])


def _without_days(row: Row) -> str:
    return "(date not stated)" if row["count"] == "stock" else "(period not stated)"


def _together(periods: Sequence[Period]) -> Period:
    starts, ends = [one.start for one in periods], [one.end for one in periods]
    return Period(
        None if None in starts else min(day for day in starts if day is not None),
        None if None in ends else max(day for day in ends if day is not None),
        sure=all(one.sure for one in periods),
    )


def _said(inquiry: Inquiry, found: NumberRow, row: Row) -> str:
    """Return who stated a number, or the numbers from which it follows, with all answers to a contested one."""
    if all(entry.label == "rest" for entry in found.entries):
        return f", by {LEFT}"
    entries = _used_entries(found)
    if len(entries) == 1 and entries[0].is_suspected:
        return f": {_answers(inquiry, entries[0], ' and ')}"
    among = found.of(found.total.counted | found.total.around | found.total.inside)
    disputes = [entry for entry in among if entry.is_contested and len(entry.statements) > 1]
    if len(entries) == 1 and disputes == entries:
        return f": {_answers(inquiry, entries[0], ', but ')}"
    text = _according_to(inquiry, found, entries)
    low, best, high = found.total.bounds
    if not low and best is None and high is None and all(entry.bounds.high == 0 for entry in entries):
        text = f": 0{text}, and others that are not known"  # a report of nobody beside one that is partly elsewhere
    if found.total.around and low:
        inner = f"at least {render_number(low)}{_according_to(inquiry, found, found.of(found.total.counted))}"
        if best is not None:  # the sentence begins with it, so it is not said again
            text += f"; {inner}"
        else:
            text = f": {in_words(Bounds(None, None, high))}{text}, and {inner}"
    for entry in disputes:
        place = _where(inquiry, entry.statements, row)
        which = "" if place == _where(inquiry, _statements(found, entries), row) else f"{' '.join(place)} "
        text += f"; the number {which}{_of_days(entry)}is contested: {_answers(inquiry, entry, ', but ')}"
    return text


def _according_to(inquiry: Inquiry, found: NumberRow, entries: Sequence[Entry]) -> str:
    """Return who stated the numbers from which a number follows. Nobody said a sum of several."""
    silent = {figure.key for entry in entries for figure in entry.statements if figure not in that_state_it(entry)}
    said = attributed(
        [attribution(inquiry, figure) for figure in _statements(found, entries) if figure.key not in silent]
    )
    unread = sum(figure.bounds == UNKNOWN for entry in entries for figure in entry.statements if entry.size > 1)
    added_up = sum(entry.size for entry in entries if entry.bounds != UNKNOWN) - unread
    return f", adding up {added_up:,} numbers from {said}" if added_up > 1 else f", according to {said}"


def _answers(inquiry: Inquiry, entry: Entry, between: str) -> str:
    """Return what each source says of a number: ``87 according to A, but 78 according to B``.

    If some of them say no days, the others are given with theirs.
    """
    answers: dict[str, list[Attribution]] = {}
    has_days = _days_of_all(entry) is not None
    for figure in sorted(that_state_it(entry), key=lambda one: -(one.low or one.best or one.high or 0)):
        words = statement_in_words(inquiry, figure)
        if not has_days and figure.period is not None:
            words += f" {date_text.when(figure.period)}"
        answers.setdefault(words, []).append(attribution(inquiry, figure))
    return between.join(f"{number} according to {attributed(said)}" for number, said in answers.items())


def _of_days(entry: Entry) -> str:
    scope = entry.scope
    if scope.days == "not stated" or (scope.start is None and scope.stated_end is None):
        return ""
    return f"{date_text.when(Period(scope.start, scope.stated_end, sure=scope.days == 'stated'))} "


def _rises(inquiry: Inquiry, found: NumberRow) -> Iterable[str]:
    """Yield each rise of a running total with its own days."""
    for within in found.rises:
        rise = rise_within(within.series, within.first, within.last)
        if rise is not None and rise.earlier is not None and rise.bounds.high != 0:  # 0 if it was said again
            numbers = [statement_in_words(inquiry, entry.statements[0]) for entry in (rise.earlier, rise.later)]
            days = date_text.when(Period(rise.first, rise.last, sure=True))
            yield f"; {days}, {in_words(rise.bounds)} more ({numbers[0]}, then {numbers[1]})"


def _suspicion(found: NumberRow) -> str:
    suspected = [entry for entry in found.entries if entry.is_suspected]
    if not suspected:
        return ""
    reports = sum(len(entry.events) for entry in suspected)
    events = "one event" if len(suspected) == 1 else f"{len(suspected)} events"
    return f"; {reports} reports may be of {events}"


def change_sentence(
    inquiry: Inquiry, sides: tuple[NumberRow | None, NumberRow | None], row: Row, periods: tuple[str, str]
) -> str:
    """Return one sentence about a row of a comparison, with protected names masked."""
    words, said = [], []
    for side, name, period in zip(sides, ("before", "after"), periods, strict=True):
        used = [] if side is None else _statements(side, _used_entries(side))
        stated = None if side is None else only_statement(side)
        subject = _subject(inquiry, Bounds(**row[name]), used, row, stated)
        when = date_text.when(dates.parse_during(period))
        words.append(" ".join([subject.text, subject.verb, *(_where(inquiry, used, row) if used else ()), when]))
        is_known = side is not None and used and not inquiry.is_of_few(side)
        said.append(_according_to(inquiry, side, _used_entries(side)) if side is not None and is_known else "")
    if said[0] == said[1]:
        said[0] = ""
    text = f"{words[0][:1].upper()}{words[0][1:]}{said[0]}, and {words[1]}{said[1]}"
    percent = Bounds(**row["change"])
    if percent != Bounds():
        text += f"; computed from these, {_change(percent)}"
    return inquiry.lookup.shown(f"{text}.")


def attribution(inquiry: Inquiry, figure: Figure) -> Attribution:
    """Return who stated a figure, and where it was read."""
    found = inquiry.attributions.get(figure.key)
    if found is None:
        record, at = masked_record(inquiry, figure.event, figure.id)
        # The date of an incident is not the day on which its number was stated.
        said_on = None if figure.count == "incident" else date_text.span(dates.parse_date(record["date"]))
        found = inquiry.attributions[figure.key] = _attribution(record, record["figures"][at]["stated_by"], said_on)
    return Attribution(*found)


def _attribution(record: EventDict, speaker: str | None, said_on: str | None) -> Attribution:
    first, others = _source(record["sources"], speaker)
    named = with_article(speaker) if speaker else "somebody who is not named"
    if said_on is not None:
        named += f" ({said_on})"
    if first is None:
        return Attribution(named, "no source recorded")
    said_here = speaker is not None and first["outlet"].casefold() == speaker.casefold()
    more = f" and {others} more" if others else ""
    via = _publication(record["sources"], first["via"]) if first["via"] else None
    if via is None:
        place = _published(first) + more
        return Attribution(place, "") if said_here or speaker is None else Attribution(named, f"reported by {place}")
    cited = f"cited by {_published(via)}{more}"
    if said_here or speaker is None:
        return Attribution(_with_details(first, said_on), cited)
    if first["outlet"] == via["outlet"]:
        cited = f"reported by {_published(via)}{more}"
    else:
        cited = f"reported by {_published(first)} and {cited}"
    return Attribution(named, cited)


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


def _with_details(source: SourceDict, said_on: str | None) -> str:
    date = date_text.span(dates.parse_date(source["published"])) if source["published"] else said_on
    details = ", ".join(filter(None, (date, source["url"])))
    return with_article(source["outlet"]) + (f" ({details})" if details else "")


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


def _change(percent: Bounds) -> str:
    """Return a change in words: ``a fall of 78.8 percent``."""
    if percent.high is not None and percent.high < 0:
        fall = Bounds(*(None if end is None else -end for end in reversed(percent)))
        return f"a fall of {in_words(fall, '{} percent')}"
    if percent.low is not None and percent.low > 0:
        return f"a rise of {in_words(percent, '{} percent')}"
    return f"a change of {in_words(percent, '{} percent')}"
