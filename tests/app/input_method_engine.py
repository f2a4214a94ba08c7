#!/usr/bin/env python3
"""An engine for IBus that every machine has the same of: letters are held back and shown,
Space makes them two Chinese characters, Escape drops them. Says "ready" once it is in use."""

import gi

gi.require_version("IBus", "1.0")
from gi.repository import GLib, IBus  # noqa: E402

NAME = "heed-test"
COMMITTED = "你好"


class Engine(IBus.Engine):
    __gtype_name__ = "HeedTestEngine"
    held = ""

    def do_process_key_event(self, keyval, _, state):
        if state & (IBus.ModifierType.RELEASE_MASK | IBus.ModifierType.CONTROL_MASK):
            return False
        if ord("a") <= keyval <= ord("z"):
            self.held += chr(keyval)
        elif not self.held or keyval not in (IBus.KEY_space, IBus.KEY_Escape):
            return False
        else:
            if keyval == IBus.KEY_space:
                self.commit_text(IBus.Text.new_from_string(COMMITTED))
            self.held = ""
        self.update_preedit_text(IBus.Text.new_from_string(self.held), len(self.held),
                                 bool(self.held))
        return True


def main():
    IBus.init()
    bus = IBus.Bus()
    component = IBus.Component.new("org.heed.Test", "", "0", "MIT", "", "", "", "")
    component.add_engine(IBus.EngineDesc.new(NAME, NAME, "", "en", "MIT", "", "", "us"))
    factory = IBus.Factory.new(bus.get_connection())
    factory.add_engine(NAME, Engine.__gtype__)
    bus.register_component(component)

    def done(it, result):
        if it.set_global_engine_async_finish(result):
            print("ready", flush=True)

    bus.set_global_engine_async(NAME, -1, None, done)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
