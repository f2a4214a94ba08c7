#!/usr/bin/env python3
"""How large things may be."""

import collections
import pathlib
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src"
MOST_FILES = 60


class Folders(unittest.TestCase):
    def test_none_holds_too_many_files(self):
        counts = collections.Counter(path.parent.relative_to(SOURCE).as_posix()
                                     for path in SOURCE.rglob("*.[ch]"))
        self.assertGreater(len(counts), 0)
        self.assertEqual({folder: n for folder, n in counts.items() if n > MOST_FILES}, {})


if __name__ == "__main__":
    unittest.main()
