#!/usr/bin/env python3
"""That mutate.py changes what it says, and with HEED_TEST_FULL=1 (./check --full)
that the tests notice: a sample of mutations, of which LEAST percent must be caught."""

import os
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import mutate  # noqa: E402
import operators  # noqa: E402

COUNT, SEED, LEAST = 30, 1, 80  # 86 were measured; each change of the sources gives others
FULL = os.environ.get("HEED_TEST_FULL") == "1"


def news(line, before=";"):
    text = f"{before}\n{line}"
    return [one.new.strip() for one in operators.find("a.c", text) if one.number == 2]


class Operators(unittest.TestCase):
    def test_operators_with_two_operands(self):
        self.assertEqual(news("    if (a <= b &&"), ["if (a < b &&", "if (a > b &&", "if (a <= b ||"])
        self.assertIn("x = a + b;", news("    x = a - b;"))
        self.assertEqual(news("    char *p, **q;"), [])

    def test_what_stands_before_an_operand_is_dropped(self):
        self.assertIn("x = y;", news("    x = -y;"))
        self.assertIn("if (ready) {", news("    if (!ready) {"))

    def test_constants(self):
        self.assertEqual(news("    a[2]"), ["a[3]", "a[1]"])
        self.assertEqual(news("    0.5F"), ["0.625F"])
        self.assertEqual(news("    x2 + \"3\" /* 4 */"), ["x2 - \"3\" /* 4 */"])

    def test_arguments_and_branches_are_swapped(self):
        self.assertIn("draw(b, a);", news("    draw(a, b);"))
        self.assertIn("draw(y, f(x, 1));", news("    draw(f(x, 1), y);"))
        self.assertIn("return is_on ? b : a;", news("    return is_on ? a : b;"))
        self.assertIn("if (!(ready)) {", news("    if (ready) {"))

    def test_statements_are_dropped_where_they_are_whole(self):
        self.assertIn(";", news("    draw(a);"))
        self.assertNotIn(";", news("         a);", before="    draw(b,"))
        self.assertNotIn(";", news("    int a = 1;"))
        self.assertIn("return 0;", news("    return a;"))

    def test_what_is_asserted_stays(self):
        self.assertEqual(news("    assert(a < 1);"), [])


class Mutations(unittest.TestCase):
    def test_a_seed_gives_the_same_ones(self):
        lines = mutate.find_mutations(mutate.ROOT)
        self.assertGreater(len(lines), 5000)
        first = [one for one, _ in zip(mutate.choose(lines, 3), range(50))]
        self.assertEqual(first, [one for one, _ in zip(mutate.choose(lines, 3), range(50))])
        self.assertNotEqual(first, [one for one, _ in zip(mutate.choose(lines, 4), range(50))])

    def test_all_are_given_once(self):
        lines = mutate.find_mutations(mutate.ROOT, "src/scene/widgets/label.c")
        all_of_them = list(mutate.choose(lines, 1))
        self.assertEqual(len(set(all_of_them)), sum(len(those) for those in lines.values()))
        self.assertEqual(len(set(all_of_them)), len(all_of_them))

    def test_the_equivalent_ones_are_still_there(self):
        found = {one.key() for those in mutate.find_mutations(mutate.ROOT).values()
                 for one in those}
        self.assertEqual([key for key in mutate.read_equivalents() if key not in found], [])


    def test_tests_of_one_program_are_told_apart(self):
        """Else one has the other's time, and is ended when it takes more: a false catch."""
        rows = [{"name": "scene a", "cmd": ["/bin/true", what], "env": {}, "depends": []}
                for what in ("short", "long", "long")]
        short, long, same = (mutate.Test(row, {}).digest() for row in rows)
        self.assertNotEqual(short, long)
        self.assertEqual(long, same)


@unittest.skipUnless(FULL, "long: ./check --full")
class Tests(unittest.TestCase):
    def test_they_catch_a_sample(self):
        done = subprocess.run([sys.executable, str(HERE / "mutate.py"), "--count", str(COUNT),
                               "--seed", str(SEED), "--least", str(LEAST)], check=False)
        self.assertEqual(done.returncode, 0, "too many survived: see above")


if __name__ == "__main__":
    unittest.main()
