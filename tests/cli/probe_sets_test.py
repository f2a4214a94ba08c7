#!/usr/bin/env python3
"""heed probe on 100 rows of public data sets against numpy. The sets aren't part of
this project: HEED_TEST_SETS names a folder that has them (docs/probe-files.md says
where they come from); without it nothing is tested."""
import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(os.environ["HEED_TEST_DATA"]).resolve() / "golden"))
import probe_sets  # noqa: E402

SETS = os.environ.get("HEED_TEST_SETS")
MODEL = os.environ.get("HEED_TEST_MODEL")


class ProbeSets(unittest.TestCase):
    def test_heads_are_those_that_numpy_finds(self):
        for name, golden in json.loads(probe_sets.GOLDEN.read_text()).items():
            with self.subTest(name):
                text = probe_sets.take(pathlib.Path(SETS, name))
                self.assertEqual(probe_sets.digest(text), golden["sha256"],
                                 "another edition of this set")
                self.assertTrue(probe_sets.compare(name, text, golden,
                                                   os.environ["HEED_BINARY"]))


if __name__ == "__main__":
    if not SETS or not MODEL:
        print("HEED_TEST_SETS or HEED_TEST_MODEL isn't set")
        sys.exit(77)
    os.environ["HEED_MODEL"] = MODEL
    unittest.main()
