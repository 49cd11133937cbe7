CREATE TABLE event (
        key INTEGER PRIMARY KEY,          -- first day << 20 | sequence within the day
        id TEXT NOT NULL UNIQUE,
        start INTEGER NOT NULL,           -- days since 1970-01-01
        last INTEGER NOT NULL,            -- 2932896: open
        sure INTEGER NOT NULL,            -- 0 with ~ ? %
        kind TEXT NOT NULL,
        draft INTEGER NOT NULL,
        record TEXT NOT NULL              -- canonical JSON
    ) STRICT;

CREATE INDEX event_start_id ON event (start, id);

CREATE TABLE term (
        id INTEGER PRIMARY KEY,
        type TEXT NOT NULL,               -- actor, site, metric, province, nationality, tag, place, country
        name TEXT NOT NULL,
        record TEXT,                      -- canonical JSON of an actor, a site or a metric
        placeholder INTEGER UNIQUE,       -- N of [protected-N]
        UNIQUE (type, name)
    ) STRICT;

CREATE TABLE name (
        type TEXT NOT NULL,
        level INTEGER NOT NULL,           -- 0 name, 1 alias, 2 normalised, 3 folded
        form TEXT NOT NULL,
        term INTEGER NOT NULL REFERENCES term (id) ON DELETE CASCADE,
        PRIMARY KEY (type, level, form, term)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX name_term ON name (term);

CREATE TABLE event_term (
        term INTEGER NOT NULL REFERENCES term (id),
        rel INTEGER NOT NULL,             -- 0 concerns, 1 original source, 2 via
        event INTEGER NOT NULL REFERENCES event (key) ON UPDATE CASCADE ON DELETE CASCADE,
        roles INTEGER NOT NULL,           -- of an actor: one bit a role
        PRIMARY KEY (term, rel, event)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX event_term_event ON event_term (event, rel, term);

CREATE TABLE figure (
        event INTEGER NOT NULL REFERENCES event (key) ON UPDATE CASCADE ON DELETE CASCADE,
        n INTEGER NOT NULL,
        id TEXT NOT NULL,
        metric TEXT NOT NULL,
        unit TEXT,
        stated TEXT,
        low ANY, best ANY, high ANY,
        province TEXT, nationality TEXT, "group" TEXT,
        period TEXT,
        count TEXT NOT NULL,
        stated_by TEXT,
        part_of TEXT,
        split_by TEXT,
        split_complete INTEGER,
        of TEXT,                          -- JSON array of figure ids
        PRIMARY KEY (event, n)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX figure_metric ON figure (metric, event);

CREATE TABLE link (
        event INTEGER NOT NULL REFERENCES event (key) ON UPDATE CASCADE ON DELETE CASCADE,
        n INTEGER NOT NULL,
        type TEXT NOT NULL,
        target TEXT NOT NULL,             -- an event's id; it may be absent
        figure TEXT,
        PRIMARY KEY (event, n)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX link_target ON link (target);

CREATE VIRTUAL TABLE event_text USING fts5 (
        title, body, names, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    );
