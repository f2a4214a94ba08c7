#!/usr/bin/env python3
"""Make what core/analysis must give for compared texts, muted heads and
probes, by plain numpy.

    make_resolution_goldens.py

runs tests/data/tiny-bert by transformers and writes
tests/golden/tiny-resolution.safetensors. Needs torch, transformers,
safetensors.
"""
import functools

import numpy as np
from safetensors.numpy import save_file

from reference import TESTS, Model, cosine, link

A = "The animal didn't cross the street because it was too tired."
B = "The old animals didn't cross a road because it was too wide"
NOTHING = "Not very new!"
# From -> to: it -> animal, as token numbers of A.
QUERY, KEY = [12], [2]
# sentence, pronoun token, candidates' token lists, answer, ends a pair
PROBES = [
    ("The animal, the street: it was tired.", [7], [[2], [4, 5]], 0, False),
    ("The animal, the street: it was wide.", [7], [[2], [4, 5]], 1, True),
    ("The dog and the cat: they ran home.", [7], [[2], [5], [9]], 1, False),
    ("The cat and the dog: they ran home.", [7], [[2], [5], [9]], 2, True),
    ("A new house, a very old cat: it is too old!", [10], [[3], [8]], 1, False),
]


def align(a, b, template=(2, 3)):
    """By memoised recursion: the best script of two beginnings, as
    (cost, -equal, places)."""
    @functools.lru_cache(None)
    def best(i, j):
        if i == 0 and j == 0:
            return 0, 0, None, None
        ways = []
        if i and j and (a[i - 1] in template) == (b[j - 1] in template):
            same = a[i - 1] == b[j - 1]
            cost, equal = best(i - 1, j - 1)[:2]
            ways.append((cost + (not same), equal - same, 0, (i - 1, j - 1)))
        if j:
            cost, equal = best(i, j - 1)[:2]
            ways.append((cost + 1, equal, 1, (-1, j - 1)))
        if i:
            cost, equal = best(i - 1, j)[:2]
            ways.append((cost + 1, equal, 2, (i - 1, -1)))
        return min(ways, key=lambda way: way[:3])

    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            best(i, j)
    places, i, j = [], len(a), len(b)
    while i or j:
        _, _, move, place = best(i, j)
        same = move == 0 and a[place[0]] == b[place[1]]
        places.append((*place, int(same)))
        i -= move != 1
        j -= move != 2
    return places[::-1]


def distances(maps_a, maps_b, places):
    n = len(places)
    result = []
    layers, heads = maps_a.shape[:2]
    for layer in range(layers):
        for head in range(heads):
            rows = []
            for i, j, _ in places:
                if i < 0 or j < 0:
                    continue
                p, q = np.zeros(n), np.zeros(n)
                for k, (x, y, _) in enumerate(places):
                    p[k] = maps_a[layer, head, i, x] if x >= 0 else 0
                    q[k] = maps_b[layer, head, j, y] if y >= 0 else 0
                m = (p + q) / 2
                with np.errstate(divide="ignore", invalid="ignore"):
                    jsd = (np.where(p > 0, p * np.log2(p / m), 0).sum() +
                           np.where(q > 0, q * np.log2(q / m), 0).sum()) / 2
                rows.append(np.sqrt(jsd))
            result.append(np.mean(rows))
    return np.array(result)


def ablate(model, text):
    _, maps, states = model.run(text)
    layers, heads = maps.shape[:2]
    token = states[-1][QUERY].mean(0)
    rows = []
    for layer in range(layers):
        for head in range(heads):
            _, muted, changed = model.run(text, (layer, head))
            delta = (link(muted, QUERY, KEY) - link(maps, QUERY, KEY))
            later = delta[layer + 1:].ravel()
            most = int(np.argmax(abs(later))) if later.size else 0
            rows.append([abs(later).mean() if later.size else 0,
                         later[most] if later.size else 0,
                         1 - cosine(changed[-1][QUERY].mean(0), token),
                         1 - cosine(changed[-1].mean(0), states[-1].mean(0))])
    return np.array(rows)


def ranks(values):
    values = np.asarray(values)
    return np.array([(values < v).sum() + ((values == v).sum() + 1) / 2
                     for v in values])


class SplitMix:
    def __init__(self):
        self.state = 0

    def next(self):
        mask = 2**64 - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)


def score(values, answer):
    values = np.asarray(values)
    return (float(values[answer] == values.max()) /
            (values == values.max()).sum())


def probe(model):
    scores, margins, mas, pairs = [], [], [], []
    for text, pronoun, candidates, answer, ends in PROBES:
        _, maps, _ = model.run(text)
        weights = np.stack([link(maps, pronoun, c).ravel()
                            for c in candidates], -1)
        scores.append([score(row, answer) for row in weights])
        others = np.delete(weights, answer, 1).max(1)
        margins.append(weights[:, answer] - others)
        largest = weights.max(1, keepdims=True)
        sums = np.where(weights == largest, weights, 0).sum(0)
        mas.append(score(sums / sums.sum(), answer))
        pairs.append(pairs[-1] if ends else (pairs[-1] + 1 if pairs else 0))
    series = np.column_stack([mas, scores, margins])
    n = pairs[-1] + 1
    random = SplitMix()
    draws = np.zeros((2000, n))
    for draw in draws:
        for _ in range(n):
            draw[((random.next() >> 32) * n) >> 32] += 1
    counts = np.array([pairs.count(p) for p in range(n)])
    sums = np.stack([series[np.array(pairs) == p].sum(0) for p in range(n)])
    means = np.sort((draws @ sums) / (draws @ counts)[:, None], axis=0)
    return np.column_stack([series.mean(0), means[50], means[1949]])


def main():
    model = Model(TESTS / "data" / "tiny-bert")
    ids_a, maps_a, states_a = model.run(A)
    ids_b, maps_b, states_b = model.run(B)
    places = align(ids_a, ids_b)
    both = [(i, j) for i, j, _ in places if i >= 0 and j >= 0]
    rows_a, rows_b = [i for i, _ in both], [j for _, j in both]
    x = link(maps_a, QUERY, KEY).ravel()
    ablation = ablate(model, A)
    tensors = {
        "places": np.array(places),
        "places.nothing": np.array(align(ids_a, model.run(NOTHING)[0])),
        "difference": (maps_b[..., rows_b, :][..., rows_b] -
                       maps_a[..., rows_a, :][..., rows_a]),
        "distances": distances(maps_a, maps_b, places),
        "cosines": np.array([[cosine(states_a[l, i], states_b[l, j])
                              for l in range(len(states_a))]
                             for i, j in both]),
        # As merged words: A's "animal" and B's "animals", of two pieces.
        "cosines.animals": np.array([cosine(a[2], b[3:5].mean(0))
                                     for a, b in zip(states_a, states_b)]),
        "sentence": np.array([cosine(states_a[-1].mean(0),
                                     states_b[-1].mean(0))]),
        "ablation": ablation,
        "spearman": np.array([np.corrcoef(ranks(x), ranks(ablation[:, c]))[0, 1]
                              for c in (0, 2, 3)]),
        "probe": probe(model),
    }
    save_file({key: np.ascontiguousarray(value, np.float32)
               for key, value in tensors.items()},
              TESTS / "golden" / "tiny-resolution.safetensors")


if __name__ == "__main__":
    main()
