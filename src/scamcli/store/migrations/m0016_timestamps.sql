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
