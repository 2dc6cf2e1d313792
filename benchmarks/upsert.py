"""What poll.py and inotify.py share: rows and history as in baseline.py, without findings, search or compression."""
import hashlib
import json
import os
import sqlite3


def connect(database):
    db = sqlite3.connect(database, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("""CREATE TABLE IF NOT EXISTS agent_workspaces (agent_id TEXT PRIMARY KEY, status TEXT,
        last_updated TEXT, current_focus TEXT, cycle_count INTEGER, points_earned NUMERIC, current_mission TEXT,
        sha256 TEXT, document TEXT)""")
    db.execute("""CREATE TABLE IF NOT EXISTS status_history (revision INTEGER PRIMARY KEY AUTOINCREMENT, agent_id TEXT,
        cycle_count INTEGER, sha256 TEXT, document TEXT)""")
    return db


def take(db, root, agents, known):
    """Takes over these agents' files in one transaction; returns those whose file is no whole document now."""
    unfit = set()
    db.execute("BEGIN IMMEDIATE")
    for agent in agents:
        try:
            with open(os.path.join(root, agent, "status.json"), "rb") as file:
                data = file.read()
            doc = json.loads(data)
        except (OSError, ValueError):
            unfit.add(agent)
            continue
        digest = hashlib.sha256(data).hexdigest()
        if known.get(agent) == digest:
            continue
        known[agent] = digest
        text = data.decode()
        db.execute("INSERT OR REPLACE INTO agent_workspaces VALUES (?,?,?,?,?,?,?,?,?)",
                   (agent, doc.get("status"), doc.get("last_updated"), doc.get("current_focus"), doc.get("cycle_count"),
                    doc.get("points_earned"), doc.get("current_mission"), digest, text))
        db.execute("INSERT INTO status_history (agent_id, cycle_count, sha256, document) VALUES (?,?,?,?)",
                   (agent, doc.get("cycle_count"), digest, text))
    db.execute("COMMIT")
    return unfit
