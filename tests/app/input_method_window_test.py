#!/usr/bin/env python3
"""An input method types into a real window: IBus with an engine of the test's own
(input_method_engine.py), on a session bus of its own. Skipped without IBus, its Python
module or dbus-run-session."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import window_rig as base
from window_rig import wait_for

ENGINE = pathlib.Path(__file__).with_name("input_method_engine.py")
ASKS = "import gi; gi.require_version('IBus', '1.0'); from gi.repository import IBus"


def find_python():
    """One that has IBus' module: the system's, often."""
    for python in (sys.executable, "/usr/bin/python3"):
        done = subprocess.run([python, "-c", ASKS], stderr=subprocess.DEVNULL)
        if done.returncode == 0:
            return python
    return None


class InputMethod(base.WindowTest):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="heed-ibus-")
        cls.address = f"unix:path={cls.folder.name}/socket"
        environment = dict(os.environ, HOME=cls.folder.name, IBUS_ADDRESS=cls.address,
                           XDG_CONFIG_HOME=cls.folder.name, XDG_CACHE_HOME=cls.folder.name)
        cls.daemon = subprocess.Popen(
            ["ibus-daemon", "--address", cls.address, "--panel", "disable", "--config", "disable"],
            env=environment, stderr=subprocess.DEVNULL)
        wait_for("IBus", lambda: os.path.exists(f"{cls.folder.name}/socket"))
        cls.engine = subprocess.Popen([find_python(), ENGINE], env=environment, text=True,
                                      stdout=subprocess.PIPE)
        assert cls.engine.stdout.readline() == "ready\n"

    @classmethod
    def tearDownClass(cls):
        for process in (cls.engine, cls.daemon):
            process.kill()
            process.wait()
        cls.engine.stdout.close()
        cls.folder.cleanup()

    def open(self):
        # SDL looks in the settings' folder for the file that the daemon writes there.
        shutil.copytree(f"{self.folder.name}/ibus", self.home / "config/ibus")
        window = super().open(XMODIFIERS="@im=ibus",
                              DBUS_SESSION_BUS_ADDRESS=os.environ["DBUS_SESSION_BUS_ADDRESS"])
        window.wait_drawn() # it has the focus, and the method knows
        return window

    def test_what_is_composed_becomes_text_when_it_is_done(self):
        window = self.open()
        window.key("ctrl+l", "ctrl+a")
        window.key(*"nihao")
        window.wait_idle()
        window.key("space", "period", "Escape")
        window.wait_saved("the text", lambda state: state.get("text") == "你好.")

    def test_what_is_dropped_leaves_no_trace(self):
        window = self.open()
        window.key("ctrl+l", "ctrl+a", "period")
        window.key(*"nihao")
        window.key("Escape", "comma")
        window.wait_saved("the text", lambda state: state.get("text") == ".,")


if __name__ == "__main__":
    if not all(map(shutil.which, ("ibus-daemon", "dbus-run-session"))) or not find_python():
        print("skipped: needs ibus-daemon, its Python module, dbus-run-session")
        sys.exit(77)
    if os.environ.get("HEED_TEST_ON_BUS") != "1":
        os.environ["HEED_TEST_ON_BUS"] = "1"
        os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, *sys.argv])
    base.main()
