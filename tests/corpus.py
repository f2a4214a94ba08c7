#!/usr/bin/env python3
"""Writes some hundred exports and tables of one heed into a folder, to be
compared with those of another: a change that isn't to change behaviour leaves
every byte as it was.

usage: corpus.py BINARY FOLDER [DUMP_SCENES]

    tests/corpus.py old/build/heed /tmp/old old/build/tests/render/dump_scenes
    tests/corpus.py build/heed /tmp/new build/tests/render/dump_scenes
    diff -rq /tmp/old /tmp/new

DUMP_SCENES (tests/render/dump_scenes.c): also the display lists of every scene
of the tests, the window's and the exports'. Needs the default model.
"""

import concurrent.futures
import pathlib
import subprocess
import sys

TIRED = "The animal didn't cross the street because it was too tired."
WIDE = TIRED.replace("tired", "wide")
BANK = "She sat on the bank of the river. The bank lent him money."
LONG = " ".join([TIRED, BANK] * 6)
RTL = "السلام عليكم shalom שלום 猫が好き"

VIEWS = ["links", "arcs", "matrix", "heads", "neuron", "stack", "lab"]
LOOKS = {
    "plain": [],
    "query": ["--query", "it"],
    "pair": ["--query", "it", "--key", "animal", "--heads", "L3H1,L5H11"],
    "special": ["--query", "it", "--hide-special", "--renormalise"],
    "words": ["--words", "--hide-punctuation"],
    "rollout": ["--measure", "rollout"],
    "norm": ["--measure", "value-norm", "--heads", "L3H1"],
    "mean": ["--aggregate", "mean", "--heads", "L3H1,L3H2"],
    "dark": ["--theme", "dark", "--query", "it"],
    "off": ["--mute", "L0H2", "--scale", "L1H3=0.5", "--query", "it"],
    "mask": ["--mask", "causal", "--positions", "off", "--query", "it"],
    "small": ["--size", "85mm", "--query", "it"],
}


def exports():
    """name: arguments without -o."""
    for view in VIEWS:
        for look, options in LOOKS.items():
            yield f"{view}-{look}.svg", ["--view", view, *options, TIRED]
        yield f"{view}-query.pdf", ["--view", view, "--query", "it", TIRED]
        yield f"{view}-query.png", ["--view", view, "--query", "it", TIRED]
        yield f"{view}-long.svg", ["--view", view, LONG]
        yield f"{view}-rtl.svg", ["--view", view, RTL]
        yield f"{view}-two.svg", ["--view", view, "--pair", BANK, TIRED]
    for look, options in LOOKS.items():
        if look not in ("mask",):
            yield f"compare-{look}.svg", ["--view", "compare", "--compare", WIDE,
                                          *options, TIRED]
        yield f"figure-{look}.svg", ["--style", "figure", *options, TIRED]
    yield "figure-compare.svg", ["--style", "figure", "--compare", WIDE,
                                 "--query", "it", "--heads", "L3H1", TIRED]
    yield "figure-compare.pdf", ["--style", "figure", "--compare", WIDE,
                                 "--query", "it", "--heads", "L3H1", TIRED]


def commands():
    """name: arguments, whose output is kept."""
    link = ["--from", "it", "--to", "animal"]
    for option in ([], ["--json"], ["--csv"]):
        kind = option[0][2:] if option else "text"
        yield f"rank.{kind}", ["rank", *link, *option, TIRED]
        yield f"ablate.{kind}", ["ablate", *link, *option, TIRED]
        yield f"probe.{kind}", ["probe", *option, "assets/probes/pronouns.tsv"]
    yield "rank-compare", ["rank", *link, "--compare", WIDE, TIRED]
    yield "rank-mask", ["rank", *link, "--mask", "causal", TIRED]
    yield "tokens", ["tokens", TIRED]
    yield "tokens-rtl", ["tokens", RTL]
    for command in ("", "export", "rank", "tokens", "attention", "check", "probe",
                    "ablate", "bench"):
        yield f"help-{command}", [*([command] if command else []), "--help"]
    yield "error-view", ["export", "--view", "nothing", "-o", "x.svg", TIRED]
    yield "error-head", ["rank", "--from", "xyzzy", "--to", "it", TIRED]
    yield "error-file", ["nothing.heed"]


def sessions():
    """name: a session's text, exported by its own view."""
    import json
    base = {"version": 1, "text": TIRED, "query": {"first": 10, "count": 1},
            "key": {"first": 2, "count": 1}, "shown": {"L3H1": 0, "L5H11": 1},
            "matrix_head": "L3H1"}
    changes = {
        "values": {"view": "neuron", "neuron_values": True},
        "steps": {"view": "neuron", "neuron_step": "softmax"},
        "sorted": {"view": "neuron", "neuron_sorted": True},
        "order": {"view": "heads", "heads_order": "entropy", "heads_bands": True},
        "mode": {"view": "heads", "heads_mode": "links"},
        "color": {"view": "links", "color_by": "entropy"},
    }
    for page in range(8):
        changes[f"page{page}"] = {"view": "stack", "stack_page": page}
    for kind in ("difference", "a", "b", "layers"):
        changes[f"compare-{kind}"] = {"view": "compare", "compare": WIDE,
                                      "compare_map": kind}
    for name, change in changes.items():
        yield f"session-{name}", json.dumps({**base, **change})


def main(binary, folder, dump=None):
    root = pathlib.Path(__file__).resolve().parents[1]
    binary = str(pathlib.Path(binary).resolve())
    dump = dump and str(pathlib.Path(dump).resolve())
    folder = pathlib.Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)

    def keep(name, *arguments):
        done = subprocess.run([binary, *arguments], cwd=root,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        (folder / f"{name}.out").write_bytes(
            done.stdout.replace(str(folder).encode(), b"FOLDER"))
        errors = done.stderr.replace(str(folder).encode(), b"FOLDER")
        (folder / f"{name}.err").write_bytes(errors + b"%d\n" % done.returncode)

    jobs = [(name, "export", "-o", str(folder / name), *arguments)
            for name, arguments in exports()]
    jobs += [(name, *arguments) for name, arguments in commands()]
    for name, text in sessions():
        session = folder / f"{name}.heed"
        session.write_text(text)
        jobs.append((name, "export", "--session", str(session), "-o",
                     str(folder / f"{name}.svg")))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda job: keep(*job), jobs))
    if dump:
        subprocess.run([dump, "tests/data/tiny-bert", str(folder / "scenes")],
                       cwd=root, check=True)
    print(len(list(folder.rglob("*.*"))), "files")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
