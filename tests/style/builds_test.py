#!/usr/bin/env python3
"""The other builds: by clang, with fewer kernels, without the window or the tests.

Each is configured and built from nothing, with warnings as errors, and the tests
that its compiler or kernels could fail run. Minutes a build, so only with
HEED_TEST_FULL=1 (./check --full).
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What differs from one compiler or set of kernels to another.
TESTS = ["core/tensor kernels", "core/tensor linear", "core/text tokenizer", "core/bert tiny",
         "core/bert family", "core/bert minilm", "core/bert variants", "core/analysis measures",
         "core/engine engine", "core/engine threads", "cli tables", "cli hardened",
         "scene pictures"]


class Builds(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="heed-builds-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def run_tool(self, *command, compiler=None):
        environment = dict(os.environ, **({"CC": compiler} if compiler else {}))
        done = subprocess.run(command, cwd=ROOT, env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0,
                         f"{' '.join(command)}:\n" + "\n".join(done.stdout.splitlines()[-60:]))

    def build(self, *options, compiler=None, tests=TESTS):
        self.run_tool("meson", "setup", self.folder, "-Dwerror=true", *options, compiler=compiler)
        self.run_tool("ninja", "-C", self.folder)
        if tests:
            self.run_tool("meson", "test", "-C", self.folder, "--no-rebuild", "--print-errorlogs",
                          "--timeout-multiplier", "20", *tests)

    @unittest.skipUnless(shutil.which("clang"), "there is no clang")
    def test_clang(self):
        self.build(compiler="clang")

    def test_kernels_for_any_processor(self):
        self.build("-Dgemm=portable")

    def test_the_plain_c_reference_alone(self):
        self.build("-Dgemm=reference")

    def test_without_window_and_tests(self):
        self.build("-Dwindow=false", "-Dtests=false", tests=[])


if __name__ == "__main__":
    if os.environ.get("HEED_TEST_FULL") != "1":
        print("skipped: four builds from nothing, in ./check --full")
        sys.exit(77)
    unittest.main(verbosity=2)
