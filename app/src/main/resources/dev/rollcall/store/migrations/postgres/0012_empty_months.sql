-- Drops the partitions that hold no version any more, of months so long past that nobody is likely to record in them; how
-- many. As whoever owns the tables, so that who prunes needs no right to drop any. A partition is looked into again once
-- nobody can write to it. The table is locked before its partitions, as those do who write; where somebody is at work for
-- longer than it waits, or waits for it in turn, nothing is dropped until another time.
CREATE FUNCTION drop_empty_history_partitions() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '2s' AS $$
DECLARE
    months regclass[] := ARRAY[]::regclass[];
    month regclass;
    has_any boolean;
    dropped integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('rollcall partition'));
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

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION drop_empty_history_partitions() SET search_path = %I, pg_temp', current_schema());
END $$;
