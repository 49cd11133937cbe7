-- The tables that the public views read, in a temporary database that is discarded after the query.

PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;

CREATE TABLE event (
    key INTEGER PRIMARY KEY, id TEXT, start INTEGER, last INTEGER, kind TEXT, draft INTEGER, record TEXT
);
CREATE INDEX event_id ON event (id);

CREATE TABLE term (id INTEGER PRIMARY KEY, type TEXT, name TEXT, record TEXT);
CREATE INDEX term_name ON term (type, name);

CREATE TABLE event_term (term INTEGER, rel INTEGER, event INTEGER, roles INTEGER);
CREATE INDEX event_term_term ON event_term (term, rel, event);
CREATE INDEX event_term_event ON event_term (event, rel, term);

CREATE TABLE figure (
    event INTEGER, n INTEGER, event_id TEXT, last INTEGER, sure INTEGER, kind TEXT, draft INTEGER, marks BLOB,
    dataset TEXT, disjoint INTEGER, addable INTEGER,
    id TEXT, metric TEXT, unit TEXT, stated TEXT, low, best, high, country TEXT,
    province TEXT, nationality TEXT, "group" TEXT, period TEXT, count TEXT, stated_by TEXT, part_of TEXT, split_by TEXT,
    split_complete INTEGER, of TEXT, PRIMARY KEY (metric, event, n)
) WITHOUT ROWID;
CREATE INDEX figure_event ON figure (event, n);

CREATE TABLE link (
    event INTEGER, n INTEGER, type TEXT, target TEXT, figure TEXT, PRIMARY KEY (event, n)
) WITHOUT ROWID;
CREATE INDEX link_target ON link (target);

CREATE VIRTUAL TABLE event_text USING fts5 (
    title, body, names, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
