-- What happened to each agent, in the order in which the roll took it over: for those who follow it. seq is never used
-- twice. No index but the key: followers read from a seq on, and every index would cost each pass over a large swarm.

CREATE TABLE roll_events (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    swarm    TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    revision INTEGER,
    changes  TEXT
);
