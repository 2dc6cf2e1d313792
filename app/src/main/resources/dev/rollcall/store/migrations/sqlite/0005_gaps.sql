-- When an agent's latest version did not tell what its file said: the file was gone, not acceptable, or what was recorded
-- of that time was deleted to keep the database bounded.

CREATE TABLE agent_gaps (
    swarm    TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    kind     TEXT NOT NULL,
    began_at TEXT NOT NULL,
    -- null while it lasts
    ended_at TEXT,
    detail   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (swarm, agent_id, kind, began_at)
) WITHOUT ROWID;

INSERT INTO agent_gaps (swarm, agent_id, kind, began_at)
SELECT swarm, agent_id, 'LEFT', coalesce(left_at, synced_at) FROM agent_workspaces
WHERE presence = 'LEFT' AND coalesce(left_at, synced_at) IS NOT NULL;

INSERT INTO agent_gaps (swarm, agent_id, kind, began_at, detail)
SELECT swarm, agent_id, 'REJECTED', since, code FROM rejected_documents;
