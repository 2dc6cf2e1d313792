#!/usr/bin/env python3
"""window.py [--agents N] [--clients C] [--stalled S] [--rate R] [--seconds T] [--without-index]: what the window costs.

Starts `rollcall up` over a swarm that is indexed, as a whole process of the launcher, and measures: until it is ready; the
roll page and the API's roll; and, with C clients following the events of which S take nothing, the time from a file's write
to each client's event at R changes a second, whether any client missed one, and the memory of the process. The ratio is to a
server of Python's standard library that reads every file for each request, as somebody would write who has no roll.
"""
import argparse
import http.server
import json
import os
import re
import resource
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROLLCALL = os.path.join(HERE, "..", "rollcall")
NUMBER = re.compile(rb'"cycle_count":\{[^}]*"after":"?(\d+)')


def get(url):
    """How long until the first byte, which the server sends when the whole answer is made; until the last; the answer."""
    start = time.monotonic()
    with urllib.request.urlopen(url) as answer:
        first = time.monotonic() - start
        body = answer.read()
    return first, time.monotonic() - start, body


def lay_out(folder, agents, indexed):
    """A swarm that is on the roll."""
    subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), folder, str(agents)], check=True)
    subprocess.run([ROLLCALL, "sync", "--all"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    if indexed:
        subprocess.run([ROLLCALL, "index"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def median(url, runs):
    """To the first byte and to the last, in milliseconds; without the first time."""
    get(url)
    times = [get(url) for _ in range(runs)]
    return [statistics.median(time[at] for time in times) * 1000 for at in (0, 1)]


def up(folder, indexed):
    start = time.monotonic()
    environment = dict(os.environ)
    if not indexed:
        environment["ROLLCALL_JAVA_OPTS"] = "-Drollcall.models=/nonexistent"
    process = subprocess.Popen([ROLLCALL, "up"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    address = re.search(r"http://\S+/", process.stdout.readline()).group()
    while True:
        try:
            if b'"healthy":true' in get(address + "health")[2]:
                return process, address, time.monotonic() - start
        except OSError:
            pass
        time.sleep(0.005)


def polling_server(root):
    """The whole swarm for each request, read from the files."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            agents = []
            for agent in os.scandir(root):
                with open(os.path.join(agent.path, "status.json")) as file:
                    agents.append(json.load(file))
            body = json.dumps(agents).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *ignored):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, "http://127.0.0.1:%d/" % server.server_address[1]


def subscribe(address, receive_buffer=None):
    host, port = re.match(r"http://(.*):(\d+)/", address).groups()
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.connect((host, int(port)))
    client.sendall(("GET /api/v1/events HTTP/1.1\r\nHost: %s:%s\r\n\r\n" % (host, port)).encode())
    return client


class Followers(threading.Thread):
    """Reads all streams, and notes when which change came to whom."""

    def __init__(self, clients, written):
        super().__init__(daemon=True)
        self.written, self.latencies, self.seen = written, [], {client: set() for client in clients}
        self.rest = {client: b"" for client in clients}
        self.selector = selectors.DefaultSelector()
        for client in clients:
            client.setblocking(False)
            self.selector.register(client, selectors.EVENT_READ)
        self.stopping = False

    def run(self):
        while not self.stopping:
            for key, _ in self.selector.select(0.2):
                client = key.fileobj
                data = client.recv(1 << 20)
                now = time.monotonic()
                if not data:
                    self.selector.unregister(client)
                    continue
                data = self.rest[client] + data
                whole = data.rfind(b"\n\n") + 2 if b"\n\n" in data else 0
                self.rest[client] = data[whole:]
                for number in NUMBER.findall(data, 0, whole):
                    number = int(number)
                    if number in self.written:
                        self.seen[client].add(number)
                        self.latencies.append(now - self.written[number])


def write(root, agents, number):
    path = os.path.join(root, "Agent-%d" % (number % agents), "status.json")
    with open(path) as file:
        text = re.sub(r'"cycle_count": \d+', '"cycle_count": %d' % number, file.read())
    with open(path + ".new", "w") as file:
        file.write(text)
    now = time.monotonic()
    os.replace(path + ".new", path)
    return now


def follow(address, root, given):
    clients = [subscribe(address) for _ in range(given.clients - given.stalled)]
    stalled = [subscribe(address, 4096) for _ in range(given.stalled)]
    written = {}
    followers = Followers(clients, written)
    followers.start()
    time.sleep(2)
    first = 1_000_000
    begin = time.monotonic()
    for step in range(given.rate * given.seconds):
        wait = begin + step / given.rate - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        number = first + step
        written[number] = time.monotonic()
        written[number] = write(root, given.agents, number)
    time.sleep(3)
    followers.stopping = True
    followers.join()
    missed = sum(len(written) - len(seen) for seen in followers.seen.values())
    for client in clients + stalled:
        client.close()
    return sorted(followers.latencies), missed, len(written)


def resident(process):
    for pid in (process.pid,):
        with open("/proc/%d/status" % pid) as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) / 1024


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--agents", type=int, default=1000)
    options.add_argument("--clients", type=int, default=500)
    options.add_argument("--stalled", type=int, default=50)
    options.add_argument("--rate", type=int, default=50, help="changes a second")
    options.add_argument("--seconds", type=int, default=20)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--without-index", action="store_true", help="nothing to search by meaning: a large swarm is laid out sooner")
    given = options.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    folder = tempfile.mkdtemp()
    root = os.path.join(folder, "agent_workspaces")
    try:
        lay_out(folder, given.agents, not given.without_index)
        print("load %.1f %.1f %.1f, %d agents" % (*os.getloadavg(), given.agents))
        server, polling = polling_server(root)
        process, address, ready = up(folder, not given.without_index)
        try:
            print("ready after %.2f s" % ready)
            theirs = median(polling, 5)[1]
            server.shutdown()
            for what, path in (("roll page", ""), ("API roll", "api/v1/roll"), ("API roll, a page of 100", "api/v1/roll?limit=100")):
                made, ours = median(address + path, given.runs)
                print("%s: first byte after %.1f ms, whole %.1f ms, %.2f of reading every file for each request (%.1f ms)" % (
                    what, made, ours, ours / theirs, theirs))
            if given.clients:
                latencies, missed, changes = follow(address, root, given)
                print("%d changes to %d clients beside %d that take nothing: p50 %.0f ms, p99 %.0f ms, worst %.0f ms, missed %d; peak memory %.0f MB" % (
                    changes, given.clients - given.stalled, given.stalled,
                    latencies[len(latencies) // 2] * 1000, latencies[len(latencies) * 99 // 100] * 1000,
                    latencies[-1] * 1000, missed, resident(process)))
        finally:
            process.terminate()
            process.wait(30)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
