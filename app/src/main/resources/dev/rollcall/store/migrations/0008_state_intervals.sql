-- The same rows as before, in one walk over an agent's versions and gaps instead of a look at all gaps for each version.
-- Only functions that the stock sqlite3 3.40 has.

DROP VIEW agent_state_intervals;

-- Cut at gaps, in which nobody knows the state; after one, a version that is still in force begins anew.
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
    FROM status_history
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
