#!/usr/bin/env python3
"""postgres_verify.py --server postgresql://USER@HOST:PORT [--agents N] [--runs K]: verify --all over the network protocol.

Records the swarm of generate.py into a new database of that server, and times `rollcall verify --all` as a whole process of
the launcher. The ratio is to what somebody would write instead: a script that hashes every file, asks for the digests with
psql and compares. That one parses nothing and does not look at the columns. See README.md for the figures.
"""
import argparse
import hashlib
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from history import ROLLCALL
from postgres_history import jdbc, psql

HERE = os.path.dirname(os.path.abspath(__file__))
DATABASE = "rollcall_verify"


def by_hand(server, root):
    """Agents whose file has another digest than the roll tells."""
    told = subprocess.run(
        ["psql", "-XAtq", "-F", "\t", "-d", server + "/" + DATABASE, "-c",
         "SELECT agent_id, content_sha256 FROM agent_workspaces"], check=True, stdout=subprocess.PIPE, text=True).stdout
    digests = dict(line.split("\t") for line in told.splitlines())
    return [agent.name for agent in os.scandir(root)
            if hashlib.sha256(pathlib.Path(agent.path, "status.json").read_bytes()).hexdigest() != digests.pop(agent.name)]


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--server", required=True, help="such as postgresql://postgres@localhost:5432")
    options.add_argument("--agents", type=int, default=10000)
    options.add_argument("--runs", type=int, default=5, help="counted runs of each (default 5)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(given, folder)


def measure(given, folder):
    root = os.path.join(folder, "agent_workspaces")
    subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), folder, str(given.agents)], check=True)
    psql(given.server + "/postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)" % DATABASE)
    psql(given.server + "/postgres", "CREATE DATABASE " + DATABASE)
    place = ["--root", root, "--db", jdbc(given.server, DATABASE)]

    def rollcall(*words):
        subprocess.run([ROLLCALL, *words, *place], check=True, stdout=subprocess.DEVNULL)

    def script():
        assert not by_hand(given.server, root)

    print("load %.1f %.1f %.1f, %d agents" % (*os.getloadavg(), given.agents))
    print("sync --all: %.2f s" % timed(lambda: rollcall("sync", "--all")), flush=True)
    rollcall("verify", "--all")
    ours, theirs = [], []
    for _ in range(given.runs):
        ours.append(timed(lambda: rollcall("verify", "--all")))
        theirs.append(timed(script))
    print("verify --all: median %.2f s (%.2f to %.2f); the script %.2f s; ratio %.1f" % (
        statistics.median(ours), min(ours), max(ours), statistics.median(theirs),
        statistics.median(one / other for one, other in zip(ours, theirs))))
    psql(given.server + "/postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)" % DATABASE)


if __name__ == "__main__":
    main()
