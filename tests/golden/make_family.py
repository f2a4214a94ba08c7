#!/usr/bin/env python3
"""Makes a tiny random model of every family and option, and what it must give.

    make_family.py [NAME ...]

writes tests/data/fam-* (config.json and model.safetensors, as transformers saves
them) and tests/golden/fam-*.safetensors: attention, queries, keys, values, hidden
states and, with a masked-language head, probabilities, or the scores of a head for classes,
for a few rows of ids.

    make_family.py --compare HEED FOLDER [TEXT [PAIR]]

compares a whole folder of one's own instead: what `heed attention` writes with what
transformers computes for the same text. Needs torch, transformers and safetensors.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy as np
import torch
import transformers
from safetensors.numpy import load_file, save_file
from transformers import AutoModel, AutoTokenizer

from make_encoder_goldens import as_ints, randomise

TESTS = pathlib.Path(__file__).resolve().parent.parent
VOCABULARY = 40
SIZES = {"hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3,
         "intermediate_size": 20, "vocab_size": VOCABULARY, "max_position_embeddings": 40,
         "attn_implementation": "eager"}

# name: class, configuration, whether token types are given, what wraps the names
FAMILIES = {
    "roberta": ("RobertaForMaskedLM", {"type_vocab_size": 1, "pad_token_id": 3}, False, ""),
    "xlm-roberta": ("XLMRobertaModel", {"type_vocab_size": 1, "hidden_act": "gelu_new"}, False,
                    "module."),
    "camembert": ("CamembertForMaskedLM", {"type_vocab_size": 1, "layer_norm_eps": 0.0}, False, ""),
    "mpnet": ("MPNetForMaskedLM", {"pad_token_id": 0}, False, "0.auto_model."),
    "electra": ("ElectraForMaskedLM", {"embedding_size": 8}, True, ""),
    "electra-same": ("ElectraModel", {"embedding_size": 12}, True, ""),
    "ernie": ("ErnieForMaskedLM", {"use_task_id": True}, True, ""),
    "albert": ("AlbertForMaskedLM", {"embedding_size": 16, "num_hidden_groups": 2,
                                     "num_hidden_layers": 3}, True, "base_model.model."),
    "silu": ("BertForMaskedLM", {"hidden_act": "silu", "tie_word_embeddings": False}, True, ""),
    "quick-gelu": ("BertModel", {"hidden_act": "quick_gelu"}, True, ""),
    "gelu-10": ("BertModel", {"hidden_act": "gelu_10"}, True, ""),
    "mish": ("BertModel", {"hidden_act": "mish"}, True, ""),
    "tanh": ("BertModel", {"hidden_act": "tanh"}, True, ""),
    "bert-classes": ("BertForSequenceClassification", {"id2label": dict(enumerate("ABC"))}, True,
                     "module."),
    "distilbert-classes": ("DistilBertForSequenceClassification",
                           {"problem_type": "multi_label_classification", "num_labels": 4,
                            "dim": 12, "n_layers": 2, "n_heads": 3, "hidden_dim": 20}, False, ""),
    "roberta-classes": ("RobertaForSequenceClassification", {"type_vocab_size": 1}, False, ""),
    "mpnet-classes": ("MPNetForSequenceClassification", {"num_labels": 3}, False, ""),
    "electra-classes": ("ElectraForSequenceClassification",
                        {"embedding_size": 8, "num_labels": 1, "problem_type": "regression"}, True,
                        ""),
    "albert-classes": ("AlbertForSequenceClassification",
                       {"embedding_size": 16, "num_labels": 1}, True, ""),
    "bert-tokens": ("BertForTokenClassification",
                    {"id2label": {0: "O", 1: "B-PER", 2: "I-PER"}}, True, ""),
    "xlm-roberta-tokens": ("XLMRobertaForTokenClassification", {"type_vocab_size": 1}, False, ""),
    "distilbert-tokens": ("DistilBertForTokenClassification",
                          {"num_labels": 5, "dim": 12, "n_layers": 2, "n_heads": 3,
                           "hidden_dim": 20}, False, ""),
}
LINEARS = {"q": ("query", "q", "q_lin"), "k": ("key", "k", "k_lin"), "v": ("value", "v", "v_lin")}


def keep_linears(model):
    """Hooks that keep what the query, key and value maps give, in their order."""
    kept = {kind: [] for kind in LINEARS}
    for name, module in model.named_modules():
        for kind, names in LINEARS.items():
            if name.split(".")[-1] in names and isinstance(module, torch.nn.Linear):
                module.register_forward_hook(
                    lambda _module, _inputs, output, kind=kind: kept[kind].append(output[0]))
    return kept


def score(model, logits):
    """What transformers' pipelines make of them."""
    config = model.config
    if "ForSequenceClassification" in type(model).__name__:
        if config.problem_type == "regression":
            return logits
        if config.problem_type == "multi_label_classification" or config.num_labels == 1:
            return torch.sigmoid(logits)
    return torch.softmax(logits, dim=-1)


def compute(model, kept, arguments):
    for states in kept.values():
        states.clear()
    with torch.no_grad():
        out = model(**arguments, output_attentions=True, output_hidden_states=True)
    heads = model.config.num_attention_heads
    result = {"attentions": torch.stack([a[0] for a in out.attentions]),
              "hidden_states": torch.stack([h[0] for h in out.hidden_states])}
    for kind, name in zip("qkv", ("queries", "keys", "values")):
        result[name] = torch.stack([x.view(len(x), heads, -1).transpose(0, 1) for x in kept[kind]])
    if hasattr(out, "logits"):
        logits = out.logits[0] if out.logits.dim() == 3 else out.logits
        name = "probabilities" if "MaskedLM" in type(model).__name__ else "scores"
        result[name] = score(model, logits)
    return {key: value.contiguous().numpy().astype(np.float32) for key, value in result.items()}


def make(name, seed):
    kind, options, has_types, wrap = FAMILIES[name]
    torch.manual_seed(seed)
    make_model = getattr(transformers, kind)
    model = make_model(make_model.config_class(**{**SIZES, **options})).eval()
    with torch.no_grad():
        randomise(model)
    if model.config.tie_word_embeddings:
        model.tie_weights()
    folder = TESTS / "data" / f"fam-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder)
    for extra in folder.glob("generation_config.json"):
        extra.unlink()
    model = make_model.from_pretrained(folder, attn_implementation="eager").eval()
    tensors, kept = {}, keep_linears(model)
    random = np.random.default_rng(seed)
    for case, n in enumerate((1, 2, 9, 23)):
        ids = random.integers(0, VOCABULARY, n).tolist()
        types = [int(has_types and i > n // 2) for i in range(n)]
        arguments = {"input_ids": torch.tensor([ids]), "attention_mask": torch.ones(1, n)}
        if has_types:
            arguments["token_type_ids"] = torch.tensor([types])
        tensors[f"{case}.ids"], tensors[f"{case}.segments"] = as_ints(ids), as_ints(types)
        for key, value in compute(model, kept, arguments).items():
            tensors[f"{case}.{key}"] = value
    save_file(tensors, TESTS / "golden" / f"fam-{name}.safetensors",
              metadata={"made_with": "transformers " + transformers.__version__})
    if wrap:
        file = folder / "model.safetensors"
        save_file({wrap + key: value for key, value in load_file(file).items()}, file,
                  metadata={"format": "pt"})


def compare(heed, folder, text="The animal didn't cross the street.", pair=None):
    model = AutoModel.from_pretrained(folder, attn_implementation="eager",
                                      dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    wanted = compute(model, keep_linears(model), tokenizer(text, pair, return_tensors="pt"))
    with tempfile.NamedTemporaryFile(suffix=".safetensors") as file:
        command = [heed, "attention", "--model", folder, "-o", file.name, text]
        subprocess.run(command + (["--pair", pair] if pair else []), check=True)
        found = load_file(file.name)
    for key, value in wanted.items():
        other = found.get(key, found.get(key.rstrip("s")))
        print(f"{key}: off by {np.abs(value - other).max():.2g} at most")


def main():
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    if sys.argv[1:2] == ["--compare"]:
        compare(*sys.argv[2:])
        return
    for seed, name in enumerate(FAMILIES):
        if not sys.argv[1:] or name in sys.argv[1:]:
            make(name, seed)


if __name__ == "__main__":
    main()
