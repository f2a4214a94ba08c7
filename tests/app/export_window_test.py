#!/usr/bin/env python3
"""The export panel in a real window: the file that it writes, the command line that it
copies, which must give the same bytes, and what it asks first.

window_rig.py says what it needs.
"""

import json
import os
import pathlib
import subprocess
import unittest

import window_rig as base
from window_rig import FIRST_TEXT, Typed, wait_for

STATE = {"version": 1, "text": FIRST_TEXT, "view": "links",
         "shown": {"L3H1": 0, "L5H11": 1}, "matrix_head": "L3H1",
         "query": {"first": 10, "count": 1}, "key": {"first": 2, "count": 1},
         "filter": {"threshold": 0.01, "top_p": 1, "top_k": 0}}
# What options can say, and what needs a session's file beside the picture.
SAID = {
    "links": {},
    "heads in another order": {"shown": {"L3H1": 2, "L5H11": 0, "L0H2": 1}},
    "arcs": {"view": "arcs", "palette": "viridis"},
    "filters": {"filter": {"hide_special": True, "words": True, "threshold": 0.035,
                           "top_p": 0.85, "top_k": 3, "measure": "value-norm"}},
    "a quote in the text": {"text": "It's \"the\" dog's $HOME; `ls` \\n",
                            "query": {"first": 1, "count": 1}, "key": None},
    "a text like an option": {"text": "--help me", "query": None, "key": None},
    "a pair": {"pair": "It was old.", "key": None},
    "mask and mute": {"mask": "window:3", "muted": ["L3H1"], "positions": "off"},
    "compare": {"view": "compare", "key": None,
                "compare": FIRST_TEXT.replace("tired", "wide")},
}
KEPT = {
    "candidates": {"candidates": [{"first": 2, "count": 1}, {"first": 8, "count": 1}]},
    "cut": {"cuts": [{"query": STATE["query"], "key": STATE["key"], "head": "every"}]},
    "colours with a gap": {"shown": {"L3H1": 3, "L5H11": 0}},
    "heads": {"view": "heads", "heads_mode": "links", "key": None},
}


class Export(base.WindowTest):
    def begin(self, changes):
        path = self.home / "it.heed"
        path.write_text(json.dumps({**STATE, **changes}))
        window = self.open(str(path))
        window.key("Escape")
        return window

    def clipboard(self, kind="UTF8_STRING"):
        done = subprocess.run(["timeout", "5", "xclip", "-selection", "clipboard", "-t", kind,
                               "-o"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.stdout

    def export(self, window, name):
        window.give("ctrl+e", "ctrl+a", Typed(name), "Return")
        wait_for(name, (self.home / name).exists)
        return (self.home / name).read_bytes()

    def copy_line(self, window):
        """By the palette, while the panel is open."""
        window.give("ctrl+k", Typed("export command"), "Return")
        return wait_for("a command", lambda: self.clipboard().startswith(b"heed export") and
                        self.clipboard().decode())

    def run_line(self, line):
        """As a shell runs it, in a folder of its own."""
        folder = self.home / "bin"
        folder.mkdir(exist_ok=True)
        (folder / "heed").unlink(missing_ok=True)
        (folder / "heed").symlink_to(pathlib.Path(base.BINARY).resolve())
        environment = base.home_environment(self.home)
        environment["PATH"] = f"{folder}:{environment['PATH']}"
        return subprocess.run(["sh", "-c", line], cwd=self.home, env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def check_line(self, changes, needs_session):
        window = self.begin(changes)
        wanted = self.export(window, "picture.svg")
        line = self.copy_line(window)
        self.assertEqual("--session" in line, needs_session, line)
        (self.home / "picture.svg").unlink()
        done = self.run_line(line)
        self.assertEqual(done.returncode, 0, f"{line}\n{done.stderr}")
        self.assertEqual((self.home / "picture.svg").read_bytes(), wanted, line)
        window.close()
        (self.home / "picture.svg").unlink()

    def test_the_command_gives_the_same_bytes(self):
        for name, changes in SAID.items():
            with self.subTest(name):
                self.check_line(changes, needs_session=False)

    def test_what_no_option_says_stands_in_a_session_beside_it(self):
        for name, changes in KEPT.items():
            with self.subTest(name):
                self.check_line(changes, needs_session=True)

    def test_a_session_that_is_there_is_not_replaced_by_it(self):
        window = self.begin(next(iter(KEPT.values())))
        (self.home / "picture.heed").write_text("mine")
        self.export(window, "picture.svg")
        for _ in range(2):  # the same once more needs no other file
            self.assertIn("/picture-2.heed ", self.copy_line(window))
        self.assertEqual((self.home / "picture.heed").read_text(), "mine")
        self.assertFalse((self.home / "picture-3.heed").exists())

    def test_a_file_is_replaced_only_when_asked(self):
        window = self.begin({})
        path = self.home / "picture.svg"
        path.write_text("mine")
        window.give("ctrl+e", "ctrl+a", Typed("picture.svg"), "Return")
        window.wait_idle()
        self.assertEqual(path.read_text(), "mine")
        window.give("Escape", "Return", "Return") # asked again, and "Replace it"
        wait_for("the picture", lambda: path.read_bytes().startswith(b"<?xml"))

    def test_the_picture_is_on_the_clipboard_as_png_and_svg(self):
        window = self.begin({})
        window.key("ctrl+shift+e")
        wait_for("a PNG", lambda: self.clipboard("image/png").startswith(b"\x89PNG"))
        kinds = self.clipboard("TARGETS").split()
        self.assertIn(b"image/png", kinds)
        self.assertIn(b"image/svg+xml", kinds)
        self.assertIn(b"</svg>", self.clipboard("image/svg+xml"))
        # Text takes its place.
        window.give("ctrl+l", "ctrl+a", "ctrl+c")
        wait_for("the text", lambda: self.clipboard().decode() == FIRST_TEXT)

    def test_the_choices_outlive_the_window(self):
        window = self.begin({})
        (self.home / "papers/figures").mkdir(parents=True)
        # Shift+Tab goes from the name to the folder's button, and to the folder; Tab completes it.
        window.give("ctrl+e", "ctrl+a", Typed("it.svg"), "shift+Tab", "shift+Tab", "ctrl+a")
        window.wait_idle()  # the sign of a shifted key is known only where text is taken
        window.type("~/pap")
        window.wait_idle()
        window.give("Tab", Typed("fig"))
        window.wait_idle()
        window.give("Tab", "Return")
        wait_for("the picture", (self.home / "papers/figures/it.svg").exists)
        window.end()
        settings = json.loads(self.settings.read_text())
        self.assertEqual(settings["export_folder"], "~/papers/figures/")
        self.assertEqual(settings["exports"]["links"]["format"], "svg")
        window = self.open()
        window.give("Escape", "ctrl+e", "ctrl+a", Typed("again"), "Return")
        wait_for("the next picture", (self.home / "papers/figures/again.svg").exists)


if __name__ == "__main__":
    base.main()
