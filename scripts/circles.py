#!/usr/bin/env python3
"""Prints the circles among the files of src/: headers that include each other,
and .c files of which each needs a name that another defines.

usage: circles.py BUILD [NM]

BUILD is a build folder that is up to date. Each circle is a line of its files,
and below it a line for each arrow with the names that tie it.
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[1] / "src"
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def strong_components(graph):
    """Tarjan's, of {node: {other: names}}: only those of two or more."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in index:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == index[node]:
            at = stack.index(node)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    sys.setrecursionlimit(10000)
    for node in sorted(graph):
        if node not in index:
            visit(node)
    return sorted(found)


def archives(build):
    """The static libraries of src/ as the build has them now, each with its
    sources; what older builds left isn't among them."""
    targets = json.loads((build / "meson-info" / "intro-targets.json").read_text())
    for target in targets:
        if target["type"] == "static library":
            sources = [pathlib.Path(path) for group in target["target_sources"]
                       for path in group.get("sources", [])]
            if sources and all(SOURCE in path.parents for path in sources):
                yield pathlib.Path(target["filename"][0]), sources


def objects(build):
    """{object: its source, as seen from src/}."""
    return {str(archive) + f".p/{source.name}.o": source.relative_to(SOURCE).as_posix()
            for archive, sources in archives(build) for source in sources}


def symbol_graph(build, nm):
    """{file: {other: names that it needs of the other}}"""
    owners = objects(build)
    text = subprocess.run([*nm, "-A", "-P", "-g", *owners], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    defined, needed = {}, []
    for line in text.splitlines():
        place, rest = line.split(": ", 1)
        name, kind = rest.split()[:2]
        if kind in "Uw":
            needed.append((owners[place], name))
        else:
            defined[name] = owners[place]
    graph = {file: {} for file in owners.values()}
    for file, name in needed:
        if name in defined:
            graph[file].setdefault(defined[name], set()).add(name)
    return graph


def header_graph():
    """{header: {header that it includes: its name}}"""
    headers = {path.relative_to(SOURCE).as_posix(): path for path in SOURCE.rglob("*.h")}
    return {name: {other: {other} for other in INCLUDE.findall(path.read_text())
                   if other in headers and other != name}
            for name, path in sorted(headers.items())}


def describe(graph, circle):
    lines = [" ".join(circle)]
    for file in circle:
        lines += [f"    {file} -> {other}: {' '.join(sorted(graph[file][other]))}"
                  for other in circle if other in graph[file]]
    return "\n".join(lines)


def main(build, nm):
    n = 0
    for graph in (symbol_graph(build, nm), header_graph()):
        for circle in strong_components(graph):
            print(describe(graph, circle))
            n += 1
    print(f"{n} circles")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(),
         shlex.split(sys.argv[2]) if len(sys.argv) == 3 else ["nm"])
