#!/usr/bin/env python3
"""How long a model's client waits: rollcall mcp as a whole process, from its start to the answer to initialize, and a
call of the tool roll afterwards.

    python3 benchmarks/mcp.py [--agents 100] [--runs 10]

Each run is a process of its own, started by the launcher, whose build must be current: it is made first if it is not.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

ROLLCALL = pathlib.Path(__file__).resolve().parent.parent / "rollcall"


def line(identity, method, params):
    return (json.dumps({"jsonrpc": "2.0", "id": identity, "method": method, "params": params}) + "\n").encode()


INITIALIZE = line(
    0,
    "initialize",
    {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "benchmark", "version": "1"}},
)


def answer(process, identity):
    said = json.loads(process.stdout.readline())
    assert said["id"] == identity and "result" in said and not said["result"].get("isError"), said
    return said["result"]


def once(root, agents):
    """Seconds from start to the answer to initialize, then of a first and of a second call, then to the end."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [ROLLCALL, "--root", root, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(INITIALIZE)
    process.stdin.flush()
    answer(process, 0)
    times = [time.perf_counter()]
    for identity in (1, 2):
        process.stdin.write(line(identity, "tools/call", {"name": "roll", "arguments": {}}))
        process.stdin.flush()
        text = json.loads(answer(process, identity)["content"][0]["text"])
        assert text["agents_on_roll"] == agents, text
        times.append(time.perf_counter())
    process.stdin.close()
    assert process.wait() == 0
    times.append(time.perf_counter())
    return [end - start for start, end in zip([began] + times, times)]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--agents", type=int, default=100)
    options.add_argument("--runs", type=int, default=10)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "agent_workspaces"
        for number in range(1, options.agents + 1):
            agent = root / f"Agent-{number}"
            agent.mkdir(parents=True)
            (agent / "status.json").write_text(json.dumps({
                "status": "ACTIVE", "cycle_count": number, "current_mission": f"Chart reef {number}",
                "current_tasks": ["sound the channel", "paint the buoys"]}))
        subprocess.run([ROLLCALL, "--root", root, "sync", "--all"], check=True, stdout=subprocess.DEVNULL)
        runs = [once(root, options.agents) for _ in range(options.runs)]
    names = ("start to initialize", "first tools/call roll", "second tools/call roll", "end of input to exit")
    print(f"median of {options.runs} processes (least to most), {options.agents} agents:")
    for name, times in zip(names, zip(*runs)):
        print(f"  {name:<24} {1000 * statistics.median(times):6.0f} ms"
              f"  ({1000 * min(times):.0f} to {1000 * max(times):.0f})")


if __name__ == "__main__":
    main()
