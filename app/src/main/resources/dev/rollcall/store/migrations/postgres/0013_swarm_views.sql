-- What the report counts of the swarm as a whole, as far as columns tell it.

-- Time that has not ended yet counts on neither side.
CREATE VIEW swarm_utilisation AS
SELECT swarm, active_seconds, told_seconds, round(active_seconds / nullif(told_seconds, 0), 6) AS utilisation
FROM (
    SELECT swarm,
           sum(CASE WHEN state = 'ACTIVE' THEN seconds ELSE 0 END) AS active_seconds,
           sum(seconds) AS told_seconds
    FROM agent_time_in_state
    GROUP BY swarm
);

-- The least-squares line through the days between the first and the last one, which are whole; days without a version
-- brought nothing.
CREATE VIEW swarm_points_trend AS
WITH days AS (
    SELECT swarm,
           CASE WHEN pg_input_is_valid(day, 'date') THEN day::date - date '2000-01-01' END AS day,
           sum(points_gained) AS points
    FROM agent_daily_activity
    GROUP BY swarm, agent_daily_activity.day
),
swarms AS (
    SELECT swarm, min(day) AS first_day, greatest(max(day) - min(day) - 1, 0) AS days
    FROM days
    GROUP BY swarm
)
SELECT s.swarm, s.days, coalesce(sum(d.points), 0) AS points,
       CASE WHEN s.days >= 3 THEN
           round(12.0 * coalesce(sum((d.day - s.first_day - (s.days + 1) / 2.0) * d.points), 0)
                 / (1.0 * s.days * (s.days * s.days - 1)), 6) END AS points_trend
FROM swarms s
LEFT JOIN days d ON d.swarm = s.swarm AND d.day > s.first_day AND d.day <= s.first_day + s.days
GROUP BY s.swarm, s.days;

-- Those waits from which waits lead back to where they began.
CREATE VIEW agent_circular_waits AS
WITH RECURSIVE waits AS (
    SELECT DISTINCT swarm, agent_id, waits_for FROM agent_waits
),
reached AS (
    SELECT swarm, agent_id, waits_for AS other FROM waits
    UNION
    SELECT r.swarm, r.agent_id, w.waits_for
    FROM reached r
    JOIN waits w ON w.swarm = r.swarm AND w.agent_id = r.other
)
SELECT w.swarm, w.agent_id, w.waits_for
FROM waits w
JOIN reached r ON r.swarm = w.swarm AND r.agent_id = w.waits_for AND r.other = w.agent_id;
