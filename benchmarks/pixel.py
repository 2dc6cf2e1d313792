#!/usr/bin/env python3
"""pixel.py [--agents N] [--changes C] [--rate R]: from a file's write to a painted frame in Chromium.

Starts `rollcall up` over a swarm that is indexed, opens its page in the system's Chromium, and writes files of agents that
are on the screen. Needs the test classes: ./mvnw -pl app test-compile. See README.md for the figures.
"""
import argparse
import glob
import os
import shutil
import subprocess
import sys
import tempfile

import window

BENCH = "dev.rollcall.dashboard.PixelBench"
APP = os.path.join(window.HERE, "..", "app")


def class_path(folder):
    subprocess.run([os.path.join(window.HERE, "..", "mvnw"), "-q", "-B", "-pl", "app", "dependency:copy-dependencies",
                    "-DincludeScope=test", "-DoutputDirectory=" + folder], check=True, cwd=os.path.join(window.HERE, ".."))
    classes = [os.path.join(APP, "target", name) for name in ("classes", "test-classes")]
    if not os.path.exists(os.path.join(classes[1], *BENCH.split(".")) + ".class"):
        sys.exit("the test classes are not compiled: ./mvnw -pl app test-compile")
    return ":".join(classes + glob.glob(folder + "/*.jar"))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--agents", type=int, default=1000)
    options.add_argument("--changes", type=int, default=200)
    options.add_argument("--rate", type=float, default=5, help="changes a second")
    given = options.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not chromium:
        sys.exit("there is no Chromium on the PATH")
    folder, jars = tempfile.mkdtemp(), tempfile.mkdtemp()
    try:
        path = class_path(jars)
        window.lay_out(folder, given.agents)
        process, address, _ = window.up(folder)
        try:
            print("load %.1f %.1f %.1f, %d agents" % (*os.getloadavg(), given.agents))
            java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
            subprocess.run([java, "-cp", path, BENCH, address, os.path.join(folder, "agent_workspaces"), chromium,
                            str(given.changes), str(given.rate)], check=True)
        finally:
            process.terminate()
            process.wait(30)
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(jars)


if __name__ == "__main__":
    main()
