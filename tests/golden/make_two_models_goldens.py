#!/usr/bin/env python3
"""Make how far the maps of two models lie apart, by transformers and plain numpy.

    make_two_models_goldens.py

runs tests/data/tiny-bert and tiny-distilbert, the latter also with the words of
tests/data/other-vocab.txt, and writes tests/golden/two-models.txt: a line
"case layer head distance" for each head that both have. Needs torch and
transformers.
"""
import pathlib
import shutil
import tempfile

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from make_resolution_goldens import align, distances
from reference import TESTS, WORD

A = "The animal didn't cross the street because it was too tired."
B = "The old animals didn't cross a road because it was too wide"


def run(folder, text):
    """Tokens as (start, end), their ids, maps [layers, heads, n, n]."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, attn_implementation="eager",
                                      dtype=torch.float32).eval()
    inputs = tokenizer(text, return_tensors="pt", return_offsets_mapping=True)
    spans = inputs.pop("offset_mapping")[0].tolist()
    with torch.no_grad():
        out = model(**inputs, output_attentions=True)
    maps = np.stack([a[0].double().numpy() for a in out.attentions])
    return spans, inputs["input_ids"][0].tolist(), maps


def words(text, spans):
    """The tokens of each word, and what it says; the template's are alone."""
    groups, names = [], []
    found = [(m.start(), m.end()) for m in WORD.finditer(text)]
    for token, (start, end) in enumerate(spans):
        if start == end:
            groups.append([token])
            names.append("<first>" if token == 0 else "<last>")
            continue
        word = next(w for w in found if w[0] <= start < w[1])
        name = text[word[0]:word[1]]
        if groups and start > word[0]:
            groups[-1].append(token)
        else:
            groups.append([token])
            names.append(name)
    return groups, names


def merge(maps, groups):
    """Columns summed, rows averaged."""
    columns = np.stack([maps[..., g].sum(-1) for g in groups], -1)
    return np.stack([columns[..., g, :].mean(-2) for g in groups], -2)


def both(maps_a, maps_b):
    """The layers and heads that both have."""
    layers = min(maps_a.shape[0], maps_b.shape[0])
    heads = min(maps_a.shape[1], maps_b.shape[1])
    return maps_a[:layers, :heads], maps_b[:layers, :heads]


def by_tokens(first, second, text, other):
    _, ids_a, maps_a = run(first, text)
    _, ids_b, maps_b = run(second, other)
    return both(maps_a, maps_b), align(ids_a, ids_b)


def by_words(first, second, text, other):
    spans_a, _, maps_a = run(first, text)
    spans_b, _, maps_b = run(second, other)
    groups_a, names_a = words(text, spans_a)
    groups_b, names_b = words(other, spans_b)
    pair = both(merge(maps_a, groups_a), merge(maps_b, groups_b))
    return pair, align(names_a, names_b, ("<first>", "<last>"))


def main():
    data = TESTS / "data"
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        other = pathlib.Path(folder)
        for name in ("config.json", "model.safetensors"):
            shutil.copy(data / "tiny-distilbert" / name, other / name)
        shutil.copy(data / "other-vocab.txt", other / "vocab.txt")
        (other / "tokenizer_config.json").write_text(
            '{"tokenizer_class": "BertTokenizer", "do_lower_case": true}')
        cases = [
            ("tokens", by_tokens, data / "tiny-distilbert", A),
            ("tokens-twin", by_tokens, data / "tiny-distilbert", B),
            ("words", by_words, other, A),
            ("words-twin", by_words, other, B),
        ]
        for name, how, second, text in cases:
            (maps_a, maps_b), places = how(data / "tiny-bert", second, A, text)
            layers, heads = maps_a.shape[:2]
            values = distances(maps_a, maps_b, places).reshape(layers, heads)
            lines += [f"{name} {layer} {head} {values[layer, head]:.9f}\n"
                      for layer in range(layers) for head in range(heads)]
    (TESTS / "golden" / "two-models.txt").write_text("".join(lines))


if __name__ == "__main__":
    main()
