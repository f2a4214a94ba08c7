#!/usr/bin/env python3
"""The figures of docs/figures.md as a paper has them: made by their commands, the same
bytes again with any number of threads, fonts embedded.
Needs the model; ends with 77 without it. HEED_TEST_QUICK: of every fourth figure.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import make_figures  # noqa: E402

HEED = os.path.abspath(os.environ["HEED_BINARY"])
MODEL = os.environ.get("HEED_TEST_MODEL")
# A sample, where the other build makes them all.
STEP = 4 if os.environ.get("HEED_TEST_QUICK") else 1


def export(words, folder, ending, *more):
    """The picture's file, with another ending."""
    words = list(words)
    at = words.index("-o") + 1
    if ending != ".png" and "--dpi" in words: # of pixels alone
        dpi = words.index("--dpi")
        at -= 2 if dpi < at else 0
        del words[dpi:dpi + 2]
    words[at] = str(folder / pathlib.Path(words[at]).with_suffix(ending).name)
    subprocess.run([HEED, *words, "--model", MODEL, *more], check=True,
                   cwd=ROOT / "docs") # which the page's paths begin at
    return pathlib.Path(words[at])


class Paper(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def test_every_command_works_and_gives_the_same_bytes_again(self):
        found = list(make_figures.commands())
        self.assertGreaterEqual(len(found), 5)
        for words in found[::STEP]:
            for ending in (".svg", ".pdf"):
                first = export(words, self.folder, ending, "--threads", "1").read_bytes()
                again = export(words, self.folder, ending, "--threads", "3").read_bytes()
                self.assertEqual(first, again, words)

    @unittest.skipUnless(shutil.which("pdffonts"), "needs poppler-utils")
    def test_fonts_are_embedded_and_none_is_of_type_3(self):
        for words in list(make_figures.commands())[::STEP]:
            path = export(words, self.folder, ".pdf")
            lines = subprocess.run(["pdffonts", path], check=True,
                                   stdout=subprocess.PIPE).stdout.decode().splitlines()[2:]
            self.assertGreater(len(lines), 0)
            for line in lines:
                self.assertNotIn("Type 3", line)
                self.assertRegex(line, r"\byes +yes +(yes|no)\b")


if __name__ == "__main__":
    if not MODEL:
        sys.exit(77)
    unittest.main()
