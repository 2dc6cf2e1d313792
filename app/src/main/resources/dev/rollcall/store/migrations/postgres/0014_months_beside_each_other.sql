-- Who records into a month that has its partition waits for nobody who makes another one, and has it for the transaction:
-- nobody drops it meanwhile. Both lock the table before its partitions, as every statement does, so that nobody is waited
-- for in a circle.
CREATE OR REPLACE FUNCTION make_history_partition(month text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    name text := 'status_history_' || replace(month, '-', '_');
    next text := to_char((month || '-01')::date + interval '1 month', 'YYYY-MM');
BEGIN
    IF month !~ '^20(1[5-9]|[2-4][0-9]|50)-(0[1-9]|1[0-2])$' THEN
        RAISE EXCEPTION 'the month % has no partition of its own', month;
    END IF;
    LOOP
        BEGIN
            LOCK TABLE ONLY status_history IN ROW EXCLUSIVE MODE;
            EXECUTE format('LOCK TABLE %I IN ROW EXCLUSIVE MODE', name);
            RETURN;
        EXCEPTION WHEN undefined_table THEN
            -- made below
        END;
        PERFORM pg_advisory_xact_lock(hashtext('rollcall partition'));
        IF to_regclass(quote_ident(name)) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE %I (LIKE status_history INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS)', name);
            EXECUTE format(
                'ALTER TABLE status_history ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, month, next);
        END IF;
    END LOOP;
END $$;

-- As before, but what is waited for with the table in hand is never waited for by who makes a partition.
CREATE OR REPLACE FUNCTION drop_empty_history_partitions() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
    SET lock_timeout = '2s' AS $$
DECLARE
    months regclass[] := ARRAY[]::regclass[];
    month regclass;
    has_any boolean;
    dropped integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('rollcall empty partitions'));
    FOR month IN
        SELECT child.oid::regclass
        FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = 'status_history'::regclass
            AND child.relname ~ '^status_history_[0-9]{4}_[0-9]{2}$'
            AND child.relname < 'status_history_' || to_char(now() AT TIME ZONE 'UTC' - interval '3 months', 'YYYY_MM')
        ORDER BY child.relname
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', month) INTO has_any;
        IF NOT has_any THEN
            months := months || month;
        END IF;
    END LOOP;
    IF months = ARRAY[]::regclass[] THEN
        RETURN 0;
    END IF;
    LOCK TABLE ONLY status_history IN ACCESS EXCLUSIVE MODE;
    FOREACH month IN ARRAY months LOOP
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', month);
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', month) INTO has_any;
        IF NOT has_any THEN
            EXECUTE format('DROP TABLE %s', month);
            dropped := dropped + 1;
        END IF;
    END LOOP;
    RETURN dropped;
EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
    RETURN 0;
END $$;

-- A replaced function has lost its settings.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION make_history_partition(text) SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION drop_empty_history_partitions() SET search_path = %I, pg_temp', current_schema());
END $$;

-- Of surrogates only those are replaced that stand alone, where they can be told from pairs.
CREATE OR REPLACE FUNCTION roll_json(told text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF NOT pg_input_is_valid(told, 'jsonb') THEN
        told := regexp_replace(told, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\ufffd', 'g');
    END IF;
    IF NOT pg_input_is_valid(told, 'jsonb') THEN
        told := regexp_replace(
            told, '(?<!\\)((?:\\\\)*)\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})', '\1\\ufffd', 'g');
        told := regexp_replace(
            told, '(?<!\\u[dD][89abAB][0-9a-fA-F]{2})(?<!\\)((?:\\\\)*)\\u[dD][c-fC-F][0-9a-fA-F]{2}', '\1\\ufffd', 'g');
    END IF;
    IF NOT pg_input_is_valid(told, 'jsonb') THEN
        told := regexp_replace(told, '(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}', '\1\\ufffd', 'g');
    END IF;
    RETURN CASE WHEN pg_input_is_valid(told, 'jsonb') THEN told::jsonb END;
END $$;
