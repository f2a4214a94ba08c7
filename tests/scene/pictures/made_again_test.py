#!/usr/bin/env python3
"""Every picture of runs that don't keep their weights is that of runs that do, to the last
number. But for where a head's map lies: among all, or by itself.

usage: made_again_test.py SUMS WHAT (as sums_test.py)
"""

import os
import re
import subprocess
import sys

MOST_TOLD = 20


def draw(program, what, budget):
    environment = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="STANDARD", HEED_TEST_BUDGET=budget)
    done = subprocess.run([program, what], stdout=subprocess.PIPE, text=True, env=environment,
                          check=True)
    return re.sub(r" slice \d+", "", done.stdout).splitlines()


def main(program, what):
    kept, made = draw(program, what, "0"), draw(program, what, "1")
    name, wrong = "", []
    for a, b in zip(kept, made):
        name = a if a.startswith("===") else name
        if a != b:
            wrong.append(f"{name}:\n  - {a}\n  + {b}")
    if wrong or len(kept) != len(made):
        print("\n".join(wrong[:MOST_TOLD]), f"\n{len(wrong)} lines, {len(kept)} and {len(made)}")
    return 1 if wrong or len(kept) != len(made) or len(kept) < 1000 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 3 else __doc__)
