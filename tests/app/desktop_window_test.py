#!/usr/bin/env python3
"""What a real window is to its desktop: where it was left, its class and icon, the desktop's
scale, and whether things may move. window_rig.py says what it needs."""

import json
import re
import time

import window_rig as base
from window_rig import output, wait_for


class Desktop(base.WindowTest):
    def place(self, window):
        text = output("xdotool", "getwindowgeometry", window.id)
        return tuple(map(int, re.search(r"Position: (-?\d+),(-?\d+)", text).groups() +
                         re.search(r"Geometry: (\d+)x(\d+)", text).groups()))

    def kept(self):
        return json.loads((self.home / "config/heed/settings.json").read_text())

    def test_a_window_comes_back_where_it_was_left(self):
        window = self.open()
        window.resize(900, 700)
        window.do("windowmove", "--sync", window.id, "200", "120")
        window.wait_idle()
        self.assertEqual(window.end(), 0)
        self.assertEqual(self.kept()["window"]["width"], 900)
        window = self.open()
        wait_for("the place", lambda: self.place(window) == (200, 120, 900, 700))

    def test_a_place_that_no_screen_shows_is_not_gone_to(self):
        window = self.open()
        window.resize(900, 700)
        window.wait_idle()
        self.assertEqual(window.end(), 0)
        settings = self.kept()
        settings["window"].update(x=5000, y=-4000)
        (self.home / "config/heed/settings.json").write_text(json.dumps(settings))
        window = self.open()
        x, y, width, height = self.place(window)
        self.assertEqual((width, height), (900, 700))
        self.assertTrue(0 <= x < 1600 and 0 <= y < 1000, (x, y))

    def test_class_and_icon_are_heeds(self):
        window = self.open()
        self.assertIn('"heed", "heed"', output("xprop", "-id", window.id, "WM_CLASS"))
        self.assertIn("128 x 128", output("xprop", "-id", window.id, "_NET_WM_ICON"))

    def test_the_desktops_scale_is_taken(self):
        window = self.open(GDK_SCALE="2")
        window.resize(1600, 1000)
        window.wait_drawn()
        width, _, pixels = window.screenshot()
        # The text row's lower edge lies at 144 px: 72 at a scale of 1.
        row = [pixels[(y * width + 8) * 3:(y * width + 8) * 3 + 3] for y in range(250)]
        self.assertEqual(row[100], row[10])
        window.end()
        plain = self.open()
        plain.resize(1600, 1000)
        plain.wait_drawn()
        self.assertNotEqual(plain.screenshot()[2], pixels)

    def test_without_animations_the_caret_is_steady(self):
        window = self.open()
        window.key("Escape", "ctrl+l")
        window.wait_drawn()
        before = window.screenshot()
        for _ in range(40):
            self.assertEqual(window.screenshot(), before)


class Moving(base.WindowTest):
    still = False

    def test_a_fade_ends_in_the_picture_and_at_rest(self):
        window = self.open()
        window.give("Escape", "2", "3", "s", "1", "2")  # each before the last has come
        window.wait_drawn()
        moved = window.pixels()
        window.resize(1500, 900)  # all of it anew
        window.resize(1600, 1000)
        window.wait_drawn()
        self.assertTrue(base.alike(window.pixels(), moved))
        window.wait_idle()
        ticks = window.cpu_ticks()
        time.sleep(2)
        self.assertLessEqual(window.cpu_ticks() - ticks, 2)


if __name__ == "__main__":
    base.main("xprop")
