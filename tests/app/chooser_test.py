#!/usr/bin/env python3
"""The desktop's chooser of files, from a real window: a portal (fake_portal.py, on a bus of the
test's own) and programs. window_rig.py says what else it needs."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import window_rig as base
from window_rig import FIRST_TEXT, Typed, wait_for

TINY = pathlib.Path(__file__).parent.parent / "data/tiny-bert"
PORTAL = pathlib.Path(__file__).with_name("fake_portal.py")
BUS = """<busconfig><type>session</type><listen>unix:dir=%s</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/>
<allow own="*"/></policy></busconfig>"""
PROGRAM = """#!/bin/sh
printf '%s\\n' "$@" >"$0.said"
case "$FAKE_CHOOSER" in
crash) kill -9 $$ ;;
wait) trap 'echo closed >"$0.said"; exit 1' TERM; sleep 60 & wait ;;
"") exit 1 ;;
*) printf '%s\\n' "$FAKE_CHOOSER" ;;
esac
"""


def find_python():
    """One that has gi."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "from gi.repository import Gio"],
                          stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return None


class ChooserTest(base.WindowTest):
    def setUp(self):
        super().setUp()
        (self.home / "papers").mkdir()
        self.session = self.home / "papers/one.heed"
        self.session.write_text(json.dumps({"version": 1, "text": "One cat."}))

    def is_titled(self, window, name):
        wait_for(name, lambda: window.title() == f"heed: {name}")

    def types_on(self, window):
        """The question is there still, and takes a path."""
        window.give("ctrl+a", Typed("papers/one.heed"), "Return")
        self.is_titled(window, "one.heed")


class Portal(ChooserTest):
    def setUp(self):
        super().setUp()
        self.log = self.home / "log"
        config = self.home / "bus.conf"
        config.write_text(BUS % self.home)
        self.bus = subprocess.Popen(
            ["dbus-daemon", "--config-file", config, "--nofork", "--print-address"],
            stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop, self.bus)
        self.address = self.bus.stdout.readline().strip()

    def stop(self, process):
        process.kill()
        process.wait()
        process.stdout.close()

    def begin_portal(self, *arguments):
        process = subprocess.Popen([find_python(), PORTAL, self.log, *arguments], text=True,
                                   stdout=subprocess.PIPE,
                                   env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address})
        self.addCleanup(self.stop, process)
        self.assertEqual(process.stdout.readline(), "ready\n")
        return process

    def ask(self, *keys, path="/nowhere"):
        window = self.open(DBUS_SESSION_BUS_ADDRESS=self.address, PATH=path)
        window.give("Escape", *keys)
        return window

    def said(self, n):
        """The n-th line of the portal's log."""
        def line():
            lines = self.log.read_text().splitlines() if self.log.exists() else []
            return json.loads(lines[n]) if len(lines) > n else None
        return wait_for("the portal", line)

    def test_a_file_is_opened(self):
        self.begin_portal("0", self.session.as_uri())
        window = self.ask("ctrl+o", Typed("papers/"), "ctrl+o")
        self.is_titled(window, "one.heed")
        said = self.said(0)
        self.assertEqual((said["method"], said["folder"]), ("OpenFile", f"{self.home}/papers/"))
        self.assertEqual(int(said["window"].removeprefix("x11:"), 16), int(window.id))
        self.assertIn("*.heed", said["patterns"])

    def test_a_session_is_saved_and_not_asked_about_twice(self):
        self.begin_portal("0", self.session.as_uri())
        window = self.ask("ctrl+s", "ctrl+s")
        self.is_titled(window, "one.heed")
        self.assertIn(FIRST_TEXT, self.session.read_text())
        said = self.said(0)
        self.assertEqual((said["method"], said["name"]), ("SaveFile", "session.heed"))
        self.assertEqual(said["patterns"], ["*.heed"])

    def test_a_name_without_its_ending_gets_it_and_is_asked_about(self):
        self.begin_portal("0", (self.home / "papers/one").as_uri())
        window = self.ask("ctrl+s", "ctrl+s")
        self.said(0)
        window.wait_idle()
        self.assertIn("One cat", self.session.read_text())
        window.give("Return")
        self.is_titled(window, "one.heed")
        self.assertIn(FIRST_TEXT, self.session.read_text())

    def test_a_models_folder_is_loaded(self):
        folder = self.home / "tiny"
        shutil.copytree(TINY, folder)
        self.begin_portal("0", folder.as_uri())
        window = self.ask("ctrl+shift+o", "Tab", "Return")
        self.assertEqual((self.said(0)["method"], self.said(0)["directory"]), ("OpenFile", True))
        window.wait_saved("the model", lambda saved: saved.get("model_folder") == str(folder))

    def test_an_exports_folder_is_chosen(self):
        folder = self.home / "papers"
        self.begin_portal("0", folder.as_uri())
        window = self.ask("ctrl+e", "ctrl+a", Typed("it.svg"), "shift+Tab", "shift+Tab", "ctrl+o")
        said = self.said(0)
        self.assertEqual((said["method"], said["directory"]), ("OpenFile", True))
        window.wait_idle()
        window.give("Return")
        wait_for("the picture", (folder / "it.svg").exists)

    def test_who_gives_an_exports_folder_up_has_the_panel_still(self):
        self.begin_portal("wait")
        window = self.ask("ctrl+e", "ctrl+a", Typed("papers/it.svg"), "shift+Tab", "shift+Tab",
                          "ctrl+o")
        self.said(0)
        window.give("Escape")
        self.assertEqual(self.said(1), {"method": "Close"})
        window.give("Return")
        wait_for("the picture", (self.home / "papers/it.svg").exists)

    def test_who_cancels_types_on(self):
        self.begin_portal("1")
        window = self.ask("ctrl+o", "ctrl+o")
        self.said(0)
        self.types_on(window)

    def test_an_answer_to_another_question_is_none(self):
        self.session.with_name("two.heed").write_text('{"version": 1, "text": "Two dogs."}')
        self.begin_portal("wait")
        window = self.ask("ctrl+o", "ctrl+o")
        self.said(0)
        window.give("Escape")
        self.assertEqual(self.said(1), {"method": "Close"})
        window.give("ctrl+o", Typed("papers/one.heed"), "Return")
        self.is_titled(window, "one.heed")

    def test_a_portal_that_fails_or_goes_leaves_the_question(self):
        for response in ("2", "vanish"):
            with self.subTest(response):
                portal = self.begin_portal(response)
                window = self.ask("ctrl+o", "ctrl+o")
                self.said(0)
                if response == "vanish":
                    portal.wait()
                self.types_on(window)
                window.close()
                self.stop(portal)
                self.log.unlink()

    def test_what_is_no_file_of_this_machine_is_refused(self):
        self.begin_portal("0", "sftp://elsewhere/one.heed")
        window = self.ask("ctrl+o", "ctrl+o")
        self.said(0)
        self.types_on(window)

    def test_where_the_portal_has_no_chooser_a_program_is_asked(self):
        tools = self.home / "tools"
        tools.mkdir()
        (tools / "zenity").write_text(PROGRAM)
        (tools / "zenity").chmod(0o755)
        for response in ("none", "die"):
            with self.subTest(response):
                portal = self.begin_portal(response)
                window = self.open(DBUS_SESSION_BUS_ADDRESS=self.address, PATH=f"{tools}:/bin",
                                   FAKE_CHOOSER=str(self.session))
                window.give("Escape", "ctrl+o", "ctrl+o")
                self.is_titled(window, "one.heed")
                window.close()
                self.stop(portal)

    def test_without_a_portal_and_programs_the_path_is_typed(self):
        window = self.ask("ctrl+o", "ctrl+o")
        self.types_on(window)

    def test_a_bus_that_dies_leaves_the_window(self):
        self.begin_portal("wait")
        window = self.ask("ctrl+o", "ctrl+o")
        self.said(0)
        self.bus.kill()
        self.bus.wait()
        self.types_on(window)
        window.give("ctrl+o", "ctrl+o")
        self.types_on(window)
        window.give("ctrl+q")
        self.assertEqual(window.end(None), 0)

    def test_a_desktop_without_animations_is_followed(self):
        (self.home / "config/gtk-3.0/settings.ini").unlink()
        self.log = self.home / "still"
        self.begin_portal("1")
        window = self.ask("ctrl+l")
        window.wait_drawn()
        before = window.screenshot()
        for _ in range(40):
            self.assertEqual(window.screenshot(), before)


class Programs(ChooserTest):
    def setUp(self):
        super().setUp()
        self.tools = self.home / "tools"
        self.tools.mkdir()

    def add(self, name):
        path = self.tools / name
        path.write_text(PROGRAM)
        path.chmod(0o755)
        return self.tools / f"{name}.said"

    def ask(self, answer, *keys, **more):
        window = self.open(PATH=f"{self.tools}:/bin", FAKE_CHOOSER=answer, **more)
        window.give("Escape", *keys)
        return window

    def test_zenity_opens_and_saves(self):
        said = self.add("zenity")
        window = self.ask(str(self.session), "ctrl+o", Typed("papers/o"), "ctrl+o")
        self.is_titled(window, "one.heed")
        self.assertIn(f"--filename={self.home}/papers/o", said.read_text().splitlines())
        window.give("ctrl+l", Typed(" sat"), "Escape")
        self.is_titled(window, "one.heed *")
        window.give("ctrl+s", "ctrl+s")
        self.is_titled(window, "one.heed")
        self.assertIn("sat", self.session.read_text())
        self.assertIn("--confirm-overwrite", said.read_text().splitlines())

    def test_on_kde_it_is_kdialog(self):
        self.add("zenity")
        said = self.add("kdialog")
        window = self.ask(str(self.session), "ctrl+o", "ctrl+o", XDG_CURRENT_DESKTOP="KDE")
        self.is_titled(window, "one.heed")
        self.assertIn("--getopenfilename", said.read_text().splitlines())

    def test_each_asks_for_a_models_folder(self):
        for name, desktop, flag in (("zenity", "GNOME", "--directory"),
                                    ("kdialog", "KDE", "--getexistingdirectory")):
            said = self.add(name)
            folder = self.home / name
            shutil.copytree(TINY, folder)
            with self.subTest(name):
                window = self.ask(str(folder), "ctrl+shift+o", "Tab", "Return",
                                  XDG_CURRENT_DESKTOP=desktop)
                window.wait_saved("the model", lambda saved: saved.get("model_folder") == str(folder))
                self.assertIn(flag, said.read_text().splitlines())
                window.close()

    def test_one_that_is_cancelled_or_dies_leaves_the_question(self):
        said = self.add("zenity")
        for answer in ("", "crash"):
            with self.subTest(answer):
                window = self.ask(answer, "ctrl+o", "ctrl+o")
                wait_for("zenity", said.exists)
                self.types_on(window)
                window.close()
                said.unlink()

    def test_escape_and_leaving_close_it(self):
        said = self.add("zenity")
        for keys in (["Escape"], ["ctrl+q"]):
            with self.subTest(keys):
                window = self.ask("wait", "ctrl+o", "ctrl+o")
                wait_for("zenity", said.exists)
                window.give(*keys)
                wait_for("its end", lambda: said.read_text() == "closed\n")
                window.close()
                said.unlink()

    def test_the_window_goes_on_meanwhile(self):
        said = self.add("zenity")
        window = self.ask("wait", "ctrl+o", "ctrl+o")
        wait_for("zenity", said.exists)
        self.types_on(window)
        wait_for("its end", lambda: said.read_text() == "closed\n")


if __name__ == "__main__":
    if not find_python() or not shutil.which("dbus-daemon"):
        print("skipped: needs gi and dbus-daemon")
        sys.exit(77)
    base.main()
