#!/usr/bin/env python3
"""Attention files in the window: opened, refused, their parts, and the way back.
window_rig.py says what it needs."""

import os
import pathlib
import subprocess

from window_rig import BINARY, FIRST_TEXT, MODEL, Typed, WindowTest, main, wait_for

DATA = pathlib.Path(os.environ.get("HEED_SOURCE", ".")) / "tests/data/attention"


class Opening(WindowTest):
    def make(self, text=FIRST_TEXT):
        path = self.home / "own.safetensors"
        subprocess.run([BINARY, "attention", "--model", MODEL, text, "-o", str(path)], check=True)
        return path

    def picture(self, window):
        """The canvas alone, at 1600 x 1000."""
        width, height, pixels = window.screenshot()
        self.assertEqual((width, height), (1600, 1000))
        return [pixels[(y * width + 306) * 3:(y * width + 1262) * 3]
                for y in range(118, 966)]

    def show(self, window, view):
        window.key("Escape", view)
        window.do("mousemove", "10000", "10000")
        window.wait_drawn()
        return self.picture(window)

    def test_its_own_file_is_drawn_as_the_live_run_to_the_bit(self):
        path = self.make()
        live = self.open()
        live.resize(1600, 1000)
        wanted = [self.show(live, view) for view in ("alt+1", "alt+2", "alt+3", "alt+4")]
        self.assertEqual(live.end(), 0)
        window = self.open(str(path))
        window.resize(1600, 1000)
        for view, picture in zip(("alt+1", "alt+2", "alt+3", "alt+4"), wanted):
            self.assertEqual(self.show(window, view), picture, view)

    def test_it_is_kept_over_a_restart_and_closed_by_a_key(self):
        window = self.open(str(DATA / "gpt2.safetensors"))
        self.assertEqual(window.end(), 0)
        state = window.saved()
        self.assertEqual(state["file"], str(DATA / "gpt2.safetensors"))
        self.assertEqual(state["text"], FIRST_TEXT)
        window = self.open()
        window.key("ctrl+w")
        window.type("z")
        window.wait_saved("the text again", lambda state: state.get("file", 0) is None)
        self.assertEqual(window.end(), 0)
        self.assertEqual(window.saved()["text"], FIRST_TEXT + "z")

    def test_a_file_that_is_gone_gives_the_text_back(self):
        path = self.make()
        window = self.open(str(path))
        self.assertEqual(window.end(), 0)
        path.unlink()
        window = self.open()
        self.assertEqual(window.end(), 0)
        self.assertIsNone(window.saved()["file"])
        self.assertEqual(window.saved()["text"], FIRST_TEXT)

    def test_it_is_opened_by_its_name(self):
        path = self.make()
        window = self.open()
        window.key("ctrl+o")
        window.give(Typed(str(path)), "Return")
        window.wait_saved("the file", lambda state: state.get("file") == str(path))
        window.key("ctrl+z")
        window.wait_saved("the text", lambda state: state.get("file", 0) is None)

    def test_what_needs_the_model_says_so_and_does_nothing(self):
        window = self.open(str(DATA / "gpt2.safetensors"))
        window.resize(1600, 1000)
        window.wait_drawn()
        window.key("ctrl+m", "shift+A", "ctrl+p", "slash")
        window.key("alt+8", "alt+3")
        window.wait_saved("Matrix", lambda state: state.get("view") == "matrix")
        state = window.saved()
        self.assertEqual((state["muted"], state["panel"], state["pair"]), ([], "none", None))

    def test_a_broken_file_leaves_what_was_there(self):
        bad = self.home / "bad.safetensors"
        bad.write_bytes((DATA / "gpt2.safetensors").read_bytes()[:900])
        status, err = self.run_without_window("--model", MODEL, str(bad))
        self.assertEqual(status, 1)
        self.assertRegex(err, r"^heed: [^\n]*bad\.safetensors[^\n]*\n$")
        window = self.open()
        window.key("Escape")
        window.wait_drawn()
        before = window.pixels()
        window.key("ctrl+o")
        window.give(Typed(str(bad)), "Return")
        window.wait_saved("the text again", lambda state: "file" in state)
        window.wait_drawn()
        self.assertNotEqual(window.pixels(), before) # it still says why
        self.assertEqual(window.end(), 0)
        self.assertIsNone(window.saved()["file"])

    def test_parts_are_changed_by_keys(self):
        window = self.open(str(DATA / "t5.safetensors"), "--part", "decoder")
        self.assertEqual(window.saved().get("part", "decoder"), "decoder")
        window.key("ctrl+Prior")
        window.wait_saved("the encoder", lambda state: state.get("part") == "encoder")

    def test_a_part_that_is_not_there_is_refused(self):
        status, err = self.run_without_window(
            "--model", MODEL, str(DATA / "gpt2.safetensors"), "--part", "cross")
        self.assertEqual(status, 1)
        self.assertRegex(err, r"^heed: [^\n]*no part cross[^\n]*\n$")
        status, err = self.run_without_window("--model", MODEL, "--part", "cross")
        self.assertEqual(status, 2)


if __name__ == "__main__":
    main()
