#!/usr/bin/env python3
"""make_completions.py HEED SHELL - prints what bash, zsh or fish completes
after "heed", from what heed --help and heed COMMAND --help say.
"""
import sys

from help_pages import command_names, options

HEADER = "# Made by scripts/make_completions.py from heed's --help pages."


def quote(text):
    return "'" + text.replace("'", "'\\''") + "'"


def words_of(found):
    return " ".join(name for option in found for name in option.names)


def bash_values(found):
    """case branches: what follows an option."""
    for option in found:
        if option.metavar:
            pattern = "|".join(option.names)
            if option.choices:
                yield f"{pattern}) words={quote(' '.join(option.choices))} ;;"
            elif option.is_file:
                yield f"{pattern}) files=yes ;;"
            else:
                yield f"{pattern}) return ;;"


def bash(pages):
    print(f"""{HEADER}
_heed() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}
    local command=window words= files=
    case ${{COMP_WORDS[1]}} in
    {'|'.join(name for name in pages if name)}) [ "$COMP_CWORD" -gt 1 ] && command=${{COMP_WORDS[1]}} ;;
    esac
    case $command:$before in""")
    for name, found in pages.items():
        for branch in bash_values(found):
            patterns, _, rest = branch.partition(")")
            prefixed = "|".join(f"{name or 'window'}:{one}" for one in patterns.split("|"))
            print(f"    {prefixed}){rest}")
    print("""    *)
        files=yes
        case $command in""")
    for name, found in pages.items():
        print(f"        {name or 'window'}) words={quote(words_of(found))} ;;")
    print(f"""        esac
        [ "$COMP_CWORD" -eq 1 ] && words="$words {' '.join(name for name in pages if name)} help"
        case $current in -*) files= ;; esac
        ;;
    esac
    local IFS=$'\\n'
    COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$current"))
    if [ -n "$files" ]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY+=($(compgen -f -- "$current"))
    fi
}}
complete -F _heed heed""")


def zsh_escape(text):
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")


def zsh_spec(option):
    value = ""
    if option.metavar:
        action = f"({' '.join(option.choices)})" if option.choices else (
            "_files" if option.is_file else " ")
        value = f":{zsh_escape(option.metavar)}:{action}"
    return [quote(f"{name}[{zsh_escape(option.text)}]{value}") for name in option.names]


def zsh_arguments(found, indent):
    for option in found:
        for spec in zsh_spec(option):
            print(f"{indent}{spec} \\")


def zsh(pages, summaries):
    print(f"""#compdef heed
{HEADER}
local -a commands
commands=(""")
    for name, summary in summaries:
        print(f"    {quote(name + ':' + zsh_escape(summary))}")
    print("""    'help:say what a command does'
)
if (( CURRENT == 2 )); then
    _describe command commands
fi
case ${words[2]} in""")
    for name, found in pages.items():
        if name:
            print(f"{name})\n    _arguments \\")
            zsh_arguments(found, "        ")
            print("        '*:file:_files'\n    ;;")
    print("*)\n    _arguments \\")
    zsh_arguments(pages[""], "        ")
    print("        '*:file:_files'\n    ;;\nesac")


def fish(pages, summaries):
    names = " ".join(name for name in pages if name)
    print(HEADER)
    for name, summary in summaries:
        print(f"complete -c heed -n __fish_use_subcommand -a {name} -d {quote(summary)}")
    print("complete -c heed -n __fish_use_subcommand -a help -d 'say what a command does'")
    for name, found in pages.items():
        seen = f"__fish_seen_subcommand_from {name}" if name else (
            f"not __fish_seen_subcommand_from {names}")
        for option in found:
            forms = " ".join(f"-l {one[2:]}" if one.startswith("--") else f"-s {one[1:]}"
                             for one in option.names)
            value = ""
            if option.metavar:
                value = " -r" if option.is_file else " -x"
                if option.choices:
                    value += f" -a {quote(' '.join(option.choices))}"
            print(f"complete -c heed -n {quote(seen)} {forms}{value} -d {quote(option.text)}")


def main():
    heed, shell = sys.argv[1:]
    summaries = command_names(heed)
    pages = {"": options(heed)}
    pages.update((name, options(heed, name)) for name, _ in summaries)
    if shell == "bash":
        bash(pages)
    elif shell == "zsh":
        zsh(pages, summaries)
    else:
        fish(pages, summaries)


if __name__ == "__main__":
    main()
