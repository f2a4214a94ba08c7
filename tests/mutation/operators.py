"""What can be changed in a line of C: the mutations that mutate.py tries.

Works on text and leans on .clang-format: an operator with a space on both
sides has two operands, one without stands before its one, and a statement
that ends in its line begins there, if the line before has ended one.
"""

import re
from dataclasses import dataclass

# Longer ones first.
TWO_SIDED = {
    "<=": ["<", ">"], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
    "&&": ["||"], "||": ["&&"], "+=": ["-="], "-=": ["+="], "*=": ["/="], "/=": ["*="],
    "<<": [">>"], ">>": ["<<"], "<": ["<=", ">="], ">": [">=", "<="],
    "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"], "&": ["|"], "|": ["&"],
}
WORDS = {"true": "false", "false": "true", "break": "continue", "continue": "break",
         "fminf": "fmaxf", "fmaxf": "fminf", "floorf": "ceilf", "ceilf": "floorf"}
NUMBER = re.compile(r"(?<![\w.])(\d+\.\d*(?:e[-+]?\d+)?|\d+)(f|F|u|U|L)?(?![\w.])")
COMMUTE = ("fminf", "fmaxf", "fmin", "fmax")
DECLARES = re.compile(r"^(const|static|struct|enum|union|typedef|extern|unsigned|size_t|bool|char|int|"
                      r"float|double|void|u?int\d+_t)\b|^\w+ \*?\w+( =|;|\[)")


@dataclass(frozen=True)
class Mutation:
    path: str    # from the root of the tree
    number: int  # of the line, from 1
    old: str
    new: str
    kind: str

    def key(self):
        """What it is known by when lines move."""
        return self.path, self.old.strip(), self.new.strip()


def mask(text):
    """The text with comments, strings, characters and what is for the
    preprocessor as blanks of the same length."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|'
                  r"^[ \t]*#(?:\\\n|[^\n])*", blank, text, flags=re.S | re.M)


def closing(line, at):
    """Where the parenthesis at this place closes; None: in another line."""
    depth = 0
    for i in range(at, len(line)):
        depth += (line[i] in "([{") - (line[i] in ")]}")
        if depth == 0:
            return i
    return None


def split(line, start, end):
    """The places of what the commas between these places part."""
    parts, depth, begin = [], 0, start
    for i in range(start, end):
        depth += (line[i] in "([{") - (line[i] in ")]}")
        if line[i] == "," and depth == 0:
            parts.append((begin, i))
            begin = i + 2
    return [*parts, (begin, end)]


def change_operators(line):
    """(begin, end, new text, kind) each, as all functions that follow."""
    for match in re.finditer(r"(?<= )(<<|>>|[-+*/<>=!]=|&&|\|\||[-+*/%<>&|])(?=\s|$)", line):
        for new in TWO_SIDED.get(match.group(), []):
            yield *match.span(), new, "operator"
    for match in re.finditer(r"(?<=[(\s,{!])[-!](?=[\w(!.])", line):
        yield *match.span(), "", "dropped " + ("minus" if match.group() == "-" else "negation")
    if "for (" not in line:
        for match in re.finditer(r"\+\+|--", line):
            yield *match.span(), "--" if match.group() == "++" else "++", "operator"


def change_words(line):
    for match in re.finditer(r"\b(" + "|".join(WORDS) + r")\b", line):
        yield *match.span(), WORDS[match.group()], "word"


def change_numbers(line):
    buffers = re.match(r"\s*char \w+\[", line)
    for match in NUMBER.finditer(line):
        if buffers and line[match.start() - 1] == "[":
            continue  # how much room a text has is no behaviour
        digits, ending = match.group(1), match.group(2) or ""
        if "." in digits or ending in ("f", "F"):
            value = float(digits)
            news = [f"{value * 1.25:g}" if value else "1.0"]
            news = [new if re.search("[.e]", new) else new + ".0" for new in news]
        else:
            news = [str(int(digits) + 1)] + ([str(int(digits) - 1)] if int(digits) > 0 else [])
        for new in news:
            yield *match.span(), new + ending, "constant"


def change_calls(line):
    if not line.startswith(" "):
        return  # a function's head
    for match in re.finditer(r"\b(?!if\b|for\b|while\b|switch\b|return\b|sizeof\b)\w+\(", line):
        end = closing(line, match.end() - 1)
        if end is None or match.group()[:-1] in COMMUTE:
            continue
        parts = split(line, match.end(), end)
        for (a, b), (c, d) in zip(parts, parts[1:]):
            if line[a:b] != line[c:d] and line[a:b].strip() and line[c:d].strip():
                yield a, d, (a, b, c, d), "swapped arguments"


def change_branches(line):
    """`x ? a : b` in one line with b, a; `if (x)` with its contrary."""
    for match in re.finditer(r" \? ([^?:]+) : ([^?:,;]+?)(?=;|,|$)", line):
        one, two = match.group(1), match.group(2)
        if one.count("(") == one.count(")"):
            while two.count(")") > two.count("("):
                two = two[:two.rindex(")")]
            a, c = match.start(1), match.start(2)
            yield a, c + len(two), (a, match.end(1), c, c + len(two)), "swapped branches"
    match = re.match(r"\s*(?:\} else )?(?:if|while) \(", line)
    end = closing(line, match.end() - 1) if match else None
    if end:
        yield match.end(), end, ("!(", match.end(), end, ")"), "turned condition"


def change_statement(line, before):
    text = line.strip()
    indent = len(line) - len(line.lstrip())
    if not text.endswith(";") or not indent or not re.search(r"(^|[;{}:])$", before.strip()):
        return
    match = re.match(r"return (.+);$", text)
    if match and match.group(1) not in ("0", "NULL", "true", "false"):
        yield indent, len(line), "return 0;", "return value"
    if not text.startswith(("return", "goto")) and not DECLARES.match(text):
        yield indent, len(line), ";", "dropped statement"


def apply(line, change):
    begin, end, new, _ = change
    if isinstance(new, str):
        return line[:begin] + new + line[end:]
    if new[0] == "!(":
        return line[:begin] + "!(" + line[begin:end] + ")" + line[end:]
    a, b, c, d = new
    return line[:a] + line[c:d] + line[b:c] + line[a:b] + line[d:]


def find(path, text):
    """All mutations of a file, by lines."""
    lines, shown = text.split("\n"), mask(text).split("\n")
    found = []
    for i, line in enumerate(shown):
        # What is asserted or declared for others isn't behaviour.
        if not line.strip() or re.search(r"\b(static_)?assert\(", line):
            continue
        changes = [*change_operators(line), *change_words(line), *change_numbers(line),
                   *change_calls(line), *change_branches(line),
                   *change_statement(line, shown[i - 1] if i else "")]
        seen = {lines[i]}
        for change in changes:
            new = apply(lines[i], change)
            if new not in seen:
                seen.add(new)
                found.append(Mutation(path, i + 1, lines[i], new.rstrip(), change[3]))
    return found
