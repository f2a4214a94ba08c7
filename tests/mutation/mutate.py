#!/usr/bin/env python3
"""Do the tests notice? One line of src/core or src/scene is changed, what needs
it is built again, and the tests run that can see it, until one fails.

usage: mutate.py [--count N] [--seed S] [--only FILE] [--folder FOLDER] [--list]

    tests/mutation/mutate.py --count 30
    tests/mutation/mutate.py --only src/scene/widgets/widgets.c --list

A line is chosen, each as likely as another, and then one of its mutations
(operators.py); the same seed and sources give the same ones. Not counted are
those that don't compile, those that the compiler makes the same code of, and
those that equivalent.txt gives a reason for. A test that doesn't end has noticed, and
so has one that leaks, where there is LeakSanitizer. What none of them notices is shown
to them once more, built with AddressSanitizer: memory that is asked for too small a size.

All happens in a copy of the tree: a temporary one, or FOLDER, which stays and
makes the next run start sooner. HEED_TEST_MODEL: tests of the real model run, too.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import operators  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What is mutated, and the first words of the names of the tests that look at it.
MUTATED = {"src/core": {"core", "fuzz", "session", "scene", "cli", "memory"},
           "src/scene": {"scene", "ui", "cli"}}
EQUIVALENT = pathlib.Path(__file__).resolve().with_name("equivalent.txt")
DEAREST = 40    # s of processor time of a program; a test that takes more is left out
JOBS = 2
LEAKED = 23     # LeakSanitizer's exit status
AT_ONCE = 4     # test programs that are linked before they run
MEMORY = 6 << 30


def find_sources(root):
    return sorted(path.relative_to(root).as_posix()
                  for folder in MUTATED for path in (root / folder).rglob("*.c"))


def find_mutations(root, only=None):
    """{(file, line): its mutations}."""
    lines = {}
    for path in find_sources(root):
        if not only or path == only:
            for one in operators.find(path, (root / path).read_text()):
                lines.setdefault((path, one.number), []).append(one)
    return lines


def choose(lines, seed):
    """All of them, in the seed's order; at last every line's last one."""
    chance = random.Random(seed)
    left = {place: list(those) for place, those in lines.items()}
    places = list(left)
    while places:
        at = chance.randrange(len(places))
        those = left[places[at]]
        yield those.pop(chance.randrange(len(those)))
        if not those:
            places[at] = places[-1]
            places.pop()


def read_equivalents():
    """{key: reason}. An entry is a file, the old line, the new one, a reason."""
    known = {}
    for entry in EQUIVALENT.read_text().split("\n\n"):
        rows = [row for row in entry.strip().split("\n") if row and not row.startswith("#")]
        if rows:
            path, old, new, *reason = rows
            assert old[0] == "-" and new[0] == "+" and reason, f"{EQUIVALENT.name}: {rows}"
            known[path, old[1:].strip(), new[1:].strip()] = " ".join(reason)
    return known


def copy_tree(root, to):
    """The tree's files, those that are the same untouched, so that ninja sees it."""
    ours = set()
    for folder, names, files in os.walk(root):
        here = pathlib.Path(folder)
        top = here == root
        names[:] = [name for name in names if not name.startswith((".git", "__pycache__")) and
                    not (top and name.startswith("build"))]
        (to / here.relative_to(root)).mkdir(parents=True, exist_ok=True)
        for name in files:
            path, copy = here / name, to / (here / name).relative_to(root)
            ours.add(copy)
            if not copy.exists() or copy.read_bytes() != path.read_bytes():
                shutil.copy(path, copy)
    for copy in [path for path in to.rglob("*") if path.is_file() and path not in ours]:
        copy.unlink()


def find_leaks(tree):
    """The variables with which a program ends with an error when it has leaked."""
    done = subprocess.run(["cc", "-print-file-name=liblsan.so"], stdout=subprocess.PIPE, text=True,
                          check=False)
    library = pathlib.Path(done.stdout.strip())
    if not library.is_absolute():
        return {}
    return {"LD_PRELOAD": str(library),
            "LSAN_OPTIONS": f"suppressions={tree}/tests/lsan.supp:print_suppressions=0"}


def find_checks(tree):
    """The same for what is built with sanitizers, which a script's programs heed, too."""
    return {"ASAN_OPTIONS": "detect_leaks=1:halt_on_error=1:abort_on_error=0",
            "UBSAN_OPTIONS": "halt_on_error=1",
            "LSAN_OPTIONS": f"suppressions={tree}/tests/lsan.supp:print_suppressions=0"}


class Test:
    def __init__(self, row, built):
        """built: {id of a target: its first file}."""
        self.name, self.command = row["name"], row["cmd"]
        self.environment = row["env"]
        self.programs = [built[target] for target in row["depends"]]
        self.cost = 0      # s of processor time
        self.leaks = False  # as it is: a library that it unloads may
        self.built = None  # its programs, when nothing is changed

    @staticmethod
    def room(name):
        return re.split("[ /]", name)[0]

    def digest(self):
        """Of its command, of its programs, and of the files that the command names: several
        tests may be one program with other words, and differ in what they take."""
        whole = hashlib.sha256("\0".join(self.command).encode())
        for path in [*self.programs, *map(pathlib.Path, self.command)]:
            if path.is_file():
                whole.update(path.read_bytes())
        return whole.hexdigest()

    def is_seeing(self):
        """Are its programs others than without the mutation?"""
        return self.digest() != self.built


class Bench:
    """A copy of the tree and its build, and tests that pass there."""

    def __init__(self, folder, sanitizes=False):
        self.sanitizes = sanitizes
        self.tree, self.build, self.scratch = (folder / name for name in ("tree", "build", "tmp"))
        self.tree.mkdir(parents=True, exist_ok=True)
        copy_tree(ROOT, self.tree)
        if not (self.build / "build.ninja").exists():
            self.must(["meson", "setup", self.build, self.tree, "-Ddebug=false",
                       "-Doptimization=1",
                       *(["-Db_sanitize=address,undefined"] if sanitizes else [])])
        self.must(["ninja", "-C", self.build, "build.ninja"])
        rows = json.loads((self.build / "meson-info/intro-tests.json").read_text())
        rooms = set().union(*MUTATED.values())
        built = {target["id"]: pathlib.Path(target["filename"][0]) for target in
                 json.loads((self.build / "meson-info/intro-targets.json").read_text())}
        self.tests = [Test(row, built) for row in rows if Test.room(row["name"]) in rooms]
        self.must(self.make(self.tests))
        self.compile = {os.path.relpath(self.build / row["file"], self.tree): row["command"]
                        for row in json.loads((self.build / "compile_commands.json").read_text())}
        self.leaks = find_checks(self.tree) if sanitizes else find_leaks(self.tree)
        self.caught = collections.Counter()  # by each test's name
        self.red = []  # names of tests that fail as it is, and so say nothing
        self.try_tests()

    def make(self, tests):
        """The command that builds what they run."""
        return ["ninja", "-C", self.build, "-j", str(JOBS),
                *sorted({str(path.relative_to(self.build)) for test in tests
                         for path in test.programs})]

    def must(self, command):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False)
        if done.returncode != 0:
            sys.exit(f"mutate: {' '.join(map(str, command))}: failed\n{done.stdout[-3000:]}")

    def try_tests(self):
        """Keeps those that pass here as it is, and what each takes."""
        kept = self.scratch.with_name("tests.json")  # what is known of programs like these
        known = json.loads(kept.read_text()) if kept.exists() else {}

        def try_one(test):
            test.built = test.digest()
            if test.built not in known:
                status = self.run(test, 900)
                test.leaks = status == LEAKED
                known[test.built] = [self.run(test, 900) if test.leaks else status, test.cost,
                                     test.leaks]
            status, test.cost, test.leaks = known[test.built]
            return status
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            passed = list(pool.map(try_one, self.tests))
        kept.write_text(json.dumps(known))
        able = (0, 77, -signal.SIGXCPU)
        self.red = [test.name for test, status in zip(self.tests, passed) if status not in able]
        for test, status in zip(self.tests, passed):
            if status != 0:
                print(f"left out: {test.name} " + {
                    77: "can't run here", -signal.SIGXCPU: f"takes more than {DEAREST} s"
                }.get(status, f"ends with {status}"), flush=True)
        self.tests = [test for test, status in zip(self.tests, passed) if status == 0]

    def run(self, test, seconds=None, stop=None):
        """Its exit status; None: it was ended, by stop or because it waits. What it computes
        is counted in time of the processor, which others' load doesn't change."""
        environment = {key: value for key, value in os.environ.items()
                       if key not in ("HEED_TEST_FULL", "HEED_UPDATE_GOLDEN", "DISPLAY")}
        environment.update(test.environment, HEED_TEST_DATA=str(self.tree / "tests"),
                           HEED_BINARY=str(self.build / "heed"),
                           HEED_XVFB=str(self.tree / "tests/xvfb.sh"))
        if (self.sanitizes or
                pathlib.Path(test.command[0]).is_relative_to(self.build) and not test.leaks):
            environment.update(self.leaks)
        self.scratch.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.scratch, ignore_cleanup_errors=True) as scratch:
            environment["TMPDIR"] = scratch
            begun = time.monotonic()
            limits = {resource.RLIMIT_DATA: resource.RLIM_INFINITY if self.sanitizes else MEMORY,
                      resource.RLIMIT_CORE: 0,
                      resource.RLIMIT_CPU: int(3 * test.cost) + 2 if test.cost else DEAREST}
            child = subprocess.Popen(
                test.command, cwd=self.build, env=environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                preexec_fn=lambda: [resource.setrlimit(limit, (most, resource.RLIM_INFINITY))
                                    for limit, most in limits.items()])
            most = seconds or 60 + 20 * test.cost
            status = None
            while status is None and time.monotonic() - begun < most and not (stop and stop()):
                done, code, used = os.wait4(child.pid, os.WNOHANG)
                if done:
                    status = child.returncode = os.waitstatus_to_exitcode(code)
                    test.cost = test.cost or used.ru_utime + used.ru_stime
                else:
                    time.sleep(0.01)
            if status is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            return status

    def compiled(self, path, *options):
        """What the compiler makes of a file as it is now; None: nothing, also if it warns."""
        words = shlex.split(self.compile[path])
        words[words.index("-o") + 1] = "-"
        words = [word for word in words if word not in ("ccache", "-c", "-MD", "-O1")]
        for name in ("-MF", "-MQ"):
            at = words.index(name)
            del words[at:at + 2]
        done = subprocess.run([*words, "-Werror", *options], cwd=self.build, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.stdout if done.returncode == 0 else None

    def order(self, path):
        """Tests of the file's own room first, then those that have caught most, the cheapest."""
        room = path[len("src/"):path.rindex("/")]
        seen = next(rooms for begin, rooms in MUTATED.items() if path.startswith(begin))
        return sorted((test for test in self.tests if Test.room(test.name) in seen),
                      key=lambda test: (not room.startswith(test.name.split()[0]),
                                        -self.caught[test.name], test.cost))

    def find_failing(self, path):
        """The name of the first test that fails now; None: they all pass; or 'no code'."""
        tests = self.order(path)
        for at in range(0, len(tests), AT_ONCE):
            some = tests[at:at + AT_ONCE]
            if subprocess.run(self.make(some), check=False, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode != 0:
                return "no code"
            failed = []

            def try_one(test):
                if not failed and self.run(test, stop=lambda: bool(failed)) != 0:
                    failed.append(test.name)
            with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
                list(pool.map(try_one, [test for test in some if test.is_seeing()]))
            if failed:
                return failed[0]
        return None

    def judge(self, mutation):
        """'no code', 'same code', None (survived), or the test that has caught it."""
        path = self.tree / mutation.path
        text = path.read_text()
        lines = text.split("\n")
        assert lines[mutation.number - 1] == mutation.old
        lines[mutation.number - 1] = mutation.new
        path.write_text("\n".join(lines))
        try:
            if self.compiled(mutation.path, "-S") is None:
                return "no code"
            failing = self.find_failing(mutation.path)
            if failing is None:
                code = self.compiled(mutation.path, "-O2", "-S")
                path.write_text(text)
                return "same code" if code == self.compiled(mutation.path, "-O2", "-S") else None
            self.caught[failing] += 1
            return failing
        finally:
            path.write_text(text)


def show(mutation):
    return (f"{mutation.path}:{mutation.number} ({mutation.kind})\n"
            f"  - {mutation.old.strip()}\n  + {mutation.new.strip()}")


def try_some(folder, lines, count, seed):
    """The survivors, and how many were counted."""
    known = read_equivalents()
    bench, sanitized = Bench(folder), None
    tally = {"no code": 0, "same code": 0, "known": 0}
    tried, survivors = 0, []
    for mutation in choose(lines, seed):
        if tried == count:
            break
        begun = time.monotonic()
        verdict = "known" if mutation.key() in known else bench.judge(mutation)
        if verdict in tally:
            tally[verdict] += 1
            continue
        if not verdict:
            sanitized = sanitized or Bench(folder / "sanitized", sanitizes=True)
            found = sanitized.judge(mutation)
            verdict = found and f"{found}, sanitized"
        tried += 1
        survivors += [] if verdict else [mutation]
        print(f"{tried}/{count} {time.monotonic() - begun:.0f} s, " +
              (f"caught by {verdict}: " if verdict else "SURVIVED: ") + show(mutation), flush=True)
    print("\nsurvivors:\n" + "\n".join(map(show, survivors)) if survivors else "")
    print(f"mutation: {tried - len(survivors)} of {tried} caught, seed {seed} (not counted: "
          f"{tally['no code']} don't compile, {tally['same code']} are the same code, "
          f"{tally['known']} are known to be equivalent)", flush=True)
    if bench.red:
        print("what is told of survivors is too much, as these fail without a mutation: " +
              ", ".join(bench.red), flush=True)
    return survivors, tried


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="FILE", help="e.g. src/core/text/words.c")
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--least", type=float, default=0, metavar="PERCENT",
                        help="ends with 1 if fewer are caught")
    parser.add_argument("--list", action="store_true", help="which there would be, in order")
    options = parser.parse_args()
    lines = find_mutations(ROOT, options.only)
    if options.only and options.only not in find_sources(ROOT):
        parser.error(f"{options.only} is no file of {' or '.join(MUTATED)}")
    if options.list:
        for mutation, _ in zip(choose(lines, options.seed), range(options.count)):
            print(show(mutation))
        return 0
    if options.folder:
        survivors, tried = try_some(options.folder.resolve(), lines, options.count, options.seed)
    else:
        with tempfile.TemporaryDirectory(prefix="heed-mutation-") as folder:
            survivors, tried = try_some(pathlib.Path(folder), lines, options.count, options.seed)
    return 1 if len(survivors) > tried * (1 - options.least / 100) else 0


if __name__ == "__main__":
    sys.exit(main())
