#!/usr/bin/env python3
"""Make the values that core/analysis must give, by plain numpy.

    make_analysis_goldens.py

runs tests/data/tiny-bert by transformers on one pair of texts, transforms its
attention here as docs/measures.md defines the filters and measures, and writes
tests/golden/tiny-analysis.safetensors. Needs torch, transformers, safetensors.
"""
import numpy as np
import torch
from safetensors.numpy import save_file
from transformers import AutoModel, AutoTokenizer

from reference import TESTS, WORD, rollout, value_norms

TEXT = "The animals didn't cross the street, zebra!"
PAIR = "The unhappier dog ran."
PUNCTUATION = set("',.!")


def run_model():
    folder = TESTS / "data" / "tiny-bert"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, attn_implementation="eager",
                                      dtype=torch.float32).eval()
    inputs = tokenizer(TEXT, PAIR, return_tensors="pt",
                       return_offsets_mapping=True)
    offsets = inputs.pop("offset_mapping")[0].tolist()
    values = []
    for layer in model.encoder.layer:
        layer.attention.self.value.register_forward_hook(
            lambda _m, _i, output: values.append(output[0].double().numpy()))
    with torch.no_grad():
        out = model(**inputs, output_attentions=True)
    attention = np.stack([a[0].double().numpy() for a in out.attentions])
    outputs = [layer.attention.output.dense.weight.detach().double().numpy()
               for layer in model.encoder.layer]
    tokens = {
        "ids": inputs["input_ids"][0].tolist(),
        "segments": inputs["token_type_ids"][0].tolist(),
        "offsets": offsets,
    }
    return tokens, attention, np.stack(values), outputs


def find_words(tokens):
    """Lists of token indices, [CLS] and [SEP] by themselves."""
    units, where = [], {}
    spans = [[m.span() for m in WORD.finditer(t)] for t in (TEXT, PAIR)]
    for i, (start, end) in enumerate(tokens["offsets"]):
        segment = tokens["segments"][i]
        key = ("template", i)
        for w, (first, last) in enumerate(spans[segment]):
            if start < end and first <= start and end <= last:
                key = (segment, w)
        if key not in where:
            where[key] = len(units)
            units.append([])
        units[where[key]].append(i)
    return units


def merge(maps, units):
    columns = np.stack([maps[..., u].sum(-1) for u in units], axis=-1)
    return np.stack([columns[..., u, :].mean(-2) for u in units], axis=-2)


def hide(maps, hidden, renormalise):
    seen = [i for i in range(maps.shape[-1]) if i not in hidden]
    mass = maps[..., seen, :][..., sorted(hidden)].sum(-1)
    maps = maps[..., seen, :][..., seen]
    if renormalise:
        maps = maps / (1 - mass)[..., None]
    return maps, mass


def measures(attention, tokens, units):
    n = attention.shape[-1]
    ids = tokens["ids"]
    template = [i for i, (a, b) in enumerate(tokens["offsets"]) if a == b]
    text = {0: TEXT, 1: PAIR}
    signs = [i for i, (a, b) in enumerate(tokens["offsets"]) if
             text[tokens["segments"][i]][a:b] in PUNCTUATION and i not in
             template]
    word = {i: w for w, unit in enumerate(units) for i in unit}
    index = np.arange(n)
    same = np.array([[i != j and i not in template and j not in template and
                      (ids[i] == ids[j] or word[i] == word[j])
                      for j in range(n)] for i in range(n)])
    rows = []
    for head in attention.reshape(-1, n, n):
        rows.append([
            -(head * np.log(head)).sum(1).mean() / np.log(n),
            (head * abs(index[:, None] - index)).sum(1).mean(),
            head.max(1).mean(),
            head[index, index].mean(),
            head[index, np.maximum(index - 1, 0)].mean(),
            head[index, np.minimum(index + 1, n - 1)].mean(),
            head[:, template[0]].mean(),
            head[:, template[1:]].sum(1).mean(),
            head[:, signs].sum(1).mean(),
            (head * same).sum(1).mean()])
    return np.array(rows)


def main():
    tokens, attention, values, outputs = run_model()
    units = find_words(tokens)
    template = {i for i, (a, b) in enumerate(tokens["offsets"]) if a == b}
    of_words = {u for u, unit in enumerate(units) if unit[0] in template}
    text = {0: TEXT, 1: PAIR}
    signs = {u for u, unit in enumerate(units) if u not in of_words and
             text[tokens["segments"][unit[0]]][slice(
                 *tokens["offsets"][unit[0]])] in PUNCTUATION and
             len(unit) == 1}
    norms = value_norms(attention, values, outputs)
    rolled = rollout(attention)
    plain, plain_mass = hide(attention, template, False)
    renormalised, _ = hide(attention, template, True)
    both, both_mass = hide(merge(norms, units), of_words | signs, True)
    chosen = plain[[0, 1], [3, 1]]
    tensors = {
        "attention": attention,
        "value_norm": norms,
        "rollout": rolled,
        "words": merge(attention, units),
        "rollout_words": merge(rolled, units),
        "hide_special": plain,
        "hide_special.hidden": plain_mass,
        "hide_special.renormalised": renormalised,
        "all": both,
        "all.hidden": both_mass,
        "mean": chosen.mean(0),
        "mean.hidden": plain_mass[[0, 1], [3, 1]].mean(0),
        "max": chosen.max(0),
        "max.hidden": plain_mass[[0, 1], [3, 1]].max(0),
        "measures": measures(attention, tokens, units),
    }
    save_file({key: np.ascontiguousarray(value, np.float32)
               for key, value in tensors.items()},
              TESTS / "golden" / "tiny-analysis.safetensors")


if __name__ == "__main__":
    main()
