#!/usr/bin/env python3
"""postgres.py --server postgresql://USER@HOST:PORT [--agents N,N] [--rate R] [--seconds S] [--writers W]: many writers, one roll.

Several sources record changes of one swarm into one PostgreSQL database at a given rate, each in transactions of what is
due, as a watch does; once with few agents and once with many. Tells how long a change takes from when it was due until it is
committed, and whether every one is on the roll. The writers are threads of one process with a connection each, and call
the store itself: files and watching are not in it. Needs psql, and the test classes: ./mvnw -pl app test-compile.
See README.md for the figures.
"""
import argparse
import os
import subprocess

from history import ROLLCALL, class_path, java
from postgres_history import jdbc, psql

BENCH = "dev.rollcall.store.SharedRollBench"
DATABASE = "rollcall_writers"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--server", required=True, help="such as postgresql://postgres@localhost:5432")
    options.add_argument("--agents", default="1000,100000")
    options.add_argument("--rate", type=int, default=2000, help="changes per second of all writers")
    options.add_argument("--seconds", type=int, default=300)
    options.add_argument("--writers", type=int, default=4)
    given = options.parse_args()
    subprocess.run([ROLLCALL, "--version"], check=True)
    path = class_path()
    for agents in given.agents.split(","):
        psql(given.server + "/postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)" % DATABASE)
        psql(given.server + "/postgres", "CREATE DATABASE " + DATABASE)
        print("load %.1f %.1f %.1f" % os.getloadavg(), flush=True)
        subprocess.run([java(), "-Xmx3g", "--enable-native-access=ALL-UNNAMED", "-cp", path, BENCH,
                        jdbc(given.server, DATABASE), agents, str(given.writers), str(given.rate), str(given.seconds)],
                       check=True)
    psql(given.server + "/postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)" % DATABASE)


if __name__ == "__main__":
    main()
