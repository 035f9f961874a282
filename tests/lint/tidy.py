"""Runs clang-tidy over the product's own sources, the tests' aside. Usage: tidy.py CLANG_TIDY BUILD_FOLDER

A source that passed is not looked at again until something that it is made from changes: the source, a header of the
repository that it includes (by ninja's record of dependencies), its flags, the rules or the tool. The digests of what
passed lie in the folder LINT_CACHE, or in the build folder without one.
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

TOOL, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
ROOT = pathlib.Path.cwd()
PASSED = pathlib.Path(os.environ.get("LINT_CACHE", BUILD / "lint")) / "tidy"
ROOMS = ("engine", "service", "app")
# The flags in the database are for GCC.
TOLERANT = [f"--extra-arg=-Wno-{flag}" for flag in
            ("unknown-warning-option", "unused-command-line-argument", "ignored-optimization-argument", "ignored-gch")]


def own_sources():
    """The entries of the compilation database that are the product's code."""
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        if source.is_relative_to(ROOT) and source.relative_to(ROOT).parts[0] in ROOMS \
                and "_test.dir/" not in made_by(entry) and source.stem != "faulty_decoder":
            yield entry


def dependencies():
    """For each object of the build, the repository's files that it was made from."""
    listing = subprocess.run(["ninja", "-C", BUILD, "-t", "deps"], check=True, capture_output=True, text=True).stdout
    found = {}
    for line in listing.splitlines():
        if line.startswith("    "):
            path = (BUILD / line.strip()).resolve()
            if path.is_relative_to(ROOT) and not path.is_relative_to(BUILD):
                files.append(path)
        elif ": #deps" in line:
            files = found[line.split(": #deps")[0]] = []
    return found


def made_by(entry):
    """The object that an entry's command makes, relative to the build folder."""
    command = shlex.split(entry["command"])
    return command[command.index("-o") + 1]


@functools.cache
def file_digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def state(entry, files):
    """One digest of all that the verdict on a source depends on; the same in every clone."""
    parts = [entry["command"].replace(str(ROOT), "."), TOOL_VERSION, file_digest(ROOT / ".clang-tidy"),
             file_digest(pathlib.Path(__file__).resolve())]
    parts += [f"{path.relative_to(ROOT)} {file_digest(path)}" for path in sorted(set(files))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def check(entry):
    """The complaints about one source, empty when there are none."""
    run = subprocess.run([TOOL, "-p", BUILD, "--quiet", *TOLERANT, entry["file"]], capture_output=True, text=True,
                         check=False)
    return run.stdout + run.stderr if run.returncode else ""


TOOL_VERSION = subprocess.run([TOOL, "--version"], check=True, capture_output=True, text=True).stdout
PASSED.mkdir(parents=True, exist_ok=True)
made_from = dependencies()
states = [(entry, PASSED / state(entry, made_from.get(made_by(entry), []))) for entry in own_sources()]
todo = [(entry, stamp) for entry, stamp in states if made_by(entry) not in made_from or not stamp.exists()]
print(f"{len(states)} sources, {len(states) - len(todo)} unchanged since they passed", flush=True)
failed = 0
with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
    for (entry, stamp), complaints in zip(todo, pool.map(lambda item: check(item[0]), todo)):
        if complaints:
            failed += 1
            print(f"== {pathlib.Path(entry['file']).relative_to(ROOT)}\n{complaints}", flush=True)
        else:
            stamp.touch()
print(f"{failed} of {len(todo)} checked sources have complaints")
sys.exit(bool(failed) or not states)
