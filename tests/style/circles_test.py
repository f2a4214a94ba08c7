#!/usr/bin/env python3
"""Circles among the files of src/, as scripts/circles.py finds them.

usage: circles_test.py BUILD NM
"""

import pathlib
import shlex
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))
sys.dont_write_bytecode = True
import circles  # noqa: E402

BUILD, NM = pathlib.Path(), ["nm"]


class Finding(unittest.TestCase):
    def test_two_circles_that_touch_are_one(self):
        graph = {"a": {"b": {"x"}}, "b": {"a": {"y"}, "c": {"z"}}, "c": {"b": {"x"}},
                 "d": {"a": {"x"}}}
        self.assertEqual(circles.strong_components(graph), [["a", "b", "c"]])

    def test_a_way_without_return_is_none(self):
        graph = {"a": {"b": {"x"}, "c": {"x"}}, "b": {"c": {"x"}}, "c": {}}
        self.assertEqual(circles.strong_components(graph), [])

    def test_a_name_ties_its_user_to_its_owner(self):
        graph = circles.symbol_graph(BUILD, NM)
        self.assertIn("heed_clock_ms", graph["core/engine/run.c"]["base/clock.c"])


class Headers(unittest.TestCase):
    def test_none_include_each_other(self):
        graph = circles.header_graph()
        self.assertGreater(len(graph), 0)
        self.assertEqual([circles.describe(graph, circle)
                          for circle in circles.strong_components(graph)], [])


class Sources(unittest.TestCase):
    """By the names that they need of each other. Two files of one folder may."""

    def test_no_circle_leaves_a_folder_or_has_more_than_two_files(self):
        graph = circles.symbol_graph(BUILD, NM)
        found = [circle for circle in circles.strong_components(graph)
                 if len(circle) > 2 or len({str(pathlib.PurePosixPath(file).parent)
                                            for file in circle}) > 1]
        self.assertEqual("\n".join(circles.describe(graph, circle) for circle in found), "")


if __name__ == "__main__":
    BUILD, NM = pathlib.Path(sys.argv[1]).resolve(), shlex.split(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
