-- Several sources record at once from here on: they wait for each other by locks of names and not by the swarm's row, which
-- programs of earlier schemas go by. Those refuse this schema.

-- A generated column begins with its expression, each time a row is written. The body of a function in SQL becomes a part of
-- that, which took longer than all else of the row; one in PL/pgSQL is prepared once for a session.
CREATE OR REPLACE FUNCTION roll_time(text) RETURNS timestamptz LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN $1 LIKE '____-__-__T__:__:__%Z' AND pg_input_is_valid($1, 'timestamptz')
                THEN $1::timestamptz END;
END $$;
