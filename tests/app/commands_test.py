#!/usr/bin/env python3
"""Every command of the program, given by keys alone in a real window: by one
of its own keys or by its name through the palette; with HEED_TEST_FULL, or
HEED_TEST_ONLY, by each of them. What it did is read from
a session that is then saved, from the clipboard, from files, and where it
changes no state from the screen. A command that no case here covers fails the
test: add its line to CASES.

window_rig.py says what it needs, and the list of commands by HEED_PRINT_COMMANDS.
HEED_TEST_ONLY: only names that hold this, or one of several parted by "|";
HEED_TEST_VERBOSE: what each takes; HEED_TEST_PICTURE: a file for the screen as it
was when one failed.
"""

import functools
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from window_rig import FIRST_TEXT, Typed, Window, main, output, wait_for

PRINT = os.environ.get("HEED_PRINT_COMMANDS", "")
ONLY = os.environ.get("HEED_TEST_ONLY", "")
FULL = os.environ.get("HEED_TEST_FULL") == "1"

# What each case starts from, besides its own changes.
BASE = {
    "version": 1, "text": FIRST_TEXT, "pair": None, "compare": None,
    "view": "links", "shown": {"L3H0": 0, "L3H1": 1, "L3H2": 2},
    "matrix_head": "L3H1", "query": None, "key": None, "theme": "light",
    "filter": {"threshold": 0.01, "top_p": 1, "top_k": 0}, "ui_scale": 1,
}
IT = {"first": 10, "count": 1}
ANIMAL = {"first": 2, "count": 1}
PINNED = {"query": IT, "key": ANIMAL}
COMPARED = {"view": "compare",
            "compare": "The animal didn't cross the street because it was "
                       "too wide."}
GROUPS = str(pathlib.Path(os.environ.get("HEED_TEST_DATA", "tests")).resolve() / "data/groups.tsv")
LISTED = {"sentences": ["A cat sat.", FIRST_TEXT, "It ran."], "sentence": 2}
PROBED = {"panel": "probe", "probe": GROUPS}
PROJECTED = {"projector": True}
WITH_PAIR = {"pair": "It was old."}

# xdotool's names of keys.
KEYSYMS = {"+": "plus", "=": "equal", "-": "minus", "/": "slash", ",": "comma",
           ".": "period", "[": "bracketleft", "]": "bracketright",
           "Enter": "Return", "PageUp": "Prior", "PageDown": "Next", "Esc": "Escape"}

SHIFTED = '~!@#$%^&*()_+{}|:"<>?'


def seen(check):
    """Marks a check that compares with the picture before the command."""
    check.is_seen = True
    return check


class Case:
    """changes: of the base session. keys: pressed before the command. sees:
    what must then be true. after: keys that close what it opened."""

    def __init__(self, sees, changes=None, keys=(), after=(), palette=True,
                 size=(1600, 1000)):
        self.sees, self.changes, self.keys = sees, changes or {}, keys
        self.after, self.palette, self.size = after, palette, size
        self.is_seen = getattr(sees, "is_seen", False)
        self.goes_back = sees is goes_back


def becomes(**wanted):
    """The state has these values then, and hadn't before."""
    def check(run):
        before, state = run.base, run.state()
        for name, value in wanted.items():
            run.test.assertNotEqual(before[name], value, f"{name} before")
            run.test.assertEqual(state[name], value, name)
    return check


def filters(**wanted):
    def check(run):
        before, after = run.base["filter"], run.state()["filter"]
        for name, value in wanted.items():
            run.test.assertNotEqual(before[name], value, f"{name} before")
            run.test.assertAlmostEqual(after[name], value, 5, name)
    return check


def goes(name, up, of_filter=True):
    """A number that grows or shrinks."""
    def check(run):
        before, after = run.base, run.state()
        if of_filter:
            before, after = before["filter"], after["filter"]
        wanted = run.test.assertGreater if up else run.test.assertLess
        wanted(after[name], before[name], name)
    return check


def differs(*names):
    def check(run):
        state = run.state()
        for name in names:
            run.test.assertNotEqual(state[name], run.base[name], name)
    return check


@seen
def looks(run):
    """Changes no state: the picture is another one."""
    run.wait_change("another picture")
    run.press(*run.case.after)
    run.test.assertEqual(run.state(), run.base)


def opens_teacher(run):
    """A window of its own, which the same key closes, in either."""
    def find():
        return output("xdotool", "search", "--onlyvisible", "--name", "^heed: teacher$")

    run.flush()
    wait_for("the teacher's window", find)
    run.window.do("windowfocus", "--sync", run.window.id)
    run.press(*run.case.after)
    run.flush()
    wait_for("its end", lambda: not find())
    run.window.do("windowfocus", "--sync", run.window.id)
    run.test.assertEqual(run.state(), run.base)


def unchanged(run):
    """Nothing of the state: a window without a manager has no screen to fill."""
    run.press(*run.case.after)
    run.test.assertEqual(run.state(), run.base)


def goes_back(run):
    """The picture is the one before the case's keys: nothing runs any more,
    and nothing came of it."""
    wait_for("the picture before", lambda: run.pixels() == run.before)
    run.test.assertEqual(run.state(), run.base)


def copies(*words):
    def check(run):
        run.flush()

        def copied():
            text = output("timeout", "5", "xclip", "-selection", "clipboard",
                          "-o")
            return all(word in text for word in words)
        wait_for(f"{words} on the clipboard", copied)
        run.test.assertEqual(run.state(), run.base)
    return check


def copies_picture(run):
    run.flush()
    for kind, begin in (("image/png", b"\x89PNG"), ("image/svg+xml", b"<?xml")):
        def copied():
            done = subprocess.run(["timeout", "5", "xclip", "-selection", "clipboard", "-t", kind,
                                   "-o"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            return done.stdout.startswith(begin)
        wait_for(kind, copied)
    run.test.assertEqual(run.state(), run.base)


def shows(*heads):
    def check(run):
        run.test.assertNotEqual(list(run.base["shown"]), list(heads))
        run.test.assertEqual(list(run.state()["shown"]), list(heads))
    return check


def layer(n):
    return [f"L{n}H{head}" for head in range(12)]


def chosen_next(*keys, then):
    """Opens a menu: these keys choose in it."""
    @seen
    def check(run):
        run.wait_change("a menu")
        run.press(*keys)
        then(run)
    return check


def typed_next(text, then, *keys):
    """Opens a field: this text is typed in it, Enter pressed, then keys."""
    @seen
    def check(run):
        run.wait_change("a question")
        run.press("ctrl+a", Typed(text(run) if callable(text) else text), "Return", *keys)
        then(run)
    return check


def writes(name, begins):
    def check(run):
        path = run.home / name
        run.flush()
        wait_for(name, path.exists)
        run.test.assertTrue(path.read_bytes().startswith(begins))
        path.unlink()
    return check


def lists(*lines, shown):
    """The session's sentences are these then."""
    def check(run):
        run.press("Escape")
        state = run.state()
        run.test.assertEqual((state.get("sentences", []), state.get("sentence", 0)),
                             (list(lines), shown))
    return check


def names_it(run):
    run.press("c", "a", "t", "Return")
    run.test.assertEqual(run.state()["sentences"],
                         ["A cat sat.", {"name": "cat", "text": FIRST_TEXT}, "It ran."])


def undone(run):
    run.test.assertEqual(run.state()["theme"], "light")


def redone(run):
    run.test.assertEqual(run.state()["theme"], "dark")


def types_into(name):
    def check(run):
        run.test.assertNotIn("z", run.base[name])
        run.press(Typed("z"))
        run.test.assertIn("z", run.state()[name])
    return check


def quits(run):
    run.flush()
    run.test.assertEqual(run.window.end(None), 0, run.window.said())


def unpins(run):
    state = run.state()
    run.test.assertIsNone(state["key"])
    run.test.assertEqual(state["query"], IT)


def other_session(run):
    path = run.home / "other.heed"
    path.write_text(json.dumps({**BASE, "text": "other words"}))
    return path.name


T5 = {"file": os.environ.get("HEED_SOURCE", "") + "/tests/data/attention/t5.safetensors"}
OTHER_MODEL = os.environ.get("HEED_SOURCE", "") + "/tests/data/tiny-distilbert"
VIT = {"file": os.environ.get("HEED_SOURCE", "") + "/tests/data/attention/vit.safetensors"}
TWIN_OF_VIT = VIT["file"].replace("/tests/", "/./tests/")  # the same bytes, another path
# The first card's first step, wherever one was when one left it: Compare.
IN_LESSON = ["F4", "Return", "Home"]
IN_LESSON_TEXT = "Two ducks left the bank of the river."


@seen
def votes_go(run):
    """Once the palette has closed."""
    voted = run.before
    run.settle()
    run.test.assertTrue(run.before != voted, "the votes are seen")
    run.test.assertEqual(run.state(), run.base)


def leaves(run):
    """What was before the lesson is there again."""
    state = run.state()
    for name in ("text", "compare", "view", "matrix_head", "query"):
        run.test.assertNotEqual(run.base[name], BASE[name], f"{name} before")
        run.test.assertEqual(state[name], BASE[name], name)


HEADS_BY_DISTANCE = {"view": "heads", "heads_order": "distance"}
# So long that there is time to cancel what is computed of it.
LONG_TEXT = " ".join([FIRST_TEXT] * 40)
LOOSE = {"filter": {"threshold": 0.05, "top_p": 0.5, "top_k": 5}}

CASES = {
    "Links": Case(becomes(view="links"), {"view": "arcs"}),
    "Arcs": Case(becomes(view="arcs")),
    "Matrix": Case(becomes(view="matrix")),
    "Heads": Case(becomes(view="heads")),
    "Neuron": Case(becomes(view="neuron")),
    "Stack": Case(becomes(view="stack")),
    "Compare": Case(becomes(view="compare")),
    "Lab": Case(becomes(view="lab")),
    "Matrix of the shown head before": Case(
        becomes(matrix_head="L3H0"), {"view": "matrix"}),
    "Matrix of the next shown head": Case(
        becomes(matrix_head="L3H2"), {"view": "matrix"}),
    "Attention file: patches in lists, or in the picture": Case(
        becomes(patch_lists=True), VIT),
    "Neuron: keys by weight or in order": Case(
        becomes(neuron_sorted=True), {"view": "neuron"}),
    "Neuron: values, or queries and keys": Case(
        becomes(neuron_values=True), {"view": "neuron"}),
    "Neuron in steps: the next one": Case(
        becomes(neuron_step="vectors"), {"view": "neuron"}),
    "Neuron in steps: the one before": Case(
        becomes(neuron_step="sum"), {"view": "neuron", "neuron_step": "scale"}),
    "Neuron: all at once": Case(
        becomes(neuron_step="all"), {"view": "neuron", "neuron_step": "scale"}),
    "Neuron: in steps": Case(becomes(neuron_step="vectors"), {"view": "neuron"}),
    "Neuron: copy the row\u2019s sums as text": Case(
        copies("q.k\tscore", "animal\t21.69\t3.83\t46.24\t0.677", "sum\t\t\t68.32\t1.000"),
        {**PINNED, "view": "neuron"}),
    "Neuron: copy the row\u2019s sums as LaTeX": Case(
        copies("animal & 21.69 & 3.83 & 46.24 & 0.677", "\\frac{46.24}{68.32} = 0.677"),
        {**PINNED, "view": "neuron"}),
    "Stack: back to the embedding": Case(
        becomes(stack_page=0), {"view": "stack", "stack_page": 3}),
    "Compare: show the 3 heads that move most": Case(
        differs("shown"), {**COMPARED, **PINNED}),
    "Compare: the maps, or hidden states": Case(
        differs("compare_map"), COMPARED),
    "Compare: with another word here": Case(
        becomes(view="compare"), keys=["ctrl+f", "s", "t", "r", "e", "Escape"], palette=False),
    "Compare: rank heads by …": Case(
        chosen_next("Down", "Return", then=differs("compare_rank")), {**COMPARED, **PINNED}),
    "Compare, when low: maps, heads or states": Case(
        differs("compare_heads"), COMPARED),
    "Zoom in": Case(looks, after=["0"]),
    "Zoom out": Case(looks, keys=["plus", "plus"], after=["0"]),
    "Fit the picture": Case(looks, keys=["plus", "plus"]),
    # Esc leaves the focus on what was found, Enter pins it.
    "Find a token": Case(
        typed_next("street", differs("query"), "Escape", "Return")),
    "Next link of the query": Case(differs("key"), PINNED),
    "Previous link of the query": Case(differs("key"), PINNED),
    "Strongest query of the key": Case(differs("query"), PINNED),
    "Query of the key before": Case(differs("query"), PINNED),
    "Go to the text": Case(types_into("text")),
    "Go to the second text": Case(types_into("compare"), COMPARED),
    "Add or remove a second text": Case(becomes(pair="")),
    "Compare: swap A and B": Case(differs("text", "compare"), COMPARED),
    "Compare: model of B …": Case(looks, COMPARED, after=("Escape",)),
    "Compare: B of the same model as A": Case(
        becomes(compare_model=None), {**COMPARED, "compare_model": OTHER_MODEL}),
    "Compare: copy A to B": Case(becomes(compare=FIRST_TEXT), COMPARED),
    "Settings": Case(looks, after=["Escape"]),
    "Reduced motion, or as the desktop": Case(becomes(reduced_motion=True)),
    "Insert the model\u2019s mask at the caret": Case(differs("text")),
    "Sentences of this session …": Case(looks, LISTED, after=["Escape"]),
    "Next sentence": Case(becomes(text="It ran.", sentence=3), LISTED),
    "Sentence before": Case(becomes(text="A cat sat.", sentence=1), LISTED),
    "Sentences: add the text": Case(
        lists("A cat sat.", "It ran.", FIRST_TEXT, shown=3),
        {"sentences": ["A cat sat.", "It ran."], "sentence": 1}),
    "Sentences: put the text in the place of this one": Case(
        lists(FIRST_TEXT, "It ran.", shown=1),
        {"sentences": ["A cat sat.", "It ran."], "sentence": 1}),
    "Sentences: remove this one": Case(lists("A cat sat.", "It ran.", shown=2), LISTED),
    "Sentences: name this one": Case(names_it, LISTED),
    "Sentences: move this one up": Case(
        lists(FIRST_TEXT, "A cat sat.", "It ran.", shown=1), LISTED),
    "Sentences: move this one down": Case(
        lists("A cat sat.", "It ran.", FIRST_TEXT, shown=3), LISTED),
    "Undo": Case(undone, keys=["t"]),
    "Redo": Case(redone, keys=["t", "ctrl+z"]),
    "Shown heads, or the Stack, one layer up": Case(
        shows("L2H0", "L2H1", "L2H2")),
    "Shown heads, or the Stack, one layer down": Case(
        shows("L4H0", "L4H1", "L4H2")),
    "Show every head of this layer": Case(shows(*layer(3))),
    "Show no head": Case(shows()),
    "Show only this head": Case(shows("L3H1")),
    "Open this head in Matrix": Case(becomes(view="matrix")),
    "Heads as heatmaps or links": Case(
        becomes(heads_mode="links"), {"view": "heads"}),
    "Order the heads by …": Case(
        chosen_next("Down", "Down", "Return", then=differs("heads_order")),
        {"view": "heads"}),
    "Ordered heads in bands": Case(
        becomes(heads_bands=True), HEADS_BY_DISTANCE),
    "Show or hide this head": Case(shows("L3H0", "L3H2")),
    # It shows the strongest head.
    "Rank heads for this link": Case(
        differs("shown"), {**PINNED, "shown": {"L0H0": 0}}),
    "Ranking: all heads, or the first": Case(looks, PINNED),
    "Mark as candidate, or not": Case(differs("candidates"), PINNED),
    "No candidates": Case(
        becomes(candidates=[]), {**PINNED, "candidates": [ANIMAL]}),
    "Mute this head, or not": Case(becomes(muted=["L3H1"])),
    "Scale this head’s output …": Case(
        chosen_next("Down", "Return", then=differs("scaled"))),
    "Less of this head’s output": Case(differs("scaled")),
    "More of this head’s output": Case(differs("scaled")),
    "Cut this link, or put it back": Case(differs("cuts"), PINNED),
    "Cut this link in every shown head": Case(differs("cuts"), PINNED),
    "Cut this link in every head": Case(differs("cuts"), PINNED),
    "Mute one of the shown heads …": Case(
        chosen_next("Down", "Return", then=becomes(muted=["L3H1"]))),
    "Cut the pinned link in …": Case(
        chosen_next("Return", then=differs("cuts")), PINNED),
    "Mask: full": Case(becomes(mask="full"), {"mask": "causal"}),
    "Mask: causal": Case(becomes(mask="causal")),
    "Mask: window": Case(becomes(mask="window:2")),
    "Mask: strided": Case(becomes(mask="strided:3")),
    "Mask: text to pair": Case(becomes(mask="cross"), WITH_PAIR),
    "Mask: narrower": Case(becomes(mask="window:4"), {"mask": "window:5"}),
    "Mask: wider": Case(becomes(mask="strided:6"), {"mask": "strided:5"}),
    "Positions: learned": Case(
        becomes(positions="learned"), {"positions": "off"}),
    "Positions: off": Case(becomes(positions="off")),
    "Positions: sinusoidal": Case(becomes(positions="sinusoidal")),
    "Attention: softmax": Case(
        becomes(attention="softmax"), {"attention": "linear"}),
    "Attention: linear": Case(becomes(attention="linear")),
    "Attention: flash": Case(becomes(attention="flash")),
    "Put one thing back …": Case(
        chosen_next("Return", then=becomes(muted=[])), {"muted": ["L3H1"]}),
    "All on again": Case(becomes(muted=[]), {"muted": ["L3H1"]}),
    "Ablation: which head changes this most?": Case(becomes(panel="ablation")),
    "Probe: heads over a file of sentences": Case(becomes(panel="probe")),
    "Probe: choose its file …": Case(
        chosen_next("Return", then=differs("probe")), {"panel": "probe"}),
    "Probe: the numbers of one group …": Case(
        chosen_next("Down", "Return", then=looks), PROBED, keys=["ctrl+Return"]),
    # Where all heads are ranked the list is below the window's edge.
    "Probe: list all, right or other sentences": Case(unchanged, PROBED, keys=["ctrl+Return"]),
    "Run the open panel, or again": Case(looks, {"panel": "ablation"}),
    "Lab: try each change alone": Case(looks, {"view": "lab"}),
    "Cancel what runs": Case(
        goes_back, {"panel": "ablation", "text": LONG_TEXT}, keys=["ctrl+Return"]),
    "Ablation by the link's largest change": Case(
        becomes(ablation_by="largest"),
        {"panel": "ablation", "ablation_by": "mean"}),
    "Ablation by the link's mean change": Case(
        becomes(ablation_by="mean"), {"panel": "ablation"}),
    "Ablation by the query's state": Case(
        becomes(ablation_by="token"), {"panel": "ablation"}),
    "Ablation by the sentence embedding": Case(
        becomes(ablation_by="sentence"), {"panel": "ablation"}),
    "Colour the head map by …": Case(
        chosen_next("Down", "Down", "Return", then=differs("color_by"))),
    "Hide special tokens": Case(filters(hide_special=True)),
    "Hide punctuation": Case(filters(hide_punctuation=True)),
    "Renormalise rows": Case(
        filters(renormalise=True), {"filter": {"hide_special": True}}),
    "Merge word pieces into words": Case(filters(words=True)),
    "Average shown heads": Case(filters(aggregate="mean")),
    "Lower threshold": Case(goes("threshold", up=False), LOOSE),
    "Higher threshold": Case(goes("threshold", up=True), LOOSE),
    "Keep a smaller top share": Case(goes("top_p", up=False), LOOSE),
    "Keep a larger top share": Case(goes("top_p", up=True), LOOSE),
    "Keep fewer links of each row": Case(goes("top_k", up=False), LOOSE),
    "Keep more links of each row": Case(goes("top_k", up=True), LOOSE),
    "No threshold": Case(filters(threshold=0), LOOSE),
    "Keep every share": Case(filters(top_p=1), LOOSE),
    "Keep every link of a row": Case(filters(top_k=0), LOOSE),
    "Undo one filter …": Case(
        chosen_next("Return", then=differs("filter")), LOOSE),
    "Measure: weight": Case(
        filters(measure="weight"), {"filter": {"measure": "rollout"}}),
    "Measure: weight × |value|": Case(filters(measure="value-norm")),
    "Measure: rollout": Case(filters(measure="rollout")),
    "Segments: all": Case(
        filters(segments="all"), {**WITH_PAIR, "filter": {"segments": "ab"}}),
    "Segments: text to text": Case(filters(segments="aa"), WITH_PAIR),
    "Segments: text to pair": Case(filters(segments="ab"), WITH_PAIR),
    "Segments: pair to text": Case(filters(segments="ba"), WITH_PAIR),
    "Segments: pair to pair": Case(filters(segments="bb"), WITH_PAIR),
    "Reset the filters": Case(
        filters(threshold=0.01, top_p=1, top_k=0), LOOSE),
    "Measure and token options …": Case(looks, after=["Escape"]),
    "One step back: close, leave, unpin": Case(unpins, PINNED),
    "Copy the pair's weights": Case(copies("L3H0", "animal"), PINNED),
    "Copy the row as CSV": Case(copies("L3H0", ",", "street"), PINNED),
    "Menu of what is focused": Case(looks, keys=["Tab"] * 4, after=["Escape"]),
    "Inspector": Case(looks, after=["i"], size=(1024, 700)),
    "Side rail": Case(looks, after=["b"], size=(780, 700)),
    "Fold or unfold the filters": Case(looks, after=["f"], size=(1024, 700)),
    "Projector: black, until the next key": Case(looks, PROJECTED, after=["x"]),
    "Projector: white, until the next key": Case(looks, PROJECTED, after=["x"]),
    "Projector: the pinned pair large, or all": Case(
        looks, {**PROJECTED, **PINNED, "view": "matrix"}, after=["z"]),
    "Projector: the next step, layer or page": Case(
        becomes(stack_page=3), {**PROJECTED, "view": "stack", "stack_page": 2}),
    "Projector: the one before": Case(
        becomes(neuron_step="sum"),
        {**PROJECTED, "view": "neuron", "neuron_step": "scale"}),
    "Projector: the teacher’s window": Case(opens_teacher, after=["shift+F5"]),
    "Full screen": Case(unchanged, after=["F11"]),
    "Projector mode": Case(becomes(projector=True)),
    "Next theme": Case(becomes(theme="dark")),
    "Palette …": Case(
        chosen_next("Down", "Return", then=differs("palette"))),
    "Larger interface": Case(goes("ui_scale", up=True, of_filter=False)),
    "Smaller interface": Case(goes("ui_scale", up=False, of_filter=False)),
    "Interface at its own size": Case(becomes(ui_scale=1), {"ui_scale": 1.5}),
    "Attention file: close it": Case(becomes(file=None), T5),
    "Compare: open the second attention file …": Case(
        typed_next(VIT["file"], becomes(compare=VIT["file"])),
        {**VIT, "view": "compare", "compare": TWIN_OF_VIT}),
    "Attention file: the part before": Case(becomes(part="encoder"), {**T5, "part": "decoder"}),
    "Attention file: the next part": Case(becomes(part="decoder"), T5),
    "Open a model …": Case(looks, after=("Escape",)),
    "Open …": Case(typed_next(other_session, becomes(text="other words"))),
    "Save …": Case(typed_next("new.heed", writes("new.heed", b"{"))),
    "Export the picture …": Case(
        typed_next("new.svg", writes("new.svg", b"<?xml"), "Escape")),
    "Copy the picture as PNG and SVG": Case(copies_picture),
    "Copy the picture’s export command": Case(
        copies("heed export", "--heads L3H0,L3H1,L3H2", "-o")),
    "Copy the picture’s data as CSV": Case(copies("kind,part,map", "street")),
    "Copy the picture’s caption": Case(copies("heads L3H0")),
    "Copy the picture in words": Case(copies("Tokens, 16:", "L3H0, ", "street (8)")),
    # It is the palette itself.
    "Find a command": Case(
        typed_next("next theme", becomes(theme="dark")), palette=False),
    "Every key": Case(looks, after=["Escape"]),
    "What the words mean": Case(looks, after=["Escape"]),
    "Reset: as at the first start": Case(
        becomes(view="links", text=FIRST_TEXT), {"view": "stack", "text": "A cat sat."}),
    "About heed": Case(looks, after=["Escape"]),
    "Report a problem: copy what it needs": Case(
        copies("heed ", "sha256 ", "kernels: ", "OpenGL", "What I did:")),
    "Examples …": Case(
        chosen_next("Down", "Return", then=differs("text"))),
    "Lessons": Case(looks, after=["Escape"]),
    "Lesson: next step (Space)": Case(
        differs("compare_map"), keys=IN_LESSON),
    "Lesson: step before (Left)": Case(
        differs("compare_map"), keys=[*IN_LESSON, "Next"]),
    "Lesson: hide the votes (Shift+V)": Case(
        votes_go, keys=[*IN_LESSON, "Next", "Next", "1"]),
    "Lesson: its sentence again (Shift+R)": Case(
        becomes(text=IN_LESSON_TEXT), keys=[*IN_LESSON, "slash", "ctrl+a", Typed("a cat"), "Escape"]),
    "Lesson: add this as a step …": Case(
        typed_next("own.json", writes("own.json", b"{"))),
    "Lesson: leave it": Case(leaves, keys=IN_LESSON),
    "Three things to try": Case(looks, after=["Escape"]),
    "Close the note": Case(looks, keys=["F3"]),
    "Quit": Case(quits),
}

# Those that aren't in the table: what reaches them.
OTHERS = {
    "path: a row of the list", # files_window_test.py
    "path: Browse", # chooser_test.py
    "open anyway: a row of the question",
    "export panel: its controls", # export_window_test.py
    "export panel: Enter in its fields",
    "export panel: Open folder",
    "try: a row of the first start's card", # help_test.c
    "pin: Enter, or the menu of what is focused",
    "accept: Enter in a question", # the cases with typed_next
    "close message: any key",
    "probe's sentence: Enter on it in the panel",
    "probe's relation: a row of the panel",
    "part: a segment of the tab row", # attention_window_test.py
    "factor: a row of the menu of factors", # "Scale this head's output ..."
    "lesson: Enter on a card", # IN_LESSON
    "lesson's step: a row of the teacher's window", # teacher_window_test.py
    "lesson's first: Home", "lesson's last: End", "lesson's vote: 1 to 4",
    "model's row: the arrows in the chooser", "model: Enter in the chooser",
    "model's opening: Esc",
    "put back: a row of the menu of what is off", # "Put one thing back ..."
}


@functools.cache
def commands():
    lines = subprocess.run([PRINT], check=True, stdout=subprocess.PIPE,
                           text=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def keysyms(chord):
    """Ctrl+Shift+Z as xdotool has it."""
    parts = chord.replace("++", "+plus").split("+") if len(chord) > 1 else [chord]
    *mods, key = parts
    key = KEYSYMS.get(key, key.lower() if len(key) == 1 else key)
    return "+".join([mod.lower() for mod in mods] + [key])


def search_of(name):
    """What finds a command in the palette: its name without the words that
    have signs no key types; and its group, if other names begin so."""
    all_of_them = [c for c in commands() if c["in_table"]]
    words = " ".join(w for w in name.split() if w.isascii())
    if sum(c["name"].startswith(words) for c in all_of_them) > 1:
        words += " " + next(c["group"] for c in all_of_them
                            if c["name"] == name)
    return words.lower()


class Run:
    """One case, given in one way. Keys are kept until something waits for what
    they do, and then given at once: starting xdotool takes longer than they do.
    Files have short names, for they are typed."""

    def __init__(self, test, window, home, case):
        self.test, self.window, self.home, self.case = test, window, home, case
        self.kept = []

    def press(self, *keys):
        self.kept += keys

    def flush(self):
        keys, self.kept = self.kept, []
        self.window.give(*keys)

    def pixels(self):
        self.flush()
        return self.window.pixels()

    def wait_change(self, what):
        wait_for(what, lambda: self.pixels() != self.before)

    def answer(self, chord, path):
        self.press(chord, "ctrl+a", Typed(path), "Return")

    def find(self, words):
        """By the palette. A sign on a shifted key is lost when the window is too
        busy to ask for text before it comes."""
        self.press("ctrl+k")
        if set(words) & set(SHIFTED):
            self.flush()
            self.window.wait_idle()
        self.press(Typed(words), "Return")

    def state(self):
        """As a session that is saved now."""
        path = self.home / "s.heed"
        path.unlink(missing_ok=True)
        self.answer("ctrl+s", path.name)
        self.flush()
        wait_for("a saved session", path.exists)
        state = json.loads(path.read_text())
        for ran in ("ablation_ran", "probe_ran"):  # that it has run is no choice of anybody's
            state.pop(ran, None)
        return state

    def begin(self):
        """The case's state, its picture, and no field has the focus."""
        path = self.home / next(self.test.names)
        path.write_text(json.dumps({**BASE, **self.case.changes}))
        self.window.resize(*self.case.size)
        # A field would take the bare keys; Esc with a path open closes it.
        self.press("ctrl+o", "Escape", "ctrl+l", "Escape")
        self.answer("ctrl+o", path.name)
        self.flush()
        # It is read aside, and what is saved before it has come is what was there.
        wait_for("the case's session",
                 lambda: self.window.title().startswith(f"heed: {path.name}"))
        if self.case.goes_back: # a long text's run must have come
            self.settle()
        self.press(*self.case.keys)
        self.base = self.state()
        if self.case.is_seen:
            self.settle()
        elif not self.case.goes_back: # which never rests
            self.window.wait_idle()

    def settle(self):
        self.flush()

        def stands():
            self.window.wait_idle()
            self.before = self.pixels()
            self.window.wait_idle()
            return self.before == self.pixels()
        wait_for("a picture that stands", stands)


class EveryCommand(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp(prefix="heed-commands-"))
        cls.addClassCleanup(shutil.rmtree, cls.home, ignore_errors=True)
        cls.window = None
        cls.names = itertools.cycle(["a.heed", "b.heed"]) # never the one before

    @classmethod
    def tearDownClass(cls):
        if cls.window:
            cls.window.close()

    def open_window(self):
        cls = type(self)
        if cls.window is None or cls.window.process.poll() is not None:
            if cls.window:
                cls.window.close()
            cls.window = Window(self.home)
            cls.window.key("Escape", "Escape") # the first start's note
        return cls.window

    def give(self, case, keys, name):
        """By keys, or typed in the palette."""
        run = Run(self, self.open_window(), self.home, case)
        run.begin()
        if keys:
            run.press(keys)
        else:
            run.find(search_of(name))
        case.sees(run)

    def tell(self, name, keys, start):
        """While it runs, if asked for."""
        if os.environ.get("HEED_TEST_VERBOSE"):
            print(f"{name}: {keys or 'palette'} "
                  f"{time.monotonic() - start:.1f} s", flush=True)
        error = sys.exc_info()[1]
        if error:
            if os.environ.get("HEED_TEST_PICTURE"):
                subprocess.run(["import", "-window", "root",
                                os.environ["HEED_TEST_PICTURE"]])
            print(f"{name}: {keys or 'palette'}: {error}", flush=True)

    def test_each_command_has_a_case(self):
        known = {c["name"] for c in commands() if c["in_table"]}
        self.assertEqual(known, set(CASES))
        self.assertLessEqual(
            {c["name"] for c in commands() if not c["in_table"]}, OTHERS)

    def test_each_command_does_its_work_by_keys(self):
        for at, command in enumerate(commands()):
            name = command["name"]
            if not command["in_table"] or not any(part in name for part in ONLY.split("|")):
                continue
            case = CASES.get(name)
            ways = [keysyms(key) for key in command["keys"]]
            if case and case.palette:
                ways.append(None)
            self.assertTrue(ways, f"{name} can't be reached by keys")
            if not (FULL or ONLY):
                ways = [ways[at % len(ways)]]
            for keys in ways if case else ():
                with self.subTest(command=name, by=keys or "the palette"):
                    start = time.monotonic()
                    try:
                        self.give(case, keys, name)
                    finally:
                        self.tell(name, keys, start)


if __name__ == "__main__":
    main(PRINT)
