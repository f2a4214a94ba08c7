#!/usr/bin/env python3
"""Generates src/core/text/unicode_categories.h.

Patterns of a tokenizer.json name classes of characters (\\p{L}, \\s, \\w). What
lies in them depends on the Unicode version of whoever looks, so this asks the
reference tokenizer (the Python package `tokenizers`) and writes its answers
down: the general category of every code point as its patterns have it, what
\\w takes there (LETTER) and in its word rule (WORD), which are two libraries, and
what its rule of digits takes for a digit (NUMERIC).

    python3 tests/golden/make_unicode_categories.py > src/core/text/unicode_categories.h
"""

import tokenizers
from tokenizers import Regex, pre_tokenizers

CATEGORIES = ("Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po "
              "Sm Sc Sk So Zs Zl Zp Cc Cf Co").split()
WORD, NUMERIC, LETTER = 32, 64, 128
ALL = "".join(chr(c) for c in range(1, 0x110000) if not 0xD800 <= c <= 0xDFFF)


def matched(splitter, inside):
    """The code points that stand in parts for which inside is true."""
    for part, _ in splitter.pre_tokenize_str(ALL):
        if inside(part):
            yield from (ord(c) for c in part)


def of_pattern(pattern):
    """What a pattern of one character matches."""
    kept = pre_tokenizers.Split(Regex(pattern + "+"), "removed", invert=True)
    return set(matched(kept, lambda part: True))


def values():
    value = dict.fromkeys(range(0x110000), 0)
    for i, name in enumerate(CATEGORIES):
        for c in of_pattern(rf"\p{{{name}}}"):
            value[c] = i + 1
    for c in of_pattern(r"\w"):
        value[c] |= LETTER
    # The word rule keeps runs of letters and runs of signs apart, and takes spaces out.
    word = pre_tokenizers.Whitespace()
    digits = pre_tokenizers.Digits(individual_digits=False)
    for c in (ord(c) for c in ALL):
        parts = word.pre_tokenize_str("a" + chr(c))
        value[c] |= WORD if len(parts[0][0]) == 2 else 0
        value[c] |= NUMERIC if len(digits.pre_tokenize_str("a" + chr(c))) == 2 else 0
    return value


def check(value):
    """The one-letter classes are the unions of the others, and \\s and \\d
    what pattern.c takes for them."""
    for letter in "LMNPSZ":
        union = {c for c, v in value.items()
                 if v & 31 and CATEGORIES[(v & 31) - 1][0] == letter}
        assert union == of_pattern(rf"\p{{{letter}}}"), letter

    def of(names):
        return {c for c, v in value.items() if v & 31 and CATEGORIES[(v & 31) - 1] in names}
    assert of({"Nd"}) == of_pattern(r"\d")
    spaces = of({"Zs", "Zl", "Zp"}) | {9, 10, 11, 12, 13, 0x85}
    assert spaces == of_pattern(r"\s"), spaces ^ of_pattern(r"\s")


def ranges(value):
    found = []
    for c in range(0x110000):
        if not value[c]:
            continue
        if found and found[-1][1] == c - 1 and found[-1][2] == value[c]:
            found[-1][1] = c
        else:
            found.append([c, c, value[c]])
    return found


def main():
    value = values()
    check(value)
    found = ranges(value)
    print(f"""\
/* Made by tests/golden/make_unicode_categories.py from tokenizers
 * {tokenizers.__version__}. Included by unicode.c only. */
/* clang-format off */
static const struct unicode_range unicode_categories[] = {{""")
    items = [f"{{0x{a:X}, 0x{b:X}, {v}}}" for a, b, v in found]
    for i in range(0, len(items), 4):
        print("    " + ", ".join(items[i:i + 4]) + ",")
    print("};\n/* clang-format on */")


if __name__ == "__main__":
    main()
