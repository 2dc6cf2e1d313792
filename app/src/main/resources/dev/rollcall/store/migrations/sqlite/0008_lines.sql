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
-- In one walk over an agent's versions and gaps. Cut at gaps, in which nobody knows the state; after one, a version that is still in force begins anew.
CREATE VIEW agent_state_intervals AS
WITH gaps AS (
    SELECT swarm, agent_id, began_at, ended_at
    FROM agent_gaps
    WHERE ended_at IS NULL OR ended_at > began_at
),
-- Where a gap begins (1), a version comes (2) or a gap ends (3); of one moment in this order.
moments AS (
    SELECT swarm, agent_id, began_at AS at, 1 AS place, 0 AS revision, NULL AS state, NULL AS status, NULL AS until_at,
           began_at AS gap_from, coalesce(ended_at, '~') AS gap_until
    FROM gaps
    UNION ALL
    SELECT swarm, agent_id, observed_at, 2, revision, state, status,
           lead(observed_at) OVER (PARTITION BY swarm, agent_id ORDER BY observed_at, revision), NULL, NULL
    FROM status_in_force
    UNION ALL
    SELECT swarm, agent_id, ended_at, 3, 0, NULL, NULL, NULL, NULL, NULL
    FROM gaps
    WHERE ended_at IS NOT NULL
    GROUP BY swarm, agent_id, ended_at
),
-- Versions are counted, so that a gap's end stands with the version before it. A gap that begins at the moment itself
-- is both a gap so far and a next one: it covers the moment.
counted AS (
    SELECT swarm, agent_id, at, place, revision, state, status, until_at,
           sum(place = 2) OVER (PARTITION BY swarm, agent_id ORDER BY at, place, revision
                                ROWS UNBOUNDED PRECEDING) AS number,
           max(gap_until) OVER (PARTITION BY swarm, agent_id ORDER BY at) AS gaps_until,
           min(gap_from) OVER (PARTITION BY swarm, agent_id ORDER BY at DESC) AS next_gap
    FROM moments
),
told AS (
    SELECT swarm, agent_id, place, number, at, gaps_until, next_gap,
           first_value(at) OVER versions AS from_at,
           first_value(revision) OVER versions AS revision,
           first_value(state) OVER versions AS state,
           first_value(status) OVER versions AS status,
           first_value(until_at) OVER versions AS until_at
    FROM counted
    WHERE place > 1
    WINDOW versions AS (PARTITION BY swarm, agent_id, number ORDER BY place)
),
intervals AS (
    SELECT swarm, agent_id, state, status, revision, at AS started_at,
           nullif(min(coalesce(until_at, '~'), coalesce(next_gap, '~')), '~') AS ended_at
    FROM told
    WHERE number > 0 AND (place = 2 OR at > from_at) AND (gaps_until IS NULL OR gaps_until <= at)
)
SELECT swarm, agent_id, state, status, revision, started_at, ended_at,
       round((julianday(ended_at) - julianday(started_at)) * 86400, 3) AS seconds
FROM intervals;

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
