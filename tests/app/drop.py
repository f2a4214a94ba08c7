"""Files dropped on a window, as a file manager drops them: the source's side of XDND, on the
X server of DISPLAY."""

import ctypes
import time

from window_rig import PATIENCE, X11, ClientMessage

SELECTION_REQUEST = 30


class SelectionRequest(ctypes.Structure):
    """Xlib's XSelectionRequestEvent, as large as an XEvent."""
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong),
                ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                ("owner", ctypes.c_ulong), ("requestor", ctypes.c_ulong),
                ("selection", ctypes.c_ulong), ("target", ctypes.c_ulong),
                ("property", ctypes.c_ulong), ("time", ctypes.c_ulong),
                ("rest", ctypes.c_long * 24)]


class SelectionNotify(ctypes.Structure):
    """Xlib's XSelectionEvent."""
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong),
                ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                ("requestor", ctypes.c_ulong), ("selection", ctypes.c_ulong),
                ("target", ctypes.c_ulong), ("property", ctypes.c_ulong),
                ("time", ctypes.c_ulong), ("rest", ctypes.c_long * 24)]


def drop(window, *paths):
    """All of them at once; returns when the window has asked for their names and got them."""
    x11, display = X11.open(), X11.display
    x11.XDefaultRootWindow.restype = x11.XCreateSimpleWindow.restype = ctypes.c_ulong
    target = ctypes.c_ulong(int(window.id))

    def atom(name):
        return x11.XInternAtom(display, name, 0)

    uris = atom(b"text/uri-list")
    source = x11.XCreateSimpleWindow(display, ctypes.c_ulong(x11.XDefaultRootWindow(display)),
                                     0, 0, 1, 1, 0, ctypes.c_ulong(0), ctypes.c_ulong(0))
    x11.XSetSelectionOwner(display, ctypes.c_ulong(atom(b"XdndSelection")),
                           ctypes.c_ulong(source), ctypes.c_ulong(0))

    def send(name, *data):
        event = ClientMessage(type=X11.CLIENT_MESSAGE, window=target, format=32)
        event.message_type = atom(name)
        for i, value in enumerate((source, *data)):
            event.data[i] = value
        x11.XSendEvent(display, target, 0, ctypes.c_long(0), ctypes.byref(event))

    send(b"XdndEnter", 5 << 24, uris)
    send(b"XdndPosition", 0, 400 << 16 | 400, 0, atom(b"XdndActionCopy"))
    send(b"XdndDrop", 0, 0)
    x11.XFlush(display)
    event = SelectionRequest()
    end = time.monotonic() + PATIENCE
    while not x11.XCheckTypedEvent(display, SELECTION_REQUEST, ctypes.byref(event)):
        if time.monotonic() > end:
            raise AssertionError("nobody asked for what was dropped")
        time.sleep(0.02)
    data = "".join(f"{path.as_uri()}\r\n" for path in paths).encode()
    x11.XChangeProperty(display, ctypes.c_ulong(event.requestor), ctypes.c_ulong(event.property),
                        ctypes.c_ulong(uris), 8, 0, data, len(data))
    answer = SelectionNotify(type=31, requestor=event.requestor, selection=event.selection,
                             target=event.target, property=event.property, time=event.time)
    x11.XSendEvent(display, ctypes.c_ulong(event.requestor), 0, ctypes.c_long(0),
                   ctypes.byref(answer))
    x11.XFlush(display)
