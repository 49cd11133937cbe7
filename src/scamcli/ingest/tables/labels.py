"""Read what the labels of a table say: what happened to people, who they are, where, and when, and whom they name."""

# No `from __future__ import annotations` here: NamedTuple compiles annotations that are text when it is imported.

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scamcli.ingest import date_phrases
from scamcli.ingest.counts.continuations import LABELS
from scamcli.ingest.counts.count import OF_PEOPLE, Kind, OwnMetrics, SentenceView
from scamcli.ingest.counts.nouns import PEOPLE, THINGS
from scamcli.ingest.counts.outcome import CUES, OWN_METRIC, cue, is_unreal
from scamcli.ingest.date_phrases import When
from scamcli.ingest.lexicon import COUNTED, MEASURES, MENTIONS, OUTCOMES, TABLES, TITLES
from scamcli.ingest.mentions import Mention
from scamcli.ingest.mentions.countries import province_of
from scamcli.ingest.mentions.names import HEADS, PLACE_KINDS, SITE_HEADS, NameTable, TaggedSentence, tag
from scamcli.ingest.mentions.victims import is_common, is_other_name, person_name_end
from scamcli.ingest.tables.layout import Table
from scamcli.ingest.words import Sentence
from scamcli.language.vocabulary import METRICS

_CASES = ("cases", "complaints", "requests", "reports")
"""Metrics of things that happen to people, whose labels can also say what happened: "cases of rescue"."""
_DEAD_OR_MISSING = {"deaths", "missing"}
_SETTING = ("", ":", "in", "at", "from", ",", "-", "–")
"""What precedes a place in a caption if all that the table counts happened there."""
_LONGEST_TOTAL = 5
"""The most words of a label of a total."""
_NO_VICTIMS = ("suspects", "defendants", "officials")
"""Groups of people who are no victims."""
_NOT_PERSONAL = frozenset((*HEADS, *SITE_HEADS, *PEOPLE)) | COUNTED.foreign


class Label(NamedTuple):
    """What a label says. Fields that it says nothing about are empty.

    Attributes:
        metric: what happened to those counted, or what is counted.
        kind: people, a thing or premises, if it has a metric.
        unclear: whether it says that something may happen, or names two fates.
        is_other: whether its numbers count something that gives no figure.
        is_share, is_change: whether its numbers are percentages, or differences between others.
        is_people: whether it says that people are counted, but not what happened to them.
        is_plain: whether it only says that numbers follow.
        country: code of a country, which can be a place or an origin.
        of_origin, of_place: whether the countries beside or below it are origins of people, or places.
        of_things: whether the labels below it are no people.
        may_name_people: whether it may have the name of somebody, which no figure repeats.
        is_setting: whether its place is where it all happened, as in "Raids in Tak", not "returned to Laos".
    """

    text: str = ""
    metric: str | None = None
    kind: Kind = Kind.PEOPLE
    unclear: bool = False
    is_other: bool = False
    is_share: bool = False
    is_change: bool = False
    is_people: bool = False
    is_plain: bool = False
    is_total: bool = False
    is_part: bool = False
    group: str | None = None
    nationalities: tuple[str, ...] = ()
    province: str | None = None
    country: str | None = None
    when: When | None = None
    of_origin: bool = False
    of_place: bool = False
    of_things: bool = False
    may_name_people: bool = False
    is_setting: bool = False

    @property
    def divides(self) -> bool:
        """Whether it names some of those counted: a group, a nationality, a place or a period."""
        return bool(self.group or self.nationalities or self.province or self.country or self.when)

    @property
    def is_unsaid(self) -> bool:
        """Whether it says something that no field holds: "KK Park", "Adults". It may name nobody."""
        is_said = self.metric is not None or self.divides or self.is_plain or self.is_total
        return bool(self.text) and not self.may_name_people and not is_said and (self.is_people or not self.is_known)

    @property
    def is_known(self) -> bool:
        """Whether it was understood."""
        flags = self.is_other, self.is_share, self.is_change, self.is_people, self.is_plain, self.is_total, self.divides
        return self.metric is not None or any(flags)


def read_label(every: Sentence, mentions: Sequence[Mention], own: OwnMetrics) -> Label:
    """Return what the words of a cell or a caption say, in which `mentions` are the names."""
    if not every:
        return Label()
    view = SentenceView(tuple(word._replace(text=word.lower) for word in every), 0, mentions, [], ())
    view.own = own
    lowers = view.lowers
    text = " ".join(word.text for word in every)
    numbered = TABLES.numbers | COUNTED.persons
    label = Label(text, when=_date_in(every), is_plain=set(lowers) <= numbered)
    label = _with_mentions(label, view)
    joined = " ".join(lowers)
    label = label._replace(
        is_share=not TABLES.shares.isdisjoint(lowers),
        is_change=not TABLES.changes.isdisjoint(lowers),
        is_total=joined in TABLES.only_totals
        or (not TABLES.totals.isdisjoint(lowers[:1] + lowers[-1:]) and len(lowers) <= _LONGEST_TOTAL),
        is_part=any(joined.startswith(one) for one in TABLES.parts),
        unclear=not (TABLES.pending | TABLES.scales).isdisjoint(lowers),
        of_origin=not TABLES.origins.isdisjoint(lowers),
        of_place=not TABLES.places.isdisjoint(lowers) or lowers[-1] == "from",
        of_things=not TABLES.impersonal.isdisjoint(lowers),
        may_name_people=not mentions and may_name_people(every),
    )
    if not TABLES.others.isdisjoint(lowers):
        label = label._replace(is_other=True, is_plain=False)
    return _with_people(_with_metric(label, view), view)


def _date_in(every: Sentence) -> When | None:
    return next((found for at in range(len(every)) if (found := date_phrases.read(every, at)) is not None), None)


def _with_mentions(label: Label, view: SentenceView) -> Label:
    people = [one.name for one in view.mentions if one.kind in OF_PEOPLE]
    places = [one for one in view.mentions if one.kind in PLACE_KINDS]
    provinces = [found for one in places if (found := province_of(one))]
    countries = [one.name for one in view.mentions if one.kind == "country"]
    is_setting = bool(places) and view.lower(places[0].first - 1) in _SETTING
    return label._replace(
        nationalities=tuple(dict.fromkeys(people)),
        province=provinces[0] if len(provinces) == 1 else None,
        country=countries[0] if len(countries) == 1 and not provinces else None,
        is_setting=is_setting,
    )


def _with_metric(label: Label, view: SentenceView) -> Label:
    """Add the metric of a label. What happened comes before what people are called: "victims rescued"."""
    own = next((found for at in range(len(view.lowers)) if (found := view.own_metric(at))), None)
    if own is not None:
        return label._replace(metric=own[0], kind=Kind.THING)
    things = [THINGS[word] for word in view.lowers if word in THINGS and METRICS[THINGS[word]].count != "none"]
    if any(metric in _CASES for metric in things) and _is_of_things(view):
        return label._replace(metric=next(metric for metric in things if metric in _CASES), kind=Kind.THING)
    fates = _fates(view)
    if any(is_unreal(view, at) for at in fates):
        return label._replace(unclear=True)
    metrics = list(dict.fromkeys(fates.values()))
    if set(metrics) == _DEAD_OR_MISSING:
        return label._replace(metric="people")
    if metrics:
        return label._replace(
            metric=metrics[0], unclear=label.unclear or (len(metrics) > 1 and not _are_joined(view, fates))
        )
    if things:
        return label._replace(metric=things[0], kind=Kind.THING)
    if not COUNTED.premises.isdisjoint(view.lowers) and not OUTCOMES.raiding.isdisjoint(view.lowers):
        return label._replace(metric="premises", kind=Kind.PREMISES)
    called = next((OWN_METRIC[word] for word in view.lowers if word in OWN_METRIC), None)
    return label if called is None else label._replace(metric=called)


def _fates(view: SentenceView) -> dict[int, str]:
    """Map the index of each word that says what happened to its metric."""
    found = {}
    for at, word in enumerate(view.lowers):
        metric = LABELS.get(word) or cue(view, at) or (CUES.get(word) if len(view.lowers) == 1 else None)
        if metric is not None:
            found[at] = metric
    return found


def _are_joined(view: SentenceView, fates: dict[int, str]) -> bool:
    """Return whether several fates are told as one: "rescued/repatriated", "returned home"."""
    first, *_, last = fates
    return all(at in fates or view.lower(at) in ("/", "and", "or", "&", ",") for at in range(first, last + 1))


def _is_of_things(view: SentenceView) -> bool:
    """Return whether a label counts cases, and not people: "cases of rescue", but not "victims in cases"."""
    at = next(at for at, word in enumerate(view.lowers) if THINGS.get(word) in _CASES)
    before = view.lowers[:at]
    return not any(word in PEOPLE for word in before) and not any(word in ("in", "from") for word in before)


def _with_people(label: Label, view: SentenceView) -> Label:
    """Add the people that a label names: women, minors, foreigners."""
    nouns = [word for word in view.lowers if word in PEOPLE]
    groups = [group for word in nouns if (group := PEOPLE[word]) and group != label.metric]
    group = next(iter(groups), None)
    if not COUNTED.foreign.isdisjoint(view.lowers):
        group = "foreigners"
    if any(one in ("under", "below", "<") and age in MEASURES.minor_ages for one, age in pairwise(view.lowers)):
        group = "minors"
    if group in ("victims", "suspects", "defendants") and label.metric is not None:
        group = None
    is_thing = not COUNTED.other_things.isdisjoint(view.lowers) or not COUNTED.officials.isdisjoint(view.lowers)
    is_other = label.is_other or (is_thing and label.metric is None and group in (None, "officials"))
    is_people = bool(nouns) or not COUNTED.persons.isdisjoint(view.lowers)
    return label._replace(group=group, is_other=is_other, is_people=is_people and not is_other)


def people_in(tables: Iterable[Table], names: NameTable) -> Iterator[str]:
    """Yield the names of people in tables who may be victims.

    Args:
        tables: the tables of a text.
        names: the names of the text.
    """
    others = NameTable()
    for form, name in names.every():
        if name.within != "person":
            others.add(form, name)
    for table in tables:
        yield from _people_in(table, others)


def _people_in(table: Table, names: NameTable) -> Iterator[str]:
    """Yield the names in columns of people: those that are headed so, else columns of text beside their ages.

    Columns of suspects are left out.
    """
    heads = {at: _words_of_head(table, at) for at in range(len(table.body[0]))}
    texts = [at for at, head in heads.items() if at not in table.numbers and not _is_of_others(head)]
    of_people = [at for at in texts if heads[at] & TABLES.people]
    has_ages = any(heads[at] & TABLES.ages and not heads[at] & TABLES.of_ages for at in table.numbers)
    for at in of_people or (texts if has_ages else ()):
        for row in table.body:
            if row[at].words and row[at].when is None:
                yield from _names_in(row[at].words, names, is_certain=at in of_people)


def _words_of_head(table: Table, at: int) -> set[str]:
    return {word.lower for row in table.head for word in row[at].words}


def _is_of_others(head: set[str]) -> bool:
    """Return whether a column is about something else than people, or about people who are no victims."""
    others = TABLES.impersonal | TABLES.places | TABLES.origins | TABLES.ages | COUNTED.officials
    return any(word in others or PEOPLE.get(word) in _NO_VICTIMS for word in head)


def _names_in(cell: Sentence, names: NameTable, *, is_certain: bool) -> Iterator[str]:
    tagged = tag(cell, names)
    whole = tagged.text(0, len(cell))
    if whole.lower() == whole.upper() and any(map(str.isalpha, whole)):
        yield whole  # a script without capitals
    for first, last in _runs(tagged):
        lower = tagged.lower[first:last]
        is_name = not (is_common(lower) or any(word in _NOT_PERSONAL for word in lower))
        if (is_certain and is_name and not tagged.word(last).isalpha()) or _may_be_a_person(tagged, first, last):
            yield tagged.text(first, last)


def may_name_people(label: Sentence) -> bool:
    """Return whether a label may have the name of somebody: "Dara Soksan", "Thida", "Thida's family"."""
    tagged = tag(label, NameTable())
    return any(_may_be_a_person(tagged, *run) for run in _runs(tagged))


def _runs(tagged: TaggedSentence) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the words that can be names of people by their form."""
    at = 0
    while at < len(tagged.lower):
        last = person_name_end(tagged, at)
        if last > at:
            yield at, last
        at = max(last, at + 1)


def _may_be_a_person(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether words can be a name. A single one is only if it does not begin a phrase: "Forced labour"."""
    if is_other_name(tagged, first, last) or any(
        is_common([word]) or word in _NOT_PERSONAL for word in tagged.lower[first:last]
    ):
        return False
    after = tagged.word(last)
    is_of_family = after in ("'s", "’s") or after in TITLES.private or after in MENTIONS.relatives
    return last - first > 1 or is_of_family or not after.isalpha()
