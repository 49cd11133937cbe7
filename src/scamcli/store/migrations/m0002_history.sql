CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,                 -- UTC, never before that of the change before it
        author TEXT NOT NULL,
        command TEXT NOT NULL,
        reason TEXT,
        undoes INTEGER REFERENCES change (id),
        seal TEXT                         -- digest of this row, its records and the seal of the change before it
    ) STRICT;

CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE change_record (
        change INTEGER NOT NULL REFERENCES change (id),
        type TEXT NOT NULL,
        name TEXT NOT NULL,               -- an event's id, else the name
        before TEXT,                      -- canonical JSON; NULL: it was not there
        after TEXT,                       -- digest of what it became; NULL: removed
        successor TEXT,                   -- the id or name of the record that it was merged into
        placeholder INTEGER,              -- N of [protected-N], if it was protected before
        PRIMARY KEY (change, type, name)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX change_record_name ON change_record (type, name);

CREATE INDEX change_record_gone ON change_record (type, name) WHERE after IS NULL;

CREATE INDEX change_record_placeholder ON change_record (placeholder) WHERE placeholder IS NOT NULL;

CREATE TABLE backup (
        at TEXT NOT NULL,
        path TEXT NOT NULL
    ) STRICT;
