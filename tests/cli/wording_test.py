#!/usr/bin/env python3
"""What the commands say: one line that names the culprit and the remedy, and
a manual page that lists the options that there are.
"""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from commands_test import COMMANDS, TINY, Case, heed

MAN = pathlib.Path(__file__).resolve().parents[2] / "assets" / "help" / "heed.1"
TEXT = "the dog ran home"


class Culprits(Case):
    def test_bench_takes_no_text(self):
        message = self.fails(2, "bench", "hi")
        self.assertIn("'hi'", message)
        self.assertIn("heed bench [--lengths", message)

    def test_a_picture_too_large_names_the_side_and_the_limit(self):
        with tempfile.TemporaryDirectory() as folder:
            out = f"{folder}/a.svg"
            wide = self.fails(2, "export", TEXT, "-o", out, "--size", "99999999mm")
            self.assertIn("px wide", wide)
            self.assertIn("32767", wide)
            high = self.fails(2, "export", TEXT, "-o", out, "--size", "9x99999mm")
            self.assertIn("px high", high)

    def test_the_text_that_lacks_a_word_is_named(self):
        link = ("--from", "dog", "--to", "home")
        message = self.fails(1, "rank", TEXT, *link, "--compare", "the cat ran home")
        self.assertIn("--compare", message)
        self.assertIn("'dog'", message)
        message = self.fails(1, "rank", "the cat ran home", *link, "--compare", TEXT)
        self.assertNotIn("--compare", message)

    def test_an_occurrence_is_repeated_as_it_was_given(self):
        many = "dog:99999999999999999999"
        self.assertIn(many, self.fails(1, "rank", TEXT, "--from", many, "--to", "home"))

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_a_folder_that_may_not_be_read_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0)
            message = self.fails(1, "tokens", "x", model=folder)
            os.chmod(folder, 0o700)
        self.assertIn("Permission denied", message)

    def test_a_model_path_that_cant_be_looked_up_says_why(self):
        message = self.fails(1, "tokens", "x", model=f"{TINY}/config.json/x")
        self.assertIn("Not a directory", message)

    def test_unknown_values_list_what_there_is(self):
        for option, words in (("--view", "links, arcs, matrix, heads"),
                              ("--theme", "light, dark, paper"),
                              ("--palette", "tide, ink"),
                              ("--style", "window, figure"),
                              ("--format", "svg, pdf, png"),
                              ("--measure", "weight, value-norm, rollout"),
                              ("--segments", "all, aa")):
            message = self.fails(2, "export", TEXT, option, "pie", "-o", "a.svg")
            self.assertIn(words, message)
        self.assertRegex(self.fails(1, "export", TEXT, "--heads", "L9H9", "-o", "a.svg"),
                         r"layers 0 to \d+ and heads 0 to \d+")


class Formats(Case):
    def test_a_format_goes_before_the_ending(self):
        with tempfile.TemporaryDirectory() as folder:
            for form, start in (("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")):
                out = pathlib.Path(folder) / "picture.out"
                self.ok("export", TEXT, "--format", form, "-o", str(out))
                self.assertTrue(out.read_bytes().startswith(start))

    def test_standard_output_takes_every_format(self):
        self.assertTrue(self.ok("export", TEXT, "-o", "-").stdout.startswith(b"<?xml"))
        done = self.ok("export", TEXT, "-o", "-", "--format", "pdf")
        self.assertTrue(done.stdout.startswith(b"%PDF"))

    def test_a_device_or_a_pipe_is_written_directly(self):
        self.ok("export", TEXT, "-o", "/dev/null")
        self.ok("export", TEXT, "-o", "/dev/null", "--format", "png")
        done = self.ok("export", TEXT, "-o", "/dev/stdout")
        self.assertTrue(done.stdout.startswith(b"<?xml"))


    def test_a_folder_is_no_target(self):
        self.assertIn("is a folder", self.fails(2, "export", TEXT, "-o", str(MAN.parent)))


class Compared(Case):
    def test_a_word_of_the_second_text_alone_can_be_pinned(self):
        done = self.ok("export", TEXT, "--compare", "the old dog ran home",
                       "--query", "old", "-o", "-")
        self.assertIn("A has no \u201cold\u201d", done.stdout.decode())
        message = self.fails(1, "export", TEXT, "--compare", "the old dog",
                             "--query", "cat", "-o", "-")
        self.assertIn("nor has --compare's", message)


def options_of(page, title):
    """The left column of a list of a help page."""
    block = page.split(f"\n{title}:\n", 1)
    if len(block) == 1:
        return []
    lines = block[1].split("\n\n", 1)[0].split("\n")
    return [re.split(r"  +", line.strip())[0] for line in lines if line.strip()]


class ManPage(Case):
    def section(self, title):
        """The .B lines of one section, as they are read."""
        text = MAN.read_text()
        start = re.search(rf"^\.S[HS] {re.escape(title)}", text, re.M)
        self.assertIsNotNone(start, title)
        rest = text[start.end():]
        end = re.search(r"^\.S[HS] ", rest, re.M)
        lines = re.findall(r"^\.TP\n\.B (.*)$", rest[:end.start() if end else None], re.M)
        return [line.replace("\\-", "-").replace("\\(aq", "'") for line in lines]

    def test_it_lists_the_options_of_every_command(self):
        common = set()
        for command in COMMANDS:
            page = heed(command, "--help", model=None).stdout.decode()
            self.assertEqual(self.section(f"heed {command}"), options_of(page, "Options"))
            common.update(options_of(page, "Common options"))
        self.assertEqual(set(self.section("COMMON OPTIONS")), common)

    @unittest.skipUnless(shutil.which("groff"), "needs groff")
    def test_it_is_set_without_a_warning(self):
        done = subprocess.run(["groff", "-man", "-ww", "-z", "-Tutf8", str(MAN)],
                              stderr=subprocess.PIPE, check=True)
        self.assertEqual(done.stderr.decode(), "")


if __name__ == "__main__":
    unittest.main()
