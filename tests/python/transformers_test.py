#!/usr/bin/env python3
"""python/heed on transformers' models. Ends with 77 where torch or transformers
isn't there; HEED_TEST_PYTHON names a Python that has them."""
import os
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
other = os.environ.pop("HEED_TEST_PYTHON", None)
if other:
    os.execv(other, [other, *sys.argv])
try:
    import numpy as np
    import torch
    import transformers as tf
except ImportError as error:
    print(error)
    sys.exit(77)

sys.path[:0] = [str(ROOT / "python"), str(ROOT / "tests/golden")]
os.environ["HEED"] = os.environ["HEED_BINARY"]
import heed  # noqa: E402
import make_attention_files as maker  # noqa: E402


class Models(unittest.TestCase):
    def setUp(self):
        torch.set_grad_enabled(False)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "a.safetensors"

    def test_the_files_are_those_of_the_models(self):
        for name, make in maker.MODELS.items():
            heed.save(self.path, make())
            made = heed.load(self.path)
            kept = heed.load(ROOT / f"tests/data/attention/{name}.safetensors")
            self.assertEqual(made["metadata"], kept["metadata"], name)
            self.assertEqual(set(made), set(kept), name)
            tolerance = 2e-2 if name.endswith("bf16") else 1e-4
            for tensor in set(kept) - {"metadata"}:
                self.assertEqual(made[tensor].dtype, kept[tensor].dtype)
                np.testing.assert_allclose(made[tensor], kept[tensor], atol=tolerance,
                                           err_msg=f"{name} {tensor}")

    def test_a_saved_file_holds_the_tensors_to_the_bit(self):
        for dtype in (torch.float32, torch.float16, torch.bfloat16):
            tensors = tuple(torch.rand(2, 3, 4, 4).softmax(-1).to(dtype) for _ in range(2))
            heed.save(self.path, heed.from_outputs({"attentions": tensors}, list("abcd"), batch=1))
            loaded = heed.load(self.path)["attentions"]
            for layer, tensor in enumerate(tensors):
                self.assertEqual(np.ascontiguousarray(loaded[layer], "<f4").tobytes(),
                                 tensor[1].float().numpy().tobytes())

    def test_generate_s_steps_are_one_pass(self):
        model = maker.lively(tf.GPT2LMHeadModel(tf.GPT2Config(
            vocab_size=50, n_positions=16, n_embd=16, n_layer=2, n_head=2, eos_token_id=None,
            bos_token_id=0, **maker.EAGER)), 7)
        for more in ({}, {"num_beams": 3}):
            steps = model.generate(torch.tensor([[3, 7, 12]]), max_new_tokens=4, do_sample=False,
                                   output_attentions=True, return_dict_in_generate=True,
                                   pad_token_id=0, **more)
            whole = model(steps.sequences[:, :-1], output_attentions=True)
            made = heed.from_outputs(steps).parts[0].attentions
            pass_at_once = heed.from_outputs(whole).parts[0].attentions
            # Only the last token's beam is known to have the same past.
            rows = slice(None) if not more else slice(-1, None)
            np.testing.assert_allclose(made[:, :, rows], pass_at_once[:, :, rows], atol=1e-5)

    def test_a_model_without_attentions_says_what_to_do(self):
        model = tf.GPT2Model(tf.GPT2Config(vocab_size=5, n_embd=4, n_layer=1, n_head=1,
                                           n_positions=4, attn_implementation="sdpa")).eval()
        with self.assertRaisesRegex(ValueError, "eager"):
            heed.from_outputs(model(torch.tensor([[1, 2]])))


class Guide(unittest.TestCase):
    def test_the_code_of_the_guide_runs(self):
        text = (ROOT / "docs/python.md").read_text(encoding="utf-8")
        code = re.findall(r"```python transformers\n(.*?)```", text, re.S)
        self.assertEqual(len(code), 7)
        torch.manual_seed(1)
        with tempfile.TemporaryDirectory() as folder:
            before = os.getcwd()
            os.chdir(folder)
            try:
                exec("".join(code), {})  # pylint: disable=exec-used
                made = sorted(os.listdir("."))
            finally:
                os.chdir(before)
        self.assertEqual(made, ["animal.svg", "generated.safetensors", "gpt2.safetensors",
                                "llama.safetensors", "marian.safetensors", "t5.safetensors",
                                "vit.safetensors", "whisper.safetensors"])


if __name__ == "__main__":
    unittest.main()
