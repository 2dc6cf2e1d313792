#!/usr/bin/env python3
"""split.py ROOT: where a cold `sync --all` over ROOT spends its threads' time, by the JVM's own sampling."""
import collections
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROLLCALL = os.path.join(HERE, "..", "rollcall")
# The first that fits the innermost frames wins.
PARTS = [
    ("compress", ("store.HistoryCodec", "store.FirstCopies.full")),
    ("store", ("store.",)),
    ("parse", ("document.StatusParser",)),
    ("judge", ("document.StatusView", "roll.Passages", "sync.Changes")),
    ("read", ("files.",)),
]


def part(frames):
    for name in frames:
        for label, prefixes in PARTS:
            if any(name.startswith("dev.rollcall." + prefix) for prefix in prefixes):
                return label
    return "other"


def samples(recording, java_home):
    shown = subprocess.run(
        [os.path.join(java_home, "bin", "jfr"), "print", "--json", "--stack-depth", "64",
         "--events", "jdk.ExecutionSample,jdk.NativeMethodSample", recording],
        check=True, capture_output=True, text=True)
    for event in json.loads(shown.stdout)["recording"]["events"]:
        trace = event["values"].get("stackTrace")
        if trace:
            yield [f["method"]["type"]["name"].replace("/", ".") + "." + f["method"]["name"] for f in trace["frames"]]


def main():
    with open(os.path.join(HERE, "..", "build", "current")) as current:
        java_home = current.read().split("\n")[1]
    with tempfile.TemporaryDirectory() as folder:
        recording = os.path.join(folder, "pass.jfr")
        options = "-XX:StartFlightRecording=settings=profile,filename=" + recording
        subprocess.run([ROLLCALL, "sync", "--all", "--root", sys.argv[1], "--db", os.path.join(folder, "roll.db")],
                       check=True, env=dict(os.environ, ROLLCALL_JAVA_OPTS=options))
        counts = collections.Counter(part(frames) for frames in samples(recording, java_home) if any(
            name.startswith("dev.rollcall.") for name in frames))
    for label, count in counts.most_common():
        print("%-9s %5.1f %%" % (label, 100 * count / sum(counts.values())))


main()
