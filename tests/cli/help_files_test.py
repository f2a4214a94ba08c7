#!/usr/bin/env python3
"""The manual page and the completions in assets/help are those of this heed, and
the shells can read them.

If they aren't: scripts/make_help.sh build/heed
"""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HELP = ROOT / "assets" / "help"
HEED = os.environ["HEED_BINARY"]

BASH = """. "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_heed
printf '%s\\n' "${COMPREPLY[@]}"
"""


def complete(*words):
    done = subprocess.run(["bash", "-c", BASH, "bash", HELP / "heed.bash", "heed", *words],
                          stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout.split()


class HelpFiles(unittest.TestCase):
    def test_they_are_of_this_heed(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([ROOT / "scripts" / "make_help.sh", HEED, folder], check=True)
            for made in pathlib.Path(folder).iterdir():
                self.assertEqual(made.read_text(), (HELP / made.name).read_text(),
                                 f"{made.name}: scripts/make_help.sh build/heed makes it anew")

    def test_bash_completes_commands_options_and_their_words(self):
        self.assertEqual(complete("exp"), ["export"])
        self.assertIn("--from", complete("rank", "--"))
        self.assertNotIn("--from", complete("tokens", "--"))
        self.assertIn("value-norm", complete("--measure", ""))
        self.assertIn("matrix", complete("export", "--view", "m"))
        self.assertEqual(complete("export", "--font-size", ""), [])

    def test_bash_completes_files(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "a b.heed").touch()
            done = subprocess.run(["bash", "-c", BASH, "bash", HELP / "heed.bash", "heed",
                                   "export", "--session", "a"], cwd=folder,
                                  stdout=subprocess.PIPE, check=True, text=True)
            self.assertEqual(done.stdout.strip(), "a b.heed")

    def test_every_shell_there_is_reads_its_file(self):
        for shell, name in (("bash", "heed.bash"), ("zsh", "_heed"), ("fish", "heed.fish")):
            if shutil.which(shell):
                subprocess.run([shell, "-n", HELP / name], check=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
