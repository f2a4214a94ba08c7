#!/usr/bin/env python3
"""What a screen reader is told of the window: its tree by pyatspi, on a session bus of the
test's own. Skips where python3-pyatspi, at-spi2-core or dbus-run-session isn't installed.

window_rig.py says what it needs.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import unittest

import window_rig as base
from window_rig import FIRST_TEXT, wait_for

STATE = {"version": 1, "text": FIRST_TEXT, "view": "links",
         "shown": {"L3H1": 0, "L5H11": 1}, "matrix_head": "L3H1",
         "query": {"first": 10, "count": 1}, "filter": {"hide_special": True}}
IN_BUS = "HEED_TEST_IN_BUS"


def enter_bus():
    """This test once more, by a Python that has pyatspi and on a bus that is its own."""
    for python in (sys.executable, "/usr/bin/python3"):
        found = subprocess.run([python, "-c", "import pyatspi"], stderr=subprocess.DEVNULL)
        if found.returncode == 0 and shutil.which("dbus-run-session") and \
                os.path.exists("/usr/share/dbus-1/services/org.a11y.Bus.service"):
            os.environ[IN_BUS] = "1"
            os.execvp("dbus-run-session", ["dbus-run-session", "--", python, *sys.argv])
    print("skipped: needs pyatspi, at-spi2-core and dbus-run-session")
    sys.exit(77)


if __name__ == "__main__" and not os.environ.get(IN_BUS):
    enter_bus()

import pyatspi
from gi.repository import Gio, GLib


def say_that_somebody_listens(value):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                  GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled",
                                         GLib.Variant("b", value))), None, 0, -1, None)


def find_frame():
    desktop = pyatspi.Registry.getDesktop(0)
    for i in range(desktop.childCount):
        program = desktop.getChildAtIndex(i)
        if program is not None and program.name == "heed" and program.childCount > 0:
            return program.getChildAtIndex(0)
    return None


def walk(thing):
    """All below it, as (role, name, object); what goes meanwhile ends it."""
    with contextlib.suppress(GLib.Error, LookupError):
        for i in range(thing.childCount):
            child = thing.getChildAtIndex(i)
            if child is not None:
                yield child.getRoleName(), child.name, child
                yield from walk(child)


def has(thing, state):
    return thing.getState().contains(state)


class Access(base.WindowTest):
    def open(self, *arguments, **environment):
        """On this test's bus, which other tests' windows don't see."""
        return super().open(*arguments, **{
            "DBUS_SESSION_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"], **environment})

    def setUp(self):
        super().setUp()
        say_that_somebody_listens(True)

    def begin(self, **environment):
        path = self.home / "it.heed"
        path.write_text(json.dumps(STATE))
        window = self.open(str(path), **environment)
        self.frame = wait_for("heed on the bus", find_frame)
        self.seek("panel", "Weights of “it”")
        return window

    def seek(self, role, name, holds=lambda thing: True):
        """The thing of this role and name, as soon as it holds."""
        def look():
            # What pyatspi keeps may be older than what heed has said since.
            self.frame.clearCache()
            for its_role, its_name, thing in walk(self.frame):
                if (its_role, its_name) == (role, name) and holds(thing):
                    return thing
            return None
        return wait_for(f"{role} {name!r}", look, 20)

    def test_tokens_heads_weights_and_controls_have_roles_names_and_values(self):
        self.begin()
        self.assertEqual(self.frame.getRoleName(), "frame")
        self.assertEqual(self.frame.name, "heed: it.heed")
        field = self.seek("entry", "Text")
        self.assertEqual(field.queryText().getText(0, -1), FIRST_TEXT)
        self.seek("page tab", "Links", lambda tab: has(tab, pyatspi.STATE_SELECTED))
        self.seek("page tab", "Matrix", lambda tab: not has(tab, pyatspi.STATE_SELECTED))
        self.seek("toggle button", "L3H1", lambda head: has(head, pyatspi.STATE_CHECKED))
        self.seek("toggle button", "L0H3", lambda head: not has(head, pyatspi.STATE_CHECKED))
        token = self.seek("list item", "animal")
        self.assertIn("id 4111", token.description)
        self.seek("table cell", "animal: 0.677 in L3H1, 0.673 in L5H11")
        weights = self.seek("panel", "Weights of “it”")
        self.assertEqual(weights.childCount, 14)

    def test_what_is_typed_and_focused_is_told(self):
        window = self.begin()
        window.replace_text("Dogs ran.")
        self.seek("entry", "Text", lambda field: field.queryText().getText(0, -1) == "Dogs ran."
                  and has(field, pyatspi.STATE_FOCUSED))
        self.seek("list item", "Dogs")
        window.key("Escape", "Tab")
        focused = lambda: [name for _, name, thing in walk(self.frame)
                           if has(thing, pyatspi.STATE_FOCUSED)]
        first = wait_for("the focus", focused)
        self.assertEqual(len(first), 1)
        window.key("Tab")
        wait_for("another focus", lambda: focused() not in ([], first))

    def test_a_thing_can_be_used_by_its_action(self):
        window = self.begin()
        tab = self.seek("page tab", "Matrix")
        self.assertEqual(tab.queryAction().getName(0), "click")
        tab.queryAction().doAction(0)
        self.seek("page tab", "Matrix", lambda tab: has(tab, pyatspi.STATE_SELECTED))
        window.wait_saved("the view", lambda state: state.get("view") == "matrix")
        map_of_it = self.seek("table", "L3H1").queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        self.assertGreater(map_of_it.width, 100)

    def test_a_menu_and_the_help_can_be_read(self):
        window = self.begin()
        window.key("Escape", "k")
        self.seek("menu item", "viridis")
        window.key("Escape", "F1")
        self.seek("label", "Copy the picture in words")

    def test_nothing_turns_while_nothing_happens(self):
        window = self.begin()
        window.key("Escape", "Tab")
        window.wait_idle()
        time.sleep(1)
        before = window.cpu_ticks()
        time.sleep(2)
        self.assertLessEqual(window.cpu_ticks() - before, 1)

    def test_who_listens_later_is_heard(self):
        say_that_somebody_listens(False)
        window = self.open()
        window.wait_idle()
        self.assertIsNone(find_frame())
        say_that_somebody_listens(True)
        wait_for("heed on the bus", find_frame)

    def test_without_a_bus_nothing_hangs_or_prints(self):
        for address in (None, "unix:path=/nowhere/at/all", "nonsense"):
            window = self.open(DBUS_SESSION_BUS_ADDRESS=address, AT_SPI_BUS_ADDRESS=None)
            window.key("Tab")
            self.assertEqual(window.end(), 0)
            self.assertEqual(window.said(), "")


if __name__ == "__main__":
    base.main()
