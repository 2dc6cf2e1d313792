-- Several roots, on one machine or many, may keep one swarm's agents: whose each agent is, and one watch for each root.

CREATE TABLE agent_sources (
    swarm    text COLLATE "C" NOT NULL,
    agent_id text COLLATE "C" NOT NULL,
    source   text COLLATE "C" NOT NULL,
    PRIMARY KEY (swarm, agent_id)
);

ALTER TABLE watch_leases ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE watch_leases DROP CONSTRAINT watch_leases_pkey;
ALTER TABLE watch_leases ADD PRIMARY KEY (swarm, source);
