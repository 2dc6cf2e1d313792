#!/usr/bin/env python3
"""screenshots.py: makes the pictures of the README anew, from `rollcall up --demo` and the system's Chromium.

Needs the test classes: ./mvnw -pl app test-compile.
"""
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "benchmarks"))
import pixel

PICTURES = os.path.join(HERE, "..", "docs", "images")


def main():
    with tempfile.TemporaryDirectory() as jars:
        path = pixel.class_path(jars)
        demo = subprocess.Popen([os.path.join(HERE, "..", "rollcall"), "up", "--demo"], stdout=subprocess.PIPE, text=True)
        try:
            address = next(filter(None, (re.search(r"http://\S+/", line) for line in demo.stdout))).group()
            # Until there is something to look at: the demo breaks a file now and then.
            while True:
                time.sleep(0.5)
                roll = urllib.request.urlopen(address + "api/v1/roll").read()
                if b'"rejected_since":"2' in roll and b'"points_earned":4' in roll:
                    break
            os.makedirs(PICTURES, exist_ok=True)
            java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
            subprocess.run([java, "-cp", path, "dev.rollcall.dashboard.Screenshots", address, PICTURES], check=True)
        finally:
            demo.terminate()
            demo.wait(30)


if __name__ == "__main__":
    main()
