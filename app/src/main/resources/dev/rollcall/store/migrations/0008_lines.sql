-- Versions that were committed only beside the line of an import, of origin git-branch:COMMIT, were never in force. Only
-- functions that the stock sqlite3 3.40 has.

-- Tells which versions those are without a look at the rows, whose documents are large.
DROP INDEX status_history_order;
CREATE INDEX status_history_order ON status_history (swarm, agent_id, observed_at, revision, origin);

CREATE VIEW status_in_force AS
SELECT * FROM status_history WHERE coalesce(origin NOT LIKE 'git-branch:%', TRUE);

-- Each counter against the last version before that has the number: a version without it is passed over.
DROP VIEW agent_daily_activity;
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
           lag(cycle_count) OVER (PARTITION BY swarm, agent_id, cycle_count IS NULL
                                  ORDER BY observed_at, revision) AS previous_cycles,
           lag(points_earned) OVER (PARTITION BY swarm, agent_id, points_earned IS NULL
                                    ORDER BY observed_at, revision) AS previous_points
    FROM status_in_force
)
GROUP BY swarm, agent_id, day;

-- The views of before, over what was in force.

DROP VIEW agent_state_intervals;
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
    FROM status_in_force
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

DROP VIEW agent_mission_durations;
CREATE VIEW agent_mission_durations AS
WITH versions AS (
    SELECT swarm, agent_id, revision, observed_at, current_mission,
           lower(trim(coalesce(current_mission, ''))) AS mission,
           lag(lower(trim(coalesce(current_mission, '')))) OVER (
               PARTITION BY swarm, agent_id ORDER BY observed_at, revision) AS mission_before
    FROM status_in_force
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

DROP VIEW agent_cadence;
CREATE VIEW agent_cadence AS
WITH intervals AS (
    SELECT swarm, agent_id,
           (julianday(observed_at) - julianday(lag(observed_at) OVER (
               PARTITION BY swarm, agent_id ORDER BY observed_at, revision))) * 86400 AS seconds
    FROM status_in_force
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
