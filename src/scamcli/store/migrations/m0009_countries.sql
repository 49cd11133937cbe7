CREATE TABLE figure (
        event INTEGER NOT NULL REFERENCES event (key) ON UPDATE CASCADE ON DELETE CASCADE,
        n INTEGER NOT NULL,
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
        PRIMARY KEY (event, n)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX figure_metric ON figure (metric, event);
