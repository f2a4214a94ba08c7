#!/usr/bin/env python3
"""A view's picture in words says what its data says, of every view, no more and no less.
Uses the small models of tests/data. Standard library only.
"""
import csv
import io
import json
import os
import pathlib
import re
import shutil
import string
import tempfile
import unittest

import commands_test as base

TEXT = "the animal was tired and the animals ran"
OTHER = "the animal was old and the animals ran"
FILES = pathlib.Path(os.environ["HEED_TEST_DATA"]) / "data" / "attention"
LINE = re.compile(r"^  (.*? \(\d+\)): (.*)$")
KEY = re.compile(r"(?:^|, )(.*? \(\d+\)) ([+\u2212]?)(\d+\.\d{3})(?=, |$)")


def number(sign, digits):
    return -float(digits) if sign == "\u2212" else float(digits)


def told(words):
    """{(heading, query, key): value} of the lines, and how many are too small to be told."""
    found, heading, small = {}, "", 0
    for line in words.split("\n"):
        if line.endswith((" links:", " cells:")):
            heading = line.split(":")[0]
        elif (match := LINE.match(line)) and heading:
            rest = re.search(r"(?:, |^)(\d+) of less than 0\.0005$", match[2])
            small += int(rest[1]) if rest else 0
            for key in KEY.finditer(match[2]):
                found[heading, match[1], key[1]] = number(key[2], key[3])
    return found, small


class Describe(base.Case):
    def both(self, *arguments, text=TEXT):
        words = self.ok("describe", text, *arguments).stdout.decode()
        data = self.ok("export", text, *arguments, "--format", "csv", "-o", "-").stdout.decode()
        return words, list(csv.DictReader(io.StringIO(data)))

    def check(self, *arguments, text=TEXT):
        words, rows = self.both(*arguments, text=text)
        found, small = told(words)
        rows = [row for row in rows if row["kind"] != "value"]
        large = [row for row in rows if abs(float(row["value"])) >= 0.0005]
        self.assertGreater(len(large), 10)
        self.assertEqual((len(found), small), (len(large), len(rows) - len(large)))
        for row in large:
            query = f"{row['query_token']} ({row['query']})"
            key = f"{row['key_token']} ({row['key']})"
            values = [value for (heading, *pair), value in found.items()
                      if pair == [query, key] and row["map"] in heading
                      and heading.endswith(" links") == (row["kind"] == "link")
                      and heading.split(", ")[0] == (row["part"] or row["map"])]
            self.assertEqual(len(values), 1, row)
            self.assertAlmostEqual(values[0], float(row["value"]), delta=0.00051)
        return words

    def test_links_cells_and_differences_are_those_of_the_picture(self):
        for view in ("links", "arcs", "matrix", "lab"):
            self.check("--view", view, "--heads", "L0H1,L1H0", "--query", "was")
        self.check("--view", "links", "--heads", "L0H1", "--hide-special", "--threshold", "0.1")
        self.check("--view", "arcs", "--heads", "L0H1,L1H0", "--words", "--top-k", "3")
        self.check("--compare", OTHER, "--heads", "L0H1")

    def test_a_map_stands_largest_first(self):
        words = self.ok("describe", TEXT, "--view", "matrix", "--heads", "L0H1").stdout.decode()
        for line in filter(LINE.match, words.split("\n")):
            values = [float(key[3]) for key in KEY.finditer(LINE.match(line)[2])]
            self.assertEqual(values, sorted(values, reverse=True))

    def test_the_pinned_pair_is_told_of_every_shown_head(self):
        words = self.ok("describe", TEXT, "--view", "links", "--heads", "L0H1,L1H0", "--query",
                        "tired", "--key", "was").stdout.decode()
        self.assertRegex(words, r"\ntired \u2192 was: 0\.\d{3} in L0H1, 0\.\d{3} in L1H0\.\n")

    def test_all_heads_stand_in_heads_and_in_ablation(self):
        words = self.ok("describe", TEXT, "--view", "heads").stdout.decode()
        ablated = self.ok("describe", TEXT, "--view", "ablation").stdout.decode()
        heads = set(re.findall(r"^L\dH\d", words, re.M))
        self.assertGreater(len(heads), 3)
        lines = re.findall(r"^(\d) +(\d) ", ablated, re.M)
        self.assertEqual({f"L{layer}H{head}" for layer, head in lines}, heads)

    def test_vectors_have_their_length_and_written_numbers_stand(self):
        words, rows = self.both("--view", "neuron", "--heads", "L0H1", "--query", "was")
        scores = [float(row["value"]) for row in rows if row["part"] == "score"]
        said = [number(*match) for match in
                re.findall(r"^  score of .*: (\u2212?)(\d+\.\d{3})$", words, re.M)]
        self.assertEqual(len(said), len(scores))
        for one, two in zip(said, scores):
            self.assertAlmostEqual(one, two, delta=0.00051)
        q = [float(row["value"]) for row in rows if row["part"] == "q"]
        length = sum(value * value for value in q) ** 0.5
        self.assertIn(f"q of was (3) in L0H1: {len(q)} numbers of length {length:.2f}", words)

    def test_an_attention_file_is_told_by_its_own_tokens(self):
        words = self.check("--view", "matrix", "--heads", "L0H1", text=str(FILES / "gpt2.safetensors"))
        self.assertIn("File: \u201c", words)

    def test_special_tokens_have_the_models_names(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        model = pathlib.Path(folder.name) / "roberta"
        shutil.copytree(FILES.parent / "fam-roberta", model)
        vocabulary = {piece: i for i, piece in enumerate(
            ["<s>", "<pad>", "</s>", "<unk>", *string.ascii_lowercase, "\u0120", ".", "<mask>"])}
        (model / "vocab.json").write_text(json.dumps(vocabulary))
        (model / "merges.txt").write_text("#version: 0.2\n")
        for view in ("links", "matrix", "arcs"):
            words = self.ok("describe", "a cat", "--view", view, "--hide-special",
                            "--query", "a", model=str(model)).stdout.decode()
            self.assertIn("<s> and </s>", words, view)
            self.assertNotIn("[CLS]", words, view)

    def test_no_text_is_too_long_for_words_or_data(self):
        text = " ".join([TEXT] * 7)
        self.check("--view", "matrix", "--heads", "L0H1", text=text)

    def test_a_file_takes_its_place_and_is_no_picture(self):
        with tempfile.TemporaryDirectory() as folder:
            path, exported = pathlib.Path(folder, "a.txt"), pathlib.Path(folder, "b.txt")
            self.ok("describe", TEXT, "--view", "links", "-o", str(path))
            self.ok("export", TEXT, "--view", "links", "-o", str(exported))
            self.assertEqual(path.read_bytes(), exported.read_bytes())
            self.assertTrue(path.read_text(encoding="utf-8").startswith("Links of "))

    def test_what_is_missing_or_unknown_is_named(self):
        self.assertIn("--view", self.fails(2, "describe", TEXT))
        self.assertIn("'lnks'", self.fails(2, "describe", TEXT, "--view", "lnks"))
        self.assertIn("'cow'", self.fails(1, "describe", TEXT, "--view", "links", "--query", "cow"))


if __name__ == "__main__":
    unittest.main()
