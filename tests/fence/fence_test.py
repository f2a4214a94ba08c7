#!/usr/bin/env python3
"""The fences between the folders of src/.

usage: fence_test.py BUILD CC NM

ALLOWED says for each folder which folders' headers it may include and which
libraries it may use beside libc. Three things are tested: what the sources
include, what the built libraries need at link time (each archive as a whole,
against its allowed archives and shared libraries only), and that the headers
of window, OpenGL and cairo don't compile where they mustn't be known.
"""

import functools
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src"
BUILD, CC, NM = pathlib.Path(), ["cc"], ["nm"]

MODEL = ["base", "core/model"]
CORE = ["base", "core/tensor", "core/model", "core/attention", "core/text", "core/bert",
        "core/analysis", "core/probe", "core/engine"]
PAINTER = ["base", "draw"]
VIEWS = sorted("scene/views/" + path.name for path in (SOURCE / "scene/views").iterdir()
               if path.is_dir())
PANELS = sorted("scene/panels/" + path.name for path in (SOURCE / "scene/panels").iterdir()
                if path.is_dir())
# The rooms of the picture from the bottom up; those of one list don't know each other.
ORDER = [["draw"], ["state"], ["lesson"], ["scene/field"], ["scene/widgets"], ["scene/frame"],
         ["scene/parts"], ["scene/inspector"], PANELS, ["scene/panels"], ["scene/figure"], VIEWS,
         ["scene/views"], ["scene/chrome"], ["ui/window"], ["ui/popover"], ["ui/sheet"], ["ui/actions"],
         ["ui/input"], ["ui"]]
ROOMS = sum(ORDER, [])

# folder: folders whose headers and symbols it may use, libraries of its own.
ALLOWED = {
    "base": ([], []),
    "core/tensor": (["base"], ["m"]),
    "core/model": (["base"], ["m", "cjson"]),
    "core/attention": (MODEL, ["m", "cjson"]),
    "core/text": (MODEL, ["m", "utf8proc", "cjson", "pcre2-8"]),
    "core/bert": (MODEL + ["core/tensor", "core/text"], ["m"]),
    "core/analysis": (MODEL + ["core/tensor", "core/text", "core/bert"], ["m"]),
    "core/probe": (["base"], []),
    "core/engine": (CORE[:8], ["m"]),
    "session": (CORE + ["draw", "state", "lesson"], ["m", "cjson"]),
    "render/raster": (PAINTER, ["m"]),
    "render/gl": (PAINTER + ["render/raster"], ["m", "epoxy", "SDL2", "SDL2_ttf",
                                              "fontconfig", "fribidi"]),
    "render/cairo": (PAINTER + ["render/raster"], ["m", "cairo", "pango-1.0",
                                                 "pangocairo-1.0",
                                                 "gobject-2.0", "glib-2.0",
                                                 "fontconfig"]),
    "render/svg": (PAINTER + ["render/raster", "render/cairo"],
                   ["m", "utf8proc", "cairo", "pango-1.0", "pangocairo-1.0",
                    "gobject-2.0", "glib-2.0"]),
    "export": (CORE + ROOMS + ["render/cairo", "render/svg"], ["m"]),
}
for i, rooms in enumerate(ORDER):
    for room in rooms:
        ALLOWED[room] = (CORE + sum(ORDER[:i], []), ["m", "utf8proc", "fribidi"])
# The folders whose include path begins with this one, tests/fence.
FENCED = [folder for folder in ALLOWED
          if folder.split("/")[0] in ("base", "core", "draw", "state", "lesson", "scene", "ui",
                                      "session")]
FORBIDDEN = ["SDL.h", "SDL2/SDL.h", "SDL_ttf.h", "SDL2/SDL_ttf.h",
             "epoxy/gl.h", "cairo.h", "cairo/cairo.h", "pango/pango.h",
             "pango/pangocairo.h"]
COMPILERS_OWN = re.compile(
    r"_GLOBAL_OFFSET_TABLE_|__(asan|ubsan|tsan|gcov|stack_chk)")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


@functools.cache
def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          text=True).stdout


def sources(folder):
    """The files of a folder of ALLOWED, without those of folders in it."""
    return sorted(path for path in (SOURCE / folder).glob("*.[ch]"))


def archives(folder):
    """As paths: one, and those of files for other instruction sets."""
    return sorted(map(str, (BUILD / "src" / folder).glob("libheed_*.a")))


def symbols(*options):
    """The defined and the undefined ones that nm tells of, without versions."""
    defined, undefined = set(), set()
    for line in output(*NM, "-P", "-g", *options).splitlines():
        if line and not line.endswith(":"):
            name, kind = line.split()[:2]
            (undefined if kind in "Uwv" else defined).add(name.split("@")[0])
    return defined, undefined


@functools.cache
def symbols_of(folder):
    return symbols(*archives(folder)) if archives(folder) else (set(), set())


def shared(library):
    """The path of a shared library, or None where it isn't installed."""
    for name in (f"lib{library}.so", f"lib{library}.so.1",
                 f"lib{library}.so.6"):
        path = output(*CC, f"-print-file-name={name}").strip()
        if "/" in path and pathlib.Path(path).exists():
            with open(path, "rb") as file:
                if file.read(4) == b"\x7fELF":
                    return path
    return None


@functools.cache
def exported(library):
    path = shared(library)
    return symbols("-D", path)[0] if path else set()


class Includes(unittest.TestCase):
    def test_each_folder_includes_only_what_it_may(self):
        for folder, (allowed, _) in ALLOWED.items():
            for path in sources(folder):
                for header in INCLUDE.findall(path.read_text()):
                    owner = str(pathlib.PurePath(header).parent)
                    with self.subTest(file=str(path.relative_to(SOURCE)),
                                      header=header):
                        self.assertIn(owner, allowed + [folder, "."])

    def test_commands_know_only_the_window_s_entrance(self):
        for path in sources("cli"):
            for header in INCLUDE.findall(path.read_text()):
                with self.subTest(file=path.name, header=header):
                    self.assertTrue(not header.startswith("app/")
                                    or header == "app/app.h")

    def test_what_only_linux_has_lies_in_base_platform(self):
        """Headers and files of the system that another system lacks."""
        names = re.compile(r"<sys/(mman|vfs|statfs|sysinfo|prctl|auxv)\.h>|<malloc\.h>|<sched\.h>"
                           r"|\"/(proc|sys|dev/shm)/|\bsysconf\(|\bm(un)?map\(|\bfsync\(")
        found = sorted({str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.[ch]")
                        if names.search(path.read_text())})
        self.assertTrue(found)
        self.assertEqual([path for path in found if not path.startswith("base/platform_")], [])

    def test_every_folder_has_its_fence(self):
        folders = {str(path.parent.relative_to(SOURCE))
                   for path in SOURCE.rglob("*.[ch]")}
        self.assertEqual(folders - set(ALLOWED), {"app", "cli"} & folders)


class Symbols(unittest.TestCase):
    def test_each_library_links_against_its_allowed_ones_only(self):
        system = exported("c") | exported("gcc_s")
        for folder, (allowed, libraries) in ALLOWED.items():
            known = set(system)
            for friend in [folder] + allowed:
                known |= symbols_of(friend)[0]
            for library in libraries:
                known |= exported(library)
            strangers = {name for name in symbols_of(folder)[1] - known
                         if not COMPILERS_OWN.match(name)}
            with self.subTest(folder=folder):
                self.assertEqual(strangers, set())

    def test_no_name_is_defined_by_two_folders(self):
        owners = {}
        for folder in list(ALLOWED) + ["app", "cli"]:
            for name in symbols_of(folder)[0]:
                owners.setdefault(name, []).append(folder)
        self.assertEqual({name: folders for name, folders in owners.items()
                          if len(folders) > 1
                          and not COMPILERS_OWN.match(name)}, {})


class Headers(unittest.TestCase):
    """With the very command that compiles a file of the folder."""

    def compile(self, entry, text):
        command = shlex.split(entry["command"])
        options = command[:command.index("-MD")]
        done = subprocess.run(
            options + ["-fdiagnostics-color=never", "-fsyntax-only", "-x", "c", "-"],
            cwd=entry["directory"], input=text, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def entries(self):
        """Of each fenced folder the command of one of its files."""
        commands = json.loads((BUILD / "compile_commands.json").read_text())
        folders = {os.path.dirname(os.path.realpath(os.path.join(it["directory"], it["file"]))): it
                   for it in commands}
        return [(folder, folders[str(SOURCE / folder)]) for folder in FENCED]

    def test_forbidden_headers_do_not_compile(self):
        """All at once: an #error doesn't end what the compiler reads."""
        includes = "".join(f"#include <{header}>\n" for header in FORBIDDEN)
        for folder, entry in self.entries():
            status, text = self.compile(entry, includes + "extern int heed_fence;\n")
            self.assertNotEqual(status, 0)
            refused = set(re.findall(r"(?m)^\S*/tests/fence/(\S+?):\d+:\d+: error:", text))
            with self.subTest(folder=folder):
                self.assertEqual(set(FORBIDDEN) - refused, set(), text)

    def test_allowed_headers_compile(self):
        for folder, entry in self.entries():
            with self.subTest(folder=folder):
                status, text = self.compile(
                    entry, '#include "base/error.h"\n'
                    "extern int heed_fence;\n")
                self.assertEqual(status, 0, text)


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv[1]).resolve()
    CC, NM = shlex.split(sys.argv[2]), shlex.split(sys.argv[3])
    unittest.main(argv=sys.argv[:1])
