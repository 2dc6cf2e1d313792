#!/usr/bin/env python3
"""quality.py [FOLDER ...]: how well the search finds what judged questions ask for.

Each folder holds agent_workspaces and questions.tsv; without any, the two sets of the test resources are taken. The set of
ROLLCALL_REAL_STATUS is one as well. Prints tables: hit@1, mean reciprocal rank and recall@3, for the search as it is, with
parts left out, and for a plain search for words. Needs the test classes: ./mvnw -pl app test-compile. Takes some minutes.
See README.md for the figures.
"""
import argparse
import glob
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
APP = os.path.join(HERE, "..", "app")
SETS = os.path.join(APP, "src", "test", "resources", "judged")
REPORT = "dev.rollcall.search.SearchQualityReport"


def class_path():
    folder = tempfile.mkdtemp()
    subprocess.run([os.path.join(HERE, "..", "mvnw"), "-q", "-B", "-pl", "app", "dependency:copy-dependencies",
                    "-DincludeScope=runtime", "-DoutputDirectory=" + folder], check=True, cwd=os.path.join(HERE, ".."))
    classes = [os.path.join(APP, "target", name) for name in ("classes", "test-classes")]
    if not os.path.exists(os.path.join(classes[1], *REPORT.split(".")) + ".class"):
        sys.exit("the test classes are not compiled: ./mvnw -pl app test-compile")
    return ":".join(classes + glob.glob(folder + "/*.jar"))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="*", help="a judged swarm")
    folders = options.parse_args().folder or [os.path.join(SETS, name) for name in ("harbour", "observatory")]
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    sys.exit(subprocess.run([java, "--enable-native-access=ALL-UNNAMED", "-cp", class_path(), REPORT]
                            + [os.path.abspath(folder) for folder in folders]).returncode)


main()
