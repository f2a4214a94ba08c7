#!/usr/bin/env python3
"""With less memory than a run's weights need every command says the same: a text of 140
tokens has 6 MB of them. HEED_TEST_QUICK: some commands.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HEED = os.environ["HEED_BINARY"]
MODEL = os.environ.get("HEED_TEST_MODEL")
STEP = 3 if os.environ.get("HEED_TEST_QUICK") else 1
TEXT = "The animal didn't cross the street because it was too tired. " + " ".join(
    f"Then dog {i} ran home, and nobody saw it again." for i in range(10))
LINK = ("--from", "because", "--to", "animal")
COMMANDS = {
    "rank": LINK,
    "rank words": (*LINK, "--words", "--measure", "value-norm"),
    "rank rollout": (*LINK, "--measure", "rollout", "--hide-special", "--renormalise"),
    "rank others": (*LINK, "--mask", "window:9", "--attention", "flash"),
    "rank linear": (*LINK, "--attention", "linear", "--positions", "off"),
    "rank two": (*LINK, "--compare", TEXT.replace("tired", "wide")),
    "ablate": LINK,
    "attention": (),
    "attention off": ("--mask", "strided:3", "--positions", "off"),
    "attention filtered": ("--hide-special", "--top-k", "5", "--aggregate", "max"),
    "attention mean": ("--words", "--aggregate", "mean", "--measure", "value-norm"),
    "export heads": ("--view", "heads"),
    "export links": ("--view", "links", "--heads", "L3H1,L5H11", "--query", "because", "--limit", "40"),
    "export matrix": ("--view", "matrix", "--heads", "L3H1", "--aggregate", "mean"),
    "export neuron": ("--view", "neuron", "--heads", "L3H1", "--query", "because", "--key", "animal"),
    "export lab": ("--view", "lab", "--heads", "L3H1", "--mask", "causal"),
    "export compare": ("--view", "compare", "--heads", "L3H1", "--compare", TEXT[:-5]),
    "export stack": ("--view", "stack", "--query", "because", "--layer", "4"),
    "describe": ("--view", "links", "--heads", "L3H1", "--query", "because"),
}
ENDINGS = {"attention": ".safetensors", "export": ".csv"}


@unittest.skipUnless(MODEL, "HEED_TEST_MODEL isn't set")
class AttentionMemory(unittest.TestCase):
    def run_heed(self, folder, name, *more):
        command = name.split()[0]
        args = [HEED, command, "--model", MODEL, *COMMANDS[name], *more]
        output = pathlib.Path(folder) / f"out{ENDINGS.get(command, '')}"
        if command in ENDINGS:
            args += ["-o", str(output)]
        done = subprocess.run([*args, TEXT], capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, (name, done.stderr))
        return output.read_bytes() if command in ENDINGS else done.stdout

    def test_says_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in list(COMMANDS)[::STEP]:
                with self.subTest(name):
                    kept = self.run_heed(folder, name)
                    self.assertGreater(len(kept), 200)
                    self.assertEqual(kept, self.run_heed(folder, name, "--attention-memory", "1"))


if __name__ == "__main__":
    if not MODEL:
        sys.exit(77)
    unittest.main()
