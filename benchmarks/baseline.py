#!/usr/bin/env python3
"""baseline.py ROOT DATABASE: what one would write instead; upserts and history, no findings, search, compression."""
import hashlib
import json
import os
import sqlite3
import sys

root, db = sys.argv[1], sqlite3.connect(sys.argv[2], isolation_level=None)
db.execute("PRAGMA journal_mode=WAL")
db.execute("PRAGMA synchronous=FULL")
db.execute("""CREATE TABLE IF NOT EXISTS agent_workspaces (agent_id TEXT PRIMARY KEY, status TEXT, last_updated TEXT,
    current_focus TEXT, cycle_count INTEGER, points_earned NUMERIC, current_mission TEXT, sha256 TEXT, document TEXT)""")
db.execute("""CREATE TABLE IF NOT EXISTS status_history (revision INTEGER PRIMARY KEY AUTOINCREMENT, agent_id TEXT,
    sha256 TEXT, document TEXT)""")
known = dict(db.execute("SELECT agent_id, sha256 FROM agent_workspaces"))
db.execute("BEGIN IMMEDIATE")
pending = 0
for agent in os.listdir(root):
    path = os.path.join(root, agent, "status.json")
    with open(path, "rb") as file:
        data = file.read()
    with open(path, "rb") as file:
        if file.read() != data:
            continue
    digest = hashlib.sha256(data).hexdigest()
    if known.get(agent) == digest:
        continue
    text = data.decode()
    doc = json.loads(text)
    db.execute("INSERT OR REPLACE INTO agent_workspaces VALUES (?,?,?,?,?,?,?,?,?)",
               (agent, doc.get("status"), doc.get("last_updated"), doc.get("current_phase"), doc.get("cycle_count"),
                doc.get("points_earned"), doc.get("current_mission"), digest, text))
    db.execute("INSERT INTO status_history (agent_id, sha256, document) VALUES (?,?,?)", (agent, digest, text))
    pending += 1
    if pending == 500:
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        pending = 0
db.execute("COMMIT")
