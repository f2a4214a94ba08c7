#!/usr/bin/env python3
"""scripts/version.sh: of tags, of an archive, of a tree without git."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
STATED = (SOURCE / "scripts/version.txt").read_text().split("\n")[0]


class Version(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-version-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.tree = self.folder / "tree"
        (self.tree / "scripts").mkdir(parents=True)
        for name in ("scripts/version.sh", "scripts/version.txt", ".gitattributes"):
            shutil.copy(SOURCE / name, self.tree / name)

    def git(self, *arguments):
        return subprocess.run(
            ["git", "-C", self.tree, "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
            check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout

    def commit(self, tag=None):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")
        if tag:
            self.git("tag", tag)

    def version(self, tree=None):
        return subprocess.run([(tree or self.tree) / "scripts/version.sh"], check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def archive(self):
        there = self.folder / "archive"
        there.mkdir()
        (self.folder / "a.tar").write_bytes(self.git("archive", "HEAD"))
        subprocess.run(["tar", "-xf", self.folder / "a.tar", "-C", there], check=True)
        return there

    def test_what_else_states_it_agrees(self):
        for name in ("python/pyproject.toml", "assets/desktop/heed.metainfo.xml"):
            self.assertIn(f'version="{STATED}"',
                          (SOURCE / name).read_text().replace("version = ", "version="), name)

    def test_without_git_it_is_the_stated_one(self):
        self.assertEqual(self.version(), STATED + "\n")

    def test_without_a_tag_too(self):
        self.git("init", "-q")
        self.commit(tag="other-1.0")
        self.assertEqual(self.version(), STATED + "\n")
        self.assertEqual(self.version(self.archive()), STATED + "\n")

    def test_a_tag_names_it_and_commits_after_it_count(self):
        self.git("init", "-q")
        self.commit(tag="v7.8.9")
        self.assertEqual(self.version(), "7.8.9\n")
        self.commit()
        self.commit()
        self.assertEqual(self.version(), "7.8.9+2\n")

    def test_an_archive_keeps_it(self):
        self.git("init", "-q")
        self.commit(tag="v7.8.9")
        self.commit()
        self.assertEqual(self.version(self.archive()), "7.8.9+1\n")

    def test_a_folder_around_it_that_is_a_repository_has_no_say(self):
        self.git("init", "-q", self.folder)
        subprocess.run(["git", "-C", self.folder, "-c", "user.name=a", "-c", "user.email=a@b",
                        "commit", "-q", "--allow-empty", "-m", "x"], check=True)
        subprocess.run(["git", "-C", self.folder, "tag", "v9.9.9"], check=True)
        self.assertEqual(self.version(), STATED + "\n")


if __name__ == "__main__":
    if not shutil.which("git"):
        sys.exit(77)
    unittest.main()
