"""Filters: what a user asks for, as SQL, parameters and a sentence.

One registry serves every command. A filter's values become clauses: a clause about terms can drive a query in order
of time, another is a condition on the event ``e``. Names are resolved by whoever is given as ``Resolver``; nothing
here has a database.
"""

# Annotations that are text, the fields of named tuples, would be compiled at every start: they are none here.

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from scamcli.errors import WrongUsageError
from scamcli.language import dates, scripts
from scamcli.language.names import suggest
from scamcli.language.vocabulary import EVENT_KINDS, ROLES
from scamcli.store.keys import OPEN_END, Rel


class Query(NamedTuple):
    """The values of the filters, as they were typed."""

    text: str = ""
    actor: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    nationality: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    metric: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    certain: bool = False
    drafts: bool = False
    match: str = "any"


class Option(NamedTuple):
    """How a filter is given on a command line."""

    name: str
    flag: str
    metavar: str
    help: str


OPTIONS = (
    Option("actor", "--actor", "NAME", "A person, body, company or outlet that has a part in it."),
    Option("role", "--role", "ROLE", "The actor's part: speaker, rescuer, alleges, denies …"),
    Option(
        "province",
        "--province",
        "NAME",
        "A Cambodian province, by any spelling, code or Khmer name; or a town.",
    ),
    Option("site", "--site", "NAME", "A compound, casino, hotel or zone."),
    Option("nationality", "--nationality", "DEMONYM", "Such as Vietnamese."),
    Option("kind", "--kind", "KIND", "Kind of event: report, statement, raid, rescue …"),
    Option("source", "--source", "OUTLET", "The outlet that published it first."),
    Option("via", "--via", "OUTLET", "The outlet through which it was seen."),
    Option("metric", "--metric", "METRIC", "Events with such a figure: complaints, rescues …"),
    Option("tag", "--tag", "TAG", "A tag."),
    Option("from_", "--from", "DATE", "On or after this day, month or year."),
    Option("to", "--to", "DATE", "On or before this day, month or year."),
    Option("during", "--during", "DATE", "In this day, month, quarter or year: 2022-09, 2022-Q3."),
)
"""The filters that take a value. Each may be given more than once: either, or with ``--match all`` both."""


NOBODYS = (0,)
"""A term that no event refers to: of a province or metric that this timeline does not have yet."""


class Clause(NamedTuple):
    """One condition.

    Attributes:
        sentence: what it asks, in words.
        terms: the event refers to any of these; empty for a clause of SQL.
        rel: how it refers to them.
        roles: bits of the roles, any of which the actor must have; 0 for any role.
        every_role: the actor must have them all.
        sql: a condition on the event ``e``, instead of terms.
        match: an FTS5 query, instead of either.
        indexed: whether an index has the events for which ``sql`` holds, in the order of time for one parameter.
    """

    sentence: str
    terms: tuple[int, ...] = ()
    rel: int = Rel.CONCERNS
    roles: int = 0
    every_role: bool = False
    sql: str = ""
    parameters: tuple[int | str, ...] = ()
    match: str = ""
    indexed: bool = False


class Found(NamedTuple):
    """Terms that a name stands for, and how to say it."""

    terms: tuple[int, ...]
    label: str


class Resolver(Protocol):
    """Finds what a typed name stands for; raises when it is nothing, or two things."""

    def term(self, type_: str, text: str) -> Found:
        """An actor, a site, a nationality or a tag."""

    def province(self, text: str) -> Found:
        """A province, or a town."""

    def metric(self, text: str) -> Found:
        """A metric."""

    def outlet(self, text: str) -> Found:
        """An actor that publishes."""


class Compiled(NamedTuple):
    """A query ready to run: its clauses, the ranges of days (either, or every one), and its sentence."""

    clauses: tuple[Clause, ...]
    ranges: tuple[tuple[int, int], ...]
    certain: bool
    every_range: bool = False

    @property
    def sentence(self) -> str:
        """The whole query in words; empty when all is asked for."""
        words = [clause.sentence for clause in self.clauses if clause.sentence]
        if self.ranges:
            words.append((" and " if self.every_range else " or ").join(_range_words(*pair) for pair in self.ranges))
        if self.certain:
            words.append("certainly")
        return ", ".join(words)


def compile_query(query: Query, resolver: Resolver) -> Compiled:
    """Clauses for every value of the query.

    Raises:
        WrongUsageError: a value that cannot be meant: a bad or reversed range, an unknown kind, role or metric.
        NotFoundError: a name that nobody has, or that fits two.
    """
    clauses = [] if query.drafts else [Clause("", sql="e.draft = 0")]
    if query.text:
        clauses.append(_text(query.text))
    groups = [
        _actors(query, resolver),
        [_place(resolver.province(value)) for value in query.province],
        [Clause(f"site {found.label}", found.terms) for found in (resolver.term("site", v) for v in query.site)],
        [_nationality(resolver.term("nationality", value)) for value in query.nationality],
        [_kind(value) for value in query.kind],
        [Clause(f"source {found.label}", found.terms, Rel.ORIGINAL) for found in map(resolver.outlet, query.source)],
        [Clause(f"via {found.label}", found.terms, Rel.VIA) for found in map(resolver.outlet, query.via)],
        [Clause(f"with {found.label}", found.terms) for found in map(resolver.metric, query.metric)],
        [Clause(f"tag {found.label}", found.terms) for found in (resolver.term("tag", v) for v in query.tag)],
    ]
    for group in groups:
        clauses += group if query.match == "all" else _either(group)
    return Compiled(tuple(clauses), date_ranges(query), query.certain, query.match == "all")


def dated(query: Query) -> bool:
    """Whether a query asks for a time, so that a match can be possible only."""
    return bool(query.from_ or query.to or query.during)


def date_ranges(query: Query) -> tuple[tuple[int, int], ...]:
    """The ranges of days that are asked for, any of which will do, or all with ``--match all``; empty for all time.

    Raises:
        WrongUsageError: a bad or reversed range.
    """
    every = query.match == "all"
    firsts = [_day(value, "--from", end=False) for value in query.from_]
    lasts = [_day(value, "--to", end=True) for value in query.to]
    first = (max if every else min)(firsts, default=-OPEN_END)
    last = (min if every else max)(lasts, default=OPEN_END)
    if first > last:
        raise WrongUsageError(f"the range ends before it begins: --from {query.from_[0]} --to {query.to[0]}")
    spans = [period_range(value) for value in query.during]
    if not spans:
        return ((first, last),) if firsts or lasts else ()
    kept = tuple((max(low, first), min(high, last)) for low, high in spans if max(low, first) <= min(high, last))
    if not kept or (every and len(kept) < len(spans)):
        raise WrongUsageError("--during lies outside of --from and --to; no day is in both")
    return kept if every else _merged(kept)


def period_range(text: str, flag: str = "--during") -> tuple[int, int]:
    """The first and last day of a period that a flag names.

    Raises:
        WrongUsageError: it is none.
    """
    try:
        period = dates.parse_during(text)
    except ValueError as error:
        raise WrongUsageError(f"{flag}: {error}") from None
    if not period.sure:
        raise WrongUsageError(f"{flag}: {text!r} has a ~ ? or %, which a range cannot take")
    start = -OPEN_END if period.start is None else period.start
    return start, OPEN_END if period.end is None else period.end


def closed(text: str, words: tuple[str, ...], what: str) -> str:
    """A word of a closed list.

    Raises:
        WrongUsageError: it is none; the message names the nearest.
    """
    if text.lower() in words:
        return text.lower()
    near = suggest(text, words)
    hint = f"did you mean {' or '.join(near)}?" if near else f"expected one of {', '.join(words)}"
    raise WrongUsageError(f"no {what} {text[:80]!r}", hint)


def _merged(ranges: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Ranges that touch made one: what lies in January and February lies inside both together."""
    made: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if made and first <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return tuple(made)


def _either(group: list[Clause]) -> list[Clause]:
    if len(group) < 2:
        return group
    sentence = " or ".join(clause.sentence for clause in group)
    if group[0].sql:
        sql = " OR ".join(clause.sql for clause in group)
        parameters = tuple(p for clause in group for p in clause.parameters)
        return [Clause(sentence, sql=f"({sql})", parameters=parameters, indexed=group[0].indexed)]
    terms = tuple(dict.fromkeys(term for clause in group for term in clause.terms))
    return [group[0]._replace(sentence=sentence, terms=terms)]


def _text(text: str) -> Clause:
    query = scripts.match_query(text)
    if query is None:
        raise WrongUsageError(f"nothing to search for in {text[:80]!r}", "expected a word, a number or a phrase")
    return Clause(f"text {text!r}", match=query)


def _actors(query: Query, resolver: Resolver) -> list[Clause]:
    roles = [closed(role, ROLES, "role") for role in query.role]
    bits = sum(1 << ROLES.index(role) for role in set(roles))
    as_roles = f" as {(' and ' if query.match == 'all' else ' or ').join(roles)}" if roles else ""
    every = query.match == "all"
    if not query.actor and roles:
        sql = "EXISTS (SELECT 1 FROM event_term WHERE event = e.key AND rel = 0 AND roles & ?)"
        asked = [1 << ROLES.index(role) for role in roles] if every else [bits]
        return [Clause(f"an actor{as_roles}", sql=sql, parameters=(one,)) for one in asked]
    found = [resolver.term("actor", value) for value in query.actor]
    return [Clause(f"actor {one.label}{as_roles}", one.terms, roles=bits, every_role=every) for one in found]


def _place(found: Found) -> Clause:
    return Clause(f"in {found.label}", found.terms or NOBODYS)


def _nationality(found: Found) -> Clause:
    return Clause(f"nationality {found.label}", found.terms)


def _kind(value: str) -> Clause:
    kind = closed(value, EVENT_KINDS, "kind of event")
    return Clause(f"kind {kind}", sql="e.kind = ?", parameters=(kind,), indexed=True)


def _day(text: str, flag: str, *, end: bool) -> int:
    try:
        return dates.parse_bound(text, end=end)
    except ValueError as error:
        raise WrongUsageError(f"{flag}: {error}") from None


def _range_words(first: int, last: int) -> str:
    if first <= -OPEN_END:
        return f"until {dates.iso(last)}"
    if last >= OPEN_END:
        return f"from {dates.iso(first)}"
    return f"on {dates.iso(first)}" if first == last else f"from {dates.iso(first)} to {dates.iso(last)}"


def where(text: str = "", **asked: str | Iterable[str] | bool) -> Query:
    """A query from Python values.

    Raises:
        WrongUsageError: there is no such filter.
    """
    values: dict[str, Any] = {}
    for name, value in asked.items():
        if name not in Query._fields:
            raise WrongUsageError(f"no filter {name!r}", f"expected one of {', '.join(Query._fields[1:])}")
        values[name] = value if isinstance(value, bool) or name == "match" else _several(value)
    return Query(text=text, **values)


def _several(value: str | Iterable[str] | bool) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if not isinstance(value, bool) else ()
