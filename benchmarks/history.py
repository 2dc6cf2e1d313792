#!/usr/bin/env python3
"""history.py [--agents N] [--revisions R] [--runs K] [--folder DIR]: what a long history costs, and how fast it is asked.

Fills a roll through the store's own API, one version an hour for each agent, and measures what looks back on it: in one
process that stays, and in whole processes of the launcher. Needs the test classes: ./mvnw -pl app test-compile.
See README.md for the figures.
"""
import argparse
import glob
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROLLCALL = os.path.join(HERE, "..", "rollcall")
APP = os.path.join(HERE, "..", "app")
BENCH = "dev.rollcall.report.HistoryBench"
END = "2026-03-01T00:00:01Z"  # just after the newest version, as HistoryBench has it
COMMANDS = ("history Agent-7 --json", "report --since 2026-02-22T00:00:00Z --until " + END,
            "report --since 2026-02-22T00:00:00Z --until " + END + " --format html")


def class_path():
    folder = tempfile.mkdtemp()
    subprocess.run([os.path.join(HERE, "..", "mvnw"), "-q", "-B", "-pl", "app", "dependency:copy-dependencies",
                    "-DincludeScope=runtime", "-DoutputDirectory=" + folder], check=True, cwd=os.path.join(HERE, ".."))
    classes = [os.path.join(APP, "target", name) for name in ("classes", "test-classes")]
    if not os.path.exists(os.path.join(classes[1], *BENCH.split(".")) + ".class"):
        sys.exit("the test classes are not compiled: ./mvnw -pl app test-compile")
    return ":".join(classes + glob.glob(folder + "/*.jar"))


def java():
    with open(os.path.join(HERE, "..", "build", "current")) as current:
        return os.path.join(current.read().split("\n")[1], "bin", "java")


def bench(path, *words):
    command = [java(), "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp", path, BENCH]
    return subprocess.run(command + list(words), check=True, stdout=subprocess.PIPE, text=True).stdout


def size(database):
    return sum(os.path.getsize(file) for file in glob.glob(database + "*") if not file.endswith(".txt"))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--agents", type=int, default=1000)
    options.add_argument("--revisions", type=int, default=1000, help="of each agent (default 1000)")
    options.add_argument("--runs", type=int, default=5, help="counted runs of each measurement (default 5)")
    options.add_argument("--folder", default=os.path.join(tempfile.gettempdir(), "rollcall-benchmarks"))
    given = options.parse_args()
    os.makedirs(os.path.join(given.folder, "history", "agent_workspaces"), exist_ok=True)
    subprocess.run([ROLLCALL, "--version"], check=True)
    print("load %.1f %.1f %.1f" % os.getloadavg())
    path = class_path()
    database = os.path.join(given.folder, "history", "%d-%d.db" % (given.agents, given.revisions))
    if not os.path.exists(database + ".txt"):
        for file in glob.glob(database + "*"):
            os.remove(file)
        told = bench(path, "fill", database, str(given.agents), str(given.revisions))
        with open(database + ".txt", "w") as filled:
            filled.write(told)
    with open(database + ".txt") as filled:
        told = filled.read()
    print(told.strip())
    raw = int(re.search(r"raw bytes: (\d+)", told).group(1))
    print("stored: %.1f %% of the raw documents" % (100 * size(database) / raw))
    print("in one process, wall time (processor time of the reading thread):")
    print(bench(path, "measure", database, str(given.runs)).strip())
    print("whole processes, median of %d:" % given.runs)
    root = os.path.join(given.folder, "history", "agent_workspaces")
    for words in COMMANDS:
        times = []
        for _ in range(given.runs + 1):
            start = time.perf_counter()
            subprocess.run([ROLLCALL] + words.split() + ["--root", root, "--db", database], check=True,
                           stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - start)
        print("%s: %.3f s" % (words, statistics.median(times[1:])), flush=True)


if __name__ == "__main__":
    main()
