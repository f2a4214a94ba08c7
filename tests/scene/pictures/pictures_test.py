#!/usr/bin/env python3
"""What every view and panel draws is what tests/golden/pictures says: texts, places, colours,
targets, a line an item.

usage: pictures_test.py DUMP

DUMP writes shots (dump.c). A file of goldens holds the shots whose names begin with its name.
Of a shot with a base only what differs from the base is kept:
the new lines, and the number of those that are gone. Numbers may differ by one in
their last decimal and colours by one in a channel, as they do on other processors. After a
change that is meant:

    HEED_UPDATE_GOLDEN=1 meson test -C build 'scene pictures' 'scene pictures_of_model'
"""

import difflib
import os
import pathlib
import re
import subprocess
import sys

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "golden/pictures"
HEAD = "=== "
MOST_TOLD = 40  # lines of one shot
NUMBER = re.compile(r'"(?:\\.|[^"\\])*"|#[0-9a-f]{6}|-?\d+(?:\.\d+)?')


def draw(dump):
    """{name: (base or None, lines)}, in order."""
    environment = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="STANDARD")
    done = subprocess.run([dump], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f"{dump}: ends with {done.returncode}\n{done.stdout[-300:]}{done.stderr[-3000:]}")
    shots = {}
    for part in re.split(rf"^{HEAD}", done.stdout, flags=re.M)[1:]:
        head, *lines = part.rstrip("\n").split("\n")
        name, _, base = head.partition(" < ")
        shots[name] = (base or None, [line for line in lines if not line.startswith("[")])
    return shots


def keep(shots, name):
    """A shot's lines as they are kept."""
    base, lines = shots[name]
    if not base:
        return lines
    kept, gone = [], 0
    for line in [*difflib.unified_diff(shots[base][1], lines, n=0, lineterm=""), "@@"][2:]:
        if line[0] == "-":
            gone += 1
            continue
        kept += [f"-{gone}"] if gone else []
        kept += [line] if line[0] == "+" else []
        gone = 0
    return kept


def write(shots):
    """{file: text}"""
    files = {}
    for name, (base, _) in shots.items():
        head = f"{HEAD}{name}" + (f" < {base}" if base else "")
        files.setdefault(name.split()[0] + ".txt", []).extend([head, *keep(shots, name)])
    return {file: "\n".join(lines) + "\n" for file, lines in files.items()}


def is_near(a, b):
    if a[0] == "#" and b[0] == "#":
        return all(abs(int(a[i:i + 2], 16) - int(b[i:i + 2], 16)) <= 1 for i in (1, 3, 5))
    if '"' in a + b or "#" in a + b:
        return False
    return abs(float(a) - float(b)) <= 0.0101 if "." in a + b else False


def is_same(one, two):
    """Are two lines the same but for what other processors round otherwise?"""
    if one == two:
        return True
    if NUMBER.sub("", one) != NUMBER.sub("", two):
        return False
    a, b = NUMBER.findall(one), NUMBER.findall(two)
    return len(a) == len(b) and all(x == y or is_near(x, y) for x, y in zip(a, b))


def compare(file, golden, text):
    """What is wrong, by shots."""
    old, new = ({part.split("\n")[0]: part.rstrip("\n").split("\n")[1:]
                 for part in re.split(rf"^{HEAD}", whole, flags=re.M)[1:]}
                for whole in (golden, text))
    wrong = [f"{file}: {name}: only in the golden" for name in old if name not in new]
    for name, lines in new.items():
        before = old.get(name)
        if before is None:
            wrong.append(f"{file}: {name}: not in the golden")
        elif len(before) != len(lines) or not all(map(is_same, before, lines)):
            diff = list(difflib.unified_diff(before, lines, "golden", "now", n=0, lineterm=""))
            wrong.append(f"{file}: {name}:\n  " + "\n  ".join(diff[2:MOST_TOLD]))
    return wrong


def main(dump):
    files = write(draw(dump))
    if os.environ.get("HEED_UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        for file, text in files.items():
            (GOLDEN / file).write_text(text)
        return 0
    wrong = []
    for file, text in files.items():
        path = GOLDEN / file
        wrong += compare(file, path.read_text() if path.exists() else "", text)
    if wrong:
        print("\n".join(wrong), "\nmeant? HEED_UPDATE_GOLDEN=1 meson test -C build 'scene pictures' "
              "'scene pictures_of_model'")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
