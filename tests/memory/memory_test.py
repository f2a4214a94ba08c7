#!/usr/bin/env python3
"""Memory that runs out: one allocation of a command fails, and then the next.

Whatever the allocation, the command ends in one of two ways: with the bytes of
the run that had memory, and 0, or with 1, one line that says "memory", and the
file that was there before. Anything else fails, and is told with the number of
the allocation and where it was asked for. failing.c says which allocations
are meant.

A seeded sample of them is tried, each asked for somewhere else; with HEED_TEST_FULL=1 (./check --full) every
one, and more views. By hand:

    meson test -C build memory               the sample
    HEED_TEST_FULL=1 meson test -C build memory --timeout-multiplier 20
    memory_test.py Commands.test_rank        one (with the variables of meson)

HEED_MEMORY_FIGURES=FILE: the numbers are added to that file, a line a command.
"""

import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

DATA = pathlib.Path(os.environ["HEED_TEST_DATA"]).resolve() / "data"
HEED = str(pathlib.Path(os.environ["HEED_BINARY"]).resolve())
STEPS = str(pathlib.Path(os.environ["HEED_MEMORY_STEPS"]).resolve())
FAILING = str(pathlib.Path(os.environ["HEED_MEMORY_FAILING"]).resolve())
FULL = os.environ.get("HEED_TEST_FULL") == "1"
TINY = str(DATA / "tiny-bert")
MASKED = str(DATA / "tiny-mlm")

SAMPLE = 20     # points of a command when not all are tried
SEED = 20240601
MOST_TOLD = 12  # failures of one command that are told in full
SECONDS = 60    # longer is a hang
OLD = b"what was there before\n"

TEXT = "The cat didn't run home because the dog was unhappy."
OTHER = "The cat didn't run home because the animal was unhappy."
LINK = ["--from", "dog", "--to", "cat"]
VIEWS = ["links", "arcs", "matrix", "heads", "neuron", "stack", "lab"]
SESSION = """{"version": 1, "text": "the cat, the dog", "pair": "it ran home",
 "view": "%s", "query": {"first": 2, "count": 1}, "key": {"first": 5, "count": 1},
 "candidates": [{"first": 2, "count": 1}, {"first": 5, "count": 1}],
 "compare": "the cat, the animal", "probe": "pronouns",
 "muted": ["L0H1"], "scaled": {"L1H0": 0.5}, "shown": {"L0H0": 0, "L1H1": 1}}
"""
PROBE = ("sentence\tpronoun\tcandidates\tanswer\n"
         "The cat ran home because it was tired.\tit\tcat|home\tcat\n"
         "The dog was unhappy because it was old.\tit\tdog\tdog\n")


class Outcome:
    def __init__(self, status, out, err, files):
        self.status, self.out, self.err, self.files = status, out, err, files


class Tried:
    """A command, run again and again."""

    def __init__(self, arguments, inputs):
        self.arguments, self.inputs = arguments, inputs

    def run(self, fail_at=None):
        """Its outcome, and what failing.c reports."""
        with tempfile.TemporaryDirectory(prefix="heed-") as name:
            folder = pathlib.Path(name)
            work = folder / "work"
            work.mkdir()
            for path, data in self.inputs.items():
                (work / path).parent.mkdir(parents=True, exist_ok=True)
                (work / path).write_bytes(data)
            report = folder / "report"
            environment = {key: value for key, value in os.environ.items()
                           if not key.startswith(("HEED_", "XDG_", "DISPLAY", "WAYLAND"))}
            environment.update(LD_PRELOAD=FAILING, HEED_FAIL_REPORT=str(report),
                               XDG_CONFIG_HOME=str(work / "config"),
                               XDG_STATE_HOME=str(work / "state"),
                               XDG_CACHE_HOME=os.environ.get("XDG_CACHE_HOME",
                                                             os.path.expanduser("~/.cache")),
                               MALLOC_PERTURB_="165")
            if fail_at:
                environment["HEED_FAIL_AT"] = str(fail_at)
            try:
                done = subprocess.run(self.arguments, cwd=work, env=environment,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, timeout=SECONDS, check=False)
                status, out, err = done.returncode, done.stdout, done.stderr
            except subprocess.TimeoutExpired:
                status, out, err = None, b"", b""
            files = {str(path.relative_to(work)): path.read_bytes()
                     for path in sorted(work.rglob("*")) if path.is_file()}
            return (Outcome(status, out, err, files),
                    report.read_text() if report.exists() else "")


def judge(outcome, clean, before):
    """What is wrong with an outcome; None: nothing."""
    if outcome.status is None:
        return f"hangs: no end after {SECONDS} s"
    if outcome.status < 0:
        return f"ends by signal {-outcome.status}"
    if outcome.status == 0:
        for name in ("out", "err", "files"):
            if getattr(outcome, name) != getattr(clean, name):
                return f"exit 0 with another {name}: {describe(outcome, clean)}"
        return None
    line = outcome.err.decode(errors="replace")
    said = re.sub(r"'[^'\n]*'", "", line)  # a path may hold any word
    if not re.fullmatch(r"heed: [^\n]*\bmemory\b[^\n]*\n", said):
        return f"exit {outcome.status}, but it says {line!r}"
    if not clean.out.startswith(outcome.out):
        return f"exit {outcome.status} with another output: {describe(outcome, clean)}"
    if outcome.files not in (before, clean.files):
        return f"exit {outcome.status}, but files changed: {describe(outcome, clean)}"
    return None


def describe(outcome, clean):
    """Which files differ, by their sizes."""
    parts = [f"stdout {len(outcome.out)} of {len(clean.out)} bytes"]
    if outcome.err != clean.err:
        parts.append(f"stderr {outcome.err[-200:]!r}")
    for name in sorted({*outcome.files, *clean.files}):
        a, b = outcome.files.get(name), clean.files.get(name)
        if a != b:
            parts.append(f"{name} {'none' if a is None else len(a)} of "
                         f"{'none' if b is None else len(b)} bytes")
    return ", ".join(parts)


def find_places(binary, report):
    """The lines of source of a trace, the innermost first."""
    addresses = re.findall(r"^heed (0x[0-9a-f]+)$", report, re.M)[:9]
    if not addresses or not shutil.which("addr2line"):
        return "; ".join(addresses)
    done = subprocess.run(["addr2line", "-f", "-s", "-e", binary, *addresses],
                          stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.split("\n")
    return " < ".join(f"{function} ({place})"
                      for function, place in zip(lines[::2], lines[1::2]))


def choose(places, most):
    """Numbers of allocations, of as many different places as there may be."""
    chance = random.Random(SEED)
    numbers = {}
    for at, place in enumerate(places, 1):
        numbers.setdefault(place, []).append(at)
    each = [chance.choice(those) for those in numbers.values()]
    return sorted(chance.sample(each, min(most, len(each))))


class Commands(unittest.TestCase):
    def try_all(self, name, *arguments, inputs=None, makes=None, sample=SAMPLE):
        """makes: the file that the command writes over an old one."""
        before = {path: data.encode() if isinstance(data, str) else data
                  for path, data in (inputs or {}).items()}
        if makes:
            before[makes] = OLD
        tried = Tried(list(arguments), before)
        clean, report = tried.run()
        self.assertEqual(clean.status, 0, clean.err)
        places = report.split()
        n = len(places)
        again, report = tried.run()
        self.assertIsNone(judge(again, clean, before), "two runs differ")
        self.assertEqual(len(report.split()), n, "two runs ask for different memory")
        points = range(1, n + 1) if FULL else choose(places, sample)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            wrong = [one for one in pool.map(
                lambda at: self.try_one(tried, clean, before, at), points) if one]
        print(f"{name}: {len(points)} of {n} allocations failed, {len(wrong)} wrong", flush=True)
        if "HEED_MEMORY_FIGURES" in os.environ:
            with open(os.environ["HEED_MEMORY_FIGURES"], "a", encoding="utf-8") as figures:
                figures.write(f"{name}\t{len(points)}\t{n}\t{len(wrong)}\n")
                for at, problem, _ in wrong:
                    figures.write(f"  {at}: {problem}\n")
        if wrong:
            self.fail(f"{name}: {len(wrong)} of {len(points)} ended wrong\n" + "\n".join(
                f"  allocation {at}: {problem}\n"
                f"      asked for by {find_places(arguments[0], report)}"
                for at, problem, report in wrong[:MOST_TOLD]))

    def try_one(self, tried, clean, before, at):
        outcome, report = tried.run(at)
        problem = judge(outcome, clean, before)
        return (at, problem, report) if problem else None

    def command(self, name, *arguments, model=TINY, **options):
        threads = [] if arguments[0] == "tokens" else ["--threads", "1"]  # it computes nothing
        self.try_all(name, HEED, arguments[0], "--model", model, *threads,
                     *arguments[1:], **options)

    def test_tokens(self):
        self.command("tokens", "tokens", "--pair", OTHER, TEXT)

    def test_tokens_of_a_file(self):
        self.command("tokens of a file", "tokens", "--file", "texts",
                     inputs={"texts": TEXT + "\n" + OTHER + "\n"})

    def test_rank(self):
        self.command("rank", "rank", *LINK, TEXT)

    def test_rank_of_two(self):
        self.command("rank of two", "rank", "--from", "because", "--to", "cat", "--compare", OTHER,
                     "--json", TEXT)

    def test_attention(self):
        self.command("attention", "attention", "-o", "maps.safetensors", TEXT,
                     makes="maps.safetensors")

    def test_export(self):
        for kind in ("svg", "pdf", "png"):
            with self.subTest(kind):
                self.command(kind, "export", "--query", "dog", "-o", f"a.{kind}", TEXT,
                             makes=f"a.{kind}", sample=SAMPLE * 2)

    def test_probe(self):
        self.command("probe", "probe", "probe.tsv", inputs={"probe.tsv": PROBE})

    def test_ablate(self):
        self.command("ablate", "ablate", *LINK, TEXT)

    def test_a_file_of_attention(self):
        inputs = {"gpt2.safetensors": (DATA / "attention/gpt2.safetensors").read_bytes()}
        for name, arguments in {
                "check of a file": ["check", "gpt2.safetensors"],
                "rank of a file": ["rank", "--from", "animal", "--to", "The", "gpt2.safetensors"],
                "svg of a file": ["export", "gpt2.safetensors", "-o", "a.svg"]}.items():
            with self.subTest(name):
                self.try_all(name, HEED, *arguments, inputs=inputs,
                             makes="a.svg" if "a.svg" in arguments else None)

    def test_describe(self):
        self.command("describe", "describe", "--view", "links", "--query", "dog", TEXT)

    def test_predict(self):
        self.command("predict", "predict", "the [MASK] ran", model=MASKED)

    def test_two_models(self):
        self.command("two models", "export", "--view", "compare", "--compare", OTHER,
                     "--compare-model", MASKED, "-o", "a.svg", TEXT, makes="a.svg")

    def test_list_of_the_lessons(self):
        self.try_all("lesson list", HEED, "lesson", "list")

    def test_help(self):
        self.try_all("help", HEED, "export", "--help")

    def test_export_of_a_session(self):
        self.command("export of a session", "export", "--session", "a.heed", "-o", "a.svg",
                     inputs={"a.heed": SESSION % "links"}, makes="a.svg")

    def test_session_is_read_and_written(self):
        self.try_all("session", STEPS, "session", "a.heed", inputs={"a.heed": SESSION % "links"},
                     makes="saved.heed")

    def test_settings_are_read_and_written(self):
        self.try_all("settings", STEPS, "settings", inputs={
            "config/heed/settings.json": '{"version": 1, "theme": "dark"}\n'})

    def test_a_keystroke_and_a_frame(self):
        self.try_all("window", STEPS, "window", TINY, "a.heed",
                     inputs={"a.heed": SESSION % "links"}, sample=SAMPLE * 2)

    @unittest.skipUnless(FULL, "long: ./check --full")
    def test_every_view(self):
        for view in VIEWS:
            with self.subTest(view):
                self.command(f"svg of {view}", "export", "--view", view, "--query", "dog",
                             "--key", "cat", "--heads", "L0H0,L1H1", "-o", "a.svg", TEXT,
                             makes="a.svg", model=MASKED)
                self.try_all(f"window with {view}", STEPS, "window", MASKED, "a.heed",
                             inputs={"a.heed": SESSION % view})

    @unittest.skipUnless(FULL, "long: ./check --full")
    def test_more_of_the_commands(self):
        two = ["--compare", OTHER, "--query", "dog", "-o", "a.svg", TEXT]
        for name, arguments in {
                "svg of compare": ["export", "--view", "compare", *two],
                "svg of a figure": ["export", "--style", "figure", "--query", "because", *two[:2],
                                    *two[4:]],
        }.items():
            with self.subTest(name):
                self.command(name, *arguments, makes="a.svg")
        for command in ("rank", "ablate"):
            with self.subTest(command):
                self.command(f"{command} --json", command, *LINK, "--json", TEXT)
        for option in ("--json", "--csv"):
            with self.subTest("probe" + option):
                self.command(f"probe {option}", "probe", option, "probe.tsv",
                             inputs={"probe.tsv": PROBE})


if __name__ == "__main__":
    unittest.main(verbosity=0 if len(sys.argv) > 1 else 1)
