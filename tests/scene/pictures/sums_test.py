#!/usr/bin/env python3
"""Of far more pictures than can be kept line by line, a line each: how many items of each kind
there are, the sum of their numbers, and a checksum of their texts and of what they stand for.

usage: sums_test.py SUMS WHAT

SUMS WHAT (sums.c) draws them. What differs is told by its kind of item; what it is is seen in
the pictures themselves (tests/corpus.py draws two builds' and compares them). After a change
that is meant:

    HEED_UPDATE_GOLDEN=1 meson test -C build 'scene sums_of_scenes' 'scene sums_of_models' \\
        'scene sums_of_window'
"""

import collections
import os
import pathlib
import re
import subprocess
import sys
import zlib

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "golden/sums"
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|#[0-9a-f]{6}|-?\d+(?:\.\d+)?(?![\w])|[^\s]+')
MOST_TOLD = 30


class Sum:
    def __init__(self):
        self.check = 0
        self.counts = collections.Counter()
        self.sums = collections.Counter()

    def add(self, line):
        """A line's n-th number counts n times, so that two that change places are seen."""
        shape, _, target = line.strip().partition(" -> ")
        kind = shape.split(" ")[0]
        words, at, total = [kind, target], 0, 0.0
        for token in TOKEN.findall(shape)[1:]:
            if token[0] == "#":
                for i in (1, 3, 5):
                    at += 1
                    total += at * int(token[i:i + 2], 16)
            elif re.fullmatch(r"-?\d+(\.\d+)?", token):
                at += 1
                total += at * float(token)
            else:
                words.append(token)
        self.check = zlib.crc32("\n".join(words).encode(), self.check)
        self.counts[kind] += 1
        self.sums[kind] += total

    def __str__(self):
        parts = [f"{kind} {n} {self.sums[kind]:.1f}" for kind, n in sorted(self.counts.items())]
        return f"{self.check:08x} " + ", ".join(parts)


def new_lines(lines, base):
    """Those that the base hasn't; in their order."""
    left = collections.Counter(base)
    new = []
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        else:
            new.append(line)
    return new


def draw(program, what):
    """{name: line}; of pictures with one name one of all of them."""
    environment = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="STANDARD")
    done = subprocess.run([program, what], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f"{program}: ends with {done.returncode}\n{done.stdout[-300:]}"
                 f"{done.stderr[-3000:]}")
    whole, sums = {}, {}
    for part in done.stdout.split("=== ")[1:]:
        head, *lines = part.rstrip("\n").split("\n")
        name, _, base = head.partition(" < ")
        lines = [line for line in lines if not line.startswith("[")]
        whole.setdefault(name, lines)
        total = sums.setdefault(name, Sum())
        for line in new_lines(lines, whole[base]) if base else lines:
            total.add(line)
    return {name: str(total) for name, total in sums.items()}


def is_same(golden, line):
    """But for what other processors round otherwise."""
    if golden == line:
        return True
    old, new = golden.split(), line.split()
    if len(old) != len(new) or old[0] != new[0]:
        return False
    for a, b in zip(old, new):
        if a != b:
            if "." not in a or "." not in b:
                return False
            a, b = float(a.rstrip(",")), float(b.rstrip(","))
            if abs(a - b) > 0.3 + 2e-8 * abs(a):
                return False
    return True


def main(program, what):
    path = GOLDEN / f"{what}.txt"
    drawn = draw(program, what)
    if os.environ.get("HEED_UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text("".join(f"{name}\t{line}\n" for name, line in drawn.items()))
        return 0
    golden = dict(line.split("\t") for line in path.read_text().splitlines())
    wrong = [f"{name}:\n  - {golden.get(name, 'nothing')}\n  + {drawn.get(name, 'nothing')}"
             for name in [*golden, *(set(drawn) - set(golden))]
             if name not in golden or name not in drawn or not is_same(golden[name], drawn[name])]
    if wrong:
        print("\n".join(wrong[:MOST_TOLD]), f"\n{len(wrong)} of {len(golden)} pictures; meant? see "
              "the head of tests/scene/pictures/sums_test.py")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 3 else __doc__)
