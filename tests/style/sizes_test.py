#!/usr/bin/env python3
"""How large things may be."""

import collections
import pathlib
import re
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src"
MOST_FILES = 60
MOST_LINES = 60
NAME = re.compile(r"(\w+)\(")
# What stands before a signature.
BEFORE = re.compile(r"^$|^[#}/]|[;{}]$|\*/$")


def functions(text):
    """(name, lines from the signature to the brace), in clang-format's layout,
    where only functions have braces by themselves in the first column."""
    lines, begin = text.split("\n"), None
    for i, line in enumerate(lines):
        if line == "{":
            begin = i
            while begin > 0 and not BEFORE.search(lines[begin - 1]):
                begin -= 1
        elif line == "}" and begin is not None:
            name = NAME.search("\n".join(lines[begin:i]))
            yield (name[1] if name else lines[begin]), i - begin + 1
            begin = None


class Folders(unittest.TestCase):
    def test_none_holds_too_many_files(self):
        counts = collections.Counter(path.parent.relative_to(SOURCE).as_posix()
                                     for path in SOURCE.rglob("*.[ch]"))
        self.assertGreater(len(counts), 0)
        self.assertEqual({folder: n for folder, n in counts.items() if n > MOST_FILES}, {})


class Functions(unittest.TestCase):
    def test_none_is_too_long(self):
        found = [(path.relative_to(SOURCE).as_posix(), *function)
                 for path in sorted(SOURCE.rglob("*.[ch]"))
                 for function in functions(path.read_text())]
        self.assertGreater(len(found), 0)
        self.assertEqual([function for function in found if function[2] > MOST_LINES], [])

    def test_a_signature_of_two_lines_counts(self):
        text = "int a;\n\n/* b. */\nstatic int b(int c,\n             int d)\n{\n    return c;\n}\n"
        self.assertEqual(list(functions(text)), [("b", 5)])


if __name__ == "__main__":
    unittest.main()
