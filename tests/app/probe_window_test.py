#!/usr/bin/env python3
"""Candidates and the probe's panel in a real window; window_rig.py says what it
needs."""

import json
import os
import subprocess

import window_rig as base

LINES = ["sentence\tpronoun\tcandidates\tanswer",
         "The animal didn't cross the street because it was too tired."
         "\tit\tanimal|street\tanimal",
         "The animal didn't cross the street because it was too wide."
         "\tit\tanimal|street\tstreet",
         "A line without columns"]


class Probe(base.WindowTest):
    def command(self, *arguments):
        return subprocess.run(
            [base.BINARY, "probe", "--model", base.MODEL, *arguments], check=True,
            stdout=subprocess.PIPE, env=base.home_environment(self.home),
            timeout=base.PATIENCE).stdout

    def export(self, window, path):
        """The panel's numbers."""
        window.key("ctrl+e", "ctrl+a")
        window.type(path.name)
        window.key("Return")
        base.wait_for("the file", path.exists)
        return path.read_bytes()

    def open_file(self, window, name):
        window.key("ctrl+o")
        window.type(name)
        window.key("Return")

    def test_the_panels_numbers_are_those_of_the_command(self):
        path = self.home / "mine.tsv"
        path.write_text("\n".join(LINES) + "\n")
        window = self.open()
        window.wait_drawn()
        self.open_file(window, "mine.tsv")
        window.wait_saved("the panel", lambda s: s.get("panel") == "probe" and
                          s.get("probe") == os.path.realpath(path))
        window.wait_drawn()
        real = os.path.realpath(path)
        self.assertEqual(self.export(window, self.home / "out.json"),
                         self.command(real, "--json"))
        self.assertEqual(self.export(window, self.home / "out.csv"),
                         self.command(real, "--csv"))
        self.assertEqual(window.end(), 0, window.said())
        again = self.open()
        again.wait_drawn()
        self.assertEqual(again.end(), 0, again.said())
        self.assertEqual(again.saved()["panel"], "probe")
        self.assertEqual(again.saved()["color_by"], "probe-accuracy")

    def test_marked_candidates_survive_an_edit_and_a_restart(self):
        session = self.home / "marked.heed"
        session.write_text(json.dumps(
            {"version": 1, "text": base.FIRST_TEXT, "query": {"first": 10, "count": 1},
             "candidates": [{"first": 8, "count": 1}, {"first": 2, "count": 1}],
             "color_by": "margin"}))
        window = self.open(str(session))
        window.wait_drawn()
        window.key("ctrl+l", "ctrl+Home")
        window.type("Yes. ")
        moved = [{"first": 4, "count": 1}, {"first": 10, "count": 1}]
        window.wait_saved("the marks", lambda s: s.get("candidates") == moved)
        self.assertEqual(window.end(), 0, window.said())
        again = self.open()
        again.wait_drawn()
        again.key("Escape", "Escape", "Escape")
        again.wait_saved("no marks", lambda s: s.get("candidates") == [])
        again.key("ctrl+z")
        again.wait_saved("them again", lambda s: s.get("candidates") == moved)


if __name__ == "__main__":
    base.main()
