#!/usr/bin/env python3
"""Accuracy and margin of all heads on 100 rows of each public data set, in numpy.

    make_probe_goldens.py MODEL SETS [--check HEED]

MODEL is all-MiniLM-L6-v2, SETS a folder with the files that READERS names
(none is part of this project). Writes probe-sets.json:
of each set the hash of its first rows and the heads' numbers. Nothing of heed
is used: files are parsed here once more, tokens and weights are those of
transformers. With --check HEED `heed probe` is run on the same rows, and it
fails if a number is further away than 1e-6. Needs torch and transformers.
"""
import csv
import json
import pathlib
import re
import sys

import numpy
import probe_sets
import torch
import transformers

PRONOUNS = {"male": "he him his himself", "female": "she her hers herself",
            "neutral": "they them their theirs themselves themself"}


def word(text, name, start=0):
    """The first place of a name between two word boundaries."""
    edge = r"(?:(?<![^\W_])|(?<=\W))"
    for pattern in (re.escape(name), "(?i:" + re.escape(name) + ")"):
        found = re.search(edge + pattern + r"(?![^\W_])", text[start:])
        if found:
            return start + found.start(), start + found.end()
    raise LookupError(name)


def gap(lines):
    for row in csv.DictReader(lines, delimiter="\t",
                              quoting=csv.QUOTE_NONE):
        spans = [(int(row[k + "-offset"]), int(row[k + "-offset"]) +
                  len(row[k if k != "Pronoun" else "Pronoun"]))
                 for k in ("Pronoun", "A", "B")]
        right = [row["A-coref"] == "TRUE", row["B-coref"] == "TRUE"]
        if any(right):
            yield row["Text"], spans[0], spans[1:], right.index(True)


def dpr(lines):
    for block in re.split(r"\n\s*\n", "".join(lines).strip()):
        text, pronoun, names, answer = block.split("\n")[:4]
        names = [n.strip() for n in names.split(",")]
        yield (text.strip(), word(text, pronoun.strip()),
               [word(text, n) for n in names],
               [n.lower() for n in names].index(answer.strip().lower()))


def winobias(lines):
    plain = []
    for line in lines:
        line = line.strip().split(" ", 1)[1]
        spans, text = [], ""
        for part in re.split(r"(\[[^]]*\])", line):
            if part.startswith("["):
                spans.append((len(text), len(text) + len(part) - 2))
                part = part[1:-1]
            text += part
        every = set(" ".join(PRONOUNS.values()).split()) | {"it", "its"}
        mention = [s for s in spans if text[slice(*s)].lower() not in every]
        pronoun = [s for s in spans if text[slice(*s)].lower() in every]
        plain.append((text, pronoun[0], mention[0]))
    known = sorted({t[slice(*m)].lower() for t, _, m in plain}, key=len)
    for text, pronoun, mention in plain:
        others = []
        for name in known:
            for found in re.finditer(r"\b" + re.escape(name) + r"\b",
                                     text.lower()):
                if found.end() <= mention[0] or found.start() >= mention[1]:
                    others.append(found.span())
        assert len(set(others)) == 1, text
        both = sorted([mention, others[0]])
        yield text, pronoun, both, both.index(mention)


def winogender(lines):
    for row in csv.DictReader(lines, delimiter="\t"):
        a, b, answer, gender = row["sentid"].split(".")[:4]
        found = re.search(r"\b(?:" + PRONOUNS[gender].replace(" ", "|") +
                          r")\b", row["sentence"], re.I)
        yield (row["sentence"], found.span(),
               [word(row["sentence"], a), word(row["sentence"], b)],
               int(answer))


class Model:
    def __init__(self, folder):
        self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        self.model = transformers.AutoModel.from_pretrained(
            folder, attn_implementation="eager").eval()

    def __call__(self, text):
        batch = self.tokenizer(text, return_offsets_mapping=True,
                               return_tensors="pt")
        offsets = batch.pop("offset_mapping")[0].tolist()
        with torch.no_grad():
            layers = self.model(**batch, output_attentions=True).attentions
        return offsets, numpy.concatenate([l.numpy()[0] for l in layers]).astype(
            numpy.float64)


def tokens(offsets, span):
    return [i for i, (a, b) in enumerate(offsets)
            if b > a and a < span[1] and b > span[0]]


def score(model, rows):
    scores, margins = [], []
    for text, pronoun, candidates, answer in rows:
        offsets, maps = model(text)
        query = maps[:, tokens(offsets, pronoun)].mean(1)
        weights = numpy.stack([query[:, tokens(offsets, c)].sum(1)
                               for c in candidates], 1)
        best = weights.max(1)
        right = weights[:, answer]
        ties = (weights == best[:, None]).sum(1)
        scores.append((right == best) / ties)
        margins.append(right - numpy.delete(weights, answer, 1).max(1))
    return {"sentences": len(scores),
            "accuracy": numpy.mean(scores, 0).tolist(),
            "margin": numpy.mean(margins, 0).tolist()}


def trees(lines):
    for block in "".join(lines).strip().split("\n\n"):
        text = re.search(r"^# text = (.*)$", block, re.M)[1]
        at, spans, heads, shared = 0, [], [], {}
        for line in block.split("\n"):
            fields = line.split("\t")
            if line.startswith("#") or "." in fields[0]:
                continue
            if "-" in fields[0]:
                at = text.index(fields[1], at)
                first, last = map(int, fields[0].split("-"))
                shared.update(dict.fromkeys(range(first, last + 1),
                                            (at, at + len(fields[1]))))
                continue
            start = text.index(fields[1], at)
            spans.append((start, start + len(fields[1])))
            at = spans[-1][1]
            heads.append((int(fields[6]) - 1, fields[7]))
        yield text, spans, heads


def relate(model, sentences):
    """Of each relation: the accuracies of all heads, both ways."""
    found = {}
    for text, spans, heads in sentences:
        offsets, maps = model(text)
        of = [tokens(offsets, span) for span in spans]
        merged = numpy.stack([maps[:, t].mean(1) for t in of], 1)
        merged = numpy.stack([merged[:, :, t].sum(2) for t in of], 2)
        for i in range(len(spans)):
            merged[:, i, i] = -1
        for i, (head, relation) in enumerate(heads):
            if head >= 0:
                for way, (row, to) in (("head", (i, head)),
                                       ("dependent", (head, i))):
                    best = merged[:, row].max(1)
                    ties = (merged[:, row] == best[:, None]).sum(1)
                    found.setdefault((relation, way), []).append(
                        (merged[:, row, to] == best) / ties)
    return {f"{relation} {way}": numpy.mean(values, 0).max()
            for (relation, way), values in found.items()}


READERS = {"gap-development.tsv": gap, "gap-validation.tsv": gap, "dpr_test.txt": dpr,
           "winobias-pro-type1.dev": winobias, "winogender.tsv": winogender,
           "ud-english-pud.conllu": trees}


def main():
    arguments = sys.argv[1:]
    heed = arguments.pop() if "--check" in arguments else None
    folder, sets = arguments[:2]
    model = Model(folder)
    goldens, good = {}, True
    for name, reader in READERS.items():
        text = probe_sets.take(pathlib.Path(sets, name))
        lines = text.splitlines(True)
        golden = ({"relations": relate(model, trees(lines))}
                  if reader is trees else score(model, reader(lines)))
        goldens[name] = {"sha256": probe_sets.digest(text), **golden}
        good &= not heed or probe_sets.compare(name, text, golden, heed)
    if not heed:
        probe_sets.GOLDEN.write_text(json.dumps(goldens, indent=0) + "\n")
    sys.exit(not good)


if __name__ == "__main__":
    main()
