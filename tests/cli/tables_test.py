#!/usr/bin/env python3
"""What the commands print of the small models is what tests/golden/tables says.

A file of goldens holds the commands of one name: each with its status, output and errors.
Numbers may differ as they do on other processors, by 1 in 10,000. After a change that
is meant:

    HEED_UPDATE_GOLDEN=1 meson test -C build 'cli tables'
"""

import os
import pathlib
import re
import subprocess
import sys

HEED = os.environ["HEED_BINARY"]
DATA = pathlib.Path(os.environ["HEED_TEST_DATA"]) / "data"
GOLDEN = DATA.parent / "golden/tables"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
MOST_TOLD = 10

TEXT = "The dog saw the cat, it didn't run."
PAIR = "They ran home!"
OTHER = "The dog saw the house, it didn't run."
LINK = ["--from", "it", "--to", "dog"]
PROBE = """sentence\tpronoun\tcandidates\tanswer
# a minimal pair, another, one alone, and mistakes
The dog saw the cat, it ran home.\tit\tdog|cat\tdog
The dog saw the cat, it is old.\tit\tdog|cat\tcat
The dog saw the cat and the house, it is old.\tit\tdog|cat|house\tdog
The dog saw the cat and the house, it is new.\tit\tdog|cat|house\thouse
A cat and a house: it is new.\tit\tcat|house\thouse
the cat, the cat: it ran\tit\tcat|cat:2\tcat:2

too\tfew\tcolumns
The dog ran.\tit\tdog|cat\tdog
The dog ran, it\tit\tdog|dog\tdog
"""

# Each format, with lines that can't be used: their numbers and reasons are told.
GAP = ("ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
       "x-1\tthe cat saw the dog, it ran\tit\t21\tcat\t4\tFALSE\tdog\t16\tTRUE\tu\n"
       "x-2\tthe cat saw the dog, it ran\tit\t21\tcat\t4\tFALSE\tdog\t16\tFALSE\tu\n"
       "x-3\tthe cat saw the dog, it ran\tit\t20\tcat\t4\tTRUE\tdog\t16\tFALSE\tu\n"
       "x-4\tthe cat saw the dog, it ran\tit\t21\tcat\t4\tTRUE\tdog\t99\tFALSE\tu\n"
       "x-5\tthe cat saw the dog, it ran\tit\t21\tcat\t4\tMAYBE\tdog\t16\tFALSE\tu\n"
       "x-6\tthe cat ran\n")
WINOBIAS = """1 [The dog] saw the cat because [it] was old.
1 The dog saw [the cat] because [it] was old.

2 [The dog] saw the house because [it] was new.
3 The dog saw [the house] because it was new.
4 The dog [saw the house because it was new.
[The animal] saw the dog, [it] ran.
6 The dog saw it, [it] ran.
"""
WINOGENDER = """sentid\tsentence
dog.cat.0.male.txt\tThe dog saw the cat, he ran.
dog.cat.1.female.txt\tThe dog saw the cat, she ran.
dog.cat.1.neutral.txt\tThe dog saw the cat, they ran.
dog.cat.2.male.txt\tThe dog saw the cat, he ran.
dog.cat.0.male.txt\tThe dog saw the cat, it ran.
dog.cow.0.male.txt\tThe dog saw the cat, he ran.
short\tThe dog ran.
"""
DPR = """The dog saw the cat, it ran.
it
the dog,the cat
the cat

The dog saw the cat, it is old.
it
the dog,the cat
the cow

The dog saw the cat.
it
the dog,the cat
the dog

The dog ran.
it
"""
CONLLU = """# text = The dog saw the cat.
1\tThe\t_\t_\t_\t_\t2\tdet\t_\t_
2\tdog\t_\t_\t_\t_\t3\tnsubj\t_\t_
3\tsaw\t_\t_\t_\t_\t0\troot\t_\t_
4\tthe\t_\t_\t_\t_\t5\tdet\t_\t_
5\tcat\t_\t_\t_\t_\t3\tobj\t_\tSpaceAfter=No
6\t.\t_\t_\t_\t_\t3\tpunct\t_\t_

# text = The animal ran home.
1-2\tThe animal\t_\t_\t_\t_\t_\t_\t_\t_
1\tThe\t_\t_\t_\t_\t2\tdet\t_\t_
2\tanimal\t_\t_\t_\t_\t3\tnsubj\t_\t_
2.1\tx\t_\t_\t_\t_\t_\t_\t_\t_
3\tran\t_\t_\t_\t_\t0\troot\t_\t_
4\thouse\t_\t_\t_\t_\t3\tobj\t_\t_

1\tIt\t_\t_\t_\t_\t2\tnsubj\t_\t_
2\tran\t_\t_\t_\t_\t9\troot\t_\t_

1\tIt\t_\t_\t_\t_\t2\tnsubj
2\tran\t_\t_\t_\t_\t0\troot\t_\t_

1\tThe\t_\t_\t_\t_\t2\tdet\t_\t_
2\tdog\t_\t_\t_\t_\t3\tnsubj\t_\t_
3\tsaw\t_\t_\t_\t_\t0\troot\t_\t_
4\thome\t_\t_\t_\t_\t3\tobj\t_\tSpaceAfter=No
5\t.\t_\t_\t_\t_\t3\tpunct\t_\t_
"""
INPUTS = {"gap": GAP, "winobias": WINOBIAS, "winogender": WINOGENDER, "dpr": DPR,
          "conllu": CONLLU}

COMMANDS = [
    ["tokens", TEXT],
    ["tokens", "--pair", PAIR, TEXT],
    ["tokens", "THE unhappyer d\u00f3g \u732b [MASK] [SEP]"],
    ["tokens", "the " * 64],
    ["tokens", "--no-truncate", "the " * 63],
    ["rank", *LINK, TEXT],
    ["rank", *LINK, "--json", TEXT],
    ["rank", "--from", "the:2", "--to", "[CLS]", TEXT],
    ["rank", "--from", "didn't", "--to", "[SEP]", "--words", TEXT],
    ["rank", "--from", "They", "--to", "it", "--pair", PAIR, "--segments", "ba", TEXT],
    ["rank", *LINK, "--compare", OTHER, "--json", TEXT],
    ["rank", *LINK, "--hide-special", "--hide-punctuation", "--renormalise", TEXT],
    ["rank", *LINK, "--top-k", "3", TEXT],
    ["rank", *LINK, "--top-p", "0.5", TEXT],
    ["rank", *LINK, "--threshold", "0.08", TEXT],
    ["rank", *LINK, "--measure", "value-norm", TEXT],
    ["rank", *LINK, "--measure", "rollout", TEXT],
    ["rank", *LINK, "--mask", "window:3", TEXT],
    ["rank", *LINK, "--mask", "strided:3", "--attention", "linear", TEXT],
    ["rank", *LINK, "--mask", "causal", "--positions", "off", TEXT],
    ["rank", *LINK, "--positions", "sinusoidal", "--attention", "flash", TEXT],
    ["rank", "--from", "it", "--to", "they", "--pair", PAIR, "--mask", "cross", TEXT],
    ["rank", "--from", "it", "--to", "cow", TEXT],
    ["rank", "--from", "the:4", "--to", "it", TEXT],
    ["rank", "--from", "the:0", "--to", "it", TEXT],
    ["rank", "--from", "it", "--to", "dog", "dog " * 70 + "it"],
    ["ablate", *LINK, TEXT],
    ["ablate", *LINK, "--json", TEXT],
    ["ablate", "--from", "it", TEXT],
    ["ablate", "--json", TEXT],
    ["ablate", "--pair", PAIR, "--from", "it", "--to", "they", TEXT],
    ["predict", "The [MASK] saw the [MASK]."],
    ["predict", "--top", "2", "--json", "--pair", "[MASK] ran.", "The dog saw the [MASK]."],
    ["predict", "--positions", "off", "--top", "1", "The [MASK] saw the dog."],
    ["predict", TEXT],
    ["probe", "-"],
    ["probe", "--json", "-"],
    ["probe", "--csv", "-"],
    ["probe", "--words", "--hide-special", "--renormalise", "-"],
    ["probe", "--measure", "rollout", "--csv", "-"],
    *[["probe", "--format", name, "--json", "-"] for name in INPUTS],
    *[["probe", "--format", name, "-"] for name in ("winobias", "conllu")],
    ["probe", "--format", "table", "--by", "group", "-"],
    ["rank", *LINK, "--heads", "L9H0", TEXT],
    *[["export", "--view", "links", "--heads", heads, TEXT, "-o", "x.svg"]
      for heads in ("L2H0", "L0H4", "L1", "L0H0,L9H9")],
]


def run(arguments):
    name, *rest = arguments
    more = [] if name == "tokens" else ["--threads", "1"]
    model = "tiny-mlm" if name == "predict" else "tiny-bert"
    form = rest[rest.index("--format") + 1] if "--format" in rest else ""
    done = subprocess.run([HEED, name, "--model", model, *more, *rest], cwd=DATA,
                          input=INPUTS.get(form, PROBE).encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=60, check=False)
    shown = " ".join(f"'{part}'" if " " in part else part
                     for part in (part.replace("the the the ", "the ") for part in arguments))
    # One JSON document is one line: its parts are.
    out = re.sub(r"(?<=[}\]]),(?=[{\[\"])", ",\n ", done.stdout.decode())
    out = re.sub(r'("heed":"|# heed )[0-9.+]+', r"\1VERSION", out)
    return f"=== {shown}: {done.returncode}\n{out}{done.stderr.decode()}"


def is_same(one, two):
    if NUMBER.sub("", one) != NUMBER.sub("", two):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(two))
    return all(a == b or ("." in a + b and
                          abs(float(a) - float(b)) <= 1e-4 * abs(float(b)) + 2e-6 +
                          1.01 * 10 ** -len((a + ".").split(".")[1]) * ("e" not in a))
               for a, b in pairs)


def compare(golden, now):
    """The lines that differ."""
    old, new = golden.split("\n"), now.split("\n")
    if len(old) != len(new):
        return [f"  {len(new)} lines, not {len(old)}"] + [
            f"  + {line}" for line in new if line not in old][:MOST_TOLD]
    return [f"  - {a}\n  + {b}" for a, b in zip(old, new) if a != b and not is_same(a, b)]


def main():
    files = {}
    for arguments in COMMANDS:
        files.setdefault(arguments[0] + ".txt", []).append(run(arguments))
    wrong = []
    for file, parts in files.items():
        text = "".join(parts)
        if os.environ.get("HEED_UPDATE_GOLDEN"):
            GOLDEN.mkdir(exist_ok=True)
            (GOLDEN / file).write_text(text)
        golden = (GOLDEN / file).read_text() if (GOLDEN / file).exists() else ""
        wrong += [f"{file}:\n" + "\n".join(lines[:MOST_TOLD])
                  for lines in [compare(golden, text)] if lines]
    if wrong:
        print("\n".join(wrong), "\nmeant? HEED_UPDATE_GOLDEN=1 meson test -C build 'cli tables'")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
