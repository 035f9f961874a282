"""Writes the C++ source that holds files. Usage: embed.py SOURCE FUNCTION PATH=FILE…

Where FILE is a folder, the files in it lie under PATH, and its index.html is PATH itself; what lies in its folder
assets/ is named by its bytes and may be kept for good.
"""

import hashlib
import json
import pathlib
import sys

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
HEAD = """// Made by cmake/embed.py.
#include "service/pages/asset.hpp"

#include <array>

"""


def symbol(index):
    return f"faceward_{function.replace('::', '_')}_{index}"


def bytes_of(index, file):
    """The assembler takes the bytes in: a compiler would need seconds for them."""
    name = symbol(index)
    lines = [".pushsection .rodata", f"{name}: .incbin {json.dumps(str(file))}", f"{name}_end: .byte 0", ".popsection"]
    text = "\n".join(f"    {json.dumps(line + chr(10))}" for line in lines)
    return (
        f'asm(\n{text});\n'
        f'extern "C" __attribute__((visibility("hidden"))) const char {name}[], {name}_end[];\n\n'
    )


def entry(index, path, file):
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    name = symbol(index)
    words = ", ".join(json.dumps(word) for word in (path, CONTENT_TYPES[file.suffix], digest))
    immutable = str("/assets/" in path).lower()
    return f"        Asset{{{words}, {{{name}, {name}_end}}, {immutable}}},\n"


def files_of(path, file):
    """What an argument stands for: pairs of path and file."""
    if not file.is_dir():
        return [(path, file)]
    inside = sorted(entry for entry in file.rglob("*") if entry.is_file())
    return [(f"{path}/{entry.relative_to(file).as_posix()}".removesuffix("/index.html"), entry) for entry in inside]


source, function = sys.argv[1:3]
files = []
for argument in sys.argv[3:]:
    path, _, file = argument.partition("=")
    files += files_of(path, pathlib.Path(file))
room, _, name = function.rpartition("::")
text = HEAD + "".join(bytes_of(index, file) for index, (_, file) in enumerate(files))
text += f"namespace {room} {{\n\nusing pages::Asset;\n\nstd::span<const Asset> {name}() {{\n"
text += f"    static const std::array<Asset, {len(files)}> assets{{{{\n"
text += "".join(entry(index, path, file) for index, (path, file) in enumerate(files))
text += f"    }}}};\n    return assets;\n}}\n\n}}  // namespace {room}\n"
pathlib.Path(source).write_text(text)
