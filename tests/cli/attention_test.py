#!/usr/bin/env python3
"""Attention files (docs/attention-file.md): what heed writes, and what it says
of those of others. Standard library only.
"""
import json
import math
import os
import pathlib
import re
import struct
import subprocess
import tempfile
import unittest

HEED = os.environ["HEED_BINARY"]
DATA = pathlib.Path(os.environ["HEED_TEST_DATA"])
TINY = str(DATA / "data" / "tiny-bert")
FORMAT = "heed-attention/1"
SIZES = {"F32": 4, "F16": 2, "BF16": 2, "U8": 1, "I64": 8}


def heed(*arguments, stdin=b""):
    return subprocess.run([HEED, *arguments], input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60, check=False)


def write(path, metadata, tensors):
    """tensors: name -> (dtype, shape, bytes or a fill for each value)."""
    header = {"__metadata__": {key: value if isinstance(value, str) else json.dumps(value)
                               for key, value in metadata.items()}}
    body = b""
    for name, (dtype, shape, values) in tensors.items():
        count = 1
        for size in shape:
            count *= size
        if isinstance(values, list):
            data = struct.pack(f"<{count}f", *values)
        else:
            data = values * count
        header[name] = {"dtype": dtype, "shape": shape,
                        "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def read(path):
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    metadata = header.pop("__metadata__")
    return metadata, {name: (info["shape"], data[8 + size + info["data_offsets"][0]:
                                                 8 + size + info["data_offsets"][1]])
                      for name, info in header.items()}


HALF = struct.pack("<f", 0.5)
GOOD = {"attentions": ("F32", [1, 2, 2, 2], HALF)}
NAMES = {"format": FORMAT, "tokens": ["a", "b"]}


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.path = self.folder / "a.safetensors"

    def check(self, metadata=None, tensors=None):
        write(self.path, {**NAMES, **(metadata or {})}, {**GOOD, **(tensors or {})})
        done = heed("check", "--json", str(self.path))
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["parts"]

    def refuse(self, *says, metadata=None, tensors=None, names=None, all_tensors=None):
        write(self.path, {**(names or NAMES), **(metadata or {})},
              {**(GOOD if all_tensors is None else all_tensors), **(tensors or {})})
        self.refused(*says)

    def refused(self, *says):
        done = heed("check", str(self.path))
        message = done.stderr.decode()
        self.assertEqual((done.returncode, done.stdout), (1, b""), message)
        self.assertRegex(message, r"\Aheed: [^\n]*\n\Z")
        for part in (str(self.path), *says):
            self.assertIn(part, message)


class Shapes(Case):
    def test_the_least_file_is_sound(self):
        [part] = self.check()
        self.assertEqual((part["kind"], part["layers"], part["heads"], part["queries"],
                          part["keys"], part["type"]), ("self", 1, 2, 2, 2, "F32"))
        self.assertEqual((part["rows"], part["rows_off"]), (4, 0))

    def test_every_tensor_may_be_there(self):
        zero = b"\0"
        [part] = self.check(
            {"special": [0], "words": [None, 0], "kind": "decoder", "scale": "1",
             "text": "ab", "offsets": [[0, 0], [0, 2]], "segments": [0, 0],
             "grid": {"rows": 1, "cols": 1, "first": 1}, "ids": [1, 2], "pieces": ["a", "b"]},
            {"queries": ("F16", [1, 2, 2, 3], zero * 2), "keys": ("BF16", [1, 1, 2, 3], zero * 2),
             "values": ("F32", [1, 1, 2, 5], zero * 4), "value_norms": ("F32", [1, 2, 2], zero * 4),
             "bias": ("F32", [1, 2, 2, 2], struct.pack("<f", float("-inf"))),
             "hidden_states": ("F32", [2, 2, 7], zero * 4), "image": ("U8", [4, 6, 3], zero),
             "extra": ("I64", [3], zero * 8)})
        self.assertEqual(part["tensors"], ["attentions", "queries", "keys", "values", "bias",
                                           "value_norms", "hidden_states", "image"])

    def test_wrong_shapes_name_the_tensor_and_what_it_must_be(self):
        zero = b"\0" * 4
        for name, shape, says in (
                ("queries", [1, 2, 3, 4], "[layers, heads, queries, head width]"),
                ("queries", [1, 2, 2], "[1, 2, 2]"),
                ("queries", [1, 2, 2, 0], "no head width"),
                ("value_norms", [1, 2, 3], "[layers, heads, keys]"),
                ("hidden_states", [1, 2, 4], "[layers + 1, queries, hidden width]"),
                ("bias", [1, 2, 2, 3], "[layers, heads, queries, keys]")):
            with self.subTest(name=name, shape=shape):
                self.refuse(f"tensor '{name}'", says, tensors={name: ("F32", shape, zero)})
        self.refuse("tensor 'keys'", "head width", tensors={
            "queries": ("F32", [1, 2, 2, 4], zero), "keys": ("F32", [1, 2, 2, 5], zero)})
        self.refuse("divide", tensors={"keys": ("F32", [1, 3, 2, 4], zero)})
        self.refuse("image", "3", tensors={"image": ("U8", [2, 2, 4], b"\0")})
        self.refuse("image", "U8", tensors={"image": ("F32", [2, 2, 3], zero)})
        self.refuse("I64", "F32, F16 or BF16",
                    all_tensors={"attentions": ("I64", [1, 2, 2, 2], b"\0" * 8)})
        self.refuse("no tensor 'attentions'", all_tensors={"queries": ("F32", [1], zero)})
        self.refuse("has no heads", all_tensors={"attentions": ("F32", [1, 0, 2, 2], zero)})
        self.refuse("more than heed's", all_tensors={
            "attentions": ("F32", [5000, 1, 1, 1], HALF)}, names={"format": FORMAT, "tokens": ["a"]})

    def test_broken_bytes_are_told_in_one_line(self):
        write(self.path, NAMES, GOOD)
        whole = self.path.read_bytes()
        for cut in (0, 7, 8, 40, len(whole) - 1):
            self.path.write_bytes(whole[:cut])
            self.refused()
        self.path.write_bytes(whole + b"\0")
        self.refused("after the last tensor")
        self.path.write_bytes(whole.replace(b'"tokens": "', b'"tokens": 3,"'))
        self.refused()


class Metadata(Case):
    def test_without_the_format_it_is_no_attention_file(self):
        self.refuse("no attention file", FORMAT, names={"tokens": ["a", "b"]})
        self.refuse("newer", names={**NAMES, "format": "heed-attention/2"})

    def test_what_is_wrong_names_the_key(self):
        for key, value, says in (
                ("tokens", ["a"], "1 items, and attentions have 2"),
                ("tokens", ["a", 1], "strings"),
                ("tokens", {"a": 1}, "list"),
                ("tokens", "[", "JSON"),
                ("pieces", ["a", None], "strings"),
                ("ids", [1, -1], "ids"),
                ("ids", [1, 1.5], "ids"),
                ("words", [0, "1"], "words"),
                ("segments", [0, 2], "0 or 1"),
                ("special", [2], "places"),
                ("special", {"a": 1}, "places"),
                ("offsets", [[0, 1], [1, 0]], "[start, end]"),
                ("offsets", [[0, 1], [0]], "[start, end]"),
                ("grid", {"rows": 1, "cols": 3}, "patches"),
                ("grid", {"rows": 1e300, "cols": 1e300}, "patches"),
                ("grid", [1, 2], "patches"),
                ("kind", "both", "self, encoder, decoder or cross"),
                ("scale", "0", "above 0"),
                ("scale", "nan", "above 0"),
                ("scale", "1x", "above 0"),
                ("key_tokens", ["a"], "key_tokens")):
            with self.subTest(key=key, value=value):
                self.refuse(f"metadata '{key}'", says, metadata={"text": "ab", key: value})
        self.refuse("a text that it is of", metadata={"offsets": [[0, 1], [0, 1]]})
        self.refuse("past the text", metadata={"text": "é", "offsets": [[0, 1], [1, 2]]})
        self.refuse("'tokens'", "missing", names={"format": FORMAT})

    def test_other_keys_need_their_tokens(self):
        wide = {"attentions": ("F32", [1, 1, 2, 3], HALF)}
        self.refuse("key_tokens", "missing", all_tensors=wide)
        write(self.path, {**NAMES, "key_tokens": ["x", "y", "z"]}, wide)
        done = heed("check", str(self.path))
        self.assertIn(b"2 queries, 3 keys", done.stdout)
        self.refuse("key_tokens", "missing", metadata={"kind": "cross"})


class Values(Case):
    def test_values_that_cant_be_weights_are_named_by_their_place(self):
        for value in (float("nan"), float("inf"), -0.25):
            values = [0.5] * 8
            values[5] = value
            self.refuse("tensor 'attentions' [0, 1, 0, 1]", tensors={
                "attentions": ("F32", [1, 2, 2, 2], values)})
        self.refuse("tensor 'queries' [0, 0, 0, 0]", "nan", tensors={
            "queries": ("F16", [1, 2, 2, 2], b"\x00\x7e")})
        self.refuse("tensor 'bias'", tensors={
            "bias": ("F32", [1, 2, 2, 2], struct.pack("<f", float("inf")))})
        self.refuse("value_norms", tensors={
            "value_norms": ("F32", [1, 2, 2], struct.pack("<f", -1))})

    def test_row_sums_are_counted_and_no_error(self):
        values = [0.5, 0.5, 0.5, 0.5, 0.5, 0.3, 0.5, 0.4985]
        [part] = self.check(tensors={"attentions": ("F32", [1, 2, 2, 2], values)})
        self.assertEqual((part["rows"], part["rows_off"], part["tolerance"]), (4, 2, 0.001))
        self.assertEqual([part["furthest"][key] for key in ("layer", "head", "row")], [0, 1, 0])
        self.assertAlmostEqual(part["furthest"]["sum"], 0.8, 6)
        done = heed("check", str(self.path))
        self.assertIn(b"2 of 4 don't sum to 1 within 0.001; the furthest, L0H1 row 0", done.stdout)

    def test_bf16_has_a_wider_tolerance(self):
        [part] = self.check(tensors={"attentions": ("BF16", [1, 2, 2, 2], b"\xff\x3e")})
        self.assertEqual((part["tolerance"], part["rows_off"]), (0.01, 0))


class Parts(Case):
    def test_an_encoder_and_a_decoder_have_their_own_tokens(self):
        third = struct.pack("<f", 1 / 3)
        write(self.path, {"format": FORMAT, "encoder/tokens": ["a", "b", "c"],
                          "decoder/tokens": ["x", "y"]},
              {"encoder/attentions": ("F32", [1, 1, 3, 3], third),
               "decoder/attentions": ("F32", [1, 1, 2, 2], HALF),
               "cross/attentions": ("F32", [1, 1, 2, 3], third)})
        done = heed("check", "--json", str(self.path))
        self.assertEqual([(part["kind"], part["queries"], part["keys"])
                          for part in json.loads(done.stdout)["parts"]],
                         [("encoder", 3, 3), ("decoder", 2, 2), ("cross", 2, 3)])

    def test_cross_attention_needs_both_sides(self):
        third = struct.pack("<f", 1 / 3)
        self.refuse("key_tokens", "missing", names={
            "format": FORMAT, "decoder/tokens": ["x", "y"]}, all_tensors={
                "cross/attentions": ("F32", [1, 1, 2, 3], third)})

    def test_a_nameless_part_beside_others_is_refused(self):
        self.refuse("a name before it", metadata={"cross/key_tokens": ["a", "b"]}, tensors={
            "cross/attentions": ("F32", [1, 1, 2, 2], HALF)})


class Own(Case):
    """What heed attention writes."""

    def write(self, *arguments):
        done = heed("attention", "--model", TINY, "-o", str(self.path), *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done, *read(self.path)

    def test_it_is_an_attention_file(self):
        _, metadata, tensors = self.write("the cats ran", "--pair", "a dog")
        self.assertEqual(metadata["format"], FORMAT)
        lists = {key: json.loads(metadata[key]) for key in
                 ("tokens", "pieces", "ids", "words", "offsets", "segments", "special")}
        n = tensors["attentions"][0][2]
        for key in lists:
            if key != "special":
                self.assertEqual(len(lists[key]), n, key)
        self.assertEqual(lists["special"], [0, lists["tokens"].index("[SEP]"), n - 1])
        self.assertEqual(sorted(tensors), ["attentions", "hidden_states", "keys", "queries",
                                           "value_norms", "values"])
        self.assertAlmostEqual(float(metadata["scale"]), 8 ** -0.5)
        self.assertEqual(json.loads(heed("check", "--json", str(self.path)).stdout)
                         ["parts"][0]["rows_off"], 0)

    def test_the_metadata_is_of_the_documented_schema(self):
        _, metadata, _ = self.write("the cats ran")
        text = (DATA.parent / "docs/attention-file.md").read_text()
        schema = json.loads(re.search(r"```json\n(.*?)```", text, re.S)[1])
        patterns = schema["patternProperties"]
        for key, value in metadata.items():
            found = [rule for pattern, rule in patterns.items() if re.search(pattern, key)]
            if key not in ("format", "heed", "filter", "positions", "attention"):
                self.assertEqual(len(found), 1, key)
                if found[0].get("type") == "array":
                    self.assertIsInstance(json.loads(value), list)

    def test_what_is_hidden_or_merged_leaves_only_the_maps(self):
        done, metadata, tensors = self.write("the cats ran", "--words")
        self.assertEqual(list(tensors), ["attentions"])
        self.assertIn(b"aren't written", done.stderr)
        self.assertNotIn("pieces", metadata)
        self.assertEqual(json.loads(metadata["words"]), [None, 0, 1, 2, None])
        done, metadata, tensors = self.write("the cats ran", "--hide-special")
        self.assertEqual(list(tensors), ["attentions"])
        self.assertGreater(json.loads(heed("check", "--json", str(self.path)).stdout)
                           ["parts"][0]["rows_off"], 0)
        done, _, tensors = self.write("the cats ran", "--measure", "value-norm")
        self.assertNotIn("value_norms", tensors)
        self.assertEqual(done.stderr, b"")

    def test_each_line_of_a_file_goes_into_a_folder(self):
        folder = self.folder / "new" / "runs"
        done = heed("attention", "--model", TINY, "--file", "-", "-o", f"{folder}/", "--json",
                    stdin="the cat\n\na dog ran\n".encode())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(os.listdir(folder)), ["001.safetensors", "002.safetensors",
                                                      "003.safetensors"])
        files = [json.loads(line)["file"] for line in done.stdout.splitlines()]
        for file, text in zip(files, ("the cat", "", "a dog ran")):
            self.assertEqual(read(pathlib.Path(file))[0]["text"], text)
        for name in ("plain", "plain", "one"):  # new, there already, of one line
            done = heed("attention", "--model", TINY, "--file", "-", "-o", str(self.folder / name),
                        stdin=b"a\n" if name == "one" else b"a\nb\n")
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(os.listdir(self.folder / "plain")), 2)
        self.assertEqual(os.listdir(self.folder / "one"), ["001.safetensors"])
        done = heed("attention", "--model", TINY, "--file", "-", "-o", str(self.path),
                    stdin=b"a\nb\n")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"name a folder", done.stderr)
        self.assertFalse(self.path.exists())


FILES = DATA / "data" / "attention"


def floats(path, name="attentions"):
    """[layer, head, query, key] -> weight, as the bytes of the file have it."""
    (shape, data) = read(path)[1][name]
    values = struct.unpack(f"<{len(data) // 4}f", data)

    def weight(*place):
        at = 0
        for size, index in zip(shape, place):
            at = at * size + index
        return values[at]
    return shape, weight


class Drawn(Case):
    """rank and export of a file."""

    SENTENCE = "the cats ran, a dog"

    def rank(self, *arguments):
        done = heed("rank", "--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def fails(self, says, *arguments):
        done = heed(*arguments)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr.decode(), r"\Aheed: [^\n]*\n\Z")
        self.assertIn(says, done.stderr.decode())

    def test_a_file_of_heed_s_own_shows_what_the_text_shows(self):
        done = heed("attention", "--model", TINY, "-o", str(self.path), self.SENTENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        live, file = ("--model", TINY, self.SENTENCE), (str(self.path),)
        for options in ((), ("--measure", "value-norm"), ("--measure", "rollout"), ("--words",),
                        ("--hide-special", "--renormalise"), ("--hide-punctuation",)):
            link = ("--from", "cats", "--to", "dog", *options)
            self.assertEqual(self.rank(*link, *live).stdout, self.rank(*link, *file).stdout, options)
        for view in ("links", "arcs", "matrix", "heads", "neuron"):
            for options in ((), ("--words", "--hide-special"), ("--aggregate", "mean")):
                pictures = []
                for source in (live, file):
                    done = heed("export", "--view", view, "--query", "cats", "--key", "dog",
                                "--heads", "L0H1,L1H2", "--size", "300mm", *options, "-o", "-",
                                *source)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    pictures.append(done.stdout)
                self.assertEqual(*pictures, (view, options))

    def test_weights_are_the_file_s_to_the_bit(self):
        tokens = json.loads(read(FILES / "gpt2.safetensors")[0]["tokens"])
        shape, weight = floats(FILES / "gpt2.safetensors")
        self.assertEqual(tokens[1:3], [" animal", " didn"])
        for i in range(1, len(tokens) - 1):
            heads = json.loads(self.rank("--from", tokens[i], "--to", "animal",
                                         str(FILES / "gpt2.safetensors")).stdout)["heads"]
            self.assertEqual(len(heads), shape[0] * shape[1])
            for head in heads:
                self.assertEqual(struct.pack("<f", head["weight"]),
                                 struct.pack("<f", weight(head["layer"], head["head"], i, 1)))

    def test_bf16_is_widened(self):
        data = read(FILES / "llama-bf16.safetensors")[1]["attentions"][1]
        heads = json.loads(self.rank("--from", "time", "--to", "Once",
                                     str(FILES / "llama-bf16.safetensors")).stdout)["heads"]
        for head in heads:
            at = 2 * ((head["head"] * 5 + 4) * 5 + 1)
            self.assertEqual(struct.pack("<f", head["weight"]), b"\0\0" + data[at:at + 2])

    def test_names_are_tokens_or_several_in_a_row(self):
        file = str(FILES / "gpt2.safetensors")
        merged = json.loads(self.rank("--from", "cross", "--to", "didn't", file).stdout)["heads"]
        _, weight = floats(FILES / "gpt2.safetensors")
        for head in merged:
            place = (head["layer"], head["head"], 4)
            self.assertAlmostEqual(head["weight"], weight(*place, 2) + weight(*place, 3), 6)
        for name in (" didn't ", "didn", "'t", "\\n"):
            self.rank("--from", "cross", "--to", name, file)
        for name in ("idn", "Didn", "animal:2", "animal:0", "", "didnt"):
            self.fails("", "rank", "--from", "cross", "--to", name, file)
        self.fails("occurs 1 time", "rank", "--from", "cross", "--to", "animal:2", file)
        write(self.path, {"format": FORMAT, "tokens": ["a", "b", "a", "c:1"]}, {
            "attentions": ("F32", [1, 1, 4, 4], [0.1, 0.2, 0.3, 0.4] * 4)})
        for name, wanted in (("a", 0.1), ("a:2", 0.3), ("c:1", 0.4), ("c:1:1", 0.4), ("b a", 0.5)):
            head = json.loads(self.rank("--from", "b", "--to", name, str(self.path)).stdout)
            self.assertAlmostEqual(head["heads"][0]["weight"], wanted, 6, name)

    def test_what_the_file_lacks_is_named(self):
        gpt2, llama, bf16 = (str(FILES / f"{name}.safetensors")
                             for name in ("gpt2", "llama", "llama-bf16"))
        picture = ("-o", str(self.folder / "x.svg"))
        write(self.path, NAMES, GOOD)
        self.fails("not in this file: hidden states", "export", str(self.path), "--view", "stack",
                   *picture)
        self.path.unlink()
        for view in ("lab", "ablation"):
            self.fails("not in this file: the model", "export", gpt2, "--view", view, *picture)
        self.fails("not in this file: queries and keys", "export", gpt2, "--view", "neuron",
                   *picture)
        self.fails("the steps", "export", bf16, "--view", "neuron", "--step", "scale", *picture)
        self.assertEqual(heed("export", llama, "--view", "neuron", *picture).returncode, 0)
        self.fails("not in this file: value norms", "rank", gpt2, "--from", "cross", "--to",
                   "animal", "--measure", "value-norm")
        for options in (("--mask", "causal"), ("--pair", "x"), ("--mute", "L0H0"),
                        ("--cut", "a->b")):
            self.fails("not in this file: the model", "export", gpt2, *options, *picture)
        # Nothing would be hidden or merged, and a picture wouldn't say so.
        ends = ("--from", "0,0", "--to", "1,1")
        vit = str(FILES / "vit.safetensors")
        self.fails("not in this file: special tokens", "export", gpt2, "--hide-special", *picture)
        self.fails("not in this file: words", "export", vit, "--words", *picture)
        self.fails("not in this file: words", "rank", vit, *ends, "--words")
        self.assertEqual(heed("rank", vit, *ends, "--hide-special").returncode, 0)
        for command in (("ablate", gpt2, "--from", "cross", "--to", "animal"),
                        ("attention", gpt2, "-o", str(self.path))):
            self.fails("not in this file: the model", *command)
        self.assertFalse(self.path.exists())
        self.fails("(encoder, decoder, cross): name one by --part", "export",
                   str(FILES / "t5.safetensors"), *picture)
        self.fails("no part self, but encoder", "export", str(FILES / "t5.safetensors"), "--part",
                   "self", *picture)
        cross = ("export", str(FILES / "t5.safetensors"), "--part", "cross")
        for view in ("arcs", "lab", "neuron", "stack"):
            self.fails("not in this file: ", *cross, *picture, "--view", view)
        self.fails("not in this file: one axis for queries and keys", *cross, *picture,
                   "--measure", "rollout")

    def test_a_part_is_drawn_by_its_name(self):
        t5 = str(FILES / "t5.safetensors")
        for part, key in (("encoder", "house"), ("decoder", "Das")):
            shape, weight = floats(FILES / "t5.safetensors", f"{part}/attentions")
            heads = json.loads(self.rank("--part", part, "--from", key, "--to", key,
                                         t5).stdout)["heads"]
            self.assertEqual(len(heads), shape[0] * shape[1])
            for head in heads:
                self.assertEqual(struct.pack("<f", head["weight"]), struct.pack(
                    "<f", weight(head["layer"], head["head"], 1, 1)))
        done = heed("rank", "--part", "self", "--model", TINY, "--from", "a", "--to", "a", "a")
        self.assertEqual(done.returncode, 2, done.stderr)

    def test_cross_attention_is_the_file_s_to_the_bit(self):
        path = FILES / "t5.safetensors"
        metadata, tensors = read(path)
        queries, keys = (json.loads(metadata[f"cross/{name}"]) for name in ("tokens", "key_tokens"))
        (layers, heads, n, m), data = tensors["cross/attentions"]
        weights = struct.unpack(f"<{layers * heads * n * m}f", data)
        for i, query in enumerate(queries):
            for j, key in enumerate(keys):
                done = heed("rank", str(path), "--part", "cross", "--json", "--from", query.strip(),
                            "--to", key.strip())
                self.assertEqual(done.returncode, 0, done.stderr)
                for head in json.loads(done.stdout)["heads"]:
                    at = head["layer"] * heads + head["head"]
                    others = [weights[(at * n + k) * m + j] for k in range(n) if k != i]
                    self.assertAlmostEqual(head["others"], sum(others) / (n - 1), 6)
                    self.assertEqual(struct.pack("<f", head["weight"]),
                                     struct.pack("<f", weights[(at * n + i) * m + j]))
        table = self.folder / "a.csv"
        self.assertEqual(heed("export", str(path), "--part", "cross", "--view", "matrix", "--heads",
                              "L0H1", "-o", str(table)).returncode, 0)
        rows = [line.split(",") for line in table.read_text().splitlines()[1:]]
        self.assertEqual([(row[5], row[7]) for row in rows],
                         [(str(i), str(j)) for i in range(n) for j in range(m)])
        for row, weight in zip(rows, weights[n * m:]):
            self.assertEqual(struct.pack("<f", float(row[9])), struct.pack("<f", weight))

    def test_what_is_called_cls_elsewhere_has_the_file_s_name(self):
        picture = self.folder / "a.svg"
        path = str(FILES / "llama.safetensors")
        self.assertEqual(heed("export", path, "--view", "matrix", "-o", str(picture)).returncode, 0)
        svg = picture.read_text()
        self.assertIn("to &lt;s&gt; 0.5", svg)
        self.assertNotIn("[CLS]", svg)

    def test_names_of_a_key_are_no_query_s(self):
        path = str(FILES / "t5.safetensors")
        for word, name in (("--from", "house"), ("--to", "Haus")):
            command = {"--from": "Das", "--to": "red", word: name}
            self.fails("no token of the file", "rank", path, "--part", "cross",
                       *(part for pair in command.items() for part in pair))

    def test_two_files_are_ranked_by_their_change(self):
        gpt2 = str(FILES / "gpt2.safetensors")
        heads = json.loads(self.rank("--from", "cross", "--to", "animal", "--compare", gpt2,
                                     gpt2).stdout)["heads"]
        self.assertEqual({head["change"] for head in heads}, {0})
        self.fails("--compare", "rank", "--from", "cross", "--to", "animal", "--compare",
                   str(FILES / "llama.safetensors"), gpt2)

    def test_two_files_are_compared_as_their_texts_are(self):
        texts = self.SENTENCE, "the cats sat, a big dog"
        paths = [str(self.folder / f"{i}.safetensors") for i in range(2)]
        for text, path in zip(texts, paths):
            self.assertEqual(heed("attention", "--model", TINY, "-o", path, text).returncode, 0)
        live, files = (("--model", TINY, texts[0], "--compare", texts[1]),
                       (paths[0], "--compare", paths[1]))
        for options in ((), ("--query", "cats", "--key", "dog"), ("--words", "--hide-special"),
                        ("--aggregate", "mean"), ("--style", "figure", "--query", "cats"),
                        ("--view", "compare", "--format", "csv")):
            pictures = [heed("export", *source, "--heads", "L0H1,L1H2", *options, "-o",
                             str(self.folder / "picture"), "--format",
                             options[-1] if options[-2:-1] == ("--format",) else "svg")
                        and (self.folder / "picture").read_bytes() for source in (live, files)]
            self.assertEqual(*pictures, options)
        cross = ("export", str(FILES / "t5.safetensors"), "--part", "cross", "--compare",
                 str(FILES / "t5.safetensors"), "--heads", "L0H0", "-o")
        table = self.folder / "a.csv"
        self.assertEqual(heed(*cross, str(table)).returncode, 0)
        n, m = read(FILES / "t5.safetensors")[1]["cross/attentions"][0][2:]
        cells = [line.split(",") for line in table.read_text().splitlines() if "B-A" in line]
        self.assertEqual([float(cell[-1]) for cell in cells], [0] * (n * m))

    def test_files_that_can_t_be_compared_are_named(self):
        picture = ("-o", str(self.folder / "x.svg"))
        gpt2, t5, llama = (str(FILES / f"{name}.safetensors") for name in ("gpt2", "t5", "llama"))
        self.fails(f"'{llama}' has 1", "export", gpt2, "--compare", llama, *picture)
        self.fails("name one by --part", "export", gpt2, "--compare", t5, *picture)
        self.fails("no part cross, but self", "export", t5, "--part", "cross", "--compare", gpt2,
                   *picture)
        self.fails("can't open", "export", gpt2, "--compare", str(self.folder / "none"), *picture)
        write(self.path, {**NAMES, "key_tokens": ["x", "y"], "kind": "cross"},
              {"attentions": ("F32", [1, 2, 2, 2], HALF)})
        one_axis = self.folder / "b.safetensors"
        write(one_axis, NAMES, {"attentions": ("F32", [1, 2, 2, 2], HALF)})
        self.fails("can't be compared", "export", str(one_axis), "--compare", str(self.path),
                   *picture)
        write(self.path, NAMES, {"attentions": ("F32", [1, 2, 2, 2], [0.25] * 8)})
        done = heed("export", str(one_axis), "--compare", str(self.path), *picture)
        self.assertIn(f"4 of 4 rows of '{self.path}'", done.stderr.decode())

    def test_a_session_of_a_file_is_drawn_from_the_file(self):
        session, picture = self.folder / "a.heed", self.folder / "a.svg"
        t5 = str(FILES / "t5.safetensors")
        wanted = heed("export", t5, "--part", "decoder", "--view", "matrix", "--heads", "L1H0",
                      "--threshold", "0", "-o", "-")
        session.write_text(json.dumps({
            "version": 1, "text": "x", "file": t5, "part": "decoder", "view": "matrix",
            "heads": [{"layer": 1, "head": 0, "color": 0}], "filter": {"threshold": 0}}))
        done = heed("export", "--session", str(session), "--heads", "L1H0", "-o", str(picture))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(picture.read_bytes(), wanted.stdout)

    def sums_of(self, path, query):
        """Neuron's numbers: the text of a picture, and what its table says."""
        picture = self.folder / "neuron.svg"
        done = heed("export", str(path), "--view", "neuron", "--heads", "L0H0", "--query", query,
                    "-o", str(picture))
        self.assertEqual(done.returncode, 0, done.stderr)
        return " ".join(re.findall(r">([^<>]+)<", picture.read_text()))

    def test_products_that_make_no_softmax_are_shown_without_one(self):
        """softmax(scale q k + bias) is the weight, or Neuron says that it isn't."""
        q, k = [1.0, 0.5], [0.25, 2.0]  # one number a token
        bias = [0.5, -1.0, 0.0, 1.5]
        scores = [3 * a * b + bias[2 * i + j] for i, a in enumerate(q) for j, b in enumerate(k)]
        weights = []
        for i in range(2):
            row = [math.exp(x) for x in scores[2 * i:2 * i + 2]]
            weights += [x / sum(row) for x in row]
        tensors = {"attentions": ("F32", [1, 1, 2, 2], weights),
                   "queries": ("F32", [1, 1, 2, 1], q), "keys": ("F32", [1, 1, 2, 1], k),
                   "values": ("F32", [1, 1, 2, 1], k)}
        with_bias = {"bias": ("F32", [1, 1, 2, 2], bias)}
        write(self.path, {**NAMES, "scale": "3"}, {**tensors, **with_bias})
        said = self.sums_of(self.path, "a")
        self.assertIn("× 3 + bias", said)
        self.assertIn(f"{scores[1]:.2f}", said)
        self.assertNotIn("softmax", said)
        write(self.path, {**NAMES, "scale": "3"}, tensors)
        said = self.sums_of(self.path, "a")
        self.assertIn("no softmax", said)
        row = [math.exp(3 * q[0] * x) for x in k]
        self.assertIn(f"up to {abs(row[0] / sum(row) - weights[0]):.3f} from softmax", said)

    def test_hidden_states_are_shown_without_what_lies_between(self):
        states = [float(i) for i in range(2 * 2 * 3)]
        write(self.path, NAMES, {**GOOD, "hidden_states": ("F32", [2, 2, 3], states)})
        table = self.folder / "a.csv"
        done = heed("export", str(self.path), "--view", "stack", "--layer", "0", "--query", "b",
                    "-o", str(table))
        self.assertEqual(done.returncode, 0, done.stderr)
        values = [float(line.split(",")[-1]) for line in table.read_text().splitlines()[1:]
                  if "input" in line or "output" in line]
        self.assertEqual(values, states[3:6] + states[9:12])

    def test_a_large_file_is_read_where_it_is_looked_at(self):
        layers, heads, n = 2, 70, 1024
        row = [(i % 7 + 1) / 512 for i in range(n)]  # exact in half precision
        header = {"__metadata__": {"format": FORMAT,
                                   "tokens": json.dumps([f"t{i}" for i in range(n)])},
                  "attentions": {"dtype": "F16", "shape": [layers, heads, n, n],
                                 "data_offsets": [0, 2 * layers * heads * n * n]}}
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)

        def place(layer, head, query):
            return 8 + len(text) + 2 * ((layer * heads + head) * n + query) * n

        def put(query, values, layer, head):
            with open(self.path, "r+b") as file:
                file.seek(place(layer, head, query))
                file.write(struct.pack(f"<{len(values)}e", *values))
        with open(self.path, "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text)
            file.truncate(place(layers, 0, 0))
        put(5, row, 1, 3)
        ranked = json.loads(self.rank("--from", "t5", "--to", "t6", str(self.path)).stdout)["heads"]
        self.assertEqual((ranked[0]["layer"], ranked[0]["head"]), (1, 3))
        self.assertEqual(struct.pack("<f", ranked[0]["weight"]), struct.pack("<f", row[6]))
        self.assertEqual({head["weight"] for head in ranked[1:]}, {0})
        table = self.folder / "a.csv"
        picture = ("export", str(self.path), "--query", "t5", "--heads")
        self.assertEqual(heed(*picture, "L1H3", "--top-k", "3", "-o", str(table)).returncode, 0)
        # Links; the numbers beside the keys are of the whole row.
        weights = {float(line.split(",")[9]) for line in table.read_text().splitlines()[1:]
                   if line.startswith("link,")}
        self.assertEqual({struct.pack("<f", weight) for weight in weights},
                         {struct.pack("<f", 7 / 512)})
        put(700, [float("nan")], 0, 9)
        self.assertEqual(heed(*picture, "L1H3", "--top-k", "3", "-o", str(table)).returncode, 0)
        table.unlink()
        self.fails("[0, 9, 700, 0]: nan is no weight", *picture, "L0H9", "--top-k", "3", "-o",
                   str(table))
        self.fails("[0, 9, 700, 0]: nan is no weight", "export", str(self.path), "--view", "heads",
                   "-o", str(table))
        self.fails("[0, 9, 700, 0]: nan is no weight", "rank", "--from", "t5", "--to", "t6",
                   str(self.path))
        self.assertFalse(table.exists())
        # Without room it is refused before anything is read.
        self.fails("have no room for", "export", str(self.path), "--view", "heads", "--size",
                   "40mm", "-o", str(self.folder / "a.pdf"))

    def test_all_files_of_a_folder_are_checked(self):
        self.fails("no attention files", "check", str(self.folder))
        for name, value in (("b", HALF), ("a", struct.pack("<f", 0.25))):
            write(self.folder / f"{name}.safetensors", NAMES, {
                "attentions": ("F32", [1, 2, 2, 2], value)})
        (self.folder / "other.txt").write_text("")
        done = heed("check", str(self.folder))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual([line for line in done.stdout.decode().splitlines() if line[0] != " "][::2],
                         ["a.safetensors", "b.safetensors"])
        files = json.loads(heed("check", "--json", str(self.folder)).stdout)["files"]
        self.assertEqual([file["parts"][0]["rows_off"] for file in files], [4, 0])
        (self.folder / "a.safetensors").write_bytes(b"")
        done = heed("check", str(self.folder))
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"1 of the 2 attention files", done.stderr)
        self.assertIn(b"a.safetensors\n  not sound: ", done.stdout)
        self.assertIn(b"b.safetensors\nself: 1 layers", done.stdout)

    def test_patches_are_drawn_in_their_picture(self):
        vit = str(FILES / "vit.safetensors")
        picture = ("export", vit, "--query", "1,1", "--heads", "L0H0,L0H1", "-o")
        for view, pictures in (("links", 2), ("matrix", 9 + 2 * 9), ("heads", 0)):
            svg = heed(*picture, "-", "--format", "svg", "--view", view)
            self.assertEqual(svg.returncode, 0, svg.stderr)
            self.assertEqual(svg.stdout.count(b"data:image/png"), pictures, view)
        shape, weight = floats(FILES / "vit.safetensors")
        table = self.folder / "a.csv"
        self.assertEqual(heed(*picture, str(table)).returncode, 0)
        rows = [line.split(",") for line in table.read_text().splitlines()[1:]]
        self.assertEqual(len(rows), shape[1] * 9)  # [CLS] has no place in the picture
        for i, row in enumerate(rows):
            self.assertEqual(struct.pack("<f", float(row[-1])),
                             struct.pack("<f", weight(0, i // 9, 5, 1 + i % 9)))

    def test_patches_are_drawn_in_lists_where_asked(self):
        vit = str(FILES / "vit.safetensors")
        lists = ("export", vit, "--lists", "--format", "svg", "-o", "-")
        drawn = heed(*lists)
        self.assertEqual(drawn.returncode, 0, drawn.stderr)
        self.assertIn(b">[CLS]<", drawn.stdout)  # a token as others, with its own place
        self.assertNotIn(b">[CLS]<", heed(*lists[:2], *lists[3:]).stdout)
        refused = heed("export", "the animal", *lists[2:])
        self.assertEqual(refused.returncode, 2)
        self.assertIn(b"takes --lists with FILE.safetensors", refused.stderr)

    def test_rows_that_don_t_sum_to_1_are_said_and_drawn_as_they_are(self):
        write(self.path, NAMES, {"attentions": ("F32", [1, 1, 2, 2], [0.2, 0.2, 0.5, 0.5])})
        done = self.rank("--from", "a", "--to", "b", str(self.path))
        self.assertIn(b"1 of 2 rows", done.stderr)
        self.assertAlmostEqual(json.loads(done.stdout)["heads"][0]["weight"], 0.2)


if __name__ == "__main__":
    unittest.main()
