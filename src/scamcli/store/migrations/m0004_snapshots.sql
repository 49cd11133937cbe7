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
