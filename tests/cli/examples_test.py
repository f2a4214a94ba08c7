#!/usr/bin/env python3
"""assets/examples.json says what is to be seen in each example. Here the file
is held to its own words, and with HEED_TEST_MODEL the words to the real
model: every number in "expect" is measured by heed, and every head that a
line names is expected. Ends with 77 without the model.
HEED_TEST_QUICK: a third of them. Standard library only.
"""
import json
import math
import os
import pathlib
import re
import struct
import subprocess
import sys
import unittest

HEED = os.environ["HEED_BINARY"]
REAL = os.environ.get("HEED_TEST_MODEL")
FILE = (pathlib.Path(os.environ["HEED_TEST_DATA"]).parent / "assets"
        / "examples.json")
EXAMPLES = json.loads(FILE.read_text(encoding="utf-8"))["examples"]
TRIED = EXAMPLES[::3] if os.environ.get("HEED_TEST_QUICK") else EXAMPLES
HEAD = re.compile(r"L\d+H\d+")


class Run:
    """One text's attention and hidden states, from heed attention. options:
    what isn't as trained."""

    def __init__(self, text, pair=None, options=()):
        arguments = [HEED, "attention", "--model", REAL, "-o", "-", *options]
        arguments += ["--pair", pair] if pair else []
        done = subprocess.run(arguments + ["--", text], check=True,
                              stdout=subprocess.PIPE, timeout=120)
        size = struct.unpack("<Q", done.stdout[:8])[0]
        self.header = json.loads(done.stdout[8:8 + size])
        self.data = done.stdout[8 + size:]
        self.tokens = json.loads(self.header["__metadata__"]["pieces"])

    def row(self, name, *index):
        """The last dimension at an index into the others."""
        info = self.header[name]
        at = 0
        for k, size in zip(index, info["shape"]):
            at = at * size + k
        n = info["shape"][-1]
        begin = info["data_offsets"][0] + 4 * n * at
        return struct.unpack(f"<{n}f", self.data[begin:begin + 4 * n])

    def find(self, word):
        """The index of a token; "dog:2" is the second one."""
        name, colon, k = word.rpartition(":")
        if not colon or not k.isdigit():
            name, k = word, 1
        places = [i for i, token in enumerate(self.tokens) if token == name]
        return places[int(k) - 1]

    def heads(self):
        layers, heads = self.header["attentions"]["shape"][:2]
        return [(layer, head) for layer in range(layers)
                for head in range(heads)]

    def link(self, head, query, key):
        return self.row("attentions", *head, self.find(query))[self.find(key)]

    def others(self, head, query, key):
        """What all other rows give the key, on average."""
        query, key, n = self.find(query), self.find(key), len(self.tokens)
        return sum(self.row("attentions", *head, i)[key]
                   for i in range(n) if i != query) / (n - 1)

    def share(self, head, measure):
        n = len(self.tokens)
        rows = [self.row("attentions", *head, i) for i in range(n)]
        if measure == "previous":
            return sum(rows[i][i - 1] for i in range(1, n)) / (n - 1)
        key = {"cls": 0, "sep": n - 1}[measure]
        return sum(row[key] for row in rows) / n


class Runs:
    """An example's runs, as it changes the encoder and as trained."""

    def __init__(self, session):
        changed = [part for name in ("mask", "positions", "attention")
                   if name in session
                   for part in ("--" + name, session[name])]
        self.changed = self.make(session, changed)
        self.trained = self.make(session, ()) if changed else self.changed

    def make(self, session, options):
        run = Run(session["text"], session.get("pair"), options)
        return run, (Run(session["compare"], options=options)
                     if "compare" in session else None)

    def measure(self, expect):
        return measure(expect, *(self.trained if expect.get("trained")
                                 else self.changed))


def cosine(a, b):
    dot = sum(x * y for x, y in zip(a, b))
    return dot / math.hypot(*a) / math.hypot(*b)


def head_of(name):
    return tuple(int(part) for part in name[1:].split("H"))


def measure(expect, run, other):
    """The values that an expectation is about."""
    if "similarity" in expect:
        word, layer = expect["similarity"], expect["layer"]
        return [cosine(run.row("hidden_states", layer, run.find(word)),
                       other.row("hidden_states", layer, other.find(word)))]
    run = other if expect.get("text") == "compare" else run
    if "tokens" in expect:
        return [len(run.tokens) - expect["tokens"]]
    if "count" in expect:
        found = sum(token.startswith(expect["count"]) for token in run.tokens)
        return [found - expect["times"]]
    if "measure" in expect:
        heads = (run.heads() if expect["head"] == "all"
                 else [head_of(expect["head"])])
        return [run.share(head, expect["measure"]) for head in heads]
    link = run.others if expect.get("others") else run.link
    return [link(head_of(expect["head"]), expect["from"], expect["to"])]


class FileTest(unittest.TestCase):
    def test_each_example_says_what_to_look_at_and_expects_it(self):
        self.assertEqual(len(EXAMPLES), 23)
        for example in EXAMPLES:
            with self.subTest(example["title"]):
                self.assertTrue(example["expect"])
                named = set(HEAD.findall(example["look"]))
                expected = set(HEAD.findall(json.dumps(example["expect"])))
                self.assertLessEqual(named, expected)
                if named:
                    self.assertLessEqual(set(example["session"]["shown"]),
                                         expected)

    def test_words_are_in_the_texts(self):
        for example in EXAMPLES:
            session = example["session"]
            both = session["text"] + " " + session.get("pair", "")
            other = session.get("compare", "")
            words = [(example.get(key), both) for key in ("query", "key")]
            for expect in example["expect"]:
                text = other if expect.get("text") == "compare" else both
                words += [(expect.get(key), text) for key in
                          ("from", "to", "similarity")]
            for word, text in words:
                with self.subTest(example["title"], word=word):
                    name = re.sub(r":\d+$", "", word or "").lstrip("#")
                    if not name.startswith("["):
                        self.assertIn(name.lower(), text.lower())

    def test_pins_are_words_not_places(self):
        for example in EXAMPLES:
            self.assertNotIn("query", example["session"])
            self.assertNotIn("key", example["session"])
            if "key" in example:
                self.assertIn("query", example)


@unittest.skipUnless(REAL, "HEED_TEST_MODEL isn't set")
class ModelTest(unittest.TestCase):
    def test_pinned_words_are_found(self):
        for example in TRIED:
            session = example["session"]
            words = [example[key] for key in ("query", "key") if key in example]
            for word in words:
                if word.startswith("##"):
                    continue # a piece; the lines below look it up
                with self.subTest(example["title"], word=word):
                    pair = ["--pair", session["pair"]] if "pair" in session else []
                    done = subprocess.run(
                        [HEED, "rank", "--model", REAL, "--from", word, "--to",
                         word, *pair, "--", session["text"]],
                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                    self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_the_lines_say_is_so(self):
        for example in TRIED:
            session = example["session"]
            runs = Runs(session)
            for expect in example["expect"]:
                with self.subTest(example["title"], expect=expect):
                    self.check(example, expect, runs)

    def check(self, example, expect, runs):
        if "best" in expect:
            run = runs.changed[0]
            best = max(run.heads(), key=lambda head: run.link(
                head, expect["from"], expect["to"]))
            self.assertEqual(best, head_of(expect["best"]))
            return
        for value in runs.measure(expect):
            self.assertGreaterEqual(value, expect.get("at_least", 0))
            if "tokens" in expect or "count" in expect:
                self.assertEqual(value, 0)
                self.assertRegex(example["look"] + example["title"], "token|"
                                 "wordpiece|UNK")
            else:
                self.assertLessEqual(value, expect.get("at_most", 1.0001))

    def test_each_number_in_a_line_is_a_measured_one(self):
        for example in TRIED:
            session = example["session"]
            runs = Runs(session)
            values = {f"{value:.2f}" for expect in example["expect"]
                      if "best" not in expect
                      for value in runs.measure(expect)}
            bounds = {f"{expect['at_most']:.2f}"
                      for expect in example["expect"]
                      if expect.get("head") == "all"}
            with self.subTest(example["title"]):
                said = set(re.findall(r"\d\.\d\d", example["look"]))
                self.assertLessEqual(said, values | bounds)


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(0 if REAL else 77)
