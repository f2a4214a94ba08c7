#!/usr/bin/env python3
"""The teacher's window beside the real one: its picture, its buttons, keys in either, and
which of them ends what. window_rig.py says what this needs."""

import window_rig as base
from lessons_window_test import steps_of

LESSON = "context"
# Of its page, which is 1440 x 900.
NEXT, STEP_4, BLACK, WALL = (174, 868), (200, 765), (290, 868), (28, 128, 763, 477)
BAR = (240, 20, 320, 40)


def output(*command):
    return base.output("xdotool", *command)


class Teacher(base.WindowTest):
    def begin(self):
        """A lesson, and the teacher's window in the corner of a screen that holds both."""
        window = self.open()
        window.wait_drawn()
        window.key("Escape")
        window.key("F4", "Return", "shift+F5")
        self.at_step(window, 1)
        self.teacher = base.wait_for("the teacher's window", self.find)
        output("windowmove", "--sync", self.teacher, "0", "0")
        base.wait_for("its picture", lambda: len(set(self.picture())) > 20)
        return window

    @staticmethod
    def find():
        return output("search", "--onlyvisible", "--name", "^heed: teacher$")

    def at_step(self, window, number):
        wanted = steps_of(LESSON)[number - 1][0]
        window.wait_saved(f"step {number}", lambda s: all(
            s.get(key) == value for key, value in wanted.items()))

    def picture(self, area=None):
        """The colours of each second pixel."""
        width, _, pixels = base.X11.picture(int(self.teacher))
        x, y, w, h = area or (0, 0, width, 800)
        return [pixels[3 * (width * j + i):3 * (width * j + i) + 3]
                for j in range(y, y + h, 2) for i in range(x, x + w, 2)]

    def click(self, place):
        output("mousemove", "--window", self.teacher, *map(str, place), "click", "1")

    def changes(self, what, action, area=None):
        before = self.picture(area)
        action()
        base.wait_for(what, lambda: self.picture(area) != before)

    def test_its_buttons_and_keys_move_the_lesson(self):
        window = self.begin()
        self.changes("the next step", lambda: self.click(NEXT), BAR)
        self.changes("step 4", lambda: self.click(STEP_4), BAR)
        self.at_step(window, 4)
        output("windowfocus", "--sync", self.teacher)
        self.changes("larger notes", lambda: output("key", "ctrl+plus"), (912, 200, 500, 500))
        output("key", "Home")
        self.at_step(window, 1)
        self.assertEqual(window.end(), 0, window.said())

    def test_a_black_wall_stands_behind_its_word(self):
        window = self.begin()
        window.key("F5")
        window.wait_saved("projected", lambda s: s.get("projector"))
        wall = self.picture(WALL)
        self.click(BLACK)
        base.wait_for("a black wall", lambda: set(window.screenshot()[2]) == {0})
        self.assertGreater(len(set(self.picture(WALL))), 20)
        self.assertGreater(len(set(wall)), 20)
        self.assertEqual(window.end(), 0, window.said())

    def test_it_closes_alone_and_goes_with_the_other(self):
        window = self.begin()
        base.X11.close_window(int(self.teacher))
        base.wait_for("its end", lambda: not self.find())
        output("windowfocus", "--sync", window.id)
        window.replace_text("still here")
        window.wait_saved("the text", lambda s: s.get("text") == "still here")
        window.key("Escape", "shift+F5")
        self.teacher = base.wait_for("the teacher's window", self.find)
        base.X11.close_window(int(window.id))
        self.assertEqual(window.process.wait(base.PATIENCE), 0, window.said())


if __name__ == "__main__":
    base.main()
