#!/usr/bin/env python3
"""Every header of src/ compiles by itself, and twice.

usage: headers_test.py BUILD
"""

import concurrent.futures
import json
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src"
BUILD = pathlib.Path()
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)

# Not headers but bodies: each stands once in a .c, after what it is made with.
BODIES = {
    "core/tensor/simd.h",            # after vec, VEC and MM of a simd_*.h
    "core/tensor/simd_four.h",       # after vec
    "core/tensor/simd_neon.h",       # for another processor (core/tensor neon)
    "core/tensor/kernels_simd.h",    # after a simd_*.h, which has its vectors
    "core/analysis/row_sums_simd.h",
    "core/text/unicode_ranges.h",    # tables, made by scripts
    "core/text/unicode_categories.h",
}


def headers():
    return {path.relative_to(SOURCE).as_posix(): path for path in sorted(SOURCE.rglob("*.h"))}


def commands():
    """{.c as seen from src/: (folder to compile in, options)}"""
    found = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if SOURCE in path.parents:
            command = shlex.split(entry["command"])
            found[path.relative_to(SOURCE).as_posix()] = (
                entry["directory"], command[:command.index("-MD")])
    return found


def reached(path, seen):
    """What a file of src/ includes, and what that includes."""
    for header in INCLUDE.findall(path.read_text()):
        if header not in seen and (SOURCE / header).exists():
            seen.add(header)
            reached(SOURCE / header, seen)
    return seen


def choose(header, includes):
    """A .c of the header's folder, or else of one around it: one that includes
    the header if there is one, which has the instructions that it needs."""
    for folder in pathlib.PurePosixPath(header).parents:
        near = [file for file in includes if pathlib.PurePosixPath(file).parent == folder]
        using = [file for file in near if header in includes[file]]
        if near:
            return (using + near)[0]
    return None


def compile_twice(header, directory, options):
    text = f'#include "{header}"\n' * 2 + "extern int heed_alone;\n"
    done = subprocess.run([*options, "-fsyntax-only", "-x", "c", "-"], cwd=directory,
                          input=text, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return "" if done.returncode == 0 else f"{header}:\n{done.stdout}"


class Headers(unittest.TestCase):
    def test_each_compiles_by_itself(self):
        known = commands()
        includes = {file: reached(SOURCE / file, set())
                    for file in sorted(known) if (SOURCE / file).exists()}
        names = [name for name in headers() if name not in BODIES]
        self.assertGreater(len(names), 0)
        chosen = {name: choose(name, includes) for name in names}
        self.assertEqual([name for name in names if not chosen[name]], [])
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            said = pool.map(lambda name: compile_twice(name, *known[chosen[name]]), names)
        self.assertEqual("".join(said), "")

    def test_the_bodies_are_there(self):
        self.assertEqual(BODIES - set(headers()), set())


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv[1]).resolve()
    unittest.main(argv=sys.argv[:1])
