#!/usr/bin/env python3
"""Files of a model, attention files and sessions with one value that is another, or missing:
what heed says then, or that it goes on as tests/golden/edited says.

Of the values every other one is left out, the others are replaced by one of VALUES. A line
of a golden is the edit, the status and what is said ("DIR" for the folder); of tokens a
checksum, too. After a change that is meant:

    HEED_UPDATE_GOLDEN=1 meson test -C build 'cli edited_files'
"""

import concurrent.futures
import copy
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

HEED = os.environ["HEED_BINARY"]
TOKENS = os.environ["HEED_PRINT_TOKENS"]  # of a folder without weights
TESTS = pathlib.Path(os.environ["HEED_TEST_DATA"]).resolve()
DATA = TESTS / "data"
GOLDEN = TESTS / "golden/edited"
VALUES = (None, -1, "x", 1000000, {}, [2, "y"], True)
MOST_ENTRIES = {list: 4, dict: 30}  # of a longer one two are edited
MOST_TOLD = 20
TEXT = "The dogs didn't run, caf\u00e9  <mask> 42.\n"

RANK = [HEED, "rank", "--threads", "1", "--model", "DIR", "--from", "it", "--to", "dog",
        "the dog, it"]
# Name, folder, the file that is edited, the command: DIR and FILE stand for them, TEXT for a
# file with the text.
SOURCES = [
    *[(f"tokens-{name}", f"data/tok-{name}", "tokenizer.json", ["TOKENS", "DIR", "TEXT"])
      for name in ("albert", "bpe", "fallback", "split", "wordpiece", "xlm-roberta")],
    ("tokens-config", "data/tok-wordpiece", "tokenizer_config.json",
     ["TOKENS", "DIR", "TEXT"]),
    ("tokens-vocab", "data/tok-roberta", "vocab.json", ["TOKENS", "DIR", "TEXT"]),
    *[(f"config-{name}", f"data/{name}", "config.json",
       RANK)
      for name in ("tiny-bert", "tiny-distilbert")],
    ("weights", "data/tiny-bert", "model.safetensors",
     RANK),
    *[(f"attention-{name}", "data/attention", f"{name}.safetensors", [HEED, "check", "FILE"])
      for name in ("gpt2", "t5", "vit")],
    ("session", "fuzz/corpus/session", "full",
     [HEED, "export", "--model", str(DATA / "tiny-bert"), "--session", "FILE", "-o",
      "DIR/out.csv"]),
]


def find_paths(value, path=()):
    """Of all values, each before those that it holds."""
    entries = list(value.items() if isinstance(value, dict) else
                   enumerate(value) if isinstance(value, list) else ())
    if len(entries) > MOST_ENTRIES.get(type(value), 0):
        entries = [entries[0], entries[-1]]
    for key, part in entries:
        yield (*path, key)
        yield from find_paths(part, (*path, key))


def edit(document, path, value, removes):
    edited = copy.deepcopy(document)
    holder = edited
    for key in path[:-1]:
        holder = holder[key]
    if removes:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return edited


class Source:
    def __init__(self, name, folder, file, command):
        self.name, self.folder, self.command = name, TESTS / folder, command
        self.file = file
        data = (self.folder / file).read_bytes()
        self.is_binary = file.endswith(".safetensors")
        self.rest = b""
        if self.is_binary:
            size = struct.unpack("<Q", data[:8])[0]
            data, self.rest = data[8:8 + size], data[8 + size:]
        self.document = json.loads(data)

    def write(self, document, path):
        data = json.dumps(document).encode()
        if self.is_binary:
            data = struct.pack("<Q", len(data)) + data + self.rest
        path.write_bytes(data)

    def edits(self):
        """A line's beginning and the document, each."""
        yield "nothing", self.document
        for at, path in enumerate(find_paths(self.document)):
            where = ".".join(map(str, path))
            value = VALUES[at // 2 % len(VALUES)]
            if at % 2 == 0:
                yield f"{where} gone", edit(self.document, path, None, True)
            else:
                yield f"{where} = {json.dumps(value)}", edit(self.document, path, value, False)

        for key in ("normalizer", "pre_tokenizer"):
            yield from self.edit_rules(key)

    def edit_rules(self, key):
        """Steps in steps in steps, and many of them."""
        rule = self.document.get(key)
        parts = {"normalizer": "normalizers", "pre_tokenizer": "pretokenizers"}[key]
        for depth in (1, 6, 7, 8) if rule else ():
            nested = rule
            for _ in range(depth):
                nested = {"type": "Sequence", parts: [nested]}
            yield f"{key} in {depth} steps", {**self.document, key: nested}
        for n in (9, 20, 21, 100, 101) if rule else ():
            many = {"type": "Sequence", parts: [rule] * n}
            yield f"{key} {n} times", {**self.document, key: many}

    def run(self, document):
        with tempfile.TemporaryDirectory(prefix="heed-") as name:
            folder = pathlib.Path(name) / "in"
            folder.mkdir()
            if "DIR" in self.command:
                for path in self.folder.iterdir():
                    if path.name != self.file:
                        shutil.copy(path, folder)
            self.write(document, folder / self.file)
            (folder / "text").write_text(TEXT)
            stands = {"DIR": str(folder), "FILE": str(folder / self.file),
                      "TEXT": str(folder / "text"), "TOKENS": TOKENS}
            command = [stands.get(part, part.replace("DIR", str(folder)))
                       for part in self.command]
            done = subprocess.run(command, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                                  check=False)
            said = done.stderr.decode().replace(str(folder), "DIR").strip().replace("\n", " / ")
            check = f" {zlib.crc32(done.stdout):08x}" if self.command[0] == "TOKENS" else ""
            return f"{done.returncode}{check} {said}".strip()


def main():
    wrong, n = [], 0
    for source in (Source(*row) for row in SOURCES):
        names, documents = zip(*source.edits())
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            said = list(pool.map(source.run, documents))
        lines = [f"{name}: {text}" for name, text in zip(names, said)]
        if not said[0].startswith("0"):
            wrong.append(f"{source.name}: with nothing edited: {said[0]}")
        n += len(lines)
        path = GOLDEN / f"{source.name}.txt"
        if os.environ.get("HEED_UPDATE_GOLDEN"):
            GOLDEN.mkdir(exist_ok=True)
            path.write_text("\n".join(lines) + "\n")
        old = path.read_text().splitlines()
        wrong += [f"{source.name}:\n  - {a}\n  + {b}" for a, b in zip(old, lines) if a != b]
        if len(old) != len(lines):
            wrong.append(f"{source.name}: {len(lines)} edits, not {len(old)}")
    if wrong:
        print("\n".join(wrong[:MOST_TOLD]), f"\n{len(wrong)} of {n}; meant? HEED_UPDATE_GOLDEN=1 "
              "meson test -C build 'cli edited_files'")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
