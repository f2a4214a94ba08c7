#!/usr/bin/env python3
"""Twenty minutes of random use of the real window: 30 s after the last action it
takes at most 1.2 times the memory (RSS) of a fresh start with the same state.

Texts of 1 to 480 tokens are typed and pasted; views, panels, probes and
ablations, compare, undo, scale, themes, the palette, menus, exports and other
sizes come in between. Only with HEED_TEST_FULL=1 (./check --full); what a short
run can hold is in rest_test.c. tests/app/window_rig.py says what it needs.

HEED_SOAK_SEED and HEED_SOAK_MINUTES choose another run.
"""

import os
import pathlib
import random
import re
import subprocess
import sys
import time

APP = pathlib.Path(os.environ["HEED_TEST_DATA"]).resolve() / "app"
sys.path.insert(0, str(APP))
from commands_test import commands, keysyms, search_of  # noqa: E402
from window_rig import FIRST_TEXT, MODEL, Typed, WindowTest, main  # noqa: E402

SEED = int(os.environ.get("HEED_SOAK_SEED", 2026))
MINUTES = float(os.environ.get("HEED_SOAK_MINUTES", 20))
SECONDS_TO_REST = 30
MOST_GROWTH = 1.2
SIZE = (1600, 1000)
TO_PICTURE = ("Escape", "Escape", "Escape")  # leaves menus, panels and fields


def memory(window):
    """Resident and, of it, anonymous MiB."""
    text = pathlib.Path(f"/proc/{window.process.pid}/smaps_rollup").read_text()
    numbers = dict(re.findall(r"^(\w+):\s+(\d+) kB", text, re.M))
    return int(numbers["Rss"]) / 1024, int(numbers["Anonymous"]) / 1024


class Person:
    """Someone who does anything."""

    def __init__(self, window, chance):
        self.window, self.chance = window, chance
        self.words = [word for word in pathlib.Path(MODEL, "vocab.txt").read_text().split("\n")
                      if word.isascii() and word.isalpha()]
        self.commands = [c for c in commands() if c["group"] != "Files" and c["name"] != "Quit"]
        # What, and how often beside the others.
        self.table = [(self.type, 6), (self.paste, 4), (self.view, 8), (self.keys, 14),
                      (self.click, 8), (self.hover, 8), (self.palette, 3), (self.export, 2),
                      (self.task, 2), (self.compare, 1), (self.undo, 6), (self.look, 3),
                      (self.wheel, 3), (self.menu, 2), (self.resize, 1)]

    def act(self):
        actions, weights = zip(*self.table)
        self.chance.choices(actions, weights)[0]()
        time.sleep(self.chance.choice((0, 0.1, 0.3)))

    def text(self, n):
        return " ".join(self.chance.choice(self.words) for _ in range(n))

    def place(self):
        return str(self.chance.randrange(SIZE[0])), str(self.chance.randrange(SIZE[1]))

    def type(self):
        self.window.key(*TO_PICTURE, "ctrl+l", self.chance.choice(("ctrl+a", "End")))
        self.window.type(self.text(self.chance.choice((1, 2, 5, 20, 60))))

    def paste(self):
        text = self.text(self.chance.choice((5, 20, 60, 120, 250, 450)))
        subprocess.run(["xclip", "-selection", "clipboard"], input=text, text=True, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.window.key(*TO_PICTURE, "ctrl+l", "ctrl+a", "ctrl+v")

    def view(self):
        self.window.key(*TO_PICTURE, f"alt+{self.chance.randint(1, 8)}")

    def keys(self):
        keys = [key for c in self.commands for key in c["keys"][:1]]
        self.window.key(*TO_PICTURE, *map(keysyms, self.chance.choices(keys, k=4)))

    def click(self):
        self.window.click(*self.place())

    def hover(self):
        moves = []
        for _ in range(20):
            moves += ["mousemove", "--window", self.window.id, *self.place()]
        self.window.do(*moves)

    def palette(self):
        name = search_of(self.chance.choice(self.commands)["name"])
        self.window.give(*TO_PICTURE, "ctrl+k", Typed(name), "Return")

    def export(self):
        name = "out." + self.chance.choice(("svg", "pdf", "png"))
        self.window.give(*TO_PICTURE, "ctrl+e", "ctrl+a", Typed(name), "Return")

    def task(self):
        self.window.key(*TO_PICTURE, self.chance.choice(("shift+p", "shift+a")), "ctrl+Return")
        time.sleep(self.chance.choice((1, 4)))

    def compare(self):
        self.window.give(*TO_PICTURE, "alt+7", "ctrl+shift+l", "ctrl+a",
                         Typed(self.text(self.chance.choice((5, 30)))))

    def undo(self):
        self.window.key(*TO_PICTURE, *["ctrl+z"] * self.chance.randint(1, 10),
                        *["ctrl+y"] * self.chance.randint(0, 8))

    def look(self):
        self.window.key(*TO_PICTURE, self.chance.choice(("ctrl+plus", "ctrl+minus", "ctrl+0", "t")))

    def wheel(self):
        self.window.do("mousemove", "--window", self.window.id, *self.place(), "click", "--repeat",
                       "5", "--delay", "5", self.chance.choice("45"))

    def menu(self):
        self.window.do("mousemove", "--window", self.window.id, *self.place(), "click", "3")
        self.window.key("Escape")

    def resize(self):
        self.window.do("windowsize", self.window.id, str(self.chance.randrange(700, SIZE[0])),
                       str(self.chance.randrange(500, SIZE[1])))


class Soak(WindowTest):
    def at_rest(self, window):
        window.resize(*SIZE)
        window.do("mousemove", "10000", "10000")
        window.wait_idle()
        time.sleep(SECONDS_TO_REST)
        return memory(window)

    def test_memory_after_random_use_is_that_of_a_fresh_start(self):
        print(f"seed {SEED}, {MINUTES:g} minutes", flush=True)
        window = self.open()
        person = Person(window, random.Random(SEED))
        most = n = 0
        end = time.monotonic() + 60 * MINUTES
        while time.monotonic() < end:
            person.act()
            n += 1
            self.assertIsNone(window.process.poll(), f"ended after {n} actions: {window.said()}")
            most = max(most, memory(window)[0])
        # A small state, beside which all that was left would be large.
        window.key(*TO_PICTURE, "ctrl+r", "alt+1")
        window.replace_text(FIRST_TEXT)
        window.key(*TO_PICTURE)
        used = self.at_rest(window)
        self.assertEqual(window.end(), 0, window.said())
        window = self.open()
        fresh = self.at_rest(window)
        print(f"{n} actions, {most:.0f} MiB at most; at rest {used[0]:.0f} MiB "
              f"({used[1]:.0f} anonymous), fresh {fresh[0]:.0f} ({fresh[1]:.0f}): "
              f"{used[0] / fresh[0]:.2f} times", flush=True)
        self.assertLessEqual(used[0], MOST_GROWTH * fresh[0])


if __name__ == "__main__":
    if os.environ.get("HEED_TEST_FULL") != "1":
        print("skipped: twenty minutes, in ./check --full")
        sys.exit(77)
    main(os.environ.get("HEED_PRINT_COMMANDS"))
