#!/usr/bin/env python3
"""Starting, typing, pins, undo, what is off, the window's life: each in a window
of its own. window_rig.py says what it needs."""

import json
import signal
import subprocess
import time

from window_rig import (BINARY, FIRST_TEXT, MODEL, X11, WindowTest, alike, main, output,
                        wait_for)


class Start(WindowTest):
    hint_seen = False

    def test_the_hint_is_shown_once(self):
        pictures = []
        for _ in range(3):
            window = self.open()
            window.wait_idle()
            width, height, pixels = window.screenshot()
            pictures.append(b"".join(pixels[(y * width + 3 * width // 4) * 3:(y + 1) * width * 3]
                                     for y in range(height // 2, height - 40)))
            self.assertEqual(window.end(), 0, window.said())
            self.assertTrue(json.loads(self.settings.read_text())["hint_seen"])
        self.assertFalse(alike(pictures[0], pictures[1]))
        self.assertTrue(alike(pictures[1], pictures[2]))

    def test_first_start_shows_the_example(self):
        window = self.open()
        self.assertIn("heed", window.title())
        self.assertEqual(window.end(), 0, window.said())
        state = window.saved()
        self.assertEqual(state["text"], FIRST_TEXT)
        self.assertEqual(window.said(), "")

    def test_first_start_has_it_pinned_in_the_heads_that_link_it_most(self):
        window = self.open()
        window.key("2") # no field has the focus: a digit is a key
        window.wait_drawn()
        self.assertEqual(window.end(), 0, window.said())
        state = window.saved()
        self.assertEqual(state["view"], "arcs")
        self.assertEqual(sorted(state["shown"]), ["L3H1", "L5H11"])
        self.assertEqual(state["query"], {"first": 10, "count": 1})
        self.assertTrue(state["filter"]["hide_special"])

    def test_text_of_the_command_line_is_shown(self):
        window = self.open("Time flies like an arrow.")
        self.assertEqual(window.end(), 0)
        self.assertEqual(window.saved()["text"], "Time flies like an arrow.")

    def test_without_a_display_it_refuses(self):
        status, err = self.run_without_window(
            "--model", MODEL, DISPLAY=None, SDL_VIDEODRIVER=None)
        self.assertEqual(status, 1)
        self.assertRegex(err, r"^heed: .*display.*\n$")

    def test_with_a_display_that_is_not_there_it_refuses(self):
        status, err = self.run_without_window(
            "--model", MODEL, DISPLAY=":4711")
        self.assertEqual(status, 1)
        self.assertRegex(err, r"^heed: [^\n]+\n$")

    def test_an_old_opengl_is_refused_with_a_clear_line(self):
        status, err = self.run_without_window(
            "--model", MODEL, MESA_GL_VERSION_OVERRIDE="2.1", MESA_GLES_VERSION_OVERRIDE="2.0")
        self.assertEqual(status, 1)
        self.assertRegex(err, r"^heed: [^\n]*OpenGL[^\n]*3\.3[^\n]*\n$")

    def test_with_an_old_opengl_it_draws_by_opengl_es(self):
        window = self.open(MESA_GL_VERSION_OVERRIDE="2.1")
        window.wait_drawn()
        self.assertEqual(window.end(), 0, window.said())


class Typing(WindowTest):
    def test_typed_text_is_kept_over_a_restart(self):
        window = self.open()
        window.replace_text("Time flies like an arrow.")
        self.assertEqual(window.end(), 0)
        self.assertEqual(window.saved()["text"], "Time flies like an arrow.")
        window = self.open()
        self.assertEqual(window.end(), 0)
        self.assertEqual(window.saved()["text"], "Time flies like an arrow.")

    def test_fast_typing_loses_nothing(self):
        text = " ".join(["the quick brown fox jumps over lazy dogs"] * 8)
        window = self.open()
        window.key("ctrl+l", "ctrl+a")
        window.type(text)
        window.wait_drawn()
        self.assertEqual(window.end(), 0)
        self.assertEqual(window.saved()["text"], text)

    def test_new_text_is_a_new_picture_and_undo_the_old(self):
        window = self.open()
        first = window.pixels()
        window.key("ctrl+l", "ctrl+End", "BackSpace")
        window.wait_drawn()
        wait_for("another picture", lambda: window.pixels() != first)
        window.key("ctrl+z")
        wait_for("the first picture", lambda: alike(window.pixels(), first))

    def test_keys_pressed_while_it_is_busy_lose_nothing(self):
        window = self.open("x")
        window.key("Escape")
        window.wait_drawn()
        window.process.send_signal(signal.SIGSTOP)
        window.key("ctrl+k")
        window.type("next theme")
        window.key("Return", "slash", "ctrl+a")
        window.type("Abc d")
        window.do("keydown", "ctrl")
        window.process.send_signal(signal.SIGCONT)
        window.wait_saved("theme and text", lambda state: state.get("theme")
                          == "dark" and state["text"] == "Abc d")
        window.do("keyup", "ctrl")

    def test_word_motions_and_deletion(self):
        window = self.open("one two three")
        window.key("ctrl+l", "ctrl+End", "ctrl+Left", "ctrl+BackSpace")
        window.type("2 ")
        window.key("Home", "shift+End", "shift+ctrl+Left", "shift+ctrl+Left")
        window.type("zero ")
        self.assertEqual(window.end(), 0)
        self.assertEqual(window.saved()["text"], "zero 2 three")


class Clipboard(WindowTest):
    def xclip(self, selection, text):
        subprocess.run(["xclip", "-selection", selection, "-i"], input=text,
                       text=True, check=True, stdout=subprocess.DEVNULL)

    def test_copy(self):
        window = self.open()
        window.key("ctrl+l", "ctrl+a", "ctrl+c")
        wait_for("the clipboard", lambda: output(
            "timeout", "5", "xclip", "-selection", "clipboard", "-o")
            == FIRST_TEXT)

    def test_paste_turns_line_ends_into_spaces(self):
        self.xclip("clipboard", "die Straße\nist naß\r\nheute")
        window = self.open()
        window.key("ctrl+l", "ctrl+a", "ctrl+v")
        window.wait_saved("the pasted text", lambda state: state.get("text")
                          == "die Straße ist naß heute")

    def test_a_paste_that_brings_nothing_says_so(self):
        self.xclip("clipboard", "The cat sat. " * 300000)
        window = self.open()
        window.key("ctrl+l", "ctrl+a")
        selected = window.pixels()
        window.key("ctrl+v")
        wait_for("a message", lambda: window.pixels() != selected)
        self.assertEqual(window.end(), 0)
        self.assertEqual(window.saved()["text"], FIRST_TEXT)

    def test_selected_text_is_the_primary_selection(self):
        window = self.open()
        window.key("ctrl+l", "Home", "shift+ctrl+Right")
        wait_for("the primary selection", lambda: output(
            "timeout", "5", "xclip", "-selection", "primary", "-o")
            .startswith("The"))

    def test_middle_button_pastes_the_primary_selection(self):
        window = self.open("x")
        self.xclip("primary", "abc ")
        window.do("mousemove", "--window", window.id, "40", "36", "click", "2")
        window.wait_saved("the pasted text",
                          lambda state: "abc" in state.get("text", ""))


class Commands(WindowTest):
    def test_view_and_quit_by_keys(self):
        window = self.open()
        links = window.pixels()
        window.key("alt+3")
        wait_for("another view", lambda: window.pixels() != links)
        window.key("ctrl+q")
        self.assertEqual(window.end(None), 0)
        self.assertEqual(str(window.saved()["view"]).lower(), "matrix")

    def test_bare_keys_act_only_outside_the_field(self):
        window = self.open("x")
        window.key("ctrl+l", "ctrl+End")
        window.type("s3")
        window.key("Escape")
        window.type("3")
        self.assertEqual(window.end(), 0)
        state = window.saved()
        self.assertEqual(state["text"], "xs3")
        self.assertEqual(str(state["view"]).lower(), "matrix")

    def test_themes_differ_on_screen(self):
        window = self.open()
        light = window.pixels()
        window.key("Escape", "t")
        wait_for("another theme", lambda: window.pixels() != light)

    def test_head_is_toggled_by_a_click_on_the_map(self):
        window = self.open()
        before = window.end() == 0 and window.saved()
        window = self.open()
        window.click(*HEAD_CELL)
        window.wait_saved("another head", lambda state: state
                          and state["shown"] != before["shown"])


class Pins(WindowTest):
    def test_clicks_pin_a_token_then_a_pair_and_escape_unpins(self):
        window = self.open()
        window.click(*QUERY_IT)
        window.wait_saved("the pinned query", lambda state: state.get("query")
                          == {"first": 10, "count": 1})
        window.click(*KEY_ANIMAL)
        window.wait_saved("the pinned key", lambda state: state.get("key")
                          == {"first": 2, "count": 1})
        window.key("Escape")
        window.wait_saved("no key", lambda state: state
                          and state["key"] is None and state["query"])
        window.key("Escape")
        window.wait_saved("no query", lambda state: state
                          and state["query"] is None)

    def test_hover_shows_more_and_leaves_nothing(self):
        window = self.open()
        rest = window.pixels()
        window.do("mousemove", "--window", window.id, *map(str, QUERY_IT))
        wait_for("the hovered token", lambda: window.pixels() != rest)
        window.do("mousemove", "10000", "10000")
        wait_for("the picture as before",
                 lambda: alike(window.pixels(), rest))

    def test_undo_goes_back_over_pins_and_heads(self):
        window = self.open()
        window.click(*QUERY_IT)
        window.click(*HEAD_CELL)
        window.wait_saved("pin and head", lambda state: state.get("query")
                          and len(state["shown"]) == 4)
        window.key("ctrl+z", "ctrl+z")
        window.wait_saved("neither", lambda state: state["query"] is None
                          and len(state["shown"]) == 3)
        window.key("ctrl+shift+z")
        window.wait_saved("the pin again", lambda state: state["query"]
                          and len(state["shown"]) == 3)


class Ablation(WindowTest):
    def export(self, window, path):
        """It can't be written until the heads are muted; a second Return after that
        would ask whether the file is to be replaced."""
        window.key("ctrl+e", "ctrl+a")
        window.type(str(path))
        deadline = time.monotonic() + 60
        while not path.exists() and time.monotonic() < deadline:
            window.key("Return")
            for _ in range(50):
                time.sleep(0 if path.exists() else 0.1)
        return path.read_text()

    def test_its_table_is_the_commands(self):
        window = self.open()
        window.click(*QUERY_IT)
        window.click(*KEY_ANIMAL)
        window.wait_saved("the pair", lambda state: state.get("key"))
        window.key("shift+a")
        window.wait_saved("the panel", lambda state: state["panel"] ==
                          "ablation")
        window.key("ctrl+Return")
        written = json.loads(self.export(window, self.home / "table.json"))
        wanted = json.loads(output(BINARY, "ablate", "--model", MODEL,
                                   FIRST_TEXT, "--from", "it", "--to",
                                   "animal", "--json"))
        self.assertEqual(len(written["heads"]), 72)
        values = {(h["layer"], h["head"]): h for h in written["heads"]}
        for head in wanted["heads"]:
            mine = values[head["layer"], head["head"]]
            for name in ("weight", "value_norm", "rollout", "link", "token",
                         "sentence"):
                self.assertAlmostEqual(mine[name], head[name], 5)
        picture = self.export(window, self.home / "picture.svg")
        self.assertTrue("Muted: change of it" in picture)
        self.assertEqual(window.end(), 0, window.said())

    def test_typing_goes_on_while_it_runs(self):
        window = self.open()
        window.key("Escape", "shift+a", "ctrl+Return")
        window.replace_text("typed while heads are muted")
        window.wait_drawn()
        self.assertEqual(window.end(), 0, window.said())
        self.assertEqual(window.saved()["text"], "typed while heads are muted")


class WhatIsOff(WindowTest):
    def cut_link(self):
        """A window in which it -> animal is pinned, and cut everywhere."""
        window = self.open()
        window.click(*QUERY_IT)
        window.click(*KEY_ANIMAL)
        window.wait_saved("the pair", lambda state: state.get("key"))
        window.do("mousemove", "10000", "10000")
        window.key("ctrl+shift+x")
        window.wait_saved("the cut", lambda state: state.get("cuts"))
        return window

    def test_a_cut_link_outlives_a_restart_and_is_put_back(self):
        link = {"head": "every", "query": {"first": 10, "count": 1},
                "key": {"first": 2, "count": 1}}
        window = self.cut_link()
        self.assertEqual(window.saved()["cuts"], [link])
        self.assertEqual(window.end(), 0, window.said())
        window = self.open()
        self.assertEqual(window.saved()["cuts"], [link])
        window.key("Escape", "ctrl+r")
        window.wait_saved("all on again", lambda state: state
                          and state["cuts"] == [])
        window.key("ctrl+z")
        window.wait_saved("the cut again", lambda state: state["cuts"])

    def test_a_cut_follows_its_words_while_typing(self):
        window = self.cut_link()
        window.key("ctrl+l", "Home")
        window.type("Oh! ")
        window.wait_saved("the moved cut", lambda state: state
                          and state["text"].startswith("Oh! ")
                          and [c["query"]["first"] for c in state["cuts"]] ==
                          [12])
        window.replace_text("A road.")
        window.wait_saved("no cut", lambda state: state["text"] == "A road."
                          and state["cuts"] == [])

    def test_the_strip_above_the_status_puts_back(self):
        window = self.cut_link()
        window.wait_drawn()
        width, height, pixels = window.screenshot()
        row = height - 32 - 20  # the middle of the strip
        at = (row * width + 8) * 3
        self.assertEqual(pixels[at:at + 3], bytes((0xFF, 0xF6, 0xE0)))
        window.click(width - 68, row)  # All on again
        window.wait_saved("all on again", lambda state: state
                          and state["cuts"] == [])
        window.wait_drawn()
        _, _, pixels = window.screenshot()
        self.assertNotEqual(pixels[at:at + 3], bytes((0xFF, 0xF6, 0xE0)))


class Life(WindowTest):
    def test_every_size_from_the_least_is_drawn(self):
        window = self.open()
        for width, height in (640, 480), (1024, 700), (1590, 990):
            window.resize(width, height)
            window.wait_drawn()
            self.assertEqual(window.screenshot()[:2], (width, height))
        self.assertEqual(window.end(), 0)

    def test_a_very_long_word_does_not_stop_it(self):
        window = self.open("a" * 100_000)
        window.replace_text("short again")
        window.wait_drawn()
        self.assertEqual(window.end(), 0)
        self.assertEqual(window.saved()["text"], "short again")

    def test_closing_the_window_keeps_the_state(self):
        window = self.open("x")
        window.replace_text("closed")
        X11.close_window(int(window.id))
        self.assertEqual(window.end(None), 0)
        self.assertEqual(window.saved()["text"], "closed")

    def test_a_broken_last_state_is_put_aside(self):
        folder = self.home / "state/heed"
        folder.mkdir(parents=True)
        (folder / "last.heed").write_text("{ broken")
        window = self.open()
        self.assertEqual(window.end(), 0)
        self.assertEqual((folder / "last.heed.bad").read_text(), "{ broken")
        self.assertEqual(window.saved()["text"], FIRST_TEXT)

    def test_idle_it_takes_no_processor_time(self):
        window = self.open()
        # The caret stands still after 10 s, and then nothing is drawn at all; after
        # 15 memory is given back.
        time.sleep(17)
        before = window.cpu_ticks()
        time.sleep(2)
        self.assertLessEqual(window.cpu_ticks() - before, 2)


# Where things lie in the first start's window of 1600x1000: a cell of the head
# map that isn't shown; "it", token 10, on the left; "animal", token 2, on the
# right.
HEAD_CELL = (78, 242)
QUERY_IT = (466, 649)
KEY_ANIMAL = (910, 285)


if __name__ == "__main__":
    main()
