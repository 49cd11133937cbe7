"""What a copy for Datasette answers: its views, its canned queries, and its metadata.

No query adds figures up: two of them can count the same people, and `scamcli stats` is what knows when they do not.
"""

from __future__ import annotations

from typing import Any

from scamcli.exchange.exporters.as_datasette.schema import EVENTS, LIST, TABLES, Table

SEARCH = "events_fts"
"""The full-text index of events."""

CREATE_SEARCH = """
  CREATE VIRTUAL TABLE events_fts USING fts5(title, summary, names, note, content='', tokenize='trigram')
"""

FILL_SEARCH = """
  INSERT INTO events_fts(rowid, title, summary, names, note)
  SELECT rowid, clean(title), clean(summary), clean(
    coalesce((
      SELECT group_concat(actors.name || ' ' || aliases, ' ') FROM participants JOIN actors ON actors.name = actor
      WHERE event = events.id), '') || ' ' ||
    coalesce((
      SELECT group_concat(sites.name || ' ' || aliases, ' ') FROM event_sites JOIN sites ON sites.name = site
      WHERE event = events.id), '') || ' ' ||
    coalesce((SELECT group_concat(name, ' ') FROM places WHERE event = events.id), '') || ' ' ||
    coalesce((SELECT group_concat(outlet, ' ') FROM sources WHERE event = events.id), '') || ' ' ||
    coalesce((SELECT group_concat(stated, ' ') FROM figures WHERE event = events.id), '')
  ), clean(note) FROM events ORDER BY rowid
"""
"""An event is found by its own words, and by the names and the wordings in it."""


VIEWS = {
    "timeline": (
        "The story, to read: each event with its figures in words and its sources.",
        """
  SELECT id, date, first_day, kind, title, summary,
    (SELECT group_concat(in_words, char(10)) FROM figures WHERE event = events.id) AS figures,
    (
      SELECT group_concat(outlet || coalesce(', via ' || via, ''), '; ') FROM sources
      WHERE event = events.id AND original
    ) AS sources
  FROM events
""",
    ),
    "stated_figures": (
        "Each figure with its event. Two of them can count the same people: do not add them up.",
        """
  SELECT figures.number, metric, figures.province, figures.nationality, whom, stated, low, best, high, unit, period,
    stated_by, part_of,
    EXISTS (
      SELECT 1 FROM links WHERE links.to_event = figures.event AND links.type = 'disputes'
      AND (links.to_figure IS NULL OR links.to_figure = figures.figure)
    ) AS disputed,
    events.date, events.title, figures.event, figures.note
  FROM figures JOIN events ON events.id = figures.event
""",
    ),
    "allegations": (
        "Reports, and events in which somebody alleges something.",
        """
  SELECT id AS event, date, first_day, title,
    coalesce(
      (SELECT group_concat(actor, '; ') FROM participants WHERE event = events.id AND role = 'alleges'),
      (SELECT group_concat(actor, '; ') FROM participants WHERE event = events.id AND role IN ('author', 'speaker'))
    ) AS alleged_by,
    provinces
  FROM events
  WHERE kind = 'report' OR EXISTS (SELECT 1 FROM participants WHERE event = events.id AND role = 'alleges')
""",
    ),
    "answers": (
        "What answers an event: somebody who denies in the same entry, and later events that are linked to it.",
        """
  SELECT DISTINCT event, 'denies in the same entry' AS relation, event AS answer_event
  FROM participants WHERE role = 'denies'
  UNION ALL
  SELECT DISTINCT links.to_event, replace(links.type, '_', ' '), links.event
  FROM links JOIN events ON events.id = links.event
  WHERE links.type IN ('responds_to', 'disputes', 'follows')
  AND events.kind IN ('statement', 'denial', 'raid', 'rescue', 'licence', 'closure')
""",
    ),
}
"""Views, each with what it is and its SELECT."""

QUERIES: dict[str, dict[str, Any]] = {
    "figures_by_province": {
        "title": "Figures by province",
        "description": "What was stated of each province, one by one; without a metric, of all of them. Figures of a"
        " province are not added up, because they can count the same people.",
        "params": ["metric"],
        "sql": """
  SELECT coalesce(province, 'not given') AS province, metric, stated, low, best, high, unit, whom, nationality, period,
    stated_by, disputed, part_of, date, title, event
  FROM stated_figures WHERE :metric = '' OR metric = :metric ORDER BY stated_figures.province, number
""",
    },
    "who_said_what": {
        "title": "Who said which number",
        "description": "The figures of each speaker, the oldest first; without a name, of all of them.",
        "params": ["speaker"],
        "sql": """
  SELECT coalesce(stated_by, 'not recorded') AS stated_by, metric, stated, low, best, high, unit, whom, nationality,
    province, period, disputed, part_of, date, title, event
  FROM stated_figures WHERE :speaker = '' OR stated_by = :speaker ORDER BY stated_figures.stated_by, number
""",
    },
    "disputed_figures": {
        "title": "Disputed figures",
        "description": "Figures that another event disputes, with the event that does.",
        "sql": """
  SELECT figures.in_words, events.date, events.title, figures.event, links.event AS disputed_in,
    disputes.title AS title_there, links.note
  FROM links JOIN figures ON figures.event = links.to_event
    AND (links.to_figure IS NULL OR links.to_figure = figures.figure)
  JOIN events ON events.id = figures.event JOIN events AS disputes ON disputes.id = links.event
  WHERE links.type = 'disputes' ORDER BY figures.number, links.number
""",
    },
    "allegations_without_answer": {
        "title": "Allegations without a recorded answer",
        "description": "Reports and allegations that nobody denies in the same entry, and that no later statement,"
        " denial, raid, rescue, licence or closure is linked to. That nothing is recorded says nothing about what was"
        " done.",
        "sql": """
  SELECT date, title, alleged_by, provinces, event FROM allegations
  WHERE event NOT IN (SELECT event FROM answers) ORDER BY first_day, event
""",
    },
    "answers_to_allegations": {
        "title": "Allegations and what answered them",
        "description": "Each allegation with each answer: who denies it in the same entry, and what is linked to it.",
        "sql": """
  SELECT allegations.date, allegations.title, alleged_by, relation, events.date AS answer_date, events.title AS answer,
    allegations.event, answer_event
  FROM allegations JOIN answers ON answers.event = allegations.event JOIN events ON events.id = answer_event
  ORDER BY allegations.first_day, allegations.event, events.first_day, answer_event
""",
    },
    "who_is_said_to_own_what": {
        "title": "Who is said to own what",
        "description": "Claims of ownership, each with who says so and who published it. A claim is no proof.",
        "sql": """
  SELECT site, owner, coalesce(stated_by, 'not recorded') AS stated_by, outlet, note, event
  FROM ownership_claims ORDER BY site, number
""",
    },
    "outlets": {
        "title": "Outlets",
        "description": "In how many events each outlet is the source, and in how many of them it was seen through"
        " another publication.",
        "sql": """
  SELECT outlet, count(DISTINCT event) AS events,
    count(DISTINCT CASE WHEN via IS NOT NULL THEN event END) AS seen_through_another
  FROM sources WHERE original GROUP BY outlet ORDER BY 2 DESC, outlet
""",
    },
}
"""The canned queries, each with its title and description."""

PART = "This copy is a part of a timeline: answers, disputes and whatever else stands outside of it are not seen."
"""What each view and query says where only some events were asked for."""


def metadata(database: str, *, is_part: bool) -> dict[str, Any]:
    """The ``metadata.json`` of Datasette 0.64 and 0.65.

    Args:
        database: its name, the file without its ending.
        is_part: whether only some events were asked for. By what words is not said: one can be a protected name.
    """
    about = (
        "A timeline of human trafficking and scam compounds. Every number is what somebody stated: with its wording,"
        " its bounds, who said it and who published it. What is empty is unknown. Figures can count the same people,"
        " so they do not add up; and who is named, alleged or said to own something is not thereby guilty of anything."
    )
    part = f" {PART}" if is_part else ""
    queries = {name: query | {"description": query["description"] + part} for name, query in QUERIES.items()}
    return {
        "title": "Timeline",
        "description": f"{about} This is a part of it, chosen by a query." if is_part else about,
        "source": "named with each event",
        "license": "not stated; the words that are quoted are those of each source",
        "about": "scamcli",
        "databases": {
            database: {
                "tables": {
                    **{table.name: _table(table) for table in TABLES},
                    **{name: {"description": about + part} for name, (about, _) in VIEWS.items()},
                },
                "queries": {name: query | {"sql": query["sql"].strip()} for name, query in queries.items()},
            }
        },
    }


def _table(table: Table) -> dict[str, Any]:
    lists = {column.name for column in table.columns if column.kind is LIST}
    found: dict[str, Any] = {
        "description": table.about,
        "columns": {column.name: column.about for column in table.columns},
        "facets": [{"array": name} if name in lists else name for name in table.facets],
        "label_column": table.label,
        "sort_desc" if table.newest else "sort": table.sort,
    }
    if table is EVENTS:
        found |= {"fts_table": SEARCH, "fts_pk": "rowid"}
    return {key: value for key, value in found.items() if value}
