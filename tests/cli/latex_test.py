#!/usr/bin/env python3
"""docs/figures/page.tex, a page of two columns, set by LaTeX with the pictures that it
includes. Ends with 77 without pdflatex or without the model.
"""
import os
import pathlib
import re
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
PAGE = ROOT / "docs/figures/page.tex"


class Latex(unittest.TestCase):
    def test_the_page_is_one_and_nothing_is_too_large_for_it(self):
        wanted = set(re.findall(r"\\includegraphics\{(\w+)\.pdf\}", PAGE.read_text()))
        self.assertGreaterEqual(len(wanted), 3)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for words in make_figures.commands():
                at = words.index("-o") + 1
                stem = pathlib.Path(words[at]).stem
                if stem in wanted:
                    words[at] = str(folder / f"{stem}.pdf")
                    subprocess.run([HEED, *words, "--model", MODEL], check=True)
                    wanted.remove(stem)
            self.assertEqual(wanted, set(), "no command of docs/figures.md draws these")
            shutil.copy(PAGE, folder)
            done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "page.tex"],
                                  cwd=folder, stdout=subprocess.PIPE)
        said = done.stdout.decode(errors="replace")
        self.assertEqual(done.returncode, 0, said)
        for complaint in ("Warning", "warning", "Overfull", "too large"):
            self.assertNotIn(complaint, said)
        self.assertIn("(1 page", said)


if __name__ == "__main__":
    if not MODEL or not shutil.which("pdflatex"):
        sys.exit(77)
    unittest.main()
