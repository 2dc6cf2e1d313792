-- What the search by meaning keeps beside the passages of the current documents. Everything here follows from the
-- documents and the model, and can be made anew: `rollcall index`.

-- What a passage is called in every index: given when it gets its words and its vector, never given twice.
ALTER TABLE agent_status ADD COLUMN number INTEGER;
-- A digest over the passage, where it stands, its model and its vector: a vector of something else does not fit it.
ALTER TABLE agent_status ADD COLUMN proof TEXT;
CREATE UNIQUE INDEX agent_status_by_number ON agent_status (number) WHERE number IS NOT NULL;
CREATE INDEX agent_status_by_text ON agent_status (text_sha256) WHERE embedding IS NOT NULL;

-- Passages that left the document: past work. The revision is the last one that had the text; the seal is a digest over
-- the row as it left, but for what the search adds.
CREATE TABLE past_passages (
    swarm       TEXT NOT NULL,
    agent_id    TEXT NOT NULL,
    passage     TEXT NOT NULL,
    field       TEXT NOT NULL,
    text        TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    model       TEXT,
    revision    INTEGER NOT NULL,
    left_at     TEXT NOT NULL,
    embedding   BLOB,
    number      INTEGER,
    proof       TEXT,
    seal        TEXT,
    PRIMARY KEY (swarm, agent_id, passage)
) WITHOUT ROWID;
CREATE UNIQUE INDEX past_passages_by_number ON past_passages (number) WHERE number IS NOT NULL;
CREATE INDEX past_passages_by_text ON past_passages (text_sha256) WHERE embedding IS NOT NULL;

-- Agents whose passages wait for their words and vectors, and for the texts that stand outside the known members.
CREATE TABLE passage_queue (
    swarm    TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    PRIMARY KEY (swarm, agent_id)
) WITHOUT ROWID;
INSERT INTO passage_queue SELECT swarm, agent_id FROM agent_workspaces;

-- The words of each passage by its number, with identifiers also in their parts.
CREATE VIRTUAL TABLE passage_words USING fts5 (words, tokenize = 'porter unicode61 remove_diacritics 2');

-- One row: the model of all vectors here and its dimension, the next number, and which database this is, for indexes beside it.
CREATE TABLE search_index (
    only_row    INTEGER PRIMARY KEY CHECK (only_row = 1),
    identity    TEXT NOT NULL,
    model       TEXT,
    dimension   INTEGER,
    next_number INTEGER NOT NULL
);
INSERT INTO search_index VALUES (1, lower(hex(randomblob(16))), NULL, NULL, 1);
