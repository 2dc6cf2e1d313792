"""What latency.py measures: a watcher as a process, and an independent reader of its database."""
import multiprocessing
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROLLCALL = os.path.join(HERE, "..", "rollcall")
COMMANDS = {
    "rollcall watch": [ROLLCALL, "watch", "--root", "{root}", "--db", "{db}"],
    "polling, 1 s": [sys.executable, os.path.join(HERE, "poll.py"), "{root}", "{db}"],
    "inotifywait": [sys.executable, os.path.join(HERE, "inotify.py"), "{root}", "{db}"],
}
PATIENCE = 60  # seconds for a watcher to become ready


class Failed(Exception):
    pass


class Watcher:
    def __init__(self, command, root, db, log):
        self.log = log
        words = [word.replace("{root}", root).replace("{db}", db) for word in command]
        with open(log, "wb") as output:
            self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def check(self):
        if self.process.poll() is not None:
            with open(self.log, errors="replace") as log:
                raise Failed("ended with %d: %s" % (self.process.returncode, " / ".join(log.read().split("\n")[-4:-1])))

    def stop(self):
        """Ends it as a service manager would; the exit code, or None when it had to be killed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None

    def tree(self):
        """The process and those it started, by their ids. Linux only."""
        children = {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                fields = stat(name)
                if fields:
                    children.setdefault(int(fields[1]), []).append(int(name))
        found, queue = [], [self.process.pid]
        while queue:
            found.append(queue.pop())
            queue += children.get(found[-1], [])
        return found

    def cpu_seconds(self):
        ticks = sum(int(f[11]) + int(f[12]) for f in map(stat, self.tree()) if f)
        return ticks / os.sysconf("SC_CLK_TCK")

    def resident_mb(self):
        pages = 0
        for pid in self.tree():
            with open("/proc/%d/statm" % pid) as statm:
                pages += int(statm.read().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def stat(pid):
    """The fields of /proc/PID/stat after the name, which may hold anything; None when the process is gone."""
    try:
        with open("/proc/%s/stat" % pid) as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return None


def read_only(db):
    return sqlite3.connect(pathlib.Path(db).absolute().as_uri() + "?mode=ro", uri=True, isolation_level=None, timeout=10)


def follow(db, revision, pipe):
    """The reader: every millisecond asks for what is newer than the last seen, and tells when it saw it."""
    connection = read_only(db)
    while not pipe.poll():
        rows = connection.execute(
            "SELECT revision, agent_id, cycle_count FROM status_history WHERE revision > ? ORDER BY revision", (revision,)
        ).fetchall()
        if rows:
            pipe.send((time.monotonic(), [(agent, cycle) for _, agent, cycle in rows]))
            revision = rows[-1][0]
        time.sleep(0.001)
    connection.close()


class Reader:
    """Another process, so that writing and reading do not wait for each other in one interpreter."""

    def __init__(self, db, revision):
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=follow, args=(db, revision, theirs), daemon=True)
        self.process.start()
        self.seen = {}  # when each version became visible, by agent and cycle_count
        self.newest = {}  # the newest version seen, by agent

    def collect(self, seconds=0.0):
        while self.pipe.poll(seconds):
            at, rows = self.pipe.recv()
            for agent, cycle in rows:
                self.seen.setdefault((agent, cycle), at)
                self.newest[agent] = max(cycle, self.newest.get(agent, cycle))
            seconds = 0

    def wait_for(self, versions, seconds, watcher):
        """Whether every one of these agents shows this version or a later one, within so many seconds."""
        deadline = time.monotonic() + seconds
        left = dict(versions)
        while left:
            self.collect(0.05)
            left = {agent: cycle for agent, cycle in left.items() if self.newest.get(agent, -1) < cycle}
            watcher.check()
            if time.monotonic() > deadline:
                return False
        return True

    def stop(self):
        self.pipe.send("stop")
        self.process.join(10)


def await_rows(db, agents, watcher):
    """Waits for the initial rows; returns the newest revision."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        watcher.check()
        try:
            connection = read_only(db)
            try:
                rows, = connection.execute("SELECT count(*) FROM agent_workspaces").fetchone()
                if rows >= agents:
                    return connection.execute("SELECT coalesce(max(revision), 0) FROM status_history").fetchone()[0]
            finally:
                connection.close()
        except sqlite3.OperationalError:
            pass  # no database or no table yet
        time.sleep(0.05)
    raise Failed("the initial rows were not there after %d s" % PATIENCE)
