"""Entries: what sources say about one question (rules 4 to 6 of ``docs/honest-numbers.md``).

An entry is a number that was stated once, or several statements that are one: because a link says so, because a later
word replaces an earlier one, because they answer one question, or because they are suspected to be one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from scamcli.language.wording.bounds import Bounds
from scamcli.numbers.ancestry import ancestors, is_dated_outside, resolved, split_value
from scamcli.numbers.combining import added, together
from scamcli.numbers.links import JOINING, DisjointSets, Joined
from scamcli.numbers.records import Figure, Key, Link
from scamcli.numbers.scope import Scope, last_day_said, normalise_words, scope_of, scope_of_incident

Kind = Literal["incident", "total", "moment"]

TOTALS = ("aggregate", "cumulative")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What sources say about one question.

    Attributes:
        statements: The resolved statements that stand. Empty for an entry that was worked out: a rise, what the parts
            of a whole leave, or the sum of many plain incidents.
        bounds: What they say together. Of suspected incidents, the low is that of one event, and the high that of
            several.
        kind: An incident, a total (of a period, or running), or the number at one moment.
        scope: What it is about.
        stories: The events it is about. Events that links join are one story.
        wholes: The keys of the figures that its statements are parts of, at any distance.
        split_values: For each whole whose declared split it belongs to, its value in the split.
        events: The events of its statements, and of those that they replaced.
        is_contested: Whether its statements contradict each other.
        is_suspected: Whether it consists of incidents that may be one.
        replaced: Statements that a later word replaced.
        components: If it is suspected to be one, the entries that it would be if it is several.
        is_isolated: Whether it is an incident that nothing links, divides or stands beside in its event, so that it can
            only lie inside totals or overlap them.
        size: How many numbers it stands for.
        label: What it is called, if it was worked out.
    """

    statements: tuple[Figure, ...]
    bounds: Bounds
    kind: Kind
    scope: Scope
    stories: frozenset[str] = frozenset()
    wholes: frozenset[Key] = frozenset()
    split_values: frozenset[tuple[Key, str]] = frozenset()
    events: frozenset[str] = frozenset()
    is_contested: bool = False
    is_suspected: bool = False
    replaced: tuple[Figure, ...] = ()
    components: tuple[Entry, ...] = ()
    is_isolated: bool = False
    size: int = 1
    label: str = ""

    @property
    def keys(self) -> frozenset[Key]:
        """The keys of its statements, and of those that they replaced."""
        return frozenset(figure.key for figure in (*self.statements, *self.replaced))

    @property
    def dataset(self) -> str | None:
        """The declared data set of different incidents that it is a row of, if it is."""
        name = self.statements[0].dataset if self.statements else None
        if name is None or any(figure.dataset != name for figure in self.statements):
            return None
        return name


@dataclass(frozen=True)
class Facts:
    """What is known about figures of one metric besides the figures themselves.

    Attributes:
        wholes: All figures of the events with parts or links, by key.
        links: The links between events that affect numbers.
        suspected: Pairs of figures that may be one incident.
        sizes: How many incidents a figure stands for, if it is the sum of several.
    """

    wholes: Mapping[Key, Figure] = field(default_factory=dict)
    links: Sequence[Link] = ()
    suspected: Sequence[tuple[Key, Key]] = ()
    sizes: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known:
    """What makes statements one entry."""

    joined: Joined
    facts: Facts
    smaller_later: Mapping[Key, Sequence[Figure]]


def make_entries(figures: Iterable[Figure], facts: Facts) -> list[Entry]:
    """Return the entries of figures of one metric and unit, in the order of their first statements.

    Args:
        figures: All figures of the metric and unit, also those that no filter chose: an entry is chosen as a whole.
        facts: Links, wholes and suspicions.
    """
    isolated, others = _divided(figures, facts)
    plain = [_plain(figure, facts) for figure in isolated]
    by_key = {figure.key: resolve(figure, facts.wholes) for figure in others}
    for repetition, repeated in _repetitions_in_other_units(by_key, facts):
        by_key[repetition.key] = _completed(by_key[repetition.key], resolve(repeated, facts.wholes))
    smaller_later = _replaced_running_totals(by_key)
    for replaced in smaller_later.values():
        for figure in replaced:
            del by_key[figure.key]
    known = _Known(Joined(by_key, facts.links), facts, smaller_later)
    groups = _groups(by_key, known.joined.statements)
    entries = [_entry(group, known) for group in groups]
    entries = _with_days_of_wholes(entries, facts)
    entries = _one_question(entries, known)
    entries = _suspected_as_one(entries, known)
    return sorted([*plain, *entries], key=lambda entry: (entry.statements or entry.replaced)[0].key)


def _divided(figures: Iterable[Figure], facts: Facts) -> tuple[list[Figure], list[Figure]]:
    """Return the plain incidents, which are entries of their own, and all other figures."""
    figures = list(figures)
    linked = _linked_events(facts)
    suspected = {key for pair in facts.suspected for key in pair}
    figures_of_event = Counter(figure.event for figure in figures)
    isolated: list[Figure] = []
    others: list[Figure] = []
    for figure in figures:
        is_alone = figure.part_of is None and figure.split is None and figures_of_event[figure.event] == 1
        is_plain = figure.count == "incident" and is_alone and figure.event not in linked
        (isolated if is_plain and figure.key not in suspected else others).append(figure)
    return isolated, others


def _linked_events(facts: Facts) -> set[str]:
    return {event for link in facts.links for event in (link.event, link.target)}


def _plain(figure: Figure, facts: Facts) -> Entry:
    if figure.period is None:
        figure = figure._replace(period=figure.day)
    bounds, _ = together([figure.bounds])
    own_event = frozenset((figure.event,))
    return Entry(
        statements=(figure,),
        bounds=bounds,
        kind="incident",
        scope=scope_of_incident(figure.country, figure.province, figure.nationality, figure.group, figure.period),
        stories=own_event,
        events=own_event,
        is_isolated=True,
        size=facts.sizes.get(figure.key, 1),
    )


def resolve(figure: Figure, wholes: Mapping[Key, Figure]) -> Figure:
    """Return a figure with its missing values filled in from its whole and its event.

    A part that is dated outside its whole gets no period: its record is mistaken, and its days prove nothing.
    """
    found = resolved(figure, wholes)
    if figure.part_of is not None:
        above = [resolved(whole, wholes) for whole in ancestors(figure, wholes)]
        if any(is_dated_outside(found, whole) for whole in above):
            found = found._replace(period=None)
    return found


def _repetitions_in_other_units(figures: Mapping[Key, Figure], facts: Facts) -> Iterator[tuple[Figure, Figure]]:
    """Yield the figures that repeat the only number of another event in another unit, with that number.

    A loss in riel may repeat one in dollars. The two are never added, but they are about the same.
    """
    joining = [link for link in facts.links if link.type in JOINING]
    if not joining:
        return
    by_event: dict[str, list[Figure]] = defaultdict(list)
    for figure in facts.wholes.values():
        by_event[figure.event].append(figure)
    for link in joining:
        for own in by_event[link.event]:
            others = [other for other in by_event[link.target] if other.metric == own.metric]
            if own.key in figures and len(others) == 1 and others[0].unit != own.unit:
                yield own, others[0]


def _groups(figures: Mapping[Key, Figure], joined: DisjointSets[Key]) -> list[list[Figure]]:
    groups: dict[Key, list[Figure]] = defaultdict(list)
    for key in sorted(figures):
        groups[joined.root(key)].append(figures[key])
    return list(groups.values())


def _entry(group: Sequence[Figure], known: _Known) -> Entry:
    """Return the entry of statements that links join (rules 4 and 5)."""
    standing = [figure for figure in group if figure.key not in known.joined.replaced]
    if not standing:  # a circle of corrections: nothing says which is right
        standing = list(group)
    replaced = [figure for figure in group if figure not in standing]
    by_key = {figure.key: figure for figure in group}
    completed = [_with_what_it_corrects(figure, by_key, known) for figure in standing]
    is_disputed = any(figure.key in known.joined.disputed for figure in completed)
    return _made(completed, replaced, known, is_disputed=is_disputed)


def _made(
    statements: Sequence[Figure], replaced: Sequence[Figure], known: _Known, *, is_disputed: bool = False
) -> Entry:
    bounds, is_contested = together([figure.bounds for figure in statements], is_disputed=is_disputed)
    # The day of an incident is not the day on which its number was stated, so it does not say which word is the last.
    if is_contested and any(figure.count != "incident" for figure in statements):
        last_words = _last_words(statements)
        is_disputed = is_disputed and len(last_words) == len(statements)
        replaced = [*replaced, *(figure for figure in statements if figure not in last_words)]
        statements = last_words
        bounds, is_contested = together([figure.bounds for figure in statements], is_disputed=is_disputed)
    kind = _kind(statements, [*statements, *replaced])
    earlier = [one for figure in statements for one in known.smaller_later.get(figure.key, ())]
    replaced = list(dict.fromkeys([*replaced, *earlier]))
    everything = [*statements, *replaced]
    wholes, split_values = _families(everything, known.facts)
    scope = scope_of(statements, is_incident=kind == "incident")
    if kind == "moment" and scope.days == "not stated":
        scope = _on_first_day(scope, everything)
    return Entry(
        statements=tuple(statements),
        bounds=bounds,
        kind=kind,
        scope=scope,
        stories=frozenset(known.joined.stories.root(figure.event) for figure in everything),
        wholes=wholes,
        split_values=split_values,
        events=frozenset(figure.event for figure in everything),
        is_contested=is_contested or is_disputed,
        replaced=tuple(replaced),
    )


def _on_first_day(scope: Scope, statements: Sequence[Figure]) -> Scope:
    """Return the scope of a moment that nobody dates: the day of the first event that tells of it.

    The other statements repeat, dispute or correct it later.
    """
    days = [figure.day for figure in statements if figure.day is not None and figure.day.start is not None]
    if not days:
        return scope
    first = min(days, key=lambda day: day.start or 0)
    is_sure = first.sure and first.end is not None
    return replace(
        scope, days="stated" if is_sure else "approximate", start=first.start, end=first.end, stated_end=first.end
    )


def _last_words(statements: Sequence[Figure]) -> list[Figure]:
    """Return statements without those of a speaker who corrects himself on a later day (rule 5).

    Two running totals of one speaker for one last day are two answers.
    """
    return [figure for figure in statements if not any(_corrects_himself(later, figure) for later in statements)]


def _corrects_himself(later: Figure, earlier: Figure) -> bool:
    if earlier.stated_by is None or later.stated_by is None or earlier.count == "cumulative":
        return False
    is_same_speaker = normalise_words(earlier.stated_by) == normalise_words(later.stated_by)
    return is_same_speaker and (last_day_said(later) or 0) > (last_day_said(earlier) or 0)


def _kind(statements: Sequence[Figure], linked: Sequence[Figure]) -> Kind:
    """Return the kind of an entry.

    What is linked to an incident, and states no other days, is a number of that incident, whoever sums it up. One with
    longer days makes the entry a total.

    Args:
        statements: The statements that stand.
        linked: These, and what they replaced.
    """
    if any(figure.count == "stock" for figure in statements):
        return "moment"
    totals = [figure for figure in statements if figure.count in TOTALS]
    days_of_incidents = {figure.period for figure in linked if figure.count == "incident"}
    if not days_of_incidents:
        return "total" if totals else "incident"
    are_of_incidents = all(figure.count == "aggregate" for figure in totals) and all(
        figure.period is None or figure.period in days_of_incidents for figure in totals
    )
    return "incident" if are_of_incidents else "total"


def _with_what_it_corrects(figure: Figure, group: Mapping[Key, Figure], known: _Known) -> Figure:
    """Return a correction with what it leaves out taken from what it corrects, directly or through others."""
    waiting = list(known.joined.replaces.get(figure.key, ()))
    seen = {figure.key}
    while waiting:
        key = waiting.pop(0)
        if key not in seen and key in group:
            is_update = any((later, key) in known.joined.updates for later in seen)
            seen.add(key)
            if figure.period is None and figure.count == "aggregate" and group[key].count == "incident":
                figure = figure._replace(count="incident")  # it is a number of that incident, in its days
            if is_update:
                figure = _with_days_of_reports(figure, group[key])
            figure = _completed(figure, group[key])
            waiting += known.joined.replaces.get(key, ())
    return figure


def _with_days_of_reports(later: Figure, earlier: Figure) -> Figure:
    """Return a toll that updates an earlier one with the days of all reports of the incident."""
    if later.count != "incident" or later.period is None or earlier.period is None:
        return later
    if earlier.period.start is None or later.period.start is None:
        return later
    return later._replace(period=later.period._replace(start=min(later.period.start, earlier.period.start)))


def _completed(figure: Figure, earlier: Figure) -> Figure:
    return figure._replace(
        country=figure.country or earlier.country,
        province=figure.province or earlier.province,
        nationality=figure.nationality or earlier.nationality,
        group=figure.group or earlier.group,
        period=figure.period or earlier.period,
    )


def _with_days_of_wholes(entries: Sequence[Entry], facts: Facts) -> list[Entry]:
    """Return entries with the days of the parts of linked incidents.

    A number that updates an earlier one is of the days of both reports, and so are its parts.
    """
    linked = {
        key: entry for entry in entries if entry.kind == "incident" and len(entry.events) > 1 for key in entry.keys
    }
    return [_with_days_of_whole(entry, linked, facts) for entry in entries]


def _with_days_of_whole(entry: Entry, linked: Mapping[Key, Entry], facts: Facts) -> Entry:
    """Return a part with the days of its whole, if this is a linked incident and the part states no days."""
    whole = next((linked[key] for key in sorted(entry.wholes) if key in linked), None)
    if whole is None or whole.scope.start is None or whole.scope.end is None:
        return entry
    if any(facts.wholes[figure.key].period is not None for figure in entry.statements):
        return entry
    days = entry.scope.on_days(whole.scope.start, whole.scope.end)
    return replace(entry, scope=replace(days, days=whole.scope.days))


def _families(statements: Sequence[Figure], facts: Facts) -> tuple[frozenset[Key], frozenset[tuple[Key, str]]]:
    """Return the wholes of statements, and their values in the declared splits of these wholes."""
    wholes: set[Key] = set()
    split_values: set[tuple[Key, str]] = set()
    for figure in statements:
        if figure.part_of is None:
            continue
        part = figure
        for whole in ancestors(figure, facts.wholes):
            wholes.add(whole.key)
            value = split_value(part, resolved(whole, facts.wholes))
            if value is not None:
                split_values.add((whole.key, value))
            part = whole
    return frozenset(wholes), frozenset(split_values)


def _one_question(entries: Sequence[Entry], known: _Known) -> list[Entry]:
    """Join totals about the same days, place and people, and numbers of one event by several speakers (rule 6)."""
    questions: dict[object, list[Entry]] = defaultdict(list)
    for entry in entries:
        for question in _questions(entry):
            questions[question].append(entry)
    distinct = {frozenset((link.event, link.target)) for link in known.facts.links if link.type == "distinct"}
    same = DisjointSets[int]()
    for asked in questions.values():
        if len(asked) > 1 and _are_different_answers(asked, distinct):
            for entry in asked[1:]:
                same.join(id(asked[0]), id(entry))
    groups: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[same.root(id(entry))].append(entry)
    return [_answers(group, known) for group in groups.values()]


def _questions(entry: Entry) -> list[object]:
    """Return what an entry answers: a total by what it is about, and any number by its event and what it is about."""
    if entry.dataset is not None:
        return []
    scope = entry.scope
    about = (scope.countries, scope.places, scope.nationalities, scope.groups)
    days = (scope.days, scope.start, scope.stated_end)
    found: list[object] = [(event, entry.kind, entry.wholes, days, about) for event in sorted(entry.events)]
    # Two camps may each tell of a moment on one day: only days that somebody states make one question of them.
    are_days_stated = entry.kind == "total" or any(figure.period is not None for figure in entry.statements)
    if entry.kind != "incident" and are_days_stated and scope.days == "stated" and scope.stated_end is not None:
        found.append((entry.kind, days, about))
    return found


def _are_different_answers(entries: Sequence[Entry], distinct: set[frozenset[str]]) -> bool:
    """Say whether entries are answers to one question.

    Two numbers of one speaker in one event are not: they may be about two buildings. Neither are numbers of which a
    link says that they are about different things.
    """
    speakers: set[tuple[str, str]] = set()
    for entry in entries:
        own = {(figure.event, normalise_words(figure.stated_by or "")) for figure in entry.statements}
        if own & speakers:
            return False
        speakers |= own
    events = [event for entry in entries for event in entry.events]
    return not any(frozenset((one, other)) in distinct for one in events for other in events)


def _answers(group: Sequence[Entry], known: _Known) -> Entry:
    if len(group) == 1:
        return group[0]
    statements = sorted((figure for entry in group for figure in entry.statements), key=lambda figure: figure.key)
    replaced = [figure for entry in group for figure in entry.replaced]
    return _made(statements, replaced, known, is_disputed=any(entry.is_contested for entry in group))


def _replaced_running_totals(figures: Mapping[Key, Figure]) -> dict[Key, list[Figure]]:
    """Return the running totals that a later one replaces because it is smaller, by the key of the later one (rule 5).

    If the later one is larger, both hold, and the earlier one lies inside it.
    """
    series: dict[object, list[Figure]] = defaultdict(list)
    for figure in figures.values():
        if figure.count == "cumulative" and figure.stated_by is not None and figure.part_of is None:
            scope = scope_of([figure], is_incident=False)
            about = (scope.countries, scope.places, scope.nationalities, scope.groups)
            if scope.days != "approximate" and scope.end is not None:
                series[normalise_words(figure.stated_by), scope.start, about].append(figure)
    found: dict[Key, list[Figure]] = defaultdict(list)
    for statements in series.values():
        in_time = sorted(statements, key=_as_of)
        for at, earlier in enumerate(in_time):
            smaller = next((later for later in in_time[at + 1 :] if _is_smaller(later, earlier)), None)
            if smaller is not None:
                found[smaller.key].append(earlier)
    return found


def _as_of(figure: Figure) -> int:
    return scope_of([figure], is_incident=False).end or 0


def _is_smaller(later: Figure, earlier: Figure) -> bool:
    most = later.high if later.high is not None else later.best
    is_later = _as_of(later) > _as_of(earlier)
    return is_later and earlier.low is not None and most is not None and most < earlier.low


def running_totals(entries: Iterable[Entry], facts: Facts) -> list[list[Entry]]:
    """Return running totals with the same start, speaker, place and people, each list in order of their last days.

    A contested running total, or one that is linked to other numbers, is in no list.
    """
    distinct = {event for link in facts.links if link.type == "distinct" for event in (link.event, link.target)}
    found: dict[object, list[Entry]] = defaultdict(list)
    for entry in entries:
        if len(entry.statements) != 1 or entry.is_contested or entry.statements[0].count != "cumulative":
            continue
        if entry.events & distinct:
            continue
        speaker, scope = entry.statements[0].stated_by, entry.scope
        if speaker is None or scope.end is None or scope.days == "approximate" or entry.wholes:
            continue
        about = (scope.countries, scope.places, scope.nationalities, scope.groups)
        found[normalise_words(speaker), scope.start, about].append(entry)
    return [sorted(one, key=lambda entry: entry.scope.end or 0) for one in found.values() if len(one) > 1]


def _suspected_as_one(entries: Sequence[Entry], known: _Known) -> list[Entry]:
    """Join incidents that are suspected to be one (rule 8): the low counts one of them, and the high all."""
    # What replaces a number is suspected of the same.
    entry_of = {figure.key: entry for entry in entries for figure in (*entry.statements, *entry.replaced)}
    same = DisjointSets[int]()
    for one, other in known.facts.suspected:
        if one in entry_of and other in entry_of and entry_of[one] is not entry_of[other]:
            same.join(id(entry_of[one]), id(entry_of[other]))
    groups: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[same.root(id(entry))].append(entry)
    linked = _linked_events(known.facts)
    figures_of_event = Counter(figure.event for entry in entries for figure in entry.statements)
    found = []
    for group in groups.values():
        if len(group) == 1:
            found.append(group[0])
            continue
        events = frozenset().union(*(entry.events for entry in group))
        is_alone = all(figures_of_event[event] == 1 for event in events) and not events & linked
        components = tuple(replace(entry, is_isolated=is_alone and entry.kind == "incident") for entry in group)
        found.append(replace(_suspected(components, known), is_isolated=is_alone))
    return found


def _suspected(group: Sequence[Entry], known: _Known) -> Entry:
    statements = sorted((figure for entry in group for figure in entry.statements), key=lambda figure: figure.key)
    replaced = [figure for entry in group for figure in entry.replaced]
    made = _made(statements, replaced, known)
    # As one event they count once, and a speaker's last number is that of a rising toll. As several they add up.
    as_one, _ = together([figure.bounds for figure in _last_words(statements)])
    high = added(entry.bounds.high for entry in group)
    return replace(
        made,
        statements=tuple(statements),
        replaced=tuple(replaced),
        bounds=Bounds(as_one.low, None, high),
        scope=scope_of(statements, is_incident=made.kind == "incident"),  # a toll begins with its first report
        is_suspected=True,
        components=tuple(group),
        is_contested=any(entry.is_contested for entry in group),
        stories=frozenset().union(*(entry.stories for entry in group)),
        size=sum(entry.size for entry in group),
    )
