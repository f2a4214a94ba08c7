#!/usr/bin/env python3
"""The tests of core/tensor on 64-bit ARM: compiled by a cross compiler, run by
an emulator. Ends with 77 where these aren't: Debian's packages
gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

COMPILER = "aarch64-linux-gnu-gcc"
EMULATORS = ("qemu-aarch64", "qemu-aarch64-static")
SETS = ("reference", "portable", "neon")
TESTS = ("kernels", "linear", "pool")
ROOT = pathlib.Path(__file__).resolve().parents[3]
TENSOR = ROOT / "src/core/tensor"
HERE = ROOT / "tests/core/tensor"
FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror",
         "-Wno-unused-parameter", "-Wno-missing-field-initializers",
         "-ffp-contract=off", f"-I{ROOT / 'src'}", f"-I{HERE}",
         f"-I{HERE / 'stand_in'}",
         "-DHEED_EACH_KERNEL_SET(EACH)="
         + " ".join(f"EACH({name})" for name in SETS)]

# As src/core/tensor/meson.build has them.
FLAGS_OF = {"kernels_portable": ["-O3"],
            "kernels_neon": ["-O3", "-fno-schedule-insns"]}


def compile_all(sources, folder):
    objects = []
    for source in sources:
        level = FLAGS_OF.get(source.stem, ["-O2"])
        objects.append(str(folder / (source.stem + ".o")))
        subprocess.run([COMPILER, *FLAGS, *level, "-c", str(source), "-o",
                        objects[-1]], check=True)
    return objects


def sources():
    kernels = {f"kernels_{name}" for name in SETS}
    base = ("clock", "error", "platform_linux", "utf8")
    return [ROOT / f"src/base/{name}.c" for name in base] + [
        source for source in sorted(TENSOR.glob("*.c"))
        if not source.stem.startswith("kernels_") or source.stem in kernels]


def main():
    emulator = next(filter(None, map(shutil.which, EMULATORS)), None)
    if not emulator or not shutil.which(COMPILER):
        print("needs gcc-aarch64-linux-gnu, libc6-dev-arm64-cross, qemu-user")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        library = compile_all(sources(), folder)
        for test in TESTS:
            own = compile_all([HERE / f"{test}_test.c"], folder)
            program = str(folder / test)
            # Without libraries of its own, so that it runs anywhere.
            subprocess.run([COMPILER, "-static", *own, *library, "-lm",
                            "-lpthread", "-o", program], check=True)
            print(f"{test}:", flush=True)
            subprocess.run([emulator, program], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
