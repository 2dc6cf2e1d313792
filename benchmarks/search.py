#!/usr/bin/env python3
"""search.py [--agents N] [--runs K]: what searching by meaning costs, whole processes included.

Indexes a swarm for the first time, again, and after one task has changed; asks a question in whole processes of the launcher,
alone and beside a watch that has the model loaded. The ratio is to a JVM that prints its version. See README.md.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROLLCALL = os.path.join(HERE, "..", "rollcall")
QUESTION = "who repaints the lamp room"


def seconds(command, cwd):
    start = time.monotonic()
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return time.monotonic() - start, done.stdout


def median(command, cwd, runs):
    seconds(command, cwd)
    return statistics.median(seconds(command, cwd)[0] for _ in range(runs))


def change_a_task(folder):
    path = os.path.join(folder, "agent_workspaces", "Agent-1", "status.json")
    with open(path) as file:
        document = json.load(file)
    document["current_tasks"][0] = "Repaint the lamp room before the storms of %d" % time.time_ns()
    with open(path + ".new", "w") as file:
        json.dump(document, file, indent=2)
    os.replace(path + ".new", path)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--agents", type=int, default=14)
    options.add_argument("--runs", type=int, default=9, help="counted runs of each question (default 9)")
    given = options.parse_args()
    folder = tempfile.mkdtemp()
    try:
        subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), folder, str(given.agents)], check=True)
        subprocess.run([ROLLCALL, "sync", "--all"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        java = open(os.path.join(HERE, "..", "build", "current")).read().split("\n")[1] + "/bin/java"
        print("load %.1f %.1f %.1f" % os.getloadavg())
        print("| what | seconds | of a JVM | texts |")
        print("|---|---|---|---|")
        jvm = median([java, "-version"], folder, given.runs)
        for what in ("index, the first time", "index again", "index after one task has changed"):
            if "changed" in what:
                change_a_task(folder)
                subprocess.run([ROLLCALL, "sync", "--all"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            took, told = seconds([ROLLCALL, "index"], folder)
            texts = int(re.search(r"([\d,]+) texts? embedded", told).group(1).replace(",", ""))
            print("| %s | %.2f | %.1f | %d%s |" % (
                what, took, took / jvm, texts, ", %.0f/s" % (texts / took) if texts > 100 else ""))
        for command in ("search", "recommend"):
            alone = median([ROLLCALL, command, QUESTION], folder, given.runs)
            print("| %s, alone | %.3f | %.1f | |" % (command, alone, alone / jvm))
        watch = subprocess.Popen([ROLLCALL, "watch"], cwd=folder, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 60
            while "folders watched" not in seconds([ROLLCALL, "doctor", "--json"], folder)[1]:
                if time.monotonic() > deadline:
                    sys.exit("the watch does not lead")
            for _ in range(20):
                seconds([ROLLCALL, "search", QUESTION], folder)
            for command in (["search", QUESTION], ["similar", "Agent-1"]):
                beside = median([ROLLCALL] + command, folder, given.runs)
                print("| %s, beside a watch | %.3f | %.1f | |" % (command[0], beside, beside / jvm))
        finally:
            watch.terminate()
            watch.wait()
    finally:
        shutil.rmtree(folder)


main()
