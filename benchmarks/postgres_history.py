#!/usr/bin/env python3
"""postgres_history.py --server postgresql://USER@HOST:PORT [--sizes N,N] [--prefix NAME] [--runs K]

Long histories in PostgreSQL.

Fills two databases of the server, PREFIX_N, with N versions of 1,000 agents over the same 24 months, and asks
both by turns what looks back: in one process that stays, and in whole processes of the launcher. A column with the ratio
tells what a hundred times the history costs. A second run uses the same databases; drop them by hand.

How they are filled: one version of each agent is recorded through the store's own API. Every other version is that row
once more, with a number, a time and a seal of its own, inserted by SQL into the real tables without the triggers of each
row (session_replication_role: a superuser must do it); status_revisions is filled afterwards, and VACUUM (ANALYZE) run. All
versions of an agent have the same document of some 300 bytes, stored as a full copy: what is measured is finding versions,
not undoing differences, and pages are as full as they get. Versions lie in the order of time, as a watch records them.
Agent-7 has 100 versions in both, so that its history is the same answer.

10,000,000 versions take some 10 GB and 8 minutes. Needs psql, and the test classes: ./mvnw -pl app test-compile.
See README.md for the figures.
"""
import argparse
import os
import statistics
import subprocess
import tempfile
import time
from urllib.parse import urlencode, urlsplit

from history import ROLLCALL, class_path, java

BENCH = "dev.rollcall.report.PostgresHistoryBench"
THEN = "2025-11-21T00:00:00Z"
COMMANDS = ("get Agent-7 --at %s --json" % THEN, "history Agent-7 --json", "list --json", "list --at %s --json" % THEN)


def jdbc(server, database):
    parts = urlsplit(server)
    login = {"user": parts.username, "password": parts.password}
    return "jdbc:postgresql://%s:%d/%s?%s" % (parts.hostname, parts.port or 5432, database,
                                              urlencode({name: value for name, value in login.items() if value}))


def psql(server, sql):
    return subprocess.run(["psql", "-AtX", "-v", "ON_ERROR_STOP=1", server, "-c", sql], check=True,
                          stdout=subprocess.PIPE, text=True).stdout.strip()


def bench(path, *words):
    command = [java(), "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp", path, BENCH]
    return subprocess.run(command + list(words), check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def whole_process(command, root, url):
    start = time.perf_counter()
    subprocess.run([ROLLCALL] + command.split() + ["--root", root, "--db", url], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--server", required=True, help="a superuser's, such as postgresql://postgres@localhost:5432")
    options.add_argument("--sizes", default="100000,10000000", help="versions in the small and in the large database")
    options.add_argument("--prefix", default="rollcall_history", help="of the databases' names")
    options.add_argument("--runs", type=int, default=41, help="counted runs of each measurement (default 41)")
    given = options.parse_args()
    subprocess.run([ROLLCALL, "--version"], check=True)
    path = class_path()
    urls = []
    for size in given.sizes.split(","):
        database = "%s_%s" % (given.prefix, size)
        urls.append(jdbc(given.server, database))
        there = psql(given.server + "/postgres", "SELECT 1 FROM pg_database WHERE datname = '%s'" % database)
        if not there:
            psql(given.server + "/postgres", "CREATE DATABASE " + database)
            print("%s versions: %s" % (size, bench(path, "fill", urls[-1], size)), flush=True)
        print("%s versions: %s" % (size, psql(given.server + "/postgres",
                                              "SELECT pg_size_pretty(pg_database_size('%s'))" % database)), flush=True)
    print("load %.1f %.1f %.1f" % os.getloadavg())
    print("in one process, medians, small, large and their ratio:")
    print(bench(path, "measure", urls[0], urls[1], str(given.runs)), flush=True)
    root = os.path.join(tempfile.mkdtemp(), "agent_workspaces")
    os.mkdir(root)
    print("whole processes, medians of 9:")
    for command in COMMANDS:
        times = [[whole_process(command, root, url) for url in urls] for _ in range(10)][1:]
        small, large = (statistics.median(column) for column in zip(*times))
        print("%s: %.3f s, %.3f s, %.2f x" % (command, small, large, large / small), flush=True)


if __name__ == "__main__":
    main()
