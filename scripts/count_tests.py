#!/usr/bin/env python3
"""Counts the test cases of one or more meson test runs.

usage: count_tests.py BUILD...

Reads meson-logs/testlog.json of each build folder. A program that prints
the summary of cmocka or of Python's unittest counts by its cases, any other as
one; one that ends badly without a failed case (a crash, a time-out) counts as
one failed. The last line
is "N passed, N failed"; the exit status is 1 if any failed or nothing ran.
"""

import json
import pathlib
import re
import sys

CMOCKA_PASSED = re.compile(r"^\[  PASSED  \] (\d+) test", re.M)
CMOCKA_FAILED = re.compile(r"^\[  FAILED  \] (\d+) test", re.M)
UNITTEST_RAN = re.compile(r"^Ran (\d+) tests? in ", re.M)
UNITTEST_BAD = re.compile(r"\b(?:failures|errors|unexpected successes)=(\d+)")
UNITTEST_SKIPPED = re.compile(r"\b(?:skipped)=(\d+)")


def total(pattern, text):
    return sum(int(number) for number in pattern.findall(text))


def cases(text):
    """Passed and failed cases by the summaries in a program's output."""
    passed, failed = total(CMOCKA_PASSED, text), total(CMOCKA_FAILED, text)
    for ran in UNITTEST_RAN.finditer(text):
        summary = text[ran.end():].split("Ran ", 1)[0]
        bad = total(UNITTEST_BAD, summary)
        passed += int(ran[1]) - bad - total(UNITTEST_SKIPPED, summary)
        failed += bad
    return passed, failed


def count(entry):
    """Passed and failed cases of one test, and whether it was skipped."""
    if entry["result"] == "SKIP":
        return 0, 0, True
    passed, failed = cases((entry.get("stdout") or "") + "\n"
                           + (entry.get("stderr") or ""))
    if entry["result"] in ("OK", "EXPECTEDFAIL"):
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
