#!/usr/bin/env python3
"""What the compiler has against a mistake is in build/heed: read from the ELF
file, and from the compiler's lines what leaves no trace there. Standard library
only.
"""
import json
import os
import pathlib
import platform
import re
import struct
import sys
import unittest

HEED = pathlib.Path(os.environ["HEED_BINARY"])
ARGUMENTS = set(os.environ["HEED_HARDENED"].split())
COMMANDS = HEED.parent / "compile_commands.json"

ET_DYN, PT_LOAD, PT_DYNAMIC, PT_STACK, PT_RELRO = 3, 1, 2, 0x6474E551, 0x6474E552
DT_BIND_NOW, DT_FLAGS, DT_FLAGS_1 = 24, 30, 0x6FFFFFFB
DF_BIND_NOW, DF_1_NOW, DF_1_PIE, PF_X = 8, 1, 0x08000000, 1


class Elf:
    """As much of a 64-bit little-endian ELF file as is asked for here."""

    def __init__(self, path):
        self.data = path.read_bytes()
        if self.data[:6] != b"\x7fELF\x02\x01":
            raise unittest.SkipTest("no 64-bit little-endian ELF file")
        self.type, = struct.unpack_from("<H", self.data, 16)
        (program, section), sizes = struct.unpack_from("<QQ", self.data, 32), \
            struct.unpack_from("<HHHH", self.data, 54)
        self.programs = [struct.unpack_from("<IIQQQQQQ", self.data, program + i * sizes[0])
                         for i in range(sizes[1])]
        self.sections = [struct.unpack_from("<IIQQQQIIQQ", self.data, section + i * sizes[2])
                         for i in range(sizes[3])]

    def flags(self, kind):
        return [entry[1] for entry in self.programs if entry[0] == kind]

    def dynamic(self):
        entries = {}
        for entry in self.programs:
            if entry[0] == PT_DYNAMIC:
                for at in range(entry[2], entry[2] + entry[5], 16):
                    tag, value = struct.unpack_from("<QQ", self.data, at)
                    entries.setdefault(tag, value)
        return entries

    def symbols(self):
        """Name and value of each, imports with value 0."""
        found = {}
        for section in self.sections:
            if section[1] not in (2, 11):  # SYMTAB, DYNSYM
                continue
            names = self.sections[section[6]][4]
            for at in range(section[4], section[4] + section[5], 24):
                name, _, _, _, value, _ = struct.unpack_from("<IBBHQQ", self.data, at)
                end = self.data.index(b"\0", names + name)
                found[self.data[names + name:end].decode().split("@")[0]] = value
        return found

    def bytes_at(self, address, size):
        for kind, _, offset, start, _, length, _, _ in self.programs:
            if kind == PT_LOAD and start <= address < start + length:
                return self.data[offset + address - start:][:size]
        raise AssertionError("no such address")


class Hardened(unittest.TestCase):
    def setUp(self):
        self.elf = Elf(HEED)

    def test_it_can_be_loaded_anywhere(self):
        self.assertEqual(self.elf.type, ET_DYN)
        self.assertTrue(self.elf.dynamic().get(DT_FLAGS_1, 0) & DF_1_PIE)

    def test_what_it_links_is_bound_at_the_start_and_read_only(self):
        dynamic = self.elf.dynamic()
        self.assertTrue(self.elf.flags(PT_RELRO))
        self.assertTrue(DT_BIND_NOW in dynamic or dynamic.get(DT_FLAGS, 0) & DF_BIND_NOW or
                        dynamic.get(DT_FLAGS_1, 0) & DF_1_NOW)

    def test_no_memory_is_written_and_run(self):
        self.assertEqual([flags & PF_X for flags in self.elf.flags(PT_STACK)], [0])
        for flags in self.elf.flags(PT_LOAD):
            self.assertNotEqual(flags & 3, 3)

    def test_stacks_and_the_librarys_calls_are_guarded(self):
        symbols = self.elf.symbols()
        if "-fstack-protector-strong" in ARGUMENTS:
            self.assertIn("__stack_chk_fail", symbols)
        if "-D_FORTIFY_SOURCE=3" in ARGUMENTS:
            for name in ("__memcpy_chk", "__snprintf_chk", "__vsnprintf_chk"):
                self.assertIn(name, symbols)

    def test_jumps_land_only_where_they_may(self):
        if "-fcf-protection=full" not in ARGUMENTS or platform.machine() != "x86_64":
            self.skipTest("not by this compiler")
        endbr64 = b"\xf3\x0f\x1e\xfa"
        symbols = self.elf.symbols()
        for name in ("main", "heed_file_read", "heed_encode", "heed_app_run"):
            self.assertEqual(self.elf.bytes_at(symbols[name], 4), endbr64, name)

    def test_every_file_is_compiled_so(self):
        commands = [entry for entry in json.loads(COMMANDS.read_text())
                    if re.search(r"(^|/)src/", entry["file"])]
        self.assertGreater(len(commands), 200)
        for entry in commands:
            for argument in ARGUMENTS:
                self.assertIn(f" {argument} ", entry["command"], entry["file"])


if __name__ == "__main__":
    if not ARGUMENTS:
        print("a build without: with a sanitizer, or not optimised")
        sys.exit(77)
    unittest.main()
