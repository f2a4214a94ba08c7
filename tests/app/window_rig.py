"""The real program in a real window, driven by xdotool on the X server of
DISPLAY (tests/xvfb.sh starts one): what the tests of this folder share.

Finds the program by HEED_BINARY and the model by HEED_TEST_MODEL. What a person
did is read back from the state file that heed leaves, from the clipboard, and
from the screen.
"""

import contextlib
import ctypes
import itertools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

BINARY = os.environ.get("HEED_BINARY", "")
MODEL = os.environ.get("HEED_TEST_MODEL", "")
TOOLS = ("xdotool", "xclip")
FIRST_TEXT = "The animal didn't cross the street because it was too tired."
PATIENCE = float(os.environ.get("HEED_TEST_PATIENCE", 60))  # seconds


def wait_for(what, condition, patience=PATIENCE):
    """The first true value of condition(), or an error that names it."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {patience} s in vain for {what}")


def alike(a, b):
    """Whether two pictures look the same: a group that is painted from a
    texture is rounded once more than one that is painted directly."""
    step = 4096
    parts = ((a[i:i + step], b[i:i + step]) for i in range(0, len(a), step))
    return len(a) == len(b) and all(
        p == q or max(abs(x - y) for x, y in zip(p, q)) <= 12 for p, q in parts)


def output(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL)
    return done.stdout.strip() if done.returncode == 0 else ""


class ClientMessage(ctypes.Structure):
    """Xlib's XClientMessageEvent, as large as an XEvent."""
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong),
                ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                ("window", ctypes.c_ulong), ("message_type", ctypes.c_ulong),
                ("format", ctypes.c_int), ("data", ctypes.c_long * 5),
                ("rest", ctypes.c_long * 24)]


class Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int),
                ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int),
                ("bitmap_unit", ctypes.c_int), ("bitmap_bit_order", ctypes.c_int),
                ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int),
                ("bytes_per_line", ctypes.c_int), ("bits_per_pixel", ctypes.c_int)]


class X11:
    """What xdotool can't do, or only by a process each time."""
    library = display = None
    ON_ERROR = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
    ALL_PLANES, Z_PIXMAP, CLIENT_MESSAGE = ctypes.c_ulong(-1).value, 2, 33

    @classmethod
    def open(cls):
        if cls.library is None:
            x11 = cls.library = ctypes.CDLL("libX11.so.6")
            x11.XOpenDisplay.restype = ctypes.c_void_p
            x11.XInternAtom.restype = ctypes.c_ulong
            x11.XGetImage.restype = ctypes.POINTER(Image)
            # Else a window that has gone ends the test.
            cls.on_error = cls.ON_ERROR(lambda display, event: 0)
            x11.XSetErrorHandler(cls.on_error)
            cls.display = ctypes.c_void_p(x11.XOpenDisplay(None))
            # A machine that is busy leaves a key down for long.
            x11.XAutoRepeatOff(cls.display)
            x11.XFlush(cls.display)
        return cls.library

    @classmethod
    def picture(cls, window):
        """Width, height and RGB bytes."""
        x11 = cls.open()
        root, x, y = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        if not x11.XGetGeometry(cls.display, ctypes.c_ulong(window),
                                *map(ctypes.byref, (root, x, y, width, height, border, depth))):
            raise AssertionError("the window has gone")
        image = x11.XGetImage(cls.display, ctypes.c_ulong(window), 0, 0, width, height,
                              ctypes.c_ulong(cls.ALL_PLANES), cls.Z_PIXMAP)
        if not image:
            raise AssertionError("the window has gone")
        it = image.contents
        assert it.bits_per_pixel == 32 and it.bytes_per_line == 4 * it.width
        size, data = (it.width, it.height), ctypes.string_at(it.data, 4 * it.width * it.height)
        x11.XDestroyImage(image)
        pixels = bytearray(len(data) // 4 * 3)
        for channel in range(3):
            pixels[channel::3] = data[2 - channel::4]
        return *size, bytes(pixels)

    @classmethod
    def close_window(cls, window):
        """What a window manager sends when its close button is pressed."""
        x11 = cls.open()
        event = ClientMessage(type=cls.CLIENT_MESSAGE, window=window, format=32)
        event.message_type = x11.XInternAtom(cls.display, b"WM_PROTOCOLS", 0)
        event.data[0] = x11.XInternAtom(cls.display, b"WM_DELETE_WINDOW", 0)
        x11.XSendEvent(cls.display, ctypes.c_ulong(window), 0, ctypes.c_long(0),
                       ctypes.byref(event))
        x11.XFlush(cls.display)


class Typed(str):
    """A text among keys."""


class Window:
    """One running heed."""

    def __init__(self, home, *arguments, **environment):
        self.state_file = home / "state/heed/last.heed"
        self.errors = open(home / "stderr", "w+")
        X11.open()
        # Nothing lies under the pointer there.
        self.do("mousemove", "10000", "10000")
        self.process = subprocess.Popen(
            [BINARY, "--model", MODEL, *arguments], stdin=subprocess.DEVNULL,
            stderr=self.errors, cwd=home,
            env=home_environment(home, **environment))
        self.id = wait_for("a window", self.find)
        self.do("windowfocus", "--sync", self.id)
        # SDL gives keys that it finds beside the news of the focus the
        # modifiers of that moment, not those they were pressed with.
        self.wait_drawn()

    def find(self):
        if self.process.poll() is not None:
            raise AssertionError(
                f"heed ended with {self.process.returncode}: {self.said()}")
        return output("xdotool", "search", "--onlyvisible", "--pid",
                      str(self.process.pid)).split("\n")[-1]

    def said(self):
        self.errors.seek(0)
        return self.errors.read()

    def do(self, *command):
        subprocess.run(["xdotool", *command], check=True, timeout=PATIENCE)

    def key(self, *keys):
        self.give(*keys)

    def type(self, text):
        self.give(Typed(text))

    def give(self, *keys):
        """xdotool's names of keys, and texts to type, by one xdotool."""
        command = []
        for is_text, group in itertools.groupby(keys, lambda key: isinstance(key, Typed)):
            for text in group if is_text else ():
                command += ["type", "--delay", "1", "--args", "1", text]
            command += () if is_text else ("key", "--delay", "1", *group)
        if command:
            self.do(*command)

    def click(self, x, y, *more):
        self.do("mousemove", "--window", self.id, str(x), str(y),
                "click", *more, "1")

    def replace_text(self, text):
        """Whatever has the focus: the field gets it, and this text."""
        self.key("ctrl+l", "ctrl+a")
        self.type(text)

    def title(self):
        return output("xdotool", "getwindowname", self.id)

    def saved(self):
        """The state on disk, or {} as long as it can't be read."""
        try:
            return json.loads(self.state_file.read_text())
        except (OSError, ValueError):
            return {}

    def wait_saved(self, what, condition):
        """Waits until heed, idle, has written a state that fits."""
        wait_for(what, lambda: (state := self.saved()) and condition(state))

    def screenshot(self):
        """Width, height and RGB bytes of the window."""
        return X11.picture(int(self.id))

    def resize(self, width, height):
        if self.screenshot()[:2] != (width, height):
            self.do("windowsize", "--sync", self.id, str(width), str(height))

    def wait_idle(self):
        """Until it waits for events: none of its threads runs, or wants to."""
        def is_idle():
            for _ in range(5):
                for path in pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/stat"):
                    with contextlib.suppress(OSError):
                        if path.read_text().rsplit(")", 1)[1].split()[0] in "RD":
                            return False
                time.sleep(0.01)
            return True
        wait_for("rest", is_idle)

    def wait_drawn(self):
        """Until the picture stands: there are colours (before the model is
        open, all is grey), and the next look shows the same."""
        def stands():
            self.wait_idle()
            before = self.pixels()
            colours = {before[i:i + 3] for i in range(0, len(before), 3 * 7)}
            bright = [c for c in colours if max(c) - min(c) > 40]
            if len(bright) <= 20:
                return False
            self.wait_idle()
            return before == self.pixels()
        wait_for("the picture", stands)

    def pixels(self):
        """The window without its text row, where a caret blinks, and its
        status bar, which tells the time that was taken."""
        width, height, pixels = self.screenshot()
        return pixels[width * 80 * 3:width * (height - 40) * 3]

    def cpu_ticks(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text()
        fields = text.rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def end(self, how=signal.SIGTERM):
        """Its exit status; how: a signal, or None if it ends by itself."""
        if how is not None and self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.errors.close()


def home_environment(home, **more):
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("XDG_") and name != "WAYLAND_DISPLAY"}
    kept.update(HOME=str(home), XDG_CONFIG_HOME=str(home / "config"),
                XDG_STATE_HOME=str(home / "state"),
                XDG_CACHE_HOME=str(home / "cache"), SDL_AUDIODRIVER="dummy",
                XDG_RUNTIME_DIR=str(home), DBUS_SESSION_BUS_ADDRESS=None)
    kept.update(more)
    return {name: value for name, value in kept.items() if value is not None}


class WindowTest(unittest.TestCase):
    hint_seen = True  # else the first start's hint moves all below it
    still = True  # the desktop asks for no motion

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="heed-window-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.settings = self.home / "config/heed/settings.json"
        if self.still: # a picture is there at once: nothing waits for a fade
            gtk = self.home / "config/gtk-3.0"
            gtk.mkdir(parents=True)
            (gtk / "settings.ini").write_text("[Settings]\ngtk-enable-animations = 0\n")
        if self.hint_seen:
            self.settings.parent.mkdir(parents=True)
            self.settings.write_text('{"version": 1, "hint_seen": true}')

    def open(self, *arguments, **environment):
        window = Window(self.home, *arguments, **environment)
        self.addCleanup(window.close)
        return window

    def run_without_window(self, *arguments, **environment):
        done = subprocess.run(
            [BINARY, *arguments], stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.home,
            env=home_environment(self.home, **environment), timeout=PATIENCE)
        return done.returncode, done.stderr


def main(*needs):
    """Runs the tests, or skips them all."""
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if not all((BINARY, MODEL, os.environ.get("DISPLAY"), *needs)) or missing:
        print("skipped: needs HEED_BINARY, HEED_TEST_MODEL, HEED_PRINT_COMMANDS, a display",
              *missing)
        sys.exit(77)
    unittest.main()
