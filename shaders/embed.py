#!/usr/bin/env python3
"""Writes text files as one C header: embed.py OUTPUT FILE ...

A shader's string is heed_shader_NAME, another file's is heed_asset_NAME; of a
language's folder (en/it.json) heed_asset_en_NAME.
"""
import pathlib
import sys

SHADERS = {".frag", ".vert"}


def quote(line):
    """The bytes of a C string; what isn't ASCII as three octal digits."""
    text = line.replace("\\", "\\\\").replace('"', '\\"').encode("utf-8")
    return "".join(chr(byte) if byte < 128 else f"\\{byte:03o}" for byte in text)


def main():
    output, *sources = sys.argv[1:]
    lines = ["/* Made by shaders/embed.py. */"]
    for source in map(pathlib.Path, sources):
        name = source.name.replace(".", "_")
        if len(source.parent.name) == 2:
            name = f"{source.parent.name}_{name}"
        kind = "shader" if source.suffix in SHADERS else "asset"
        lines.append(f"static const char heed_{kind}_{name}[] =")
        for line in source.read_text(encoding="utf-8").splitlines():
            lines.append(f'    "{quote(line)}\\n"')
        lines[-1] += ";"
    pathlib.Path(output).write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
