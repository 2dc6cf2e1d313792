-- The roles of a roll in PostgreSQL and its database, once for each server, as a superuser. docs/operations.md
-- They have no passwords yet: ALTER ROLE ... PASSWORD, or \password in psql, gives them some.

-- Owns the tables: migrates, and does what writes tables anew (forget, prune --compact). Not for every day.
CREATE ROLE rollcall_owner LOGIN;
-- Records. For whatever changes the roll: sync, watch, up, the agents' verbs, import, prune.
CREATE ROLE rollcall_user LOGIN;
-- Looks.
CREATE ROLE rollcall_reader LOGIN;

CREATE DATABASE rollcall OWNER rollcall_owner;
REVOKE ALL ON DATABASE rollcall FROM PUBLIC;
GRANT CONNECT ON DATABASE rollcall TO rollcall_user, rollcall_reader;
