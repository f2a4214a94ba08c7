#!/usr/bin/env python3
"""Compare of two models on the command line: what is drawn and told of both, and what
is refused. Standard library only.
"""
import csv
import json
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from commands_test import DATA, TINY, Case  # noqa: E402

SENTENCE = "The animal didn't cross the street because it was too tired."
OTHER = str(DATA / "data" / "tiny-distilbert")
CAVEAT = "aren’t the same head, unless one model was fine-tuned from the other"


class TwoModels(Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.home = pathlib.Path(self.folder.name)

    def other_words(self):
        """tiny-distilbert with a vocabulary that cuts "animal"."""
        folder = self.home / "other"
        folder.mkdir()
        for name in ("config.json", "model.safetensors"):
            shutil.copy(pathlib.Path(OTHER) / name, folder / name)
        shutil.copy(DATA / "data" / "other-vocab.txt", folder / "vocab.txt")
        (folder / "tokenizer_config.json").write_text(
            '{"tokenizer_class": "BertTokenizer", "do_lower_case": true}')
        return str(folder)

    def export(self, name, *arguments):
        path = self.home / name
        done = self.ok("export", SENTENCE, *arguments, "-o", str(path), "--caption")
        return path, done.stdout.decode()

    def test_both_are_named_and_so_is_what_numbers_of_heads_say(self):
        path, caption = self.export("a.svg", "--compare-model", OTHER, "--heads", "L0H1,L1H3",
                                    "--query", "it")
        self.assertIn("tiny-bert (A) and tiny-distilbert (B)", caption)
        self.assertIn(CAVEAT, caption)
        self.assertIn("2 of A’s 8 heads have no partner in B", caption)
        self.assertIn("L1H3 only in A", caption)
        self.assertIn("tiny-distilbert", path.read_text())
        for ending in ("png", "pdf"):
            self.export(f"a.{ending}", "--compare-model", OTHER)

    def test_the_same_model_is_one(self):
        _, caption = self.export("a.svg", "--compare-model", TINY)
        self.assertNotIn(CAVEAT, caption)

    def test_data_say_whose_each_number_is(self):
        path, _ = self.export("a.csv", "--compare-model", OTHER, "--heads", "L0H1,L1H3",
                              "--query", "it", "--key", "animal")
        rows = list(csv.DictReader(path.read_text().splitlines()))
        models = {(row["part"], row["model"]) for row in rows if row["kind"] == "link"}
        self.assertEqual(models, {("A", "tiny-bert"), ("B", "tiny-distilbert")})
        in_b = {row["head"] for row in rows if row["part"] == "B"}
        self.assertEqual(in_b, {"1"})  # it has no fourth head
        changes = [row for row in rows if row["part"] == "change"]
        self.assertEqual(len(changes), 6)
        path, _ = self.export("a.json", "--compare-model", OTHER)
        document = json.loads(path.read_text())
        self.assertEqual((document["model"], document["compare_model"]),
                         ("tiny-bert", "tiny-distilbert"))

    def test_other_vocabularies_are_compared_by_words(self):
        _, caption = self.export("a.svg", "--compare-model", self.other_words())
        self.assertIn("14 of 14 words aligned", caption)
        self.assertIn("two vocabularies, so whole words: 1 of them cut otherwise", caption)

    def test_describe_and_figure(self):
        said = self.ok("describe", SENTENCE, "--compare-model", OTHER,
                       "--query", "it").stdout.decode()
        self.assertIn("Model of A: tiny-bert\nModel of B: tiny-distilbert\n", said)
        self.assertIn(CAVEAT, said)
        words = ("export", SENTENCE, "--view", "links", "--style", "figure", "--query", "it",
                 "--compare-model", OTHER, "-o", str(self.home / "f.svg"), "--heads")
        self.ok(*words, "L0H1")
        self.assertIn("tiny-distilbert", (self.home / "f.svg").read_text())
        self.assertIn("has no L1H3", self.fails(1, *words, "L1H3"))

    def test_rank_orders_by_the_change_between_models(self):
        words = ("rank", SENTENCE, "--from", "it", "--to", "animal", "--compare-model", OTHER)
        done = self.ok(*words, "--json")
        self.assertIn("2 of A's 8 heads aren't listed", done.stderr.decode())
        ranked = json.loads(done.stdout)
        self.assertEqual((ranked["model"], ranked["compare_model"]),
                         ("tiny-bert", "tiny-distilbert"))
        heads = ranked["heads"]
        self.assertEqual(len(heads), 6)
        changes = [abs(head["change"]) for head in heads]
        self.assertEqual(changes, sorted(changes, reverse=True))
        alone = json.loads(self.ok("rank", SENTENCE, "--from", "it", "--to", "animal", "--json",
                                   model=OTHER).stdout)["heads"]
        weights = {(head["layer"], head["head"]): head["weight"] for head in alone}
        for head in heads:
            self.assertEqual(head["weight2"], weights[head["layer"], head["head"]])

    def test_what_is_no_model_is_named(self):
        broken = self.home / "broken"
        shutil.copytree(OTHER, broken)
        (broken / "model.safetensors").write_bytes(b"no weights")
        for model, what in (("no/such", "no/such"), (str(self.home), "config.json"),
                            (str(broken), "model.safetensors")):
            message = self.fails(1, "export", SENTENCE, "--compare-model", model,
                                 "-o", str(self.home / "x.svg"))
            self.assertIn("--compare-model: ", message)
            self.assertIn(what, message)
            self.assertFalse((self.home / "x.svg").exists())

    def test_where_it_says_nothing_it_is_refused(self):
        file = str(DATA / "data" / "attention" / "t5.safetensors")
        output = ("-o", str(self.home / "x.svg"))
        self.fails(2, "export", SENTENCE, "--view", "arcs", "--compare-model", OTHER, *output)
        self.fails(2, "export", file, "--compare-model", OTHER, *output, model=None)
        self.fails(2, "rank", file, "--from", "a", "--to", "b", "--compare-model", OTHER,
                   model=None)

    def test_a_session_keeps_it(self):
        session = self.home / "s.heed"
        state = {"version": 1, "text": SENTENCE, "view": "compare", "compare": SENTENCE,
                 "compare_model": OTHER, "shown": {"L0H1": 0}}
        session.write_text(json.dumps(state))
        done = self.ok("export", "--session", str(session), "--caption",
                       "-o", str(self.home / "s.svg"))
        self.assertIn("tiny-distilbert (B)", done.stdout.decode())
        session.write_text(json.dumps({**state, "compare_model": "/gone"}))
        self.assertIn("/gone", self.fails(1, "export", "--session", str(session),
                                          "-o", str(self.home / "t.svg")))


if __name__ == "__main__":
    unittest.main()
