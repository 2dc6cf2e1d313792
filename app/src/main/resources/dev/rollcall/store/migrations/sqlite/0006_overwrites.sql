-- Which file a reading was of, and what a version that was written over the one before it, in the same file, has in common
-- with that: bytes at the beginning, and at the end where both are of one size. A mixture of two versions shows by these.

ALTER TABLE agent_readings ADD COLUMN file TEXT;

ALTER TABLE status_history ADD COLUMN kept_head INTEGER;

ALTER TABLE status_history ADD COLUMN kept_tail INTEGER;

-- A swarm's own events without walking over those of others. The seq is in every index.
CREATE INDEX roll_events_of_swarm ON roll_events (swarm);

-- The largest seq of each swarm that is not kept any more.
CREATE TABLE forgotten_events (
    swarm TEXT NOT NULL PRIMARY KEY,
    seq   INTEGER NOT NULL
) WITHOUT ROWID;
