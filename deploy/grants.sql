-- Who may do what with the roll's tables, after every `rollcall migrate apply`, as rollcall_owner in the roll's database.
-- It may be run any number of times. docs/operations.md
BEGIN;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO rollcall_user, rollcall_reader;
GRANT SELECT ON SEQUENCE status_history_revision TO rollcall_reader;

GRANT INSERT, UPDATE, DELETE ON
    agent_workspaces, agent_readings, agent_status, status_history, status_revisions, rejected_documents, roll_events,
    forgotten_events, watch_leases, agent_gaps, past_passages, passage_queue, passage_words, search_index, swarm_changes,
    agent_sources
    TO rollcall_user;
GRANT SELECT, UPDATE ON SEQUENCE status_history_revision TO rollcall_user;

-- The index of vectors is there where the server has pgvector and `rollcall index` ran as rollcall_owner. Where it was made
-- anew, run this again.
DO $$
BEGIN
    IF to_regclass('passage_vectors') IS NOT NULL THEN
        GRANT INSERT, UPDATE, DELETE ON passage_vectors TO rollcall_user;
    END IF;
END $$;

-- They run as the owner of the tables: who records may make the partition of a month, and drop those long past that are
-- empty, and nothing else.
REVOKE EXECUTE ON FUNCTION make_history_partition(text), drop_empty_history_partitions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_history_partition(text), drop_empty_history_partitions() TO rollcall_user;

COMMIT;
