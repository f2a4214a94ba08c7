"""What heed's --help pages say, taken apart. For the scripts that make the manual
page and the shells' completions of them."""

import re
import subprocess


def ask(heed, *arguments):
    return subprocess.run([heed, *arguments, "--help"], check=True,
                          stdout=subprocess.PIPE).stdout.decode()


def parts(page):
    """(usage, summary, about, {title: lines}) of a --help page."""
    head, *rest = page.split("\n\n")
    usage, *summary = head.split("\n")
    about, lists = [], {}
    for block in rest:
        first, *lines = block.rstrip("\n").split("\n")
        if first.endswith(":") and lines and lines[0].startswith("  "):
            lists[first.rstrip(":")] = lines
        else:
            about.append(block.strip())
    return usage.removeprefix("Usage: "), " ".join(summary), about, lists


def command_names(heed):
    """Each command with its summary."""
    lines = parts(ask(heed))[3]["Commands"][:-1]
    return [tuple(line.strip().split(None, 1)) for line in lines]


class Option:
    """A line of a page: names ("-o", "--output"), metavar ("F", or ""), text,
    and the words that its value is one of, if the text lists them."""

    def __init__(self, line):
        what, _, self.text = line.strip().partition("  ")
        self.text = self.text.strip()
        names, _, self.metavar = what.partition(" ") if "," not in what else (
            what.rpartition(" ") if not what.endswith("help") else (what, "", ""))
        self.names = re.findall(r"--?[\w-]+", names)
        self.choices = self._choices() if self.metavar else []

    def _choices(self):
        text = re.sub(r" *\(.*?\)", "", self.text.rpartition(": ")[2])
        words = re.split(r", | or ", text)
        plain = all(re.fullmatch(r"[a-z][a-z-]*", word) for word in words)
        return words if len(words) > 1 and plain else []

    @property
    def is_file(self):
        return bool(re.match(r"(F\b|DIR\b|FILE|FOLDER|OUT)", self.metavar)) and not self.choices


def options(heed, *command):
    lists = parts(ask(heed, *command))[3]
    return [Option(line) for title in ("Options", "Common options")
            for line in lists.get(title, [])]
