"""The main story by hand: a word is pinned, two candidates are marked, and the sentence
stands beside its twin with one word changed, in five actions, by mouse and by keys."""

import json
import os
import pathlib
import shutil

import window_rig
from window_rig import FIRST_TEXT, WindowTest

TINY = pathlib.Path(os.environ.get("HEED_TEST_DATA", "tests")).resolve() / "data/tiny-bert"
SESSION = {"version": 1, "text": FIRST_TEXT, "view": "links", "shown": {"L3H1": 0, "L5H11": 1},
           "filter": {"hide_special": True, "words": True}}
# Where Links has its words in a window of 1600 x 1000: queries at the left, keys at the right.
IT, ANIMAL, STREET, TIRED = (464, 626), (988, 262), (985, 505), (978, 808)


class Story(WindowTest):
    def begin(self):
        path = self.home / "story.heed"
        path.write_text(json.dumps(SESSION))
        self.window = self.open(path)
        self.window.resize(1600, 1000)
        self.window.wait_drawn()

    def check(self):
        self.window.wait_drawn()
        self.assertEqual(self.window.end(), 0, self.window.said())
        state = self.window.saved()
        self.assertEqual(state["view"], "compare")
        self.assertEqual(state["text"], FIRST_TEXT)
        self.assertEqual(state["compare"], FIRST_TEXT.replace("tired", "wide"))
        self.assertEqual(state["query"], {"first": 10, "count": 1})
        self.assertEqual(state["candidates"],
                         [{"first": 2, "count": 1}, {"first": 8, "count": 1}])
        self.assertEqual(state["color_by"], "margin")

    def click_with(self, place, *held):
        self.window.do("mousemove", "--window", self.window.id, *map(str, place))
        for key in held:
            self.window.do("keydown", key)
        self.window.wait_idle()
        self.window.do("click", "1")
        self.window.wait_idle()
        for key in held:
            self.window.do("keyup", key)
        self.window.wait_drawn()

    def test_by_mouse(self):
        self.begin()
        self.click_with(IT)
        self.click_with(ANIMAL, "ctrl")
        self.click_with(STREET, "ctrl")
        self.click_with(TIRED, "ctrl", "shift")
        self.window.type("wide")
        self.check()

    def find(self, word, key):
        """One action: a word is found, and something done with it."""
        self.window.key("ctrl+f")
        self.window.type(word)
        self.window.key("Escape", key)
        self.window.wait_drawn()

    def test_by_keys(self):
        self.begin()
        self.find("it", "Return")
        self.find("animal", "shift+c")
        self.find("street", "shift+c")
        self.find("tired", "shift+w")
        self.window.type("wide")
        self.check()


class TwoModels(WindowTest):
    """B of another model, by keys: chosen in the list, swapped, undone, given up."""

    def test_by_keys(self):
        models = self.home / "data" / "heed" / "models"
        models.mkdir(parents=True)
        shutil.copytree(TINY, models / "tiny")
        path = self.home / "two.heed"
        path.write_text(json.dumps({**SESSION, "view": "compare", "compare": FIRST_TEXT,
                                    "query": {"first": 10, "count": 1},
                                    "key": {"first": 2, "count": 1}}))
        window = self.open(path, XDG_DATA_HOME=str(self.home / "data"))
        window.wait_drawn()
        window.key("Escape", "ctrl+shift+b")
        window.type("tiny")
        window.wait_drawn()
        window.key("Return")
        tiny = str(models / "tiny")
        window.wait_saved("B's model", lambda state: state.get("compare_model") == tiny)
        window.wait_drawn()
        window_rig.wait_for("a model of B alone among the recent ones", lambda: tiny in
                            json.loads(self.settings.read_text()).get("recent_models", []))
        window.key("shift+z")
        window.wait_saved("A and B swapped", lambda state: state["model_folder"] == tiny)
        window.wait_drawn()
        window.key("ctrl+z")
        window.wait_saved("A's model", lambda state: state["compare_model"] == tiny)
        window.wait_drawn()
        window.key("ctrl+k")
        window.type("same model")
        window.key("Return")
        window.wait_saved("one model", lambda state: state["compare_model"] is None)
        shutil.rmtree(tiny)
        window.wait_drawn()
        window.key("ctrl+z")  # it is gone: said, and one model stays
        window.wait_drawn()
        self.assertEqual(window.end(), 0, window.said())
        self.assertIsNone(window.saved()["compare_model"])


if __name__ == "__main__":
    window_rig.main()
