#!/usr/bin/env python3
"""Models in a real window whose files are broken, or become others under it: the one in use stays,
and what failed is tried again when its files are whole. window_rig.py says what it needs."""

import os
import pathlib
import shutil

import window_rig
from window_rig import WindowTest, wait_for

TINY = pathlib.Path(os.environ.get("HEED_TEST_DATA", "tests")).resolve() / "data/tiny-bert"


class Models(WindowTest):
    def setUp(self):
        super().setUp()
        self.folder = self.home / "models" / "tiny"
        shutil.copytree(TINY, self.folder)
        self.weights = self.folder / "model.safetensors"

    def cut(self):
        """Its index says more than the file holds."""
        with open(self.weights, "r+b") as file:
            file.truncate(self.weights.stat().st_size // 2)

    def restore(self):
        self.weights.unlink()
        shutil.copyfile(TINY / "model.safetensors", self.weights)

    def open_it(self, window):
        window.key("ctrl+shift+o")
        window.wait_idle()
        window.type(f"{self.home}/models/")
        window.wait_drawn()
        window.key("Return")

    def folder_is(self, window):
        window.wait_saved("the model", lambda state: state.get("model_folder") == str(self.folder))

    def test_a_broken_one_leaves_the_one_in_use_and_is_tried_again(self):
        self.cut()
        window = self.open()
        window.key("Escape")
        before = window.pixels()
        self.open_it(window)
        window.wait_idle()
        window.key("Escape")
        window.wait_drawn()
        self.assertTrue(window_rig.alike(window.pixels(), before))
        self.open_it(window)
        window.wait_idle()
        self.restore()
        window.key("Return")  # the list is of before
        self.folder_is(window)
        self.assertEqual(window.end(), 0, window.said())

    def test_one_in_use_that_was_changed_is_opened_again(self):
        window = self.open()
        window.key("Escape")
        self.open_it(window)
        self.folder_is(window)
        self.cut()
        window.replace_text("It sat.")
        window.wait_saved("the text", lambda state: state["text"] == "It sat.")
        window.wait_idle()
        broken = window.pixels()
        self.restore()
        window.key("Escape")
        self.open_it(window)
        wait_for("the new text's picture", lambda: window.pixels() != broken)
        window.wait_drawn()
        window.give("Escape", "2", "1")
        window.wait_drawn()
        self.assertEqual(window.end(), 0, window.said())


if __name__ == "__main__":
    window_rig.main()
