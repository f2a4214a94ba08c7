"""The models of the goldens by transformers, and what several golden scripts
calculate of them by plain numpy. Needs torch and transformers.
"""
import functools
import pathlib
import re

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

TESTS = pathlib.Path(__file__).resolve().parent.parent
WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)*|[^\sA-Za-z0-9]")


class Model:
    """One whose heads can be muted."""

    def __init__(self, folder):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(
            folder, attn_implementation="eager", dtype=torch.float32).eval()
        self.heads = self.model.config.num_attention_heads
        self.muted = None
        self.values = []  # of the last run, [n, hidden] a layer
        for index, layer in enumerate(self.model.encoder.layer):
            layer.attention.self.value.register_forward_hook(
                lambda _m, _i, output: self.values.append(
                    output[0].double().numpy()))
            layer.attention.output.dense.register_forward_pre_hook(
                functools.partial(self.mute, index))

    def mute(self, index, _module, inputs):
        if self.muted is None or self.muted[0] != index:
            return None
        states = inputs[0].clone()
        dim = states.shape[-1] // self.heads
        states[..., self.muted[1] * dim:(self.muted[1] + 1) * dim] = 0
        return (states,)

    def run(self, text, muted=None):
        """ids, maps [layers, heads, n, n], states [layers + 1, n, hidden]."""
        self.muted, self.values = muted, []
        inputs = self.tokenizer(text, return_tensors="pt")
        with torch.no_grad():
            out = self.model(**inputs, output_attentions=True,
                             output_hidden_states=True)
        self.muted = None
        return (inputs["input_ids"][0].tolist(),
                np.stack([a[0].double().numpy() for a in out.attentions]),
                np.stack([h[0].double().numpy() for h in out.hidden_states]))

    def outputs(self):
        """W_O of each layer."""
        return [layer.attention.output.dense.weight.detach().double().numpy()
                for layer in self.model.encoder.layer]


def link(maps, rows, columns):
    return maps[..., rows, :][..., columns].sum(-1).mean(-1)


def cosine(x, y):
    return float(x @ y / np.linalg.norm(x) / np.linalg.norm(y))


def value_norms(maps, values, outputs):
    """w |v W_O| of each head and key, as a share of its row."""
    layers, heads = maps.shape[:2]
    dim = values[0].shape[-1] // heads
    result = np.empty_like(maps)
    for layer in range(layers):
        for head in range(heads):
            part = slice(head * dim, (head + 1) * dim)
            mapped = values[layer][:, part] @ outputs[layer][:, part].T
            rows = maps[layer, head] * np.linalg.norm(mapped, axis=1)
            result[layer, head] = rows / rows.sum(1, keepdims=True)
    return result


def rollout(maps):
    result, so_far = [], np.eye(maps.shape[-1])
    for layer in maps:
        so_far = (0.5 * layer.mean(0) + 0.5 * np.eye(len(so_far))) @ so_far
        result.append(np.stack([so_far] * len(layer)))
    return np.stack(result)
