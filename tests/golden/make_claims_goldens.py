#!/usr/bin/env python3
"""Make what heed rank, probe and ablate must print for the default model, by
transformers and plain numpy.

    make_claims_goldens.py MODEL

writes tests/golden/minilm-claims.json: for one sentence and its other half the
weights of two links (one to a word of three pieces), their value norms and
rollout, and what muting each head changes; for assets/probes/pronouns.tsv each
head's accuracy and margin. Heads are in order of layer, then head. Needs torch
and transformers.
"""
import functools
import json
import pathlib
import re
import sys

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

TESTS = pathlib.Path(__file__).resolve().parent.parent
PROBE = TESTS.parent / "assets" / "probes" / "pronouns.tsv"
A = "The animal didn't cross the street because it was too tired."
B = "The animal didn't cross the street because it was too wide."
LINKS = [("it", "animal"), ("it", "didn't")]
WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)*|[^\sA-Za-z0-9]")


class Model:
    def __init__(self, folder):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(
            folder, attn_implementation="eager", dtype=torch.float32).eval()
        self.heads = self.model.config.num_attention_heads
        self.muted = None
        self.values = []
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
        """maps [layers, heads, n, n], states [layers + 1, n, hidden]."""
        self.muted, self.values = muted, []
        inputs = self.tokenizer(text, return_tensors="pt")
        with torch.no_grad():
            out = self.model(**inputs, output_attentions=True,
                             output_hidden_states=True)
        self.muted = None
        return (np.stack([a[0].double().numpy() for a in out.attentions]),
                np.stack([h[0].double().numpy() for h in out.hidden_states]))

    def find(self, text, word):
        """The tokens of a word's first occurrence."""
        offsets = self.tokenizer(
            text, return_offsets_mapping=True)["offset_mapping"]
        for match in WORD.finditer(text):
            if match.group().lower() == word.lower():
                return [i for i, (first, last) in enumerate(offsets)
                        if first < last and match.start() <= first and
                        last <= match.end()]
        raise ValueError(f"{word} isn't in {text}")


def link(maps, rows, columns):
    return maps[..., rows, :][..., columns].sum(-1).mean(-1)


def value_norms(model, maps):
    dim = model.values[0].shape[-1] // model.heads
    result = np.empty_like(maps)
    for layer, module in enumerate(model.model.encoder.layer):
        weight = module.attention.output.dense.weight.detach().double().numpy()
        for head in range(model.heads):
            part = slice(head * dim, (head + 1) * dim)
            mapped = model.values[layer][:, part] @ weight[:, part].T
            rows = maps[layer, head] * np.linalg.norm(mapped, axis=1)
            result[layer, head] = rows / rows.sum(1, keepdims=True)
    return result


def rollout(maps):
    so_far, result = np.eye(maps.shape[-1]), []
    for layer in maps:
        so_far = (0.5 * layer.mean(0) + 0.5 * np.eye(len(so_far))) @ so_far
        result.append(np.stack([so_far] * len(layer)))
    return np.stack(result)


def cosine(x, y):
    return float(x @ y / np.linalg.norm(x) / np.linalg.norm(y))


def rank(model):
    first, _ = model.run(A)
    norms, rolled = value_norms(model, first), rollout(first)
    second, _ = model.run(B)
    result = []
    for source, target in LINKS:
        rows, columns = model.find(A, source), model.find(A, target)
        other = model.find(B, source), model.find(B, target)
        result.append({
            "from": source, "to": target,
            "weight": link(first, rows, columns).ravel().tolist(),
            "weight2": link(second, *other).ravel().tolist(),
            "value_norm": link(norms, rows, columns).ravel().tolist(),
            "rollout": link(rolled, rows, columns).ravel().tolist()})
    return result


def ablate(model):
    maps, states = model.run(A)
    rows, columns = (model.find(A, word) for word in LINKS[0])
    token, result = states[-1][rows].mean(0), {"link": [], "token": [],
                                               "sentence": []}
    for layer in range(maps.shape[0]):
        for head in range(maps.shape[1]):
            muted, changed = model.run(A, (layer, head))
            later = (link(muted, rows, columns) -
                     link(maps, rows, columns))[layer + 1:]
            result["link"].append(abs(later).mean() if later.size else 0)
            result["token"].append(1 - cosine(changed[-1][rows].mean(0), token))
            result["sentence"].append(1 - cosine(changed[-1].mean(0),
                                                 states[-1].mean(0)))
    return result


def probe(model):
    scores, margins = [], []
    lines = PROBE.read_text(encoding="utf-8").split("\n")[1:]
    for line in lines:
        if not line or line.startswith("#"):
            continue
        text, pronoun, candidates, answer = line.split("\t")
        candidates = candidates.split("|")
        at = candidates.index(answer)
        maps, _ = model.run(text)
        weights = np.stack([link(maps, model.find(text, pronoun),
                                 model.find(text, word)).ravel()
                            for word in candidates], -1)
        best = weights.max(1)
        scores.append((weights[:, at] == best) /
                      (weights == best[:, None]).sum(1))
        margins.append(weights[:, at] - np.delete(weights, at, 1).max(1))
    return {"sentences": len(scores),
            "accuracy": np.mean(scores, 0).tolist(),
            "margin": np.mean(margins, 0).tolist()}


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return round(float(value), 8) if isinstance(value, float) else value


def main():
    model = Model(sys.argv[1])
    claims = {"a": A, "b": B, "rank": rank(model), "ablate": ablate(model),
              "probe": probe(model)}
    (TESTS / "golden" / "minilm-claims.json").write_text(
        json.dumps(rounded(claims), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
