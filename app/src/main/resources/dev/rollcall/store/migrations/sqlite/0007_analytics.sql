-- Views for people: what the report counts, as far as columns tell it. Only functions that the stock sqlite3 3.40 has.

DROP VIEW agent_state_intervals;

-- Cut at gaps, in which nobody knows the state; after one, a version that is still in force begins anew.
CREATE VIEW agent_state_intervals AS
WITH gaps AS (
    SELECT swarm, agent_id, began_at, ended_at
    FROM agent_gaps
    WHERE ended_at IS NULL OR ended_at > began_at
),
versions AS (
    SELECT swarm, agent_id, state, status, revision,
           observed_at AS from_at,
           lead(observed_at) OVER (PARTITION BY swarm, agent_id ORDER BY observed_at, revision) AS until_at
    FROM status_history
),
starts AS (
    SELECT swarm, agent_id, state, status, revision, until_at, from_at AS started_at FROM versions
    UNION
    SELECT v.swarm, v.agent_id, v.state, v.status, v.revision, v.until_at, g.ended_at
    FROM versions v
    JOIN gaps g ON g.swarm = v.swarm AND g.agent_id = v.agent_id AND g.ended_at > v.from_at
        AND (v.until_at IS NULL OR g.ended_at < v.until_at)
),
told AS (
    SELECT swarm, agent_id, state, status, revision, started_at,
           nullif(min(coalesce(until_at, '~'),
                      coalesce((SELECT min(g.began_at) FROM gaps g
                                WHERE g.swarm = starts.swarm AND g.agent_id = starts.agent_id
                                    AND g.began_at > starts.started_at), '~')), '~') AS ended_at
    FROM starts
    WHERE NOT EXISTS (SELECT 1 FROM gaps g
                      WHERE g.swarm = starts.swarm AND g.agent_id = starts.agent_id
                          AND g.began_at <= starts.started_at
                          AND (g.ended_at IS NULL OR g.ended_at > starts.started_at))
)
SELECT swarm, agent_id, state, status, revision, started_at, ended_at,
       round((julianday(ended_at) - julianday(started_at)) * 86400, 3) AS seconds
FROM told;

CREATE VIEW agent_time_in_state AS
SELECT swarm, agent_id, state, round(sum(seconds), 3) AS seconds, count(*) AS intervals
FROM agent_state_intervals
WHERE ended_at IS NOT NULL
GROUP BY swarm, agent_id, state;

CREATE VIEW agent_blocked_stretches AS
WITH marked AS (
    SELECT swarm, agent_id, state, started_at, ended_at,
           state IS 'BLOCKED'
               AND NOT (lag(state) OVER intervals IS 'BLOCKED' AND lag(ended_at) OVER intervals IS started_at) AS begins
    FROM agent_state_intervals
    WINDOW intervals AS (PARTITION BY swarm, agent_id ORDER BY started_at, revision)
),
numbered AS (
    SELECT swarm, agent_id, state, started_at, ended_at,
           sum(begins) OVER (PARTITION BY swarm, agent_id ORDER BY started_at, begins DESC
                             ROWS UNBOUNDED PRECEDING) AS stretch
    FROM marked
)
SELECT swarm, agent_id, started_at, ended_at,
       round((julianday(ended_at) - julianday(started_at)) * 86400, 3) AS seconds
FROM (
    SELECT swarm, agent_id, min(started_at) AS started_at,
           iif(count(*) = count(ended_at), max(ended_at), NULL) AS ended_at
    FROM numbered
    WHERE state = 'BLOCKED'
    GROUP BY swarm, agent_id, stretch
);

-- A bare column beside min() is that of the row with the minimum: the mission as it was written first.
CREATE VIEW agent_mission_durations AS
WITH versions AS (
    SELECT swarm, agent_id, revision, observed_at, current_mission,
           lower(trim(coalesce(current_mission, ''))) AS mission,
           lag(lower(trim(coalesce(current_mission, '')))) OVER (
               PARTITION BY swarm, agent_id ORDER BY observed_at, revision) AS mission_before
    FROM status_history
),
numbered AS (
    SELECT swarm, agent_id, revision, observed_at, current_mission, mission,
           sum(mission IS NOT mission_before) OVER (
               PARTITION BY swarm, agent_id ORDER BY observed_at, revision ROWS UNBOUNDED PRECEDING) AS stretch
    FROM versions
),
stretches AS (
    SELECT swarm, agent_id, stretch, mission, current_mission, min(observed_at) AS started_at
    FROM numbered
    GROUP BY swarm, agent_id, stretch
),
ended AS (
    SELECT swarm, agent_id, stretch, mission, current_mission, started_at,
           lead(started_at) OVER (PARTITION BY swarm, agent_id ORDER BY stretch) AS ended_at
    FROM stretches
)
SELECT swarm, agent_id, current_mission, started_at, ended_at,
       round((julianday(ended_at) - julianday(started_at)) * 86400, 3) AS seconds
FROM ended
WHERE mission <> '';

CREATE VIEW agent_cadence AS
WITH intervals AS (
    SELECT swarm, agent_id,
           (julianday(observed_at) - julianday(lag(observed_at) OVER (
               PARTITION BY swarm, agent_id ORDER BY observed_at, revision))) * 86400 AS seconds
    FROM status_history
),
ranked AS (
    SELECT swarm, agent_id, seconds,
           row_number() OVER (PARTITION BY swarm, agent_id ORDER BY seconds) AS place,
           count(*) OVER (PARTITION BY swarm, agent_id) AS number
    FROM intervals
    WHERE seconds >= 1
)
SELECT swarm, agent_id, number AS intervals, round(avg(seconds), 3) AS median_seconds
FROM ranked
WHERE place IN ((number + 1) / 2, (number + 2) / 2)
GROUP BY swarm, agent_id;

-- An id as a whole word: before and after it stands nothing that belongs to a word.
CREATE VIEW agent_waits AS
SELECT w.swarm, w.agent_id, other.agent_id AS waits_for, b.value AS blocker
FROM agent_workspaces w
JOIN json_each(iif(json_valid(w.blockers), w.blockers, '[]')) b
JOIN agent_workspaces other ON other.swarm = w.swarm AND other.agent_id <> w.agent_id
WHERE w.presence IS NOT 'LEFT'
    AND NOT EXISTS (SELECT 1 FROM rejected_documents r WHERE r.swarm = w.swarm AND r.agent_id = w.agent_id)
    AND instr(lower(b.value), lower(other.agent_id)) > 0
    AND ' ' || lower(b.value) || ' ' GLOB '*[^a-z0-9_-]'
        || replace(replace(replace(lower(other.agent_id), '[', '[[]'), '*', '[*]'), '?', '[?]') || '[^a-z0-9_-]*';
