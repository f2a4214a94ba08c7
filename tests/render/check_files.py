#!/usr/bin/env python3
"""Are the pictures in a folder sound? For each NAME.txt (a display list's texts
in painting order, a line each) NAME.svg must be well-formed XML with exactly
these texts, and NAME.pdf must open and hold those of NAME.seen (what isn't
scrolled away) as text that can be copied.

    check_files.py FOLDER
"""

import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

SVG = "{http://www.w3.org/2000/svg}"


def lines(path):
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def words(text):
    """Runs of plain letters and digits: other scripts are laid out in ways
    that a PDF gives back in another order."""
    return re.findall(r"[A-Za-z0-9]{2,}", text)


def svg_complaint(path, texts):
    found = [e.text for e in xml.parse(path).getroot().iter(f"{SVG}text")]
    if found != texts:
        strange = [a for a, b in zip(found, texts) if a != b]
        return f"{len(found)} texts, not {len(texts)}; {strange[:3]}"
    return None


def pdf_complaint(path, texts):
    done = subprocess.run(["pdftotext", str(path), "-"], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0 or done.stderr:
        return done.stderr.strip() or "can't be opened"
    found = done.stdout
    lost = {w for t in texts for w in words(t) if w not in found}
    return f"lost {sorted(lost)[:5]}" if lost else None


def main(folder):
    complaints = []
    lists = sorted(pathlib.Path(folder).glob("*.txt"))
    for path in lists:
        checks = [(svg_complaint, ".svg", ".txt")]
        if shutil.which("pdftotext"):
            checks.append((pdf_complaint, ".pdf", ".seen"))
        for check, ending, texts in checks:
            said = check(path.with_suffix(ending), lines(path.with_suffix(texts)))
            if said:
                complaints.append(f"{path.stem}{ending}: {said}")
    print(*complaints, sep="\n", file=sys.stderr)
    return 1 if complaints or not lists else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
