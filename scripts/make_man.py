#!/usr/bin/env python3
"""make_man.py HEED - prints heed.1, the manual page, from what heed --help and
heed COMMAND --help say; only the parts about files and examples are its own.
"""
import re
import sys

from help_pages import ask, parts

FILES = r"""
.SH FILES
.TP
.I $XDG_CONFIG_HOME/heed/settings.json
the window's looks (usually under ~/.config)
.TP
.I $XDG_STATE_HOME/heed/last.heed
what the window shows, kept while it is open, for the next start; a second
window's is last\-2.heed, and so on (usually under ~/.local/state)
.TP
.I heed/models/all\-MiniLM\-L6\-v2/
the default model: in
.IR $XDG_DATA_HOME ,
in
.I ../share
as seen from the program, in each of
.IR $XDG_DATA_DIRS ,
in
.I $XDG_CACHE_HOME
(where
.B ./run
puts it); the first that there is
.SH ENVIRONMENT
.TP
.B HEED_MODEL
the model's folder, where \-\-model isn't given, before any installed one
.TP
.B HEED_OPENGL=es
draw by OpenGL ES at once, not only where there is no OpenGL 3.3
.SH EXAMPLES
.nf
heed "The animal didn't cross the street because it was too tired."
heed rank "The dog chased the cat because it was fast." \-\-from it \-\-to dog
heed export "The dog ran." \-\-view arcs \-\-heads L3H1 \-\-query ran \-o ran.pdf
.fi
"""


def escape(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return re.sub(r"^\.", r"\\&.", text, flags=re.M)


def put_options(lines):
    for line in lines:
        what, _, text = line.strip().partition("  ")
        print(f".TP\n.B {escape(what)}\n{escape(text.strip())}")


def put_command(heed, name):
    usage, summary, about, lists = parts(ask(heed, name))
    end = "" if summary.endswith("?") else "."
    print(f".SS {escape(usage)}\n{escape(summary[0].upper() + summary[1:])}{end}")
    for paragraph in about[:-1]:  # the last is the same for all
        print(f".PP\n{escape(paragraph)}")
    put_options(lists.get("Options", []))


def main():
    heed = sys.argv[1]
    usage, summary, about, lists = parts(ask(heed))
    print('.TH HEED 1 "" heed "User Commands"')
    print(f".SH NAME\nheed \\- {escape(summary)}")
    print(f".SH SYNOPSIS\n.B {escape(usage)}")
    print(f".SH DESCRIPTION\n{escape(about[0])}")
    print("In the window F1 lists the keys, and Ctrl+K finds a command by its name.")
    print(".SH COMMANDS")
    for line in lists["Commands"][:-1]:
        put_command(heed, line.split()[0])
    common = {}
    for line in lists["Commands"][:-1]:
        page = ask(heed, line.split()[0])
        common |= dict.fromkeys(parts(page)[3].get("Common options", []))
    print(".SH COMMON OPTIONS\nA command's \\-\\-help lists those that it takes;")
    print("the window takes all but \\-\\-json.")
    put_options(common)
    status = about[1].partition("Exit status: ")[2]
    print(f".SH EXIT STATUS\n{escape(status)}")
    print(FILES.strip("\n"))


if __name__ == "__main__":
    main()
