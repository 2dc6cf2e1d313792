#!/usr/bin/env python3
"""latency.py [options] [--polling | --inotify | --watcher COMMAND...]: from a write of a status.json to its row.

Lays out a swarm, starts a watcher (rollcall watch, unless another is named) and waits until it is ready; then writes
versions at a fixed rate to random agents, while another process asks the database every millisecond what is new.
A version's time counts from just before its rename, or before its last piece is written, until it is visible; when a
later version of the same agent is seen without it, until that one is. Such a version is counted as superseded, one
of which neither it nor a later one was seen within 10 s of the end as missed. See README.md.
"""
import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

import generate
import watchers
from watchers import Failed

PROBE = "Probe"
GRACE = 10  # seconds after the last write


class Swarm:
    """The files, and what was written to them."""

    def __init__(self, folder, agents):
        self.root = os.path.join(folder, "agent_workspaces")
        self.rng = random.Random(1850)
        self.version = 1000  # beyond every cycle_count that the generator makes
        self.agents = ["Agent-%d" % number for number in range(agents)]
        self.parts = {}
        for agent in self.agents + [PROBE]:
            os.makedirs(os.path.join(self.root, agent))
            text = generate.document(self.rng, agent)
            self.parts[agent] = re.split(r'(?<="cycle_count": )\d+', text)
            with open(self.path(agent), "w") as file:
                file.write(text)
            os.utime(self.path(agent), (time.time() - 60, time.time() - 60))

    def path(self, agent):
        return os.path.join(self.root, agent, "status.json")

    def write(self, agent, manner):
        """Writes a new version; returns its number and the time before which nobody could see it whole."""
        self.version += 1
        before, after = self.parts[agent]
        text = '%s%d,\n  "current_focus": "%s"%s' % (before, self.version, marker(self.version), after)
        if manner == "rename":
            with open(self.path(agent) + ".tmp", "w") as file:
                file.write(text)
            at = time.monotonic()
            os.replace(self.path(agent) + ".tmp", self.path(agent))
        elif manner == "truncate":
            with open(self.path(agent), "w") as file:
                at = time.monotonic()
                file.write(text)
        else:
            third = len(text) // 3
            with open(self.path(agent), "w") as file:
                for piece in (text[:third], text[third:2 * third]):
                    file.write(piece)
                    file.flush()
                    time.sleep(0.005)
                at = time.monotonic()
                file.write(text[2 * third:])
        return self.version, at


def marker(version):
    return "marker %d of this run" % version


class Run:
    """One watcher over one swarm of its own, ready to be measured."""

    def __init__(self, name, command, given):
        self.folder = tempfile.mkdtemp(prefix="latency-", dir=given.folder)
        self.name, self.given = name, given
        self.swarm = Swarm(self.folder, max(given.agents, given.burst or 0))
        self.db = os.path.join(self.folder, "roll.db")
        self.watcher = self.reader = None
        try:
            if command[0] == watchers.ROLLCALL:
                subprocess.run([command[0], "sync", "--all", "--root", self.swarm.root, "--db", self.db],
                               check=True, stdout=subprocess.DEVNULL)
                if given.idle:
                    # Else the watch would be at work: what nobody has indexed it indexes.
                    subprocess.run([command[0], "index", "--root", self.swarm.root, "--db", self.db],
                                   check=True, stdout=subprocess.DEVNULL)
            self.watcher = watchers.Watcher(command, self.swarm.root, self.db, os.path.join(self.folder, "log"))
            revision = watchers.await_rows(self.db, len(self.swarm.parts), self.watcher)
            self.reader = watchers.Reader(self.db, revision)
            # The first probe may be found by a first scan, and not by watching.
            for _ in range(3):
                version, _ = self.swarm.write(PROBE, "rename")
                if not self.reader.wait_for({PROBE: version}, watchers.PATIENCE, self.watcher):
                    raise Failed("a first change was not in the roll after %d s" % watchers.PATIENCE)
                time.sleep(0.5)
        except BaseException:
            self.close()
            raise

    def close(self):
        if self.reader:
            self.reader.stop()
        ending = self.watcher.stop() if self.watcher else 0
        shutil.rmtree(self.folder)
        return ending

    def check_rows(self, versions):
        connection = watchers.read_only(self.db)
        rows = {agent: (cycle, focus) for agent, cycle, focus in connection.execute(
            "SELECT agent_id, cycle_count, current_focus FROM agent_workspaces")}
        connection.close()
        return sum(rows.get(agent) != (version, marker(version)) for agent, version in versions.items())

    def latency(self):
        given, written, newest = self.given, [], {}
        start = time.monotonic()
        for number in range(int(given.rate * given.seconds)):
            time.sleep(max(0.0, start + number / given.rate - time.monotonic()))
            agent = self.swarm.rng.choice(self.swarm.agents)
            version, at = self.swarm.write(agent, given.manner)
            written.append((agent, version, at))
            newest[agent] = version
            self.reader.collect()
            self.watcher.check()
        rate = len(written) / (time.monotonic() - start)
        self.reader.wait_for(newest, GRACE, self.watcher)
        times, superseded, missed = judge(written, self.reader.seen)
        if not times:
            raise Failed("none of %d versions was seen" % len(written))
        behind = self.check_rows(newest)
        print("| %s | %s | %d | %s | %d | %d | %d |" % (
            self.name, " | ".join("%.1f" % (1000 * percentile(times, p)) for p in (50, 95, 99, 100)),
            len(written), "%.0f/s" % rate, superseded, missed, behind), flush=True)
        return missed == 0 and behind == 0

    def burst(self):
        agents = self.swarm.rng.sample(self.swarm.agents, self.given.burst)
        start, versions = time.monotonic(), {}
        for agent in agents:
            versions[agent], _ = self.swarm.write(agent, "rename")
        wrote = time.monotonic()
        complete = self.reader.wait_for(versions, watchers.PATIENCE, self.watcher)
        seen = [self.reader.seen[version] for version in versions.items() if version in self.reader.seen]
        if not complete or not seen:
            raise Failed("%d of %d changed files were in the roll after %d s" % (
                len(seen), len(agents), watchers.PATIENCE))
        print("| %s | %d | %.0f ms | %.0f ms | %.0f ms |" % (
            self.name, len(agents), 1000 * (wrote - start), 1000 * (max(seen) - start), 1000 * (max(seen) - wrote)), flush=True)
        return self.check_rows(versions) == 0

    def idle(self):
        if not os.path.exists("/proc/self/stat"):
            raise Failed("what a process costs is read from /proc, which is not here")
        time.sleep(self.given.idle_after)
        cpu, start = self.watcher.cpu_seconds(), time.monotonic()
        time.sleep(self.given.idle_seconds)
        self.watcher.check()
        used, passed = self.watcher.cpu_seconds() - cpu, time.monotonic() - start
        print("| %s | %d | %.4f | %.0f MB |" % (
            self.name, len(self.swarm.agents), used / passed, self.watcher.resident_mb()), flush=True)
        return True


def judge(written, seen):
    """The time of every version of which it or a later one of its agent was seen; how many were superseded, missed."""
    later, times, superseded, missed = {}, [], 0, 0
    for agent, version, at in reversed(written):
        shown = seen.get((agent, version))
        if shown is None:
            shown = later.get(agent)
            superseded += shown is not None
        missed += shown is None
        if shown is not None:
            later[agent] = shown
            times.append(shown - at)
    return sorted(times), superseded, missed


def percentile(ordered, percent):
    """Nearest rank."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


HEADINGS = {
    "latency": "| watcher | p50 ms | p95 ms | p99 ms | max ms | versions | rate | superseded | missed | rows behind |",
    "burst": "| watcher | changed files | written in | all in the roll, from the first write | from the last write |",
    "idle": "| watcher | agents | CPU s per s | resident |",
}


def measure(kind, chosen, given):
    print("\n%s\n%s" % (HEADINGS[kind], "|---" * HEADINGS[kind].count(" |") + "|"), flush=True)
    fine = True
    for name, command in chosen:
        if name == "inotifywait" and not shutil.which("inotifywait"):
            print("| %s | not measured: inotifywait is not installed (package inotify-tools) |" % name, flush=True)
            fine = fine and given.compare
            continue
        try:
            run = Run(name, command, given)
            try:
                fine &= getattr(run, kind)()
            finally:
                ending = run.close()
            if name == "rollcall watch" and ending != 0:
                raise Failed("was told to end, and " + ("did not" if ending is None else "ended with %d" % ending))
        except Failed as failure:
            print("| %s | failed: %s |" % (name, failure), flush=True)
            fine = False
    return fine


def options():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--agents", type=int, default=100, help="agents in the swarm (default 100)")
    options.add_argument("--rate", type=float, default=20, help="versions written each second (default 20)")
    options.add_argument("--seconds", type=float, default=30, help="how long (default 30)")
    options.add_argument("--manner", choices=("rename", "truncate", "pieces"), default="rename", help=(
        "temporary file and rename; truncate and write; truncate and write in three pieces 5 ms apart (default rename)"))
    options.add_argument("--burst", type=int, metavar="N", help="instead: N changed files at once, until all are in the roll")
    options.add_argument("--idle", action="store_true", help="instead: processor time and memory while nothing happens")
    options.add_argument("--idle-seconds", type=float, default=180, help="how long --idle looks (default 180)")
    options.add_argument("--idle-after", type=float, default=240,
                         help="seconds after it was ready (default 240: the model is let go of after two minutes)")
    options.add_argument("--compare", action="store_true", help="also the 1 s polling loop and inotifywait, in the same run")
    options.add_argument("--folder", default=tempfile.gettempdir(), help="where the swarms are laid out")
    watcher = options.add_mutually_exclusive_group()
    watcher.add_argument("--polling", action="store_true", help="measure poll.py instead of rollcall")
    watcher.add_argument("--inotify", action="store_true", help="measure inotify.py instead of rollcall")
    watcher.add_argument("--watcher", nargs=argparse.REMAINDER, metavar="COMMAND", help=(
        "measure this command; {root} and {db} in it are replaced. Must be the last option"))
    given = options.parse_args()
    if given.watcher is not None and not {"{root}", "{db}"} <= set(re.findall(r"{\w+}", " ".join(given.watcher))):
        options.error("the watcher's command must say {root} and {db}")
    if min(given.agents, given.rate, given.seconds, given.burst or 1) <= 0:
        options.error("--agents, --rate, --seconds and --burst are above 0")
    return given


def main():
    given = options()
    name = "polling, 1 s" if given.polling else "inotifywait" if given.inotify else "rollcall watch"
    chosen = [("the given command", given.watcher)] if given.watcher else [(name, watchers.COMMANDS[name])]
    if given.compare:
        chosen += [(name, command) for name, command in watchers.COMMANDS.items()
                   if name != "rollcall watch" and name != chosen[0][0]]
    os.makedirs(given.folder, exist_ok=True)
    if chosen[0][0] == "rollcall watch":
        subprocess.run([watchers.ROLLCALL, "--version"], check=True)
    print("load %.1f %.1f %.1f; %d agents; manner %s" % (*os.getloadavg(), given.agents, given.manner))
    kinds = [kind for kind, wanted in (("burst", given.burst), ("idle", given.idle)) if wanted] or ["latency"]
    sys.exit(0 if all([measure(kind, chosen, given) for kind in kinds]) else 1)


if __name__ == "__main__":
    main()
