-- The roll in PostgreSQL, as schema 9 has it in SQLite: the same tables, columns and views, described in docs/tables.md.
-- What PostgreSQL has beside it stands in docs/decisions/0018-postgresql.md.
--
-- Times are the exact text that SQLite has, in which order is time order; beside them stand columns of type timestamptz,
-- which keep microseconds. Texts compare by their bytes, as in SQLite.

-- What SQLite has as functions and the shared statements use.
CREATE FUNCTION typeof(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN $1 IS NULL THEN 'null' ELSE 'text' END;
CREATE FUNCTION typeof(bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN $1 IS NULL THEN 'null' ELSE 'integer' END;
CREATE FUNCTION typeof(bytea) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN $1 IS NULL THEN 'null' ELSE 'blob' END;
CREATE FUNCTION zeroblob(integer) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN decode(repeat('00', $1), 'hex');

-- A time as the roll writes it, in UTC, which no setting of the session reads otherwise; null for anything else.
CREATE FUNCTION roll_time(text) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN $1 LIKE '____-__-__T__:__:__%Z' AND pg_input_is_valid($1, 'timestamptz')
                THEN $1::timestamptz END;

-- A document to ask for its members. What jsonb refuses is replaced by U+FFFD: the character U+0000, and surrogates where
-- one of them stands alone. Null for a number or a depth beyond jsonb's. The text itself stands in document.
CREATE FUNCTION roll_json(told text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF NOT pg_input_is_valid(told, 'jsonb') THEN
        told := regexp_replace(told, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\ufffd', 'g');
    END IF;
    IF NOT pg_input_is_valid(told, 'jsonb') THEN
        told := regexp_replace(told, '(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}', '\1\\ufffd', 'g');
    END IF;
    RETURN CASE WHEN pg_input_is_valid(told, 'jsonb') THEN told::jsonb END;
END $$;

CREATE TABLE agent_workspaces (
    swarm              text COLLATE "C" NOT NULL,
    agent_id           text COLLATE "C" NOT NULL,
    status             text COLLATE "C",
    last_updated       text COLLATE "C",
    current_focus      text COLLATE "C",
    cycle_count        bigint,
    points_earned      numeric,
    current_mission    text COLLATE "C",
    last_updated_raw   text COLLATE "C",
    state              text COLLATE "C",
    agent_name         text COLLATE "C",
    current_phase      text COLLATE "C",
    mission_priority   text COLLATE "C",
    fsm_state          text COLLATE "C",
    blockers           text COLLATE "C",
    findings           text COLLATE "C",
    revision           bigint,
    content_sha256     text COLLATE "C",
    presence           text COLLATE "C",
    left_at            text COLLATE "C",
    source_path        text COLLATE "C",
    source_modified_at text COLLATE "C",
    synced_at          text COLLATE "C",
    last_activity_at   text COLLATE "C",
    document           text COLLATE "C",
    last_updated_time  timestamptz GENERATED ALWAYS AS (roll_time(last_updated)) STORED,
    synced_time        timestamptz GENERATED ALWAYS AS (roll_time(synced_at)) STORED,
    last_activity_time timestamptz GENERATED ALWAYS AS (roll_time(last_activity_at)) STORED,
    PRIMARY KEY (swarm, agent_id)
) WITH (fillfactor = 70);

CREATE VIEW agent_documents AS
SELECT swarm, agent_id, revision, roll_json(document) AS document FROM agent_workspaces;

CREATE TABLE agent_readings (
    swarm    text COLLATE "C" NOT NULL,
    agent_id text COLLATE "C" NOT NULL,
    reading  bigint NOT NULL,
    stamp    text COLLATE "C" NOT NULL,
    findings bigint NOT NULL DEFAULT 0,
    presence text COLLATE "C",
    file     text COLLATE "C",
    PRIMARY KEY (swarm, agent_id)
) WITH (fillfactor = 70);

CREATE TABLE agent_status (
    swarm       text COLLATE "C" NOT NULL,
    agent_id    text COLLATE "C" NOT NULL,
    passage     text COLLATE "C" NOT NULL,
    field       text COLLATE "C",
    text        text COLLATE "C",
    text_sha256 text COLLATE "C",
    model       text COLLATE "C",
    revision    bigint,
    updated_at  text COLLATE "C",
    embedding   bytea,
    number      bigint,
    proof       text COLLATE "C",
    PRIMARY KEY (swarm, agent_id, passage)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX agent_status_by_number ON agent_status (number) WHERE number IS NOT NULL;
CREATE INDEX agent_status_by_text ON agent_status (text_sha256) WHERE embedding IS NOT NULL;

-- Every version, in partitions by the month in which it was observed. Two hold what is before the first month and after
-- the last one that has its own; what a hand has made unreadable falls into these.
CREATE TABLE status_history (
    revision           bigint NOT NULL,
    swarm              text COLLATE "C" NOT NULL,
    agent_id           text COLLATE "C" NOT NULL,
    observed_at        text COLLATE "C" NOT NULL,
    last_updated       text COLLATE "C",
    source_modified_at text COLLATE "C",
    status             text COLLATE "C",
    state              text COLLATE "C",
    cycle_count        bigint,
    points_earned      numeric,
    current_mission    text COLLATE "C",
    current_focus      text COLLATE "C",
    fsm_state          text COLLATE "C",
    content_sha256     text COLLATE "C",
    origin             text COLLATE "C",
    encoding           text COLLATE "C",
    base_revision      bigint,
    delta_depth        bigint,
    seal               text COLLATE "C",
    document           bytea,
    kept_head          bigint,
    kept_tail          bigint,
    observed_time      timestamptz GENERATED ALWAYS AS (roll_time(observed_at)) STORED,
    PRIMARY KEY (revision, observed_at)
) PARTITION BY RANGE (observed_at);
CREATE INDEX status_history_order ON status_history (swarm, agent_id, observed_at, revision, origin);
CREATE TABLE status_history_before PARTITION OF status_history FOR VALUES FROM (MINVALUE) TO ('2015-01');
CREATE TABLE status_history_after PARTITION OF status_history FOR VALUES FROM ('2051-01') TO (MAXVALUE);

CREATE SEQUENCE status_history_revision;

-- A partition can not see to it that a number is given once in all of them: this does, and tells where to look for it.
CREATE TABLE status_revisions (
    revision    bigint PRIMARY KEY,
    observed_at text COLLATE "C" NOT NULL
);
CREATE FUNCTION note_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM status_revisions WHERE revision = OLD.revision;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO status_revisions (revision, observed_at) VALUES (NEW.revision, NEW.observed_at);
        IF current_setting('rollcall.session', TRUE) IS NULL THEN
            -- a number that a hand has chosen is never given out
            PERFORM setval('status_history_revision', greatest(last_value, NEW.revision)) FROM status_history_revision;
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER status_revisions_kept AFTER INSERT OR DELETE OR UPDATE OF revision, observed_at ON status_history
    FOR EACH ROW EXECUTE FUNCTION note_revision();

-- The partition of a month such as 2026-11, made where it is missing. As whoever owns the tables, so that who records
-- needs no right to make any. Attached, as that does not wait for those who read.
CREATE FUNCTION make_history_partition(month text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    name text := 'status_history_' || replace(month, '-', '_');
    next text := to_char((month || '-01')::date + interval '1 month', 'YYYY-MM');
BEGIN
    IF month !~ '^20(1[5-9]|[2-4][0-9]|50)-(0[1-9]|1[0-2])$' THEN
        RAISE EXCEPTION 'the month % has no partition of its own', month;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('rollcall partition'));
    IF to_regclass(quote_ident(name)) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE status_history INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS)',
                       name);
        EXECUTE format('ALTER TABLE status_history ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, month, next);
    END IF;
END $$;

CREATE TABLE rejected_documents (
    swarm          text COLLATE "C" NOT NULL,
    agent_id       text COLLATE "C" NOT NULL,
    code           text COLLATE "C" NOT NULL,
    message        text COLLATE "C" NOT NULL,
    line           bigint,
    "column"       bigint,
    byte_offset    bigint,
    since          text COLLATE "C" NOT NULL,
    content_sha256 text COLLATE "C" NOT NULL,
    source_path    text COLLATE "C" NOT NULL,
    size           bigint NOT NULL,
    bytes          bytea NOT NULL,
    since_time     timestamptz GENERATED ALWAYS AS (roll_time(since)) STORED,
    PRIMARY KEY (swarm, agent_id)
);

-- Numbers are drawn while nobody else writes to the swarm: those of one swarm become visible in their order.
CREATE TABLE roll_events (
    seq      bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    swarm    text COLLATE "C" NOT NULL,
    agent_id text COLLATE "C" NOT NULL,
    at       text COLLATE "C" NOT NULL,
    kind     text COLLATE "C" NOT NULL,
    revision bigint,
    changes  text COLLATE "C",
    at_time  timestamptz GENERATED ALWAYS AS (roll_time(at)) STORED
);
CREATE INDEX roll_events_of_swarm ON roll_events (swarm, seq);

CREATE TABLE forgotten_events (
    swarm text COLLATE "C" NOT NULL PRIMARY KEY,
    seq   bigint NOT NULL
);

CREATE TABLE watch_leases (
    swarm    text COLLATE "C" NOT NULL PRIMARY KEY,
    holder   text COLLATE "C" NOT NULL,
    fence    bigint NOT NULL,
    taken_at text COLLATE "C" NOT NULL
);

CREATE TABLE agent_gaps (
    swarm      text COLLATE "C" NOT NULL,
    agent_id   text COLLATE "C" NOT NULL,
    kind       text COLLATE "C" NOT NULL,
    began_at   text COLLATE "C" NOT NULL,
    ended_at   text COLLATE "C",
    detail     text COLLATE "C" NOT NULL DEFAULT '',
    began_time timestamptz GENERATED ALWAYS AS (roll_time(began_at)) STORED,
    ended_time timestamptz GENERATED ALWAYS AS (roll_time(ended_at)) STORED,
    PRIMARY KEY (swarm, agent_id, kind, began_at)
);

CREATE TABLE past_passages (
    swarm       text COLLATE "C" NOT NULL,
    agent_id    text COLLATE "C" NOT NULL,
    passage     text COLLATE "C" NOT NULL,
    field       text COLLATE "C" NOT NULL,
    text        text COLLATE "C" NOT NULL,
    text_sha256 text COLLATE "C" NOT NULL,
    model       text COLLATE "C",
    revision    bigint NOT NULL,
    left_at     text COLLATE "C" NOT NULL,
    embedding   bytea,
    number      bigint,
    proof       text COLLATE "C",
    seal        text COLLATE "C",
    PRIMARY KEY (swarm, agent_id, passage)
);
CREATE UNIQUE INDEX past_passages_by_number ON past_passages (number) WHERE number IS NOT NULL;
CREATE INDEX past_passages_by_text ON past_passages (text_sha256) WHERE embedding IS NOT NULL;

CREATE TABLE passage_queue (
    swarm    text COLLATE "C" NOT NULL,
    agent_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (swarm, agent_id)
);

-- Words as FTS5 takes them: runs of letters and digits, without marks, by their English stems, none left out.
CREATE TEXT SEARCH DICTIONARY roll_stems (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION roll_words (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION roll_words
    ADD MAPPING FOR asciiword, word, numword, int, uint, float, sfloat, version WITH roll_stems;
CREATE FUNCTION roll_runs(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN btrim(regexp_replace(regexp_replace(normalize($1, NFD), '[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'));
CREATE FUNCTION roll_lexemes(text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path FROM CURRENT AS $$ BEGIN RETURN to_tsvector('roll_words', roll_runs($1)); END $$;

CREATE TABLE passage_words (
    rowid   bigint PRIMARY KEY,
    words   text COLLATE "C" NOT NULL,
    lexemes tsvector GENERATED ALWAYS AS (roll_lexemes(words)) STORED
);
CREATE INDEX passage_words_lexemes ON passage_words USING gin (lexemes);

CREATE TABLE search_index (
    only_row    integer PRIMARY KEY CHECK (only_row = 1),
    identity    text COLLATE "C" NOT NULL,
    model       text COLLATE "C",
    dimension   bigint,
    next_number bigint NOT NULL
);
INSERT INTO search_index VALUES (1, replace(gen_random_uuid()::text, '-', ''), NULL, NULL, 1);

-- One row for each swarm. Whoever writes to the swarm updates its row first, and so waits until nobody else does; the
-- number tells who looks that there is something new, and so does the notification.
CREATE TABLE swarm_changes (
    swarm   text COLLATE "C" NOT NULL PRIMARY KEY,
    changes bigint NOT NULL
) WITH (fillfactor = 10);
CREATE FUNCTION tell_of_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rollcall', left(NEW.swarm, 200));
    RETURN NULL;
END $$;
CREATE TRIGGER swarm_changes_told AFTER INSERT OR UPDATE ON swarm_changes
    FOR EACH ROW EXECUTE FUNCTION tell_of_change();

-- An edit by a hand, which is none of the program's sessions.
CREATE FUNCTION note_edit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    UPDATE swarm_changes SET changes = changes + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER agent_workspaces_edited AFTER INSERT OR UPDATE OR DELETE ON agent_workspaces
    FOR EACH STATEMENT WHEN (current_setting('rollcall.session', TRUE) IS NULL) EXECUTE FUNCTION note_edit();
CREATE TRIGGER status_history_edited AFTER INSERT OR UPDATE OR DELETE ON status_history
    FOR EACH STATEMENT WHEN (current_setting('rollcall.session', TRUE) IS NULL) EXECUTE FUNCTION note_edit();
CREATE TRIGGER agent_status_edited AFTER INSERT OR UPDATE OR DELETE ON agent_status
    FOR EACH STATEMENT WHEN (current_setting('rollcall.session', TRUE) IS NULL) EXECUTE FUNCTION note_edit();
CREATE TRIGGER agent_readings_edited AFTER INSERT OR UPDATE OR DELETE ON agent_readings
    FOR EACH STATEMENT WHEN (current_setting('rollcall.session', TRUE) IS NULL) EXECUTE FUNCTION note_edit();
CREATE TRIGGER rejected_documents_edited AFTER INSERT OR UPDATE OR DELETE ON rejected_documents
    FOR EACH STATEMENT WHEN (current_setting('rollcall.session', TRUE) IS NULL) EXECUTE FUNCTION note_edit();

-- What runs as whoever owns the tables finds them here and nowhere else: a session's temporary tables, which are looked
-- at first unless they are named, could stand in their place with triggers of their own.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION make_history_partition(text) SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION note_edit() SET search_path = %I, pg_temp', current_schema());
END $$;

-- Views for people, as in SQLite.

CREATE VIEW swarm_overview AS
WITH swarms AS (
    SELECT swarm FROM agent_workspaces
    UNION
    SELECT swarm FROM rejected_documents
),
counted AS (
    SELECT swarm,
           count(*) AS agents,
           count(*) FILTER (WHERE presence IS DISTINCT FROM 'LEFT') AS present,
           count(*) FILTER (WHERE presence = 'LEFT') AS left_agents,
           count(*) FILTER (WHERE presence IS DISTINCT FROM 'LEFT' AND state = 'ACTIVE') AS active,
           count(*) FILTER (WHERE presence IS DISTINCT FROM 'LEFT' AND state = 'IDLE') AS idle,
           count(*) FILTER (WHERE presence IS DISTINCT FROM 'LEFT' AND state = 'WAITING') AS waiting,
           count(*) FILTER (WHERE presence IS DISTINCT FROM 'LEFT' AND state = 'BLOCKED') AS blocked,
           count(*) FILTER (WHERE presence IS DISTINCT FROM 'LEFT' AND state = 'COMPLETE') AS complete,
           count(*) FILTER (WHERE presence IS DISTINCT FROM 'LEFT' AND state = 'ERROR') AS error,
           count(*) FILTER (WHERE presence IS DISTINCT FROM 'LEFT' AND state = 'OFFLINE') AS offline,
           count(*) FILTER (WHERE presence IS DISTINCT FROM 'LEFT' AND (state IS NULL OR state NOT IN
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

CREATE VIEW status_in_force AS
SELECT * FROM status_history WHERE coalesce(origin NOT LIKE 'git-branch:%', TRUE);

CREATE VIEW agent_daily_activity AS
SELECT swarm,
       agent_id,
       substr(observed_at, 1, 10) AS day,
       count(*) AS revisions,
       coalesce(sum(CASE WHEN previous_cycles IS NOT NULL THEN greatest(cycle_count - previous_cycles, 0) END), 0)
           AS cycles_gained,
       coalesce(sum(CASE WHEN previous_points IS NOT NULL THEN greatest(points_earned - previous_points, 0) END), 0)
           AS points_gained,
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
) AS versions
GROUP BY swarm, agent_id, substr(observed_at, 1, 10);

CREATE FUNCTION seconds_between(text, text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN round(extract(epoch FROM roll_time($2) - roll_time($1)), 3);

-- As in SQLite: in one walk over an agent's versions and gaps.
CREATE VIEW agent_state_intervals AS
WITH gaps AS (
    SELECT swarm, agent_id, began_at, ended_at
    FROM agent_gaps
    WHERE ended_at IS NULL OR ended_at > began_at
),
moments AS (
    SELECT swarm, agent_id, began_at AS at, 1 AS place, 0::bigint AS revision, NULL::text COLLATE "C" AS state,
           NULL::text COLLATE "C" AS status, NULL::text COLLATE "C" AS until_at,
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
counted AS (
    SELECT swarm, agent_id, at, place, revision, state, status, until_at,
           count(*) FILTER (WHERE place = 2) OVER (PARTITION BY swarm, agent_id ORDER BY at, place, revision
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
           nullif(least(coalesce(until_at, '~'), coalesce(next_gap, '~')), '~') AS ended_at
    FROM told
    WHERE number > 0 AND (place = 2 OR at > from_at) AND (gaps_until IS NULL OR gaps_until <= at)
)
SELECT swarm, agent_id, state, status, revision, started_at, ended_at, seconds_between(started_at, ended_at) AS seconds
FROM intervals;

CREATE VIEW agent_time_in_state AS
SELECT swarm, agent_id, state, round(sum(seconds), 3) AS seconds, count(*) AS intervals
FROM agent_state_intervals
WHERE ended_at IS NOT NULL
GROUP BY swarm, agent_id, state;

CREATE VIEW agent_blocked_stretches AS
WITH marked AS (
    SELECT swarm, agent_id, state, started_at, ended_at,
           (state IS NOT DISTINCT FROM 'BLOCKED'
               AND NOT (lag(state) OVER intervals IS NOT DISTINCT FROM 'BLOCKED'
                        AND lag(ended_at) OVER intervals IS NOT DISTINCT FROM started_at))::int AS begins
    FROM agent_state_intervals
    WINDOW intervals AS (PARTITION BY swarm, agent_id ORDER BY started_at, revision)
),
numbered AS (
    SELECT swarm, agent_id, state, started_at, ended_at,
           sum(begins) OVER (PARTITION BY swarm, agent_id ORDER BY started_at, begins DESC
                             ROWS UNBOUNDED PRECEDING) AS stretch
    FROM marked
),
stretches AS (
    SELECT swarm, agent_id, min(started_at) AS started_at,
           CASE WHEN count(*) = count(ended_at) THEN max(ended_at) END AS ended_at
    FROM numbered
    WHERE state = 'BLOCKED'
    GROUP BY swarm, agent_id, stretch
)
SELECT swarm, agent_id, started_at, ended_at, seconds_between(started_at, ended_at) AS seconds
FROM stretches;

CREATE VIEW agent_mission_durations AS
WITH versions AS (
    SELECT swarm, agent_id, revision, observed_at, current_mission,
           lower(btrim(coalesce(current_mission, ''))) AS mission,
           lag(lower(btrim(coalesce(current_mission, '')))) OVER (
               PARTITION BY swarm, agent_id ORDER BY observed_at, revision) AS mission_before
    FROM status_in_force
),
numbered AS (
    SELECT swarm, agent_id, revision, observed_at, current_mission, mission,
           count(*) FILTER (WHERE mission IS DISTINCT FROM mission_before) OVER (
               PARTITION BY swarm, agent_id ORDER BY observed_at, revision ROWS UNBOUNDED PRECEDING) AS stretch
    FROM versions
),
stretches AS (
    SELECT DISTINCT ON (swarm, agent_id, stretch)
           swarm, agent_id, stretch, mission, current_mission, observed_at AS started_at
    FROM numbered
    ORDER BY swarm, agent_id, stretch, observed_at, revision
),
ended AS (
    SELECT swarm, agent_id, stretch, mission, current_mission, started_at,
           lead(started_at) OVER (PARTITION BY swarm, agent_id ORDER BY stretch) AS ended_at
    FROM stretches
)
SELECT swarm, agent_id, current_mission, started_at, ended_at, seconds_between(started_at, ended_at) AS seconds
FROM ended
WHERE mission <> '';

CREATE VIEW agent_cadence AS
WITH intervals AS (
    SELECT swarm, agent_id,
           extract(epoch FROM roll_time(observed_at) - lag(roll_time(observed_at)) OVER (
               PARTITION BY swarm, agent_id ORDER BY observed_at, revision)) AS seconds
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
GROUP BY swarm, agent_id, number;

CREATE VIEW agent_waits AS
SELECT w.swarm, w.agent_id, other.agent_id AS waits_for, b.value AS blocker
FROM agent_workspaces w
CROSS JOIN LATERAL jsonb_array_elements_text(
    CASE WHEN jsonb_typeof(roll_json(w.blockers)) = 'array' THEN roll_json(w.blockers) ELSE '[]'::jsonb END) AS b (value)
JOIN agent_workspaces other ON other.swarm = w.swarm AND other.agent_id <> w.agent_id
WHERE w.presence IS DISTINCT FROM 'LEFT'
    AND NOT EXISTS (SELECT 1 FROM rejected_documents r WHERE r.swarm = w.swarm AND r.agent_id = w.agent_id)
    AND position(lower(other.agent_id) IN lower(b.value)) > 0
    AND ' ' || lower(b.value) || ' ' ~ ('[^a-z0-9_-]'
        || regexp_replace(lower(other.agent_id), '([][().*+?^$|{}\\-])', '\\\1', 'g') || '[^a-z0-9_-]');
