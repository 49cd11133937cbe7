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

CREATE INDEX figure_event ON figure (event, n);
