#!/usr/bin/env python3
"""Counts the test cases of one or more meson test runs.

usage: count_tests.py BUILD...

Reads meson-logs/testlog.json of each build folder. A program that prints
cmocka's summary counts by its cases, any other as one; one that ends badly
without a failed case (a crash, a time-out) counts as one failed. The last line
is "N passed, N failed"; the exit status is 1 if any failed or nothing ran.
"""

import json
import pathlib
import re
import sys

PASSED = re.compile(r"^\[  PASSED  \] (\d+) test", re.M)
FAILED = re.compile(r"^\[  FAILED  \] (\d+) test", re.M)
GOOD = {"OK", "EXPECTEDFAIL"}


def cases(pattern, text):
    return sum(int(number) for number in pattern.findall(text))


def count(entry):
    """Passed and failed cases of one test, and whether it was skipped."""
    if entry["result"] == "SKIP":
        return 0, 0, True
    text = (entry.get("stdout") or "") + (entry.get("stderr") or "")
    passed, failed = cases(PASSED, text), cases(FAILED, text)
    if entry["result"] in GOOD:
        return max(passed, 1), 0, False
    return passed, max(failed, 1), False


def main(builds):
    passed = failed = 0
    for build in builds:
        log = pathlib.Path(build, "meson-logs", "testlog.json")
        name = pathlib.Path(build).name
        entries = []
        if log.exists():
            entries = [json.loads(line) for line in log.open()]
        if not entries:
            print(f"{name}: no test ran")
            failed += 1
        for entry in entries:
            good, bad, skipped = count(entry)
            passed += good
            failed += bad
            if skipped:
                print(f"{name}: skipped: {entry['name']}")
            if bad:
                print(f"{name}: FAILED: {entry['name']} ({entry['result']})")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
