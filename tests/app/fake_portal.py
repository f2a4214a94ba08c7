#!/usr/bin/env python3
"""A desktop's portal for chooser_test.py, on the bus of DBUS_SESSION_BUS_ADDRESS:

    fake_portal.py LOG RESPONSE [URI]

Says "ready" when it is there. Each request for a file is a line of JSON in LOG and gets that
response: 0 (with URI), 1 or 2; "wait": none, until it is closed; "die": the portal ends;
"none": it has no chooser. Its settings want no animations when LOG's name says "still"."""

import json
import sys

from gi.repository import Gio, GLib

OBJECT = "/org/freedesktop/portal/desktop"
CHOOSER = """
  <interface name='org.freedesktop.portal.FileChooser'>
    %s
  </interface>""" % "".join(f"""
    <method name='{name}'>
      <arg type='s' direction='in'/><arg type='s' direction='in'/>
      <arg type='a{{sv}}' direction='in'/><arg type='o' direction='out'/>
    </method>""" for name in ("OpenFile", "SaveFile"))
SETTINGS = """
  <interface name='org.freedesktop.portal.Settings'>
    <method name='Read'>
      <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='v' direction='out'/>
    </method>
  </interface>"""
REQUEST = """
  <node><interface name='org.freedesktop.portal.Request'>
    <method name='Close'/>
    <signal name='Response'><arg type='u'/><arg type='a{sv}'/></signal>
  </interface></node>"""

log, response, *uris = sys.argv[1:]
loop = GLib.MainLoop()


def note(**what):
    with open(log, "a") as out:
        print(json.dumps(what), file=out)


def closed(bus, sender, path, interface, method, parameters, invocation):
    note(method=method)
    invocation.return_value(None)


def asked(bus, sender, path, interface, method, parameters, invocation):
    if interface.endswith("Settings"):
        if "still" in log and parameters[1] == "enable-animations":
            value = GLib.Variant("v", GLib.Variant("b", False))
            invocation.return_value(GLib.Variant.new_tuple(GLib.Variant("v", value)))
        else:
            invocation.return_dbus_error("org.freedesktop.portal.Error.NotFound", "not known")
        return
    window, title, options = parameters.unpack()
    folder = bytes(options["current_folder"]).rstrip(b"\0").decode()
    note(method=method, window=window, title=title, folder=folder,
         name=options.get("current_name"), directory=options.get("directory", False),
         patterns=[p for _, p in options["filters"][0][1]] if "filters" in options else None)
    if response == "die":
        loop.quit()
        return
    handle = "/".join((OBJECT, "request", sender[1:].replace(".", "_"), options["handle_token"]))
    bus.register_object(handle, Gio.DBusNodeInfo.new_for_xml(REQUEST).interfaces[0], closed)
    invocation.return_value(GLib.Variant("(o)", (handle,)))
    if response == "vanish":
        GLib.timeout_add(200, loop.quit)
    elif response != "wait":
        bus.emit_signal(sender, handle, "org.freedesktop.portal.Request", "Response", GLib.Variant(
            "(ua{sv})", (int(response), {"uris": GLib.Variant("as", uris)} if uris else {})))


def begin(bus, name):
    node = Gio.DBusNodeInfo.new_for_xml(
        f"<node>{SETTINGS}{CHOOSER if response != 'none' else ''}</node>")
    for interface in node.interfaces:
        bus.register_object(OBJECT, interface, asked)


Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.portal.Desktop",
                 Gio.BusNameOwnerFlags.NONE, begin,
                 lambda bus, name: print("ready", flush=True), None)
loop.run()
