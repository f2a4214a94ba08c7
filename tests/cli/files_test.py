#!/usr/bin/env python3
"""Files that aren't what a command hopes for: a model that changes under it.
Uses the small model of tests/data. Standard library only.
"""
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

HEED = os.environ["HEED_BINARY"]
DATA = pathlib.Path(os.environ["HEED_TEST_DATA"])
TINY = DATA / "data" / "tiny-bert"
SENTENCE = "The animal didn't cross the street because it was too tired."


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-files-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def start(self, *arguments, **options):
        options.setdefault("stdin", subprocess.DEVNULL)
        process = subprocess.Popen([HEED, *arguments], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, cwd=self.folder, **options)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.kill)
        return process

    def one_line(self, process, *names):
        out, err = process.communicate(timeout=60)
        message = err.decode()
        self.assertEqual(process.returncode, 1, message)
        self.assertRegex(message, r"\Aheed: [^\n]+\n\Z")
        for name in names:
            self.assertIn(name, message)
        return out


class ModelThatChanges(Case):
    def setUp(self):
        super().setUp()
        self.model = self.folder / "model"
        shutil.copytree(TINY, self.model)
        self.file = self.model / "model.safetensors"

    def change_while_open(self, change):
        sentences = self.folder / "s.tsv"
        lines = ["sentence\tpronoun\tcandidates\tanswer"]
        lines += [f"{SENTENCE}\tit\tanimal|street\tanimal"] * 4000
        sentences.write_text("\n".join(lines))
        process = self.start("probe", "--model", str(self.model), str(sentences))
        end = time.monotonic() + 30
        maps = pathlib.Path(f"/proc/{process.pid}/maps")
        while "model.safetensors" not in maps.read_text():
            self.assertIsNone(process.poll())
            self.assertLess(time.monotonic(), end)
        time.sleep(0.2)
        self.assertIsNone(process.poll(), "it had ended before")
        change()
        self.assertEqual(self.one_line(process, "model.safetensors", "was changed"), b"")

    def test_truncated_the_run_fails_with_a_line(self):
        self.change_while_open(lambda: os.truncate(self.file, 100))

    def test_rewritten_in_place_the_run_fails_with_a_line(self):
        def rewrite():
            data = self.file.read_bytes()
            with open(self.file, "r+b") as file:
                file.write(data[:-4096] + bytes(4096))
        self.change_while_open(rewrite)

    def test_cut_at_any_time_it_never_crashes(self):
        """Sooner or later: before it is opened, while it is, after the end."""
        data = self.file.read_bytes()
        for step in range(12):
            self.file.write_bytes(data)
            process = self.start("attention", "--model", str(self.model),
                                 "-o", "out.safetensors", SENTENCE)
            time.sleep(0.002 * step)
            os.truncate(self.file, len(data) // 3)
            _, err = process.communicate(timeout=60)
            self.assertIn(process.returncode, (0, 1), err)
            if process.returncode == 1:
                self.assertRegex(err.decode(), r"\Aheed: [^\n]+\n\Z")


if __name__ == "__main__":
    unittest.main()
