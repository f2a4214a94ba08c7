#!/usr/bin/env python3
"""Files that aren't what a command hopes for: a model that changes under it, pipes.
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


class Pipes(Case):
    """On the command line a pipe is read as long as it has a writer."""

    def setUp(self):
        super().setUp()
        self.pipe = self.folder / "pipe"
        os.mkfifo(self.pipe)

    def tokens(self, name, **options):
        return self.start("tokens", "--model", str(TINY), "--file", str(name), **options)

    def test_a_pipe_without_a_writer_ends_at_once_in_a_line(self):
        sentences = ("probe", "--model", str(TINY), str(self.pipe))
        session = ("export", "--model", str(TINY), "--session", str(self.pipe), "-o", "x.svg")
        for process in (self.tokens(self.pipe), self.start(*sentences), self.start(*session)):
            self.one_line(process, str(self.pipe), "nobody writes to")

    def test_a_writer_is_waited_for_and_read_to_its_end(self):
        fd = os.open(self.pipe, os.O_RDWR)  # the pipe has a writer, who is slow
        process = self.tokens(self.pipe)
        time.sleep(0.5)
        self.assertIsNone(process.poll())
        os.write(fd, b"one\n")
        time.sleep(0.2)
        self.assertIsNone(process.poll())
        os.write(fd, b"two")
        os.close(fd)
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, err), (0, b""))
        self.assertEqual(out.count(b"\n"), 2)

    def test_a_writer_that_opens_it_first_is_no_race(self):
        for _ in range(5):
            writer = subprocess.Popen(["sh", "-c", f"echo one > '{self.pipe}'"])
            process = self.tokens(self.pipe)
            out, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, err), (0, b""))
            writer.wait()

    def test_what_has_no_name_is_read(self):
        for name, script in (("<(echo one)", "sleep 0.2; echo one"), ("/dev/stdin", "echo one")):
            inner = f"'{HEED}' tokens --model '{TINY}' --file"
            line = f"{inner} <({script})" if name[0] == "<" else f"{script} | {inner} /dev/stdin"
            done = subprocess.run(["bash", "-c", line], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, b""), name)
            self.assertEqual(done.stdout.count(b"[SEP]"), 1)

    def test_a_models_files_are_regular(self):
        for name in ("model.safetensors", "config.json", "tokenizer.json", "vocab.txt"):
            model = self.folder / name.split(".")[0]
            shutil.copytree(TINY, model)
            if name == "vocab.txt":
                (model / "tokenizer.json").unlink()  # else it is read first
            (model / name).unlink()
            os.mkfifo(model / name)
            self.one_line(self.start("attention", "--model", str(model), "-o", "x.safetensors",
                                     SENTENCE), name, "regular file")


if __name__ == "__main__":
    unittest.main()
