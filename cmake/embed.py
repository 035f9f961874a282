"""Writes the C++ source that holds files. Usage: embed.py SOURCE FUNCTION PATH=FILE…"""

import hashlib
import json
import pathlib
import sys

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
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
    return f"        Asset{{{words}, {{{name}, {name}_end}}}},\n"


source, function = sys.argv[1:3]
files = [(path, pathlib.Path(file)) for path, _, file in (argument.partition("=") for argument in sys.argv[3:])]
room, _, name = function.rpartition("::")
text = HEAD + "".join(bytes_of(index, file) for index, (_, file) in enumerate(files))
text += f"namespace {room} {{\n\nusing pages::Asset;\n\nstd::span<const Asset> {name}() {{\n"
text += f"    static const std::array<Asset, {len(files)}> assets{{{{\n"
text += "".join(entry(index, path, file) for index, (path, file) in enumerate(files))
text += f"    }}}};\n    return assets;\n}}\n\n}}  // namespace {room}\n"
pathlib.Path(source).write_text(text)
