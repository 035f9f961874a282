"""Whether a pack is already what a build would make it."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from .files import sha256_of

STAMP = "stamp.json"
LIBRARIES = ("openvino", "numpy")


def inputs_digest(room: Path) -> str:
    """Digest of everything a build depends on: the builder's own files and its libraries' versions."""
    digest = hashlib.sha256()
    patterns = ("*.toml", "*.txt", "build.py", "builder/*.py", "golden/*.json", "licences/*.txt")
    for path in sorted(path for pattern in patterns for path in room.glob(pattern)):
        digest.update(f"{path.relative_to(room)} {sha256_of(path)}\n".encode())
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()


def is_current(pack: Path, inputs: str) -> bool:
    """True when `pack` was built from `inputs` and every file of it is still there at its full size."""
    try:
        stamp = json.loads((pack / STAMP).read_text())
        return stamp["inputs"] == inputs and stamp["sizes"] == sizes_of(pack)
    except (OSError, ValueError, KeyError):
        return False


def write_stamp(pack: Path, inputs: str) -> None:
    text = json.dumps({"inputs": inputs, "sizes": sizes_of(pack)}, indent=1)
    (pack / STAMP).write_text(text + "\n")


def sizes_of(pack: Path) -> dict[str, int]:
    files = sorted(path for path in pack.rglob("*") if path.is_file() and path.name != STAMP)
    return {str(path.relative_to(pack)): path.stat().st_size for path in files}
