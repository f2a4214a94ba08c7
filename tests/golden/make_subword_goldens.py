#!/usr/bin/env python3
"""Makes the goldens of the tokenizers that aren't BERT's, with transformers.

    python3 tests/golden/make_subword_goldens.py

Trains small tokenizers on a text of its own, puts them into tests/data/NAME (a
folder each, as transformers saves them) and writes tests/golden/tokens-NAME.json:
texts with the ids, offsets and types that AutoTokenizer gives. FOLDERS says what
each is for.

    python3 tests/golden/make_subword_goldens.py --sweep PROGRAM FOLDER...

compares any folder instead: every assigned code point and 3,000 mixtures. PROGRAM
is build/tests/core/text/print_tokens.
"""

import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unicodedata

os.environ["TRANSFORMERS_VERBOSITY"] = "error"

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers  # noqa: E402
from tokenizers import pre_tokenizers, processors, trainers  # noqa: E402
from transformers import AutoTokenizer  # noqa: E402

from make_token_goldens import PAIRS, READABLE, random_texts  # noqa: E402

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent / "data"
TEXT = """The animal didn't cross the street because it was too tired, and the cats
didn't walk because they were too wide. It's a café, isn't it? Walking, walked, talking
and talked: 12 of 345 things in 2026. We'll see what they've said; I'd say he's right.
中文字符 和 日本語 は テスト です. Привет, мир! Ärger über Öl. naïve déjà vu. हिन्दी भाषा.""".split("\n")
MORE = ["``quoted'' text", "fi①２ ㍿ ＡＢ", "the  cat   sat ", "  two", "it's I'LL we've",
        "a<mask> <mask>b  <mask>", "</s><s>x", "▁ ▁a Ġ Ġb", "🤖👩‍👩‍👧 ©️ ®\u200d❤", "e\u0301\u0327 \u00c5\u212b",
        "\u1100\u1161\u11a8 \uac01", "a\u2028\u0308b", "Ａ\u0301 ０\u0300", "12345 1,2", "..., ?!", "\u0344x"]


def charsmap(rules):
    """SentencePiece's rules of characters: a trie as a double array. Every node's
    children lie from a place of their own on, which is far from all others'."""
    trie = {}
    for source, target in rules.items():
        node = trie
        for byte in source.encode():
            node = node.setdefault(byte, {})
        node[None] = target.encode()
    text, units, bases = b"", {}, iter(range(256, 1 << 21, 256))

    def place(node, at, label):
        nonlocal text
        base = next(bases)
        units[at] = (base ^ at) << 10 | (None in node) << 8 | label
        if None in node:
            units[base] = 1 << 31 | len(text)
            text += node[None] + b"\0"
        for byte in (b for b in node if b is not None):
            place(node[byte], base ^ byte, byte)

    place(trie, 0, 0)
    size = (max(units) | 255) + 1
    blob = struct.pack(f"<{size}I", *(units.get(i, 0) for i in range(size)))
    return struct.pack("<I", len(blob)) + blob + text


RULES = charsmap({"Ａ": "A", "①": "1", "２": "2", "ﬁ": "fi", "\u00a0": " ", "\u3000": " ", "\u00ad": "",
                  "e\u0301": "é", "\u2028": " ", "㍿": "株式会社"})


def specials(names, mask):
    mask_token = AddedToken(mask, lstrip=True, special=True, normalized=False)
    return [AddedToken(n, special=True, normalized=False) for n in names] + [mask_token]


def unigram(names, mask, unk):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.train_from_iterator(TEXT * 3, trainers.UnigramTrainer(
        vocab_size=220, special_tokens=names, unk_token=names[unk], show_progress=False))
    pieces = json.loads(tokenizer.to_str())["model"]["vocab"] + [[mask, 0.0]]
    pieces = [(piece, round(score, 4)) for piece, score in pieces]
    made = Tokenizer(models.Unigram(pieces, unk_id=unk))
    made.pre_tokenizer = tokenizer.pre_tokenizer
    made.add_special_tokens(specials(names, mask))
    return made


def template(tokenizer, single, pair, names):
    return processors.TemplateProcessing(single=single, pair=pair, special_tokens=[
        (name, tokenizer.token_to_id(name)) for name in names])


ANGLED = ["<s>", "<pad>", "</s>", "<unk>"]


def xlm_roberta():
    made = unigram(ANGLED, "<mask>", 3)
    made.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(RULES), normalizers.Replace(Regex(" {2,}"), " ")])
    made.post_processor = template(made, "<s> $A </s>", "<s> $A </s> </s> $B </s>", ["<s>", "</s>"])
    return made


def albert():
    made = unigram(["<pad>", "<unk>", "[CLS]", "[SEP]"], "[MASK]", 1)
    made.normalizer = normalizers.Sequence([normalizers.Lowercase()])  # the class has its own
    made.post_processor = template(made, "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1",
                                   ["[CLS]", "[SEP]"])
    return made


def fallback():
    base = json.loads(unigram(ANGLED, "<mask>", 3).to_str())["model"]["vocab"]
    made = Tokenizer(models.Unigram([tuple(p) for p in base] + [
        (f"<0x{i:02X}>", -20.0) for i in range(256)], unk_id=3, byte_fallback=True))
    made.add_special_tokens(specials(ANGLED, "<mask>"))
    made.normalizer = normalizers.Sequence([
        normalizers.Nmt(), normalizers.NFC(), normalizers.NFKC(),
        normalizers.Strip(left=False, right=True), normalizers.Replace("wide", "äx")])
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    made.post_processor = processors.Sequence([template(made, "$A </s>", "$A $B:1 </s>", ["</s>"])])
    return made


def roberta():
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.train_from_iterator(TEXT * 3, trainers.BpeTrainer(
        vocab_size=380, special_tokens=ANGLED + ["<mask>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    made.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    made.add_special_tokens(specials(ANGLED, "<mask>"))
    return made


def split():
    made = roberta()
    made.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.Prepend("x")])
    made.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}|"
            r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=True, use_regex=False)])
    made.post_processor = processors.ByteLevel(trim_offsets=True, add_prefix_space=True)
    return made


def bpe():
    made = Tokenizer(models.BPE(unk_token="<unk>", continuing_subword_prefix="##", fuse_unk=True,
                                end_of_word_suffix="</w>"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.train_from_iterator(TEXT * 3, trainers.BpeTrainer(
        vocab_size=260, special_tokens=ANGLED + ["<mask>"], continuing_subword_prefix="##",
        end_of_word_suffix="</w>", show_progress=False))
    made.normalizer = normalizers.Sequence(
        [normalizers.Lowercase(), normalizers.NFKD(), normalizers.StripAccents()])
    made.post_processor = processors.BertProcessing(("</s>", 2), ("<s>", 0))
    return made


def wordpiece():
    made = Tokenizer(models.WordPiece(unk_token="<unk>", max_input_chars_per_word=30))
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.train_from_iterator(TEXT * 3, trainers.WordPieceTrainer(
        vocab_size=200, special_tokens=ANGLED + ["<mask>"], show_progress=False))
    made.normalizer = normalizers.Sequence([
        normalizers.Strip(), normalizers.BertNormalizer(lowercase=False),
        normalizers.Replace(Regex(r"\p{Nd}+"), "0")])
    made.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation("contiguous"),
        pre_tokenizers.Digits(True), pre_tokenizers.Split("an", "merged_with_next"),
        pre_tokenizers.Split(Regex(r"\w+|[^\w\s]"), "removed", invert=True),
        pre_tokenizers.Split("al", "merged_with_previous"),
        pre_tokenizers.CharDelimiterSplit("x")])
    made.add_tokens([AddedToken("Foo Bar", normalized=True), AddedToken("newword", single_word=True),
                     AddedToken("<lr>", lstrip=True, rstrip=True, normalized=False)])
    made.post_processor = template(made, "<s> $A </s>", "<s> $A </s> $B:1 </s>:1", ["<s>", "</s>"])
    return made


# name: how it is made, the model of its config.json, what tokenizer_config.json says, whether
# vocab.json and merges.txt stand in for tokenizer.json
FOLDERS = {
    "tok-roberta": (roberta, "roberta", {"add_prefix_space": True}, True),
    "tok-xlm-roberta": (xlm_roberta, "xlm-roberta", {}, False),
    "tok-albert": (albert, "albert", {}, False),
    "tok-fallback": (fallback, "bert", {"tokenizer_class": "PreTrainedTokenizerFast"}, False),
    "tok-split": (split, "bert", {"tokenizer_class": "PreTrainedTokenizerFast"}, False),
    "tok-bpe": (bpe, "bert", {"tokenizer_class": "PreTrainedTokenizerFast"}, False),
    "tok-wordpiece": (wordpiece, "bert", {
        "tokenizer_class": "PreTrainedTokenizerFast", "extra_special_tokens": ["<x1>"],
        "model_input_names": ["input_ids", "token_type_ids", "attention_mask"],
        "split_special_tokens": True}, False),
}


def write_folder(name):
    make, model, config, old = FOLDERS[name]
    folder, made = DATA / name, make()
    folder.mkdir(exist_ok=True)
    if old:
        made.model.save(str(folder))
    else:
        (folder / "tokenizer.json").write_text(made.to_str(pretty=False) + "\n")
    config = {"model_max_length": 48, **config}
    (folder / "tokenizer_config.json").write_text(json.dumps(config) + "\n")
    (folder / "config.json").write_text(json.dumps({"model_type": model}) + "\n")
    return folder


def encode(tokenizer, text, pair):
    found = tokenizer(text, pair, truncation=True, return_offsets_mapping=True,
                      return_token_type_ids=True)
    types = found["token_type_ids"]
    if "token_type_ids" not in tokenizer.model_input_names:
        types = [0] * len(types)
    return found["input_ids"], [n for place in found["offset_mapping"] for n in place], types


def write_goldens(name):
    tokenizer = AutoTokenizer.from_pretrained(write_folder(name))
    rows = []
    for text, pair in ([(t, None) for t in READABLE + MORE + list(random_texts(7, 90))] + PAIRS):
        ids, offsets, types = encode(tokenizer, text, pair)
        if not ids:
            continue  # heed refuses a text without a token
        total = len(tokenizer(text, pair, truncation=False)["input_ids"])
        case = {"text": text, **({"pair": pair} if pair is not None else {}),
                "ids": ids, "offsets": offsets, "types": types, "total": total}
        rows.append(json.dumps(case, separators=(",", ":")))
    with open(HERE / f"tokens-{name}.json", "w", encoding="utf-8") as file:
        file.write('{"limit":%d,"cases":[\n' % tokenizer.model_max_length)
        file.write(",\n".join(rows) + "\n]}\n")


def sweep_texts():
    for c in range(1, 0x110000):
        if not 0xD800 <= c <= 0xDFFF and c not in (10, 13) and unicodedata.category(chr(c)) != "Cn":
            yield f"a{chr(c)} {chr(c)}b"
    yield from (text.replace("\n", " ").replace("\r", " ") or "x" for text in random_texts(11, 3000))


def sweep(program, folder):
    texts = list(sweep_texts())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    with tempfile.NamedTemporaryFile("w", newline="", encoding="utf-8") as file:
        file.write("\n".join(texts) + "\n")
        file.flush()
        out = subprocess.run([program, folder, file.name], check=True, stdout=subprocess.PIPE).stdout
    different = 0
    for text, line in zip(texts, out.decode().splitlines(), strict=True):
        ids, offsets, types = encode(tokenizer, text, None)
        if json.loads(line) != {"ids": ids, "offsets": offsets, "types": types}:
            different += 1
            print(f"{folder}: {text!r}: {line}, but {ids} {offsets} {types}")
    print(f"{folder}: {len(texts)} texts, {different} different")


def main():
    if sys.argv[1:2] == ["--sweep"]:
        for folder in sys.argv[3:]:
            sweep(sys.argv[2], folder)
        return
    for name in FOLDERS:
        write_goldens(name)


if __name__ == "__main__":
    main()
