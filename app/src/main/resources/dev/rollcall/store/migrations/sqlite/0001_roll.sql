-- The roll: who is on it, what each agent last reported, every version ever recorded.
-- Every table, column, view and unit is described in docs/tables.md.

CREATE TABLE agent_workspaces (
    swarm              TEXT NOT NULL,
    agent_id           TEXT NOT NULL,
    status             TEXT,
    last_updated       TEXT,
    current_focus      TEXT,
    cycle_count        INTEGER,
    -- No type: a number that neither a 64-bit integer nor a double can hold is kept as exact text.
    points_earned,
    current_mission    TEXT,
    last_updated_raw   TEXT,
    state              TEXT,
    agent_name         TEXT,
    current_phase      TEXT,
    mission_priority   TEXT,
    fsm_state          TEXT,
    blockers           TEXT,
    findings           TEXT,
    revision           INTEGER,
    content_sha256     TEXT,
    presence           TEXT,
    left_at            TEXT,
    source_path        TEXT,
    source_modified_at TEXT,
    synced_at          TEXT,
    last_activity_at   TEXT,
    document           TEXT,
    PRIMARY KEY (swarm, agent_id)
);

-- Lets a pass over the whole swarm compare digests without touching the documents.
CREATE INDEX agent_workspaces_standing ON agent_workspaces (swarm, agent_id, content_sha256, presence);

CREATE TABLE agent_readings (
    swarm    TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    reading  INTEGER NOT NULL,
    stamp    TEXT NOT NULL,
    -- how many findings the current document has
    findings INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (swarm, agent_id)
) WITHOUT ROWID;

CREATE TABLE agent_status (
    swarm       TEXT NOT NULL,
    agent_id    TEXT NOT NULL,
    passage     TEXT NOT NULL,
    field       TEXT,
    text        TEXT,
    text_sha256 TEXT,
    model       TEXT,
    revision    INTEGER,
    updated_at  TEXT,
    embedding   BLOB,
    PRIMARY KEY (swarm, agent_id, passage)
) WITHOUT ROWID;

CREATE TABLE status_history (
    revision           INTEGER PRIMARY KEY AUTOINCREMENT,
    swarm              TEXT NOT NULL,
    agent_id           TEXT NOT NULL,
    observed_at        TEXT NOT NULL,
    last_updated       TEXT,
    source_modified_at TEXT,
    status             TEXT,
    state              TEXT,
    cycle_count        INTEGER,
    points_earned,
    current_mission    TEXT,
    current_focus      TEXT,
    fsm_state          TEXT,
    content_sha256     TEXT,
    origin             TEXT,
    encoding           TEXT,
    base_revision      INTEGER,
    delta_depth        INTEGER,
    -- observed_at, source_modified_at, origin and content_sha256 as they were recorded, and a digest over them
    seal               TEXT,
    document           BLOB
);

CREATE INDEX status_history_order ON status_history (swarm, agent_id, observed_at, revision);

CREATE TABLE rejected_documents (
    swarm          TEXT NOT NULL,
    agent_id       TEXT NOT NULL,
    code           TEXT NOT NULL,
    message        TEXT NOT NULL,
    line           INTEGER,
    "column"       INTEGER,
    byte_offset    INTEGER,
    since          TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    source_path    TEXT NOT NULL,
    size           INTEGER NOT NULL,
    bytes          BLOB NOT NULL,
    PRIMARY KEY (swarm, agent_id)
);

CREATE VIEW swarm_overview AS
WITH swarms AS (
    SELECT swarm FROM agent_workspaces
    UNION
    SELECT swarm FROM rejected_documents
),
counted AS (
    SELECT swarm,
           count(*) AS agents,
           count(*) FILTER (WHERE presence IS NOT 'LEFT') AS present,
           count(*) FILTER (WHERE presence = 'LEFT') AS left_agents,
           count(*) FILTER (WHERE presence IS NOT 'LEFT' AND state = 'ACTIVE') AS active,
           count(*) FILTER (WHERE presence IS NOT 'LEFT' AND state = 'IDLE') AS idle,
           count(*) FILTER (WHERE presence IS NOT 'LEFT' AND state = 'WAITING') AS waiting,
           count(*) FILTER (WHERE presence IS NOT 'LEFT' AND state = 'BLOCKED') AS blocked,
           count(*) FILTER (WHERE presence IS NOT 'LEFT' AND state = 'COMPLETE') AS complete,
           count(*) FILTER (WHERE presence IS NOT 'LEFT' AND state = 'ERROR') AS error,
           count(*) FILTER (WHERE presence IS NOT 'LEFT' AND state = 'OFFLINE') AS offline,
           count(*) FILTER (WHERE presence IS NOT 'LEFT' AND (state IS NULL OR state NOT IN
               ('ACTIVE', 'IDLE', 'WAITING', 'BLOCKED', 'COMPLETE', 'ERROR', 'OFFLINE'))) AS unknown,
           coalesce(sum(points_earned), 0) AS total_points,
           max(synced_at) AS last_synced_at
    FROM agent_workspaces
    GROUP BY swarm
)
SELECT swarms.swarm,
       coalesce(agents, 0) AS agents,
       coalesce(present, 0) AS present,
       coalesce(left_agents, 0) AS "left",
       (SELECT count(*) FROM rejected_documents r WHERE r.swarm = swarms.swarm) AS rejected,
       coalesce(active, 0) AS active,
       coalesce(idle, 0) AS idle,
       coalesce(waiting, 0) AS waiting,
       coalesce(blocked, 0) AS blocked,
       coalesce(complete, 0) AS complete,
       coalesce(error, 0) AS error,
       coalesce(offline, 0) AS offline,
       coalesce(unknown, 0) AS unknown,
       coalesce(total_points, 0) AS total_points,
       last_synced_at
FROM swarms LEFT JOIN counted ON counted.swarm = swarms.swarm;

CREATE VIEW agent_state_intervals AS
SELECT swarm,
       agent_id,
       state,
       status,
       revision,
       started_at,
       ended_at,
       round((julianday(ended_at) - julianday(started_at)) * 86400, 3) AS seconds
FROM (
    SELECT swarm,
           agent_id,
           state,
           status,
           revision,
           observed_at AS started_at,
           lead(observed_at) OVER (PARTITION BY swarm, agent_id ORDER BY observed_at, revision) AS ended_at
    FROM status_history
);

CREATE VIEW agent_daily_activity AS
SELECT swarm,
       agent_id,
       substr(observed_at, 1, 10) AS day,
       count(*) AS revisions,
       coalesce(sum(max(cycle_count - previous_cycles, 0)), 0) AS cycles_gained,
       coalesce(sum(max(points_earned - previous_points, 0)), 0) AS points_gained,
       min(observed_at) AS first_observed_at,
       max(observed_at) AS last_observed_at
FROM (
    SELECT swarm,
           agent_id,
           observed_at,
           cycle_count,
           points_earned,
           lag(cycle_count) OVER versions AS previous_cycles,
           lag(points_earned) OVER versions AS previous_points
    FROM status_history
    WINDOW versions AS (PARTITION BY swarm, agent_id ORDER BY observed_at, revision)
)
GROUP BY swarm, agent_id, day;
