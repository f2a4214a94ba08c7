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
import json
import sys

import numpy as np

from reference import TESTS, WORD, Model, cosine, link, rollout, value_norms

PROBE = TESTS.parent / "assets" / "probes" / "pronouns.tsv"
A = "The animal didn't cross the street because it was too tired."
B = "The animal didn't cross the street because it was too wide."
LINKS = [("it", "animal"), ("it", "didn't")]


def find(model, text, word):
    """The tokens of a word's first occurrence."""
    offsets = model.tokenizer(
        text, return_offsets_mapping=True)["offset_mapping"]
    for match in WORD.finditer(text):
        if match.group().lower() == word.lower():
            return [i for i, (first, last) in enumerate(offsets)
                    if first < last and match.start() <= first and
                    last <= match.end()]
    raise ValueError(f"{word} isn't in {text}")


def rank(model):
    _, first, _ = model.run(A)
    norms, rolled = value_norms(first, model.values, model.outputs()), rollout(first)
    _, second, _ = model.run(B)
    result = []
    for source, target in LINKS:
        rows, columns = find(model, A, source), find(model, A, target)
        other = find(model, B, source), find(model, B, target)
        result.append({
            "from": source, "to": target,
            "weight": link(first, rows, columns).ravel().tolist(),
            "weight2": link(second, *other).ravel().tolist(),
            "value_norm": link(norms, rows, columns).ravel().tolist(),
            "rollout": link(rolled, rows, columns).ravel().tolist()})
    return result


def ablate(model):
    _, maps, states = model.run(A)
    rows, columns = (find(model, A, word) for word in LINKS[0])
    token, result = states[-1][rows].mean(0), {"link": [], "token": [],
                                               "sentence": []}
    for layer in range(maps.shape[0]):
        for head in range(maps.shape[1]):
            _, muted, changed = model.run(A, (layer, head))
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
        _, maps, _ = model.run(text)
        weights = np.stack([link(maps, find(model, text, pronoun),
                                 find(model, text, word)).ravel()
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
