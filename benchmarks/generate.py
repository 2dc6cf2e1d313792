#!/usr/bin/env python3
"""generate.py FOLDER AGENTS: writes FOLDER/agent_workspaces with documents of 6 to 13 KB, the same ones at every run."""
import json
import os
import random
import sys

VERBS = "chart catalogue restore map translate rebuild survey index measure repaint splice calibrate".split()
THINGS = "tide-tables lamp-room fog-signal buoys storm-log reef charts winch archive mooring beacon slipway".split()
STATES = ["ACTIVE", "IDLE", "BLOCKED", "COMPLETE", "ACTIVE - phase COMPLETE", "WAITING"]


def sentence(rng, words):
    return " ".join(rng.choice(VERBS if i % 2 == 0 else THINGS) for i in range(words)).capitalize()


def document(rng, agent):
    size = rng.randint(6_000, 13_000)
    doc = {
        "agent_id": agent,
        "agent_name": sentence(rng, 3),
        "status": rng.choice(STATES),
        "fsm_state": "active",
        "current_phase": sentence(rng, 4),
        "last_updated": "2026-0%d-1%d %02d:%02d:00" % (rng.randint(1, 9), rng.randint(0, 9), rng.randint(0, 23), rng.randint(0, 59)),
        "current_mission": sentence(rng, 6),
        "mission_priority": rng.choice(["HIGH", "MEDIUM"]),
        "cycle_count": rng.randint(0, 500),
        "points_earned": rng.randint(0, 9000),
        "current_tasks": [sentence(rng, 8) for _ in range(rng.randint(2, 6))],
        "completed_tasks": [sentence(rng, 10) for _ in range(rng.randint(8, 20))],
        "achievements": [sentence(rng, 8) for _ in range(rng.randint(2, 8))],
        "blockers": [],
        "next_actions": [sentence(rng, 6) for _ in range(rng.randint(1, 4))],
        "notes": {},
    }
    length = len(json.dumps(doc, indent=2))
    while length < size:
        name, text = "log_%d" % len(doc["notes"]), sentence(rng, 14)
        doc["notes"][name] = {"said": text, "at": rng.randint(0, 10**6), "checked": True}
        length += len(text) + 80
    return json.dumps(doc, indent=2)


def main():
    root, agents = os.path.join(sys.argv[1], "agent_workspaces"), int(sys.argv[2])
    rng = random.Random(1850)
    for number in range(agents):
        folder = os.path.join(root, "Agent-%d" % number)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "status.json"), "w") as file:
            file.write(document(rng, "Agent-%d" % number))


if __name__ == "__main__":
    main()
