#!/usr/bin/env python3
"""run.py [--agents N[,N...]] [--runs R] [--folder DIR]: measures Rollcall against what one would use instead.

Whole processes, alternating A B A B in one run; medians, and the ratio of medians. See README.md for the figures.
"""
import argparse
import glob
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROLLCALL = os.path.join(HERE, "..", "rollcall")


def java():
    with open(os.path.join(HERE, "..", "build", "current")) as current:
        return os.path.join(current.read().split("\n")[1], "bin", "java")


def once(command):
    """Seconds and peak memory in MB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s ended with %d" % (" ".join(command), process.returncode))
    return seconds, usage.ru_maxrss / 1024


def settle():
    """What was written or deleted before must not be paid for by whoever runs next."""
    os.sync()
    time.sleep(3)


def pairs(runs, first, second, prepare=lambda: None, between=lambda: None):
    """Runs both commands in turn, each first in every other pair; returns the figures of each."""
    a, b = [], []
    for run in range(runs + 1):
        prepare()
        for command, figures in ((first, a), (second, b))[:: 1 if run % 2 else -1]:
            figures.append(once(command))
            between()
    return a[1:], b[1:]  # the first pair warms the page cache


def show(name, a, b, bound):
    seconds = [statistics.median(run[0] for run in figures) for figures in (a, b)]
    ratios = sorted(x[0] / y[0] for x, y in zip(a, b))
    ratio = statistics.median(ratios)
    print("| %s | %.3f s | %.3f s | %.2f (%.2f to %.2f) | %s | %.0f MB |" % (
        name, seconds[0], seconds[1], ratio, ratios[0], ratios[-1], bound, max(run[1] for run in a)), flush=True)


def bulk(folder, agents, runs):
    base = os.path.join(folder, str(agents))
    if not os.path.exists(base):
        subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), base, str(agents)], check=True)
    root = os.path.join(base, "agent_workspaces")
    ours, theirs = os.path.join(base, "ours.db"), os.path.join(base, "theirs.db")

    def clean():
        for file in glob.glob(base + "/*.db*"):
            os.remove(file)
        settle()

    sync = [ROLLCALL, "sync", "--all", "--root", root, "--db", ours]
    script = [sys.executable, os.path.join(HERE, "baseline.py"), root, theirs]
    a, b = pairs(runs, sync, script, clean, settle)
    show("cold `sync --all`, %d agents" % agents, a, b, "2 x" if agents <= 10_000 else "1 x")
    once(sync)  # whoever ran last, the database is there
    a, b = pairs(max(5, runs), sync, [java(), "-Xshare:auto", "-version"])
    show("unchanged `sync --all`, %d agents" % agents, a, b, "15 x" if agents <= 10_000 else "1 s")


def one_shots(folder, runs):
    base = tempfile.mkdtemp(dir=folder)
    subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), base, "14"], check=True)
    root = os.path.join(base, "agent_workspaces")
    subprocess.run([ROLLCALL, "sync", "--all", "--root", root], check=True, stdout=subprocess.DEVNULL)
    document = os.path.join(root, "Agent-3", "status.json")
    for words in ("sync --agent Agent-3", "get Agent-7", "start-cycle --agent Agent-9", "start-mission M --agent Agent-9",
                  "update-phase P --agent Agent-9", "add-task T --agent Agent-9", "complete-task T --agent Agent-9",
                  "add-blocker B --agent Agent-9", "clear-blockers --agent Agent-9", "add-achievement A --agent Agent-9",
                  "set-next-actions N --agent Agent-9", "complete-mission --agent Agent-9", "end-cycle --agent Agent-9"):
        def touch():
            with open(document, "a") as file:
                file.write("\n")
            os.utime(document, (time.time() - 60, time.time() - 60))
        a, b = pairs(runs, [ROLLCALL] + words.split() + ["--root", root], [java(), "-Xshare:auto", "-version"], touch)
        show("`%s`" % " ".join(w for w in words.split() if not w.startswith("Agent-") and w != "--agent" or w == "--agent" and "sync" in words), a, b, "7 x")
    shutil.rmtree(base)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--agents", default="10000", help="sizes of the bulk runs, comma-separated (default 10000)")
    options.add_argument("--runs", type=int, default=5, help="counted pairs of each measurement (default 5)")
    options.add_argument("--folder", default=os.path.join(tempfile.gettempdir(), "rollcall-benchmarks"))
    given = options.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    subprocess.run([ROLLCALL, "--version"], check=True)
    print("load %.1f %.1f %.1f" % os.getloadavg())
    print("| what | rollcall | other | ratio (lowest to highest) | bound | peak memory |")
    print("|---|---|---|---|---|---|")
    one_shots(given.folder, max(9, given.runs))
    for agents in given.agents.split(","):
        bulk(given.folder, int(agents), given.runs)


main()
