#!/usr/bin/env python3
"""What a person typed outlives whatever happens, and nothing holds the window up.
window_rig.py says what it needs, and HEED_STALL_LIBRARY a file system that
doesn't answer (stall.c)."""

import collections
import json
import os
import random
import shutil
import signal
import subprocess
import time

from window_rig import (BINARY, MODEL, WindowTest, alike, home_environment, main, wait_for)

STALL = os.environ.get("HEED_STALL_LIBRARY", "")
MOST_TO_END = 2.0
FULL = os.environ.get("HEED_TEST_FULL") == "1"
# A machine that is busy with other tests is slower than what is promised.
SLACK = float(os.environ.get("HEED_TEST_SLACK", 1.0))


class Kept(WindowTest):
    def test_steady_typing_is_saved_while_it_goes_on(self):
        words = " ".join(f"word{n:02}" for n in range(99))
        window = self.open("x")
        window.replace_text("a")
        typing = subprocess.Popen(["xdotool", "type", "--delay", "40", words])
        time.sleep(5)
        self.assertIsNone(typing.poll(), "typing ended too soon to tell")
        window.end(signal.SIGKILL)
        typing.kill()
        typing.wait()
        saved = window.saved()["text"]
        # 75 keys were pressed before the last 2 s.
        self.assertGreater(len(saved), 30)
        self.assertTrue(("a" + words).startswith(saved), saved)

    def test_keys_that_a_busy_window_finds_all_at_once_are_all_taken(self):
        words = " ".join(f"word{n:02}" for n in range(45))  # more than 600 events
        for focus in ("ctrl+l", "Escape"):
            window = self.open("x")
            window.key(focus)
            window.wait_idle()
            window.process.send_signal(signal.SIGSTOP)
            window.replace_text(words)
            window.process.send_signal(signal.SIGCONT)
            window.wait_saved("the words", lambda s: s.get("text") == words)

    def test_killed_at_any_time_the_state_is_whole(self):
        chance = random.Random(2026)
        pauses = [chance.uniform(0, 1.2) for _ in range(100)] if FULL else (0.1, 0.45, 0.55, 0.7)
        found = collections.Counter()
        for pause in pauses:
            window = self.open("before")
            window.wait_saved("the first state", lambda s: s.get("text") == "before")
            window.replace_text("after")
            time.sleep(pause)
            window.end(signal.SIGKILL)
            # Never half a state, or none.
            text = json.loads(window.state_file.read_text())["text"]
            self.assertIn(text, ["before"] + ["after"[:n] for n in range(6)])
            found[text] += 1
        print(len(pauses), "kills left", dict(found), flush=True)

    def test_a_display_that_dies_leaves_the_newest_state(self):
        server = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1200x800x24",
                                   "-nolisten", "tcp", "-noreset"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.addCleanup(server.stdout.close)
        display = ":" + server.stdout.readline().strip()
        environment = home_environment(self.home, DISPLAY=display)
        heed = subprocess.Popen([BINARY, "--model", MODEL, "before"], stdin=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, env=environment, text=True)
        self.addCleanup(heed.stderr.close)
        self.addCleanup(heed.kill)
        state = self.home / "state/heed/last.heed"

        def do(*command):
            return subprocess.run(["xdotool", *command], env=environment, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

        window = wait_for("a window", lambda: do("search", "--onlyvisible", "--pid",
                                                 str(heed.pid)).strip()).split("\n")[-1]
        wait_for("the first state", lambda: state.exists() and "before" in state.read_text())
        do("windowfocus", "--sync", window)
        time.sleep(1)
        do("key", "ctrl+l", "ctrl+a")
        do("type", "--delay", "1", "after")
        time.sleep(0.3)
        server.kill()
        status = heed.wait(timeout=20)
        self.assertEqual(json.loads(state.read_text())["text"], "after")
        self.assertEqual(status, 1)
        self.assertRegex(heed.stderr.read(), r"\Aheed: the display is gone; [^\n]+\n\Z")

    def test_two_windows_overwrite_nothing_of_each_other(self):
        first = self.open("of the first")
        first.wait_saved("its state", lambda s: s.get("text") == "of the first")
        second = self.open("of the second")
        self.assertEqual(second.end(), 0, second.said())
        self.assertEqual(first.end(), 0, first.said())
        folder = self.home / "state/heed"
        texts = {path.name: json.loads(path.read_text())["text"] for path in folder.glob("*.heed")}
        self.assertEqual(texts, {"last.heed": "of the first", "last-2.heed": "of the second"})


class NothingFreezes(WindowTest):
    def answer(self, window, key, text):
        window.key(key, "ctrl+a")
        window.type(str(text))
        window.key("Return")

    def lives(self, window, text):
        """It takes keys, and makes a picture of them."""
        window.replace_text(text)
        window.wait_saved("the text", lambda s: s.get("text") == text)
        window.wait_drawn()

    def ends_in_time(self, window, status=0, how=signal.SIGTERM):
        began = time.monotonic()
        if how is None:
            window.key("ctrl+q")
        self.assertEqual(window.end(how), status, window.said())
        self.assertLess(time.monotonic() - began, MOST_TO_END + SLACK)

    def test_a_pipe_without_a_writer_is_refused(self):
        os.mkfifo(self.home / "pipe.txt")
        os.mkfifo(self.home / "pipe.heed")
        os.mkfifo(self.home / "pipe.tsv")
        window = self.open("x")
        for name in ("pipe.txt", "pipe.heed", "pipe.tsv", "/dev/zero"):
            self.answer(window, "ctrl+o", name)
        self.answer(window, "ctrl+s", "pipe.heed")
        window.key("Escape")
        self.lives(window, "it lives")
        self.ends_in_time(window)

    def test_a_probe_of_a_session_that_is_a_pipe_holds_nothing_up(self):
        pipe = self.home / "pipe.tsv"
        os.mkfifo(pipe)
        (self.home / "s.heed").write_text(json.dumps(
            {"version": 1, "text": "x", "probe": str(pipe), "panel": "probe"}))
        window = self.open("x")
        self.answer(window, "ctrl+o", "s.heed")
        self.lives(window, "it lives")
        self.assertEqual(window.saved()["probe"], str(pipe))
        self.ends_in_time(window)

    def open_stalling(self, part, *arguments):
        return self.open(*arguments, LD_PRELOAD=STALL, HEED_STALL=part)

    def test_a_file_system_that_does_not_answer_holds_no_reading_up(self):
        for name in ("stalled.txt", "stalled.tsv"):
            (self.home / name).write_text("never read")
            window = self.open_stalling("/stalled" if name.endswith("tsv") else "stalled", "x")
            self.answer(window, "ctrl+o", name)
            self.lives(window, "it lives")
            window.key("Escape")
            self.lives(window, "it still lives")
            self.ends_in_time(window, how=None)

    def test_a_folder_that_does_not_answer_holds_no_path_up(self):
        for key in ("ctrl+o", "ctrl+s", "ctrl+e"):
            window = self.open_stalling("stalled/", "x")
            self.answer(window, key, "stalled/of.svg" if key == "ctrl+e" else "stalled/of.heed")
            window.key("Escape", "Escape")
            self.lives(window, "it lives")
            self.ends_in_time(window, how=None)

    def test_a_disk_that_does_not_answer_holds_no_writing_up(self):
        window = self.open_stalling("out/.heed-", "x")
        (self.home / "out").mkdir()
        self.answer(window, "ctrl+s", "out/s.heed")
        self.lives(window, "it lives")
        self.answer(window, "ctrl+s", "elsewhere.heed")  # refused: one at a time
        window.key("Escape", "Escape")
        self.lives(window, "it still lives")
        self.assertFalse((self.home / "elsewhere.heed").exists())
        self.answer(window, "ctrl+s", "elsewhere.heed")
        wait_for("the session", (self.home / "elsewhere.heed").exists)
        self.ends_in_time(window, how=None)

    def test_a_state_that_cannot_be_written_holds_no_end_up(self):
        for how in (signal.SIGTERM, None):
            window = self.open_stalling("/state/heed/.heed-", "x")
            window.replace_text("lost, but said")
            self.ends_in_time(window, 1, how)
            self.assertRegex(window.said(), r"\Aheed: [^\n]+last\.heed[^\n]+\n\Z")

    def test_sigterm_ends_what_hangs_in_a_write(self):
        window = self.open_stalling("out/.heed-", "x")
        (self.home / "out").mkdir()
        self.answer(window, "ctrl+s", "out/s.heed")
        time.sleep(1)
        self.ends_in_time(window, 1)
        self.assertRegex(window.said(), r"\Aheed: [^\n]*out/s\.heed[^\n]+\n\Z")
        self.assertEqual(window.saved()["text"], "x")


class ModelThatChanges(WindowTest):
    def rows(self, window, first, end):
        width, _, pixels = window.screenshot()
        return pixels[3 * width * first:3 * width * end]

    def test_cut_short_the_window_keeps_its_picture_and_says_so(self):
        model = self.home / "model"
        shutil.copytree(MODEL, model)
        window = self.open("--model", str(model), "it was too tired")
        picture, below = self.rows(window, 130, 880), self.rows(window, 900, 950)
        os.truncate(model / "model.safetensors", 1000)
        # xdotool's blank got lost here twice beside another test's windows; whose
        # fault that is isn't known. That no key is lost is asked in Kept.
        for last in (False, False, True):
            window.replace_text("something else")
            try:
                wait_for("the text", lambda: window.saved().get("text") == "something else", 15)
                break
            except AssertionError:
                if last:
                    raise
        wait_for("a message", lambda: self.rows(window, 900, 950) != below)
        window.wait_drawn()
        self.assertTrue(alike(picture, self.rows(window, 130, 880)))
        self.assertEqual(window.end(), 0, window.said())


if __name__ == "__main__":
    main(STALL)
