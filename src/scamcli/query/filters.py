"""Turn filters into conditions in SQL with parameters and a sentence in words.

`OPTIONS` is the only list of filters: every command with filters takes its flags from it, and `compile_query` turns the
typed values into `Filter`s. A `Filter` has its SQL, its parameters and its sentence. It also says which index lists its
events, so that `scamcli.query.search` can decide which filter leads a query.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of `Query` at every start. The
# other classes are not named tuples, because defining one takes 0.1 ms.

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import WrongUsageError, quote
from scamcli.language import dates, scripts
from scamcli.language.names import did_you_mean, suggest
from scamcli.language.vocabulary import EVENT_KINDS, ROLES
from scamcli.query.resolve import UNUSED_TERM, Lookup, Resolved
from scamcli.store.keys import OPEN_END, Rel

if TYPE_CHECKING:
    from scamcli.query.date_ranges import Range


class Query(NamedTuple):
    """The values of the filters, as they were typed."""

    text: str = ""
    actor: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
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
    exact: bool = False
    match: str = "any"

    @property
    def has_dates(self) -> bool:
        """Whether the query has dates, in which case an event may match only possibly."""
        return bool(self.from_ or self.to or self.during)

    @property
    def ranges(self) -> "tuple[Range, ...]":
        """The ranges of days of the query: an event must match any of them, or all with ``--match all``.

        Raises:
            WrongUsageError: a range is invalid or reversed.
        """
        if not self.has_dates:
            return ()
        from scamcli.query.date_ranges import date_ranges  # here, because most queries have no dates

        return date_ranges(self.from_, self.to, self.during, every=self.match == "all")


class Sql:
    """A piece of SQL and the values of its question marks."""

    def __init__(self, text: str, parameters: tuple[int | str, ...] = ()) -> None:
        self.text = text
        self.parameters = parameters


class Access:
    """A way to find events: the tables to read, the column of the event's key, and a condition."""

    def __init__(self, tables: str, key: str, condition: Sql) -> None:
        self.tables = tables
        self.key = key
        self.condition = condition


class Index:
    """How an index lists the events of a filter.

    Attributes:
        leading: how a query that the filter leads reads events.
        counted: how to read the rows of the index, for counting.
        values: how many values of the index are read.
        is_text: whether it is the full-text index.
    """

    def __init__(self, leading: Access, counted: Access, values: int, *, is_text: bool = False) -> None:
        self.leading = leading
        self.counted = counted
        self.values = values
        self.is_text = is_text


class Filter:
    """One condition on events.

    Attributes:
        sentence: the condition in words; empty for a default condition.
        sql: the condition, with ``{key}`` for the column of the event's key.
        parameters: the values of its question marks.
        index: the index that lists the events; ``None`` if there is none.
    """

    def __init__(
        self, sentence: str, sql: str, parameters: tuple[int | str, ...] = (), index: Index | None = None
    ) -> None:
        self.sentence = sentence
        self.sql = sql
        self.parameters = parameters
        self.index = index

    def condition(self, key: str) -> Sql:
        """Return the condition on the event with this key."""
        return Sql(self.sql.replace("{key}", key), self.parameters)


NO_DRAFTS = Filter("", "e.draft = 0")
"""The filter that leaves out drafts."""

ANY_ROLE = Sql("")


def by_terms(sentence: str, terms: tuple[int, ...], rel: int = Rel.CONCERNS, roles: Sql = ANY_ROLE) -> Filter:
    """Return a filter for events that refer to any of these terms (actors, sites, places, metrics, tags).

    In the condition on the roles of the actor, ``{roles}`` is replaced by their column.
    """

    def among(prefix: str, roles: Sql) -> Sql:
        sql = f"{prefix}rel = ? AND {prefix}term IN ({', '.join('?' * len(terms))})"
        return Sql(f"{sql}{roles.text.format(roles=f'{prefix}roles')}", (rel, *terms, *roles.parameters))

    plain = among("", roles)
    if len(terms) == 1:  # the index lists the events of a single term in order of time
        leading = Access("event_term d CROSS JOIN event e ON e.key = d.event", "d.event", among("d.", roles))
    else:
        keys = f"SELECT event FROM event_term WHERE {plain.text}"  # noqa: S608 - column names and question marks
        leading = Access("event e", "e.key", Sql(f"e.key IN ({keys})", plain.parameters))
    sql = f"EXISTS (SELECT 1 FROM event_term WHERE event = {{key}} AND {plain.text})"  # noqa: S608 - the same
    counted = Access("event_term", "event", among("", ANY_ROLE))
    return Filter(sentence, sql, plain.parameters, Index(leading, counted, len(terms)))


def by_kinds(sentence: str, kinds: tuple[str, ...]) -> Filter:
    """Return a filter for events of any of these kinds."""
    sql = f"e.kind IN ({', '.join('?' * len(kinds))})"
    access = Access("event e", "e.key", Sql(sql, kinds))
    # The unary + keeps SQLite from choosing this index in a query that another filter leads.
    return Filter(sentence, f"+{sql}", kinds, Index(access, access, len(kinds)))


def by_text(text: str, *, exact: bool = False) -> list[Filter]:
    """Return the filters for events whose full text has all of the search terms.

    An English word also finds other words with its stem, unless the query is `exact`: raid finds raided.

    Raises:
        WrongUsageError: the text has nothing to search for.
    """
    stems, words = (None, scripts.match_query(text)) if exact else scripts.match_queries(text)
    found = [_in_index(name, match) for name, match in (("event_stem", stems), ("event_text", words)) if match]
    if not found:
        raise WrongUsageError(f"Nothing to search for in {quote(text[:80])}.", "Give a word, a number or a phrase.")
    sentence = f"exact text {quote(text)}" if exact else f"text {quote(text)}"
    found[0].sentence = sentence
    return found


def _in_index(table: str, match: str) -> Filter:
    """Return a filter for events that one of the full-text indexes finds."""
    condition = Sql(f"{table} MATCH ?", (match,))
    sql = f"EXISTS (SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = {{key}})"  # noqa: S608 - our words
    leading = Access(f"{table} t CROSS JOIN event e ON e.key = t.rowid", "t.rowid", condition)
    counted = Access(table, "rowid", condition)
    return Filter("", sql, (match,), Index(leading, counted, 1, is_text=True))


Compile = Callable[[Sequence[str], Lookup], Filter]
"""A function that makes a filter from values. An event must match at least one of them."""


class Option:
    """An option of the command line, and how its values become a filter.

    ``compile`` is ``None`` for options that are compiled together: actor and role, and the dates.
    """

    def __init__(self, name: str, flag: str, metavar: str, about: str, compile_: Compile | None = None) -> None:
        self.name = name
        self.flag = flag
        self.metavar = metavar
        self.help = about
        self.compile = compile_


def _names(label: str, look_up: Callable[[Lookup, str], Resolved], rel: int = Rel.CONCERNS) -> Compile:
    """Return a function that looks up names and makes a filter for events that refer to any of them."""

    def compile_names(values: Sequence[str], names: Lookup) -> Filter:
        found = [look_up(names, value) for value in values]
        terms = dict.fromkeys(term for one in found for term in one.terms)
        return by_terms(" or ".join(f"{label} {one.label}" for one in found), tuple(terms) or UNUSED_TERM, rel)

    return compile_names


def _term(type_: str) -> Callable[[Lookup, str], Resolved]:
    return lambda names, text: names.term(type_, text)


def _kinds(values: Sequence[str], _: Lookup) -> Filter:
    kinds = [match_word(value, EVENT_KINDS, "kind of event") for value in values]
    return by_kinds(" or ".join(f"kind {kind}" for kind in kinds), tuple(kinds))


_PROVINCE, _METRIC = _names("in", Lookup.province), _names("with", Lookup.metric)
_COUNTRY = _names("in", Lookup.country)
_SITE, _TAG = _names("site", _term("site")), _names("tag", _term("tag"))
_NATIONALITY = _names("nationality", Lookup.nationality)
_SOURCE = _names("source", Lookup.outlet, Rel.ORIGINAL)
_VIA = _names("via", Lookup.outlet, Rel.VIA)

OPTIONS = (
    Option("actor", "--actor", "NAME", "Events in which this person, body, company, outlet or gang takes part."),
    Option("role", "--role", "ROLE", "Role of the actor: speaker, rescuer, alleges, denies …"),
    Option("country", "--country", "NAME", "Country (name or code).", _COUNTRY),
    Option("province", "--province", "NAME", "Province (name, code or local name; Kayin, MM), or a town.", _PROVINCE),
    Option("site", "--site", "NAME", "Compound, casino, hotel or zone.", _SITE),
    Option("nationality", "--nationality", "DEMONYM", "Nationality, such as Vietnamese.", _NATIONALITY),
    Option("kind", "--kind", "KIND", "Kind of event: report, statement, raid, rescue …", _kinds),
    Option("source", "--source", "OUTLET", "Outlet that is an original source.", _SOURCE),
    Option("via", "--via", "OUTLET", "Publication that quotes the source.", _VIA),
    Option("metric", "--metric", "METRIC", "Events with a figure of this metric: complaints, rescues …", _METRIC),
    Option("tag", "--tag", "TAG", "Events with this tag.", _TAG),
    Option("from_", "--from", "DATE", "Events on or after this day, month or year."),
    Option("to", "--to", "DATE", "Events on or before this day, month or year."),
    Option("during", "--during", "DATE", "Events in this day, month, quarter or year: 2022-09, 2022-Q3."),
)
"""The filters that take a value. Each can be repeated: events match any of the values, or all with ``--match all``."""


class CompiledQuery:
    """A query that is ready to run.

    Attributes:
        filters: an event must satisfy all of them.
        ranges: an event must lie in one of these ranges, or in every one; empty for all time.
        certain: whether the event must lie in them whatever day its date means.
        every_range: whether the event must lie in all of the ranges.
    """

    def __init__(
        self, filters: tuple[Filter, ...], ranges: "tuple[Range, ...]", certain: bool, every_range: bool = False
    ) -> None:
        self.filters = filters
        self.ranges = ranges
        self.certain = certain
        self.every_range = every_range

    @property
    def sentence(self) -> str:
        """The whole query in words, or an empty text if it has no filters."""
        words = [one.sentence for one in self.filters if one.sentence]
        if self.ranges:
            words.append((" and " if self.every_range else " or ").join(_range_in_words(*pair) for pair in self.ranges))
        if self.certain:
            words.append("certainly")
        return ", ".join(words)

    def within(self, *, certain: bool) -> Sql:
        """Return the condition that an event lies in the ranges, certainly or possibly."""
        one = "e.sure AND e.start >= ? AND e.last <= ?" if certain else "e.last >= ? AND e.start <= ?"
        sql = (" AND " if self.every_range else " OR ").join(f"({one})" for _ in self.ranges)
        return Sql(sql, tuple(day for pair in self.ranges for day in pair))


def compile_query(query: Query, lookup: Callable[[], Lookup]) -> CompiledQuery:
    """Compile every value of a query into a filter; `lookup` is only called for a query with names.

    Raises:
        WrongUsageError: a value is invalid: a wrong or reversed range, or an unknown kind, role or metric.
        NotFoundError: a name is unknown or ambiguous.
    """
    every = query.match == "all"
    filters = [] if query.drafts else [NO_DRAFTS]
    if query.text:
        filters += by_text(query.text, exact=query.exact)
    filters += _actor_filters(query, lookup)
    for option in OPTIONS:
        values: tuple[str, ...] = getattr(query, option.name)
        if option.compile is not None and values:
            names = lookup()
            groups = [(value,) for value in values] if every else [values]
            filters += [option.compile(group, names) for group in groups]
    return CompiledQuery(tuple(filters), query.ranges, query.certain, every)


def _actor_filters(query: Query, lookup: Callable[[], Lookup]) -> list[Filter]:
    """Compile actors and roles together: a role applies to the actor, or to any actor if none is given."""
    every = query.match == "all"
    roles = [match_word(role, ROLES, "role") for role in query.role]
    bits = [1 << ROLES.index(role) for role in dict.fromkeys(roles)]
    as_roles = f" as {(' and ' if every else ' or ').join(roles)}" if roles else ""
    if not query.actor:
        sql = "EXISTS (SELECT 1 FROM event_term WHERE event = {key} AND rel = 0 AND roles & ?)"
        wanted = bits if every or not bits else [sum(bits)]
        return [Filter(f"an actor{as_roles}", sql, (one,)) for one in wanted]
    found = [lookup().term("actor", name) for name in query.actor]
    has_roles = ANY_ROLE
    if bits:
        has_roles = Sql(" AND {roles} & ? = ?", (sum(bits),) * 2) if every else Sql(" AND {roles} & ?", (sum(bits),))
    groups = [[one] for one in found] if every else [found]
    return [
        by_terms(
            " or ".join(f"actor {one.label}{as_roles}" for one in group),
            tuple(dict.fromkeys(term for one in group for term in one.terms)),
            roles=has_roles,
        )
        for group in groups
    ]


def _range_in_words(first: int, last: int) -> str:
    if first <= -OPEN_END:
        return f"until {dates.iso(last)}"
    if last >= OPEN_END:
        return f"from {dates.iso(first)}"
    return f"on {dates.iso(first)}" if first == last else f"from {dates.iso(first)} to {dates.iso(last)}"


def match_word(text: str, words: tuple[str, ...], what: str) -> str:
    """Return the word of a closed list that matches a typed word, ignoring case.

    Raises:
        WrongUsageError: the list has no such word; the hint names the nearest ones.
    """
    word = text.strip().lower()
    if word in words:
        return word
    hint = did_you_mean(suggest(text, words), f"Use one of: {', '.join(words)}.")
    raise WrongUsageError(f"No {what} {quote(text[:80])}.", hint)


def where(text: str = "", **filters: str | Iterable[str] | bool) -> Query:
    """Return a query from search terms and fields of `Query` by name, each a string, several strings, or a flag.

    Raises:
        WrongUsageError: a filter does not exist.
    """
    found = Query(text=text)
    for name, value in filters.items():
        if name not in Query._fields:
            raise WrongUsageError(f"No filter {quote(name)}.", f"Use one of: {', '.join(Query._fields[1:])}.")
        if isinstance(value, str) and name != "match":
            value = (value,)
        found = found._replace(**{name: value if isinstance(value, bool | str) else tuple(value)})  # type: ignore[arg-type]
    return found
