#!/usr/bin/env python3
"""import.py [--commits N] [--versions N] [--agents N] [--folder DIR]: measures `rollcall import git`.

Builds a repository with git fast-import in which so many commits on four branches change source files and, some of
them, an agent's status.json; then imports it twice. Whole processes, through the launcher. See README.md.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

from generate import document

HERE = os.path.dirname(os.path.abspath(__file__))
ROLLCALL = os.path.join(HERE, "..", "rollcall")
START = 1700000000
BRANCHES = 4


def stream(out, commits, versions, agents):
    """The repository as git fast-import reads it; the same at every run."""
    chance = random.Random(7)
    with_version = set(chance.sample(range(commits), versions))
    version = 0
    documents = {}
    heads = [None] * BRANCHES
    for number in range(1, commits + 1):
        branch = chance.randrange(BRANCHES)
        lines = ["commit refs/heads/branch-%d" % branch, "mark :%d" % number,
                 "committer Keeper <keeper@lighthouse.example> %d +0000" % (START + 60 * number), "data 4", "work"]
        if heads[branch] is None and number > 1:
            heads[branch] = number - 1
            lines.append("from :%d" % heads[branch])
        elif number % 50 == 0:
            other = chance.choice([head for head in heads if head is not None])
            if other != heads[branch]:
                lines.append("merge :%d" % other)
        heads[branch] = number
        out.write(("\n".join(lines) + "\n").encode())
        change(out, "src/part-%d/file-%d.txt" % (number % 40, number % 997), b"line %d\n" % number)
        if number - 1 in with_version:
            version += 1
            agent = "Agent-%d" % chance.randrange(agents)
            said = documents.setdefault(agent, json.loads(document(chance, agent)))
            said["cycle_count"] = version
            said["completed_tasks"] = said["completed_tasks"][1:] + ["task %d" % version]
            change(out, "agent_workspaces/%s/status.json" % agent, json.dumps(said, indent=2).encode())
    out.write(b"done\n")


def change(out, path, content):
    out.write(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(content), content))


def build(repository, arguments):
    subprocess.run(["git", "init", "-q", repository], check=True)
    git = subprocess.Popen(["git", "-C", repository, "fast-import", "--quiet", "--done"], stdin=subprocess.PIPE)
    stream(git.stdin, arguments.commits, arguments.versions, arguments.agents)
    git.stdin.close()
    if git.wait() != 0:
        sys.exit("git fast-import ended with %d" % git.returncode)


def measure(repository, database):
    command = [ROLLCALL, "import", "git", repository, "--root", "agent_workspaces", "--db", database, "--json"]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    report = json.loads(process.stdout.read())
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("import ended with %d: %s" % (process.returncode, report))
    return seconds, usage.ru_maxrss / 1024, report


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commits", type=int, default=10000)
    parser.add_argument("--versions", type=int, default=2000)
    parser.add_argument("--agents", type=int, default=14)
    parser.add_argument("--folder", help="where to work (default: a temporary folder)")
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="rollcall-import-", dir=arguments.folder)
    try:
        repository = os.path.join(folder, "repository")
        build(repository, arguments)
        database = os.path.join(folder, "roll.db")
        for name in ("first import", "second import"):
            seconds, memory, report = measure(repository, database)
            print("| %s | %d commits, %d versions | %.1f s | %d recorded, %d known, %d unchanged | %.0f MB |" % (
                name, report["commits"], report["versions"], seconds, report["recorded"], report["known"],
                report["unchanged"], memory), flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
