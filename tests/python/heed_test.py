#!/usr/bin/env python3
"""python/heed: files written and read, and the program through it. Needs numpy."""
import importlib.util
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import types
import unittest
import unittest.mock

try:
    import numpy as np
except ImportError:
    print("numpy isn't there")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python"))
os.environ["HEED"] = os.environ["HEED_BINARY"]
import heed  # noqa: E402

TINY = str(ROOT / "tests/data/tiny-bert")
FILES = ROOT / "tests/data/attention"


def weights(*shape, dtype="float32"):
    made = np.random.default_rng(1).random(shape)
    return (made / made.sum(-1, keepdims=True)).astype(dtype)


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "a.safetensors"

    def check(self, path=None):
        done = subprocess.run([os.environ["HEED"], "check", "--json", str(path or self.path)],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["parts"]


class Saving(Case):
    def test_what_is_saved_is_loaded_to_the_bit_and_sound(self):
        arrays = {"attentions": weights(2, 4, 3, 3), "queries": weights(2, 4, 3, 5),
                  "keys": weights(2, 2, 3, 5), "values": weights(2, 2, 3, 5),
                  "value_norms": weights(2, 4, 3), "hidden_states": weights(3, 3, 7),
                  "image": np.arange(48, dtype=np.uint8).reshape(4, 4, 3)}
        heed.save(self.path, arrays.pop("attentions"), ["[CLS]", "é\n", "ü"], model="a model",
                  special=np.array([0]), words=[None, 0, 1], scale=0.5, text="é\n ü",
                  offsets=[(0, 0), (0, 2), (3, 4)], grid={"rows": 1, "cols": 2, "first": 1},
                  **arrays)
        loaded = heed.load(self.path)
        for name, array in arrays.items():
            self.assertEqual(loaded[name].dtype, array.dtype)
            self.assertEqual(loaded[name].tobytes(), array.tobytes(), name)
        metadata = loaded["metadata"]
        self.assertEqual(metadata["tokens"], ["[CLS]", "é\n", "ü"])
        self.assertEqual((metadata["special"], metadata["words"], metadata["scale"]),
                         ([0], [None, 0, 1], "0.5"))
        [part] = self.check()
        self.assertEqual(part["rows_off"], 0)

    def test_types_stay_and_others_become_float32(self):
        for dtype, kind in (("float32", "F32"), ("float16", "F16"), ("float64", "F32")):
            array = weights(1, 1, 2, 2, dtype=dtype)
            heed.save(self.path, array, ["a", "b"])
            self.assertEqual(self.check()[0]["type"], kind)
            self.assertTrue(np.array_equal(heed.load(self.path)["attentions"],
                                           array.astype("float32" if kind == "F32" else dtype)))

    def test_arrays_of_others_are_taken_as_they_are(self):
        array = weights(1, 1, 2, 2)

        class Lazy:
            def numpy(self):
                return array

        for what in (array.tolist(), Lazy(), np.asfortranarray(array)):
            heed.save(self.path, what, ["a", "b"])
            self.assertTrue(np.array_equal(heed.load(self.path)["attentions"], array))

    def test_other_keys_have_their_tokens(self):
        heed.save(self.path, weights(1, 1, 2, 3), ["a", "b"], ["x", "y", "z"], kind="cross",
                  key_special=[0])
        self.assertEqual([self.check()[0][key] for key in ("kind", "queries", "keys")],
                         ["cross", 2, 3])

    def test_what_can_t_be_is_refused_and_leaves_the_old_file(self):
        heed.save(self.path, weights(1, 1, 2, 2), ["a", "b"])
        before = self.path.read_bytes()
        for attentions, tokens, more in (
                (weights(1, 2, 2), ["a", "b"], {}), (weights(1, 1, 2, 2), ["a"], {}),
                (weights(1, 1, 2, 3), ["a", "b"], {}),
                (weights(1, 1, 2, 2), ["a", "\udcff"], {}),
                (weights(1, 1, 2, 2), ["a", "b"], {"kind": "both"}),
                (weights(1, 1, 2, 2), ["a", "b"], {"image": weights(2, 2, 3)})):
            with self.assertRaises(ValueError):
                heed.save(self.path, attentions, tokens, **more)
        with self.assertRaises(TypeError):
            heed.save(self.path, weights(1, 1, 2, 2))
        self.assertEqual(self.path.read_bytes(), before)
        self.assertEqual(os.listdir(self.path.parent), [self.path.name])
        with self.assertRaises(ValueError):
            heed.load(ROOT / "tests/data/tiny-bert/model.safetensors")

    def test_bf16_is_loaded_as_the_float32_that_it_is(self):
        data = heed.load(FILES / "llama-bf16.safetensors")["attentions"]
        self.assertEqual(data.dtype, np.float32)
        raw = (FILES / "llama-bf16.safetensors").read_bytes()
        size = struct.unpack("<Q", raw[:8])[0]
        begin = json.loads(raw[8:8 + size])["attentions"]["data_offsets"][0]
        self.assertEqual(data.ravel()[:2].tobytes(), b"\0\0" + raw[8 + size + begin:][:2] +
                         b"\0\0" + raw[8 + size + begin:][2:4])


class Outputs(Case):
    """from_outputs without transformers: whatever has the attributes."""

    def layers(self, n, *shape):
        rng = np.random.default_rng(n)
        return tuple(rng.random(shape).astype("float32") for _ in range(n))

    def test_one_text_of_a_batch(self):
        layers = self.layers(2, 3, 4, 2, 2)
        made = heed.from_outputs(types.SimpleNamespace(attentions=layers), ["Ġa", "Ġé".replace(
            "é", "Ã©")], batch=1)
        [part] = made.parts
        self.assertTrue(np.array_equal(part.attentions, np.stack([one[1] for one in layers])))
        self.assertEqual((part.tokens, part.pieces), ([" a", " é"], ["Ġa", "ĠÃ©"]))
        made = heed.from_outputs({"attentions": layers}, ["Ġa", "b"], clean=False)
        self.assertEqual((made.parts[0].tokens, made.parts[0].pieces), (["Ġa", "b"], None))
        made = heed.from_outputs({"attentions": layers}, ["▁a", "b</w>"])
        self.assertEqual(made.parts[0].tokens, [" a", "b"])

    def test_patches_are_named_by_their_place(self):
        made = heed.from_outputs({"attentions": self.layers(1, 1, 1, 5, 5)}, grid=(2, 2))
        self.assertEqual(made.parts[0].tokens, ["[CLS]", "0,0", "0,1", "1,0", "1,1"])
        self.assertEqual(made.parts[0].grid, {"rows": 2, "cols": 2, "first": 1})

    def test_steps_of_generate_are_put_below_each_other(self):
        steps = (self.layers(2, 1, 1, 3, 3), self.layers(2, 1, 1, 1, 4), self.layers(2, 1, 1, 1, 5))
        made = heed.from_outputs({"attentions": steps}, list("abcdef"))
        whole = made.parts[0].attentions
        self.assertEqual((whole.shape, made.parts[0].tokens), ((2, 1, 5, 5), list("abcde")))
        for layer in range(2):
            self.assertTrue(np.array_equal(whole[layer, 0, :3, :3], steps[0][layer][0, 0]))
            self.assertTrue(np.array_equal(whole[layer, 0, 3, :4], steps[1][layer][0, 0, 0]))
            self.assertTrue(np.array_equal(whole[layer, 0, 4], steps[2][layer][0, 0, 0]))
        self.assertFalse(whole[:, :, :3, 3:].any() or whole[:, :, 3, 4].any())

    def test_beams_are_followed(self):
        steps = (self.layers(1, 2, 1, 2, 2), self.layers(1, 2, 1, 1, 3))
        made = heed.from_outputs({"attentions": steps, "beam_indices": np.array([[0, 1, -1]])})
        self.assertTrue(np.array_equal(made.parts[0].attentions[0, 0, 2], steps[1][0][1, 0, 0]))
        self.assertTrue(np.array_equal(made.parts[0].attentions[0, 0, :2, :2], steps[0][0][0, 0]))

    def test_an_encoder_and_a_decoder(self):
        outputs = {"encoder_attentions": self.layers(1, 1, 2, 3, 3),
                   "decoder_attentions": self.layers(2, 1, 2, 2, 2),
                   "cross_attentions": self.layers(2, 1, 2, 2, 3)}
        made = heed.from_outputs(outputs, encoder_tokens=list("abc"), decoder_tokens=list("xy"))
        self.assertEqual([(part.kind, part.tokens, part.key_tokens) for part in made.parts],
                         [("encoder", list("abc"), None), ("decoder", list("xy"), None),
                          ("cross", list("xy"), list("abc"))])
        made.save(self.path)
        self.assertEqual([part["kind"] for part in self.check()],
                         ["encoder", "decoder", "cross"])
        self.assertEqual(heed.load(self.path)["cross/attentions"].shape, (2, 2, 2, 3))

    def test_what_isn_t_there_is_said(self):
        for outputs, tokens in (({"attentions": None}, None), ({}, None), ({"attentions": ()}, None),
                                ({"attentions": (None, None)}, None),
                                ({"attentions": self.layers(1, 2, 2, 2)}, None),
                                ({"attentions": self.layers(1, 1, 1, 2, 2)}, ["a"])):
            with self.assertRaises(ValueError):
                heed.from_outputs(outputs, tokens)


class Program(Case):
    def test_attention_of_a_text(self):
        made = heed.attention("the cat", model=TINY)
        self.assertEqual(made["attentions"].shape, (2, 4, 4, 4))
        self.assertEqual(made["metadata"]["tokens"], ["[CLS]", "the", "cat", "[SEP]"])
        heed.save(self.path, made["attentions"], made["metadata"]["tokens"])
        self.assertEqual(self.check()[0]["heads"], 4)

    def test_rank_of_a_text_a_file_and_of_outputs(self):
        text = heed.rank("the cat ran", "ran", "cat", pandas=False, model=TINY)
        made = heed.attention("the cat ran", model=TINY)["attentions"]
        for head in text:
            self.assertEqual(np.float32(head["weight"]), made[head["layer"], head["head"], 3, 2])
        self.assertEqual(heed.rank(FILES / "gpt2.safetensors", "cross", "animal", pandas=False),
                         heed.rank(str(FILES / "gpt2.safetensors"), "cross", "animal",
                                   pandas=False))
        array = weights(1, 3, 2, 2)
        ranked = heed.rank(heed.Attention([heed.Part(array, ["a", "b"])]), "a", "b", pandas=False)
        self.assertEqual(sorted((np.float32(head["weight"]) for head in ranked), reverse=True),
                         sorted(array[0, :, 0, 1], reverse=True))

    def test_a_text_is_a_text_whatever_it_looks_like(self):
        ranked = heed.rank("--help cat", "help", "cat", pandas=False, model=TINY)
        self.assertEqual(len(ranked), 8)

    def test_probe(self):
        probe = self.path.parent / "p.tsv"
        probe.write_text("sentence\tpronoun\tcandidates\tanswer\n"
                         "the cat saw the dog and it ran\tit\tcat|dog\tdog\n")
        document = heed.probe(probe, pandas=False, model=TINY)
        self.assertEqual((document["sentences"], len(document["heads"])), (1, 8))

    def test_show_is_what_export_draws(self):
        for what in (FILES / "vit.safetensors", "the cat ran"):  # special tokens are marked
            more = {"model": TINY} if isinstance(what, str) else {}
            picture = heed.show(what, view="matrix", heads=["L0H1"], hide_special=True, **more)
            self.assertTrue(picture._repr_svg_().startswith("<"))
            self.assertIn("<svg", picture.svg)
        with self.assertRaisesRegex(heed.HeedError, "not in this file: special tokens"):
            heed.show(FILES / "gpt2.safetensors", hide_special=True)
        picture = heed.show(weights(1, 1, 2, 2), ["one", "two"], view="links", query="one")
        self.assertIn("two", picture.svg)
        picture.save(self.path.with_suffix(".svg"))
        self.assertEqual(self.path.with_suffix(".svg").read_text(encoding="utf-8"), picture.svg)

    def test_a_window_is_given_the_file_and_shows_nothing_here(self):
        with unittest.mock.patch.object(heed, "_run") as run:
            run.side_effect = lambda arguments: self.assertTrue(os.path.exists(arguments[-1]))
            self.assertIsNone(heed.show(weights(1, 1, 2, 2), ["one", "two"], window=True,
                                        threshold=0.1))
        [made] = run.call_args.args
        self.assertEqual(made[0], "--threshold=0.1")
        self.assertTrue(made[1].endswith(".safetensors"))

    def test_heed_s_line_is_the_error(self):
        with self.assertRaisesRegex(heed.HeedError, "^not in this file: the model$"):
            heed.show(FILES / "gpt2.safetensors", view="lab")
        with self.assertRaisesRegex(heed.HeedError, "no token of the file is 'x'"):
            heed.rank(FILES / "gpt2.safetensors", "x", "cross")


class BertViz(unittest.TestCase):
    """Its two functions by their arguments."""

    ATTENTION = tuple(weights(1, 3, 4, 4) for _ in range(2))
    TOKENS = ["[CLS]", "Ġone", "two", "[SEP]"]

    def test_head_view_is_the_links_of_a_layer(self):
        made = heed.head_view(self.ATTENTION, self.TOKENS, 3, True, 1, [0, 2],
                              html_action="return")
        (title, picture), (other_title, other), *pieces = made.pictures
        self.assertEqual((title, other_title), ("All, Layer 1", "All, Layer 0"))
        self.assertEqual([title for title, _ in pieces],
                         [f"Sentence {a} -> Sentence {b}, Layer 1" for a in "AB" for b in "AB"])
        self.assertIn("L0H2", other.svg)
        self.assertEqual((made.data.count("<img"), made.data.count("<details>")), (6, 5))
        for name, there in (("L1H0", True), ("L1H2", True), ("L1H1", False), ("L0H0", False),
                            ("Ġone", False)):
            self.assertEqual(name in picture.svg, there, name)
        made = heed.head_view(self.ATTENTION, self.TOKENS, include_layers=[1],
                              prettify_tokens=False, html_action="return")
        [(title, picture)] = made.pictures
        self.assertEqual((title, made._repr_html_()), ("", made.data))
        self.assertIn("L1H1", picture.svg)
        self.assertIn("Ġone", picture.svg)

    def test_segments_are_the_sentences(self):
        saved = []
        with unittest.mock.patch.object(heed, "save", lambda _, what: saved.append(what.parts[0])), \
                unittest.mock.patch.object(heed, "_draw"):
            heed.model_view(self.ATTENTION, self.TOKENS, 2, html_action="return")
        self.assertEqual(saved[0].segments, [0, 0, 1, 1])
        pieces = {"aa": (0, 0), "ab": (0, 2), "ba": (2, 0), "bb": (2, 2)}
        for part, (row, column) in zip(saved[1:], pieces.values(), strict=True):
            np.testing.assert_array_equal(
                part.attentions, np.stack(self.ATTENTION)[:, 0, :, row:row + 2, column:column + 2])
            names = ["[CLS]", " one", "two", "[SEP]"]
            self.assertEqual(list(part.tokens), names[row:row + 2])
            self.assertEqual(list(part.key_tokens or part.tokens), names[column:column + 2])

    def test_model_view_has_every_head(self):
        made = heed.model_view(self.ATTENTION, self.TOKENS, display_mode="light",
                               html_action="return")
        self.assertIn("6 heads", made.pictures[0][1].svg)
        made = heed.model_view(self.ATTENTION, self.TOKENS, include_layers=[1],
                               include_heads=[0, 2], html_action="return")
        [(_, picture)] = made.pictures
        for name, there in (("L1H0", True), ("L1H2", True), ("L1H1", False), ("L0H0", False)):
            self.assertEqual(name in picture.svg, there, name)

    def test_an_encoder_and_a_decoder(self):
        made = heed.head_view(
            encoder_attention=self.ATTENTION, decoder_attention=self.ATTENTION,
            cross_attention=self.ATTENTION, encoder_tokens=self.TOKENS,
            decoder_tokens=self.TOKENS, html_action="return")
        self.assertEqual([title for title, _ in made.pictures],
                         [f"{part}, Layer {layer}" for layer in range(2)
                          for part in ("Encoder", "Decoder", "Cross")])
        self.assertIn(">Decoder<", made.pictures[2][1].svg)

    def test_what_can_t_be_is_said(self):
        for more in ({"tokens": None}, {"layer": 1, "include_layers": [0]},
                     {"encoder_attention": self.ATTENTION}, {"html_action": "print"},
                     {"encoder_tokens": self.TOKENS}, {"layer": 7}, {"heads": [3]},
                     {"include_layers": [2]}, {"include_layers": []}, {"sentence_b_start": 4},
                     {"attention": None}):
            with self.assertRaises(ValueError):
                heed.head_view(**{"attention": self.ATTENTION, "tokens": self.TOKENS,
                                  "html_action": "return", **more})
        for given in ({"encoder_attention": self.ATTENTION}, {"cross_attention": self.ATTENTION}):
            with self.assertRaisesRegex(ValueError, "needs encoder_tokens"):
                heed.head_view(**given, html_action="return")


class Guide(unittest.TestCase):
    """The code of docs/python.md."""

    def test_it_runs(self):
        text = (ROOT / "docs/python.md").read_text(encoding="utf-8")
        pieces = re.findall(r"```python( model| pandas)?\n(.*?)```", text, re.S)
        self.assertEqual(len(pieces), 4)
        if importlib.util.find_spec("pandas") is None:
            pieces = [piece for piece in pieces if piece[0] != " pandas"]
        space = {}
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch.dict(
                os.environ, {"HEED_MODEL": TINY}):
            before = os.getcwd()
            os.chdir(folder)
            try:
                for _, code in pieces:
                    exec(code, space)  # pylint: disable=exec-used
            finally:
                os.chdir(before)
        self.assertEqual(set(space["best"].keys()), {"layer", "head", "weight", "others"})


if __name__ == "__main__":
    unittest.main()
