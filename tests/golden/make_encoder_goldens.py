#!/usr/bin/env python3
"""Make the encoder's test models and the values that they must give.

    make_encoder_goldens.py [MODEL]

writes, beside this file's folder, tests/data/tiny-* (small random models as
real model folders) and tests/golden/tiny-*.safetensors with every tensor that
transformers computes for them; with MODEL, the folder of all-MiniLM-L6-v2,
also tests/golden/minilm.safetensors with seeded samples. The case "changed" is
a run with cut links and scaled heads. Needs torch, transformers and
safetensors; float32, eager attention, one thread.
"""
import pathlib
import shutil
import sys

import numpy as np
import torch
import transformers
from safetensors.numpy import save_file
from transformers import (AutoModel, AutoTokenizer, BertConfig, BertForMaskedLM,
                          BertModel, BertTokenizerFast, DistilBertConfig,
                          DistilBertModel)

TESTS = pathlib.Path(__file__).resolve().parent.parent
SAMPLES = 600
VOCABULARY = """[PAD] [UNK] [CLS] [SEP] [MASK] the animal did ##n ' t cross
street because it was too tired wide . , ##s ##ed ! ? a dog cat road and or
is not very old new house ran home they ##ing ##er un ##happy""".split()


def randomise(model):
    """Weights large enough that attention is far from uniform."""
    for name, tensor in sorted(model.state_dict().items()):
        if not tensor.is_floating_point():
            continue
        noise = torch.randn_like(tensor)
        is_gain = "norm" in name.lower() and name.endswith("weight")
        tensor.copy_(1.0 + 0.2 * noise if is_gain else 0.25 * noise)


def linears(model, layer):
    """The query, key and value maps of a layer."""
    if hasattr(model, "transformer"):
        attention = model.transformer.layer[layer].attention
        return attention.q_lin, attention.k_lin, attention.v_lin
    attention = model.encoder.layer[layer].attention.self
    return attention.query, attention.key, attention.value


def attention_parts(encoder, layer):
    """What is given the mask of a layer, and its W_O."""
    if hasattr(encoder, "transformer"):
        attention = encoder.transformer.layer[layer].attention
        return attention, attention.out_lin
    attention = encoder.encoder.layer[layer].attention
    return attention.self, attention.output.dense


def intervene(encoder, config, n, cuts, scale):
    """Hooks that cut links (score -inf before the softmax; layer and head -1:
    every one) and scale heads (their part of what goes into W_O)."""
    heads, hooks = config.num_attention_heads, []
    scale = torch.tensor(scale).view(-1, heads)
    for layer in range(config.num_hidden_layers):
        mask = torch.zeros(1, heads, n, n)
        for at, head, query, key in cuts:
            if at in (-1, layer):
                mask[0, slice(None) if head < 0 else head, query, key] = -np.inf

        def cut(_module, arguments, keywords, mask=mask):
            return arguments, dict(keywords, attention_mask=mask)

        def weigh(_module, inputs, factors=scale[layer]):
            states = inputs[0]
            width = states.shape[-1] // heads
            return (states * factors.repeat_interleave(width),)
        attends, output = attention_parts(encoder, layer)
        hooks.append(attends.register_forward_pre_hook(cut, with_kwargs=True))
        hooks.append(output.register_forward_pre_hook(weigh))
    return hooks


def compute(model, ids, segments, cuts=(), scale=None):
    """All that heed keeps of a run, by the names of heed's files."""
    encoder = getattr(model, "bert", model)
    config = model.config
    kept, hooks = {}, []
    if scale is not None:
        hooks = intervene(encoder, config, len(ids), cuts, scale)
    for layer in range(config.num_hidden_layers):
        for kind, linear in zip("qkv", linears(encoder, layer)):
            def keep(_module, _inputs, output, key=(kind, layer)):
                kept[key] = output[0]
            hooks.append(linear.register_forward_hook(keep))
    arguments = {"input_ids": torch.tensor([ids])}
    if segments is not None:
        arguments["token_type_ids"] = torch.tensor([segments])
    with torch.no_grad():
        out = model(**arguments, output_attentions=True,
                    output_hidden_states=True)
    for hook in hooks:
        hook.remove()

    heads = config.num_attention_heads

    def by_head(kind):
        layers = [kept[kind, i] for i in range(config.num_hidden_layers)]
        n, width = layers[0].shape
        return torch.stack([x.view(n, heads, width // heads).transpose(0, 1)
                            for x in layers])

    result = {
        "attentions": torch.stack([a[0] for a in out.attentions]),
        "queries": by_head("q"),
        "keys": by_head("k"),
        "values": by_head("v"),
        "hidden_states": torch.stack([h[0] for h in out.hidden_states]),
    }
    if hasattr(out, "logits"):
        result["probabilities"] = torch.softmax(out.logits[0], dim=-1)
    return {key: value.contiguous().numpy().astype(np.float32)
            for key, value in result.items()}


def as_ints(values):
    return np.array(values, dtype=np.int32)


def cosine(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    return (a * b).sum(-1) / np.sqrt((a * a).sum(-1) * (b * b).sum(-1))


def change(model, ids, segments, cuts, scale):
    """A run with something off, and how far it is from the plain one."""
    plain = compute(model, ids, segments)
    result = compute(model, ids, segments, cuts, scale)
    for _layer, _head, query, key in cuts:
        heads = result["attentions"][..., query, key]
        assert (heads == 0).any()
    states = [run["hidden_states"] for run in (plain, result)]
    result["cosines"] = cosine(*states).astype(np.float32)
    result["sentence_cosine"] = np.array(
        [cosine(*(s[-1].astype(np.float64).mean(0) for s in states))],
        dtype=np.float32)
    if "probabilities" in plain:
        result["plain_probabilities"] = plain["probabilities"]
    result["cuts"] = as_ints(cuts)
    result["scale"] = np.array(scale, dtype=np.float32)
    return result


def write_folder(model, name):
    folder = TESTS / "data" / name
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder, safe_serialization=True)
    for extra in folder.glob("generation_config.json"):
        extra.unlink()
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("".join(word + "\n" for word in VOCABULARY))
    words = {word: i for i, word in enumerate(VOCABULARY)}
    tokenizer = BertTokenizerFast(vocab=words, do_lower_case=True,
                                  model_max_length=model.config.
                                  max_position_embeddings)
    tokenizer.save_pretrained(folder)
    vocabulary.write_text("".join(word + "\n" for word in VOCABULARY))
    if len(tokenizer) != len(VOCABULARY):
        raise SystemExit("the tokenizer has lost words")


def make_tiny(name, model, has_segments, seed):
    torch.manual_seed(seed)
    model.eval()
    with torch.no_grad():
        randomise(model)
    if hasattr(model, "tie_weights"):
        model.tie_weights()
    write_folder(model, name)
    random = np.random.default_rng(seed)
    tensors = {}
    for case, n in enumerate((1, 2, 7, 17)):
        ids = random.integers(0, len(VOCABULARY), n).tolist()
        segments = None
        if has_segments:
            segments = [int(i > n // 2) for i in range(n)]
        tensors[f"{case}.ids"] = as_ints(ids)
        tensors[f"{case}.segments"] = as_ints(segments or [0] * n)
        for key, value in compute(model, ids, segments).items():
            tensors[f"{case}.{key}"] = value
    ids = tensors["2.ids"].tolist()
    segments = tensors["2.segments"].tolist() if has_segments else None
    heads = model.config.num_attention_heads
    scale = [1.0] * (heads * model.config.num_hidden_layers)
    scale[1], scale[heads] = 0.0, 2.5
    tensors["changed.ids"] = tensors["2.ids"]
    tensors["changed.segments"] = tensors["2.segments"]
    cuts = [(0, 0, 3, 4), (0, 0, 3, 1), (1, 1, 6, 0), (-1, -1, 2, 5)]
    for key, value in change(model, ids, segments, cuts, scale).items():
        tensors[f"changed.{key}"] = value
    save(tensors, name)


def save(tensors, name):
    save_file(tensors, TESTS / "golden" / f"{name}.safetensors",
              metadata={"made_with": "transformers " +
                        transformers.__version__})


def sample(random, array):
    indices = random.integers(0, array.size, SAMPLES)
    return as_ints(indices), array.reshape(-1)[indices]


def make_real(folder):
    model = AutoModel.from_pretrained(folder, attn_implementation="eager",
                                      dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    random = np.random.default_rng(2026)

    def encode(*texts):
        out = tokenizer(*texts)
        return out["input_ids"], out["token_type_ids"]

    long = random.integers(999, model.config.vocab_size, 512).tolist()
    cases = {
        "sentence": encode("The animal didn't cross the street because it "
                           "was too tired."),
        "pair": encode("The trophy doesn't fit into the suitcase.",
                       "What is too large?"),
        "word": encode("x"),
        "one": ([101], [0]),
        "empty": encode(""),
        "long": (long, [int(i >= 300) for i in range(512)]),
    }
    tensors = {}
    for name, (ids, segments) in cases.items():
        tensors[f"{name}.ids"] = as_ints(ids)
        tensors[f"{name}.segments"] = as_ints(segments)
        for key, value in compute(model, ids, segments).items():
            indices, values = sample(random, value)
            tensors[f"{name}.{key}.indices"] = indices
            tensors[f"{name}.{key}"] = values
    ids, segments = cases["sentence"]
    words = tokenizer.convert_ids_to_tokens(ids)
    query, key = words.index("it"), words.index("animal")
    scale = [1.0] * 72
    scale[5 * 12 + 11], scale[2 * 12 + 9] = 0.5, 0.0
    cuts = [(3, 1, query, key), (-1, -1, query, query)]
    tensors["changed.ids"] = as_ints(ids)
    tensors["changed.segments"] = as_ints(segments)
    for key, value in change(model, ids, segments, cuts, scale).items():
        if key in ("cuts", "scale", "sentence_cosine"):
            tensors[f"changed.{key}"] = value
        else:
            indices, values = sample(random, value)
            tensors[f"changed.{key}.indices"] = indices
            tensors[f"changed.{key}"] = values
    save(tensors, "minilm")


def main():
    torch.set_num_threads(1)
    sizes = {"vocab_size": len(VOCABULARY), "attn_implementation": "eager",
             "max_position_embeddings": 64}
    make_tiny("tiny-bert", BertModel(BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=61, **sizes), add_pooling_layer=False), True, 1)
    make_tiny("tiny-distilbert", DistilBertModel(DistilBertConfig(
        dim=36, n_layers=2, n_heads=3, hidden_dim=37, activation="relu",
        **sizes)), False, 2)
    make_tiny("tiny-mlm", BertForMaskedLM(BertConfig(
        hidden_size=40, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=50, hidden_act="gelu_new", layer_norm_eps=1e-6,
        **sizes)), True, 3)
    if len(sys.argv) > 1:
        make_real(sys.argv[1])


if __name__ == "__main__":
    main()
