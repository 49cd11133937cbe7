CREATE TABLE likeness (
        event INTEGER PRIMARY KEY REFERENCES event (key) ON UPDATE CASCADE ON DELETE CASCADE,
        marks BLOB NOT NULL               -- of 4 bytes each: of the title, then of each town and site
    ) STRICT;
