#!/usr/bin/env python3
"""The pictures that lie in docs/figures are what their commands in docs/figures.md draw
today: the same texts and shapes, places to within rounding; docs/pronouns.md has what its
commands print and draw. Needs the model and Inter; ends with 77 without them. After a change
that is meant: scripts/make_figures.py, docs/make_pronouns.py.
"""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
sys.path.insert(0, str(ROOT / "docs"))
import make_figures  # noqa: E402
import make_pronouns  # noqa: E402

HEED = os.path.abspath(os.environ["HEED_BINARY"])
MODEL = os.environ.get("HEED_TEST_MODEL")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
PLACES, LEVELS = 0.03, 2  # px of a place, of 255 of a colour: another set of kernels


def has_inter():
    if not shutil.which("fc-match"):
        return False
    found = subprocess.run(["fc-match", "-f", "%{family}", "Inter"], stdout=subprocess.PIPE)
    return found.stdout.decode().split(",")[0] == "Inter"


def draw(words, folder):
    words = list(words)
    at = words.index("-o") + 1
    name = pathlib.Path(words[at]).name
    words[at] = str(folder / name)
    subprocess.run([HEED, *words, "--model", MODEL], check=True, cwd=ROOT / "docs")
    return folder / name


def parts_of(svg):
    """What is drawn without its numbers; the numbers; the colours; the texts."""
    text = svg.read_text()
    ids = {}
    text = re.sub(r'(?<=id=")[cg][0-9a-f]+(?=")|(?<=#)[cg][0-9a-f]{8}(?=\))',
                  lambda found: ids.setdefault(found[0], f"id{chr(97 + len(ids) % 26)}"), text)
    colours = [int(found[i:i + 2], 16) for found in re.findall(r"#([0-9a-f]{6})\b", text)
               for i in (0, 2, 4)]
    text = re.sub(r"#[0-9a-f]{6}\b", "#", text)
    said = re.findall(r">([^<]+)<", text)
    tags = re.sub(r">[^<]+<", "><", text)
    return NUMBER.sub("0", tags), [float(n) for n in NUMBER.findall(tags)], colours, said


def pixels_of(png):
    """(width, height), and the bytes of a PNG of 8 bits a channel, unfiltered."""
    data, at, packed = png.read_bytes(), 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height, bits, colour = struct.unpack(">IIBB", data[at + 8:at + 18])
        packed += data[at + 8:at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    channels = {0: 1, 2: 3, 6: 4}[colour]
    assert bits == 8
    raw, row, above = zlib.decompress(packed), width * channels, bytes(width * channels)
    rows = []
    for y in range(height):
        kind, line = raw[y * (row + 1)], bytearray(raw[y * (row + 1) + 1:(y + 1) * (row + 1)])
        for i in range(row):
            a = line[i - channels] if i >= channels else 0
            b, c = above[i], above[i - channels] if i >= channels else 0
            p = a + b - c
            nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, nearest)[kind]) & 255
        rows.append(bytes(line))
        above = rows[-1]
    return (width, height), b"".join(rows)


class Gallery(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def near(self, made, kept, most, name):
        self.assertEqual(len(made), len(kept), name)
        worst = max((abs(a - b) for a, b in zip(made, kept)), default=0)
        self.assertLessEqual(worst, most, name)

    def alike(self, made, kept, again):
        new, old = parts_of(made), parts_of(kept)
        self.assertEqual(new[3], old[3], again)
        self.assertTrue(new[0] == old[0], again)
        self.near(new[1], old[1], PLACES, again)
        self.near(new[2], old[2], LEVELS, again)

    def test_the_page_of_pronouns_has_what_its_commands_print_and_draw(self):
        (self.folder / "assets").symlink_to(ROOT / "assets")
        again = "docs/pronouns.md isn't what its commands print: docs/make_pronouns.py"
        page = make_pronouns.made(HEED, self.folder, "--model", MODEL)
        self.assertEqual(page.splitlines(), make_pronouns.PAGE.read_text().splitlines(), again)
        kept = sorted((ROOT / "docs/pronouns").glob("*.svg"))
        self.assertGreaterEqual(len(kept), 2)
        for picture in kept:
            self.alike(self.folder / "docs/pronouns" / picture.name, picture, again)

    def test_every_picture_is_what_its_command_draws(self):
        names = []
        for words in make_figures.commands():
            made = draw(words, self.folder)
            kept = ROOT / "docs/figures" / made.name
            names.append(made.name)
            again = f"{made.name} isn't what its command draws: scripts/make_figures.py build/heed"
            if made.suffix == ".png":
                (size, new), (old_size, old) = pixels_of(made), pixels_of(kept)
                self.assertEqual(size, old_size, again)
                far = sum(abs(a - b) > 8 for a, b in zip(new, old))
                self.assertLess(far, len(old) / 1000, again)
                continue
            self.alike(made, kept, again)
        kept = {path.name for path in (ROOT / "docs/figures").iterdir()} - {"page.tex"}
        self.assertEqual(set(names), kept)

    def test_the_page_shows_every_picture(self):
        page = (ROOT / "docs/figures.md").read_text()
        shown = set(re.findall(r"!\[[^]]+\]\(figures/([^)]+)\)", page))
        self.assertEqual(shown, {pathlib.Path(words[words.index("-o") + 1]).name
                                 for words in make_figures.commands()})


if __name__ == "__main__":
    if not MODEL or not has_inter():
        sys.exit(77)
    unittest.main()
