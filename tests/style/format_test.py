#!/usr/bin/env python3
"""Every .c and .h is as clang-format 14 lays it out by .clang-format.

usage: format_test.py

Another version lays some lines out differently: without 14 this ends with 77.
"""

import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FORMAT = ""


def find_clang_format():
    for name in ("clang-format-14", "clang-format"):
        path = shutil.which(name)
        if path:
            version = subprocess.run([path, "--version"], stdout=subprocess.PIPE,
                                     text=True).stdout
            if re.search(r"\bversion 14\.", version):
                return path
    return None


def complaints(files):
    return subprocess.run([FORMAT, "--dry-run", "-Werror", "--ferror-limit=1", *files],
                          stderr=subprocess.PIPE, text=True).stderr


class Format(unittest.TestCase):
    def test_every_file_is_laid_out_by_clang_format(self):
        files = sorted(str(path) for folder in ("src", "tests")
                       for path in (ROOT / folder).rglob("*.[ch]"))
        self.assertGreater(len(files), 0)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            parts = [files[i:i + 20] for i in range(0, len(files), 20)]
            self.assertEqual("".join(pool.map(complaints, parts)), "")


if __name__ == "__main__":
    FORMAT = find_clang_format()
    if not FORMAT:
        print("no clang-format of version 14")
        sys.exit(77)
    unittest.main()
