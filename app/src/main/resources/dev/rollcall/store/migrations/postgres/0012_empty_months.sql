-- Drops the partitions that hold no version any more, of months so long past that nobody is likely to record in them; how
-- many. As whoever owns the tables, so that who prunes needs no right to drop any. A partition is looked into again once
-- nobody can write to it. The table is locked before its partition, as those do who write; where somebody is at work for
-- longer than it waits, the rest is left for another time.
CREATE FUNCTION drop_empty_history_partitions() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '2s' AS $$
DECLARE
    month record;
    has_any boolean;
    dropped integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('rollcall partition'));
    FOR month IN
        SELECT child.oid::regclass AS partition
        FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = 'status_history'::regclass
            AND child.relname ~ '^status_history_[0-9]{4}_[0-9]{2}$'
            AND child.relname < 'status_history_' || to_char(now() AT TIME ZONE 'UTC' - interval '3 months', 'YYYY_MM')
        ORDER BY child.relname
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', month.partition) INTO has_any;
        IF NOT has_any THEN
            LOCK TABLE ONLY status_history IN ACCESS EXCLUSIVE MODE;
            EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', month.partition);
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', month.partition) INTO has_any;
            IF NOT has_any THEN
                EXECUTE format('DROP TABLE %s', month.partition);
                dropped := dropped + 1;
            END IF;
        END IF;
    END LOOP;
    RETURN dropped;
EXCEPTION WHEN lock_not_available THEN
    RETURN 0;
END $$;

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION drop_empty_history_partitions() SET search_path = %I, pg_temp', current_schema());
END $$;
