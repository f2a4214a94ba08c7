#!/usr/bin/env python3
"""Makes the tokenizer's goldens with transformers.

    python3 tests/golden/make_token_goldens.py [MODEL_FOLDER]

Writes the folders tests/data/tiny-vocab (vocab.txt) and tests/data/tiny-json
(a cased tokenizer.json with added tokens of every kind), and for each of them
tests/golden/tokens-<name>.json: texts with the ids, offsets and segments that
AutoTokenizer gives. With MODEL_FOLDER (all-MiniLM-L6-v2) also
tests/golden/tokens-model.json.
"""

import json
import os
import random
import sys
import unicodedata

os.environ["TRANSFORMERS_VERBOSITY"] = "error"

from transformers import AutoTokenizer  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PIECES = """the animal did ##n cross street because it was too tired wide un
##aff ##able ##ing walk ##ed caf ##e e \u00e9 \u4e2d \u6587 \u00df i \u0131 \u1100\u1161
! " # ' ( ) , - . / : ; ? [ ] \u2026 \u2014 a b c ##a ##b ##c A B ##A The cat ##s
1 2 ##1 ##2 \u20ac \U0001f469 \u0915 \u093f \u03c3 \u03c2 \u0438 \u0439""".split()

READABLE = [
    "", " ", "The animal didn't cross the street because it was too tired.",
    "unaffable walking walked cats", "a" * 100, "a" * 101, "abc" * 40,
    "caf\u00e9 cafe\u0301 CAF\u00c9", "\u4e2d\u6587\u4e2d x\u4e2dy",
    "[MASK]", "the [MASK] cross[SEP]the [mask] [CLS]", " [MASK] the", "[MASK]  ",
    "[[MASK]]", "[MASK", "\u0130stanbul \u0131 \u00df \u1e9e \u03a3\u03c2\u03c3",
    "\u0301", "\u0301the", "the\u0301\u0316 cat", "a\u0316\u0301\u0334b",
    "so\u00adft ze\u200dro", "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f469",
    "\ufffd\ufffdthe\ufffd", "the\u0001cat\tthe\r\ncat\u0085the\u00a0cat\u3000the",
    "\u0915\u093f \u0915", "\uac00\ub098\ub2e4 \u1100\u1161\u11a8", "1,2;1.2 \u20ac12",
    "...?!\u2026\u2014", "\u05d0\u05b7 \u0627\u0644\u0639", "x\u0344\u0316y",
    "\U00011938 \U000105c9 \ua7dc\u1c89", "new-word NEWWORD newword the newword.",
    "Foo Bar foo bar", "spaced   <lr>   out", "<lr><lr> <w>x<w> <w>",
]
PAIRS = [
    ("the cat", "it was tired"), ("the", ""), ("", "the"), ("[MASK]", "[SEP] a"),
    ("the " * 40, "cat " * 3), ("the " * 3, "cat " * 40), ("the " * 40, "cat " * 40),
    ("the " * 15, "cat " * 15), ("the " * 14, "cat " * 40), ("the " * 40, "cat " * 15),
]


def assigned(draw):
    """What a "single_word" token takes for a letter follows the newest
    Unicode in the reference: unassigned code points are left out."""
    while True:
        c = chr(draw())
        if unicodedata.category(c) != "Cn":
            return c


def random_texts(seed, count):
    """Short strings over code points that tend to go wrong."""
    chance = random.Random(seed)
    marks = [c for c in range(0x300, 0x1E950)
             if unicodedata.category(chr(c))[0] == "M"]
    letters = [c for c in range(0x80, 0x1E950) if unicodedata.decomposition(chr(c))]
    pools = [
        lambda: chance.choice(marks), lambda: chance.choice(letters),
        lambda: chance.randrange(0x20, 0x7F), lambda: chance.randrange(0xA0, 0x3000),
        lambda: chance.randrange(0xAC00, 0xD7A4), lambda: chance.randrange(0x4E00, 0xA000),
        lambda: chance.choice([9, 10, 13, 0xAD, 0x200D, 0xFE0F, 0x2028, 0x3000, 0xFFFD]),
        lambda: chance.randrange(0x10000, 0x1F900),
    ]
    words = ["the", "cat", "Cafe", "[MASK]", "[SEP]", "didn't", "walking", "Foo Bar", "newword"]
    for _ in range(count):
        chosen = chance.sample(pools, 2)
        text = ""
        for _ in range(chance.choice([1, 3, 6, 12])):
            kind = chance.random()
            if kind < 0.2:
                text += chance.choice(words)
            elif kind < 0.4:
                text += " "
            else:
                text += assigned(chance.choice(chosen))
        yield text


def cases(tokenizer, seed, count):
    texts = [(t, None) for t in READABLE] + PAIRS
    texts += [(t, None) for t in random_texts(seed, count)]
    made = list(random_texts(seed + 1, count // 4))
    texts += list(zip(made[::2], made[1::2]))
    for text, pair in texts:
        found = tokenizer(text, pair, truncation=True, return_offsets_mapping=True,
                          return_token_type_ids=True)
        whole = tokenizer(text, pair, truncation=False)
        case = {"text": text}
        if pair is not None:
            case["pair"] = pair
        case["ids"] = found["input_ids"]
        case["offsets"] = [n for pair_ in found["offset_mapping"] for n in pair_]
        # A model is given them only if the class has them among its inputs.
        has_types = "token_type_ids" in tokenizer.model_input_names
        types = found["token_type_ids"]
        case["types"] = types if has_types else [0] * len(types)
        case["total"] = len(whole["input_ids"])
        yield case


def write_goldens(name, folder, seed, count):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.backend_tokenizer.no_padding()
    path = os.path.join(HERE, f"tokens-{name}.json")
    with open(path, "w", encoding="utf-8") as file:
        rows = [json.dumps(c, separators=(",", ":")) for c in cases(tokenizer, seed, count)]
        file.write('{"limit":%d,"cases":[\n' % tokenizer.model_max_length)
        file.write(",\n".join(rows) + "\n]}\n")


def write_json(folder, name, content):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, ensure_ascii=False)
        file.write("\n")


def make_vocab_folder():
    folder = os.path.join(DATA, "tiny-vocab")
    write_json(folder, "tokenizer_config.json",
               {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 32})
    write_json(folder, "config.json", {"model_type": "bert"})
    with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(SPECIAL + PIECES) + "\n")
    return folder


def added(i, content, **flags):
    token = dict(id=i, content=content, single_word=False, lstrip=False, rstrip=False,
                 normalized=False, special=False)
    return {**token, **flags}


def make_json_folder():
    folder = os.path.join(DATA, "tiny-json")
    vocab = {piece: i for i, piece in enumerate(SPECIAL + PIECES)}
    n = len(vocab)
    tokens = [added(i, piece, special=True) for i, piece in enumerate(SPECIAL)]
    tokens[4]["lstrip"] = True
    tokens += [added(n, "Foo Bar", normalized=True), added(n + 1, "newword", normalized=True,
                                                           single_word=True),
               added(n + 2, "<lr>", lstrip=True, rstrip=True), added(n + 3, "<w>", single_word=True)]
    template = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]
    second = [{"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}]
    specials = {t: {"id": t, "ids": [vocab[t]], "tokens": [t]} for t in ("[CLS]", "[SEP]")}
    write_json(folder, "tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": tokens,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": False},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing", "single": template,
                           "pair": template + second, "special_tokens": specials},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 20, "vocab": vocab}})
    write_json(folder, "tokenizer_config.json",
               {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 32})
    return folder


def main():
    write_goldens("tiny-vocab", make_vocab_folder(), 1, 80)
    write_goldens("tiny-json", make_json_folder(), 2, 80)
    if len(sys.argv) > 1:
        write_goldens("model", sys.argv[1], 3, 200)


if __name__ == "__main__":
    main()
