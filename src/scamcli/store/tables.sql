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
        event_id TEXT NOT NULL,           -- from here to addable: what totals read of the event
        last INTEGER NOT NULL,
        sure INTEGER NOT NULL,
        kind TEXT NOT NULL,
        draft INTEGER NOT NULL,
        marks BLOB,                       -- of an incident, 4 bytes each: of the title, then of each town and site
        dataset TEXT,                     -- the table that the event is a row of
        disjoint INTEGER NOT NULL,        -- whether its rows are declared to be different incidents
        addable INTEGER NOT NULL,         -- whether this is an incident of such a row, with nothing like it beside it
        id TEXT NOT NULL,
        metric TEXT NOT NULL,
        unit TEXT,
        stated TEXT,
        low ANY, best ANY, high ANY,
        country TEXT, province TEXT, nationality TEXT, "group" TEXT,
        period TEXT,
        count TEXT NOT NULL,
        stated_by TEXT,
        part_of TEXT,
        split_by TEXT,
        split_complete INTEGER,
        of TEXT,                          -- JSON array of figure ids
        PRIMARY KEY (metric, event, n)
    ) STRICT, WITHOUT ROWID;

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

CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,                 -- UTC
        author TEXT NOT NULL,
        command TEXT NOT NULL,
        reason TEXT,
        undoes INTEGER REFERENCES change (id),
        resealed INTEGER NOT NULL DEFAULT 0, -- 1: made by a version with short seals, and sealed again by an upgrade
        salt BLOB,                        -- of the leaf of this row; NULL: redacted
        seal TEXT                         -- SHA-256 of the seal before and of the leaves of this change
    ) STRICT;

CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE change_record (
        change INTEGER NOT NULL REFERENCES change (id),
        type TEXT NOT NULL,
        name TEXT NOT NULL,               -- an event's id, else the name
        before TEXT,                      -- canonical JSON; NULL: it was not there
        after TEXT,                       -- SHA-256 of what it became; NULL: removed
        successor TEXT,                   -- the id or name of the record that it was merged into
        placeholder INTEGER,              -- N of [protected-N], if it was protected before
        salt BLOB,                        -- of the leaf of this row; NULL: redacted
        PRIMARY KEY (change, type, name)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX change_record_name ON change_record (type, name);

CREATE INDEX change_record_gone ON change_record (type, name) WHERE after IS NULL;

CREATE INDEX change_record_placeholder ON change_record (placeholder) WHERE placeholder IS NOT NULL;

CREATE TABLE backup (
        at TEXT NOT NULL,
        path TEXT NOT NULL
    ) STRICT;

CREATE INDEX event_kind ON event (kind);

CREATE INDEX event_draft ON event (draft) WHERE draft = 1;

CREATE INDEX event_long ON event (key, last) WHERE last - start > 31;

CREATE INDEX link_type ON link (type);

CREATE TABLE snapshot (
        sha256 TEXT PRIMARY KEY,          -- of the text that is kept, in UTF-8
        at TEXT NOT NULL,
        title TEXT, outlet TEXT, url TEXT,
        published TEXT,                   -- EDTF
        text BLOB NOT NULL                -- zlib
    ) STRICT;

CREATE TABLE origin (
        event TEXT PRIMARY KEY,           -- an event's id; the event may be gone, and come back
        snapshot TEXT NOT NULL REFERENCES snapshot (sha256) ON UPDATE CASCADE,
        start INTEGER NOT NULL,           -- where in the text, in characters
        "end" INTEGER NOT NULL,
        reasons TEXT NOT NULL,            -- JSON: [{"field", "start", "end", "rule", "grade"}]
        unread TEXT NOT NULL,             -- JSON: [[start, end]]
        twin TEXT                         -- the id of an event that seems to tell it
    ) STRICT;

CREATE INDEX origin_snapshot ON origin (snapshot, start);

CREATE INDEX change_record_successor ON change_record (successor) WHERE successor IS NOT NULL;

CREATE INDEX term_protected ON term (type, name) WHERE CASE WHEN json_valid(record)
        THEN coalesce(json_type(record, '$.protected') NOT IN ('false', 'null'), 1)
        ELSE record IS NOT NULL END;

CREATE INDEX change_record_before ON change_record (type, name) WHERE before IS NOT NULL;

CREATE VIRTUAL TABLE event_stem USING fts5 (
        c0, c1, c2, content = 'event_text_content', content_rowid = 'id', detail = none, columnsize = 0,
        tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    );

CREATE INDEX event_brief ON event (key, start, last, sure, kind, draft, id);

CREATE INDEX figure_event ON figure (event, n);

CREATE TABLE evidence (
        sha256 TEXT PRIMARY KEY,          -- of the file, which is in the folder beside the database
        size INTEGER NOT NULL,            -- bytes
        media_type TEXT NOT NULL,
        derived_from TEXT REFERENCES evidence (sha256), -- the original of a working copy
        removed TEXT                      -- why the file was removed; NULL: it is there
    ) STRICT;

CREATE TABLE evidence_source (
        evidence TEXT NOT NULL REFERENCES evidence (sha256),
        n INTEGER NOT NULL,               -- the same file may come from several sources
        name TEXT NOT NULL,               -- of the file as it was given
        source TEXT,                      -- who published it or handed it over; NULL for a working copy
        url TEXT,
        collected_by TEXT,
        collected_at TEXT,                -- EDTF, or a time in UTC
        method TEXT,
        tool TEXT,
        note TEXT,
        PRIMARY KEY (evidence, n)
    ) STRICT;

CREATE TABLE evidence_event (
        evidence TEXT NOT NULL REFERENCES evidence (sha256),
        event TEXT NOT NULL,              -- an event's id; the event may be gone, and come back
        PRIMARY KEY (evidence, event)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_event_event ON evidence_event (event);

CREATE TABLE evidence_text (
        evidence TEXT NOT NULL REFERENCES evidence (sha256),
        snapshot TEXT NOT NULL REFERENCES snapshot (sha256) ON UPDATE CASCADE ON DELETE CASCADE,
        pages TEXT,                       -- JSON: where in the text each page begins, in characters
        PRIMARY KEY (evidence, snapshot)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_text_snapshot ON evidence_text (snapshot);

CREATE TABLE custody (
        evidence TEXT NOT NULL REFERENCES evidence (sha256),
        change INTEGER NOT NULL REFERENCES change (id),
        action TEXT NOT NULL,             -- added, derived, linked, handed over, removed
        detail TEXT,                      -- to whom it was handed over, or which original it was derived from
        PRIMARY KEY (evidence, change, action)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX custody_change ON custody (change);

CREATE TABLE change_content (
        change INTEGER NOT NULL REFERENCES change (id),
        type TEXT NOT NULL,               -- snapshot, origin, backup, setting, redacted ...
        name TEXT NOT NULL,
        after TEXT,                       -- SHA-256 of the salt and of what it became; NULL: removed
        salt BLOB,                        -- of the leaf of this row, and of `after`; NULL: redacted
        PRIMARY KEY (change, type, name)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX change_content_name ON change_content (type, name);

CREATE TABLE redacted_leaf (
        change INTEGER NOT NULL REFERENCES change (id),
        position INTEGER NOT NULL,        -- among the leaves of the change; 0 is that of the change itself
        leaf BLOB NOT NULL,
        part TEXT,                        -- change, record or content; NULL: the row is gone
        type TEXT NOT NULL,               -- of the row as it is now; empty for a change and for a row that is gone
        name TEXT NOT NULL,
        PRIMARY KEY (change, position)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX redacted_leaf_name ON redacted_leaf (part, type, name);

CREATE TABLE timestamp (
        sha256 TEXT PRIMARY KEY,          -- of the reply
        change INTEGER NOT NULL REFERENCES change (id), -- the change whose head got the timestamp
        at TEXT NOT NULL,                 -- UTC, according to the authority
        authority TEXT NOT NULL,          -- the name in its certificate
        reply BLOB NOT NULL               -- as the authority sent it (RFC 3161)
    ) STRICT;

CREATE INDEX timestamp_change ON timestamp (change, at, sha256);

CREATE TABLE timestamp_request (
        nonce TEXT PRIMARY KEY,           -- hexadecimal
        change INTEGER NOT NULL REFERENCES change (id)
    ) STRICT;
