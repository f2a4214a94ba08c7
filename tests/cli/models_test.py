#!/usr/bin/env python3
"""heed models and --model NAME: what lies in the caches, what each is, and what is
said of those that aren't read. Uses the small models of tests/data. Standard library only.
"""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

HEED = os.environ["HEED_BINARY"]
DATA = pathlib.Path(os.environ["HEED_TEST_DATA"]) / "data"
HASH = "0123456789abcdef0123456789abcdef01234567"


class Models(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-models-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.hub = self.folder / "hf" / "hub"
        self.environment = {"HOME": str(self.folder), "HF_HOME": str(self.folder / "hf"),
                            "XDG_DATA_DIRS": str(self.folder / "none"), "PATH": os.environ["PATH"],
                            **{name: value for name, value in os.environ.items()
                               if name.endswith("SAN_OPTIONS")}}

    def put(self, repository, model="tiny-bert", snapshot=HASH, main=True, **files):
        base = self.hub / ("models--" + repository.replace("/", "--"))
        folder = base / "snapshots" / snapshot
        shutil.copytree(DATA / model, folder)
        if main:
            (base / "refs").mkdir(exist_ok=True)
            (base / "refs" / "main").write_text(snapshot)
        for name, text in files.items():
            (folder / name.replace("_", ".", 1)).write_text(text)
        return folder

    def heed(self, *arguments, code=0, **environment):
        done = subprocess.run([HEED, *arguments], env={**self.environment, **environment},
                              capture_output=True, text=True, timeout=60, cwd=self.folder)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def list(self, **environment):
        out = self.heed("models", "--json", **environment).stdout
        return {(it["owner"] or "") + "/" + it["name"]: it for it in json.loads(out)["models"]}

    def test_each_is_listed_with_what_its_files_say(self):
        self.put("org/one", README_md="---\nlanguage: en\nlicense: apache-2.0\n---\nlicense: mit\n")
        self.put("org/other", "fam-roberta", config_json='{"model_type": "t5", "num_layers": 6, '
                                                         '"num_heads": 8}')
        own = self.folder / ".cache" / "heed" / "models"
        shutil.copytree(DATA / "tiny-mlm", own / "mine")
        found = self.list()
        self.assertEqual(list(found), ["/mine", "org/one", "org/other"])
        one = found["org/one"]
        self.assertTrue(one["loads"])
        self.assertEqual(one["architecture"], "BERT")
        self.assertEqual(one["licence"], "Apache 2.0")
        self.assertEqual(one["numbers"], "F32")
        self.assertEqual(one["tokenizer"], "WordPiece")
        self.assertIsNone(one["mask"])
        self.assertEqual(found["/mine"]["mask"], "[MASK]")
        config = json.loads((DATA / "tiny-bert" / "config.json").read_text())
        self.assertEqual((one["layers"], one["heads"]),
                         (config["num_hidden_layers"], config["num_attention_heads"]))
        other = found["org/other"]
        self.assertFalse(other["loads"])
        self.assertIn('"model_type" is t5', other["why"])
        self.assertEqual((other["layers"], other["heads"]), (6, 8))

    def test_parameters_are_the_numbers_of_the_file(self):
        from struct import unpack
        folder = self.put("org/one")
        data = (folder / "model.safetensors").read_bytes()
        size, = unpack("<Q", data[:8])
        header = json.loads(data[8:8 + size])
        header.pop("__metadata__", None)
        count = 0
        for tensor in header.values():
            n = 1
            for length in tensor["shape"]:
                n *= length
            count += n
        self.assertEqual(self.list()["org/one"]["parameters"], count)

    def test_the_snapshot_is_that_of_main_else_the_newest(self):
        self.put("org/one", snapshot="a" * 40)
        self.put("org/one", snapshot="b" * 40, main=False)
        self.assertIn("a" * 40, self.list()["org/one"]["folder"])
        (self.hub / "models--org--one" / "refs" / "main").unlink()
        os.utime(self.hub / "models--org--one" / "snapshots" / ("a" * 40), (1, 1))
        self.assertIn("b" * 40, self.list()["org/one"]["folder"])

    def test_the_cache_is_where_transformers_looks(self):
        self.put("org/one")
        moved = self.folder / "elsewhere"
        self.hub.rename(moved)
        self.assertEqual(self.list(), {})
        self.assertIn("org/one", self.list(HF_HUB_CACHE=str(moved)))
        default = self.folder / ".cache" / "huggingface" / "hub"
        default.parent.mkdir(parents=True)
        moved.rename(default)
        self.environment.pop("HF_HOME")
        self.assertIn("org/one", self.list())
        self.assertEqual(self.list(XDG_CACHE_HOME=str(self.folder / "x")), {})

    def test_a_name_opens_it(self):
        self.put("org/One")
        for name in ("org/One", "one", "One", "ORG/one"):
            done = self.heed("tokens", "--model", name, "the animal")
            self.assertIn('"ids"', done.stdout)

    def test_a_folder_of_that_name_comes_first(self):
        self.put("org/one")
        shutil.copytree(DATA / "tiny-bert", self.folder / "one")
        (self.folder / "one" / "config.json").write_text("{")
        self.assertIn("'one/config.json'", self.heed("tokens", "--model", "one", "x", code=1).stderr)

    def test_two_owners_of_a_name_are_named(self):
        self.put("org/one")
        self.put("other/one")
        message = self.heed("tokens", "--model", "one", "x", code=1).stderr
        self.assertIn("org/one", message)
        self.assertIn("other/one", message)
        self.assertEqual(message.count("\n"), 1)
        self.heed("tokens", "--model", "other/one", "x")

    def test_a_name_that_nothing_has_is_refused_in_a_line(self):
        message = self.heed("tokens", "--model", "none-such", "x", code=1).stderr
        self.assertIn("none-such", message)
        self.assertEqual(message.count("\n"), 1)

    def test_a_folder_whose_folder_holds_the_model_says_which(self):
        folder = self.put("org/one")
        base = folder.parent.parent
        message = self.heed("tokens", "--model", str(base), "x", code=1).stderr
        self.assertIn(str(folder), message)
        shutil.copytree(DATA / "tiny-bert", self.folder / "st" / "0_Transformer")
        message = self.heed("tokens", "--model", str(self.folder / "st"), "x", code=1).stderr
        self.assertIn("st/0_Transformer", message)

    def test_code_of_its_own_with_keys_of_its_own_is_noted(self):
        config = json.loads((DATA / "tiny-bert" / "config.json").read_text())
        config["auto_map"] = {"AutoModel": "modeling.Mine"}
        folder = self.put("org/one", config_json=json.dumps(config))
        self.assertIsNone(self.list()["org/one"]["notes"])
        config["rotary_base"] = 3
        (folder / "config.json").write_text(json.dumps(config))
        self.assertIn("rotary_base", self.list()["org/one"]["notes"])
        done = self.heed("rank", "--model", "one", "--from", "animal", "--to", "animal",
                         "the animal")
        self.assertIn("note: config.json asks for code of its own", done.stderr)

    def test_files_of_a_tokenizer_that_disagree_are_noted(self):
        folder = self.put("org/one")
        rules = json.loads((folder / "tokenizer.json").read_text())
        rules["normalizer"] = {"type": "BertNormalizer", "clean_text": True,
                               "handle_chinese_chars": True, "strip_accents": None,
                               "lowercase": True}
        rules["pre_tokenizer"] = {"type": "BertPreTokenizer"}
        (folder / "tokenizer.json").write_text(json.dumps(rules))
        config = {"tokenizer_class": "BertTokenizer", "do_lower_case": True}
        (folder / "tokenizer_config.json").write_text(json.dumps(config))
        self.assertNotIn("disagree", self.list()["org/one"]["notes"] or "")
        config["do_lower_case"] = False
        (folder / "tokenizer_config.json").write_text(json.dumps(config))
        note = self.list()["org/one"]["notes"]
        self.assertIn("disagree (lowercase, strip_accents)", note)

    def states(self, folder, text):
        """The last layer's hidden states, a list a token."""
        from struct import unpack
        file = self.folder / "run.safetensors"
        self.heed("attention", "--model", str(folder), "-o", str(file), text)
        data = file.read_bytes()
        size, = unpack("<Q", data[:8])
        it = json.loads(data[8:8 + size])["hidden_states"]
        layers, n, width = it["shape"]
        begin = 8 + size + it["data_offsets"][0] + 4 * (layers - 1) * n * width
        values = unpack(f"<{n * width}f", data[begin:begin + 4 * n * width])
        return [values[i * width:(i + 1) * width] for i in range(n)]

    def test_two_texts_are_compared_as_modules_json_says(self):
        folder = self.put("org/one")
        texts = "the animal was tired", "the street"
        modules = [{"type": "sentence_transformers.models.Transformer", "path": ""},
                   {"type": "sentence_transformers.models.Pooling", "path": "1_Pooling"}]
        pools = {"cls_token": lambda x: x[0],
                 "mean_tokens": lambda x: [sum(c) for c in zip(*x)],
                 "max_tokens": lambda x: [max(c) for c in zip(*x)]}
        (folder / "1_Pooling").mkdir()
        (folder / "modules.json").write_text(json.dumps(modules))
        for mode, pool in pools.items():
            (folder / "1_Pooling" / "config.json").write_text(
                json.dumps({"pooling_mode_" + mode: True}))
            a, b = (pool(self.states(folder, text)) for text in texts)
            dot = sum(x * y for x, y in zip(a, b))
            wanted = dot / (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5
            out = self.heed("predict", "--model", str(folder), "--compare", texts[1], "--json",
                            texts[0]).stdout
            self.assertAlmostEqual(json.loads(out)["cosine"], wanted, 6, mode)
        for bad in ({"pooling_mode_lasttoken": True}, {}, {"pooling_mode": "other"},
                    {"pooling_mode_cls_token": True, "pooling_mode_max_tokens": True}):
            (folder / "1_Pooling" / "config.json").write_text(json.dumps(bad))
            message = self.heed("predict", "--model", str(folder), "--compare", "x", "y",
                                code=1).stderr
            self.assertRegex(message, r"\Aheed: [^\n]*1_Pooling/config.json[^\n]*\n\Z")
        modules.append({"type": "sentence_transformers.models.Dense", "path": "2_Dense"})
        (folder / "modules.json").write_text(json.dumps(modules[::2]))
        self.assertIn("Dense", self.heed("predict", "--model", str(folder), "--compare", "x", "y",
                                         code=1).stderr)
        for broken in ("{", "[3]", "[]", "7", '[{"type": "a.Pooling", "path": "../x"}]'):
            (folder / "modules.json").write_text(broken)
            message = self.heed("predict", "--model", str(folder), "--compare", "x", "y",
                                code=1).stderr
            self.assertIn("modules.json", message)
        (folder / "modules.json").unlink()
        out = self.heed("predict", "--model", str(folder), "--compare", "x", "x").stdout
        self.assertIn("1.000000  cosine, pooled by mean (the model has no modules.json", out)

    def put_classes(self, model, repository="org/classes"):
        """With a tokenizer of as many pieces as it has rows."""
        folder = self.put(repository, model)
        for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
            if (DATA / "tiny-mlm" / name).exists():
                shutil.copy(DATA / "tiny-mlm" / name, folder)
        return folder

    def test_a_text_has_the_labels_of_its_head(self):
        folder = self.put_classes("fam-bert-classes")
        out = self.heed("predict", "--model", str(folder), "--json", "the dog").stdout
        labels = json.loads(out)["labels"]
        self.assertEqual(sorted(it["label"] for it in labels), ["A", "B", "C"])
        scores = [it["score"] for it in labels]
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertAlmostEqual(sum(scores), 1, 5)
        lines = self.heed("predict", "--model", str(folder), "--top", "2", "the dog").stdout
        self.assertEqual([line.split()[1] for line in lines.splitlines()],
                         [it["label"] for it in labels[:2]])
        self.assertIn("classes of a sequence", self.heed("models").stdout)

    def test_tokens_have_the_labels_of_their_head_but_the_templates(self):
        folder = self.put_classes("fam-bert-tokens")
        out = self.heed("predict", "--model", str(folder), "--json", "the dog ran").stdout
        tokens = json.loads(out)["tokens"]
        self.assertEqual([it["offsets"] for it in tokens], [[0, 3], [4, 7], [8, 11]])
        for it in tokens:
            self.assertEqual(len(it["labels"]), 1)
            self.assertIn(it["labels"][0]["label"], ("O", "B-PER", "I-PER"))
        lines = self.heed("predict", "--model", str(folder), "--top", "9", "the dog ran").stdout
        self.assertEqual(len(lines.splitlines()), 9)

    def test_stacks_last_page_has_the_labels_before_and_after(self):
        folder = self.put_classes("fam-bert-classes")
        text = ["the dog ran", "--view", "stack", "--page", "end", "-o", "-", "--format", "svg"]
        plain = self.heed("export", "--model", str(folder), *text).stdout
        muted = self.heed("export", "--model", str(folder), "--mute", "L0H1", *text).stdout
        out = self.heed("predict", "--model", str(folder), "--json", "the dog ran").stdout
        for it in json.loads(out)["labels"]:
            for svg in (plain, muted):
                self.assertIn(f">{it['score']:.3f}<", svg)
        self.assertIn("of the whole text", plain)
        self.assertRegex(muted, r"of the text, before.{0,3}after")

    def test_classes_without_names_or_without_a_head(self):
        folder = self.put_classes("fam-bert-classes")
        config = json.loads((folder / "config.json").read_text())
        for names, wanted in (({"0": "x\ty", "2": 7, "5": "z"}, ["LABEL_1", "LABEL_2", "x y"]),
                              ({"2": "c", "1": "b", "0": "a"}, ["a", "b", "c"])):
            (folder / "config.json").write_text(json.dumps({**config, "id2label": names}))
            out = self.heed("predict", "--model", str(folder), "--json", "the dog").stdout
            self.assertEqual(sorted(it["label"] for it in json.loads(out)["labels"]), wanted)
        for bad in ({}, {"0": "a"}):
            (folder / "config.json").write_text(json.dumps({**config, "id2label": bad}))
            message = self.heed("predict", "--model", str(folder), "the dog", code=1).stderr
            self.assertRegex(message, r"\Aheed: [^\n]*classifier.weight[^\n]*\n\Z"
                             if bad else r"\Aheed: [^\n]*id2label[^\n]*\n\Z")
        config["architectures"] = ["BertModel"]
        (folder / "config.json").write_text(json.dumps(config))
        message = self.heed("predict", "--model", str(folder), "the dog", code=1).stderr
        self.assertIn("none for classes", message)

    def test_a_broken_one_among_others_is_only_a_row(self):
        self.put("org/one")
        self.put("org/two", model_safetensors="short")
        self.put("org/three", tokenizer_json="{", vocab_txt="")
        found = self.list()
        self.assertTrue(found["org/one"]["loads"])
        for name in ("org/two", "org/three"):
            self.assertFalse(found[name]["loads"], name)
            self.assertTrue(found[name]["why"], name)
        self.assertEqual(self.heed("models").stdout.count("not read: "), 2)

    def test_without_any_it_says_how_to_get_one(self):
        done = self.heed("models")
        self.assertEqual(done.stdout, "")
        self.assertIn("no models found", done.stderr)


if __name__ == "__main__":
    unittest.main()
