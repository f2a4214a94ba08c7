#!/usr/bin/env python3
"""Run the commands of docs/pronouns.md again and put in what they print.

    docs/make_pronouns.py [HEED]

HEED is the program (default: build/heed), with its default model. Each block
of the page that begins with a line "$ heed ..." is run by the shell in the
project's folder; pictures go where the commands say.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "pronouns.md"
BLOCK = re.compile(r"(```console\n)((?:[$>] [^\n]*\n)+)(.*?)(```\n)", re.DOTALL)


def made(heed, folder, *more):
    """The page as the commands write it, run in the folder, each with more arguments."""
    environment = dict(os.environ, HEED=str(pathlib.Path(heed).resolve()))
    (folder / "docs" / "pronouns").mkdir(parents=True, exist_ok=True)

    def run(match):
        lines = [line[2:] for line in match[2].splitlines()]
        own = " ".join(map(shlex.quote, more))
        script = f"heed() {{ \"$HEED\" \"$@\" {own}; }}\n" + "\n".join(lines)
        done = subprocess.run(["sh", "-c", script], cwd=folder, env=environment,
                              stdout=subprocess.PIPE, text=True, check=True)
        return match[1] + match[2] + done.stdout + match[4]

    return BLOCK.sub(run, PAGE.read_text())


if __name__ == "__main__":
    PAGE.write_text(made(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "heed", ROOT))
