#!/usr/bin/env python3
"""Every name that a library of src/ gives to the linker begins with heed_.

usage: names_test.py BUILD NM
"""

import pathlib
import re
import shlex
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))
sys.dont_write_bytecode = True
import circles  # noqa: E402

BUILD, NM = pathlib.Path(), ["nm"]
OURS = re.compile(r"heed_")


class Names(unittest.TestCase):
    def test_every_global_name_begins_with_heed(self):
        libraries = [str(library) for library, _ in circles.archives(BUILD)]
        self.assertGreater(len(libraries), 0)
        text = subprocess.run([*NM, "-A", "-P", "-g", "--defined-only", *libraries], check=True,
                              text=True, stdout=subprocess.PIPE).stdout
        pairs = [line.split(": ", 1) for line in text.splitlines() if ": " in line]
        self.assertGreater(len(pairs), 0)
        self.assertEqual([f"{place}: {rest.split()[0]}" for place, rest in pairs
                          if not OURS.match(rest)], [])


if __name__ == "__main__":
    BUILD, NM = pathlib.Path(sys.argv[1]).resolve(), shlex.split(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
