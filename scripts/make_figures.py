#!/usr/bin/env python3
"""make_figures.py HEED [FOLDER] - makes the pictures of docs/figures.md by the
commands that stand in it, into docs or the folder. TEXT and TWIN are the sentences
that it names at the gallery's head. Needs the model.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys

DOCS = pathlib.Path(__file__).resolve().parents[1] / "docs"


def commands():
    """The arguments of each command whose -o is a picture in figures/."""
    page = (DOCS / "figures.md").read_text()
    names = dict(re.findall(r'^    (TEXT|TWIN)="(.*)"$', page, re.M))
    for block in re.findall(r"^    heed export (?:.*\\\n)*.*$", page, re.M):
        words = shlex.split(block.replace("\\\n", " "))
        words = [names.get(word.removeprefix("$"), word) for word in words]
        if words[words.index("-o") + 1].startswith("figures/"):
            yield words[1:]


def main():
    heed = os.path.abspath(sys.argv[1])
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else DOCS)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    for words in commands():
        subprocess.run([heed, *words], check=True, cwd=folder)


if __name__ == "__main__":
    main()
