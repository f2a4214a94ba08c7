#!/usr/bin/env python3
"""Generates src/core/text/unicode_ranges.h.

The reference tokenizer (the Python package `tokenizers`) uses tables of
several older and newer Unicode versions than the installed utf8proc. This asks
it about every code point and writes its answers down as ranges, so that heed's
answers depend on no utf8proc version:

  OTHER       removed by the normaliser's cleaning
  MARK        removed when accents are stripped
  PUNCTUATION a word of its own
  DECOMPOSES  has a canonical decomposition
  COMBINES    is reordered among combining marks
  JOINS       belongs to the character before it, as SentencePiece's rules see it
  COMPAT      has a compatibility decomposition
  ACCENT      removed by StripAccents

and the lower-case letters that utf8proc 2.8 doesn't know. What a character
decomposes into, its combining class and the other lower-case letters come from
utf8proc: these never change once a character is assigned.

    python3 tests/golden/make_unicode_ranges.py [LIBUTF8PROC.so] > src/core/text/unicode_ranges.h
"""

import ctypes
import struct
import sys

import tokenizers
from tokenizers import normalizers, pre_tokenizers

OTHER, MARK, PUNCTUATION, DECOMPOSES, COMBINES = 1, 2, 4, 8, 16
JOINS, COMPAT, ACCENT = 32, 64, 128


def bert(**options):
    off = dict(clean_text=False, handle_chinese_chars=False,
               strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**{**off, **options})


def a_to_b():
    """SentencePiece's rules with one rule: "a" becomes "b". What belongs to the
    "a" before it goes with it. The trie is a double array: the root's children
    lie from 256 on, those of "a" from 512 on."""
    units = [0] * 1024
    units[0] = 256 << 10
    at = 256 ^ ord("a")
    units[at] = 512 << 10 | 1 << 8 | ord("a")
    units[at ^ 512] = 1 << 31
    trie = struct.pack(f"<{len(units)}I", *units)
    return normalizers.Precompiled(struct.pack("<I", len(trie)) + trie + b"b\0")


CLEAN = bert(clean_text=True)
STRIP = bert(strip_accents=True)
LOWER = bert(lowercase=True)
NFD = normalizers.NFD()
NFKD = normalizers.NFKD()
ACCENTS = normalizers.StripAccents()
GRAPHEMES = a_to_b()
WORDS = pre_tokenizers.BertPreTokenizer()


def code_points():
    return (c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF)


def combines(text):
    """True if the character moves before a mark of a higher class or behind
    one of a lower class: then its own class isn't 0."""
    high, low = "\u0345", "\u0334"  # classes 240 and 1
    return (NFD.normalize_str("a" + high + text) != "a" + high + text
            or NFD.normalize_str("a" + text + low) != "a" + text + low)


def classify(c):
    text = chr(c)
    bits = 0
    if CLEAN.normalize_str(text) == "" and c not in (0, 0xFFFD):
        bits |= OTHER
    if NFD.normalize_str(text) != text:
        bits |= DECOMPOSES
    else:
        if STRIP.normalize_str(text) == "":
            bits |= MARK
        if combines(text):
            bits |= COMBINES
    if GRAPHEMES.normalize_str("a" + text) == "b":
        bits |= JOINS
    if NFKD.normalize_str(text) != text:
        bits |= COMPAT
    if ACCENTS.normalize_str(text) == "":
        bits |= ACCENT
    if len(WORDS.pre_tokenize_str("a" + text + "a")) == 3:
        bits |= PUNCTUATION
    return bits


def lower_exceptions(library):
    utf8proc = ctypes.CDLL(library)
    for c in code_points():
        lower = LOWER.normalize_str(chr(c))
        if len(lower) == 1 and ord(lower) != utf8proc.utf8proc_tolower(c):
            yield c, ord(lower)


def ranges(values):
    found = []
    for c, bits in values:
        if not bits:
            continue
        if found and found[-1][1] == c - 1 and found[-1][2] == bits:
            found[-1][1] = c
        else:
            found.append([c, c, bits])
    return found


BLOCKS = 0x1F0  # of 256 code points: up to where the ranges become few


def block_starts(found):
    """For each block the first range that ends in it or later."""
    return [next(i for i, r in enumerate(found) if r[1] >= block << 8)
            for block in range(BLOCKS)]


def print_rows(items, columns):
    for i in range(0, len(items), columns):
        print("    " + ", ".join(items[i:i + columns]) + ",")


def main():
    library = sys.argv[1] if len(sys.argv) > 1 else "libutf8proc.so.2"
    found = ranges((c, classify(c)) for c in code_points())
    lower = sorted(lower_exceptions(library))
    print(f"""\
/* Made by tests/golden/make_unicode_ranges.py from tokenizers
 * {tokenizers.__version__}. Included by unicode.c only. */
/* clang-format off */
static const struct unicode_range unicode_ranges[] = {{""")
    print_rows([f"{{0x{a:X}, 0x{b:X}, {bits}}}" for a, b, bits in found], 4)
    print("};\n\n/* Per 256 code points: the first range to look at. */")
    print("static const uint16_t unicode_blocks[] = {")
    print_rows([str(i) for i in block_starts(found)], 19)
    print("};\n\nstatic const struct lower_exception lower_exceptions[] = {")
    print_rows([f"{{0x{a:X}, 0x{b:X}}}" for a, b in lower], 4)
    print("};\n/* clang-format on */")


if __name__ == "__main__":
    main()
