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
