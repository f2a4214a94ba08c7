#!/usr/bin/env python3
"""Makes a BERT of any shape, with random weights that are the same each time,
and the vocabulary of tiny-bert.

    make_model.py LAYERS HEADS FOLDER [HEAD_WIDTH]

tiny-deep has 14 layers of 2 heads.
"""

import array
import json
import pathlib
import random
import shutil
import struct
import sys

TINY = pathlib.Path(__file__).parent / "tiny-bert"


def shapes(config):
    wide, inner = config["hidden_size"], config["intermediate_size"]
    yield "embeddings.word_embeddings.weight", (config["vocab_size"], wide)
    yield ("embeddings.position_embeddings.weight",
           (config["max_position_embeddings"], wide))
    yield ("embeddings.token_type_embeddings.weight",
           (config["type_vocab_size"], wide))
    yield from norm("embeddings.LayerNorm", wide)
    for i in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{i}"
        for name in "query", "key", "value":
            yield from dense(f"{layer}.attention.self.{name}", wide, wide)
        yield from dense(f"{layer}.attention.output.dense", wide, wide)
        yield from norm(f"{layer}.attention.output.LayerNorm", wide)
        yield from dense(f"{layer}.intermediate.dense", inner, wide)
        yield from dense(f"{layer}.output.dense", wide, inner)
        yield from norm(f"{layer}.output.LayerNorm", wide)


def dense(name, rows, columns):
    yield f"{name}.weight", (rows, columns)
    yield f"{name}.bias", (rows,)


def norm(name, size):
    yield f"{name}.weight", (size,)
    yield f"{name}.bias", (size,)


def values(name, count, rng, spread):
    if "LayerNorm.weight" in name:
        return array.array("f", [1.0]) * count
    if name.endswith("bias"):
        return array.array("f", bytes(4 * count))
    return array.array("f", (rng.gauss(0, spread) for _ in range(count)))


def main(n_layers, n_heads, folder, head_width=4):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    config = json.loads((TINY / "config.json").read_text())
    wide = n_heads * head_width
    config.update(num_hidden_layers=n_layers, num_attention_heads=n_heads,
                  hidden_size=wide, intermediate_size=2 * wide)
    rng = random.Random(7)
    header, data = {}, bytearray()
    for name, shape in shapes(config):
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        # Queries and keys wide enough that rows aren't all alike.
        spread = 1.6 / wide ** 0.5 if ".self." in name else 0.5
        raw = values(name, count, rng, spread).tobytes()
        header[name] = {"dtype": "F32", "shape": shape,
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (folder / "model.safetensors").write_bytes(
        struct.pack("<Q", len(text)) + text + data)
    (folder / "config.json").write_text(json.dumps(config))
    for name in "tokenizer.json", "tokenizer_config.json", "vocab.txt":
        shutil.copy(TINY / name, folder / name)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3],
         *(int(a) for a in sys.argv[4:]))
