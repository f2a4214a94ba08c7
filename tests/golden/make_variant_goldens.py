#!/usr/bin/env python3
"""Make what the tiny models give under masks, without positions, with
sinusoidal ones and with linear attention.

    make_variant_goldens.py

runs tests/data/tiny-* by transformers, whose attention, masks and position
embeddings are replaced here as the papers write them (src/core/bert/variant.h
names them), and writes tests/golden/tiny-variants.safetensors: for each model
and case the ids, segments, attentions and last hidden states. Needs torch,
transformers and safetensors; float32, eager attention, one thread.
"""
import json
import math

import numpy as np
import torch
import transformers
from safetensors.numpy import save_file
from transformers import AutoModel
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

from make_encoder_goldens import TESTS, as_ints, attention_parts

N, FIRST = 8, 5  # tokens, and those of the first segment
MODELS = "tiny-bert", "tiny-distilbert", "tiny-mlm"
CASES = {
    "causal": {"mask": "causal"},
    "window": {"mask": "window"},
    "strided": {"mask": "strided"},
    "cross": {"mask": "cross"},
    "off": {"positions": "off"},
    "sinusoidal": {"positions": "sinusoidal"},
    "linear": {"attention": "linear"},
    "all": {"mask": "causal", "positions": "sinusoidal",
            "attention": "linear"},
}


def allowed(mask):
    """[N, N]: true where query i may see key j."""
    i, j = torch.arange(N)[:, None], torch.arange(N)[None, :]
    segments = torch.arange(N) >= FIRST
    return {
        "causal": j <= i,
        "window": (i - j).abs() <= 2,
        "strided": ((i - j).abs() <= 1) | ((i - j) % 3 == 0),
        "cross": segments[:, None] != segments[None, :],
    }[mask]


def sinusoids(learned):
    """Vaswani et al. 2017, 3.5, with the learned rows' mean norm."""
    n, width = learned.shape
    table = torch.zeros(n, width, dtype=torch.float64)
    for pos in range(n):
        for i in range(0, width, 2):
            angle = pos / 10000 ** (i / width)
            table[pos, i] = math.sin(angle)
            table[pos, i + 1] = math.cos(angle)
    mean = learned.double().norm(dim=1).mean()
    return (table * mean / table.norm(dim=1).mean()).float()


def linear(_module, query, key, value, attention_mask, **_):
    """Katharopoulos et al. 2020, eq. 4 with eq. 7's features."""
    query = torch.nn.functional.elu(query) + 1
    key = torch.nn.functional.elu(key) + 1
    products = query @ key.transpose(-1, -2)
    if attention_mask is not None:
        products = products.masked_fill(attention_mask != 0, 0)
    weights = products / products.sum(-1, keepdim=True)
    return (weights @ value).transpose(1, 2).contiguous(), weights


def run(name, ids, segments, mask=None, positions=None, attention=None):
    model = AutoModel.from_pretrained(
        TESTS / "data" / name, attn_implementation="eager",
        dtype=torch.float32).eval()
    table = model.embeddings.position_embeddings.weight
    if positions == "off":
        table.data.zero_()
    elif positions == "sinusoidal":
        table.data.copy_(sinusoids(table.data))
    additive = None
    if mask:
        additive = torch.zeros(1, 1, N, N).masked_fill(~allowed(mask), -np.inf)
    if attention:
        ALL_ATTENTION_FUNCTIONS["linear"] = linear
        model.config._attn_implementation = "linear"

    def replace(_module, arguments, keywords):
        return arguments, dict(keywords, attention_mask=additive)
    for layer in range(model.config.num_hidden_layers):
        attention_parts(model, layer)[0].register_forward_pre_hook(
            replace, with_kwargs=True)
    arguments = {"input_ids": torch.tensor([ids])}
    if model.config.model_type == "bert":
        arguments["token_type_ids"] = torch.tensor([segments])
    with torch.no_grad():
        out = model(**arguments, output_attentions=True,
                    output_hidden_states=True)
    weights = torch.stack([a[0] for a in out.attentions])
    assert torch.allclose(weights.sum(-1), torch.ones(1), atol=1e-5)
    if mask:
        assert (weights[..., ~allowed(mask)] == 0).all()
    return {"attentions": weights.numpy().astype(np.float32),
            "last": out.hidden_states[-1][0].numpy().astype(np.float32)}


def main():
    torch.set_num_threads(1)
    random = np.random.default_rng(26)
    tensors = {}
    for name in MODELS:
        folder = TESTS / "data" / name
        size = json.loads((folder / "config.json").read_text())["vocab_size"]
        ids = random.integers(0, size, N).tolist()
        segments = [int(i >= FIRST) for i in range(N)]
        for case, options in CASES.items():
            key = f"{name}/{case}"
            tensors[f"{key}.ids"] = as_ints(ids)
            tensors[f"{key}.segments"] = as_ints(segments)
            for part, value in run(name, ids, segments, **options).items():
                tensors[f"{key}.{part}"] = value
    path = TESTS / "golden" / "tiny-variants.safetensors"
    save_file(tensors, path, metadata={"made_with": "transformers " +
                                       transformers.__version__})
    path.chmod(0o644)


if __name__ == "__main__":
    main()
