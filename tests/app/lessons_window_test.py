#!/usr/bin/env python3
"""Two whole lessons in a real window, by the keyboard alone, at the desk, and by the keys of
a presenter's remote alone, projected. Each step's texts and view are those of its file;
window_rig.py says what this needs."""

import json
import os
import pathlib
import shutil

import window_rig as base

LESSONS = pathlib.Path(os.environ.get("HEED_SOURCE", ".")) / "assets" / "lessons"
IDS = ["context", "query", "softmax", "heads", "it", "order"]
WALKED = ["context", "query"]


def merged(whole, patch):
    """As RFC 7396: null takes a key away."""
    result = dict(whole)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def steps_of(name):
    """What the window's state is to hold at each step, and whether it asks first."""
    lesson = json.loads((LESSONS / f"{name}.json").read_text())
    state, steps = {}, []
    for step in lesson["steps"]:
        state = step["state"] if "state" in step else merged(state, step["patch"])
        texts = {key: lesson["texts"][state[key][1:]] if state[key].startswith("@")
                 else state[key] for key in ("text", "compare") if state.get(key)}
        steps.append(({**texts, "view": state.get("view", "links")}, "ask" in step))
    return steps


class Lessons(base.WindowTest):
    def begin(self, name):
        window = self.open()
        window.wait_drawn()
        window.key("Escape")  # of the first start's card
        window.key("F4", *["Right"] * IDS.index(name), "Return")
        return window

    def walk(self, window, name, forward, vote):
        for wanted, asks in steps_of(name):
            window.wait_saved(f"{name}: {wanted}", lambda s, w=wanted: all(
                s.get(key) == value for key, value in w.items()))
            if asks:
                window.key(*vote, forward)  # the answer
            window.key(forward)

    def leave(self, window, name):
        """Its last step stays, and Esc gives back what was before."""
        last = steps_of(name)[-1][0]
        window.wait_saved(f"{name}'s last step", lambda s: all(
            s.get(key) == value for key, value in last.items()))
        window.key("Escape")
        window.wait_saved("the state before", lambda s: s["text"] == base.FIRST_TEXT and
                          s["view"] == "links")

    def test_two_whole_lessons_by_the_keyboard_alone(self):
        for name in WALKED:
            with self.subTest(lesson=name):
                window = self.begin(name)
                self.walk(window, name, "Right", ["2", "1", "shift+1"])
                self.leave(window, name)
                self.assertEqual(window.end(), 0, window.said())
                self.assertEqual(self.seen()[name], len(steps_of(name)))

    def test_two_whole_lessons_by_a_remotes_keys_alone(self):
        for name in WALKED:
            with self.subTest(lesson=name):
                window = self.begin(name)
                window.key("F5")
                window.wait_saved("the projector", lambda s: s.get("projector"))
                self.walk(window, name, "Next", [])
                window.key("period")  # black, until any key
                base.wait_for("a black screen", lambda w=window: max(w.pixels()) == 0)
                window.key("Prior")
                base.wait_for("the picture", lambda w=window: max(w.pixels()) > 0)
                self.leave(window, name)
                self.assertEqual(window.end(), 0, window.said())
                self.assertEqual(self.seen()[name], len(steps_of(name)))

    def seen(self):
        return json.loads(self.settings.read_text())["lessons"]

    def test_the_next_start_knows_how_far_one_came(self):
        """A lesson of one's own is listed again, one whose file is gone isn't."""
        own = self.home / "mine.json"
        (self.home / "en").mkdir()
        shutil.copy(LESSONS / "query.json", own)
        shutil.copy(LESSONS / "en/query.json", self.home / "en/mine.json")
        own.write_text(own.read_text().replace('"id": "query"', '"id": "mine"', 1))
        self.settings.write_text(json.dumps({
            "version": 1, "hint_seen": True,
            "lessons": {str(own): 2, str(self.home / "gone.json"): 3}}))
        window = self.begin("query")
        window.wait_saved("its second step", lambda s: s["view"] == steps_of("query")[0][0]["view"])
        window.key("Right")
        self.assertEqual(window.end(), 0, window.said())
        self.assertEqual(self.seen(), {"query": 2, str(own): 2})
        window = self.open()
        window.wait_drawn()
        self.assertEqual(window.end(), 0, window.said())
        self.assertEqual(self.seen(), {"query": 2, str(own): 2})


if __name__ == "__main__":
    base.main()
