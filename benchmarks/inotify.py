#!/usr/bin/env python3
"""inotify.py ROOT DATABASE: takes over a file whenever inotifywait (package inotify-tools) names it."""
import os
import signal
import subprocess
import sys

import upsert

root, db = sys.argv[1], upsert.connect(sys.argv[2])
known = {}
watch = subprocess.Popen(
    ["inotifywait", "-m", "-r", "-e", "close_write", "-e", "moved_to", "--format", "%w%f", root],
    stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def stop(*_):
    watch.terminate()
    os._exit(0)


signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
for line in watch.stderr:
    if b"Watches established" in line:
        break
else:
    sys.exit("inotifywait ended before it watched")
upsert.take(db, root, os.listdir(root), known)
rest = b""
while True:
    read = os.read(watch.stdout.fileno(), 1 << 16)
    if not read:
        sys.exit("inotifywait ended")
    *lines, rest = (rest + read).split(b"\n")
    # Whatever was named while the last transaction ran goes into one.
    agents = {os.path.basename(os.path.dirname(line.decode())) for line in lines if line.endswith(b"/status.json")}
    if agents:
        upsert.take(db, root, agents, known)
