#!/usr/bin/env python3
"""vectors.py [--sizes N,M] [--batch B] [--folder DIR]: what a question to the passages' vectors costs.

For each size: a plain loop over floats and the exact index (up to 100,000 vectors), and the graph on disk (from 100,000
on): how long it takes to fill, its recall against the exact index, and the peak memory of each process. The vectors are
of 384 dimensions, around 2,000 topics (ClusteredVectors). A graph of a size is kept in the folder; a second run only asks.
Needs the test classes: ./mvnw -pl app test-compile. A million takes a quarter of an hour. See README.md for the figures.
"""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
APP = os.path.join(HERE, "..", "app")
BENCH = "dev.rollcall.vectors.VectorsBench"
EXACT_UP_TO = 100000
USUAL = ["-Xmx2g"]
SHORT_LIVED = ["-Xmx256m", "-XX:TieredStopAtLevel=1"]  # as scripts/exec-java.sh starts short commands


def class_path():
    folder = tempfile.mkdtemp()
    subprocess.run([os.path.join(HERE, "..", "mvnw"), "-q", "-B", "-pl", "app", "dependency:copy-dependencies",
                    "-DincludeScope=runtime", "-DoutputDirectory=" + folder], check=True, cwd=os.path.join(HERE, ".."))
    classes = [os.path.join(APP, "target", name) for name in ("classes", "test-classes")]
    if not os.path.exists(os.path.join(classes[1], *BENCH.split(".")) + ".class"):
        sys.exit("the test classes are not compiled: ./mvnw -pl app test-compile")
    return ":".join(classes + glob.glob(folder + "/*.jar"))


def bench(path, options, *words):
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    command = [java, "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"] + options + ["-cp", path, BENCH]
    told = subprocess.run(command + list(words), check=True, stdout=subprocess.PIPE, text=True).stdout
    memory = int(re.search(r"VmHWM:\s+(\d+)", told).group(1)) // 1024
    print("  ".join(told.split("\n")[:-2]), " peak memory %d MB" % memory, flush=True)
    return told


def p50(told):
    return float(re.search(r"processor p50 ([\d.]+)", told).group(1))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="10000,100000", help="comma-separated (default 10000,100000)")
    options.add_argument("--batch", type=int, default=50000, help="vectors of one add (default 50000)")
    options.add_argument("--folder", default=os.path.join(tempfile.gettempdir(), "rollcall-benchmarks"))
    given = options.parse_args()
    print("load %.1f %.1f %.1f" % os.getloadavg())
    path = class_path()
    for size in given.sizes.split(","):
        if int(size) <= EXACT_UP_TO:
            print("%s, floats and a loop:" % size)
            naive = bench(path, USUAL, "naive", size)
            print("%s, exact, without the optimizing compiler:" % size)
            bench(path, SHORT_LIVED, "exact", size)
            print("%s, exact:" % size)
            exact = bench(path, USUAL, "exact", size)
            print("ratio to the loop: %.2f" % (p50(exact) / p50(naive)))
        if int(size) >= EXACT_UP_TO:
            graph = os.path.join(given.folder, "vectors", size)
            if not os.path.exists(graph + ".full"):
                shutil.rmtree(graph, ignore_errors=True)
                os.makedirs(graph)
                print("%s, graph, filled with %d at a time:" % (size, given.batch))
                bench(path, ["-Xmx768m"], "fill", graph, size, str(given.batch))
                open(graph + ".full", "w").close()
            stored = sum(os.path.getsize(file) for file in glob.glob(graph + "/*"))
            print("%s, graph, %d MB on disk:" % (size, stored // 1000000))
            bench(path, USUAL, "graph", graph, size)


main()
