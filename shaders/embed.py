#!/usr/bin/env python3
"""Writes shader sources as one C header: embed.py OUTPUT SHADER ..."""
import pathlib
import sys


def main():
    output, *sources = sys.argv[1:]
    lines = ["/* Made by shaders/embed.py. */"]
    for source in map(pathlib.Path, sources):
        name = source.name.replace(".", "_")
        lines.append(f"static const char heed_shader_{name}[] =")
        for line in source.read_text(encoding="ascii").splitlines():
            text = line.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'    "{text}\\n"')
        lines[-1] += ";"
    pathlib.Path(output).write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
