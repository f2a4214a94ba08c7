#!/usr/bin/env python3
"""Sessions as files in a real window: the title, the mark of changes, and what is asked
before something is lost. window_rig.py says what it needs."""

import json
import os

import window_rig as base
from window_rig import FIRST_TEXT, Typed, wait_for


class Files(base.WindowTest):
    def write(self, name, text):
        (self.home / name).write_text(json.dumps({"version": 1, "text": text}))

    def test_the_title_names_the_session_and_its_changes(self):
        self.write("one.heed", "One cat.")
        window = self.open()
        window.key("Escape")
        wait_for("the text in the title", lambda: FIRST_TEXT in window.title())
        window.give("ctrl+o", Typed("one.heed"), "Return")
        wait_for("the name", lambda: window.title() == "heed: one.heed")
        window.give("ctrl+l", Typed(" sat"), "Escape")
        wait_for("the mark", lambda: window.title() == "heed: one.heed *")
        window.give("ctrl+s", "ctrl+a", Typed("one.heed"), "Return")
        wait_for("no mark", lambda: window.title() == "heed: one.heed")
        self.assertIn("sat", json.loads((self.home / "one.heed").read_text())["text"])

    def test_changes_are_asked_about_before_another_session(self):
        self.write("one.heed", "One cat.")
        self.write("two.heed", "Two dogs.")
        window = self.open("one.heed")
        window.give("Escape", "ctrl+l", Typed(" sat"), "Escape", "ctrl+o", Typed("two.heed"),
                    "Return")
        window.wait_idle()
        self.assertIn("one.heed", window.title())
        window.give("Return") # the first row: saves it
        wait_for("the other", lambda: window.title() == "heed: two.heed")
        self.assertIn("sat", json.loads((self.home / "one.heed").read_text())["text"])
        window.give("ctrl+l", Typed(" ran"), "Escape", "ctrl+o", Typed("one.heed"), "Return")
        window.wait_idle()
        window.give("Down", "Return") # without saving
        wait_for("the first", lambda: window.title() == "heed: one.heed")
        self.assertEqual(json.loads((self.home / "two.heed").read_text())["text"], "Two dogs.")

    def test_another_file_is_replaced_only_by_a_second_enter(self):
        self.write("other.heed", "Mine.")
        window = self.open()
        window.give("Escape", "ctrl+s", "ctrl+a", Typed("other.heed"), "Return")
        window.wait_idle()
        self.assertIn("Mine", (self.home / "other.heed").read_text())
        window.give("Return")
        wait_for("the session", lambda: FIRST_TEXT in (self.home / "other.heed").read_text())

    def test_recent_files_are_offered_and_what_has_gone_is_not(self):
        for name in ("one", "two"):
            self.write(f"{name}.heed", f"{name} cats.")
        window = self.open()
        for name in ("one", "two"):
            window.give("Escape", "ctrl+o", Typed(f"{name}.heed"), "Return")
            wait_for(name, lambda name=name: window.title() == f"heed: {name}.heed")
        window.give("ctrl+q")
        self.assertEqual(window.end(None), 0)
        self.assertEqual(json.loads(self.settings.read_text())["recent_files"],
                         [str(self.home / "two.heed"), str(self.home / "one.heed")])
        (self.home / "two.heed").unlink()
        window = self.open()
        window.give("Escape", "ctrl+o")
        window.wait_drawn()
        window.give("Down", "Return")
        wait_for("the one that is there", lambda: window.title() == "heed: one.heed")

    def test_a_question_that_was_left_is_asked_again(self):
        self.write("other.heed", "Mine.")
        window = self.open()
        window.give("Escape", "ctrl+s", "ctrl+a", Typed("other.heed"), "Return")
        window.wait_idle()
        window.give("Escape", "ctrl+s", "ctrl+a", Typed("other.heed"), "Return")
        window.wait_idle()
        window.give("BackSpace", Typed("d"), "Return")  # another path between, and it again
        window.wait_idle()
        self.assertIn("Mine", (self.home / "other.heed").read_text())
        window.give("Return")
        wait_for("the session", lambda: FIRST_TEXT in (self.home / "other.heed").read_text())

    def test_without_memory_to_ask_nothing_is_replaced(self):
        self.write("other.heed", "Mine.")
        self.write("one.heed", "One cat.")
        window = self.open("one.heed", LD_PRELOAD=os.environ["HEED_STALL_LIBRARY"],
                           HEED_NO_COPY="other.heed")
        window.give("Escape", "ctrl+l", Typed(" sat"), "Escape", "ctrl+o", Typed("other.heed"),
                    "Return")
        window.wait_idle()
        window.give("Escape", "Escape", "ctrl+s", "ctrl+a", Typed("other.heed"), "Return",
                    "Return", "Return")
        window.wait_idle()
        self.assertIn("Mine", (self.home / "other.heed").read_text())
        window.give("ctrl+q")
        self.assertEqual(window.end(None), 0)
        self.assertIn("sat", window.saved()["text"])

    def test_lines_of_a_text_file_are_a_list_of_sentences(self):
        (self.home / "three.txt").write_text("One cat.\r\n\nTwo dogs.\nThree\tducks.\n")
        window = self.open("three.txt")
        wait_for("the first", lambda: "One cat." in window.title())
        window.give("Escape", "alt+Down", "alt+Down")
        wait_for("the third", lambda: "Three ducks." in window.title())
        window.give("ctrl+j", "Down", "Return", Typed("ducks"), "Return")
        wait_for("its name", lambda: window.title() == "heed: ducks")
        window.give("ctrl+q")
        self.assertEqual(window.end(None), 0)
        self.assertEqual(window.saved()["sentences"],
                         ["One cat.", "Two dogs.", {"name": "ducks", "text": "Three ducks."}])

    def test_leaving_never_asks(self):
        self.write("one.heed", "One cat.")
        window = self.open("one.heed")
        window.give("Escape", "ctrl+l", Typed(" sat"), "ctrl+q")
        self.assertEqual(window.end(None), 0)
        self.assertIn("sat", window.saved()["text"])


if __name__ == "__main__":
    base.main()
