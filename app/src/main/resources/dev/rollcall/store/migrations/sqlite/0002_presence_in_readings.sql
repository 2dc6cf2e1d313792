-- What a pass over the swarm compares for every agent stands in one small table: no index over the large one is needed.

ALTER TABLE agent_readings ADD COLUMN presence TEXT;

UPDATE agent_readings SET presence =
    (SELECT iif(presence = 'LEFT', 'LEFT', 'PRESENT') FROM agent_workspaces w
     WHERE w.swarm = agent_readings.swarm AND w.agent_id = agent_readings.agent_id);

DROP INDEX agent_workspaces_standing;
