#!/usr/bin/env python3
"""Run the commands of docs/pronouns.md again and put in what they print.

    docs/make_pronouns.py [--check] [HEED]

HEED is the program (default: build/heed), with its default model. Each block
of the page that begins with a line "$ heed ..." is run by the shell in the
project's folder; pictures go where the commands say. With --check nothing is
written: it fails if the page would change.
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "pronouns.md"
BLOCK = re.compile(r"(```console\n)((?:[$>] [^\n]*\n)+)(.*?)(```\n)", re.DOTALL)


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    heed = pathlib.Path(arguments[0] if arguments else ROOT / "build" / "heed")
    (ROOT / "docs" / "pronouns").mkdir(exist_ok=True)
    environment = dict(os.environ, HEED=str(heed.resolve()))

    def run(match):
        lines = [line[2:] for line in match[2].splitlines()]
        script = "heed() { \"$HEED\" \"$@\"; }\n" + "\n".join(lines)
        done = subprocess.run(["sh", "-c", script], cwd=ROOT, env=environment,
                              stdout=subprocess.PIPE, text=True, check=True)
        return match[1] + match[2] + done.stdout + match[4]

    old = PAGE.read_text()
    new = BLOCK.sub(run, old)
    if "--check" in sys.argv:
        sys.exit(0 if new == old else f"{PAGE} isn't what the program prints")
    PAGE.write_text(new)


if __name__ == "__main__":
    main()
