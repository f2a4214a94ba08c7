#!/usr/bin/env python3
"""The commands, run as other programs run them: statuses, messages, JSON,
files. Uses the small model of tests/data; with HEED_TEST_MODEL also the real
one. Standard library only. HEED_TEST_QUICK: without what takes longest.
"""
import csv
import hashlib
import itertools
import json
import math
import os
import pathlib
import re
import signal
import struct
import subprocess
import tempfile
import unittest

HEED = os.environ["HEED_BINARY"]
DATA = pathlib.Path(os.environ["HEED_TEST_DATA"])
TINY = str(DATA / "data" / "tiny-bert")
REAL = os.environ.get("HEED_TEST_MODEL")
TIRED = "The animal didn't cross the street because it was too tired."
WIDE = "The animal didn't cross the street because it was too wide."
# Where the other build has tried all: a sample of what takes long.
QUICK = bool(os.environ.get("HEED_TEST_QUICK"))
COMMANDS = ["tokens", "attention", "check", "export", "rank", "probe", "ablate",
            "bench"]


def heed(*arguments, model=TINY, stdin=b"", env=None, **options):
    """Runs heed; model None leaves --model out."""
    arguments = list(arguments)
    if model:
        arguments = arguments[:1] + ["--model", model] + arguments[1:]
    environment = {key: value for key, value in os.environ.items()
                   if key not in ("DISPLAY", "WAYLAND_DISPLAY",
                                  "SDL_VIDEODRIVER", "HEED_MODEL")}
    environment.update(env or {})
    return subprocess.run([HEED, *arguments], input=stdin, env=environment,
                          stdout=options.pop("stdout", subprocess.PIPE),
                          stderr=subprocess.PIPE, timeout=120, check=False,
                          **options)


def read_safetensors(data):
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, info in header.items():
        begin, end = info["data_offsets"]
        raw = data[8 + size + begin:8 + size + end]
        values = struct.unpack(f"<{len(raw) // 4}f", raw)
        assert math.prod(info["shape"]) == len(values)
        tensors[name] = (info["shape"], values)
    return metadata, tensors


class Case(unittest.TestCase):
    def ok(self, *arguments, **options):
        done = heed(*arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def fails(self, status, *arguments, **options):
        """One line on stderr that begins with heed: ; returns it."""
        done = heed(*arguments, **options)
        message = done.stderr.decode()
        self.assertEqual(done.returncode, status, message)
        self.assertRegex(message, r"\Aheed: [^\n]+\n\Z")
        if "stdout" not in options:
            self.assertEqual(done.stdout, b"")
        return message


class Help(Case):
    def test_every_command_explains_itself(self):
        for command in COMMANDS:
            text = self.ok(command, "--help", model=None).stdout.decode()
            self.assertIn(f"Usage: heed {command}", text)
            self.assertIn("\n  --json ", text)
            self.assertEqual(text, self.ok("help", command, model=None).stdout.decode())

    def test_help_lists_what_a_command_takes_and_the_rest_is_refused(self):
        groups = {"maps": ("--hide-special", "--hide-punctuation", "--renormalise", "--words",
                           "--measure=weight"),
                  "links": ("--threshold=0", "--top-p=1", "--top-k=1", "--segments=all"),
                  "aggregate": ("--aggregate=mean",), "threads": ("--threads=1",)}
        takes = {"tokens": "", "check": "", "bench": "threads", "ablate": "threads",
                 "probe": "threads maps", "rank": "threads maps links",
                 "attention": "threads maps links aggregate",
                 "export": "threads maps links aggregate"}
        self.assertEqual(sorted(takes), sorted(COMMANDS))
        for command, names in takes.items():
            page = self.ok(command, "--help", model=None).stdout.decode()
            for name, options in groups.items():
                for option in options:
                    word = option.partition("=")[0]
                    self.assertEqual(f"\n  {word} " in page, name in names, (command, option))
                    if name not in names:
                        self.assertIn(word, self.fails(2, command, option, "x", model=None))
                    else:
                        self.ok(command, option, "--help", model=None)

    def test_help_is_a_command(self):
        page = self.ok("--help", model=None).stdout
        self.assertEqual(self.ok("help", model=None).stdout, page)
        self.assertIn("export", self.fails(2, "help", "exprot", model=None))
        self.assertIn("heed help", self.fails(2, "help", "x", model=None))

    def test_a_mistyped_command_is_told_what_was_meant(self):
        for typed, meant in (("exprot", "export"), ("tokns", "tokens"), ("rannk", "rank"),
                             ("prove", "probe"), ("ablat", "ablate")):
            for rest in (("x",), ("-o", "x.svg", "x"), ("--bogus",)):
                message = self.fails(2, typed, *rest, model=None)
                self.assertIn(f"'{typed}'; did you mean 'heed {meant}'?", message)
        self.assertNotIn("mean", self.fails(2, "the", "dog", model=None))

    def test_heed_help_names_the_commands(self):
        text = self.ok("--help", model=None).stdout.decode()
        for command in COMMANDS:
            self.assertIn(command, text)
        self.assertEqual(text, self.ok("-h", model=None).stdout.decode())

    def test_version(self):
        text = self.ok("--version", model=None).stdout.decode()
        self.assertRegex(text, r"\Aheed \d+\.\d+\.\d+(\+\d+)?\n\Z")


class Usage(Case):
    def test_an_unknown_option_lists_what_there_is(self):
        message = self.fails(2, "tokens", "x", "--bogus")
        self.assertIn("--bogus", message)
        self.assertIn("--no-truncate", message)
        self.fails(2, "--bogus", model=None)
        self.fails(2, "tokens", "x", "-x")
        self.fails(2, "tokens", "x", "--p", "y")

    def test_an_unknown_value_lists_what_there_is(self):
        message = self.fails(2, "attention", "x", "--measure", "loudness")
        for word in ("weight", "value-norm", "rollout"):
            self.assertIn(word, message)
        self.assertIn("max", self.fails(2, "attention", "x", "--aggregate=min"))
        self.assertIn("links", self.fails(2, "export", "x", "--view", "pie",
                                          "-o", "/nowhere/a.svg"))

    def test_numbers_have_a_range(self):
        for option, value in (("--threads", "0"), ("--threads", "many"),
                              ("--threads", "1.5"), ("--threshold", "2"),
                              ("--threshold", "nan"), ("--threshold", ""),
                              ("--threshold", "-1"), ("--top-p", "0x1"),
                              ("--top-k", "0"), ("--top-k", "99999999999")):
            self.fails(2, "attention", "x", option, value)

    def test_missing_things_are_wrong_usage(self):
        self.fails(2, "tokens")
        self.fails(2, "tokens", "x", "--pair")
        self.fails(2, "tokens", "x", "--file", "f")
        self.fails(2, "tokens", "two", "texts")
        self.fails(2, "tokens", "x", "--no-truncate=yes")
        self.fails(2, "rank", "x", "--from", "x")
        self.fails(2, "attention", "x")
        self.fails(2, "export", "x")
        self.fails(2, "bench", "x")
        self.fails(2, "bench", "--lengths", "16,,64")

    def test_a_value_may_follow_an_equals_sign(self):
        one = self.ok("tokens", "the cat", "--pair=a dog").stdout
        self.assertEqual(one, self.ok("tokens", "the cat", "--pair",
                                      "a dog").stdout)

    def test_options_may_stand_before_the_command(self):
        one = heed("--model", TINY, "tokens", "the cat", model=None)
        self.assertEqual(one.returncode, 0, one.stderr)
        self.assertEqual(one.stdout, self.ok("tokens", "the cat").stdout)


class Tokens(Case):
    def tokens(self, *arguments, **options):
        lines = self.ok("tokens", *arguments, **options).stdout.decode()
        return [json.loads(line) for line in lines.splitlines()]

    def test_one_object_a_text(self):
        [one] = self.tokens("The animals, unhappy")
        self.assertEqual(list(one), ["ids", "tokens", "offsets", "segments"])
        self.assertEqual(one["tokens"], ["[CLS]", "the", "animal", "##s", ",",
                                         "un", "##happy", "[SEP]"])
        self.assertEqual(one["offsets"], [[0, 0], [0, 3], [4, 10], [10, 11],
                                          [11, 12], [13, 15], [15, 20],
                                          [0, 0]])
        self.assertEqual(one["segments"], [0] * 8)

    def test_a_pair_is_the_second_segment(self):
        [one] = self.tokens("the cat", "--pair", "a dog")
        self.assertEqual(one["segments"], [0, 0, 0, 0, 1, 1, 1])

    def test_empty_texts_are_texts(self):
        for text in ("", "   "):
            [one] = self.tokens(text)
            self.assertEqual(one["tokens"], ["[CLS]", "[SEP]"])

    def test_a_text_may_look_like_an_option_after_two_dashes(self):
        [one] = self.tokens("--", "--help")
        self.assertIn("[UNK]", one["tokens"])

    def test_a_file_is_split_at_newlines_only(self):
        lines = "the cat\r\n\na\u2028dog\rran\x0bhome".encode()
        texts = self.tokens("--file", "-", stdin=lines)
        self.assertEqual([len(text["ids"]) for text in texts], [4, 2, 5])
        self.assertEqual(self.tokens("--file", "-", stdin=b""), [])
        self.assertEqual(len(self.tokens("--file", "-", stdin=b"\n")), 1)

    def test_wrong_utf8_names_line_and_byte(self):
        message = self.fails(1, "tokens", "--file", "-", stdin=b"a\nbc\xff\n")
        self.assertIn("line 2", message)
        self.assertIn("byte 3", message)
        message = self.fails(1, "tokens", b"ab\xc3(")
        self.assertIn("byte 3", message)
        self.fails(1, "tokens", "x", "--pair", b"\xed\xa0\x80")

    def test_a_long_text_is_cut_and_says_so(self):
        done = self.ok("tokens", "a " * 100)
        self.assertEqual(len(json.loads(done.stdout)["ids"]), 64)
        self.assertRegex(done.stderr.decode(), r"\Aheed: .*102.*64\n\Z")
        done = self.ok("tokens", "a " * 100, "--no-truncate")
        self.assertEqual(len(json.loads(done.stdout)["ids"]), 102)
        self.assertEqual(done.stderr, b"")

    def test_a_missing_file_or_model_is_an_error(self):
        self.assertIn("nowhere", self.fails(1, "tokens", "--file", "/nowhere"))
        self.assertIn("nowhere", self.fails(1, "tokens", "x",
                                            model="/nowhere"))
        with tempfile.TemporaryDirectory() as folder:
            message = self.fails(1, "tokens", "x", model=None,
                                 env=dict.fromkeys(("XDG_CACHE_HOME", "XDG_DATA_HOME",
                                                  "XDG_DATA_DIRS"), folder))
            self.assertIn("--model", message)

    def test_weights_that_arent_numbers_are_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            for file in pathlib.Path(TINY).iterdir():
                data = file.read_bytes()
                if file.name == "model.safetensors":
                    data = data[:-4096] + b"\xff" * 4096
                (pathlib.Path(folder) / file.name).write_bytes(data)
            self.assertIn("weights", self.fails(
                1, "rank", "the cat ran", "--from", "ran", "--to", "cat",
                model=folder))
            self.assertIn("weights", self.fails(
                1, "attention", "the cat ran", "-o", "-", model=folder))

    def test_a_huge_word_is_one_unknown_token(self):
        [one] = self.tokens("--file", "-", stdin=b"x" * 100_000)
        self.assertEqual(one["tokens"], ["[CLS]", "[UNK]", "[SEP]"])
        self.assertEqual(one["offsets"][1], [0, 100_000])


class Output(Case):
    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            message = self.fails(1, "tokens", "the cat", stdout=full)
            self.assertIn("standard output", message)
            self.fails(1, "--help", model=None, stdout=full)
        self.fails(1, "attention", "the cat", "-o", "/dev/full")

    def test_a_closed_pipe_ends_quietly_as_other_programs_do(self):
        reader, writer = os.pipe()
        os.close(reader)
        for arguments in (("tokens", "the cat"), ("attention", "the cat", "-o", "-"),
                          ("export", "the cat", "-o", "-"), ("help",)):
            done = heed(*arguments, model=None if arguments == ("help",) else TINY, stdout=writer)
            self.assertEqual((done.returncode, done.stderr), (-signal.SIGPIPE, b""))
        os.close(writer)

    def test_a_closed_stream_is_an_error(self):
        done = subprocess.run(["sh", "-c", '"$0" tokens x --model "$1" >&-',
                               HEED, TINY], stderr=subprocess.PIPE,
                              check=False)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.startswith(b"heed: "))

    def test_an_old_file_stays_when_writing_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder) / "old.safetensors"
            target.write_bytes(b"old")
            self.fails(1, "attention", "the \udcff".encode(
                "utf-8", "surrogateescape"), "-o", str(target))
            self.assertEqual(target.read_bytes(), b"old")
            self.fails(1, "attention", "the cat", "-o",
                       str(target.parent / "none" / "new.safetensors"))
            self.assertEqual(os.listdir(folder), ["old.safetensors"])
            self.ok("attention", "the cat", "-o", str(target))
            self.assertGreater(len(target.read_bytes()), 3)
            self.assertEqual(os.listdir(folder), ["old.safetensors"])


class Attention(Case):
    def attention(self, *arguments):
        return read_safetensors(
            self.ok("attention", *arguments, "-o", "-").stdout)

    def test_tensors_have_the_documented_names_and_shapes(self):
        metadata, tensors = self.attention("the cat", "--pair", "a dog")
        shapes = {name: shape for name, (shape, _) in tensors.items()}
        self.assertEqual(shapes, {
            "attentions": [2, 4, 7, 7], "queries": [2, 4, 7, 8],
            "keys": [2, 4, 7, 8], "values": [2, 4, 7, 8],
            "value_norms": [2, 4, 7], "hidden_states": [3, 7, 32]})
        self.assertEqual(json.loads(metadata["tokens"]),
                         ["[CLS]", "the", "cat", "[SEP]", "a", "dog", "[SEP]"])
        self.assertEqual(metadata["model"], "tiny-bert")
        self.assertEqual(metadata["pair"], "a dog")
        weights = tensors["attentions"][1]
        for row in range(0, len(weights), 7):
            self.assertAlmostEqual(sum(weights[row:row + 7]), 1, 5)

    def test_filters_change_the_maps_and_are_named(self):
        metadata, tensors = self.attention(
            "the cats ran", "--hide-special", "--words", "--top-k", "1",
            "--aggregate", "mean")
        self.assertEqual(json.loads(metadata["tokens"]), ["the", "cats", "ran"])
        self.assertTrue(json.loads(metadata["filter"])["hide_special"])
        shape, weights = tensors["attentions"]
        self.assertEqual(shape, [2, 4, 3, 3])
        self.assertEqual(tensors["aggregate"][0], [3, 3])
        for row in range(0, len(weights), 3):
            self.assertEqual(sum(w > 0 for w in weights[row:row + 3]), 1)

    def test_a_changed_encoder_is_named(self):
        metadata, tensors = self.attention(
            "the cat ran", "--mask", "causal", "--positions", "off",
            "--attention", "linear")
        self.assertEqual([metadata[key] for key in
                          ("mask", "positions", "attention")],
                         ["causal", "off", "linear"])
        weights = tensors["attentions"][1]
        for at, weight in enumerate(weights):
            row, column = at // 5 % 5, at % 5
            self.assertEqual(weight == 0, column > row)
        metadata, same = self.attention("the cat ran", "--attention", "flash")
        self.assertEqual(metadata["attention"], "flash")
        plain = self.attention("the cat ran")[1]["attentions"][1]
        for one, other in zip(same["attentions"][1], plain):
            self.assertAlmostEqual(one, other, 5)

    def test_json_prints_one_document(self):
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.join(folder, "a.safetensors")
            done = self.ok("attention", "the cat", "--json", "-o", name)
            self.assertEqual(json.loads(done.stdout),
                             {"file": name, "layers": 2, "heads": 4,
                              "tokens": 4, "units": 4})
        self.fails(2, "attention", "the cat", "--json", "-o", "-")

    def test_a_file_of_many_texts_needs_a_folder(self):
        self.fails(1, "attention", "--file", "-", "-o", "-", stdin=b"a\nb\n")
        self.fails(1, "attention", "--file", "-", "-o", "-", stdin=b"")
        self.ok("attention", "--file", "-", "-o", "-", stdin=b"a cat\n")


class Rank(Case):
    SENTENCE = "The animals didn't cross the street, the animal ran."

    def rank(self, *arguments, **options):
        return json.loads(self.ok("rank", *arguments, "--json",
                                  **options).stdout)

    def test_all_heads_largest_first(self):
        ranked = self.rank(self.SENTENCE, "--from", "ran", "--to", "animals")
        self.assertEqual((ranked["from"], ranked["to"]), ("ran", "animals"))
        heads = ranked["heads"]
        self.assertEqual(len(heads), 8)
        self.assertEqual({(h["layer"], h["head"]) for h in heads},
                         {(l, h) for l in range(2) for h in range(4)})
        weights = [h["weight"] for h in heads]
        self.assertEqual(weights, sorted(weights, reverse=True))

    def test_a_changed_encoder_is_ranked_and_named(self):
        words = ("the cat ran", "--from", "cat", "--to", "ran")
        masked = self.rank(*words, "--mask", "window:1", "--positions",
                           "sinusoidal")
        self.assertEqual(masked["mask"], "window:1")
        self.assertEqual(masked["positions"], "sinusoidal")
        self.assertEqual(masked["attention"], "softmax")
        self.assertNotIn("mask", self.rank(*words))
        causal = self.rank(*words, "--mask", "causal")
        self.assertTrue(all(head["weight"] == 0 for head in causal["heads"]))
        table = self.ok("rank", *words, "--mask", "causal").stdout.decode()
        self.assertIn(", causal mask\n", table)

    def test_a_variant_that_is_none_is_refused(self):
        words = ("the cat ran", "--from", "cat", "--to", "ran")
        for option, value, remedy in (
                ("--mask", "none", "it is one of full, causal"),
                ("--mask", "window:0", "(1 to 64)"),
                ("--mask", "window:65", "(1 to 64)"),
                ("--mask", "cross", "needs --pair"),
                ("--positions", "no", "learned, off, sinusoidal"),
                ("--attention", "Linear", "softmax, linear, flash")):
            for command in ("rank", "attention", "export"):
                rest = words if command == "rank" else ("the cat", "-o", "a.svg")
                message = self.fails(2, command, *rest, option, value)
                self.assertIn(remedy, message)

    def test_weights_are_those_of_attention_with_pieces_merged(self):
        data = self.ok("attention", self.SENTENCE, "-o", "-").stdout
        metadata, tensors = read_safetensors(data)
        tokens = json.loads(metadata["tokens"])
        n = len(tokens)
        word = [i for i, t in enumerate(tokens) if t in ("did", "##n", "'",
                                                         "t")]
        key = tokens.index("##s")
        weights = tensors["attentions"][1]
        for head in self.rank(self.SENTENCE, "--from", "didn't", "--to",
                              "animals")["heads"]:
            base = (head["layer"] * 4 + head["head"]) * n * n
            rows = [weights[base + i * n + key - 1] + weights[base + i * n +
                                                              key]
                    for i in word]
            self.assertAlmostEqual(head["weight"], sum(rows) / len(rows), 5)
            rest = [weights[base + i * n + key - 1] + weights[base + i * n + key]
                    for i in range(n) if i not in word]
            self.assertAlmostEqual(head["others"], sum(rest) / len(rest), 5)

    def test_an_occurrence_is_picked_by_number(self):
        first = self.rank(self.SENTENCE, "--from", "The", "--to", "ran")
        self.assertEqual(first["heads"], self.rank(
            self.SENTENCE, "--from", "THE:1", "--to", "ran")["heads"])
        self.assertEqual(first["heads"], self.rank(
            self.SENTENCE, "--from", "@0-3", "--to", "ran")["heads"])
        self.assertNotEqual(first["heads"], self.rank(
            self.SENTENCE, "--from", "the:3", "--to", "ran")["heads"])
        self.fails(1, "rank", self.SENTENCE, "--from", "the:4", "--to", "ran")
        self.fails(1, "rank", self.SENTENCE, "--from", "the:0", "--to", "ran")

    def test_what_a_name_takes_for_granted_is_said(self):
        text = "it's the cat; it ran"
        for arguments, note in (
                (("--from", "it", "--to", "cat"), "'it' occurs 2 times"),
                (("--from", "it:1", "--to", "cat"), ""),
                (("--from", "it@14-16", "--to", "cat"), ""),
                (("--from", "it:1", "--to", "@9-10"), "reaches beyond it")):
            done = self.ok("rank", text, *arguments)
            self.assertIn(note, done.stderr.decode())
            self.assertEqual(note == "", done.stderr == b"")
        self.assertIn("'it:1' to 'it:2'", self.fails(
            1, "rank", text, "--from", "it", "--to", "cat", "--strict"))
        self.assertIn("'it'", self.fails(
            1, "ablate", text, "--from", "it", "--strict"))
        self.assertIn("'it'", self.fails(
            1, "export", text, "--view", "arcs", "--query", "it", "--strict",
            "-o", "-"))

    def test_a_part_of_a_merged_word_is_refused(self):
        text = "it's the cat"
        self.assertIn("part of the word 'it's'", self.fails(
            1, "rank", text, "--from", "it", "--to", "cat", "--words"))
        self.assertIn("part of the word 'it's'", self.fails(
            1, "export", text, "--view", "arcs", "--query", "it", "--words",
            "-o", "-"))
        self.ok("rank", text, "--from", "it's", "--to", "cat", "--words")

    def test_a_run_of_words_sums_columns(self):
        whole = self.rank(self.SENTENCE, "--from", "ran", "--to",
                          "the street")["heads"]
        parts = [{(h["layer"], h["head"]): h["weight"] for h in self.rank(
            self.SENTENCE, "--from", "ran", "--to", name)["heads"]}
            for name in ("the:1", "street")]
        for head in whole:
            key = head["layer"], head["head"]
            self.assertAlmostEqual(head["weight"],
                                   parts[0][key] + parts[1][key], 5)

    def test_a_word_that_isnt_there_is_named(self):
        self.assertIn("zebra", self.fails(1, "rank", self.SENTENCE, "--from",
                                          "zebra", "--to", "ran"))

    def test_compare_orders_by_change(self):
        ranked = self.rank("the cat ran", "--compare", "the dog, the cat ran",
                           "--from", "ran", "--to", "cat")
        changes = [abs(h["change"]) for h in ranked["heads"]]
        self.assertEqual(changes, sorted(changes, reverse=True))
        for head in ranked["heads"]:
            self.assertAlmostEqual(head["weight2"] - head["weight"],
                                   head["change"], 5)

    def test_filters_apply(self):
        plain = self.rank(self.SENTENCE, "--from", "ran", "--to", "animals")
        more = self.rank(self.SENTENCE, "--from", "ran", "--to", "animals",
                         "--hide-special", "--renormalise")
        self.assertGreater(sum(h["weight"] for h in more["heads"]),
                           sum(h["weight"] for h in plain["heads"]))
        few = self.rank(self.SENTENCE, "--from", "ran", "--to", "animals",
                        "--threshold", str(plain["heads"][2]["weight"]))
        self.assertLessEqual(len(few["heads"]), 3)
        self.assertIn("hidden", self.fails(
            1, "rank", self.SENTENCE, "--from", "ran", "--to", ",",
            "--hide-punctuation"))

    def test_the_table_names_heads(self):
        text = self.ok("rank", self.SENTENCE, "--from", "ran", "--to",
                       "animals").stdout.decode()
        self.assertIn("L0H3", text)
        self.assertEqual(len(text.splitlines()), 10)


class Probe(Case):
    HEADER = "sentence\tpronoun\tcandidates\tanswer\n"

    def probe(self, *lines, header=HEADER):
        text = header + "".join(line + "\n" for line in lines)
        return json.loads(self.ok("probe", "-", "--json",
                                  stdin=text.encode()).stdout)

    def test_heads_are_scored_as_rank_weighs_them(self):
        sentence = "The dog, the cat and the animals ran, it was tired."
        result = self.probe(f"{sentence}\tit\tdog|cat|animals\tcat", "",
                            "# a note")
        self.assertEqual(result["sentences"], 1)
        self.assertEqual(result["skipped"], [])
        weights = {}
        for word in ("dog", "cat", "animals"):
            ranked = json.loads(self.ok("rank", sentence, "--from", "it",
                                        "--to", word, "--json").stdout)
            for head in ranked["heads"]:
                key = head["layer"], head["head"]
                weights.setdefault(key, {})[word] = head["weight"]
        self.assertEqual(len(result["heads"]), 8)
        for head in result["heads"]:
            of = weights[head["layer"], head["head"]]
            margin = of["cat"] - max(of["dog"], of["animals"])
            self.assertAlmostEqual(head["margin"], margin, 5)
            self.assertEqual(head["accuracy"], float(margin > 0))
        order = [(h["accuracy"], h["margin"]) for h in result["heads"]]
        self.assertEqual(order, sorted(order, reverse=True))

    def test_baselines(self):
        result = self.probe("the dog and the cat, it ran\tit\tdog|cat\tcat",
                            "the dog and the cat, it ran\tit\tdog|cat|the:2"
                            "\tdog", "a cat ran home\tran\tcat|home\tcat")
        self.assertEqual(result["sentences"], 3)
        self.assertAlmostEqual(result["baselines"]["nearest"], 1.5 / 3, 5)
        self.assertAlmostEqual(result["baselines"]["first"], 2 / 3, 5)
        self.assertAlmostEqual(result["baselines"]["uniform"],
                               (1 / 2 + 1 / 3 + 1 / 2) / 3, 5)

    def test_lines_that_cant_be_used_are_skipped_with_a_reason(self):
        result = self.probe("the cat ran\tran\tthe|cat\tcat",
                            "the cat ran\tran\tthe|cat\tdog",
                            "the cat ran\tit\tthe|cat\tcat",
                            "the cat ran\tran\tcat\tcat",
                            "the cat ran\tran\tcat|cat\tcat",
                            "the cat ran\tran")
        self.assertEqual(result["sentences"], 1)
        self.assertEqual([s["line"] for s in result["skipped"]],
                         [3, 4, 5, 6, 7])
        for entry in result["skipped"]:
            self.assertTrue(entry["why"])

    def test_files_that_arent_probes(self):
        for text in (b"", b"a\tb\n", self.HEADER.encode(),
                     self.HEADER.encode() + b"the cat\tx\ty|z\tz\n",
                     self.HEADER.encode() + b"\xff"):
            self.fails(1, "probe", "-", stdin=text)
        self.fails(1, "probe", "/nowhere.tsv")
        self.fails(2, "probe")


    PAIRS = ("the dog and the cat, it ran\tit\tdog|cat\tcat",
             "the dog and the cat, it was old\tit\tdog|cat\tdog",
             "the old cat and the road, it ran\tit\tcat|road\tcat",
             "the old cat and the road, it was wide\tit\tcat|road\troad",
             "a new house, a dog, it ran\tit\thouse|dog\tdog")

    def test_intervals_hold_the_value_and_never_change(self):
        result = self.probe(*self.PAIRS)
        self.assertEqual(result, self.probe(*self.PAIRS))
        self.assertEqual(result["pairs"], 3)
        for head in result["heads"]:
            low, high = head["interval"]
            self.assertTrue(0 <= low <= head["accuracy"] <= high <= 1)
            low, high = head["margin_interval"]
            self.assertTrue(low <= head["margin"] <= high)
        low, high = result["mas"]["interval"]
        self.assertTrue(low <= result["mas"]["accuracy"] <= high)

    def test_the_best_head_of_a_half_is_scored_on_the_other(self):
        result = self.probe(*self.PAIRS)
        first, second = result["halves"]
        self.assertEqual((first["sentences"], first["other_sentences"]),
                         (2, 3))
        self.assertEqual((second["sentences"], second["other_sentences"]),
                         (3, 2))
        whole = {(h["layer"], h["head"]): h["accuracy"]
                 for h in result["heads"]}
        for half in (first, second):
            self.assertAlmostEqual(
                half["accuracy"] * half["sentences"] +
                half["other_accuracy"] * half["other_sentences"],
                5 * whole[half["layer"], half["head"]], 5)
        self.assertEqual(self.probe(self.PAIRS[0])["halves"], [])

    def test_csv_has_the_numbers_of_json(self):
        text = (self.HEADER + "\n".join(self.PAIRS) + "\n").encode()
        rows = self.ok("probe", "-", "--csv",
                       stdin=text).stdout.decode().splitlines()
        self.assertEqual(sum(row.startswith("# ") for row in rows), 3)
        rows = [row for row in rows if not row.startswith("# ")]
        self.assertEqual(rows[0], "layer,head,accuracy,accuracy_low,"
                         "accuracy_high,margin,margin_low,margin_high,"
                         "p,p_max,margin_p,margin_p_max")
        heads = self.probe(*self.PAIRS)["heads"]
        self.assertEqual(len(rows), 1 + len(heads))
        for row, head in zip(rows[1:], heads):
            self.assertEqual([float(n) for n in row.split(",")], [
                head["layer"], head["head"], head["accuracy"],
                *head["interval"], head["margin"], *head["margin_interval"],
                head["p"], head["p_max"], head["margin_p"],
                head["margin_p_max"]])
        self.fails(2, "probe", "-", "--csv", "--json", stdin=text)

    def read(self, text, *options):
        return json.loads(self.ok("probe", "-", "--json", *options,
                                  stdin=text.encode()).stdout)

    def test_a_table_is_read_as_others_write_it(self):
        plain = self.read(self.HEADER + self.PAIRS[0] + "\n")["heads"]
        sentence, pronoun, candidates, answer = self.PAIRS[0].split("\t")
        for text in (
                "\ufeff" + self.HEADER + self.PAIRS[0] + "\n",
                (self.HEADER + self.PAIRS[0]).replace("\n", "\r\n"),
                "id\tanswer\tnote\tsentence\tcandidates\tpronoun\n"
                f"1\t{answer}\tx\t{sentence}\t{candidates}\t{pronoun}\n",
                self.HEADER + f"{sentence}\t {pronoun} \tdog | cat\t{answer} ",
                self.HEADER + f'"{sentence}"\t{pronoun}\t{candidates}\t'
                f"{answer}",
                "sentence,pronoun,candidates,answer\n"
                f'"{sentence}",{pronoun},{candidates},{answer}\n',
                "1 the [dog] and the cat, [it] ran\n"
                "2 the dog and the [cat], [it] ran\n"):
            result = self.read(text)
            if "[" in text:  # the second line's answer is the cat
                result = self.read(text.splitlines()[1] + "\n" +
                                   text.splitlines()[0], "--format",
                                   "winobias")
                self.assertEqual(result["sentences"], 2)
                continue
            self.assertEqual(result["heads"], plain, text)
        quoted = self.read(self.HEADER + '"the ""dog"" and the cat, it ran"'
                           "\tit\tdog|cat\tcat")
        self.assertEqual(quoted["heads"], self.read(
            self.HEADER + 'the "dog" and the cat, it ran\tit\tdog|cat\tcat'
        )["heads"])

    def test_gap_is_read_by_its_offsets(self):
        header = ("ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref"
                  "\tB\tB-offset\tB-coref\tURL\n")
        text = "the cat saw the cat, it ran, it was tired"
        row = f"x-1\t{text}\tit\t29\tthe cat\t0\tFALSE\tcat\t16\tTRUE\tu\n"
        plain = self.read(self.HEADER +
                          f"{text}\tit:2\tthe cat:1|cat:2\tcat:2\n")
        result = self.read(header + row + row.replace("TRUE", "FALSE") +
                           row.replace("29", "28"))
        self.assertEqual((result["sentences"], result["unanswered"]), (1, 1))
        self.assertEqual(result["heads"], plain["heads"])
        self.assertEqual(result["ambiguous"], [])
        self.assertIn("not 'it'", result["skipped"][0]["why"])

    def test_winogender_and_dpr_are_read(self):
        head = "sentid\tsentence\n"
        text = "the dog saw the cat and he saw it"
        result = self.read(
            head + "".join(f"dog.cat.{a}.{g}.txt\t{t}\n" for a in (0, 1)
                           for g, t in (("male", text), ("female",
                                        text.replace(" he ", " she ")))),
            "--by", "group")
        self.assertEqual((result["sentences"], result["pairs"]), (4, 1))
        self.assertEqual([g["group"] for g in result["groups"]],
                         ["male", "female"])
        block = "the dog saw the cat, it ran\nit\nthe dog,the cat\n"
        result = self.read(f"{block}the dog\n\n{block}The cat\n\n{block}\n")
        self.assertEqual((result["sentences"], result["pairs"]), (2, 1))
        self.assertEqual(result["skipped"][0]["line"], 11)

    TREE = ("# sent_id = a\n# text = the dogs' cat didn't run\n"
            "1\tthe\t_\t_\t_\t_\t2\tdet\t_\t_\n"
            "2\tdogs\t_\t_\t_\t_\t4\tnmod:poss\t_\tSpaceAfter=No\n"
            "3\t'\t_\t_\t_\t_\t2\tcase\t_\t_\n"
            "4\tcat\t_\t_\t_\t_\t7\tnsubj\t_\t_\n"
            "5-6\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
            "5\tdid\t_\t_\t_\t_\t7\taux\t_\t_\n"
            "6\tn't\t_\t_\t_\t_\t7\tadvmod\t_\t_\n"
            "6.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n"
            "7\trun\t_\t_\t_\t_\t0\troot\t_\t_\n\n")

    def test_relations_of_a_treebank(self):
        result = self.read(self.TREE * 3)
        self.assertEqual(result["sentences"], 3)
        self.assertEqual({r["relation"]: r["n"] for r in result["relations"]},
                         {"det": 3, "nmod:poss": 3, "case": 3, "nsubj": 3,
                          "aux": 3, "advmod": 3})
        for relation in result["relations"]:
            self.assertEqual(relation["offset_accuracy"], 1)
            sign = 1 if relation["direction"] == "head" else -1
            self.assertEqual(relation["offset"] * sign, {
                "det": 1, "nmod:poss": 2, "case": -1, "nsubj": 3, "aux": 2,
                "advmod": 1}[relation["relation"]])
        # By hand: the row of a word, its tokens averaged, columns summed.
        text = "the dogs' cat didn't run"
        best = self.read(self.TREE, "--relation", "nsubj", "--direction",
                         "head")["relations"][0]
        weights = {}
        for word in ("the", "dogs", "'@8-9", "didn", "'t", "run"):
            for head in self.rank_heads(text, "cat", word):
                weights.setdefault((head["layer"], head["head"]),
                                   {})[word] = head["weight"]
        found = weights[best["layer"], best["head"]]
        self.assertEqual(best["accuracy"],
                         float(found["run"] == max(found.values())))
        self.assertIn("no word has", self.fails(
            1, "probe", "-", "--relation", "obl", stdin=self.TREE.encode()))
        broken = self.TREE.replace("4\tcat", "4\tdog")
        result = self.read(self.TREE + broken)
        self.assertEqual(len(result["skipped"]), 1)
        self.assertIn("'dog' isn't at character 10",
                      result["skipped"][0]["why"])

    def rank_heads(self, text, query, key):
        return json.loads(self.ok("rank", text, "--from", query, "--to", key,
                                  "--json").stdout)["heads"]

    def test_what_is_taken_for_granted_is_listed(self):
        text = (self.HEADER + "# a remark\nit's the dog and the cat, it ran"
                "\tit\tdog|cat\tcat\nthe dog and the cat, it ran\tit\t"
                "dog|cat\tneither\nthe dog and it ran\tit\tdog|it\tdog\n")
        result = self.read(text)
        self.assertEqual(result["ambiguous"],
                         [{"line": 3, "name": "it", "count": 2}])
        self.assertEqual((result["sentences"], result["unanswered"]), (1, 1))
        self.assertEqual(result["comments"], [2])
        self.assertIn("own candidate", result["skipped"][0]["why"])
        self.assertIn("1 to", self.fails(1, "probe", "-", "--strict",
                                         stdin=text.encode()).replace(
                                             "it:1' to", "1 to"))

    def test_pairs_go_by_what_the_names_mean(self):
        pair = ("the dog and the cat, it ran\tit\tdog|cat\tcat",
                "the dog and the cat, it was old\tit\tcat:1|dog\tdog")
        self.assertEqual(self.probe(*pair)["pairs"], 1)
        header = self.HEADER.replace("\n", "\tpair\tgroup\n")
        rows = [line + f"\t{number}\t{group}" for line, number, group in
                zip(pair * 2, "1212", "aabb")]
        result = self.read(header + "\n".join(rows), "--contrast", "a,b")
        self.assertEqual(result["pairs"], 2)
        self.assertEqual(result["contrast"]["pairs"], 2)
        for head in result["contrast"]["heads"]:
            self.assertEqual(head["difference"], 0)
        for order in (rows, [rows[i] for i in (0, 2, 1, 3)]):  # each is named once
            self.assertTrue(self.fails(
                1, "probe", "-", "--contrast", "a,c",
                stdin=(header + "\n".join(order)).encode()).endswith("there are 'a', 'b'\n"))

    def test_a_layer_has_one_rollout(self):
        result = self.read(self.HEADER + "\n".join(self.PAIRS), "--measure",
                           "rollout")
        self.assertEqual(sorted(l["layer"] for l in result["layers"]), [0, 1])
        self.assertNotIn("heads", result)

    def test_sentences_are_what_the_numbers_are_made_of(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "out.csv")
            result = self.read(self.HEADER + "\n".join(self.PAIRS),
                               "--sentences", path)
            with open(path, encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), 5 * 2 * 8)
        self.assertEqual(list(rows[0]), "row,id,group,pronoun,candidate,"
                         "is_answer,layer,head,weight,right,margin,"
                         "distance".split(","))
        self.assertEqual(rows[0]["candidate"], "dog@4-7")
        for head in result["heads"]:
            own = [row for row in rows if row["is_answer"] == "1" and
                   (int(row["layer"]), int(row["head"])) ==
                   (head["layer"], head["head"])]
            self.assertAlmostEqual(
                sum(float(row["right"]) for row in own) / 5,
                head["accuracy"], 6)
            self.assertAlmostEqual(
                sum(float(row["margin"]) for row in own) / 5, head["margin"],
                6)

    def test_a_result_says_what_it_is_of(self):
        text = (self.HEADER + self.PAIRS[0]).encode()
        result = self.read(text.decode())
        self.assertEqual(result["files"][0]["sha256"],
                         hashlib.sha256(text).hexdigest())
        weights = pathlib.Path(TINY, "model.safetensors").read_bytes()
        self.assertEqual(result["model"]["weights_sha256"],
                         hashlib.sha256(weights).hexdigest())
        self.assertEqual(result["measure"], "weight")

    def test_other_files_are_named_as_what_they_are(self):
        for begin, name in ((b'{"a": 1}', "JSON"), (b"PK\x03\x04", "zip"),
                            (b"%PDF-1.4", "PDF"), (b"just a text\n",
                                                   "isn't the header")):
            self.assertIn(name, self.fails(1, "probe", "-", stdin=begin))

    def test_picture_filters_are_refused(self):
        for option in (["--segments", "aa"], ["--top-k", "2"],
                       ["--top-p", "0.5"], ["--threshold", "0.1"],
                       ["--aggregate", "mean"]):
            self.fails(2, "probe", "x.tsv", *option)

    def test_errors_name_the_line(self):
        for line, text in (("line 1", b"a\tb\n"),
                           ("line 2", self.HEADER.encode() + b"\xff"),
                           ("line 1", self.HEADER.encode() + b"# no more\n"),
                           ("line 3", self.HEADER.encode() +
                            b"\nthe cat\tx\ty|z\tz\n")):
            self.assertIn(line, self.fails(1, "probe", "-", stdin=text))


class Ablate(Case):
    TEXT = "the animal and the old dog ran"

    def ablate(self, *arguments, text=TEXT, **options):
        return json.loads(self.ok("ablate", text, *arguments, "--json",
                                  **options).stdout)

    def test_every_head_is_muted_in_turn(self):
        result = self.ablate("--from", "ran", "--to", "animal")
        heads = result["heads"]
        self.assertEqual({(h["layer"], h["head"]) for h in heads},
                         {(l, h) for l in range(2) for h in range(4)})
        self.assertEqual([h["link"] for h in heads],
                         sorted((h["link"] for h in heads), reverse=True))
        for head in heads:
            self.assertEqual("change" in head, head["layer"] == 0)
            if head["layer"] == 1:
                self.assertEqual(head["link"], 0)
            else:
                self.assertGreaterEqual(abs(head["change"]["weight"]) + 1e-7,
                                        head["link"])
            self.assertGreaterEqual(head["token"], 0)
            self.assertGreater(head["sentence"], 0)

    def test_measures_stand_beside_the_effects(self):
        result = self.ablate("--from", "ran", "--to", "animal")
        for name, flag in (("weight", "weight"), ("value_norm", "value-norm"),
                           ("rollout", "rollout")):
            ranked = json.loads(self.ok("rank", self.TEXT, "--from", "ran",
                                        "--to", "animal", "--measure", flag,
                                        "--json").stdout)["heads"]
            wanted = {(h["layer"], h["head"]): h["weight"] for h in ranked}
            for head in result["heads"]:
                self.assertAlmostEqual(head[name],
                                       wanted[head["layer"], head["head"]], 5)
        self.assertEqual(len(result["spearman"]), 15)
        for entry in result["spearman"]:
            self.assertTrue(entry["rho"] is None or -1 <= entry["rho"] <= 1)

    def test_without_a_link_only_what_was_asked_for_is_there(self):
        heads = self.ablate()["heads"]
        self.assertEqual(set(heads[0]), {"layer", "head", "sentence"})
        heads = self.ablate("--from", "dog")["heads"]
        self.assertEqual(set(heads[0]), {"layer", "head", "token", "sentence"})
        tokens = [h["token"] for h in heads]
        self.assertEqual(tokens, sorted(tokens, reverse=True))

    def test_wrong_values(self):
        self.fails(2, "ablate")
        self.fails(2, "ablate", "a cat", "--to", "cat")
        self.fails(2, "ablate", "a cat", "--words")
        self.assertIn("dog", self.fails(1, "ablate", "a cat", "--from", "dog"))

    def test_the_table_names_heads(self):
        text = self.ok("ablate", self.TEXT, "--from", "ran", "--to",
                       "dog").stdout.decode()
        self.assertIn("L0H3", text)
        self.assertIn("Spearman", text)


class Bench(Case):
    def test_bench_prints_medians_as_json(self):
        done = self.ok("bench", "--lengths", "3,8", "--only", "encode")
        result = json.loads(done.stdout)
        self.assertEqual([e["tokens"] for e in result["encode"]], [3, 8])
        for entry in result["encode"]:
            self.assertGreater(entry["gflops"], 0)
            self.assertGreater(entry["peak_share"], 0)
            self.assertGreater(entry["read_share"], 0)
            self.assertLessEqual(entry["min_ms"], entry["median_ms"])
        self.fails(1, "bench", "--lengths", "65")

    def test_bench_computes_with_the_kernels_that_it_is_told(self):
        done = self.ok("bench", "--lengths", "3", "--only", "encode",
                       "--kernels", "reference")
        self.assertEqual(json.loads(done.stdout)["kernels"], "reference")
        message = self.fails(2, "bench", "--kernels", "mmx")
        self.assertIn("avx512", message)


class Export(Case):
    TEXT = "the animal was tired"

    def export(self, name, *arguments, status=0):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            done = heed("export", self.TEXT, *arguments, "-o", path)
            self.assertEqual(done.returncode, status, done.stderr)
            return pathlib.Path(path).read_bytes() if status == 0 else b""

    def test_predictions_are_words(self):
        model = str(DATA / "data" / "tiny-mlm")
        with open(DATA / "data" / "tiny-mlm" / "config.json") as config:
            layers = json.load(config)["num_hidden_layers"]
        state = {"version": 1, "text": self.TEXT, "view": "stack",
                 "query": {"first": 2, "count": 1},
                 "stack_page": layers + 1}
        with tempfile.TemporaryDirectory() as folder:
            session = pathlib.Path(folder) / "a.heed"
            session.write_text(json.dumps(state))
            svg = self.ok("export", "--session", str(session), "-o", "-",
                          model=model).stdout.decode()
        self.assertIn("Predictions", svg)
        self.assertNotRegex(svg, r">id [0-9]+<")

    def test_what_is_off_is_drawn_and_said(self):
        plain = self.export("a.svg", "--heads", "L1H0", "--query", "was")
        for option, value, said in (
                ("--mute", "L0H1", "L0H1 muted"),
                ("--scale", "L0H1=2.5", "L0H1 \u00d7 2.5"),
                ("--cut", "was->animal@L0H1",
                 "was \u2192 animal cut in L0H1 (row renormalised)"),
                ("--cut", "was -> animal", "was \u2192 animal cut in every head"),
                ("--cut", "was->animal;tired->the", "2 links cut"),
                ("--mask", "strided", "strided mask, every 3rd"),
                ("--mask", "window:1", "window mask \u00b11"),
                ("--positions", "off", "positions off"),
                ("--positions", "sinusoidal", "sinusoidal positions"),
                ("--attention", "linear", "linear attention")):
            data = self.export("a.svg", "--heads", "L1H0", "--query", "was",
                               option, value)
            self.assertNotEqual(data, plain)
            self.assertIn(said, data.decode())
            self.assertIn("ounterfactual", data.decode())
        self.assertNotIn(b"ounterfactual", plain)
        flash = self.export("a.svg", "--heads", "L1H0", "--attention", "flash")
        self.assertIn(b"flash attention", flash)
        self.assertNotIn(b"ounterfactual", flash)

    def test_what_cannot_be_off_is_refused(self):
        for option, value, status in (
                ("--mute", "L0", 2), ("--mute", "L9H0", 1),
                ("--scale", "L0H1", 2), ("--scale", "L0H1=x", 2),
                ("--scale", "L0H1=nan", 2), ("--cut", "was", 2),
                ("--cut", "was->dog", 1), ("--cut", "was->animal@L9H0", 1),
                ("--cut", "was->animal@1", 2)):
            self.export("a.svg", option, value, status=status)
        every = ";".join(f"was->{word}" for word in self.TEXT.split())
        self.export("a.svg", "--cut", every)  # [CLS] and [SEP] are left
        for option in ("--mute", "--scale", "--cut", "--mask"):
            self.fails(2, "export", "--session", "a.heed", option, "x", "-o",
                       "a.svg")
        message = heed("export", self.TEXT, "--mask", "causal", "--cut",
                       "the->the;the->[CLS]", "-o", "a.svg")
        self.assertEqual(message.returncode, 1)

    def test_a_session_keeps_what_is_off(self):
        state = {"version": 1, "text": self.TEXT, "shown": ["L1H0"],
                 "muted": ["L0H3"], "scaled": {"L0H1": 2},
                 "cuts": [{"head": "every",
                           "query": {"first": 3, "count": 1},
                           "key": {"first": 2, "count": 1}}]}
        with tempfile.TemporaryDirectory() as folder:
            session = pathlib.Path(folder) / "a.heed"
            session.write_text(json.dumps(state))
            svg = self.ok("export", "--session", str(session), "-o", "-",
                          ).stdout.decode()
        for said in ("L0H3 muted", "L0H1 \u00d7 2",
                     "was \u2192 animal cut in every head"):
            self.assertIn(said, svg)

    def test_formats_by_ending(self):
        for view in ("links", "arcs", "matrix"):
            self.assertIn(b"<svg", self.export("a.svg", "--view", view))
            self.assertTrue(self.export("a.pdf", "--view",
                                        view).startswith(b"%PDF"))
            self.assertTrue(self.export("a.PNG", "--view", view).startswith(
                b"\x89PNG"))

    def test_a_panel_is_run_and_drawn(self):
        words = ("--query", "tired", "--key", "animal", "--view", "ablation")
        picture = self.export("a.svg", *words)
        self.assertIn(b"Muted: change of tired", picture)
        heads = json.loads(self.ok("ablate", self.TEXT, "--from", "tired",
                                   "--to", "animal", "--json").stdout)["heads"]
        for head in heads:
            self.assertIn(f'{head["sentence"]:.4f}'.encode(), picture)
        self.assertEqual(picture, self.export("b.svg", *words))

    def test_the_same_arguments_give_the_same_bytes(self):
        for name in ("a.svg", "a.pdf", "a.png"):
            arguments = ("--heads", "L0H1,L1H3", "--query", "animal", "--key",
                         "tired")
            self.assertEqual(self.export(name, *arguments),
                             self.export(name, *arguments))

    def test_compare_draws_both_texts(self):
        data = self.export("a.svg", "--compare", "the dog was wide", "--view",
                           "compare", "--query", "was", "--key", "animal")
        for word in (b"animal", b"dog", b"tired", b"wide"):
            self.assertIn(word, data)
        self.assertEqual(data, self.export(
            "a.svg", "--compare", "the dog was wide", "--query", "was",
            "--key", "animal"))
        self.export("a.svg", "--view", "compare", status=2)
        self.export("a.svg", "--view", "arcs", "--compare", "a", status=2)

    def test_lab_draws_what_is_changed_and_what_that_does(self):
        words = ("--view", "lab", "--heads", "L0H1", "--query", "tired", "--key",
                 "animal")
        data = self.export("a.svg", *words, "--mask", "causal").decode()
        self.assertIn("Causal mask", data)
        for mask in ((), ("--mask", "causal")):
            ranked = json.loads(self.ok("rank", self.TEXT, "--from", "tired", "--to",
                                        "animal", "--json", *mask).stdout)
            weight = next(head["weight"] for head in ranked["heads"]
                          if (head["layer"], head["head"]) == (0, 1))
            self.assertIn(f"{weight:.3f}", data)
        self.assertEqual(data.encode(), self.export("b.svg", *words, "--mask",
                                                    "causal"))
        for name in ("a.pdf", "a.png"):
            self.export(name, *words)

    def test_png_size_in_px_is_its_own_pixels(self):
        data = self.export("a.png", "--heads", "L0H1", "--size", "720x600px")
        self.assertEqual(struct.unpack(">II", data[16:24]), (720, 600))

    def refused(self, *arguments):
        """The message, and the size that it names."""
        message = self.fails(1, "export", self.TEXT, *arguments, "-o", "/nowhere/a.png")
        size = re.search(r"needs ([0-9.]+(?:x[0-9.]+)?) (mm|px) at", message)
        self.assertTrue(size, message)
        return message, size[1] + size[2]

    def test_a_size_without_room_is_refused_with_one_that_has(self):
        for size in ("30mm", "85x20mm", "30x20mm", "320x200px", "900x90px"):
            message, needed = self.refused("--query", "tired", "--size", size)
            self.assertIn("have no room for", message)
            self.export("a.png", "--query", "tired", "--size", needed)
            sides = re.findall("[0-9.]+", needed)
            self.assertEqual(len(sides), 2 if "x" in size else 1)
            less = f"{float(sides[0]) - 1:g}" + needed[len(sides[0]):]
            if sides[0] != re.findall("[0-9.]+", size)[0]:  # it is the least
                self.refused("--query", "tired", "--size", less)

    def test_type_shrinks_only_when_it_may(self):
        message, needed = self.refused("--query", "tired", "--size", "85x20mm")
        self.assertNotIn("--fit", message)  # not even 6 pt would do
        width, height = re.findall("[0-9]+", needed)
        less = f"{width}x{int(height) - 5}mm"
        message, _ = self.refused("--query", "tired", "--size", less)
        self.assertIn("--fit", message)
        with tempfile.TemporaryDirectory() as folder:
            done = self.ok("export", self.TEXT, "--query", "tired", "--size", less, "--fit",
                           "-o", os.path.join(folder, "a.svg"))
            self.assertRegex(done.stderr.decode(), r"type shrunk from 8 to [67]\S* pt")

    def drawn_words(self, *arguments):
        svg = self.export("a.svg", *arguments).decode()
        return " ".join(text.strip() for text in re.findall(r">([^<>]+)</text>", svg))

    def test_a_limit_says_what_it_leaves_out(self):
        for view in ("links", "arcs"):
            words = ("--view", view, "--threshold", "0", "--heads", "L0H1")
            tokens = len(self.TEXT.split()) + 2
            for limit, out in ((5, tokens ** 2 - 5), (tokens ** 2, 0)):
                svg = self.drawn_words(*words, "--limit", str(limit))
                said = re.search(r"weakest ([0-9]+) left out \(([0-9]+) % of the weight\)", svg)
                self.assertEqual(int(said[1]) if said else 0, out)
                self.assertEqual(bool(said) and 0 < int(said[2]) < 100, out > 0)
            # a pinned word's are drawn beside, and aren't left out
            svg = self.drawn_words(*words, "--limit", "1", "--query", "was")
            out = int(re.search("weakest ([0-9]+) left out", svg)[1])
            self.assertIn(out, (tokens ** 2 - tokens, tokens ** 2 - tokens - 1))
        for view in ("heads", "matrix", "ablation"):
            self.export("a.svg", "--view", view, "--limit", "5", status=2)

    def test_a_page_higher_than_a4_is_noted(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.svg")
            for size, noted in (("85x290mm", False), ("85x300mm", True), ("900x1300px", False)):
                done = self.ok("export", self.TEXT, "--size", size, "-o", path)
                self.assertEqual(b"A4" in done.stderr, noted, done.stderr)

    def test_layer_and_head_name_heads(self):
        self.assertEqual(self.export("a.svg", "--layer", "1", "--head", "0,2"),
                         self.export("a.svg", "--heads", "L1H0,l1h2"))

    def test_a_figure_prints_the_weights_that_rank_gives(self):
        figure = self.export("a.svg", "--style", "figure", "--heads",
                             "L1H2,L0H1", "--query", "tired",
                             "--threshold", "0", "--compare",
                             "the animal was tired today").decode()
        words = re.findall(r">([^<>]+)</t", figure)
        self.assertTrue({"(a)", "(b)", "L1H2", "L0H1"} <= set(words), words)
        for word in self.TEXT.split():
            self.assertEqual(words.count(word), 2)
            ranked = json.loads(self.ok("rank", self.TEXT, "--from", "tired",
                                        "--to", word, "--json").stdout)
            for head in ranked["heads"]:
                if (head["layer"], head["head"]) in ((1, 2), (0, 1)):
                    self.assertIn(f"{head['weight']:.2f}", words)

    @unittest.skipIf(QUICK, "many pictures")
    def test_a_figure_speaks_of_the_text_not_of_the_window(self):
        banned = re.compile(
            r"nothing hidden|no label|dimmed|click|hover|\bpin\b|point at|press|ctrl|shift\+"
            r"|head map|open one|run again", re.IGNORECASE)
        views = "links arcs matrix heads neuron stack lab ablation compare".split()
        pins = ((), ("--query", "tired"), ("--query", "tired", "--key", "animal"))
        for view, style, pinned in itertools.product(views, ("window", "figure"), pins):
            if view == "compare" and (style == "figure" or not pinned):
                continue
            other = ("--compare", "the animal was wide") if view == "compare" else ()
            data = self.export("a.svg", "--view", view, "--style", style, "--heads",
                               "L1H2,L0H1", *pinned, *other).decode()
            words = " ".join(re.findall(r">([^<>]+)</text>", data))
            self.assertNotRegex(words, banned, (view, style, pinned))
            # Heads in the order given.
            first, second = (data.find(f">{name}<") for name in ("L1H2", "L0H1"))
            if "L1H2" in words and view in ("links", "matrix"):
                self.assertLess(first, second, (view, style))

    def test_wrong_values(self):
        for status, arguments in (
                (2, ("--heads", "3H1")), (2, ("--heads", "L0H1,")),
                (1, ("--heads", "L9H0")), (2, ("--head", "1")),
                (2, ("--layer", "0", "--head", "x")), (1, ("--layer", "7")),
                (2, ("--size", "85")), (2, ("--size", "0x0mm")),
                (2, ("--size", "85xmm")), (2, ("--theme", "pink")),
                (2, ("--palette", "jet")), (2, ("--key", "tired")),
                (1, ("--query", "zebra")),
                (2, ("--step", "softmax")), (2, ("--view", "neuron", "--step", "7")),
                (2, ("--columns", "0")), (2, ("--columns", "x")),
                (1, ("--style", "figure", "--query", "zebra")),
                (2, ("--compare", "the animal was wide", "--view", "links")),
                (1, ("--style", "figure", "--query", "tired", "--compare",
                     "the animal was wide")),
                (2, ("--heads", "L0H0", "--layer", "0"))):
            self.fails(status, "export", self.TEXT, *arguments, "-o",
                       "/nowhere/a.svg")
        self.fails(2, "export", self.TEXT, "-o", "a.gif")

    def test_without_a_font_it_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            fonts = pathlib.Path(folder) / "fonts.conf"
            fonts.write_text("<fontconfig></fontconfig>", encoding="utf-8")
            for ending in ("svg", "pdf", "png"):
                target = pathlib.Path(folder) / f"a.{ending}"
                self.assertIn("font", self.fails(
                    1, "export", "the cat", "--heads", "L0H0", "-o",
                    str(target), env={"FONTCONFIG_FILE": str(fonts)}))
                self.assertFalse(target.exists())

    def test_an_old_picture_stays_when_writing_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder) / "a.svg"
            target.write_bytes(b"old")
            self.fails(1, "export", self.TEXT, "--query", "zebra", "-o",
                       str(target))
            self.assertEqual(target.read_bytes(), b"old")
            self.assertEqual(os.listdir(folder), ["a.svg"])
        self.fails(1, "export", self.TEXT, "-o", "/nowhere/a.svg")


class Window(Case):
    def test_without_a_display_it_refuses(self):
        with tempfile.TemporaryDirectory() as folder:
            message = self.fails(1, "a text", "--model", TINY, model=None,
                                 env={"XDG_STATE_HOME": folder,
                                      "XDG_CONFIG_HOME": folder})
            self.assertIn("DISPLAY", message)


@unittest.skipUnless(REAL, "HEED_TEST_MODEL isn't set")
class RealModel(Case):
    def weights(self, text, to):
        ranked = json.loads(self.ok("rank", text, "--from", "it", "--to", to,
                                    "--json", model=REAL).stdout)
        return {(h["layer"], h["head"]): h["weight"] for h in ranked["heads"]}

    def test_it_goes_to_the_animal_if_tired_and_less_so_if_wide(self):
        for text, to, first, second in (
                (TIRED, "animal", 0.677, 0.673),
                (TIRED, "street", 0.050, 0.021),
                (WIDE, "animal", 0.281, 0.558),
                (WIDE, "street", 0.121, 0.035)):
            weights = self.weights(text, to)
            self.assertAlmostEqual(weights[3, 1], first, delta=5e-4)
            self.assertAlmostEqual(weights[5, 11], second, delta=5e-4)

    def test_the_strongest_head_is_first(self):
        ranked = json.loads(self.ok("rank", TIRED, "--from", "it", "--to",
                                    "animal", "--json", model=REAL).stdout)
        self.assertEqual((ranked["heads"][0]["layer"],
                          ranked["heads"][0]["head"]), (3, 1))

    @unittest.skipIf(QUICK, "long")
    def test_twenty_megabytes_are_cut(self):
        done = self.ok("tokens", "--file", "-", stdin=b"tired " * 3_500_000,
                       model=REAL)
        self.assertEqual(len(json.loads(done.stdout)["ids"]), 512)


if __name__ == "__main__":
    unittest.main(verbosity=1)
