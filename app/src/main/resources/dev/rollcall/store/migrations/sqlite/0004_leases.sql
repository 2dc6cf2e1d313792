-- Who leads the watch over a swarm, and how often the lead has changed hands.

CREATE TABLE watch_leases (
    swarm      TEXT NOT NULL PRIMARY KEY,
    holder     TEXT NOT NULL,
    fence      INTEGER NOT NULL,
    taken_at   TEXT NOT NULL
) WITHOUT ROWID;
