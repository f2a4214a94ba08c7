#!/usr/bin/env python3
"""Files and folders that are dropped on the window, of every kind that it opens.
window_rig.py says what it needs."""

import json
import os
import pathlib
import shutil

import window_rig as base
from drop import drop
from window_rig import wait_for

DATA = pathlib.Path(os.environ.get("HEED_SOURCE", ".")) / "tests/data"
ATTENTION = DATA / "attention/gpt2.safetensors"
TREE = "1\tShe\tshe\tPRON\t_\t_\t2\tnsubj\t_\t_\n2\tran\trun\tVERB\t_\t_\t0\troot\t_\t_\n\n"


class Drops(base.WindowTest):
    def setUp(self):
        super().setUp()
        self.window = self.open()
        self.window.key("Escape")

    def put(self, name, text):
        path = self.home / name
        path.write_text(text)
        return path

    def is_titled(self, name):
        wait_for(name, lambda: self.window.title() == name)

    def test_a_session_and_a_text_with_signs_in_its_name(self):
        drop(self.window, self.put("a cat.heed", json.dumps({"version": 1, "text": "One cat."})))
        self.is_titled("heed: a cat.heed")
        drop(self.window, self.put("\u00e4 #1 50%.txt", "Two dogs.\nThree ducks.\n"))
        self.window.wait_saved("its lines", lambda state: state.get("sentences") ==
                               ["Two dogs.", "Three ducks."])

    def test_sentences_to_probe_and_a_treebank(self):
        rows = self.put("rows.tsv", (DATA / "groups.tsv").read_text())
        tree = self.put("tree.conllu", TREE)
        for path in (rows, tree):
            drop(self.window, path)
            self.window.wait_saved(path.name, lambda state, path=path: (
                state.get("panel"), state.get("probe")) == ("probe", str(path)))

    def test_an_attention_file_and_a_folder_of_them(self):
        drop(self.window, ATTENTION)
        self.is_titled("heed: gpt2.safetensors")
        self.window.key("ctrl+w")
        folder = self.home / "runs"
        folder.mkdir()
        for name in ("one", "two"):
            shutil.copy(ATTENTION, folder / f"{name}.safetensors")
        drop(self.window, folder)
        self.window.wait_drawn()
        self.window.key("Down", "Down", "Return")
        self.is_titled("heed: two.safetensors")

    def test_several_attention_files_are_listed(self):
        paths = [self.home / f"{name}.safetensors" for name in ("one", "two")]
        for path in paths:
            shutil.copy(ATTENTION, path)
        drop(self.window, *paths)
        self.is_titled("heed: two.safetensors")
        self.window.wait_drawn()
        self.window.key("Down", "Return")
        self.is_titled("heed: one.safetensors")

    def test_the_folder_of_a_model(self):
        model = self.home / "tiny"
        shutil.copytree(DATA / "tiny-bert", model)
        drop(self.window, model)
        self.window.wait_saved("the model", lambda state: state.get("model_folder") == str(model))

    def test_what_can_not_be_opened_leaves_what_is_there(self):
        before = self.window.screenshot()
        drop(self.window, self.put("broken.heed", "{"))
        wait_for("a line that says so", lambda: self.window.screenshot() != before)
        self.is_titled(f"heed: {base.FIRST_TEXT}")


if __name__ == "__main__":
    base.main()
