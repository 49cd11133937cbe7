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
