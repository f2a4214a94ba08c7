#!/usr/bin/env python3
"""Figures as they are printed and read by other programs. Uses the small model
of tests/data; with HEED_TEST_MODEL also the real one. Standard library only.
"""
import re
import unittest

import commands_test as base

TEXT = "the animal was tired and the animals ran"


class Case(base.Case):
    def svg(self, *arguments, text=TEXT, **options):
        return self.ok("export", text, *arguments, "-o", "-", **options).stdout.decode()


class Print(Case):
    """The paper theme, for a printer without colours."""

    def test_a_links_opacity_is_its_weight_however_many_heads_there_are(self):
        def strongest(*arguments):
            return max(map(float, re.findall(r'stroke-opacity="([\d.]+)"',
                                             self.svg("--threshold", "0", *arguments))))
        for view in ("links", "arcs"):
            one = self.svg("--heads", "L0H1", "--view", view)
            four = self.svg("--heads", "L0H0,L0H1,L0H2,L0H3", "--view", view)
            if view == "links":
                self.assertGreaterEqual(strongest("--layer", "0"), strongest("--heads", "L0H1"))
                light = strongest("--layer", "0", "--theme", "light")
                self.assertLess(light, 0.5 * strongest("--layer", "0"))
            self.assertNotIn("stroke-dasharray", one)
            self.assertEqual(len(set(re.findall(r'stroke-dasharray="[^"]+"', four))), 3, view)

    def test_negative_differences_have_a_sign(self):
        compare = ("--compare", TEXT.replace("tired", "wide"), "--query", "was")
        plain = self.svg(*compare, "--size", "250mm", "--theme", "light").count("<path")
        self.assertGreater(self.svg(*compare, "--size", "250mm").count("<path"), plain + 1)


if __name__ == "__main__":
    unittest.main()
