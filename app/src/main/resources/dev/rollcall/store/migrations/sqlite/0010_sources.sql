-- Several roots, on one machine or many, may keep one swarm's agents: whose each agent is, and one watch for each root.

CREATE TABLE agent_sources (
    swarm    TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    -- the machine and the root that record this agent
    source   TEXT NOT NULL,
    PRIMARY KEY (swarm, agent_id)
) WITHOUT ROWID;

ALTER TABLE watch_leases RENAME TO watch_leases_before;
CREATE TABLE watch_leases (
    swarm    TEXT NOT NULL,
    -- empty for a watch over all agents of the swarm
    source   TEXT NOT NULL DEFAULT '',
    holder   TEXT NOT NULL,
    fence    INTEGER NOT NULL,
    taken_at TEXT NOT NULL,
    PRIMARY KEY (swarm, source)
) WITHOUT ROWID;
INSERT INTO watch_leases (swarm, holder, fence, taken_at) SELECT swarm, holder, fence, taken_at FROM watch_leases_before;
DROP TABLE watch_leases_before;
